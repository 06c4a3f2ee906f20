//! A record of a case that tests write event by event, and the inboxes that come of it.

use jiff::Timestamp;
use notifications::{Move, Notifications, State};
use proto::actor::Service;
use proto::id::CaseId;
use proto::message::{Command, Event, Target};
use proto::procedure::{Procedure, Step, register};
use proto::stream::Stream;
use runtime::model::{Model, rules};
use runtime::view::View;
use serde_json::{Value, json};

pub fn case() -> CaseId {
    "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap()
}

pub fn stream() -> Stream {
    Stream::Case(case())
}

pub fn names() -> Value {
    json!({ "en": "Resident support", "ko": "주민지원금" })
}

pub fn by_day(on: &str) -> Value {
    json!({ "on": on, "zone": "Asia/Seoul" })
}

/// Thirty-two bytes, told apart by their first.
pub fn digest(n: u8) -> String {
    format!("{n:02x}").repeat(32)
}

/// A step of each party unless `changes` say otherwise.
pub fn step(id: &str, stage: &str, changes: &Value) -> Step {
    let mut step = json!({
        "id": id, "names": names(), "kind": "report", "stage": stage, "actor": { "is": "each_party", "wording": "each" },
        "legal_ref": "art. 1", "evidence": "found", "blocking": true,
    });
    let fields = step.as_object_mut().unwrap();
    fields.extend(changes.as_object().cloned().unwrap_or_default());
    serde_json::from_value(step).unwrap()
}

pub fn actor(is: &str) -> Value {
    json!({ "actor": { "is": is, "wording": is } })
}

/// A procedure for two parties at least that asks for nothing but these steps and contents.
pub fn procedure(steps: Vec<Step>, contents: &[&str]) -> Procedure {
    let content = |id: &&str| json!({ "id": id, "names": names(), "legal_ref": "art. 1", "evidence": "found" });
    let contents = contents.iter().map(|id| serde_json::from_value(content(id)).unwrap()).collect();
    Procedure { parties_min: 2, steps, contents, ..register().values().next().unwrap().clone() }
}

pub struct Table {
    model: Model,
    pub at: Timestamp,
}

impl Table {
    /// Nothing on record.
    pub fn empty() -> Self {
        Self { model: Model::new(vec![rules::<Notifications>()]), at: "2000-02-08T01:00:00Z".parse().unwrap() }
    }

    /// Opened by Gyeonggi under a procedure, nobody invited.
    pub fn opened(procedure: &Procedure, rounds: &str) -> Self {
        let mut table = Self::empty();
        table.negotiated(json!({ "case_opened": { "by": "gyeonggi", "title": names(), "procedure": procedure, "rounds": rounds } }));
        table
    }

    /// With these parties at the table, Guro under Seoul and Gwangmyeong under Gyeonggi.
    pub fn of(procedure: &Procedure, rounds: &str, parties: &[&str]) -> Self {
        let mut table = Self::opened(procedure, rounds);
        for party in parties {
            let parent = match *party {
                "guro" => Some("seoul"),
                "gwangmyeong" => Some("gyeonggi"),
                _ => None,
            };
            table.negotiated(json!({ "invited": { "government": party, "parent": parent } }));
            table.negotiated(json!({ "joined": { "government": party } }));
        }
        table
    }

    /// Gwangmyeong and Seoul, in alternating rounds, under a procedure that asks for nothing; one term to agree on.
    pub fn of_two() -> Self {
        let mut table = Self::of(&procedure(Vec::new(), &[]), "alternating", &["gwangmyeong", "seoul"]);
        table.term("support");
        table
    }

    /// The text of these two frozen, under these steps.
    pub fn frozen(steps: Vec<Step>) -> Self {
        let mut table = Self::of(&procedure(steps, &[]), "alternating", &["gwangmyeong", "seoul"]);
        table.freezes();
        table
    }

