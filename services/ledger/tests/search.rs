//! Looking for entries: what is found, both ways and page by page, is just what matches and may be read, on both databases.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use ledger::Ledger;
use proto::access::Asker;
use proto::negotiation;
use proto::search::{Sought, Tally};
use proto::stream::Stream;
use proto::term::Kind;
use proto::words::Names;
use serde_json::{Value, json};
use support::{Draft, Place, case, position};

fn seoul() -> Asker {
    Asker::Person { official: "seoul-delegate".parse().unwrap(), government: "seoul".parse().unwrap() }
}

/// Positions of one page, and where to go on while there is more.
async fn page(ledger: &Ledger, question: Value) -> (Vec<u64>, Option<u64>) {
    let found = ledger.asked(&seoul(), "entries", question.to_string().as_bytes()).await.unwrap();
    let positions = found["entries"].as_array().unwrap().iter().map(|shown| {
        let entry: Value = serde_json::from_str(shown["entry"].as_str().unwrap()).unwrap();
        entry["position"].as_u64().unwrap()
    });
    (positions.collect(), found["more"].as_bool().unwrap().then(|| found["next"].as_u64().unwrap()))
}

/// All pages of three, one after the other.
async fn all(ledger: &Ledger, sought: &Sought, back: bool) -> Vec<u64> {
    let mut from = if back { u64::MAX } else { 0 };
    let mut all = Vec::new();
    loop {
        let mut question = serde_json::to_value(sought).unwrap();
        question.as_object_mut().unwrap().extend(json!({ "from": from, "back": back, "limit": 3 }).as_object().unwrap().clone());
        let (positions, next) = page(ledger, question).await;
        all.extend(positions);
        let Some(next) = next else { return all };
        from = next;
    }
}

fn opened(stream: &Stream) -> Draft {
    let procedure = proto::procedure::register().values().next().unwrap().clone();
    let (title, rounds) = (Names::new("Swap", "공동이용"), negotiation::Rounds::Free);
    let by = "seoul".parse().unwrap();
    let opened = negotiation::Event::CaseOpened { by, title, procedure: Box::new(procedure), rounds, parent: None };
    Draft { events: vec![opened.into()], ..Draft::new(stream, 0) }
}

fn defined(stream: &Stream, expected: u64, en: &str, ko: &str) -> Draft {
    let (term, names, kind) = ("support".parse().unwrap(), Names::new(en, ko), Kind::Share);
    let event = negotiation::Event::TermDefined { term, names: names.clone(), kind: kind.clone() };
    let command = negotiation::Command::DefineTerm { term: "support".parse().unwrap(), names, kind };
    Draft { command: command.into(), events: vec![event.into()], ..Draft::new(stream, expected) }
}

#[tokio::test]
async fn what_matches_is_found_both_ways_and_counted() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let (own, other) = (case(), case());
        let first = position(&opened(&own).append(&ledger).await);
        // Another's case, that Seoul does not read, and its own sealed stream.
        let theirs = Draft { events: vec![negotiation::Event::OfferLapsed { offer: 9 }.into()], ..Draft::new(&other, 0) };
        position(&theirs.append(&ledger).await);
        position(&defined(&other, 1, "secret share", "주민지원금").append(&ledger).await);
        let korean = position(&defined(&own, 1, "Resident \"support\"", "주민지원금").append(&ledger).await);
        let sealed = format!("{own}/seoul").parse().unwrap();
        let hidden = position(&defined(&sealed, 0, "kept to oneself", "혼자 아는 주민").append(&ledger).await);
        let foreign = format!("{own}/guro").parse().unwrap();
        position(&defined(&foreign, 0, "not Seoul's", "남의 주민").append(&ledger).await);
        let mut lapsed = Vec::new();
        for version in 2..9 {
            lapsed.push(position(&Draft::new(&own, version).append(&ledger).await));
        }
        let whole: Vec<u64> = [first, korean, hidden].into_iter().chain(lapsed.iter().copied()).collect();
        let of = |sought: Sought| Sought { case: own.case(), ..sought };
        let said = |text: &str| Sought { texts: vec![text.to_owned()], ..Sought::default() };
        let kinds = |kind: &str| Sought { kinds: vec![kind.to_owned()], ..Sought::default() };
        for (sought, expected) in [
            (of(Sought::default()), whole.clone()),
            (said("주민"), vec![korean, hidden]),
            (said("RESIDENT \"SUP"), vec![korean]),
            (said("100%_"), vec![]),
            (said("secret"), vec![]),
            (Sought { names: vec!["support".into()], ..Sought::default() }, vec![korean, hidden]),
            (kinds("negotiation.term_defined"), vec![korean, hidden]),
            (of(kinds("negotiation.offer_lapsed")), lapsed.clone()),
            (kinds("signing"), vec![]),
            (Sought { government: Some("seoul".parse().unwrap()), ..Sought::default() }, vec![]),
            (of(Sought { since: Some(support::later(3600)), ..Sought::default() }), vec![]),
            (of(Sought { before: Some(support::later(3600)), ..Sought::default() }), whole.clone()),
        ] {
            assert_eq!(all(&ledger, &sought, false).await, expected, "{sought:?}");
            let back: Vec<u64> = expected.iter().rev().copied().collect();
            assert_eq!(all(&ledger, &sought, true).await, back, "back: {sought:?}");
            let tally = ledger.asked(&seoul(), "tally", serde_json::to_string(&sought).unwrap().as_bytes()).await.unwrap();
            let tally: Tally = serde_json::from_value(tally).unwrap();
            assert_eq!((tally.count, tally.more), (expected.len() as u64, false), "{sought:?}");
        }
        let gateway = Asker::Service(proto::actor::Service::Gateway);
        let everything = json!({ "from": 0, "limit": 10 }).to_string();
        assert!(ledger.asked(&gateway, "entries", everything.as_bytes()).await.is_err(), "who is not signed in gets no entries");
        let strange = json!({ "from": 0, "limit": 10, "case": other.case() }).to_string();
        assert!(ledger.asked(&seoul(), "entries", strange.as_bytes()).await.is_err(), "a case of others is not found");
    }
}
