//! The form by which a clause is added, and what the procedure asks for that no clause carries yet.

use proto::procedure::Content;

use super::{Case, writes};
use crate::Form;

/// The form.
pub(super) struct Adding {
    pub form: Form,
    pub open: bool,
    /// The name of the new clause in the record.
    pub clause: String,
    /// Contents of the procedure, those that are missing first, and the one that is chosen.
    pub contents: Vec<(String, String)>,
    pub content: String,
    /// Terms it may carry: the id, what it is called, and whether it is chosen.
    pub terms: Vec<(String, String, bool)>,
}

impl Adding {
    /// Nothing where it is not for whoever looks, or not now.
    pub fn of(case: &Case) -> Option<Self> {
        let form = writes(case).then(|| case.form("add"))?;
        let missing: Vec<&Content> = missing(case).collect();
        let others =
            case.state.procedure.iter().flat_map(|form| &form.contents).filter(|content| missing.iter().all(|one| one.id != content.id));
        let choice = |content: &Content, key: &str| (content.id.clone(), case.visit.with(key, "content", case.visit.name(&content.names)));
        let contents = [(String::new(), case.visit.t("text-no_content"))]
            .into_iter()
            .chain(missing.iter().map(|content| choice(content, "text-content_missing")))
            .chain(others.map(|content| choice(content, "text-content_other")));
        let term = |(id, term): (&proto::id::TermId, &negotiation::text::Term)| {
            (id.to_string(), case.visit.name(&term.names).to_owned(), form.took("terms", id.as_str(), false))
        };
        Some(Self {
            open: case.tried("add"),
            clause: free(case, form.typed("clause", "")),
            contents: contents.collect(),
            content: missing.first().map(|content| content.id.clone()).unwrap_or_default(),
            terms: case.state.terms.iter().map(term).collect(),
            form,
        })
    }
}

/// A name for a clause: as typed, unless it was taken meanwhile.
fn free(case: &Case, typed: &str) -> String {
    let taken = |name: &str| case.state.clauses.keys().any(|clause| clause.as_str() == name);
    let next =
        || (1..=case.state.clauses.len() + 1).map(|number| format!("article-{number}")).find(|name| !taken(name)).unwrap_or_default();
    if typed.is_empty() || taken(typed) { next() } else { typed.to_owned() }
}

/// Mandatory contents that no clause carries.
pub(super) fn missing(case: &Case) -> impl Iterator<Item = &Content> {
    let carried = |content: &Content| case.state.clauses.values().any(|clause| clause.content.as_ref() == Some(&content.id));
    case.state.procedure.iter().flat_map(|form| &form.contents).filter(move |content| content.is_mandatory() && !carried(content))
}
