//! The legal form, as far as parties and text are concerned. Its steps stand with the approvals, all of it with the entry that opened the case.

use proto::id::ProcedureId;
use proto::procedure::{Content, Procedure, Words};
use proto::words::Names;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A procedure as it stood when the case opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// Its name in the register.
    pub id: ProcedureId,
    /// Its version.
    pub version: u32,
    /// What it is.
    pub names: Names,
    /// The law.
    pub legal_basis: Words,
    /// How many parties it takes at least.
    pub parties_min: u16,
    /// What the text must or can hold.
    pub contents: Vec<Content>,
}

impl From<&Procedure> for Form {
    fn from(procedure: &Procedure) -> Self {
        let Procedure { id, version, names, legal_basis, parties_min, contents, .. } = procedure.clone();
        Self { id, version, names, legal_basis, parties_min, contents }
    }
}
