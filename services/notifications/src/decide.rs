//! The fold of a case. There are no rules: nobody asks this service for anything.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proto::mediation::DisputeNo;
use proto::message::Event;
use proto::negotiation::{Event as Own, Meeting, Rounds};
use proto::standing::Standing;
use proto::stream::Stream;
use proto::words::Names;
use proto::{approvals, signing};
use runtime::decider::Meta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::disputes::{self, Dispute};
use crate::moves::{self, Move};
use crate::offers::{Against, Offer, Table};
use crate::requests::{Request, Requests};
use crate::signatures::Signatures;
use crate::steps::Steps;
use crate::text::Text;

/// A case: who is in, and what waits for whom. What that is drawn from is kept with it and not shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "NotificationsState")]
pub struct State {
    /// Title of the project.
    pub title: Option<Names>,
    /// How the case stands.
    pub standing: Standing,
    /// When and where the next round is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
    /// When something was done last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Timestamp>,
    /// What waits for whom.
    pub moves: Vec<Move>,
    /// Offers that wait for somebody.
    #[schemars(skip)]
    pub(crate) table: Table,
    /// Figures and the text.
    #[schemars(skip)]
    pub(crate) text: Text,
    /// Requests for information that are not answered.
    #[schemars(skip)]
    pub(crate) requests: Requests,
    /// Disputes that hold their terms.
    #[schemars(skip)]
    pub(crate) disputes: BTreeMap<DisputeNo, Dispute>,
    /// The steps of the procedure.
    #[schemars(skip)]
    pub(crate) steps: Steps,
    /// Signing.
    #[schemars(skip)]
    pub(crate) signatures: Signatures,
}

impl State {
    /// Takes in one event. What was said in a sealed stream is nobody's move in the open.
    pub fn evolve(&mut self, event: &Event, of: &Meta) {
        if !matches!(of.stream, Stream::Case(_)) {
            return;
        }
        self.standing.evolve(event);
        self.latest = Some(of.at);
        match event {
            Event::Negotiation(event) => self.negotiated(event, of),
            Event::Mediation(event) => disputes::evolve(&mut self.disputes, event, of.position),
            Event::Authority(event) => self.text.arranged(event),
            Event::Allocation(event) => {
                if let Some(run) = event.tabled_run() {
                    self.text.allocations.insert(run.digest, run.result.total.keys().cloned().collect());
                }
            }
            Event::Approvals(event) => self.approved(event, of.position),
            Event::Signing(event) => self.signed(event),
            Event::Calendar(_) | Event::Registry(_) => {}
        }
        self.moves = moves::derive(self, of);
    }

    fn approved(&mut self, event: &approvals::Event, position: u64) {
        if let approvals::Event::SigningOpened { agreement } = event {
            self.signatures.opened = Some(*agreement);
        }
        self.steps.evolve(event, position);
        self.steps.look_again(&self.standing);
    }

    fn signed(&mut self, event: &signing::Event) {
        self.signatures.evolve(event);
        self.steps.look_again(&self.standing);
    }

