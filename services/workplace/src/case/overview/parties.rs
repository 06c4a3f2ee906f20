//! Who is in a case, how the coordinating body is tied to them, and whom it could invite.

use gateway::register::Body;
use negotiation::parties::Membership;
use proto::id::GovernmentId;
use proto::negotiation::Tie;

use super::super::Case;
use crate::Form;

/// A body in the case, in words.
pub(super) struct Party {
    pub name: String,
    pub tier: String,
    pub membership: String,
    pub kind: &'static str,
    pub own: bool,
    pub coordinates: bool,
    /// Whether it has acted within a mandate. Which one, and how far it goes, is its own affair.
    pub mandated: bool,
    pub initialled: bool,
}

/// A body that can be invited.
pub(super) struct Choice {
    pub id: String,
    pub name: String,
    /// Its tier, and the body above it.
    pub about: String,
}

/// The bodies of a case: parties first, then who is invited, then who is not in it any more.
pub(super) fn of(case: &Case) -> Vec<Party> {
    let place = |membership: Membership| match membership {
        Membership::Party => 0,
        Membership::Convenes => 1,
        Membership::Invited => 2,
        Membership::Declined | Membership::Left => 3,
    };
    let mut bodies: Vec<_> = case.state.bodies.iter().collect();
    bodies.sort_by_key(|(_, body)| place(body.membership));
    let party = |(id, body): &(&GovernmentId, &negotiation::parties::Body)| {
        let (membership, kind) = match body.membership {
            Membership::Convenes => ("overview-convenes", "neutral"),
            Membership::Invited => ("overview-invited", "warn"),
            Membership::Party => ("overview-party", "good"),
            Membership::Declined => ("overview-declined", "neutral"),
            Membership::Left => ("overview-left", "neutral"),
        };
        Party {
            name: case.called(id).to_owned(),
            tier: case.bodies.0.get(id.as_str()).map(|body| tier(case, body)).unwrap_or_default(),
            membership: case.visit.t(membership),
            kind,
            own: **id == case.government,
            coordinates: case.state.standing.coordinator.as_ref() == Some(id),
            mandated: body.mandated && body.membership == Membership::Party,
            initialled: case.state.initialled.contains(*id),
        }
    };
    bodies.iter().map(party).collect()
}

fn tier(case: &Case, body: &Body) -> String {
    case.visit.t(&format!("tier-{}", body.tier.name()))
}

/// What ties the coordinating body to parties, in words.
pub(super) fn ties(case: &Case) -> Vec<String> {
    let said = |tie: &Tie| match tie {
        Tie::CoordinatorIsParty { coordinator } => case.visit.with("overview-tie-party", "coordinator", case.called(coordinator)),
        Tie::CoordinatorIsParent { coordinator, of } => case
            .visit
            .told("overview-tie-parent", &serde_json::json!({ "coordinator": case.called(coordinator), "party": case.called(of) })),
    };
    case.state.bodies.values().flat_map(|body| &body.ties).map(said).collect()
}

/// Bodies that can be invited: those chosen in the form, and those that what was looked for finds; all where nothing was.
pub(super) fn choices(case: &Case, form: &Form, find: &str) -> (Vec<Choice>, Vec<Choice>) {
    let wanted = find.to_lowercase();
    let standing = &case.state.standing;
    let is_in = |id: &str| standing.parties.iter().chain(&standing.invited).any(|government| government.as_str() == id);
    let mut all: Vec<(&String, &Body)> = case.bodies.0.iter().filter(|(id, _)| !is_in(id)).collect();
    all.sort_by_cached_key(|(_, body)| (body.tier, case.visit.name(&body.names).to_owned()));
    let choice = |(id, body): (&String, &Body)| {
        let above = body.parent.as_ref().map(|parent| format!(" · {}", case.called(parent))).unwrap_or_default();
        Choice { id: id.clone(), name: case.visit.name(&body.names).to_owned(), about: tier(case, body) + &above }
    };
    let matches = |body: &Body| [&body.names.ko, &body.names.en].into_iter().any(|name| name.to_lowercase().contains(&wanted));
    let (chosen, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(id, _)| form.took("government", id, false));
    let found = others.into_iter().filter(|(_, body)| wanted.is_empty() || matches(body));
    (chosen.into_iter().map(choice).collect(), found.map(choice).collect())
}
