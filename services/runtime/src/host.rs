//! Where commands arrive: verify who asks, fold, decide, append, answer.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::sync::Arc;

use async_nats::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use proto::access::{self, Asker, Official};
use proto::actor::{Role, Service};
use proto::digest::{Digest, canonical};
use proto::entry::{Act, MAX_ENTRY_BYTES};
use proto::id::{GovernmentId, OfficialId};
use proto::message::{Command, Event, Refusal, Target};
use proto::remark;
use proto::stream::Stream;
use proto::wire::{self, Append, Appended, Current, Failure, Held, Receipt, Reply, Submission, Versions};
use serde_json::value::RawValue;

use crate::append::Appender;
use crate::bus::{Bus, unavailable};
use crate::clock::{self, Civil};
use crate::decider::{Context, Decider, Meta};
use crate::folds::{self, Fold, Folds};
use crate::token::Verifier;

/// How often a decision is taken again because a stream has moved on. 64 writers at one stream need one each at worst; they queue for their turn.
const TRIES: usize = 100;
/// A refusal counts as long as the ledger would have taken an entry instead.
const STALE: SignedDuration = SignedDuration::from_secs(5);

/// What a command comes with.
pub struct Request {
    /// Who asks.
    pub asker: Asker,
    /// What it is sent to.
    pub target: Target,
    /// The client's key for this act.
    pub key: String,
    /// What is asked.
    pub submission: Submission,
}

/// The rules of one service at work.
pub struct Host<D: Decider> {
    bus: Bus,
    appender: Appender,
    verifier: Verifier,
    civil: Arc<Civil>,
    folds: Folds<D::State>,
    officials: Folds<Official>,
}

/// A command on its way: with its id, and its remarks sealed.
struct Pending {
    request: Request,
    command_id: Digest,
    asked: Digest,
    held: Vec<Held>,
    stream: Stream,
}

/// A decision on folds at these versions.
struct Decided {
    act: Act,
    versions: BTreeMap<Stream, u64>,
    meta: Meta,
}

enum Verdict {
    Accepted(Box<Decided>),
    /// On folds at these versions, at this civil time.
    Refused(Refusal, BTreeMap<Stream, u64>, Timestamp),
    Before(u64, Digest),
}

impl<D: Decider> Host<D> {
    /// A host on this bus.
    #[must_use]
    pub fn new(bus: Bus, verifier: Verifier, civil: Arc<Civil>, streams: NonZeroUsize) -> Self {
        let official = |official: &mut Official, event: &Event, _: &Meta| {
            if let Event::Registry(event) = event {
                official.evolve(event);
            }
        };
        Self {
            appender: Appender::start(bus.clone()),
            folds: Folds::new(bus.clone(), streams, D::evolve),
            officials: Folds::new(bus.clone(), streams, official),
            bus,
            verifier,
            civil,
        }
    }

    /// The roles that an official holds for a body now.
    ///
    /// # Errors
    /// When the ledger does not answer.
    pub async fn roles(&self, official: &OfficialId, government: &GovernmentId) -> Result<Vec<Role>, Failure> {
        let known = self.officials.refresh(&Stream::Official(official.clone())).await?;
        Ok(known.state.roles(government, self.civil.now()))
    }

    /// Handles a message from the bus.
    pub async fn handle(&self, subject: &str, headers: Option<&HeaderMap>, payload: &[u8]) -> Reply<Receipt> {
        match self.read(subject, headers, payload) {
            Ok(request) => self.submit(request).await,
            Err(failure) => Reply::Failed(failure),
        }
    }

    fn read(&self, subject: &str, headers: Option<&HeaderMap>, payload: &[u8]) -> Result<Request, Failure> {
        let header = |name| headers.and_then(|h| h.get(name)).map(async_nats::HeaderValue::as_str);
        let asker = self.verifier.verify(header(wire::AUTHORIZATION).and_then(|h| h.strip_prefix("Bearer ")).unwrap_or_default())?;
        let key = header(wire::IDEMPOTENCY_KEY).filter(|k| (1..=wire::LONGEST_KEY).contains(&k.len())).ok_or(Failure::KeyMissing)?;
        let path = header(wire::TARGET).unwrap_or_default();
        let target = path.split_once('/').and_then(|(kind, id)| Target::parse(kind, id)).ok_or(Failure::NotFound)?;
        // The subject's last token is what permissions see; it must be what the header says.
        if path.split_once('/').map(|(_, id)| id) != subject.rsplit('.').next() {
            return Err(Failure::NotFound);
        }
        let submission: Submission = serde_json::from_slice(payload).map_err(|e| Failure::Malformed { detail: e.to_string() })?;
        if submission.cause.is_some() && !matches!(asker, Asker::Service(_)) {
            return Err(Failure::Malformed { detail: "only services give a cause".to_owned() });
        }
        Ok(Request { asker, target, key: key.to_owned(), submission })
    }

