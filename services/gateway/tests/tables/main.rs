//! Tables as offices send them: in every format, with every fault.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that is wrong may panic, also in its helpers")]

mod faults;
mod files;
mod formats;
mod hostile;

use std::collections::BTreeMap;

use gateway::tables::{File, coalitions, figures};
use proto::allocation::Costs;
use proto::id::GovernmentId;
use proto::money::{Currency, Money};
use proto::table::{Fault, Format, Refusal};

fn members(names: &str) -> Vec<GovernmentId> {
    names.split('+').map(|name| name.parse().unwrap()).collect()
}

/// The costs of a text, of members `a`, `b` and `c` in won.
fn read(text: &str) -> Result<Costs, Refusal> {
    of(text.as_bytes(), Format::Text)
}

fn of(bytes: &[u8], format: Format) -> Result<Costs, Refusal> {
    coalitions(&File { bytes, format, sheet: None, members: &members("a+b+c") }, Currency::KRW, false)
}

fn figures_of(text: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let read = figures(&File { bytes: text.as_bytes(), format: Format::Text, sheet: None, members: &members("a+b") })?;
    Ok(read.into_iter().map(|(who, figure)| (who.to_string(), figure.to_string())).collect())
}

/// What all tables here say.
fn known() -> Costs {
    let costs = [("a", 100), ("b", 200), ("c", 1_234_567), ("a+b", 250), ("a+c", 260), ("b+c", 270)];
    Costs::Listed(costs.map(|(set, won)| (set.to_owned(), Money::krw(won))).into())
}

fn faults(read: Result<Costs, Refusal>) -> Vec<Fault> {
    match read {
        Err(Refusal::Faulty { faults, more: 0 }) => faults,
        other => panic!("{other:?}"),
    }
}
