//! The rules by which runs and studies are asked for, kept and tabled.

use std::collections::BTreeMap;

use proto::access::Denial;
use proto::allocation::{
    Answer, Command, Computation, Done, Event, Found, MEMBERS, MOST_MEMBERS, Model, Question, Refusal, Shares, Study, Work,
};
use proto::digest::Digest;
use proto::finding::Finding;
use proto::id::{GovernmentId, RunId};
use proto::message::{self, Target};
use proto::money::Money;
use proto::standing::{Phase, Standing};
use proto::stream::Stream;
use runtime::decider::Context;

use crate::complete::{Divided, complete};
use crate::limits::Limit;
use crate::ready::{Ready, has, ready};
use crate::solve::{AT_ONCE, solve};
use crate::state::State;
use crate::work::{takes_long, within_members};

/// So much may wait for one party.
const WAITING: usize = 8;

/// A result is computed here, or taken from what its author has computed before, and recorded as a finding; [`decide`] only checks it. Whoever may not
/// ask is not computed for.
pub(crate) fn assess(state: &State, command: &Command, context: &Context<'_, State>) -> Option<Finding> {
    match command {
        Command::Compute { run, model, .. } => {
            may_ask(state, run, context).ok()?;
            at_once(model)
        }
        Command::TableRun { run, model } => {
            may_table(state, run, context).ok()?;
            let digest = model.digest().ok()?;
            let before = own(context).and_then(|own| own.runs.values().find(|run| run.result.model == digest));
            before.map(|run| Finding::Computed(run.result.clone())).or_else(|| at_once(model))
        }
        Command::TableStudy { run, of, question } => {
            may_table(state, run, context).ok()?;
            let asked = |studied: &&crate::state::Studied| studied.study.of == *of && studied.study.question == *question;
            let last = own(context)?.studies.values().filter(asked).max_by_key(|studied| studied.at)?;
            Some(Finding::Answered { study: last.study.clone(), answer: last.answer.clone() })
        }
        Command::Study { .. } | Command::Cancel { .. } | Command::TakeStand { .. } | Command::Finish { .. } => None,
    }
}

fn at_once(model: &Model) -> Option<Finding> {
    if takes_long(model) { None } else { solve(model, AT_ONCE).ok().map(Finding::Computed) }
}

/// What the acting party keeps to itself.
fn own<'c>(context: &'c Context<'_, State>) -> Option<&'c State> {
    let Target::Case(case) = context.target else { return None };
    context.sealed(&Stream::Internal(*case, context.actor.government()?.clone()))
}

/// The rules.
pub(crate) fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Event, message::Refusal> {
    match command {
        Command::Compute { run, model, members } => {
            may_ask(state, run, context)?;
            let members = members_of(*members)?;
            compute(state, (run, model, members), context).map_err(Into::into)
        }
        Command::Study { run, of, question, members } => {
            let case = may_ask(state, run, context)?;
            let members = members_of(*members)?;
            let model = &state.run_of(*of).or_else(|| case.run_of(*of)).ok_or(Refusal::UnknownRun { of: *of })?.model;
            let known = case.stands.iter().filter(|stand| has(model, &stand.figure));
            // Only ranges go by what parties say; anything else is of the run as it is.
            let stands = if *question == Question::Ranges { known.cloned().collect() } else { Vec::new() };
            let study = Study { of: *of, question: question.clone(), stands };
            ask(state, run, Work::Study(study), members).map_err(Into::into)
        }
        Command::Cancel { run } => {
            // Whoever has left the case still calls off what it asked for.
            case_of(context)?.standing.reader(context.actor.government())?;
            state.pending.get(run).ok_or_else(|| Refusal::NoSuchWork { run: run.clone() })?;
            Ok(Event::WorkCancelled { run: run.clone() })
        }
        Command::TableRun { run, model } => table_run(state, run, model, context),
        Command::TableStudy { run, of, question } => table_study(state, run, (*of, question), context),
        Command::TakeStand { figure, position } => {
            let by = state.standing.party(context.actor.government())?;
            let below_zero = matches!(position, proto::allocation::Position::Disputes { own } if own.is_sign_negative());
            if below_zero || !state.runs.values().any(|run| has(&run.model, figure)) {
                return Err(Refusal::FigureNotTabled.into());
            }
            Ok(Event::StandTaken { by: by.clone(), figure: figure.clone(), position: position.clone() })
        }
        Command::Finish { run, done, .. } => finish(state, run, done).map_err(Into::into),
    }
}

