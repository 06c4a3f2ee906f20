//! One byte changed, anywhere.

use interlocal::verify::{self, Language, Verdict};
use proto::digest::Digest;

use crate::ledger::text;
use crate::play;

/// Without trust, so that nothing is found only because of the key.
fn is_caught(bundle: &[u8], at: usize, mask: u8) -> bool {
    let mut altered = bundle.to_vec();
    altered[at] ^= mask;
    verify::bundle(&altered, None).verdict == Verdict::Wrong
}

#[track_caller]
fn all_caught(bundle: &[u8], flips: &[(usize, u8)]) {
    let intact = verify::bundle(bundle, None);
    assert_eq!(intact.verdict, Verdict::ConsistentOriginUnproven, "{}", intact.say(Language::English));
    let halves = flips.split_at(flips.len() / 2);
    std::thread::scope(|scope| {
        for half in [halves.0, halves.1] {
            scope.spawn(move || {
                for (at, mask) in half {
                    assert!(is_caught(bundle, *at, *mask), "byte {at} xor {mask:#x} was not caught");
                }
            });
        }
    });
}

#[test]
fn every_byte_of_a_small_bundle_counts() {
    let bundle = text(&play::tiny().bundle(|_| true)).into_bytes();
    let flips: Vec<(usize, u8)> = (0..bundle.len()).flat_map(|at| [(at, 0x01), (at, 0x20)]).collect();
    all_caught(&bundle, &flips);
}

#[test]
fn so_do_random_bytes_of_a_bundle_with_everything_in_it() {
    let bundle = text(&play::full().bundle(|_| true)).into_bytes();
    for seed in [[1; 32], runtime::clock::random32()] {
        println!("seed {}", Digest(seed));
        let random = |nth: u64| u64::from_be_bytes(Digest::of_parts(&[&seed, &nth.to_be_bytes()]).0[..8].try_into().unwrap());
        let flips: Vec<(usize, u8)> =
            (0..1_000).map(|nth| (usize::try_from(random(nth)).unwrap() % bundle.len(), 1 << (nth % 8))).collect();
        all_caught(&bundle, &flips);
    }
}

#[test]
fn a_bundle_cut_short_or_with_something_behind_it_is_none() {
    let bundle = text(&play::tiny().bundle(|_| true));
    for other in ["", &bundle[..bundle.len() - 1], &bundle[1..], &format!("{bundle}\n"), &format!("{bundle}{bundle}")] {
        assert_eq!(verify::bundle(other.as_bytes(), None).verdict, Verdict::Wrong);
    }
    assert_eq!(verify::bundle(&[0xff, 0xfe], None).verdict, Verdict::Wrong);
}
