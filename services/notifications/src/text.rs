//! The single negotiating text, as far as it says who must do something before it can be initialled. Which obstacles there are is the negotiation's
//! rule; here each is turned into the question whose move clears it.

use std::collections::{BTreeMap, BTreeSet};

use proto::authority::{self, MatrixFinding};
use proto::digest::Digest;
use proto::id::{ClauseId, FactId, GovernmentId, TermId};
use proto::negotiation::Package;
use proto::procedure::Procedure;
use proto::words::Wording;
use serde::{Deserialize, Serialize};

use crate::offers::Offer;

/// Figures, clauses, terms, and what is open in them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Text {
    /// The fewest parties by the procedure.
    pub parties_min: u16,
    /// Mandatory contents that no clause carries.
    pub contents_missing: BTreeSet<String>,
    /// Figures on record, and who has said something of each; whoever put it on record has.
    pub facts: BTreeMap<FactId, BTreeSet<GovernmentId>>,
    /// All terms, and whether a value is agreed.
    pub terms: BTreeMap<TermId, bool>,
    /// The clauses.
    pub clauses: BTreeMap<ClauseId, Clause>,
    /// Who would pay by each result of the laboratory that is on the table.
    pub allocations: BTreeMap<Digest, BTreeSet<GovernmentId>>,
    /// The one accepted last.
    pub allocation: Option<Digest>,
    /// The authority matrix.
    pub matrix: Option<Digest>,
    /// What is wrong in it, as far as its events say.
    pub findings: Vec<Finding>,
    /// Who has initialled the text that stands.
    pub initialled: BTreeSet<GovernmentId>,
}

/// A clause: who stands behind which wording.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Clause {
    /// The wordings somebody stands behind, by digest.
    pub behind: BTreeMap<Digest, BTreeSet<GovernmentId>>,
    /// Who has reserved its position.
    pub reserved: BTreeSet<GovernmentId>,
}

/// Something wrong in the authority matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Finding {
    /// What.
    pub what: MatrixFinding,
    /// Whether it is open. What all have allowed is not, and opens again for whoever joins.
    pub open: bool,
    /// Who has recorded why it may stay.
    pub allowed: BTreeSet<GovernmentId>,
}

impl Finding {
    /// Who has yet to allow it. Where it went and came back unseen, nothing that was allowed before counts.
    pub(crate) fn lacks(&self, parties: &BTreeSet<GovernmentId>) -> BTreeSet<GovernmentId> {
        let lacking: BTreeSet<_> = parties.difference(&self.allowed).cloned().collect();
        if lacking.is_empty() { parties.clone() } else { lacking }
    }
}

impl Clause {
    fn stand_behind<'a>(&mut self, wording: Digest, by: impl IntoIterator<Item = &'a GovernmentId>) {
        for government in by {
            self.forget(government);
            self.behind.entry(wording).or_default().insert(government.clone());
        }
    }

    fn reserve(&mut self, by: &GovernmentId) {
        self.forget(by);
        self.reserved.insert(by.clone());
    }

    fn forget(&mut self, government: &GovernmentId) {
        self.reserved.remove(government);
        self.behind.values_mut().for_each(|supporters| {
            supporters.remove(government);
        });
        self.behind.retain(|_, supporters| !supporters.is_empty());
    }

    /// Without whom it cannot be agreed: whoever does not stand behind the only wording, or everyone where several stand side by side.
    pub(crate) fn lacks(&self, parties: &BTreeSet<GovernmentId>) -> BTreeSet<GovernmentId> {
        let mut wordings = self.behind.values();
        match (wordings.next(), wordings.next()) {
            (Some(only), None) => parties.difference(only).cloned().collect(),
            _ => parties.clone(),
        }
    }
}

impl Text {
    pub(crate) fn opened(&mut self, procedure: &Procedure) {
        self.parties_min = procedure.parties_min;
        self.contents_missing = procedure.contents.iter().filter(|content| content.is_mandatory()).map(|c| c.id.clone()).collect();
    }

    pub(crate) fn said(&mut self, fact: &FactId, by: &GovernmentId) {
        self.facts.entry(fact.clone()).or_default().insert(by.clone());
    }

    fn clause(&mut self, clause: &ClauseId) -> &mut Clause {
        self.clauses.entry(clause.clone()).or_default()
    }

