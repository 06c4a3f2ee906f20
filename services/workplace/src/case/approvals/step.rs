//! The step at hand: what the law says of it, how it stands, and the forms of whoever may act in it.

use approvals::{Decided, Instance, KeptSignOff};
use jiff::civil::Date;
use proto::approvals::StepOf;
use proto::procedure::{RunsFrom, Silence, StepKind, gates};
use proto::words::day_of;
use serde_json::json;

use super::super::Case;
use super::{Reader, attempts, grid, offered};
use crate::visit::Cited;
use crate::{Form, When, locale};

/// The forms of the room; each names the step it is about.
pub(super) const FORMS: [&str; 4] = ["decide", "record", "clock", "sign-off"];

/// What the register of procedures says of a step.
pub(super) struct Law {
    pub kind: String,
    pub actor: Cited,
    pub legal_ref: Cited,
    pub time: String,
    pub silence: String,
    pub condition: Cited,
    pub majority: Cited,
    pub letter: Cited,
    pub blocking: bool,
    pub note: Cited,
}

/// A step, opened.
pub(super) struct Shown {
    pub name: String,
    pub owner: String,
    pub law: Law,
    pub stand: grid::Stand,
    pub due: Option<When>,
    pub waits: String,
    pub why: Option<String>,
    pub done: Vec<attempts::Line>,
    pub step: String,
    pub government: String,
    /// The step in the ids of its forms, so that what is typed for one is never taken for another.
    pub of: String,
    pub decide: Option<Deciding>,
    pub record: Option<Recording>,
    pub clock: Option<Starting>,
    pub sign_off: Option<Form>,
    pub sign_offs: Vec<KeptLine>,
    pub today: String,
}

/// The form by which it is decided whether a step applies.
pub(super) struct Deciding {
    pub form: Form,
    pub applies: bool,
    pub applies_not: bool,
    /// Rules of the financial gate that say when it does: who decides, from which amount on, and the law.
    pub gate: String,
    pub thresholds: Vec<[Cited; 3]>,
}

/// The form by which it is recorded what was done.
pub(super) struct Recording {
    pub form: Form,
    pub kind: &'static str,
    pub agreement: String,
    /// Superior bodies: value and name.
    pub bodies: Vec<(String, String)>,
    pub body: String,
    pub ends: Vec<(String, String)>,
    /// Whether a letter must carry it.
    pub letter: bool,
    /// Whether the fields of the letter stand open.
    pub letter_open: bool,
}

/// The form by which a time begins to run.
pub(super) struct Starting {
    pub form: Form,
    /// Whether it must be said that the law wants a formal answer.
    pub formal: bool,
}

/// A reference to an internal sign-off.
pub(super) struct KeptLine {
    pub number: String,
    pub drafter: String,
    pub reviewers: String,
    pub decided_by: String,
    pub on: When,
}

/// The step that the address or a refused form names, else the first in which whoever looks can act.
pub(super) fn shown(reader: &Reader<'_>, sign_offs: &[KeptSignOff]) -> Option<Shown> {
    let instance = match named(reader.case) {
        Some(of) => reader.state.lanes.find(&of),
        None => reader.state.lanes.all().filter(|instance| offered::is_turn(reader, instance)).min_by_key(|instance| instance.place),
    }?;
    let case = reader.case;
    let visit = &case.visit;
    let offer = offered::offer(reader, instance);
    let today = day_of(visit.now, &visit.zone).unwrap_or_default();
    let runs = instance.clock.as_ref().filter(|clock| !clock.over);
    Some(Shown {
        name: reader.step(instance),
        owner: reader.owner(instance),
        law: law(reader, instance),
        stand: grid::stand(reader, instance),
        due: runs.map(|clock| visit.due(&clock.due)),
        waits: grid::waits(reader, instance),
        why: instance.decided.as_ref().map(|decided| reason(reader, decided)),
        done: attempts::lines(reader, instance),
        of: instance.of.government.as_ref().map_or_else(|| instance.of.step.to_string(), |party| format!("{}-{party}", instance.of.step)),
        step: instance.of.step.to_string(),
        government: instance.of.government.as_ref().map(ToString::to_string).unwrap_or_default(),
        decide: (offer.decide || case.tried("decide")).then(|| deciding(reader, instance)),
        record: (offer.record || case.tried("record")).then(|| recording(reader, instance)),
        clock: (offer.clock || case.tried("clock"))
            .then(|| Starting { form: case.form("clock"), formal: instance.step.on_silence() == Silence::YesUnlessFormal }),
        sign_off: (offer.sign_off || case.tried("sign-off")).then(|| case.form("sign-off")),
        sign_offs: sign_offs.iter().filter(|kept| kept.step == instance.of).map(|kept| kept_line(reader, kept)).collect(),
        today: today.to_string(),
    })
}

fn named(case: &Case) -> Option<StepOf> {
    let of = |step: &str, government: &str| Some(StepOf { step: step.parse().ok()?, government: government.parse().ok() });
    if let Some(tried) = FORMS.into_iter().find(|name| case.tried(name)) {
        let sent = |field| case.refused_with(tried, field).unwrap_or_default();
        return of(sent("step"), sent("government"));
    }
    let (_, query) = case.visit.here.split_once('?')?;
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    of(value("step"), value("government"))
}

