//! All commands, events and refusals in one type each, tagged by the service whose they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actor::{Role, Service};
use crate::id::{CaseId, GovernmentId, OfficialId};
use crate::stream::Stream;
use crate::{access, allocation, approvals, authority, calendar, mediation, negotiation, registry, signing, table};

/// A command, tagged by the service that decides it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Of the calendar, decided by the ledger.
    Calendar(calendar::Command),
    /// Of the registry.
    Registry(registry::Command),
    /// Of the negotiation.
    Negotiation(negotiation::Command),
    /// Of the allocation laboratory.
    Allocation(allocation::Command),
    /// Of the authority matrix.
    Authority(authority::Command),
    /// Of approvals.
    Approvals(approvals::Command),
    /// Of signing.
    Signing(signing::Command),
    /// Of mediation.
    Mediation(mediation::Command),
}

/// An event, tagged by its family.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Of the calendar.
    Calendar(calendar::Event),
    /// Of the registry.
    Registry(registry::Event),
    /// Of the negotiation.
    Negotiation(negotiation::Event),
    /// Of the allocation laboratory.
    Allocation(allocation::Event),
    /// Of the authority matrix.
    Authority(authority::Event),
    /// Of approvals.
    Approvals(approvals::Event),
    /// Of signing.
    Signing(signing::Event),
    /// Of mediation.
    Mediation(mediation::Event),
}

/// A refusal: a rule said no. An answer and not a failure; it is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The actor may not do this.
    #[error(transparent)]
    Access(access::Denial),
    /// Of the calendar.
    #[error(transparent)]
    Calendar(calendar::Refusal),
    /// Of the registry.
    #[error(transparent)]
    Registry(registry::Refusal),
    /// Of the negotiation.
    #[error(transparent)]
    Negotiation(negotiation::Refusal),
    /// Of the allocation laboratory.
    #[error(transparent)]
    Allocation(allocation::Refusal),
    /// Of the authority matrix.
    #[error(transparent)]
    Authority(authority::Refusal),
    /// Of approvals.
    #[error(transparent)]
    Approvals(approvals::Refusal),
    /// Of signing.
    #[error(transparent)]
    Signing(signing::Refusal),
    /// Of mediation.
    #[error(transparent)]
    Mediation(mediation::Refusal),
    /// Of a table in a file, at the edge.
    #[error(transparent)]
    Table(table::Refusal),
}

macro_rules! tagged {
    ($($from:path => $whole:ident :: $tag:ident),+ $(,)?) => {$(
        impl From<$from> for $whole {
            fn from(part: $from) -> Self {
                Self::$tag(part)
            }
        }
    )+};
}

tagged! {
    calendar::Event => Event::Calendar, registry::Event => Event::Registry, negotiation::Event => Event::Negotiation,
    allocation::Event => Event::Allocation, authority::Event => Event::Authority, approvals::Event => Event::Approvals,
    signing::Event => Event::Signing, mediation::Event => Event::Mediation,
    calendar::Command => Command::Calendar, registry::Command => Command::Registry, negotiation::Command => Command::Negotiation,
    allocation::Command => Command::Allocation, authority::Command => Command::Authority, approvals::Command => Command::Approvals,
    signing::Command => Command::Signing, mediation::Command => Command::Mediation,
    access::Denial => Refusal::Access, calendar::Refusal => Refusal::Calendar, registry::Refusal => Refusal::Registry,
    negotiation::Refusal => Refusal::Negotiation, allocation::Refusal => Refusal::Allocation, authority::Refusal => Refusal::Authority,
    approvals::Refusal => Refusal::Approvals, signing::Refusal => Refusal::Signing, mediation::Refusal => Refusal::Mediation,
    table::Refusal => Refusal::Table,
}

/// What a command is sent to: the path of its HTTP resource, and the last token of its subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// `cases/<id>`.
    Case(CaseId),
    /// `governments/<id>`.
    Government(GovernmentId),
    /// `officials/<id>`.
    Official(OfficialId),
    /// `calendar/demo`.
    Calendar,
}

