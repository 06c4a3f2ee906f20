//! The table: offers as a tree, what the selected one says and how it differs from another, how to answer it, how far apart the sides are, and the terms
//! over which they negotiate.
//!
//! What whoever looks could do now is asked of the negotiation's own rules ([`negotiation::State::may_counter`] and its like), and only that is offered.

use allocation::State as Laboratory;
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::{get, post};
use gateway::edge::Edge;
use negotiation::offers::Offer;
use proto::actor::{Role, Service};
use proto::negotiation::{OfferNo, Package};
use proto::standing::Phase;
use serde::Deserialize;

use super::mandates::Held;
use super::{Case, Head, Room};
use crate::{Form, Page, Visit, When, render};

mod answer;
mod compare;
mod entry;
mod faults;
mod gap;
mod left;
mod offer;
mod package;
mod sounding;
mod term;
mod tree;
pub(super) mod values;

use answer::Answers;
use compare::{Comparison, Runs};
use gap::Gap;
use left::Left;
use tree::Leaf;

#[derive(Template)]
#[template(path = "case/table.html")]
struct TablePage {
    visit: Visit,
    head: Head,
    room: String,
    leaves: Vec<Leaf>,
    /// The offers to compare: number and words.
    choices: Vec<(String, String)>,
    /// Whether two offers were chosen to be compared.
    chosen: bool,
    comparison: Option<Comparison>,
    shown: Option<Shown>,
    answers: Option<Answers>,
    /// Where a new thread is opened, where whoever looks may open one.
    new: Option<String>,
    /// Whether whoever looks may keep drafts.
    writes: bool,
    drafts: Vec<Draft>,
    soundings: Vec<sounding::Line>,
    /// Whether this is a party's own side, which has drafts and a mandate.
    side: bool,
    gap: Option<Gap>,
    left: Vec<Left>,
    terms: Vec<term::Line>,
    define: Option<Form>,
    /// Whether the form for a term is shown open.
    defining: bool,
    kinds: Vec<(&'static str, String)>,
}

impl TablePage {
    /// How many soundings wait for an answer of the own side.
    fn sounded_out(&self) -> usize {
        self.soundings.iter().filter(|sounding| sounding.waits).count()
    }

