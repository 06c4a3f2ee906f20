//! One service at work: its commands and queries on the NATS services protocol, its view following the ledger.

use std::sync::Arc;
use std::time::Duration;

use async_nats::service::ServiceExt as _;
use async_nats::service::endpoint::Endpoint;
use futures::StreamExt as _;
use proto::access::{self, Asker, Readers};
use proto::actor::Service;
use proto::stream::Stream;
use proto::wire::{self, Failure, Health, Reply, Unanswered};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::{Semaphore, watch};

use crate::bus::Bus;
use crate::follow::{Follower, Reached};
use crate::host::Host;
use crate::past;
use crate::platform::Platform;
use crate::rows::Rows;
use crate::token::Verifier;
use crate::view::{EVERYONE, Projector, View};

/// Commands under way at once in one service. More wait in the subscription.
const UNDER_WAY: usize = 1024;
/// How long a query waits for the view to reach the position the reader has seen.
const PATIENCE: Duration = Duration::from_secs(3);
/// Rows in one list at most.
const LONGEST_LIST: u64 = 200;

/// A question about one stream.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Get {
    /// Which.
    pub stream: Stream,
    /// Not before the view has taken in the entry at this position.
    #[serde(default)]
    pub at_least: Option<u64>,
    /// A question of the service's own; none: the whole fold.
    #[serde(default)]
    pub question: Option<String>,
    /// Its parameters.
    #[serde(default)]
    pub params: Value,
    /// As it was when the entry at this position was the last one, instead of as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<u64>,
}

/// A question for a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct List {
    /// Streams whose name begins so.
    pub prefix: String,
    /// After this stream.
    #[serde(default)]
    pub after: String,
    /// At most so many.
    pub limit: u64,
    /// Not before the view has taken in the entry at this position.
    #[serde(default)]
    pub at_least: Option<u64>,
}

/// The answer to a query.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// Position of the last entry in the stream: changes when the body does.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// What was asked for.
    pub body: Value,
}

/// Answers queries from the rows of a view.
struct Reader<D: View> {
    rows: Rows,
    verifier: Verifier,
    reached: watch::Receiver<Reached>,
    /// One question of the service's own, or of the past, at a time.
    asking: Semaphore,
    bus: Bus,
    host: Arc<Host<D>>,
}

/// Runs a service until the platform shuts down.
///
/// # Errors
/// When it cannot start: keys, database, bus.
pub async fn serve<D: View>(platform: &Platform) -> anyhow::Result<()> {
    let bus = platform.bus(D::SERVICE).await?;
    let db = platform.database(D::SERVICE).await?;
    migrations::run(&db, &migrations::views(D::SERVICE.name())).await?;
    let rows = Rows::new(db, D::SERVICE.name());
    let streams = platform.settings.cache.streams;
    let projector = Projector::<D>::open(rows.clone(), streams).await?;
    let verifier = platform.verifier()?;
    let host = Arc::new(Host::<D>::new(bus.clone(), verifier.clone(), Arc::clone(&platform.civil), streams));
    let (follower, reached) = Follower::new(platform, bus.clone(), projector)?;
    watch_health::<D>(platform, bus.clone(), rows.clone(), reached.clone());

    let micro = bus.client().service_builder().description("Interlocal").start(D::SERVICE.name(), env!("CARGO_PKG_VERSION"));
    let micro = micro.await.map_err(|e| anyhow::anyhow!("{}: {e}", D::SERVICE.name()))?;
    let endpoint = async |name: &str, subject: String| {
        micro.endpoint_builder().name(name).add(subject).await.map_err(|e| anyhow::anyhow!("{}: {e}", D::SERVICE.name()))
    };
    let commands = endpoint("commands", bus.subjects().command(D::SERVICE, ">")).await?;
    let queries = endpoint("queries", bus.subjects().query(D::SERVICE, "public.>")).await?;
    let reader = Reader { rows, verifier, reached, asking: Semaphore::new(1), bus: bus.clone(), host: Arc::clone(&host) };
    let reader = Arc::new(reader);

    platform.tasks.spawn(follower.run(platform.clone()));
    platform.tasks.spawn(answer(platform.clone(), queries, move |subject, headers, payload| {
        let reader = Arc::clone(&reader);
        async move { to_bytes(&reader.answer(&subject, headers.as_ref(), &payload).await) }
    }));
    let commands = answer(platform.clone(), commands, move |subject, headers, payload| {
        let host = Arc::clone(&host);
        async move { to_bytes(&host.handle(&subject, headers.as_ref(), &payload).await) }
    });
    let soft = platform.soft.clone();
    platform.tasks.spawn(async move {
        commands.await;
        soft.cancelled().await;
        let _ = micro.stop().await;
    });
    Ok(())
}

