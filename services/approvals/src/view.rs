//! What readers see of approvals.

use proto::access::Readers;
use runtime::view::View;
use serde_json::{Value, json};

use crate::{Approvals, State};

impl View for Approvals {
    fn kinds() -> Vec<&'static str> {
        [&["approvals", "signing"][..], &proto::standing::KINDS].concat()
    }

    fn readers(state: &State) -> Readers {
        state.standing.readers.clone()
    }

    fn summary(state: &State) -> Value {
        json!({ "in_force": state.in_force, "signing_open": state.signing_open.is_some() })
    }
}
