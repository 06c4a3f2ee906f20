//! What people do in the room.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use gateway::edge::about;
use gateway::problem::Problem;
use mediation::State;
use proto::actor::Service;
use proto::digest::Digest;
use proto::id::{CaseId, GovernmentId, MandateId};
use proto::mediation::{Command, DisputeNo, ProposalNo};
use proto::message::Target;
use proto::stream::Stream;
use proto::wire::{Failure, Receipt};
use proto::words::Names;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{proposal, show};
use crate::case::{Room, act, refuse, refuse_on};
use crate::{Page, Posted, Visit, days, done};

type Fields = BTreeMap<String, String>;
type Place = Path<(CaseId, DisputeNo)>;

#[derive(Deserialize)]
pub(super) struct Facilitator {
    facilitator: String,
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

#[derive(Deserialize)]
pub(super) struct Note {
    caucus: GovernmentId,
    text: String,
}

#[derive(Deserialize)]
pub(super) struct Reply {
    number: ProposalNo,
    #[serde(default)]
    accept: String,
    #[serde(default)]
    mandate: String,
}

pub(super) async fn open(Path(id): Path<CaseId>, posted: Posted<Vec<(String, String)>>) -> Page {
    match opening(&posted.signed.visit, &posted.fields) {
        Ok(command) => act(id, Room::Disputes, "open", posted, command).await,
        Err(problem) => refuse(id, Room::Disputes, "open", posted, problem).await,
    }
}

/// A title in one language stands for both.
fn opening(visit: &Visit, fields: &[(String, String)]) -> Result<Command, Problem> {
    let all = |name: &'static str| fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim());
    let one = |name: &'static str| all(name).next().unwrap_or_default();
    let (ko, en) = (one("title-ko"), one("title-en"));
    let names = Names::new(if en.is_empty() { ko } else { en }, if ko.is_empty() { en } else { ko });
    let unknown = |typed: &str| visit.wrong("disputes-unknown", json!({ "typed": typed }));
    let terms: Result<BTreeSet<_>, Problem> = all("terms").map(|term| term.parse().map_err(|_| unknown(term))).collect();
    let with: Result<BTreeSet<_>, Problem> = all("with").map(|party| party.parse().map_err(|_| unknown(party))).collect();
    Ok(Command::OpenDispute { names, terms: terms?, with: with?, due: days::deadline(visit, "disputes-due", one("due"))? })
}

pub(super) async fn propose(Path((id, dispute)): Place, posted: Posted<Facilitator>) -> Page {
    match facilitator(&posted) {
        Ok(facilitator) => on(id, dispute, "propose", posted, Command::ProposeFacilitator { dispute, facilitator }).await,
        Err(problem) => again(id, dispute, "propose", posted, problem).await,
    }
}

pub(super) async fn accept(Path((id, dispute)): Place, posted: Posted<Facilitator>) -> Page {
    match facilitator(&posted) {
        Ok(facilitator) => {
            let name = format!("accept-{facilitator}");
            on(id, dispute, name, posted, Command::AcceptFacilitator { dispute, facilitator }).await
        }
        Err(problem) => again(id, dispute, "propose", posted, problem).await,
    }
}

fn facilitator(posted: &Posted<Facilitator>) -> Result<GovernmentId, Problem> {
    let typed = posted.fields.facilitator.trim();
    typed.parse().map_err(|_| posted.signed.visit.wrong("disputes-no_body", Value::Null))
}

pub(super) async fn take_back(Path((id, dispute)): Place, posted: Posted<Nothing>) -> Page {
    on(id, dispute, "take-back", posted, Command::TakeBackDispute { dispute }).await
}

pub(super) async fn note(Path((id, dispute)): Place, posted: Posted<Note>) -> Page {
    let Note { caucus, text } = &posted.fields;
    let (name, command) = (format!("note-{caucus}"), Command::SendNote { dispute, caucus: caucus.clone(), text: text.clone() });
    on(id, dispute, name, posted, command).await
}

pub(super) async fn answer(Path((id, dispute)): Place, posted: Posted<Reply>) -> Page {
    match replied(dispute, &posted) {
        Ok(command) => on(id, dispute, "answer", posted, command).await,
        Err(problem) => again(id, dispute, "answer", posted, problem).await,
    }
}

fn replied(dispute: DisputeNo, posted: &Posted<Reply>) -> Result<Command, Problem> {
    let visit = &posted.signed.visit;
    let Reply { number, accept, mandate } = &posted.fields;
    let accept = match accept.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(visit.wrong("disputes-no_answer", Value::Null)),
    };
    let mandate: Option<MandateId> = if accept { mandate.parse().ok() } else { None };
    let caucus = posted.government().ok_or_else(|| visit.failed(Failure::NotFound))?;
    Ok(Command::AnswerProposal { dispute, number: *number, caucus, accept, mandate })
}

