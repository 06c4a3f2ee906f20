//! Files that come with the form: a whole model as JSON, costs of sets of members and figures of bodies as tables.

use std::collections::BTreeMap;

use gateway::documents;
use gateway::problem::Problem;
use gateway::tables;
use proto::allocation::{Component, Costs, Model, Rule};
use proto::id::GovernmentId;
use proto::money::{Currency, Money, grouped};
use proto::stream::Stream;
use proto::table::Refusal;
use proto::wire::Failure;
use proto::words::Names;
use rust_decimal::Decimal;
use serde_json::json;

use super::draft::Draft;
use super::read::part_ids;
use crate::Visit;
use crate::files::File;
use crate::visit::Signed;

/// A longer list of costs goes into a document: an entry has room for so many.
const LISTED: usize = 300;

/// Takes the files into what was typed.
///
/// # Errors
/// What is wrong with a file: of a faulty one nothing is taken, and the cells are named.
pub(super) async fn take(signed: &Signed, own: &Stream, draft: &mut Draft, files: Vec<File>) -> Result<(), Problem> {
    for file in files {
        match file.field.split_once('.') {
            None if file.field == "model" => model(&signed.visit, draft, &file)?,
            Some((at, "table")) if at.starts_with('c') => costs(signed, own, draft, at, &file).await?,
            Some((at, "table")) if at.starts_with('d') => figures(&signed.visit, draft, at, &file).await?,
            _ => {}
        }
    }
    Ok(())
}

/// A model in a file takes the place of all that was typed, but for the name of the run.
fn model(visit: &Visit, draft: &mut Draft, file: &File) -> Result<(), Problem> {
    let model: Model = serde_json::from_slice(&file.bytes)
        .map_err(|error| visit.wrong("lab-wrong-model", json!({ "file": file.name, "why": error.to_string() })))?;
    let bodies: Vec<GovernmentId> = draft.bodies.iter().filter_map(|body| body.parse().ok()).collect();
    *draft = Draft::of_model(visit, &model, draft.name.clone(), bodies)?;
    Ok(())
}

/// Costs of sets of members of a component: they are kept in the model that the form carries along.
async fn costs(signed: &Signed, own: &Stream, draft: &mut Draft, at: &str, file: &File) -> Result<(), Problem> {
    let visit = &signed.visit;
    let place = at.trim_start_matches('c').parse::<usize>().ok();
    let Some((part, id)) = place.and_then(|place| Some((draft.parts.get(place)?, part_ids(draft).into_iter().nth(place)?))) else {
        return Ok(());
    };
    let rows = draft.bodies.iter().zip(&part.rows).filter(|(_, row)| row.member);
    let members: Vec<GovernmentId> = rows.filter_map(|(body, _)| body.parse().ok()).collect();
    let wrong = || visit.wrong("lab-wrong-currency", json!({ "typed": part.currency }));
    let currency = Currency::try_from(part.currency.trim().to_uppercase()).map_err(|_| wrong())?;
    let partial = matches!(part.rule.as_str(), "scrb" | "alternate_cost_avoided" | "gately" | "talmud");
    let read = table(visit, file, members.clone(), move |table| tables::coalitions(table, currency, partial)).await?;
    let costs = match read {
        Costs::Listed(list) if list.len() > LISTED => document(signed, own, &list).await?,
        costs => costs,
    };
    let mut base: Model = serde_json::from_str(&draft.base).unwrap_or_else(|_| Model::new(currency));
    let none = Money { amount: Decimal::ZERO, currency };
    let component = base
        .components
        .entry(id.clone())
        .or_insert_with(|| Component::new(Names::new(part.en.clone(), part.ko.clone()), none, members, Rule::Equal));
    component.costs = Some(costs);
    draft.base = serde_json::to_string(&base).unwrap_or_default();
    if let Some(part) = place.and_then(|place| draft.parts.get_mut(place)) {
        (part.id, part.costs) = (id.to_string(), "kept".to_owned());
    }
    Ok(())
}

async fn document(signed: &Signed, own: &Stream, list: &BTreeMap<String, Money>) -> Result<Costs, Problem> {
    let Signed { visit, who } = signed;
    let unwritten = |error: serde_json::Error| visit.failed(Failure::Malformed { detail: error.to_string() });
    let (document, bytes) = Costs::document(list).map_err(unwritten)?;
    let kept = documents::keep(&visit.edge, who, own, &document.media_type, bytes.into()).await;
    kept.map(Costs::Document).map_err(|why| visit.failed(why))
}

/// The figures of a driver.
async fn figures(visit: &Visit, draft: &mut Draft, at: &str, file: &File) -> Result<(), Problem> {
    let members: Vec<GovernmentId> = draft.bodies.iter().filter_map(|body| body.parse().ok()).collect();
    let place = at.trim_start_matches('d').parse::<usize>().ok();
    let Some(measure) = place.and_then(|place| draft.measures.get_mut(place)) else { return Ok(()) };
    let read = table(visit, file, members, tables::figures).await?;
    for (body, value) in draft.bodies.iter().zip(&mut measure.values) {
        let figure = body.parse::<GovernmentId>().ok().and_then(|body| read.get(&body).copied());
        if let Some(figure) = figure {
            *value = grouped(figure, 0);
        }
    }
    Ok(())
}

/// Reads a table where it keeps nobody waiting: a large one takes seconds.
async fn table<T: Send + 'static>(
    visit: &Visit,
    file: &File,
    members: Vec<GovernmentId>,
    read: impl FnOnce(&tables::File<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Problem> {
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = tables::format_of_ending(ending).map_err(|refusal| visit.failed(refusal))?;
    let bytes = file.bytes.clone();
    let read = tokio::task::spawn_blocking(move || read(&tables::File { bytes: &bytes, format, sheet: None, members: &members }));
    read.await.unwrap_or(Err(Refusal::Broken { told: format })).map_err(|refusal| visit.failed(refusal))
}
