//! How a case stands, as far as every service's rules need it: who is in, whether the text is frozen, signed, in force.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Denial, Readers};
use crate::digest::Digest;
use crate::id::GovernmentId;
use crate::message::Event;
use crate::{approvals, mediation, negotiation, signing};

/// The kinds of events that change a [`Standing`]: what a follower who needs no more than the outline of a case asks for.
pub const KINDS: [&str; 11] = [
    "negotiation.case_opened",
    "negotiation.invited",
    "negotiation.joined",
    "negotiation.declined",
    "negotiation.left",
    "negotiation.text_frozen",
    "negotiation.text_reopened",
    "approvals.entered_into_force",
    "approvals.step_recorded",
    "signing.completed",
    "mediation.facilitator_accepted",
];

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not opened.
    #[default]
    None,
    /// Negotiated.
    Open,
    /// The text is frozen; approvals and signatures follow.
    Frozen,
    /// Signed by all.
    Signed,
    /// In force.
    InForce,
}

/// The fold of a case's history that all services share.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// How far it has come.
    pub phase: Phase,
    /// Who opened it and coordinates it.
    pub coordinator: Option<GovernmentId>,
    /// Who is invited and has not answered.
    pub invited: BTreeSet<GovernmentId>,
    /// The parties.
    pub parties: BTreeSet<GovernmentId>,
    /// The digest of the frozen agreement.
    pub agreement: Option<Digest>,
    /// Who may read.
    pub readers: Readers,
}

impl Standing {
    /// Takes in one event of the case's stream.
    pub fn evolve(&mut self, event: &Event) {
        match event {
            Event::Negotiation(event) => self.negotiated(event),
            Event::Approvals(approvals::Event::EnteredIntoForce { .. }) => self.phase = Phase::InForce,
            Event::Signing(signing::Event::Completed { .. }) => self.phase = Phase::Signed,
            Event::Mediation(mediation::Event::FacilitatorAccepted { facilitator, reads, agreed: true, .. }) => {
                self.readers.case.insert(facilitator.clone());
                for party in reads {
                    self.readers.caucuses.entry(party.clone()).or_default().insert(facilitator.clone());
                }
            }
            Event::Approvals(approvals::Event::StepRecorded { done: approvals::Done::Higher { body, .. }, .. }) => {
                self.readers.case.insert(body.clone());
            }
            Event::Approvals(_)
            | Event::Signing(_)
            | Event::Mediation(_)
            | Event::Calendar(_)
            | Event::Registry(_)
            | Event::Allocation(_)
            | Event::Authority(_) => {}
        }
    }

    fn negotiated(&mut self, event: &negotiation::Event) {
        use negotiation::Event as E;
        match event {
            E::CaseOpened { by, .. } => {
                self.phase = Phase::Open;
                self.coordinator = Some(by.clone());
                self.readers.case.insert(by.clone());
            }
            E::Invited { government, .. } => {
                self.invited.insert(government.clone());
                self.readers.case.insert(government.clone());
            }
            E::Joined { government, .. } => {
                self.invited.remove(government);
                self.parties.insert(government.clone());
                self.readers.case.insert(government.clone());
            }
            E::Declined { government, .. } => {
                self.invited.remove(government);
                // Whoever has declined has no part in what follows, unless it has one of another kind.
                if self.coordinator.as_ref() != Some(government) && !self.readers.facilitates(government) {
                    self.readers.case.remove(government);
                }
            }
            E::Left { government, .. } => {
                self.parties.remove(government);
            }
            E::TextFrozen { agreement, .. } => {
                self.phase = Phase::Frozen;
                self.agreement = Some(*agreement);
            }
            E::TextReopened { .. } => {
                self.phase = Phase::Open;
                self.agreement = None;
            }
            E::AgendaSet(_)
            | E::FactStated { .. }
            | E::PositionTaken { .. }
            | E::TermDefined { .. }
            | E::ClauseAdded { .. }
            | E::WordingProposed { .. }
            | E::WordingSupported { .. }
            | E::ClauseReserved { .. }
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
            | E::Initialled { .. }
            | E::PublicationAgreed { .. }
            | E::AgreementPublished { .. }
            | E::InformationRequested { .. }
            | E::InformationAnswered { .. }
            | E::InformationLacking { .. }
            | E::ClauseCommented { .. } => {}
        }
    }

    /// The acting body, if it is a party.
    ///
    /// # Errors
    /// `no_such_case` when the case was never opened or the body has nothing to do with it; `not_a_party` when it reads and does not act.
    pub fn party<'a>(&self, government: Option<&'a GovernmentId>) -> Result<&'a GovernmentId, Denial> {
        let government = self.reader(government)?;
        if self.parties.contains(government) { Ok(government) } else { Err(Denial::NotAParty { government: government.clone() }) }
    }

    /// The acting body, if it may read the case.
    ///
    /// # Errors
    /// `no_such_case`, so that nobody learns which cases of others exist.
    pub fn reader<'a>(&self, government: Option<&'a GovernmentId>) -> Result<&'a GovernmentId, Denial> {
        government.filter(|g| self.readers.case.contains(g)).ok_or(Denial::NoSuchCase)
    }
}
