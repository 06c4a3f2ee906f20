//! The inbox: a body's moves are what the states of the services say, no more and no less.

use std::collections::BTreeSet;

use approvals::{Instance, Status};
use notifications::Task;
use proto::approvals::StepOf;
use proto::id::GovernmentId;
use proto::procedure::{Stage, StepActor};
use proto::standing::Phase;

use super::{Seen, Told, ensure, same};
use crate::folds::Folds;

/// Whose moves are of a kind.
fn whose(folds: &Folds, is: impl Fn(&Task) -> bool) -> BTreeSet<GovernmentId> {
    folds.inbox.moves.iter().filter(|waiting| is(&waiting.task)).map(|waiting| waiting.government.clone()).collect()
}

/// A case that is negotiated always waits for somebody.
pub fn an_open_case_waits_for_somebody(seen: &Seen) -> Told {
    let idle = seen.after.standing().phase == Phase::Open && seen.after.inbox.moves.is_empty();
    ensure(!idle, || format!("{:?}", negotiation::obstacles(&seen.after.negotiation)))
}

/// A frozen text that something is still missing for waits for somebody.
pub fn a_frozen_case_waits_for_somebody(seen: &Seen) -> Told {
    let idle = matches!(seen.after.standing().phase, Phase::Frozen | Phase::Signed) && seen.after.inbox.moves.is_empty();
    let how = || seen.after.approvals.lanes.all().map(|i| (i.of.clone(), i.step.actor.is, i.status.clone())).collect::<Vec<_>>();
    ensure(!idle, || format!("{:?}", how()))
}

/// When nothing stands in the way of initialling, every party is asked that has not initialled; else none is.
pub fn initials_wait_for_those_who_have_not_given_them(seen: &Seen) -> Told {
    let state = &seen.after.negotiation;
    let ready = state.standing.phase == Phase::Open && negotiation::obstacles(state).is_empty();
    let missing = state.standing.parties.difference(&state.initialled).filter(|_| ready).cloned().collect();
    same(&whose(seen.after, |task| *task == Task::Initial), &missing)
}

/// An offer on the table waits for exactly those parties that were asked and have not answered; an offer to improve was sent back.
pub fn offers_wait_for_those_who_were_asked(seen: &Seen) -> Told {
    let state = &seen.after.negotiation;
    let open = state.standing.phase == Phase::Open;
    for (number, offer) in &state.offers {
        let awaited = offer.awaits().filter(|party| open && offer.is_on_table() && state.standing.parties.contains(*party));
        same(&whose(seen.after, |task| *task == Task::AnswerOffer { offer: *number }), &awaited.cloned().collect())?;
        let improves = !whose(seen.after, |task| *task == Task::ImproveOffer { offer: *number }).is_empty();
        ensure(!improves || offer.state == proto::negotiation::OfferState::SentBack, || format!("offer {number} is {}", offer.state))?;
    }
    Ok(())
}

/// A step whose turn has come waits for whoever can take it, an undecided one for a decision, and no other waits for anybody.
pub fn steps_wait_for_those_who_can_take_them(seen: &Seen) -> Told {
    let standing = seen.after.standing();
    seen.after.approvals.lanes.all().try_for_each(|instance| {
        let asked = |task: fn(StepOf) -> Task| !whose(seen.after, |found| *found == task(instance.of.clone())).is_empty();
        let (records, decides) = (asked(Task::RecordStep), asked(Task::DecideCondition));
        let turn = matches!(instance.status, Status::Open | Status::LetterOnItsWay | Status::Refused | Status::Overdue);
        let runs = instance.clock.as_ref().is_some_and(|clock| !clock.over);
        let again = matches!(instance.status, Status::Done { .. }) && instance.step.repeats && runs;
        ensure(!records || turn || again, || format!("to be recorded: {instance:?}"))?;
        ensure(!decides || instance.status == Status::ConditionOpen, || format!("to be decided: {instance:?}"))?;
        let needed = turn && instance.step.blocking && is_current(instance, standing.phase) && somebody_acts(instance);
        ensure(records || !needed || standing.parties.is_empty(), || format!("forgotten: {instance:?}"))
    })
}

fn is_current(instance: &Instance, phase: Phase) -> bool {
    match instance.step.stage {
        Stage::Preparation | Stage::Text => phase < Phase::Signed,
        Stage::Entry => phase < Phase::InForce,
        Stage::After => true,
    }
}

fn somebody_acts(instance: &Instance) -> bool {
    instance.step.actor.is != StepActor::ByLaw && !instance.step.is_signing()
}

/// When signing is open, the parties are asked that have not signed: all at once, or the next in the order.
pub fn signatures_are_asked_for_in_their_order(seen: &Seen) -> Told {
    let state = &seen.after.signing;
    let agreement = state.opened.as_ref().map(|opened| opened.agreement);
    let at_once = if state.order.is_empty() { usize::MAX } else { 1 };
    let missing = state.missing().filter(|_| agreement.is_some()).take(at_once).cloned().collect();
    same(&whose(seen.after, |task| matches!(task, Task::Sign { agreement: asked } if Some(*asked) == agreement)), &missing)
}

/// A proposal waits for the answers of all parties to the dispute, also of those that have answered in secret.
pub fn proposals_wait_for_both_sides(seen: &Seen) -> Told {
    let state = &seen.after.mediation;
    for (number, dispute) in &state.disputes {
        let present: BTreeSet<GovernmentId> = dispute.parties.intersection(&state.standing.parties).cloned().collect();
        let open = dispute.closed.is_none() && dispute.waiting().is_some() && state.standing.phase == Phase::Open && present.len() > 1;
        let asked = whose(seen.after, |task| matches!(task, Task::AnswerProposal { dispute, .. } if dispute == number));
        same(&asked, &if open { present } else { BTreeSet::new() })?;
    }
    Ok(())
}

/// Nobody is asked for something in a case of which they may not know, save a body above a party, whose approval is asked for.
pub fn moves_are_of_bodies_that_may_read_the_case(seen: &Seen) -> Told {
    let above: BTreeSet<&GovernmentId> = seen.after.approvals.parents.values().collect();
    let readers = &seen.after.standing().readers.case;
    let stranger =
        seen.after.inbox.moves.iter().find(|waiting| !readers.contains(&waiting.government) && !above.contains(&waiting.government));
    same(&stranger, &None)
}
