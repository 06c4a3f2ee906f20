//! All steps: a row for each, a column for each government, and what is done once for all across all of them.

use std::collections::BTreeMap;

use approvals::{Instance, Status, What};
use proto::procedure::{Stage, StepKind};

use super::{Reader, attempts, offered, step};
use crate::When;

/// The steps.
pub(super) struct Grid {
    pub columns: Vec<Column>,
    pub stages: Vec<Group>,
    /// Whether what was done stands open in the cells.
    pub wide: bool,
}

/// A government.
pub(super) struct Column {
    pub name: String,
    pub own: bool,
}

/// Steps of one stage that follow each other.
pub(super) struct Group {
    pub name: String,
    pub about: String,
    pub rows: Vec<Row>,
}

/// A step.
pub(super) struct Row {
    pub name: String,
    /// Where it is shown in full: that of the own body, where it has one.
    pub href: String,
    pub facts: step::Law,
    /// One for all, or one for each column.
    pub common: Option<Cell>,
    pub cells: Vec<Cell>,
}

/// The step of one government.
pub(super) struct Cell {
    pub label: String,
    pub own: bool,
    pub stand: Stand,
    pub due: Option<When>,
    /// What it waits for.
    pub waits: String,
    /// Why it does not apply, or why it does.
    pub why: Option<String>,
    pub done: Vec<attempts::Line>,
    /// Where whoever looks can act in it.
    pub href: Option<String>,
}

/// How a step stands: words, an icon and a colour that say the same.
pub(super) struct Stand {
    pub text: String,
    pub icon: &'static str,
    pub tone: &'static str,
}

/// Up to so many governments what was done stands open in the cells.
const OPEN: usize = 4;

pub(super) fn of(reader: &Reader<'_>) -> Grid {
    let lanes = &reader.state.lanes;
    let parties: Vec<_> = lanes.parties.keys().collect();
    let mut places: BTreeMap<usize, Vec<&Instance>> = BTreeMap::new();
    for instance in lanes.all() {
        places.entry(instance.place).or_default().push(instance);
    }
    let mut stages: Vec<(Stage, Group)> = Vec::new();
    for instances in places.into_values() {
        let Some(first) = instances.first() else { continue };
        let stage = first.step.stage;
        if stages.last().is_none_or(|(last, _)| *last != stage) {
            stages.push((stage, group(reader, stage)));
        }
        if let Some((_, group)) = stages.last_mut() {
            group.rows.push(row(reader, first, &instances));
        }
    }
    let column =
        |party: &&proto::id::GovernmentId| Column { name: reader.case.called(party).to_owned(), own: **party == reader.case.government };
    Grid {
        columns: parties.iter().map(column).collect(),
        wide: parties.len() <= OPEN,
        stages: stages.into_iter().map(|(_, group)| group).collect(),
    }
}

fn group(reader: &Reader<'_>, stage: Stage) -> Group {
    let key = match stage {
        Stage::Preparation => "preparation",
        Stage::Text => "text",
        Stage::Entry => "entry",
        Stage::After => "after",
    };
    let t = |part: &str| reader.case.visit.t(&format!("approvals-{part}-{key}"));
    Group { name: t("stage"), about: t("stage_about"), rows: Vec::new() }
}

fn row(reader: &Reader<'_>, first: &Instance, instances: &[&Instance]) -> Row {
    let common = first.of.government.is_none().then(|| cell(reader, first));
    let cells = if common.is_some() { Vec::new() } else { instances.iter().map(|instance| cell(reader, instance)).collect() };
    let own = instances.iter().find(|instance| instance.of.government.as_ref() == Some(&reader.case.government));
    Row { name: reader.step(first), href: reader.href(own.unwrap_or(&first)), facts: step::law(reader, first), common, cells }
}

fn cell(reader: &Reader<'_>, instance: &Instance) -> Cell {
    let visit = &reader.case.visit;
    let runs = instance.clock.as_ref().filter(|clock| !clock.over && !matches!(instance.status, Status::Done { .. }));
    let offer = offered::offer(reader, instance);
    let own = instance.of.government.as_ref() == Some(&reader.case.government);
    Cell {
        label: reader.owner(instance),
        own,
        stand: stand(reader, instance),
        due: runs.map(|clock| visit.due(&clock.due)),
        waits: waits(reader, instance),
        why: instance.decided.as_ref().map(|decided| step::reason(reader, decided)),
        done: attempts::lines(reader, instance),
        href: (offer.decide || offer.record || offer.clock).then(|| reader.href(instance)),
    }
}

/// The steps that come first, each once.
pub(super) fn waits(reader: &Reader<'_>, instance: &Instance) -> String {
    let Status::Waiting { missing } = &instance.status else { return String::new() };
    let mut names: Vec<String> = Vec::new();
    for of in missing {
        let name = reader.case.name_of("step", of.step.as_str());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" · ")
}

pub(super) fn stand(reader: &Reader<'_>, instance: &Instance) -> Stand {
    let runs = instance.clock.as_ref().is_some_and(|clock| !clock.over);
    let tried = instance.attempts.iter().any(|attempt| !attempt.void && matches!(attempt.what, What::Recorded { .. }));
    let t = |key: &str| reader.case.visit.t(&format!("approvals-stand-{key}"));
    match &instance.status {
        Status::Done { .. } => Stand { text: t("done"), icon: "check_circle", tone: "good" },
        Status::NotApplicable => Stand { text: t("not_applicable"), icon: "remove_circle", tone: "neutral" },
        Status::ConditionOpen => Stand { text: t("condition_open"), icon: "help", tone: "warn" },
        Status::NotFrozen => Stand { text: t("not_frozen"), icon: "hourglass_empty", tone: "neutral" },
        Status::Waiting { .. } => Stand { text: t("waiting"), icon: "hourglass_empty", tone: "neutral" },
        Status::LetterOnItsWay => Stand { text: t("letter"), icon: "mail", tone: "warn" },
        Status::Refused => Stand { text: t("refused"), icon: "cancel", tone: "bad" },
        Status::Overdue => Stand { text: t("overdue"), icon: "alarm", tone: "bad" },
        Status::Open if instance.step.is_signing() => Stand { text: t("signing"), icon: "edit", tone: "" },
        Status::Open if runs => Stand { text: t("running"), icon: "schedule", tone: "" },
        Status::Open if tried => Stand { text: t("again"), icon: "update", tone: "warn" },
        Status::Open => Stand { text: t("open"), icon: "arrow_forward", tone: "" },
    }
}

/// What a kind of step is called.
pub(super) fn kind(reader: &Reader<'_>, kind: StepKind) -> String {
    reader.case.visit.t(&format!("approvals-kind-{}", kind_code(kind)))
}

/// The name of a kind in markup and forms.
pub(super) fn kind_code(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Propose => "propose",
        StepKind::Consult => "consult",
        StepKind::Draft => "draft",
        StepKind::CouncilResolution => "council_resolution",
        StepKind::HigherApproval => "higher_approval",
        StepKind::Sign => "sign",
        StepKind::Publish => "publish",
        StepKind::Report => "report",
        StepKind::Register => "register",
    }
}
