//! The values of a script: JSON with fewer marks, and with the words of the field.
//!
//! `50%` is a share, `222.7억` and `5000 KRW` are money, `150 t/day` is a quantity, `"en" / "ko"` is a name in two languages, `choice(x)` is
//! tagged, `$name` stands for something the stage knows, a bare word is text.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// One hundred million: the unit in which Korean budgets are argued.
const EOK: Decimal = Decimal::from_parts(100_000_000, 0, 0, false, 0);

/// Reads `key: value, key: value` up to the end of the text.
///
/// # Errors
/// What was expected, and where.
pub fn fields(text: &str) -> Result<Map<String, Value>, String> {
    let mut reader = Reader { rest: text };
    let fields = reader.fields()?;
    reader.space();
    if reader.rest.is_empty() { Ok(fields) } else { Err(format!("unexpected `{}`", reader.rest)) }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, mark: char) -> bool {
        self.space();
        let found = self.rest.strip_prefix(mark);
        if let Some(rest) = found {
            self.rest = rest;
        }
        found.is_some()
    }

    fn expect(&mut self, mark: char) -> Result<(), String> {
        if self.take(mark) { Ok(()) } else { Err(format!("expected `{mark}` before `{}`", self.rest)) }
    }

    fn fields(&mut self) -> Result<Map<String, Value>, String> {
        let mut fields = Map::new();
        loop {
            self.space();
            if self.rest.is_empty() || self.rest.starts_with('}') {
                return Ok(fields);
            }
            let key = if self.rest.starts_with('"') { self.string()? } else { self.word().to_owned() };
            self.expect(':')?;
            fields.insert(key, self.value()?);
            if !self.take(',') {
                return Ok(fields);
            }
        }
    }

    fn value(&mut self) -> Result<Value, String> {
        self.space();
        if self.take('{') {
            let fields = self.fields()?;
            self.expect('}')?;
            return Ok(Value::Object(fields));
        }
        if self.take('[') {
            return self.list(']').map(Value::Array);
        }
        if self.rest.starts_with('"') {
            let first = self.string()?;
            if self.take('/') {
                self.space();
                let second = self.string()?;
                return Ok(json!({ "en": first, "ko": second }));
            }
            return Ok(Value::String(first));
        }
        let word = self.word().to_owned();
        if word.is_empty() {
            return Err(format!("expected a value before `{}`", self.rest));
        }
        if self.rest.starts_with('(') {
            return self.tagged(&word);
        }
        Ok(self.measured(&word))
    }

    fn list(&mut self, end: char) -> Result<Vec<Value>, String> {
        let mut items = Vec::new();
        while !self.take(end) {
            items.push(self.value()?);
            if !self.take(',') {
                self.expect(end)?;
                break;
            }
        }
        Ok(items)
    }

    fn tagged(&mut self, tag: &str) -> Result<Value, String> {
        self.expect('(')?;
        let mut items = self.list(')')?;
        let one = if items.len() == 1 { items.remove(0) } else { Value::Array(items) };
        Ok(match (tag, &one) {
            ("remark", text) => json!({ "remark": text, "disclosure": "parties" }),
            ("public", text) => json!({ "remark": text, "disclosure": "public" }),
            ("duty", Value::Array(parts)) => json!({ "duty": { "who": parts.first(), "what": parts.get(1) } }),
            _ => json!({ tag: one }),
        })
    }

    /// A word, with the unit that follows a number.
    fn measured(&mut self, word: &str) -> Value {
        if let Some(number) = word.strip_suffix('%').and_then(|n| n.parse::<Decimal>().ok()) {
            return json!({ "share": number.to_string() });
        }
        if let Some(number) = word.strip_suffix('억').and_then(|n| n.parse::<Decimal>().ok()) {
            return json!({ "money": { "amount": (number * EOK).normalize().to_string(), "currency": "KRW" } });
        }
        let Ok(number) = word.parse::<Decimal>() else {
            return match word {
                "yes" => Value::Bool(true),
                "no" => Value::Bool(false),
                _ => Value::String(word.to_owned()),
            };
        };
        let before = self.rest;
        self.space();
        let unit = self.word().to_owned();
        if unit.is_empty() {
            self.rest = before;
            return word.parse::<u64>().map_or_else(|_| Value::String(word.to_owned()), Value::from);
        }
        let amount = number.normalize().to_string();
        if unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()) {
            json!({ "money": { "amount": amount, "currency": unit } })
        } else {
            json!({ "quantity": { "amount": amount, "unit": unit } })
        }
    }

    fn word(&mut self) -> &str {
        self.space();
        let end = self.rest.find([' ', ',', ':', '{', '}', '[', ']', '(', ')', '"', '\n']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn string(&mut self) -> Result<String, String> {
        let inner = self.rest.strip_prefix('"').ok_or_else(|| format!("expected `\"` before `{}`", self.rest))?;
        let (text, rest) = inner.split_once('"').ok_or_else(|| format!("`\"` is not closed in `{}`", self.rest))?;
        self.rest = rest;
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_field_become_values() {
        let read = fields(r#"title: "Swap" / "맞교환", terms: {a: 222.7억, b: 50%, c: 150 t/day, d: 5000 KRW}, to: [seoul, guro], n: 3, sure: yes, why: remark("too much"), when: date(2000-04-17)"#).unwrap();
        assert_eq!(
            Value::Object(read),
            json!({
                "title": { "en": "Swap", "ko": "맞교환" },
                "terms": {
                    "a": { "money": { "amount": "22270000000", "currency": "KRW" } },
                    "b": { "share": "50" },
                    "c": { "quantity": { "amount": "150", "unit": "t/day" } },
                    "d": { "money": { "amount": "5000", "currency": "KRW" } },
                },
                "to": ["seoul", "guro"],
                "n": 3,
                "sure": true,
                "why": { "remark": "too much", "disclosure": "parties" },
                "when": { "date": "2000-04-17" },
            })
        );
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(fields("a: {b: 1"), Err("expected `}` before ``".to_owned()));
        assert!(fields("a 1").is_err());
        assert!(fields("a: \"x").unwrap_err().contains("not closed"));
    }
}
