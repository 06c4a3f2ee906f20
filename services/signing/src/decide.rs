//! State, the fold, and the rules of signing by key.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use proto::access::{Denial, Official};
use proto::actor::Actor;
use proto::digest::Digest;
use proto::entry::Document;
use proto::id::{FunctionId, GovernmentId, KeyId, OfficialId};
use proto::message::{Event, Refusal, Target};
use proto::negotiation::{Frozen, Text};
use proto::signing::{Command as C, Event as E, Intent, PaperSignature, Refusal as R};
use proto::standing::Standing;
use proto::stream::Stream;
use proto::{allocation, approvals, authority, negotiation};
use runtime::decider::{Context, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::jws;
use crate::paper::{self, Attested, Attestor, Paper};

/// What signing knows of one stream. Of a case it is what may be signed and who has signed; of an official the appointments and keys.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SigningState")]
pub struct State {
    /// How the case stands.
    pub standing: Standing,
    /// What is frozen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<FrozenText>,
    /// What may be signed, since when; none while approvals are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// In which order parties sign by key; empty: in any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<GovernmentId>,
    /// Who has signed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub signatures: BTreeMap<GovernmentId, Signature>,
    /// A paper that one clerk has attested and that waits for the second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Attested>,
    /// Whether every party has signed. A signature that comes into doubt later does not change this.
    #[serde(default)]
    pub complete: bool,
    /// Allocations on the table by the digest of their results, for the agreement document.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub allocations: BTreeMap<Digest, Allocation>,
    /// The authority matrix as it stands, for the agreement document.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub matrix: BTreeMap<FunctionId, authority::Function>,
    /// Of an official's stream: appointments and keys.
    #[serde(default)]
    pub official: Official,
}

/// The frozen text with its digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FrozenText {
    /// Digest of `frozen`: what is signed.
    pub agreement: Digest,
    /// The three digests.
    pub frozen: Frozen,
    /// What it says.
    pub text: Text,
}

/// Signing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Opened {
    /// For this digest.
    pub agreement: Digest,
    /// Since this civil time.
    pub at: Timestamp,
}

/// An allocation: by what it was computed, and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Allocation {
    /// Components, members, rules.
    pub model: allocation::Model,
    /// The shares.
    pub result: allocation::Computation,
}

/// A party's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// By key.
    Key {
        /// Who signed.
        official: OfficialId,
        /// With which key.
        key: KeyId,
        /// Detached JWS over the canonical JSON of the intent.
        jws: String,
        /// When, civil time.
        at: Timestamp,
        /// The key was compromised from this instant on, and the signature is not before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        in_doubt_since: Option<Timestamp>,
    },
    /// On paper, attested by two clerks.
    Paper {
        /// Who signed.
        official: OfficialId,
        /// The day of the ceremony.
        on: Date,
        /// The scan.
        scan: Document,
        /// Who attested it.
        attested_by: Vec<Attestor>,
    },
}

impl Signature {
    /// Whether it counts: a signature in doubt does not.
    #[must_use]
    pub fn stands(&self) -> bool {
        match self {
            Self::Key { in_doubt_since, .. } => in_doubt_since.is_none(),
            Self::Paper { .. } => true,
        }
    }
}

impl State {
    /// The parties without a signature that stands, in the order in which they sign.
    pub fn missing(&self) -> impl Iterator<Item = &GovernmentId> {
        let ordered = self.order.iter().chain(self.standing.parties.iter().filter(|party| !self.order.contains(party)));
        ordered.filter(|party| !self.signatures.get(party).is_some_and(Signature::stands))
    }

    /// Refuses whatever may not be signed now.
    pub(crate) fn signable(&self, agreement: Digest) -> Result<(), R> {
        match &self.opened {
            None => Err(R::NotOpen),
            Some(opened) if opened.agreement == agreement => Ok(()),
            Some(_) => Err(R::OtherText),
        }
    }
}

/// The streams that a decision needs besides its own.
pub(crate) fn reads(command: &C, state: &State) -> Vec<Stream> {
    match command {
        C::AttestPaper { signatures, .. } => {
            let named = signatures.iter().filter(|signature| state.standing.parties.contains(&signature.government));
            let mut signatories: Vec<_> = named.map(|signature| Stream::Official(signature.signatory.clone())).collect();
            signatories.sort();
            signatories.dedup();
            signatories
        }
        C::MarkInDoubt { official, .. } => vec![Stream::Official(official.clone())],
        C::SetOrder { .. } | C::Sign { .. } => Vec::new(),
    }
}

