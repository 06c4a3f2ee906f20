//! A finding is settled when every party has recorded why it may stay.

use proto::authority::{Command as C, Issue, Power, Refusal as R};
use proto::digest::Digest;
use proto::remark::Remark;

use crate::table::{Table, allow, finding, id, open, row, set, sound};

const GAP: Issue = Issue::Gap { power: Power::Operate };

/// Nobody operates.
fn table() -> Table {
    let mut table = Table::new();
    table.does("seoul", set("ash", row(&[("gwangmyeong", &[Power::Decide]), ("seoul", &[Power::Fund])], &[])));
    table
}

fn settled() -> Table {
    let mut table = table();
    table.does("seoul", allow("ash", GAP));
    table.does("gwangmyeong", allow("ash", GAP));
    table
}

#[test]
fn a_finding_stays_open_until_all_parties_have_allowed_it() {
    let mut table = table();
    assert_eq!(open(&table.does("seoul", allow("ash", GAP))), [GAP]);
    assert_eq!(open(&table.does("gwangmyeong", allow("ash", GAP))), []);
    let found = &table.state().findings[0];
    assert!(!found.open);
    assert_eq!(found.allowed.keys().map(ToString::to_string).collect::<Vec<_>>(), ["gwangmyeong", "seoul"]);
}

#[test]
fn a_party_allows_once_and_only_what_is_there() {
    let mut table = table();
    table.does("seoul", allow("ash", GAP));
    assert_eq!(table.asks("seoul-delegate", allow("ash", GAP)), Err(R::AlreadyAllowed.into()));
    let other = Issue::Gap { power: Power::Decide };
    assert_eq!(table.asks("seoul-delegate", allow("ash", other)), Err(R::NoSuchFinding.into()));
    assert_eq!(table.asks("seoul-delegate", allow("sewage", GAP)), Err(R::UnknownFunction { function: id("sewage") }.into()));
}

#[test]
fn a_reason_is_given_as_a_text_and_recorded_as_a_commitment() {
    let mut table = table();
    let with = |why| C::AllowFinding { finding: finding("ash", GAP), why };
    let none = Remark { remark: None, ..Remark::text("") };
    for blank in [Remark::text(" "), none.clone()] {
        assert_eq!(table.asks("seoul-delegate", with(blank)), Err(R::Empty { field: "why".into() }.into()));
    }
    table.does("seoul", with(Remark { remark_commitment: Some(Digest::of(b"salted")), ..none }));
}

#[test]
fn an_allowance_outlives_changes_that_leave_the_finding_and_no_others() {
    let mut table = settled();
    let elsewhere = set("ash", row(&[("gwangmyeong", &[Power::Decide]), ("seoul", &[Power::Fund, Power::BeConsulted])], &[]));
    assert_eq!(open(&table.does("seoul", elsewhere)), [], "still nobody operates, and still all allow it");
    table.does("seoul", set("ash", sound()));
    let back = table.does("seoul", set("ash", row(&[("gwangmyeong", &[Power::Decide]), ("seoul", &[Power::Fund])], &[])));
    assert_eq!(open(&back), [GAP], "the gap had been closed: the old reasons are gone");
}

#[test]
fn another_pair_that_overlaps_is_another_finding() {
    let mut table = Table::new();
    table.joins("guro");
    let both = |other| row(&[("seoul", &[Power::Decide, Power::Fund, Power::Operate]), (other, &[Power::Decide])], &[]);
    table.does("seoul", set("ash", both("guro")));
    let overlap = Issue::Overlap { power: Power::Decide, holders: [id("guro"), id("seoul")].into() };
    for party in ["seoul", "guro", "gwangmyeong"] {
        table.does(party, allow("ash", overlap.clone()));
    }
    let changed = table.does("seoul", set("ash", both("gwangmyeong")));
    assert_eq!(open(&changed), [Issue::Overlap { power: Power::Decide, holders: [id("gwangmyeong"), id("seoul")].into() }]);
}

#[test]
fn a_row_taken_out_takes_its_findings_and_allowances_along() {
    let mut table = settled();
    table.does("seoul", C::RemoveFunction { function: id("ash") });
    assert_eq!(table.state().findings, []);
    let again = table.does("seoul", set("ash", row(&[("gwangmyeong", &[Power::Decide]), ("seoul", &[Power::Fund])], &[])));
    assert_eq!(open(&again), [GAP]);
}
