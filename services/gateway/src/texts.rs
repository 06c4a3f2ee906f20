//! Texts in Korean and English, by Fluent. Entries carry codes and parameters; words are made here, at the edge.

use std::sync::LazyLock;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use proto::allocation::{Model, Rule};
use proto::procedure::Words;
use proto::words::Names;
use serde_json::{Value, json};

use crate::particles;
use crate::problem::Language;

type Bundle = FluentBundle<FluentResource>;

/// The texts of a language, a file for each room of the pages and for each kind of what services say.
macro_rules! sources {
    ($tag:literal: $($name:literal)+) => { [$(include_str!(concat!("../texts/", $name, ".", $tag, ".ftl"))),+] };
    ($tag:literal) => {
        sources!($tag: "pages" "entrance" "live" "events" "said" "refusals" "rules" "home" "case" "overview" "facts" "table" "text" "lab" "authority"
            "approvals" "signing" "disputes" "record" "coordination" "audit" "public" "units")
    };
}

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle("en", &sources!("en")));
static KOREAN: LazyLock<Bundle> = LazyLock::new(|| bundle("ko", &sources!("ko")));

fn bundle(tag: &str, sources: &[&str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tag.parse::<unic_langid::LanguageIdentifier>().into_iter().collect());
    // Marks around inserted values help mixed-direction scripts and disturb everyone else's copying and searching.
    bundle.set_use_isolating(false);
    for source in sources {
        let (resource, errors) = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        for error in errors {
            tracing::error!(tag, error = %error, "texts.unreadable");
        }
        if bundle.add_resource(resource).is_err() {
            tracing::error!(tag, "texts.doubled");
        }
    }
    bundle
}

/// The text of a code with its parameters; none if there is no such text. Codes with dots stand as `negotiation-not_your_turn`, what to do next
/// as the attribute `.next` of the same message, and what a property says as its attribute `.says`.
#[must_use]
pub fn of(language: Language, code: &str, params: &Value) -> Option<String> {
    let bundle: &Bundle = match language {
        Language::English => &ENGLISH,
        Language::Korean => &KOREAN,
    };
    let attributed = |attribute| Some((code.strip_suffix(attribute)?.strip_suffix('.')?, Some(attribute)));
    let (code, attribute) = attributed("next").or_else(|| attributed("says")).unwrap_or((code, None));
    let message = bundle.get_message(&code.replace('.', "-"))?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let args = arguments(bundle, params);
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    if !errors.is_empty() {
        tracing::error!(code, ?errors, "texts.parameter_missing");
    }
    Some(if language == Language::Korean { particles::fitted(&text) } else { text.into_owned() })
}

/// The text of a key without parameters; the key itself where a text is missing, which a test forbids.
#[must_use]
pub fn said(language: Language, key: &str) -> String {
    of(language, key, &Value::Null).unwrap_or_else(|| key.to_owned())
}

/// The name in a language; where it has none, that in the other.
#[must_use]
pub fn named(language: Language, names: &Names) -> &str {
    let (own, other) = if language == Language::Korean { (&names.ko, &names.en) } else { (&names.en, &names.ko) };
    if own.trim().is_empty() { other } else { own }
}

/// What the register of procedures says, in a language.
#[must_use]
pub fn worded(language: Language, words: &Words) -> &str {
    let (english, korean) = words.both();
    if language == Language::Korean { korean } else { english }
}

/// The name of a rule of the laboratory; a driver goes by its own name in the model.
#[must_use]
pub fn rule(language: Language, model: &Model, rule: &Rule) -> String {
    let driver = match rule {
        Rule::Driver(driver) => model.drivers.get(driver).map(|driver| named(language, &driver.names)),
        _ => None,
    };
    of(language, &format!("rule-{}", rule.kind().name()), &json!({ "driver": driver })).unwrap_or_default()
}

/// By what a computation was made, as it names it: parts with `; ` between them.
#[must_use]
pub fn solver(language: Language, name: &str) -> String {
    let said = |part: &str| match part {
        "exact arithmetic" => said(language, "solver-exact"),
        sampled if sampled.starts_with("sampled shapley") => {
            let pairs = sampled.split(' ').find_map(|word| word.parse::<u64>().ok()).unwrap_or_default();
            of(language, "solver-sampled", &json!({ "pairs": pairs })).unwrap_or_default()
        }
        program => of(language, "solver-program", &json!({ "name": program })).unwrap_or_default(),
    };
    name.split("; ").map(said).collect::<Vec<_>>().join(", ")
}

fn arguments(bundle: &Bundle, params: &Value) -> FluentArgs<'static> {
    let fields = params.as_object().into_iter().flatten();
    let argument = |(name, value): (&String, &Value)| {
        // A count is handed over as the number it is, so that English can say one thing of one and another of many.
        let count = value.as_u64().and_then(|count| u32::try_from(count).ok()).map(FluentValue::from);
        (name.clone(), count.unwrap_or_else(|| FluentValue::from(plain(bundle, name, value))))
    };
    fields.map(argument).collect()
}

/// A parameter in words a person can read: no braces and quotes. What has words of its own stands as `<parameter>-<value>`. Numbers of offers
/// and years are names, so they get no thousands separators.
fn plain(bundle: &Bundle, name: &str, value: &Value) -> String {
    let each = |items: Vec<&Value>, between: &str| {
        items.into_iter().map(|item| plain(bundle, name, item)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
    };
    match value {
        Value::String(text) => words(bundle, name, text, &Value::Null).unwrap_or_else(|| text.clone()),
        Value::Object(fields) => {
            let only = fields.iter().next().filter(|_| fields.len() == 1);
            let said = only.and_then(|(variant, inner)| words(bundle, name, variant, inner));
            said.unwrap_or_else(|| each(fields.values().collect(), " "))
        }
        Value::Array(items) => each(items.iter().collect(), ", "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn words(bundle: &Bundle, name: &str, value: &str, params: &Value) -> Option<String> {
    let pattern = bundle.get_message(&format!("{name}-{value}"))?.value()?;
    Some(bundle.format_pattern(pattern, Some(&arguments(bundle, params)), &mut Vec::new()).into_owned())
}
