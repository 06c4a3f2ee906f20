//! What becomes of appends, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use proto::actor::Service;
use proto::digest::Digest;
use proto::entry::{Body, MAX_ENTRY_BYTES, Proof};
use proto::message::Event;
use proto::remark::Disclosure;
use proto::stream::Stream;
use proto::wire::{Appended, Held, Versions};
use serde_json::value::RawValue;
use support::{Draft, Place, all, case, internal, invariants, later, position, positions};

#[tokio::test]
async fn a_batch_is_numbered_chained_and_kept_byte_for_byte() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let (a, b) = (case(), case());
        let drafts = [Draft::new(&a, 0), Draft::new(&b, 0), Draft::new(&a, 1), Draft::new(&a, 2)];
        let acts: Vec<_> = drafts.iter().map(Draft::act).collect();
        let answers = ledger.append(drafts.into_iter().map(Draft::build).collect()).await.unwrap();
        assert_eq!(positions(&answers), [0, 1, 2, 3]);

        let entries = invariants(&ledger).await;
        for ((act, answer), (bytes, entry)) in acts.into_iter().zip(&answers).zip(&entries) {
            assert_eq!(entry.body, Body::Open(Box::new(act)));
            assert_eq!(entry.service, Service::Negotiation);
            assert_eq!(*answer, Appended::Done { position: entry.position, leaf: Digest::leaf(bytes.as_bytes()) });
        }
        ledger.close().await;
        let again = place.open().await;
        assert_eq!(invariants(&again).await, entries, "the same bytes from the database as from memory");
    }
}

#[tokio::test]
async fn a_large_batch_goes_in_statements_of_all_sizes() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let streams: Vec<Stream> = (0..347).map(|_| case()).collect();
        let answers = ledger.append(streams.iter().map(|s| Draft::new(s, 0).build()).collect()).await.unwrap();
        assert_eq!(positions(&answers), (0..347).collect::<Vec<_>>());
        ledger.close().await;
        let ledger = place.open().await;
        positions(&ledger.append(streams.iter().map(|s| Draft::new(s, 1).build()).collect()).await.unwrap());
        let versions = ledger.versions(&Versions { streams: streams.clone() }).await.unwrap();
        assert!(versions.len() == 347 && versions.values().all(|version| *version == 2));
        assert_eq!(invariants(&ledger).await.len(), 694);
    }
}

#[tokio::test]
async fn the_same_command_is_recorded_once() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let (stream, id) = (case(), Digest::of(b"key"));
        position(&Draft::new(&stream, 0).id(id).append(&ledger).await);
        assert_eq!(Draft::new(&stream, 0).id(id).append(&ledger).await, Appended::Duplicate);
        let batch = [Draft::new(&stream, 1), Draft::new(&stream, 1)].map(|draft| draft.id(Digest::of(b"twice")).build());
        let answers = ledger.append(batch.into()).await.unwrap();
        assert_eq!(position(&answers[0]), 1);
        assert_eq!(answers[1], Appended::Duplicate, "within one batch too");
        position(&Draft::new(&case(), 0).id(id).append(&ledger).await);
        ledger.close().await;
        let again = place.open().await;
        assert_eq!(Draft::new(&stream, 0).id(id).append(&again).await, Appended::Duplicate, "for ever");
    }
}

#[tokio::test]
async fn a_service_that_repeats_itself_at_the_right_version_takes_no_other_append_with_it() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let (stream, other, id) = (case(), case(), Digest::of(b"key"));
        position(&Draft::new(&stream, 0).id(id).append(&ledger).await);
        let wrong = Draft::new(&stream, 1).id(id).build();
        let answers = ledger.append(vec![Draft::new(&other, 0).build(), wrong]).await.unwrap();
        assert_eq!(position(&answers[0]), 1);
        assert_eq!(answers[1], Appended::Duplicate);
        assert_eq!(invariants(&ledger).await.len(), 2);
    }
}

#[tokio::test]
async fn an_append_at_another_version_conflicts() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let stream = case();
        position(&Draft::new(&stream, 0).append(&ledger).await);
        for expected in [0, 2, 7] {
            let conflict = Appended::Conflict { stream: stream.clone(), version: 1 };
            assert_eq!(Draft::new(&stream, expected).append(&ledger).await, conflict);
        }
        assert_eq!(all(&ledger).await.len(), 1);
    }
}

#[tokio::test]
async fn a_decision_that_used_another_stream_conflicts_when_that_has_moved_on() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let (own, other) = (case(), case());
        position(&Draft::new(&own, 0).reading(&other, 0).append(&ledger).await);
        position(&Draft::new(&other, 0).append(&ledger).await);
        let moved = Appended::Conflict { stream: other.clone(), version: 1 };
        assert_eq!(Draft::new(&own, 1).reading(&other, 0).append(&ledger).await, moved);
        position(&Draft::new(&own, 1).reading(&other, 1).append(&ledger).await);

        // Two decisions, each on the other's stream as it was: only the first can stand.
        let batch = vec![Draft::new(&own, 2).reading(&other, 1).build(), Draft::new(&other, 1).reading(&own, 2).build()];
        let answers = ledger.append(batch).await.unwrap();
        position(&answers[0]);
        assert_eq!(answers[1], Appended::Conflict { stream: own.clone(), version: 3 });
    }
}

