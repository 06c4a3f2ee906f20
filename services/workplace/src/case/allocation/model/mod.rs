//! A model is made in a form, or begun from a run, a model file or a table; computed first in private.
//!
//! Every button of the form sends all of it, so that without scripts too a row is added and nothing that was typed is lost.

mod draft;
mod read;
mod upload;
mod written;

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use gateway::problem::Problem;
use gateway::rules::explained;
use proto::allocation::{Command, Costs, Model, RuleKind};
use proto::id::{CaseId, GovernmentId, RunId};
use proto::message::Target;
use proto::stream::Stream;
use proto::wire::{Failure, Receipt};

use super::frame::Frame;
use super::{Case, Head, Lab, Place, ask, head, tabling};
use crate::posted::Uploaded;
use crate::{Form, Page, Posted, Visit, done, render, status};
use draft::Draft;
use read::{Reading, part_ids};

type Sent = Posted<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "case/allocation-model.html")]
struct ModelPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    form: Form,
    action: String,
    draft: Draft,
    /// The bodies of the draft and their names, in its order.
    bodies: Vec<(String, String)>,
    /// Bodies that could be added.
    others: Vec<(String, String)>,
    /// Name and words of each rule.
    rules: Vec<(String, String)>,
    /// Place and words of each driver.
    drivers: Vec<(String, String)>,
    /// Of each component what is known of the costs of sets, from a table or from the model it was begun from; empty where nothing is.
    kept: Vec<String>,
    wrong: Marked,
}

/// The fields that could not be read.
#[derive(Default)]
struct Marked(Vec<String>);

impl Marked {
    fn has(&self, name: &impl ToString) -> bool {
        self.0.contains(&name.to_string())
    }
}

/// An empty form, or one that begins from a run.
pub(super) async fn begin(case: Case, Query(query): Query<HashMap<String, String>>) -> Page {
    let lab = Lab::of(case).await?;
    let begun = query.get("place").and_then(|place| Place::named(place)).zip(query.get("run").and_then(|run| run.parse::<RunId>().ok()));
    let name = lab.free_name("run");
    let parties: Vec<GovernmentId> = lab.in_order(&lab.table.standing.parties).into_iter().cloned().collect();
    let draft = if let Some((place, run)) = begun {
        Draft::of_model(lab.visit(), &lab.run(place, &run)?.model, name, parties)?
    } else {
        let bodies = parties.iter().map(ToString::to_string).collect();
        let mut draft = Draft { name, currency: "KRW".into(), bodies, ..Draft::default() };
        draft.add_part();
        draft
    };
    let form = lab.visit().form();
    show(lab, draft, form, Marked::default())
}

fn show(lab: Lab, draft: Draft, form: Form, wrong: Marked) -> Page {
    if !lab.may_act() {
        return Err(lab.visit().failed(Failure::NotFound));
    }
    let visit = lab.visit();
    let language = visit.language;
    let called = |id: &String| lab.case.bodies.called(language, id).to_owned();
    let outside = lab.case.bodies.0.keys().filter(|id| !draft.bodies.contains(id));
    let mut others: Vec<(String, String)> = outside.map(|id| (id.clone(), called(id))).collect();
    others.sort_by(|(_, one), (_, other)| one.cmp(other));
    let measure = |(place, measure): (usize, &draft::Measure)| {
        let name = [&measure.ko, &measure.en].into_iter().find(|name| !name.trim().is_empty()).cloned();
        let name = if visit.tag() == "en" && !measure.en.trim().is_empty() { Some(measure.en.clone()) } else { name };
        (format!("d{place}"), name.unwrap_or_else(|| visit.with("lab-measure-number", "number", &(place + 1).to_string())))
    };
    let page = ModelPage {
        head: head(&lab),
        frame: Frame::of(&lab, None),
        action: format!("{}/new", lab.case.path(super::Room::Allocation)),
        bodies: draft.bodies.iter().map(|id| (id.clone(), called(id))).collect(),
        others,
        rules: RuleKind::ALL.map(|rule| (rule.name().to_owned(), explained(rule, language).name)).into(),
        drivers: draft.measures.iter().enumerate().map(measure).collect(),
        kept: kept(visit, &draft),
        form,
        draft,
        wrong,
        visit: lab.case.visit,
    };
    render(&page, language)
}

/// What the form carries along of costs of sets.
fn kept(visit: &Visit, draft: &Draft) -> Vec<String> {
    let base: Option<Model> = serde_json::from_str(&draft.base).ok();
    let said = |costs: &Costs| match costs {
        Costs::Listed(list) => visit.counted("lab-kept-listed", list.len()),
        Costs::Document(_) => visit.t("lab-kept-document"),
        Costs::Network { links } if links.len() > draft::MOST => visit.counted("lab-kept-network", links.len()),
        Costs::Network { .. } | Costs::Capacity { .. } | Costs::Alone(_) => String::new(),
    };
    let of = |id| base.as_ref()?.components.get(&id)?.costs.as_ref().map(said);
    part_ids(draft).into_iter().map(|id| of(id).unwrap_or_default()).collect()
}

/// The form as one of its buttons sent it.
pub(super) async fn sent(Path(id): Path<CaseId>, Uploaded { posted, files }: Uploaded<Sent>) -> Page {
    let mut draft = Draft::of_fields(&posted.fields);
    let government = posted.government().ok_or_else(|| posted.signed.visit.failed(Failure::NotFound))?;
    let own = Stream::Internal(id, government);
    let taken = match files.read() {
        Ok(files) => upload::take(&posted.signed, &own, &mut draft, files).await,
        Err(problem) => Err(problem),
    };
    if let Err(problem) = taken {
        return again(id, posted, draft, Some(problem), Marked::default()).await;
    }
    let what = draft::Fields::new(&posted.fields).one("do");
    if what != "compute" {
        draft.change(&what);
        return again(id, posted, draft, None, Marked::default()).await;
    }
    match computed(id, &posted, &draft).await {
        Ok((run, receipt)) => Ok(done(&format!("/cases/{id}/allocation/{}/{run}", Place::Own.name()), &receipt)),
        Err((problem, wrong)) => again(id, posted, draft, Some(problem), wrong).await,
    }
}

async fn computed(id: CaseId, posted: &Sent, draft: &Draft) -> Result<(RunId, Receipt), (Problem, Marked)> {
    let visit = &posted.signed.visit;
    let run = tabling::name(visit, &draft.name).map_err(|problem| (problem, Marked(vec!["name".to_owned()])))?;
    let model = Reading::model(visit, draft).map_err(|wrong| (wrong.problem, Marked(wrong.fields)))?;
    let members = ask::members(&model);
    let receipt = posted.act(&Target::Case(id), Command::Compute { run: run.clone(), model, members }).await;
    receipt.map(|receipt| (run, receipt)).map_err(|problem| (problem, Marked::default()))
}

/// The form again, with a row more or less, or with why it was not taken.
async fn again(id: CaseId, posted: Sent, draft: Draft, problem: Option<Problem>, wrong: Marked) -> Page {
    let code = problem.as_ref().map(|problem| problem.status);
    let mut form = match problem {
        Some(problem) => posted.again(problem),
        None => posted.still(),
    };
    let lab = Lab::of(Case::of(posted.signed, id).await?).await?;
    form.problem = form.problem.map(|problem| lab.case.in_words(problem));
    if !lab.may_act() {
        return Err(form.problem.unwrap_or_else(|| lab.visit().failed(Failure::NotFound)));
    }
    let mut page = show(lab, draft, form, wrong)?;
    if let Some(code) = code {
        *page.status_mut() = status(code);
    }
    Ok(page)
}
