//! Names of bodies as pages show them. The register is asked again now and then; names hardly ever change.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use proto::access::Official;
use proto::actor::{Role, Service};
use proto::id::{GovernmentId, OfficialId};
use proto::registry::Tier;
use proto::wire::{Failure, Unanswered};
use proto::words::{Names, day_of};
use runtime::serve::{Found, List};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::edge::{Edge, SignedIn};
use crate::problem::Language;
use crate::texts;

/// For so long names are taken as they were.
const FRESH: Duration = Duration::from_secs(20);
/// Rows of a list that are asked for at once.
const PAGE: u64 = 200;

/// A body as the register lists it.
#[derive(Debug, Clone, Deserialize)]
pub struct Body {
    /// Its names.
    pub names: Names,
    /// Its tier.
    pub tier: Tier,
    /// The body above it.
    #[serde(default)]
    pub parent: Option<GovernmentId>,
}

/// All bodies by id.
#[derive(Debug, Clone, Default)]
pub struct Bodies(pub BTreeMap<String, Body>);

impl Bodies {
    /// What a body is called; its id if the register does not know it.
    #[must_use]
    pub fn called<'a>(&'a self, language: Language, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, |body| texts::named(language, &body.names))
    }
}

/// A person of the register and what they may act as on a day.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub official: OfficialId,
    /// For which body.
    pub government: GovernmentId,
    /// In which roles.
    pub roles: Vec<Role>,
}

/// What is remembered of the register.
#[derive(Default)]
pub struct Register {
    bodies: Mutex<Option<(Instant, Arc<Bodies>)>>,
}

#[derive(Deserialize)]
struct Listed {
    person: Official,
}

impl Edge {
    /// The bodies of the register, as everyone may know them.
    ///
    /// # Errors
    /// When the register does not answer.
    pub async fn bodies(&self) -> Result<Arc<Bodies>, Unanswered> {
        let kept = || self.0.register.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, bodies)) = kept().as_ref()
            && since.elapsed() < FRESH
        {
            return Ok(Arc::clone(bodies));
        }
        let rows: Vec<(String, Body)> = self.listed("government/").await?;
        let bodies = Arc::new(Bodies(rows.into_iter().collect()));
        *kept() = Some((Instant::now(), Arc::clone(&bodies)));
        Ok(bodies)
    }

    /// Everyone who holds an appointment today, once for each body.
    ///
    /// # Errors
    /// When the register does not answer.
    pub async fn persons(&self) -> Result<Vec<Person>, Unanswered> {
        let rows: Vec<(String, Listed)> = self.listed("official/").await?;
        let each = rows.into_iter().filter_map(|(id, row)| Some((id.parse::<OfficialId>().ok()?, row.person)));
        Ok(each.flat_map(|(official, person)| self.serving(&official, &person)).collect())
    }

    /// For which bodies an official acts today, and in which roles.
    #[must_use]
    pub fn serving(&self, official: &OfficialId, person: &Official) -> Vec<Person> {
        let now = self.0.civil.now();
        let mut all: Vec<Person> = Vec::new();
        for held in &person.appointments {
            let appointment = &held.appointment;
            let Ok(today) = day_of(now, &held.zone) else { continue };
            if today < appointment.from || appointment.until.is_some_and(|until| today > until) {
                continue;
            }
            match all.iter_mut().find(|person| person.government == appointment.government) {
                Some(person) => person.roles.push(appointment.role),
                None => all.push(Person {
                    official: official.clone(),
                    government: appointment.government.clone(),
                    roles: vec![appointment.role],
                }),
            }
        }
        all
    }

    /// All rows of a public list of the register, by the part of their name after the prefix.
    async fn listed<T: DeserializeOwned>(&self, prefix: &str) -> Result<Vec<(String, T)>, Unanswered> {
        let who = self.own()?;
        let mut all = Vec::new();
        let mut after = String::new();
        loop {
            let list = List { prefix: prefix.to_owned(), after: after.clone(), limit: PAGE, at_least: None };
            let found: Vec<Found> = self.list(&who, Service::Registry, list).await?;
            let full = found.len() as u64 == PAGE;
            after = found.last().map(|row| row.stream.clone()).unwrap_or_default();
            let named = |row: Found| Some((row.stream.strip_prefix(prefix)?.to_owned(), serde_json::from_value(row.body).ok()?));
            all.extend(found.into_iter().filter_map(named));
            if !full {
                return Ok(all);
            }
        }
    }

    /// The gateway itself, for what everyone may know.
    ///
    /// # Errors
    /// When no token can be issued.
    pub fn own(&self) -> Result<SignedIn, Failure> {
        let token = self.0.issuer.own().map_err(|e| Failure::Unauthenticated { why: e.to_string() })?;
        Ok(SignedIn { token, asker: proto::access::Asker::Service(Service::Gateway) })
    }
}