    /// Decides a command and records it.
    pub async fn submit(&self, request: Request) -> Reply<Receipt> {
        match Self::prepare(request) {
            Ok(Ok(pending)) => self.settle(pending).await.unwrap_or_else(Reply::Failed),
            Ok(Err(refusal)) => Reply::Refused(refusal),
            Err(failure) => Reply::Failed(failure),
        }
    }

    fn prepare(mut request: Request) -> Result<Result<Pending, Refusal>, Failure> {
        let malformed = |e: serde_json::Error| Failure::Malformed { detail: e.to_string() };
        let who = match &request.asker {
            Asker::Person { official, .. } => format!("official:{official}"),
            Asker::Service(service) => format!("service:{}", service.name()),
        };
        let command_id = Digest::of_json(&(who, request.target.path(), &request.key)).map_err(malformed)?;
        let bytes = canonical(&request.submission).map_err(malformed)?;
        let asked = Digest::of(&bytes);
        // Looked for in what was understood, not in what was sent: JSON has more than one way to spell a name.
        if matches!(request.asker, Asker::Person { .. }) && bytes.windows(19).any(|w| w == b"\"remark_commitment\"") {
            return Err(Failure::Malformed { detail: "give a remark's text; its commitment is made when it is recorded".to_owned() });
        }
        let government = match &request.asker {
            Asker::Person { government, .. } => Some(government),
            Asker::Service(_) => None,
        };
        let command = &request.submission.command;
        let stream = command.stream(&request.target, government);
        let Some(stream) = stream.filter(|_| command.service() == D::SERVICE) else {
            return Ok(Err(access::Denial::WrongTarget.into()));
        };
        let mut held = Vec::new();
        if !stream.is_sealed() && bytes.windows(11).any(|w| w == b"\"disclosure") {
            request.submission.command = seal_remarks(command, &mut held).map_err(malformed)?;
        }
        Ok(Ok(Pending { request, command_id, asked, held, stream }))
    }

    async fn settle(&self, pending: Pending) -> Result<Reply<Receipt>, Failure> {
        let slot = self.folds.slot(&pending.stream);
        let _turn = slot.turn.lock().await;
        for _ in 0..TRIES {
            match self.judge(&pending).await? {
                Verdict::Before(version, asked) if asked == pending.asked => return self.again(&pending.stream, version).await,
                Verdict::Before(..) => return Err(Failure::KeyReused),
                Verdict::Refused(refusal, versions, at) => {
                    if self.confirm(versions, at).await? {
                        return Ok(Reply::Refused(refusal));
                    }
                }
                Verdict::Accepted(decided) => {
                    if let Some(receipt) = self.append(&pending, *decided).await? {
                        return Ok(Reply::Ok(receipt));
                    }
                }
            }
        }
        Err(unavailable(D::SERVICE))
    }

    /// Decides on what is known here.
    async fn judge(&self, pending: &Pending) -> Result<Verdict, Failure> {
        let own = self.folds.known(&pending.stream).await?;
        if let Some((version, asked)) = own.acts.get(&pending.command_id) {
            return Ok(Verdict::Before(*version, *asked));
        }
        let mut versions = BTreeMap::from([(pending.stream.clone(), own.version)]);
        let official = match &pending.request.asker {
            Asker::Person { official, .. } => {
                let stream = Stream::Official(official.clone());
                let fold = self.officials.known(&stream).await?;
                versions.insert(stream, fold.version);
                fold.state
            }
            Asker::Service(_) => Arc::default(),
        };
        // The calendar's own stream goes back once, when a demo begins in its own years; its rule sees to the rest.
        let now = self.civil.now();
        let at = if pending.stream == Stream::Calendar { now } else { now.max(own.last_at) };
        let Submission { command, occurred, .. } = &pending.request.submission;
        let actor = match access::may(&pending.request.asker, command.admission(), &official, at) {
            Ok(actor) => actor,
            Err(denial) => {
                tracing::info!(asker = ?pending.request.asker, denial = %denial, "access.denied");
                return Ok(Verdict::Refused(denial.into(), versions, at));
            }
        };
        let mut others = HashMap::new();
        for stream in D::reads(command, &pending.stream, &own.state, &actor) {
            let fold: Fold<D::State> = self.folds.known(&stream).await?;
            versions.insert(stream.clone(), fold.version);
            others.insert(stream, fold.state);
        }
        let mut context = Context {
            at,
            actor: &actor,
            official: &official,
            target: &pending.request.target,
            occurred: occurred.as_ref(),
            findings: &[],
            others: &others,
            assessing: true,
        };
        let findings = D::assess(command, &own.state, &context);
        context.assessing = false;
        context.findings = &findings;
        match D::decide(&own.state, command, &context) {
            Err(refusal) => Ok(Verdict::Refused(refusal, versions, at)),
            Ok(events) => {
                let mut reads = versions.clone();
                reads.remove(&pending.stream);
                let Submission { command, occurred, proof, cause } = pending.request.submission.clone();
                let meta = Meta { stream: pending.stream.clone(), position: 0, at, occurred_on: occurred.as_ref().map(|o| o.on) };
                let act = Act {
                    actor,
                    cause,
                    command,
                    command_id: pending.command_id,
                    events,
                    findings,
                    occurred,
                    proof,
                    reads,
                    rules: D::RULES,
                };
                Ok(Verdict::Accepted(Box::new(Decided { act, versions, meta })))
            }
        }
    }

