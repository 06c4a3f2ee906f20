//! The rules do not solve, but a recorded result that cannot be the model's is refused.

use proto::allocation::{Computation, Refusal as R};
use proto::digest::Digest;
use proto::finding::Finding;
use proto::message::Refusal;
use proto::money::{Currency, Money};

use crate::table::{Table, halves, id, table_run, won};

fn on(findings: &[Finding]) -> Result<(), Refusal> {
    Table::new().on_record("ansan-delegate", table_run("run", halves()), findings).map(|_| ())
}

/// What the rules say when the result has been changed like this.
fn changed(change: impl Fn(&mut Computation)) -> Result<(), Refusal> {
    let mut result = allocation::solve(&halves(), allocation::AT_ONCE).unwrap();
    change(&mut result);
    on(&[Finding::Computed(result)])
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

/// This is as far as the rules see. `verify --recompute` solves again, and compares for equality.
#[test]
fn shares_that_only_the_rule_contradicts_are_found_by_solving_again() {
    let shift = |result: &mut Computation| {
        let shares = &mut result.components.get_mut(&id("plant")).unwrap().shares;
        for (share, won_more) in shares.values_mut().zip([1, -1]) {
            share.amount += won(won_more).amount;
        }
        result.total = shares.clone();
    };
    assert_eq!(changed(shift), Ok(()));
    let mut result = allocation::solve(&halves(), allocation::AT_ONCE).unwrap();
    shift(&mut result);
    assert_ne!(allocation::solve(&halves(), allocation::AT_ONCE), Ok(result));
}