impl Target {
    /// The target of an HTTP path's kind and id.
    #[must_use]
    pub fn parse(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "cases" => id.parse().ok().map(Self::Case),
            "governments" => id.parse().ok().map(Self::Government),
            "officials" => id.parse().ok().map(Self::Official),
            "calendar" => (id == "demo").then_some(Self::Calendar),
            _ => None,
        }
    }

    /// The path, `kind/id`: part of every command id.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Case(id) => format!("cases/{id}"),
            Self::Government(id) => format!("governments/{id}"),
            Self::Official(id) => format!("officials/{id}"),
            Self::Calendar => "calendar/demo".to_owned(),
        }
    }
}

/// Who may issue a command: an official in one of these roles, or one of these services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// Roles, one of which is needed.
    pub roles: &'static [Role],
    /// The services that may issue it.
    pub services: &'static [Service],
}

const fn people(roles: &'static [Role]) -> Admission {
    Admission { roles, services: &[] }
}

const fn only(services: &'static [Service]) -> Admission {
    Admission { roles: &[], services }
}

// The administrator first: it is the one role in which someone revokes another's key.
const ANYONE: &[Role] =
    &[Role::Administrator, Role::Delegate, Role::Approver, Role::Signatory, Role::Clerk, Role::Mediator, Role::Auditor, Role::Observer];
const CONVENERS: &[Role] = &[Role::Delegate, Role::Signatory, Role::Mediator];
const DELEGATES: &[Role] = &[Role::Delegate];
/// Who writes to the other parties what binds nobody.
const WRITERS: &[Role] = &[Role::Delegate, Role::Clerk];

impl Command {
    /// The service that decides it.
    #[must_use]
    pub fn service(&self) -> Service {
        match self {
            Self::Calendar(_) => Service::Ledger,
            Self::Registry(_) => Service::Registry,
            Self::Negotiation(_) => Service::Negotiation,
            Self::Allocation(_) => Service::Allocation,
            Self::Authority(_) => Service::Authority,
            Self::Approvals(_) => Service::Approvals,
            Self::Signing(_) => Service::Signing,
            Self::Mediation(_) => Service::Mediation,
        }
    }

    /// Who may issue it.
    #[must_use]
    pub fn admission(&self) -> Admission {
        match self {
            // The ledger itself: where a new demo begins.
            Self::Calendar(calendar::Command::SetCalendar { .. }) => {
                Admission { roles: &[Role::Administrator], services: &[Service::Ledger] }
            }
            Self::Registry(command) => registry_admission(command),
            Self::Negotiation(command) => negotiation_admission(command),
            Self::Authority(authority::Command::Recheck) => only(&[Service::Authority]),
            Self::Allocation(allocation::Command::Finish { .. }) => only(&[Service::Allocation]),
            Self::Allocation(_) | Self::Authority(_) => people(DELEGATES),
            Self::Approvals(command) => match command {
                approvals::Command::LapseStep { .. } => only(&[Service::Notifications]),
                approvals::Command::OpenSigning { .. } | approvals::Command::NoteSignatures { .. } => only(&[Service::Approvals]),
                approvals::Command::DecideCondition { .. } => people(&[Role::Approver, Role::Signatory]),
                approvals::Command::RecordStep { .. }
                | approvals::Command::RecordSignOff { .. }
                | approvals::Command::StartClock { .. } => people(&[Role::Approver, Role::Clerk, Role::Signatory]),
            },
            Self::Signing(command) => match command {
                signing::Command::SetOrder { .. } => people(&[Role::Clerk, Role::Delegate, Role::Mediator]),
                signing::Command::Sign { .. } => people(&[Role::Signatory]),
                signing::Command::AttestPaper { .. } => people(&[Role::Clerk]),
                signing::Command::MarkInDoubt { .. } => only(&[Service::Signing]),
            },
            Self::Mediation(command) => match command {
                mediation::Command::OpenDispute { .. }
                | mediation::Command::ProposeFacilitator { .. }
                | mediation::Command::AcceptFacilitator { .. }
                | mediation::Command::AnswerProposal { .. }
                | mediation::Command::TakeBackDispute { .. } => people(DELEGATES),
                mediation::Command::SendNote { .. } => people(&[Role::Delegate, Role::Mediator]),
                mediation::Command::DeliverProposal { .. } | mediation::Command::PutProposal { .. } => people(&[Role::Mediator]),
                mediation::Command::CloseProposal { .. } => only(&[Service::Mediation, Service::Notifications]),
            },
        }
    }