/// Answers what comes to an endpoint, a bounded number at once, until shutdown; what is under way then is finished.
pub async fn answer<F>(
    platform: Platform,
    mut endpoint: Endpoint,
    handle: impl Fn(String, Option<async_nats::HeaderMap>, bytes::Bytes) -> F + Clone + Send + 'static,
) where
    F: Future<Output = bytes::Bytes> + Send + 'static,
{
    let under_way = Arc::new(Semaphore::new(UNDER_WAY));
    loop {
        let Ok(permit) = Arc::clone(&under_way).acquire_owned().await else { return };
        let request = tokio::select! {
            () = platform.soft.cancelled() => break,
            request = endpoint.next() => match request {
                Some(request) => request,
                None => break,
            },
        };
        let handle = handle.clone();
        platform.tasks.spawn(async move {
            let message = &request.message;
            let bytes = handle(message.subject.to_string(), message.headers.clone(), message.payload.clone()).await;
            if let Err(error) = request.respond(Ok(bytes)).await {
                tracing::debug!(error = %error, "answer.lost");
            }
            drop(permit);
        });
    }
    let _ = endpoint.stop().await;
}

/// An answer as it travels.
pub fn to_bytes<T: Serialize>(reply: &Reply<T>) -> bytes::Bytes {
    serde_json::to_vec(reply).unwrap_or_default().into()
}

fn watch_health<D: View>(platform: &Platform, bus: crate::bus::Bus, rows: Rows, reached: watch::Receiver<Reached>) {
    let parked = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = Arc::clone(&parked);
    let soft = platform.soft.clone();
    platform.tasks.spawn(async move {
        loop {
            if let Ok(found) = rows.parked().await {
                *seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = found.into_iter().map(|(stream, _)| stream).collect();
            }
            tokio::select! {
                () = soft.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(5)) => {}
            }
        }
    });
    platform.watch(move || Health {
        service: D::SERVICE,
        ready: bus.is_connected(),
        position: reached.borrow().next,
        parked: parked.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone(),
    });
}

/// The gateway asks in its own name for people who are not signed in: of cases it gets what is public and nothing else.
fn is_anyone(asker: &Asker) -> bool {
    matches!(asker, Asker::Service(Service::Gateway))
}

impl<D: View> Reader<D> {
    async fn answer(&self, subject: &str, headers: Option<&async_nats::HeaderMap>, payload: &[u8]) -> Reply<Value> {
        self.try_answer(subject, headers, payload).await.into()
    }

    async fn try_answer(&self, subject: &str, headers: Option<&async_nats::HeaderMap>, payload: &[u8]) -> Result<Value, Unanswered> {
        let token = headers.and_then(|h| h.get(wire::AUTHORIZATION)).and_then(|h| h.as_str().strip_prefix("Bearer ")).unwrap_or_default();
        let asker = self.verifier.verify(token)?;
        let malformed = |e: serde_json::Error| Failure::Malformed { detail: e.to_string() };
        let found = match subject.rsplit('.').next() {
            Some("get") => serde_json::to_value(self.get(&asker, serde_json::from_slice(payload).map_err(malformed)?).await?),
            Some("list") => serde_json::to_value(self.list(&asker, serde_json::from_slice(payload).map_err(malformed)?).await?),
            _ => return Err(Failure::NotFound.into()),
        };
        Ok(found.map_err(malformed)?)
    }

    async fn get(&self, asker: &Asker, get: Get) -> Result<Found, Unanswered> {
        self.wait(get.at_least).await?;
        if is_anyone(asker) && get.stream.case().is_some() {
            return self.public(&get.stream).await;
        }
        let readers = self.readers(&get.stream).await?;
        let roles = match access::reads_by_role(&get.stream, asker) {
            Some((official, government)) => self.host.roles(official, government).await?,
            None => Vec::new(),
        };
        access::may_read(&get.stream, asker, &readers, &roles).map_err(|denial| {
            tracing::info!(asker = ?asker, stream = %get.stream, denial = %denial, "access.denied");
            Failure::NotFound
        })?;
        let (position, state) = match get.as_of {
            Some(as_of) => self.past(&get.stream, as_of).await?,
            None => self.present(&get.stream).await?,
        };
        let body = match get.question {
            None => D::render(&state),
            Some(question) => self.compute(question, get.params, state).await?,
        };
        Ok(Found { position, stream: get.stream.to_string(), body })
    }

