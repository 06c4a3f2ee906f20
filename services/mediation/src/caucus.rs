//! What is told in confidence: notes, proposals, answers, and what leaves the sealed streams.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proto::access::Denial;
use proto::actor::{Actor, Role};
use proto::digest::Digest;
use proto::finding::{Finding, MandateFinding, MandateVerdict};
use proto::id::{CaseId, GovernmentId, MandateId};
use proto::mandate;
use proto::mediation::{Closing, Command as C, DisputeNo, Event as E, Proposal, ProposalNo, Refusal as R};
use proto::message::Refusal;
use proto::stream::Stream;
use proto::words::{Deadline, is_blank};
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Dispute, Outcome, Put, State, case_of, check_due};

/// What was said in one dispute between the facilitator and one party.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Caucus {
    /// Notes, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Proposals in the hands of the party; one that was not put yet may be delivered again with other values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proposals: BTreeMap<ProposalNo, Delivered>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Whose: the party's or the facilitator's.
    pub by: GovernmentId,
    /// When, civil time.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

/// A proposal in the hands of a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivered {
    /// The proposal.
    pub proposal: Proposal,
    /// The party's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept: Option<bool>,
}

impl Caucus {
    pub(crate) fn evolve(&mut self, event: &E, at: Timestamp) {
        match event {
            E::NoteSent { by, text, .. } => self.notes.push(Note { by: by.clone(), at, text: text.clone() }),
            E::ProposalDelivered { number, proposal, .. } => {
                self.proposals.insert(*number, Delivered { proposal: proposal.clone(), accept: None });
            }
            E::ProposalAnswered { number, accept, .. } => {
                if let Some(delivered) = self.proposals.get_mut(number) {
                    delivered.accept = Some(*accept);
                }
            }
            E::DisputeOpened { .. }
            | E::FacilitatorProposed { .. }
            | E::FacilitatorAccepted { .. }
            | E::ProposalPut { .. }
            | E::ProposalFailed { .. }
            | E::Settled { .. }
            | E::DisputeClosed { .. } => {}
        }
    }
}

/// Decides a command that is recorded in a caucus. `case` is the fold of the case, `own` that of the caucus.
pub(crate) fn in_confidence(case: &State, own: &State, command: &C, ctx: &Context<'_, State>) -> Result<Vec<E>, Refusal> {
    match command {
        C::SendNote { dispute, caucus, text } => send_note(case, ctx, *dispute, caucus, text),
        C::DeliverProposal { dispute, number, caucus, proposal } => deliver(case, ctx, *dispute, *number, caucus, proposal),
        C::AnswerProposal { dispute, number, caucus, accept, mandate } => {
            let (_, delivered) = answerable(case, own, ctx, *dispute, *number, caucus)?;
            if delivered.accept.is_some() {
                return Err(R::AlreadyAnswered.into());
            }
            if *accept {
                within_mandate(ctx.findings, *mandate)?;
            }
            Ok(vec![E::ProposalAnswered { dispute: *dispute, number: *number, accept: *accept }])
        }
        C::OpenDispute { .. }
        | C::ProposeFacilitator { .. }
        | C::AcceptFacilitator { .. }
        | C::PutProposal { .. }
        | C::CloseProposal { .. }
        | C::TakeBackDispute { .. } => Err(Denial::WrongTarget.into()),
    }
}

fn send_note(case: &State, ctx: &Context<'_, State>, number: DisputeNo, caucus: &GovernmentId, text: &str) -> Result<Vec<E>, Refusal> {
    let by = case.standing.reader(ctx.actor.government())?;
    let dispute = case.open(number)?;
    if by == caucus {
        case.in_dispute(number, ctx.actor)?;
        holds(ctx, by, Role::Delegate)?;
        dispute.facilitator.as_ref().ok_or(R::NoFacilitator)?;
    } else if dispute.facilitator.as_ref() == Some(by) {
        holds(ctx, by, Role::Mediator)?;
        check_caucus(case, dispute, number, caucus)?;
    } else {
        return Err(R::NotYourCaucus.into());
    }
    if is_blank(text) {
        return Err(R::Empty { field: "text".to_owned() }.into());
    }
    Ok(vec![E::NoteSent { dispute: number, by: by.clone(), text: text.to_owned() }])
}

/// Both delegates and mediators send notes, so the command's admission cannot tell who speaks for whom.
fn holds(ctx: &Context<'_, State>, government: &GovernmentId, role: Role) -> Result<(), Denial> {
    if ctx.official.in_force(government, ctx.at).any(|appointment| appointment.role == role) {
        return Ok(());
    }
    Err(Denial::NoAppointment { needed: vec![role], government: government.clone() })
}

fn check_caucus(case: &State, dispute: &Dispute, number: DisputeNo, caucus: &GovernmentId) -> Result<(), R> {
    if case.present(dispute).contains(caucus) { Ok(()) } else { Err(R::NoSuchCaucus { dispute: number, caucus: caucus.clone() }) }
}

