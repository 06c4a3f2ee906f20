//! Questions about runs and their answers: sealed for whoever asked, until they put them on the table.

use askama::Template;
use axum::extract::Path;
use gateway::problem::Problem;
use proto::allocation::Command;
use proto::id::{CaseId, RunId};
use proto::message::Target;
use proto::wire::{Failure, Receipt};
use serde::Deserialize;

use super::answer::{Block, blocks};
use super::frame::{Chosen, Frame, reason};
use super::tabling;
use super::{Case, Head, Lab, Named, Place, Room, ask, head, kind, words};
use crate::case::{act, refuse_on};
use crate::{Form, Page, Posted, Visit, When, done, render};
use allocation::Studied;

#[derive(Template)]
#[template(path = "case/allocation-questions.html")]
struct QuestionsPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    /// Address, what it is called, and what it is for.
    kinds: Vec<(String, String, String)>,
    studies: Vec<Listed>,
}

/// A study in the list.
struct Listed {
    href: String,
    name: String,
    kind: String,
    asked: String,
    by: String,
    at: When,
    private: bool,
}

#[derive(Template)]
#[template(path = "case/allocation-study.html")]
struct StudyPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    study: String,
    private: bool,
    /// Of the run that it is about: address and name.
    run: Option<(String, String)>,
    kind: String,
    asked: Vec<String>,
    by: String,
    at: Option<When>,
    blocks: Vec<Block>,
    /// Why there is no answer.
    failed: Option<String>,
    /// The form that tables it, for whoever may.
    form: Option<Form>,
    action: String,
    /// Why it cannot be tabled yet.
    not_yet: bool,
}

pub(super) async fn of(case: Case, named: Path<Named>) -> Page {
    let (lab, place, name) = Lab::at(case, named).await?;
    let run = lab.run(place, &name)?;
    let visit = lab.visit();
    let kinds = if lab.may_act() { ask::kinds(&lab, place, &name) } else { Vec::new() };
    let mut studies: Vec<(Place, &RunId, &Studied)> = Vec::new();
    for place in [Place::Own, Place::Table] {
        let about = lab.state(place).studies.iter().filter(|(_, of)| of.study.of == run.digest);
        studies.extend(about.map(|(name, of)| (place, name, of)));
    }
    studies.sort_by_key(|(_, _, of)| std::cmp::Reverse(of.at));
    let listed = |(place, name, of): (Place, &RunId, &Studied)| Listed {
        href: lab.study_path(place, name),
        name: name.to_string(),
        kind: visit.t(kind(&of.study.question)),
        asked: words::question(&lab, &run.model, &of.study.question).join(" · "),
        by: lab.called(&of.by),
        at: visit.instant(&of.at),
        private: place == Place::Own,
    };
    let studies = studies.into_iter().map(listed).collect();
    let (head, frame) = (head(&lab), Frame::of(&lab, Some((place, &name))));
    let chosen = Chosen::of(&lab, place, &name, run, "/questions");
    let visit = lab.case.visit;
    let language = visit.language;
    render(&QuestionsPage { visit, head, frame, chosen, kinds, studies }, language)
}

pub(super) async fn one(case: Case, named: Path<Named>) -> Page {
    let (lab, place, name) = Lab::at(case, named).await?;
    show(lab, place, &name).await
}

async fn show(lab: Lab, place: Place, name: &RunId) -> Page {
    match lab.study(place, name) {
        Some(_) => answered(lab, place, name).await,
        None => unanswered(lab, place, name),
    }
}

async fn answered(lab: Lab, place: Place, name: &RunId) -> Page {
    let visit = lab.visit();
    let Some(studied) = lab.study(place, name) else { return Err(visit.failed(Failure::NotFound)) };
    let about = lab.runs().into_iter().find(|(_, _, run)| run.digest == studied.study.of);
    let (model, run) = match about {
        Some((place, name, run)) => (Some(&run.model), Some((lab.path(place, name, "/questions"), name.to_string()))),
        None => (None, None),
    };
    let Some(model) = model else { return Err(visit.failed(Failure::NotFound)) };
    let offered = super::compare::offered(&lab).await?;
    let on_table = lab.table.run_of(studied.study.of).is_some();
    let own = place == Place::Own && lab.may_act();
    let page = StudyPage {
        head: head(&lab),
        frame: Frame::of(&lab, None),
        study: name.to_string(),
        private: place == Place::Own,
        run,
        kind: visit.t(kind(&studied.study.question)),
        asked: words::question(&lab, model, &studied.study.question),
        by: lab.called(&studied.by),
        at: Some(visit.instant(&studied.at)),
        blocks: blocks(&lab, model, &studied.answer, &offered),
        failed: None,
        form: (own && on_table).then(|| lab.case.form("table")),
        action: lab.study_path(place, name),
        not_yet: own && !on_table,
        visit: lab.case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

/// A study that is still computed, or came to nothing.
fn unanswered(lab: Lab, place: Place, name: &RunId) -> Page {
    let visit = lab.visit();
    let failed = lab.own.failed.get(name).map(|why| reason(visit, why));
    let waits = lab.own.pending.contains_key(name);
    if place != Place::Own || !(waits || failed.is_some()) {
        return Err(visit.failed(Failure::NotFound));
    }
    let page = StudyPage {
        head: head(&lab),
        frame: Frame::of(&lab, None),
        study: name.to_string(),
        private: true,
        run: None,
        kind: visit.t("lab-question"),
        asked: Vec::new(),
        by: lab.called(&lab.case.government),
        at: None,
        blocks: Vec::new(),
        failed,
        form: None,
        action: String::new(),
        not_yet: false,
        visit: lab.case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

#[derive(Deserialize)]
pub(super) struct Tabled {
    #[serde(default)]
    name: String,
}

pub(super) async fn table(Path(named): Path<Named>, posted: Posted<Tabled>) -> Page {
    let id = named.case(&posted.signed.visit)?;
    match tabled(&named, &posted).await {
        Ok((name, receipt)) => Ok(done(&format!("/cases/{id}/allocation/studies/{}/{name}", Place::Table.name()), &receipt)),
        Err(problem) => Box::pin(refuse_on(id, "table", posted, problem, async |case| one(case, Path(named)).await)).await,
    }
}

async fn tabled(named: &Named, posted: &Posted<Tabled>) -> Result<(RunId, Receipt), Problem> {
    let visit = &posted.signed.visit;
    let (_, own) = Lab::states(&posted.signed, named.case(visit)?).await?;
    let (_, sealed) = named.parse(visit)?;
    let studied = own.studies.get(&sealed).ok_or_else(|| visit.failed(Failure::NotFound))?;
    let run = tabling::name(visit, &posted.fields.name)?;
    let command = Command::TableStudy { run: run.clone(), of: studied.study.of, question: studied.study.question.clone() };
    let receipt = posted.act(&Target::Case(named.case(visit)?), command).await?;
    Ok((run, receipt))
}

#[derive(Deserialize)]
pub(super) struct CalledOff {
    #[serde(default)]
    run: String,
}

/// Stops what is computed beside.
pub(super) async fn cancel(Path(id): Path<CaseId>, posted: Posted<CalledOff>) -> Page {
    match tabling::name(&posted.signed.visit, &posted.fields.run) {
        Ok(run) => act(id, Room::Allocation, "cancel", posted, Command::Cancel { run }).await,
        Err(problem) => crate::case::refuse(id, Room::Allocation, "cancel", posted, problem).await,
    }
}
