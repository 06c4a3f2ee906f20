//! A table at which governments sit: the four of Guro–Gwangmyeong, a fifth in the register, a delegate with a mandate for each.

use std::str::FromStr;

use jiff::Timestamp;
use negotiation::{Negotiation, State};
use proto::access::Asker;
use proto::actor::{Ground, Role, Service};
use proto::id::{CaseId, GovernmentId, MandateId};
use proto::message::{self, Event, Target};
use proto::money::{Currency, Money};
use proto::negotiation::{Command, Event as Own, OfferNo, Package, Refusal, Rounds};
use proto::procedure::{Category, Procedure, Status, register};
use proto::registry::{Appointment, Bounds, Event as Registry, Mandate, Scope, Tier};
use proto::remark::Remark;
use proto::stream::Stream;
use proto::term::{Kind, Value};
use proto::words::{Counting, Deadline, Names, Wording};
use runtime::model::{Model, rules};

pub const PARTIES: [&str; 4] = ["guro", "gwangmyeong", "gyeonggi", "seoul"];

pub struct Table {
    pub model: Model,
    pub now: Timestamp,
}

pub fn id<T: FromStr<Err: std::fmt::Debug>>(name: &str) -> T {
    name.parse().unwrap()
}

pub fn case() -> CaseId {
    id("01890a5d-ac96-774b-bcce-b302099a8057")
}

/// The mandate each delegate holds for the case: every term, without bounds.
pub fn mandate(who: &str) -> MandateId {
    let seat = 1 + [&PARTIES[..], &["bucheon"]].concat().iter().position(|party| *party == who).unwrap();
    id(&format!("01890a5d-ac96-774b-bcce-b3020990000{seat}"))
}

pub fn names(name: &str) -> Names {
    Names::new(name, name)
}

pub fn wording(text: &str) -> Wording {
    Wording { en: Some(text.into()), ko: None }
}

pub fn share(percent: &str) -> Value {
    Value::Share(percent.parse().unwrap())
}

pub fn won(amount: &str) -> Value {
    Value::Money(Money { amount: amount.parse().unwrap(), currency: Currency::KRW })
}

pub fn package(terms: &[(&str, Value)]) -> Package {
    Package { terms: terms.iter().map(|(term, value)| (id(term), value.clone())).collect(), ..Package::default() }
}

pub fn until(day: &str) -> Deadline {
    Deadline { on: day.parse().unwrap(), zone: "Asia/Seoul".into(), counting: Counting::Named }
}

pub fn tabled(who: &str, package: Package) -> Command {
    Command::TableOffer { to: Vec::new(), package, mandate: mandate(who), expires: None }
}

pub fn to(who: &str, whom: &[&str], package: Package) -> Command {
    Command::TableOffer { to: whom.iter().map(|name| id(name)).collect(), package, mandate: mandate(who), expires: None }
}

pub fn counter(who: &str, to: OfferNo, package: Package) -> Command {
    Command::CounterOffer { to, package, mandate: mandate(who), expires: None }
}

pub fn improve(who: &str, offer: OfferNo, package: Package) -> Command {
    Command::ImproveOffer { offer, package, mandate: mandate(who), expires: None }
}

pub fn accept(who: &str, offer: OfferNo) -> Command {
    Command::AcceptOffer { offer, mandate: mandate(who) }
}

pub fn send_back(offer: OfferNo) -> Command {
    Command::SendBackOffer { offer, why: None }
}

pub fn clause(name: &str, content: Option<&str>) -> Command {
    let (content, terms) = (content.map(str::to_owned), Vec::new());
    Command::AddClause { clause: id(name), heading: names(name), content, terms, wording: wording("first") }
}

pub fn support(name: &str, text: &str) -> Command {
    Command::SupportWording { clause: id(name), wording: negotiation::wording_digest(&wording(text)).unwrap() }
}

/// A form of the register with one mandatory content, `cost`, and an optional one, `purpose`.
pub fn procedure() -> Procedure {
    let mut form = register().values().find(|form| form.category == Category::Form && form.status == Status::InForce).unwrap().clone();
    let content = |id: &str, optional: bool| {
        serde_json::from_value(serde_json::json!({
            "id": id, "names": { "en": id, "ko": id }, "legal_ref": "example", "evidence": "found", "optional": optional,
        }))
        .unwrap()
    };
    form.contents = vec![content("cost", false), content("purpose", true)];
    form.parties_min = 2;
    form
}

impl Table {
    /// Governments, delegates and mandates are registered; no case is open.
    pub fn registered() -> Self {
        let mut table = Self { model: Model::new(vec![rules::<Negotiation>()]), now: "2000-02-08T00:00:00Z".parse().unwrap() };
        for (who, parent) in
            [("gyeonggi", None), ("gwangmyeong", Some("gyeonggi")), ("seoul", None), ("guro", Some("seoul")), ("bucheon", Some("gyeonggi"))]
        {
            table.register(who, parent);
            table.grant(who, |_| {});
        }
        table
    }

