//! Derivations in words: the one place where a step becomes a sentence.

use proto::allocation::{Exact, Explanation, Step};
use proto::money::grouped;
use proto::words::Names;
use serde_json::{Map, Value, json};

use crate::problem::Language;
use crate::texts;

/// Says every step as a sentence. `called`: what a body or a set of bodies joined with `+` is called; anything else stays as it is.
pub fn in_words(explanation: &mut Explanation, language: Language, called: &dyn Fn(&str) -> String) {
    let words = Words { language, called };
    let derivations = explanation.components.values_mut();
    let steps = derivations.flat_map(|derivation| derivation.common.iter_mut().chain(derivation.members.values_mut().flatten()));
    for step in steps.chain(explanation.totals.values_mut()) {
        step.text = words.say(step);
    }
}

/// The same of an explanation as it travels, with bodies by their ids; what is none stays as it is.
#[must_use]
pub fn read(body: Value, language: Language) -> Value {
    let Ok(mut explanation) = serde_json::from_value::<Explanation>(body.clone()) else { return body };
    in_words(&mut explanation, language, &str::to_owned);
    serde_json::to_value(&explanation).unwrap_or(body)
}

/// A step as a sentence, with bodies by their ids. The text stands as `why-step-<code>`, that of an item of a list as `why-step-<code>-<parameter>`.
#[must_use]
pub fn say(step: &Step, language: Language) -> Option<String> {
    Words { language, called: &str::to_owned }.say(step)
}

/// In which words.
struct Words<'a> {
    language: Language,
    called: &'a dyn Fn(&str) -> String,
}

impl Words<'_> {
    fn say(&self, step: &Step) -> Option<String> {
        let (code, mut params) = match serde_json::to_value(&step.what).ok()? {
            Value::String(code) => (code, Map::new()),
            Value::Object(fields) => match fields.into_iter().next()? {
                (code, Value::Object(params)) => (code, params),
                _ => return None,
            },
            _ => return None,
        };
        params.insert("gives".into(), serde_json::to_value(&step.gives).ok()?);
        let text = format!("why-step-{code}");
        texts::of(self.language, &text, &self.shown(&text, &params))
    }

    /// Parameters as a person writes them; a count stays one, so that one is told from many.
    fn shown(&self, text: &str, params: &Map<String, Value>) -> Value {
        let said =
            |name: &str, value: &Value| if value.is_u64() { value.clone() } else { json!(self.one(&format!("{text}-{name}"), value)) };
        params.iter().map(|(name, value)| (name.clone(), said(name, value))).collect()
    }

    fn one(&self, item: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => (self.called)(text),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(values) if values.is_empty() => "–".to_owned(),
            Value::Array(values) => {
                let between = match values.first() {
                    Some(Value::String(_)) => ", ",
                    Some(value) if is_number(value) => " + ",
                    _ => "; ",
                };
                values.iter().map(|value| self.one(item, value)).collect::<Vec<_>>().join(between)
            }
            Value::Object(fields) => {
                let text = texts::of(self.language, item, &self.shown(item, fields));
                let named = serde_json::from_value::<Names>(value.clone()).map(|names| match self.language {
                    Language::Korean => names.ko,
                    Language::English => names.en,
                });
                let number = serde_json::from_value::<Exact>(value.clone()).map(|exact| digits(&exact, item));
                // What is none of these are amounts by name.
                let amount = |(name, value): (&String, &Value)| format!("{} {}", (self.called)(name), self.one(item, value));
                let amounts = || fields.iter().map(amount).collect::<Vec<_>>();
                text.or(named.ok()).or(number.ok()).unwrap_or_else(|| amounts().join(" + "))
            }
        }
    }
}

fn is_number(value: &Value) -> bool {
    value.get("decimal").is_some()
}

/// The digits of a number, with `…` where they go on. Weights are small fractions, and easier to add as such.
fn digits(exact: &Exact, item: &str) -> String {
    let digits = grouped(exact.decimal, 0);
    match &exact.fraction {
        None => digits,
        Some(fraction) if item.ends_with("-weight") => fraction.clone(),
        Some(_) => format!("{digits}…"),
    }
}
