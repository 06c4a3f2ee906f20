//! The page on which an offer, a counter-offer or an improvement is written, kept as a draft, sounded out, looked at once more and tabled.

use askama::Template;
use axum::extract::{Path, Query};
use negotiation::offers::{Answer, Offer};
use proto::actor::{Role, Service};
use proto::id::{CaseId, MandateId, TermId};
use proto::message::Target;
use proto::negotiation::{Command, OfferState, Package, Rounds};
use proto::standing::Phase;
use proto::term::{Kind, Value};
use proto::wire::{Failure, Submission};
use proto::words::{Counting, Deadline};
use serde::Deserialize;

use super::super::mandates::Held;
use super::super::{Case, Head, Room};
use super::compare::{self, Comparison, Runs};
use super::faults::{self, Faults};
use super::package::{self, Basis, Sent, clause_field, label_field, sent, value_field, who_field, wording_field};
use super::{entry, sounding, tree, values};
use crate::{Form, Page, Posted, Visit, done, locale, render};

/// The form's name on its page.
const NAME: &str = "write";

#[derive(Template)]
#[template(path = "case/table-offer.html")]
struct OfferPage {
    visit: Visit,
    head: Head,
    room: String,
    form: Form,
    basis: Basis,
    heading: String,
    /// Whose offer is answered, in words.
    about: String,
    terms: Vec<TermField>,
    clauses: Vec<ClauseField>,
    allocations: Vec<(String, String)>,
    allocation: String,
    /// Others to whom it can go, and whether each is ticked; empty where the rules say to whom.
    to: Vec<(String, String, bool)>,
    mandates: Vec<(String, String)>,
    mandate_room: String,
    expires_needed: bool,
    draft: String,
    /// Others who can be sounded out on it.
    whom: Vec<(String, String)>,
    /// Whether it can be tabled now; a draft can be kept any time.
    possible: bool,
    /// What would be tabled, when it was asked to be looked at.
    preview: Option<Comparison>,
}

impl OfferPage {
    fn fault(&self, field: &str) -> &str {
        faults::of(&self.form, field)
    }

    fn before(&self) -> String {
        let offer = self.basis.offer().map(|offer| offer.to_string()).unwrap_or_default();
        self.visit.with("table-offer", "offer", &offer)
    }

    fn expires_hint(&self) -> String {
        let key = if self.expires_needed { "table-expires-needed" } else { "table-expires-hint" };
        self.visit.with(key, "zone", &locale::zone(self.visit.language, &self.visit.zone))
    }

    fn do_it(&self) -> String {
        self.visit.t(match self.basis {
            Basis::New => "table-do-new",
            Basis::Counter(_) => "table-do-counter",
            Basis::Improve(_) => "table-do-improve",
        })
    }
}

/// A term in the form.
struct TermField {
    id: String,
    name: String,
    unit: String,
    kind: &'static str,
    value: String,
    who: String,
    label: String,
    /// Options of a choice, or bodies of a duty.
    options: Vec<(String, String)>,
    /// What the answered offer says.
    before: String,
    agreed: String,
    /// How far the own mandate goes.
    bounds: String,
    /// What was typed, as it was read.
    echo: String,
    /// The dispute that holds it.
    dispute: Option<u32>,
    /// What a draft says of it, which does not count while it is held.
    drafted: String,
    error: String,
}

/// A clause in the form.
struct ClauseField {
    id: String,
    heading: String,
    ko: String,
    en: String,
    /// Whether the answered offer has a wording of it, so that it stays.
    carried: bool,
    ticked: bool,
    /// Whether it is shown open.
    open: bool,
    error: String,
}

/// How the page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    to: Option<String>,
    improve: Option<String>,
    draft: Option<String>,
    #[serde(flatten)]
    sounding: sounding::Asked,
}

pub(crate) async fn blank(Query(asked): Query<Asked>, case: Case) -> Page {
    let basis = Basis::named(asked.to.as_deref(), asked.improve.as_deref());
    if !may_write(&case) || (basis != Basis::New && !basis.is_possible(&case)) {
        return Err(case.visit.failed(Failure::NotFound));
    }
    let own: negotiation::State = case.own(Service::Negotiation).await?;
    let name = asked.draft.unwrap_or_default();
    let draft = own.drafts.get(&name).cloned();
    let name = if draft.is_some() { name } else { String::new() };
    let draft = match draft {
        None => asked.sounding.package(&case).await?,
        kept => kept,
    };
    let form = case.form(NAME);
    show(case, basis, form, Start { draft, name, preview: None }).await
}