fn deliver(
    case: &State,
    ctx: &Context<'_, State>,
    number: DisputeNo,
    proposal_no: ProposalNo,
    caucus: &GovernmentId,
    proposal: &Proposal,
) -> Result<Vec<E>, Refusal> {
    let (_, dispute) = case.facilitated(number, ctx.actor)?;
    check_caucus(case, dispute, number, caucus)?;
    check_next(dispute, proposal_no)?;
    check_proposal(case, dispute, number, proposal)?;
    Ok(vec![E::ProposalDelivered { dispute: number, number: proposal_no, proposal: proposal.clone() }])
}

fn check_next(dispute: &Dispute, number: ProposalNo) -> Result<(), R> {
    if let Some(waiting) = dispute.waiting() {
        return Err(R::ProposalOpen { number: waiting });
    }
    let next = dispute.next_proposal();
    if number == next { Ok(()) } else { Err(R::WrongNumber { next }) }
}

/// A proposal settles all that is in dispute. It may move other terms with it, but none that another dispute holds.
fn check_proposal(case: &State, dispute: &Dispute, number: DisputeNo, proposal: &Proposal) -> Result<(), R> {
    let named: BTreeSet<_> = dispute.terms.iter().chain(proposal.labels.keys()).collect();
    let left_out: Vec<_> = named.into_iter().filter(|term| !proposal.terms.contains_key(*term)).cloned().collect();
    if !left_out.is_empty() {
        return Err(R::TermsLeftOut { terms: left_out });
    }
    for (term, value) in &proposal.terms {
        let kind = case.terms.get(term).ok_or_else(|| R::UnknownTerm { term: term.clone() })?;
        if !kind.admits(value) {
            return Err(R::WrongKind { term: term.clone() });
        }
        if let Some(other) = case.holder(term).filter(|holder| *holder != number) {
            return Err(R::TermInDispute { term: term.clone(), dispute: other });
        }
    }
    Ok(())
}

pub(crate) fn put(
    case: &State,
    ctx: &Context<'_, State>,
    number: DisputeNo,
    proposal_no: ProposalNo,
    digest: Digest,
    due: Option<&Deadline>,
) -> Result<Vec<E>, Refusal> {
    let (_, dispute) = case.facilitated(number, ctx.actor)?;
    check_next(dispute, proposal_no)?;
    check_due(due, ctx.at)?;
    let delivered = ctx.findings.iter().find_map(|finding| match finding {
        Finding::Delivered { digest: found, to } if *found == digest => Some(to.as_slice()),
        Finding::Delivered { .. } | Finding::Mandate(_) | Finding::Answers { .. } | Finding::Computed(_) | Finding::Answered { .. } => None,
    });
    let mut missing = case.present(dispute);
    missing.retain(|party| !delivered.is_some_and(|to| to.contains(party)));
    if !missing.is_empty() {
        return Err(R::NotDelivered { missing: missing.into_iter().collect() }.into());
    }
    Ok(vec![E::ProposalPut { dispute: number, number: proposal_no, digest, due: due.cloned() }])
}

/// The dispute and the delivered proposal that the actor's party can answer now.
fn answerable<'a>(
    case: &'a State,
    own: &'a State,
    ctx: &'a Context<'_, State>,
    number: DisputeNo,
    proposal_no: ProposalNo,
    caucus: &GovernmentId,
) -> Result<(&'a GovernmentId, &'a Delivered), Refusal> {
    if case.standing.party(ctx.actor.government())? != caucus {
        return Err(R::NotYourCaucus.into());
    }
    let (by, dispute) = case.in_dispute(number, ctx.actor)?;
    let put = waiting(dispute, proposal_no)?;
    if has_passed(put, ctx.at) {
        return Err(R::TooLate { number: proposal_no }.into());
    }
    let delivered = own.caucus.get(&number).and_then(|caucus| caucus.proposals.get(&proposal_no));
    Ok((by, delivered.ok_or(R::NoSuchProposal { number: proposal_no })?))
}

fn waiting(dispute: &Dispute, number: ProposalNo) -> Result<&Put, R> {
    dispute.proposals.get(&number).filter(|put| put.outcome == Outcome::Waiting).ok_or(R::NoSuchProposal { number })
}

fn has_passed(put: &Put, at: Timestamp) -> bool {
    put.due.as_ref().is_some_and(|due| due.has_passed(at))
}

fn within_mandate(findings: &[Finding], mandate: Option<MandateId>) -> Result<(), R> {
    let verdict = findings.iter().find_map(|finding| match finding {
        Finding::Mandate(found) if Some(found.mandate) == mandate => Some(found.verdict.clone()),
        Finding::Mandate(_) | Finding::Answers { .. } | Finding::Delivered { .. } | Finding::Computed(_) | Finding::Answered { .. } => None,
    });
    match verdict.unwrap_or(MandateVerdict::Unknown) {
        MandateVerdict::Within => Ok(()),
        verdict => Err(R::BeyondMandate { verdict }),
    }
}

