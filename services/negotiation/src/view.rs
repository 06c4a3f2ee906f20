//! What readers see of a case.

use proto::access::Readers;
use proto::wire::{Failure, Unanswered};
use runtime::view::View;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Negotiation, State};

/// Which two offers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    from: u32,
    to: u32,
}

impl View for Negotiation {
    fn kinds() -> Vec<&'static str> {
        let others = [
            "allocation.run_tabled",
            "authority",
            "mediation.dispute_opened",
            "mediation.dispute_closed",
            "mediation.settled",
            "approvals.passed_amended",
        ];
        [&["negotiation"][..], &others, &proto::standing::KINDS].concat()
    }

    fn readers(state: &State) -> Readers {
        state.standing.readers.clone()
    }

    fn summary(state: &State) -> Value {
        json!({
            "title": state.title,
            "phase": state.standing.phase,
            "coordinator": state.standing.coordinator,
            "parties": state.standing.parties,
            "turn": state.turn,
            "public": crate::public(state).map(|public| json!({
                "title": public.title,
                "form": public.form,
                "parties": public.parties,
                "in_force": public.in_force,
                "agreement": public.agreement,
            })),
        })
    }

    fn public(state: &State) -> Option<Value> {
        crate::public(state).and_then(|public| serde_json::to_value(public).ok())
    }

    fn is_public(state: &State) -> bool {
        state.publication.public.is_some()
    }

    /// `diff` of two offers, and what offers would have each bear (`offered`).
    fn answer(name: &str, params: &Value, state: &State) -> Result<Value, Unanswered> {
        let malformed = |e: serde_json::Error| Failure::Malformed { detail: e.to_string() };
        let answer = match name {
            "diff" => {
                let Pair { from, to } = serde_json::from_value(params.clone()).map_err(malformed)?;
                serde_json::to_value(crate::diff::diff(state, from, to).map_err(|_| Failure::NotFound)?)
            }
            "offered" => serde_json::to_value(state.offered()),
            _ => return Err(Failure::NotFound.into()),
        };
        Ok(answer.map_err(malformed)?)
    }
}
