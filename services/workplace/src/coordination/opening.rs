//! A new case: what it is called, which legal form it takes, how its rounds go. Whom it is with is asked in the case itself, right after.

use askama::Template;
use gateway::problem::Problem;
use proto::id::{CaseId, ProcedureId};
use proto::message::Target;
use proto::negotiation::{Command, Rounds};
use proto::words::Names;
use runtime::clock;
use serde::Deserialize;
use serde_json::{Value, json};

use super::forms::{Group, groups};
use crate::case::Room;
use crate::{Form, Page, Posted, Signed, Visit, done, refused, render};

#[derive(Template)]
#[template(path = "coordination/new.html")]
struct NewPage {
    visit: Visit,
    form: Form,
    /// The number of the new case: it comes with the form, so that a form sent twice opens one case.
    case: String,
    groups: Vec<Group>,
    rounds: [(&'static str, String, String, bool); 3],
    party: bool,
}

#[derive(Deserialize)]
pub(super) struct Opened {
    case: CaseId,
    #[serde(default)]
    title_ko: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    procedure: String,
    #[serde(default)]
    rounds: String,
    #[serde(default)]
    part: String,
}

pub(super) async fn page(Signed { visit, .. }: Signed) -> Page {
    let (form, language) = (visit.form(), visit.language);
    render(&shown(visit, form, CaseId(clock::uuid())), language)
}

fn shown(visit: Visit, form: Form, case: CaseId) -> NewPage {
    let choice = |name: &'static str, or: bool| {
        let key = format!("rounds-{name}");
        (name, visit.t(&key), visit.t(&format!("coordination-{key}")), form.took("rounds", name, or))
    };
    let rounds = [choice("alternating", true), choice("circulated", false), choice("free", false)];
    let groups = groups(&visit, form.typed("procedure", ""));
    // Whoever mediates convenes others; everyone else negotiates for their own body.
    let party = form.took("part", "party", !visit.holds(&[proto::actor::Role::Mediator]));
    NewPage { form, case: case.to_string(), groups, rounds, party, visit }
}

/// Opens the case and leads into it, to where the others are invited.
pub(super) async fn open(posted: Posted<Opened>) -> Page {
    let case = posted.fields.case;
    let answer = match command(&posted) {
        Ok(command) => posted.act(&Target::Case(case), command).await,
        Err(problem) => Err(problem),
    };
    match answer {
        Ok(receipt) => Ok(done(&format!("{}#invite", Room::Overview.path(case)), &receipt)),
        Err(problem) => {
            let form = posted.again(problem.clone());
            let Signed { visit, .. } = posted.signed;
            let language = visit.language;
            refused(&shown(visit, form, case), &problem, language)
        }
    }
}

fn command(posted: &Posted<Opened>) -> Result<Command, Problem> {
    let Opened { title_ko, title_en, procedure, rounds, part, .. } = &posted.fields;
    let wrong = |key: &str, params: Value| Problem::of_form(key, params, posted.signed.visit.language);
    let procedure: ProcedureId = procedure.parse().map_err(|_| wrong("coordination-no_form", Value::Null))?;
    let rounds = match rounds.as_str() {
        "alternating" => Rounds::Alternating,
        "circulated" => Rounds::Circulated,
        "free" => Rounds::Free,
        other => return Err(wrong("coordination-no_rounds", json!({ "typed": other }))),
    };
    let title = Names::new(title_en.trim(), title_ko.trim());
    Ok(Command::OpenCase { title, procedure, rounds, as_party: part == "party" })
}
