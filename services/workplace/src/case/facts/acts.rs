//! What is done in the room of facts: a figure put on record, a position on it, a question to another party and the answer to one.

use axum::extract::Path;
use gateway::problem::Problem;
use proto::id::{CaseId, FactId};
use proto::money::{Currency, Money};
use proto::negotiation::{Command, Position};
use proto::remark::Remark;
use proto::stream::Stream;
use proto::term::Value;
use proto::words::Names;
use serde::Deserialize;
use serde_json::json;

use super::{Case, Room};
use crate::case::{act, refuse};
use crate::posted::Uploaded;
use crate::{Page, Posted, Signed, Visit, days, typed};

/// Kinds of figures, in the order in which they are offered.
pub(super) const KINDS: [&str; 5] = ["money", "share", "quantity", "date", "text"];

/// A figure as it was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Stated {
    fact: String,
    /// A figure of the same thing.
    of: String,
    ko: String,
    en: String,
    kind: String,
    value: String,
    unit: String,
    estimated_by: String,
    estimated_on: String,
    source: String,
}

/// A position as it was chosen.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Taken {
    fact: String,
    position: String,
    own: String,
}

/// A question as it was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    to: String,
    question: String,
    due: String,
}

/// An answer as it was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Answered {
    request: String,
    has: String,
    answer: String,
}

pub(super) async fn state(Path(id): Path<CaseId>, posted: Posted<Stated>) -> Page {
    match stated(id, &posted).await {
        Ok(command) => act(id, Room::Facts, "state", posted, command).await,
        Err(problem) => refuse(id, Room::Facts, "state", posted, problem).await,
    }
}

async fn stated(id: CaseId, posted: &Posted<Stated>) -> Result<Command, Problem> {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let estimated_on = days::day(visit, "facts-estimated_on", &fields.estimated_on)?.ok_or_else(|| missing(visit, "facts-estimated_on"))?;
    Ok(Command::StateFact {
        fact: fields.fact.trim().parse().map_err(|_| missing(visit, "facts-id"))?,
        names: names(id, posted).await?,
        value: value(visit, fields)?,
        estimated_by: filled(visit, "facts-estimated_by", &fields.estimated_by)?,
        estimated_on,
        source: Some(fields.source.trim().to_owned()).filter(|source| !source.is_empty()),
    })
}

/// What it is a figure of: the same as another one, or what was typed.
async fn names(id: CaseId, posted: &Posted<Stated>) -> Result<Names, Problem> {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    if let Ok(of) = fields.of.parse::<FactId>() {
        return Ok(figure(id, &posted.signed, &of).await?.names);
    }
    let names = Names::new(fields.en.trim(), fields.ko.trim());
    if names.en.is_empty() && names.ko.is_empty() { Err(missing(visit, "facts-subject")) } else { Ok(names) }
}

async fn figure(id: CaseId, signed: &Signed, fact: &FactId) -> Result<negotiation::facts::Fact, Problem> {
    let Signed { visit, who } = signed;
    let state = Case::state_of(visit, who, id).await?;
    let unknown = || visit.failed(proto::message::Refusal::from(proto::negotiation::Refusal::UnknownFact { fact: fact.clone() }));
    state.facts.get(fact).cloned().ok_or_else(unknown)
}

fn value(visit: &Visit, fields: &Stated) -> Result<Value, Problem> {
    let (text, unit) = (fields.value.as_str(), fields.unit.trim());
    match fields.kind.as_str() {
        "money" => Ok(Value::Money(typed::money(visit, "facts-value", text, currency(visit, unit)?)?)),
        "share" => typed::number(visit, "facts-value", text).map(Value::Share),
        "quantity" => Ok(Value::Quantity { amount: typed::number(visit, "facts-value", text)?, unit: filled(visit, "facts-unit", unit)? }),
        "date" => days::day(visit, "facts-value", text)?.map(Value::Date).ok_or_else(|| missing(visit, "facts-value")),
        "text" => filled(visit, "facts-value", text).map(Value::Text),
        _ => Err(missing(visit, "facts-kind")),
    }
}

