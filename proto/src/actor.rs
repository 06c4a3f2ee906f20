//! Who acts: an official in a capacity, or one of the services.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{GovernmentId, OfficialId};

/// What an official is appointed to do for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Negotiates under a mandate.
    Delegate,
    /// Records or gives an approval step of the own body.
    Approver,
    /// Signs for the body: as a rule its head.
    Signatory,
    /// Keeps the text and attests documents.
    Clerk,
    /// Facilitates or mediates for a coordinating body.
    Mediator,
    /// Reads the record of the cases in its remit.
    Auditor,
    /// Reads what all parties read.
    Observer,
    /// Keeps the register and runs the platform.
    Administrator,
}

impl Role {
    /// The name in tokens and data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delegate => "delegate",
            Self::Approver => "approver",
            Self::Signatory => "signatory",
            Self::Clerk => "clerk",
            Self::Mediator => "mediator",
            Self::Auditor => "auditor",
            Self::Observer => "observer",
            Self::Administrator => "administrator",
        }
    }
}

/// On what ground an official acts (Korean administrative practice tells these apart; nobody signs for someone else).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The office is the official's own.
    OwnOffice,
    /// Standing delegation of the decision, 전결.
    StandingDelegation,
    /// In the holder's absence, 대결.
    InAbsence,
    /// Temporary acting appointment, 직무대리.
    Temporary,
    /// Acting by law, 권한대행: for example from the day a mayor registers as a candidate.
    ByLaw,
}

/// The capacity in which an official acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// The person.
    pub official: OfficialId,
    /// The body acted for.
    pub government: GovernmentId,
    /// In which role.
    pub role: Role,
    /// The holder of the office, where it is not the official's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<OfficialId>,
    /// The ground of authority.
    pub ground: Ground,
}

/// The services that decide. A service's name is also its family of events, its subjects and its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Governments, officials, keys, mandates.
    Registry,
    /// Cases, terms, text, offers, rounds.
    Negotiation,
    /// Components, rules, shares.
    Allocation,
    /// Who decides, funds, operates.
    Authority,
    /// Procedures, steps, votes, entry into force.
    Approvals,
    /// Freezing, signatures, the agreement.
    Signing,
    /// Disputes, caucus, settlement.
    Mediation,
    /// Inbox and deadlines.
    Notifications,
    /// The record itself, and its calendar.
    Ledger,
    /// The HTTP edge. It decides nothing.
    Gateway,
}

impl Service {
    /// All of them, in the order in which a case meets them.
    pub const ALL: [Self; 10] = [
        Self::Ledger,
        Self::Registry,
        Self::Negotiation,
        Self::Allocation,
        Self::Authority,
        Self::Approvals,
        Self::Signing,
        Self::Mediation,
        Self::Notifications,
        Self::Gateway,
    ];

    /// The name in subjects, events and configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Negotiation => "negotiation",
            Self::Allocation => "allocation",
            Self::Authority => "authority",
            Self::Approvals => "approvals",
            Self::Signing => "signing",
            Self::Mediation => "mediation",
            Self::Notifications => "notifications",
            Self::Ledger => "ledger",
            Self::Gateway => "gateway",
        }
    }

    /// The service of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// Who issued a command.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person in a capacity.
    Official(Capacity),
    /// A service, in reaction to an entry or because a date has passed.
    Service(Service),
}

impl Actor {
    /// The body acted for; none when a service acts.
    #[must_use]
    pub fn government(&self) -> Option<&GovernmentId> {
        match self {
            Self::Official(capacity) => Some(&capacity.government),
            Self::Service(_) => None,
        }
    }
}
