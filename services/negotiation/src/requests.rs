//! What the parties ask each other and say about clauses: requests for information with their answers, and comments. None of it is part of the
//! text, so it can be said also when that is frozen.
//!
//! A request is answered by whom it was put to, once: with an answer, or by saying that the party does not have it. That one is overdue is seen
//! from its date and never recorded; a late answer is an answer.

use jiff::Timestamp;
use proto::entry::Document;
use proto::id::{ClauseId, GovernmentId};
use proto::message;
use proto::negotiation::{Event, Refusal, RequestNo};
use proto::remark::{Disclosure, Remark};
use proto::words::Deadline;
use runtime::decider::{Context, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Outcome, State};

/// A request for information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "InformationRequest")]
pub struct Request {
    /// Who asks.
    pub by: GovernmentId,
    /// Whom.
    pub to: GovernmentId,
    /// What is to be known.
    pub question: Remark,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// By when it is to be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
    /// The answer, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "InformationReply")]
pub struct Reply {
    /// When.
    pub at: Timestamp,
    /// The answer; why there is none, where the party does not have it.
    pub text: Remark,
    /// Whether the party does not have what it was asked for.
    #[serde(default)]
    pub lacking: bool,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}

/// What a party has said about a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ClauseComment")]
pub struct Comment {
    /// Who.
    pub by: GovernmentId,
    /// What.
    pub comment: Remark,
    /// When.
    pub at: Timestamp,
}

/// What is said to other parties says something, and is for them to read.
fn is_told(field: &str, remark: &Remark) -> Result<(), Refusal> {
    let field = || field.to_owned();
    match remark {
        remark if !remark.is_said() => Err(Refusal::Empty { field: field() }),
        Remark { disclosure: Disclosure::Own, .. } => Err(Refusal::Undisclosed { field: field() }),
        _ => Ok(()),
    }
}

pub(crate) fn ask(state: &State, context: &Context<'_, State>, to: &GovernmentId, question: &Remark, due: Option<&Deadline>) -> Outcome {
    let by = state.standing.party(context.actor.government())?;
    if to == by || !state.standing.parties.contains(to) {
        return Err(Refusal::NotToBeAsked { government: to.clone() }.into());
    }
    is_told("question", question)?;
    if due.is_some_and(|due| due.passes_at().is_err() || due.has_passed(context.at)) {
        return Err(Refusal::BadDeadline.into());
    }
    let request = state.requests.keys().next_back().map_or(1, |last| last.saturating_add(1));
    let (by, to, question, due) = (by.clone(), to.clone(), question.clone(), due.cloned());
    Ok(vec![Event::InformationRequested { request, by, to, question, due }])
}

/// Who may answer this request.
fn may_answer<'a>(state: &State, context: &Context<'a, State>, request: RequestNo) -> Result<&'a GovernmentId, message::Refusal> {
    let by = state.standing.party(context.actor.government())?;
    let asked = state.requests.get(&request).ok_or(Refusal::UnknownRequest { request })?;
    if asked.to != *by {
        return Err(Refusal::NotPutToYou { request, to: asked.to.clone() }.into());
    }
    if asked.reply.is_some() {
        return Err(Refusal::AlreadyAnswered { request }.into());
    }
    Ok(by)
}

pub(crate) fn answer(state: &State, context: &Context<'_, State>, request: RequestNo, answer: &Remark, documents: &[Document]) -> Outcome {
    let by = may_answer(state, context, request)?.clone();
    is_told("answer", answer)?;
    Ok(vec![Event::InformationAnswered { request, by, answer: answer.clone(), documents: documents.to_vec() }])
}

pub(crate) fn lack(state: &State, context: &Context<'_, State>, request: RequestNo, why: &Remark) -> Outcome {
    let by = may_answer(state, context, request)?.clone();
    is_told("why", why)?;
    Ok(vec![Event::InformationLacking { request, by, why: why.clone() }])
}

pub(crate) fn comment(state: &State, context: &Context<'_, State>, clause: &ClauseId, comment: &Remark) -> Outcome {
    let by = state.standing.party(context.actor.government())?;
    state.clause(clause)?;
    is_told("comment", comment)?;
    Ok(vec![Event::ClauseCommented { clause: clause.clone(), by: by.clone(), comment: comment.clone() }])
}

pub(crate) fn asked(state: &mut State, number: RequestNo, request: Request) {
    state.requests.insert(number, request);
}

pub(crate) fn replied(state: &mut State, number: RequestNo, text: &Remark, lacking: bool, documents: &[Document], of: &Meta) {
    if let Some(request) = state.requests.get_mut(&number) {
        request.reply = Some(Reply { at: of.at, text: text.clone(), lacking, documents: documents.to_vec() });
    }
}

pub(crate) fn commented(state: &mut State, clause: &ClauseId, by: &GovernmentId, comment: &Remark, of: &Meta) {
    if let Some(clause) = state.clauses.get_mut(clause) {
        clause.comments.push(Comment { by: by.clone(), comment: comment.clone(), at: of.at });
    }
}
