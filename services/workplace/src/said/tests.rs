//! Every kind of event has a sentence in both languages, with all its parts filled in. The kinds come from the contract's schema, so that a new one
//! fails here until it has its words.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may panic, also in its helpers")]

use std::collections::BTreeSet;

use gateway::problem::Language;
use gateway::register::Bodies;
use proto::actor::{Actor, Service};
use proto::message::Event;
use proto::procedure::register;
use serde_json::{Value, json};

use super::{Teller, Things};

const DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000001";
const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn names() -> Value {
    json!({ "en": "Support", "ko": "주민지원금" })
}

fn due() -> Value {
    json!({ "on": "2000-02-15", "zone": "Asia/Seoul" })
}

fn krw(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "KRW" })
}

fn package() -> Value {
    json!({ "terms": { "support": { "share": "50" } }, "labels": { "support": "half" }, "wording": { "one": { "en": "Text", "ko": "문안" } }, "allocation": DIGEST })
}

fn registry() -> Vec<Value> {
    let appointment = json!({ "government": "seoul", "role": "delegate", "ground": "own_office", "from": "1999-01-01" });
    let key = json!({ "kty": "EC", "crv": "P-256", "x": "x", "y": "y" });
    let mandate = json!({ "mandate": ID, "case": ID, "delegate": "kim", "scope": { "terms": ["support"] }, "until": "2000-12-31", "legal_basis": "order",
        "bounds": { "support": { "ceiling": "50" } } });
    vec![
        json!({ "government_registered": { "names": names(), "tier": "basic", "zone": "Asia/Seoul" } }),
        json!({ "population_recorded": { "year": 1999, "persons": 400_000, "source": "census" } }),
        json!({ "appointed": { "name": { "disclosure": "parties" }, "appointment": appointment, "zone": "Asia/Seoul" } }),
        json!({ "appointment_ended": { "government": "seoul", "role": "delegate", "until": "2000-01-01" } }),
        json!({ "key_registered": { "key": "k1", "public": key } }),
        json!({ "key_revoked": { "key": "k1", "compromised_since": "2000-01-01T00:00:00Z" } }),
        json!({ "key_used": { "key": "k1", "case": ID, "signed_at": "2000-01-01T00:00:00Z" } }),
        json!({ "mandate_granted": mandate }),
        json!({ "mandate_revoked": { "mandate": ID } }),
    ]
}

fn negotiation() -> Vec<Value> {
    let frozen = json!({ "text": DIGEST });
    let procedure = register().values().next().unwrap();
    let text = json!({ "title": names(), "procedure": procedure.id, "parties": [], "terms": {}, "clauses": {} });
    vec![
        json!({ "case_opened": { "by": "seoul", "title": names(), "procedure": procedure, "rounds": "alternating" } }),
        json!({ "invited": { "government": "guro" } }),
        json!({ "joined": { "government": "guro" } }),
        json!({ "declined": { "government": "guro" } }),
        json!({ "left": { "government": "guro" } }),
        json!({ "agenda_set": { "round": 2, "meeting": { "on": "2000-02-20", "place": "Suwon" }, "items": [{ "term": "support" }] } }),
        json!({ "fact_stated": { "fact": "cost", "by": "guro", "names": names(), "value": { "money": krw("5") }, "estimated_by": "office",
            "estimated_on": "1999-01-01" } }),
        json!({ "position_taken": { "fact": "cost", "by": "seoul", "position": { "disputes": { "own": { "quantity": { "amount": "3", "unit": "t" } } } } } }),
        json!({ "information_requested": { "request": 1, "by": "guro", "to": "seoul", "question": { "disclosure": "parties" }, "due": due() } }),
        json!({ "information_answered": { "request": 1, "by": "seoul", "answer": { "disclosure": "parties" } } }),
        json!({ "information_lacking": { "request": 1, "by": "seoul", "why": { "disclosure": "parties" } } }),
        json!({ "clause_commented": { "clause": "one", "by": "guro", "comment": { "disclosure": "parties" } } }),
        json!({ "term_defined": { "term": "support", "names": names(), "kind": "share" } }),
        json!({ "clause_added": { "clause": "one", "by": "guro", "heading": names(), "wording": { "ko": "문안", "en": "Text" } } }),
        json!({ "wording_proposed": { "clause": "one", "by": "guro", "wording": { "en": "Other", "ko": "다른" } } }),
        json!({ "wording_supported": { "clause": "one", "by": "guro", "wording": DIGEST } }),
        json!({ "clause_reserved": { "clause": "one", "by": "guro" } }),
        json!({ "offer_drafted": { "draft": "first", "package": package() } }),
        json!({ "sounding_made": { "sounding": 1, "by": "guro", "to": "seoul", "package": package(), "text": "would it do?" } }),
        json!({ "sounding_answered": { "sounding": 1, "by": "seoul", "text": "hardly" } }),
        json!({ "sounding_withdrawn": { "sounding": 1, "by": "guro" } }),
        json!({ "offer_tabled": { "offer": 3, "by": "guro", "to": ["seoul"], "counters": 2, "package": package(), "expires": due() } }),
        json!({ "offer_accepted": { "offer": 3, "by": "seoul" } }),
        json!({ "offer_agreed": { "offer": 3 } }),
        json!({ "offer_sent_back": { "offer": 3, "by": "seoul" } }),
        json!({ "offer_withdrawn": { "offer": 3 } }),
        json!({ "offer_lapsed": { "offer": 3 } }),
        json!({ "settlement_entered": { "offer": 4, "dispute": 1, "package": package() } }),
        json!({ "initialled": { "by": "guro", "frozen": frozen } }),
        json!({ "text_frozen": { "frozen": frozen, "agreement": DIGEST, "text": text } }),
        json!({ "publication_agreed": { "by": "guro", "agreement": DIGEST, "parts": ["terms", "wording"] } }),
        json!({ "agreement_published": { "agreement": DIGEST, "parts": ["terms"] } }),
        json!({ "text_reopened": { "government": "guro" } }),
    ]
}

