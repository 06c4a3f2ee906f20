//! What was said in confidence, and where: so that it can be looked for everywhere else.

use std::collections::{BTreeMap, BTreeSet};

use proto::mediation::{Command as Mediation, Event as Mediated};
use proto::message::{Command, Event};
use proto::stream::Stream;
use runtime::model::Decision;
use serde_json::Value;

/// Texts that begin like this are secrets of the sealed stream in which they were said.
pub const SECRET: &str = "secret-";

/// Secrets with the streams that may hold them.
#[derive(Default)]
pub struct Secrets(BTreeMap<String, BTreeSet<Stream>>);

impl Secrets {
    /// Remembers what a decision seals, and forgets what it reveals: a proposal that all have accepted.
    pub fn learn(&mut self, decision: &Decision, command: &Command) {
        if decision.stream.is_sealed() {
            let mut texts = Vec::new();
            secrets_in(&serde_json::to_value(command).unwrap(), &mut texts);
            if let Command::Mediation(Mediation::DeliverProposal { proposal, .. }) = command {
                texts.push(proposal.salt.to_string());
            }
            for text in texts {
                self.keep(&text, &decision.stream);
            }
        }
        for event in &decision.events {
            if let Event::Mediation(Mediated::Settled { proposal, .. }) = event {
                self.0.remove(&proposal.salt.to_string());
            }
        }
    }

    /// Remembers that a text was said in this stream.
    pub fn keep(&mut self, text: &str, stream: &Stream) {
        self.0.entry(text.to_owned()).or_default().insert(stream.clone());
    }

    /// The secrets that this text holds although it stands in another stream than they.
    pub fn told<'a>(&'a self, text: &str, stream: &Stream) -> Vec<&'a str> {
        let told = self.0.iter().filter(|(secret, homes)| !homes.contains(stream) && text.contains(secret.as_str()));
        told.map(|(secret, _)| secret.as_str()).collect()
    }
}

fn secrets_in(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with(SECRET) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| secrets_in(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| secrets_in(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
