//! A case as the tests find it: Ansan and Bucheon at the table, Siheung invited, Osan outside. And models, written short.

use std::collections::BTreeMap;
use std::str::FromStr;

use allocation::{Allocation, State};
use jiff::Timestamp;
use proto::access::Asker;
use proto::actor::{Ground, Role, Service};
use proto::allocation::{Command as C, Component, Costs, Driver, Event as E, Model, Rule};
use proto::digest::Digest;
use proto::finding::Finding;
use proto::id::{CaseId, GovernmentId};
use proto::message::{Command, Event, Refusal, Target};
use proto::money::{Currency, Money};
use proto::negotiation::{self, Event as N, Rounds};
use proto::registry::{self, Appointment};
use proto::remark::Remark;
use proto::stream::Stream;
use proto::words::Names;
use runtime::model::{self, Decision, rules};

pub struct Table {
    pub model: model::Model,
    at: Timestamp,
}

pub fn id<T: FromStr<Err: std::fmt::Debug>>(name: &str) -> T {
    name.parse().unwrap()
}

pub fn case() -> CaseId {
    id("01890a5d-ac96-774b-bcce-b302099a8057")
}

pub fn internal(government: &str) -> Stream {
    Stream::Internal(case(), id(government))
}

pub fn won(amount: i64) -> Money {
    Money::krw(amount)
}

/// A component that costs this many won, shared by these members.
pub fn component(cost: i64, members: &[&str], rule: Rule) -> Component {
    let members = members.iter().map(|member| id(member)).collect();
    Component::new(Names::new("Plant", "시설"), won(cost), members, rule)
}

/// A model of one component, `plant`.
pub fn plant(component: Component) -> Model {
    let mut model = Model::new(Currency::KRW);
    model.components.insert(id("plant"), component);
    model
}

/// 1,000 won shared equally by Ansan and Bucheon.
pub fn halves() -> Model {
    plant(component(1000, &["ansan", "bucheon"], Rule::Equal))
}

pub fn with_driver(mut model: Model, name: &str, values: &[(&str, &str)]) -> Model {
    let values = values.iter().map(|(who, figure)| (id(who), id(figure))).collect();
    let driver = Driver { names: Names::new("Population", "인구"), unit: "persons".into(), year: 2013, source: "census".into(), values };
    model.drivers.insert(id(name), driver);
    model
}

/// Costs of coalitions in won.
pub fn costs(table: &[(&str, i64)]) -> BTreeMap<String, Money> {
    table.iter().map(|(coalition, cost)| ((*coalition).to_owned(), won(*cost))).collect()
}

/// The same model, with what coalitions of `plant` would pay on their own.
pub fn with_costs(mut model: Model, costs: BTreeMap<String, Money>) -> Model {
    plant_of(&mut model).costs = Some(Costs::Listed(costs));
    model
}

/// The component `plant`, to be changed.
pub fn plant_of(model: &mut Model) -> &mut Component {
    model.components.get_mut(&id("plant")).unwrap()
}

/// The shares of `plant` in won, in the order of names; the solver must know the model.
pub fn shares(model: &Model) -> Vec<i128> {
    let result = allocation::solve(model, allocation::AT_LEISURE).unwrap();
    result.components[&id("plant")].shares.values().map(|share| share.units().unwrap()).collect()
}

pub fn compute(run: &str, model: Model) -> C {
    C::Compute { run: id(run), model, members: None }
}

pub fn table_run(run: &str, model: Model) -> C {
    C::TableRun { run: id(run), model }
}

impl Table {
    pub fn new() -> Self {
        let mut table = Self { model: model::Model::new(vec![rules::<Allocation>()]), at: id("2015-05-01T01:00:00Z") };
        for government in ["ansan", "bucheon", "siheung", "osan"] {
            for (name, role) in [("delegate", Role::Delegate), ("clerk", Role::Clerk)] {
                table.appoint(&format!("{government}-{name}"), government, role);
            }
        }
        let procedure = Box::new(proto::procedure::register().values().next().unwrap().clone());
        let title = Names::new("Hambaeksan", "함백산추모공원");
        table.happens(N::CaseOpened { by: id("ansan"), title, procedure, rounds: Rounds::Circulated, parent: None });
        table.happens(N::Invited { government: id("siheung"), parent: None });
        for party in ["ansan", "bucheon"] {
            table.happens(N::Joined { government: id(party), ties: Vec::new() });
        }
        table
    }

    fn appoint(&mut self, who: &str, government: &str, role: Role) {
        let government = id(government);
        let appointment =
            Appointment { government, role, ground: Ground::OwnOffice, on_behalf_of: None, from: id("2013-01-01"), until: None };
        let appointed = registry::Event::Appointed { name: Remark::text("Kim"), appointment, zone: "Asia/Seoul".into() };
        self.model.record(&Stream::Official(id(who)), &[appointed.into()], self.at, None);
    }

    pub fn happens(&mut self, event: N) {
        self.model.record(&Stream::Case(case()), &[event.into()], self.at, None);
    }

    pub fn freezes(&mut self) {
        let frozen = negotiation::Frozen { text: Digest::of(b"text"), allocation: None, matrix: None };
        let text = serde_json::json!({ "title": Names::new("Text", "문안"), "procedure": "p", "parties": [], "terms": {}, "clauses": {} });
        let text = Box::new(serde_json::from_value(text).unwrap());
        self.happens(N::TextFrozen { agreement: Digest::of_json(&frozen).unwrap(), frozen, text });
    }

    /// An official asks, such as `ansan-delegate`.
    pub fn asks(&mut self, who: &str, command: C) -> Result<Decision, Refusal> {
        self.model.act(&asker(who), &Target::Case(case()), &Command::from(command), self.at, None)
    }

    /// A delegate does what the rules allow.
    pub fn does(&mut self, government: &str, command: C) -> E {
        let decision = self.asks(&format!("{government}-delegate"), command).unwrap();
        event(&decision)
    }

    /// What the rules say on findings as someone has recorded them, without solving anything.
    pub fn on_record(&self, who: &str, command: C, findings: &[Finding]) -> Result<Decision, Refusal> {
        self.model.decide(&asker(who), &Target::Case(case()), &Command::from(command), self.at, None, Some(findings))
    }

    /// The laboratory itself finishes what it was asked for.
    pub fn finishes(&mut self, government: &str, run: &str) -> E {
        let (own, open) = (self.state(&internal(government)), self.state(&Stream::Case(case())));
        let Command::Allocation(command) = Command::from(allocation::performed(&own, &open, &id(government), &id(run)).unwrap()) else {
            panic!()
        };
        event(&self.by_itself(command).unwrap())
    }

    pub fn by_itself(&mut self, command: C) -> Result<Decision, Refusal> {
        let asker = Asker::Service(Service::Allocation);
        self.model.act(&asker, &Target::Case(case()), &Command::from(command), self.at, None)
    }

    pub fn state(&self, stream: &Stream) -> State {
        serde_json::from_value(self.model.of(Service::Allocation).unwrap().state(stream)).unwrap()
    }
}

fn asker(who: &str) -> Asker {
    let government: GovernmentId = id(who.split('-').next().unwrap());
    Asker::Person { official: id(who), government }
}

pub fn event(decision: &Decision) -> E {
    match decision.events.as_slice() {
        [Event::Allocation(event)] => event.clone(),
        other => panic!("{other:?}"),
    }
}
