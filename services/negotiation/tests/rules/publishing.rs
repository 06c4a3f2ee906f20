use std::collections::BTreeSet;

use proto::approvals;
use proto::digest::Digest;
use proto::negotiation::{Command, Event, PublicPart, Refusal};

use crate::freezing::frozen;
use crate::table::{PARTIES, Table, id};

fn parts(parts: &[PublicPart]) -> BTreeSet<PublicPart> {
    parts.iter().copied().collect()
}

fn publish(agreement: Digest, of: &[PublicPart]) -> Command {
    Command::PublishAgreement { agreement, parts: parts(of) }
}

const ALL: &[PublicPart] = &[PublicPart::Terms, PublicPart::Wording];

/// The four parties' agreement is in force.
fn in_force() -> (Table, Digest) {
    let (mut table, agreement) = frozen();
    table.happened(&[approvals::Event::EnteredIntoForce { agreement, on: id("2000-04-18") }.into()]);
    (table, agreement)
}

#[test]
fn only_an_agreement_in_force_is_made_public_and_only_by_its_parties() {
    let (mut table, agreement) = frozen();
    table.refused("seoul", publish(agreement, ALL), &Refusal::NotInForce);
    let (mut table, agreement) = in_force();
    table.refused("seoul", publish(Digest::of(b"other"), ALL), &Refusal::OtherAgreement);
    table.denied("bucheon", publish(agreement, ALL), "access.no_such_case");
    assert_eq!(negotiation::public(&table.state()), None);
}

#[test]
fn public_is_what_every_party_has_named_once_all_have() {
    let (mut table, agreement) = in_force();
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        let said = Event::PublicationAgreed { by: id(party), agreement, parts: parts(ALL) };
        assert_eq!(table.done(party, publish(agreement, ALL)), [said]);
        assert_eq!(negotiation::public(&table.state()), None, "not before all have");
    }
    let last = table.done("seoul", publish(agreement, &[PublicPart::Terms]));
    let published = Event::AgreementPublished { agreement, parts: parts(&[PublicPart::Terms]) };
    assert_eq!(last.last(), Some(&published));

    let public = negotiation::public(&table.state()).unwrap();
    assert_eq!(public.parties.iter().map(ToString::to_string).collect::<Vec<_>>(), PARTIES);
    assert_eq!((public.agreement, public.in_force), (agreement, id("2000-04-18")));
    assert_eq!(Digest::of_json(&public.frozen).unwrap(), agreement, "everyone can make the digest again");
    assert!(!public.terms.is_empty() && public.clauses.is_empty() && public.text.is_none(), "{public:?}");
}

#[test]
fn what_is_public_becomes_more_and_never_less() {
    let (mut table, agreement) = in_force();
    for party in PARTIES {
        table.done(party, publish(agreement, &[PublicPart::Terms]));
    }
    table.refused("seoul", publish(agreement, &[]), &Refusal::AlreadyPublic);
    table.refused("seoul", publish(agreement, &[PublicPart::Terms]), &Refusal::SamePublication);
    for party in PARTIES {
        assert!(negotiation::public(&table.state()).unwrap().text.is_none(), "until all have named it");
        table.done(party, publish(agreement, ALL));
    }
    let public = negotiation::public(&table.state()).unwrap();
    assert_eq!(Digest::of_json(&public.text.unwrap()).unwrap(), public.frozen.text, "the whole text is the one that was frozen");
}

#[test]
fn before_all_have_spoken_a_party_can_say_it_otherwise() {
    let (mut table, agreement) = in_force();
    table.done("seoul", publish(agreement, ALL));
    table.done("seoul", publish(agreement, &[]));
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        table.done(party, publish(agreement, ALL));
    }
    assert_eq!(negotiation::public(&table.state()).unwrap().parts, parts(&[]));
}