/// Delivers a proposal to each side, then puts it. Where a step is not taken the form comes back, and the room says how far it came.
pub(super) async fn put(Path((id, dispute)): Place, mut posted: Posted<Fields>) -> Page {
    let mut reached = None;
    match delivered_and_put(id, dispute, &posted, &mut reached).await {
        Ok(receipt) => Ok(done(&format!("{}/{dispute}#mediation", Room::Disputes.path(id)), &receipt)),
        Err(problem) => {
            // What was done shows on the page that says what was not.
            posted.signed.visit.at_least = reached.or(posted.signed.visit.at_least);
            again(id, dispute, "proposal", posted, problem).await
        }
    }
}

/// `reached` is the position of the last step that was taken.
async fn delivered_and_put(id: CaseId, dispute: DisputeNo, posted: &Posted<Fields>, reached: &mut Option<u64>) -> Result<Receipt, Problem> {
    let visit = &posted.signed.visit;
    let state = disputes(id, posted).await?;
    let known = state.disputes.get(&dispute).ok_or_else(|| visit.failed(Failure::NotFound))?;
    let proposal = proposal::read(visit, &state, &posted.fields)?;
    let due = days::deadline(visit, "disputes-answer-by", posted.fields.get("due").map(String::as_str).unwrap_or_default())?;
    let digest = Digest::of_json(&proposal).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))?;
    let number = posted.fields.get("number").and_then(|number| number.parse().ok());
    let number: ProposalNo = number.ok_or_else(|| visit.wrong("disputes-no_salt", Value::Null))?;
    let target = Target::Case(id);
    for caucus in known.parties.intersection(&state.standing.parties) {
        let command = Command::DeliverProposal { dispute, number, caucus: caucus.clone(), proposal: proposal.clone() };
        *reached = Some(posted.step(&target, command).await?.position);
    }
    posted.step(&target, Command::PutProposal { dispute, number, digest, due }).await
}

async fn disputes(id: CaseId, posted: &Posted<Fields>) -> Result<State, Problem> {
    let visit = &posted.signed.visit;
    let found = visit.edge.get(&posted.signed.who, Service::Mediation, about(Stream::Case(id), None)).await;
    let found = found.map_err(|why| visit.failed(why))?;
    serde_json::from_value(found.body).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))
}

/// Does what the form `name` of a dispute asks for, and shows the dispute.
async fn on<T>(id: CaseId, dispute: DisputeNo, name: impl Into<Cow<'static, str>>, posted: Posted<T>, command: Command) -> Page {
    let name = name.into();
    match posted.act(&Target::Case(id), command).await {
        Ok(receipt) => Ok(done(&format!("{}/{dispute}#{name}", Room::Disputes.path(id)), &receipt)),
        Err(problem) => again(id, dispute, name, posted, problem).await,
    }
}

async fn again<T>(id: CaseId, dispute: DisputeNo, name: impl Into<Cow<'static, str>>, posted: Posted<T>, problem: Problem) -> Page {
    refuse_on(id, name, posted, problem, async |case| show(case, Some(dispute)).await).await
}
