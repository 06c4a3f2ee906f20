//! Who is in: opening a case, inviting, joining, declining, leaving, and the ties between the coordinating body and the parties.

use std::sync::Arc;

use proto::id::{GovernmentId, MandateId, ProcedureId};
use proto::message;
use proto::negotiation::{Event, Refusal, Rounds, Tie};
use proto::procedure::{Category, Procedure, Status, register};
use proto::remark::Remark;
use proto::standing::Phase;
use proto::stream::Stream;
use proto::words::Names;
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Outcome, State};
use crate::form::Form;
use crate::mandate;
use crate::offers::{Answer, Offer};

/// What a body has to do with the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// Opened the case and is no party.
    Convenes,
    /// Invited, and has not answered.
    Invited,
    /// A party.
    Party,
    /// Has declined.
    Declined,
    /// Was a party and has left.
    Left,
}

/// A body in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NegotiationBody")]
pub struct Body {
    /// What it has to do with the case.
    pub membership: Membership,
    /// The body above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GovernmentId>,
    /// What ties the coordinating body to it: shown wherever neutrality matters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Whether it has acted within a mandate: by joining, or, where it opened the case as a party, by its first offer or acceptance.
    pub mandated: bool,
    /// Why it declined or left, if it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Remark>,
}

impl Body {
    fn new(membership: Membership, parent: Option<&GovernmentId>) -> Self {
        Self { membership, parent: parent.cloned(), ties: Vec::new(), mandated: false, why: None }
    }
}

/// A body's entry in the register, as far as a case needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Registered {
    /// Its names.
    pub names: Names,
    /// The body above it.
    pub parent: Option<GovernmentId>,
}

pub(crate) fn open(
    state: &State,
    context: &Context<'_, State>,
    title: &Names,
    procedure: &ProcedureId,
    rounds: Rounds,
    as_party: bool,
) -> Outcome {
    if state.standing.phase != Phase::None {
        return Err(Refusal::AlreadyOpen.into());
    }
    if title.is_blank() {
        return Err(Refusal::Empty { field: "title".into() }.into());
    }
    let pinned = register().get(procedure).ok_or_else(|| Refusal::UnknownProcedure { procedure: procedure.clone() })?;
    if !is_form(pinned) {
        return Err(Refusal::NotAForm { procedure: procedure.clone() }.into());
    }
    let by = context.actor.government().ok_or(proto::access::Denial::NoSuchCase)?;
    let parent = registered(context, by)?.parent.clone();
    let opened = Event::CaseOpened { by: by.clone(), title: title.clone(), procedure: Box::new(pinned.clone()), rounds, parent };
    let ties = vec![Tie::CoordinatorIsParty { coordinator: by.clone() }];
    let joined = as_party.then(|| Event::Joined { government: by.clone(), ties });
    Ok([opened].into_iter().chain(joined).collect())
}

/// What resolves disputes is no form, and what is not law yet cannot be chosen. Models and guidance bind nobody but may be followed.
fn is_form(procedure: &Procedure) -> bool {
    procedure.category != Category::DisputeProcedure && procedure.status != Status::ProposedNotInForce
}

fn registered<'a>(context: &'a Context<'_, State>, government: &GovernmentId) -> Result<&'a Registered, Refusal> {
    let entry = context.open(&Stream::Government(government.clone())).and_then(|state| state.register.as_ref());
    entry.ok_or_else(|| Refusal::UnknownGovernment { government: government.clone() })
}

pub(crate) fn invite(state: &State, context: &Context<'_, State>, government: &GovernmentId) -> Outcome {
    state.coordinator(context)?;
    state.open_text()?;
    let parent = registered(context, government)?.parent.clone();
    if state.standing.invited.contains(government) || state.standing.parties.contains(government) {
        return Err(Refusal::AlreadyInvited { government: government.clone() }.into());
    }
    Ok(vec![Event::Invited { government: government.clone(), parent }])
}

fn invited<'a>(state: &State, context: &Context<'a, State>) -> Result<&'a GovernmentId, message::Refusal> {
    let government = state.standing.reader(context.actor.government())?;
    if state.standing.invited.contains(government) {
        Ok(government)
    } else {
        Err(Refusal::NotInvited { government: government.clone() }.into())
    }
}

