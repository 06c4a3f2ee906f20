//! What parties think of the figures of a run on the table: accepted, disputed with an own figure, no data to say it by.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use gateway::problem::Problem;
use proto::allocation::{Command, Costs, Figure, Model, Position, Stand};
use proto::id::RunId;
use proto::message::Target;
use proto::wire::{Failure, Receipt};
use serde::Deserialize;
use serde_json::json;

use super::frame::{Chosen, Frame};
use super::grid::{Cell, Grid, Row};
use super::{Case, Head, Lab, Named, Place, head, words};
use crate::case::refuse_on;
use crate::{Form, Page, Posted, Visit, done, locale, render, typed};

/// So many costs of sets are listed; the smallest sets first.
const LISTED: usize = 60;

#[derive(Template)]
#[template(path = "case/allocation-figures.html")]
struct FiguresPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    table: Grid,
    /// The form, for whoever may take a position.
    form: Option<Form>,
    action: String,
    /// Key and words of each figure.
    figures: Vec<(String, String)>,
    /// The figure that is chosen.
    about: String,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    figure: String,
    #[serde(default)]
    position: String,
    #[serde(default)]
    own: String,
}

pub(super) async fn of(case: Case, named: Path<Named>, Query(query): Query<HashMap<String, String>>) -> Page {
    let (lab, place, name) = Lab::at(case, named).await?;
    let about = query.get("figure").cloned().unwrap_or_default();
    show(lab, place, &name, about)
}

fn show(lab: Lab, place: Place, name: &RunId, about: String) -> Page {
    let run = lab.run(place, name)?;
    if place == Place::Own {
        return Err(lab.visit().failed(Failure::NotFound));
    }
    let figures = figures(lab.visit(), &run.model);
    let may = lab.may_act();
    let action = lab.path(place, name, "/figures");
    let table = table(&lab, &run.model, &figures, may.then_some(action.as_str()));
    let choices = figures.iter().map(|(figure, ..)| (key(figure), words::figure(&lab, &run.model, figure))).collect();
    let (head, frame) = (head(&lab), Frame::of(&lab, Some((place, name))));
    let chosen = Chosen::of(&lab, place, name, run, "/figures");
    let form = may.then(|| lab.case.form("stand"));
    let visit = lab.case.visit;
    let language = visit.language;
    render(&FiguresPage { visit, head, frame, chosen, table, form, action, figures: choices, about }, language)
}

/// A figure, what it says, and who says so.
type Said = (Figure, String, String);

/// The figures of a model that parties can see differently.
fn figures(visit: &Visit, model: &Model) -> Vec<Said> {
    let mut figures: Vec<Said> = Vec::new();
    for (id, driver) in &model.drivers {
        let source = format!("{} · {}", driver.source, driver.year);
        for (of, value) in &driver.values {
            let said = locale::quantity(visit.language, *value, &driver.unit);
            figures.push((Figure::Driver { driver: id.clone(), of: of.clone() }, said, source.clone()));
        }
    }
    for (id, component) in &model.components {
        let source = component.price_year.map(|year| year.to_string()).unwrap_or_default();
        figures.push((Figure::Cost { component: id.clone() }, visit.money(&component.cost), source));
        let costs: Vec<(String, &proto::money::Money)> = match &component.costs {
            Some(Costs::Alone(costs)) => costs.iter().map(|(who, cost)| (who.to_string(), cost)).collect(),
            Some(Costs::Listed(costs)) => costs.iter().map(|(set, cost)| (set.clone(), cost)).collect(),
            Some(Costs::Document(_) | Costs::Network { .. } | Costs::Capacity { .. }) | None => Vec::new(),
        };
        // What all pay together is what is shared, and no figure of its own.
        let mut costs: Vec<_> = costs.into_iter().filter(|(set, _)| set.split('+').count() < component.members.len()).collect();
        costs.sort_by_key(|(set, _)| (set.matches('+').count(), set.clone()));
        let figure = |set: String| Figure::Coalition { component: id.clone(), coalition: set };
        let said = |cost: &proto::money::Money| visit.money(cost);
        figures.extend(costs.into_iter().take(LISTED).map(|(set, cost)| (figure(set), said(cost), String::new())));
    }
    figures
}

