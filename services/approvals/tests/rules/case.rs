//! A case in memory under the rules of approvals alone: what other services would record is put down as it stands.

use std::collections::BTreeMap;

use approvals::{Approvals, Instance, State, Status};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use proto::access::Asker;
use proto::actor::{Actor, Ground, Role, Service};
use proto::approvals::{Command, CouncilEnd, Done, Event, Letter, Refusal, StepOf, Votes};
use proto::digest::Digest;
use proto::entry::Occurred;
use proto::message::{self, Target};
use proto::negotiation::{self, AgreedTerm, Frozen, Rounds, Text};
use proto::procedure::{
    Category, Condition, Evidence, LetterDemand, Procedure, RunsFrom, Silence, Stage, Status as FormStatus, Step, StepActor, StepKind,
    StepTime, Typed,
};
use proto::registry::{self, Appointment, Tier};
use proto::remark::Remark;
use proto::signing;
use proto::stream::Stream;
use proto::term::Value;
use proto::words::{Counting, Names};
use runtime::model::{Model, rules};

pub(crate) const CASE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
pub(crate) const ZONE: &str = "Asia/Seoul";

/// The code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, message::Refusal>) -> String {
    result.unwrap_err().code()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn text(n: u8) -> Digest {
    Digest([n; 32])
}

/// A blocking step that always applies.
pub(crate) fn step(id: &str, kind: StepKind, stage: Stage, actor: StepActor) -> Step {
    Step {
        id: id.parse().unwrap(),
        names: Names::new(id, id),
        native: None,
        kind,
        label: None,
        stage,
        actor: Typed { is: actor, wording: "someone".into() },
        condition: None,
        time: None,
        silence: None,
        assent: false,
        majority: None,
        letter: None,
        effect_after_days: 0,
        repeats: false,
        gate: None,
        legal_ref: "law".into(),
        evidence: Evidence::Found,
        blocking: true,
        note: None,
    }
}

pub(crate) fn conditional(step: Step) -> Step {
    Step { condition: Some(Typed { is: Condition::Commitment, wording: "money is committed".into() }), ..step }
}

pub(crate) fn lettered(step: Step) -> Step {
    Step { letter: Some(LetterDemand { legal_ref: "law".into(), evidence: Evidence::Found }), ..step }
}

pub(crate) fn timed(step: Step, days: u16, from: RunsFrom, silence: Silence) -> Step {
    let silence = Some(Typed { is: silence, wording: "deemed".into() });
    Step { time: Some(StepTime { days, from, wording: "in time".into() }), silence, ..step }
}

/// draft, council of each party, approval, signature, notice of each party, and a duty that follows.
pub(crate) fn usual() -> Vec<Step> {
    vec![
        step("draft", StepKind::Draft, Stage::Preparation, StepActor::PartiesTogether),
        step("council", StepKind::CouncilResolution, Stage::Text, StepActor::EachParty),
        step("approve", StepKind::HigherApproval, Stage::Text, StepActor::HigherBody),
        step("sign", StepKind::Sign, Stage::Text, StepActor::PartiesTogether),
        step("notice", StepKind::Publish, Stage::Entry, StepActor::EachParty),
        step("settle", StepKind::Report, Stage::After, StepActor::OneParty),
    ]
}

pub(crate) fn form(steps: Vec<Step>) -> Procedure {
    Procedure {
        id: "some-form".parse().unwrap(),
        version: 1,
        jurisdiction: "KR".into(),
        category: Category::Form,
        status: FormStatus::InForce,
        names: Names::new("a form", "형식"),
        native: None,
        legal_basis: "law".into(),
        parties_min: 2,
        legal_person: None,
        counting: Counting::CalendarDaysAfter,
        steps,
        contents: Vec::new(),
        provisions: Vec::new(),
        dispute_route: Vec::new(),
        sources: Vec::new(),
    }
}

/// An official letter that has arrived.
pub(crate) fn letter(dated: &str, arrived: Option<&str>) -> Letter {
    Letter {
        issuer: "the province".into(),
        number: "행정-1".into(),
        decided_by: "the governor".into(),
        dated: day(dated),
        recipient: "the city".into(),
        receipt: arrived.map(|_| "총무-7".into()),
        arrived: arrived.map(day),
    }
}

pub(crate) fn passed(end: CouncilEnd) -> Done {
    Done::Council { end, bill: "제12호".into(), votes: None }
}

pub(crate) fn voted(end: CouncilEnd, yes: u32, no: u32, abstain: u32) -> Done {
    Done::Council { end, bill: "제12호".into(), votes: Some(Votes { yes, no, abstain }) }
}

pub(crate) fn approved(body: &str) -> Done {
    Done::Higher { body: body.parse().unwrap(), approved: true, conditions: None }
}

