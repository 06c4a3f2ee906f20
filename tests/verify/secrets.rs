//! What is sealed, and what is opened of it.

use interlocal::verify::{self, Fault, Place};
use proto::bundle::Opened;
use proto::digest::Digest;
use proto::stream::Stream;

use crate::ledger::text;
use crate::{play, wrong};

#[test]
fn a_remark_fits_its_commitment_and_is_referred_to() {
    let bundle = play::full().bundle(|_| false);
    let (commitment, remark) = bundle.remarks.first_key_value().unwrap();
    let mut altered = bundle.clone();
    altered.remarks.insert(*commitment, Opened { text: format!("{} indeed", remark.text), ..remark.clone() });
    let problem = wrong(&altered);
    assert_eq!((problem.place, problem.fault), (Place::Commitment(*commitment), Fault::OtherCommitment));
    let mut salted = bundle.clone();
    salted.remarks.insert(*commitment, Opened { salt: Digest([0; 32]), ..remark.clone() });
    assert_eq!(wrong(&salted).fault, Fault::OtherCommitment);
    let stray = Opened { salt: Digest([0; 32]), text: "said elsewhere".into() };
    let mut more = bundle.clone();
    more.remarks.insert(stray.commitment(), stray.clone());
    let problem = wrong(&more);
    assert_eq!((problem.place, problem.fault), (Place::Commitment(stray.commitment()), Fault::NotReferred));
}

#[test]
fn what_is_opened_fits_its_commitment_and_is_referred_to() {
    let bundle = play::small().bundle(|_| true);
    let (commitment, opened) = bundle.opened.first_key_value().unwrap();
    let mut altered = bundle.clone();
    altered.opened.insert(*commitment, Opened { text: opened.text.replace("700", "900"), ..opened.clone() });
    assert_eq!(wrong(&altered).fault, Fault::OtherCommitment);
    let mut more = bundle.clone();
    more.opened.insert(Digest([4; 32]), opened.clone());
    let problem = wrong(&more);
    assert_eq!((problem.place, problem.fault), (Place::Commitment(Digest([4; 32])), Fault::NotReferred));
}

#[test]
fn a_stream_opened_in_part_is_replayed_as_far_as_nothing_is_hidden() {
    let ledger = play::full();
    let stream = Stream::Caucus(play::case(), "ash".parse().unwrap());
    let whole = ledger.bundle(|_| true);
    let total = verify::bundle(text(&whole).as_bytes(), None).counts;
    let sealed: Vec<Digest> = ledger.write().opened.into_iter().filter(|(c, _)| whole.opened.contains_key(c)).map(|(c, _)| c).collect();
    let first = sealed.into_iter().find(|commitment| {
        let first_note = whole.entries.iter().find(|proved| proved.entry.contains(&format!("\"stream\":\"{stream}\""))).unwrap();
        first_note.entry.contains(&commitment.to_string())
    });
    let mut part = whole.clone();
    part.opened.remove(&first.unwrap());
    let counts = verify::bundle(text(&part).as_bytes(), None).counts;
    let in_stream = whole.entries.iter().filter(|proved| proved.entry.contains(&format!("\"stream\":\"{stream}\""))).count() as u64;
    assert_eq!(counts.sealed, in_stream);
    assert!(counts.attested > total.attested, "what was decided on the caucus is attested now");
    assert_eq!(counts.replayed + counts.attested + counts.sealed, whole.entries.len() as u64);
}

#[test]
fn nothing_sealed_stands_in_an_outsiders_bundle() {
    let bundle = text(&play::full().bundle(|_| false));
    for secret in ["we could pay 40", "minute 12", "\"ceiling\"", "\"first\""] {
        assert!(!bundle.contains(secret), "{secret}");
    }
}