/// The rules.
pub(crate) fn decide(state: &State, command: &C, ctx: &Context<'_, State>) -> Result<Vec<E>, Refusal> {
    match command {
        C::SetOrder { order } => set_order(state, ctx, order),
        C::Sign { agreement, key, jws } => sign(state, ctx, *agreement, key, jws),
        C::AttestPaper { agreement, scan, signatures } => paper::attest(state, ctx, *agreement, scan, signatures),
        C::MarkInDoubt { official, key, since } => mark_in_doubt(state, ctx, official, key, *since),
    }
}

fn set_order(state: &State, ctx: &Context<'_, State>, order: &[GovernmentId]) -> Result<Vec<E>, Refusal> {
    let by = state.standing.reader(ctx.actor.government())?;
    // The coordinating body may arrange the ceremony without being a party.
    if state.standing.coordinator.as_ref() != Some(by) {
        state.standing.party(Some(by))?;
    }
    if !state.signatures.is_empty() {
        return Err(R::OrderStands.into());
    }
    if !names_each_once(order, state) {
        return Err(R::BadOrder.into());
    }
    Ok(vec![E::OrderSet { order: order.to_vec() }])
}

fn names_each_once(order: &[GovernmentId], state: &State) -> bool {
    let mut sorted: Vec<_> = order.iter().collect();
    sorted.sort();
    sorted.into_iter().eq(&state.standing.parties)
}

fn sign(state: &State, ctx: &Context<'_, State>, agreement: Digest, key: &KeyId, jws: &str) -> Result<Vec<E>, Refusal> {
    let government = state.standing.party(ctx.actor.government())?;
    let (Actor::Official(capacity), Target::Case(case)) = (ctx.actor, ctx.target) else { return Err(Denial::WrongTarget.into()) };
    state.signable(agreement)?;
    if state.signatures.get(government).is_some_and(Signature::stands) {
        return Err(R::AlreadySigned.into());
    }
    check_turn(state, government)?;
    let held = ctx.official.keys.get(key).filter(|held| !held.revoked);
    let today = ctx.official.today(government, ctx.at);
    let in_force = held.filter(|held| held.until.is_none_or(|until| today.is_some_and(|today| today <= until)));
    let held = in_force.ok_or_else(|| R::NoSuchKey { key: key.clone() })?;
    let official = capacity.official.clone();
    let intent =
        Intent { purpose: Intent::PURPOSE.to_owned(), case: *case, agreement, government: government.clone(), official: official.clone() };
    jws::verify_detached(&held.public, &intent, jws).map_err(|_| R::BadSignature)?;
    let last = !state.complete && state.missing().all(|party| party == government);
    let signed = E::Signed { government: government.clone(), official, agreement, key: key.clone(), jws: jws.to_owned() };
    Ok([signed].into_iter().chain(last.then_some(E::Completed { agreement })).collect())
}

fn check_turn(state: &State, government: &GovernmentId) -> Result<(), R> {
    match state.missing().next() {
        Some(next) if !state.order.is_empty() && next != government => Err(R::OutOfOrder { next: next.clone() }),
        _ => Ok(()),
    }
}

/// Marks what the register shows to be in doubt, not what the command claims.
fn mark_in_doubt(state: &State, ctx: &Context<'_, State>, official: &OfficialId, key: &KeyId, asked: Timestamp) -> Result<Vec<E>, Refusal> {
    let held = ctx.open(&Stream::Official(official.clone())).and_then(|state| state.official.keys.get(key));
    let since = held.and_then(|held| held.compromised_since).ok_or(R::NothingInDoubt)?.max(asked);
    let marks: Vec<_> = state
        .signatures
        .iter()
        .filter(|(_, signature)| match signature {
            Signature::Key { official: who, key: with, at, in_doubt_since: None, .. } => who == official && with == key && *at >= since,
            Signature::Key { .. } | Signature::Paper { .. } => false,
        })
        .map(|(government, _)| E::MarkedInDoubt { government: government.clone(), official: official.clone(), key: key.clone(), since })
        .collect();
    if marks.is_empty() { Err(R::NothingInDoubt.into()) } else { Ok(marks) }
}

