//! Offers: the tree they form, who was asked and what each answered, and what is agreed when all have accepted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proto::id::GovernmentId;
use proto::negotiation::{OfferNo, OfferState, Offered, OfferedShares, Package, Refusal, Rounds};
use proto::remark::Remark;
use proto::words::Deadline;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::State;
use crate::text::Agreed;

/// How one who was asked has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Not yet.
    Awaited,
    /// Has accepted.
    Accepted,
    /// Has sent it back.
    SentBack,
    /// Has made a counter-offer.
    Countered,
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// Whose; none where a settlement has come back as an accepted offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<GovernmentId>,
    /// Who was asked, and what each has answered.
    pub to: BTreeMap<GovernmentId, Answer>,
    /// The offer it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counters: Option<OfferNo>,
    /// The author's own offer it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub improves: Option<OfferNo>,
    /// The dispute it settles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<u32>,
    /// Why those have sent it back who gave a reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<GovernmentId, Remark>,
    /// All it says, with what it carries over.
    pub package: Package,
    /// Until when it can be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Deadline>,
    /// What has become of it.
    pub state: OfferState,
    /// Since when it lies on the table.
    pub tabled_at: Timestamp,
}

impl Offer {
    /// The offer it grew from.
    #[must_use]
    pub fn parent(&self) -> Option<OfferNo> {
        self.counters.or(self.improves)
    }

    /// Whether it was not closed by an act. Its time may have passed.
    #[must_use]
    pub fn is_on_table(&self) -> bool {
        self.state == OfferState::Open
    }

    /// Its state at an instant: a date that has passed binds before anybody has recorded it.
    #[must_use]
    pub fn state_at(&self, at: Timestamp) -> OfferState {
        let passed = self.expires.as_ref().is_some_and(|expires| expires.has_passed(at));
        if self.is_on_table() && passed { OfferState::Lapsed } else { self.state }
    }

    /// Whose answers it waits for.
    pub fn awaits(&self) -> impl Iterator<Item = &GovernmentId> {
        self.to.iter().filter(|(_, answer)| **answer == Answer::Awaited).map(|(government, _)| government)
    }

    pub(crate) fn answered(&self, answer: Answer) -> bool {
        self.to.values().any(|given| *given == answer)
    }

    /// An offer that everyone has answered and not everyone accepted has run its course.
    fn close_if_answered(&mut self) {
        if self.is_on_table() && !self.answered(Answer::Awaited) {
            if self.answered(Answer::Countered) {
                self.state = OfferState::Countered;
            } else if self.answered(Answer::SentBack) {
                self.state = OfferState::SentBack;
            }
        }
    }
}

impl State {
    pub(crate) fn offer(&self, offer: OfferNo) -> Result<&Offer, Refusal> {
        self.offers.get(&offer).ok_or(Refusal::UnknownOffer { offer })
    }

    pub(crate) fn open_offer(&self, offer: OfferNo, at: Timestamp) -> Result<&Offer, Refusal> {
        let found = self.offer(offer)?;
        match found.state_at(at) {
            OfferState::Open => Ok(found),
            state => Err(Refusal::OfferClosed { offer, state }),
        }
    }

    /// What offers would have each bear, as far as they carry an allocation.
    pub(crate) fn offered(&self) -> Offered {
        let shares = |(number, offer): (&OfferNo, &Offer)| {
            let tabled = self.allocations.get(&offer.package.allocation?)?;
            Some(OfferedShares { offer: *number, shares: tabled.shares.clone() })
        };
        let own = |(number, offer): (&OfferNo, &Offer)| Some((offer.by.clone()?, shares((number, offer))?));
        let on_table = self.offers.iter().rev().filter(|(_, offer)| offer.is_on_table()).find_map(shares);
        // A later offer takes the place of an earlier one.
        Offered { last: self.offers.iter().filter_map(own).collect(), on_table }
    }

    pub(crate) fn next_offer(&self) -> OfferNo {
        self.offers.last_key_value().map_or(1, |(last, _)| last + 1)
    }

