//! How far a dispute has climbed: a rung for each thing that must happen, with its day; and the line by which it stands in the list.

use mediation::{Dispute, Outcome};
use proto::mediation::{Closing, DisputeNo};
use serde_json::json;

use super::path;
use crate::When;
use crate::case::Case;

/// A dispute in the list.
pub(super) struct Item {
    pub href: String,
    pub title: String,
    pub between: String,
    /// `good`, `warn` or `neutral`, with the words for it.
    pub stand: (&'static str, String),
    pub current: bool,
}

/// A rung of the ladder.
pub(super) struct Rung {
    /// `done`, `now` or nothing.
    pub stand: &'static str,
    pub label: String,
    pub when: Option<When>,
    /// By whom, or what it waits for.
    pub said: String,
}

impl Item {
    pub fn of(case: &Case, number: DisputeNo, dispute: &Dispute, current: Option<DisputeNo>) -> Self {
        let stand = match dispute.closed {
            Some(Closing::Settled) => ("good", "disputes-settled"),
            Some(Closing::TakenBack) => ("neutral", "disputes-taken_back"),
            None if dispute.waiting().is_some() => ("warn", "disputes-answers"),
            None if dispute.facilitator.is_some() => ("warn", "disputes-mediation"),
            None => ("warn", "disputes-no_mediator"),
        };
        Self {
            href: path(case, number),
            title: title(case, number, dispute),
            between: between(case, dispute),
            stand: (stand.0, case.visit.t(stand.1)),
            current: current == Some(number),
        }
    }
}

pub(super) fn title(case: &Case, number: DisputeNo, dispute: &Dispute) -> String {
    case.visit.told("disputes-title", &json!({ "number": number.to_string(), "title": case.visit.name(&dispute.names) }))
}

pub(super) fn between(case: &Case, dispute: &Dispute) -> String {
    dispute.parties.iter().map(|party| case.called(party)).collect::<Vec<_>>().join(" · ")
}

/// All rungs, from the opening to how it ended.
pub(super) fn rungs(case: &Case, number: DisputeNo, dispute: &Dispute) -> Vec<Rung> {
    vec![opened(case, dispute), mediator(case, dispute), heard(case, dispute), proposal(case, dispute), ended(case, number, dispute)]
}

fn rung(case: &Case, name: &str, stand: &'static str, when: Option<When>, said: String) -> Rung {
    Rung { stand, label: case.visit.t(&format!("disputes-rung-{name}")), when, said }
}

/// What is not done yet is what it waits for now, while the dispute is open.
fn until(dispute: &Dispute) -> &'static str {
    if dispute.closed.is_none() { "now" } else { "" }
}

fn opened(case: &Case, dispute: &Dispute) -> Rung {
    let by = case.called(&dispute.by).to_owned();
    rung(case, "opened", "done", dispute.opened_at.map(|at| case.visit.instant(&at)), by)
}

fn mediator(case: &Case, dispute: &Dispute) -> Rung {
    match &dispute.facilitator {
        Some(body) => {
            let when = dispute.facilitator_at.map(|at| case.visit.instant(&at));
            rung(case, "mediator", "done", when, case.called(body).to_owned())
        }
        None => rung(case, "mediator", until(dispute), None, String::new()),
    }
}

/// Who has said what is told to nobody; that it has come to a proposal is.
fn heard(case: &Case, dispute: &Dispute) -> Rung {
    let stand = match (&dispute.facilitator, dispute.proposals.is_empty()) {
        (None, _) => "",
        (Some(_), true) => until(dispute),
        (Some(_), false) => "done",
    };
    rung(case, "heard", stand, None, case.visit.t("disputes-in_confidence"))
}

fn proposal(case: &Case, dispute: &Dispute) -> Rung {
    let Some((number, put)) = dispute.proposals.last_key_value() else { return rung(case, "proposal", "", None, String::new()) };
    let said = |key: &str| case.visit.with(key, "number", &number.to_string());
    let known = put.ended_at.map(|at| case.visit.instant(&at));
    match &put.outcome {
        Outcome::Waiting => rung(case, "proposal", "now", put.due.as_ref().map(|due| case.visit.due(due)), said("disputes-put-waits")),
        Outcome::Failed => rung(case, "proposal", until(dispute), known, said("disputes-put-failed")),
        Outcome::Dropped => rung(case, "proposal", "", known, said("disputes-put-dropped")),
        Outcome::Settled(_) => rung(case, "proposal", "done", put.put_at.map(|at| case.visit.instant(&at)), said("disputes-put-accepted")),
    }
}

fn ended(case: &Case, number: DisputeNo, dispute: &Dispute) -> Rung {
    let at = dispute.closed_at.map(|at| case.visit.instant(&at));
    match dispute.closed {
        Some(Closing::Settled) => {
            let entered = settlement(case, number).map(|offer| case.visit.with("disputes-as-offer", "offer", &offer.to_string()));
            rung(case, "settled", "done", at, entered.unwrap_or_else(|| case.visit.t("disputes-being-entered")))
        }
        Some(Closing::TakenBack) => rung(case, "taken_back", "done", at, case.called(&dispute.by).to_owned()),
        None => rung(case, "settled", "", dispute.due.as_ref().map(|due| case.visit.due(due)), String::new()),
    }
}

/// The offer as which a settlement came back to the table.
pub(super) fn settlement(case: &Case, number: DisputeNo) -> Option<u32> {
    case.state.offers.iter().find(|(_, offer)| offer.settles == Some(number)).map(|(number, _)| *number)
}
