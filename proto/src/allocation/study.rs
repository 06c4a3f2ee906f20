//! Questions about a run, and their answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Comparison, Ranges};

/// A question about a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "StudyQuestion")]
pub enum Question {
    /// Rules side by side.
    Comparison,
    /// What disputed figures do.
    Ranges,
}

/// Its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "StudyAnswer")]
pub enum Answer {
    /// Rules side by side.
    Comparison(Comparison),
    /// What disputed figures do.
    Ranges(Ranges),
}
