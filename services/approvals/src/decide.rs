//! What approvals know of a case, how they learn it, and the rules by which they answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use proto::access::Denial;
use proto::approvals::{Command, Done, Event, Refusal, StepOf};
use proto::digest::Digest;
use proto::id::{GovernmentId, ProcedureId};
use proto::procedure::{Procedure, Step, StepActor, Words};
use proto::standing::Standing;
use proto::stream::Stream;
use proto::term::Value;
use proto::words::{Counting, Names, day_of};
use proto::{message, negotiation, registry, signing};
use runtime::decider::{Context, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::force::with_consequences;
use crate::lanes::{Attempt, Clock, Decided, Instance, Lanes, What};
use crate::order::is_ready;
use crate::record::Asked;
use crate::sign_off::KeptSignOff;
use crate::unfold::unfold;
use crate::{condition, record, sign_off, silence};

/// The fold of one stream: of a case, of a party's own stream, or of a body in the register.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApprovalsState")]
pub struct State {
    /// How the case stands.
    pub standing: Standing,
    /// The procedure that was pinned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Pinned>,
    /// Its steps, unfolded for the parties.
    pub lanes: Lanes,
    /// The body above each that is invited or a party, as far as there is one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parents: BTreeMap<GovernmentId, GovernmentId>,
    /// Whether the frozen text carries a sum, a share or an allocation.
    pub binds_money: bool,
    /// What may be signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing_open: Option<Digest>,
    /// The signature that came last, as signing tells; all have signed once it is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_signature: Option<LastSignature>,
    /// The signatures, once they are noted here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatures: Option<Noted>,
    /// The day from which the agreement is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<Date>,
    /// Sign-offs, of a party's own stream.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sign_offs: Vec<KeptSignOff>,
    /// The time zone, of a body in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// A procedure as it stood when the case opened, as far as its steps go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pinned {
    /// Its name.
    pub id: ProcedureId,
    /// Its version.
    pub version: u32,
    /// What it is.
    pub names: Names,
    /// The law.
    pub legal_basis: Words,
    /// How days are counted.
    pub counting: Counting,
    /// Its steps.
    pub steps: Vec<Arc<Step>>,
}

/// The signature that came last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LastSignature {
    /// Of which party; of a paper, the party of the clerk who attested it last.
    pub government: GovernmentId,
    /// The day of the ceremony, of a paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// When it was recorded.
    pub at: Timestamp,
    /// What every party has signed with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completes: Option<Digest>,
}

/// All signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Noted {
    /// What was signed.
    pub agreement: Digest,
    /// The day of the last one.
    pub on: Date,
}

impl State {
    /// Takes in one event of any family.
    pub(crate) fn evolve(&mut self, event: &message::Event, of: &Meta) {
        self.standing.evolve(event);
        match event {
            message::Event::Approvals(event) => self.take_in(event),
            message::Event::Negotiation(event) => self.negotiated(event),
            message::Event::Signing(event) => self.signed(event, of.at),
            message::Event::Registry(event) => self.registered(event),
            message::Event::Calendar(_) | message::Event::Allocation(_) | message::Event::Authority(_) | message::Event::Mediation(_) => {}
        }
    }