/// Up to so many members sets of them are looked at.
fn members_of(asked: Option<u8>) -> Result<u8, Refusal> {
    let members = asked.unwrap_or(MEMBERS);
    if (1..=MOST_MEMBERS).contains(&members) { Ok(members) } else { Err(Refusal::MembersOutOfRange { most: MOST_MEMBERS }) }
}

/// In private one may compute with anyone as a member, to see what it would be. Answers the case.
fn may_ask<'c>(state: &State, run: &RunId, context: &'c Context<'_, State>) -> Result<&'c State, message::Refusal> {
    let case = case_of(context)?;
    case.standing.party(context.actor.government())?;
    if state.has(run) { Err(Refusal::RunTaken { run: run.clone() }.into()) } else { Ok(case) }
}

/// The case, seen from a party's own stream.
fn case_of<'c>(context: &'c Context<'_, State>) -> Result<&'c State, Denial> {
    let Target::Case(case) = context.target else { return Err(Denial::WrongTarget) };
    context.open(&Stream::Case(*case)).ok_or(Denial::NoSuchCase)
}

fn may_table<'c>(state: &State, run: &RunId, context: &'c Context<'_, State>) -> Result<&'c GovernmentId, message::Refusal> {
    let by = state.standing.party(context.actor.government())?;
    if state.has(run) { Err(Refusal::RunTaken { run: run.clone() }.into()) } else { Ok(by) }
}

fn compute(state: &State, (run, model, members): (&RunId, &Model, u8), context: &Context<'_, State>) -> Result<Event, Refusal> {
    if takes_long(model) {
        // What is plainly wrong is said at once.
        within_members(&ready(model, members.into())?, members)?;
        return ask(state, run, Work::Run { model: model.clone() }, members);
    }
    let result = computed(context).ok_or_else(|| why_not(model))?;
    kept(run, model, result)
}

fn ask(state: &State, run: &RunId, work: Work, members: u8) -> Result<Event, Refusal> {
    if state.pending.len() >= WAITING {
        return Err(Refusal::TooMuchAsked { limit: WAITING });
    }
    Ok(Event::WorkAsked { run: run.clone(), work, members })
}

fn table_run(state: &State, run: &RunId, model: &Model, context: &Context<'_, State>) -> Result<Event, message::Refusal> {
    let by = may_table(state, run, context)?;
    may_be_tabled(state, model, by)?;
    let result = match computed(context) {
        Some(result) => result,
        None if takes_long(model) => return Err(Refusal::ComputeFirst.into()),
        None => return Err(why_not(model).into()),
    };
    let digest = digest(model, result)?;
    Ok(Event::RunTabled { run: run.clone(), by: by.clone(), digest, model: model.clone(), result: result.clone() })
}

/// After signing too: then it is how the signed rule settles what came since.
fn table_study(
    state: &State,
    run: &RunId,
    (of, question): (Digest, &Question),
    context: &Context<'_, State>,
) -> Result<Event, message::Refusal> {
    let by = may_table(state, run, context)?;
    state.run_of(of).ok_or(Refusal::UnknownRun { of })?;
    let found = context.findings.iter().find_map(|finding| match finding {
        Finding::Answered { study, answer } => Some((study, answer)),
        Finding::Computed(_) | Finding::Mandate(_) | Finding::Answers { .. } | Finding::Delivered { .. } => None,
    });
    let (study, answer) = found.ok_or(Refusal::ComputeFirst)?;
    if study.of != of || study.question != *question || !answers(question, answer) {
        return Err(Refusal::ComputationMismatch.into());
    }
    Ok(Event::StudyTabled { run: run.clone(), by: by.clone(), study: study.clone(), answer: answer.clone() })
}

fn finish(state: &State, run: &RunId, done: &Done) -> Result<Event, Refusal> {
    let pending = state.pending.get(run).ok_or_else(|| Refusal::NoSuchWork { run: run.clone() })?;
    match (&pending.work, done) {
        (_, Done::Failed(why)) => Ok(Event::WorkFailed { run: run.clone(), why: why.clone() }),
        (Work::Run { model }, Done::Computed(result)) => kept(run, model, result),
        (Work::Study(study), Done::Answered(answer)) if answers(&study.question, answer) => {
            Ok(Event::Studied { run: run.clone(), study: study.clone(), answer: answer.clone() })
        }
        (Work::Run { .. }, Done::Answered(_)) | (Work::Study(_), Done::Computed(_) | Done::Answered(_)) => {
            Err(Refusal::ComputationMismatch)
        }
    }
}

