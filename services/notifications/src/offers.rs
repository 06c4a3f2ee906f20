//! What lies on the table: whose answers each offer waits for, and what becomes agreed when all have accepted.

use std::collections::{BTreeMap, BTreeSet};

use proto::digest::Digest;
use proto::id::{ClauseId, GovernmentId, TermId};
use proto::negotiation::{OfferNo, Package};
use proto::words::Deadline;
use serde::{Deserialize, Serialize};

/// The offers of a case that wait for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Table {
    /// Whether rounds are circulated: one answer against a draft leaves it with the others.
    pub circulated: bool,
    /// Offers that can be answered, also those whose date has passed unrecorded.
    pub offers: BTreeMap<OfferNo, Offer>,
    /// Offers that were sent back, and whose they are: the author may improve them.
    pub sent_back: BTreeMap<OfferNo, GovernmentId>,
    /// The offer each grew from. Only in circulated rounds, where a draft stays on the table while it is answered by another.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub grew_from: BTreeMap<OfferNo, OfferNo>,
}

/// An offer on the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Offer {
    /// Position of the entry that tabled it.
    pub position: u64,
    /// Whose.
    pub by: GovernmentId,
    /// Who was asked.
    pub to: BTreeSet<GovernmentId>,
    /// Who of them has not answered.
    pub awaited: BTreeSet<GovernmentId>,
    /// Whether someone has answered it by another offer.
    pub countered: bool,
    /// Whether someone has sent it back.
    pub sent_back: bool,
    /// The terms it gives values for.
    pub terms: BTreeSet<TermId>,
    /// Digests of the wordings it proposes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wording: BTreeMap<ClauseId, Digest>,
    /// The allocation it goes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Digest>,
    /// Until when it can be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Deadline>,
}

/// How someone has answered against an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Against {
    Countered,
    SentBack,
}

impl Offer {
    pub(crate) fn new(position: u64, by: &GovernmentId, to: &[GovernmentId], package: &Package, expires: Option<&Deadline>) -> Self {
        let wording = package.wording.iter().filter_map(|(clause, wording)| Some((clause.clone(), Digest::of_json(wording).ok()?)));
        Self {
            position,
            by: by.clone(),
            to: to.iter().cloned().collect(),
            awaited: to.iter().cloned().collect(),
            countered: false,
            sent_back: false,
            terms: package.terms.keys().cloned().collect(),
            wording: wording.collect(),
            allocation: package.allocation,
            expires: expires.cloned(),
        }
    }

    /// Everyone around it.
    pub(crate) fn circle(&self) -> impl Iterator<Item = &GovernmentId> {
        self.to.iter().chain([&self.by])
    }
}

impl Table {
    pub(crate) fn tabled(&mut self, number: OfferNo, offer: Offer, counters: Option<OfferNo>, improves: Option<OfferNo>) {
        if let Some(countered) = counters {
            self.answered_against(countered, &offer.by, Against::Countered);
        }
        if let Some(improved) = improves {
            self.offers.remove(&improved);
        }
        if let Some(parent) = counters.or(improves).filter(|_| self.circulated) {
            self.grew_from.insert(number, parent);
        }
        self.has_gone_on(&offer);
        self.offers.insert(number, offer);
    }

    pub(crate) fn accepted(&mut self, number: OfferNo, by: &GovernmentId) {
        if let Some(offer) = self.offers.get_mut(&number) {
            offer.awaited.remove(by);
        }
        self.close_if_answered(number);
    }

    /// One answer against an offer closes it; a circulated draft stays with those who have not answered.
    pub(crate) fn answered_against(&mut self, number: OfferNo, by: &GovernmentId, how: Against) {
        let Some(offer) = self.offers.get_mut(&number) else { return };
        offer.awaited.remove(by);
        match how {
            Against::Countered => offer.countered = true,
            Against::SentBack => offer.sent_back = true,
        }
        if !self.circulated {
            offer.awaited.clear();
        }
        self.close_if_answered(number);
    }

    /// What nobody answers any more and not everyone has accepted is off the table; what no other offer has taken the place of is its author's.
    fn close_if_answered(&mut self, number: OfferNo) {
        let Some(offer) = self.offers.get(&number) else { return };
        if offer.awaited.is_empty() && (offer.countered || offer.sent_back) {
            if !offer.countered {
                self.sent_back.insert(number, offer.by.clone());
            }
            self.offers.remove(&number);
        }
    }

    /// Withdrawn or lapsed: nobody has to follow it up.
    pub(crate) fn closed(&mut self, number: OfferNo) {
        self.offers.remove(&number);
    }

    /// Answers the offer, whose values and wording are agreed now. Circulated drafts that it grew from have found their answer.
    pub(crate) fn agreed(&mut self, number: OfferNo) -> Option<Offer> {
        let agreed = self.offers.remove(&number)?;
        self.has_gone_on(&agreed);
        let mut older = self.grew_from.get(&number).copied();
        while let Some(ancestor) = older {
            self.offers.remove(&ancestor);
            older = self.grew_from.get(&ancestor).copied();
        }
        Some(agreed)
    }

    /// Who is around a newer offer need not improve an older one.
    fn has_gone_on(&mut self, newer: &Offer) {
        self.sent_back.retain(|_, author| newer.circle().all(|around| around != author));
    }

    pub(crate) fn left(&mut self, government: &GovernmentId) {
        self.sent_back.retain(|_, author| author != government);
    }
}
