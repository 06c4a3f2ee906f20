//! Recording what was done in a step: each kind of act with its own particulars, by whoever may record it, in its turn.

use jiff::civil::Date;
use proto::approvals::{CouncilEnd, Done, Event, Letter, Refusal, StepOf};
use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::message;
use proto::procedure::{Stage, Step, StepKind};
use proto::stream::Stream;
use proto::words::is_blank;
use runtime::decider::Context;

use crate::council::votes_carry;
use crate::decide::{State, today};
use crate::lanes::Instance;
use crate::order::{is_ready, later};

/// What is asked to be recorded.
pub(crate) struct Asked<'a> {
    pub(crate) of: &'a StepOf,
    pub(crate) done: &'a Done,
    pub(crate) agreement: Option<Digest>,
    pub(crate) letter: Option<&'a Letter>,
}

/// Records it.
pub(crate) fn record(state: &State, asked: &Asked<'_>, ctx: &Context<'_, State>) -> Result<Vec<Event>, message::Refusal> {
    state.insider(ctx)?;
    let instance = state.instance(asked.of)?;
    let by = state.may_act(instance, ctx)?;
    is_of_kind(&instance.step, asked.done)?;
    is_ready(instance)?;
    is_this_text(state, &instance.step, asked.agreement)?;
    let today = today(ctx);
    let occurred = ctx.occurred.ok_or(Refusal::NoDay)?;
    not_after(occurred.on, today)?;
    has_particulars(asked.done)?;
    has_letter(asked, &instance.step, state.standing.parties.contains(by), today)?;
    is_lawful(state, asked.done, instance, by, ctx)?;
    let effect = effect(asked, &instance.step, occurred.on);
    let recorded = Event::StepRecorded {
        step: asked.of.clone(),
        by: by.clone(),
        done: asked.done.clone(),
        on: occurred.on,
        complete: effect.is_some(),
        effect,
        agreement: asked.agreement,
        letter: asked.letter.cloned().map(Box::new),
        evidence: occurred.evidence.clone(),
    };
    Ok(std::iter::once(recorded).chain(amended(asked, instance, by)).collect())
}

fn is_of_kind(step: &Step, done: &Done) -> Result<(), Refusal> {
    if step.is_signing() {
        Err(Refusal::SignInSigning)
    } else if done.kind() == step.kind {
        Ok(())
    } else {
        Err(Refusal::WrongKind { step: step.id.clone(), kind: step.kind })
    }
}

/// A step about the text names its digest; another need not, and if it does, it must be the right one.
fn is_this_text(state: &State, step: &Step, agreement: Option<Digest>) -> Result<(), Refusal> {
    let named = agreement.is_some() || step.is_about_text();
    if named && agreement != state.standing.agreement { Err(Refusal::OtherText) } else { Ok(()) }
}

/// An act outside has a day, and it has come.
pub(crate) fn not_after(day: Date, today: Date) -> Result<(), Refusal> {
    if day > today { Err(Refusal::NoDay) } else { Ok(()) }
}

/// Refuses the first field that says nothing.
pub(crate) fn filled(fields: &[(&str, &str)]) -> Result<(), Refusal> {
    match fields.iter().find(|(_, text)| is_blank(text)) {
        Some((field, _)) => Err(Refusal::Empty { field: (*field).to_owned() }),
        None => Ok(()),
    }
}

/// What must be said of each kind of act for it to be found again outside.
fn has_particulars(done: &Done) -> Result<(), Refusal> {
    match done {
        Done::Proposed | Done::Drafted | Done::Higher { .. } => Ok(()),
        Done::Signed { by } if by.is_empty() => Err(Refusal::Empty { field: "by".into() }),
        Done::Signed { by } => by.iter().try_for_each(|name| filled(&[("by", name)])),
        Done::Consulted { with, .. } => filled(&[("with", with)]),
        Done::Council { bill, .. } => filled(&[("bill", bill)]),
        Done::Published { notice } => filled(&[("notice", notice)]),
        Done::Reported { to } => filled(&[("to", to)]),
        Done::Registered { number } => filled(&[("number", number)]),
    }
}

