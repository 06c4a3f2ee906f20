//! What is right is found right, and said so.

use interlocal::verify::{self, Counts, Language, Options, Tables, Trust, Verdict, fingerprint};
use proto::stream::Stream;

use crate::ledger::{SEED, key, text};
use crate::{play, trust};

#[track_caller]
fn counts(bundle: &proto::bundle::Bundle) -> Counts {
    let options = Options { trust: Some(&trust()), recompute: Some(&Tables::default()), stop: None };
    let report = verify::bundle(text(bundle).as_bytes(), options);
    assert_eq!(report.verdict, Verdict::Verified, "{}", report.say(Language::English));
    assert_eq!(report.case, Some(bundle.case));
    report.counts
}

#[test]
fn for_an_outsider_decisions_on_sealed_streams_are_attested() {
    let counts = counts(&play::small().bundle(|_| false));
    // Both mandates are sealed; joining, offering and accepting rest on them.
    assert_eq!((counts.replayed, counts.attested, counts.sealed), (9, 3, 2));
    assert_eq!((counts.unasked, counts.reactions), (6, 0), "two bodies with two officials each");
}

#[test]
fn a_party_replays_what_rests_on_its_own_mandate() {
    let own = counts(&play::small().bundle(|stream| *stream == Stream::Mandates("elm".parse().unwrap())));
    assert_eq!((own.replayed, own.attested, own.sealed), (12, 1, 1));
    let all = counts(&play::small().bundle(|_| true));
    assert_eq!((all.replayed, all.attested, all.sealed), (14, 0, 0));
}

#[test]
fn a_case_that_went_all_the_way_verifies_with_its_agreement() {
    let ledger = play::full();
    let phase = &ledger.case_state(proto::actor::Service::Signing)["standing"]["phase"];
    assert_eq!(phase, "in_force");
    for open in [false, true] {
        let bundle = ledger.bundle(|_| open);
        let agreed = bundle.agreement.clone().unwrap();
        assert!(agreed.text_en.contains("ash council") && agreed.text_ko.contains("ash 의회"), "{}", agreed.text_en);
        let counts = counts(&bundle);
        assert_eq!((counts.signatures, counts.in_doubt, counts.calendar), (2, 1, 1));
        assert_eq!(counts.computations, counts.recomputed);
        // Where a key was used in another case is in its owner's stream, and why is not in this bundle.
        assert!(counts.attested > 0);
        assert_eq!(counts.sealed == 0, open);
        assert_eq!(counts.withheld, 0);
    }
}

#[test]
fn without_trust_the_origin_is_unproven() {
    let bundle = text(&play::tiny().bundle(|_| false));
    let report = verify::bundle(bundle.as_bytes(), None);
    assert_eq!((report.verdict, report.verdict.exit_status()), (Verdict::ConsistentOriginUnproven, 3));
    assert!(!report.holds());
}

#[test]
fn a_fingerprint_is_trust_enough() {
    let bundle = text(&play::tiny().bundle(|_| false));
    let mine = Trust::of(&fingerprint(&key(&SEED)).to_string()).unwrap();
    assert!(verify::bundle(bundle.as_bytes(), Some(&mine)).holds());
    let other = Trust::Fingerprint(fingerprint("another"));
    assert_eq!(verify::bundle(bundle.as_bytes(), Some(&other)).verdict.exit_status(), 1);
}

#[test]
fn a_withheld_remark_is_no_fault() {
    let ledger = play::full();
    let mut bundle = ledger.bundle(|_| false);
    let given = bundle.remarks.len() as u64;
    bundle.remarks.pop_first();
    let counts = counts(&bundle);
    assert_eq!((counts.remarks, counts.withheld), (given - 1, 1));
}

#[test]
fn a_report_speaks_both_languages() {
    let report = verify::bundle(text(&play::full().bundle(|_| false)).as_bytes(), Some(&trust()));
    assert!(report.say(Language::English).starts_with("VERIFIED: "));
    assert!(report.say(Language::English).contains("a demonstration"));
    assert!(report.say(Language::Korean).starts_with("검증됨: "));
    assert!(report.say(Language::Korean).contains("시연용 원장"));
}
