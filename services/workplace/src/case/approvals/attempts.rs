//! What was done in a step, or the silence in which its time passed, in words.

use approvals::{Attempt, Instance, What};
use proto::approvals::{Done, Letter};
use proto::entry::Document;
use proto::remark::Remark;
use serde_json::json;

use super::Reader;
use crate::said::{Teller, Things};
use crate::{When, files, locale};

/// Something that was done.
pub(super) struct Line {
    pub what: String,
    pub on: Option<When>,
    /// Which body recorded it, where it is not the one whose step it is.
    pub by: String,
    /// From which day it has effect, where that is another than the day it was done.
    pub effect: String,
    /// Conditions that a superior body attached.
    pub conditions: Option<String>,
    pub letter: String,
    pub evidence: Vec<Evidence>,
    /// It was about a text that does not stand any more.
    pub void: bool,
    /// It was a no.
    pub refused: bool,
}

/// A document that shows it.
pub(super) struct Evidence {
    pub digest: String,
    pub kind: String,
    pub size: String,
}

/// The remarks in what was done.
pub(super) fn remarks(instance: &Instance) -> impl Iterator<Item = &Remark> {
    instance.attempts.iter().filter_map(|attempt| match &attempt.what {
        What::Recorded { done: Done::Higher { conditions, .. }, .. } => conditions.as_ref(),
        What::Recorded { .. } | What::Silence { .. } => None,
    })
}

/// First to last.
pub(super) fn lines(reader: &Reader<'_>, instance: &Instance) -> Vec<Line> {
    instance.attempts.iter().map(|attempt| line(reader, instance, attempt)).collect()
}

fn line(reader: &Reader<'_>, instance: &Instance, attempt: &Attempt) -> Line {
    let visit = &reader.case.visit;
    let done_on = if let What::Recorded { on, .. } = &attempt.what { Some(*on) } else { None };
    let effect = attempt.effect.filter(|day| Some(*day) != done_on).map(|day| locale::day(visit.language, day)).unwrap_or_default();
    match &attempt.what {
        What::Recorded { done, by, on, letter, evidence } => Line {
            what: Teller { language: visit.language, bodies: &reader.case.bodies, things: &Things::default() }.done(done),
            on: Some(visit.on(on)),
            by: if instance.of.government.as_ref() == Some(by) { String::new() } else { reader.case.called(by).to_owned() },
            effect,
            conditions: conditions(reader, done),
            letter: letter.as_ref().map(|letter| carried(reader, letter)).unwrap_or_default(),
            evidence: evidence.iter().map(|document| shown(reader, document)).collect(),
            void: attempt.void,
            refused: is_no(done),
        },
        What::Silence { refused } => Line {
            what: visit.t(if *refused { "approvals-silence-was_no" } else { "approvals-silence-passed" }),
            on: None,
            by: String::new(),
            effect,
            conditions: None,
            letter: String::new(),
            evidence: Vec::new(),
            void: attempt.void,
            refused: *refused,
        },
    }
}

fn conditions(reader: &Reader<'_>, done: &Done) -> Option<String> {
    let Done::Higher { conditions: Some(conditions), .. } = done else { return None };
    Some(reader.remarks.of(conditions).map_or_else(|| reader.case.visit.t("approvals-reason_not_shown"), str::to_owned))
}

fn is_no(done: &Done) -> bool {
    use proto::approvals::CouncilEnd as End;
    match done {
        Done::Council { end, .. } => match end {
            End::Rejected | End::PassedAmended | End::Deferred | End::Withdrawn | End::LapsedWithTerm => true,
            End::Passed => false,
        },
        Done::Higher { approved, .. } => !approved,
        Done::Consulted { agreed, .. } => !agreed,
        Done::Proposed | Done::Drafted | Done::Signed { .. } | Done::Published { .. } | Done::Reported { .. } | Done::Registered { .. } => {
            false
        }
    }
}

fn carried(reader: &Reader<'_>, letter: &Letter) -> String {
    let visit = &reader.case.visit;
    let day = |day| locale::day(visit.language, day);
    let Letter { issuer, number, decided_by, dated, recipient, receipt, arrived } = letter;
    let told = json!({ "issuer": issuer, "number": number, "decider": decided_by, "dated": day(*dated), "recipient": recipient });
    let sent = visit.told("approvals-letter-sent", &told);
    let there = arrived.map(|arrived| {
        visit.told("approvals-letter-arrived", &json!({ "receipt": receipt.clone().unwrap_or_default(), "day": day(arrived) }))
    });
    format!("{sent} · {}", there.unwrap_or_else(|| visit.t("approvals-letter-on_its_way")))
}

fn shown(reader: &Reader<'_>, document: &Document) -> Evidence {
    let kind = files::kind(reader.case.visit.language, &document.media_type);
    let size = usize::try_from(document.size).map(files::in_words).unwrap_or_default();
    Evidence { digest: document.digest.to_string(), kind, size }
}
