//! What is typed into the form of an offer, and the package it makes. An empty field says nothing of its term, which is not the same as nought; what
//! the answered offer says stays in a counter-offer, so it cannot be emptied, only changed.

use proto::digest::Digest;
use proto::id::{ClauseId, TermId};
use proto::negotiation::{OfferNo, Package};
use proto::term::{Kind, Value};
use proto::words::Wording;
use serde_json::json;

use super::super::Case;
use super::entry::{self, lines};
use super::faults::Faults;

/// What an offer grows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Nothing: it opens a thread.
    New,
    /// The offer it answers.
    Counter(OfferNo),
    /// The own offer it takes the place of.
    Improve(OfferNo),
}

impl Basis {
    /// As an address or a form names it; a number that is none names nothing.
    pub fn named(counter: Option<&str>, improve: Option<&str>) -> Self {
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        match (number(counter), number(improve)) {
            (Some(offer), _) => Self::Counter(offer),
            (None, Some(offer)) => Self::Improve(offer),
            (None, None) => Self::New,
        }
    }

    /// The offer it grows from.
    pub fn offer(self) -> Option<OfferNo> {
        match self {
            Self::New => None,
            Self::Counter(offer) | Self::Improve(offer) => Some(offer),
        }
    }

    /// What stands in the offer it grows from.
    pub fn package(self, case: &Case) -> Package {
        self.offer().and_then(|offer| case.state.offers.get(&offer)).map(|offer| offer.package.clone()).unwrap_or_default()
    }

    /// Whether whoever looks may make it now.
    pub fn is_possible(self, case: &Case) -> bool {
        let (by, now) = (&case.government, case.visit.now);
        case.acts(&[proto::actor::Role::Delegate])
            && match self {
                Self::New => case.state.may_table(by, now),
                Self::Counter(offer) => case.state.may_counter(offer, by, now),
                Self::Improve(offer) => case.state.may_improve(offer, by, now),
            }
    }
}

/// The fields of a form as they were sent.
pub(crate) type Sent = Vec<(String, String)>;

/// What was sent in a field, without blanks around it; empty where it was not.
pub(crate) fn sent<'a>(fields: &'a Sent, name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

/// Names of the fields of a term and of a clause.
pub(crate) fn value_field(id: &TermId) -> String {
    format!("value-{id}")
}

pub(crate) fn who_field(id: &TermId) -> String {
    format!("who-{id}")
}

pub(crate) fn label_field(id: &TermId) -> String {
    format!("label-{id}")
}

pub(crate) fn wording_field(language: &str, id: &ClauseId) -> String {
    format!("{language}-{id}")
}

pub(crate) fn clause_field(id: &ClauseId) -> String {
    format!("clause-{id}")
}

/// The package that was typed; what could not be read is among the faults.
pub(crate) fn read(case: &Case, basis: Basis, fields: &Sent, faults: &mut Faults) -> Package {
    let before = basis.package(case);
    let mut package = Package::default();
    for (id, term) in &case.state.terms {
        // It moves by settlement only; what the answered offer says of it is carried over.
        if let Some(dispute) = case.state.disputed(id) {
            // Typed before the dispute was opened: it is not dropped in silence.
            let said = sent(fields, &value_field(id));
            if !said.is_empty() && before.terms.get(id).map(super::values::typed).is_none_or(|stood| stood != said) {
                let params = json!({ "dispute": dispute.to_string(), "typed": said });
                faults.add(value_field(id), case.visit.told("table-held_typed", &params));
            }
            continue;
        }
        let label = sent(fields, &label_field(id));
        if let Some(value) = value(case, id, &term.kind, fields, faults) {
            package.terms.insert(id.clone(), value);
            if !label.is_empty() {
                package.labels.insert(id.clone(), label.to_owned());
            }
        } else if typed(id, &term.kind, fields) {
            // A fault says what is wrong with it.
        } else if before.terms.contains_key(id) {
            let number = basis.offer().unwrap_or_default().to_string();
            faults.add(value_field(id), case.visit.with("table-cannot_drop", "offer", &number));
        } else if !label.is_empty() {
            faults.add(value_field(id), case.visit.t("table-label_alone"));
        }
    }
    for id in case.state.clauses.keys() {
        if let Some(wording) = wording(case, id, &before, fields, faults) {
            package.wording.insert(id.clone(), wording);
        }
    }
    let digest = sent(fields, "allocation");
    if !digest.is_empty() {
        match digest.parse::<Digest>() {
            Ok(digest) => package.allocation = Some(digest),
            Err(_) => faults.add("allocation", case.visit.t("table-unread-allocation")),
        }
    }
    package
}

/// Whether anything stands in the fields of a term.
fn typed(id: &TermId, kind: &Kind, fields: &Sent) -> bool {
    !sent(fields, &value_field(id)).is_empty() || (*kind == Kind::Duty && !sent(fields, &who_field(id)).is_empty())
}

fn value(case: &Case, id: &TermId, kind: &Kind, fields: &Sent, faults: &mut Faults) -> Option<Value> {
    if !typed(id, kind, fields) {
        return None;
    }
    let field = value_field(id);
    let text = sent(fields, &field);
    if *kind == Kind::Duty {
        return duty(case, id, text, fields, faults);
    }
    faults.read(&case.visit, &field, entry::value(kind, text))
}

fn duty(case: &Case, id: &TermId, what: &str, fields: &Sent, faults: &mut Faults) -> Option<Value> {
    let who = sent(fields, &who_field(id)).parse().ok();
    if let Some(who) = who.filter(|_| !what.is_empty()) {
        Some(Value::Duty { who, what: lines(what) })
    } else {
        faults.add(value_field(id), case.visit.t("table-unread-duty"));
        None
    }
}

/// The wording of a clause is part of an offer where somebody ticked or changed it, or where the answered offer holds it.
fn wording(case: &Case, id: &ClauseId, before: &Package, fields: &Sent, faults: &mut Faults) -> Option<Wording> {
    let text = |language: &str| Some(lines(sent(fields, &wording_field(language, id)))).filter(|text| !text.is_empty());
    let shown = fields.iter().any(|(field, _)| *field == wording_field("ko", id));
    let typed = Wording { en: text("en"), ko: text("ko") };
    let stood = prefilled(case, id, before);
    let ticked = before.wording.contains_key(id) || !sent(fields, &clause_field(id)).is_empty();
    if !shown || !(ticked || typed != stood) {
        return None;
    }
    if typed.is_empty() {
        faults.add(wording_field(if stood.ko.is_some() { "ko" } else { "en" }, id), case.visit.t("table-unread-wording"));
        return None;
    }
    Some(typed)
}

/// What stands in the fields of a clause before anybody types: the wording of the answered offer, else the first that stands in the text.
pub(crate) fn prefilled(case: &Case, id: &ClauseId, before: &Package) -> Wording {
    let standing = || case.state.clauses.get(id).and_then(|clause| clause.alternatives.first()).map(|alternative| &alternative.wording);
    let wording = before.wording.get(id).or_else(standing);
    let text = |text: Option<&String>| text.map(|text| lines(text.trim())).filter(|text| !text.is_empty());
    Wording { en: text(wording.and_then(|wording| wording.en.as_ref())), ko: text(wording.and_then(|wording| wording.ko.as_ref())) }
}
