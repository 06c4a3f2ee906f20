//! Who may give a mandate to whom. Only the head of a body grants a first one; a delegate passes on at most what is held.

use jiff::civil::Date;
use proto::access::Denial;
use proto::actor::{Actor, Role};
use proto::id::{GovernmentId, MandateId};
use proto::mandate::Mandates;
use proto::message;
use proto::registry::{Bounds, Event, Mandate, Refusal, Scope};
use proto::stream::Stream;
use runtime::decider::Context;

use crate::decide::{State, said};

pub(crate) fn grant(
    mandates: &Mandates,
    government: &GovernmentId,
    mandate: &Mandate,
    ctx: &Context<'_, State>,
) -> Result<Event, message::Refusal> {
    own(government, ctx)?;
    let today = ctx.official.today(government, ctx.at).ok_or(Refusal::NoSuchAppointment)?;
    is_sound(mandate, today)?;
    if mandates.granted.contains_key(&mandate.mandate) {
        return Err(Refusal::MandateTaken { mandate: mandate.mandate }.into());
    }
    if !is_delegate(government, mandate, ctx) {
        return Err(Refusal::NoSuchAppointment.into());
    }
    may_give(mandates, mandate, ctx.actor, today)?;
    Ok(Event::MandateGranted(mandate.clone()))
}

pub(crate) fn revoke(
    mandates: &Mandates,
    government: &GovernmentId,
    mandate: MandateId,
    ctx: &Context<'_, State>,
) -> Result<Event, message::Refusal> {
    own(government, ctx)?;
    mandates.standing(mandate).ok_or(Refusal::NoSuchMandate { mandate })?;
    Ok(Event::MandateRevoked { mandate })
}

fn own(government: &GovernmentId, ctx: &Context<'_, State>) -> Result<(), Denial> {
    if ctx.actor.government() == Some(government) { Ok(()) } else { Err(Denial::NotYours { owner: government.clone() }) }
}

fn is_sound(mandate: &Mandate, today: Date) -> Result<(), Refusal> {
    said("mandate.legal_basis", &mandate.legal_basis)?;
    if matches!(&mandate.scope, Scope::Terms(terms) if terms.is_empty()) {
        return Err(Refusal::Empty { field: "mandate.scope".into() });
    }
    if mandate.until < today {
        return Err(Refusal::EndsBeforeItBegins);
    }
    let crossed = |bounds: &Bounds| bounds.floor.zip(bounds.ceiling).is_some_and(|(floor, ceiling)| floor > ceiling);
    match mandate.bounds.iter().find(|(_, bounds)| crossed(bounds)) {
        Some((term, _)) => Err(Refusal::BoundsCrossed { term: term.clone() }),
        None => Ok(()),
    }
}

fn is_delegate(government: &GovernmentId, mandate: &Mandate, ctx: &Context<'_, State>) -> bool {
    ctx.open(&Stream::Official(mandate.delegate.clone()))
        .and_then(State::official)
        .is_some_and(|known| known.in_force(government, ctx.at).any(|appointment| appointment.role == Role::Delegate))
}

fn may_give(mandates: &Mandates, mandate: &Mandate, actor: &Actor, today: Date) -> Result<(), Refusal> {
    let Actor::Official(giver) = actor else { return Err(Refusal::NotTheHead) };
    let Some(parent) = mandate.parent else {
        return if giver.role == Role::Signatory { Ok(()) } else { Err(Refusal::NotTheHead) };
    };
    let held = mandates
        .standing(parent)
        .filter(|held| held.delegate == giver.official && held.case == mandate.case)
        .filter(|held| held.may_delegate && held.until >= today && mandates.chain_holds(held, today).is_ok())
        .ok_or(Refusal::MayNotDelegate { parent })?;
    if mandate.is_within(held) { Ok(()) } else { Err(Refusal::WiderThanParent { parent }) }
}
