//! The agenda of a round: the body that coordinates the case sets it, everyone reads it, and it binds nobody.

use std::collections::HashSet;

use proto::negotiation::{Agenda, AgendaItem, Event, Meeting, Refusal};
use proto::words::is_blank;
use runtime::decider::Context;

use crate::decide::{Outcome, State};

pub(crate) fn set(state: &State, context: &Context<'_, State>, round: u32, meeting: Option<&Meeting>, items: &[AgendaItem]) -> Outcome {
    state.coordinator(context)?;
    let last = state.agenda.as_ref().map_or(1, |agenda| agenda.round);
    if round < last {
        return Err(Refusal::RoundOver { round, last }.into());
    }
    if items.is_empty() {
        return Err(Refusal::Empty { field: "items".into() }.into());
    }
    let mut listed = HashSet::new();
    for item in items {
        check(state, item)?;
        if !listed.insert(item) {
            return Err(Refusal::ListedTwice { item: item.clone() }.into());
        }
    }
    if let Some(meeting) = meeting {
        check_meeting(context, meeting)?;
    }
    let agenda = Agenda { round, meeting: meeting.cloned(), items: items.to_vec() };
    if state.agenda.as_ref() == Some(&agenda) {
        return Err(Refusal::Unchanged { name: "agenda".into() }.into());
    }
    Ok(vec![Event::AgendaSet(agenda)])
}

/// Whatever it names must be there to be talked about.
fn check(state: &State, item: &AgendaItem) -> Result<(), Refusal> {
    match item {
        AgendaItem::Term(term) => state.term(term).map(|_| ()),
        AgendaItem::Clause(clause) => state.clause(clause).map(|_| ()),
        AgendaItem::Dispute(dispute) if state.disputes.contains_key(dispute) => Ok(()),
        AgendaItem::Dispute(dispute) => Err(Refusal::UnknownDispute { dispute: *dispute }),
        AgendaItem::Topic(topic) if is_blank(topic) => Err(Refusal::Empty { field: "topic".into() }),
        AgendaItem::Topic(_) => Ok(()),
    }
}

/// The day counts where the coordinating body is.
fn check_meeting(context: &Context<'_, State>, meeting: &Meeting) -> Result<(), Refusal> {
    if is_blank(&meeting.place) {
        return Err(Refusal::Empty { field: "place".into() });
    }
    let today = context.actor.government().and_then(|government| context.official.today(government, context.at));
    if today.is_some_and(|today| meeting.on < today) { Err(Refusal::MeetingPast { on: meeting.on }) } else { Ok(()) }
}
