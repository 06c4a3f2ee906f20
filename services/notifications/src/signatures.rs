//! Whose signature is missing, and whose turn it is.

use std::collections::BTreeSet;

use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::signing::Event as E;
use serde::{Deserialize, Serialize};

/// How far signing has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Signatures {
    /// What may be signed; none while approvals are missing.
    pub opened: Option<Digest>,
    /// In which order; empty: in any.
    pub order: Vec<GovernmentId>,
    /// Whose signature stands. One in doubt does not.
    pub stand: BTreeSet<GovernmentId>,
    /// Of which party the clerk is who has attested a paper that waits for a second one.
    pub attested_by: Option<GovernmentId>,
}

impl Signatures {
    pub(crate) fn evolve(&mut self, event: &E) {
        match event {
            E::OrderSet { order } => self.order.clone_from(order),
            E::Signed { government, .. } => {
                self.stand.insert(government.clone());
            }
            E::PaperAttested { signatures, counts: true, .. } => {
                self.stand.extend(signatures.iter().map(|signature| signature.government.clone()));
                self.attested_by = None;
            }
            E::PaperAttested { government, counts: false, .. } => self.attested_by = Some(government.clone()),
            E::MarkedInDoubt { government, .. } => {
                self.stand.remove(government);
            }
            E::Completed { .. } => {}
        }
    }

    /// A text that opens again voids every signature; the order stands until the parties change.
    pub(crate) fn reopened(&mut self) {
        *self = Self { order: std::mem::take(&mut self.order), ..Self::default() };
    }

    /// Who can sign now: all whose signature is missing, or the first of them where there is an order.
    pub(crate) fn next(&self, parties: &BTreeSet<GovernmentId>) -> Vec<GovernmentId> {
        let ordered = self.order.iter().chain(parties.iter().filter(|party| !self.order.contains(party)));
        let missing = ordered.filter(|party| !self.stand.contains(*party)).cloned();
        missing.take(if self.order.is_empty() { usize::MAX } else { 1 }).collect()
    }

    /// Whose clerks can be the second to attest the paper that all have signed.
    pub(crate) fn second_clerks<'a>(&'a self, parties: &'a BTreeSet<GovernmentId>) -> impl Iterator<Item = &'a GovernmentId> {
        let first = self.attested_by.as_ref();
        parties.iter().filter(move |party| first.is_some_and(|first| first != *party))
    }
}
