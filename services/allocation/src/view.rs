//! What readers see of the allocation laboratory.

use jiff::Timestamp;
use proto::access::Readers;
use proto::id::RunId;
use proto::wire::Failure;
use runtime::view::View;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{AT_ONCE, Allocation, State, compare, explain, sheet, triangles};

/// Of which run something is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Of {
    run: RunId,
}

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

    /// Something that is computed beside is due at once: so the pool finds it.
    fn next_due(state: &State) -> Option<Timestamp> {
        state.pending.values().map(|pending| pending.at).min()
    }

    /// `sheet`, `comparison`, `explain` and `triangle` of a run.
    fn answer(name: &str, params: &Value, state: &State) -> Result<Value, Failure> {
        let malformed = |detail: String| Failure::Malformed { detail };
        let Of { run } = serde_json::from_value(params.clone()).map_err(|e| malformed(e.to_string()))?;
        let run = state.runs.get(&run).ok_or(Failure::NotFound)?;
        let answer = match name {
            "sheet" => serde_json::to_value(sheet(&run.model, &run.result).ok_or(Failure::NotFound)?),
            "comparison" => serde_json::to_value(compare(&run.model, AT_ONCE).map_err(|refusal| malformed(refusal.to_string()))?),
            "explain" => serde_json::to_value(explain(&run.model, &run.result, AT_ONCE).map_err(|refusal| malformed(refusal.to_string()))?),
            "triangle" => serde_json::to_value(triangles(&run.model, AT_ONCE).map_err(|refusal| malformed(refusal.to_string()))?),
            _ => return Err(Failure::NotFound),
        };
        answer.map_err(|e| malformed(e.to_string()))
    }
}
