//! The rules of the laboratory in plain words: as data; the workplace has pages of them. They are the same for everyone, so nobody has to sign in for them.

use axum::extract::{Path, Query};
use axum::routing::get;
use axum::{Json, Router};
use proto::allocation::{Axiom, Publication, RuleKind, Verdict, source, sources, verdict};
use proto::wire::Failure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::edge::{Edge, Spoken};
use crate::problem::{Language, Problem};
use crate::texts;

/// Them as data.
pub fn router() -> Router<Edge> {
    Router::new().route("/api/v1/rules", get(all_as_data)).route("/api/v1/rules/{rule}", get(one_as_data))
}

/// In which language.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asking {
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// A rule in plain words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExplainedRule {
    /// Which.
    pub rule: RuleKind,
    /// What it is called.
    pub name: String,
    /// What it is, in one sentence.
    pub what: String,
    /// What it rewards.
    pub rewards: String,
    /// How it is computed.
    pub how: String,
    /// When to use it.
    pub when: String,
    /// When not.
    pub not: String,
    /// Where it is used, in law or practice.
    pub used: String,
    /// Which axioms it keeps and breaks.
    pub axioms: Vec<Judged>,
    /// Where it comes from and what is cited of it, in full.
    pub sources: Vec<String>,
}

/// Whether a rule keeps an axiom, in plain words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "JudgedAxiom")]
pub struct Judged {
    /// Which.
    pub axiom: Axiom,
    /// What it is called.
    pub name: String,
    /// What it asks for.
    pub says: String,
    /// Whether the rule keeps it.
    pub verdict: Verdict,
    /// The same in words.
    pub said: String,
    /// Where that is shown, in words.
    pub shown: String,
}

impl Judged {
    /// A sign for a table.
    #[must_use]
    pub fn mark(&self) -> &'static str {
        match self.verdict {
            Verdict::Keeps => "✓",
            Verdict::KeepsWhere(_) => "(✓)",
            Verdict::Breaks => "–",
        }
    }
}

impl ExplainedRule {
    /// What is said of it beyond the one sentence: key of the heading, and text.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &str); 5] {
        [
            ("rules-rewards", &self.rewards),
            ("rules-how", &self.how),
            ("rules-when", &self.when),
            ("rules-not", &self.not),
            ("rules-used", &self.used),
        ]
    }
}

/// A rule in plain words.
#[must_use]
pub fn explained(rule: RuleKind, language: Language) -> ExplainedRule {
    let text = |part: &str| texts::said(language, &format!("rules-{}-{part}", rule.name()));
    let mut cited = sources(rule).to_vec();
    cited.extend(Axiom::ALL.into_iter().filter_map(|axiom| source(rule, axiom)).filter(|work| !sources(rule).contains(work)));
    cited.extend([Publication::Young1994, Publication::Moulin1988]);
    let mut seen = Vec::new();
    cited.retain(|work| {
        !seen.contains(work) && {
            seen.push(*work);
            true
        }
    });
    ExplainedRule {
        rule,
        name: text("name"),
        what: text("what"),
        rewards: text("rewards"),
        how: text("how"),
        when: text("when"),
        not: text("not"),
        used: text("used"),
        axioms: Axiom::ALL.map(|axiom| judged(rule, axiom, language)).to_vec(),
        sources: cited.into_iter().map(|work| work.cited().to_owned()).collect(),
    }
}

fn judged(rule: RuleKind, axiom: Axiom, language: Language) -> Judged {
    let name = axiom.name();
    let verdict = verdict(rule, axiom);
    let said = match verdict {
        Verdict::Keeps => texts::said(language, "rules-keeps"),
        Verdict::KeepsWhere(condition) => {
            let params = json!({ "condition": texts::said(language, &format!("rules-where-{}", condition.name())) });
            texts::of(language, "rules-keeps_where", &params).unwrap_or_default()
        }
        Verdict::Breaks => texts::said(language, "rules-breaks"),
    };
    let shown = match (verdict, source(rule, axiom)) {
        (Verdict::Breaks, _) => texts::said(language, "rules-by-example"),
        (Verdict::Keeps | Verdict::KeepsWhere(_), Some(work)) => work.short().to_owned(),
        (Verdict::Keeps | Verdict::KeepsWhere(_), None) => texts::said(language, "rules-of-itself"),
    };
    Judged {
        axiom,
        name: texts::said(language, &format!("axiom-{name}")),
        says: texts::said(language, &format!("axiom-{name}.says")),
        verdict,
        said,
        shown,
    }
}

/// The rule of a name in plain words.
///
/// # Errors
/// `not_found` when there is none.
pub fn known(rule: &str, language: Language) -> Result<ExplainedRule, Problem> {
    let kind = RuleKind::named(rule).ok_or_else(|| Problem::of(Failure::NotFound, language))?;
    Ok(explained(kind, language))
}

async fn all_as_data(Spoken(language): Spoken, _: Query<Asking>) -> Json<Vec<ExplainedRule>> {
    Json(RuleKind::ALL.map(|rule| explained(rule, language)).to_vec())
}

async fn one_as_data(Path(rule): Path<String>, Spoken(language): Spoken, _: Query<Asking>) -> Result<Json<ExplainedRule>, Problem> {
    known(&rule, language).map(Json)
}
