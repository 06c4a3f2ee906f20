//! `interlocal rules`: what each rule of the laboratory rewards, keeps and breaks, in the words of its page.

use std::fmt::Write as _;

use gateway::problem::Language;
use gateway::rules::{ExplainedRule, explained};
use gateway::texts;
use proto::allocation::RuleKind;
use serde_json::Value;

/// Which rule, in which language.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The rule, such as `shapley`; none: all, in a sentence each.
    #[arg(value_parser = kind)]
    pub rule: Option<RuleKind>,
    /// Language of the words.
    #[arg(long, value_name = "en|ko", default_value = "en", value_parser = ["en", "ko"])]
    pub lang: String,
}

fn kind(name: &str) -> Result<RuleKind, String> {
    let known = || RuleKind::ALL.map(RuleKind::name).join(", ");
    RuleKind::named(name).ok_or_else(|| format!("there is no rule `{name}`; there are {}", known()))
}

/// The words.
#[must_use]
pub fn said(args: &Args) -> String {
    let language = if args.lang == "ko" { Language::Korean } else { Language::English };
    match args.rule {
        Some(rule) => one(&explained(rule, language), language),
        None => RuleKind::ALL
            .map(|rule| explained(rule, language))
            .map(|rule| format!("{} ({})\n  {}", rule.name, rule.rule.name(), rule.what))
            .join("\n"),
    }
}

fn one(rule: &ExplainedRule, language: Language) -> String {
    let word = |key: &str| texts::of(language, key, &Value::Null).unwrap_or_default();
    let mut out = format!("{} ({})\n{}\n", rule.name, rule.rule.name(), rule.what);
    for (about, text) in rule.parts() {
        let _ = writeln!(out, "\n{}\n  {text}", word(about));
    }
    let _ = writeln!(out, "\n{}", word("rules-axioms"));
    for judged in &rule.axioms {
        let _ = writeln!(out, "  {} {}: {}\n      {}", judged.mark(), judged.name, judged.said, judged.says);
    }
    let _ = write!(out, "\n{}", word("rules-sources"));
    for source in &rule.sources {
        let _ = write!(out, "\n  {source}");
    }
    out
}