    /// The two offers that the form for comparing has chosen before anybody does.
    fn pair(&self) -> (String, String) {
        let comparison = self.comparison.as_ref();
        let from = comparison.and_then(|comparison| comparison.from.as_ref()).map(|from| from.number.to_string());
        (from.unwrap_or_default(), comparison.map(|comparison| comparison.to.number.to_string()).unwrap_or_default())
    }
}

/// What is told of the offer that is shown besides what it says.
struct Shown {
    number: OfferNo,
    state: tree::State,
    /// Whether a body has tabled it, which nobody can beyond their mandate.
    mandated: bool,
    tabled: When,
    expires: Option<When>,
    answers: Vec<tree::Answered>,
    /// Who gave which reason for sending it back.
    reasons: Vec<(String, String)>,
    mandate_room: String,
}

/// A draft of the own side.
struct Draft {
    name: String,
    terms: String,
    /// Where it is continued.
    href: String,
    /// Where it becomes an answer to the offer that waits for one: number and address.
    answer: Option<(OfferNo, String)>,
}

/// What of the room is looked at.
#[derive(Default, Deserialize)]
struct Asked {
    offer: Option<String>,
    from: Option<String>,
    to: Option<String>,
    term: Option<String>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/table", get(asked))
        .route("/cases/{case}/table/new", get(offer::blank))
        .route("/cases/{case}/table/offer", post(offer::post))
        .route("/cases/{case}/table/accept", post(answer::accept))
        .route("/cases/{case}/table/send-back", post(answer::send_back))
        .route("/cases/{case}/table/withdraw", post(answer::withdraw))
        .route("/cases/{case}/table/answer-sounding", post(sounding::answer))
        .route("/cases/{case}/table/withdraw-sounding", post(sounding::withdraw))
        .route("/cases/{case}/table/define-term", post(term::define))
}

async fn asked(Query(asked): Query<Asked>, case: Case) -> Page {
    show(case, &asked).await
}

pub(crate) async fn page(case: Case) -> Page {
    show(case, &Asked::default()).await
}

/// Runs of the laboratory on the table. Without its answer an allocation goes by its digest.
async fn runs(case: &Case) -> Runs {
    if case.state.allocations.is_empty() {
        return Runs::new();
    }
    let laboratory: Laboratory = case.fold(Service::Allocation).await.unwrap_or_default();
    laboratory.runs.into_values().collect()
}

async fn show(case: Case, asked: &Asked) -> Page {
    let number =
        |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<OfferNo>().ok()).filter(|no| case.state.offers.contains_key(no));
    let pair = number(&asked.from).zip(number(&asked.to));
    let selected =
        pair.map(|(_, to)| to).or_else(|| number(&asked.offer)).or_else(|| answer::tried(&case)).or_else(|| tree::current(&case));
    let from = pair.map_or_else(|| selected.and_then(|no| case.state.offers.get(&no)).and_then(Offer::parent), |(from, _)| Some(from));
    let held = Held::of(&case).await;
    let (runs, left) = tokio::join!(runs(&case), left::left(&case));
    let delegate = case.acts(&[Role::Delegate]) && case.state.standing.phase == Phase::Open;
    let define = delegate.then(|| case.form(term::NAME));
    let room = case.path(Room::Table);
    let may_open = delegate && !case.state.terms.is_empty() && case.state.may_table(&case.government, case.visit.now);
    let (drafts, soundings) =
        if case.is_party() { tokio::try_join!(drafts(&case), sounding::lines_of(&case))? } else { (Vec::new(), Vec::new()) };
    let shown = match selected {
        Some(number) => shown(&case, number).await,
        None => None,
    };
    let page = TablePage {
        leaves: tree::tree(&case, selected),
        choices: choices(&case),
        chosen: pair.is_some(),
        comparison: selected.and_then(|to| Comparison::of(&case, &runs, from, to)),
        shown,
        answers: selected.filter(|_| pair.is_none()).map(|number| Answers::of(&case, &held, number)),
        new: may_open.then(|| format!("{room}/new")),
        writes: delegate,
        drafts,
        soundings,
        side: case.is_party(),
        gap: Gap::of(&case, &held, asked.term.as_deref()),
        left,
        terms: term::lines(&case),
        defining: case.tried(term::NAME) || case.state.terms.is_empty(),
        define,
        kinds: term::kinds(&case.visit),
        head: Head::of(&case, Room::Table),
        room,
        visit: case.visit.clone(),
    };
    render(&page, page.visit.language)
}

fn choices(case: &Case) -> Vec<(String, String)> {
    let said = |(number, offer): (&OfferNo, &Offer)| {
        let params = serde_json::json!({ "offer": number.to_string(), "body": tree::author(case, offer) });
        (number.to_string(), case.visit.told("table-offer-of", &params))
    };
    case.state.offers.iter().map(said).collect()
}

async fn shown(case: &Case, number: OfferNo) -> Option<Shown> {
    let offer = case.state.offers.get(&number)?;
    // Without an answer of the ledger the offer is shown, and the record has the reasons.
    let remarks = case.remarks(offer.reasons.values()).await.unwrap_or_default();
    let reason = |(body, why)| Some((case.called(body).to_owned(), remarks.of(why)?.to_owned()));
    Some(Shown {
        number,
        state: tree::state(case, offer),
        mandated: offer.by.is_some(),
        tabled: case.visit.instant(&offer.tabled_at),
        expires: offer.expires.as_ref().map(|expires| case.visit.due(expires)),
        answers: tree::answers(case, offer),
        reasons: offer.reasons.iter().filter_map(reason).collect(),
        mandate_room: case.path(Room::Authority),
    })
}

async fn drafts(case: &Case) -> Result<Vec<Draft>, gateway::problem::Problem> {
    let own: negotiation::State = case.own(Service::Negotiation).await?;
    let now = case.visit.now;
    let waits = case.state.offers.keys().rev().find(|offer| case.state.may_counter(**offer, &case.government, now)).copied();
    let draft = |(name, package): (&String, &Package)| {
        let query = |more: String| {
            serde_html_form::to_string([("draft", name.as_str())]).map(|draft| format!("{}/new?{draft}{more}", case.path(Room::Table)))
        };
        let terms: Vec<String> = package.terms.keys().map(|id| case.name_of("term", id.as_str())).collect();
        Draft {
            name: name.clone(),
            terms: terms.join(", "),
            href: query(String::new()).unwrap_or_default(),
            answer: waits.and_then(|offer| Some((offer, query(format!("&to={offer}")).ok()?))),
        }
    };
    Ok(own.drafts.iter().map(draft).collect())
}
