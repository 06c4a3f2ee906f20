//! The rooms of a case, in the order in which they stand beside each other.

use axum::Router;
use gateway::edge::Edge;
use proto::id::CaseId;

use super::{Case, allocation, approvals, authority, disputes, facts, overview, record, signing, table, text};
use crate::Page;

/// A room of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// How it stands, who is in, what is in the way of signing.
    Overview,
    /// Figures and who says what of them.
    Facts,
    /// Offers.
    Table,
    /// The single negotiating text.
    Text,
    /// Who pays what, and why.
    Allocation,
    /// Who decides, funds, operates; mandates.
    Authority,
    /// The steps of each government.
    Approvals,
    /// What is signed, and by whom.
    Signing,
    /// Disputes, the mediator's room, caucuses.
    Disputes,
    /// Every entry.
    Record,
}

impl Room {
    pub const ALL: [Self; 10] = [
        Self::Overview,
        Self::Facts,
        Self::Table,
        Self::Text,
        Self::Allocation,
        Self::Authority,
        Self::Approvals,
        Self::Signing,
        Self::Disputes,
        Self::Record,
    ];

    /// Its part of the address, and of the keys of its texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Facts => "facts",
            Self::Table => "table",
            Self::Text => "text",
            Self::Allocation => "allocation",
            Self::Authority => "authority",
            Self::Approvals => "approvals",
            Self::Signing => "signing",
            Self::Disputes => "disputes",
            Self::Record => "record",
        }
    }

    /// Its address.
    pub fn path(self, case: CaseId) -> String {
        match self {
            Self::Overview => format!("/cases/{case}"),
            room => format!("/cases/{case}/{}", room.name()),
        }
    }

    /// Where it is shown and takes its forms.
    pub fn routes(self) -> Router<Edge> {
        match self {
            Self::Facts => facts::routes(),
            Self::Text => text::routes(),
            Self::Table => table::routes(),
            Self::Allocation => allocation::routes(),
            Self::Authority => authority::routes(),
            Self::Approvals => approvals::routes(),
            Self::Signing => signing::routes(),
            Self::Disputes => disputes::routes(),
            Self::Record => record::routes(),
            Self::Overview => overview::routes(),
        }
    }

    /// Shows it.
    pub async fn page(self, case: Case) -> Page {
        match self {
            Self::Facts => facts::page(case).await,
            Self::Text => text::page(case).await,
            Self::Table => table::page(case).await,
            Self::Allocation => allocation::page(case).await,
            Self::Authority => authority::page(case).await,
            Self::Approvals => approvals::page(case).await,
            Self::Signing => signing::page(case).await,
            Self::Disputes => disputes::page(case).await,
            Self::Record => record::page(case).await,
            Self::Overview => overview::page(case).await,
        }
    }
}