#[tokio::test]
async fn civil_time_neither_jumps_nor_goes_back() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let stream = case();
        let off = Appended::ClockOff { offset_ms: 0 };
        assert_eq!(Draft::new(&stream, 0).at(later(60)).append(&ledger).await, off);
        assert_eq!(Draft::new(&stream, 0).at(later(-60)).append(&ledger).await, off);
        let ahead = later(3);
        position(&Draft::new(&stream, 0).at(ahead).append(&ledger).await);
        assert_eq!(Draft::new(&stream, 1).at(later(1)).append(&ledger).await, off, "before the stream's last");
        position(&Draft::new(&stream, 1).at(ahead).append(&ledger).await);
        position(&Draft::new(&case(), 0).at(later(-2)).append(&ledger).await);
        ledger.close().await;
        let again = place.open().await;
        assert_eq!(Draft::new(&stream, 2).at(later(-1)).append(&again).await, off);
    }
}

#[tokio::test]
async fn what_is_too_long_is_refused_and_the_limit_is_exact() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let sized = |bytes: usize| {
        let (service, mut append) = Draft::new(&case(), 0).build();
        let act = append.act.get().replace("\"rules\":1", &format!("\"rules\":1,\"x\":\"{}\"", "x".repeat(bytes)));
        append.act = RawValue::from_string(act).unwrap();
        vec![(service, append)]
    };
    let Appended::TooLarge { bytes } = ledger.append(sized(MAX_ENTRY_BYTES)).await.unwrap().remove(0) else { panic!() };
    // Timestamps drop trailing zeros of their milliseconds, so the envelope's length varies by a few bytes.
    let over = bytes - MAX_ENTRY_BYTES;
    position(&ledger.append(sized(MAX_ENTRY_BYTES - over - 8)).await.unwrap()[0]);
    assert!(matches!(ledger.append(sized(MAX_ENTRY_BYTES - over + 9)).await.unwrap()[0], Appended::TooLarge { .. }));

    let (service, mut append) = Draft::new(&internal(&case()), 0).build();
    append.act = RawValue::from_string(format!("{{\"x\":\"{}\"}}", "x".repeat(MAX_ENTRY_BYTES))).unwrap();
    assert!(matches!(ledger.append(vec![(service, append)]).await.unwrap()[0], Appended::Refused { .. }), "no act at all");
}

#[tokio::test]
async fn a_sealed_act_has_the_same_limit() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let draft = Draft::new(&internal(&case()), 0);
    let mut act = draft.act();
    act.proof = Some(Proof { jws: "x".repeat(MAX_ENTRY_BYTES) });
    let (service, mut append) = draft.build();
    append.act = RawValue::from_string(serde_json::to_string(&act).unwrap()).unwrap();
    assert!(matches!(ledger.append(vec![(service, append)]).await.unwrap()[0], Appended::TooLarge { .. }));
}

#[tokio::test]
async fn each_service_writes_its_own_family_and_only_the_ledger_the_calendar() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let refused = |appended: &Appended| matches!(appended, Appended::Refused { .. });
    let (_, append) = Draft::new(&case(), 0).build();
    assert!(refused(&ledger.append(vec![(Service::Signing, append)]).await.unwrap()[0]));
    let (_, append) = Draft::calendar(0, later(3600)).build();
    assert!(refused(&ledger.append(vec![(Service::Registry, append)]).await.unwrap()[0]));
    let (_, append) = Draft::new(&case(), 0).build();
    assert!(refused(&ledger.append(vec![(Service::Ledger, append)]).await.unwrap()[0]));
    let mut nothing = Draft::new(&case(), 0);
    nothing.events = Vec::<Event>::new();
    assert!(refused(&nothing.append(&ledger).await));

    let (service, mut append) = Draft::new(&case(), 0).build();
    let (salt, text) = (Digest([1; 32]), "said".to_owned());
    append.held = vec![Held { commitment: Digest::of(b"another"), salt, text, disclosure: Disclosure::Parties }];
    assert!(refused(&ledger.append(vec![(service, append)]).await.unwrap()[0]));
    assert!(all(&ledger).await.is_empty());
}

#[tokio::test]
async fn one_refusal_takes_no_other_append_with_it() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let (a, b) = (case(), case());
        let batch =
            vec![Draft::new(&a, 5).build(), Draft::new(&b, 0).build(), Draft::new(&a, 0).at(later(60)).build(), Draft::new(&a, 0).build()];
        let answers = ledger.append(batch).await.unwrap();
        assert_eq!((position(&answers[1]), position(&answers[3])), (0, 1));
        assert!(matches!(answers[0], Appended::Conflict { .. }) && matches!(answers[2], Appended::ClockOff { .. }));
        assert_eq!(ledger.append(Vec::new()).await.unwrap(), []);
        assert_eq!(invariants(&ledger).await.len(), 2);
    }
}
