//! A case as the tests find it: Seoul, Guro, Gyeonggi and Gwangmyeong at the table, three terms defined, officials appointed. `seoul` is above
//! `guro`, `gyeonggi` coordinates and is above `gwangmyeong`, `council` is an office outside.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use mediation::{Mediation, State};
use proto::access::Asker;
use proto::actor::{Ground, Role, Service};
use proto::digest::Digest;
use proto::id::{CaseId, GovernmentId, MandateId, TermId};
use proto::mediation::{Command as C, Event as E, Proposal, Refusal as R};
use proto::message::{Command, Event, Refusal, Target};
use proto::money::Money;
use proto::negotiation::{self, Event as N, Rounds};
use proto::registry::{self, Appointment, Bounds, Mandate, Scope, Tier};
use proto::remark::Remark;
use proto::stream::Stream;
use proto::term::{Kind, Value};
use proto::words::{Counting, Deadline, Names};
use runtime::model::{Decision, Model, rules};
use serde_json::json;

pub const CASE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const MANDATE: &str = "01890a5d-ac96-774b-bcce-b302099a8001";
pub const PARTIES: [&str; 4] = ["guro", "gwangmyeong", "gyeonggi", "seoul"];

pub struct Table {
    pub model: Model,
    pub at: Timestamp,
    /// Everything an outsider sees of the entries in the case's stream.
    pub public: Vec<serde_json::Value>,
}

pub fn case() -> CaseId {
    CASE.parse().unwrap()
}

pub fn body(name: &str) -> GovernmentId {
    name.parse().unwrap()
}

pub fn bodies(names: &[&str]) -> BTreeSet<GovernmentId> {
    names.iter().map(|name| body(name)).collect()
}

pub fn term(name: &str) -> TermId {
    name.parse().unwrap()
}

pub fn names() -> Names {
    Names::new("Resident support", "주민지원금")
}

pub fn by_day(on: &str) -> Deadline {
    Deadline { on: on.parse().unwrap(), zone: "Asia/Seoul".into(), counting: Counting::Named }
}

pub fn open(terms: &[&str], with: &[&str]) -> C {
    C::OpenDispute { names: names(), terms: terms.iter().map(|t| term(t)).collect(), with: bodies(with), due: None }
}

pub fn propose(dispute: u32, facilitator: &str) -> C {
    C::ProposeFacilitator { dispute, facilitator: body(facilitator) }
}

pub fn accept(dispute: u32, facilitator: &str) -> C {
    C::AcceptFacilitator { dispute, facilitator: body(facilitator) }
}

pub fn note(caucus: &str, text: &str) -> C {
    C::SendNote { dispute: 1, caucus: body(caucus), text: text.into() }
}

/// A proposal for resident support at this many won.
pub fn support(won: i64) -> Proposal {
    let terms = BTreeMap::from([(term("resident-support"), Value::Money(Money::krw(won)))]);
    Proposal { terms, labels: BTreeMap::new(), salt: Digest::of(b"chosen by the facilitator") }
}

pub fn deliver(number: u32, caucus: &str, proposal: &Proposal) -> C {
    C::DeliverProposal { dispute: 1, number, caucus: body(caucus), proposal: proposal.clone() }
}

pub fn put(number: u32, proposal: &Proposal) -> C {
    C::PutProposal { dispute: 1, number, digest: Digest::of_json(proposal).unwrap(), due: None }
}

pub fn answer(number: u32, caucus: &str, accept: bool) -> C {
    C::AnswerProposal { dispute: 1, number, caucus: body(caucus), accept, mandate: accept.then(mandate) }
}

pub fn close(number: u32) -> C {
    C::CloseProposal { dispute: 1, number }
}

pub fn mandate() -> MandateId {
    MANDATE.parse().unwrap()
}

