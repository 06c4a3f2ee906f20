//! What has happened, as a sentence: an event with the names that a case gives to things. The record, the auditor and "what is new" say it the
//! same way, so it is said here once. The sentence of a kind of event is the text `said-<family>-<kind>`.
//!
//! It knows nothing of who reads: whoever hands in an event has been allowed to read it.

use gateway::problem::Language;
use gateway::register::Bodies;
use gateway::texts;
use proto::actor::{Actor, Ground};
use proto::approvals::Done;
use proto::digest::Digest;
use proto::entry::Cause;
use proto::finding::Finding;
use proto::id::{GovernmentId, TermId};
use proto::message::Event;
use proto::negotiation::Package;
use proto::registry::Bounds;
use proto::term;
use proto::words::Wording;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::locale;

mod case;
mod laboratory;
mod procedure;
mod register;
#[cfg(test)]
mod tests;
mod things;

#[cfg(test)]
pub(crate) use tests::kinds;
pub(crate) use things::Things;

/// Terms and clauses of a package that a sentence names.
const NAMED: usize = 6;
/// Characters of a text that a sentence quotes.
const QUOTED: usize = 120;

/// Says events in a language, with names of bodies and of the things of a case.
pub(crate) struct Teller<'a> {
    pub language: Language,
    pub bodies: &'a Bodies,
    pub things: &'a Things,
}

impl Teller<'_> {
    /// An event, which this actor brought about.
    pub fn event(&self, actor: &Actor, event: &Event) -> String {
        let mut params = match event {
            Event::Calendar(event) => register::calendar(self, event),
            Event::Registry(event) => register::registry(self, event),
            Event::Negotiation(event) => case::negotiation(self, event),
            Event::Allocation(event) => laboratory::allocation(self, event),
            Event::Authority(event) => laboratory::authority(self, event),
            Event::Approvals(event) => procedure::approvals(self, event),
            Event::Signing(event) => procedure::signing(self, event),
            Event::Mediation(event) => case::mediation(self, event),
        };
        if let Some(params) = params.as_object_mut() {
            params.entry("who").or_insert_with(|| self.acting(actor).into());
        }
        self.told(&format!("said-{}", event.kind()), &params)
    }

    /// For whom an actor acts: a body, or the platform by itself.
    pub fn acting(&self, actor: &Actor) -> String {
        actor.government().map_or_else(|| self.t("platform"), |government| self.body(government))
    }

    /// Who acted, in which role, and on what ground where the office is not their own.
    pub fn actor(&self, actor: &Actor) -> String {
        let capacity = match actor {
            Actor::Service(service) => {
                return self.told("said-platform", &json!({ "service": self.t(&format!("service-{}", service.name())) }));
            }
            Actor::Official(capacity) => capacity,
        };
        let ground = match capacity.ground {
            Ground::OwnOffice => "",
            Ground::StandingDelegation => "standing_delegation",
            Ground::InAbsence => "in_absence",
            Ground::Temporary => "temporary",
            Ground::ByLaw => "by_law",
        };
        let role = self.t(&format!("role-{}", capacity.role.name()));
        let named = json!({ "body": self.body(&capacity.government), "as": role, "person": capacity.official });
        if ground.is_empty() {
            return self.told("said-official", &named);
        }
        let holder = capacity.on_behalf_of.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        let ground = self.told(&format!("said-ground-{ground}"), &json!({ "holder": holder }));
        format!("{} · {ground}", self.told("said-official", &named))
    }

    /// Why the platform acted by itself.
    pub fn cause(&self, cause: &Cause) -> String {
        let (key, position) = match cause {
            Cause::Entry(position) => ("said-cause-entry", position),
            Cause::Due(position) => ("said-cause-due", position),
            Cause::Asked(position) => ("said-cause-asked", position),
        };
        self.told(key, &json!({ "position": position }))
    }

    /// What a rule learned from what is sealed, or from a computation.
    pub fn finding(&self, finding: &Finding) -> String {
        match finding {
            Finding::Mandate(found) => {
                let verdict = serde_json::to_value(&found.verdict).unwrap_or_default();
                self.told("said-finding-mandate", &json!({ "verdict": verdict }))
            }
            Finding::Answers { complete: false, .. } => self.t("said-finding-answers_open"),
            Finding::Answers { settled: Some(_), .. } => self.t("said-finding-answers_all"),
            Finding::Answers { settled: None, .. } => self.t("said-finding-answers_not_all"),
            Finding::Delivered { to, .. } => self.told("said-finding-delivered", &json!({ "to": self.bodies_of(to) })),
            Finding::Computed(computed) => {
                self.told("said-finding-computed", &json!({ "solver": texts::solver(self.language, &computed.solver) }))
            }
            Finding::Answered { .. } => self.t("said-finding-answered"),
        }
    }

    /// What was done in a step.
    pub fn done(&self, done: &Done) -> String {
        procedure::done(self, done)
    }

    /// A value of a term or a fact.
    pub fn value(&self, value: &term::Value) -> String {
        match value {
            term::Value::Money(money) => locale::money(self.language, money),
            term::Value::Share(percent) => locale::percent(*percent),
            term::Value::Quantity { amount, unit } => locale::quantity(self.language, *amount, unit),
            term::Value::Date(day) => locale::day(self.language, *day),
            term::Value::Duty { who, what } => format!("{}: {}", self.body(who), quoted(what)),
            term::Value::Choice(option) => self.things.option(self.language, option),
            term::Value::Text(text) => quoted(text),
        }
    }

    /// Wording in the language, or in the other where it has none; shortened where it is long.
    pub fn wording(&self, wording: &Wording) -> String {
        let (own, other) = if self.language == Language::Korean { (&wording.ko, &wording.en) } else { (&wording.en, &wording.ko) };
        quoted(own.as_ref().or(other.as_ref()).map_or("", String::as_str))
    }

    /// Values of terms and wording of clauses, the first few by name.
    pub fn package(&self, package: &Package) -> String {
        let term = |(term, value): (&TermId, &term::Value)| {
            let label = package.labels.get(term).map(|label| format!(" ({})", quoted(label))).unwrap_or_default();
            format!("{} {}{label}", self.things.term(self.language, term), self.value(value))
        };
        let wording = |clause| self.told("said-wording_of", &json!({ "name": self.things.clause(self.language, clause) }));
        let allocation = package.allocation.iter().map(|_| self.t("said-with_allocation"));
        let all: Vec<String> = package.terms.iter().map(term).chain(package.wording.keys().map(wording)).chain(allocation).collect();
        self.several(&all)
    }

    /// The first few, and how many more there are.
    fn several(&self, all: &[String]) -> String {
        let named = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(" · ");
        match all.len().saturating_sub(NAMED) {
            0 => named,
            more => self.told("said-and_more", &json!({ "named": named, "more": more })),
        }
    }

    /// What a body is called.
    pub fn body(&self, id: &GovernmentId) -> String {
        self.bodies.called(self.language, id.as_str()).to_owned()
    }

    fn bodies_of<'i>(&self, ids: impl IntoIterator<Item = &'i GovernmentId>) -> String {
        ids.into_iter().map(|id| self.body(id)).collect::<Vec<_>>().join(", ")
    }

    fn t(&self, key: &str) -> String {
        texts::said(self.language, key)
    }

    fn told(&self, key: &str, params: &Value) -> String {
        texts::of(self.language, key, params).unwrap_or_else(|| key.to_owned())
    }
}

