//! What readers see of mediation.

use proto::access::Readers;
use runtime::view::View;
use serde_json::{Value, json};

use crate::{Mediation, State};

impl View for Mediation {
    fn kinds() -> Vec<&'static str> {
        [&["mediation", "negotiation.term_defined"][..], &proto::standing::KINDS].concat()
    }

    fn readers(state: &State) -> Readers {
        state.standing.readers.clone()
    }

    fn summary(state: &State) -> Value {
        json!({ "disputes": state.disputes.len() })
    }
}
