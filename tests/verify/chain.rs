//! Entries taken out, put in, put elsewhere; chains, clocks and signatures that do not fit.

use interlocal::verify::{self, Fault, Language, Part, Place, Verdict};
use jiff::SignedDuration;
use proto::bundle::Bundle;
use proto::digest::Digest;
use proto::entry::{Body, Entry};
use proto::stream::Stream;

use crate::ledger::{Ledger, SEED, sign, text};
use crate::{finds, play, position, trust, wrong};

fn entry(bundle: &Bundle, nth: usize) -> Entry {
    serde_json::from_str(&bundle.entries[nth].entry).unwrap()
}

/// Places of a stream's entries in the bundle.
fn of(bundle: &Bundle, stream: &Stream) -> Vec<usize> {
    (0..bundle.entries.len()).filter(|nth| entry(bundle, *nth).stream == *stream).collect()
}

type Forge = fn(&mut Entry, SignedDuration);

fn case_stream() -> Stream {
    Stream::Case(play::case())
}

fn signed_off(ledger: &Ledger, forge: impl FnMut(&mut Entry)) -> Bundle {
    ledger.finish(ledger.write_as(forge).bundle(ledger.case, |_| false))
}

#[test]
fn an_entry_taken_out_leaves_a_gap() {
    let bundle = play::small().bundle(|_| false);
    for nth in 0..bundle.entries.len() {
        let mut less = bundle.clone();
        let gone = entry(&bundle, nth);
        less.entries.remove(nth);
        let last = of(&bundle, &gone.stream).last() == Some(&nth);
        let alone = of(&bundle, &gone.stream).len() == 1;
        match wrong(&less).fault {
            Fault::OtherVersion { expected } => assert!(!last && expected == gone.version),
            Fault::OtherReads { stream, .. } => assert_eq!(stream, gone.stream),
            Fault::OtherTips { signed } => assert!(last && signed.starts_with(&gone.stream.to_string())),
            Fault::Refused { .. } => assert!(alone, "{nth}"),
            other => panic!("{nth}: {other:?}"),
        }
    }
}

#[test]
fn the_end_of_a_stream_cannot_be_left_out() {
    let mut bundle = play::small().bundle(|_| false);
    let last = *of(&bundle, &case_stream()).last().unwrap();
    bundle.entries.truncate(last);
    let line = format!("{} 6 {}", case_stream(), Digest::of(text(&entry(&play::small().bundle(|_| false), last)).as_bytes()));
    finds(&bundle, &Fault::OtherTips { signed: line });
}

#[test]
fn a_stream_that_decisions_looked_at_must_be_there() {
    let bundle = play::full().bundle(|_| false);
    for stream in ["official/ash-delegate", "government/elm", "government/ash/mandates", "calendar"] {
        let stream: Stream = stream.parse().unwrap();
        let mut less = bundle.clone();
        less.entries.retain(|proved| serde_json::from_str::<Entry>(&proved.entry).unwrap().stream != stream);
        match wrong(&less).fault {
            Fault::OtherReads { stream: missing, was: 0, .. } => assert_eq!(missing, stream),
            Fault::OffClock { .. } => assert_eq!(stream, Stream::Calendar),
            other => panic!("{stream}: {other:?}"),
        }
    }
    let mut nothing = bundle.clone();
    nothing.entries.retain(|proved| serde_json::from_str::<Entry>(&proved.entry).unwrap().stream != case_stream());
    assert!(matches!(wrong(&nothing).fault, Fault::CauseMissing { .. } | Fault::NoSuchCase { .. } | Fault::OtherReads { .. }));
}

#[test]
fn entries_from_elsewhere_do_not_belong_here() {
    let ledger = play::full();
    let bundle = ledger.bundle(|_| false);
    let elsewhere = ledger.write().bundle(play::other_case(), |_| false);
    let foreign = Stream::Internal(play::other_case(), "ash".parse().unwrap());
    let mut more = bundle;
    more.entries.extend(of(&elsewhere, &foreign).into_iter().map(|nth| elsewhere.entries[nth].clone()));
    more.entries.sort_by_key(|proved| serde_json::from_str::<Entry>(&proved.entry).unwrap().position);
    assert!(matches!(wrong(&more).fault, Fault::OtherTips { .. }));
}