pub(crate) fn join(state: &State, context: &Context<'_, State>, mandate: MandateId) -> Outcome {
    let government = invited(state, context)?;
    state.open_text()?;
    mandate::require(context, mandate)?;
    Ok(vec![Event::Joined { government: government.clone(), ties: ties(state, government) }])
}

fn ties(state: &State, government: &GovernmentId) -> Vec<Tie> {
    let Some(coordinator) = &state.standing.coordinator else { return Vec::new() };
    let parent = state.bodies.get(government).and_then(|body| body.parent.as_ref());
    let is_party = (coordinator == government).then(|| Tie::CoordinatorIsParty { coordinator: coordinator.clone() });
    let is_parent =
        (parent == Some(coordinator)).then(|| Tie::CoordinatorIsParent { coordinator: coordinator.clone(), of: government.clone() });
    is_party.into_iter().chain(is_parent).collect()
}

pub(crate) fn decline(state: &State, context: &Context<'_, State>, why: Option<&Remark>) -> Outcome {
    let government = invited(state, context)?;
    Ok(vec![Event::Declined { government: government.clone(), why: why.cloned() }])
}

/// Leaving takes the party's own offers off the table and sends back those put to it: a package made for more parties cannot be agreed by
/// fewer. A frozen text names its parties, so it opens again.
pub(crate) fn leave(state: &State, context: &Context<'_, State>, why: Option<&Remark>) -> Outcome {
    let government = state.standing.party(context.actor.government())?;
    if state.standing.phase >= Phase::Signed {
        return Err(Refusal::AlreadySigned.into());
    }
    let mut events = vec![Event::Left { government: government.clone(), why: why.cloned() }];
    for (&offer, tabled) in state.offers.iter().filter(|(_, offer)| offer.is_on_table()) {
        if tabled.by.as_ref() == Some(government) {
            events.push(Event::OfferWithdrawn { offer });
        } else if still_counts_on(tabled, government) {
            events.push(Event::OfferSentBack { offer, by: government.clone(), why: None });
        }
    }
    if state.standing.phase == Phase::Frozen {
        events.push(Event::TextReopened { government: government.clone() });
    }
    Ok(events)
}

fn still_counts_on(offer: &Offer, government: &GovernmentId) -> bool {
    matches!(offer.to.get(government), Some(Answer::Awaited | Answer::Accepted))
}

pub(crate) fn opened(
    state: &mut State,
    by: &GovernmentId,
    title: &Names,
    procedure: &Procedure,
    rounds: Rounds,
    parent: Option<&GovernmentId>,
) {
    state.title = Some(title.clone());
    state.procedure = Some(Arc::new(Form::from(procedure)));
    state.rounds = Some(rounds);
    state.bodies.insert(by.clone(), Body::new(Membership::Convenes, parent));
}

pub(crate) fn was_invited(state: &mut State, government: &GovernmentId, parent: Option<&GovernmentId>) {
    state.bodies.insert(government.clone(), Body::new(Membership::Invited, parent));
}

pub(crate) fn joined(state: &mut State, government: &GovernmentId, ties: &[Tie]) {
    if let Some(body) = state.bodies.get_mut(government) {
        body.mandated = body.membership == Membership::Invited;
        body.membership = Membership::Party;
        body.ties = ties.to_vec();
    }
    state.weigh_clauses();
}

pub(crate) fn declined(state: &mut State, government: &GovernmentId, why: Option<&Remark>) {
    gone(state, government, Membership::Declined, why);
}

pub(crate) fn left(state: &mut State, government: &GovernmentId, why: Option<&Remark>) {
    gone(state, government, Membership::Left, why);
    state.clauses.values_mut().for_each(|clause| clause.forget(government));
    state.weigh_clauses();
}

fn gone(state: &mut State, government: &GovernmentId, membership: Membership, why: Option<&Remark>) {
    if let Some(body) = state.bodies.get_mut(government) {
        body.membership = membership;
        body.ties.clear();
        body.why = why.cloned();
    }
}
