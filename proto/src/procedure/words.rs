//! What the register says in words: of the law, and about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Evidence;

/// What the register says in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Words {
    /// The same in both languages: a citation, such as `지방자치법 제168조`.
    Same(String),
    /// In English and Korean.
    Told(Told),
}

/// Words in both languages. A law goes by its own name in either.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
    /// How well they are founded.
    #[serde(default, skip_serializing_if = "Evidence::is_found")]
    pub evidence: Evidence,
}

impl Words {
    /// In both languages: English, Korean.
    #[must_use]
    pub fn both(&self) -> (&str, &str) {
        match self {
            Self::Same(citation) => (citation, citation),
            Self::Told(told) => (&told.en, &told.ko),
        }
    }

    /// How well they are founded.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        match self {
            Self::Same(_) => Evidence::Found,
            Self::Told(told) => told.evidence,
        }
    }
}

impl From<&str> for Words {
    fn from(citation: &str) -> Self {
        Self::Same(citation.to_owned())
    }
}
