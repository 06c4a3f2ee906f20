//! A register to start with: bodies and offices from data, as the commands that enter them.
//!
//! An official of a body is named `<body>-<role>`, such as `gwangmyeong-signatory`.

use jiff::civil::Date;
use proto::actor::{Ground, Role};
use proto::id::{BadId, GovernmentId, OfficialId};
use proto::message::{Command, Target};
use proto::registry::{self, Appointment, Population, Tier};
use proto::remark::{Disclosure, Remark};
use proto::words::Names;
use serde::Deserialize;

/// The governments of the two cases Guro–Gwangmyeong (1999–2000) and Hambaeksan (2013–2015), and the platform's office. Officials are
/// titles of offices, not persons. Populations are marked as approximate; where none is known, none stands.
pub const EXAMPLE: &str = include_str!("../data/example.json");

/// Why seed data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSeed {
    /// It cannot be read.
    #[error("the seed data cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// A body's name is too long to name its officials after it.
    #[error("an official cannot be named after the body: {0}")]
    BadName(#[from] BadId),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    bodies: Vec<Body>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    id: GovernmentId,
    names: Names,
    tier: Tier,
    parent: Option<GovernmentId>,
    zone: String,
    #[serde(default)]
    populations: Vec<Population>,
    officials_from: Date,
    officials: Vec<Office>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    role: Role,
    title: Names,
}

/// The commands that enter this data in an empty register on a day, in an order in which the rules accept them. Figures of later years are left
/// out. The registry issues them itself.
///
/// # Errors
/// When the data is no seed.
pub fn commands(data: &str, today: Date) -> Result<Vec<(Target, Command)>, BadSeed> {
    let Seed { bodies } = serde_json::from_str(data)?;
    let mut all: Vec<_> = bodies.iter().flat_map(|body| registration(body, today)).collect();
    for body in &bodies {
        for office in &body.officials {
            all.push(appointment(body, office)?);
        }
    }
    Ok(all)
}

fn registration(body: &Body, today: Date) -> impl Iterator<Item = (Target, Command)> {
    let register = registry::Command::RegisterGovernment {
        government: body.id.clone(),
        names: body.names.clone(),
        tier: body.tier,
        parent: body.parent.clone(),
        zone: body.zone.clone(),
    };
    let figures = body
        .populations
        .iter()
        .filter(move |population| population.year <= today.year())
        .map(|population| registry::Command::RecordPopulation { government: body.id.clone(), population: population.clone() });
    [register].into_iter().chain(figures).map(|command| (Target::Government(body.id.clone()), command.into()))
}

fn appointment(body: &Body, office: &Office) -> Result<(Target, Command), BadSeed> {
    let official: OfficialId = format!("{}-{}", body.id, office.role.name()).parse()?;
    let command = registry::Command::Appoint {
        official: official.clone(),
        // A title of an office names no person, so everyone may read it.
        name: Remark { disclosure: Disclosure::Public, ..Remark::text(format!("{} / {}", office.title.en, office.title.ko)) },
        appointment: Appointment {
            government: body.id.clone(),
            role: office.role,
            ground: Ground::OwnOffice,
            on_behalf_of: None,
            from: body.officials_from,
            until: None,
        },
    };
    Ok((Target::Official(official), command.into()))
}
