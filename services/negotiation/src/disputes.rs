//! Disputes, as far as the negotiation must know them: which terms they hold, and the settlement that comes back as an accepted offer.

use std::collections::{BTreeMap, BTreeSet};

use proto::id::{GovernmentId, TermId};
use proto::mediation::{Closing, DisputeNo, Event as Mediation, Proposal};
use proto::negotiation::{Event, OfferNo, OfferState, Package, Refusal};
use proto::term::Value;
use proto::words::Names;
use runtime::decider::Meta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Outcome, State};
use crate::offers::{self, Offer};
use crate::package::check_values;

/// How far a dispute has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputeState {
    /// Open.
    Open,
    /// Settled; the settlement is about to be entered.
    Settled,
    /// The settlement is entered.
    Entered,
    /// Taken back.
    TakenBack,
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NegotiationDispute")]
pub struct Dispute {
    /// What it is about.
    pub names: Names,
    /// Terms that move by settlement only.
    pub terms: BTreeSet<TermId>,
    /// The parties to it.
    pub parties: BTreeSet<GovernmentId>,
    /// How far it has come.
    pub state: DisputeState,
    /// What was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Proposal>,
}

impl Dispute {
    /// Whether it holds its terms: until the settlement is entered, so that nothing slips in between.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self.state, DisputeState::Open | DisputeState::Settled)
    }
}

impl State {
    /// The dispute that holds a term.
    #[must_use]
    pub fn disputed(&self, term: &TermId) -> Option<DisputeNo> {
        self.disputes.iter().find(|(_, dispute)| dispute.holds() && dispute.terms.contains(term)).map(|(number, _)| *number)
    }
}

/// Nothing but what mediation has settled can be entered, and once only. It needs no mandate: each party's answer stood under its own.
pub(crate) fn enter(state: &State, number: DisputeNo, terms: &BTreeMap<TermId, Value>, labels: &BTreeMap<TermId, String>) -> Outcome {
    let settled = state.disputes.get(&number).filter(|dispute| dispute.state == DisputeState::Settled);
    let says = |proposal: &Proposal| proposal.terms == *terms && proposal.labels == *labels;
    if !settled.and_then(|dispute| dispute.settlement.as_ref()).is_some_and(says) {
        return Err(Refusal::NoSettlement { dispute: number }.into());
    }
    state.open_text()?;
    check_values(state, terms, labels)?;
    let package = Package { terms: terms.clone(), labels: labels.clone(), ..Package::default() };
    Ok(vec![Event::SettlementEntered { offer: state.next_offer(), dispute: number, package }])
}

pub(crate) fn entered(state: &mut State, number: OfferNo, dispute: DisputeNo, package: &Package, of: &Meta) {
    let offer = Offer {
        by: None,
        to: BTreeMap::new(),
        counters: None,
        improves: None,
        settles: Some(dispute),
        reasons: BTreeMap::new(),
        package: package.clone(),
        expires: None,
        state: OfferState::Agreed,
        tabled_at: of.at,
    };
    offers::adopt(state, number, &offer);
    state.offers.insert(number, offer);
    if let Some(dispute) = state.disputes.get_mut(&dispute) {
        dispute.state = DisputeState::Entered;
    }
}

pub(crate) fn evolve(state: &mut State, event: &Mediation) {
    match event {
        Mediation::DisputeOpened { dispute, names, terms, parties, .. } => {
            let (names, terms, parties) = (names.clone(), terms.clone(), parties.clone());
            state.disputes.insert(*dispute, Dispute { names, terms, parties, state: DisputeState::Open, settlement: None });
        }
        Mediation::Settled { dispute, proposal, .. } => {
            if let Some(dispute) = state.disputes.get_mut(dispute) {
                dispute.state = DisputeState::Settled;
                dispute.settlement = Some(proposal.clone());
            }
        }
        Mediation::DisputeClosed { dispute, how: Closing::TakenBack } => {
            if let Some(dispute) = state.disputes.get_mut(dispute) {
                dispute.state = DisputeState::TakenBack;
            }
        }
        Mediation::DisputeClosed { how: Closing::Settled, .. }
        | Mediation::FacilitatorProposed { .. }
        | Mediation::FacilitatorAccepted { .. }
        | Mediation::NoteSent { .. }
        | Mediation::ProposalDelivered { .. }
        | Mediation::ProposalPut { .. }
        | Mediation::ProposalAnswered { .. }
        | Mediation::ProposalFailed { .. } => {}
    }
}