fn allocation() -> Vec<Value> {
    let component = json!({ "names": names(), "cost": krw("100"), "members": ["guro", "seoul"], "rule": "equal" });
    let model = json!({ "currency": "KRW", "components": { "plant": component } });
    let result = json!({ "model": DIGEST, "solver": "equal 1", "components": {}, "total": { "guro": krw("50"), "seoul": krw("50") } });
    let study = json!({ "of": DIGEST, "question": { "search": { "who": "guro", "at_most": krw("40") } } });
    let answer = json!({ "model": DIGEST, "found": { "what_if": { "model": DIGEST, "components": {}, "totals": {} } } });
    vec![
        json!({ "computed": { "run": "one", "digest": DIGEST, "model": model, "result": result } }),
        json!({ "work_asked": { "run": "one", "work": { "study": study }, "members": 20 } }),
        json!({ "studied": { "run": "two", "study": study, "answer": answer } }),
        json!({ "work_failed": { "run": "one", "why": { "no_such_work": { "run": "one" } } } }),
        json!({ "work_cancelled": { "run": "one" } }),
        json!({ "run_tabled": { "run": "one", "by": "guro", "digest": DIGEST, "model": model, "result": result } }),
        json!({ "study_tabled": { "run": "two", "by": "guro", "study": study, "answer": answer } }),
        json!({ "stand_taken": { "by": "guro", "figure": { "coalition": { "component": "plant", "coalition": "guro+seoul" } },
            "position": { "disputes": { "own": "7" } } } }),
    ]
}

fn authority() -> Vec<Value> {
    let row = json!({ "names": names(), "holders": { "guro": [{ "power": "decide" }] } });
    let finding = json!({ "function": "operation", "issue": { "overlap": { "power": "fund", "holders": ["guro", "seoul"] } } });
    vec![
        json!({ "function_set": { "function": "operation", "by": "guro", "row": row, "matrix": DIGEST, "open": [finding] } }),
        json!({ "function_removed": { "function": "operation", "by": "guro", "open": [] } }),
        json!({ "finding_allowed": { "finding": finding, "by": "guro", "why": { "disclosure": "parties" }, "open": [] } }),
        json!({ "rechecked": { "open": [] } }),
    ]
}

fn approvals() -> Vec<Value> {
    let step = json!({ "step": "council", "government": "guro" });
    let council = json!({ "council": { "end": "passed", "bill": "12", "votes": { "yes": 10, "no": 2, "abstain": 1 } } });
    let sign_off = json!({ "number": "3", "drafter": "a", "decided_by": "b", "decided_on": "2000-01-01" });
    vec![
        json!({ "condition_decided": { "step": step, "applies": true, "why": { "disclosure": "parties" }, "by": "kim" } }),
        json!({ "step_recorded": { "step": step, "by": "guro", "done": council, "on": "2000-01-01", "complete": true } }),
        json!({ "sign_off_recorded": { "step": step, "sign_off": sign_off } }),
        json!({ "clock_started": { "step": step, "from": "2000-01-01", "due": due() } }),
        json!({ "step_lapsed": { "step": step, "complete": true, "refused": false } }),
        json!({ "passed_amended": { "government": "guro", "agreement": DIGEST } }),
        json!({ "signing_opened": { "agreement": DIGEST } }),
        json!({ "signatures_noted": { "agreement": DIGEST, "on": "2000-05-30" } }),
        json!({ "entered_into_force": { "agreement": DIGEST, "on": "2000-06-01" } }),
    ]
}