    /// Takes in one event of approvals.
    pub(crate) fn take_in(&mut self, event: &Event) {
        match event {
            Event::ConditionDecided { step, applies, why, by } => {
                let decided = Decided { applies: *applies, by: by.clone(), why: why.clone() };
                self.change(step, |instance| instance.decided = Some(decided));
            }
            Event::StepRecorded { step, by, done, on, effect, agreement, letter, evidence, complete: _ } => {
                let recorded =
                    What::Recorded { done: done.clone(), by: by.clone(), on: *on, letter: letter.clone(), evidence: evidence.clone() };
                let attempt = Attempt { what: recorded, agreement: *agreement, effect: *effect, void: false };
                self.change(step, |instance| {
                    instance.clock.iter_mut().for_each(|clock| clock.over |= attempt.effect.is_some());
                    instance.attempts.push(attempt);
                });
            }
            Event::ClockStarted { step, from, due, formal } => {
                let clock = Clock { from: *from, due: due.clone(), formal: *formal, over: false };
                self.change(step, |instance| instance.clock = Some(clock));
            }
            Event::StepLapsed { step, refused, effect, complete: _ } => {
                let agreement = self.standing.agreement;
                self.change(step, |instance| {
                    instance.clock.iter_mut().for_each(|clock| clock.over = true);
                    let agreement = agreement.filter(|_| instance.step.is_about_text());
                    instance.attempts.push(Attempt { what: What::Silence { refused: *refused }, agreement, effect: *effect, void: false });
                });
            }
            Event::SigningOpened { agreement } => self.signing_open = Some(*agreement),
            Event::SignaturesNoted { agreement, on } => self.signatures = Some(Noted { agreement: *agreement, on: *on }),
            Event::EnteredIntoForce { on, .. } => self.in_force = Some(*on),
            Event::SignOffRecorded { step, sign_off } => {
                self.sign_offs.push(KeptSignOff { step: step.clone(), sign_off: sign_off.clone() });
            }
            Event::PassedAmended { .. } => {}
        }
        self.refresh();
    }

    fn change(&mut self, of: &StepOf, change: impl FnOnce(&mut Instance)) {
        if let Some(instance) = self.lanes.find_mut(of) {
            change(instance);
        }
    }

    fn negotiated(&mut self, event: &negotiation::Event) {
        use negotiation::Event as E;
        match event {
            E::CaseOpened { by, procedure, parent, .. } => {
                self.parents.extend(parent.clone().map(|parent| (by.clone(), parent)));
                self.procedure = Some(Pinned::from(procedure.as_ref()));
                self.unfold();
            }
            E::Invited { government, parent } => {
                self.parents.extend(parent.clone().map(|parent| (government.clone(), parent)));
            }
            E::Joined { .. } | E::Left { .. } => self.unfold(),
            E::TextFrozen { frozen, text, .. } => {
                let pays = |value: &Value| matches!(value, Value::Money(_) | Value::Share(_));
                self.binds_money = frozen.allocation.is_some() || text.terms.values().any(|term| pays(&term.value));
                self.refresh();
            }
            E::TextReopened { .. } => self.reopened(),
            E::Declined { .. }
            | E::AgendaSet(_)
            | E::FactStated { .. }
            | E::PositionTaken { .. }
            | E::TermDefined { .. }
            | E::ClauseAdded { .. }
            | E::WordingProposed { .. }
            | E::WordingSupported { .. }
            | E::ClauseReserved { .. }
            | E::ClauseCommented { .. }
            | E::PublicationAgreed { .. }
            | E::AgreementPublished { .. }
            | E::InformationRequested { .. }
            | E::InformationAnswered { .. }
            | E::InformationLacking { .. }
            | E::OfferDrafted { .. }
            | E::SoundingMade { .. }
            | E::SoundingAnswered { .. }
            | E::SoundingWithdrawn { .. }
            | E::OfferTabled { .. }
            | E::OfferAccepted { .. }
            | E::OfferAgreed { .. }
            | E::OfferSentBack { .. }
            | E::OfferWithdrawn { .. }
            | E::OfferLapsed { .. }
            | E::SettlementEntered { .. }
            | E::Initialled { .. } => {}
        }
    }

    fn unfold(&mut self) {
        let steps = self.procedure.as_ref().map(|procedure| procedure.steps.as_slice()).unwrap_or_default();
        self.lanes = unfold(steps, &self.standing.parties, std::mem::take(&mut self.lanes));
        self.refresh();
    }

    /// No approval of the old text counts for a new one, not even for one that reads the same.
    fn reopened(&mut self) {
        (self.signing_open, self.last_signature, self.signatures, self.binds_money) = (None, None, None, false);
        for instance in self.lanes.all_mut().filter(|instance| instance.step.is_about_text()) {
            instance.clock = None;
            instance.attempts.iter_mut().for_each(|attempt| attempt.void = true);
        }
        self.refresh();
    }

