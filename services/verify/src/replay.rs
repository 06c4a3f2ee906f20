//! The rules, run again over what was recorded: each entry must be exactly what they make of its command.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use proto::access::Asker;
use proto::actor::{Actor, Service};
use proto::allocation::Event as E;
use proto::digest::Digest;
use proto::entry::{Act, Entry};
use proto::id::{CaseId, GovernmentId};
use proto::message::{Event, Target};
use proto::registry;
use proto::signing;
use proto::stream::Stream;
use proto::words::Names;
use runtime::decider::Meta;
use runtime::model::{Decision, Model};

use crate::fault::{Fault, Part};
use crate::reactions::{Ground, Reactions};
use crate::recompute::{Recompute, Tables};
use crate::report::Counts;

/// All rules over what was taken in so far.
pub(crate) struct Replay<'a> {
    model: Model,
    reactions: Reactions,
    /// Sealed streams with an entry that cannot be opened: nothing is known of them any more.
    hidden: HashSet<Stream>,
    /// Only this case's streams are at hand.
    case: Option<CaseId>,
    recompute: Option<Recompute<'a>>,
    /// What bodies are called.
    pub(crate) names: BTreeMap<GovernmentId, Names>,
    /// Remarks that entries refer to.
    pub(crate) remarks: BTreeSet<Digest>,
    pub(crate) counts: Counts,
}

impl<'a> Replay<'a> {
    /// Nothing yet. `case`: of this case alone; `recompute`: allocations are solved again, with these tables.
    pub(crate) fn new(case: Option<CaseId>, recompute: Option<&'a Tables>) -> Self {
        // Notifications decides nothing and reacts to nothing.
        let all = crate::all_rules().into_iter().filter(|rules| rules.service() != Service::Notifications).collect();
        Self {
            model: Model::new(all),
            reactions: Reactions::default(),
            hidden: HashSet::new(),
            case,
            recompute: recompute.map(Recompute::new),
            names: BTreeMap::new(),
            remarks: BTreeSet::new(),
            counts: Counts::default(),
        }
    }

    /// Takes in an entry whose act cannot be opened.
    pub(crate) fn sealed(&mut self, entry: &Entry) {
        self.counts.sealed += 1;
        self.hidden.insert(entry.stream.clone());
        self.reactions.hidden(entry.position);
        self.model.go_to(entry.position);
        self.model.skip(&entry.stream);
    }

    /// Takes in an entry with its act. `text`: the act as JSON.
    pub(crate) fn act(&mut self, entry: &Entry, act: &Act, text: &str) -> Result<(), Fault> {
        if self.hidden.contains(&entry.stream) {
            // What came before it in the stream is not known.
            self.sealed(entry);
            return Ok(());
        }
        if !entry.stream.is_sealed() && text.contains("\"remark_commitment\"") {
            commitments(&serde_json::to_value(act).unwrap_or_default(), &mut self.remarks);
        }
        let done = catch_unwind(AssertUnwindSafe(|| {
            self.decide(entry, act)?;
            self.record(entry, act);
            Ok(())
        }));
        done.unwrap_or(Err(Fault::RulesFailed))
    }

    fn decide(&mut self, entry: &Entry, act: &Act) -> Result<(), Fault> {
        if entry.service != act.command.service() {
            return Err(Fault::OtherService);
        }
        if self.model.of(entry.service).is_none_or(|rules| rules.version() != act.rules) {
            return Err(Fault::UnknownRules { version: act.rules });
        }
        if act.events.is_empty() {
            return Err(Fault::NoEvents);
        }
        for (stream, recorded) in &act.reads {
            let (stream, recorded, was) = (stream.clone(), *recorded, self.model.version(stream));
            if recorded != was {
                return Err(Fault::OtherReads { stream, recorded, was });
            }
        }
        let target = target(&entry.stream);
        let ground = self.reactions.check(entry, act, &target, self.case)?;
        let on_findings = act.reads.keys().any(|stream| self.hidden.contains(stream));
        // A solver's result is a finding too. The rules check its sums; solving it again is asked for.
        let recorded = (on_findings || entry.service == Service::Allocation).then_some(act.findings.as_slice());
        let asker = asker(&act.actor);
        let decided = self.model.decide(&asker, &target, &act.command, entry.at, act.occurred.as_ref(), recorded);
        let decision = decided.map_err(|refusal| Fault::Refused { code: refusal.code(), why: refusal.to_string() })?;
        compare(entry, act, &decision)?;
        self.recompute(act)?;
        if on_findings || ground == Ground::Unseen {
            self.counts.attested += 1;
        } else {
            self.counts.replayed += 1;
        }
        match ground {
            Ground::Asked => {}
            Ground::Unasked => self.counts.unasked += 1,
            Ground::Seen | Ground::Unseen => self.counts.reactions += 1,
        }
        Ok(())
    }

