//! Events of the allocation laboratory and of the authority matrix: what their sentences tell.

use proto::allocation::{self, Computation, Figure, Model, Question, Work};
use proto::authority::{self, Function, Issue, MatrixFinding, Power};
use serde_json::{Value, json};

use super::{Teller, Things};
use crate::locale;
use gateway::texts;

pub(super) fn allocation(teller: &Teller<'_>, event: &allocation::Event) -> Value {
    use allocation::Event as E;
    match event {
        E::Computed { run, model, result, .. } => json!({ "run": run, "shares": shares(teller, model, result) }),
        E::RunTabled { run, by, model, result, .. } => {
            json!({ "who": teller.body(by), "run": run, "shares": shares(teller, model, result) })
        }
        E::WorkAsked { run, work, .. } => {
            let asked = match work {
                Work::Run { .. } => teller.t("said-question-run"),
                Work::Study(study) => question(teller, &study.question),
            };
            json!({ "run": run, "question": asked })
        }
        E::Studied { run, study, .. } => json!({ "run": run, "question": question(teller, &study.question) }),
        E::StudyTabled { run, by, study, .. } => {
            json!({ "who": teller.body(by), "run": run, "question": question(teller, &study.question) })
        }
        E::WorkFailed { run, why } => {
            let refusal = proto::message::Refusal::Allocation(why.clone());
            json!({ "run": run, "reason": teller.told(&refusal.code(), &refusal.params()) })
        }
        E::WorkCancelled { run } => json!({ "run": run }),
        E::StandTaken { by, figure: of, position } => {
            json!({ "who": teller.body(by), "figure": figure(teller, of), "position": stand(teller, position) })
        }
    }
}

/// What each would bear in all.
fn shares(teller: &Teller<'_>, model: &Model, result: &Computation) -> String {
    let mut things = Things::default();
    things.model(model);
    let components: Vec<String> = model.components.keys().map(|component| things.component(teller.language, component)).collect();
    let each = |(government, share)| format!("{} {}", teller.body(government), locale::money(teller.language, share));
    let total: Vec<String> = result.total.iter().map(each).collect();
    format!("{} — {}", teller.several(&components), teller.several(&total))
}

fn question(teller: &Teller<'_>, question: &Question) -> String {
    match question {
        Question::WhatIf { .. } => teller.t("said-question-what_if"),
        Question::Search { who, at_most, .. } => {
            let params = json!({ "government": teller.body(who), "most": locale::money(teller.language, at_most) });
            teller.told("said-question-search", &params)
        }
        Question::Ranges => teller.t("said-question-ranges"),
        Question::Comparison => teller.t("said-question-comparison"),
        Question::Settlement(_) => teller.t("said-question-settlement"),
        Question::Accession(_) => teller.t("said-question-accession"),
        Question::Exit(_) => teller.t("said-question-exit"),
    }
}

fn figure(teller: &Teller<'_>, figure: &Figure) -> String {
    let component = |component| teller.things.component(teller.language, component);
    match figure {
        Figure::Driver { driver, of } => {
            let params = json!({ "driver": teller.things.driver(teller.language, driver), "government": teller.body(of) });
            teller.told("said-figure-driver", &params)
        }
        Figure::Cost { component: of } => teller.told("said-figure-cost", &json!({ "component": component(of) })),
        Figure::Coalition { component: of, coalition } => {
            let members: Vec<&str> = coalition.split('+').map(|id| teller.bodies.called(teller.language, id)).collect();
            teller.told("said-figure-coalition", &json!({ "component": component(of), "members": members.join(" + ") }))
        }
    }
}

fn stand(teller: &Teller<'_>, position: &allocation::Position) -> String {
    match position {
        allocation::Position::Accepts => teller.t("said-stand-accepts"),
        allocation::Position::Disputes { own } => teller.told("said-stand-disputes_own", &json!({ "value": locale::number(*own) })),
        allocation::Position::NoData => teller.t("said-stand-no_data"),
    }
}

pub(super) fn authority(teller: &Teller<'_>, event: &authority::Event) -> Value {
    use authority::Event as E;
    match event {
        E::FunctionSet { by, row, open, .. } => json!({
            "who": teller.body(by),
            "function": texts::named(teller.language, &row.names),
            "holders": holders(teller, row),
            "open": open.len(),
        }),
        E::FunctionRemoved { function, by, open, .. } => {
            json!({ "who": teller.body(by), "function": teller.things.function(teller.language, function), "open": open.len() })
        }
        E::FindingAllowed { finding, by, open, .. } => {
            json!({ "who": teller.body(by), "finding": finding_in_words(teller, finding), "open": open.len() })
        }
        E::Rechecked { open } => json!({ "open": open.len() }),
    }
}

fn power(teller: &Teller<'_>, power: Power) -> String {
    teller.t(match power {
        Power::Decide => "said-power-decide",
        Power::Fund => "said-power-fund",
        Power::Operate => "said-power-operate",
        Power::BeConsulted => "said-power-be_consulted",
    })
}

fn holders(teller: &Teller<'_>, row: &Function) -> String {
    let each = |(government, holdings): (_, &Vec<authority::Holding>)| {
        let powers: Vec<String> = holdings.iter().map(|holding| power(teller, holding.power)).collect();
        format!("{} {}", teller.body(government), powers.join("/"))
    };
    teller.several(&row.holders.iter().map(each).collect::<Vec<_>>())
}

fn finding_in_words(teller: &Teller<'_>, finding: &MatrixFinding) -> String {
    let (key, params) = match &finding.issue {
        Issue::Gap { power: of } => ("said-issue-gap", json!({ "power": power(teller, *of) })),
        Issue::Overlap { power: of, holders } => {
            ("said-issue-overlap", json!({ "power": power(teller, *of), "bodies": teller.bodies_of(holders) }))
        }
        Issue::NoBasis { holder, power: of } => {
            ("said-issue-no_basis", json!({ "power": power(teller, *of), "bodies": teller.body(holder) }))
        }
        Issue::Unheard { government } => ("said-issue-unheard", json!({ "bodies": teller.body(government) })),
        Issue::HolderIsNoParty { holder } => ("said-issue-holder_is_no_party", json!({ "bodies": teller.body(holder) })),
    };
    format!("{} — {}", teller.things.function(teller.language, &finding.function), teller.told(key, &params))
}