fn appointed(government: &str, role: Role) -> Event {
    let appointment = Appointment {
        government: body(government),
        role,
        ground: Ground::OwnOffice,
        on_behalf_of: None,
        from: "1999-01-01".parse().unwrap(),
        until: None,
    };
    registry::Event::Appointed { name: Remark::text("Kim"), appointment, zone: "Asia/Seoul".into() }.into()
}

impl Table {
    /// A case in which Gwangmyeong and Seoul are at odds over nothing yet.
    pub fn new() -> Self {
        let at = "2000-02-08T01:00:00Z".parse().unwrap();
        let mut table = Self { model: Model::new(vec![rules::<Mediation>()]), at, public: Vec::new() };
        for (name, parent) in
            [("seoul", None), ("guro", Some("seoul")), ("gyeonggi", None), ("gwangmyeong", Some("gyeonggi")), ("council", None)]
        {
            table.register(name, parent);
        }
        let procedure = proto::procedure::register().values().next().unwrap().clone();
        let (by, title, rounds) = (body("gyeonggi"), Names::new("Swap", "환경빅딜"), Rounds::Free);
        table.negotiated(N::CaseOpened { by, title, procedure: Box::new(procedure), rounds, parent: None });
        for (party, parent) in [("seoul", None), ("guro", Some("seoul")), ("gwangmyeong", Some("gyeonggi"))] {
            table.negotiated(N::Invited { government: body(party), parent: parent.map(body) });
        }
        for party in PARTIES {
            table.negotiated(N::Joined { government: body(party), ties: Vec::new() });
        }
        let won = Kind::Money { currency: proto::money::Currency::KRW };
        for (name, kind) in [("resident-support", won.clone()), ("construction-share", won), ("ash-disposal", Kind::Text)] {
            table.negotiated(N::TermDefined { term: term(name), names: names(), kind });
        }
        table
    }

    /// With dispute 1 open between Gwangmyeong and Seoul, over resident support.
    pub fn in_dispute() -> Self {
        let mut table = Self::new();
        table.done("gwangmyeong-delegate", open(&["resident-support"], &["seoul"]));
        table
    }

    /// With the council as facilitator of dispute 1.
    pub fn facilitated() -> Self {
        let mut table = Self::in_dispute();
        table.done("gwangmyeong-delegate", propose(1, "council"));
        table.done("seoul-delegate", accept(1, "council"));
        table
    }

    /// With proposal 1 delivered to both and put.
    pub fn proposed(proposal: &Proposal) -> Self {
        let mut table = Self::facilitated();
        for party in ["gwangmyeong", "seoul"] {
            table.done("council-mediator", deliver(1, party, proposal));
        }
        table.done("council-mediator", put(1, proposal));
        table
    }

    /// A body of the register with a delegate under a mandate and a mediator.
    pub fn register(&mut self, name: &str, parent: Option<&str>) {
        let tier = if name == "council" { Tier::Office } else { Tier::Basic };
        let registered =
            registry::Event::GovernmentRegistered { names: names(), tier, parent: parent.map(body), zone: "Asia/Seoul".into() };
        self.record(&Stream::Government(body(name)), &[registered.into()]);
        for (person, role) in [("delegate", Role::Delegate), ("mediator", Role::Mediator)] {
            self.record(&Stream::Official(format!("{name}-{person}").parse().unwrap()), &[appointed(name, role)]);
        }
        let mandate = Mandate {
            mandate: mandate(),
            case: case(),
            delegate: format!("{name}-delegate").parse().unwrap(),
            scope: Scope::All,
            bounds: BTreeMap::from([(term("resident-support"), Bounds { floor: None, ceiling: Some(12_600_000_000_i64.into()) })]),
            until: "2000-12-31".parse().unwrap(),
            legal_basis: "order of the head".into(),
            may_delegate: false,
            parent: None,
        };
        self.record(&Stream::Mandates(body(name)), &[registry::Event::MandateGranted(mandate).into()]);
    }

