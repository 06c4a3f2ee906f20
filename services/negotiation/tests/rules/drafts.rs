use proto::negotiation::{Command, Event, Package, Refusal};
use proto::stream::Stream;

use crate::table::{Table, case, id, package, share};

fn draft(name: &str, package: Package) -> Command {
    Command::DraftOffer { draft: name.into(), package }
}

fn half() -> Package {
    package(&[("share", share("50"))])
}

#[test]
fn a_draft_stays_with_its_authors_government() {
    let mut table = Table::free();
    table.ceiling("seoul", "share", "10");
    let before = table.state();
    assert_eq!(table.done("seoul", draft("first", half())), [Event::OfferDrafted { draft: "first".into(), package: half() }]);
    assert_eq!(table.state(), before, "the case knows nothing of it");
    let own = Stream::Internal(case(), id("seoul"));
    assert!(own.is_sealed());
    assert_eq!(table.fold(&own).drafts["first"], half());
}

#[test]
fn a_draft_of_the_same_name_takes_its_place_and_may_rest_on_a_private_run() {
    let mut table = Table::free();
    table.done("seoul", draft("first", half()));
    let private = Package { allocation: Some(proto::digest::Digest::of(b"private")), ..Package::default() };
    table.done("seoul", draft("first", private.clone()));
    assert_eq!(table.fold(&Stream::Internal(case(), id("seoul"))).drafts["first"], private);
}

#[test]
fn a_draft_has_a_name_and_speaks_of_what_the_case_knows() {
    let mut table = Table::free();
    table.refused("seoul", draft(" ", half()), &Refusal::Empty { field: "draft".into() });
    table.refused("seoul", draft("x", package(&[("weather", share("1"))])), &Refusal::UnknownTerm { term: id("weather") });
    table.refused("seoul", draft("x", package(&[("share", share("101"))])), &Refusal::WrongKind { term: id("share") });
}

#[test]
fn only_parties_draft() {
    let mut table = Table::free();
    table.denied("bucheon", draft("x", half()), "access.no_such_case");
    table.done("guro", Command::Leave { why: None });
    table.denied("guro", draft("x", half()), "access.not_a_party");
    Table::registered().denied("seoul", draft("x", half()), "access.no_such_case");
}