fn table(lab: &Lab, model: &Model, figures: &[Said], take: Option<&str>) -> Grid {
    let visit = lab.visit();
    let heads = ["sheet-figure", "lab-value", "lab-source", "lab-positions"].map(|key| visit.t(key));
    let mut grid = Grid::new(visit.t("lab-figures"), heads);
    grid.head.iter_mut().filter(|cell| cell.text != visit.t("lab-value")).for_each(|cell| cell.class = "");
    for (figure, said, source) in figures {
        let mut positions = Cell::default();
        for stand in lab.table.stands.iter().filter(|stand| stand.figure == *figure) {
            positions = positions.under(position(lab, stand), class(&stand.position));
        }
        let mut name = Cell::text(words::figure(lab, model, figure));
        if let Some(page) = take {
            name = name.to(format!("{page}?figure={}#stand", key(figure)));
        }
        grid.rows.push(Row::new(vec![name, Cell::number(said), Cell::text(source), positions]));
    }
    grid
}

fn class(position: &Position) -> &'static str {
    match position {
        Position::Accepts => "good",
        Position::Disputes { .. } => "look",
        Position::NoData => "quiet",
    }
}

fn position(lab: &Lab, stand: &Stand) -> String {
    let visit = lab.visit();
    let by = lab.called(&stand.by);
    match &stand.position {
        Position::Accepts => visit.with("lab-accepts", "by", &by),
        Position::Disputes { own } => visit.told("lab-disputes", &json!({ "by": by, "own": locale::number(*own) })),
        Position::NoData => visit.with("lab-no-data", "by", &by),
    }
}

/// A figure as it stands in addresses and forms.
fn key(figure: &Figure) -> String {
    match figure {
        Figure::Driver { driver, of } => format!("driver:{driver}:{of}"),
        Figure::Cost { component } => format!("cost:{component}"),
        Figure::Coalition { component, coalition } => format!("coalition:{component}:{}", coalition.replace('+', ".")),
    }
}

fn keyed(key: &str) -> Option<Figure> {
    let mut parts = key.splitn(3, ':');
    match (parts.next()?, parts.next()?, parts.next()) {
        ("driver", driver, Some(of)) => Some(Figure::Driver { driver: driver.parse().ok()?, of: of.parse().ok()? }),
        ("cost", component, None) => Some(Figure::Cost { component: component.parse().ok()? }),
        ("coalition", component, Some(set)) => {
            Some(Figure::Coalition { component: component.parse().ok()?, coalition: set.replace('.', "+") })
        }
        _ => None,
    }
}

pub(super) async fn take(Path(named): Path<Named>, posted: Posted<Fields>) -> Page {
    let id = named.case(&posted.signed.visit)?;
    match taken(&named, &posted).await {
        Ok(receipt) => {
            let path = format!("/cases/{id}/allocation/{}/{}/figures?figure={}#stand", named.place, named.run, posted.fields.figure);
            Ok(done(&path, &receipt))
        }
        Err(problem) => {
            let about = posted.fields.figure.clone();
            let again = async |case: Case| {
                let (lab, place, name) = Lab::at(case, Path(named)).await?;
                show(lab, place, &name, about)
            };
            Box::pin(refuse_on(id, "stand", posted, problem, again)).await
        }
    }
}

async fn taken(named: &Named, posted: &Posted<Fields>) -> Result<Receipt, Problem> {
    let visit = &posted.signed.visit;
    let Fields { figure, position, own } = &posted.fields;
    let figure = keyed(figure).ok_or_else(|| visit.wrong("lab-wrong-figure", json!({})))?;
    let position = match position.as_str() {
        "accepts" => Position::Accepts,
        "no_data" => Position::NoData,
        "disputes" => Position::Disputes { own: typed::number(visit, "lab-own-figure", own)? },
        _ => return Err(visit.wrong("lab-wrong-position", json!({}))),
    };
    posted.act(&Target::Case(named.case(visit)?), Command::TakeStand { figure, position }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_again_by_its_key() {
        let figures = [
            Figure::Driver { driver: "population-2013".parse().unwrap(), of: "anyang".parse().unwrap() },
            Figure::Cost { component: "plant".parse().unwrap() },
            Figure::Coalition { component: "plant".parse().unwrap(), coalition: "ansan+bucheon".into() },
        ];
        for figure in figures {
            assert_eq!(keyed(&key(&figure)), Some(figure));
        }
        for none in ["", "driver", "driver:population", "cost:Plant", "cost:plant:x", "coalition:plant"] {
            assert_eq!(keyed(none), None, "{none}");
        }
    }
}