    /// The stream in which it is recorded; none when it does not fit its target or nobody's own stream is meant.
    #[must_use]
    pub fn stream(&self, target: &Target, acting: Option<&GovernmentId>) -> Option<Stream> {
        let own = |case: &CaseId| acting.map(|government| Stream::Internal(*case, government.clone()));
        let sounding = |case: &CaseId, from: Option<&GovernmentId>, to: Option<&GovernmentId>| {
            Some(Stream::Sounding(*case, from?.clone(), to?.clone()))
        };
        match (self, target) {
            (Self::Calendar(_), Target::Calendar) => Some(Stream::Calendar),
            (Self::Registry(command), target) => registry_stream(command, target),
            (
                Self::Negotiation(negotiation::Command::DraftOffer { .. })
                | Self::Allocation(
                    allocation::Command::Compute { .. } | allocation::Command::Study { .. } | allocation::Command::Cancel { .. },
                )
                | Self::Approvals(approvals::Command::RecordSignOff { .. }),
                Target::Case(case),
            ) => own(case),
            (
                Self::Negotiation(negotiation::Command::SoundOut { to, .. } | negotiation::Command::WithdrawSounding { to, .. }),
                Target::Case(case),
            ) => sounding(case, acting, Some(to)),
            (Self::Negotiation(negotiation::Command::AnswerSounding { from, .. }), Target::Case(case)) => {
                sounding(case, Some(from), acting)
            }
            (Self::Allocation(allocation::Command::Finish { of, .. }), Target::Case(case)) => Some(Stream::Internal(*case, of.clone())),
            (
                Self::Mediation(
                    mediation::Command::SendNote { caucus, .. }
                    | mediation::Command::DeliverProposal { caucus, .. }
                    | mediation::Command::AnswerProposal { caucus, .. },
                ),
                Target::Case(case),
            ) => Some(Stream::Caucus(*case, caucus.clone())),
            (
                Self::Negotiation(_)
                | Self::Allocation(_)
                | Self::Authority(_)
                | Self::Approvals(_)
                | Self::Signing(_)
                | Self::Mediation(_),
                Target::Case(case),
            ) => Some(Stream::Case(*case)),
            _ => None,
        }
    }
}

fn registry_admission(command: &registry::Command) -> Admission {
    use registry::Command as C;
    match command {
        C::RegisterGovernment { .. } | C::RecordPopulation { .. } | C::Appoint { .. } | C::EndAppointment { .. } => {
            Admission { roles: &[Role::Administrator], services: &[Service::Registry] }
        }
        C::RegisterKey { .. } | C::RevokeKey { .. } => people(ANYONE),
        C::NoteKeyUse { .. } => only(&[Service::Signing]),
        C::GrantMandate { .. } => people(&[Role::Signatory, Role::Delegate]),
        C::RevokeMandate { .. } => people(&[Role::Signatory]),
    }
}