    /// What everyone may see of a case.
    async fn public(&self, stream: &Stream) -> Result<Found, Unanswered> {
        let (position, state) = if stream.is_sealed() { return Err(Failure::NotFound.into()) } else { self.present(stream).await? };
        let body = D::public(&state).ok_or(Failure::NotFound)?;
        Ok(Found { position, stream: stream.to_string(), body })
    }

    async fn present(&self, stream: &Stream) -> Result<(u64, D::State), Failure> {
        let row = self.rows.get(&stream.to_string()).await.map_err(|e| self.broken(&e))?.ok_or(Failure::NotFound)?;
        let state = serde_json::from_str(&row.body).map_err(|e| self.broken(&e.into()))?;
        Ok((row.position, state))
    }

    /// Folded anew from the stream's own entries. Who reads it today reads what it was.
    async fn past(&self, stream: &Stream, as_of: u64) -> Result<(u64, D::State), Failure> {
        let _one = self.asking.acquire().await.map_err(|e| self.broken(&e.into()))?;
        past::fold::<D>(&self.bus, stream, as_of).await
    }

    /// What has to be computed takes its time: off the threads that answer everyone else, and one at a time, so that it slows no command.
    async fn compute(&self, question: String, params: Value, state: D::State) -> Result<Value, Unanswered> {
        let _one = self.asking.acquire().await.map_err(|e| self.broken(&e.into()))?;
        let answered = tokio::task::spawn_blocking(move || D::answer(&question, &params, &state)).await;
        answered.map_err(|e| self.broken(&e.into()))?
    }

    /// Who may read a stream of a case stands in the fold of the case.
    async fn readers(&self, stream: &Stream) -> Result<Readers, Failure> {
        let Some(case) = stream.case() else { return Ok(Readers::default()) };
        let row = self.rows.get(&Stream::Case(case).to_string()).await.map_err(|e| self.broken(&e))?;
        let state = row.map(|row| serde_json::from_str::<D::State>(&row.body)).transpose().map_err(|e| self.broken(&e.into()))?;
        Ok(state.map(|state| D::readers(&state)).unwrap_or_default())
    }

    async fn list(&self, asker: &Asker, list: List) -> Result<Vec<Found>, Failure> {
        self.wait(list.at_least).await?;
        if !list.after.is_empty() && list.after.parse::<Stream>().is_err() {
            return Err(Failure::Malformed { detail: format!("`{}` is no stream", list.after) });
        }
        let public = ["government/", "official/"].iter().any(|register| list.prefix.starts_with(register));
        let anyone = is_anyone(asker) && !public;
        let members = match asker {
            _ if anyone => Some(vec![EVERYONE.to_owned()]),
            Asker::Person { government, .. } if !public => Some(vec![government.to_string()]),
            _ => None,
        };
        let limit = list.limit.min(LONGEST_LIST);
        let mut after = list.after;
        let mut found = Vec::new();
        // Sealed streams stand between the open ones and are in no list, so one page of rows may make less than one page of a list.
        while (found.len() as u64) < limit {
            let rows = self.rows.list(&list.prefix, members.as_deref(), &after, limit).await.map_err(|e| self.broken(&e))?;
            let end = rows.last().map(|row| row.key.clone());
            for row in rows.into_iter().filter(|row| row.key.parse::<Stream>().is_ok_and(|stream| !stream.is_sealed())) {
                let summary: Value = serde_json::from_str(&row.summary).map_err(|e| self.broken(&e.into()))?;
                let body = if anyone { summary.get("public").cloned().unwrap_or_default() } else { summary };
                found.push(Found { position: row.position, stream: row.key, body });
            }
            let Some(end) = end else { break };
            after = end;
        }
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    async fn wait(&self, at_least: Option<u64>) -> Result<(), Failure> {
        let Some(at_least) = at_least else { return Ok(()) };
        let mut reached = self.reached.clone();
        let before = reached.borrow().heard;
        if let Ok(Ok(_)) = tokio::time::timeout(PATIENCE, reached.wait_for(|reached| reached.next > at_least)).await {
            return Ok(());
        }
        // Heard once more may have been asked before the question came; heard twice is the end of the ledger since.
        let Reached { head, heard, .. } = *self.reached.borrow();
        if heard > before + 1 && at_least >= head {
            return Err(Failure::Malformed { detail: format!("at_least: the record ends before position {at_least}") });
        }
        Err(Failure::Unavailable { part: format!("{} view", D::SERVICE.name()) })
    }

    #[expect(clippy::unused_self, reason = "reads as what it is: this reader's database is broken")]
    fn broken(&self, error: &anyhow::Error) -> Failure {
        tracing::error!(service = D::SERVICE.name(), error = %error, "view.unreadable");
        Failure::Unavailable { part: format!("{} view", D::SERVICE.name()) }
    }
}
