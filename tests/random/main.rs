//! Random commands by random officials over the rules of all services, in every legal form of the register. After each command the named
//! [`invariants`] hold, whatever the answer was.
//!
//! Fixed seeds, and a fresh one each run, printed: put it among [`SEEDS`] if it finds something. A failing run says which invariants broke and the
//! last commands; `RANDOM_SEED` plays one seed again, `RANDOM_RUNS` as many fresh ones.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that is wrong may panic, also in its helpers")]

mod dice;
mod folds;
mod follow;
mod forged;
mod invariants;
mod moves;
mod replay;
mod run;
mod secrets;
mod setup;
mod values;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::ops::Range;
use std::thread;

use proto::standing::Phase;
use run::{Report, run};
use schemars::JsonSchema;
use serde_json::Value;

/// Four runs for each of the 26 legal forms.
const SEEDS: Range<u64> = 0..104;

/// Plays the fixed seeds, as many at once as there are processors.
fn all() -> Vec<Report> {
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        let worker = |first| scope.spawn(move || SEEDS.skip(first).step_by(workers).map(run).collect::<Vec<_>>());
        let handles: Vec<_> = (0..workers).map(worker).collect();
        let played = handles.into_iter().flat_map(|handle| handle.join().unwrap());
        played.map(|report| report.unwrap_or_else(|told| panic!("{told}"))).collect()
    })
}

/// Every kind of command in the contract.
fn contract() -> BTreeSet<String> {
    fn kinds<C: JsonSchema>(family: &str) -> Vec<String> {
        let schema = schemars::schema_for!(C);
        let variants = schema.get("oneOf").and_then(Value::as_array).cloned().unwrap();
        let name = |variant: &Value| variant["required"][0].as_str().or(variant["const"].as_str()).unwrap().to_owned();
        variants.iter().map(|variant| format!("{family}.{}", name(variant))).collect()
    }
    let all = [
        kinds::<proto::calendar::Command>("calendar"),
        kinds::<proto::registry::Command>("registry"),
        kinds::<proto::negotiation::Command>("negotiation"),
        kinds::<proto::allocation::Command>("allocation"),
        kinds::<proto::authority::Command>("authority"),
        kinds::<proto::approvals::Command>("approvals"),
        kinds::<proto::signing::Command>("signing"),
        kinds::<proto::mediation::Command>("mediation"),
    ];
    all.concat().into_iter().collect()
}

fn sum(reports: &[Report], of: impl Fn(&Report) -> &BTreeMap<String, u32>) -> BTreeMap<String, u32> {
    let mut sums = BTreeMap::new();
    for (kind, times) in reports.iter().flat_map(of) {
        *sums.entry(kind.clone()).or_default() += times;
    }
    sums
}

#[test]
fn whatever_anybody_asks_the_invariants_hold_and_the_runs_go_everywhere() {
    let reports = all();
    let (accepted, refused) = (sum(&reports, |report| &report.accepted), sum(&reports, |report| &report.refused));
    println!("accepted: {accepted:#?}\nrefused: {refused:#?}");
    let never: Vec<String> = contract().into_iter().filter(|kind| !accepted.contains_key(kind)).collect();
    assert_eq!(never, Vec::<String>::new(), "never accepted in any run, so nothing is known of them");
    let in_force = reports.iter().filter(|report| report.phase == Phase::InForce).count();
    println!("in force: {in_force} of {}", reports.len());
    assert!(in_force * 2 >= reports.len(), "only {in_force} of {} cases came into force", reports.len());
}

/// A number that is given from outside.
fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().unwrap())
}

#[test]
fn a_fresh_seed_finds_nothing_either() {
    for _ in 0..given("RANDOM_RUNS").unwrap_or(1) {
        let seed = given("RANDOM_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
        println!("RANDOM_SEED={seed}");
        if let Err(told) = run(seed) {
            panic!("{told}");
        }
    }
}

#[test]
fn a_seed_always_plays_the_same_run() {
    let asked = |seed| {
        let mut world = setup::world(seed);
        (0..40).for_each(|_| moves::random(&mut world));
        world.asked
    };
    assert_eq!(asked(7), asked(7));
    assert_ne!(asked(7), asked(8));
}