    fn signed(&mut self, event: &signing::Event, at: Timestamp) {
        match event {
            signing::Event::Signed { government, .. } => {
                self.last_signature = Some(LastSignature { government: government.clone(), on: None, at, completes: None });
            }
            signing::Event::PaperAttested { government, on, counts: true, .. } => {
                self.last_signature = Some(LastSignature { government: government.clone(), on: Some(*on), at, completes: None });
            }
            signing::Event::Completed { agreement } => {
                self.last_signature.iter_mut().for_each(|last| last.completes = Some(*agreement));
            }
            signing::Event::PaperAttested { .. } | signing::Event::OrderSet { .. } | signing::Event::MarkedInDoubt { .. } => {}
        }
    }

    fn registered(&mut self, event: &registry::Event) {
        use registry::Event as E;
        match event {
            E::GovernmentRegistered { zone, .. } => self.zone = Some(zone.clone()),
            E::PopulationRecorded(_)
            | E::Appointed { .. }
            | E::AppointmentEnded { .. }
            | E::KeyRegistered { .. }
            | E::KeyRevoked { .. }
            | E::KeyUsed { .. }
            | E::MandateGranted(_)
            | E::MandateRevoked { .. } => {}
        }
    }

    /// The instance of this name.
    pub(crate) fn instance(&self, of: &StepOf) -> Result<&Instance, Refusal> {
        self.lanes.find(of).ok_or_else(|| Refusal::UnknownStep { step: of.step.clone() })
    }

    /// The signing of the agreement, where the procedure knows one.
    pub(crate) fn signing(&self) -> Option<&Instance> {
        self.lanes.all().find(|instance| instance.step.is_signing())
    }

    /// Whether the acting body may know of the case at all: it reads it, or a party stands under it.
    pub(crate) fn insider(&self, ctx: &Context<'_, Self>) -> Result<(), Denial> {
        let government = ctx.actor.government().ok_or(Denial::NoSuchCase)?;
        if self.is_above_a_party(government) { Ok(()) } else { self.standing.reader(Some(government)).map(|_| ()) }
    }

    fn is_above_a_party(&self, government: &GovernmentId) -> bool {
        self.standing.parties.iter().any(|party| self.parents.get(party) == Some(government))
    }

    /// The acting body, if it may act in a step: a party in its own and in those for all, a body above a party in those of superior and third
    /// bodies.
    pub(crate) fn may_act<'a>(&self, instance: &Instance, ctx: &Context<'a, Self>) -> Result<&'a GovernmentId, message::Refusal> {
        let government = ctx.actor.government().ok_or(Denial::NoSuchCase)?;
        let not_yours = || Refusal::NotYourStep { step: instance.id() };
        let owner = instance.of.government.as_ref();
        if self.standing.parties.contains(government) {
            let own = owner.is_none_or(|owner| owner == government) && instance.step.actor.is != StepActor::ByLaw;
            return if own { Ok(government) } else { Err(not_yours().into()) };
        }
        if !self.is_above_a_party(government) {
            return Ok(self.standing.party(Some(government))?);
        }
        let above = owner.is_none_or(|owner| self.parents.get(owner) == Some(government));
        match instance.step.actor.is {
            StepActor::HigherBody | StepActor::HigherBodyOfEach | StepActor::ThirdBody if above => Ok(government),
            _ => Err(not_yours().into()),
        }
    }

    /// The body whose zone counts when a service acts: that of the last signature, or the first party.
    fn reference(&self) -> Option<&GovernmentId> {
        self.last_signature.as_ref().map(|last| &last.government).or_else(|| self.standing.parties.first())
    }
}

impl From<&Procedure> for Pinned {
    fn from(procedure: &Procedure) -> Self {
        Self {
            id: procedure.id.clone(),
            version: procedure.version,
            names: procedure.names.clone(),
            legal_basis: procedure.legal_basis.clone(),
            counting: procedure.counting,
            steps: procedure.steps.iter().cloned().map(Arc::new).collect(),
        }
    }
}

