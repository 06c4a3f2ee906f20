//! A case as it was beside the case as it is: what each thing was then, and is now.

use std::collections::BTreeMap;

use approvals::{Instance, Status};
use negotiation::State;
use negotiation::disputes::DisputeState;
use negotiation::parties::Membership;
use proto::authority::Power;
use proto::negotiation::{ClauseState, OfferState};
use proto::standing::Phase;
use serde_json::json;

use crate::said::Teller;
use crate::{Visit, locale};
use gateway::texts;

/// A case at one time: what the services fold of it.
pub(super) struct Folds {
    pub negotiation: State,
    pub approvals: approvals::State,
    pub authority: authority::State,
}

/// Things of one sort.
pub(super) struct Section {
    pub heading: String,
    /// What is not as it was.
    pub changed: Vec<Row>,
    /// What is as it was: name and how it stands.
    pub same: Vec<(String, String)>,
}

/// A thing then and now; nothing where there was or is none.
pub(super) struct Row {
    pub name: String,
    pub then: Option<String>,
    pub now: Option<String>,
}

/// How things stand: by their order, name and words.
type Stand = BTreeMap<String, (String, String)>;

/// Both sides, section by section.
pub(super) fn sections(then: &Folds, now: &Folds, teller: &Teller<'_>, visit: &Visit) -> Vec<Section> {
    let looks: [(&str, fn(&Folds, &Teller<'_>, &Visit) -> Stand); 7] = [
        ("past-case", whole),
        ("past-parties", parties),
        ("past-terms", terms),
        ("past-clauses", clauses),
        ("past-offers", offers),
        ("past-steps", steps),
        ("past-disputes", disputes),
    ];
    let mut sections: Vec<Section> =
        looks.into_iter().map(|(key, look)| section(visit.t(key), look(then, teller, visit), look(now, teller, visit))).collect();
    sections.push(section(visit.t("past-functions"), functions(then, teller, visit), functions(now, teller, visit)));
    sections.retain(|section| !section.changed.is_empty() || !section.same.is_empty());
    sections
}

fn section(heading: String, mut then: Stand, now: Stand) -> Section {
    let (mut changed, mut same) = (Vec::new(), Vec::new());
    for (key, (name, words)) in now {
        match then.remove(&key) {
            Some((_, before)) if before == words => same.push((name, words)),
            before => changed.push(Row { name, then: before.map(|(_, before)| before), now: Some(words) }),
        }
    }
    changed.extend(then.into_values().map(|(name, before)| Row { name, then: Some(before), now: None }));
    Section { heading, changed, same }
}

fn whole(folds: &Folds, _: &Teller<'_>, visit: &Visit) -> Stand {
    let state = &folds.negotiation;
    let phase = match state.standing.phase {
        Phase::None => "phase-none",
        Phase::Open => "phase-open",
        Phase::Frozen => "phase-frozen",
        Phase::Signed => "phase-signed",
        Phase::InForce => "phase-in_force",
    };
    let digest = state.frozen.as_ref().map_or_else(|| visit.t("past-none"), |frozen| frozen.text.to_string());
    let force = folds.approvals.in_force.map_or_else(|| visit.t("past-none"), |day| locale::day(visit.language, day));
    [("1", "past-phase", visit.t(phase)), ("2", "past-frozen", digest), ("3", "past-force", force)]
        .into_iter()
        .map(|(place, key, words)| (place.to_owned(), (visit.t(key), words)))
        .collect()
}

fn parties(folds: &Folds, teller: &Teller<'_>, visit: &Visit) -> Stand {
    let each = folds.negotiation.bodies.iter().map(|(id, body)| {
        let membership = visit.t(match body.membership {
            Membership::Convenes => "past-convenes",
            Membership::Invited => "past-invited",
            Membership::Party => "past-party",
            Membership::Declined => "past-declined",
            Membership::Left => "past-left",
        });
        (id.to_string(), (teller.body(id), membership))
    });
    each.collect()
}

fn terms(folds: &Folds, teller: &Teller<'_>, visit: &Visit) -> Stand {
    let each = folds.negotiation.terms.iter().map(|(id, term)| {
        let agreed = term.agreed.as_ref().map_or_else(|| visit.t("past-not_agreed"), |agreed| teller.value(&agreed.value));
        (id.to_string(), (visit.name(&term.names).to_owned(), agreed))
    });
    each.collect()
}

fn clauses(folds: &Folds, teller: &Teller<'_>, visit: &Visit) -> Stand {
    let each = folds.negotiation.clauses.iter().map(|(id, clause)| {
        let state = visit.t(match clause.state {
            ClauseState::Agreed => "past-clause-agreed",
            ClauseState::Bracketed => "past-clause-bracketed",
            ClauseState::Contested => "past-clause-contested",
            ClauseState::Reserved => "past-clause-reserved",
        });
        let wordings: Vec<String> = clause.alternatives.iter().map(|one| teller.wording(&one.wording)).collect();
        (id.to_string(), (visit.name(&clause.heading).to_owned(), format!("{state}: {}", wordings.join(" / "))))
    });
    each.collect()
}

fn offers(folds: &Folds, teller: &Teller<'_>, visit: &Visit) -> Stand {
    let each = folds.negotiation.offers.iter().map(|(number, offer)| {
        let state = visit.t(match offer.state {
            OfferState::Open => "past-offer-open",
            OfferState::Agreed => "past-offer-agreed",
            OfferState::Countered => "past-offer-countered",
            OfferState::SentBack => "past-offer-sent_back",
            OfferState::Withdrawn => "past-offer-withdrawn",
            OfferState::Improved => "past-offer-improved",
            OfferState::Lapsed => "past-offer-lapsed",
        });
        let by = offer.by.as_ref().map_or_else(|| visit.t("past-settlement"), |by| teller.body(by));
        let name = visit.told("past-offer", &json!({ "offer": number, "from": by }));
        (format!("{number:010}"), (name, format!("{state}: {}", teller.package(&offer.package))))
    });
    each.collect()
}

fn steps(folds: &Folds, teller: &Teller<'_>, visit: &Visit) -> Stand {
    let lanes = &folds.approvals.lanes;
    let all = lanes.common.iter().chain(lanes.parties.values().flatten());
    all.map(|instance| {
        let of = instance.of.government.as_ref().map(|government| format!(" ({})", teller.body(government))).unwrap_or_default();
        let key = format!("{of}{:04}{}", instance.place, instance.of.step);
        (key, (format!("{}{of}", visit.name(&instance.step.names)), status(instance, visit)))
    })
    .collect()
}

fn status(instance: &Instance, visit: &Visit) -> String {
    match &instance.status {
        Status::Open => visit.t("past-step-open"),
        Status::ConditionOpen => visit.t("past-step-condition_open"),
        Status::NotApplicable => visit.t("past-step-not_applicable"),
        Status::NotFrozen => visit.t("past-step-not_frozen"),
        Status::Waiting { .. } => visit.t("past-step-waiting"),
        Status::LetterOnItsWay => visit.t("past-step-letter"),
        Status::Refused => visit.t("past-step-refused"),
        Status::Overdue => visit.t("past-step-overdue"),
        Status::Done { effect } => visit.with("past-step-done", "day", &locale::day(visit.language, *effect)),
    }
}

fn disputes(folds: &Folds, _: &Teller<'_>, visit: &Visit) -> Stand {
    let each = folds.negotiation.disputes.iter().map(|(number, dispute)| {
        let state = visit.t(match dispute.state {
            DisputeState::Open => "past-dispute-open",
            DisputeState::Settled => "past-dispute-settled",
            DisputeState::Entered => "past-dispute-entered",
            DisputeState::TakenBack => "past-dispute-taken_back",
        });
        (format!("{number:010}"), (format!("{number}. {}", visit.name(&dispute.names)), state))
    });
    each.collect()
}

fn functions(folds: &Folds, teller: &Teller<'_>, visit: &Visit) -> Stand {
    let power = |power: Power| {
        visit.t(match power {
            Power::Decide => "said-power-decide",
            Power::Fund => "said-power-fund",
            Power::Operate => "said-power-operate",
            Power::BeConsulted => "said-power-be_consulted",
        })
    };
    let each = folds.authority.matrix.iter().map(|(id, function)| {
        let holders = function.holders.iter().map(|(body, holdings)| {
            let powers: Vec<String> = holdings.iter().map(|holding| power(holding.power)).collect();
            format!("{} {}", teller.body(body), powers.join("/"))
        });
        let name = texts::named(visit.language, &function.names).to_owned();
        (id.to_string(), (name, holders.collect::<Vec<_>>().join(" · ")))
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(things: &[(&str, &str)]) -> Stand {
        things.iter().map(|(name, words)| ((*name).to_owned(), ((*name).to_owned(), (*words).to_owned()))).collect()
    }

    #[test]
    fn what_came_what_went_and_what_is_otherwise() {
        let then = stand(&[("gone", "was"), ("same", "is"), ("other", "was")]);
        let found = section(String::new(), then, stand(&[("new", "is"), ("same", "is"), ("other", "is")]));
        let changed: Vec<_> = found.changed.iter().map(|row| (row.name.as_str(), row.then.as_deref(), row.now.as_deref())).collect();
        assert_eq!(changed, [("new", None, Some("is")), ("other", Some("was"), Some("is")), ("gone", Some("was"), None)]);
        assert_eq!(found.same, [("same".to_owned(), "is".to_owned())]);
    }
}
