//! The rules do not solve, but a recorded result that cannot be the model's is refused.

use proto::allocation::{Computation, Limits, Model, Refusal as R, Transfer};
use proto::digest::Digest;
use proto::finding::Finding;
use proto::message::Refusal;
use proto::money::{Currency, Money};
use proto::words::Names;

use crate::table::{Table, halves, id, plant_of, table_run, won};

fn on(findings: &[Finding]) -> Result<(), Refusal> {
    Table::new().on_record("ansan-delegate", table_run("run", halves()), findings).map(|_| ())
}

/// What the rules say when the result has been changed like this.
fn changed(change: impl Fn(&mut Computation)) -> Result<(), Refusal> {
    changed_of(&halves(), change)
}

fn changed_of(model: &Model, change: impl Fn(&mut Computation)) -> Result<(), Refusal> {
    let mut result = allocation::solve(model, allocation::AT_ONCE).unwrap();
    change(&mut result);
    let told = Table::new().on_record("ansan-delegate", table_run("run", model.clone()), &[Finding::Computed(result)]);
    told.map(|_| ())
}

/// Moves won from Bucheon's share to Ansan's.
fn moved(result: &mut Computation, more: i64) {
    let shares = &mut result.components.get_mut(&id("plant")).unwrap().shares;
    for (share, sign) in shares.values_mut().zip([1, -1]) {
        share.amount += won(sign * more).amount;
    }
    result.total = shares.clone();
}

fn mismatch() -> Result<(), Refusal> {
    Err(R::ComputationMismatch.into())
}

#[test]
fn the_true_result_fits() {
    assert_eq!(changed(|_| ()), Ok(()));
}

#[test]
fn without_a_result_nothing_is_decided() {
    assert_eq!(on(&[]), mismatch());
}

#[test]
fn a_result_of_another_model_does_not_fit() {
    assert_eq!(changed(|result| result.model = Digest::of(b"another")), mismatch());
    assert_eq!(changed(|result| result.solver.clear()), mismatch());
}

#[test]
fn members_and_components_must_be_those_of_the_model() {
    assert_eq!(changed(|result| result.components.clear()), mismatch());
    assert_eq!(
        changed(|result| {
            let plant = result.components[&id("plant")].clone();
            result.components.insert(id("road"), plant);
        }),
        mismatch()
    );
    let swap = |result: &mut Computation| {
        let shares = &mut result.components.get_mut(&id("plant")).unwrap().shares;
        let share = shares.remove(&id("bucheon")).unwrap();
        shares.insert(id("siheung"), share);
        let total = result.total.remove(&id("bucheon")).unwrap();
        result.total.insert(id("siheung"), total);
    };
    assert_eq!(changed(swap), mismatch());
}

#[test]
fn sums_must_be_exact_to_the_won() {
    let plant = |result: &mut Computation, change: fn(&mut proto::allocation::Shares)| {
        change(result.components.get_mut(&id("plant")).unwrap());
    };
    assert_eq!(
        changed(|result| {
            plant(result, |plant| plant.shares.get_mut(&id("ansan")).unwrap().amount += won(1).amount);
            result.total.get_mut(&id("ansan")).unwrap().amount += won(1).amount;
        }),
        mismatch(),
        "one won more than there is"
    );
    assert_eq!(changed(|result| plant(result, |plant| plant.granted = won(1))), mismatch());
    assert_eq!(changed(|result| plant(result, |plant| plant.shared = won(999))), mismatch());
    assert_eq!(changed(|result| result.total.get_mut(&id("ansan")).unwrap().amount -= won(1).amount), mismatch());
    let usd = Currency::try_from("USD".to_owned()).unwrap();
    assert_eq!(changed(|result| result.total.values_mut().for_each(|money| money.currency = usd)), mismatch());
    let half = || Money { amount: id("0.5"), currency: Currency::KRW };
    assert_eq!(
        changed(|result| {
            let shares = &mut result.components.get_mut(&id("plant")).unwrap().shares;
            for (share, sign) in shares.values_mut().zip([1, -1]) {
                share.amount += half().amount * won(sign).amount;
            }
            result.total = shares.clone();
        }),
        mismatch(),
        "no share has a part of a won"
    );
}

#[test]
fn limits_and_transfers_are_followed_again() {
    let mut limited = halves();
    plant_of(&mut limited).limits = [(id("ansan"), Limits { at_least: Some(won(450)), at_most: Some(won(510)) })].into();
    assert_eq!(changed_of(&limited, |result| moved(result, 10)), Ok(()));
    assert_eq!(changed_of(&limited, |result| moved(result, 11)), mismatch());
    assert_eq!(changed_of(&limited, |result| moved(result, -51)), mismatch());
    let mut hosted = halves();
    let support = Transfer { names: Names::new("Residents", "주민지원"), from: None, to: id("ansan"), amount: won(100) };
    plant_of(&mut hosted).transfers = vec![support];
    assert_eq!(changed_of(&hosted, |_| ()), Ok(()));
    let kept = |result: &mut Computation| result.components.get_mut(&id("plant")).unwrap().transfers.clear();
    assert_eq!(changed_of(&hosted, kept), mismatch());
}

/// This is as far as the rules see. `verify --recompute` solves again, and compares for equality.
#[test]
fn shares_that_only_the_rule_contradicts_are_found_by_solving_again() {
    assert_eq!(changed(|result| moved(result, 1)), Ok(()));
    let mut result = allocation::solve(&halves(), allocation::AT_ONCE).unwrap();
    moved(&mut result, 1);
    assert_ne!(allocation::solve(&halves(), allocation::AT_ONCE), Ok(result));
}
