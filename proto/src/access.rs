//! May this actor do this? One pure function answers, with its reason, and denies by default.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Capacity, Role, Service};
use crate::id::{CaseId, GovernmentId, KeyId, OfficialId};
use crate::message::Admission;
use crate::registry::{Appointment, Event, PublicKey};
use crate::stream::Stream;
use crate::words::day_of;

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
                    // One that ended earlier keeps its end, one that begins later is another.
                    if held.is_to(government, *role) && held.appointment.from <= *until && held.outlasts(*until) {
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
                    held.compromised_since = [held.compromised_since, *compromised_since].into_iter().flatten().min();
                }
            }
            Event::KeyUsed { key, case, signed_at } => {
                if let Some(held) = self.keys.get_mut(key) {
                    held.uses.push((*case, *signed_at));
                }
            }
            Event::GovernmentRegistered { .. } | Event::PopulationRecorded(_) | Event::MandateGranted(_) | Event::MandateRevoked { .. } => {
            }
        }
    }

    /// The appointments in force for a body at an instant.
    pub fn in_force<'a>(&'a self, government: &'a GovernmentId, at: Timestamp) -> impl Iterator<Item = &'a Appointment> {
        self.appointments
            .iter()
            .filter(move |held| held.appointment.government == *government && held.is_in_force(at))
            .map(|h| &h.appointment)
    }

    /// The roles in force for a body at an instant.
    #[must_use]
    pub fn roles(&self, government: &GovernmentId, at: Timestamp) -> Vec<Role> {
        self.in_force(government, at).map(|appointment| appointment.role).collect()
    }

    /// The civil day of an instant in the zone of a body for which the official was ever appointed.
    #[must_use]
    pub fn today(&self, government: &GovernmentId, at: Timestamp) -> Option<Date> {
        let held = self.appointments.iter().rfind(|held| held.appointment.government == *government)?;
        day_of(at, &held.zone).ok()
    }
}

impl Held {
    /// Whether it is to this role for this body.
    #[must_use]
    pub fn is_to(&self, government: &GovernmentId, role: Role) -> bool {
        self.appointment.government == *government && self.appointment.role == role
    }

    /// Whether it goes on after this day, as far as is known.
    #[must_use]
    pub fn outlasts(&self, day: Date) -> bool {
        self.appointment.until.is_none_or(|until| until > day)
    }