    fn recompute(&mut self, act: &Act) -> Result<(), Fault> {
        for event in &act.events {
            let Event::Allocation(event) = event else { continue };
            let computed = matches!(event, E::Computed { .. } | E::RunTabled { .. } | E::Studied { .. } | E::StudyTabled { .. });
            self.counts.computations += u64::from(computed);
            if let Some(recompute) = &mut self.recompute {
                recompute.check(event, &mut self.counts)?;
            }
        }
        Ok(())
    }

    fn record(&mut self, entry: &Entry, act: &Act) {
        self.model.go_to(entry.position);
        self.model.record(&entry.stream, &act.events, entry.at, act.occurred.as_ref());
        let of = Meta {
            stream: entry.stream.clone(),
            position: entry.position,
            at: entry.at,
            occurred_on: act.occurred.as_ref().map(|occurred| occurred.on),
        };
        self.reactions.happened(entry.position, self.model.reactions(&act.events, &of));
        self.counts.proofs += u64::from(act.proof.is_some());
        for event in &act.events {
            self.note(&entry.stream, event);
        }
    }

    fn note(&mut self, stream: &Stream, event: &Event) {
        if let (Event::Registry(registry::Event::GovernmentRegistered { names, .. }), Stream::Government(government)) = (event, stream) {
            self.names.insert(government.clone(), names.clone());
        }
        if let Event::Signing(event) = event {
            self.signed(event);
        }
        self.counts.calendar += u64::from(matches!(event, Event::Calendar(_)));
    }

    fn signed(&mut self, event: &signing::Event) {
        match event {
            signing::Event::Signed { .. } => self.counts.signatures += 1,
            signing::Event::PaperAttested { signatures, counts: true, .. } => self.counts.on_paper += signatures.len() as u64,
            signing::Event::MarkedInDoubt { .. } => self.counts.in_doubt += 1,
            signing::Event::PaperAttested { .. } | signing::Event::OrderSet { .. } | signing::Event::Completed { .. } => {}
        }
    }

    /// The fold of a stream under the rules of a service, as JSON.
    pub(crate) fn state(&self, service: Service, stream: &Stream) -> serde_json::Value {
        self.model.of(service).map(|rules| rules.state(stream)).unwrap_or_default()
    }

    /// What was counted, with what did not follow.
    pub(crate) fn counted(&self) -> Counts {
        Counts { unanswered: self.reactions.unanswered(), ..self.counts }
    }
}

fn compare(entry: &Entry, act: &Act, decision: &Decision) -> Result<(), Fault> {
    let parts = [
        (Part::Stream, decision.stream == entry.stream),
        (Part::Actor, decision.actor == act.actor),
        (Part::Reads, decision.reads == act.reads),
        (Part::Findings, decision.findings == act.findings),
        (Part::Events, decision.events == act.events),
    ];
    match parts.into_iter().find(|(_, same)| !same) {
        Some((part, _)) => Err(Fault::Differs { part }),
        None => Ok(()),
    }
}

fn asker(actor: &Actor) -> Asker {
    match actor {
        Actor::Official(capacity) => Asker::Person { official: capacity.official.clone(), government: capacity.government.clone() },
        Actor::Service(service) => Asker::Service(*service),
    }
}

/// What a command in this stream was sent to.
pub(crate) fn target(stream: &Stream) -> Target {
    match stream {
        Stream::Case(case) | Stream::Internal(case, _) | Stream::Caucus(case, _) | Stream::Sounding(case, ..) => Target::Case(*case),
        Stream::Government(government) | Stream::Mandates(government) => Target::Government(government.clone()),
        Stream::Official(official) => Target::Official(official.clone()),
        Stream::Calendar => Target::Calendar,
    }
}

/// Collects the commitments of remarks.
fn commitments(value: &serde_json::Value, into: &mut BTreeSet<Digest>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), field.as_str().and_then(|text| text.parse().ok())) {
                    ("remark_commitment", Some(commitment)) => {
                        into.insert(commitment);
                    }
                    _ => commitments(field, into),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| commitments(item, into)),
        _ => {}
    }
}
