//! Where a script is played: the pure rules in memory, or a running platform over HTTP.

use std::collections::BTreeMap;

use proto::digest::Digest;
use proto::entry::Document;
use proto::id::CaseId;
use proto::message::{Command, Target};
use proto::signing::Intent;
use serde_json::{Map, Value, json};
use signing::jws;
use uuid::Uuid;

use super::script::Act;
use super::{Http, Rules, examples};

/// What came of an act.
pub enum Outcome {
    /// The events of its entry.
    Done(Vec<Value>),
    /// Code and parameters.
    Refused(String, Value),
}

/// Where a script is played.
pub enum Place {
    /// In memory.
    Rules(Box<Rules>),
    /// Over HTTP.
    Http(Http),
}

/// A script's stage: a place, and what the script can name with `$`.
pub struct Stage {
    place: Place,
    case: CaseId,
    name: String,
    salt: String,
    keys: BTreeMap<String, String>,
    proposal: Option<Digest>,
}

impl Stage {
    /// A stage at a place. Ids are made from the salt, so two runs on one ledger do not meet.
    #[must_use]
    pub fn new(place: Place, salt: &str) -> Self {
        Self { place, case: CaseId(Uuid::nil()), name: String::new(), salt: salt.to_owned(), keys: BTreeMap::new(), proposal: None }
    }

    /// The case that is played now.
    #[must_use]
    pub fn case(&self) -> CaseId {
        self.case
    }

    /// A new case with this name.
    pub fn open(&mut self, name: &str) {
        name.clone_into(&mut self.name);
        self.case = CaseId(self.id(&format!("case {name}")));
    }