    /// Whether the streams still stand at these versions, and the calendar has not been set since. What has moved on is folded.
    async fn confirm(&self, versions: BTreeMap<Stream, u64>, at: Timestamp) -> Result<bool, Failure> {
        let subject = self.bus.subjects().query(Service::Ledger, "versions");
        let question = Versions { streams: versions.keys().cloned().collect() };
        let reply: Reply<Current> = self.bus.ask(Service::Ledger, subject, HeaderMap::new(), &question).await?;
        let current = match reply {
            Reply::Ok(current) => current,
            Reply::Failed(failure) => return Err(failure),
            Reply::Refused(_) => return Err(unavailable(Service::Ledger)),
        };
        self.civil.follow(current.offset_ms);
        let mut holds = self.civil.now().duration_since(at).abs() <= STALE;
        for (stream, version) in versions {
            if current.versions.get(&stream).copied().unwrap_or(0) != version {
                holds = false;
                self.refresh(&stream).await?;
            }
        }
        Ok(holds)
    }

    async fn refresh(&self, stream: &Stream) -> Result<(), Failure> {
        if matches!(stream, Stream::Official(_)) {
            self.officials.refresh(stream).await?;
        }
        self.folds.refresh(stream).await.map(drop)
    }

    /// Appends; none when it must be decided again.
    async fn append(&self, pending: &Pending, decided: Decided) -> Result<Option<Receipt>, Failure> {
        let Decided { act, versions, mut meta } = decided;
        let expected = versions.get(&pending.stream).copied().unwrap_or(0);
        let malformed = |e: &dyn std::fmt::Display| Failure::Malformed { detail: e.to_string() };
        let bytes = canonical(&act).map_err(|e| malformed(&e))?;
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(Failure::TooLarge { bytes: bytes.len(), limit: MAX_ENTRY_BYTES });
        }
        let text = String::from_utf8(bytes).map_err(|e| malformed(&e))?;
        let append = Append {
            stream: pending.stream.clone(),
            expected,
            at: meta.at,
            act: RawValue::from_string(text).map_err(|e| malformed(&e))?,
            command_id: act.command_id,
            reads: act.reads,
            kinds: act.events.iter().map(Event::kind).collect(),
            asked: pending.asked,
            held: pending.held.clone(),
        };
        match self.appender.append(append).await {
            Ok(Appended::Done { position, leaf }) => {
                meta.position = position;
                self.folds.advance(&meta, expected + 1, (act.command_id, pending.asked), &act.events).await;
                let (stream, at, events) = (meta.stream, meta.at, act.events);
                Ok(Some(Receipt { position, stream, version: expected + 1, at, leaf, events }))
            }
            Ok(Appended::Conflict { stream, .. }) => self.refresh(&stream).await.map(|()| None),
            Ok(Appended::Duplicate) => self.refresh(&pending.stream).await.map(|()| None),
            Ok(Appended::ClockOff { offset_ms }) => {
                self.civil.follow(offset_ms);
                self.refresh(&pending.stream).await.map(|()| None)
            }
            Ok(Appended::TooLarge { bytes }) => Err(Failure::TooLarge { bytes, limit: MAX_ENTRY_BYTES }),
            Ok(Appended::Refused { why }) => {
                tracing::warn!(why, "append.refused");
                Err(unavailable(Service::Ledger))
            }
            Err(failure) => Err(failure),
        }
    }

    /// The answer to a command that was accepted before: a function of its entry.
    async fn again(&self, stream: &Stream, version: u64) -> Result<Reply<Receipt>, Failure> {
        let page = folds::read(&self.bus, stream, version - 1).await?;
        let recorded = page.first().ok_or_else(|| unavailable(Service::Ledger))?;
        let leaf = Digest::leaf(recorded.entry.as_bytes());
        let (entry, act) = folds::open(recorded).map_err(|_| Failure::Parked { stream: stream.to_string(), position: version })?;
        Ok(Reply::Ok(Receipt { position: entry.position, stream: entry.stream, version, at: entry.at, leaf, events: act.events }))
    }
}

/// The command with every remark replaced by its commitment; what they said goes to `held`.
fn seal_remarks(command: &Command, held: &mut Vec<Held>) -> serde_json::Result<Command> {
    let mut value = serde_json::to_value(command)?;
    remark::seal(&mut value, &mut |text, disclosure| {
        let salt = clock::random32();
        let commitment = Digest::commitment(&salt, text.as_bytes());
        held.push(Held { commitment, salt: Digest(salt), text: text.to_owned(), disclosure });
        commitment
    });
    serde_json::from_value(value)
}
