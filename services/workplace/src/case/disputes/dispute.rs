//! One dispute: what it holds, what each side offered last, and the parts of the room that are for whoever looks.

use std::collections::BTreeMap;

use gateway::problem::Problem;
use mediation::{Dispute, Outcome, State};
use proto::actor::Role;
use proto::id::{GovernmentId, TermId};
use proto::mediation::{DisputeNo, Proposal};

use super::caucus::Private;
use super::ladder::{self, Rung};
use super::mediator::MediatorsRoom;
use super::neutral::Neutral;
use super::path;
use crate::case::{Case, Room};
use crate::{Form, When};

/// A dispute as whoever looks may see it.
pub(super) struct Shown {
    pub number: DisputeNo,
    pub path: String,
    pub title: String,
    pub open: bool,
    /// Whether a mediator is agreed.
    pub mediated: bool,
    pub due: Option<When>,
    pub ladder: Vec<Rung>,
    pub sides: Vec<String>,
    pub terms: Vec<Held>,
    pub settled: Option<Settled>,
    pub neutral: Option<Neutral>,
    pub take_back: Option<Form>,
    pub caucus: Option<Private>,
    pub room: Option<MediatorsRoom>,
}

/// A term that it holds.
pub(super) struct Held {
    pub name: String,
    /// What each side offered last: its value and the offer.
    pub last: Vec<Option<(String, u32)>>,
    pub agreed: Option<String>,
}

/// What was settled.
pub(super) struct Settled {
    pub offer: Option<u32>,
    /// The address of the table, where the offer stands.
    pub table: String,
    pub rows: Vec<Row>,
}

/// A term with a value, and what the parties call it.
pub(super) struct Row {
    pub name: String,
    pub value: String,
    pub label: Option<String>,
}

impl Shown {
    pub async fn of(
        case: &Case,
        state: &State,
        caucuses: &BTreeMap<GovernmentId, State>,
        number: DisputeNo,
    ) -> Result<Option<Self>, Problem> {
        let Some(dispute) = state.disputes.get(&number) else { return Ok(None) };
        let caucus = match caucuses.get(&case.government).filter(|_| dispute.parties.contains(&case.government)) {
            Some(own) => Some(Private::own(case, number, dispute, own).await?),
            None => None,
        };
        let mediates = dispute.facilitator.as_ref() == Some(&case.government) && case.visit.holds(&[Role::Mediator]);
        Ok(Some(Self {
            number,
            path: path(case, number),
            title: ladder::title(case, number, dispute),
            open: dispute.closed.is_none(),
            mediated: dispute.facilitator.is_some(),
            due: dispute.due.as_ref().filter(|_| dispute.closed.is_none()).map(|due| case.visit.due(due)),
            ladder: ladder::rungs(case, number, dispute),
            sides: dispute.parties.iter().map(|party| case.called(party).to_owned()).collect(),
            terms: dispute.terms.iter().map(|term| held(case, dispute, term)).collect(),
            settled: settled(case, number, dispute),
            neutral: Neutral::of(case, state, dispute).await?,
            take_back: may_take_back(case, state, dispute).then(|| case.form("take-back")),
            caucus,
            room: mediates.then(|| MediatorsRoom::of(case, state, caucuses, number, dispute)),
        }))
    }
}

fn held(case: &Case, dispute: &Dispute, term: &TermId) -> Held {
    let last = |party: &GovernmentId| {
        let mut offered = case.state.offers.iter().rev().filter(|(_, offer)| offer.by.as_ref() == Some(party));
        offered.find_map(|(number, offer)| Some((case.value(offer.package.terms.get(term)?), *number)))
    };
    let agreed = case.state.terms.get(term).and_then(|known| known.agreed.as_ref());
    Held {
        name: case.name_of("term", term.as_str()),
        last: dispute.parties.iter().map(last).collect(),
        agreed: agreed.map(|agreed| case.value(&agreed.value)),
    }
}

/// The values of a proposal by the names of their terms, those in dispute first.
pub(super) fn rows(case: &Case, dispute: &Dispute, proposal: &Proposal) -> Vec<Row> {
    let mut terms: Vec<_> = proposal.terms.iter().collect();
    terms.sort_by_key(|(term, _)| !dispute.terms.contains(*term));
    let row = |(term, value): (&TermId, _)| Row {
        name: case.name_of("term", term.as_str()),
        value: case.value(value),
        label: proposal.labels.get(term).cloned(),
    };
    terms.into_iter().map(row).collect()
}

fn settled(case: &Case, number: DisputeNo, dispute: &Dispute) -> Option<Settled> {
    let proposal = dispute.proposals.values().find_map(|put| match &put.outcome {
        Outcome::Settled(proposal) => Some(proposal),
        Outcome::Waiting | Outcome::Failed | Outcome::Dropped => None,
    })?;
    Some(Settled { offer: ladder::settlement(case, number), table: case.path(Room::Table), rows: rows(case, dispute, proposal) })
}

/// Whoever opened it; where that body has left, whoever is still in it.
fn may_take_back(case: &Case, state: &State, dispute: &Dispute) -> bool {
    let by = if state.standing.parties.contains(&dispute.by) {
        dispute.by == case.government
    } else {
        let mut present = dispute.parties.intersection(&state.standing.parties).peekable();
        present.peek().is_none() || present.any(|party| *party == case.government)
    };
    dispute.closed.is_none() && case.acts(&[Role::Delegate]) && by
}

impl Shown {
    /// The key of the text over the terms: what they are frozen by is over when it is.
    pub fn held(&self) -> &'static str {
        if self.open { "disputes-held" } else { "disputes-were-held" }
    }
}
