//! What is wrong with the matrix, what can be done about it, and who has said why it may stay.

use authority::{Found, State};
use axum::extract::Path;
use gateway::problem::Problem;
use proto::authority::{Command, Issue, MatrixFinding, Refusal};
use proto::id::CaseId;
use proto::remark::Remark;
use serde::Deserialize;
use serde_json::json;

use super::super::{Case, Room, act, refuse};
use super::{asked, called, matrix};
use crate::{Form, Page, Posted};

/// A finding.
pub(super) struct Line {
    pub function: String,
    pub what: String,
    pub todo: String,
    pub open: bool,
    /// Who has allowed it, and why as far as whoever looks may know.
    pub allowed: Vec<(String, String)>,
    /// Parties that have not.
    pub missing: String,
    /// Where the own party allows it.
    pub allow: Option<String>,
}

/// The form by which the own party lets a finding stay.
pub(super) struct Allowing {
    pub form: Form,
    /// Findings that can be allowed: value and words.
    pub choices: Vec<(String, String)>,
    pub chosen: String,
    pub shown: bool,
}

pub(super) async fn lines(case: &Case, state: &State) -> Result<Vec<Line>, Problem> {
    let remarks = case.remarks(state.findings.iter().flat_map(|found| found.allowed.values())).await?;
    let own = can_allow(case, state);
    let line = |(place, found): (usize, &Found)| Line {
        function: called(case, &state.matrix, &found.finding.function),
        what: what(case, &found.finding.issue),
        todo: case.visit.t(todo(&found.finding.issue)),
        open: found.open,
        allowed: found
            .allowed
            .iter()
            .map(|(party, why)| (case.called(party).to_owned(), remarks.of(why).unwrap_or_default().to_owned()))
            .collect(),
        missing: missing(case, state, found),
        allow: own.iter().any(|each| std::ptr::eq(*each, found)).then(|| format!("{}?allow={place}#allow", Room::Authority.path(case.id))),
    };
    Ok(state.findings.iter().enumerate().map(line).collect())
}

fn missing(case: &Case, state: &State, found: &Found) -> String {
    let parties = state.standing.parties.iter().filter(|party| !found.allowed.contains_key(*party));
    parties.map(|party| case.called(party)).collect::<Vec<_>>().join(" · ")
}

/// The findings that the own party has not allowed.
fn can_allow<'a>(case: &Case, state: &'a State) -> Vec<&'a Found> {
    let frozen = case.state.standing.phase > proto::standing::Phase::Open;
    if frozen || !case.acts(&[proto::actor::Role::Delegate]) {
        return Vec::new();
    }
    state.findings.iter().filter(|found| !found.allowed.contains_key(&case.government)).collect()
}

pub(super) fn allowing(case: &Case, state: &State) -> Option<Allowing> {
    let own = can_allow(case, state);
    let choice = |found: &&Found| {
        let words = format!("{} — {}", called(case, &state.matrix, &found.finding.function), what(case, &found.finding.issue));
        (value(&found.finding), words)
    };
    let form = case.form("allow");
    let chosen = asked(case, "allow").and_then(|place| state.findings.get(place.parse::<usize>().ok()?));
    let chosen = chosen.map(|found| value(&found.finding)).unwrap_or_default();
    let shown = case.tried("allow") || !chosen.is_empty();
    let chosen = form.typed("finding", &chosen).to_owned();
    let choices: Vec<_> = own.iter().map(choice).collect();
    // A form that was refused comes back even where nothing is left to allow.
    (!choices.is_empty() || case.tried("allow")).then_some(Allowing { form, choices, chosen, shown })
}

fn value(finding: &MatrixFinding) -> String {
    serde_json::to_string(finding).unwrap_or_default()
}

fn what(case: &Case, issue: &Issue) -> String {
    let visit = &case.visit;
    let about = |key: &str, power: proto::authority::Power, bodies: String| {
        visit.told(key, &json!({ "column": matrix::column(case, power), "bodies": bodies }))
    };
    match issue {
        Issue::Gap { power } => about("authority-issue-gap", *power, String::new()),
        Issue::Overlap { power, holders } => {
            about("authority-issue-overlap", *power, holders.iter().map(|body| case.called(body)).collect::<Vec<_>>().join(" · "))
        }
        Issue::NoBasis { holder, power } => about("authority-issue-no_basis", *power, case.called(holder).to_owned()),
        Issue::Unheard { government } => visit.with("authority-issue-unheard", "bodies", case.called(government)),
        Issue::HolderIsNoParty { holder } => visit.with("authority-issue-no_party", "bodies", case.called(holder)),
    }
}

fn todo(issue: &Issue) -> &'static str {
    match issue {
        Issue::Gap { .. } => "authority-todo-gap",
        Issue::Overlap { .. } => "authority-todo-overlap",
        Issue::NoBasis { .. } => "authority-todo-no_basis",
        Issue::Unheard { .. } => "authority-todo-unheard",
        Issue::HolderIsNoParty { .. } => "authority-todo-no_party",
    }
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    finding: String,
    #[serde(default)]
    why: String,
}

pub(super) async fn allow(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    if posted.fields.why.trim().is_empty() {
        let problem = posted.signed.visit.failed(Refusal::Empty { field: "why".to_owned() });
        refuse(id, Room::Authority, "allow", posted, problem).await
    } else if let Ok(finding) = serde_json::from_str::<MatrixFinding>(&posted.fields.finding) {
        let command = Command::AllowFinding { finding, why: Remark::text(posted.fields.why.trim()) };
        act(id, Room::Authority, "allow", posted, command).await
    } else {
        let problem = posted.signed.visit.wrong("authority-wrong-finding", json!({}));
        refuse(id, Room::Authority, "allow", posted, problem).await
    }
}
