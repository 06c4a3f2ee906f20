//! The agreement as a document that stands by itself: what was frozen, what came of it, who signed.

use std::collections::BTreeMap;

use proto::authority::Function;
use proto::digest::{Digest, canonical};
use proto::id::{CaseId, FunctionId, GovernmentId};
use proto::negotiation::{Frozen, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Allocation, Signature, State};

/// The agreement. Its canonical JSON (RFC 8785) is the document; [`readable`](crate::readable) makes it a text for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The case.
    pub case: CaseId,
    /// Digest of `frozen`: what was signed.
    pub agreement: Digest,
    /// The digests of text, allocation and authority matrix.
    pub frozen: Frozen,
    /// What the parties agreed.
    pub text: Text,
    /// Who pays what, and by which rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Allocation>,
    /// Who decides, funds, operates, is consulted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matrix: Option<BTreeMap<FunctionId, Function>>,
    /// The signatures so far.
    pub signatures: BTreeMap<GovernmentId, Signature>,
}

/// Why there is no agreement document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAgreement {
    /// Nothing is frozen.
    #[error("no text is frozen")]
    NotFrozen,
    /// A part is not what was frozen.
    #[error("the {0} is not the one whose digest was frozen")]
    OtherPart(&'static str),
}

impl Agreement {
    /// The agreement as the history of its case has it.
    ///
    /// # Errors
    /// When nothing is frozen, or a part is not what was frozen.
    pub fn of(case: CaseId, state: &State) -> Result<Self, NoAgreement> {
        let frozen = state.text.as_ref().ok_or(NoAgreement::NotFrozen)?;
        let allocation = frozen.frozen.allocation.and_then(|digest| state.allocations.get(&digest)).cloned();
        let agreement = Self {
            case,
            agreement: frozen.agreement,
            frozen: frozen.frozen.clone(),
            text: frozen.text.clone(),
            allocation,
            matrix: frozen.frozen.matrix.map(|_| state.matrix.clone()),
            signatures: state.signatures.clone(),
        };
        agreement.check()?;
        Ok(agreement)
    }

    /// Checks every part against the digest that was frozen, and those against the one that was signed. Signatures are checked with
    /// [`jws::verify_detached`](crate::jws::verify_detached) and keys from the register.
    ///
    /// # Errors
    /// The first part that is another than was frozen.
    pub fn check(&self) -> Result<(), NoAgreement> {
        let allocation = self.allocation.as_ref();
        let parts = [
            ("agreement", digest(&self.frozen) == Some(self.agreement)),
            ("text", digest(&self.text) == Some(self.frozen.text)),
            ("allocation", allocation.and_then(|allocation| digest(&allocation.result)) == self.frozen.allocation),
            ("model of the allocation", allocation.is_none_or(|a| a.model.digest().ok() == Some(a.result.model))),
            ("authority matrix", self.matrix.as_ref().and_then(digest) == self.frozen.matrix),
        ];
        match parts.into_iter().find(|(_, same)| !same) {
            Some((part, _)) => Err(NoAgreement::OtherPart(part)),
            None => Ok(()),
        }
    }

    /// The document: canonical JSON by RFC 8785, the same bytes wherever it is made.
    ///
    /// # Errors
    /// When a value has no JSON form.
    pub fn canonical(&self) -> serde_json::Result<Vec<u8>> {
        canonical(self)
    }
}

fn digest(part: &impl Serialize) -> Option<Digest> {
    Digest::of_json(part).ok()
}
