//! How a clause came to say what it says: every entry that touched it, each wording beside the one before.

use askama::Template;
use axum::extract::Path;
use gateway::problem::Problem;
use gateway::record::{Entries, Question};
use proto::entry::{Act, Body, Entry};
use proto::id::{ClauseId, GovernmentId};
use proto::message::Event;
use proto::negotiation::Event as Own;
use proto::remark::Remark;
use proto::wire::Failure;
use proto::words::Wording;
use serde_json::Value;

use super::super::{Case, Head, Room};
use super::wording::{Reading, Written, written};
use crate::{Page, Visit, When, entries, render};

/// Entries asked for at once.
const PAGE: u32 = 200;

#[derive(Template)]
#[template(path = "case/text-history.html")]
struct HistoryPage {
    visit: Visit,
    head: Head,
    id: String,
    clause: String,
    heading: String,
    lines: Vec<Line>,
}

/// An event that touched the clause.
struct Line {
    position: u64,
    at: When,
    what: String,
    by: Option<String>,
    /// The wording that came, marked against the one that came before it.
    written: Vec<Written>,
    comment: Option<String>,
}

/// What an event does to a clause.
struct Touch<'a> {
    by: Option<&'a GovernmentId>,
    wording: Option<&'a Wording>,
    comment: Option<&'a Remark>,
}

pub(super) async fn page(Path((_, clause)): Path<(String, String)>, case: Case) -> Page {
    let known = clause.parse::<ClauseId>().ok().filter(|id| case.state.clauses.contains_key(id));
    let Some(id) = known else { return Err(case.visit.failed(Failure::NotFound)) };
    let heading = case.state.clauses.get(&id).map(|standing| case.article(&id, &standing.heading)).unwrap_or_default();
    let lines = lines(&case, &id).await?;
    let page = HistoryPage { head: Head::of(&case, Room::Text), id: case.id.to_string(), clause, heading, lines, visit: case.visit };
    let language = page.visit.language;
    render(&page, language)
}

/// All there is about a clause in the case's own stream. The record is read from its beginning, which a page about one clause may cost.
async fn lines(case: &Case, id: &ClauseId) -> Result<Vec<Line>, Problem> {
    let (mut lines, mut from, mut before) = (Vec::new(), 0, None);
    loop {
        let question = Question::of_case(case.id, from, PAGE);
        let Entries { entries, next, more } = entries::ask(&case.visit, &case.who, &question).await?;
        for read in &entries {
            let Ok(entry) = serde_json::from_str::<Entry>(&read.entry) else { continue };
            let Body::Open(act) = &entry.body else { continue };
            lines.extend(touched(case, id, &entry, act, &read.remarks, &mut before));
        }
        if !more {
            return Ok(lines);
        }
        from = next;
    }
}

fn touched(case: &Case, id: &ClauseId, entry: &Entry, act: &Act, remarks: &Value, before: &mut Option<Wording>) -> Vec<Line> {
    let line = |event: &Event| {
        let Touch { by, wording, comment } = touch(case, id, event)?;
        let text = |remark: &Remark| Some(remarks.get(remark.remark_commitment?.to_string())?.as_str()?.to_owned());
        let shown = wording.map(|wording| written(Reading::of(case.visit.language), wording, before.as_ref())).unwrap_or_default();
        *before = wording.cloned().or(before.take());
        Some(Line {
            position: entry.position,
            at: case.visit.instant(&entry.at),
            what: case.visit.t(&format!("event-{}", event.kind())),
            by: by.map(|by| case.called(by).to_owned()),
            written: shown,
            comment: comment.and_then(text),
        })
    };
    act.events.iter().filter_map(line).collect()
}

fn touch<'a>(case: &'a Case, id: &ClauseId, event: &'a Event) -> Option<Touch<'a>> {
    let Event::Negotiation(event) = event else { return None };
    let (clause, touch) = match event {
        Own::ClauseAdded { clause, by, wording, .. } | Own::WordingProposed { clause, by, wording } => {
            (clause, Touch { by: Some(by), wording: Some(wording), comment: None })
        }
        Own::WordingSupported { clause, by, .. } | Own::ClauseReserved { clause, by } => {
            (clause, Touch { by: Some(by), wording: None, comment: None })
        }
        Own::ClauseCommented { clause, by, comment } => (clause, Touch { by: Some(by), wording: None, comment: Some(comment) }),
        Own::OfferTabled { by, package, .. } => {
            let (clause, wording) = package.wording.get_key_value(id)?;
            (clause, Touch { by: Some(by), wording: Some(wording), comment: None })
        }
        Own::OfferAgreed { offer } => {
            let (clause, _) = case.state.offers.get(offer)?.package.wording.get_key_value(id)?;
            (clause, Touch { by: None, wording: None, comment: None })
        }
        Own::CaseOpened { .. }
        | Own::Invited { .. }
        | Own::Joined { .. }
        | Own::Declined { .. }
        | Own::Left { .. }
        | Own::FactStated { .. }
        | Own::PositionTaken { .. }
        | Own::InformationRequested { .. }
        | Own::InformationAnswered { .. }
        | Own::InformationLacking { .. }
        | Own::TermDefined { .. }
        | Own::OfferDrafted { .. }
        | Own::SoundingMade { .. }
        | Own::SoundingAnswered { .. }
        | Own::SoundingWithdrawn { .. }
        | Own::OfferAccepted { .. }
        | Own::OfferSentBack { .. }
        | Own::OfferWithdrawn { .. }
        | Own::OfferLapsed { .. }
        | Own::SettlementEntered { .. }
        | Own::Initialled { .. }
        | Own::TextFrozen { .. }
        | Own::TextReopened { .. }
        | Own::AgendaSet(_)
        | Own::PublicationAgreed { .. }
        | Own::AgreementPublished { .. } => return None,
    };
    (clause == id).then_some(touch)
}