    /// The case is open: Gyeonggi opened it as a party, the other three have joined.
    pub fn open(rounds: Rounds) -> Self {
        let mut table = Self::registered();
        let opened = Own::CaseOpened {
            by: id("gyeonggi"),
            title: names("environment swap"),
            procedure: Box::new(procedure()),
            rounds,
            parent: None,
        };
        let joined = PARTIES.iter().map(|party| Own::Joined { government: id(party), ties: Vec::new() });
        let invited = PARTIES.iter().map(|party| Own::Invited { government: id(party), parent: None });
        let events: Vec<Event> = [opened].into_iter().chain(invited).chain(joined).map(Event::from).collect();
        table.happened(&events);
        table.defined("share", Kind::Share).defined("sum", Kind::Money { currency: Currency::KRW });
        table
    }

    /// The case is open, free rounds.
    pub fn free() -> Self {
        Self::open(Rounds::Free)
    }

    fn register(&mut self, who: &str, parent: Option<&str>) {
        let registered =
            Registry::GovernmentRegistered { names: names(who), tier: Tier::Basic, parent: parent.map(id), zone: "Asia/Seoul".into() };
        self.model.record(&Stream::Government(id(who)), &[registered.into()], self.now, None);
        let appointment = Appointment {
            government: id(who),
            role: Role::Delegate,
            ground: Ground::OwnOffice,
            on_behalf_of: None,
            from: "1999-01-01".parse().unwrap(),
            until: None,
        };
        let appointed = Registry::Appointed { name: Remark::text(who), appointment, zone: "Asia/Seoul".into() };
        self.model.record(&Stream::Official(id(&format!("{who}-delegate"))), &[appointed.into()], self.now, None);
    }

    /// Grants the delegate's mandate, changed as the test needs it. The newest grant stands.
    pub fn grant(&mut self, who: &str, change: impl FnOnce(&mut Mandate)) {
        let mut granted = Mandate {
            mandate: mandate(who),
            case: case(),
            delegate: id(&format!("{who}-delegate")),
            scope: Scope::All,
            bounds: [].into(),
            until: "2000-12-31".parse().unwrap(),
            legal_basis: "order of the head".into(),
            may_delegate: false,
            parent: None,
        };
        change(&mut granted);
        self.model.record(&Stream::Mandates(id(who)), &[Registry::MandateGranted(granted).into()], self.now, None);
    }

    pub fn ceiling(&mut self, who: &str, term: &str, ceiling: &str) {
        let bounds = Bounds { floor: None, ceiling: Some(ceiling.parse().unwrap()) };
        self.grant(who, |mandate| mandate.bounds = [(id(term), bounds)].into());
    }

    pub fn defined(&mut self, term: &str, kind: Kind) -> &mut Self {
        self.happened(&[Own::TermDefined { term: id(term), names: names(term), kind }.into()]);
        self
    }

    /// Records events in the case without asking any rule: what other services have decided, or what a test takes as given.
    pub fn happened(&mut self, events: &[Event]) {
        self.model.record(&Stream::Case(case()), events, self.now, None);
    }

    pub fn act(&mut self, who: &str, command: Command) -> Result<Vec<Own>, message::Refusal> {
        let asker = Asker::Person { official: id(&format!("{who}-delegate")), government: id(who) };
        self.ask(&asker, command)
    }

    /// A service asks.
    pub fn service(&mut self, service: Service, command: Command) -> Result<Vec<Own>, message::Refusal> {
        self.ask(&Asker::Service(service), command)
    }

    fn ask(&mut self, asker: &Asker, command: Command) -> Result<Vec<Own>, message::Refusal> {
        let decision = self.model.act(asker, &Target::Case(case()), &command.into(), self.now, None)?;
        let own = decision.events.into_iter().map(|event| match event {
            Event::Negotiation(event) => event,
            other => panic!("not of the negotiation: {other:?}"),
        });
        Ok(own.collect())
    }

    /// It is done.
    pub fn done(&mut self, who: &str, command: Command) -> Vec<Own> {
        let asked = format!("{who} asked {command:?}");
        self.act(who, command).unwrap_or_else(|refusal| panic!("{asked} and was refused: {refusal}"))
    }

    /// It is refused for this reason, and nothing is recorded.
    pub fn refused(&mut self, who: &str, command: Command, why: &Refusal) {
        let before = self.model.position();
        assert_eq!(self.act(who, command), Err(why.clone().into()));
        assert_eq!(self.model.position(), before);
    }

    /// It is denied: nothing is there for this body, or not for this role.
    pub fn denied(&mut self, who: &str, command: Command, why: &str) {
        let refusal = self.act(who, command).unwrap_err();
        assert_eq!(refusal.code(), why);
    }

    /// The case as readers see it: through JSON, as over HTTP.
    pub fn state(&self) -> State {
        self.fold(&Stream::Case(case()))
    }

    pub fn fold(&self, stream: &Stream) -> State {
        serde_json::from_value(self.model.of(Service::Negotiation).unwrap().state(stream)).unwrap()
    }

    pub fn turn(&self) -> Vec<String> {
        self.state().turn.into_iter().map(String::from).collect()
    }
}

pub fn some(who: &[&str]) -> Vec<GovernmentId> {
    who.iter().map(|name| id(name)).collect()
}
