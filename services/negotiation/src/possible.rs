//! What a party could do with offers at an instant, by the rules that decide it: so nothing is offered to people that these would forbid. Whether a
//! mandate covers it is not asked here, for that stands in a sealed stream.

use jiff::Timestamp;
use proto::id::GovernmentId;
use proto::negotiation::OfferNo;

use crate::decide::State;
use crate::{answers, moves, package};

impl State {
    fn negotiates(&self, by: &GovernmentId) -> bool {
        self.standing.parties.contains(by) && self.open_text().is_ok()
    }

    /// Whether a party may table an offer that answers none.
    #[must_use]
    pub fn may_table(&self, by: &GovernmentId, at: Timestamp) -> bool {
        self.negotiates(by) && self.standing.parties.len() > 1 && moves::may_open_thread(self, by, at).is_ok()
    }

    /// Whether a party may sound another out.
    #[must_use]
    pub fn may_sound_out(&self, by: &GovernmentId) -> bool {
        self.negotiates(by) && self.standing.parties.len() > 1
    }

    /// Whether a party may answer an offer with one of its own.
    #[must_use]
    pub fn may_counter(&self, offer: OfferNo, by: &GovernmentId, at: Timestamp) -> bool {
        self.negotiates(by) && self.open_offer(offer, at).is_ok_and(|found| moves::may_counter(self, offer, found, by).is_ok())
    }

    /// Whether a party may improve an offer of its own.
    #[must_use]
    pub fn may_improve(&self, offer: OfferNo, by: &GovernmentId, at: Timestamp) -> bool {
        self.negotiates(by) && moves::improvable(self, offer, by, at).is_ok()
    }

    /// Whether a party may accept an offer.
    #[must_use]
    pub fn may_accept(&self, offer: OfferNo, by: &GovernmentId, at: Timestamp) -> bool {
        let stands = |found: &crate::offers::Offer| package::check_disputed(self, &found.package, None).is_ok();
        self.negotiates(by) && answers::asked(self, offer, by, at).is_ok_and(stands)
    }

    /// Whether a party may send an offer back.
    #[must_use]
    pub fn may_send_back(&self, offer: OfferNo, by: &GovernmentId, at: Timestamp) -> bool {
        self.standing.parties.contains(by) && answers::asked(self, offer, by, at).is_ok()
    }

    /// Whether a party may take an offer of its own off the table.
    #[must_use]
    pub fn may_withdraw(&self, offer: OfferNo, by: &GovernmentId, at: Timestamp) -> bool {
        self.standing.parties.contains(by) && answers::withdrawable(self, offer, by, at).is_ok()
    }
}
