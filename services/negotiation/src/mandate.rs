//! Mandates: who offers or accepts, and who joins, must be covered. Everything but "within" is a refusal that the author alone sees.

use std::collections::BTreeMap;

use proto::actor::Actor;
use proto::finding::{Finding, MandateFinding, MandateVerdict};
use proto::id::{MandateId, TermId};
use proto::mandate::judge;
use proto::message::Target;
use proto::negotiation::{Command, Refusal};
use proto::stream::Stream;
use proto::term::Value;
use runtime::decider::Context;

use crate::decide::State;
use crate::package::carried_over;

/// Looks at the own government's sealed mandates. What stands in a package by carry-over is offered as much as what is new in it, so all of
/// it is judged. An allocation is judged by the terms that hold its sums: a mandate's bounds are per term.
pub(crate) fn assess(command: &Command, state: &State, context: &Context<'_, State>) -> Vec<Finding> {
    let (Some((mandate, terms)), Actor::Official(capacity), Target::Case(case)) = (acts_on(command, state), context.actor, context.target)
    else {
        return Vec::new();
    };
    let held = context.sealed(&Stream::Mandates(capacity.government.clone())).and_then(|state| state.mandates.as_ref());
    let today = context.official.today(&capacity.government, context.at);
    let verdict = match (held, today) {
        (Some(held), Some(today)) => judge(held, &capacity.official, *case, mandate, &terms, today),
        _ => MandateVerdict::Unknown,
    };
    vec![Finding::Mandate(MandateFinding { mandate, verdict })]
}

/// Which mandate a command acts on, for which values.
fn acts_on(command: &Command, state: &State) -> Option<(MandateId, BTreeMap<TermId, Value>)> {
    let package = |offer| state.offers.get(offer).map(|offer| offer.package.clone()).unwrap_or_default();
    match command {
        Command::Join { mandate } => Some((*mandate, BTreeMap::new())),
        Command::TableOffer { mandate, package, .. } => Some((*mandate, package.terms.clone())),
        Command::CounterOffer { mandate, to: from, package: new, .. }
        | Command::ImproveOffer { mandate, offer: from, package: new, .. } => Some((*mandate, carried_over(&package(from), new).terms)),
        Command::AcceptOffer { mandate, offer } => Some((*mandate, package(offer).terms)),
        Command::OpenCase { .. }
        | Command::Invite { .. }
        | Command::SetAgenda { .. }
        | Command::Decline { .. }
        | Command::Leave { .. }
        | Command::StateFact { .. }
        | Command::TakePosition { .. }
        | Command::RequestInformation { .. }
        | Command::AnswerInformation { .. }
        | Command::LackInformation { .. }
        | Command::DefineTerm { .. }
        | Command::AddClause { .. }
        | Command::ProposeWording { .. }
        | Command::SupportWording { .. }
        | Command::ReserveClause { .. }
        | Command::CommentClause { .. }
        | Command::PublishAgreement { .. }
        | Command::DraftOffer { .. }
        | Command::SoundOut { .. }
        | Command::AnswerSounding { .. }
        | Command::WithdrawSounding { .. }
        | Command::SendBackOffer { .. }
        | Command::WithdrawOffer { .. }
        | Command::LapseOffer { .. }
        | Command::EnterSettlement { .. }
        | Command::Initial { .. }
        | Command::ReopenText { .. } => None,
    }
}

/// Whether a command acts on a mandate, and so looks at those of the own government.
pub(crate) fn is_needed(command: &Command) -> bool {
    acts_on(command, &State::default()).is_some()
}

/// The act is covered by this mandate, as was found.
pub(crate) fn require(context: &Context<'_, State>, mandate: MandateId) -> Result<(), Refusal> {
    let found = context.findings.iter().find_map(|finding| match finding {
        Finding::Mandate(found) if found.mandate == mandate => Some(&found.verdict),
        _ => None,
    });
    match found {
        Some(MandateVerdict::Within) => Ok(()),
        Some(MandateVerdict::Unknown) | None => Err(Refusal::NoMandate { mandate }),
        Some(MandateVerdict::Expired { until }) => Err(Refusal::MandateExpired { until: *until }),
        Some(MandateVerdict::OutOfScope { terms }) => Err(Refusal::OutsideMandate { terms: terms.clone() }),
        Some(MandateVerdict::Above { terms }) => Err(Refusal::AboveMandate { terms: terms.clone() }),
        Some(MandateVerdict::BrokenChain { link }) => Err(Refusal::BrokenChain { link: *link }),
    }
}
