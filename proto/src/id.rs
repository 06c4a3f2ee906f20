//! Identifiers. Governments and officials carry short names that a reader of the ledger recognises; cases and mandates are `UUIDv7`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not {1}")]
pub struct BadId(pub String, pub &'static str);

const SLUG: &str = "a short name: 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit";

/// A short name: 1 to 63 of `a-z`, `0-9` and `-`, beginning with a letter or digit, so it can stand in a subject, a path and a stream name.
fn is_slug(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= 63
        && bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                if is_slug(text) { Ok(Self(text.to_owned())) } else { Err(BadId(text.to_owned(), SLUG)) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;

            fn try_from(text: String) -> Result<Self, BadId> {
                if is_slug(&text) { Ok(Self(text)) } else { Err(BadId(text, SLUG)) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$" })
            }
        }
    )+};
}

slugs! {
    /// A government or any other body that can be a party or act in a case.
    GovernmentId,
    /// A person acting for one body. A pseudonym: the name is personal data and kept apart.
    OfficialId,
    /// A term under negotiation, such as `construction-share`.
    TermId,
    /// A clause of the text, such as `article-7`.
    ClauseId,
    /// A figure on record, such as `guro-avoided-cost`.
    FactId,
    /// A component of the project's cost, such as `crematorium`.
    ComponentId,
    /// A driver of an allocation, such as `population-2013`.
    DriverId,
    /// A function in the authority matrix, such as `ash-disposal`.
    FunctionId,
    /// A procedure of the register of legal forms.
    ProcedureId,
    /// A step of a procedure, such as `council`.
    StepId,
    /// A key registered for an official.
    KeyId,
    /// A driver-based or game-based run of the allocation laboratory within a case.
    RunId,
}

macro_rules! uuids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                Uuid::parse_str(text).map(Self).map_err(|_| BadId(text.to_owned(), "a UUID"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

uuids! {
    /// One joint project, from opening to agreement and after.
    CaseId,
    /// What a delegate may agree to.
    MandateId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_fits_a_subject_and_a_path() {
        assert!("seoul".parse::<GovernmentId>().is_ok());
        for bad in ["", "Seoul", "서울", "a b", "a.b", "a/b", "-a", "a*", ">", &"a".repeat(64)] {
            assert!(bad.parse::<GovernmentId>().is_err(), "{bad} was taken for a name");
        }
    }
}
