//! How far the case has come, and what is settled by then.

use proto::digest::Digest;
use proto::message::Event;
use proto::standing::{Phase, Standing};
use proto::stream::Stream;
use signing::agreement::Agreement;

use super::{Seen, Told, ensure, same};
use crate::folds::Folds;
use crate::world::case;

/// Every service folds the same standing from the same history.
pub fn all_services_see_the_same_standing(seen: &Seen) -> Told {
    let after = seen.after;
    let all = [
        &after.allocation.standing,
        &after.authority.standing,
        &after.approvals.standing,
        &after.signing.standing,
        &after.mediation.standing,
        &after.inbox.standing,
    ];
    all.into_iter().try_for_each(|standing| same(standing, after.standing()))
}

/// A case is opened once, frozen, opened again or signed, and ends in force; with each event it takes one such step or stays.
pub fn phases_move_along_allowed_edges(seen: &Seen) -> Told {
    let mut standing = seen.before.standing().clone();
    let in_case = seen.new.iter().filter(|entry| entry.decision.stream == Stream::Case(case()));
    for event in in_case.flat_map(|entry| &entry.decision.events) {
        step(&mut standing, event)?;
    }
    edge(seen.before.standing().phase, seen.after.standing().phase)
}

fn step(standing: &mut Standing, event: &Event) -> Told {
    let from = standing.phase;
    standing.evolve(event);
    edge(from, standing.phase)
}

fn edge(from: Phase, to: Phase) -> Told {
    let allowed = from == to
        || matches!(
            (from, to),
            (Phase::None | Phase::Frozen, Phase::Open)
                | (Phase::Open, Phase::Frozen)
                | (Phase::Frozen, Phase::Signed)
                | (Phase::Frozen | Phase::Signed, Phase::InForce)
        );
    ensure(allowed, || format!("from {from:?} to {to:?}"))
}

/// While a text is frozen, text, allocation and matrix have the digests that were initialled, and those the one that is approved and signed.
pub fn what_is_frozen_has_the_digest_that_stands(seen: &Seen) -> Told {
    let (standing, negotiation) = (seen.after.standing(), &seen.after.negotiation);
    if standing.phase < Phase::Frozen {
        return same(&(standing.agreement, &negotiation.frozen), &(None, &None));
    }
    let document = Agreement::of(case(), &seen.after.signing).map_err(|error| error.to_string())?;
    same(&standing.agreement, &Some(document.agreement))?;
    same(&negotiation.frozen.as_ref(), &Some(&document.frozen))?;
    let text = negotiation::freeze::text(negotiation);
    same(&text.and_then(|text| Digest::of_json(&text).ok()), &Some(document.frozen.text))
}

/// Once in force, the agreement keeps its digest, its parts and its parties.
pub fn an_agreement_in_force_never_changes(seen: &Seen) -> Told {
    let settled = |folds: &Folds| {
        let standing = folds.standing();
        (standing.phase, standing.agreement, standing.parties.clone(), folds.negotiation.frozen.clone(), folds.approvals.in_force)
    };
    let before = settled(seen.before);
    if before.0 == Phase::InForce { same(&settled(seen.after), &before) } else { Ok(()) }
}

/// Only parties have initialled; and when what would be frozen is another, nobody has who had before.
pub fn initials_are_of_parties_and_fall_with_the_text(seen: &Seen) -> Told {
    let (before, after) = (&seen.before.negotiation, &seen.after.negotiation);
    ensure(after.initialled.is_subset(&after.standing.parties), || format!("{:?}", after.initialled))?;
    let same_text =
        after.initialled.is_empty() || before.initialled.is_empty() || negotiation::frozen(before) == negotiation::frozen(after);
    ensure(same_text, || format!("{:?} stand under another text", after.initialled))
}
