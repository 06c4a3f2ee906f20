//! Free texts of a case: the record holds their commitments, and the ledger tells what they say to whom each is for.

use std::collections::{BTreeMap, BTreeSet};

use gateway::problem::Problem;
use proto::actor::Service;
use proto::digest::Digest;
use proto::remark::Remark;
use serde::Deserialize;
use serde_json::json;

use super::Case;

/// What remarks of a case say, as far as whoever is signed in may know it.
#[derive(Default)]
pub(crate) struct Remarks(BTreeMap<Digest, String>);

impl Remarks {
    /// What a remark says; none where it is for others, or was erased. In a sealed stream it still holds its text itself.
    pub fn of<'a>(&'a self, remark: &'a Remark) -> Option<&'a str> {
        remark.remark.as_deref().or_else(|| self.0.get(&remark.remark_commitment?).map(String::as_str))
    }
}

#[derive(Deserialize)]
struct Told {
    remarks: BTreeMap<Digest, String>,
    seen: usize,
}

impl Case {
    /// What these remarks say. One question to the ledger for all of them, so a room asks once and then looks each one up.
    ///
    /// # Errors
    /// When the ledger does not answer.
    pub async fn remarks<'a>(&self, remarks: impl IntoIterator<Item = &'a Remark>) -> Result<Remarks, Problem> {
        let mut wanted: Vec<Digest> =
            remarks.into_iter().filter_map(|remark| remark.remark_commitment).collect::<BTreeSet<_>>().into_iter().collect();
        let mut known = BTreeMap::new();
        while !wanted.is_empty() {
            let question = json!({ "case": self.id, "commitments": wanted });
            let told = self.visit.edge.ask::<Told>(&self.who, Service::Ledger, "remarks", &question).await;
            let Told { remarks, seen } = told.map_err(|why| self.visit.failed(why))?;
            known.extend(remarks);
            // What is too long for one answer is asked for again.
            wanted.drain(..seen.clamp(1, wanted.len()));
        }
        Ok(Remarks(known))
    }
}