pub(crate) fn close(case: &State, ctx: &Context<'_, State>, number: DisputeNo, proposal_no: ProposalNo) -> Result<Vec<E>, Refusal> {
    let dispute = case.open(number)?;
    let put = waiting(dispute, proposal_no)?;
    let answers = ctx.findings.iter().find_map(|finding| match finding {
        Finding::Answers { complete, settled } => Some((*complete, settled.as_ref())),
        Finding::Mandate(_) | Finding::Delivered { .. } | Finding::Computed(_) | Finding::Answered { .. } => None,
    });
    match answers {
        Some((true, Some(proposal))) => {
            check_proposal(case, dispute, number, proposal)?;
            if Digest::of_json(proposal).ok() != Some(put.digest) {
                return Err(R::NoSuchProposal { number: proposal_no }.into());
            }
            let settled = E::Settled { dispute: number, number: proposal_no, proposal: proposal.clone() };
            Ok(vec![settled, E::DisputeClosed { dispute: number, how: Closing::Settled }])
        }
        Some((complete, None)) if complete || has_passed(put, ctx.at) => {
            Ok(vec![E::ProposalFailed { dispute: number, number: proposal_no }])
        }
        _ => Err(R::AnswersMissing.into()),
    }
}

/// What leaves the sealed streams with this command.
pub(crate) fn assess(command: &C, state: &State, ctx: &Context<'_, State>) -> Option<Finding> {
    let case = case_of(ctx.target).ok()?;
    match command {
        C::PutProposal { dispute, number, digest, .. } => {
            let holds = |party: &GovernmentId| {
                delivered(ctx, case, party, *dispute, *number).is_some_and(|d| Digest::of_json(&d.proposal).ok() == Some(*digest))
            };
            let to = state.present(state.open(*dispute).ok()?).into_iter().filter(holds).collect();
            Some(Finding::Delivered { digest: *digest, to })
        }
        C::CloseProposal { dispute, number } => answers(state, ctx, case, *dispute, *number),
        C::AnswerProposal { dispute, number, caucus, accept: true, mandate } => {
            let public = ctx.open(&Stream::Case(case))?;
            let (by, delivered) = answerable(public, state, ctx, *dispute, *number, caucus).ok()?;
            Some(Finding::Mandate(judge(ctx, case, by, (*mandate)?, &delivered.proposal)?))
        }
        C::OpenDispute { .. }
        | C::ProposeFacilitator { .. }
        | C::AcceptFacilitator { .. }
        | C::SendNote { .. }
        | C::DeliverProposal { .. }
        | C::AnswerProposal { .. }
        | C::TakeBackDispute { .. } => None,
    }
}

fn delivered<'a>(
    ctx: &'a Context<'_, State>,
    case: CaseId,
    party: &GovernmentId,
    dispute: DisputeNo,
    number: ProposalNo,
) -> Option<&'a Delivered> {
    ctx.sealed(&Stream::Caucus(case, party.clone()))?.caucus.get(&dispute)?.proposals.get(&number)
}

/// Whether all have answered, and the proposal if all have accepted. A single party left cannot settle with itself; and a proposal that moves
/// a term which has come into another dispute since fails, unrevealed.
fn answers(state: &State, ctx: &Context<'_, State>, case: CaseId, number: DisputeNo, proposal_no: ProposalNo) -> Option<Finding> {
    let dispute = state.open(number).ok()?;
    let parties = state.present(dispute);
    let given: Vec<_> = parties.iter().map(|party| delivered(ctx, case, party, number, proposal_no)).collect();
    let complete = given.iter().all(|given| given.is_some_and(|d| d.accept.is_some()));
    let accepted = parties.len() > 1 && given.iter().all(|given| given.is_some_and(|d| d.accept == Some(true)));
    let settled = given
        .into_iter()
        .flatten()
        .next()
        .map(|d| d.proposal.clone())
        .filter(|proposal| accepted && check_proposal(state, dispute, number, proposal).is_ok());
    Some(Finding::Answers { complete, settled })
}

fn judge(ctx: &Context<'_, State>, case: CaseId, by: &GovernmentId, mandate: MandateId, proposal: &Proposal) -> Option<MandateFinding> {
    let Actor::Official(capacity) = ctx.actor else { return None };
    let today = ctx.official.today(by, ctx.at)?;
    let none = mandate::Mandates::default();
    let mandates = ctx.sealed(&Stream::Mandates(by.clone())).map_or(&none, |government| &government.mandates);
    let verdict = mandate::judge(mandates, &capacity.official, case, mandate, &proposal.terms, today);
    Some(MandateFinding { mandate, verdict })
}
