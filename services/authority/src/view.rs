//! What readers see of the authority matrix.

use proto::access::Readers;
use runtime::view::View;
use serde_json::{Value, json};

use crate::{Authority, State};

impl View for Authority {
    fn kinds() -> Vec<&'static str> {
        [&["authority"][..], &proto::standing::KINDS].concat()
    }

    fn readers(state: &State) -> Readers {
        state.standing.readers.clone()
    }

    fn summary(state: &State) -> Value {
        json!({ "functions": state.matrix.len(), "open": state.open().len() })
    }
}
