//! A case as the tests find it: the four governments of the Guro–Gwangmyeong case with a frozen text, an allocation and an authority matrix. Each
//! has a mayor who signs (key `a` in force), a clerk and a delegate.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proto::access::Asker;
use proto::actor::{Ground, Role, Service};
use proto::digest::Digest;
use proto::entry::{Document, Occurred};
use proto::id::{CaseId, GovernmentId, KeyId, OfficialId};
use proto::message::{Command, Event, Refusal, Target};
use proto::negotiation::{Event as N, Frozen, Rounds, Text};
use proto::registry::{self, Appointment};
use proto::remark::Remark;
use proto::signing::{Command as C, Event as E, Intent, PaperSignature, Refusal as R};
use proto::stream::Stream;
use proto::words::Names;
use proto::{allocation, approvals, authority};
use runtime::decider::Meta;
use runtime::model::{Model, rules};
use serde_json::json;
use signing::{Signing, State, jws};

/// In the order of names.
pub const PARTIES: [&str; 4] = ["guro", "gwangmyeong", "gyeonggi", "seoul"];
const CASE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

pub struct Table {
    pub model: Model,
    pub at: Timestamp,
}

pub fn case() -> CaseId {
    CASE.parse().unwrap()
}

pub fn body(name: &str) -> GovernmentId {
    name.parse().unwrap()
}

pub fn person(name: &str) -> OfficialId {
    name.parse().unwrap()
}

pub fn key(name: &str) -> KeyId {
    name.parse().unwrap()
}

pub fn order(names: &[&str]) -> C {
    C::SetOrder { order: names.iter().map(|name| body(name)).collect() }
}

/// The key pair of a person: what it is made of is its name's digest.
pub fn pair(who: &str, key: &str) -> jws::KeyPair {
    jws::generate(&Digest::of(format!("{who} {key}").as_bytes()).0).unwrap()
}

pub fn text() -> Text {
    let text = json!({
        "title": { "en": "Waste for sewage", "ko": "환경빅딜" }, "procedure": "kr-agreement", "parties": PARTIES,
        "terms": {
            "resident-support": {
                "names": { "en": "Resident support", "ko": "주민지원금" }, "label": "40 %",
                "value": { "money": { "amount": "5000000000", "currency": "KRW" } },
            },
            "sewage": { "names": { "en": "Sewage", "ko": "하수" }, "value": { "quantity": { "amount": "180000", "unit": "t/day" } } },
            "running-cost": { "names": { "en": "Running cost", "ko": "운영비" }, "value": { "share": "12.5" } },
            "start": { "names": { "en": "Start", "ko": "개시" }, "value": { "date": "2000-06-01" } },
            "ash": { "names": { "en": "Ash", "ko": "소각재" }, "value": { "duty": { "who": "guro", "what": "takes | it back" } } },
        },
        "clauses": {
            "article-2": { "heading": { "en": "Sewage", "ko": "하수" }, "wording": { "en": "Gayang treats it.", "ko": "가양에서 처리한다." } },
            "article-10": { "heading": { "en": "Disputes", "ko": "분쟁" }, "wording": { "ko": "협의하여 정한다." } },
        },
    });
    serde_json::from_value(text).unwrap()
}

pub fn run() -> (allocation::Model, allocation::Computation) {
    let krw = |won: u64| json!({ "amount": won.to_string(), "currency": "KRW" });
    let model: allocation::Model = serde_json::from_value(json!({
        "currency": "KRW",
        "components": { "incinerator": {
            "names": { "en": "Incinerator", "ko": "소각장" }, "cost": krw(45_400_000_000), "members": ["gwangmyeong", "seoul"],
            "grants": [{ "from": "ministry", "amount": { "fixed": krw(860_000_000) } }], "rule": "equal",
        } },
    }))
    .unwrap();
    let shares = json!({ "gwangmyeong": krw(22_270_000_000), "seoul": krw(22_270_000_000) });
    let result = json!({
        "model": Digest::of_json(&model).unwrap(), "solver": "own 1", "total": shares,
        "components": { "incinerator": { "granted": krw(860_000_000), "shared": krw(44_540_000_000), "shares": shares } },
    });
    (model, serde_json::from_value(result).unwrap())
}

