//! `interlocal verify`: what is right is found right, and whatever is wrong is found, named, and placed.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that is wrong may panic, also in its helpers")]

mod chain;
mod files;
mod flips;
mod forged;
mod ledger;
mod play;
mod right;
mod secrets;
mod services;
mod whole;

use interlocal::verify::{self, Fault, Language, Place, Problem, Trust, TrustFile, Verdict};
use ledger::{ORIGIN, SEED, key, text};
use proto::bundle::Bundle;

/// The ledger's key, as it is known from elsewhere.
fn trust() -> Trust {
    Trust::Key(TrustFile { origin: ORIGIN.to_owned(), key: key(&SEED) })
}

/// What is wrong with a bundle.
#[track_caller]
fn wrong(bundle: &Bundle) -> Problem {
    let report = verify::bundle(text(bundle).as_bytes(), Some(&trust()));
    assert_eq!(report.verdict, Verdict::Wrong, "{}", report.say(Language::English));
    report.problem.unwrap()
}

/// That a bundle is wrong in this way.
#[track_caller]
fn finds(bundle: &Bundle, fault: &Fault) {
    assert_eq!(wrong(bundle).fault, *fault);
}

/// The position that a problem is placed at.
#[track_caller]
fn position(problem: &Problem) -> u64 {
    match &problem.place {
        Place::Entry { position, .. } => *position,
        other => panic!("not at an entry: {other}"),
    }
}
