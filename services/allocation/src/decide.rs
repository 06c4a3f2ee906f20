//! What the laboratory knows of a case or of a party's own runs, and the rules by which a run is kept or tabled.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proto::access::Denial;
use proto::allocation::{Command, Computation, Event, Model, Refusal, Shares};
use proto::digest::Digest;
use proto::finding::Finding;
use proto::id::{GovernmentId, RunId};
use proto::message::{self, Target};
use proto::money::Money;
use proto::standing::{Phase, Standing};
use proto::stream::Stream;
use runtime::decider::{Context, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::complete::{Found, complete};
use crate::limits::Limit;
use crate::ready::{Basis, Ready, ready};
use crate::solve::{AT_ONCE, solve};

/// The fold of a case, or of a party's own stream in it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AllocationState")]
pub struct State {
    /// How the case stands; of a party's own stream, nothing.
    pub standing: Standing,
    /// The runs: on the table, or of a party's own stream those it keeps to itself.
    pub runs: BTreeMap<RunId, Run>,
}

/// A run: what was computed, and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Whose it is.
    pub by: GovernmentId,
    /// Since when it is on record.
    pub at: Timestamp,
    /// Digest of the result: by it an offer and the agreement refer to the run.
    pub digest: Digest,
    /// The model.
    pub model: Model,
    /// The result.
    pub result: Computation,
}

/// What a command asks for, once it is clear that its author may.
struct Asked<'a> {
    by: &'a GovernmentId,
    run: &'a RunId,
    model: &'a Model,
}

/// A result is computed here and recorded as a finding; [`decide`] only checks it. Whoever may not ask is not computed for.
pub(crate) fn assess(state: &State, command: &Command, context: &Context<'_, State>) -> Option<Finding> {
    let asked = asked(state, command, context).ok()?;
    solve(asked.model, AT_ONCE).ok().map(Finding::Computed)
}

/// The rules.
pub(crate) fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Event, message::Refusal> {
    let Asked { by, run, model } = asked(state, command, context)?;
    let result = context.findings.iter().find_map(|finding| match finding {
        Finding::Computed(result) => Some(result),
        Finding::Mandate(_) | Finding::Answers { .. } | Finding::Delivered { .. } => None,
    });
    // Without a result the model was refused; computing it again says why.
    let Some(result) = result else { return Err(solve(model, AT_ONCE).err().unwrap_or(Refusal::ComputationMismatch).into()) };
    if !fits(model, result)? {
        return Err(Refusal::ComputationMismatch.into());
    }
    let digest = Digest::of_json(result).map_err(|_| Refusal::ComputationMismatch)?;
    let (run, model, result) = (run.clone(), model.clone(), result.clone());
    Ok(match command {
        Command::Compute { .. } => Event::Computed { run, digest, model, result },
        Command::TableRun { .. } => Event::RunTabled { run, by: by.clone(), digest, model, result },
    })
}

fn asked<'a>(state: &State, command: &'a Command, context: &Context<'a, State>) -> Result<Asked<'a>, message::Refusal> {
    let actor = context.actor.government();
    let (by, run, model) = match command {
        Command::Compute { run, model } => (case_of(context)?.standing.party(actor)?, run, model),
        Command::TableRun { run, model } => {
            let by = state.standing.party(actor)?;
            may_be_tabled(&state.standing, model)?;
            (by, run, model)
        }
    };
    if state.runs.contains_key(run) { Err(Refusal::RunTaken { run: run.clone() }.into()) } else { Ok(Asked { by, run, model }) }
}

/// The case, seen from a party's own stream.
fn case_of<'c>(context: &'c Context<'_, State>) -> Result<&'c State, Denial> {
    let Target::Case(case) = context.target else { return Err(Denial::WrongTarget) };
    context.open(&Stream::Case(*case)).ok_or(Denial::NoSuchCase)
}

/// In private one may compute with anyone as a member, to see what it would be; on the table stand the parties only.
fn may_be_tabled(standing: &Standing, model: &Model) -> Result<(), Refusal> {
    if standing.phase != Phase::Open {
        return Err(Refusal::TextIsFrozen);
    }
    for (id, component) in &model.components {
        if let Some(member) = component.members.iter().find(|member| !standing.parties.contains(*member)) {
            return Err(Refusal::NotAParty { component: id.clone(), member: member.clone() });
        }
    }
    Ok(())
}

/// Whether a result is one of this model: its digest, its components, their members, exact sums, and all that follows from the shares. Whether the
/// shares are those that the rule gives, only computing it again tells.
fn fits(model: &Model, result: &Computation) -> Result<bool, Refusal> {
    let parts = ready(model, AT_ONCE)?;
    if parts.len() != result.components.len() || result.solver.is_empty() {
        return Ok(false);
    }
    let shares: Option<Vec<Found>> = parts.iter().map(|part| found(part, result.components.get(part.id)?)).collect();
    Ok(shares.and_then(|shares| complete(model, &parts, &shares, result.solver.clone())).as_ref() == Some(result))
}

/// The shares in smallest units, if they add up, keep within the limits, and are an estimate where this model needs one and nowhere else.
fn found(part: &Ready<'_>, of: &Shares) -> Option<Found> {
    let units = |money: &BTreeMap<GovernmentId, Money>| -> Option<Vec<i128>> {
        part.members.iter().map(|member| money.get(*member)?.units()).collect()
    };
    let error = match &of.estimate {
        Some(estimate) => Some(units(&estimate.error)?),
        None => None,
    };
    let sampled = matches!(part.basis, Basis::Sampled(_));
    if error.is_some() != sampled || error.iter().flatten().any(|error| *error < 0) {
        return None;
    }
    let units = units(&of.shares)?;
    let within =
        |(units, (least, most)): (&i128, &Limit)| least.is_none_or(|least| least <= *units) && most.is_none_or(|most| *units <= most);
    let fits = units.iter().sum::<i128>() == part.shared && units.iter().zip(&part.limits).all(within);
    fits.then_some(Found { units, error })
}

/// Takes in one event.
pub fn evolve(state: &mut State, event: &message::Event, of: &Meta) {
    match event {
        message::Event::Allocation(event) => take_in(state, event, of),
        message::Event::Negotiation(_)
        | message::Event::Authority(_)
        | message::Event::Approvals(_)
        | message::Event::Signing(_)
        | message::Event::Mediation(_)
        | message::Event::Registry(_)
        | message::Event::Calendar(_) => state.standing.evolve(event),
    }
}

fn take_in(state: &mut State, event: &Event, of: &Meta) {
    let (run, by, digest, model, result) = match event {
        Event::Computed { run, digest, model, result } => (run, of.stream.owner(), digest, model, result),
        Event::RunTabled { run, by, digest, model, result } => (run, Some(by), digest, model, result),
    };
    let Some(by) = by.cloned() else { return };
    let kept = Run { by, at: of.at, digest: *digest, model: model.clone(), result: result.clone() };
    state.runs.insert(run.clone(), kept);
}