/// Won unless something else is named.
fn currency(visit: &Visit, unit: &str) -> Result<Currency, Problem> {
    if ["", "원", "억원", "억 원", "₩"].contains(&unit) {
        return Ok(Currency::KRW);
    }
    Currency::try_from(unit.to_uppercase()).map_err(|_| visit.wrong("facts-no_currency", json!({ "typed": unit })))
}

pub(super) async fn position(Path(id): Path<CaseId>, posted: Posted<Taken>) -> Page {
    let name = format!("position-{}", posted.fields.fact);
    match taken(id, &posted).await {
        Ok(command) => act(id, Room::Facts, name, posted, command).await,
        Err(problem) => refuse(id, Room::Facts, name, posted, problem).await,
    }
}

async fn taken(id: CaseId, posted: &Posted<Taken>) -> Result<Command, Problem> {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let fact: FactId = fields.fact.parse().map_err(|_| missing(visit, "facts-id"))?;
    if fields.position != "disputes" && !fields.own.trim().is_empty() {
        return Err(visit.wrong("facts-own_alone", json!({})));
    }
    let position = match fields.position.as_str() {
        "accepts" => Position::Accepts,
        "no_data" => Position::NoData,
        "disputes" if fields.own.trim().is_empty() => Position::Disputes { own: None },
        "disputes" => {
            let figure = figure(id, &posted.signed, &fact).await?;
            Position::Disputes { own: Some(alike(visit, &figure.value, &fields.own)?) }
        }
        _ => return Err(missing(visit, "facts-position")),
    };
    Ok(Command::TakePosition { fact, position })
}

/// The own figure, in the unit of the one that is disputed.
fn alike(visit: &Visit, disputed: &Value, text: &str) -> Result<Value, Problem> {
    let number = || typed::number(visit, "facts-own", text);
    Ok(match disputed {
        Value::Money(money) => Value::Money(Money { amount: number()?, currency: money.currency }),
        Value::Share(_) => Value::Share(number()?),
        Value::Quantity { unit, .. } => Value::Quantity { amount: number()?, unit: unit.clone() },
        Value::Date(_) => Value::Date(days::day(visit, "facts-own", text)?.ok_or_else(|| missing(visit, "facts-own"))?),
        Value::Duty { who, .. } => Value::Duty { who: who.clone(), what: text.trim().to_owned() },
        Value::Choice(_) => Value::Choice(text.trim().to_owned()),
        Value::Text(_) => Value::Text(text.trim().to_owned()),
    })
}

pub(super) async fn ask(Path(id): Path<CaseId>, posted: Posted<Asked>) -> Page {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let command = || {
        let to = fields.to.parse().map_err(|_| missing(visit, "facts-to"))?;
        let question = Remark::text(filled(visit, "facts-question", &fields.question)?);
        Ok(Command::RequestInformation { to, question, due: days::deadline(visit, "facts-due", &fields.due)? })
    };
    match command() {
        Ok(command) => act(id, Room::Facts, "ask", posted, command).await,
        Err(problem) => refuse(id, Room::Facts, "ask", posted, problem).await,
    }
}

pub(super) async fn answer(Path(id): Path<CaseId>, Uploaded { posted, files }: Uploaded<Posted<Answered>>) -> Page {
    let name = format!("answer-{}", posted.fields.request);
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let command = async {
        let request = fields.request.parse().map_err(|_| missing(visit, "facts-requests"))?;
        let text = Remark::text(filled(visit, "facts-answer", &fields.answer)?);
        Ok(match fields.has.as_str() {
            "no" => Command::LackInformation { request, why: text },
            "yes" => {
                let documents = files.keep(&posted.signed, &Stream::Case(id)).await?;
                Command::AnswerInformation { request, answer: text, documents }
            }
            _ => return Err(missing(visit, "facts-has")),
        })
    };
    match command.await {
        Ok(command) => act(id, Room::Facts, name, posted, command).await,
        Err(problem) => refuse(id, Room::Facts, name, posted, problem).await,
    }
}

/// What was typed into a field that must not stay empty.
fn filled(visit: &Visit, field: &str, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() { Err(missing(visit, field)) } else { Ok(text.to_owned()) }
}

fn missing(visit: &Visit, field: &str) -> Problem {
    visit.wrong("missing-field", json!({ "field": visit.t(field) }))
}
