//! What is computed beside: a bounded number of workers at once, each a process of its own. Whoever was served longest ago comes first, so that nobody's
//! many wishes keep the others waiting; of one party the oldest wish. What is to be computed stands in the ledger, so a restart loses nothing but the
//! time spent; a wish that is taken back stops its worker.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use proto::actor::Service;
use proto::allocation::{Command, Costs, Done, Model, Refusal, Work};
use proto::digest::Digest;
use proto::entry::Cause;
use proto::id::{CaseId, GovernmentId, RunId};
use proto::message::Target;
use proto::stream::Stream;
use proto::wire::{Failure, Progress, Reply};
use runtime::bus::Bus;
use runtime::desk::Desk;
use runtime::documents::Documents;
use runtime::platform::Platform;
use runtime::rows::{Row, Rows};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::state::{Pending, State};
use crate::work::with_tables;
use crate::worker::{Said, Task};

/// How often the view is looked at for new wishes.
const TICK: Duration = Duration::from_millis(250);
/// A wish is seen again until the view shows that it is done; it is not done again in this time.
const SETTLES: Duration = Duration::from_secs(30);
/// Rows looked at together.
const ROWS: u64 = 100;

/// A wish: in which case, whose, under which name, by which entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Wish {
    position: u64,
    case: CaseId,
    of: GovernmentId,
    run: RunId,
}

/// Workers under way, and what they need.
struct Pool {
    desk: Desk,
    bus: Bus,
    rows: Rows,
    documents: Documents,
    limits: runtime::config::Allocation,
}

/// Computes what is asked for until the platform shuts down.
///
/// # Errors
/// When it cannot start: keys, database, bus, documents.
pub async fn start(platform: &Platform) -> anyhow::Result<()> {
    let bus = platform.bus(Service::Allocation).await?;
    let pool = Pool {
        desk: Desk::new(bus.clone(), platform.issuer(Service::Allocation)?),
        bus,
        rows: Rows::new(platform.database(Service::Allocation).await?, Service::Allocation.name()),
        documents: Documents::open(&platform.settings)?,
        limits: platform.settings.allocation.clone(),
    };
    platform.tasks.spawn(run(Arc::new(pool), platform.clone()));
    Ok(())
}

async fn run(pool: Arc<Pool>, platform: Platform) {
    let (ended, mut ends) = mpsc::channel(64);
    let mut under_way: HashMap<Wish, CancellationToken> = HashMap::new();
    let mut served: Vec<GovernmentId> = Vec::new();
    let mut settling = lru::LruCache::<Wish, std::time::Instant>::new(NonZeroUsize::MIN.saturating_add(1023));
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = platform.soft.cancelled() => return,
            Some(wish) = ends.recv() => {
                under_way.remove(&wish);
                settling.put(wish, std::time::Instant::now());
            }
            _ = tick.tick() => {}
        }
        let wishes = match pool.wishes().await {
            Ok(wishes) => wishes,
            Err(error) => {
                tracing::warn!(error = %error, "pool.behind");
                continue;
            }
        };
        under_way.iter().filter(|(wish, _)| !wishes.contains_key(wish)).for_each(|(_, stop)| stop.cancel());
        let mut waiting: Vec<(Wish, Pending)> = wishes.into_iter().filter(|(wish, _)| !under_way.contains_key(wish)).collect();
        waiting.retain(|(wish, _)| settling.get(wish).is_none_or(|since| since.elapsed() > SETTLES));
        let mut free = pool.limits.workers.get().saturating_sub(under_way.len());
        while let Some((wish, pending)) = next(&mut waiting, &served).filter(|_| free > 0) {
            free -= 1;
            served.retain(|other| *other != wish.of);
            served.push(wish.of.clone());
            let stop = platform.soft.child_token();
            under_way.insert(wish.clone(), stop.clone());
            let (pool, ended) = (Arc::clone(&pool), ended.clone());
            platform.tasks.spawn(async move {
                pool.serve(&wish, pending, &stop).await;
                let _ = ended.send(wish).await;
            });
        }
    }
}