#[test]
fn entries_come_once_and_in_order() {
    let bundle = play::small().bundle(|_| false);
    let mut swapped = bundle.clone();
    swapped.entries.swap(9, 10);
    assert!(matches!(wrong(&swapped).fault, Fault::OtherVersion { .. } | Fault::OutOfPlace { .. }));
    let mut doubled = bundle.clone();
    doubled.entries.insert(5, bundle.entries[4].clone());
    finds(&doubled, &Fault::OutOfPlace { expected: entry(&bundle, 4).position + 1 });
}

#[test]
fn a_proof_is_of_one_entry_in_one_tree() {
    let bundle = play::small().bundle(|_| false);
    let ways: [fn(&mut Bundle); 5] = [
        |b| b.entries[3].proof.clear(),
        |b| _ = b.entries[3].proof.pop(),
        |b| b.entries[3].proof.push(Digest([0; 32])),
        |b| b.entries[3].proof.reverse(),
        |b| b.entries[3].proof = b.entries[2].proof.clone(),
    ];
    for way in ways {
        let mut damaged = bundle.clone();
        way(&mut damaged);
        let problem = wrong(&damaged);
        assert_eq!((position(&problem), problem.fault), (entry(&bundle, 3).position, Fault::NotInTree));
    }
}

#[test]
fn a_bundle_made_under_another_key_is_consistent_and_not_trusted() {
    let forged = play::small().signed_with(8).bundle(|_| false);
    assert!(matches!(wrong(&forged).fault, Fault::OtherKey { .. }));
    assert_eq!(verify::bundle(text(&forged).as_bytes(), None).verdict, Verdict::ConsistentOriginUnproven);
    // The trusted key put in its place did not sign.
    let dressed_up = Bundle { key: play::small().bundle(|_| false).key, ..forged };
    assert_eq!(wrong(&dressed_up).place, Place::Field("checkpoint"));
}

#[test]
fn notes_bear_one_signature_and_say_what_is_here() {
    let bundle = play::small().bundle(|_| false);
    let other = play::tiny().bundle(|_| false);
    for (field, damaged) in [
        ("checkpoint", Bundle { checkpoint: bundle.tips.clone(), ..bundle.clone() }),
        ("tips", Bundle { tips: bundle.checkpoint.clone(), ..bundle.clone() }),
        ("tips", Bundle { tips: sign(&[8; 32], b"interlocal tips 1\n"), ..bundle.clone() }),
        ("tips", Bundle { tips: sign(&SEED, b"interlocal tips 1\n"), ..bundle.clone() }),
        ("checkpoint", Bundle { checkpoint: format!("{}\u{2014} witness.example AAAAAAAA\n", bundle.checkpoint), ..bundle.clone() }),
        ("size", Bundle { checkpoint: other.checkpoint, ..bundle.clone() }),
        ("size", Bundle { size: 15, ..bundle.clone() }),
        ("key", Bundle { key: "interlocal.example/test+00000000+AQ==".into(), ..bundle.clone() }),
        ("format", Bundle { format: "interlocal bundle 2".into(), ..bundle.clone() }),
        ("case", Bundle { case: play::other_case(), ..bundle.clone() }),
    ] {
        assert_eq!(wrong(&damaged).place, Place::Field(field));
    }
}