    /// Whose move it is, at an instant or, without one, as far as is on record.
    #[must_use]
    pub fn whose_turn(&self, at: Option<Timestamp>) -> BTreeSet<GovernmentId> {
        let is_open = |offer: &&Offer| at.map_or(offer.is_on_table(), |at| offer.state_at(at) == OfferState::Open);
        let newest_first = self.offers.values().rev().filter(is_open);
        let counted = if self.rounds == Some(Rounds::Alternating) { 1 } else { usize::MAX };
        newest_first.take(counted).flat_map(Offer::awaits).cloned().collect()
    }

    fn shown_mandate(&mut self, government: &GovernmentId) {
        if let Some(body) = self.bodies.get_mut(government) {
            body.mandated = true;
        }
    }

    /// One answer against an offer closes it, except that a circulated draft stays with the others until its date.
    fn answered_against(&mut self, offer: OfferNo, by: &GovernmentId, answer: Answer, becomes: OfferState) {
        let circulated = self.rounds == Some(Rounds::Circulated);
        if let Some(offer) = self.offers.get_mut(&offer) {
            offer.to.entry(by.clone()).and_modify(|given| *given = answer);
            if circulated {
                offer.close_if_answered();
            } else if offer.is_on_table() {
                offer.state = becomes;
            }
        }
    }
}

pub(crate) fn tabled(state: &mut State, number: OfferNo, offer: Offer) {
    if let Some(by) = &offer.by {
        state.shown_mandate(by);
        if let Some(countered) = offer.counters {
            state.answered_against(countered, by, Answer::Countered, OfferState::Countered);
        }
    }
    if let Some(improved) = offer.improves {
        closed(state, improved, OfferState::Improved);
    }
    state.offers.insert(number, offer);
}

pub(crate) fn accepted(state: &mut State, offer: OfferNo, by: &GovernmentId) {
    state.shown_mandate(by);
    if let Some(offer) = state.offers.get_mut(&offer) {
        offer.to.insert(by.clone(), Answer::Accepted);
        offer.close_if_answered();
    }
}

pub(crate) fn sent_back(state: &mut State, number: OfferNo, by: &GovernmentId, why: Option<&Remark>) {
    if let Some((offer, why)) = state.offers.get_mut(&number).zip(why) {
        offer.reasons.insert(by.clone(), why.clone());
    }
    state.answered_against(number, by, Answer::SentBack, OfferState::SentBack);
}

pub(crate) fn closed(state: &mut State, offer: OfferNo, becomes: OfferState) {
    if let Some(offer) = state.offers.get_mut(&offer) {
        offer.state = becomes;
    }
}

/// The values and the wording of an offer are agreed, and circulated drafts that it answers have found their answer.
pub(crate) fn agreed(state: &mut State, number: OfferNo) {
    closed(state, number, OfferState::Agreed);
    let Some(offer) = state.offers.get(&number).cloned() else { return };
    adopt(state, number, &offer);
    let mut older = offer.parent();
    while let Some((ancestor, offer)) = older.and_then(|older| Some((older, state.offers.get(&older)?))) {
        older = offer.parent();
        if offer.is_on_table() {
            closed(state, ancestor, OfferState::Countered);
        }
    }
}

/// Makes what an offer says the agreed state of the text.
pub(crate) fn adopt(state: &mut State, number: OfferNo, offer: &Offer) {
    for (id, value) in &offer.package.terms {
        if let Some(term) = state.terms.get_mut(id) {
            term.agreed = Some(Agreed { value: value.clone(), label: offer.package.labels.get(id).cloned(), offer: number });
        }
    }
    let behind: Vec<GovernmentId> = offer.by.iter().chain(offer.to.keys()).cloned().collect();
    for (clause, wording) in &offer.package.wording {
        crate::text::moved(state, clause, |clause| clause.support(wording, behind.iter().cloned()));
    }
    state.allocation = offer.package.allocation.or(state.allocation);
}
