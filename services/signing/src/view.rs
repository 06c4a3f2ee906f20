//! What readers see of signing.

use proto::access::Readers;
use runtime::view::View;
use serde_json::{Value, json};

use crate::{Signing, State};

impl View for Signing {
    fn kinds() -> Vec<&'static str> {
        [
            &["signing", "allocation.run_tabled", "authority", "approvals.signing_opened", "registry.key_revoked"][..],
            &proto::standing::KINDS,
        ]
        .concat()
    }

    fn readers(state: &State) -> Readers {
        state.standing.readers.clone()
    }

    fn summary(state: &State) -> Value {
        json!({ "opened": state.opened.is_some(), "signed": state.signatures.keys().collect::<Vec<_>>(), "complete": state.complete })
    }
}
