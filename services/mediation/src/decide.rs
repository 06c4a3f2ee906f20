//! State, the fold, and which rule a command falls under.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proto::access::Denial;
use proto::actor::Actor;
use proto::digest::Digest;
use proto::id::{CaseId, GovernmentId, TermId};
use proto::mandate::Mandates;
use proto::mediation::{Closing, Command as C, DisputeNo, Event as E, FacilitatorTie, Proposal, ProposalNo, Refusal as R};
use proto::message::{Event, Refusal, Target};
use proto::standing::Standing;
use proto::stream::Stream;
use proto::term::Kind;
use proto::words::{Deadline, Names};
use proto::{negotiation, registry};
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::caucus::{self, Caucus};
use crate::dispute;

/// What mediation knows of one stream. Of a case it is the disputes with what everyone may know of them; of a caucus the notes, proposals and
/// answers in it; of a government its entry in the register and its mandates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MediationState")]
pub struct State {
    /// How the case stands.
    pub standing: Standing,
    /// The terms of the case with the values they can take.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<TermId, Kind>,
    /// The body above each body that opened the case or was invited to it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub above: BTreeMap<GovernmentId, GovernmentId>,
    /// The disputes by number, closed ones too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub disputes: BTreeMap<DisputeNo, Dispute>,
    /// Of a caucus stream: what was said in each dispute.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub caucus: BTreeMap<DisputeNo, Caucus>,
    /// Of a government's stream: its entry in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Of a government's stream of mandates: what its delegates may agree to.
    #[serde(default, skip_serializing_if = "no_mandates")]
    pub mandates: Mandates,
}

fn no_mandates(mandates: &Mandates) -> bool {
    mandates.granted.is_empty()
}

/// A body of the register, as far as mediation needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MediationBody")]
pub struct Body {
    /// The body above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GovernmentId>,
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MediationDispute")]
pub struct Dispute {
    /// Who opened it.
    pub by: GovernmentId,
    /// What it is about.
    pub names: Names,
    /// The linked terms, frozen while it is open.
    pub terms: BTreeSet<TermId>,
    /// The parties to it, those that have left the case since too.
    pub parties: BTreeSet<GovernmentId>,
    /// By when it should be settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
    /// When it was opened, civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// Bodies proposed as facilitator.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub candidates: BTreeMap<GovernmentId, Candidate>,
    /// The one whom all have accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<GovernmentId>,
    /// When the last of them accepted it, civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator_at: Option<Timestamp>,
    /// The proposals put so far.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proposals: BTreeMap<ProposalNo, Put>,
    /// How it was closed; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closing>,
    /// When it was closed, civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

/// A body proposed as facilitator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// What ties it to the case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<FacilitatorTie>,
    /// Who has accepted it; whoever proposed it has.
    pub accepted: BTreeSet<GovernmentId>,
}

/// A proposal put to the parties, as far as everyone may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Put {
    /// Its salted digest.
    pub digest: Digest,
    /// By when to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
    /// When it was put, civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub put_at: Option<Timestamp>,
    /// What became of it.
    pub outcome: Outcome,
    /// When that was known, civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

/// What became of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It waits for answers.
    Waiting,
    /// Not everyone accepted.
    Failed,
    /// The dispute was taken back before it was answered.
    Dropped,
    /// Everyone accepted.
    Settled(Proposal),
}

impl Dispute {
    /// The proposal that waits for answers.
    #[must_use]
    pub fn waiting(&self) -> Option<ProposalNo> {
        self.proposals.iter().find(|(_, put)| put.outcome == Outcome::Waiting).map(|(number, _)| *number)
    }

    /// The number of the next proposal.
    #[must_use]
    pub fn next_proposal(&self) -> ProposalNo {
        self.proposals.last_key_value().map_or(1, |(last, _)| last + 1)
    }
}

impl State {
    /// The open dispute that holds a term.
    #[must_use]
    pub fn holder(&self, term: &TermId) -> Option<DisputeNo> {
        self.disputes.iter().find(|(_, dispute)| dispute.closed.is_none() && dispute.terms.contains(term)).map(|(number, _)| *number)
    }

    /// An open dispute.
    pub(crate) fn open(&self, number: DisputeNo) -> Result<&Dispute, R> {
        self.disputes.get(&number).filter(|dispute| dispute.closed.is_none()).ok_or(R::NoSuchDispute { dispute: number })
    }

    /// The parties to a dispute that are still parties of the case: those whose word it needs.
    pub(crate) fn present(&self, dispute: &Dispute) -> BTreeSet<GovernmentId> {
        dispute.parties.intersection(&self.standing.parties).cloned().collect()
    }

