//! Two offers side by side, or one beside nothing: every term with its value in both and by how much it moved, every clause word by word, and what
//! another allocation moved for whom.

use std::collections::BTreeSet;

use allocation::Run;
use gateway::texts;
use negotiation::diff::{AllocationChange, Diff, TermChange};
use negotiation::offers::Offer;
use proto::allocation::Rule;
use proto::digest::Digest;
use proto::id::{ClauseId, ComponentId, GovernmentId, TermId};
use proto::negotiation::{ClauseState, OfferNo, Package};
use proto::term::Value;
use proto::words::Wording;
use rust_decimal::Decimal;

use super::super::Case;
use super::tree;
use super::values::{Unit, cell, exact, whole};
use crate::locale;
use crate::redline::{Piece, redline};
use gateway::problem::Language;

/// What is shown of an offer, beside another where there is one.
pub(crate) struct Comparison {
    pub to: Side,
    pub from: Option<Side>,
    pub terms: Vec<Row>,
    /// Terms of the case of which neither says anything.
    pub silent: Vec<String>,
    pub clauses: Vec<Clause>,
    pub allocation: Option<Allocation>,
}

/// An offer at the head of a column.
pub(crate) struct Side {
    pub number: OfferNo,
    pub author: String,
}

/// A term.
pub(crate) struct Row {
    pub name: String,
    pub unit: String,
    /// How the term stands in the case: `agreed`, `dispute` or `open`.
    pub stands: &'static str,
    /// The agreed value, where this offer says something else.
    pub agreed: Option<String>,
    pub old: Option<Cell>,
    pub new: Option<Cell>,
    pub moved: Moved,
    /// Who first said what the second offer says, where it changed.
    pub who: String,
}

/// A value in a row.
pub(crate) struct Cell {
    pub text: String,
    /// To the last unit.
    pub exact: String,
    /// What the parties call it in talk.
    pub label: Option<String>,
}

/// By how much.
pub(crate) struct Moved {
    pub said: String,
    /// `less`, `more`, `changed` or `same`.
    pub class: &'static str,
}

