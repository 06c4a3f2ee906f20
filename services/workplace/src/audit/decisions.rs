//! Who decided what on which mandate: the acts of a case by which somebody binds their body.

use gateway::edge::SignedIn;
use gateway::problem::Problem;
use gateway::record::Question;
use proto::actor::{Actor, Ground};
use proto::finding::{Finding, MandateVerdict};
use proto::id::{CaseId, GovernmentId};
use proto::search::Sought;
use serde_json::json;

use crate::entries::{self, Opened};
use crate::said::{Teller, Things};
use crate::{Visit, When};

/// Kinds of events by which a body is bound, to the others or within.
const BINDING: [&str; 16] = [
    "negotiation.joined",
    "negotiation.declined",
    "negotiation.left",
    "negotiation.offer_tabled",
    "negotiation.offer_accepted",
    "negotiation.offer_withdrawn",
    "negotiation.wording_supported",
    "negotiation.initialled",
    "authority.finding_allowed",
    "approvals.condition_decided",
    "approvals.step_recorded",
    "signing.signed",
    "signing.paper_attested",
    "mediation.facilitator_accepted",
    "mediation.proposal_answered",
    "negotiation.publication_agreed",
];
/// Pages of the record that are looked through for one page.
const PAGES: usize = 4;
/// Acts that one page shows.
const MOST: u32 = 200;

/// One act.
pub(super) struct Decision {
    pub position: u64,
    pub href: String,
    pub at: When,
    pub said: Vec<String>,
    pub body: String,
    pub official: String,
    pub role: String,
    pub ground: String,
    /// Whether the body's own mandate covers it, where the rules asked.
    pub within: Option<bool>,
    /// The mandate, where it is the own body's.
    pub mandate: Option<String>,
    pub sealed: bool,
}

/// The acts of a case, and whether there are more than are shown.
pub(super) async fn of(
    visit: &Visit,
    who: &SignedIn,
    case: CaseId,
    own: &GovernmentId,
    things: &Things,
) -> Result<(Vec<Decision>, bool), Problem> {
    let kinds = BINDING.map(str::to_owned).to_vec();
    let sought = Sought { case: Some(case), kinds, ..Sought::default() };
    let mut question = Question { from: 0, back: false, limit: MOST, sought };
    let teller = Teller { language: visit.language, bodies: &visit.bodies, things };
    let mut decisions = Vec::new();
    for _ in 0..PAGES {
        let found = entries::ask(visit, who, &question).await?;
        let opened = found.entries.iter().filter_map(Opened::of);
        decisions.extend(opened.filter_map(|opened| decision(&opened, visit, &teller, own)));
        question.from = found.next;
        if !found.more || decisions.len() >= MOST as usize {
            return Ok((decisions, found.more));
        }
    }
    Ok((decisions, true))
}

fn decision(opened: &Opened, visit: &Visit, teller: &Teller<'_>, own: &GovernmentId) -> Option<Decision> {
    let Actor::Official(capacity) = &opened.act.actor else { return None };
    let found = opened.act.findings.iter().find_map(|finding| match finding {
        Finding::Mandate(found) => Some(found),
        Finding::Answers { .. } | Finding::Delivered { .. } | Finding::Computed(_) | Finding::Answered { .. } => None,
    });
    let ground = match capacity.ground {
        Ground::OwnOffice => "own_office",
        Ground::StandingDelegation => "standing_delegation",
        Ground::InAbsence => "in_absence",
        Ground::Temporary => "temporary",
        Ground::ByLaw => "by_law",
    };
    let ground = visit.t(&format!("ground-{ground}"));
    let holder = capacity.on_behalf_of.as_ref();
    Some(Decision {
        position: opened.entry.position,
        href: entries::address(opened.case(), opened.entry.position),
        at: visit.instant(&opened.entry.at),
        said: opened.act.events.iter().map(|event| teller.event(&opened.act.actor, event)).collect(),
        body: teller.body(&capacity.government),
        official: capacity.official.to_string(),
        role: visit.t(&format!("role-{}", capacity.role.name())),
        ground: holder
            .map_or_else(|| ground.clone(), |holder| visit.told("audit-ground_of", &json!({ "reason": ground, "holder": holder }))),
        within: found.map(|found| found.verdict == MandateVerdict::Within),
        mandate: found.filter(|_| capacity.government == *own).map(|found| found.mandate.to_string()),
        sealed: opened.sealed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_binds_is_a_kind_of_the_contract() {
        let kinds = crate::said::kinds();
        assert_eq!(BINDING.iter().filter(|kind| !kinds.contains(**kind)).collect::<Vec<_>>(), Vec::<&&str>::new());
    }
}
