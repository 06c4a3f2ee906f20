//! What is wrong with a row.

use proto::authority::{Function, Issue, Power};

use crate::table::{Table, id, open, row, set, sound};

fn found(row: Function) -> Vec<Issue> {
    open(&Table::new().does("seoul", set("ash", row)))
}

fn gap(power: Power) -> Issue {
    Issue::Gap { power }
}

#[test]
fn nothing_is_wrong_with_a_sound_row() {
    assert_eq!(found(sound()), []);
}

#[test]
fn a_power_that_nobody_holds_is_a_gap_except_to_be_consulted() {
    assert_eq!(found(row(&[], &[])), [gap(Power::Decide), gap(Power::Fund), gap(Power::Operate)]);
    assert_eq!(found(row(&[("seoul", &[Power::Decide, Power::Fund])], &[])), [gap(Power::Operate)]);
}

#[test]
fn two_who_decide_or_operate_overlap_and_two_who_fund_do_not() {
    let all: &[Power] = &[Power::Decide, Power::Fund, Power::Operate, Power::BeConsulted];
    let overlap = |power| Issue::Overlap { power, holders: [id("gwangmyeong"), id("seoul")].into() };
    assert_eq!(found(row(&[("gwangmyeong", all), ("seoul", all)], &[])), [overlap(Power::Decide), overlap(Power::Operate)]);
}

#[test]
fn a_power_without_a_law_or_with_a_blank_one_has_no_basis() {
    for basis in [None, Some(" ".to_owned())] {
        let mut row = sound();
        row.holders.get_mut(&id("seoul")).unwrap()[0].legal_basis = basis;
        assert_eq!(found(row), [Issue::NoBasis { holder: id("seoul"), power: Power::Fund }]);
    }
}

#[test]
fn an_outsider_who_is_affected_must_be_consulted() {
    let mut affects = sound();
    affects.affected.extend([id("seoul"), id("siheung")]);
    assert_eq!(found(affects.clone()), [Issue::Unheard { government: id("siheung") }], "seoul is a party and needs no such power");
    affects.holders.extend(row(&[("siheung", &[Power::BeConsulted])], &[]).holders);
    assert_eq!(found(affects), [], "to be consulted, siheung need not be a party");
}

#[test]
fn an_outsider_who_decides_funds_or_operates_is_a_finding() {
    let row = row(&[("gwangmyeong", &[Power::Decide, Power::Fund]), ("siheung", &[Power::Operate])], &[]);
    assert_eq!(found(row), [Issue::HolderIsNoParty { holder: id("siheung") }]);
}
