//! Open disputes, as far as everyone may know them: who must agree on a facilitator, who must propose, who must answer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proto::id::{GovernmentId, TermId};
use proto::mediation::{Closing, DisputeNo, Event as E, ProposalNo};
use proto::words::Deadline;
use runtime::decider::Meta;
use serde::{Deserialize, Serialize};

/// A dispute that holds its terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dispute {
    /// Who opened it.
    pub by: GovernmentId,
    /// The terms.
    pub terms: BTreeSet<TermId>,
    /// The parties to it, those that have left the case since too.
    pub parties: BTreeSet<GovernmentId>,
    /// By when it should be settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
    /// Bodies proposed as facilitator, and who has accepted each.
    pub candidates: BTreeMap<GovernmentId, BTreeSet<GovernmentId>>,
    /// The one whom all have accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<GovernmentId>,
    /// The proposal that waits for answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub put: Option<Put>,
    /// Whether it is settled; the settlement is about to be entered and the terms are held until then.
    pub settled: bool,
}

/// A proposal that waits for answers. Who has answered stands in sealed streams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Put {
    /// Position of the entry that put it.
    pub position: u64,
    /// Its number.
    pub number: ProposalNo,
    /// By when to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
    /// Position and civil time of the entry by which a party to the dispute has left since: it may have been the only one that had not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<(u64, Timestamp)>,
}

impl Put {
    /// When it is to be closed, as far as nobody has answered last, each with the entry that says so.
    pub(crate) fn ends(&self) -> impl Iterator<Item = (u64, Timestamp)> {
        let due = self.due.as_ref().and_then(|due| due.passes_at().ok()).map(|end| (self.position, end));
        due.into_iter().chain(self.left)
    }
}

impl Dispute {
    /// Takes in that a body has left the case.
    pub(crate) fn left(&mut self, government: &GovernmentId, of: &Meta) {
        if let Some(put) = self.put.as_mut().filter(|_| self.parties.contains(government)) {
            put.left = Some((of.position, of.at));
        }
    }

    /// The parties to it whose word it still needs.
    pub(crate) fn present<'a>(&'a self, parties: &'a BTreeSet<GovernmentId>) -> BTreeSet<&'a GovernmentId> {
        self.parties.intersection(parties).collect()
    }

    /// Who can take it back: whoever opened it; where that has left, whoever is still a party to it, or else of the case.
    pub(crate) fn can_take_back<'a>(&'a self, parties: &'a BTreeSet<GovernmentId>) -> BTreeSet<&'a GovernmentId> {
        if parties.contains(&self.by) {
            return BTreeSet::from([&self.by]);
        }
        let present = self.present(parties);
        if present.is_empty() { parties.iter().collect() } else { present }
    }

    fn close(&mut self, number: ProposalNo) {
        self.put = self.put.take().filter(|put| put.number != number);
    }
}

/// Takes in one event of mediation. Those of sealed streams never come here.
pub(crate) fn evolve(disputes: &mut BTreeMap<DisputeNo, Dispute>, event: &E, position: u64) {
    match event {
        E::DisputeOpened { dispute, by, names: _, terms, parties, due } => {
            let (by, terms, parties, due) = (by.clone(), terms.clone(), parties.clone(), due.clone());
            let candidates = BTreeMap::new();
            disputes.insert(*dispute, Dispute { by, terms, parties, due, candidates, facilitator: None, put: None, settled: false });
        }
        E::FacilitatorProposed { dispute, by, facilitator, .. } => {
            if let Some(dispute) = disputes.get_mut(dispute) {
                dispute.candidates.insert(facilitator.clone(), BTreeSet::from([by.clone()]));
            }
        }
        E::FacilitatorAccepted { dispute, by, facilitator, agreed, .. } => {
            if let Some(dispute) = disputes.get_mut(dispute) {
                dispute.candidates.entry(facilitator.clone()).or_default().insert(by.clone());
                dispute.facilitator = agreed.then(|| facilitator.clone()).or(dispute.facilitator.take());
            }
        }
        E::ProposalPut { dispute, number, due, .. } => {
            if let Some(dispute) = disputes.get_mut(dispute) {
                dispute.put = Some(Put { position, number: *number, due: due.clone(), left: None });
            }
        }
        E::ProposalFailed { dispute, number } => {
            if let Some(dispute) = disputes.get_mut(dispute) {
                dispute.close(*number);
            }
        }
        E::Settled { dispute, number, .. } => {
            if let Some(dispute) = disputes.get_mut(dispute) {
                dispute.close(*number);
                dispute.settled = true;
            }
        }
        E::DisputeClosed { dispute, how: Closing::TakenBack } => {
            disputes.remove(dispute);
        }
        // It goes when the settlement has come back as an offer.
        E::DisputeClosed { how: Closing::Settled, .. } | E::NoteSent { .. } | E::ProposalDelivered { .. } | E::ProposalAnswered { .. } => {}
    }
}
