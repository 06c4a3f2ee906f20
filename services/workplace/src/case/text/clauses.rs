//! The clauses as they stand, each with its wordings, the terms it carries, what was said about it, and what whoever looks can do.

use std::collections::BTreeSet;

use gateway::problem::Problem;
use negotiation::text::{Alternative, Clause as Standing};
use proto::id::{ClauseId, GovernmentId};
use proto::negotiation::ClauseState;

use super::super::naming::numbered;
use super::super::remarks::Remarks;
use super::wording::{self, Reading, Written};
use super::{COMMENTS, Case, writes};
use crate::{Form, When};

/// All clauses in their order, and how many stand how.
pub(super) struct Clauses {
    pub clauses: Vec<Clause>,
    pub counts: Vec<(&'static str, String, usize)>,
}

/// A clause.
pub(super) struct Clause {
    pub id: String,
    pub heading: String,
    /// `agreed`, `bracketed`, `contested` or `reserved`.
    pub state: &'static str,
    /// What of the procedure it carries.
    pub content: Option<String>,
    pub alternatives: Vec<Wordings>,
    /// Who has reserved its position.
    pub reserved: Vec<String>,
    /// Who stands behind no wording and has reserved nothing.
    pub silent: Vec<String>,
    /// What it carries: the term, and its agreed value.
    pub terms: Vec<(String, Option<String>)>,
    pub comments: Vec<Comment>,
    pub comment: Option<Acting>,
    pub reserve: Option<Acting>,
}

/// One wording of a clause.
pub(super) struct Wordings {
    /// Its number among those that stand side by side.
    pub number: usize,
    pub digest: String,
    pub written: Vec<Written>,
    /// Its only language, where it has one.
    pub only: Option<&'static str>,
    pub supporters: Vec<String>,
    pub own: bool,
    pub support: Option<Acting>,
    pub propose: Option<Proposing>,
}

/// What a party has said.
pub(super) struct Comment {
    pub by: String,
    pub at: When,
    pub text: Option<String>,
}

/// A form.
pub(super) struct Acting {
    pub form: Form,
    pub name: String,
    pub open: bool,
}

/// The form by which another wording is proposed, filled with the one it departs from.
pub(super) struct Proposing {
    pub acting: Acting,
    pub ko: String,
    pub en: String,
}

impl Acting {
    fn of(case: &Case, name: String) -> Self {
        Self { form: case.form(&name), open: case.tried(&name), name }
    }
}

impl Clause {
    /// The kind of the tag that says how it stands.
    pub fn kind(&self) -> &'static str {
        match self.state {
            "agreed" => "good",
            "reserved" => "bad",
            _ => "warn",
        }
    }

    pub fn text(&self) -> String {
        format!("text-state-{}", self.state)
    }
}

impl Wordings {
    /// The key of the text that says in which language alone it is.
    pub fn alone(&self) -> String {
        format!("text-only-{}", self.only.unwrap_or_default())
    }
}

fn named(state: ClauseState) -> &'static str {
    match state {
        ClauseState::Agreed => "agreed",
        ClauseState::Bracketed => "bracketed",
        ClauseState::Contested => "contested",
        ClauseState::Reserved => "reserved",
    }
}

/// Every clause, in the order of the numbers in their names.
///
/// # Errors
/// When the ledger does not tell what was said about them.
pub(super) async fn all(case: &Case, reading: Reading) -> Result<Clauses, Problem> {
    let comments: Vec<_> = case.state.clauses.values().flat_map(|clause| clause.comments.iter().map(|comment| &comment.comment)).collect();
    let said = case.remarks(comments).await?;
    let mut ordered: Vec<(&ClauseId, &Standing)> = case.state.clauses.iter().collect();
    ordered.sort_by_key(|(id, _)| numbered(id.as_str()));
    let clauses: Vec<Clause> = ordered.into_iter().map(|(id, standing)| clause(case, id, standing, reading, &said)).collect();
    let count = |state: &'static str| {
        let such: Vec<&Clause> = clauses.iter().filter(|clause| clause.state == state).collect();
        such.first().map(|clause| (clause.kind(), case.visit.t(&clause.text()), such.len()))
    };
    let counts = ["agreed", "bracketed", "contested", "reserved"].into_iter().filter_map(count).collect();
    Ok(Clauses { clauses, counts })
}

fn clause(case: &Case, id: &ClauseId, standing: &Standing, reading: Reading, said: &Remarks) -> Clause {
    let names = |bodies: &mut dyn Iterator<Item = &GovernmentId>| bodies.map(|body| case.called(body).to_owned()).collect();
    let behind: BTreeSet<&GovernmentId> = standing.alternatives.iter().flat_map(|one| &one.supporters).chain(&standing.reserved).collect();
    let first = standing.alternatives.first().map(|one| &one.wording);
    let wordings = |(at, one): (usize, &Alternative)| {
        let name = format!("{id}-{}", at + 1);
        let own = one.supporters.contains(&case.government);
        let propose = || Proposing {
            acting: Acting::of(case, format!("propose-{name}")),
            ko: one.wording.ko.clone().unwrap_or_default(),
            en: one.wording.en.clone().unwrap_or_default(),
        };
        Wordings {
            number: at + 1,
            digest: one.digest.to_string(),
            written: wording::written(reading, &one.wording, first.filter(|_| at > 0)),
            only: wording::only(&one.wording),
            supporters: names(&mut one.supporters.iter()),
            own,
            support: (writes(case) && !own).then(|| Acting::of(case, format!("support-{name}"))),
            propose: writes(case).then(propose),
        }
    };
    Clause {
        id: id.to_string(),
        heading: case.article(id, &standing.heading),
        state: named(standing.state),
        content: standing.content.as_ref().map(|content| case.name_of("content", content)),
        alternatives: standing.alternatives.iter().enumerate().map(wordings).collect(),
        reserved: names(&mut standing.reserved.iter()),
        silent: names(&mut case.state.standing.parties.iter().filter(|party| !behind.contains(party))),
        terms: terms(case, standing),
        comments: standing.comments.iter().map(|comment| comment_of(case, comment, said)).collect(),
        comment: case.acts(COMMENTS).then(|| Acting::of(case, format!("comment-{id}"))),
        reserve: (writes(case) && !standing.reserved.contains(&case.government)).then(|| Acting::of(case, format!("reserve-{id}"))),
    }
}

fn comment_of(case: &Case, comment: &negotiation::requests::Comment, said: &Remarks) -> Comment {
    Comment {
        by: case.called(&comment.by).to_owned(),
        at: case.visit.instant(&comment.at),
        text: said.of(&comment.comment).map(str::to_owned),
    }
}

fn terms(case: &Case, standing: &Standing) -> Vec<(String, Option<String>)> {
    let agreed = |term: &negotiation::text::Term| {
        let agreed = term.agreed.as_ref()?;
        let label = agreed.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
        Some(format!("{}{label}", case.value(&agreed.value)))
    };
    let known = standing.terms.iter().filter_map(|id| case.state.terms.get(id));
    known.map(|term| (case.visit.name(&term.names).to_owned(), agreed(term))).collect()
}