fn may_write(case: &Case) -> bool {
    case.acts(&[Role::Delegate]) && case.state.standing.phase == Phase::Open
}

/// What the form starts with besides the offer it answers.
#[derive(Default)]
struct Start {
    draft: Option<Package>,
    name: String,
    preview: Option<Package>,
}

/// Tables what was written, keeps it as a draft, sounds another out on it, or shows how it would read.
pub(crate) async fn post(Path(id): Path<CaseId>, posted: Posted<Sent>) -> Page {
    let case = Case::of(posted.signed.clone(), id).await?;
    let basis = Basis::named(Some(sent(&posted.fields, "counter")), Some(sent(&posted.fields, "improve")));
    let mut faults = Faults::default();
    let package = package::read(&case, basis, &posted.fields, &mut faults);
    let act = sent(&posted.fields, "act");
    // Whom the page is not for has nothing to look at either; whatever is to be recorded the rules refuse.
    if act == "check" && !may_write(&case) {
        return Err(case.visit.failed(Failure::NotFound));
    }
    let command = match act {
        "draft" => Some(Command::DraftOffer { draft: sent(&posted.fields, "draft").to_owned(), package: package.clone() }),
        "sound" => sounding::sounding_out(&case, &posted.fields, package.clone(), &mut faults),
        _ => tabling(&case, basis, &posted.fields, package.clone(), act == "check", &mut faults),
    };
    if let Some(problem) = faults.problem(&case.visit) {
        return again(case, basis, posted.again(problem)).await;
    }
    let Some(command) = command.filter(|_| act != "check") else {
        let preview = Some(package);
        return show(case, basis, posted.still(), Start { preview, ..Start::default() }).await;
    };
    let place = match act {
        "draft" => "drafts",
        "sound" => sounding::PLACE,
        _ => "offer",
    };
    match posted.submit(&Target::Case(id), &Submission::from(proto::message::Command::from(command))).await {
        Ok(receipt) => Ok(done(&format!("{}#{place}", Room::Table.path(id)), &receipt)),
        Err(problem) => again(case, basis, posted.again(problem)).await,
    }
}

async fn again(case: Case, basis: Basis, mut form: Form) -> Page {
    form.problem = form.problem.map(|problem| case.in_words(problem));
    let status = form.problem.as_ref().map_or(200, |problem| problem.status);
    let mut page = show(case, basis, form, Start::default()).await?;
    *page.status_mut() = crate::status(status);
    Ok(page)
}

/// The command by which a package is tabled; none where something is missing. Only looking at it needs no mandate yet.
fn tabling(case: &Case, basis: Basis, fields: &Sent, package: Package, only_look: bool, faults: &mut Faults) -> Option<Command> {
    let visit = &case.visit;
    let mandate = sent(fields, "mandate").parse::<MandateId>().ok();
    if mandate.is_none() && !only_look {
        faults.add("mandate", visit.t("table-unread-mandate"));
    }
    let day = Some(sent(fields, "expires")).filter(|day| !day.is_empty());
    let day = day.and_then(|day| faults.read(visit, "expires", entry::day(day)));
    let expires = day.map(|on| Deadline { on, zone: visit.zone.clone(), counting: Counting::Named });
    let mandate = mandate?;
    Some(match basis {
        Basis::Counter(to) => Command::CounterOffer { to, package, mandate, expires },
        Basis::Improve(offer) => Command::ImproveOffer { offer, package, mandate, expires },
        Basis::New => {
            let to = fields.iter().filter(|(field, _)| field == "to").filter_map(|(_, body)| body.parse().ok()).collect();
            Command::TableOffer { to, package, mandate, expires }
        }
    })
}

async fn show(mut case: Case, basis: Basis, form: Form, start: Start) -> Page {
    let held = Held::of(&case).await;
    let runs: Runs = super::runs(&case).await;
    let before = basis.package(&case);
    let filled = start.draft.clone().unwrap_or_else(|| before.clone());
    let preview = start.preview.and_then(|package| preview(&mut case, &runs, basis, &package));
    let terms = case.state.terms.keys().filter_map(|id| term(&case, &held, &form, id, &before, &filled)).collect();
    let clauses = case.state.clauses.keys().filter_map(|id| clause(&case, &form, id, &before, start.draft.as_ref())).collect();
    let allocation = filled.allocation.map(|digest| digest.to_string()).unwrap_or_default();
    let circulated = case.state.rounds == Some(Rounds::Circulated);
    let visit = &case.visit;
    let page = OfferPage {
        heading: heading(&case, basis),
        about: about(&case, basis),
        allocations: allocations(&case, &runs, basis, &before),
        allocation: form.typed("allocation", &allocation).to_owned(),
        to: if basis == Basis::New && !circulated { addressees(&case, &form) } else { Vec::new() },
        mandates: held.choices(&case),
        mandate_room: case.path(Room::Authority),
        expires_needed: circulated && basis == Basis::New,
        draft: form.typed("draft", &start.name).to_owned(),
        whom: sounding::addressees(&case),
        possible: basis.is_possible(&case),
        head: Head::of(&case, Room::Table),
        room: case.path(Room::Table),
        visit: visit.clone(),
        form,
        basis,
        terms,
        clauses,
        preview,
    };
    render(&page, page.visit.language)
}

