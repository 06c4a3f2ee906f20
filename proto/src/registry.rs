//! What is said to and by the registry: governments, officials, keys, mandates.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::{Ground, Role};
use crate::digest;
use crate::id::{CaseId, GovernmentId, KeyId, MandateId, OfficialId, TermId};
use crate::remark::Remark;
use crate::words::Names;

/// The tier of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// State level: a ministry, an agency.
    National,
    /// Province or metropolitan city, 광역.
    Upper,
    /// City, county or district, 기초.
    Basic,
    /// A joint authority, association or council of governments.
    Joint,
    /// An office that convenes and mediates and is no government itself.
    Office,
}

impl Tier {
    /// The name in data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Upper => "upper",
            Self::Basic => "basic",
            Self::Joint => "joint",
            Self::Office => "office",
        }
    }
}

/// A population with its year and where the number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// End of this year.
    pub year: i16,
    /// Persons.
    #[serde(deserialize_with = "digest::whole")]
    #[schemars(range(max = digest::LARGEST))]
    pub persons: u64,
    /// Where the number comes from, and how sure it is.
    pub source: String,
}

/// An appointment: a role for a body on a ground, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// The body.
    pub government: GovernmentId,
    /// The role.
    pub role: Role,
    /// The ground of authority.
    pub ground: Ground,
    /// The holder of the office; required on every ground but the own office, and forbidden there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<OfficialId>,
    /// First day, in the body's time zone.
    pub from: Date,
    /// Last day, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A P-256 public key (RFC 7518, section 6.2): the private half never reaches a server.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// `EC`.
    pub kty: String,
    /// `P-256`.
    pub crv: String,
    /// X coordinate, base64url without padding.
    pub x: String,
    /// Y coordinate, base64url without padding.
    pub y: String,
}

/// What a mandate covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All terms of the case.
    All,
    /// These terms.
    Terms(Vec<TermId>),
}

/// Bounds of one term's number, in the term's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Not below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub floor: Option<Decimal>,
    /// Not above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub ceiling: Option<Decimal>,
}

/// What a delegate may agree to in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// Its id, chosen by whoever grants it.
    pub mandate: MandateId,
    /// The case.
    pub case: CaseId,
    /// Who may act on it.
    pub delegate: OfficialId,
    /// The terms it covers.
    pub scope: Scope,
    /// Bounds per term.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bounds: BTreeMap<TermId, Bounds>,
    /// Last day, in the body's time zone.
    pub until: Date,
    /// The law or order it rests on.
    pub legal_basis: String,
    /// Whether the delegate may pass it on, no wider than it is.
    #[serde(default)]
    pub may_delegate: bool,
    /// The mandate it is passed on from; none when the head grants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MandateId>,
}