/// The decision whether a step applies, with its reason.
pub(super) fn reason(reader: &Reader<'_>, decided: &Decided) -> String {
    let visit = &reader.case.visit;
    let why = reader.remarks.of(&decided.why).map_or_else(|| visit.t("approvals-reason_not_shown"), |why| format!("“{why}”"));
    let key = if decided.applies { "approvals-decided-applies" } else { "approvals-decided-not" };
    visit.told(key, &json!({ "why": why, "person": decided.by }))
}

/// What the law says of a step. Its own words stand beside what was typed from them.
pub(super) fn law(reader: &Reader<'_>, instance: &Instance) -> Law {
    let visit = &reader.case.visit;
    let step = &instance.step;
    let time = step.time.as_ref().map(|time| {
        let from = match &time.from {
            RunsFrom::Step(id) => visit.with("approvals-from-step", "step", &reader.case.name_of("step", id.as_str())),
            RunsFrom::Signature => visit.t("approvals-from-signature"),
            RunsFrom::EntryIntoForce => visit.t("approvals-from-force"),
            RunsFrom::OutsideEvent => visit.t("approvals-from-outside"),
        };
        visit.told("approvals-time", &json!({ "days": time.days, "from": from }))
    });
    let silence = match step.on_silence() {
        Silence::Yes => "yes",
        Silence::YesUnlessFormal => "yes_unless_formal",
        Silence::No => "no",
        Silence::Nothing => "nothing",
    };
    Law {
        kind: grid::kind(reader, step.kind),
        actor: visit.cited(&step.actor.wording),
        legal_ref: visit.founded(&step.legal_ref, step.evidence),
        silence: time.as_ref().map(|_| visit.t(&format!("approvals-silence-{silence}"))).unwrap_or_default(),
        time: time.unwrap_or_default(),
        condition: step.condition.as_ref().map(|condition| visit.cited(&condition.wording)).unwrap_or_default(),
        majority: step.majority.as_ref().map(|majority| visit.cited(&majority.wording)).unwrap_or_default(),
        letter: step.letter.as_ref().map(|letter| visit.founded(&letter.legal_ref, letter.evidence)).unwrap_or_default(),
        blocking: step.blocking,
        note: step.note.as_ref().map(|note| visit.cited(note)).unwrap_or_default(),
    }
}

fn deciding(reader: &Reader<'_>, instance: &Instance) -> Deciding {
    let visit = &reader.case.visit;
    let form = reader.case.form("decide");
    let gate = instance.step.gate.as_ref().and_then(|gate| gates().get(gate));
    let before = instance.decided.as_ref().map(|decided| decided.applies);
    Deciding {
        applies: form.took("applies", "yes", before == Some(true)),
        applies_not: form.took("applies", "no", before == Some(false)),
        gate: gate.map(|gate| format!("{} ({})", visit.name(&gate.names), visit.cited(&gate.legal_basis).text)).unwrap_or_default(),
        thresholds: gate
            .into_iter()
            .flat_map(|gate| gate.thresholds.iter().map(|of| [&of.level, &of.rule, &of.legal_ref].map(|words| visit.cited(words))))
            .collect(),
        form,
    }
}

fn recording(reader: &Reader<'_>, instance: &Instance) -> Recording {
    let (case, state) = (reader.case, reader.state);
    let form = case.form("record");
    let higher = instance.step.kind == StepKind::HigherApproval;
    let parent = instance.of.government.as_ref().or(Some(&case.government)).and_then(|party| state.parents.get(party));
    let parent = parent.filter(|parent| !state.standing.parties.contains(*parent)).map(ToString::to_string).unwrap_or_default();
    let strangers = case.bodies.0.keys().filter_map(|id| id.parse().ok()).filter(|id| !state.standing.parties.contains(id));
    let named = |body: proto::id::GovernmentId| (body.to_string(), case.called(&body).to_owned());
    let text = instance.step.is_about_text().then_some(state.standing.agreement).flatten();
    let letter = instance.step.letter.is_some() || (higher && case.is_party());
    let ends = ["passed", "passed_amended", "rejected", "deferred", "withdrawn", "lapsed_with_term"];
    Recording {
        kind: grid::kind_code(instance.step.kind),
        agreement: form.typed("agreement", &text.map(|text| text.to_string()).unwrap_or_default()).to_owned(),
        bodies: if higher { strangers.map(named).collect() } else { Vec::new() },
        body: form.typed("body", &parent).to_owned(),
        ends: ends.map(|end| (end.to_owned(), case.visit.t(&format!("approvals-end-{end}")))).into(),
        letter_open: letter || !form.typed("letter_number", "").is_empty() || !form.typed("letter_issuer", "").is_empty(),
        letter,
        form,
    }
}

fn kept_line(reader: &Reader<'_>, KeptSignOff { sign_off, .. }: &KeptSignOff) -> KeptLine {
    KeptLine {
        number: sign_off.number.clone(),
        drafter: sign_off.drafter.clone(),
        reviewers: sign_off.reviewers.join(" · "),
        decided_by: sign_off.decided_by.clone(),
        on: on(reader, sign_off.decided_on),
    }
}

fn on(reader: &Reader<'_>, day: Date) -> When {
    let visit = &reader.case.visit;
    locale::on(visit.language, day, &visit.zone, visit.now)
}
