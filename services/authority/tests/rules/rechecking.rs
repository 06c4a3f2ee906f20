//! When someone joins or leaves, the service looks again by itself.

use proto::access::{Asker, Denial};
use proto::actor::Service;
use proto::authority::{Command as C, Event as E, Issue, Power, Refusal as R};

use crate::table::{Table, allow, finding, id, open, row, set, sound};

const SERVICE: Asker = Asker::Service(Service::Authority);
const GAP: Issue = Issue::Gap { power: Power::Operate };

#[test]
fn a_holder_who_leaves_is_a_finding_until_back() {
    let mut table = Table::new();
    table.does("seoul", set("ash", sound()));
    let issue = Issue::HolderIsNoParty { holder: id("seoul") };
    assert_eq!(table.leaves("seoul"), [E::Rechecked { open: vec![finding("ash", issue)] }]);
    assert_eq!(table.joins("seoul"), [E::Rechecked { open: vec![] }]);
}

#[test]
fn someone_affected_who_joins_is_heard() {
    let mut table = Table::new();
    let mut row = sound();
    row.affected.insert(id("guro"));
    assert_eq!(open(&table.does("seoul", set("ash", row))), [Issue::Unheard { government: id("guro") }]);
    assert_eq!(table.joins("guro"), [E::Rechecked { open: vec![] }]);
}

#[test]
fn whoever_joins_later_has_not_allowed_and_whoever_leaves_does_not_count() {
    let mut table = Table::new();
    table.does("gwangmyeong", set("ash", row(&[("gwangmyeong", &[Power::Decide, Power::Fund])], &[])));
    table.does("gwangmyeong", allow("ash", GAP));
    table.does("seoul", allow("ash", GAP));
    let reopened = [E::Rechecked { open: vec![finding("ash", GAP)] }];
    assert_eq!(table.joins("guro"), reopened);
    assert_eq!(table.leaves("guro"), [E::Rechecked { open: vec![] }]);
    assert_eq!(table.leaves("seoul"), [], "gwangmyeong has allowed it, and is all there is");
    assert_eq!(table.joins("seoul"), reopened, "seoul begins anew");
}

#[test]
fn without_parties_nothing_is_settled() {
    let mut table = Table::new();
    table.does("seoul", set("ash", row(&[("seoul", &[Power::Decide, Power::Fund])], &[])));
    for party in ["seoul", "gwangmyeong"] {
        table.does(party, allow("ash", GAP));
    }
    table.leaves("gwangmyeong");
    let gone = Issue::HolderIsNoParty { holder: id("seoul") };
    assert_eq!(table.leaves("seoul"), [E::Rechecked { open: vec![finding("ash", GAP), finding("ash", gone)] }]);
}

#[test]
fn nothing_is_recorded_when_nothing_has_changed() {
    let mut table = Table::new();
    assert_eq!(table.joins("guro"), [], "there is no matrix yet");
    table.does("seoul", set("ash", sound()));
    assert_eq!(table.leaves("guro"), []);
    assert_eq!(table.act(&SERVICE, C::Recheck), Err(R::NothingToRecheck.into()));
}

#[test]
fn findings_are_kept_true_after_freezing() {
    let mut table = Table::new();
    table.does("seoul", set("ash", sound()));
    table.freezes();
    assert_eq!(table.leaves("seoul").len(), 1);
}

#[test]
fn nobody_else_may_ask_for_it() {
    let mut table = Table::new();
    assert_eq!(table.asks("seoul-delegate", C::Recheck), Err(Denial::ServiceOnly.into()));
    let other = Asker::Service(Service::Negotiation);
    assert_eq!(table.act(&other, C::Recheck), Err(Denial::NotThisService { service: Service::Negotiation }.into()));
}

#[test]
fn there_is_nothing_to_look_at_where_there_is_no_case() {
    let model = runtime::model::Model::new(vec![runtime::model::rules::<authority::Authority>()]);
    let target = proto::message::Target::Case(crate::table::case());
    let asked = model.decide(&SERVICE, &target, &C::Recheck.into(), id("2000-02-08T01:00:00Z"), None, None);
    assert_eq!(asked.unwrap_err(), Denial::NoSuchCase.into());
}
