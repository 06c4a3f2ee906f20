//! The negotiation: cases, figures, terms, clauses, offers, rounds, initialling; from the opening of a case to the frozen text.
//!
//! ```
//! use negotiation::{Negotiation, State, diff, frozen};
//! use runtime::model::{Model, rules};
//!
//! let model = Model::new(vec![rules::<Negotiation>()]); // the rules over a ledger in memory, as tests and `verify` use them
//! assert_eq!(model.position(), 0);
//! assert!(frozen(&State::default()).is_none(), "nothing can be initialled before a case is open");
//! assert!(diff(&State::default(), 1, 2).is_err(), "there is no offer yet");
//! ```
//!
//! # Offers and rounds
//!
//! An offer is one package: values for terms, wording for clauses, perhaps an allocation by its digest. It is put to some parties or to all
//! others, and is agreed when every one of them has accepted; then its values govern and its wording merges into the text. Offers form a
//! tree: a counter-offer hangs under the offer it answers, an improvement under the author's own that it replaces, and both say in full
//! what they carry over. A counter-offer goes to everyone around the offer it answers, so nobody is talked past.
//!
//! - **Alternating**: whoever the newest open offer waits for may open a new thread; an offer is countered by those it waits for. One
//!   counter-offer or one sending-back closes it, since not all can accept it any more.
//! - **Circulated**: a draft goes to all with a date, one draft at a time. Each answers by that date, once and for itself: accepts, sends
//!   back or puts a counter-draft beside it, which goes to all as well and, without a date of its own, ends with the draft. None of this
//!   closes the draft for the others; it closes when all have answered, when its date has passed, or when its author improves or withdraws
//!   it. Silence accepts nothing. When a counter-draft is agreed, the drafts it answers are closed as countered.
//! - **Free**: anyone may open a thread at any time; answering is as in alternating rounds.
//!
//! A party may always improve its own offer, in turn or not. A date binds by the time of the act; recording the lapse adds nothing to it.
//! Terms in dispute stay where they are until the settlement is entered: an offer may repeat them, not move them.
//!
//! Before it offers anything a party may keep a draft, which nobody else sees, or sound one other party out, which these two alone see. Both bind
//! nobody, need no mandate and leave the case as it is.
//!
//! # The text
//!
//! A clause is agreed when all parties stand behind its one wording. Initialling needs every defined term and every clause agreed, the
//! mandatory contents of the pinned procedure carried, nothing open in the authority matrix, no dispute, and enough parties. Whoever is
//! invited and has not answered does not hold it up. Any change of the text, its parties or the matrix voids the initials given. The last
//! party's initials freeze the text. It opens again when a council passes it amended, or when a party leaves, which it may until all have
//! signed.
//!
//! # What it does not do
//!
//! It computes no shares, makes no findings about authority and settles no disputes: it takes those in as events. It does not sign. It does
//! not say which mandate is wise, only whether an act is within it.

pub mod decide;
pub mod diff;
pub mod disputes;
pub mod facts;
pub mod form;
pub mod freeze;
pub mod offers;
pub mod parties;
pub mod publication;
pub mod react;
pub mod requests;
pub mod soundings;
pub mod text;

mod agenda;
mod answers;
mod drafts;
mod mandate;
mod moves;
mod package;
mod possible;
mod view;

pub use decide::State;
pub use diff::diff;
pub use freeze::{frozen, obstacles};
pub use package::carried_over;
pub use publication::{PublicAgreement, public};
pub use text::wording_digest;

use proto::access::Denial;
use proto::actor::{Actor, Service};
use proto::finding::Finding;
use proto::message::{Command, Event, Refusal, Target};
use proto::negotiation::Command as Own;
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

/// The rules of the negotiation.
pub struct Negotiation;

impl Decider for Negotiation {
    type State = State;

    const SERVICE: Service = Service::Negotiation;
    const RULES: u32 = 1;

    fn reads(command: &Command, stream: &Stream, _state: &State, actor: &Actor) -> Vec<Stream> {
        let Command::Negotiation(command) = command else { return Vec::new() };
        let own = actor.government().cloned();
        let other = match command {
            Own::OpenCase { .. } => own.map(Stream::Government),
            Own::Invite { government } => Some(Stream::Government(government.clone())),
            Own::DraftOffer { .. } | Own::SoundOut { .. } | Own::AnswerSounding { .. } | Own::WithdrawSounding { .. } => {
                stream.case().map(Stream::Case)
            }
            command if mandate::is_needed(command) => own.map(Stream::Mandates),
            _ => None,
        };
        other.into_iter().collect()
    }

    fn assess(command: &Command, state: &State, context: &Context<'_, State>) -> Vec<Finding> {
        match command {
            Command::Negotiation(command) => mandate::assess(command, state, context),
            _ => Vec::new(),
        }
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let Command::Negotiation(command) = command else { return Err(Denial::WrongTarget.into()) };
        let events = decide::decide(state, command, context)?;
        Ok(events.into_iter().map(Event::from).collect())
    }

    fn evolve(state: &mut State, event: &Event, of: &Meta) {
        state.evolve(event, of);
    }

    fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
        react::react(event, of)
    }
}