/// Takes the wish that comes next. `served`: who has been served, the last one last.
fn next(waiting: &mut Vec<(Wish, Pending)>, served: &[GovernmentId]) -> Option<(Wish, Pending)> {
    let turn = |(wish, _): &(Wish, Pending)| (served.iter().position(|other| *other == wish.of), wish.position);
    let place = waiting.iter().enumerate().min_by_key(|(_, wish)| turn(wish)).map(|(place, _)| place)?;
    Some(waiting.swap_remove(place))
}

impl Pool {
    /// All that is wanted and not done, as the view has it.
    async fn wishes(&self) -> anyhow::Result<HashMap<Wish, Pending>> {
        let mut wishes = HashMap::new();
        let mut after = String::new();
        loop {
            let rows = self.rows.overdue(i64::MAX, &after, ROWS).await?;
            let Some(last) = rows.last() else { return Ok(wishes) };
            after.clone_from(&last.key);
            for row in rows {
                let Ok(Stream::Internal(case, of)) = row.key.parse() else { continue };
                // A row that cannot be read keeps nobody else waiting.
                let state = state(&row).unwrap_or_else(|error| {
                    tracing::error!(error = %error, "pool.row_unreadable");
                    State::default()
                });
                for (run, pending) in state.pending {
                    wishes.insert(Wish { position: pending.position, case, of: of.clone(), run }, pending);
                }
            }
        }
    }

    /// Has a wish computed and recorded, unless it is stopped.
    async fn serve(&self, wish: &Wish, pending: Pending, stop: &CancellationToken) {
        let done = tokio::select! {
            () = stop.cancelled() => return,
            done = self.compute(wish, pending) => done,
        };
        let done = done.unwrap_or_else(|error| {
            tracing::error!(error = %error, run = %wish.run, "pool.broke");
            Done::Failed(Refusal::WorkBroke { memory_mib: self.limits.memory_mib })
        });
        self.record(wish, done, stop).await;
    }

    async fn compute(&self, wish: &Wish, Pending { work, members, .. }: Pending) -> anyhow::Result<Done> {
        let model = match &work {
            Work::Run { model } => Some(model.clone()),
            Work::Study(study) => self.model_of(wish, study.of).await?,
        };
        let Some(model) = model else { return Ok(Done::Failed(Refusal::ComputationMismatch)) };
        let model = match self.tables(wish, &model).await? {
            Ok(model) => model,
            Err(refusal) => return Ok(Done::Failed(refusal)),
        };
        let task = Task { work, model, members };
        let patience = Duration::from_secs(self.limits.minutes.saturating_mul(60));
        match tokio::time::timeout(patience, self.worker(wish, &task)).await {
            Ok(done) => done,
            Err(_) => Ok(Done::Failed(Refusal::WorkTooLong { minutes: self.limits.minutes })),
        }
    }