    fn negotiated(&mut self, event: &Own, of: &Meta) {
        if changes_text(event) {
            self.text.initialled.clear();
        }
        match event {
            Own::CaseOpened { by, title, procedure, rounds, parent } => {
                self.title = Some(title.clone());
                self.table.circulated = *rounds == Rounds::Circulated;
                self.text.opened(procedure);
                self.steps.opened(procedure);
                self.steps.stands_above(by, parent.as_ref());
            }
            Own::AgendaSet(agenda) => self.meeting.clone_from(&agenda.meeting),
            Own::Invited { government, parent } => self.steps.stands_above(government, parent.as_ref()),
            Own::Joined { .. } => self.signatures.order.clear(),
            Own::Left { government, .. } => {
                self.signatures.order.clear();
                self.table.left(government);
                self.text.left(government);
                self.steps.left(government);
                self.disputes.values_mut().for_each(|dispute| dispute.left(government, of));
            }
            Own::FactStated { fact, by, .. } | Own::PositionTaken { fact, by, .. } => self.text.said(fact, by),
            Own::InformationRequested { request, to, due, .. } => {
                self.requests.insert(*request, Request { to: to.clone(), due: due.clone() });
            }
            Own::InformationAnswered { request, .. } | Own::InformationLacking { request, .. } => {
                self.requests.remove(request);
            }
            Own::TermDefined { term, .. } => {
                self.text.terms.insert(term.clone(), false);
            }
            Own::ClauseAdded { clause, by, content, wording, .. } => self.text.clause_added(clause, by, content.as_ref(), wording),
            Own::WordingProposed { clause, by, wording } => self.text.wording_proposed(clause, by, wording),
            Own::WordingSupported { clause, by, wording } => self.text.wording_supported(clause, by, *wording),
            Own::ClauseReserved { clause, by } => self.text.clause_reserved(clause, by),
            Own::OfferTabled { offer, by, to, counters, improves, package, expires } => {
                let tabled = Offer::new(of.position, by, to, package, expires.as_ref());
                self.table.tabled(*offer, tabled, *counters, *improves);
            }
            Own::OfferAccepted { offer, by } => self.table.accepted(*offer, by),
            Own::OfferAgreed { offer } => {
                if let Some(agreed) = self.table.agreed(*offer) {
                    self.text.adopt(&agreed);
                }
            }
            Own::OfferSentBack { offer, by, .. } => self.table.answered_against(*offer, by, Against::SentBack),
            Own::OfferWithdrawn { offer } | Own::OfferLapsed { offer } => self.table.closed(*offer),
            Own::SettlementEntered { dispute, package, .. } => {
                self.disputes.remove(dispute);
                self.text.settled(package);
            }
            Own::Initialled { by, .. } => {
                self.text.initialled.insert(by.clone());
            }
            Own::TextReopened { .. } => {
                self.signatures.reopened();
                self.steps.reopened();
            }
            Own::TextFrozen { .. }
            | Own::Declined { .. }
            | Own::OfferDrafted { .. }
            | Own::SoundingMade { .. }
            | Own::SoundingAnswered { .. }
            | Own::SoundingWithdrawn { .. }
            | Own::ClauseCommented { .. }
            | Own::PublicationAgreed { .. }
            | Own::AgreementPublished { .. } => {}
        }
        if changes_steps(event) {
            self.steps.look_again(&self.standing);
        }
    }
}

/// Whether the text that initials authenticate is another one afterwards.
fn changes_text(event: &Own) -> bool {
    match event {
        Own::Joined { .. }
        | Own::Left { .. }
        | Own::TermDefined { .. }
        | Own::ClauseAdded { .. }
        | Own::WordingProposed { .. }
        | Own::WordingSupported { .. }
        | Own::ClauseReserved { .. }
        | Own::OfferAgreed { .. }
        | Own::SettlementEntered { .. }
        | Own::TextReopened { .. } => true,
        Own::CaseOpened { .. }
        | Own::Invited { .. }
        | Own::Declined { .. }
        | Own::AgendaSet(_)
        | Own::FactStated { .. }
        | Own::PositionTaken { .. }
        | Own::InformationRequested { .. }
        | Own::InformationAnswered { .. }
        | Own::InformationLacking { .. }
        | Own::ClauseCommented { .. }
        | Own::PublicationAgreed { .. }
        | Own::AgreementPublished { .. }
        | Own::OfferDrafted { .. }
        | Own::SoundingMade { .. }
        | Own::SoundingAnswered { .. }
        | Own::SoundingWithdrawn { .. }
        | Own::OfferTabled { .. }
        | Own::OfferAccepted { .. }
        | Own::OfferSentBack { .. }
        | Own::OfferWithdrawn { .. }
        | Own::OfferLapsed { .. }
        | Own::Initialled { .. }
        | Own::TextFrozen { .. } => false,
    }
}

/// Whether the turn of a step can have come or gone with it.
fn changes_steps(event: &Own) -> bool {
    matches!(
        event,
        Own::CaseOpened { .. }
            | Own::Invited { .. }
            | Own::Joined { .. }
            | Own::Left { .. }
            | Own::TextFrozen { .. }
            | Own::TextReopened { .. }
    )
}