    /// An id that this run always gives to this name: a `UUIDv8` of its hash.
    fn id(&self, name: &str) -> Uuid {
        let digest = Digest::of_parts(&[self.salt.as_bytes(), b"\0", name.as_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.0[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// Moves the calendar to nine in the morning in Seoul.
    ///
    /// # Errors
    /// When the day is no day or the calendar refuses.
    pub async fn date(&mut self, day: &str) -> anyhow::Result<()> {
        let to = format!("{day}T09:00:00+09:00").parse()?;
        match &mut self.place {
            Place::Rules(rules) => rules.date(to, self.case),
            Place::Http(http) => http.date(to).await,
        }
    }

    /// Somebody does something.
    ///
    /// # Errors
    /// When the line cannot be understood or the place does not answer. A refusal is an outcome.
    pub async fn act(&mut self, act: &Act) -> anyhow::Result<Outcome> {
        let mut fields = Value::Object(super::value::fields(&act.fields).map_err(anyhow::Error::msg)?);
        self.fill(&mut fields, act).await?;
        let command = command(&act.command, &fields)?;
        if let Command::Mediation(proto::mediation::Command::DeliverProposal { proposal, .. }) = &command {
            self.proposal = Some(Digest::of_json(proposal)?);
        }
        let target = self.target(&command, act)?;
        let occurred = match &act.occurred {
            None => None,
            Some((day, document)) => {
                let mut evidence = Vec::new();
                if let Some(text) = document {
                    evidence.push(self.keep(act, text).await?);
                }
                Some(proto::entry::Occurred { on: day.parse()?, evidence })
            }
        };
        match &mut self.place {
            Place::Rules(rules) => Ok(rules.act(act, &target, &command, occurred.as_ref())),
            Place::Http(http) => http.act(act, &target, command, occurred).await,
        }
    }

    async fn keep(&mut self, act: &Act, text: &str) -> anyhow::Result<Document> {
        let document =
            Document { digest: Digest::of(text.as_bytes()), media_type: "text/plain; charset=utf-8".into(), size: text.len() as u64 };
        if let Place::Http(http) = &mut self.place {
            let kept = http.keep(act, self.case, text).await?;
            anyhow::ensure!(kept == document, "the platform kept another document than was sent");
        }
        Ok(document)
    }

    fn target(&self, command: &Command, act: &Act) -> anyhow::Result<Target> {
        use proto::registry::Command as R;
        Ok(match command {
            Command::Registry(
                R::GrantMandate { government, .. }
                | R::RevokeMandate { government, .. }
                | R::RegisterGovernment { government, .. }
                | R::RecordPopulation { government, .. },
            ) => Target::Government(government.clone()),
            Command::Registry(_) => Target::Official(format!("{}-{}", act.government, act.role).parse()?),
            Command::Calendar(_) => Target::Calendar,
            _ => Target::Case(self.case),
        })
    }

    /// Waits until the platform has recorded an event of this kind by itself. Answers it.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn wait(&mut self, kind: &str) -> anyhow::Result<Value> {
        match &mut self.place {
            Place::Rules(rules) => rules.happened(kind),
            Place::Http(http) => http.happened(self.case, kind).await,
        }
    }

    /// The fold of a room of the case, as a party sees it.
    ///
    /// # Errors
    /// When the place does not answer.
    pub async fn room(&mut self, name: &str) -> anyhow::Result<Value> {
        match &mut self.place {
            Place::Rules(rules) => rules.room(name, self.case),
            Place::Http(http) => http.room(name, self.case).await,
        }
    }

    /// What whoever acted last keeps to itself in a room of the case.
    ///
    /// # Errors
    /// When the place does not answer.
    pub async fn own_room(&mut self, name: &str) -> anyhow::Result<Value> {
        match &mut self.place {
            Place::Rules(rules) => rules.own_room(name, self.case),
            Place::Http(http) => http.room(&format!("own/{name}"), self.case).await,
        }
    }

    /// What changed between two offers.
    ///
    /// # Errors
    /// When there are no such offers.
    pub async fn difference(&mut self, from: u32, to: u32) -> anyhow::Result<Value> {
        match &mut self.place {
            Place::Rules(rules) => rules.difference(self.case, from, to),
            Place::Http(http) => http.difference(self.case, from, to).await,
        }
    }

    async fn fill(&mut self, value: &mut Value, act: &Act) -> anyhow::Result<()> {
        let mut names = Vec::new();
        variables(value, &mut names);
        for name in names {
            let known = self.lookup(&name, act).await?;
            replace(value, &name, &known);
        }
        Ok(())
    }

    async fn lookup(&mut self, name: &str, act: &Act) -> anyhow::Result<Value> {
        let own = format!("{}-{}", act.government, act.role);
        let (word, argument) = name.split_once('.').map_or((name, None), |(word, argument)| (word, Some(argument)));
        Ok(match (word, argument) {
            ("$case", None) => json!(self.case),
            ("$mandate", which) => json!(self.id(&format!("mandate {} {} {}", self.name, act.government, which.unwrap_or("1")))),
            ("$proposal", None) => json!(self.proposal),
            ("$public", None) => json!(jws::public_key(self.private_key(&own)?)?),
            ("$frozen", None) => pointer(&self.room("negotiation").await?, "/to_initial", name)?,
            ("$agreement", None) => pointer(&self.room("negotiation").await?, "/standing/agreement", name)?,
            ("$wording", Some(which)) => {
                let (clause, nth) = which.split_once('.').unwrap_or((which, "0"));
                pointer(&self.room("negotiation").await?, &format!("/clauses/{clause}/alternatives/{nth}/digest"), name)?
            }
            ("$model", Some(name)) => examples::model(name)?,
            ("$question", Some(name)) => examples::question(name)?,
            ("$own", Some(run)) => pointer(&self.own_room("allocation").await?, &format!("/runs/{run}/digest"), name)?,
            ("$run", Some(run)) => pointer(&self.room("allocation").await?, &format!("/runs/{run}/digest"), name)?,
            ("$jws", None) => {
                let agreement = serde_json::from_value(pointer(&self.room("negotiation").await?, "/standing/agreement", name)?)?;
                let (case, government) = (self.case, act.government.parse()?);
                let intent = Intent { purpose: Intent::PURPOSE.to_owned(), case, agreement, government, official: own.parse()? };
                json!(jws::sign_detached(self.private_key(&own)?, &intent)?)
            }
            ("$scan", None) => json!(self.keep(act, "scan of the signed paper").await?),
            _ => anyhow::bail!("`{name}` stands for nothing"),
        })
    }

    /// The private key of an official: made here, where the official sits, and never sent anywhere.
    fn private_key(&mut self, official: &str) -> anyhow::Result<&str> {
        if !self.keys.contains_key(official) {
            let seed = Digest::of_parts(&[self.salt.as_bytes(), b"\0key\0", official.as_bytes()]);
            self.keys.insert(official.to_owned(), jws::generate(&seed.0)?.private_pem.to_string());
        }
        self.keys.get(official).map(String::as_str).ok_or_else(|| anyhow::anyhow!("no key"))
    }
}

fn pointer(value: &Value, path: &str, name: &str) -> anyhow::Result<Value> {
    value.pointer(path).filter(|v| !v.is_null()).cloned().ok_or_else(|| anyhow::anyhow!("`{name}` is not there yet ({path})"))
}

fn variables(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with('$') => names.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| variables(item, names)),
        Value::Object(fields) => fields.values().for_each(|field| variables(field, names)),
        _ => {}
    }
}

fn replace(value: &mut Value, name: &str, by: &Value) {
    match value {
        Value::String(text) if text == name => *value = by.clone(),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, name, by)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, name, by)),
        _ => {}
    }
}

/// The command of this name: of whichever service has one.
fn command(name: &str, fields: &Value) -> anyhow::Result<Command> {
    for service in ["registry", "negotiation", "allocation", "authority", "approvals", "signing", "mediation", "calendar"] {
        let body = if fields.as_object().is_some_and(Map::is_empty) { json!({ name: {} }) } else { json!({ name: fields }) };
        match serde_json::from_value::<Command>(json!({ service: body })) {
            Ok(command) => return Ok(command),
            Err(error) if error.to_string().contains(&format!("unknown variant `{name}`")) => {}
            Err(error) => anyhow::bail!("{name}: {error}"),
        }
    }
    anyhow::bail!("there is no command `{name}`")
}