    pub fn freezes(&mut self) {
        let text = json!({ "title": names(), "procedure": "p", "parties": [], "terms": {}, "clauses": {} });
        self.negotiated(json!({ "text_frozen": { "frozen": { "text": digest(1) }, "agreement": digest(2), "text": text } }));
    }

    pub fn reopens(&mut self) {
        self.negotiated(json!({ "text_reopened": { "government": "seoul" } }));
    }

    pub fn leaves(&mut self, party: &str) -> u64 {
        self.negotiated(json!({ "left": { "government": party } }))
    }

    pub fn term(&mut self, term: &str) {
        self.negotiated(json!({ "term_defined": { "term": term, "names": names(), "kind": "share" } }));
    }

    /// Tables an offer of 50 % support; `changes` go over its fields.
    pub fn offer(&mut self, offer: u32, by: &str, to: &[&str], changes: &Value) {
        let mut event = json!({ "offer": offer, "by": by, "to": to, "package": { "terms": { "support": { "share": "50" } } } });
        event.as_object_mut().unwrap().extend(changes.as_object().cloned().unwrap_or_default());
        self.negotiated(json!({ "offer_tabled": event }));
    }

    pub fn accepted(&mut self, offer: u32, by: &str) {
        self.negotiated(json!({ "offer_accepted": { "offer": offer, "by": by } }));
    }

    pub fn agreed(&mut self, offer: u32, by: &str) {
        self.accepted(offer, by);
        self.negotiated(json!({ "offer_agreed": { "offer": offer } }));
    }

    pub fn sent_back(&mut self, offer: u32, by: &str) {
        self.negotiated(json!({ "offer_sent_back": { "offer": offer, "by": by } }));
    }

    pub fn negotiated(&mut self, event: Value) -> u64 {
        self.happened("negotiation", event)
    }

    pub fn mediated(&mut self, event: Value) -> u64 {
        self.happened("mediation", event)
    }

    pub fn approved(&mut self, event: Value) -> u64 {
        self.happened("approvals", event)
    }

    pub fn signed(&mut self, event: Value) -> u64 {
        self.happened("signing", event)
    }

    /// Records one event and answers its position.
    pub fn happened(&mut self, family: &str, event: Value) -> u64 {
        self.happened_in(&stream(), family, event)
    }

    pub fn happened_in(&mut self, stream: &Stream, family: &str, event: Value) -> u64 {
        let event: Event = serde_json::from_value([(family.to_owned(), event)].into_iter().collect()).unwrap();
        self.model.record(stream, &[event], self.at, None)
    }

    pub fn state(&self) -> State {
        serde_json::from_value(self.model.of(Service::Notifications).unwrap().state(&stream())).unwrap()
    }

    pub fn moves(&self) -> Vec<Move> {
        self.state().moves
    }

    /// What waits for a body: `answer_offer {"offer":1}`.
    pub fn inbox(&self, who: &str) -> Vec<String> {
        self.moves().iter().filter(|waits| waits.government.as_str() == who).map(in_words).collect()
    }

    /// For whom something waits.
    pub fn waits_for(&self, what: &str) -> Vec<String> {
        self.moves().iter().filter(|waits| in_words(waits) == what).map(|waits| waits.government.to_string()).collect()
    }

    /// What is to be said now that dates have passed, as `position: command`.
    pub fn overdue(&self, at: &str) -> Vec<String> {
        let overdue = Notifications::overdue(&stream(), &self.state(), at.parse().unwrap());
        overdue.iter().map(|(set, target, command)| said(*set, target, command)).collect()
    }
}

fn in_words(waits: &Move) -> String {
    let task = serde_json::to_value(&waits.task).unwrap();
    let about = task.get("about").map(|about| format!(" {about}")).unwrap_or_default();
    format!("{}{about}", task["what"].as_str().unwrap())
}

fn said(set: u64, target: &Target, command: &Command) -> String {
    assert_eq!(*target, Target::Case(case()));
    format!("{set}: {}", serde_json::to_value(command).unwrap())
}