/// The wording of a clause.
pub(crate) struct Clause {
    pub heading: String,
    pub state: &'static str,
    pub state_kind: &'static str,
    pub who: String,
    /// What it is held against, where it is not the other offer.
    pub against: String,
    /// By language, where it differs or there is no other: tag and pieces.
    pub said: Vec<(&'static str, Vec<Piece>)>,
}

/// Another allocation, or the one of this offer.
pub(crate) struct Allocation {
    pub digest: String,
    pub changed: bool,
    /// Component, by which rule before and now.
    pub rules: Vec<(String, String, String)>,
    /// Who bears how much more or less.
    pub moved: Vec<(String, Moved)>,
    /// What each bears by the offer shown.
    pub total: Vec<(String, String)>,
}

/// Runs on the table by their digests, for names of components and rules.
pub(crate) type Runs = Vec<Run>;

impl Comparison {
    pub fn of(case: &Case, runs: &Runs, from: Option<OfferNo>, to: OfferNo) -> Option<Self> {
        let offers = &case.state.offers;
        let offer = offers.get(&to)?;
        let before = from.and_then(|from| offers.get(&from));
        let diff = from.and_then(|from| negotiation::diff(&case.state, from, to).ok());
        let empty = Package::default();
        let old = before.map_or(&empty, |before| &before.package);
        let said: BTreeSet<&TermId> = old.terms.keys().chain(offer.package.terms.keys()).collect();
        let side = |number: OfferNo, offer: &Offer| Side { number, author: tree::author(case, offer) };
        let named = |id: &TermId| case.name_of("term", id.as_str());
        Some(Self {
            to: side(to, offer),
            from: from.zip(before).map(|(number, offer)| side(number, offer)),
            silent: case.state.terms.keys().filter(|id| !said.contains(id)).map(named).collect(),
            terms: said.into_iter().filter_map(|id| row(case, id, before.map(|_| old), &offer.package, diff.as_ref())).collect(),
            clauses: clauses(case, before.map(|_| old), &offer.package, diff.as_ref()),
            allocation: allocation(case, runs, offer.package.allocation, diff.as_ref().and_then(|diff| diff.allocation.as_ref())),
        })
    }
}

fn row(case: &Case, id: &TermId, old: Option<&Package>, new: &Package, diff: Option<&Diff>) -> Option<Row> {
    let term = case.state.terms.get(id)?;
    let (before, after) = (old.and_then(|old| old.terms.get(id)), new.terms.get(id));
    let agreed = term.agreed.as_ref().map(|agreed| &agreed.value);
    let unit = Unit::of(case.visit.language, &term.kind, before.into_iter().chain(after));
    let shown = |value: &Value, label: Option<&String>| Cell {
        text: cell(case, value, &unit),
        exact: exact(case, value),
        label: label.filter(|label| !label.trim().is_empty()).cloned(),
    };
    let change = diff.and_then(|diff| diff.terms.get(id));
    Some(Row {
        name: case.visit.name(&term.names).to_owned(),
        unit: unit.said.clone(),
        stands: stands(case, id),
        agreed: agreed.filter(|agreed| after.is_some_and(|after| after != *agreed)).map(|agreed| whole(case, agreed)),
        old: before.map(|value| shown(value, old.and_then(|old| old.labels.get(id)))),
        new: after.map(|value| shown(value, new.labels.get(id))),
        moved: moved(case, change, &unit),
        who: change.and_then(|change| change.value.moved.as_ref()).map(|who| case.called(who).to_owned()).unwrap_or_default(),
    })
}

/// How a term stands in the case.
pub(crate) fn stands(case: &Case, id: &TermId) -> &'static str {
    if case.state.disputed(id).is_some() {
        "dispute"
    } else if case.state.terms.get(id).is_some_and(|term| term.agreed.is_some()) {
        "agreed"
    } else {
        "open"
    }
}

fn moved(case: &Case, change: Option<&TermChange>, unit: &Unit) -> Moved {
    let visit = &case.visit;
    let Some(change) = change else { return Moved { said: visit.t("table-same"), class: "same" } };
    match (change.delta, &change.value.old, &change.value.new) {
        (Some(delta), _, _) if !delta.is_zero() => by(unit.moved(case.visit.language, delta), delta),
        (_, None, Some(_)) => Moved { said: visit.t("table-came"), class: "changed" },
        (_, Some(_), None) => Moved { said: visit.t("table-went"), class: "changed" },
        (_, old, new) if old == new => Moved { said: visit.t("table-relabelled"), class: "same" },
        _ => Moved { said: visit.t("table-changed"), class: "changed" },
    }
}

fn by(said: String, delta: Decimal) -> Moved {
    Moved { said, class: if delta.is_sign_negative() { "less" } else { "more" } }
}

fn clauses(case: &Case, old: Option<&Package>, new: &Package, diff: Option<&Diff>) -> Vec<Clause> {
    let all: BTreeSet<&ClauseId> = old.into_iter().flat_map(|old| old.wording.keys()).chain(new.wording.keys()).collect();
    all.into_iter().filter_map(|id| clause(case, id, old.and_then(|old| old.wording.get(id)), new.wording.get(id), diff)).collect()
}

fn clause(case: &Case, id: &ClauseId, old: Option<&Wording>, new: Option<&Wording>, diff: Option<&Diff>) -> Option<Clause> {
    let clause = case.state.clauses.get(id)?;
    let standing = clause.alternatives.first().map(|alternative| &alternative.wording);
    let beside = old.or(standing);
    let (state, state_kind) = match clause.state {
        ClauseState::Agreed => ("table-clause-agreed", "good"),
        ClauseState::Bracketed => ("table-clause-bracketed", "warn"),
        ClauseState::Contested => ("table-clause-contested", "warn"),
        ClauseState::Reserved => ("table-clause-reserved", "warn"),
    };
    let who = diff.and_then(|diff| diff.wording.get(id)).and_then(|change| change.moved.as_ref());
    Some(Clause {
        heading: case.visit.name(&clause.heading).to_owned(),
        state,
        state_kind,
        who: who.map(|who| case.called(who).to_owned()).unwrap_or_default(),
        against: if old.is_none() && new.is_some() { case.visit.t("table-against_text") } else { String::new() },
        said: said(case.visit.language, beside, new),
    })
}

