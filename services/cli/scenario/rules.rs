//! A script against the pure rules: no bus, no database, no clock.

use allocation::performed;
use jiff::{SignedDuration, Timestamp};
use proto::access::Asker;
use proto::actor::Service;
use proto::entry::Occurred;
use proto::id::{CaseId, GovernmentId};
use proto::message::{Command, Event, Target};
use proto::stream::Stream;
use runtime::model::{Decision, Model};
use runtime::view::View as _;
use serde_json::Value;

use super::script::Act;
use super::stage::Outcome;
use crate::all_rules;

/// The rules of all services over a ledger in memory, with the example register entered.
pub struct Rules {
    model: Model,
    at: Timestamp,
    happened: Vec<Event>,
    /// Who acted last.
    last: Option<GovernmentId>,
}

impl Rules {
    /// A ledger whose calendar begins here.
    ///
    /// # Errors
    /// When the example register is refused.
    pub fn new(from: Timestamp) -> anyhow::Result<Self> {
        let mut model = Model::new(all_rules());
        for (target, command) in registry::seed::commands(registry::seed::EXAMPLE, from.to_zoned(jiff::tz::TimeZone::UTC).date())? {
            model.act(&Asker::Service(Service::Registry), &target, &command, from, None)?;
        }
        Ok(Self { model, at: from, happened: Vec::new(), last: None })
    }

    /// The ledger.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    pub(super) fn date(&mut self, to: Timestamp, case: CaseId) -> anyhow::Result<()> {
        anyhow::ensure!(to > self.at, "the calendar only moves forward");
        self.at = to;
        self.lapse(case)
    }

    /// What the platform does when a date has passed.
    fn lapse(&mut self, case: CaseId) -> anyhow::Result<()> {
        let stream = Stream::Case(case);
        let state = self.fold(Service::Notifications, &stream)?;
        for (_, target, command) in notifications::Notifications::overdue(&stream, &serde_json::from_value(state)?, self.at) {
            let done = self.model.act_on(&Asker::Service(Service::Notifications), &target, &command, self.at, None);
            self.happened.extend(done.unwrap_or_default().into_iter().flat_map(|decision| decision.events));
        }
        Ok(())
    }

    pub(super) fn act(&mut self, act: &Act, target: &Target, command: &Command, occurred: Option<&Occurred>) -> Outcome {
        let asker = match (format!("{}-{}", act.government, act.role).parse(), act.government.parse()) {
            (Ok(official), Ok(government)) => Asker::Person { official, government },
            _ => return Outcome::Refused("malformed".into(), Value::Null),
        };
        self.at = self.at.checked_add(SignedDuration::from_secs(1)).unwrap_or(self.at);
        match self.model.act_on(&asker, target, command, self.at, occurred) {
            Ok(mut all) => {
                self.last = act.government.parse().ok();
                let own = all.remove(0);
                self.happened.extend(all.into_iter().flat_map(|decision| decision.events));
                self.compute(&own);
                Outcome::Done(own.events.iter().map(|event| serde_json::to_value(event).unwrap_or_default()).collect())
            }
            Err(refusal) => Outcome::Refused(refusal.code(), refusal.params()),
        }
    }

    /// What the laboratory computes beside.
    fn compute(&mut self, asked: &Decision) {
        let Stream::Internal(case, government) = &asked.stream else { return };
        for event in &asked.events {
            let Event::Allocation(proto::allocation::Event::WorkAsked { run, .. }) = event else { continue };
            let own = self.laboratory(&asked.stream);
            let done = own.zip(self.laboratory(&Stream::Case(*case))).and_then(|(own, case)| performed(&own, &case, government, run));
            let Some(command) = done else { continue };
            let done = self.model.act_on(&Asker::Service(Service::Allocation), &Target::Case(*case), &command.into(), self.at, None);
            self.happened.extend(done.unwrap_or_default().into_iter().flat_map(|decision| decision.events));
        }
    }

    fn laboratory(&self, stream: &Stream) -> Option<allocation::State> {
        serde_json::from_value(self.fold(Service::Allocation, stream).ok()?).ok()
    }

    pub(super) fn happened(&mut self, kind: &str) -> anyhow::Result<Value> {
        let ends = format!(".{kind}");
        let place = self.happened.iter().position(|event| event.kind().ends_with(&ends));
        let place = place.ok_or_else(|| anyhow::anyhow!("`{kind}` did not happen"))?;
        Ok(serde_json::to_value(self.happened.remove(place))?)
    }

    pub(super) fn room(&self, name: &str, case: CaseId) -> anyhow::Result<Value> {
        let stream = Stream::Case(case);
        match name {
            "negotiation" => self.fold(Service::Negotiation, &stream),
            "allocation" => self.fold(Service::Allocation, &stream),
            "authority" => self.fold(Service::Authority, &stream),
            "approvals" => self.fold(Service::Approvals, &stream),
            "signing" => self.fold(Service::Signing, &stream),
            "disputes" => self.fold(Service::Mediation, &stream),
            _ => anyhow::bail!("there is no room `{name}`"),
        }
    }

    pub(super) fn own_room(&self, name: &str, case: CaseId) -> anyhow::Result<Value> {
        anyhow::ensure!(name == "allocation", "there is no own room `{name}`");
        let last = self.last.clone().ok_or_else(|| anyhow::anyhow!("nobody has acted yet"))?;
        self.fold(Service::Allocation, &Stream::Internal(case, last))
    }

    pub(super) fn difference(&self, case: CaseId, from: u32, to: u32) -> anyhow::Result<Value> {
        let state = serde_json::from_value(self.fold(Service::Negotiation, &Stream::Case(case))?)?;
        Ok(serde_json::to_value(negotiation::diff(&state, from, to)?)?)
    }

    fn fold(&self, service: Service, stream: &Stream) -> anyhow::Result<Value> {
        self.model.of(service).map(|rules| rules.state(stream)).ok_or_else(|| anyhow::anyhow!("no rules of {}", service.name()))
    }
}