    pub(crate) fn clause_added(&mut self, clause: &ClauseId, by: &GovernmentId, content: Option<&String>, wording: &Wording) {
        self.contents_missing.retain(|missing| Some(missing) != content);
        self.wording_proposed(clause, by, wording);
    }

    pub(crate) fn wording_proposed(&mut self, clause: &ClauseId, by: &GovernmentId, wording: &Wording) {
        if let Ok(digest) = Digest::of_json(wording) {
            self.clause(clause).stand_behind(digest, [by]);
        }
    }

    pub(crate) fn wording_supported(&mut self, clause: &ClauseId, by: &GovernmentId, wording: Digest) {
        self.clause(clause).stand_behind(wording, [by]);
    }

    pub(crate) fn clause_reserved(&mut self, clause: &ClauseId, by: &GovernmentId) {
        self.clause(clause).reserve(by);
    }

    pub(crate) fn settled(&mut self, package: &Package) {
        self.fix(package.terms.keys());
    }

    /// What an agreed offer says stands, and everyone around it stands behind its wording.
    pub(crate) fn adopt(&mut self, offer: &Offer) {
        self.fix(offer.terms.iter());
        for (clause, wording) in &offer.wording {
            self.clause(clause).stand_behind(*wording, offer.circle());
        }
        self.allocation = offer.allocation.or(self.allocation);
    }

    fn fix<'a>(&mut self, terms: impl Iterator<Item = &'a TermId>) {
        for term in terms {
            self.terms.insert(term.clone(), true);
        }
    }

    pub(crate) fn left(&mut self, government: &GovernmentId) {
        self.clauses.values_mut().for_each(|clause| clause.forget(government));
        self.findings.iter_mut().for_each(|found| {
            found.allowed.remove(government);
        });
    }

    pub(crate) fn arranged(&mut self, event: &authority::Event) {
        use authority::Event as E;
        let (matrix, open) = match event {
            E::FunctionSet { matrix, open, .. } => (Some(*matrix), open),
            E::FunctionRemoved { matrix, open, .. } => (*matrix, open),
            E::FindingAllowed { open, .. } | E::Rechecked { open } => (self.matrix, open),
        };
        // Whoever has initialled has initialled another matrix.
        if matrix != self.matrix {
            self.initialled.clear();
        }
        self.matrix = matrix;
        self.found(event, open);
    }

    fn found(&mut self, event: &authority::Event, open: &[MatrixFinding]) {
        if let authority::Event::FindingAllowed { finding, by, .. } = event {
            self.findings.iter_mut().filter(|found| found.what == *finding).for_each(|found| {
                found.allowed.insert(by.clone());
            });
        }
        // Only what this very event allows is known to be there still when it is not open any more.
        self.findings.retain(|found| {
            open.contains(&found.what)
                || match event {
                    authority::Event::FunctionSet { function, .. } | authority::Event::FunctionRemoved { function, .. } => {
                        !found.open && found.what.function != *function
                    }
                    authority::Event::FindingAllowed { finding, .. } => !found.open || found.what == *finding,
                    authority::Event::Rechecked { .. } => !found.open,
                }
        });
        self.findings.iter_mut().for_each(|found| found.open = open.contains(&found.what));
        let new = open.iter().filter(|what| self.findings.iter().all(|found| found.what != **what));
        let new: Vec<Finding> = new.map(|what| Finding { what: what.clone(), open: true, allowed: BTreeSet::new() }).collect();
        self.findings.extend(new);
    }

    /// Whether something has yet to be written.
    pub(crate) fn lacks_wording(&self) -> bool {
        !self.contents_missing.is_empty() || (self.terms.is_empty() && self.clauses.is_empty())
    }

    /// Whether nothing in it stands in the way of initialling.
    pub(crate) fn is_ready(&self, parties: &BTreeSet<GovernmentId>) -> bool {
        parties.len() >= usize::from(self.parties_min)
            && !self.lacks_wording()
            && self.terms.values().all(|agreed| *agreed)
            && self.clauses.values().all(|clause| clause.lacks(parties).is_empty())
            && self.findings.iter().all(|found| !found.open)
            && !self.allocation_is_outdated(parties)
    }

    /// Whether the accepted allocation counts on somebody who is no party.
    pub(crate) fn allocation_is_outdated(&self, parties: &BTreeSet<GovernmentId>) -> bool {
        let members = self.allocation.and_then(|allocation| self.allocations.get(&allocation));
        members.is_some_and(|members| !members.is_subset(parties))
    }
}