/// The reader's own language always, the other where its wording differs.
fn said(language: Language, old: Option<&Wording>, new: Option<&Wording>) -> Vec<(&'static str, Vec<Piece>)> {
    let text = |wording: Option<&Wording>, tag: &str| {
        wording.and_then(|wording| if tag == "ko" { wording.ko.clone() } else { wording.en.clone() }).unwrap_or_default()
    };
    let tags = if language == Language::Korean { ["ko", "en"] } else { ["en", "ko"] };
    let each = tags.into_iter().enumerate().filter_map(|(place, tag)| {
        let (old, new) = (text(old, tag), text(new, tag));
        let pieces = redline(&old, &new);
        (!pieces.is_empty() && (place == 0 || old != new)).then_some((tag, pieces))
    });
    each.collect()
}

fn allocation(case: &Case, runs: &Runs, digest: Option<Digest>, change: Option<&AllocationChange>) -> Option<Allocation> {
    let shown = digest.or(change.and_then(|change| change.result.old))?;
    let run = |digest: Option<Digest>| digest.and_then(|digest| runs.iter().find(|run| run.digest == digest));
    let (before, after) = (run(change.and_then(|change| change.result.old)), run(digest));
    let rules = change.map_or_else(
        || after.into_iter().flat_map(|run| &run.model.components).map(|(id, component)| (id, None, Some(&component.rule))).collect(),
        |change| change.rules.iter().map(|(id, rule)| (id, rule.old.as_ref(), rule.new.as_ref())).collect::<Vec<_>>(),
    );
    let named = |(id, old, new): (&ComponentId, Option<&Rule>, Option<&Rule>)| {
        (component(case, after.or(before), id), rule(case, before, old), rule(case, after, new))
    };
    let language = case.visit.language;
    let more = |(who, money): (&GovernmentId, &proto::money::Money)| {
        let sign = if money.amount.is_sign_positive() { "+" } else { "" };
        (case.called(who).to_owned(), by(format!("{sign}{}", locale::money(language, money)), money.amount))
    };
    let total = case.state.allocations.get(&shown).into_iter().flat_map(|tabled| &tabled.total);
    Some(Allocation {
        digest: shown.to_string(),
        changed: change.is_some(),
        rules: rules.into_iter().map(named).collect(),
        moved: change.into_iter().flat_map(|change| &change.differences).map(more).collect(),
        total: total.map(|(who, money)| (case.called(who).to_owned(), locale::money(language, money))).collect(),
    })
}

fn component(case: &Case, run: Option<&Run>, id: &ComponentId) -> String {
    let names = run.and_then(|run| run.model.components.get(id)).map(|component| &component.names);
    names.map_or_else(|| id.to_string(), |names| case.visit.name(names).to_owned())
}

fn rule(case: &Case, run: Option<&Run>, rule: Option<&Rule>) -> String {
    let said = run.zip(rule).map(|(run, rule)| texts::rule(case.visit.language, &run.model, rule));
    said.unwrap_or_else(|| "–".to_owned())
}

/// A result on the table as a form names it: its run, whose it is, and by which rules it shares what.
pub(crate) fn result(case: &Case, run: &Run, name: &str) -> String {
    let rules: BTreeSet<String> =
        run.model.components.values().map(|component| texts::rule(case.visit.language, &run.model, &component.rule)).collect();
    format!("{name} · {} · {}", case.called(&run.by), rules.into_iter().collect::<Vec<_>>().join(", "))
}
