//! Approvals, signatures, entry into force.

use approvals::{Instance, Status};
use proto::procedure::Stage;
use proto::standing::Phase;
use signing::Signature;

use super::{Seen, Told, ensure, same};

/// Whether nothing waits for a step any more.
fn is_over(instance: &Instance) -> bool {
    !instance.step.blocking || matches!(instance.status, Status::Done { .. } | Status::NotApplicable)
}

/// What was approved is the text that is frozen now; an approval of another one is void.
pub fn approvals_of_another_text_do_not_count(seen: &Seen) -> Told {
    let agreement = seen.after.standing().agreement;
    for instance in seen.after.approvals.lanes.all().filter(|instance| instance.step.is_about_text()) {
        for attempt in instance.attempts.iter().filter(|attempt| !attempt.void) {
            ensure(agreement.is_some() && attempt.agreement == agreement, || format!("{attempt:?} for {agreement:?}"))?;
        }
    }
    Ok(())
}

/// Signing opens for the frozen text, when every step is over that must come before it.
pub fn signing_opens_when_nothing_before_it_is_missing(seen: &Seen) -> Told {
    let (before, after) = (&seen.before.approvals, &seen.after.approvals);
    if before.signing_open == after.signing_open || after.signing_open.is_none() {
        return Ok(());
    }
    same(&after.signing_open, &after.standing.agreement)?;
    let signing = after.lanes.all().find(|instance| instance.step.is_signing()).ok_or("there is nothing to sign")?;
    let comes_before = |i: &&Instance| i.place < signing.place && matches!(i.step.stage, Stage::Preparation | Stage::Text);
    let missing = after.lanes.all().filter(comes_before).find(|instance| !is_over(instance));
    ensure(missing.is_none(), || format!("{missing:?}"))
}

/// Signing becomes complete with the last party's signature, none of which is in doubt then.
pub fn signatures_are_complete_when_every_party_has_signed(seen: &Seen) -> Told {
    let state = &seen.after.signing;
    if seen.before.signing.complete || !state.complete {
        return Ok(());
    }
    let stands = |party| state.signatures.get(party).is_some_and(Signature::stands);
    ensure(state.standing.parties.iter().all(stands), || format!("{:?}", state.signatures))
}

/// The agreement enters into force when every condition holds, the signatures included, and then it does.
pub fn entry_into_force_is_a_conjunction(seen: &Seen) -> Told {
    let entered = seen.before.standing().phase < Phase::InForce && seen.after.standing().phase == Phase::InForce;
    if !entered {
        return Ok(());
    }
    let conditions = || seen.after.approvals.lanes.all().filter(|instance| instance.step.stage != Stage::After);
    let missing = conditions().find(|instance| !is_over(instance));
    ensure(missing.is_none(), || format!("{missing:?}"))?;
    let signed = seen.after.signing.complete || !conditions().any(|instance| instance.step.is_signing() && instance.step.blocking);
    ensure(signed, || "nobody has signed".to_owned())
}
