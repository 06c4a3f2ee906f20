//! Requests for information that wait for an answer.

use std::collections::BTreeMap;

use proto::id::GovernmentId;
use proto::negotiation::RequestNo;
use proto::words::Deadline;
use serde::{Deserialize, Serialize};

/// A request that is not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// To whom it was put.
    pub to: GovernmentId,
    /// By when it is to be answered.
    pub due: Option<Deadline>,
}

/// Those of a case, by number.
pub(crate) type Requests = BTreeMap<RequestNo, Request>;
