//! What readers see of the allocation laboratory.

use jiff::Timestamp;
use proto::access::Readers;
use proto::allocation::{Comparison, Found};
use proto::id::RunId;
use proto::negotiation::Offered;
use proto::wire::{Failure, Unanswered};
use runtime::view::View;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{AT_ONCE, Allocation, State, compare, explain, hold_against, sheet, triangles};

/// Of which run something is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Of {
    run: RunId,
    /// What a comparison is held against besides.
    #[serde(default)]
    offered: Offered,
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

    /// `sheet`, `comparison`, `explain` and `triangle` of a run; `comparison` of a study that compares, too.
    fn answer(name: &str, params: &Value, state: &State) -> Result<Value, Unanswered> {
        let malformed = |e: serde_json::Error| Failure::Malformed { detail: e.to_string() };
        let Of { run, offered } = serde_json::from_value(params.clone()).map_err(malformed)?;
        if name == "comparison" {
            let mut comparison = comparison(state, &run)?;
            hold_against(&mut comparison, &offered);
            return Ok(serde_json::to_value(comparison).map_err(malformed)?);
        }
        let run = state.runs.get(&run).ok_or(Failure::NotFound)?;
        let answer = match name {
            "sheet" => serde_json::to_value(sheet(&run.model, &run.result).ok_or(Failure::NotFound)?),
            "explain" => serde_json::to_value(explain(&run.model, &run.result, AT_ONCE)?),
            "triangle" => serde_json::to_value(triangles(&run.model, AT_ONCE)?),
            _ => return Err(Failure::NotFound.into()),
        };
        Ok(answer.map_err(malformed)?)
    }
}

/// The rules side by side over the model of a run, or as a study has found them.
fn comparison(state: &State, run: &RunId) -> Result<Comparison, Unanswered> {
    let studied = state.studies.get(run).map(|studied| &studied.answer.found);
    match (state.runs.get(run), studied) {
        (Some(run), _) => Ok(compare(&run.model, AT_ONCE)?),
        (None, Some(Found::Comparison(found))) => Ok(found.clone()),
        _ => Err(Failure::NotFound.into()),
    }
}
