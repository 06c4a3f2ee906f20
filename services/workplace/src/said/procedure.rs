//! Events of approvals and of signing: what their sentences tell.

use jiff::tz::TimeZone;
use proto::approvals::{self, CouncilEnd, Done, StepOf};
use proto::signing;
use serde_json::{Value, json};

use super::{Teller, quoted, short};
use crate::locale;

pub(super) fn approvals(teller: &Teller<'_>, event: &approvals::Event) -> Value {
    use approvals::Event as E;
    let day = |on| locale::day(teller.language, on);
    match event {
        E::ConditionDecided { step: of, applies, .. } => {
            json!({ "step": step(teller, of), "outcome": if *applies { "applies" } else { "not" } })
        }
        E::StepRecorded { step: of, by, done: what, on, complete, .. } => json!({
            "who": teller.body(by),
            "step": step(teller, of),
            "done": done(teller, what),
            "day": day(*on),
            "extent": if *complete { "all" } else { "some" },
        }),
        E::SignOffRecorded { step: of, sign_off } => json!({
            "step": step(teller, of),
            "number": quoted(&sign_off.number),
            "person": quoted(&sign_off.decided_by),
            "day": day(sign_off.decided_on),
        }),
        E::ClockStarted { step: of, from, due, .. } => json!({ "step": step(teller, of), "from": day(*from), "day": day(due.on) }),
        E::StepLapsed { step: of, complete, refused, .. } => {
            let outcome = match (complete, refused) {
                (_, true) => "no",
                (true, false) => "yes",
                (false, false) => "nothing",
            };
            json!({ "step": step(teller, of), "outcome": outcome })
        }
        E::PassedAmended { government, .. } => json!({ "government": teller.body(government) }),
        E::SigningOpened { agreement } => json!({ "digest": short(agreement) }),
        E::SignaturesNoted { on, .. } => json!({ "day": day(*on) }),
        E::EnteredIntoForce { agreement, on } => json!({ "day": day(*on), "digest": short(agreement) }),
    }
}

/// A step, and whose it is.
fn step(teller: &Teller<'_>, of: &StepOf) -> String {
    let name = teller.things.step(teller.language, &of.step);
    of.government.as_ref().map_or_else(|| name.clone(), |government| format!("{name} ({})", teller.body(government)))
}

pub(super) fn done(teller: &Teller<'_>, done: &Done) -> String {
    match done {
        Done::Proposed => teller.t("said-done-proposed"),
        Done::Consulted { with, agreed } => {
            teller.told(if *agreed { "said-done-consulted" } else { "said-done-consulted_no" }, &json!({ "with": quoted(with) }))
        }
        Done::Drafted => teller.t("said-done-drafted"),
        Done::Signed { by } => teller.told("said-done-signed", &json!({ "people": quoted(&by.join(", ")) })),
        Done::Council { end, bill, votes } => {
            let ended = teller.t(match end {
                CouncilEnd::Passed => "said-council-passed",
                CouncilEnd::PassedAmended => "said-council-passed_amended",
                CouncilEnd::Rejected => "said-council-rejected",
                CouncilEnd::Deferred => "said-council-deferred",
                CouncilEnd::Withdrawn => "said-council-withdrawn",
                CouncilEnd::LapsedWithTerm => "said-council-lapsed_with_term",
            });
            let votes = votes.map(|votes| {
                teller.told("said-council-votes", &json!({ "ayes": votes.yes, "noes": votes.no, "abstained": votes.abstain }))
            });
            format!("{ended} ({}{})", quoted(bill), votes.unwrap_or_default())
        }
        Done::Higher { body, approved, .. } => {
            teller.told(if *approved { "said-done-higher" } else { "said-done-higher_no" }, &json!({ "government": teller.body(body) }))
        }
        Done::Published { notice } => teller.told("said-done-published", &json!({ "notice": quoted(notice) })),
        Done::Reported { to } => teller.told("said-done-reported", &json!({ "with": quoted(to) })),
        Done::Registered { number } => teller.told("said-done-registered", &json!({ "number": quoted(number) })),
    }
}

pub(super) fn signing(teller: &Teller<'_>, event: &signing::Event) -> Value {
    use signing::Event as E;
    match event {
        E::OrderSet { order } => {
            json!({ "parties": order.iter().map(|party| teller.body(party)).collect::<Vec<_>>().join(" → ") })
        }
        E::Signed { government, official, agreement, key, .. } => {
            json!({ "who": teller.body(government), "person": official, "key": key, "digest": short(agreement) })
        }
        E::PaperAttested { government, clerk, agreement, signatures, on, counts, .. } => {
            let people = signatures.iter().map(|signed| format!("{} {}", teller.body(&signed.government), signed.signatory));
            json!({
                "who": teller.body(government),
                "person": clerk,
                "people": teller.several(&people.collect::<Vec<_>>()),
                "day": locale::day(teller.language, *on),
                "extent": if *counts { "all" } else { "some" },
                "digest": short(agreement),
            })
        }
        E::Completed { agreement } => json!({ "digest": short(agreement) }),
        E::MarkedInDoubt { government, official, key, since } => {
            let day = locale::day(teller.language, since.to_zoned(TimeZone::UTC).date());
            json!({ "government": teller.body(government), "person": official, "key": key, "day": day })
        }
    }
}