    /// The acting body and the dispute to which it is a party.
    pub(crate) fn in_dispute<'a>(&'a self, number: DisputeNo, actor: &'a Actor) -> Result<(&'a GovernmentId, &'a Dispute), Refusal> {
        let by = self.standing.party(actor.government())?;
        let dispute = self.open(number)?;
        if dispute.parties.contains(by) { Ok((by, dispute)) } else { Err(R::NotInDispute { dispute: number }.into()) }
    }

    /// The acting body and the dispute that it facilitates.
    pub(crate) fn facilitated<'a>(&'a self, number: DisputeNo, actor: &'a Actor) -> Result<(&'a GovernmentId, &'a Dispute), Refusal> {
        let by = self.standing.reader(actor.government())?;
        let dispute = self.open(number)?;
        match &dispute.facilitator {
            None => Err(R::NoFacilitator.into()),
            Some(facilitator) if facilitator == by => Ok((by, dispute)),
            Some(_) => Err(R::NotTheFacilitator.into()),
        }
    }
}

/// The case a command is about.
pub(crate) fn case_of(target: &Target) -> Result<CaseId, Denial> {
    match target {
        Target::Case(case) => Ok(*case),
        Target::Government(_) | Target::Official(_) | Target::Calendar => Err(Denial::WrongTarget),
    }
}

/// Refuses a deadline that is over or runs nowhere.
pub(crate) fn check_due(due: Option<&Deadline>, at: Timestamp) -> Result<(), R> {
    match due.map(Deadline::passes_at) {
        None => Ok(()),
        Some(Ok(end)) if at < end => Ok(()),
        Some(_) => Err(R::BadDeadline),
    }
}

/// The streams that a decision needs besides its own.
pub(crate) fn reads(command: &C, stream: &Stream, state: &State, actor: &Actor) -> Vec<Stream> {
    let Some(case) = stream.case() else { return Vec::new() };
    match command {
        C::ProposeFacilitator { facilitator, .. } => vec![Stream::Government(facilitator.clone())],
        C::SendNote { .. } | C::DeliverProposal { .. } => vec![Stream::Case(case)],
        C::AnswerProposal { accept, .. } => {
            let mandates = actor.government().filter(|_| *accept).cloned().map(Stream::Mandates);
            [Stream::Case(case)].into_iter().chain(mandates).collect()
        }
        C::PutProposal { dispute, .. } | C::CloseProposal { dispute, .. } => {
            let parties = state.disputes.get(dispute).map(|dispute| state.present(dispute)).unwrap_or_default();
            parties.into_iter().map(|party| Stream::Caucus(case, party)).collect()
        }
        C::OpenDispute { .. } | C::AcceptFacilitator { .. } | C::TakeBackDispute { .. } => Vec::new(),
    }
}

/// The rules.
pub(crate) fn decide(state: &State, command: &C, ctx: &Context<'_, State>) -> Result<Vec<E>, Refusal> {
    match command {
        C::OpenDispute { names, terms, with, due } => dispute::open(state, ctx, names, terms, with, due.as_ref()),
        C::ProposeFacilitator { dispute, facilitator } => dispute::propose(state, ctx, *dispute, facilitator),
        C::AcceptFacilitator { dispute, facilitator } => dispute::accept(state, ctx, *dispute, facilitator),
        C::TakeBackDispute { dispute } => dispute::take_back(state, ctx, *dispute),
        C::PutProposal { dispute, number, digest, due } => caucus::put(state, ctx, *dispute, *number, *digest, due.as_ref()),
        C::CloseProposal { dispute, number } => caucus::close(state, ctx, *dispute, *number),
        C::SendNote { .. } | C::DeliverProposal { .. } | C::AnswerProposal { .. } => {
            let case = ctx.open(&Stream::Case(case_of(ctx.target)?)).ok_or(Denial::NoSuchCase)?;
            caucus::in_confidence(case, state, command, ctx)
        }
    }
}

/// Takes in one event of whatever stream.
pub fn evolve(state: &mut State, event: &Event, at: Timestamp) {
    state.standing.evolve(event);
    match event {
        Event::Mediation(event) => mediated(state, event, at),
        Event::Negotiation(event) => negotiated(state, event),
        Event::Registry(event) => registered(state, event),
        Event::Calendar(_) | Event::Allocation(_) | Event::Authority(_) | Event::Approvals(_) | Event::Signing(_) => {}
    }
}

fn registered(state: &mut State, event: &registry::Event) {
    use registry::Event as G;
    match event {
        G::GovernmentRegistered { parent, .. } => state.body = Some(Body { parent: parent.clone() }),
        G::MandateGranted(_) | G::MandateRevoked { .. } => state.mandates.evolve(event),
        G::PopulationRecorded(_)
        | G::Appointed { .. }
        | G::AppointmentEnded { .. }
        | G::KeyRegistered { .. }
        | G::KeyRevoked { .. }
        | G::KeyUsed { .. } => {}
    }
}