    fn is_in_force(&self, at: Timestamp) -> bool {
        let Ok(today) = day_of(at, &self.zone) else { return false };
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

/// May this asker issue a command with this admission? Answers the capacity in which: who holds several of the roles acts in the one that
/// the admission names first.
///
/// # Errors
/// The reason why not.
pub fn may(asker: &Asker, admission: Admission, official: &Official, at: Timestamp) -> Result<Actor, Denial> {
    match asker {
        Asker::Service(service) if admission.services.contains(service) => Ok(Actor::Service(*service)),
        Asker::Service(service) => Err(Denial::NotThisService { service: *service }),
        Asker::Person { .. } if admission.roles.is_empty() => Err(Denial::ServiceOnly),
        Asker::Person { official: id, government } => admission
            .roles
            .iter()
            .find_map(|role| official.in_force(government, at).find(|appointment| appointment.role == *role))
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

/// The official and the body on whose roles it depends whether this asker may read a stream; none where the body alone decides. A caucus is told to
/// a mediator, not to the mediator's body: that may be a party itself, whose negotiators must not learn how far the others would go.
#[must_use]
pub fn reads_by_role<'a>(stream: &Stream, asker: &'a Asker) -> Option<(&'a OfficialId, &'a GovernmentId)> {
    match (stream, asker) {
        (Stream::Caucus(_, owner), Asker::Person { official, government }) if owner != government => Some((official, government)),
        _ => None,
    }
}

/// Who may read a stream, given who reads what in its case and the roles that the asker holds for their body now ([`reads_by_role`] says when
/// they matter).
///
/// # Errors
/// The reason why not.
pub fn may_read(stream: &Stream, asker: &Asker, readers: &Readers, roles: &[Role]) -> Result<(), Denial> {
    let Asker::Person { government, .. } = asker else { return Ok(()) };
    let mediates = |owner| roles.contains(&Role::Mediator) && readers.caucuses.get(owner).is_some_and(|f| f.contains(government));
    match stream {
        Stream::Government(_) | Stream::Official(_) | Stream::Calendar => Ok(()),
        Stream::Case(_) if readers.case.contains(government) => Ok(()),
        Stream::Case(_) => Err(Denial::NoSuchCase),
        Stream::Internal(_, owner) | Stream::Mandates(owner) if owner == government => Ok(()),
        Stream::Caucus(_, owner) if owner == government || mediates(owner) => Ok(()),
        // Neither the coordinating body nor a facilitator: it is between the two.
        Stream::Sounding(_, from, to) if from == government || to == government => Ok(()),
        Stream::Internal(_, owner) | Stream::Mandates(owner) | Stream::Caucus(_, owner) | Stream::Sounding(_, owner, _) => {
            Err(Denial::NotYours { owner: owner.clone() })
        }
    }
}

/// Who reads what in a case, as far as its history tells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Readers {
    /// Bodies that read the case: coordinator, invited, parties (also those that left: they keep what they saw), facilitators, approving bodies.
    pub case: std::collections::BTreeSet<GovernmentId>,
    /// By the party whose caucus it is: the facilitators of its disputes, whose mediators read it.
    #[serde(default)]
    pub caucuses: BTreeMap<GovernmentId, std::collections::BTreeSet<GovernmentId>>,
}

impl Readers {
    /// Whether a body facilitates a dispute of the case, or did.
    #[must_use]
    pub fn facilitates(&self, government: &GovernmentId) -> bool {
        self.caucuses.values().any(|facilitators| facilitators.contains(government))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Ground;

    fn appointed(role: Role, from: &str, until: Option<&str>) -> Event {
        let appointment = Appointment {
            government: "seoul".parse().unwrap(),
            role,
            ground: Ground::OwnOffice,
            on_behalf_of: None,
            from: from.parse().unwrap(),
            until: until.map(|day| day.parse().unwrap()),
        };
        Event::Appointed { name: crate::remark::Remark::text("Kim"), appointment, zone: "Asia/Seoul".into() }
    }

    fn official(events: &[Event]) -> Official {
        let mut official = Official::default();
        for event in events {
            official.evolve(event);
        }
        official
    }

    fn ask(official: &Official, roles: &'static [Role], at: &str) -> Result<Actor, Denial> {
        let asker = Asker::Person { official: "seoul-kim".parse().unwrap(), government: "seoul".parse().unwrap() };
        may(&asker, Admission { roles, services: &[] }, official, at.parse().unwrap())
    }

    #[test]
    fn an_appointment_counts_in_days_of_the_bodys_zone() {
        let kim = official(&[appointed(Role::Clerk, "2013-01-01", Some("2013-12-31"))]);
        for (at, counts) in [
            ("2012-12-31T14:59:59Z", false),
            ("2012-12-31T15:00:00Z", true),
            ("2013-12-31T14:59:59Z", true),
            ("2013-12-31T15:00:00Z", false),
        ] {
            assert_eq!(ask(&kim, &[Role::Clerk], at).is_ok(), counts, "{at}");
        }
        assert_eq!(kim.today(&"seoul".parse().unwrap(), "2013-12-31T15:00:00Z".parse().unwrap()), Some("2014-01-01".parse().unwrap()));
    }

    #[test]
    fn who_holds_two_roles_acts_in_the_one_named_first() {
        let kim = official(&[appointed(Role::Delegate, "2013-01-01", None), appointed(Role::Signatory, "2013-01-01", None)]);
        let Ok(Actor::Official(capacity)) = ask(&kim, &[Role::Signatory, Role::Delegate], "2013-05-10T00:00:00Z") else { panic!("denied") };
        assert_eq!(capacity.role, Role::Signatory);
    }

    #[test]
    fn nobody_acts_without_a_role_that_is_needed() {
        let kim = official(&[appointed(Role::Clerk, "2013-01-01", None)]);
        let needed = vec![Role::Signatory];
        let denial = Denial::NoAppointment { needed, government: "seoul".parse().unwrap() };
        assert_eq!(ask(&kim, &[Role::Signatory], "2013-05-10T00:00:00Z"), Err(denial));
        assert_eq!(ask(&kim, &[], "2013-05-10T00:00:00Z"), Err(Denial::ServiceOnly));
    }

    #[test]
    fn a_service_issues_only_what_is_its_own() {
        let only = Admission { roles: &[], services: &[Service::Signing] };
        let at = "2013-05-10T00:00:00Z".parse().unwrap();
        let ask = |service| may(&Asker::Service(service), only, &Official::default(), at);
        assert_eq!(ask(Service::Signing), Ok(Actor::Service(Service::Signing)));
        assert_eq!(ask(Service::Gateway), Err(Denial::NotThisService { service: Service::Gateway }));
    }

    #[test]
    fn an_end_leaves_earlier_and_later_appointments_alone() {
        let ended =
            Event::AppointmentEnded { government: "seoul".parse().unwrap(), role: Role::Clerk, until: "2014-06-30".parse().unwrap() };
        let kim = official(&[
            appointed(Role::Clerk, "2012-01-01", Some("2012-12-31")),
            appointed(Role::Clerk, "2014-01-01", None),
            appointed(Role::Clerk, "2015-01-01", None),
            ended,
        ]);
        let ends: Vec<_> = kim.appointments.iter().map(|held| held.appointment.until.map(|day| day.to_string())).collect();
        assert_eq!(ends, [Some("2012-12-31".into()), Some("2014-06-30".into()), None]);
    }

    #[test]
    fn sealed_streams_are_read_by_their_owner_and_a_caucus_by_the_facilitators_mediators() {
        let case: CaseId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let id = |name: &str| name.parse::<GovernmentId>().unwrap();
        let readers =
            Readers { case: [id("seoul"), id("guro"), id("gyeonggi")].into(), caucuses: [(id("seoul"), [id("gyeonggi")].into())].into() };
        let asker = |who: &str| Asker::Person { official: format!("{who}-kim").parse().unwrap(), government: id(who) };
        let reads_as = |stream: &Stream, who: &str, roles: &[Role]| may_read(stream, &asker(who), &readers, roles);
        let reads = |stream: &Stream, who: &str| reads_as(stream, who, &[Role::Mediator]);
        assert_eq!(reads(&Stream::Case(case), "bucheon"), Err(Denial::NoSuchCase));
        assert_eq!(reads(&Stream::Case(case), "guro"), Ok(()));
        let not_yours = Err(Denial::NotYours { owner: id("seoul") });
        for own in [Stream::Internal(case, id("seoul")), Stream::Mandates(id("seoul"))] {
            assert_eq!(reads(&own, "seoul"), Ok(()));
            assert_eq!(reads(&own, "guro"), not_yours);
            assert_eq!(reads(&own, "gyeonggi"), not_yours);
        }
        assert_eq!(reads(&Stream::Caucus(case, id("seoul")), "gyeonggi"), Ok(()));
        assert_eq!(reads(&Stream::Caucus(case, id("seoul")), "guro"), not_yours);
        for role in [Role::Delegate, Role::Signatory, Role::Auditor, Role::Clerk, Role::Administrator] {
            assert_eq!(
                reads_as(&Stream::Caucus(case, id("seoul")), "gyeonggi", &[role]),
                not_yours,
                "a body that is a party too: {role:?}"
            );
        }
        assert_eq!(reads_as(&Stream::Caucus(case, id("seoul")), "seoul", &[]), Ok(()));
        assert!(reads_by_role(&Stream::Caucus(case, id("seoul")), &asker("gyeonggi")).is_some());
        assert_eq!(reads_by_role(&Stream::Caucus(case, id("seoul")), &asker("seoul")), None);
        assert_eq!(reads(&Stream::Caucus(case, id("guro")), "gyeonggi"), Err(Denial::NotYours { owner: id("guro") }));
        assert_eq!(reads(&Stream::Official("seoul-kim".parse().unwrap()), "bucheon"), Ok(()));
    }

    #[test]
    fn a_sounding_is_read_by_its_author_and_its_addressee_alone() {
        let case: CaseId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let id = |name: &str| name.parse::<GovernmentId>().unwrap();
        // Everyone else has a part in the case, the facilitator one in the confidence of both.
        let caucuses = [(id("seoul"), [id("gyeonggi")].into()), (id("guro"), [id("gyeonggi")].into())].into();
        let readers = Readers { case: ["seoul", "guro", "gwangmyeong", "gyeonggi"].map(id).into(), caucuses };
        let sounding = Stream::Sounding(case, id("seoul"), id("guro"));
        let reads = |who: &str| {
            let asker = Asker::Person { official: format!("{who}-auditor").parse().unwrap(), government: id(who) };
            may_read(&sounding, &asker, &readers, &[Role::Mediator])
        };
        assert_eq!(reads("seoul"), Ok(()));
        assert_eq!(reads("guro"), Ok(()));
        for other in ["gwangmyeong", "gyeonggi", "bucheon"] {
            assert_eq!(reads(other), Err(Denial::NotYours { owner: id("seoul") }), "{other}");
        }
    }
}