/// The act that completes a step of this kind.
pub(crate) fn usual_act(kind: StepKind) -> Done {
    match kind {
        StepKind::Propose => Done::Proposed,
        StepKind::Consult => Done::Consulted { with: "those concerned".into(), agreed: true },
        StepKind::Draft => Done::Drafted,
        StepKind::CouncilResolution => passed(CouncilEnd::Passed),
        StepKind::HigherApproval => approved("ministry"),
        StepKind::Sign => Done::Signed { by: vec!["the heads".into()] },
        StepKind::Publish => Done::Published { notice: "고시 제3호".into() },
        StepKind::Report => Done::Reported { to: "the council".into() },
        StepKind::Register => Done::Registered { number: "2015-1".into() },
    }
}

/// An act to be recorded, with what is usual filled in.
#[derive(Clone)]
pub(crate) struct Act {
    pub(crate) done: Done,
    pub(crate) on: Option<Date>,
    pub(crate) agreement: Option<Digest>,
    pub(crate) letter: Option<Letter>,
}

pub(crate) struct Case {
    pub(crate) model: Model,
    pub(crate) now: Timestamp,
}

impl Case {
    /// A case of two parties, Bucheon and Hwaseong, under one province; beside them a ministry and the stranger Seoul are in the register.
    pub(crate) fn of(steps: Vec<Step>) -> Self {
        Self::opened(form(steps), &["bucheon", "hwaseong"])
    }

    pub(crate) fn opened(procedure: Procedure, parties: &[&str]) -> Self {
        let mut case = Self { model: Model::new(vec![rules::<Approvals>()]), now: "2015-03-02T01:00:00Z".parse().unwrap() };
        for (body, parent) in
            parties.iter().map(|party| (*party, Some("province"))).chain([("province", None), ("ministry", None), ("seoul", None)])
        {
            case.register(body, parent);
        }
        let by = parties[0].parse().unwrap();
        let title = Names::new("Hambaeksan", "함백산");
        let parent = Some("province".parse().unwrap());
        case.happens(negotiation::Event::CaseOpened { by, title, procedure: Box::new(procedure), rounds: Rounds::Free, parent });
        for party in parties {
            case.joins(party);
        }
        case
    }

    fn register(&mut self, body: &str, parent: Option<&str>) {
        let parent = parent.map(|parent| parent.parse().unwrap());
        let government: proto::id::GovernmentId = body.parse().unwrap();
        let names = Names::new(body, body);
        let event = registry::Event::GovernmentRegistered { names, tier: Tier::Basic, parent, zone: ZONE.into() };
        self.model.record(&Stream::Government(government.clone()), &[event.into()], self.now, None);
        for role in [Role::Approver, Role::Delegate] {
            let appointment = Appointment {
                government: government.clone(),
                role,
                ground: Ground::OwnOffice,
                on_behalf_of: None,
                from: day("1999-01-01"),
                until: None,
            };
            let event = registry::Event::Appointed { name: Remark::text(body), appointment, zone: ZONE.into() };
            self.model.record(&Stream::Official(format!("{body}-kim").parse().unwrap()), &[event.into()], self.now, None);
        }
    }

    pub(crate) fn joins(&mut self, party: &str) {
        let government: proto::id::GovernmentId = party.parse().unwrap();
        self.happens(negotiation::Event::Invited { government: government.clone(), parent: Some("province".parse().unwrap()) });
        self.happens(negotiation::Event::Joined { government, ties: Vec::new() });
    }

    /// Another service records this in the case; approvals react.
    pub(crate) fn happens(&mut self, event: impl Into<message::Event>) {
        let events = [event.into()];
        let stream = Stream::Case(CASE.parse().unwrap());
        let position = self.model.record(&stream, &events, self.now, None);
        let of = runtime::decider::Meta { stream, position, at: self.now, occurred_on: None };
        for (service, target, command) in self.model.reactions(&events, &of) {
            let _ = self.model.act(&Asker::Service(service), &target, &command, self.now, None);
        }
    }

    /// The text is frozen, and it carries money.
    pub(crate) fn freezes(&mut self, agreement: Digest) {
        let money = Value::Money(proto::money::Money::krw(1_000_000));
        self.freezes_with(agreement, money);
    }

    pub(crate) fn freezes_with(&mut self, agreement: Digest, value: Value) {
        let term = AgreedTerm { names: Names::new("a term", "조건"), value, option: None, label: None };
        let text = Text {
            title: Names::new("Hambaeksan", "함백산"),
            procedure: "some-form".parse().unwrap(),
            parties: Vec::new(),
            terms: BTreeMap::from([("term".parse().unwrap(), term)]),
            clauses: BTreeMap::new(),
        };
        let frozen = Frozen { text: agreement, allocation: None, matrix: None };
        self.happens(negotiation::Event::TextFrozen { frozen, agreement, text: Box::new(text) });
    }

    pub(crate) fn reopens(&mut self) {
        self.happens(negotiation::Event::TextReopened { government: "bucheon".parse().unwrap() });
    }

    /// Both have signed, Hwaseong last.
    pub(crate) fn signs(&mut self, agreement: Digest) {
        for party in ["bucheon", "hwaseong"] {
            self.happens(signing::Event::Signed {
                government: party.parse().unwrap(),
                official: format!("{party}-kim").parse().unwrap(),
                agreement,
                key: "key".parse().unwrap(),
                jws: "..".into(),
            });
        }
        self.happens(signing::Event::Completed { agreement });
    }