fn negotiated(state: &mut State, event: &negotiation::Event) {
    use negotiation::Event as N;
    match event {
        N::CaseOpened { by: body, parent: Some(parent), .. } | N::Invited { government: body, parent: Some(parent) } => {
            state.above.insert(body.clone(), parent.clone());
        }
        N::TermDefined { term, kind, .. } => {
            state.terms.insert(term.clone(), kind.clone());
        }
        N::CaseOpened { .. }
        | N::Invited { .. }
        | N::Joined { .. }
        | N::Declined { .. }
        | N::Left { .. }
        | N::AgendaSet(_)
        | N::FactStated { .. }
        | N::PositionTaken { .. }
        | N::ClauseAdded { .. }
        | N::WordingProposed { .. }
        | N::WordingSupported { .. }
        | N::ClauseReserved { .. }
        | N::ClauseCommented { .. }
        | N::PublicationAgreed { .. }
        | N::AgreementPublished { .. }
        | N::InformationRequested { .. }
        | N::InformationAnswered { .. }
        | N::InformationLacking { .. }
        | N::OfferDrafted { .. }
        | N::SoundingMade { .. }
        | N::SoundingAnswered { .. }
        | N::SoundingWithdrawn { .. }
        | N::OfferTabled { .. }
        | N::OfferAccepted { .. }
        | N::OfferAgreed { .. }
        | N::OfferSentBack { .. }
        | N::OfferWithdrawn { .. }
        | N::OfferLapsed { .. }
        | N::SettlementEntered { .. }
        | N::Initialled { .. }
        | N::TextFrozen { .. }
        | N::TextReopened { .. } => {}
    }
}

fn mediated(state: &mut State, event: &E, at: Timestamp) {
    match event {
        E::DisputeOpened { dispute, by, names, terms, parties, due } => {
            let opened = Dispute {
                by: by.clone(),
                names: names.clone(),
                terms: terms.clone(),
                parties: parties.clone(),
                due: due.clone(),
                opened_at: Some(at),
                candidates: BTreeMap::new(),
                facilitator: None,
                facilitator_at: None,
                proposals: BTreeMap::new(),
                closed: None,
                closed_at: None,
            };
            state.disputes.insert(*dispute, opened);
        }
        E::NoteSent { dispute, .. } | E::ProposalDelivered { dispute, .. } | E::ProposalAnswered { dispute, .. } => {
            state.caucus.entry(*dispute).or_default().evolve(event, at);
        }
        E::FacilitatorProposed { dispute, .. }
        | E::FacilitatorAccepted { dispute, .. }
        | E::ProposalPut { dispute, .. }
        | E::ProposalFailed { dispute, .. }
        | E::Settled { dispute, .. }
        | E::DisputeClosed { dispute, .. } => {
            if let Some(dispute) = state.disputes.get_mut(dispute) {
                dispute.evolve(event, at);
            }
        }
    }
}

impl Dispute {
    fn evolve(&mut self, event: &E, at: Timestamp) {
        match event {
            E::FacilitatorProposed { by, facilitator, ties, .. } => {
                let candidate = Candidate { ties: ties.clone(), accepted: [by.clone()].into() };
                self.candidates.insert(facilitator.clone(), candidate);
            }
            E::FacilitatorAccepted { by, facilitator, agreed, .. } => {
                if let Some(candidate) = self.candidates.get_mut(facilitator) {
                    candidate.accepted.insert(by.clone());
                }
                if *agreed {
                    self.facilitator = Some(facilitator.clone());
                    self.facilitator_at = Some(at);
                }
            }
            E::ProposalPut { number, digest, due, .. } => {
                let put = Put { digest: *digest, due: due.clone(), put_at: Some(at), outcome: Outcome::Waiting, ended_at: None };
                self.proposals.insert(*number, put);
            }
            E::ProposalFailed { number, .. } => self.end(*number, Outcome::Failed, at),
            E::Settled { number, proposal, .. } => self.end(*number, Outcome::Settled(proposal.clone()), at),
            E::DisputeClosed { how, .. } => {
                self.closed = Some(*how);
                self.closed_at = Some(at);
                if let Some(number) = self.waiting() {
                    self.end(number, Outcome::Dropped, at);
                }
            }
            E::DisputeOpened { .. } | E::NoteSent { .. } | E::ProposalDelivered { .. } | E::ProposalAnswered { .. } => {}
        }
    }

    fn end(&mut self, number: ProposalNo, outcome: Outcome, at: Timestamp) {
        if let Some(put) = self.proposals.get_mut(&number) {
            put.outcome = outcome;
            put.ended_at = Some(at);
        }
    }
}
