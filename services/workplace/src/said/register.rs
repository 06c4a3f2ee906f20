//! Events of the register and of the calendar: what their sentences tell.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proto::registry::{Mandate, Scope};
use proto::{calendar, registry};
use serde_json::{Value, json};

use super::{Teller, quoted};
use crate::locale;
use gateway::texts;

pub(super) fn calendar(teller: &Teller<'_>, event: &calendar::Event) -> Value {
    match event {
        calendar::Event::CalendarSet { to } => json!({ "day": day_of(teller, *to) }),
    }
}

fn day_of(teller: &Teller<'_>, at: Timestamp) -> String {
    locale::day(teller.language, at.to_zoned(TimeZone::UTC).date())
}

pub(super) fn registry(teller: &Teller<'_>, event: &registry::Event) -> Value {
    use registry::Event as E;
    let role = |role: proto::actor::Role| teller.t(&format!("role-{}", role.name()));
    let day = |on| locale::day(teller.language, on);
    match event {
        E::GovernmentRegistered { names, tier, .. } => {
            json!({ "government": texts::named(teller.language, names), "rank": teller.t(&format!("tier-{}", tier.name())) })
        }
        E::PopulationRecorded(figure) => {
            json!({ "year": figure.year, "persons": locale::number(figure.persons.into()), "source": quoted(&figure.source) })
        }
        E::Appointed { appointment, .. } => json!({
            "government": teller.body(&appointment.government),
            "as": role(appointment.role),
            "from": day(appointment.from),
        }),
        E::AppointmentEnded { government, role: of, until } => {
            json!({ "government": teller.body(government), "as": role(*of), "day": day(*until) })
        }
        E::KeyRegistered { key, .. } => json!({ "key": key }),
        E::KeyRevoked { key, compromised_since, .. } => json!({
            "key": key,
            "manner": if compromised_since.is_some() { "compromised" } else { "plain" },
            "day": compromised_since.map(|since| day_of(teller, since)),
        }),
        E::KeyUsed { key, signed_at, .. } => json!({ "key": key, "day": day_of(teller, *signed_at) }),
        E::MandateGranted(mandate) => granted(teller, mandate),
        E::MandateRevoked { mandate } => json!({ "mandate": mandate }),
    }
}

fn granted(teller: &Teller<'_>, mandate: &Mandate) -> Value {
    let term = |term| teller.things.term(teller.language, term);
    let scope = match &mandate.scope {
        Scope::All => teller.t("said-scope-all"),
        Scope::Terms(terms) => teller.several(&terms.iter().map(term).collect::<Vec<_>>()),
    };
    let bound = |(id, bounds): (_, &registry::Bounds)| super::bounds(teller.language, &term(id), bounds, locale::number);
    let bounds = teller.several(&mandate.bounds.iter().map(bound).collect::<Vec<_>>());
    json!({
        "person": mandate.delegate,
        "scope": scope,
        "bounds": if bounds.is_empty() { String::new() } else { format!(" ({bounds})") },
        "day": locale::day(teller.language, mandate.until),
        "basis": quoted(&mandate.legal_basis),
    })
}
