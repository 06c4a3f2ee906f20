//! Rows are set and taken out by parties, while the text is open.

use std::collections::BTreeMap;

use proto::access::Denial;
use proto::actor::Role;
use proto::authority::{Command as C, Event as E, Holding, Power, Refusal as R};
use proto::digest::Digest;
use proto::message::Refusal;
use proto::words::Names;

use crate::table::{Table, id, row, set, sound};

fn remove(function: &str) -> C {
    C::RemoveFunction { function: id(function) }
}

#[test]
fn the_digest_is_that_of_all_rows_by_name() {
    let mut table = Table::new();
    table.does("seoul", set("sewage", sound()));
    let E::FunctionSet { matrix, by, .. } = table.does("gwangmyeong", set("ash", sound())) else { panic!() };
    assert_eq!(by, id("gwangmyeong"));
    assert_eq!(matrix, Digest::of_json(&BTreeMap::from([("ash", sound()), ("sewage", sound())])).unwrap());
    assert_eq!(table.state().digest, Some(matrix));
    let E::FunctionRemoved { matrix, .. } = table.does("seoul", remove("sewage")) else { panic!() };
    assert_eq!(matrix, Some(Digest::of_json(&BTreeMap::from([("ash", sound())])).unwrap()));
    let E::FunctionRemoved { matrix, open, .. } = table.does("seoul", remove("ash")) else { panic!() };
    assert_eq!((matrix, open, table.state().digest), (None, vec![], None));
}

#[test]
fn a_row_may_change_but_not_into_itself() {
    let mut table = Table::new();
    table.does("seoul", set("ash", sound()));
    let same = table.asks("gwangmyeong-delegate", set("ash", sound()));
    assert_eq!(same, Err(R::NothingChanged { function: id("ash") }.into()));
    table.does("gwangmyeong", set("ash", row(&[("seoul", &[Power::Fund])], &[])));
    assert_eq!(table.state().matrix[&id("ash")].holders.len(), 1);
}

#[test]
fn a_row_that_is_not_there_cannot_be_taken_out() {
    assert_eq!(Table::new().asks("seoul-delegate", remove("ash")), Err(R::UnknownFunction { function: id("ash") }.into()));
}

#[test]
fn a_power_stands_once_per_holder() {
    let mut twice = sound();
    twice.holders.get_mut(&id("seoul")).unwrap().push(Holding { power: Power::Fund, legal_basis: None });
    let refused = Table::new().asks("seoul-delegate", set("ash", twice));
    assert_eq!(refused, Err(R::PowerTwice { function: id("ash"), holder: id("seoul") }.into()));
}

#[test]
fn a_row_has_a_name_and_each_holder_a_power() {
    let mut nameless = sound();
    nameless.names = Names::new(" ", "");
    let refused = Table::new().asks("seoul-delegate", set("ash", nameless));
    assert_eq!(refused, Err(R::Empty { field: "names".into() }.into()));
    let refused = Table::new().asks("seoul-delegate", set("ash", row(&[("seoul", &[])], &[])));
    assert_eq!(refused, Err(R::Empty { field: "holders.seoul".into() }.into()));
}

#[test]
fn only_delegates_of_parties_change_the_matrix() {
    let mut table = Table::new();
    let refused = |refusal: Denial| Err(Refusal::from(refusal));
    assert_eq!(table.asks("siheung-delegate", set("ash", sound())), refused(Denial::NoSuchCase));
    assert_eq!(table.asks("guro-delegate", set("ash", sound())), refused(Denial::NotAParty { government: id("guro") }));
    let denied = Denial::NoAppointment { needed: vec![Role::Delegate], government: id("seoul") };
    assert_eq!(table.asks("seoul-clerk", set("ash", sound())), refused(denied));
}

#[test]
fn the_matrix_is_frozen_with_the_text() {
    let mut table = Table::new();
    table.does("seoul", set("ash", row(&[], &[])));
    let finding = table.state().findings[0].finding.clone();
    table.freezes();
    let allow = C::AllowFinding { finding, why: proto::remark::Remark::text("late") };
    for command in [set("ash", sound()), remove("ash"), allow] {
        assert_eq!(table.asks("seoul-delegate", command), Err(R::TextIsFrozen.into()));
    }
}
