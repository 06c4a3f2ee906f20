//! The allocation laboratory: what a joint project costs each party, by which rule, to the last unit of money.
//!
//! A project has components, because one formula over its whole cost cannot reproduce what real cases agreed. Each component has a cost, members
//! who pay for it, external money that is taken off first, and a rule: equally, by a driver such as population, a weighted mix of these, fixed
//! amounts, separable costs – remaining benefits, the Shapley value, or the nucleolus. [`solve`] computes all of them in exact fractions; money comes
//! from fractions by one rule, [`proto::money::round`]: down to the smallest unit, and the units left over to the largest remainders, ties in the
//! order of names. Of more than 24 members the Shapley value is an estimate, the same on every machine and with its error beside it.
//!
//! ```
//! use proto::allocation::Model;
//! let model: Model = serde_json::from_value(serde_json::json!({
//!     "currency": "KRW",
//!     "components": { "plant": {
//!         "names": { "en": "Plant", "ko": "시설" }, "cost": { "amount": "1000", "currency": "KRW" }, "members": ["ansan", "bucheon"],
//!         "grants": [{ "from": "province", "amount": { "rate": { "percent": "10" } } }],
//!         "rule": { "mix": [{ "percent": "90", "driver": "population" }, { "percent": "10" }] },
//!     } },
//!     "drivers": { "population": {
//!         "names": { "en": "Population", "ko": "인구" }, "unit": "persons", "year": 2013, "source": "example",
//!         "values": { "ansan": "1", "bucheon": "2" },
//!     } },
//! })).unwrap();
//! let result = allocation::solve(&model, allocation::AT_ONCE).unwrap();
//! assert_eq!(result.total[&"ansan".parse().unwrap()].to_string(), "315 KRW"); // 900 × (90 % × 1/3 + 10 % × 1/2)
//! assert_eq!(result.total[&"bucheon".parse().unwrap()].to_string(), "585 KRW");
//! ```
//!
//! A run stays in its author's sealed stream until it is tabled; from then on an offer may refer to its result by digest. What is recorded with a
//! run is the model, the solver and the result: the rules check that they belong together and that the sums are exact, and whoever doubts the shares
//! computes the model again.
//!
//! [`study`] answers what goes beyond shares, from the same rules: what if something were otherwise, which rules get someone to at most an amount, and the
//! life of an agreement, that is settlement on actual cost, the price of a late accession, and what an exit comes to.
//!
//! It does not say which rule is fair, and it does not collect the figures: drivers and costs of coalitions come from the parties, each with its
//! source.

mod compare;
mod complete;
mod costs;
mod decide;
mod disputed;
mod drivers;
mod explain;
mod fairness;
mod game;
mod limits;
mod network;
mod nucleolus;
mod number;
pub mod pool;
pub mod progress;
mod ready;
mod sampled;
mod sheet;
mod solve;
mod span;
mod state;
mod study;
mod triangle;
mod view;
mod work;
pub mod worker;

use proto::actor::{Actor, Service};
use proto::allocation;
use proto::finding::Finding;
use proto::message::{Command, Event, Refusal};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

pub use compare::{compare, hold_against};
pub use disputed::disputed;
pub use explain::explain;
pub use fairness::fairness;
pub use sheet::sheet;
pub use solve::{AT_LEISURE, AT_ONCE, solve};
pub use state::{Pending, Run, State, Studied, evolve};
pub use study::study;
pub use triangle::{triangle, triangles};
pub use work::{answer, performed, takes_long, with_tables};

/// The rules of the laboratory.
#[derive(Debug, Clone, Copy)]
pub struct Allocation;

impl Decider for Allocation {
    type State = State;
    const SERVICE: Service = Service::Allocation;
    const RULES: u32 = 1;

    fn reads(command: &Command, stream: &Stream, _: &State, actor: &Actor) -> Vec<Stream> {
        use allocation::Command as C;
        let own = || stream.case().zip(actor.government()).map(|(case, government)| Stream::Internal(case, government.clone()));
        let Command::Allocation(command) = command else { return Vec::new() };
        match command {
            C::Compute { .. } | C::Study { .. } | C::Cancel { .. } => stream.case().map(Stream::Case),
            C::TableRun { model, .. } if takes_long(model) => own(),
            C::TableStudy { .. } => own(),
            C::TableRun { .. } | C::TakeStand { .. } | C::Finish { .. } => None,
        }
        .into_iter()
        .collect()
    }

    fn assess(command: &Command, state: &State, context: &Context<'_, State>) -> Vec<Finding> {
        match command {
            Command::Allocation(command) => decide::assess(state, command, context).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let Command::Allocation(command) = command else { return Err(proto::access::Denial::WrongTarget.into()) };
        Ok(vec![decide::decide(state, command, context)?.into()])
    }

    fn evolve(state: &mut State, event: &Event, of: &Meta) {
        state::evolve(state, event, of);
    }
}
