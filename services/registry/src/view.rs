//! What readers see of the register.

use proto::access::Readers;
use runtime::view::View;
use serde_json::{Value, json};

use crate::{Registry, State};

impl View for Registry {
    fn kinds() -> Vec<&'static str> {
        vec!["registry"]
    }

    /// The register has no cases; its sealed streams are their owners'.
    fn readers(_: &State) -> Readers {
        Readers::default()
    }

    fn summary(state: &State) -> Value {
        match (&state.government, &state.person) {
            (Some(government), _) => json!({ "names": government.names, "tier": government.tier, "parent": government.parent }),
            (None, Some(person)) => json!({ "person": person }),
            (None, None) => Value::Null,
        }
    }
}
