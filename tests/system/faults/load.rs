//! What happens while something fails: a case in which all services have something to do at once, and a writer for each.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use proto::id::CaseId;
use proto::message::Target;
use proto::negotiation::OfferNo;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::client::{Act, Client, Outcome};
use crate::children::PATIENCE;

/// The two who negotiate, one who comes and goes, and the people of all of them.
const HOST: &str = "seoul";
const GUEST: &str = "gwangmyeong";
const THIRD: &str = "guro";
/// Everyone who acts in any round.
pub const PEOPLE: [(&str, &str); 9] = [
    ("interlocal-office", "administrator"),
    (HOST, "delegate"),
    (HOST, "approver"),
    (HOST, "signatory"),
    (GUEST, "delegate"),
    (GUEST, "signatory"),
    (THIRD, "delegate"),
    (THIRD, "signatory"),
    ("gyeonggi", "mediator"),
];
/// What all writers together have done before something fails.
const BEFORE: u64 = 40;
/// What each of them does afterwards.
const AFTER: u64 = 3;
/// Between two commands of a writer: all of them write in one case, which must not become a race that one of them always loses.
const BREATH: Duration = Duration::from_millis(40);

/// A case in which much happens.
#[derive(Clone)]
pub struct Round {
    client: Client,
    name: String,
    case: CaseId,
    /// Another one, in which somebody joins and leaves.
    other: CaseId,
    mandates: [String; 3],
    /// From where the calendar goes forward.
    from: Timestamp,
}

/// Whoever does one kind of thing over and over.
struct Writer {
    name: &'static str,
    /// After so many failures it goes on to the next act without knowing what came of the last.
    tries: usize,
    /// The refusal that is right here; empty: none is.
    refused: &'static str,
    next: fn(&Round, u64) -> Act,
}

static WRITERS: [Writer; 10] = [
    Writer { name: "counters", tries: usize::MAX, refused: "", next: Round::counter },
    Writer { name: "facts", tries: 2, refused: "", next: Round::fact },
    Writer { name: "drafts", tries: 1, refused: "", next: Round::draft },
    Writer { name: "mandates", tries: 2, refused: "", next: |round, _| mandate(GUEST, round.case, &fresh()) },
    Writer { name: "runs", tries: 1, refused: "", next: Round::run },
    Writer { name: "functions", tries: 2, refused: "", next: Round::function },
    Writer { name: "sign-offs", tries: 1, refused: "", next: Round::sign_off },
    Writer { name: "notes", tries: 2, refused: "", next: Round::note },
    Writer { name: "signatures", tries: usize::MAX, refused: "signing.not_open", next: Round::signature },
    Writer { name: "members", tries: usize::MAX, refused: "", next: Round::membership },
];

/// Writers at work.
pub struct Stream {
    round: Round,
    stop: Arc<AtomicBool>,
    /// What each has brought to an end.
    counts: Vec<Arc<AtomicU64>>,
    writers: Vec<JoinHandle<u64>>,
}

fn fresh() -> String {
    runtime::clock::uuid().to_string()
}

fn names(text: &str) -> Value {
    json!({ "en": text, "ko": text })
}

fn act(government: &'static str, role: &'static str, target: Target, command: Value) -> Act {
    Act { government, role, target, command }
}

impl Round {
    /// Opens the cases of a round. Its calendar goes forward from the last receipt.
    pub async fn open(client: &Client, name: &str) -> Self {
        let (case, other) = (CaseId(runtime::clock::uuid()), CaseId(runtime::clock::uuid()));
        let mandates = [fresh(), fresh(), fresh()];
        let mut round = Self { client: client.clone(), name: name.to_owned(), case, other, mandates, from: Timestamp::UNIX_EPOCH };
        let mandates = round.mandates.clone();
        round.done(mandate(HOST, case, &mandates[0])).await;
        round.done(mandate(GUEST, case, &mandates[1])).await;
        round.done(mandate(THIRD, other, &mandates[2])).await;
        for (case, guest) in [(case, GUEST), (other, THIRD)] {
            let open = json!({ "title": names(name), "procedure": "kr-cooperation-project", "rounds": "alternating", "as_party": true });
            round.done(act(HOST, "delegate", Target::Case(case), json!({ "negotiation": { "open_case": open } }))).await;
            round.done(act(HOST, "delegate", Target::Case(case), json!({ "negotiation": { "invite": { "government": guest } } }))).await;
        }
        round.say(GUEST, "negotiation", json!({ "join": { "mandate": mandates[1] } })).await;
        for term in ["share", "support"] {
            round
                .say(
                    HOST,
                    "negotiation",
                    json!({ "define_term": { "term": term, "names": names(term), "kind": { "money": { "currency": "KRW" } } } }),
                )
                .await;
        }
        round.say(HOST, "negotiation", json!({ "table_offer": { "package": package(1), "mandate": mandates[0] } })).await;
        round.dispute().await;
        // Somebody holds a power without being a party: a finding, until they join.
        let row = json!({ "names": names("water"), "holders": { THIRD: [{ "power": "decide", "legal_basis": "law" }] } });
        let set = json!({ "authority": { "set_function": { "function": "water", "row": row } } });
        round.from = round.done(act(HOST, "delegate", Target::Case(other), set)).await;
        round
    }

