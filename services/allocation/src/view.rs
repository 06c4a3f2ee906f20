//! What readers see of the allocation laboratory.

use proto::access::Readers;
use runtime::view::View;
use serde_json::{Value, json};

use crate::{Allocation, State};

impl View for Allocation {
    fn kinds() -> Vec<&'static str> {
        [&["allocation"][..], &proto::standing::KINDS].concat()
    }

    fn readers(state: &State) -> Readers {
        state.standing.readers.clone()
    }

    fn summary(state: &State) -> Value {
        json!({ "runs": state.runs.keys().collect::<Vec<_>>() })
    }
}
