//! Who acts for a body, in which role and on which ground.
//!
//! Korean administrative practice tells five grounds apart: the own office, standing delegation 전결 and deciding in absence 대결 (행정업무의
//! 운영 및 혁신에 관한 규정 제10조), temporary acting 직무대리 and acting by law 권한대행 (지방자치법 제124조, until 2021 제111조). Except in the
//! own office both names are on record, because nobody acts in someone else's name.

use jiff::civil::Date;
use proto::access::{Held, Official};
use proto::actor::{Ground, Role};
use proto::id::{GovernmentId, OfficialId};
use proto::registry::{Appointment, Event, Refusal, Tier};
use proto::remark::Remark;
use proto::stream::Stream;
use runtime::decider::Context;

use crate::decide::{State, body, said};

pub(crate) fn appoint(
    state: &State,
    official: &OfficialId,
    name: &Remark,
    appointment: &Appointment,
    ctx: &Context<'_, State>,
) -> Result<Event, Refusal> {
    let government = body(ctx, &appointment.government)?;
    // Of a recorded command only the commitment is left.
    if name.remark_commitment.is_none() {
        said("name", name.remark.as_deref().unwrap_or_default())?;
    }
    if appointment.until.is_some_and(|until| until < appointment.from) {
        return Err(Refusal::EndsBeforeItBegins);
    }
    if appointment.role == Role::Administrator && government.tier != Tier::Office {
        return Err(Refusal::NotAnOffice { government: appointment.government.clone() });
    }
    check_holder(official, appointment, ctx)?;
    if state.official().is_some_and(|known| known.appointments.iter().any(|held| overlap(held, appointment))) {
        return Err(Refusal::AlreadyAppointed);
    }
    Ok(Event::Appointed { name: name.clone(), appointment: appointment.clone(), zone: government.zone.clone() })
}

/// The holder may have left: acting by law begins when an office falls vacant.
fn check_holder(official: &OfficialId, appointment: &Appointment, ctx: &Context<'_, State>) -> Result<(), Refusal> {
    let holder = match (appointment.ground, &appointment.on_behalf_of) {
        (Ground::OwnOffice, None) => return Ok(()),
        (Ground::StandingDelegation | Ground::InAbsence | Ground::Temporary | Ground::ByLaw, Some(holder)) if holder != official => holder,
        _ => return Err(Refusal::GroundMismatch),
    };
    let own_office = |held: &Held| held.appointment.government == appointment.government && held.appointment.ground == Ground::OwnOffice;
    ctx.open(&Stream::Official(holder.clone()))
        .and_then(State::official)
        .filter(|known| known.appointments.iter().any(own_office))
        .map(|_| ())
        .ok_or_else(|| Refusal::NotAHolder { official: holder.clone(), government: appointment.government.clone() })
}

/// One role for one body at a time, so that it is never open on which ground someone acted.
fn overlap(held: &Held, new: &Appointment) -> bool {
    let ends_before = |one: &Appointment, other: &Appointment| one.until.is_some_and(|until| until < other.from);
    held.is_to(&new.government, new.role) && !ends_before(&held.appointment, new) && !ends_before(new, &held.appointment)
}

pub(crate) fn end(official: Option<&Official>, government: &GovernmentId, role: Role, until: Date) -> Result<Event, Refusal> {
    let running =
        || official.into_iter().flat_map(|known| &known.appointments).filter(|held| held.is_to(government, role) && held.outlasts(until));
    if running().any(|held| held.appointment.from <= until) {
        return Ok(Event::AppointmentEnded { government: government.clone(), role, until });
    }
    Err(if running().next().is_some() { Refusal::EndsBeforeItBegins } else { Refusal::NoSuchAppointment })
}
