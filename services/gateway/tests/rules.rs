//! Every rule, axiom and condition has words in English and Korean, and no words are left over.

use std::collections::BTreeSet;

use gateway::problem::Language;
use gateway::rules::explained;
use gateway::texts;
use proto::allocation::{Axiom, Condition, RuleKind, source};
use serde_json::Value;

const SOURCES: [(Language, &str); 2] =
    [(Language::English, include_str!("../texts/rules.en.ftl")), (Language::Korean, include_str!("../texts/rules.ko.ftl"))];

fn hangul(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c))
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    for (language, _) in SOURCES {
        for rule in RuleKind::ALL.map(|rule| explained(rule, language)) {
            let parts = rule.parts().map(|(heading, text)| (texts::of(language, heading, &Value::Null).unwrap_or_default(), text));
            let own = [&rule.name, &rule.what].into_iter().chain(parts.iter().map(|(heading, _)| heading)).map(String::as_str);
            let axioms = rule.axioms.iter().flat_map(|judged| [&judged.name, &judged.says, &judged.said]).map(String::as_str);
            for text in own.chain(parts.iter().map(|(_, text)| *text)).chain(axioms) {
                assert!(!text.is_empty() && !text.contains("rules-") && !text.contains("axiom-") && !text.contains('$'), "{text}");
                assert_eq!(hangul(text), language == Language::Korean, "{text}");
            }
            assert_eq!(rule.axioms.len(), Axiom::ALL.len());
            assert!(!rule.sources.is_empty());
            // What is said to show something is among the sources.
            for work in Axiom::ALL.into_iter().filter_map(|axiom| source(rule.rule, axiom)) {
                assert!(rule.sources.iter().any(|cited| cited == work.cited()), "{work:?}");
                assert!(rule.axioms.iter().any(|judged| judged.shown == work.short()), "{work:?}");
            }
        }
    }
}

#[test]
fn no_words_are_left_of_rules_that_do_not_exist() {
    let of_rules = RuleKind::ALL
        .into_iter()
        .flat_map(|rule| ["name", "what", "rewards", "how", "when", "not", "used"].map(|part| format!("rules-{}-{part}", rule.name())));
    let of_axioms = Axiom::ALL.into_iter().map(|axiom| format!("axiom-{}", axiom.name()));
    let conditions = [Condition::Core, Condition::CoreAndRising, Condition::Subadditive, Condition::Submodular];
    let of_conditions = conditions.into_iter().map(|condition| format!("rules-where-{}", condition.name()));
    let known: BTreeSet<String> = of_rules.chain(of_axioms).chain(of_conditions).collect();
    for (language, source) in SOURCES {
        let names = source.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).filter(|name| !name.starts_with(' '));
        let mut seen = BTreeSet::new();
        for name in names {
            assert!(seen.insert(name.to_owned()), "{name} stands twice");
            // Headings and labels stand without the name of a rule.
            let particular = name.starts_with("axiom-") || name.starts_with("rules-where-") || name.matches('-').count() > 1;
            let label = ["rules-of-itself", "rules-by-example"].contains(&name);
            assert!(!particular || label || known.contains(name), "{name} in {language:?} is for nothing");
        }
        assert!(known.iter().all(|name| seen.contains(name)));
    }
}
