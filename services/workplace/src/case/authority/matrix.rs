//! The matrix as people read it: a row per function, a column per power, and in every cell who holds it, on what basis, and what is wrong with it.

use authority::{Found, State};
use proto::authority::{Function, Issue, Power};
use proto::id::{FunctionId, GovernmentId};

use super::super::{Case, Room};

/// The powers in the order of the columns.
pub(super) const POWERS: [Power; 4] = [Power::Decide, Power::Fund, Power::Operate, Power::BeConsulted];

/// A function.
pub(super) struct Row {
    pub name: String,
    pub cells: Vec<Cell>,
    /// Who else is affected.
    pub affected: String,
    /// Where it is changed, for whoever may.
    pub edit: Option<String>,
}

/// Who holds a power.
pub(super) struct Cell {
    /// The column's head.
    pub power: String,
    pub holders: Vec<Holder>,
    /// What is wrong with the cell as a whole.
    pub marks: Vec<Mark>,
}

/// A body in a cell.
pub(super) struct Holder {
    pub body: String,
    pub own: bool,
    pub basis: String,
    pub marks: Vec<Mark>,
}

/// Something that is wrong.
pub(super) struct Mark {
    pub text: String,
    /// Whether all parties have allowed it.
    pub settled: bool,
}

/// The name of a power in markup and texts.
pub(super) fn code(power: Power) -> &'static str {
    match power {
        Power::Decide => "decide",
        Power::Fund => "fund",
        Power::Operate => "operate",
        Power::BeConsulted => "consulted",
    }
}

pub(super) fn column(case: &Case, power: Power) -> String {
    case.visit.t(&format!("authority-power-{}", code(power)))
}

pub(super) fn rows(case: &Case, state: &State, changes: bool) -> Vec<Row> {
    let row = |(id, function): (&FunctionId, &Function)| {
        let found: Vec<&Found> = state.findings.iter().filter(|found| found.finding.function == *id).collect();
        Row {
            name: case.visit.name(&function.names).to_owned(),
            cells: POWERS.map(|power| cell(case, function, power, &found)).into(),
            affected: function.affected.iter().map(|body| case.called(body)).collect::<Vec<_>>().join(" · "),
            edit: changes.then(|| format!("{}?row={id}#set", Room::Authority.path(case.id))),
        }
    };
    state.matrix.iter().map(row).collect()
}

fn cell(case: &Case, function: &Function, power: Power, found: &[&Found]) -> Cell {
    let mark = |found: &Found| Mark { text: short(case, &found.finding.issue), settled: !found.open };
    let holder = |(body, basis): (&GovernmentId, Option<&str>)| Holder {
        body: case.called(body).to_owned(),
        own: *body == case.government,
        basis: basis.unwrap_or_default().to_owned(),
        marks: found.iter().filter(|found| concerns(&found.finding.issue, power, body)).map(|found| mark(found)).collect(),
    };
    let held = function.holders.iter().flat_map(|(body, holdings)| {
        let here = holdings.iter().filter(|holding| holding.power == power);
        here.map(move |holding| (body, holding.legal_basis.as_deref()))
    });
    Cell {
        power: column(case, power),
        holders: held.map(holder).collect(),
        marks: found.iter().filter(|found| is_of(&found.finding.issue, power)).map(|found| mark(found)).collect(),
    }
}

/// Whether an issue is one of a whole cell.
fn is_of(issue: &Issue, power: Power) -> bool {
    match issue {
        Issue::Gap { power: of } | Issue::Overlap { power: of, .. } => *of == power,
        Issue::Unheard { .. } => power == Power::BeConsulted,
        Issue::NoBasis { .. } | Issue::HolderIsNoParty { .. } => false,
    }
}

/// Whether an issue is one of a body in a cell.
fn concerns(issue: &Issue, power: Power, body: &GovernmentId) -> bool {
    match issue {
        Issue::NoBasis { holder, power: of } => *of == power && holder == body,
        Issue::HolderIsNoParty { holder } => power != Power::BeConsulted && holder == body,
        Issue::Gap { .. } | Issue::Overlap { .. } | Issue::Unheard { .. } => false,
    }
}

fn short(case: &Case, issue: &Issue) -> String {
    let visit = &case.visit;
    match issue {
        Issue::Gap { .. } => visit.t("authority-mark-gap"),
        Issue::Overlap { .. } => visit.t("authority-mark-overlap"),
        Issue::NoBasis { .. } => visit.t("authority-mark-no_basis"),
        Issue::Unheard { government } => visit.with("authority-mark-unheard", "body", case.called(government)),
        Issue::HolderIsNoParty { .. } => visit.t("authority-mark-no_party"),
    }
}
