//! What the own body's delegates may agree to. Nobody else ever sees any of it: it is read from the body's own sealed stream, with the token of
//! whoever is signed in.

use std::collections::BTreeMap;

use axum::extract::Path;
use gateway::problem::Problem;
use jiff::ToSpan as _;
use jiff::civil::Date;
use proto::access::Asker;
use proto::actor::{Role, Service};
use proto::id::{CaseId, GovernmentId, MandateId, OfficialId, TermId};
use proto::mandate::{Granted, Mandates as Kept};
use proto::message::Target;
use proto::registry::{Bounds, Command, Mandate, Scope};
use proto::standing::Phase;
use proto::stream::Stream;
use proto::term::Kind;
use proto::words::{Counting, Deadline, day_of};
use serde::Deserialize;
use serde_json::json;

use super::super::{Case, Room, refuse};
use super::{Typed, first};
use crate::{Form, Page, Posted, Visit, When, days, done, locale, typed};

/// So many days before its end a mandate is said to end soon.
const SOON: i32 = 30;

/// The own body's mandates in this case.
pub(super) struct Mandates {
    pub lines: Vec<Line>,
    pub grant: Option<Granting>,
    pub revoke: Option<Revoking>,
    /// Whether the body is invited and needs a mandate to join.
    pub joins: bool,
}

/// A mandate.
pub(super) struct Line {
    pub delegate: String,
    pub scope: String,
    /// Term, not below, not above.
    pub bounds: Vec<(String, String, String)>,
    pub until: When,
    /// `good`, `soon`, `over`, `revoked` or `broken`.
    pub stand: &'static str,
    pub basis: String,
    pub may_delegate: bool,
    /// Whose mandate it is passed on from.
    pub from: String,
}

/// The form by which a mandate is granted.
pub(super) struct Granting {
    pub form: Form,
    pub shown: bool,
    pub mandate: String,
    pub delegates: Vec<(String, String)>,
    pub delegate: String,
    /// The mandate it is passed on from: none first, where the head may grant it.
    pub parents: Vec<(String, String)>,
    pub parent: String,
    pub terms: Vec<TermChoice>,
    pub some: bool,
    pub until: String,
    pub basis: String,
    pub may_delegate: bool,
}

/// A term in the form.
pub(super) struct TermChoice {
    pub id: String,
    pub name: String,
    /// The unit of its numbers; none where it has none.
    pub unit: Option<String>,
    pub chosen: bool,
    pub floor: String,
    pub ceiling: String,
}

/// The form by which a mandate is taken back.
pub(super) struct Revoking {
    pub form: Form,
    pub shown: bool,
    pub choices: Vec<(String, String)>,
    pub chosen: String,
}

/// What of the register's fold of a body's mandates is needed here.
#[derive(Default, Deserialize)]
struct Sealed {
    #[serde(default)]
    mandates: Kept,
}

/// The mandates of the own body, where it is a party or invited.
pub(super) async fn of(case: &Case) -> Result<Option<Mandates>, Problem> {
    let joins = case.state.standing.invited.contains(&case.government);
    if !case.is_party() && !joins {
        return Ok(None);
    }
    let Sealed { mandates } = case.sealed(Service::Registry, Stream::Mandates(case.government.clone())).await?;
    let today = day_of(case.visit.now, &case.visit.zone).unwrap_or_default();
    let own = || mandates.granted.values().filter(|granted| granted.mandate.case == case.id);
    let mut lines: Vec<(bool, Line)> =
        own().map(|granted| line(case, &mandates, granted, today)).map(|line| (is_past(&line), line)).collect();
    lines.sort_by_key(|(past, _)| *past);
    let negotiated = case.state.standing.phase == Phase::Open;
    let standing = || own().filter(|granted| !granted.revoked && granted.mandate.until >= today);
    let grant = if negotiated { granting(case, &mandates, today).await? } else { None };
    let revoke = case.visit.holds(&[Role::Signatory]).then(|| revoking(case, standing())).flatten();
    Ok(Some(Mandates { lines: lines.into_iter().map(|(_, line)| line).collect(), grant, revoke, joins }))
}

fn is_past(line: &Line) -> bool {
    matches!(line.stand, "over" | "revoked" | "broken")
}

