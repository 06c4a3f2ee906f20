//! The mediator's room: the caucuses of the sides beside each other, and the proposal that goes to all of them.

use std::collections::BTreeMap;

use mediation::{Dispute, State};
use proto::actor::Role;
use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::mediation::{DisputeNo, Proposal, ProposalNo};

use super::caucus::{self, Private, Write};
use super::proposal::{self, Field};
use crate::Form;
use crate::case::Case;

/// What only the mediator sees.
pub(super) struct MediatorsRoom {
    pub sides: Vec<Private>,
    pub put: Option<Put>,
    /// Whether a proposal waits for the sides' answers.
    pub waits: bool,
}

/// The form that writes a proposal, delivers it to each side and puts it.
pub(super) struct Put {
    pub form: Form,
    pub number: ProposalNo,
    pub salt: String,
    pub due: String,
    /// The terms in dispute, which a proposal must settle.
    pub disputed: Vec<Field>,
    /// Others, which it may move with them.
    pub others: Vec<Field>,
    /// Where it was delivered to some and not put: to whom it has gone, and to whom it has not.
    pub stopped: Option<(String, String)>,
}

impl MediatorsRoom {
    pub fn of(case: &Case, state: &State, caucuses: &BTreeMap<GovernmentId, State>, number: DisputeNo, dispute: &Dispute) -> Self {
        let present = |party: &&GovernmentId| state.standing.parties.contains(*party);
        let side = |party: &GovernmentId| {
            let mut room = Private::of(case, dispute, party, &caucus::of(caucuses, party, number));
            room.write = (dispute.closed.is_none() && present(&party)).then(|| Write::of(case, party));
            room
        };
        let waits = dispute.waiting().is_some();
        let writes = dispute.closed.is_none() && !waits && case.visit.holds(&[Role::Mediator]);
        Self {
            sides: dispute.parties.iter().map(side).collect(),
            put: writes.then(|| Put::of(case, state, caucuses, number, dispute)),
            waits,
        }
    }
}

impl Put {
    fn of(case: &Case, state: &State, caucuses: &BTreeMap<GovernmentId, State>, number: DisputeNo, dispute: &Dispute) -> Self {
        let form = case.form("proposal");
        let next = dispute.next_proposal();
        // One that has gone to some sides and was not put is taken up again, so that it can be brought to an end.
        let present = dispute.parties.intersection(&state.standing.parties);
        let (mut given, mut missing, mut begun): (Vec<&str>, Vec<&str>, Option<Proposal>) = (Vec::new(), Vec::new(), None);
        for party in present {
            match caucus::of(caucuses, party, number).proposals.remove(&next) {
                Some(delivered) => {
                    given.push(case.called(party));
                    begun.get_or_insert(delivered.proposal);
                }
                None => missing.push(case.called(party)),
            }
        }
        let fresh = || Digest(runtime::clock::random32());
        let salt = begun.as_ref().map_or_else(fresh, |begun| begun.salt).to_string();
        let field = |term| proposal::field(case, state, &form, begun.as_ref(), term);
        let free = state.terms.keys().filter(|term| !dispute.terms.contains(*term) && state.holder(term).is_none());
        Self {
            number: next,
            salt: form.typed("salt", &salt).to_owned(),
            due: form.typed("due", "").to_owned(),
            disputed: dispute.terms.iter().filter_map(field).collect(),
            others: free.filter_map(field).collect(),
            stopped: begun.is_some().then(|| (given.join(", "), missing.join(", "))),
            form,
        }
    }
}

impl Put {
    /// Whether it moves terms that are not in dispute.
    pub fn moves_others(&self) -> bool {
        self.others.iter().any(|field| !field.value.is_empty())
    }
}
