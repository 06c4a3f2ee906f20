//! The offers of a case as the tree they form: a counter-offer stands under the offer it answers, an improvement under the one it replaces.

use std::collections::BTreeMap;

use negotiation::offers::{Answer, Offer};
use proto::negotiation::{OfferNo, OfferState};
use proto::words::day_of;

use super::super::{Case, Room};
use crate::When;

/// So deep a narrow place can show it; what stands deeper is told by its words.
const DEPTH: usize = 5;
/// So many who were asked are named in the tree.
const NAMED: usize = 3;

/// An offer in the tree.
pub(crate) struct Leaf {
    pub number: OfferNo,
    pub href: String,
    /// How far it is moved in.
    pub depth: usize,
    pub author: String,
    /// What it answers, improves or settles.
    pub grew: String,
    pub tabled: When,
    /// Until when it can be answered, while it can.
    pub expires: Option<When>,
    pub state: State,
    /// The newest that can be answered.
    pub current: bool,
    pub selected: bool,
    /// Everyone who was asked, and how each has answered; many are counted.
    pub answers: Vec<Answered>,
}

/// A state in words, with the kind of its tag.
#[derive(Clone)]
pub(crate) struct State {
    pub said: String,
    pub kind: &'static str,
}

/// How somebody has answered.
pub(crate) struct Answered {
    pub body: String,
    pub said: String,
    pub kind: &'static str,
}

/// All offers, each with what grew from it behind it.
pub(crate) fn tree(case: &Case, selected: Option<OfferNo>) -> Vec<Leaf> {
    let offers = &case.state.offers;
    let mut children: BTreeMap<Option<OfferNo>, Vec<OfferNo>> = BTreeMap::new();
    for (number, offer) in offers {
        children.entry(offer.parent().filter(|parent| offers.contains_key(parent))).or_default().push(*number);
    }
    let mut waiting: Vec<(OfferNo, usize)> = roots(&children, None, 0);
    let mut leaves = Vec::new();
    while let Some((number, depth)) = waiting.pop() {
        if let Some(offer) = offers.get(&number) {
            leaves.push(leaf(case, number, offer, depth.min(DEPTH), selected));
        }
        waiting.extend(roots(&children, Some(number), depth + 1));
    }
    leaves
}

/// The newest last in, so that the oldest comes out first.
fn roots(children: &BTreeMap<Option<OfferNo>, Vec<OfferNo>>, of: Option<OfferNo>, depth: usize) -> Vec<(OfferNo, usize)> {
    children.get(&of).into_iter().flatten().rev().map(|number| (*number, depth)).collect()
}

/// The newest offer that can be answered; without one, the newest of all.
pub(crate) fn current(case: &Case) -> Option<OfferNo> {
    let offers = &case.state.offers;
    let open = offers.iter().rev().find(|(_, offer)| offer.state_at(case.visit.now) == OfferState::Open);
    open.or_else(|| offers.last_key_value()).map(|(number, _)| *number)
}

/// Whose an offer is: a settlement is nobody's.
pub(crate) fn author(case: &Case, offer: &Offer) -> String {
    offer.by.as_ref().map_or_else(|| case.visit.t("table-settlement"), |by| case.called(by).to_owned())
}

/// The day on which it was tabled.
pub(crate) fn day(case: &Case, offer: &Offer) -> When {
    let visit = &case.visit;
    day_of(offer.tabled_at, &visit.zone).map_or_else(|_| visit.instant(&offer.tabled_at), |day| visit.on(&day))
}

/// A state of an offer in words.
pub(crate) fn state(case: &Case, offer: &Offer) -> State {
    let (key, kind) = match offer.state_at(case.visit.now) {
        OfferState::Open => ("table-state-open", ""),
        OfferState::Agreed => ("table-state-agreed", "good"),
        OfferState::Countered => ("table-state-countered", "neutral"),
        OfferState::SentBack => ("table-state-sent_back", "warn"),
        OfferState::Withdrawn => ("table-state-withdrawn", "neutral"),
        OfferState::Improved => ("table-state-improved", "neutral"),
        OfferState::Lapsed => ("table-state-lapsed", "warn"),
    };
    State { said: case.visit.t(key), kind }
}

/// How everyone who was asked has answered.
pub(crate) fn answers(case: &Case, offer: &Offer) -> Vec<Answered> {
    let open = offer.state_at(case.visit.now) == OfferState::Open;
    let answered = |answer: &Answer| match answer {
        Answer::Awaited if open => ("table-answer-awaited", ""),
        Answer::Awaited => ("table-answer-none", "neutral"),
        Answer::Accepted => ("table-answer-accepted", "good"),
        Answer::SentBack => ("table-answer-sent_back", "warn"),
        Answer::Countered => ("table-answer-countered", "neutral"),
    };
    let each = |(body, answer)| {
        let (key, kind) = answered(answer);
        Answered { body: case.called(body).to_owned(), said: case.visit.t(key), kind }
    };
    offer.to.iter().map(each).collect()
}

/// Where many were asked, how many have answered how.
fn in_short(answers: Vec<Answered>) -> Vec<Answered> {
    if answers.len() <= NAMED {
        return answers;
    }
    let mut counted: BTreeMap<String, (usize, &'static str)> = BTreeMap::new();
    for answer in answers {
        counted.entry(answer.said).or_insert((0, answer.kind)).0 += 1;
    }
    counted.into_iter().map(|(said, (count, kind))| Answered { body: count.to_string(), said, kind }).collect()
}

fn leaf(case: &Case, number: OfferNo, offer: &Offer, depth: usize, selected: Option<OfferNo>) -> Leaf {
    let visit = &case.visit;
    let grown = |key: &str, from: u32| visit.with(key, "offer", &from.to_string());
    let grew = match (offer.counters, offer.improves, offer.settles) {
        (Some(from), _, _) => grown("table-counters", from),
        (_, Some(from), _) => grown("table-improves", from),
        (_, _, Some(dispute)) => visit.with("table-settles", "dispute", &dispute.to_string()),
        (None, None, None) => String::new(),
    };
    let open = offer.state_at(visit.now) == OfferState::Open;
    Leaf {
        number,
        href: format!("{}?offer={number}#offer", case.path(Room::Table)),
        depth,
        author: author(case, offer),
        grew,
        tabled: day(case, offer),
        expires: offer.expires.as_ref().filter(|_| open).map(|expires| visit.due(expires)),
        state: state(case, offer),
        current: open && current(case) == Some(number),
        selected: selected == Some(number),
        answers: in_short(answers(case, offer)),
    }
}
