//! Opening a dispute: about which terms, with whom, until when.

use mediation::State;
use proto::actor::Role;
use proto::standing::Phase;

use crate::Form;
use crate::case::Case;

/// The form by which a delegate opens a dispute.
pub(super) struct Opening {
    pub form: Form,
    pub terms: Vec<Choice>,
    pub parties: Vec<Choice>,
}

/// A box to tick.
pub(super) struct Choice {
    pub id: String,
    pub said: String,
    pub ticked: bool,
}

impl Opening {
    /// While the text is open, for delegates of parties, as long as there is a term that no dispute holds and somebody to dispute with.
    pub fn of(case: &Case, state: &State) -> Option<Self> {
        if !case.acts(&[Role::Delegate]) || state.standing.phase > Phase::Open {
            return None;
        }
        let form = case.form("open");
        let choice = |field: &str, id: &str, said: String| Choice { id: id.to_owned(), said, ticked: form.took(field, id, false) };
        let free = state.terms.keys().filter(|term| state.holder(term).is_none());
        let terms: Vec<_> = free.map(|term| choice("terms", term.as_str(), case.name_of("term", term.as_str()))).collect();
        let others = state.standing.parties.iter().filter(|party| **party != case.government);
        let parties: Vec<_> = others.map(|party| choice("with", party.as_str(), case.called(party).to_owned())).collect();
        (!terms.is_empty() && !parties.is_empty()).then_some(Self { form, terms, parties })
    }
}