    pub(crate) fn days_pass(&mut self, days: i64) {
        self.now += (days * 24).hours();
    }

    pub(crate) fn today(&self) -> Date {
        proto::words::day_of(self.now, ZONE).unwrap()
    }

    pub(crate) fn asks(&mut self, body: &str, command: Command, on: Option<Date>) -> Result<Vec<Event>, message::Refusal> {
        let asker = Asker::Person { official: format!("{body}-kim").parse().unwrap(), government: body.parse().unwrap() };
        self.issues(&asker, command, on)
    }

    pub(crate) fn service(&mut self, service: Service, command: Command) -> Result<Vec<Event>, message::Refusal> {
        self.issues(&Asker::Service(service), command, None)
    }

    fn issues(&mut self, asker: &Asker, command: Command, on: Option<Date>) -> Result<Vec<Event>, message::Refusal> {
        let occurred = on.map(|on| Occurred { on, evidence: Vec::new() });
        let target = Target::Case(CASE.parse().unwrap());
        let decision = self.model.act(asker, &target, &command.into(), self.now, occurred.as_ref())?;
        assert!(matches!(decision.actor, Actor::Official(_) | Actor::Service(_)));
        Ok(decision.events.into_iter().filter_map(|e| if let message::Event::Approvals(e) = e { Some(e) } else { None }).collect())
    }

    /// The act that completes a step now.
    pub(crate) fn act(&self, of: &StepOf) -> Act {
        let state = self.state();
        let step = state.lanes.find(of).map(|instance| instance.step.clone());
        let done = step.as_ref().map_or(Done::Proposed, |step| usual_act(step.kind));
        let needs = step.as_ref().is_some_and(|step| step.letter.is_some() || step.kind == StepKind::HigherApproval);
        let today = self.today().to_string();
        Act {
            done,
            on: Some(self.today()),
            agreement: step.and_then(|step| state.standing.agreement.filter(|_| step.is_about_text())),
            letter: needs.then(|| letter(&today, Some(&today))),
        }
    }

    pub(crate) fn records(&mut self, body: &str, of: &StepOf, act: Act) -> Result<Vec<Event>, message::Refusal> {
        let command = Command::RecordStep { step: of.clone(), done: act.done, agreement: act.agreement, letter: act.letter };
        self.asks(body, command, act.on)
    }

    /// Does what completes a step.
    pub(crate) fn does(&mut self, body: &str, of: &StepOf) -> Result<Vec<Event>, message::Refusal> {
        let act = self.act(of);
        self.records(body, of, act)
    }

    /// Records this act in a step, with what is usual.
    pub(crate) fn acts(&mut self, body: &str, of: &StepOf, done: Done) -> Result<Vec<Event>, message::Refusal> {
        let act = Act { done, ..self.act(of) };
        self.records(body, of, act)
    }

    pub(crate) fn decides(&mut self, body: &str, of: &StepOf, applies: bool) -> Result<Vec<Event>, message::Refusal> {
        let why = Remark::text("제47조제1항제8호");
        self.asks(body, Command::DecideCondition { step: of.clone(), applies, why }, None)
    }

    pub(crate) fn starts_clock(
        &mut self,
        body: &str,
        of: &StepOf,
        from: Date,
        formal: Option<bool>,
    ) -> Result<Vec<Event>, message::Refusal> {
        self.asks(body, Command::StartClock { step: of.clone(), from, zone: ZONE.into(), formal }, None)
    }

    pub(crate) fn lapses(&mut self, of: &StepOf) -> Result<Vec<Event>, message::Refusal> {
        self.service(Service::Notifications, Command::LapseStep { step: of.clone() })
    }

    pub(crate) fn state(&self) -> State {
        let state = self.model.of(Service::Approvals).unwrap().state(&Stream::Case(CASE.parse().unwrap()));
        serde_json::from_value(state).unwrap()
    }

    pub(crate) fn instance(&self, of: &StepOf) -> Instance {
        self.state().lanes.find(of).unwrap().clone()
    }

    pub(crate) fn status(&self, of: &StepOf) -> Status {
        self.instance(of).status
    }

    pub(crate) fn effect(&self, of: &StepOf) -> Date {
        let Status::Done { effect } = self.status(of) else { panic!("{} is not done", of.step) };
        effect
    }
}

/// The step of all.
pub(crate) fn of(step: &str) -> StepOf {
    StepOf { step: step.parse().unwrap(), government: None }
}

/// A party's own step.
pub(crate) fn own(step: &str, government: &str) -> StepOf {
    StepOf { step: step.parse().unwrap(), government: Some(government.parse().unwrap()) }
}

/// The refusal that steps are missing.
pub(crate) fn too_early(step: &str, missing: &[StepOf]) -> message::Refusal {
    Refusal::TooEarly { step: step.parse().unwrap(), missing: missing.to_vec() }.into()
}
