//! The form by which a row of the matrix is set or taken out: a line per body, a place per power.

use std::collections::{BTreeMap, BTreeSet};

use authority::State;
use axum::extract::Path;
use gateway::problem::Problem;
use proto::authority::{Command, Function, Holding, Power};
use proto::id::{CaseId, FunctionId, GovernmentId};
use proto::words::Names;
use serde_json::json;

use super::super::{Case, Room, act, refuse};
use super::matrix::{POWERS, code, column};
use super::{Typed, asked, first};
use crate::{Form, Page, Posted, Visit};

/// The form of a row.
pub(super) struct Setting {
    pub form: Form,
    pub shown: bool,
    pub function: String,
    /// Whether the row is there already.
    pub known: bool,
    pub korean: String,
    pub english: String,
    pub powers: Vec<String>,
    pub bodies: Vec<Line>,
    /// Bodies that could stand in one more line: value and name.
    pub others: Vec<(String, String)>,
    pub other: String,
    pub other_places: Vec<Place>,
    /// Bodies that are no party: value, name, whether they are affected.
    pub affected: Vec<(String, String, bool)>,
    pub remove: Form,
}

/// A body in the form.
pub(super) struct Line {
    pub body: String,
    pub places: Vec<Place>,
}

/// A power of a body in the form.
pub(super) struct Place {
    /// The column's head.
    pub power: String,
    /// The field of the choice.
    pub holds: String,
    pub held: bool,
    /// The field of the legal basis.
    pub basis: String,
    pub typed: String,
}

pub(super) fn setting(case: &Case, state: &State) -> Setting {
    let form = case.form("set");
    let row = asked(case, "row").and_then(|row| row.parse::<FunctionId>().ok()).filter(|row| state.matrix.contains_key(row));
    // A new row is named when the form is made, so that sending it twice sets one row.
    let own = row.as_ref().map_or_else(fresh, ToString::to_string);
    let function = form.typed("function", &own).to_owned();
    let known = function.parse::<FunctionId>().ok().and_then(|id| state.matrix.get(&id));
    let names = known.map_or_else(|| Names::new("", ""), |known| known.names.clone());
    let lines: BTreeSet<&GovernmentId> =
        inside(case).chain(known.iter().flat_map(|known| known.holders.keys().chain(&known.affected))).collect();
    let with_name = |body: &GovernmentId| (body.to_string(), case.called(body).to_owned());
    let outside: Vec<GovernmentId> = case.bodies.0.keys().filter_map(|id| id.parse().ok()).filter(|id| !lines.contains(id)).collect();
    let affected = |body: &GovernmentId| {
        let stands = known.is_some_and(|known| known.affected.contains(body));
        (body.to_string(), case.called(body).to_owned(), form.took("affected", body.as_str(), stands))
    };
    let strangers =
        case.bodies.0.keys().filter_map(|id| id.parse::<GovernmentId>().ok()).filter(|id| !case.state.standing.parties.contains(id));
    Setting {
        shown: row.is_some() || case.tried("set") || case.tried("remove") || state.matrix.is_empty(),
        korean: form.typed("ko", &names.ko).to_owned(),
        english: form.typed("en", &names.en).to_owned(),
        powers: POWERS.map(|power| column(case, power)).into(),
        bodies: lines
            .iter()
            .map(|body| Line {
                body: case.called(body).to_owned(),
                places: places(case, &form, body.as_str(), known.and_then(|known| known.holders.get(*body))),
            })
            .collect(),
        others: std::iter::once((String::new(), case.visit.t("authority-nobody_else"))).chain(outside.iter().map(with_name)).collect(),
        other: form.typed("other", "").to_owned(),
        other_places: places(case, &form, "other", None),
        affected: strangers.map(|body| affected(&body)).collect(),
        remove: case.form("remove"),
        known: known.is_some(),
        function,
        form,
    }
}

fn fresh() -> String {
    let id = runtime::clock::uuid().simple().to_string();
    format!("function-{}", id.get(20..).unwrap_or(&id))
}

/// Parties and whoever is invited.
fn inside(case: &Case) -> impl Iterator<Item = &GovernmentId> {
    let standing = &case.state.standing;
    standing.parties.iter().chain(&standing.invited)
}

fn places(case: &Case, form: &Form, body: &str, holdings: Option<&Vec<Holding>>) -> Vec<Place> {
    let place = |power: Power| {
        let held = holdings.and_then(|holdings| holdings.iter().find(|holding| holding.power == power));
        let (holds, basis) = (format!("holds.{body}.{}", code(power)), format!("basis.{body}.{}", code(power)));
        let law = held.and_then(|held| held.legal_basis.as_deref()).unwrap_or_default();
        Place {
            power: column(case, power),
            held: form.took(&holds, "yes", held.is_some()),
            typed: form.typed(&basis, law).to_owned(),
            holds,
            basis,
        }
    };
    POWERS.map(place).into()
}

pub(super) async fn set(Path(id): Path<CaseId>, posted: Posted<Typed>) -> Page {
    match row(&posted.signed.visit, &posted.fields) {
        Ok((function, row)) => {
            let command = Command::SetFunction { function, row };
            act(id, Room::Authority, "set", posted, command).await
        }
        Err(problem) => refuse(id, Room::Authority, "set", posted, problem).await,
    }
}

fn row(visit: &Visit, typed: &Typed) -> Result<(FunctionId, Function), Problem> {
    let function = first(typed, "function").parse().map_err(|_| visit.wrong("authority-wrong-function", json!({})))?;
    let names = Names::new(first(typed, "en"), first(typed, "ko"));
    let mut holders: BTreeMap<GovernmentId, Vec<Holding>> = BTreeMap::new();
    for (field, _) in typed.iter().filter(|(_, value)| value == "yes") {
        let Some((body, power)) = field.strip_prefix("holds.").and_then(|place| place.split_once('.')) else { continue };
        let Some(power) = POWERS.into_iter().find(|known| code(*known) == power) else { continue };
        let basis = Some(first(typed, &format!("basis.{body}.{}", code(power))).to_owned()).filter(|basis| !basis.is_empty());
        holders.entry(holder(visit, typed, body)?).or_default().push(Holding { power, legal_basis: basis });
    }
    let affected = typed.iter().filter(|(field, _)| field == "affected").filter_map(|(_, body)| body.parse().ok()).collect();
    Ok((function, Function { names, holders, affected }))
}

/// The body of a line; of the last line the one that was chosen there.
fn holder(visit: &Visit, typed: &Typed, body: &str) -> Result<GovernmentId, Problem> {
    let body = if body == "other" { first(typed, "other") } else { body };
    body.parse().map_err(|_| visit.wrong("authority-wrong-other", json!({})))
}

pub(super) async fn remove(Path(id): Path<CaseId>, posted: Posted<Typed>) -> Page {
    if let Ok(function) = first(&posted.fields, "function").parse() {
        let command = Command::RemoveFunction { function };
        act(id, Room::Authority, "remove", posted, command).await
    } else {
        let problem = posted.signed.visit.wrong("authority-wrong-function", json!({}));
        refuse(id, Room::Authority, "remove", posted, problem).await
    }
}