fn signing() -> Vec<Value> {
    let scan = json!({ "digest": DIGEST, "media_type": "application/pdf", "size": 3 });
    vec![
        json!({ "order_set": { "order": ["guro", "seoul"] } }),
        json!({ "signed": { "government": "guro", "official": "kim", "agreement": DIGEST, "key": "k1", "jws": "a..b" } }),
        json!({ "paper_attested": { "government": "guro", "clerk": "lee", "agreement": DIGEST, "scan": scan, "on": "2000-05-30", "counts": true,
            "signatures": [{ "government": "guro", "signatory": "kim" }] } }),
        json!({ "completed": { "agreement": DIGEST } }),
        json!({ "marked_in_doubt": { "government": "guro", "official": "kim", "key": "k1", "since": "2000-01-01T00:00:00Z" } }),
    ]
}

fn mediation() -> Vec<Value> {
    let proposal = json!({ "terms": { "support": { "share": "40" } }, "salt": DIGEST });
    vec![
        json!({ "dispute_opened": { "dispute": 1, "by": "guro", "names": names(), "terms": ["support"], "parties": ["guro", "seoul"], "due": due() } }),
        json!({ "facilitator_proposed": { "dispute": 1, "by": "guro", "facilitator": "office" } }),
        json!({ "facilitator_accepted": { "dispute": 1, "by": "seoul", "facilitator": "office", "agreed": true } }),
        json!({ "note_sent": { "dispute": 1, "by": "guro", "text": "note" } }),
        json!({ "proposal_delivered": { "dispute": 1, "number": 1, "proposal": proposal } }),
        json!({ "proposal_put": { "dispute": 1, "number": 1, "digest": DIGEST, "due": due() } }),
        json!({ "proposal_answered": { "dispute": 1, "number": 1, "accept": true } }),
        json!({ "proposal_failed": { "dispute": 1, "number": 1 } }),
        json!({ "settled": { "dispute": 1, "number": 1, "proposal": proposal } }),
        json!({ "dispute_closed": { "dispute": 1, "how": "settled" } }),
    ]
}

fn samples() -> Vec<Event> {
    let families = [
        ("calendar", vec![json!({ "calendar_set": { "to": "2000-01-01T00:00:00Z" } })]),
        ("registry", registry()),
        ("negotiation", negotiation()),
        ("allocation", allocation()),
        ("authority", authority()),
        ("approvals", approvals()),
        ("signing", signing()),
        ("mediation", mediation()),
    ];
    let each = families.into_iter().flat_map(|(family, events)| events.into_iter().map(move |event| json!({ family: event })));
    each.map(|event| serde_json::from_value(event.clone()).unwrap_or_else(|error| panic!("{error}: {event}"))).collect()
}

/// `family.kind` of every event of the contract.
pub(crate) fn kinds() -> BTreeSet<String> {
    let schema: Value = schemars::schema_for!(Event).into();
    let follow = |schema_part: &Value| {
        let path = schema_part["$ref"].as_str().unwrap().trim_start_matches('#');
        schema.pointer(path).unwrap().clone()
    };
    let mut kinds = BTreeSet::new();
    for family in schema["oneOf"].as_array().unwrap() {
        let (name, events) = family["properties"].as_object().unwrap().iter().next().unwrap();
        let events = follow(events);
        let variants = events["oneOf"].as_array().cloned().unwrap_or_else(|| vec![events.clone()]);
        kinds.extend(variants.iter().flat_map(|kind| kind["properties"].as_object().unwrap().keys()).map(|kind| format!("{name}.{kind}")));
    }
    kinds
}

#[test]
fn every_kind_of_event_is_a_sentence_with_all_its_parts() {
    let samples = samples();
    assert_eq!(samples.iter().map(Event::kind).collect::<BTreeSet<_>>(), kinds(), "a sample of each kind");
    let mut things = Things::default();
    for event in &samples {
        things.learn(event);
    }
    for language in [Language::English, Language::Korean] {
        let teller = Teller { language, bodies: &Bodies::default(), things: &things };
        for event in &samples {
            let said = teller.event(&Actor::Service(Service::Ledger), event);
            let kind = event.kind();
            assert!(!said.contains("said-") && !said.contains('$') && !said.contains("  "), "{kind}: {said}");
            let hangul = said.replace("주민지원금", "").chars().any(|c| ('가'..='힣').contains(&c));
            assert_eq!(hangul, language == Language::Korean, "{kind}: {said}");
        }
    }
}

#[test]
fn a_sentence_names_things_as_the_case_does() {
    let samples = samples();
    let mut things = Things::default();
    for event in &samples {
        things.learn(event);
    }
    let tabled = samples.iter().find(|event| event.kind() == "negotiation.offer_tabled").unwrap();
    let said = |language| Teller { language, bodies: &Bodies::default(), things: &things }.event(&Actor::Service(Service::Ledger), tabled);
    assert_eq!(
        said(Language::English),
        "guro answered offer 2 with counter-offer 3 to seoul (by 15 Feb 2000): Support 50 % (half) · wording of “Support” · a computation of shares"
    );
    assert_eq!(
        said(Language::Korean),
        "guro이(가) seoul에 제안 2에 대한 수정제안 3 제출(2000. 2. 15.까지): 주민지원금 50 % (half) · “주민지원금” 문안 · 분담안 포함"
    );
}
