//! The world of one run: a ledger in memory under the rules of all services, everything that was recorded in it, and everything that was asked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use proto::access::Asker;
use proto::actor::Service;
use proto::digest::Digest;
use proto::entry::Occurred;
use proto::id::{CaseId, GovernmentId};
use proto::message::{Command, Event, Refusal, Target};
use proto::registry::Command as Registry;
use proto::remark;
use proto::stream::Stream;
use proto::{calendar, negotiation};
use runtime::decider::Meta;
use runtime::model::{Decision, Model};
use serde_json::Value;

use crate::dice::Dice;
use crate::folds::Folds;
use crate::invariants::{self, Seen};
use crate::secrets::Secrets;

/// Where all bodies are.
pub const ZONE: &str = "Asia/Seoul";
/// The office that keeps the register.
pub const OFFICE: &str = "interlocal-office";

/// The case.
pub fn case() -> CaseId {
    "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap()
}

/// A recorded command, with all that was decided on.
pub struct Entry {
    pub asker: Asker,
    pub target: Target,
    pub command: Command,
    pub at: Timestamp,
    pub occurred: Option<Occurred>,
    pub decision: Decision,
    /// What the rules say when they are asked again with nothing but what is recorded: the command's text and the findings.
    pub again: Result<Decision, Refusal>,
}

/// A ledger, its record, and whoever asks.
pub struct World {
    pub folds: Folds,
    pub dice: Dice,
    pub at: Timestamp,
    pub record: Vec<Entry>,
    /// What was asked, by whom, and what came of it; the last is the latest.
    pub asked: Vec<String>,
    /// How often each kind of command was accepted.
    pub accepted: BTreeMap<String, u32>,
    /// How often each code was the answer.
    pub refused: BTreeMap<String, u32>,
    pub model: Model,
    secrets: Secrets,
    streams: BTreeSet<Stream>,
}

impl World {
    /// An empty ledger.
    pub fn new(seed: u64) -> Self {
        Self {
            folds: Folds::default(),
            dice: Dice::new(seed),
            at: "2013-05-10T01:00:00Z".parse().unwrap(),
            record: Vec::new(),
            asked: Vec::new(),
            accepted: BTreeMap::new(),
            refused: BTreeMap::new(),
            model: Model::new(interlocal::all_rules()),
            secrets: Secrets::default(),
            streams: BTreeSet::new(),
        }
    }

    /// The day it is where the bodies are.
    pub fn today(&self) -> Date {
        self.at.to_zoned(TimeZone::get(ZONE).unwrap()).date()
    }

    /// The day so many days later.
    pub fn in_days(&self, days: i64) -> Date {
        self.today().saturating_add(days.days())
    }

    /// An official of this name asks for a body, whether entitled or not.
    pub fn person(&mut self, official: &str, body: &str, command: &Value) -> bool {
        let asker = Asker::Person { official: official.parse().unwrap(), government: body.parse().unwrap() };
        self.ask(&asker, command)
    }

    /// Somebody asks for something. Answers whether it was accepted.
    ///
    /// # Panics
    /// When an invariant does not hold afterwards.
    pub fn ask(&mut self, asker: &Asker, command: &Value) -> bool {
        let command = serde_json::from_value(command.clone()).unwrap_or_else(|error| panic!("{error}: {command}"));
        self.command(asker, &target(&command), &command).is_ok()
    }

    /// As [`World::ask`], and answers the refusal.
    pub fn command(&mut self, asker: &Asker, target: &Target, command: &Command) -> Result<(), Refusal> {
        self.at = self.at.checked_add(SignedDuration::from_secs(1)).unwrap();
        let (before, known, sizes) = (self.folds.clone(), self.record.len(), self.sizes());
        self.asked.push(format!("{} {} {}", self.at, name(asker), serde_json::to_string(command).unwrap()));
        let occurred = self.occurred(asker);
        let outcome = self.enter(asker, target, command, occurred);
        self.note(&outcome, known);
        let grown = self.sizes() != sizes;
        let (after, new, refused) = (&self.folds, &self.record[known..], outcome.as_ref().err());
        let broken = invariants::broken(&Seen { before: &before, after, new, refused, grown, secrets: &self.secrets });
        assert!(broken.is_empty(), "broken invariants:\n{}", broken.join("\n"));
        outcome
    }

    /// What happens outside happens today, save when nobody says when.
    fn occurred(&mut self, asker: &Asker) -> Option<Occurred> {
        let said = matches!(asker, Asker::Person { .. }) && !self.dice.once_in(50);
        said.then(|| Occurred { on: self.today(), evidence: Vec::new() })
    }

    /// How long the ledger is, and each stream that was ever written to.
    fn sizes(&self) -> Vec<u64> {
        [self.model.position()].into_iter().chain(self.streams.iter().map(|stream| self.model.version(stream))).collect()
    }