fn negotiation_admission(command: &negotiation::Command) -> Admission {
    use negotiation::Command as C;
    match command {
        C::OpenCase { .. } | C::Invite { .. } | C::SetAgenda { .. } => people(CONVENERS),
        C::Decline { .. } | C::Leave { .. } | C::PublishAgreement { .. } => people(&[Role::Delegate, Role::Signatory]),
        C::RequestInformation { .. } | C::AnswerInformation { .. } | C::LackInformation { .. } | C::CommentClause { .. } => people(WRITERS),
        C::LapseOffer { .. } => only(&[Service::Notifications]),
        C::EnterSettlement { .. } | C::ReopenText { .. } => only(&[Service::Negotiation]),
        C::Join { .. }
        | C::StateFact { .. }
        | C::TakePosition { .. }
        | C::DefineTerm { .. }
        | C::AddClause { .. }
        | C::ProposeWording { .. }
        | C::SupportWording { .. }
        | C::ReserveClause { .. }
        | C::DraftOffer { .. }
        | C::SoundOut { .. }
        | C::AnswerSounding { .. }
        | C::WithdrawSounding { .. }
        | C::TableOffer { .. }
        | C::CounterOffer { .. }
        | C::ImproveOffer { .. }
        | C::AcceptOffer { .. }
        | C::SendBackOffer { .. }
        | C::WithdrawOffer { .. }
        | C::Initial { .. } => people(DELEGATES),
    }
}

fn registry_stream(command: &registry::Command, target: &Target) -> Option<Stream> {
    use registry::Command as C;
    match (command, target) {
        (C::RegisterGovernment { government, .. } | C::RecordPopulation { government, .. }, Target::Government(path)) => {
            (government == path).then(|| Stream::Government(path.clone()))
        }
        (C::GrantMandate { government, .. } | C::RevokeMandate { government, .. }, Target::Government(path)) => {
            (government == path).then(|| Stream::Mandates(path.clone()))
        }
        (
            C::Appoint { official, .. }
            | C::EndAppointment { official, .. }
            | C::RegisterKey { official, .. }
            | C::RevokeKey { official, .. }
            | C::NoteKeyUse { official, .. },
            Target::Official(path),
        ) => (official == path).then(|| Stream::Official(path.clone())),
        _ => None,
    }
}

impl Event {
    /// `family.kind`, such as `negotiation.offer_tabled`: what consumers name and subjects carry.
    #[must_use]
    pub fn kind(&self) -> String {
        serde_json::to_value(self).map_or_else(|_| String::new(), |value| dotted(&value).0)
    }
}

impl Refusal {
    /// The stable code, such as `negotiation.not_your_turn`.
    #[must_use]
    pub fn code(&self) -> String {
        serde_json::to_value(self).map_or_else(|_| String::new(), |value| dotted(&value).0)
    }

    /// Its parameters, by name.
    #[must_use]
    pub fn params(&self) -> Value {
        serde_json::to_value(self).map_or(Value::Null, |value| dotted(&value).1)
    }
}

/// `{"a": {"b": x}}` is `a.b` with `x`; `{"a": "b"}` is `a.b` with nothing.
fn dotted(value: &Value) -> (String, Value) {
    let Some((family, inner)) = value.as_object().and_then(|o| o.iter().next()) else { return (String::new(), Value::Null) };
    match inner {
        Value::String(kind) => (format!("{family}.{kind}"), Value::Object(serde_json::Map::new())),
        Value::Object(kinds) => {
            kinds.iter().next().map_or_else(Default::default, |(kind, params)| (format!("{family}.{kind}"), params.clone()))
        }
        _ => Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_kinds_are_dotted() {
        let refusal = Refusal::from(negotiation::Refusal::NotYetLapsed { offer: 3 });
        assert_eq!(refusal.code(), "negotiation.not_yet_lapsed");
        assert_eq!(refusal.params(), serde_json::json!({ "offer": 3 }));
        assert_eq!(Refusal::from(negotiation::Refusal::AlreadyOpen).code(), "negotiation.already_open");
        assert_eq!(Event::from(negotiation::Event::OfferLapsed { offer: 1 }).kind(), "negotiation.offer_lapsed");
    }

    #[test]
    fn commands_refuse_unknown_fields() {
        let known = serde_json::json!({ "negotiation": { "withdraw_offer": { "offer": 1 } } });
        assert!(serde_json::from_value::<Command>(known).is_ok());
        let unknown = serde_json::json!({ "negotiation": { "withdraw_offer": { "offer": 1, "why": "x" } } });
        assert!(serde_json::from_value::<Command>(unknown).is_err());
    }
}