fn heading(case: &Case, basis: Basis) -> String {
    match basis {
        Basis::New => case.visit.t("table-write-new"),
        Basis::Counter(offer) => case.visit.with("table-write-counter", "offer", &offer.to_string()),
        Basis::Improve(offer) => case.visit.with("table-write-improve", "offer", &offer.to_string()),
    }
}

fn about(case: &Case, basis: Basis) -> String {
    let author = basis.offer().and_then(|offer| case.state.offers.get(&offer)).map(|offer| tree::author(case, offer)).unwrap_or_default();
    match basis {
        Basis::New => case.visit.t("table-about-new"),
        Basis::Counter(_) => case.visit.with("table-about-counter", "body", &author),
        Basis::Improve(_) => case.visit.t("table-about-improve"),
    }
}

fn addressees(case: &Case, form: &Form) -> Vec<(String, String, bool)> {
    let others = case.state.standing.parties.iter().filter(|party| **party != case.government);
    others.map(|party| (party.to_string(), case.called(party).to_owned(), form.took("to", party.as_str(), false))).collect()
}

fn allocations(case: &Case, runs: &Runs, basis: Basis, before: &Package) -> Vec<(String, String)> {
    let none = match (before.allocation, basis.offer()) {
        (Some(_), Some(offer)) => case.visit.with("table-allocation-stays", "offer", &offer.to_string()),
        _ => case.visit.t("table-allocation-none"),
    };
    let tabled = case.state.allocations.iter().map(|(digest, tabled)| {
        let run = runs.iter().find(|run| run.digest == *digest);
        let said = run.map_or_else(|| tabled.run.to_string(), |run| compare::result(case, run, tabled.run.as_str()));
        (digest.to_string(), said)
    });
    [(String::new(), none)].into_iter().chain(tabled).collect()
}

/// What would be tabled, beside the offer it grows from: the case is looked at as if it were.
fn preview(case: &mut Case, runs: &Runs, basis: Basis, package: &Package) -> Option<Comparison> {
    let number = case.state.offers.last_key_value().map_or(1, |(last, _)| last + 1);
    let offer = Offer {
        by: Some(case.government.clone()),
        to: case.state.standing.parties.iter().filter(|party| **party != case.government).map(|p| (p.clone(), Answer::Awaited)).collect(),
        counters: match basis {
            Basis::Counter(offer) => Some(offer),
            Basis::New | Basis::Improve(_) => None,
        },
        improves: match basis {
            Basis::Improve(offer) => Some(offer),
            Basis::New | Basis::Counter(_) => None,
        },
        settles: None,
        reasons: std::collections::BTreeMap::new(),
        package: negotiation::carried_over(&basis.package(case), package),
        expires: None,
        state: OfferState::Open,
        tabled_at: case.visit.now,
    };
    case.state.offers.insert(number, offer);
    let shown = Comparison::of(case, runs, basis.offer(), number);
    case.state.offers.remove(&number);
    shown
}

fn term(case: &Case, held: &Held, form: &Form, id: &TermId, before: &Package, filled: &Package) -> Option<TermField> {
    let term = case.state.terms.get(id)?;
    let stood = before.terms.get(id);
    let dispute = case.state.disputed(id);
    let filled_value = filled.terms.get(id);
    let value = form.typed(&value_field(id), &filled_value.map(values::typed).unwrap_or_default()).to_owned();
    let duty = match filled_value {
        Some(Value::Duty { who, .. }) => who.to_string(),
        _ => String::new(),
    };
    let own_label = filled.labels.get(id).filter(|_| filled_value != stood).cloned().unwrap_or_default();
    let label = before.labels.get(id).map(|label| format!(" “{label}”")).unwrap_or_default();
    let (kind, unit, options) = kind(case, &term.kind);
    Some(TermField {
        id: id.to_string(),
        name: case.visit.name(&term.names).to_owned(),
        kind,
        unit,
        options,
        echo: echo(case, &term.kind, &value),
        value,
        who: form.typed(&who_field(id), &duty).to_owned(),
        label: form.typed(&label_field(id), &own_label).to_owned(),
        before: stood.map(|value| format!("{}{label}", values::whole(case, value))).unwrap_or_default(),
        agreed: term.agreed.as_ref().map(|agreed| values::whole(case, &agreed.value)).unwrap_or_default(),
        bounds: bounds(case, held, id, &term.kind),
        drafted: filled_value.filter(|value| Some(*value) != stood).map(|value| values::whole(case, value)).unwrap_or_default(),
        dispute,
        error: error(case, form, id),
    })
}