pub fn function() -> authority::Function {
    let row = json!({
        "names": { "en": "Burning waste", "ko": "소각" },
        "holders": {
            "gwangmyeong": [{ "power": "decide", "legal_basis": "Wastes Control Act" }, { "power": "operate" }],
            "seoul": [{ "power": "fund" }], "guro": [{ "power": "be_consulted" }],
        },
    });
    serde_json::from_value(row).unwrap()
}

pub fn frozen() -> Frozen {
    let matrix = BTreeMap::from([("burning", function())]);
    Frozen {
        text: Digest::of_json(&text()).unwrap(),
        allocation: Some(Digest::of_json(&run().1).unwrap()),
        matrix: Some(Digest::of_json(&matrix).unwrap()),
    }
}

pub fn agreement() -> Digest {
    Digest::of_json(&frozen()).unwrap()
}

pub fn scan() -> Document {
    Document { digest: Digest::of(b"scan"), media_type: "application/pdf".into(), size: 4 }
}

pub fn on(day: &str) -> Occurred {
    Occurred { on: day.parse().unwrap(), evidence: Vec::new() }
}

/// The paper as everyone signed it.
pub fn paper() -> C {
    let signatures = PARTIES.map(|party| PaperSignature { government: body(party), signatory: person(&format!("{party}-mayor")) });
    C::AttestPaper { agreement: agreement(), scan: scan(), signatures: signatures.to_vec() }
}

fn appointed(government: &str, role: Role, until: Option<&str>) -> Event {
    let appointment = Appointment {
        government: body(government),
        role,
        ground: Ground::OwnOffice,
        on_behalf_of: None,
        from: "1999-01-01".parse().unwrap(),
        until: until.map(|day| day.parse().unwrap()),
    };
    registry::Event::Appointed { name: Remark::text("Kim"), appointment, zone: "Asia/Seoul".into() }.into()
}

impl Table {
    /// A case at the table, nothing frozen.
    pub fn new() -> Self {
        let mut table = Self { model: Model::new(vec![rules::<Signing>()]), at: "2000-04-10T01:00:00Z".parse().unwrap() };
        for party in PARTIES {
            for (who, role) in [("mayor", Role::Signatory), ("clerk", Role::Clerk), ("delegate", Role::Delegate)] {
                table.appoint(&format!("{party}-{who}"), party, role, None);
            }
            table.register_key(&format!("{party}-mayor"), "a", None);
        }
        table.appoint("council-mediator", "council", Role::Mediator, None);
        table.appoint("council-clerk", "council", Role::Clerk, None);
        let procedure = Box::new(proto::procedure::register().values().next().unwrap().clone());
        let title = Names::new("Waste for sewage", "환경빅딜");
        table.happens(N::CaseOpened { by: body("council"), title, procedure, rounds: Rounds::Free, parent: None });
        for party in PARTIES {
            table.happens(N::Joined { government: body(party), ties: Vec::new() });
        }
        table
    }

    /// With the text frozen, approvals missing.
    pub fn frozen() -> Self {
        let mut table = Self::new();
        let (model, result) = run();
        let digest = Digest::of_json(&result).unwrap();
        table.happens(allocation::Event::RunTabled { run: "swap".parse().unwrap(), by: body("seoul"), digest, model, result });
        let matrix = frozen().matrix.unwrap();
        let function = "burning".parse().unwrap();
        table.happens(authority::Event::FunctionSet { function, by: body("seoul"), row: self::function(), matrix, open: Vec::new() });
        table.freezes();
        table
    }

    /// With signing open.
    pub fn open() -> Self {
        let mut table = Self::frozen();
        table.happens(approvals::Event::SigningOpened { agreement: agreement() });
        table
    }