    /// The model of a run that is studied: one's own, or one on the table.
    async fn model_of(&self, wish: &Wish, of: Digest) -> anyhow::Result<Option<Model>> {
        for stream in [Stream::Internal(wish.case, wish.of.clone()), Stream::Case(wish.case)] {
            let row = self.rows.get(&stream.to_string()).await?;
            let found = row.map(|row| state(&row)).transpose()?.and_then(|state| state.run_of(of).map(|run| run.model.clone()));
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The model with the tables that it names, as far as whoever asked may read them.
    async fn tables(&self, wish: &Wish, model: &Model) -> anyhow::Result<Result<Model, Refusal>> {
        let mut at_hand: HashMap<Digest, Vec<u8>> = HashMap::new();
        let readable = [Stream::Internal(wish.case, wish.of.clone()), Stream::Case(wish.case)];
        for component in model.components.values() {
            let Some(Costs::Document(document)) = &component.costs else { continue };
            let notes = self.documents.audiences(document.digest).await?;
            if notes.iter().any(|note| readable.contains(&note.audience)) {
                at_hand.insert(document.digest, self.documents.bytes(document.digest).await?.to_vec());
            }
        }
        Ok(with_tables(model, |digest| at_hand.get(digest).cloned()))
    }

    /// A process that computes; it ends with the future.
    async fn worker(&self, wish: &Wish, task: &Task) -> anyhow::Result<Done> {
        let program = if self.limits.program.is_empty() { std::env::current_exe()? } else { self.limits.program.clone().into() };
        let mut child = tokio::process::Command::new(&program)
            .args(["work", "--memory-mib", &self.limits.memory_mib.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| program.display().to_string())?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (mut input, output) = input.zip(output).context("no pipes to the worker")?;
        let bytes = serde_json::to_vec(task)?;
        let fed = async {
            let fed = input.write_all(&bytes).await;
            drop(input);
            fed
        };
        let heard = async {
            let mut lines = BufReader::new(output).lines();
            while let Some(line) = lines.next_line().await? {
                match serde_json::from_str(&line)? {
                    Said::Progress { done, of } => self.tell(wish, done, of).await,
                    Said::Done(done) => return anyhow::Ok(Some(done)),
                }
            }
            Ok(None)
        };
        // A worker that dies before it has read everything says so by its silence.
        let (_, heard) = tokio::join!(fed, heard);
        match heard? {
            Some(done) => Ok(done),
            None => anyhow::bail!("the worker ended without a result: {}", child.wait().await?),
        }
    }

    /// Tells whoever looks how far it has come. A hint like every announcement: losing it loses nothing.
    async fn tell(&self, wish: &Wish, done: u64, of: u64) {
        let progress = Progress { stream: Stream::Internal(wish.case, wish.of.clone()), run: wish.run.clone(), done, of };
        let payload = serde_json::to_vec(&progress).unwrap_or_default();
        self.bus.announce(self.bus.subjects().progress(), payload.into()).await;
    }

    /// Records what came of it, again and again until it is answered.
    async fn record(&self, wish: &Wish, mut done: Done, stop: &CancellationToken) {
        let (target, key) = (Target::Case(wish.case), format!("asked:{}", wish.position));
        loop {
            let command = Command::Finish { of: wish.of.clone(), run: wish.run.clone(), done: done.clone() };
            let recorded = self.desk.ask(&target, command.into(), Cause::Asked(wish.position), &key);
            let answer = tokio::select! {
                () = stop.cancelled() => return,
                answer = recorded => answer,
            };
            match answer {
                Ok(Reply::Failed(Failure::TooLarge { .. })) | Err(Failure::TooLarge { .. }) if !matches!(done, Done::Failed(_)) => {
                    done = Done::Failed(Refusal::ResultTooLong);
                }
                // Either it is too late, then this is as well; or the rules do not take the result, and without a word it would be computed for ever.
                Ok(Reply::Refused(_)) if !matches!(done, Done::Failed(_)) => done = Done::Failed(Refusal::ComputationMismatch),
                Ok(_) | Err(Failure::TooLarge { .. }) => return,
                Err(failure) => {
                    tracing::warn!(error = %failure, "pool.delayed");
                    tokio::time::sleep(TICK).await;
                }
            }
        }
    }
}

fn state(row: &Row) -> anyhow::Result<State> {
    serde_json::from_str(&row.body).with_context(|| row.key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(position: u64, of: &str) -> (Wish, Pending) {
        let case = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let run = "run".parse().unwrap();
        let model = Model::new(proto::money::Currency::KRW);
        let pending = Pending { at: jiff::Timestamp::UNIX_EPOCH, position, work: Work::Run { model }, members: 20 };
        (Wish { position, case, of: of.parse().unwrap(), run }, pending)
    }

    #[test]
    fn nobodys_many_wishes_keep_the_others_waiting() {
        let mut waiting = vec![wish(1, "ansan"), wish(2, "ansan"), wish(3, "ansan"), wish(9, "bucheon"), wish(10, "bucheon")];
        let (mut served, mut order) = (Vec::new(), Vec::new());
        while let Some((next, _)) = next(&mut waiting, &served) {
            served.retain(|other| *other != next.of);
            served.push(next.of);
            order.push(next.position);
        }
        assert_eq!(order, [1, 9, 2, 10, 3]);
    }
}
