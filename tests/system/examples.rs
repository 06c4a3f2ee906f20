//! Commands made from the printed contract: one of each kind, as someone would who has nothing but the document.

use serde_json::{Map, Value, json};

/// A command with the path of what it may be sent to.
pub struct Example {
    /// Such as `negotiation.table_offer`.
    pub name: String,
    /// Such as `cases/{id}`.
    pub kind: &'static str,
    /// The whole body.
    pub body: Value,
}

/// One of each kind of command that the contract knows.
pub fn commands(contract: &Value) -> Vec<Example> {
    let schemas = Schemas(contract);
    let submission = contract.pointer("/components/schemas/Submission").unwrap();
    let mut all = Vec::new();
    for (family, commands) in schemas.variants(&submission["properties"]["command"]) {
        for (name, fields) in schemas.variants(&commands.unwrap()) {
            let inner = fields.map_or_else(|| json!(name), |fields| json!({ &name: schemas.example(&fields, 0) }));
            let kind = kind_of(&family, &inner);
            all.push(Example { name: format!("{family}.{name}"), kind, body: json!({ "command": { &family: inner } }) });
        }
    }
    all
}

fn kind_of(family: &str, command: &Value) -> &'static str {
    let fields = command.as_object().and_then(|named| named.values().next());
    match family {
        "calendar" => "calendar/demo",
        "registry" if fields.is_some_and(|f| f.get("official").is_some()) => "officials",
        "registry" => "governments",
        _ => "cases",
    }
}

struct Schemas<'a>(&'a Value);

impl<'a> Schemas<'a> {
    fn follow(&self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.follow(self.0.pointer(reference.trim_start_matches('#')).unwrap()),
            None => schema,
        }
    }

    /// The variants of an externally tagged enum.
    fn variants(&self, schema: &'a Value) -> Vec<(String, Option<Value>)> {
        let schema = self.follow(schema);
        let several = schema.get("oneOf").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![schema.clone()]);
        let of_one = |one: Value| match one.get("properties").and_then(Value::as_object) {
            Some(fields) => fields.iter().map(|(name, inner)| (name.clone(), Some(inner.clone()))).collect(),
            None => words(&one).into_iter().map(|name| (name, None)).collect::<Vec<_>>(),
        };
        several.into_iter().flat_map(of_one).collect()
    }

    fn example(&self, schema: &Value, depth: usize) -> Value {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.example(self.0.pointer(reference.trim_start_matches('#')).unwrap(), depth);
        }
        if let Some(word) = words(schema).first() {
            return json!(word);
        }
        let choices = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|name| schema.get(name)?.as_array());
        if let Some(first) = choices.and_then(|choices| choices.iter().find(|choice| choice["type"] != "null")) {
            return self.example(first, depth);
        }
        match kind(schema) {
            "object" => self.object(schema, depth),
            "array" => json!([self.example(&schema["items"], depth + 1)]),
            "integer" | "number" => json!(1),
            "boolean" => json!(true),
            _ => json!(text(schema)),
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let fields = schema["properties"].as_object().into_iter().flatten();
        // What is optional is left out deep inside, so that what may hold itself ends.
        let mut object: Map<String, Value> = fields
            .filter(|(name, inner)| (depth < 6 || required.contains(&name.as_str())) && inner["readOnly"] != true)
            .map(|(name, inner)| (name.clone(), self.example(inner, depth + 1)))
            .collect();
        // A map: its keys are names, unless they have a pattern of their own.
        let by_pattern = schema["patternProperties"].as_object().and_then(|patterns| patterns.iter().next());
        if let Some((pattern, inner)) = by_pattern {
            object.insert(text(&json!({ "pattern": pattern })), self.example(inner, depth + 1));
        } else if let Some(inner) = schema.get("additionalProperties").filter(|inner| inner.is_object()) {
            object.insert("a".into(), self.example(inner, depth + 1));
        }
        Value::Object(object)
    }
}

fn kind(schema: &Value) -> &str {
    let several = schema["type"].as_array().into_iter().flatten().filter_map(Value::as_str).find(|kind| *kind != "null");
    schema["type"].as_str().or(several).unwrap_or_default()
}

/// The words that a string may be, where they are counted out.
fn words(schema: &Value) -> Vec<String> {
    let one = schema.get("const").into_iter();
    one.chain(schema["enum"].as_array().into_iter().flatten()).filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

/// A text of a format. One that has none is `1`: a text, and a decimal number too.
fn text(schema: &Value) -> String {
    match (schema["format"].as_str().unwrap_or_default(), schema["pattern"].as_str().unwrap_or_default()) {
        ("uuid", _) => "01890a5d-ac96-774b-bcce-b302099a8057".to_owned(),
        ("date", _) => "1999-05-31".to_owned(),
        ("date-time", _) => "1999-05-31T00:00:00Z".to_owned(),
        (_, pattern) if pattern.contains("A-Z") => "KRW".to_owned(),
        (_, pattern) if pattern.contains("{64}") => "0".repeat(64),
        (_, pattern) if pattern.contains("a-z") => "a".to_owned(),
        _ => "1".to_owned(),
    }
}

/// The contract can be used: what it says is a command is read as one.
#[test]
fn a_command_of_each_kind_made_from_the_contract_is_read() {
    let all = commands(&interlocal::contract::openapi());
    assert!(all.len() > 50, "only {} kinds of commands", all.len());
    for example in all {
        let read = serde_json::from_value::<proto::wire::Submission>(example.body.clone());
        assert!(read.is_ok(), "{}: {} in {:#}", example.name, read.unwrap_err(), example.body);
    }
}
