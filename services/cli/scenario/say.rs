//! What a stage answers, as the lines of a script: the same words for the pure rules and for the running system.

use rust_decimal::Decimal;
use serde_json::Value;

/// Fields that are long, or differ from run to run: said to be there, not what they are.
const ELIDED: [&str; 16] = [
    "procedure",
    "text",
    "frozen",
    "agreement",
    "model",
    "result",
    "digest",
    "matrix",
    "jws",
    "public",
    "row",
    "parent_digest",
    "work",
    "study",
    "question",
    "answer",
];

/// One event: `offer_tabled offer: 2, by: gwangmyeong, to: [seoul]`.
#[must_use]
pub fn event(event: &Value) -> String {
    let Some((_, inner)) = event.as_object().and_then(|tagged| tagged.iter().next()) else { return event.to_string() };
    tagged(inner)
}

/// A refusal: `refused negotiation.not_your_turn turn: [seoul]`.
#[must_use]
pub fn refusal(code: &str, params: &Value) -> String {
    let params = fields(params);
    if params.is_empty() { format!("refused {code}") } else { format!("refused {code} {params}") }
}

fn tagged(inner: &Value) -> String {
    match inner {
        Value::String(kind) => kind.clone(),
        Value::Object(kinds) => {
            kinds.iter().next().map_or_else(String::new, |(kind, body)| format!("{kind} {}", fields(body)).trim_end().to_owned())
        }
        other => other.to_string(),
    }
}

fn fields(body: &Value) -> String {
    match body {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| format!("{name}: {}", field(name, value))).collect::<Vec<_>>().join(", ")
        }
        other => value(other),
    }
}

fn field(name: &str, content: &Value) -> String {
    if ELIDED.contains(&name) && !matches!(content, Value::Null) { "…".to_owned() } else { value(content) }
}

fn value(content: &Value) -> String {
    match content {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => string(text),
        Value::Array(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
        Value::Object(_) => object(content),
    }
}

/// Digests and random ids differ from run to run.
fn string(text: &str) -> String {
    let hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let uuid = text.len() == 36 && text.matches('-').count() == 4 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let plain = !text.is_empty() && !text.contains([' ', ',', ':', '"', '/', '(']);
    match () {
        () if hex || uuid => "…".to_owned(),
        () if plain => text.to_owned(),
        () => format!("\"{text}\""),
    }
}

fn object(content: &Value) -> String {
    let text = |pointer: &str| content.pointer(pointer).and_then(Value::as_str);
    if let (Some(en), Some(_)) = (text("/en"), text("/ko")) {
        return format!("\"{en}\"");
    }
    if let (Some(amount), Some(currency)) = (text("/money/amount").or(text("/amount")), text("/money/currency").or(text("/currency"))) {
        return money(amount, currency);
    }
    if let Some(percent) = text("/share") {
        return format!("{percent}%");
    }
    if let (Some(amount), Some(unit)) = (text("/quantity/amount"), text("/quantity/unit")) {
        return format!("{amount} {unit}");
    }
    if content.get("remark_commitment").is_some() || content.get("remark").is_some() {
        return "remark(…)".to_owned();
    }
    if let (Some(on), Some(_)) = (text("/on"), text("/zone")) {
        return on.to_owned();
    }
    format!("{{{}}}", fields(content))
}

fn money(amount: &str, currency: &str) -> String {
    let eok = Decimal::from(100_000_000);
    match amount.parse::<Decimal>() {
        Ok(won) if currency == "KRW" && won.abs() >= eok && won.normalize().scale() == 0 => format!("{}억", (won / eok).normalize()),
        _ => format!("{amount} {currency}"),
    }
}
