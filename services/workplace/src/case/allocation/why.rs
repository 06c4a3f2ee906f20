//! Why a number is what it is: from the cost to each share, in steps that can be followed by hand.

use askama::Template;
use axum::extract::Path;
use gateway::derivation;
use gateway::problem::Problem;
use gateway::texts;
use proto::allocation::{Explanation, Model, Step};
use proto::id::{ComponentId, GovernmentId};
use serde_json::json;

use super::frame::{Chosen, Frame};
use super::{Case, Head, Lab, Named, head, words};
use crate::{Page, Visit, render};

#[derive(Template)]
#[template(path = "case/allocation-why.html")]
struct WhyPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    /// Why there is no derivation to read.
    refused: Option<Problem>,
    components: Vec<Part>,
    /// What each bears in all, where there is more than one component.
    totals: Vec<(String, String)>,
    data: String,
}

/// The derivation of one component.
struct Part {
    name: String,
    rule: String,
    rule_href: String,
    common: Vec<String>,
    members: Vec<Member>,
}

struct Member {
    /// Where it stands on the page, so that a share can point to it.
    id: String,
    name: String,
    own: bool,
    steps: Vec<String>,
}

pub(super) async fn of(case: Case, named: Path<Named>) -> Page {
    let (lab, place, name) = Lab::at(case, named).await?;
    let run = lab.run(place, &name)?;
    let explained = lab.ask::<Explanation>(place, "explain", json!({ "run": name })).await;
    let (refused, components, totals) = match explained {
        Ok(mut explanation) => {
            let (bodies, language) = (&lab.case.bodies, lab.visit().language);
            let component = |id: &str| run.model.components.get(&id.parse().ok()?).map(|of| texts::named(language, &of.names).to_owned());
            let called = |text: &str| component(text).unwrap_or_else(|| words::coalition(bodies, language, text));
            derivation::in_words(&mut explanation, language, &called);
            (None, parts(&lab, &run.model, &explanation), totals(&lab, &explanation))
        }
        Err(problem) => (Some(problem), Vec::new(), Vec::new()),
    };
    let (head, frame) = (head(&lab), Frame::of(&lab, Some((place, &name))));
    let chosen = Chosen::of(&lab, place, &name, run, "/why");
    let data = chosen.data.replace("/sheet", "/explain");
    let visit = lab.case.visit;
    let language = visit.language;
    render(&WhyPage { visit, head, frame, chosen, refused, components, totals, data }, language)
}

fn parts(lab: &Lab, model: &Model, explanation: &Explanation) -> Vec<Part> {
    let visit = lab.visit();
    let part = |(id, derivation): (&ComponentId, &proto::allocation::Derivation)| {
        let component = model.components.get(id)?;
        let member = |body: &GovernmentId| {
            Some(Member {
                id: format!("why-{id}-{body}"),
                name: lab.called(body),
                own: lab.is_own(body),
                steps: said(derivation.members.get(body)?),
            })
        };
        Some(Part {
            name: visit.name(&component.names).to_owned(),
            rule: words::rule(visit, model, &derivation.rule),
            rule_href: format!("/rules/{}", derivation.rule.kind().name()),
            common: said(&derivation.common),
            members: lab.in_order(derivation.members.keys()).into_iter().filter_map(member).collect(),
        })
    };
    explanation.components.iter().filter_map(part).collect()
}

fn totals(lab: &Lab, explanation: &Explanation) -> Vec<(String, String)> {
    if explanation.components.len() < 2 {
        return Vec::new();
    }
    let total = |body: &GovernmentId| Some((lab.called(body), explanation.totals.get(body)?.text.clone()?));
    lab.in_order(explanation.totals.keys()).into_iter().filter_map(total).collect()
}

fn said(steps: &[Step]) -> Vec<String> {
    steps.iter().filter_map(|step| step.text.clone()).collect()
}