    async fn dispute(&self) {
        self.say(HOST, "mediation", json!({ "open_dispute": { "names": names("support"), "terms": ["support"], "with": [GUEST] } })).await;
        self.say(HOST, "mediation", json!({ "propose_facilitator": { "dispute": 1, "facilitator": "gyeonggi" } })).await;
        self.say(GUEST, "mediation", json!({ "accept_facilitator": { "dispute": 1, "facilitator": "gyeonggi" } })).await;
    }

    async fn done(&self, act: Act) -> Timestamp {
        self.client.done(&format!("{}, before", self.name), act).await.at
    }

    async fn say(&self, by: &'static str, service: &str, command: Value) {
        self.done(self.delegate(by, service, &command)).await;
    }

    fn delegate(&self, by: &'static str, service: &str, command: &Value) -> Act {
        act(by, "delegate", Target::Case(self.case), json!({ service: command }))
    }

    fn counter(&self, nth: u64) -> Act {
        let (by, mandate) = if nth.is_multiple_of(2) { (GUEST, &self.mandates[1]) } else { (HOST, &self.mandates[0]) };
        let counter = json!({ "to": nth + 1, "package": package(nth + 2), "mandate": mandate });
        self.delegate(by, "negotiation", &json!({ "counter_offer": counter }))
    }

    fn fact(&self, nth: u64) -> Act {
        let fact = json!({ "fact": format!("fact-{nth}"), "names": names("a figure"), "value": { "share": "50" }, "estimated_by": "press", "estimated_on": "1999-05-01" });
        self.delegate(HOST, "negotiation", &json!({ "state_fact": fact }))
    }

    fn draft(&self, nth: u64) -> Act {
        self.delegate(GUEST, "negotiation", &json!({ "draft_offer": { "draft": format!("draft {nth}"), "package": package(nth) } }))
    }

    fn run(&self, nth: u64) -> Act {
        let component =
            json!({ "names": names("all"), "cost": { "amount": "1000", "currency": "KRW" }, "members": [HOST, GUEST], "rule": "equal" });
        let run = json!({ "run": format!("run-{nth}"), "model": { "currency": "KRW", "components": { "all": component } } });
        let command = if nth.is_multiple_of(2) { "table_run" } else { "compute" };
        self.delegate(GUEST, "allocation", &json!({ command: run }))
    }

    fn function(&self, nth: u64) -> Act {
        let row = json!({ "names": names("waste"), "holders": { HOST: [{ "power": "decide", "legal_basis": "law" }] } });
        self.delegate(HOST, "authority", &json!({ "set_function": { "function": format!("function-{nth}"), "row": row } }))
    }

    fn sign_off(&self, nth: u64) -> Act {
        let sign_off =
            json!({ "number": format!("2000-{nth}"), "drafter": "a clerk", "decided_by": "the mayor", "decided_on": "1999-05-01" });
        let keep = json!({ "approvals": { "record_sign_off": { "step": { "step": "draft" }, "sign_off": sign_off } } });
        act(HOST, "approver", Target::Case(self.case), keep)
    }

    fn note(&self, nth: u64) -> Act {
        self.delegate(GUEST, "mediation", &json!({ "send_note": { "dispute": 1, "caucus": GUEST, "text": format!("note {nth}") } }))
    }

    fn signature(&self, _: u64) -> Act {
        let sign = json!({ "agreement": "00".repeat(32), "key": "head", "jws": "eyJhbGciOiJFUzI1NiJ9..AA" });
        act(HOST, "signatory", Target::Case(self.case), json!({ "signing": { "sign": sign } }))
    }

    fn membership(&self, nth: u64) -> Act {
        let (by, command) = match nth % 3 {
            0 => (THIRD, json!({ "join": { "mandate": self.mandates[2] } })),
            1 => (THIRD, json!({ "leave": {} })),
            _ => (HOST, json!({ "invite": { "government": THIRD } })),
        };
        act(by, "delegate", Target::Case(self.other), json!({ "negotiation": command }))
    }

    /// The administrator sets the calendar on by a minute, again and again.
    fn calendar(&self, nth: u64) -> Act {
        let minutes = SignedDuration::from_mins(10 + i64::try_from(nth).unwrap());
        let to = self.from.checked_add(minutes).unwrap();
        act("interlocal-office", "administrator", Target::Calendar, json!({ "calendar": { "set_calendar": { "to": to } } }))
    }