fn kind(case: &Case, kind: &Kind) -> (&'static str, String, Vec<(String, String)>) {
    let none = (String::new(), case.visit.t("table-not_part"));
    match kind {
        Kind::Money { currency } => ("money", locale::currency(case.visit.language, *currency), Vec::new()),
        Kind::Share => ("share", "%".to_owned(), Vec::new()),
        Kind::Quantity { unit } => ("quantity", locale::unit(case.visit.language, unit), Vec::new()),
        Kind::Date => ("date", String::new(), Vec::new()),
        Kind::Duty => {
            let parties = case.state.standing.parties.iter().map(|party| (party.to_string(), case.called(party).to_owned()));
            ("duty", String::new(), [none].into_iter().chain(parties).collect())
        }
        Kind::Choice { options, .. } => ("choice", String::new(), [none].into_iter().chain(case.options(options)).collect()),
        Kind::Text => ("text", String::new(), Vec::new()),
    }
}

/// An amount as it was understood: whoever typed `37.8억` sees that it is 3,780,000,000.
fn echo(case: &Case, kind: &Kind, typed: &str) -> String {
    let amount = Some(kind).filter(|kind| matches!(kind, Kind::Money { .. })).filter(|_| !typed.trim().is_empty());
    let read = amount.and_then(|kind| entry::value(kind, typed).ok());
    read.map(|value| values::exact(case, &value)).unwrap_or_default()
}

fn bounds(case: &Case, held: &Held, id: &TermId, kind: &Kind) -> String {
    let Some(bounds) = held.bounds(id) else { return String::new() };
    let said = |key: &str, bound: Option<rust_decimal::Decimal>| {
        let value = entry::value(kind, &bound?.to_string()).ok()?;
        Some(format!("{} {}", case.visit.t(key), values::whole(case, &value)))
    };
    [said("table-floor", bounds.floor), said("table-ceiling", bounds.ceiling)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What is wrong with a term: how it was typed, or that the mandate does not reach so far.
fn error(case: &Case, form: &Form, id: &TermId) -> String {
    let typed = faults::of(form, &value_field(id));
    let problem = form.problem.as_ref().filter(|_| typed.is_empty());
    let named = |params: &serde_json::Value| {
        let terms = params.get("terms").and_then(serde_json::Value::as_array);
        let one = params.get("term").into_iter();
        terms.into_iter().flatten().chain(one).any(|term| term.as_str() == Some(id.as_str()))
    };
    let Some(problem) = problem.filter(|problem| named(&problem.params)) else { return typed.to_owned() };
    match &*problem.code {
        "negotiation.above_mandate" => case.visit.t("table-above"),
        "negotiation.outside_mandate" => case.visit.t("table-outside"),
        _ => problem.title.to_string(),
    }
}

fn clause(case: &Case, form: &Form, id: &proto::id::ClauseId, before: &Package, draft: Option<&Package>) -> Option<ClauseField> {
    let clause = case.state.clauses.get(id)?;
    let stood = package::prefilled(case, id, before);
    let drafted = draft.and_then(|draft| draft.wording.get(id));
    let filled = drafted.unwrap_or(&stood);
    let text = |language: &str, filled: Option<&String>| {
        form.typed(&wording_field(language, id), filled.map_or("", String::as_str)).replace("\r\n", "\n")
    };
    let (ko, en) = (text("ko", filled.ko.as_ref()), text("en", filled.en.as_ref()));
    let carried = before.wording.contains_key(id);
    let ticked = form.took(&clause_field(id), "yes", drafted.is_some());
    let changed = ko.trim() != stood.ko.as_deref().unwrap_or_default() || en.trim() != stood.en.as_deref().unwrap_or_default();
    let error = ["ko", "en"].map(|language| faults::of(form, &wording_field(language, id))).concat();
    Some(ClauseField {
        id: id.to_string(),
        heading: case.visit.name(&clause.heading).to_owned(),
        open: carried || ticked || changed || !error.is_empty(),
        ko,
        en,
        carried,
        ticked,
        error,
    })
}
