//! Moves: tabling an offer, countering one, improving one's own; and the rounds that say whose move it is.

use std::collections::BTreeSet;

use jiff::Timestamp;
use proto::id::{GovernmentId, MandateId};
use proto::negotiation::{Event, OfferNo, OfferState, Package, Refusal, Rounds};
use proto::words::Deadline;
use runtime::decider::Context;

use crate::decide::{Outcome, State};
use crate::offers::{Answer, Offer};
use crate::{mandate, package};

pub(crate) fn table(
    state: &State,
    context: &Context<'_, State>,
    to: &[GovernmentId],
    package: &Package,
    mandate: MandateId,
    expires: Option<&Deadline>,
) -> Outcome {
    let by = state.negotiator(context)?;
    may_open_thread(state, by, context.at)?;
    let to = addressees(state, by, to)?;
    package::check(state, package)?;
    package::check_disputed(state, package, None)?;
    let expires = answer_date(state, expires, context.at)?;
    mandate::require(context, mandate)?;
    Ok(vec![tabled(state, by, to, None, None, package.clone(), expires)])
}

/// Alternating: whoever the newest open offer waits for. Circulated: one draft at a time, on which one comments by answering it. Free:
/// anyone.
pub(crate) fn may_open_thread(state: &State, by: &GovernmentId, at: Timestamp) -> Result<(), Refusal> {
    let turn = state.whose_turn(Some(at));
    let free = match state.rounds {
        Some(Rounds::Alternating) => turn.is_empty() || turn.contains(by),
        Some(Rounds::Circulated) => turn.is_empty(),
        Some(Rounds::Free) | None => true,
    };
    if free { Ok(()) } else { Err(not_your_turn(turn)) }
}

fn not_your_turn(turn: impl IntoIterator<Item = GovernmentId>) -> Refusal {
    Refusal::NotYourTurn { turn: turn.into_iter().collect() }
}

fn addressees(state: &State, by: &GovernmentId, to: &[GovernmentId]) -> Result<Vec<GovernmentId>, Refusal> {
    let others = others(state, by);
    let asked: BTreeSet<GovernmentId> = if to.is_empty() { others.clone() } else { to.iter().cloned().collect() };
    if let Some(bad) = asked.difference(&others).next() {
        return Err(Refusal::BadAddressee { government: bad.clone() });
    }
    let missing: Vec<GovernmentId> = others.difference(&asked).cloned().collect();
    if state.rounds == Some(Rounds::Circulated) && !missing.is_empty() {
        return Err(Refusal::NotToAll { missing });
    }
    not_nobody(asked)
}

fn others(state: &State, by: &GovernmentId) -> BTreeSet<GovernmentId> {
    state.standing.parties.iter().filter(|party| *party != by).cloned().collect()
}

fn not_nobody(asked: BTreeSet<GovernmentId>) -> Result<Vec<GovernmentId>, Refusal> {
    if asked.is_empty() { Err(Refusal::Empty { field: "to".into() }) } else { Ok(asked.into_iter().collect()) }
}

/// A date can be kept only if it lies ahead, in a zone that is known. A circulated draft must have one.
fn answer_date(state: &State, expires: Option<&Deadline>, at: Timestamp) -> Result<Option<Deadline>, Refusal> {
    match expires {
        Some(date) if date.passes_at().is_ok_and(|end| at < end) => Ok(Some(date.clone())),
        Some(_) => Err(Refusal::BadDeadline),
        None if state.rounds == Some(Rounds::Circulated) => Err(Refusal::NoAnswerDate),
        None => Ok(None),
    }
}

