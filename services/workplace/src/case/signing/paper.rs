//! Signing on paper: what the first clerk attests with the scan, and what the second clerk compares with the paper.

use std::collections::BTreeMap;

use ::signing::{Attested, State};
use gateway::problem::Problem;
use proto::actor::Role;
use proto::id::GovernmentId;

use super::seals::clerks;
use crate::case::Case;
use crate::{Form, files};

/// The part of the page for a clerk of a party.
pub(super) struct OnPaper {
    pub agreement: String,
    /// What another clerk has attested and this one can confirm.
    pub first: Option<First>,
    /// What this clerk attests anew.
    pub anew: Anew,
}

/// A paper that nobody has attested yet, or that the own body attests again to put an error right.
pub(super) struct Anew {
    pub form: Form,
    pub on: String,
    /// Field, party, and whoever is its signatory today.
    pub signatories: Vec<(String, String, String)>,
    /// Whether the own body has attested a paper already.
    pub again: bool,
}

/// What the first clerk has said.
pub(super) struct First {
    pub form: Form,
    pub by: String,
    /// For machines and for people.
    pub on: (String, String),
    pub scan: String,
    pub media_type: String,
    /// Its kind in words.
    pub kind: String,
    pub size: u64,
    /// Field, party, who signed for it.
    pub signatories: Vec<(String, String, String)>,
}

impl OnPaper {
    pub async fn of(case: &Case, state: &State) -> Result<Option<Self>, Problem> {
        let Some(opened) = state.opened.filter(|_| case.acts(&[Role::Clerk]) && state.missing().next().is_some()) else { return Ok(None) };
        let first = state.paper.as_ref().filter(|first| first.by.government != case.government).map(|first| First::of(case, first));
        Ok(Some(Self { agreement: opened.agreement.to_string(), first, anew: Anew::of(case, state).await? }))
    }
}

impl Anew {
    async fn of(case: &Case, state: &State) -> Result<Self, Problem> {
        let persons = case.visit.edge.persons().await.map_err(|why| case.visit.failed(why))?;
        let form = case.form("attest");
        let signatory = |party: &GovernmentId| {
            let field = format!("signatory-{party}");
            let office = persons.iter().find(|person| person.government == *party && person.roles.contains(&Role::Signatory));
            let holder = office.map(|person| person.official.to_string()).unwrap_or_default();
            let typed = form.typed(&field, &holder).to_owned();
            (field, case.called(party).to_owned(), typed)
        };
        let signatories = state.standing.parties.iter().map(signatory).collect();
        let again = state.paper.as_ref().is_some_and(|first| first.by.government == case.government);
        Ok(Self { on: form.typed("on", "").to_owned(), signatories, again, form })
    }
}

impl Anew {
    /// The key of the text that says what the form is for.
    pub fn heading(&self) -> &'static str {
        if self.again { "signing-attest-again" } else { "signing-attest" }
    }
}

impl First {
    fn of(case: &Case, Attested { by, paper }: &Attested) -> Self {
        let signed = |(party, official): (&GovernmentId, &proto::id::OfficialId)| {
            (format!("signatory-{party}"), case.called(party).to_owned(), official.to_string())
        };
        Self {
            form: case.form("confirm"),
            by: clerks(case, std::slice::from_ref(by)),
            on: (paper.on.to_string(), case.visit.on(&paper.on).exact),
            scan: paper.scan.digest.to_string(),
            kind: files::kind(case.visit.language, &paper.scan.media_type),
            media_type: paper.scan.media_type.clone(),
            size: paper.scan.size,
            signatories: paper.signatures.iter().map(signed).collect(),
        }
    }
}

/// The fields of a form that begin with a prefix, by what follows it.
pub(super) fn by_party<'a>(fields: &'a BTreeMap<String, String>, prefix: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    fields.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
}
