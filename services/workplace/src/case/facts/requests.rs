//! What the parties have asked each other: what waits for an answer first, the nearest date before the others.

use gateway::problem::Problem;
use negotiation::requests::Request;
use proto::digest::Digest;
use proto::negotiation::RequestNo;

use super::super::remarks::Remarks;
use super::{ASKS, Case};
use crate::{Form, When, files};

/// A request for information.
pub(super) struct Line {
    pub number: RequestNo,
    pub by: String,
    pub to: String,
    pub asked_at: When,
    pub question: Option<String>,
    /// By when, while it waits for an answer.
    pub due: Option<When>,
    pub reply: Option<Reply>,
    pub act: Option<Answering>,
}

/// The answer.
pub(super) struct Reply {
    pub at: When,
    pub text: Option<String>,
    pub lacking: bool,
    /// Whether it came after the day that was set.
    pub late: bool,
    /// Documents that came with it: digest, and what kind of file it is.
    pub documents: Vec<(Digest, String)>,
}

/// The form by which whoever was asked answers.
pub(super) struct Answering {
    pub form: Form,
    pub name: String,
    pub open: bool,
}

/// Every request, those that wait for an answer first.
///
/// # Errors
/// When the ledger does not tell what was asked.
pub(super) async fn all(case: &Case) -> Result<Vec<Line>, Problem> {
    let requests = &case.state.requests;
    let texts: Vec<_> = requests
        .values()
        .flat_map(|request| std::iter::once(&request.question).chain(request.reply.as_ref().map(|reply| &reply.text)))
        .collect();
    let said = case.remarks(texts).await?;
    let mut ordered: Vec<(&RequestNo, &Request)> = requests.iter().collect();
    // The nearest date first, those without one behind them, then what is answered, the newest first.
    ordered.sort_by_key(|(number, request)| match &request.reply {
        None => (0, request.due.as_ref().map_or((1, None), |due| (0, Some(due.on))), i64::from(**number)),
        Some(_) => (1, (0, None), -i64::from(**number)),
    });
    Ok(ordered.into_iter().map(|(number, request)| line(case, *number, request, &said)).collect())
}

fn line(case: &Case, number: RequestNo, request: &Request, said: &Remarks) -> Line {
    let visit = &case.visit;
    let late = |at| request.due.as_ref().is_some_and(|due| due.has_passed(at));
    let reply = request.reply.as_ref().map(|reply| Reply {
        at: visit.instant(&reply.at),
        text: said.of(&reply.text).map(str::to_owned),
        lacking: reply.lacking,
        late: late(reply.at),
        documents: reply
            .documents
            .iter()
            .map(|document| (document.digest, files::kind(case.visit.language, &document.media_type)))
            .collect(),
    });
    let mine = request.reply.is_none() && request.to == case.government && case.acts(ASKS);
    let name = format!("answer-{number}");
    Line {
        number,
        by: case.called(&request.by).to_owned(),
        to: case.called(&request.to).to_owned(),
        asked_at: visit.instant(&request.asked_at),
        question: said.of(&request.question).map(str::to_owned),
        due: request.due.as_ref().filter(|_| request.reply.is_none()).map(|due| visit.due(due)),
        reply,
        act: mine.then(|| Answering { form: case.form(&name), open: case.tried(&name), name }),
    }
}
