//! Signing: signatures by key or on paper over the digest of what was frozen, and the agreement as a document.
//!
//! Signing opens when approvals say so ([`SigningOpened`](proto::approvals::Event::SigningOpened)) for the digest that is frozen now; a text that
//! opens again voids every signature. A signatory signs an [`Intent`](proto::signing::Intent) with a registered P-256 key, which stays with its
//! owner ([`jws`]); or all sign on one paper that bears the digest, and two clerks of different parties attest its scan. The entry with the last
//! signature says that signing is complete. When a key turns out to have been compromised, what it has signed since is marked.
//!
//! ```
//! use proto::{digest::Digest, signing::Intent};
//! use signing::jws;
//!
//! let intent = Intent {
//!     purpose: Intent::PURPOSE.into(),
//!     case: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
//!     agreement: Digest::of(b"what was frozen"),
//!     government: "seoul".parse().unwrap(),
//!     official: "seoul-mayor".parse().unwrap(),
//! };
//! let pair = jws::generate(&[7; 32]).unwrap();
//! let signature = jws::sign_detached(&pair.private_pem, &intent).unwrap();
//! assert_eq!(jws::verify_detached(&pair.public, &intent, &signature), Ok(()));
//! ```
//!
//! It does not freeze the text (the negotiation does), does not say what must be approved before, and never sees a private key. Its signatures
//! are not "qualified" in the sense of Regulation (EU) 910/2014.

pub mod agreement;
pub mod jws;
pub mod readable;

mod decide;
mod paper;
mod react;
mod view;

use proto::actor::{Actor, Service};
use proto::message::{Command, Event, Refusal, Target};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

pub use decide::{Allocation, FrozenText, Opened, Signature, State, evolve};
pub use paper::{Attested, Attestor, Paper};

/// The rules of signing.
#[derive(Debug, Clone, Copy)]
pub struct Signing;

impl Decider for Signing {
    type State = State;
    const SERVICE: Service = Service::Signing;
    const RULES: u32 = 1;

    fn reads(command: &Command, _stream: &Stream, state: &State, _actor: &Actor) -> Vec<Stream> {
        match command {
            Command::Signing(command) => decide::reads(command, state),
            _ => Vec::new(),
        }
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let Command::Signing(command) = command else { return Err(proto::access::Denial::WrongTarget.into()) };
        let events = decide::decide(state, command, context)?;
        Ok(events.into_iter().map(Event::from).collect())
    }

    fn evolve(state: &mut State, event: &Event, of: &Meta) {
        decide::evolve(state, event, of);
    }

    fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
        react::react(event, of)
    }
}
