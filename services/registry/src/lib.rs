//! The register: which bodies there are, who acts for them in which role and on which ground, with which keys, and what their delegates may
//! agree to.
//!
//! ```
//! use proto::{access::Asker, actor::Service, message::Target};
//! use runtime::model::{Model, rules};
//!
//! let mut ledger = Model::new(vec![rules::<registry::Registry>()]);
//! let at = "2014-05-10T00:00:00Z".parse().unwrap();
//! for (target, command) in registry::seed::commands(registry::seed::EXAMPLE, "2014-05-10".parse().unwrap()).unwrap() {
//!     ledger.act(&Asker::Service(Service::Registry), &target, &command, at, None).unwrap();
//! }
//! let seoul = ledger.of(Service::Registry).unwrap().state(&"government/seoul".parse().unwrap());
//! assert_eq!(seoul["government"]["names"]["ko"], "서울특별시");
//! ```
//!
//! Three kinds of streams are its own: `government/<id>`, `government/<id>/mandates` (sealed) and `official/<id>`. Bodies and appointments are
//! entered by administrators, keys by their owners, mandates by the head of a body and by delegates who may pass theirs on.
//!
//! It does not judge offers by mandates (that is [`proto::mandate::judge`], called by the negotiation), marks no signature (signing answers
//! [`KeyRevoked`](proto::registry::Event::KeyRevoked)), and knows people only by pseudonyms: names are kept apart as remarks.

mod appointments;
mod decide;
mod keys;
mod mandates;
pub mod seed;
mod view;

use proto::actor::{Actor, Service};
use proto::message::{Command, Event, Refusal};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

pub use decide::{Government, Person, State};

/// The rules of the register.
pub struct Registry;

impl Decider for Registry {
    type State = State;

    const SERVICE: Service = Service::Registry;
    const RULES: u32 = 1;

    fn reads(command: &Command, _stream: &Stream, _state: &State, _actor: &Actor) -> Vec<Stream> {
        if let Command::Registry(command) = command { decide::reads(command) } else { Vec::new() }
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let Command::Registry(command) = command else { return Err(proto::access::Denial::WrongTarget.into()) };
        decide::decide(state, command, context).map(|events| events.into_iter().map(Event::from).collect())
    }

    fn evolve(state: &mut State, event: &Event, _of: &Meta) {
        match event {
            Event::Registry(event) => state.evolve(event),
            Event::Calendar(_)
            | Event::Negotiation(_)
            | Event::Allocation(_)
            | Event::Authority(_)
            | Event::Approvals(_)
            | Event::Signing(_)
            | Event::Mediation(_) => {}
        }
    }
}
