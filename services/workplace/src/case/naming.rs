//! A refusal in the words of its case: whoever reads it is told of terms, clauses, steps and bodies by their names, not by their ids.

use gateway::problem::Problem;
use gateway::texts;
use serde_json::{Value, json};

use super::Case;
use proto::id::ClauseId;
use proto::words::Names;

/// The number at the end of a name counts as a number, so that `article-10` comes after `article-2`; 0 where there is none.
pub(crate) fn numbered(id: &str) -> (&str, u64) {
    let prefix = id.trim_end_matches(|digit: char| digit.is_ascii_digit());
    (prefix, id.strip_prefix(prefix).and_then(|digits| digits.parse().ok()).unwrap_or(0))
}

impl Case {
    /// The heading of a clause with its number, where its name has one: `제7조(비용의 부담)`.
    pub fn article(&self, id: &ClauseId, heading: &Names) -> String {
        let heading = self.visit.name(heading);
        match numbered(id.as_str()) {
            (_, 0) => heading.to_owned(),
            (_, number) => self.visit.told("signing-article", &json!({ "number": number.to_string(), "heading": heading })),
        }
    }

    /// The same problem, told by names. Its parameters stay as the contract has them.
    pub fn in_words(&self, problem: Problem) -> Problem {
        let (language, named) = (self.visit.language, self.with_names("", &problem.params));
        let said = |code: &str| texts::of(language, code, &named).map(Into::into);
        Problem {
            title: said(&problem.code).unwrap_or(problem.title),
            detail: said(&format!("{}.next", problem.code)).or(problem.detail),
            ..problem
        }
    }

    fn with_names(&self, parameter: &str, value: &Value) -> Value {
        match value {
            Value::String(id) => Value::String(self.named(parameter, id)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.with_names(parameter, item)).collect()),
            Value::Object(fields) => {
                Value::Object(fields.iter().map(|(name, inner)| (name.clone(), self.with_names(name, inner))).collect())
            }
            other => other.clone(),
        }
    }

    fn named(&self, parameter: &str, id: &str) -> String {
        match parameter {
            "term" | "terms" => self.name_of("term", id),
            "clause" | "clauses" => self.name_of("clause", id),
            "content" | "contents" => self.name_of("content", id),
            "fact" | "step" => self.name_of(parameter, id),
            "government" | "turn" | "missing" | "coordinator" | "owner" | "members" | "member" | "who" | "by" | "facilitator" | "next"
            | "body" | "to" | "caucus" | "reader" | "of" => self.bodies.called(self.visit.language, id).to_owned(),
            "name" => ["term", "clause", "fact"]
                .iter()
                .map(|kind| self.name_of(kind, id))
                .find(|name| name != id)
                .unwrap_or_else(|| id.to_owned()),
            "field" => texts::of(self.visit.language, &format!("field-{id}"), &Value::Null).unwrap_or_else(|| id.to_owned()),
            _ => id.to_owned(),
        }
    }
}