/// Within what a mandate lets a term move.
pub(crate) fn bounds(language: Language, term: &str, Bounds { floor, ceiling }: &Bounds, number: impl Fn(Decimal) -> String) -> String {
    let key = match (floor, ceiling) {
        (Some(_), Some(_)) => "said-bounds-both",
        (Some(_), None) => "said-bounds-floor",
        (None, _) => "said-bounds-ceiling",
    };
    texts::of(language, key, &json!({ "term": term, "floor": floor.map(&number), "ceiling": ceiling.map(&number) })).unwrap_or_default()
}

/// The beginning of a digest, enough to tell it from others; the page of the entry has all of it.
fn short(digest: &Digest) -> String {
    digest.to_string().chars().take(12).chain(['…']).collect()
}

/// A text, shortened where it is long.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTED { line } else { format!("{}…", line.chars().take(QUOTED).collect::<String>().trim_end()) }
}

/// What one act did, in one line for a list: digests are shortened, which the record has in full.
pub(crate) fn brief(sentences: impl Iterator<Item = String>) -> String {
    let line = sentences.collect::<Vec<_>>().join(" · ");
    let word = |word: &str| {
        let digits = word.chars().take_while(char::is_ascii_hexdigit).count();
        match (word.get(..8), word.get(digits..)) {
            (Some(begins), Some(rest)) if digits >= 32 => format!("{begins}…{rest}"),
            _ => word.to_owned(),
        }
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
