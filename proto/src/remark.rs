//! Free text in a public entry. It is recorded as a salted commitment, so that it can be disclosed in part or erased and every proof stays valid.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::digest::Digest;
use crate::words::is_blank;

/// Who may be shown a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// Everyone, with the agreement.
    Public,
    /// The parties of the case.
    #[default]
    Parties,
    /// The body that wrote it.
    Own,
}

/// Free text: as asked the text itself, as recorded its commitment. The text stands in the vault and goes out to whom its class allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The text; absent once recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// SHA-256(salt ‖ text); absent until recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("readOnly" = true))]
    pub remark_commitment: Option<Digest>,
    /// Who may be shown it.
    #[serde(default)]
    pub disclosure: Disclosure,
    /// For how many years it must be kept before it may be erased, where the owner's schedule says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_years: Option<u16>,
}

impl Remark {
    /// A remark as someone writes it, for the parties.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { remark: Some(text.into()), remark_commitment: None, disclosure: Disclosure::Parties, keep_years: None }
    }

    /// Whether it says something. As asked a remark holds its text, as recorded only its commitment: a replay must answer the same.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.remark_commitment.is_some() || self.remark.as_ref().is_some_and(|text| !is_blank(text))
    }
}

/// Replaces every remark's text in a command by its commitment. `seal` is given the text and its class, and answers
/// the commitment, keeping both.
pub fn seal(command: &mut Value, seal: &mut impl FnMut(&str, Disclosure) -> Digest) {
    match command {
        Value::Object(fields) => {
            seal_fields(fields, seal);
            fields.values_mut().for_each(|value| self::seal(value, seal));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| self::seal(value, seal)),
        _ => {}
    }
}

fn seal_fields(fields: &mut Map<String, Value>, seal: &mut impl FnMut(&str, Disclosure) -> Digest) {
    let Some(class) = fields.get("disclosure").and_then(|class| serde_json::from_value(class.clone()).ok()) else { return };
    if let Some(Value::String(text)) = fields.remove("remark") {
        fields.insert("remark_commitment".into(), Value::String(seal(&text, class).to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_command_holds_no_remark() {
        let mut command =
            serde_json::json!({ "leave": { "why": serde_json::to_value(Remark::text("the host keeps the revenue")).unwrap() } });
        let mut kept = Vec::new();
        seal(&mut command, &mut |text, _| {
            kept.push(text.to_owned());
            Digest::of(text.as_bytes())
        });
        assert_eq!(kept, ["the host keeps the revenue"]);
        assert!(!command.to_string().contains("revenue"));
        let why: Remark = serde_json::from_value(command["leave"]["why"].clone()).unwrap();
        assert_eq!(why.remark_commitment, Some(Digest::of(b"the host keeps the revenue")));
    }
}