    /// Counts what was accepted and refused.
    fn note(&mut self, outcome: &Result<(), Refusal>, known: usize) {
        let said = match outcome {
            Ok(()) => "accepted".to_owned(),
            Err(refusal) => refusal.code(),
        };
        if let Some(line) = self.asked.last_mut() {
            *line = format!("{line} -> {said}");
        }
        for entry in &self.record[known..] {
            *self.accepted.entry(kind(&entry.command)).or_default() += 1;
        }
        if let Err(refusal) = outcome {
            *self.refused.entry(refusal.code()).or_default() += 1;
        }
    }

    /// Decides, records, and lets the services react, as the running system does.
    fn enter(&mut self, asker: &Asker, target: &Target, command: &Command, occurred: Option<Occurred>) -> Result<(), Refusal> {
        let (at, command) = (self.at, without_remarks(command));
        let decision = self.model.decide(asker, target, &command, at, occurred.as_ref(), None)?;
        let recorded = serde_json::from_str(&serde_json::to_string(&command).unwrap()).unwrap();
        let again = self.model.decide(asker, target, &recorded, at, occurred.as_ref(), Some(&decision.findings));
        let of = self.take_in(&decision.stream, &decision.events, occurred.as_ref());
        self.secrets.learn(&decision, &command);
        let events = decision.events.clone();
        self.record.push(Entry { asker: asker.clone(), target: target.clone(), command, at, occurred, decision, again });
        for (service, target, command) in self.model.reactions(&events, &of) {
            // A reaction that the rules refuse has come too late or too early; the running system drops it as well.
            let _ = self.enter(&Asker::Service(service), &target, &command, None);
        }
        Ok(())
    }

    fn take_in(&mut self, stream: &Stream, events: &[Event], occurred: Option<&Occurred>) -> Meta {
        let position = self.model.record(stream, events, self.at, occurred);
        let of = Meta { stream: stream.clone(), position, at: self.at, occurred_on: occurred.map(|occurred| occurred.on) };
        for event in events {
            self.folds.evolve(event, &of);
            if let Event::Calendar(calendar::Event::CalendarSet { to }) = event {
                self.at = *to;
            }
        }
        self.streams.insert(stream.clone());
        of
    }

    /// Lets something stand in the case that nobody decided. Answers the names of the invariants that tell.
    pub fn forge(&mut self, event: &Value) -> Vec<String> {
        let before = self.folds.clone();
        let events: Vec<Event> = vec![serde_json::from_value(event.clone()).unwrap()];
        self.take_in(&Stream::Case(case()), &events, None);
        let seen = Seen { before: &before, after: &self.folds, new: &[], refused: None, grown: true, secrets: &self.secrets };
        let names = invariants::broken(&seen).into_iter().map(|told| told.split(':').next().unwrap_or_default().to_owned());
        names.collect()
    }

    /// The parties.
    pub fn parties(&self) -> Vec<String> {
        self.folds.standing().parties.iter().map(GovernmentId::to_string).collect()
    }

    /// The rounds of the case, once it is open.
    pub fn rounds(&self) -> Option<negotiation::Rounds> {
        self.folds.negotiation.rounds
    }
}

/// The address a command goes to.
pub fn target(command: &Command) -> Target {
    match command {
        Command::Calendar(_) => Target::Calendar,
        Command::Registry(command) => match command {
            Registry::RegisterGovernment { government, .. }
            | Registry::RecordPopulation { government, .. }
            | Registry::GrantMandate { government, .. }
            | Registry::RevokeMandate { government, .. } => Target::Government(government.clone()),
            Registry::Appoint { official, .. }
            | Registry::EndAppointment { official, .. }
            | Registry::RegisterKey { official, .. }
            | Registry::RevokeKey { official, .. }
            | Registry::NoteKeyUse { official, .. } => Target::Official(official.clone()),
        },
        Command::Negotiation(_)
        | Command::Allocation(_)
        | Command::Authority(_)
        | Command::Approvals(_)
        | Command::Signing(_)
        | Command::Mediation(_) => Target::Case(case()),
    }
}

/// `family.kind` of a command.
pub fn kind(command: &Command) -> String {
    let value = serde_json::to_value(command).unwrap();
    let (family, said) = value.as_object().and_then(|families| families.iter().next()).unwrap();
    let kind = said.as_str().or_else(|| said.as_object()?.keys().next().map(String::as_str)).unwrap();
    format!("{family}.{kind}")
}

/// A command as the ledger keeps it: without free text.
fn without_remarks(command: &Command) -> Command {
    let mut value = serde_json::to_value(command).unwrap();
    remark::seal(&mut value, &mut |text, _| Digest::of(text.as_bytes()));
    serde_json::from_value(value).unwrap()
}

fn name(asker: &Asker) -> String {
    match asker {
        Asker::Person { official, government } => format!("{official} for {government}"),
        Asker::Service(service) => Service::name(*service).to_owned(),
    }
}
