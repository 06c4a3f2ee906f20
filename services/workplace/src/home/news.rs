//! What others have done since somebody was here last, case by case, in words; for an offer that answers or improves another, what moved.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::join_all;
use gateway::edge::{SignedIn, about};
use gateway::record::{Question, Read};
use negotiation::State;
use negotiation::diff::{Diff, TermChange};
use proto::access::Asker;
use proto::actor::{Actor, Service};
use proto::entry::{Body, Entry};
use proto::id::{CaseId, TermId};
use proto::message::Event;
use proto::negotiation::{Event as Negotiation, OfferNo};
use proto::standing::Phase;
use proto::stream::Stream;
use proto::term::Kind;
use runtime::serve::Get;
use rust_decimal::Decimal;
use serde_json::json;

use super::{Seen, TOLD};
use crate::case::Room;
use crate::moves::Docket;
use crate::said::{Teller, Things, brief};
use crate::{Visit, When, entries, locale};

/// Entries of a case that are looked through for what is new.
const ENTRIES: u32 = 60;
/// Acts of a case that are told.
const ACTS: usize = 5;
/// To somebody who was never here, so much of the record before the newest entry is new.
const RECENT: u64 = 40;

/// What is new in a case.
pub(super) struct News {
    pub href: String,
    pub title: String,
    /// The newest first.
    pub acts: Vec<Act>,
    /// How many more there are, in words; empty where there are none.
    pub more: String,
    pub record: String,
}

/// An act.
pub(super) struct Act {
    pub at: When,
    pub what: String,
    pub moved: Vec<Moved>,
}

/// A term or a wording that an offer moved.
pub(super) struct Moved {
    pub name: String,
    pub before: String,
    pub after: String,
    pub by: String,
}

/// The cases in which there is something new, the newest first.
pub(super) fn changed<'d>(dockets: &'d [Docket], seen: &Seen) -> Vec<&'d Docket> {
    // Whoever was never here is not told how what is in force came about.
    let counts = |docket: &&Docket| !(seen.is_new() && docket.row.phase == Phase::InForce);
    let is_new = |docket: &&Docket| docket.position > seen.up_to(docket.case).unwrap_or_default();
    let mut changed: Vec<&Docket> = dockets.iter().filter(counts).filter(is_new).collect();
    changed.sort_by_key(|docket| std::cmp::Reverse(docket.position));
    changed
}

/// What is new in these cases. One in which there is nothing but one's own acts is left out.
pub(super) async fn of(
    visit: &Visit,
    who: &SignedIn,
    changed: &[&Docket],
    states: &BTreeMap<CaseId, Arc<State>>,
    seen: &Seen,
) -> Vec<News> {
    let one = async |docket: &&Docket| {
        let from = seen.up_to(docket.case).map_or_else(|| docket.position.saturating_sub(RECENT), |seen| seen + 1);
        of_case(visit, who, docket, states.get(&docket.case)?, from).await
    };
    join_all(changed.iter().take(TOLD).map(one)).await.into_iter().flatten().collect()
}

async fn of_case(visit: &Visit, who: &SignedIn, docket: &Docket, state: &State, from: u64) -> Option<News> {
    let question = Question { back: true, ..Question::of_case(docket.case, u64::MAX, ENTRIES) };
    let page = entries::ask(visit, who, &question).await.ok()?;
    let things = Things::of(state);
    let teller = Teller { language: visit.language, bodies: &visit.bodies, things: &things };
    let others: Vec<(Entry, Vec<Event>, Actor)> = page.entries.iter().filter_map(|read| of_others(read, who, from)).collect();
    let more = others.len().saturating_sub(ACTS);
    let told = others.iter().take(ACTS).map(async |(entry, events, actor)| Act {
        at: visit.instant(&entry.at),
        what: brief(events.iter().map(|event| teller.event(actor, event))),
        moved: moved(visit, who, docket.case, state, &teller, events).await,
    });
    let acts = join_all(told).await;
    let title = visit.name(&docket.row.title).to_owned();
    let more = if more > 0 { visit.counted("home-news-more", more) } else { String::new() };
    (!acts.is_empty()).then(|| News { href: Room::Overview.path(docket.case), title, acts, more, record: Room::Record.path(docket.case) })
}

/// An entry from a position on that is open and not of whoever looks.
fn of_others(read: &Read, who: &SignedIn, from: u64) -> Option<(Entry, Vec<Event>, Actor)> {
    let entry: Entry = serde_json::from_str(&read.entry).ok()?;
    let Body::Open(act) = &entry.body else { return None };
    let own = matches!((&act.actor, &who.asker), (Actor::Official(by), Asker::Person { official, .. }) if by.official == *official);
    let (events, actor) = (act.events.clone(), act.actor.clone());
    (entry.position >= from && !own && !events.is_empty()).then_some((entry, events, actor))
}

/// What an offer among these events moved against the one it answers or improves.
async fn moved(visit: &Visit, who: &SignedIn, case: CaseId, state: &State, teller: &Teller<'_>, events: &[Event]) -> Vec<Moved> {
    let pair = events.iter().find_map(|event| match event {
        Event::Negotiation(Negotiation::OfferTabled { offer, counters, improves, .. }) => Some((counters.or(*improves)?, *offer)),
        _ => None,
    });
    let Some((from, to)) = pair else { return Vec::new() };
    diff(visit, who, case, from, to).await.map(|diff| changes(visit, state, teller, &diff)).unwrap_or_default()
}

async fn diff(visit: &Visit, who: &SignedIn, case: CaseId, from: OfferNo, to: OfferNo) -> Option<Diff> {
    let params = json!({ "from": from, "to": to });
    let get = Get { question: Some("diff".into()), params, ..about(Stream::Case(case), visit.at_least) };
    serde_json::from_value(visit.edge.get(who, Service::Negotiation, get).await.ok()?.body).ok()
}

fn changes(visit: &Visit, state: &State, teller: &Teller<'_>, diff: &Diff) -> Vec<Moved> {
    let none = || visit.t("home-nothing");
    let term = |(id, change): (&TermId, &TermChange)| Moved {
        name: teller.things.term(visit.language, id),
        before: change.value.old.as_ref().map_or_else(none, |value| teller.value(value)),
        after: change.value.new.as_ref().map_or_else(none, |value| teller.value(value)),
        by: change.delta.map(|by| delta(visit, state.terms.get(id).map(|term| &term.kind), by)).unwrap_or_default(),
    };
    let wording = |clause| Moved {
        name: teller.things.clause(visit.language, clause),
        before: String::new(),
        after: visit.t("home-wording_changed"),
        by: String::new(),
    };
    let allocation = diff.allocation.iter().map(|_| Moved {
        name: visit.t("room-allocation"),
        before: String::new(),
        after: visit.t("home-allocation_changed"),
        by: String::new(),
    });
    diff.terms.iter().map(term).chain(diff.wording.keys().map(wording)).chain(allocation).collect()
}

/// By how much a term moved, in its unit: shares in points.
fn delta(visit: &Visit, kind: Option<&Kind>, by: Decimal) -> String {
    match kind {
        Some(Kind::Share) => locale::points(visit.language, by),
        Some(Kind::Quantity { unit }) => locale::change_of_quantity(visit.language, by, unit),
        _ => locale::change(by),
    }
}
