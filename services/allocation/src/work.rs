//! What takes longer than a command may.

use std::collections::BTreeMap;

use proto::allocation::{Answer, Command, Component, Costs, Done, Model, Refusal, Rule, Study, Work};
use proto::id::{GovernmentId, RunId};
use proto::money::Money;

use crate::ready::Ready;
use crate::solve::{AT_ONCE, solve};
use crate::state::{Pending, State};
use crate::study::study;

/// Whether a model is computed beside: a rule looks at sets of more members than a command waits for, or their costs are in a document.
#[must_use]
pub fn takes_long(model: &Model) -> bool {
    model.components.values().any(|component| looks_at_sets(&component.rule) && (is_large(component) || is_elsewhere(component)))
}

fn is_large(component: &Component) -> bool {
    component.members.len() > AT_ONCE
}

fn is_elsewhere(component: &Component) -> bool {
    matches!(component.costs, Some(Costs::Document(_)))
}

/// Whether a rule goes by what sets of members would pay.
fn looks_at_sets(rule: &Rule) -> bool {
    match rule {
        Rule::Equal | Rule::Driver(_) | Rule::Mix(_) | Rule::Fixed(_) => false,
        Rule::Scrb
        | Rule::AlternateCostAvoided
        | Rule::Shapley
        | Rule::Nucleolus
        | Rule::PerCapitaNucleolus
        | Rule::ProportionalNucleolus
        | Rule::Gately
        | Rule::Tau
        | Rule::Talmud => true,
    }
}

/// Whether a rule goes by the costs of all sets of members.
fn looks_at_all_sets(rule: &Rule) -> bool {
    matches!(rule, Rule::Shapley | Rule::Nucleolus | Rule::PerCapitaNucleolus | Rule::ProportionalNucleolus | Rule::Tau)
}

/// Refuses what has too many members before it is computed in vain.
pub(crate) fn within_members(parts: &[Ready<'_>], limit: u8) -> Result<(), Refusal> {
    let limit = usize::from(limit);
    match parts.iter().find(|part| looks_at_all_sets(&part.component.rule) && part.members.len() > limit && !part.is_sampled()) {
        Some(part) => Err(Refusal::TooManyMembers { component: part.id.clone(), members: part.members.len(), limit }),
        None => Ok(()),
    }
}

/// Puts tables of costs that came as documents into a model. `document`: the bytes of a document by its digest, if they are at hand.
///
/// # Errors
/// `table_elsewhere`; `bad_table` where a document is no such table, or is not written as [`Costs::document`] writes it.
pub fn with_tables(model: &Model, document: impl Fn(&proto::digest::Digest) -> Option<Vec<u8>>) -> Result<Model, Refusal> {
    let mut model = model.clone();
    for (id, component) in &mut model.components {
        let Some(Costs::Document(named)) = &component.costs else { continue };
        let bytes = document(&named.digest).ok_or_else(|| Refusal::TableElsewhere { component: id.clone() })?;
        let list: Option<BTreeMap<String, Money>> = serde_json::from_slice(&bytes).ok();
        let list = list.filter(|list| Costs::document(list).is_ok_and(|(written, _)| written == *named));
        component.costs = Some(Costs::Listed(list.ok_or_else(|| Refusal::BadTable { component: id.clone() })?));
    }
    Ok(model)
}

/// Does the work. `model`: that of the run, or of the run that is studied, with its tables in it.
#[must_use]
pub fn perform(work: &Work, model: &Model, members: u8) -> Done {
    let limit = usize::from(members);
    match work {
        Work::Run { .. } => solve(model, limit).map_or_else(Done::Failed, Done::Computed),
        Work::Study(study) => answer(study, model, limit).map_or_else(Done::Failed, |answer| Done::Answered(Box::new(answer))),
    }
}

/// What the laboratory does about something that is to be computed beside, without tables in documents. `own`: what whoever asked keeps to itself.
/// None when there is no such wish.
#[must_use]
pub fn performed(own: &State, case: &State, of: &GovernmentId, run: &RunId) -> Option<Command> {
    let Pending { work, members, .. } = own.pending.get(run)?;
    let model = match work {
        Work::Run { model } => model,
        Work::Study(study) => &own.run_of(study.of).or_else(|| case.run_of(study.of))?.model,
    };
    Some(Command::Finish { of: of.clone(), run: run.clone(), done: perform(work, model, *members) })
}

/// The answer to a question about a run with this model. Of two positions of a party on one figure, that of the study counts.
///
/// # Errors
/// Why there is none.
pub fn answer(asked: &Study, model: &Model, limit: usize) -> Result<Answer, Refusal> {
    let mut positions = model.clone();
    positions.stands.retain(|own| !asked.stands.iter().any(|stand| (&stand.by, &stand.figure) == (&own.by, &own.figure)));
    positions.stands.extend(asked.stands.iter().cloned());
    // What is asked about is the run, whatever was said of it since.
    let asked_about = model.digest().map_err(|_| Refusal::ComputationMismatch)?;
    Ok(Answer { model: asked_about, ..study(&positions, &asked.question, limit)? })
}