    /// Lets all writers begin, and waits until the stream flows.
    pub async fn flow(self) -> Stream {
        let stop = Arc::new(AtomicBool::new(false));
        let counts: Vec<Arc<AtomicU64>> = WRITERS.iter().map(|_| Arc::default()).collect();
        let mut writers: Vec<_> = WRITERS
            .iter()
            .zip(&counts)
            .map(|(writer, count)| tokio::spawn(writer.run(self.clone(), Arc::clone(&stop), Arc::clone(count))))
            .collect();
        writers.push(tokio::spawn(self.clone().set_calendar(Arc::clone(&stop))));
        let stream = Stream { round: self, stop, counts, writers };
        stream.until("begins", |stream| stream.each().iter().sum::<u64>() >= BEFORE).await;
        stream
    }

    async fn set_calendar(self, stop: Arc<AtomicBool>) -> u64 {
        let mut nth = 0;
        while !stop.load(Ordering::Relaxed) {
            self.client.done(&format!("{}, calendar {nth}", self.name), self.calendar(nth)).await;
            nth += 1;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        nth
    }
}

fn mandate(of: &'static str, case: CaseId, mandate: &str) -> Act {
    let delegate = format!("{of}-delegate");
    let mandate =
        json!({ "mandate": mandate, "case": case, "delegate": delegate, "scope": "all", "until": "2099-12-31", "legal_basis": "law" });
    let grant = json!({ "registry": { "grant_mandate": { "government": of, "mandate": mandate } } });
    act(of, "signatory", Target::Government(of.parse().unwrap()), grant)
}

fn package(nth: u64) -> Value {
    json!({ "terms": { "share": { "money": { "amount": (1_000_000 + nth).to_string(), "currency": "KRW" } } } })
}

impl Writer {
    async fn run(&self, round: Round, stop: Arc<AtomicBool>, count: Arc<AtomicU64>) -> u64 {
        let mut nth = 0;
        while !stop.load(Ordering::Relaxed) {
            let act = (self.next)(&round, nth);
            let when = format!("{}, {} {nth}", round.name, self.name);
            match round.client.act(&when, act.clone(), self.tries).await {
                Outcome::Done(_) if self.refused.is_empty() => _ = count.fetch_add(1, Ordering::Relaxed),
                Outcome::Refused(code) if code == self.refused => _ = count.fetch_add(1, Ordering::Relaxed),
                Outcome::Unknown => {}
                other => panic!("{when}: {other:?}\n{act:?}"),
            }
            nth += 1;
            tokio::time::sleep(BREATH).await;
        }
        nth
    }
}

impl Stream {
    fn each(&self) -> Vec<u64> {
        self.counts.iter().map(|count| count.load(Ordering::Relaxed)).collect()
    }

    async fn until(&self, what: &str, so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !so(self) {
            assert!(!self.writers.iter().any(JoinHandle::is_finished), "{}: a writer has ended", self.round.name);
            assert!(start.elapsed() < PATIENCE, "{}: {what} does not come: {:?}", self.round.name, self.each());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until every writer gets on again, ends them, and brings the case to an agreed offer.
    pub async fn goes_on_to_agreement(self) {
        let before = self.each();
        self.until("the healing", |stream| stream.each().iter().zip(&before).all(|(now, before)| *now >= before + AFTER)).await;
        self.stop.store(true, Ordering::Relaxed);
        let mut ended = Vec::new();
        for writer in self.writers {
            ended.push(writer.await.unwrap());
        }
        let newest = OfferNo::try_from(ended[0] + 1).unwrap();
        let (by, mandate) = if newest % 2 == 1 { (GUEST, &self.round.mandates[1]) } else { (HOST, &self.round.mandates[0]) };
        let accept = self.round.delegate(by, "negotiation", &json!({ "accept_offer": { "offer": newest, "mandate": mandate } }));
        let receipt = self.round.client.done(&format!("{}, the end", self.round.name), accept).await;
        assert!(receipt.events.iter().any(|event| event.kind() == "negotiation.offer_agreed"), "{receipt:?}");
        self.round.is_looked_at().await;
    }
}

impl Round {
    /// Waits until the authority service has done what is its to do by itself: look again at what is open after somebody has joined or left.
    async fn is_looked_at(&self) {
        let start = Instant::now();
        loop {
            // None as long as the view has not come so far.
            let matrix = self.client.read(HOST, "delegate", &format!("/api/v1/cases/{}/authority", self.other)).await.unwrap_or_default();
            let open = matrix["findings"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|found| found["open"] == true)
                .map(|found| found["finding"].clone());
            if matrix.is_object() && open.collect::<Value>() == matrix["recorded_open"] {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{}: nobody has looked again: {matrix}", self.name);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
