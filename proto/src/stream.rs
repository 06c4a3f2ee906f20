//! Streams: the record cut by audience, not by service.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::id::{BadId, CaseId, GovernmentId, OfficialId};

/// One stream of the ledger. Its name says who may read it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Stream {
    /// `case/<id>`: what all parties of a case may read.
    Case(CaseId),
    /// `case/<id>/<government>`: one party's drafts, private calculations and internal approvals. Sealed.
    Internal(CaseId, GovernmentId),
    /// `case/<id>/caucus/<government>`: what one party told the mediator. Sealed.
    Caucus(CaseId, GovernmentId),
    /// `case/<id>/sounding/<author>/<addressee>`: what one party has sounded another out on, and the answers. Sealed, for these two alone.
    Sounding(CaseId, GovernmentId, GovernmentId),
    /// `government/<id>`: the public register entry of a body.
    Government(GovernmentId),
    /// `government/<id>/mandates`: what a body's delegates may agree to. Sealed.
    Mandates(GovernmentId),
    /// `official/<id>`: appointments and keys of a person.
    Official(OfficialId),
    /// `calendar`: the civil date of a demo ledger.
    Calendar,
}

impl Stream {
    /// Whether bodies of this stream are kept as commitments, their contents in the vault.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        matches!(self, Self::Internal(..) | Self::Caucus(..) | Self::Sounding(..) | Self::Mandates(..))
    }

    /// The case it belongs to.
    #[must_use]
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Self::Case(case) | Self::Internal(case, _) | Self::Caucus(case, _) | Self::Sounding(case, ..) => Some(*case),
            _ => None,
        }
    }

    /// The government whose own stream it is, where it is sealed: of a sounding, its author.
    #[must_use]
    pub fn owner(&self) -> Option<&GovernmentId> {
        match self {
            Self::Internal(_, owner) | Self::Caucus(_, owner) | Self::Sounding(_, owner, _) | Self::Mandates(owner) => Some(owner),
            _ => None,
        }
    }

    /// The last token of a subject for this stream: the case, or the stream's own name with `-` for `/`.
    #[must_use]
    pub fn subject_token(&self) -> String {
        self.case().map_or_else(|| self.to_string().replace('/', "-"), |case| case.to_string())
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(case) => write!(f, "case/{case}"),
            Self::Internal(case, government) => write!(f, "case/{case}/{government}"),
            Self::Caucus(case, government) => write!(f, "case/{case}/caucus/{government}"),
            Self::Sounding(case, from, to) => write!(f, "case/{case}/sounding/{from}/{to}"),
            Self::Government(government) => write!(f, "government/{government}"),
            Self::Mandates(government) => write!(f, "government/{government}/mandates"),
            Self::Official(official) => write!(f, "official/{official}"),
            Self::Calendar => f.write_str("calendar"),
        }
    }
}

impl FromStr for Stream {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let parts: Vec<&str> = text.split('/').collect();
        Ok(match parts.as_slice() {
            ["case", case] => Self::Case(case.parse()?),
            ["case", case, government] => Self::Internal(case.parse()?, government.parse()?),
            ["case", case, "caucus", government] => Self::Caucus(case.parse()?, government.parse()?),
            ["case", case, "sounding", from, to] => Self::Sounding(case.parse()?, from.parse()?, to.parse()?),
            ["government", government] => Self::Government(government.parse()?),
            ["government", government, "mandates"] => Self::Mandates(government.parse()?),
            ["official", official] => Self::Official(official.parse()?),
            ["calendar"] => Self::Calendar,
            _ => return Err(BadId(text.to_owned(), "a stream")),
        })
    }
}

impl TryFrom<String> for Stream {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<Stream> for String {
    fn from(stream: Stream) -> Self {
        stream.to_string()
    }
}

impl JsonSchema for Stream {
    fn schema_name() -> Cow<'static, str> {
        "Stream".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "examples": ["case/0190…", "case/0190…/seoul", "government/seoul", "official/seoul-kim"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_its_name() {
        for name in [
            "case/01890a5d-ac96-774b-bcce-b302099a8057",
            "case/01890a5d-ac96-774b-bcce-b302099a8057/seoul",
            "case/01890a5d-ac96-774b-bcce-b302099a8057/caucus/seoul",
            "case/01890a5d-ac96-774b-bcce-b302099a8057/sounding/seoul/guro",
            "government/seoul",
            "government/seoul/mandates",
            "official/kim",
            "calendar",
        ] {
            assert_eq!(name.parse::<Stream>().unwrap().to_string(), name);
        }
        for bad in [
            "",
            "case",
            "case/seoul",
            "government/Seoul",
            "government/seoul/x",
            "calendar/",
            "case/01890a5d-ac96-774b-bcce-b302099a8057/",
            "case/01890a5d-ac96-774b-bcce-b302099a8057/sounding/seoul",
            "case/01890a5d-ac96-774b-bcce-b302099a8057/sounding/seoul/",
        ] {
            assert!(bad.parse::<Stream>().is_err(), "{bad}");
        }
    }
}
