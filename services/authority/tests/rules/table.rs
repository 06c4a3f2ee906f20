//! A case as the tests find it: Gwangmyeong and Seoul at the table, Guro invited, Siheung outside. Officials are named like `seoul-delegate`.

use std::str::FromStr;

use authority::{Authority, State};
use jiff::Timestamp;
use proto::access::Asker;
use proto::actor::{Ground, Role, Service};
use proto::authority::{Command as C, Event as E, Function, Holding, Issue, MatrixFinding, Power};
use proto::digest::Digest;
use proto::id::{CaseId, GovernmentId};
use proto::message::{Command, Event, Refusal, Target};
use proto::negotiation::{self, Event as N, Rounds};
use proto::registry::{self, Appointment};
use proto::remark::Remark;
use proto::stream::Stream;
use proto::words::Names;
use runtime::model::{Decision, Model, rules};

pub struct Table {
    pub model: Model,
    at: Timestamp,
}

pub fn id<T: FromStr<Err: std::fmt::Debug>>(name: &str) -> T {
    name.parse().unwrap()
}

pub fn case() -> CaseId {
    id("01890a5d-ac96-774b-bcce-b302099a8057")
}

fn names(en: &str) -> Names {
    Names::new(en, "")
}

/// A row: who holds which powers under the law, and who is affected.
pub fn row(holders: &[(&str, &[Power])], affected: &[&str]) -> Function {
    let holding = |power: &Power| Holding { power: *power, legal_basis: Some("지방자치법 제13조".into()) };
    let held = |(who, powers): &(&str, &[Power])| (id(who), powers.iter().map(holding).collect());
    Function { names: names("Ash"), holders: holders.iter().map(held).collect(), affected: affected.iter().map(|who| id(who)).collect() }
}

/// A row in which nothing is wrong while Gwangmyeong and Seoul are parties.
pub fn sound() -> Function {
    row(&[("gwangmyeong", &[Power::Decide, Power::Operate]), ("seoul", &[Power::Fund])], &[])
}

pub fn set(function: &str, row: Function) -> C {
    C::SetFunction { function: id(function), row }
}

pub fn allow(function: &str, issue: Issue) -> C {
    C::AllowFinding { finding: finding(function, issue), why: Remark::text("the province does it anyway") }
}

pub fn finding(function: &str, issue: Issue) -> MatrixFinding {
    MatrixFinding { function: id(function), issue }
}

/// The findings open after an event.
pub fn open(event: &E) -> Vec<Issue> {
    let (E::FunctionSet { open, .. } | E::FunctionRemoved { open, .. } | E::FindingAllowed { open, .. } | E::Rechecked { open }) = event;
    open.iter().map(|finding| finding.issue.clone()).collect()
}

impl Table {
    pub fn new() -> Self {
        let mut table = Self { model: Model::new(vec![rules::<Authority>()]), at: id("2000-02-08T01:00:00Z") };
        for government in ["gwangmyeong", "seoul", "guro", "siheung"] {
            for (name, role) in [("delegate", Role::Delegate), ("clerk", Role::Clerk)] {
                table.appoint(&format!("{government}-{name}"), government, role);
            }
        }
        let procedure = Box::new(proto::procedure::register().values().next().unwrap().clone());
        table.happens(N::CaseOpened { by: id("gwangmyeong"), title: names("Swap"), procedure, rounds: Rounds::Free, parent: None });
        table.happens(N::Invited { government: id("guro"), parent: None });
        table.joins("gwangmyeong");
        table.joins("seoul");
        table
    }

    fn appoint(&mut self, who: &str, government: &str, role: Role) {
        let government = id(government);
        let appointment =
            Appointment { government, role, ground: Ground::OwnOffice, on_behalf_of: None, from: id("1999-01-01"), until: None };
        let appointed = registry::Event::Appointed { name: Remark::text("Kim"), appointment, zone: "Asia/Seoul".into() };
        self.model.record(&Stream::Official(id(who)), &[appointed.into()], self.at, None);
    }

    /// Something happens in the negotiation, and this service reacts. Answers what it recorded.
    pub fn happens(&mut self, event: N) -> Vec<E> {
        let event = Event::from(event);
        let position = self.model.record(&Stream::Case(case()), std::slice::from_ref(&event), self.at, None);
        let of = runtime::decider::Meta { stream: Stream::Case(case()), position, at: self.at, occurred_on: None };
        let reactions = self.model.reactions(&[event], &of);
        let mut recorded = Vec::new();
        for (service, target, command) in reactions {
            let done = self.model.act(&Asker::Service(service), &target, &command, self.at, None);
            recorded.extend(done.into_iter().flat_map(authority_events));
        }
        recorded
    }

    pub fn joins(&mut self, government: &str) -> Vec<E> {
        self.happens(N::Joined { government: id(government), ties: Vec::new() })
    }

    pub fn leaves(&mut self, government: &str) -> Vec<E> {
        self.happens(N::Left { government: id(government), why: None })
    }

    pub fn freezes(&mut self) {
        let frozen = negotiation::Frozen { text: Digest::of(b"text"), allocation: None, matrix: None };
        let text = serde_json::json!({ "title": names("Swap"), "procedure": "p", "parties": [], "terms": {}, "clauses": {} });
        let text = Box::new(serde_json::from_value(text).unwrap());
        self.happens(N::TextFrozen { agreement: Digest::of_json(&frozen).unwrap(), frozen, text });
    }

    /// An official asks, such as `seoul-delegate`.
    pub fn asks(&mut self, who: &str, command: C) -> Result<E, Refusal> {
        let government: GovernmentId = id(who.split('-').next().unwrap());
        self.act(&Asker::Person { official: id(who), government }, command)
    }

    /// A delegate does what the rules allow.
    pub fn does(&mut self, government: &str, command: C) -> E {
        self.asks(&format!("{government}-delegate"), command).unwrap()
    }

    pub fn act(&mut self, asker: &Asker, command: C) -> Result<E, Refusal> {
        let command = Command::from(command);
        let decision = self.model.act(asker, &Target::Case(case()), &command, self.at, None)?;
        Ok(authority_events(decision).remove(0))
    }

    pub fn state(&self) -> State {
        serde_json::from_value(self.model.of(Service::Authority).unwrap().state(&Stream::Case(case()))).unwrap()
    }
}

fn authority_events(decision: Decision) -> Vec<E> {
    decision
        .events
        .into_iter()
        .map(|event| match event {
            Event::Authority(event) => event,
            other => panic!("{other:?}"),
        })
        .collect()
}
