//! The rules of the laboratory in plain words, as pages. Nobody has to sign in for them.

use askama::Template;
use axum::extract::Path;
use gateway::rules::{ExplainedRule, explained, known};
use proto::allocation::RuleKind;

use crate::{Page, Visit, render};

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    visit: Visit,
    rules: Vec<ExplainedRule>,
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    visit: Visit,
    rule: ExplainedRule,
}

pub(crate) async fn all(visit: Visit) -> Page {
    let language = visit.language;
    let rules = RuleKind::ALL.map(|rule| explained(rule, language)).to_vec();
    render(&RulesPage { visit, rules }, language)
}

pub(crate) async fn one(Path(rule): Path<String>, visit: Visit) -> Page {
    let language = visit.language;
    let rule = known(&rule, language)?;
    render(&RulePage { visit, rule }, language)
}