/// Commands of the registry. The path names the government or the official.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "RegistryCommand")]
pub enum Command {
    /// Enters a body in the register.
    RegisterGovernment {
        /// The body.
        government: GovernmentId,
        /// Its names.
        names: Names,
        /// Its tier.
        tier: Tier,
        /// The body above it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<GovernmentId>,
        /// IANA name of its time zone.
        zone: String,
    },
    /// Records a population figure.
    RecordPopulation {
        /// Whose.
        government: GovernmentId,
        /// The figure.
        population: Population,
    },
    /// Appoints an official.
    Appoint {
        /// Whom.
        official: OfficialId,
        /// The name: personal data, kept apart.
        name: Remark,
        /// To what.
        appointment: Appointment,
    },
    /// Ends an appointment.
    EndAppointment {
        /// Whose.
        official: OfficialId,
        /// For which body.
        government: GovernmentId,
        /// In which role.
        role: Role,
        /// Last day.
        until: Date,
    },
    /// Registers a public key of the official who asks.
    RegisterKey {
        /// Whose: the official who asks.
        official: OfficialId,
        /// A name for it, unique for the official.
        key: KeyId,
        /// The key.
        public: PublicKey,
        /// Last day it may sign, if limited.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// Revokes a key. Earlier signatures stand, unless it is said since when the key was compromised. A revoked key is revoked again only to
    /// say so, or to say an earlier time.
    RevokeKey {
        /// Whose.
        official: OfficialId,
        /// Which.
        key: KeyId,
        /// Signatures from this instant on are in doubt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        compromised_since: Option<Timestamp>,
    },
    /// Notes that a key has signed in a case, so that a later revocation knows what it touches. Issued by the signing service.
    NoteKeyUse {
        /// Whose.
        official: OfficialId,
        /// Which.
        key: KeyId,
        /// Where.
        case: CaseId,
        /// When, civil time.
        signed_at: Timestamp,
    },
    /// Grants a mandate: the head of the body, or a delegate who may pass a mandate on.
    GrantMandate {
        /// The body.
        government: GovernmentId,
        /// The mandate.
        mandate: Mandate,
    },
    /// Takes a mandate back.
    RevokeMandate {
        /// The body.
        government: GovernmentId,
        /// Which.
        mandate: MandateId,
    },
}

/// Events of the registry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "RegistryEvent")]
pub enum Event {
    /// A body stands in the register.
    GovernmentRegistered {
        /// Its names.
        names: Names,
        /// Its tier.
        tier: Tier,
        /// The body above it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<GovernmentId>,
        /// IANA name of its time zone.
        zone: String,
    },
    /// A population figure is on record.
    PopulationRecorded(Population),
    /// An official is appointed.
    Appointed {
        /// The name, as a commitment.
        name: Remark,
        /// To what.
        appointment: Appointment,
        /// Time zone of the body, in which the days count.
        zone: String,
    },
    /// An appointment has an end.
    AppointmentEnded {
        /// For which body.
        government: GovernmentId,
        /// In which role.
        role: Role,
        /// Last day.
        until: Date,
    },
    /// A key may sign.
    KeyRegistered {
        /// Its name.
        key: KeyId,
        /// The key.
        public: PublicKey,
        /// Last day it may sign, if limited.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// A key may not sign any more. Also beside [`Event::KeyUsed`], when the note of a signature in doubt comes after the revocation.
    KeyRevoked {
        /// Its name.
        key: KeyId,
        /// Signatures from this instant on are in doubt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        compromised_since: Option<Timestamp>,
        /// Cases with signatures in doubt, each once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        in_doubt: Vec<CaseId>,
    },
    /// A key has signed in a case.
    KeyUsed {
        /// Its name.
        key: KeyId,
        /// Where.
        case: CaseId,
        /// When, civil time.
        signed_at: Timestamp,
    },
    /// A mandate is granted. (Sealed stream.)
    MandateGranted(Mandate),
    /// A mandate is taken back. (Sealed stream.)
    MandateRevoked {
        /// Which.
        mandate: MandateId,
    },
}

/// Refusals of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The body is in the register already.
    #[error("`{government}` is in the register already")]
    AlreadyRegistered {
        /// Which.
        government: GovernmentId,
    },
    /// The body is not in the register.
    #[error("`{government}` is not in the register of governments")]
    UnknownGovernment {
        /// Which.
        government: GovernmentId,
    },
    /// The time zone is not known.
    #[error("`{zone}` is not a time zone of the IANA database")]
    UnknownZone {
        /// Which.
        zone: String,
    },
    /// Name or source is empty.
    #[error("`{field}` must not be empty")]
    Empty {
        /// The field.
        field: String,
    },
    /// There is a figure for this year already.
    #[error("a population for {year} is on record already")]
    YearTaken {
        /// The year.
        year: i16,
    },
    /// The ground asks for the holder of the office to be named, or forbids it.
    #[error("the ground of acting and the holder of the office do not fit: name the holder unless the office is the official's own")]
    GroundMismatch,
    /// The holder acted for never held an own office of the body.
    #[error("`{official}` holds no office of `{government}` that someone else could act in")]
    NotAHolder {
        /// Who.
        official: OfficialId,
        /// Of which body.
        government: GovernmentId,
    },
    /// Administrators serve the whole register and so belong to an office, never to a body that may be a party.
    #[error("`{government}` is not an office: administrators are appointed for an office only")]
    NotAnOffice {
        /// The body.
        government: GovernmentId,
    },
    /// The official holds this role for the body on some of these days already.
    #[error("the official holds this role for the body on some of these days already")]
    AlreadyAppointed,
    /// The last day is before the first, or has passed already.
    #[error("the last day is before the first, or has passed already")]
    EndsBeforeItBegins,
    /// Something is said of a time to come.
    #[error("`{field}` lies in the future")]
    InTheFuture {
        /// The field.
        field: String,
    },
    /// No such appointment.
    #[error("there is no such appointment in force")]
    NoSuchAppointment,
    /// A key of this name is there.
    #[error("key `{key}` is registered already")]
    KeyTaken {
        /// Which.
        key: KeyId,
    },
    /// Not a P-256 public key.
    #[error("this is not a public key on the curve P-256")]
    BadKey,
    /// No such key, or it is revoked.
    #[error("there is no key `{key}` in force")]
    NoSuchKey {
        /// Which.
        key: KeyId,
    },
    /// A key can be registered and revoked by its owner, revoked by an administrator too.
    #[error("only the owner may do this to a key")]
    NotTheOwner,
    /// A mandate with this id is there.
    #[error("mandate `{mandate}` is granted already")]
    MandateTaken {
        /// Which.
        mandate: MandateId,
    },
    /// Only the head grants a first mandate.
    #[error("only the head of the government grants a mandate; a delegate can only pass one on")]
    NotTheHead,
    /// The mandate to be passed on is not there, not the delegate's, or may not be passed on.
    #[error("mandate `{parent}` cannot be passed on by you")]
    MayNotDelegate {
        /// The parent.
        parent: MandateId,
    },
    /// What is passed on is wider than what is held.
    #[error("the mandate would be wider than `{parent}`, from which it is passed on")]
    WiderThanParent {
        /// The parent.
        parent: MandateId,
    },
    /// A floor is above its ceiling.
    #[error("the floor of `{term}` is above its ceiling")]
    BoundsCrossed {
        /// The term.
        term: TermId,
    },
    /// No such mandate, or it is revoked.
    #[error("there is no mandate `{mandate}` in force")]
    NoSuchMandate {
        /// Which.
        mandate: MandateId,
    },
}