    pub fn negotiated(&mut self, event: N) {
        self.record(&Stream::Case(case()), &[event.into()]);
    }

    pub fn leaves(&mut self, party: &str) {
        self.negotiated(N::Left { government: body(party), why: None });
    }

    pub fn frozen(&mut self) {
        let frozen = negotiation::Frozen { text: Digest::of(b"text"), allocation: None, matrix: None };
        let text = json!({ "title": names(), "procedure": "p", "parties": PARTIES, "terms": {}, "clauses": {} });
        let text = Box::new(serde_json::from_value(text).unwrap());
        self.negotiated(N::TextFrozen { agreement: Digest::of_json(&frozen).unwrap(), frozen, text });
    }

    fn record(&mut self, stream: &Stream, events: &[Event]) {
        self.model.record(stream, events, self.at, None);
    }

    pub fn today(&mut self, at: &str) {
        self.at = at.parse().unwrap();
    }

    /// A person acts, named like `seoul-delegate`, and the service reacts. What is refused of the reactions is dropped, as in the running system.
    pub fn act(&mut self, who: &str, command: C) -> Result<Vec<E>, Refusal> {
        let government = body(who.rsplit_once('-').unwrap().0);
        let decision = self.ask(&Asker::Person { official: who.parse().unwrap(), government }, command)?;
        let of =
            runtime::decider::Meta { stream: decision.stream.clone(), position: self.model.position() - 1, at: self.at, occurred_on: None };
        for (service, _, command) in self.model.reactions(&decision.events, &of) {
            assert_eq!(service, Service::Mediation);
            let Command::Mediation(command) = command else { panic!("mediation reacts by mediation") };
            let _ = self.ask(&Asker::Service(service), command);
        }
        Ok(events(&decision))
    }

    /// One command of whomever, without reactions.
    pub fn ask(&mut self, asker: &Asker, command: C) -> Result<Decision, Refusal> {
        let target = Target::Case(case());
        let command = Command::Mediation(command);
        let decision = self.model.decide(asker, &target, &command, self.at, None, None)?;
        // Whoever cannot open the sealed streams comes to the same result on the findings.
        let again = self.model.decide(asker, &target, &command, self.at, None, Some(&decision.findings));
        assert_eq!(again.as_ref(), Ok(&decision));
        if !decision.stream.is_sealed() {
            self.public.push(json!({
                "actor": decision.actor, "reads": decision.reads, "command": command, "findings": decision.findings, "events": decision.events,
            }));
        }
        self.model.record(&decision.stream, &decision.events, self.at, None);
        Ok(decision)
    }

    pub fn lapses(&mut self, number: u32) -> Result<Vec<E>, Refusal> {
        self.ask(&Asker::Service(Service::Notifications), close(number)).map(|decision| events(&decision))
    }

    pub fn done(&mut self, who: &str, command: C) -> Vec<E> {
        self.act(who, command).unwrap_or_else(|refusal| panic!("{who}: {refusal}"))
    }

    /// The refusal by mediation's own rules.
    #[track_caller]
    pub fn refused(&mut self, who: &str, command: C) -> R {
        match self.act(who, command) {
            Err(Refusal::Mediation(refusal)) => refusal,
            other => panic!("no refusal of mediation: {other:?}"),
        }
    }

    /// The state of a stream, as a reader of it gets it.
    pub fn state(&self, stream: &Stream) -> State {
        serde_json::from_value(self.model.of(Service::Mediation).unwrap().state(stream)).unwrap()
    }

    pub fn case(&self) -> State {
        self.state(&Stream::Case(case()))
    }

    pub fn caucus(&self, party: &str) -> State {
        self.state(&Stream::Caucus(case(), body(party)))
    }
}

pub fn events(decision: &Decision) -> Vec<E> {
    let own = |event: &Event| match event {
        Event::Mediation(event) => Some(event.clone()),
        _ => None,
    };
    decision.events.iter().filter_map(own).collect()
}
