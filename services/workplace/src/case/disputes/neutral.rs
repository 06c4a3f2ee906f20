//! Who mediates: the bodies that are proposed, what ties each to the case, and who has accepted it; and a proposal of one's own.

use gateway::problem::Problem;
use mediation::{Candidate, Dispute, State};
use proto::actor::Role;
use proto::id::GovernmentId;
use proto::mediation::FacilitatorTie;

use crate::Form;
use crate::case::Case;

/// The choice of a mediator, while there is none.
pub(super) struct Neutral {
    pub candidates: Vec<Proposed>,
    pub propose: Option<Propose>,
}

/// A body that is proposed.
pub(super) struct Proposed {
    pub id: String,
    pub name: String,
    /// What ties it to the case; nothing ties it where there is none.
    pub ties: Vec<String>,
    pub accepted: String,
    /// The form by which one's own party accepts it, and its name.
    pub accept: Option<(String, Form)>,
}

/// The form that proposes a body.
pub(super) struct Propose {
    pub form: Form,
    /// Bodies that nothing ties to the case.
    pub free: Vec<Choice>,
    /// Bodies with what ties them.
    pub tied: Vec<Choice>,
}

/// A body that could be proposed.
pub(super) struct Choice {
    pub id: String,
    pub said: String,
    pub chosen: bool,
}

impl Neutral {
    pub async fn of(case: &Case, state: &State, dispute: &Dispute) -> Result<Option<Self>, Problem> {
        if dispute.closed.is_some() || dispute.facilitator.is_some() {
            return Ok(None);
        }
        let acts = case.acts(&[Role::Delegate]) && dispute.parties.contains(&case.government);
        let candidates = dispute.candidates.iter().map(|(body, candidate)| proposed(case, body, candidate, acts)).collect();
        let propose = if acts { Some(Propose::of(case, state, dispute).await?) } else { None };
        Ok(Some(Self { candidates, propose }))
    }
}

fn proposed(case: &Case, body: &GovernmentId, candidate: &Candidate, acts: bool) -> Proposed {
    let name = format!("accept-{body}");
    Proposed {
        id: body.to_string(),
        name: case.called(body).to_owned(),
        ties: candidate.ties.iter().map(|tie| said(case, tie)).collect(),
        accepted: candidate.accepted.iter().map(|party| case.called(party)).collect::<Vec<_>>().join(", "),
        accept: (acts && !candidate.accepted.contains(&case.government)).then(|| (name.clone(), case.form(&name))),
    }
}

fn said(case: &Case, tie: &FacilitatorTie) -> String {
    match tie {
        FacilitatorTie::Party => case.visit.t("disputes-tie-party"),
        FacilitatorTie::Coordinator => case.visit.t("disputes-tie-coordinator"),
        FacilitatorTie::Above { party } => case.visit.with("disputes-tie-above", "body", case.called(party)),
        FacilitatorTie::Below { party } => case.visit.with("disputes-tie-below", "body", case.called(party)),
    }
}

impl Propose {
    /// Bodies for which somebody mediates, but for the parties to the dispute and those that are proposed.
    async fn of(case: &Case, state: &State, dispute: &Dispute) -> Result<Self, Problem> {
        let persons = case.visit.edge.persons().await.map_err(|why| case.visit.failed(why))?;
        let form = case.form("propose");
        let mut bodies: Vec<_> =
            persons.into_iter().filter(|person| person.roles.contains(&Role::Mediator)).map(|person| person.government).collect();
        bodies.retain(|body| !dispute.parties.contains(body) && !dispute.candidates.contains_key(body));
        bodies.sort_by_cached_key(|body| case.called(body).to_owned());
        bodies.dedup();
        let (mut free, mut tied) = (Vec::new(), Vec::new());
        for body in bodies {
            let bonds: Vec<String> = ties(case, state, &body).iter().map(|tie| said(case, tie)).collect();
            let name = case.called(&body);
            let said = if bonds.is_empty() { name.to_owned() } else { format!("{name} ({})", bonds.join(", ")) };
            let choice = Choice { chosen: form.took("facilitator", body.as_str(), false), id: body.to_string(), said };
            if bonds.is_empty() { free.push(choice) } else { tied.push(choice) }
        }
        Ok(Self { form, free, tied })
    }
}

/// What would be said of a body if it were proposed, as far as the register tells; the rules say it for good.
fn ties(case: &Case, state: &State, body: &GovernmentId) -> Vec<FacilitatorTie> {
    let above = |of: &GovernmentId| case.bodies.0.get(of.as_str()).and_then(|known| known.parent.as_ref());
    let mut ties = Vec::new();
    if state.standing.parties.contains(body) {
        ties.push(FacilitatorTie::Party);
    }
    if state.standing.coordinator.as_ref() == Some(body) {
        ties.push(FacilitatorTie::Coordinator);
    }
    for party in &state.standing.parties {
        if above(party) == Some(body) {
            ties.push(FacilitatorTie::Above { party: party.clone() });
        }
        if above(body) == Some(party) {
            ties.push(FacilitatorTie::Below { party: party.clone() });
        }
    }
    ties
}