/// The other streams a decision looks at.
pub(crate) fn reads(command: &Command, stream: &Stream, state: &State) -> Vec<Stream> {
    let government = match command {
        Command::RecordStep { done: Done::Higher { body, .. }, .. } => Some(body),
        Command::OpenSigning { .. } | Command::NoteSignatures { .. } => state.reference(),
        Command::RecordSignOff { .. } => return stream.case().map(Stream::Case).into_iter().collect(),
        Command::RecordStep { .. } | Command::DecideCondition { .. } | Command::StartClock { .. } | Command::LapseStep { .. } => None,
    };
    government.cloned().map(Stream::Government).into_iter().collect()
}

/// The rules.
pub(crate) fn decide(state: &State, command: &Command, ctx: &Context<'_, State>) -> Result<Vec<Event>, message::Refusal> {
    let events = match command {
        Command::DecideCondition { step, applies, why } => condition::decide(state, step, *applies, why, ctx)?,
        Command::RecordStep { step, done, agreement, letter } => {
            record::record(state, &Asked { of: step, done, agreement: *agreement, letter: letter.as_ref() }, ctx)?
        }
        Command::RecordSignOff { step, sign_off } => return sign_off::keep(step, sign_off, ctx),
        Command::StartClock { step, from, zone, formal } => silence::start(state, step, *from, zone, *formal, ctx)?,
        Command::LapseStep { step } => silence::lapse(state, step, ctx)?,
        Command::OpenSigning { agreement } => return Ok(open_signing(state, *agreement, ctx)?),
        Command::NoteSignatures { agreement } => note_signatures(state, *agreement, ctx)?,
    };
    Ok(with_consequences(state, events, &zone(state, command, ctx)))
}

fn open_signing(state: &State, agreement: Digest, ctx: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
    if state.standing.agreement != Some(agreement) {
        return Err(Refusal::OtherText);
    }
    if state.signing_open.is_some() {
        return Err(Refusal::SigningIsOpen);
    }
    let events = with_consequences(state, Vec::new(), &service_zone(state, ctx));
    match state.signing() {
        _ if !events.is_empty() => Ok(events),
        Some(signing) => Err(is_ready(signing).err().unwrap_or(Refusal::SigningIsOpen)),
        None => Err(Refusal::NothingToSign),
    }
}

fn note_signatures(state: &State, agreement: Digest, ctx: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
    if state.standing.agreement != Some(agreement) {
        return Err(Refusal::OtherText);
    }
    if state.signatures.is_some() {
        return Err(Refusal::AlreadyNoted);
    }
    is_ready(state.signing().ok_or(Refusal::NothingToSign)?)?;
    let last = state.last_signature.as_ref().filter(|last| last.completes == Some(agreement)).ok_or(Refusal::SignaturesMissing)?;
    let on = last.on.unwrap_or_else(|| day_in(last.at, &service_zone(state, ctx)));
    Ok(vec![Event::SignaturesNoted { agreement, on }])
}

/// The day where the acting official's body is.
pub(crate) fn today(ctx: &Context<'_, State>) -> Date {
    let there = ctx.actor.government().and_then(|government| ctx.official.today(government, ctx.at));
    there.unwrap_or_else(|| day_in(ctx.at, UTC))
}

const UTC: &str = "UTC";

fn day_in(at: Timestamp, zone: &str) -> Date {
    day_of(at, zone).unwrap_or_else(|_| at.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// Where the days of clocks count that begin to run with this decision.
fn zone(state: &State, command: &Command, ctx: &Context<'_, State>) -> String {
    if let Command::LapseStep { step } = command {
        let clock = state.lanes.find(step).and_then(|instance| instance.clock.as_ref());
        return clock.map_or_else(|| UTC.to_owned(), |clock| clock.due.zone.clone());
    }
    let Some(government) = ctx.actor.government() else { return service_zone(state, ctx) };
    let held = ctx.official.appointments.iter().rfind(|held| held.appointment.government == *government);
    held.map_or_else(|| UTC.to_owned(), |held| held.zone.clone())
}

fn service_zone(state: &State, ctx: &Context<'_, State>) -> String {
    let body = state.reference().and_then(|government| ctx.open(&Stream::Government(government.clone())));
    body.and_then(|body| body.zone.clone()).unwrap_or_else(|| UTC.to_owned())
}
