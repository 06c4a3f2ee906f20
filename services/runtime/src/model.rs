//! The rules of all services over one ledger held in memory. Tests play scenarios on it; `verify` replays ledgers on it; the running system is
//! compared with it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use proto::access::{self, Asker, Official};
use proto::actor::{Actor, Service};
use proto::entry::Occurred;
use proto::finding::Finding;
use proto::id::OfficialId;
use proto::message::{Command, Event, Refusal, Target};
use proto::stream::Stream;

use crate::decider::{Context, Decider, Meta};

/// The rules of one service with the folds they need, behind one type for all services.
pub trait Rules: Send + Sync {
    /// Whose rules.
    fn service(&self) -> Service;
    /// Their version.
    fn version(&self) -> u32;
    /// The other streams a decision looks at.
    fn reads(&self, question: &Question<'_>) -> Vec<Stream>;
    /// What sealed streams and computations say.
    fn assess(&self, question: &Question<'_>, others: &[Stream]) -> Vec<Finding>;
    /// Decides on these findings.
    ///
    /// # Errors
    /// The refusal.
    fn decide(&self, question: &Question<'_>, others: &[Stream], findings: &[Finding]) -> Result<Vec<Event>, Refusal>;
    /// Takes in an event.
    fn evolve(&mut self, event: &Event, of: &Meta);
    /// What the service does by itself.
    fn react(&self, event: &Event, of: &Meta) -> Vec<(Target, Command)>;
    /// The fold of a stream as JSON, for comparison with a view.
    fn state(&self, stream: &Stream) -> serde_json::Value;
}

/// A command with all that a decision is given.
#[derive(Clone)]
pub struct Question<'a> {
    /// Civil time.
    pub at: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// The actor's appointments and keys.
    pub official: &'a Official,
    /// The target.
    pub target: &'a Target,
    /// The stream it would be recorded in.
    pub stream: &'a Stream,
    /// The command.
    pub command: &'a Command,
    /// Where the act happened outside.
    pub occurred: Option<&'a Occurred>,
}

struct Folds<D: Decider>(HashMap<Stream, Arc<D::State>>);

impl<D: Decider> Folds<D> {
    fn others(&self, streams: &[Stream]) -> HashMap<Stream, Arc<D::State>> {
        streams.iter().filter_map(|s| Some((s.clone(), Arc::clone(self.0.get(s)?)))).collect()
    }

    fn with<T>(
        &self,
        question: &Question<'_>,
        others: &[Stream],
        findings: &[Finding],
        assessing: bool,
        f: impl FnOnce(&D::State, &Context<'_, D::State>) -> T,
    ) -> T {
        let others = self.others(others);
        let state = self.0.get(question.stream).cloned().unwrap_or_default();
        let context = Context {
            at: question.at,
            actor: question.actor,
            official: question.official,
            target: question.target,
            occurred: question.occurred,
            findings,
            others: &others,
            assessing,
        };
        f(&state, &context)
    }
}

impl<D: Decider> Rules for Folds<D> {
    fn service(&self) -> Service {
        D::SERVICE
    }

    fn version(&self) -> u32 {
        D::RULES
    }

    fn reads(&self, q: &Question<'_>) -> Vec<Stream> {
        self.with(q, &[], &[], false, |state, _| D::reads(q.command, q.stream, state, q.actor))
    }

    fn assess(&self, q: &Question<'_>, others: &[Stream]) -> Vec<Finding> {
        self.with(q, others, &[], true, |state, context| D::assess(q.command, state, context))
    }

    fn decide(&self, q: &Question<'_>, others: &[Stream], findings: &[Finding]) -> Result<Vec<Event>, Refusal> {
        self.with(q, others, findings, false, |state, context| D::decide(state, q.command, context))
    }

    fn evolve(&mut self, event: &Event, of: &Meta) {
        D::evolve(Arc::make_mut(self.0.entry(of.stream.clone()).or_default()), event, of);
    }

    fn react(&self, event: &Event, of: &Meta) -> Vec<(Target, Command)> {
        D::react(event, of)
    }

    fn state(&self, stream: &Stream) -> serde_json::Value {
        serde_json::to_value(self.0.get(stream).cloned().unwrap_or_default()).unwrap_or_default()
    }
}

/// The rules of a service, with nothing folded yet.
#[must_use]
pub fn rules<D: Decider>() -> Box<dyn Rules> {
    Box::new(Folds::<D>(HashMap::new()))
}

/// A decision: what would be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Where.
    pub stream: Stream,
    /// Who acts, in which capacity.
    pub actor: Actor,
    /// Other streams it used, at their versions.
    pub reads: BTreeMap<Stream, u64>,
    /// What it learned.
    pub findings: Vec<Finding>,
    /// What happens.
    pub events: Vec<Event>,
}

/// One ledger in memory under the rules of some services.
pub struct Model {
    rules: Vec<Box<dyn Rules>>,
    officials: HashMap<OfficialId, Official>,
    versions: HashMap<Stream, u64>,
    position: u64,
}

impl Model {
    /// An empty ledger under these rules.
    #[must_use]
    pub fn new(rules: Vec<Box<dyn Rules>>) -> Self {
        Self { rules, officials: HashMap::new(), versions: HashMap::new(), position: 0 }
    }

    /// A stream's version; 0 when it does not exist.
    #[must_use]
    pub fn version(&self, stream: &Stream) -> u64 {
        self.versions.get(stream).copied().unwrap_or(0)
    }

    /// The position the next entry gets.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Goes on at a later position: what stands between belongs to streams that nobody here looks at, as in the bundle of one case.
    pub fn go_to(&mut self, position: u64) {
        self.position = self.position.max(position);
    }

    /// The rules of a service.
    #[must_use]
    pub fn of(&self, service: Service) -> Option<&dyn Rules> {
        self.rules.iter().find(|r| r.service() == service).map(AsRef::as_ref)
    }

    /// Decides without recording. `recorded`: decide on these findings instead of looking at sealed streams, as a verifier must who cannot open
    /// them.
    ///
    /// # Errors
    /// The refusal.
    pub fn decide(
        &self,
        asker: &Asker,
        target: &Target,
        command: &Command,
        at: Timestamp,
        occurred: Option<&Occurred>,
        recorded: Option<&[Finding]>,
    ) -> Result<Decision, Refusal> {
        let nobody = Official::default();
        let mut reads = BTreeMap::new();
        let official = match asker {
            Asker::Person { official, .. } => {
                let stream = Stream::Official(official.clone());
                reads.insert(stream.clone(), self.version(&stream));
                self.officials.get(official).unwrap_or(&nobody)
            }
            Asker::Service(_) => &nobody,
        };
        let actor = access::may(asker, command.admission(), official, at)?;
        let stream = command.stream(target, actor.government()).ok_or(access::Denial::WrongTarget)?;
        let rules = self.of(command.service()).ok_or(access::Denial::WrongTarget)?;
        let question = Question { at, actor: &actor, official, target, stream: &stream, command, occurred };
        let others = rules.reads(&question);
        reads.extend(others.iter().map(|s| (s.clone(), self.version(s))));
        let findings = recorded.map_or_else(|| rules.assess(&question, &others), <[Finding]>::to_vec);
        let events = rules.decide(&question, &others, &findings)?;
        reads.remove(&stream);
        Ok(Decision { stream, actor, reads, findings, events })
    }

    /// Records what was decided, and answers the entry's position.
    pub fn record(&mut self, stream: &Stream, events: &[Event], at: Timestamp, occurred: Option<&Occurred>) -> u64 {
        let position = self.position;
        let of = Meta { stream: stream.clone(), position, at, occurred_on: occurred.map(|o| o.on) };
        for event in events {
            if let (Event::Registry(event), Stream::Official(id)) = (event, stream) {
                self.officials.entry(id.clone()).or_default().evolve(event);
            }
            for rules in &mut self.rules {
                rules.evolve(event, &of);
            }
        }
        self.skip(stream);
        position
    }

    /// Counts an entry whose events cannot be seen.
    pub fn skip(&mut self, stream: &Stream) {
        *self.versions.entry(stream.clone()).or_default() += 1;
        self.position += 1;
    }

    /// Decides, records, and lets all services react until nothing more happens. Reactions that are refused are left out, as in the running
    /// system.
    ///
    /// # Errors
    /// The refusal of the first command.
    pub fn act(
        &mut self,
        asker: &Asker,
        target: &Target,
        command: &Command,
        at: Timestamp,
        occurred: Option<&Occurred>,
    ) -> Result<Decision, Refusal> {
        self.act_on(asker, target, command, at, occurred).map(|mut all| all.remove(0))
    }

    /// As [`Model::act`], and answers what the services did about it too, in the order in which it was recorded; the act itself comes first.
    ///
    /// # Errors
    /// The refusal of the first command.
    pub fn act_on(
        &mut self,
        asker: &Asker,
        target: &Target,
        command: &Command,
        at: Timestamp,
        occurred: Option<&Occurred>,
    ) -> Result<Vec<Decision>, Refusal> {
        let decision = self.decide(asker, target, command, at, occurred, None)?;
        let position = self.record(&decision.stream, &decision.events, at, occurred);
        let of = Meta { stream: decision.stream.clone(), position, at, occurred_on: occurred.map(|o| o.on) };
        let reactions = self.reactions(&decision.events, &of);
        let mut all = vec![decision];
        for (service, target, command) in reactions {
            // A reaction that the rules refuse has come too late or too early; the running system drops it in the same way.
            all.extend(self.act_on(&Asker::Service(service), &target, &command, at, None).unwrap_or_default());
        }
        Ok(all)
    }

    /// What services do by themselves when these events have happened.
    #[must_use]
    pub fn reactions(&self, events: &[Event], of: &Meta) -> Vec<(Service, Target, Command)> {
        let mut all = Vec::new();
        for event in events {
            for rules in &self.rules {
                all.extend(rules.react(event, of).into_iter().map(|(target, command)| (rules.service(), target, command)));
            }
        }
        all
    }
}