fn answers(question: &Question, answer: &Answer) -> bool {
    matches!(
        (question, &answer.found),
        (Question::WhatIf { .. }, Found::WhatIf(_))
            | (Question::Search { .. }, Found::Search(_))
            | (Question::Ranges, Found::Ranges(_))
            | (Question::Comparison, Found::Comparison(_))
            | (Question::Settlement(_), Found::Settlement(_))
            | (Question::Accession(_), Found::Accession(_))
            | (Question::Exit(_), Found::Exit(_))
    )
}

fn computed<'c>(context: &Context<'c, State>) -> Option<&'c Computation> {
    context.findings.iter().find_map(|finding| match finding {
        Finding::Computed(result) => Some(result),
        Finding::Answered { .. } | Finding::Mandate(_) | Finding::Answers { .. } | Finding::Delivered { .. } => None,
    })
}

/// Without a result the model was refused; computing it again says why.
fn why_not(model: &Model) -> Refusal {
    solve(model, AT_ONCE).err().unwrap_or(Refusal::ComputationMismatch)
}

fn kept(run: &RunId, model: &Model, result: &Computation) -> Result<Event, Refusal> {
    Ok(Event::Computed { run: run.clone(), digest: digest(model, result)?, model: model.clone(), result: result.clone() })
}

/// The digest of a result, if it is one of this model.
fn digest(model: &Model, result: &Computation) -> Result<Digest, Refusal> {
    if fits(model, result)? { Digest::of_json(result).map_err(|_| Refusal::ComputationMismatch) } else { Err(Refusal::ComputationMismatch) }
}

/// On the table stand the parties only, and nobody is said to think of a figure what it has not said.
fn may_be_tabled(state: &State, model: &Model, by: &GovernmentId) -> Result<(), Refusal> {
    let Standing { phase, parties, .. } = &state.standing;
    if *phase != Phase::Open {
        return Err(Refusal::TextIsFrozen);
    }
    for (id, component) in &model.components {
        if let Some(member) = component.members.iter().find(|member| !parties.contains(*member)) {
            return Err(Refusal::NotAParty { component: id.clone(), member: member.clone() });
        }
    }
    match model.stands.iter().find(|stand| stand.by != *by && !state.stands.contains(stand)) {
        Some(stand) => Err(Refusal::PositionNotTaken { by: stand.by.clone() }),
        None => Ok(()),
    }
}

/// Whether a result is one of this model: its digest, its components, their members, exact sums, and all that follows from the shares. Whether the
/// shares are those that the rule gives, only computing it again tells.
fn fits(model: &Model, result: &Computation) -> Result<bool, Refusal> {
    let parts = ready(model, AT_ONCE)?;
    if parts.len() != result.components.len() || result.solver.is_empty() {
        return Ok(false);
    }
    let shares: Option<Vec<Divided>> = parts.iter().map(|part| divided(part, result.components.get(part.id)?)).collect();
    Ok(shares.and_then(|shares| complete(model, &parts, &shares, result.solver.clone())).as_ref() == Some(result))
}

/// The shares in smallest units, if they add up, keep within the limits, and are an estimate where this model needs one and nowhere else.
fn divided(part: &Ready<'_>, of: &Shares) -> Option<Divided> {
    let units = |money: &BTreeMap<GovernmentId, Money>| -> Option<Vec<i128>> {
        part.members.iter().map(|member| money.get(*member)?.units()).collect()
    };
    let error = match &of.estimate {
        Some(estimate) => Some(units(&estimate.error)?),
        None => None,
    };
    if error.is_some() != part.is_sampled() || error.iter().flatten().any(|error| *error < 0) {
        return None;
    }
    let units = units(&of.shares)?;
    let within =
        |(units, (least, most)): (&i128, &Limit)| least.is_none_or(|least| least <= *units) && most.is_none_or(|most| *units <= most);
    let fits = units.iter().sum::<i128>() == part.shared && units.iter().zip(&part.limits).all(within);
    fits.then_some(Divided { units, error })
}
