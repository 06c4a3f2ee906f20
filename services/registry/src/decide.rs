//! What is known of one body or one person, and the rules by which bodies enter the register.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use proto::access::Official;
use proto::id::GovernmentId;
use proto::mandate::Mandates;
use proto::message;
use proto::registry::{Command, Event, Population, Refusal, Tier};
use proto::remark::Remark;
use proto::stream::Stream;
use proto::words::{Names, day_of, is_blank};
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{appointments, keys, mandates};

/// The fold of one stream of the register. Which part is filled follows from the stream.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RegistryState")]
pub struct State {
    /// The body, of `government/<id>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government: Option<Government>,
    /// The person, of `official/<id>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// What delegates may agree to, of `government/<id>/mandates`.
    #[serde(default, skip_serializing_if = "Mandates::is_empty")]
    pub mandates: Mandates,
}

/// A body in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Government {
    /// Its names.
    pub names: Names,
    /// Its tier.
    pub tier: Tier,
    /// The body above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GovernmentId>,
    /// IANA name of its time zone, in which its days count.
    pub zone: String,
    /// Populations by year.
    pub populations: BTreeMap<i16, Population>,
}

/// An official.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The name of the latest appointment, as a commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Remark>,
    /// Appointments and keys, as every service folds them.
    #[serde(flatten)]
    pub official: Official,
}

impl State {
    /// Takes in one event of the stream.
    pub fn evolve(&mut self, event: &Event) {
        match event {
            Event::GovernmentRegistered { names, tier, parent, zone } => {
                self.government = Some(Government {
                    names: names.clone(),
                    tier: *tier,
                    parent: parent.clone(),
                    zone: zone.clone(),
                    populations: BTreeMap::new(),
                });
            }
            Event::PopulationRecorded(population) => {
                if let Some(government) = &mut self.government {
                    government.populations.insert(population.year, population.clone());
                }
            }
            Event::Appointed { name, .. } => {
                let person = self.person.get_or_insert_default();
                person.name = Some(name.clone());
                person.official.evolve(event);
            }
            Event::AppointmentEnded { .. } | Event::KeyRegistered { .. } | Event::KeyRevoked { .. } | Event::KeyUsed { .. } => {
                self.person.get_or_insert_default().official.evolve(event);
            }
            Event::MandateGranted(_) | Event::MandateRevoked { .. } => self.mandates.evolve(event),
        }
    }

    /// The person's appointments and keys.
    pub(crate) fn official(&self) -> Option<&Official> {
        self.person.as_ref().map(|person| &person.official)
    }
}

/// The other streams a decision looks at.
pub(crate) fn reads(command: &Command) -> Vec<Stream> {
    match command {
        Command::RegisterGovernment { parent, .. } => parent.iter().cloned().map(Stream::Government).collect(),
        Command::Appoint { appointment, .. } => {
            let holder = appointment.on_behalf_of.iter().cloned().map(Stream::Official);
            holder.chain([Stream::Government(appointment.government.clone())]).collect()
        }
        Command::GrantMandate { mandate, .. } => vec![Stream::Official(mandate.delegate.clone())],
        Command::RecordPopulation { .. }
        | Command::EndAppointment { .. }
        | Command::RegisterKey { .. }
        | Command::RevokeKey { .. }
        | Command::NoteKeyUse { .. }
        | Command::RevokeMandate { .. } => Vec::new(),
    }
}

/// The rules.
pub(crate) fn decide(state: &State, command: &Command, ctx: &Context<'_, State>) -> Result<Vec<Event>, message::Refusal> {
    let official = state.official();
    Ok(match command {
        Command::RegisterGovernment { government, names, tier, parent, zone } => {
            may_register(state, government, names, parent.as_ref(), zone, ctx)?;
            vec![Event::GovernmentRegistered { names: names.clone(), tier: *tier, parent: parent.clone(), zone: zone.clone() }]
        }
        Command::RecordPopulation { government, population } => vec![record_population(state, government, population, ctx)?],
        Command::Appoint { official, name, appointment } => vec![appointments::appoint(state, official, name, appointment, ctx)?],
        Command::EndAppointment { government, role, until, .. } => vec![appointments::end(official, government, *role, *until)?],
        Command::RegisterKey { official: owner, key, public, until } => vec![keys::register(official, owner, key, public, *until, ctx)?],
        Command::RevokeKey { official: owner, key, compromised_since } => {
            vec![keys::revoke(official, owner, key, *compromised_since, ctx)?]
        }
        Command::NoteKeyUse { key, case, signed_at, .. } => keys::note_use(official, key, *case, *signed_at)?,
        Command::GrantMandate { government, mandate } => vec![mandates::grant(&state.mandates, government, mandate, ctx)?],
        Command::RevokeMandate { government, mandate } => vec![mandates::revoke(&state.mandates, government, *mandate, ctx)?],
    })
}

fn may_register(
    state: &State,
    government: &GovernmentId,
    names: &Names,
    parent: Option<&GovernmentId>,
    zone: &str,
    ctx: &Context<'_, State>,
) -> Result<(), Refusal> {
    if state.government.is_some() {
        return Err(Refusal::AlreadyRegistered { government: government.clone() });
    }
    said("names.en", &names.en)?;
    said("names.ko", &names.ko)?;
    if let Some(parent) = parent {
        body(ctx, parent)?;
    }
    TimeZone::get(zone).map(|_| ()).map_err(|_| Refusal::UnknownZone { zone: zone.to_owned() })
}

fn record_population(
    state: &State,
    government: &GovernmentId,
    population: &Population,
    ctx: &Context<'_, State>,
) -> Result<Event, Refusal> {
    let known = state.government.as_ref().ok_or_else(|| Refusal::UnknownGovernment { government: government.clone() })?;
    said("population.source", &population.source)?;
    if population.persons == 0 {
        return Err(Refusal::Empty { field: "population.persons".into() });
    }
    let today = day_of(ctx.at, &known.zone).map_err(|_| Refusal::UnknownZone { zone: known.zone.clone() })?;
    if population.year > today.year() {
        return Err(Refusal::InTheFuture { field: "population.year".into() });
    }
    if known.populations.contains_key(&population.year) {
        return Err(Refusal::YearTaken { year: population.year });
    }
    Ok(Event::PopulationRecorded(population.clone()))
}

/// A body that is in the register, in another stream than the command's own.
pub(crate) fn body<'a>(ctx: &'a Context<'_, State>, government: &GovernmentId) -> Result<&'a Government, Refusal> {
    ctx.open(&Stream::Government(government.clone()))
        .and_then(|state| state.government.as_ref())
        .ok_or_else(|| Refusal::UnknownGovernment { government: government.clone() })
}

/// Refuses a text that says nothing.
pub(crate) fn said(field: &str, text: &str) -> Result<(), Refusal> {
    if is_blank(text) { Err(Refusal::Empty { field: field.to_owned() }) } else { Ok(()) }
}
