//! What the forms of the room ask for, read into commands.

use axum::extract::Path;
use gateway::problem::Problem;
use jiff::civil::Date;
use proto::approvals::{Command, CouncilEnd, Done, Letter, SignOff, StepOf, Votes};
use proto::entry::Occurred;
use proto::id::CaseId;
use proto::remark::Remark;
use proto::stream::Stream;
use proto::wire::Submission;
use serde::Deserialize;
use serde_json::json;

use super::super::{Room, act, refuse, submit};
use crate::files::Files;
use crate::posted::Uploaded;
use crate::{Page, Posted, Visit, days};

/// The step that a form is about.
#[derive(Deserialize)]
pub(super) struct About {
    #[serde(default)]
    step: String,
    #[serde(default)]
    government: String,
}

impl About {
    fn read(&self, visit: &Visit) -> Result<StepOf, Problem> {
        let wrong = || visit.wrong("approvals-wrong-step", json!({}));
        let government = Some(self.government.as_str()).filter(|government| !government.is_empty());
        Ok(StepOf {
            step: self.step.parse().map_err(|_| wrong())?,
            government: government.map(str::parse).transpose().map_err(|_| wrong())?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Deciding {
    #[serde(flatten)]
    about: About,
    #[serde(default)]
    applies: String,
    #[serde(default)]
    why: String,
}

pub(super) async fn decide(Path(id): Path<CaseId>, posted: Posted<Deciding>) -> Page {
    let Deciding { about, applies, why } = &posted.fields;
    let visit = &posted.signed.visit;
    let read = about.read(visit).and_then(|step| {
        let applies = match applies.as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(visit.wrong("approvals-wrong-applies", json!({}))),
        };
        Ok(Command::DecideCondition { step, applies, why: Remark::text(why.trim()) })
    });
    match read {
        Ok(command) => act(id, Room::Approvals, "decide", posted, command).await,
        Err(problem) => refuse(id, Room::Approvals, "decide", posted, problem).await,
    }
}

#[derive(Deserialize)]
pub(super) struct Starting {
    #[serde(flatten)]
    about: About,
    #[serde(default)]
    from: String,
    #[serde(default)]
    formal: String,
}

pub(super) async fn clock(Path(id): Path<CaseId>, posted: Posted<Starting>) -> Page {
    let Starting { about, from, formal } = &posted.fields;
    let visit = &posted.signed.visit;
    let read = about.read(visit).and_then(|step| {
        let from = day(visit, "approvals-clock-from", from)?;
        let formal = match formal.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        Ok(Command::StartClock { step, from, zone: visit.zone.clone(), formal })
    });
    match read {
        Ok(command) => act(id, Room::Approvals, "clock", posted, command).await,
        Err(problem) => refuse(id, Room::Approvals, "clock", posted, problem).await,
    }
}

#[derive(Deserialize)]
pub(super) struct Signing {
    #[serde(flatten)]
    about: About,
    #[serde(default)]
    number: String,
    #[serde(default)]
    drafter: String,
    #[serde(default)]
    reviewers: String,
    #[serde(default)]
    decided_by: String,
    #[serde(default)]
    decided_on: String,
}

pub(super) async fn sign_off(Path(id): Path<CaseId>, posted: Posted<Signing>) -> Page {
    let Signing { about, number, drafter, reviewers, decided_by, decided_on } = &posted.fields;
    let visit = &posted.signed.visit;
    let read = about.read(visit).and_then(|step| {
        let sign_off = SignOff {
            number: said(number),
            drafter: said(drafter),
            reviewers: lines(reviewers),
            decided_by: said(decided_by),
            decided_on: day(visit, "approvals-decided_on", decided_on)?,
        };
        Ok(Command::RecordSignOff { step, sign_off })
    });
    match read {
        Ok(command) => act(id, Room::Approvals, "sign-off", posted, command).await,
        Err(problem) => refuse(id, Room::Approvals, "sign-off", posted, problem).await,
    }
}

/// What was done in a step, as the form of its kind has it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Recording {
    step: String,
    government: String,
    kind: String,
    agreement: String,
    on: String,
    with: String,
    agreed: String,
    end: String,
    bill: String,
    yes: String,
    no: String,
    abstain: String,
    body: String,
    approved: String,
    conditions: String,
    notice: String,
    to: String,
    registered: String,
    by: String,
    letter_issuer: String,
    letter_number: String,
    letter_decided_by: String,
    letter_dated: String,
    letter_recipient: String,
    letter_receipt: String,
    letter_arrived: String,
}

pub(super) async fn record(Path(id): Path<CaseId>, Uploaded { posted, files }: Uploaded<Posted<Recording>>) -> Page {
    match recorded(id, &posted, files).await {
        Ok(submission) => submit(id, Room::Approvals, "record", posted, submission).await,
        Err(problem) => refuse(id, Room::Approvals, "record", posted, problem).await,
    }
}

/// Reads the form, and keeps its files before the act that names them.
async fn recorded(id: CaseId, posted: &Posted<Recording>, files: Files) -> Result<Submission, Problem> {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let about = About { step: fields.step.clone(), government: fields.government.clone() };
    let agreement = optional(&fields.agreement).map(|digest| digest.parse()).transpose();
    let command = Command::RecordStep {
        step: about.read(visit)?,
        done: fields.done(visit)?,
        agreement: agreement.map_err(|_| visit.wrong("approvals-wrong-step", json!({})))?,
        letter: fields.letter(visit)?,
    };
    let on = day(visit, "approvals-on", &fields.on)?;
    let evidence = files.keep(&posted.signed, &Stream::Case(id)).await?;
    let occurred = Some(Occurred { on, evidence });
    Ok(Submission { occurred, ..Submission::from(proto::message::Command::from(command)) })
}

impl Recording {
    fn done(&self, visit: &Visit) -> Result<Done, Problem> {
        let wrong = |key: &str| visit.wrong(key, json!({}));
        let choice = |value: &str, key: &str| match value {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(wrong(key)),
        };
        Ok(match self.kind.as_str() {
            "propose" => Done::Proposed,
            "draft" => Done::Drafted,
            "consult" => Done::Consulted { with: said(&self.with), agreed: choice(&self.agreed, "approvals-wrong-agreed")? },
            "sign" => Done::Signed { by: lines(&self.by) },
            "council_resolution" => Done::Council { end: self.end(visit)?, bill: said(&self.bill), votes: self.votes(visit)? },
            "higher_approval" => Done::Higher {
                body: self.body.parse().map_err(|_| wrong("approvals-wrong-body"))?,
                approved: choice(&self.approved, "approvals-wrong-approved")?,
                conditions: optional(&self.conditions).map(Remark::text),
            },
            "publish" => Done::Published { notice: said(&self.notice) },
            "report" => Done::Reported { to: said(&self.to) },
            "register" => Done::Registered { number: said(&self.registered) },
            _ => return Err(wrong("approvals-wrong-step")),
        })
    }

    fn end(&self, visit: &Visit) -> Result<CouncilEnd, Problem> {
        Ok(match self.end.as_str() {
            "passed" => CouncilEnd::Passed,
            "passed_amended" => CouncilEnd::PassedAmended,
            "rejected" => CouncilEnd::Rejected,
            "deferred" => CouncilEnd::Deferred,
            "withdrawn" => CouncilEnd::Withdrawn,
            "lapsed_with_term" => CouncilEnd::LapsedWithTerm,
            _ => return Err(visit.wrong("approvals-wrong-end", json!({}))),
        })
    }

    /// Votes where they were counted: all three or none.
    fn votes(&self, visit: &Visit) -> Result<Option<Votes>, Problem> {
        if [&self.yes, &self.no, &self.abstain].iter().all(|count| count.trim().is_empty()) {
            return Ok(None);
        }
        let count = |field: &str, typed: &str| {
            let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
            plain.parse::<u32>().map_err(|_| visit.wrong("approvals-wrong-votes", json!({ "field": visit.t(field), "typed": typed })))
        };
        Ok(Some(Votes {
            yes: count("approvals-votes-yes", &self.yes)?,
            no: count("approvals-votes-no", &self.no)?,
            abstain: count("approvals-votes-abstain", &self.abstain)?,
        }))
    }

    /// The letter, where any of its fields is filled in.
    fn letter(&self, visit: &Visit) -> Result<Option<Letter>, Problem> {
        let fields = [
            &self.letter_issuer,
            &self.letter_number,
            &self.letter_decided_by,
            &self.letter_dated,
            &self.letter_recipient,
            &self.letter_receipt,
            &self.letter_arrived,
        ];
        if fields.iter().all(|field| field.trim().is_empty()) {
            return Ok(None);
        }
        Ok(Some(Letter {
            issuer: said(&self.letter_issuer),
            number: said(&self.letter_number),
            decided_by: said(&self.letter_decided_by),
            dated: day(visit, "approvals-letter-dated", &self.letter_dated)?,
            recipient: said(&self.letter_recipient),
            receipt: optional(&self.letter_receipt),
            arrived: days::day(visit, "approvals-letter-arrived_on", &self.letter_arrived)?,
        }))
    }
}

/// A day that must be there.
fn day(visit: &Visit, field: &str, typed: &str) -> Result<Date, Problem> {
    days::day(visit, field, typed)?.ok_or_else(|| visit.wrong("approvals-wrong-day", json!({ "field": visit.t(field) })))
}

fn said(typed: &str) -> String {
    typed.trim().to_owned()
}

fn optional(typed: &str) -> Option<String> {
    Some(said(typed)).filter(|typed| !typed.is_empty())
}

/// One on each line, or with commas between.
fn lines(typed: &str) -> Vec<String> {
    typed.split(['\n', ',']).map(said).filter(|line| !line.is_empty()).collect()
}
