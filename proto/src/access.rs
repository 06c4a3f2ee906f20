//! May this actor do this? One pure function answers, with its reason, and denies by default.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Capacity, Role, Service};
use crate::id::{CaseId, GovernmentId, KeyId, OfficialId};
use crate::message::Admission;
use crate::registry::{Appointment, Event, PublicKey};
use crate::stream::Stream;

/// Why an actor may not do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// The official holds none of the roles for the body.
    #[error("you hold none of the roles {needed:?} for `{government}`")]
    NoAppointment {
        /// Roles, one of which is needed.
        needed: Vec<Role>,
        /// The body.
        government: GovernmentId,
    },
    /// Only a service issues this command.
    #[error("no person issues this command: the platform does, when its time has come")]
    ServiceOnly,
    /// Another service issues this command.
    #[error("service `{service:?}` may not issue this command")]
    NotThisService {
        /// Which.
        service: Service,
    },
    /// There is no such case, or it is none of yours.
    #[error("there is no such case among yours")]
    NoSuchCase,
    /// The body is no party of the case.
    #[error("`{government}` is no party of this case")]
    NotAParty {
        /// Which.
        government: GovernmentId,
    },
    /// It is another body's.
    #[error("this is for `{owner}` alone")]
    NotYours {
        /// Whose it is.
        owner: GovernmentId,
    },
    /// The command does not go to this address.
    #[error("this command does not go to this address")]
    WrongTarget,
}

/// An appointment with the zone in which its days count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Held {
    /// The appointment.
    pub appointment: Appointment,
    /// IANA name of the zone.
    pub zone: String,
}

/// A key of an official.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeldKey {
    /// The key.
    pub public: PublicKey,
    /// Last day it may sign.
    pub until: Option<Date>,
    /// Whether it is revoked.
    pub revoked: bool,
    /// Signatures from this instant on are in doubt.
    pub compromised_since: Option<Timestamp>,
    /// Where it has signed, and when.
    pub uses: Vec<(CaseId, Timestamp)>,
}

/// What is known of an official: the fold of `official/<id>`, which every decision about a person's command reads.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Official {
    /// Appointments, in the order in which they were made.
    pub appointments: Vec<Held>,
    /// Keys by name.
    pub keys: BTreeMap<KeyId, HeldKey>,
}

impl Official {
    /// Takes in one event of the official's stream.
    pub fn evolve(&mut self, event: &Event) {
        match event {
            Event::Appointed { appointment, zone, .. } => {
                self.appointments.push(Held { appointment: appointment.clone(), zone: zone.clone() });
            }
            Event::AppointmentEnded { government, role, until } => {
                for held in &mut self.appointments {
                    if held.appointment.government == *government && held.appointment.role == *role {
                        held.appointment.until = Some(*until);
                    }
                }
            }
            Event::KeyRegistered { key, public, until } => {
                let held = HeldKey { public: public.clone(), until: *until, revoked: false, compromised_since: None, uses: Vec::new() };
                self.keys.insert(key.clone(), held);
            }
            Event::KeyRevoked { key, compromised_since, .. } => {
                if let Some(held) = self.keys.get_mut(key) {
                    held.revoked = true;
                    held.compromised_since = *compromised_since;
                }
            }
            Event::KeyUsed { key, case, signed_at } => {
                if let Some(held) = self.keys.get_mut(key) {
                    held.uses.push((*case, *signed_at));
                }
            }
            Event::GovernmentRegistered { .. } | Event::PopulationRecorded(_) | Event::MandateGranted(_) | Event::MandateRevoked { .. } => {}
        }
    }

    /// The appointments in force for a body at an instant.
    pub fn in_force<'a>(&'a self, government: &'a GovernmentId, at: Timestamp) -> impl Iterator<Item = &'a Appointment> {
        self.appointments.iter().filter(move |held| held.appointment.government == *government && held.is_in_force(at)).map(|h| &h.appointment)
    }
}

impl Held {
    fn is_in_force(&self, at: Timestamp) -> bool {
        let Ok(zone) = TimeZone::get(&self.zone) else { return false };
        let today = at.to_zoned(zone).date();
        self.appointment.from <= today && self.appointment.until.is_none_or(|until| today <= until)
    }
}

/// Who asks: a person signed in for a body, or a service.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asker {
    /// A person.
    Person {
        /// Who.
        official: OfficialId,
        /// For which body.
        government: GovernmentId,
    },
    /// A service.
    Service(Service),
}

/// May this asker issue a command with this admission? Answers the capacity in which.
///
/// # Errors
/// The reason why not.
pub fn may(asker: &Asker, admission: Admission, official: &Official, at: Timestamp) -> Result<Actor, Denial> {
    match asker {
        Asker::Service(service) if admission.service == Some(*service) => Ok(Actor::Service(*service)),
        Asker::Service(service) => Err(Denial::NotThisService { service: *service }),
        Asker::Person { .. } if admission.roles.is_empty() => Err(Denial::ServiceOnly),
        Asker::Person { official: id, government } => official
            .in_force(government, at)
            .find(|appointment| admission.roles.contains(&appointment.role))
            .map(|appointment| {
                Actor::Official(Capacity {
                    official: id.clone(),
                    government: government.clone(),
                    role: appointment.role,
                    on_behalf_of: appointment.on_behalf_of.clone(),
                    ground: appointment.ground,
                })
            })
            .ok_or_else(|| Denial::NoAppointment { needed: admission.roles.to_vec(), government: government.clone() }),
    }
}

/// Who may read a stream, given who reads what in its case.
///
/// # Errors
/// The reason why not.
pub fn may_read(stream: &Stream, asker: &Asker, readers: &Readers) -> Result<(), Denial> {
    let Asker::Person { government, .. } = asker else { return Ok(()) };
    match stream {
        Stream::Government(_) | Stream::Official(_) | Stream::Calendar => Ok(()),
        Stream::Case(_) if readers.case.contains(government) => Ok(()),
        Stream::Case(_) => Err(Denial::NoSuchCase),
        Stream::Internal(_, owner) | Stream::Mandates(owner) if owner == government => Ok(()),
        Stream::Caucus(_, owner) if owner == government || readers.facilitators.contains(government) => Ok(()),
        Stream::Internal(_, owner) | Stream::Mandates(owner) | Stream::Caucus(_, owner) => Err(Denial::NotYours { owner: owner.clone() }),
    }
}

/// Who reads what in a case, as far as its history tells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Readers {
    /// Bodies that read the case: coordinator, invited, parties (also those that left: they keep what they saw), facilitators, approving bodies.
    pub case: std::collections::BTreeSet<GovernmentId>,
    /// Bodies that read every caucus of the case.
    pub facilitators: std::collections::BTreeSet<GovernmentId>,
}