#[test]
fn headers_must_follow_from_each_other_whoever_signed_them() {
    let ledger = play::small();
    let hour = SignedDuration::from_hours(1);
    let first_of_case = entry(&ledger.bundle(|_| false), 8);
    assert_eq!((first_of_case.version, &first_of_case.stream), (1, &case_stream()));
    let before = entry(&ledger.bundle(|_| false), 9);
    let forgeries: [(Forge, Fault); 7] = [
        (|e, _| e.version = 3, Fault::OtherVersion { expected: 2 }),
        (|e, _| e.prev = None, Fault::BrokenChain),
        (|e, _| e.prev = Some(Digest([1; 32])), Fault::BrokenChain),
        (|e, _| e.body = Body::Sealed(Digest([1; 32])), Fault::WrongBody),
        (|e, _| e.position = 12, Fault::NotInTree),
        (|e, hour| e.at = e.at.checked_add(hour).unwrap(), Fault::OffClock { civil: before.recorded_at }),
        (|e, _| e.at = e.at.checked_sub(SignedDuration::from_secs(3)).unwrap(), Fault::TimeBackward { last: first_of_case.at }),
    ];
    for (forge, fault) in forgeries {
        let forged = signed_off(&ledger, |entry| {
            if entry.position == before.position {
                forge(entry, hour);
            }
        });
        finds(&forged, &fault);
    }
    let opens_late = signed_off(&ledger, |entry| {
        if entry.position == first_of_case.position {
            entry.version = 2;
        }
    });
    finds(&opens_late, &Fault::OtherVersion { expected: 1 });
    let follows_nothing = signed_off(&ledger, |entry| {
        if entry.position == first_of_case.position {
            entry.prev = Some(Digest([1; 32]));
        }
    });
    finds(&follows_nothing, &Fault::BrokenChain);
}

#[test]
fn a_clock_put_right_is_told_and_is_no_fault() {
    let second = SignedDuration::from_secs(2);
    let back = signed_off(&play::small(), |entry| {
        if entry.position == 10 {
            entry.recorded_at = entry.recorded_at.checked_sub(second).unwrap();
        }
    });
    let report = verify::bundle(text(&back).as_bytes(), Some(&trust()));
    assert_eq!((report.problem, report.counts.clock_back), (None, 1));
}

#[test]
fn a_command_is_recorded_once() {
    let mut ledger = play::small();
    let offered = ledger.find("negotiation.offer_tabled");
    ledger.drafts[offered].act.command_id = ledger.drafts[offered - 1].act.command_id;
    let problem = wrong(&ledger.bundle(|_| false));
    assert_eq!((position(&problem), problem.fault), (offered as u64, Fault::CommandTwice));
}

#[test]
fn the_agreement_is_the_one_that_the_entries_make() {
    let bundle = play::full().bundle(|_| false);
    let agreed = bundle.agreement.clone().unwrap();
    let mut altered = [agreed.clone(), agreed.clone(), agreed];
    altered[0].document["text"]["title"]["en"] = "Other works".into();
    altered[1].text_en.push(' ');
    altered[2].text_ko = altered[2].text_ko.replace("350", "351");
    for (agreed, (field, part)) in altered.into_iter().zip([
        ("agreement.document", Part::Document),
        ("agreement.text_en", Part::Text),
        ("agreement.text_ko", Part::Text),
    ]) {
        let problem = wrong(&Bundle { agreement: Some(agreed), ..bundle.clone() });
        assert_eq!((problem.place, problem.fault), (Place::Field(field), Fault::Differs { part }));
    }
    assert_eq!(wrong(&Bundle { agreement: None, ..bundle.clone() }).place, Place::Field("agreement.document"));
    let unfrozen = Bundle { agreement: bundle.agreement, ..play::small().bundle(|_| false) };
    assert_eq!(wrong(&unfrozen).place, Place::Field("agreement.document"));
}

#[test]
fn a_problem_says_where_and_what_in_both_languages() {
    let mut bundle = play::small().bundle(|_| false);
    bundle.entries[3].proof.clear();
    let report = verify::bundle(text(&bundle).as_bytes(), Some(&trust()));
    assert_eq!(report.verdict.exit_status(), 1);
    assert!(
        report.say(Language::English).contains("first thing wrong: position 3 (government/elm #1): not in the tree"),
        "{}",
        report.say(Language::English)
    );
    assert!(report.say(Language::Korean).contains("처음으로 어긋난 것: 위치 3 (government/elm #1): "), "{}", report.say(Language::Korean));
}