/// A letter must be complete and possible. It must be there where the law demands one for the act to have effect, and where a party reports
/// what a superior body decided: that body's letter, arrived, is all that shows it.
fn has_letter(asked: &Asked<'_>, step: &Step, by_party: bool, today: Date) -> Result<(), Refusal> {
    let missing = || Refusal::LetterMissing { step: step.id.clone() };
    let reported = by_party && step.kind == StepKind::HigherApproval;
    let demanded = step.letter.is_some() && is_yes(asked.done, step);
    let Some(letter) = asked.letter else { return if demanded || reported { Err(missing()) } else { Ok(()) } };
    filled(&[
        ("letter.issuer", &letter.issuer),
        ("letter.number", &letter.number),
        ("letter.decided_by", &letter.decided_by),
        ("letter.recipient", &letter.recipient),
    ])?;
    if letter.dated > today || letter.arrived.is_some_and(|arrived| arrived > today) {
        return Err(Refusal::LetterInFuture);
    }
    match letter.arrived {
        Some(arrived) if arrived < letter.dated => Err(Refusal::ArrivedBeforeWritten),
        Some(_) => filled(&[("letter.receipt", letter.receipt.as_deref().unwrap_or_default())]),
        None if reported => Err(missing()),
        None => Ok(()),
    }
}

/// What the law asks of a council and of a superior body.
fn is_lawful(state: &State, done: &Done, instance: &Instance, by: &GovernmentId, ctx: &Context<'_, State>) -> Result<(), Refusal> {
    match done {
        Done::Council { end, votes: Some(votes), .. } => votes_carry(&instance.step, *end, *votes),
        Done::Higher { body, .. } if state.standing.parties.contains(body) => Err(Refusal::ApproverIsParty { body: body.clone() }),
        Done::Higher { body, .. } if !state.standing.parties.contains(by) && by != body => {
            Err(Refusal::NotYourStep { step: instance.id() })
        }
        Done::Higher { body, .. } if ctx.open(&Stream::Government(body.clone())).is_none_or(|body| body.zone.is_none()) => {
            Err(Refusal::UnknownBody { body: body.clone() })
        }
        Done::Higher { .. }
        | Done::Council { votes: None, .. }
        | Done::Proposed
        | Done::Consulted { .. }
        | Done::Drafted
        | Done::Signed { .. }
        | Done::Published { .. }
        | Done::Reported { .. }
        | Done::Registered { .. } => Ok(()),
    }
}

/// Whether the act is of the outcome the step waits for.
fn is_yes(done: &Done, step: &Step) -> bool {
    match done {
        Done::Consulted { agreed, .. } => *agreed || !step.assent,
        Done::Council { end, .. } => match end {
            CouncilEnd::Passed => true,
            CouncilEnd::PassedAmended => step.stage != Stage::Text,
            CouncilEnd::Rejected | CouncilEnd::Deferred | CouncilEnd::Withdrawn | CouncilEnd::LapsedWithTerm => false,
        },
        Done::Higher { approved, .. } => *approved,
        Done::Proposed | Done::Drafted | Done::Signed { .. } | Done::Published { .. } | Done::Reported { .. } | Done::Registered { .. } => {
            true
        }
    }
}

/// From which day the act has effect: where a letter must carry it, from arrival.
fn effect(asked: &Asked<'_>, step: &Step, on: Date) -> Option<Date> {
    if !is_yes(asked.done, step) {
        return None;
    }
    let day = if step.letter.is_some() { asked.letter?.arrived?.max(on) } else { on };
    Some(later(day, step.effect_after_days))
}

/// A council that passes the frozen text amended lets it open again.
fn amended(asked: &Asked<'_>, instance: &Instance, by: &GovernmentId) -> Option<Event> {
    let amended = matches!(asked.done, Done::Council { end: CouncilEnd::PassedAmended, .. }) && instance.step.stage == Stage::Text;
    let government = instance.of.government.as_ref().unwrap_or(by).clone();
    asked.agreement.filter(|_| amended).map(|agreement| Event::PassedAmended { government, agreement })
}