/// A counter-offer goes to everyone around the offer it answers, so that what is agreed in the end was put to all of them.
pub(crate) fn counter(
    state: &State,
    context: &Context<'_, State>,
    countered: OfferNo,
    package: &Package,
    mandate: MandateId,
    expires: Option<&Deadline>,
) -> Outcome {
    let by = state.negotiator(context)?;
    let offer = state.open_offer(countered, context.at)?;
    may_counter(state, countered, offer, by)?;
    let whole = package::carried_over(&offer.package, package);
    package::check(state, &whole)?;
    package::check_disputed(state, &whole, Some(&offer.package))?;
    if whole == offer.package {
        return Err(Refusal::NothingChanged { offer: countered }.into());
    }
    // A counter-draft without a date of its own belongs to the round of the draft and ends with it.
    let date = expires.or(offer.expires.as_ref().filter(|_| state.rounds == Some(Rounds::Circulated)));
    let expires = answer_date(state, date, context.at)?;
    mandate::require(context, mandate)?;
    Ok(vec![tabled(state, by, circle(state, offer, by)?, Some(countered), None, whole, expires)])
}

pub(crate) fn may_counter(state: &State, number: OfferNo, offer: &Offer, by: &GovernmentId) -> Result<(), Refusal> {
    if offer.to.get(by) == Some(&Answer::Awaited) {
        Ok(())
    } else if state.rounds == Some(Rounds::Alternating) {
        Err(not_your_turn(offer.awaits().cloned()))
    } else if offer.by.as_ref() == Some(by) {
        Err(Refusal::OwnOffer { offer: number })
    } else {
        Err(Refusal::NotAsked { offer: number })
    }
}

/// Everyone around an offer but one, as far as they are still parties; in circulated rounds all parties.
fn circle(state: &State, offer: &Offer, but: &GovernmentId) -> Result<Vec<GovernmentId>, Refusal> {
    let mut around = others(state, but);
    if state.rounds != Some(Rounds::Circulated) {
        around.retain(|party| offer.by.as_ref() == Some(party) || offer.to.contains_key(party));
    }
    not_nobody(around)
}

/// One's own offer can be improved, in turn or not, as long as nothing has taken its place: also when it was sent back, and a circulated
/// draft also when others have countered it. It keeps its date if it is given no other; another date alone is an improvement.
pub(crate) fn improve(
    state: &State,
    context: &Context<'_, State>,
    improved: OfferNo,
    package: &Package,
    mandate: MandateId,
    expires: Option<&Deadline>,
) -> Outcome {
    let by = state.negotiator(context)?;
    let offer = improvable(state, improved, by, context.at)?;
    let whole = package::carried_over(&offer.package, package);
    package::check(state, &whole)?;
    package::check_disputed(state, &whole, Some(&offer.package))?;
    let date = expires.or(offer.expires.as_ref());
    if whole == offer.package && date == offer.expires.as_ref() {
        return Err(Refusal::NothingChanged { offer: improved }.into());
    }
    let expires = answer_date(state, date, context.at)?;
    mandate::require(context, mandate)?;
    Ok(vec![tabled(state, by, circle(state, offer, by)?, None, Some(improved), whole, expires)])
}

pub(crate) fn improvable<'a>(state: &'a State, number: OfferNo, by: &GovernmentId, at: Timestamp) -> Result<&'a Offer, Refusal> {
    let offer = state.offer(number)?;
    if offer.by.as_ref() != Some(by) {
        return Err(Refusal::NotYourOffer { offer: number });
    }
    match offer.state_at(at) {
        OfferState::Open | OfferState::SentBack => Ok(offer),
        OfferState::Countered if state.rounds == Some(Rounds::Circulated) => Ok(offer),
        state => Err(Refusal::OfferClosed { offer: number, state }),
    }
}

fn tabled(
    state: &State,
    by: &GovernmentId,
    to: Vec<GovernmentId>,
    counters: Option<OfferNo>,
    improves: Option<OfferNo>,
    package: Package,
    expires: Option<Deadline>,
) -> Event {
    Event::OfferTabled { offer: state.next_offer(), by: by.clone(), to, counters, improves, package, expires }
}