fn line(case: &Case, all: &Kept, Granted { mandate, revoked }: &Granted, today: Date) -> Line {
    let visit = &case.visit;
    let soon = today.saturating_add(SOON.days());
    let stand = match mandate.until {
        _ if *revoked => "revoked",
        until if until < today => "over",
        _ if all.chain_holds(mandate, today).is_err() => "broken",
        until if until <= soon => "soon",
        _ => "good",
    };
    let scope = match &mandate.scope {
        Scope::All => visit.t("authority-scope-all"),
        Scope::Terms(terms) => terms.iter().map(|term| case.name_of("term", term.as_str())).collect::<Vec<_>>().join(" · "),
    };
    let from = mandate.parent.and_then(|parent| all.granted.get(&parent)).map(|parent| parent.mandate.delegate.to_string());
    Line {
        delegate: mandate.delegate.to_string(),
        scope,
        bounds: mandate.bounds.iter().map(|(term, bounds)| bound(case, term, bounds)).collect(),
        // What does not hold any more has no days left, and none too many.
        until: match stand {
            "good" | "soon" => visit.due(&Deadline { on: mandate.until, zone: visit.zone.clone(), counting: Counting::Named }),
            _ => visit.on(&mandate.until),
        },
        stand,
        basis: mandate.legal_basis.clone(),
        may_delegate: mandate.may_delegate,
        from: from.unwrap_or_default(),
    }
}

fn bound(case: &Case, term: &TermId, bounds: &Bounds) -> (String, String, String) {
    let said = |bound: Option<rust_decimal::Decimal>| bound.map_or_else(|| "–".to_owned(), |bound| case.bound(term, bound));
    (case.name_of("term", term.as_str()), said(bounds.floor), said(bounds.ceiling))
}

/// The form, for the head of the body and for delegates who may pass a mandate on.
async fn granting(case: &Case, all: &Kept, today: Date) -> Result<Option<Granting>, Problem> {
    let Asker::Person { official, .. } = &case.who.asker else { return Ok(None) };
    let is_head = case.visit.holds(&[Role::Signatory]);
    let passes = |granted: &&Granted| {
        let held = &granted.mandate;
        let own = !granted.revoked && held.delegate == *official && held.case == case.id;
        own && held.may_delegate && held.until >= today && all.chain_holds(held, today).is_ok()
    };
    let named = |granted: &Granted| {
        let until = locale::day(case.visit.language, granted.mandate.until);
        let words = case.visit.told("authority-passed_on", &json!({ "basis": granted.mandate.legal_basis, "until": until }));
        (granted.mandate.mandate.to_string(), words)
    };
    let first = is_head.then(|| (String::new(), case.visit.t("authority-by_head")));
    let held = all.granted.values().filter(passes).filter(|_| case.visit.holds(&[Role::Delegate]));
    let parents: Vec<_> = first.into_iter().chain(held.map(named)).collect();
    if parents.is_empty() {
        return Ok(None);
    }
    let delegates = delegates(case).await?;
    let form = case.form("grant");
    Ok(Some(Granting {
        shown: case.tried("grant") || (all.granted.values().all(|granted| granted.mandate.case != case.id)),
        // The id is made with the form, so that sending it twice grants one mandate.
        mandate: form.typed("mandate", &runtime::clock::uuid().to_string()).to_owned(),
        delegate: form.typed("delegate", "").to_owned(),
        delegates,
        parent: form.typed("parent", "").to_owned(),
        parents,
        terms: terms(case, &form),
        some: form.took("scope", "terms", false),
        until: form.typed("until", "").to_owned(),
        basis: form.typed("legal_basis", "").to_owned(),
        may_delegate: form.took("may_delegate", "yes", false),
        form,
    }))
}

/// The delegates of the own body, as the register has them today.
async fn delegates(case: &Case) -> Result<Vec<(String, String)>, Problem> {
    let persons = case.visit.edge.persons().await.map_err(|why| case.visit.failed(why))?;
    let own = persons.into_iter().filter(|person| person.government == case.government && person.roles.contains(&Role::Delegate));
    Ok(own.map(|person| (person.official.to_string(), person.official.to_string())).collect())
}

fn terms(case: &Case, form: &Form) -> Vec<TermChoice> {
    let choice = |(id, term): (&TermId, &negotiation::text::Term)| TermChoice {
        name: case.visit.name(&term.names).to_owned(),
        unit: match &term.kind {
            Kind::Money { currency } => Some(locale::currency(case.visit.language, *currency)),
            Kind::Share => Some("%".to_owned()),
            Kind::Quantity { unit } => Some(locale::unit(case.visit.language, unit)),
            Kind::Date | Kind::Duty | Kind::Choice { .. } | Kind::Text => None,
        },
        chosen: form.took("term", id.as_str(), false),
        floor: form.typed(&format!("floor.{id}"), "").to_owned(),
        ceiling: form.typed(&format!("ceiling.{id}"), "").to_owned(),
        id: id.to_string(),
    };
    case.state.terms.iter().map(choice).collect()
}