    pub fn freezes(&mut self) {
        self.happens(N::TextFrozen { frozen: frozen(), agreement: agreement(), text: Box::new(text()) });
    }

    pub fn happens(&mut self, event: impl Into<Event>) {
        self.model.record(&Stream::Case(case()), &[event.into()], self.at, None);
    }

    pub fn appoint(&mut self, who: &str, government: &str, role: Role, until: Option<&str>) {
        self.model.record(&Stream::Official(person(who)), &[appointed(government, role, until)], self.at, None);
    }

    pub fn register_key(&mut self, who: &str, name: &str, until: Option<&str>) {
        let until = until.map(|day| day.parse().unwrap());
        let registered = registry::Event::KeyRegistered { key: key(name), public: pair(who, name).public, until };
        self.model.record(&Stream::Official(person(who)), &[registered.into()], self.at, None);
    }

    /// The register revokes a key, and the service reacts.
    pub fn revoke(&mut self, who: &str, name: &str, since: Option<&str>) -> Vec<E> {
        let since: Option<Timestamp> = since.map(|at| at.parse().unwrap());
        let in_doubt = since.map(|_| case()).into_iter().collect();
        let revoked = [registry::Event::KeyRevoked { key: key(name), compromised_since: since, in_doubt }.into()];
        let stream = Stream::Official(person(who));
        let position = self.model.record(&stream, &revoked, self.at, None);
        let of = Meta { stream, position, at: self.at, occurred_on: None };
        let reactions = self.model.reactions(&revoked, &of);
        reactions
            .into_iter()
            .flat_map(|(service, _, command)| self.ask(&Asker::Service(service), &command, None).unwrap_or_default())
            .collect()
    }

    pub fn today(&mut self, at: &str) {
        self.at = at.parse().unwrap();
    }

    /// One command of whomever, decided and recorded.
    pub fn ask(&mut self, asker: &Asker, command: &Command, occurred: Option<&Occurred>) -> Result<Vec<E>, Refusal> {
        let decision = self.model.decide(asker, &Target::Case(case()), command, self.at, occurred, None)?;
        self.model.record(&decision.stream, &decision.events, self.at, occurred);
        let own = |event: &Event| match event {
            Event::Signing(event) => Some(event.clone()),
            _ => None,
        };
        Ok(decision.events.iter().filter_map(own).collect())
    }

    /// A person acts, named like `seoul-mayor`.
    pub fn act(&mut self, who: &str, command: C, occurred: Option<&Occurred>) -> Result<Vec<E>, Refusal> {
        let asker = Asker::Person { official: person(who), government: body(who.split_once('-').unwrap().0) };
        self.ask(&asker, &command.into(), occurred)
    }

    pub fn done(&mut self, who: &str, command: C) -> Vec<E> {
        self.act(who, command, None).unwrap_or_else(|refusal| panic!("{who}: {refusal}"))
    }

    /// The refusal by signing's own rules.
    #[track_caller]
    pub fn refused(&mut self, who: &str, command: C, occurred: Option<&Occurred>) -> R {
        match self.act(who, command, occurred) {
            Err(Refusal::Signing(refusal)) => refusal,
            other => panic!("no refusal of signing: {other:?}"),
        }
    }

    pub fn state(&self) -> State {
        serde_json::from_value(self.model.of(Service::Signing).unwrap().state(&Stream::Case(case()))).unwrap()
    }
}

pub fn intent(who: &str) -> Intent {
    let government = body(who.split_once('-').unwrap().0);
    Intent { purpose: Intent::PURPOSE.into(), case: case(), agreement: agreement(), government, official: person(who) }
}

/// A person's signature with a key, over whatever intent.
pub fn signing(who: &str, name: &str, intent: &Intent) -> C {
    let jws = jws::sign_detached(&pair(who, name).private_pem, intent).unwrap();
    C::Sign { agreement: intent.agreement, key: key(name), jws }
}

/// A mayor's signature under the agreement with key `a`.
pub fn sign(who: &str) -> C {
    signing(who, "a", &intent(who))
}