/// Takes in one event of whatever stream.
pub fn evolve(state: &mut State, event: &Event, of: &Meta) {
    state.standing.evolve(event);
    match event {
        Event::Signing(event) => signed(state, event, of.at),
        Event::Negotiation(event) => negotiated(state, event),
        Event::Approvals(event) => approved(state, event, of.at),
        Event::Allocation(event) => {
            if let Some(run) = event.tabled_run() {
                state.allocations.insert(run.digest, Allocation { model: run.model.clone(), result: run.result.clone() });
            }
        }
        Event::Authority(event) => arranged(state, event),
        Event::Registry(event) => state.official.evolve(event),
        Event::Calendar(_) | Event::Mediation(_) => {}
    }
}

fn approved(state: &mut State, event: &approvals::Event, at: Timestamp) {
    use approvals::Event as A;
    match event {
        A::SigningOpened { agreement } => {
            // Only what is frozen now can be signed, whatever else was approved.
            if state.standing.agreement == Some(*agreement) {
                state.opened = Some(Opened { agreement: *agreement, at });
            }
        }
        A::ConditionDecided { .. }
        | A::StepRecorded { .. }
        | A::SignOffRecorded { .. }
        | A::ClockStarted { .. }
        | A::StepLapsed { .. }
        | A::PassedAmended { .. }
        | A::SignaturesNoted { .. }
        | A::EnteredIntoForce { .. } => {}
    }
}

fn arranged(state: &mut State, event: &authority::Event) {
    match event {
        authority::Event::FunctionSet { function, row, .. } => {
            state.matrix.insert(function.clone(), row.clone());
        }
        authority::Event::FunctionRemoved { function, .. } => {
            state.matrix.remove(function);
        }
        authority::Event::FindingAllowed { .. } | authority::Event::Rechecked { .. } => {}
    }
}

fn negotiated(state: &mut State, event: &negotiation::Event) {
    use negotiation::Event as N;
    match event {
        N::TextFrozen { frozen, agreement, text } => {
            state.text = Some(FrozenText { agreement: *agreement, frozen: frozen.clone(), text: text.as_ref().clone() });
        }
        N::TextReopened { .. } => {
            state.text = None;
            state.opened = None;
            state.paper = None;
            state.signatures.clear();
            state.complete = false;
        }
        N::Joined { .. } | N::Left { .. } => state.order.clear(),
        N::CaseOpened { .. }
        | N::Invited { .. }
        | N::Declined { .. }
        | N::AgendaSet(_)
        | N::FactStated { .. }
        | N::PositionTaken { .. }
        | N::TermDefined { .. }
        | N::ClauseAdded { .. }
        | N::WordingProposed { .. }
        | N::PublicationAgreed { .. }
        | N::AgreementPublished { .. }
        | N::WordingSupported { .. }
        | N::ClauseReserved { .. }
        | N::ClauseCommented { .. }
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
        | N::Initialled { .. } => {}
    }
}

fn signed(state: &mut State, event: &E, at: Timestamp) {
    match event {
        E::OrderSet { order } => state.order.clone_from(order),
        E::Signed { government, official, key, jws, .. } => {
            let (official, key, jws) = (official.clone(), key.clone(), jws.clone());
            state.signatures.insert(government.clone(), Signature::Key { official, key, jws, at, in_doubt_since: None });
        }
        E::PaperAttested { government, clerk, scan, signatures, on, counts, .. } => {
            let attestor = Attestor { government: government.clone(), clerk: clerk.clone() };
            let first = state.paper.take();
            if *counts {
                let attested_by: Vec<_> = first.map(|first| first.by).into_iter().chain([attestor]).collect();
                papered(state, signatures, scan, *on, &attested_by);
            } else {
                let signatures = signatures.iter().map(|s| (s.government.clone(), s.signatory.clone())).collect();
                state.paper = Some(Attested { by: attestor, paper: Paper { scan: scan.clone(), signatures, on: *on } });
            }
        }
        E::Completed { .. } => state.complete = true,
        E::MarkedInDoubt { government, since, .. } => {
            if let Some(Signature::Key { in_doubt_since, .. }) = state.signatures.get_mut(government) {
                *in_doubt_since = Some(*since);
            }
        }
    }
}

/// The paper bears everyone's signature and takes the place of those by key: no key that is found out to be compromised can put it in doubt.
fn papered(state: &mut State, signatures: &[PaperSignature], scan: &Document, on: Date, attested_by: &[Attestor]) {
    for signature in signatures {
        let official = signature.signatory.clone();
        let paper = Signature::Paper { official, on, scan: scan.clone(), attested_by: attested_by.to_vec() };
        state.signatures.insert(signature.government.clone(), paper);
    }
}
