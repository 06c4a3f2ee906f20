//! Answers to an offer, as far as whoever looks can give them now: accept it, send it back, or take one's own off the table.

use axum::extract::Path;
use gateway::problem::Problem;
use proto::actor::Role;
use proto::id::{CaseId, MandateId};
use proto::negotiation::{Command, OfferNo};
use proto::remark::Remark;
use serde::Deserialize;

use super::super::mandates::Held;
use super::super::{self as rooms, Case, Room};
use super::faults::Faults;
use crate::{Form, Page, Posted, Visit};

pub(crate) const ACCEPT: &str = "accept";
pub(crate) const SEND_BACK: &str = "send-back";
pub(crate) const WITHDRAW: &str = "withdraw";

/// What is offered beside an offer.
pub(crate) struct Answers {
    pub accept: Option<Form>,
    pub send_back: Option<Form>,
    pub withdraw: Option<Form>,
    /// Where a counter-offer or an improvement is written.
    pub counter: Option<String>,
    pub improve: Option<String>,
    /// The own mandates on which it can be accepted.
    pub mandates: Vec<(String, String)>,
    /// The form that was just refused, so that it is shown open.
    pub tried: &'static str,
}

impl Answers {
    pub fn of(case: &Case, held: &Held, offer: OfferNo) -> Self {
        let (state, by, now) = (&case.state, &case.government, case.visit.now);
        let delegate = case.acts(&[Role::Delegate]);
        let form = |name: &str, may: bool| (delegate && may).then(|| case.form(name));
        let write = |name: &str, may: bool| (delegate && may).then(|| format!("{}/new?{name}={offer}", case.path(Room::Table)));
        Self {
            accept: form(ACCEPT, state.may_accept(offer, by, now)),
            send_back: form(SEND_BACK, state.may_send_back(offer, by, now)),
            withdraw: form(WITHDRAW, state.may_withdraw(offer, by, now)),
            counter: write("to", state.may_counter(offer, by, now)),
            improve: write("improve", state.may_improve(offer, by, now)),
            mandates: held.choices(case),
            tried: [ACCEPT, SEND_BACK, WITHDRAW].into_iter().find(|name| case.tried(name)).unwrap_or_default(),
        }
    }

    /// Whether there is anything to do.
    pub fn any(&self) -> bool {
        let forms = [&self.accept, &self.send_back, &self.withdraw];
        forms.into_iter().any(Option::is_some) || self.counter.is_some() || self.improve.is_some()
    }
}

/// The offer of an answer that was refused: it is the one to show.
pub(crate) fn tried(case: &Case) -> Option<OfferNo> {
    [ACCEPT, SEND_BACK, WITHDRAW].into_iter().find_map(|name| case.refused_with(name, "offer"))?.parse().ok()
}

/// What is typed to answer.
#[derive(Deserialize)]
pub(crate) struct Fields {
    offer: String,
    #[serde(default)]
    mandate: String,
    #[serde(default)]
    why: String,
}

impl Fields {
    fn offer(&self, visit: &Visit) -> Result<OfferNo, Problem> {
        self.offer.trim().parse().map_err(|_| fault(visit, "offer", "table-unread-offer"))
    }
}

fn fault(visit: &Visit, field: &str, key: &str) -> Problem {
    let mut faults = Faults::default();
    faults.add(field, visit.t(key));
    faults.problem(visit).unwrap_or_else(|| visit.wrong(key, serde_json::Value::Null))
}

pub(crate) async fn accept(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let visit = &posted.signed.visit;
    let mandate = posted.fields.mandate.parse::<MandateId>().map_err(|_| fault(visit, "mandate", "table-unread-mandate"));
    let command = posted.fields.offer(visit).and_then(|offer| Ok(Command::AcceptOffer { offer, mandate: mandate? }));
    answer(id, ACCEPT, posted, command).await
}

pub(crate) async fn send_back(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let why = posted.fields.why.trim();
    let why = (!why.is_empty()).then(|| Remark::text(why.replace("\r\n", "\n")));
    let command = posted.fields.offer(&posted.signed.visit).map(|offer| Command::SendBackOffer { offer, why });
    answer(id, SEND_BACK, posted, command).await
}

pub(crate) async fn withdraw(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let command = posted.fields.offer(&posted.signed.visit).map(|offer| Command::WithdrawOffer { offer });
    answer(id, WITHDRAW, posted, command).await
}

async fn answer(id: CaseId, name: &'static str, posted: Posted<Fields>, command: Result<Command, Problem>) -> Page {
    match command {
        Ok(command) => rooms::act(id, Room::Table, name, posted, command).await,
        Err(problem) => rooms::refuse(id, Room::Table, name, posted, problem).await,
    }
}