fn revoking<'a>(case: &Case, standing: impl Iterator<Item = &'a Granted>) -> Option<Revoking> {
    let named = |granted: &Granted| {
        let Mandate { mandate, delegate, until, .. } = &granted.mandate;
        let until = locale::day(case.visit.language, *until);
        (mandate.to_string(), case.visit.told("authority-mandate-of", &json!({ "delegate": delegate, "until": until })))
    };
    let choices: Vec<_> = standing.map(named).collect();
    let form = case.form("revoke");
    let shown = case.tried("revoke");
    (!choices.is_empty() || shown).then(|| Revoking { chosen: form.typed("mandate", "").to_owned(), form, shown, choices })
}

pub(super) async fn grant(Path(id): Path<CaseId>, posted: Posted<Typed>) -> Page {
    match mandate(&posted.signed.visit, id, &posted.fields) {
        Ok(mandate) => send(id, "grant", posted, |government| Command::GrantMandate { government, mandate }).await,
        Err(problem) => refuse(id, Room::Authority, "grant", posted, problem).await,
    }
}

pub(super) async fn revoke(Path(id): Path<CaseId>, posted: Posted<Typed>) -> Page {
    if let Ok(mandate) = first(&posted.fields, "mandate").parse::<MandateId>() {
        send(id, "revoke", posted, |government| Command::RevokeMandate { government, mandate }).await
    } else {
        let problem = posted.signed.visit.wrong("authority-wrong-mandate", json!({}));
        refuse(id, Room::Authority, "revoke", posted, problem).await
    }
}

/// Sends a command to the own body's mandates, and shows the room.
async fn send(id: CaseId, name: &'static str, posted: Posted<Typed>, command: impl FnOnce(GovernmentId) -> Command) -> Page {
    let Asker::Person { government, .. } = &posted.signed.who.asker else {
        return Err(posted.signed.visit.failed(proto::wire::Failure::NotFound));
    };
    let own = government.clone();
    let command = proto::message::Command::Registry(command(own.clone()));
    match posted.act(&Target::Government(own), command).await {
        Ok(receipt) => Ok(done(&format!("{}#mandates", Room::Authority.path(id)), &receipt)),
        Err(problem) => refuse(id, Room::Authority, name, posted, problem).await,
    }
}

fn mandate(visit: &Visit, case: CaseId, typed: &Typed) -> Result<Mandate, Problem> {
    let wrong = |key: &str| visit.wrong(key, json!({}));
    let delegate: OfficialId = first(typed, "delegate").parse().map_err(|_| wrong("authority-wrong-delegate"))?;
    let parent = Some(first(typed, "parent")).filter(|parent| !parent.is_empty()).map(str::parse).transpose();
    let scope = if first(typed, "scope") == "terms" {
        Scope::Terms(typed.iter().filter(|(field, _)| field == "term").filter_map(|(_, term)| term.parse().ok()).collect())
    } else {
        Scope::All
    };
    let until = days::day(visit, "authority-until", first(typed, "until"))?.ok_or_else(|| wrong("authority-wrong-until"))?;
    Ok(Mandate {
        mandate: first(typed, "mandate").parse().map_err(|_| wrong("authority-wrong-mandate"))?,
        case,
        delegate,
        bounds: bounds(visit, typed)?,
        scope,
        until,
        legal_basis: first(typed, "legal_basis").to_owned(),
        may_delegate: first(typed, "may_delegate") == "yes",
        parent: parent.map_err(|_| wrong("authority-wrong-mandate"))?,
    })
}

/// Bounds of the terms for which some were typed.
fn bounds(visit: &Visit, typed: &Typed) -> Result<BTreeMap<TermId, Bounds>, Problem> {
    let mut all: BTreeMap<TermId, Bounds> = BTreeMap::new();
    for (field, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let Some((side, Ok(term))) = field.split_once('.').map(|(side, term)| (side, term.parse::<TermId>())) else { continue };
        if !["floor", "ceiling"].contains(&side) {
            continue;
        }
        let number = typed::optional(visit, &format!("authority-{side}"), text)?;
        let bounds = all.entry(term).or_insert(Bounds { floor: None, ceiling: None });
        if side == "floor" { bounds.floor = number } else { bounds.ceiling = number }
    }
    Ok(all)
}
