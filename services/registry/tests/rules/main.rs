//! Given a register, when someone asks, then this happens or is refused: every rule and every refusal of the registry.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot be set up has failed")]

mod appointments;
mod governments;
mod keys;
mod mandates;
mod seed;

use jiff::Timestamp;
use proto::access::Asker;
use proto::actor::Service;
use proto::message::{self, Target};
use proto::registry::{Command, Event, Refusal};
use proto::stream::Stream;
use registry::Registry;
use runtime::model::{Model, rules};
use serde_json::Value;

type Answer = Result<Vec<Event>, message::Refusal>;

/// A ledger that holds the register, and the civil time there.
struct Register {
    ledger: Model,
    at: Timestamp,
}

impl Register {
    fn empty() -> Self {
        Self { ledger: Model::new(vec![rules::<Registry>()]), at: "2013-05-10T00:00:00Z".parse().unwrap() }
    }

    /// The example bodies with their officials, on the day of the ten cities' MOU.
    fn example() -> Self {
        let mut register = Self::empty();
        for (target, command) in registry::seed::commands(registry::seed::EXAMPLE, "2013-05-10".parse().unwrap()).unwrap() {
            register.ledger.act(&Asker::Service(Service::Registry), &target, &command, register.at, None).unwrap();
        }
        register
    }

    /// From here on it is this instant.
    fn is(&mut self, at: &str) -> &mut Self {
        self.at = at.parse().unwrap();
        self
    }

    fn platform(&mut self, command: Value) -> Answer {
        self.asks(&Asker::Service(Service::Registry), command)
    }

    fn signing(&mut self, command: Value) -> Answer {
        self.asks(&Asker::Service(Service::Signing), command)
    }

    /// `official` is named after the body and the role, as in the example.
    fn person(&mut self, official: &str, command: Value) -> Answer {
        let (government, _) = official.rsplit_once('-').unwrap();
        self.asks(&Asker::Person { official: official.parse().unwrap(), government: government.parse().unwrap() }, command)
    }

    fn asks(&mut self, asker: &Asker, command: Value) -> Answer {
        let command: Command = serde_json::from_value(command).unwrap();
        let target = target(&command);
        let decision = self.ledger.act(asker, &target, &command.into(), self.at, None)?;
        let own = |event| if let message::Event::Registry(event) = event { event } else { panic!("not of the registry: {event:?}") };
        Ok(decision.events.into_iter().map(own).collect())
    }

    fn state(&self, stream: &str) -> Value {
        let stream: Stream = stream.parse().unwrap();
        self.ledger.of(Service::Registry).unwrap().state(&stream)
    }
}

fn target(command: &Command) -> Target {
    match command {
        Command::RegisterGovernment { government, .. }
        | Command::RecordPopulation { government, .. }
        | Command::GrantMandate { government, .. }
        | Command::RevokeMandate { government, .. } => Target::Government(government.clone()),
        Command::Appoint { official, .. }
        | Command::EndAppointment { official, .. }
        | Command::RegisterKey { official, .. }
        | Command::RevokeKey { official, .. }
        | Command::NoteKeyUse { official, .. } => Target::Official(official.clone()),
    }
}

fn refused(refusal: Refusal) -> Answer {
    Err(refusal.into())
}

fn empty(field: &str) -> Answer {
    refused(Refusal::Empty { field: field.into() })
}

/// The value with some of its fields set anew, or left out by null.
fn with(mut value: Value, fields: Value) -> Value {
    let (Value::Object(into), Value::Object(fields)) = (&mut value, fields) else { panic!("not an object") };
    for (name, field) in fields {
        if field.is_null() {
            into.remove(&name)
        } else {
            into.insert(name, field)
        };
    }
    value
}
