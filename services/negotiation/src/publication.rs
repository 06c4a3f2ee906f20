//! What the parties make public of an agreement in force. Every party says so for itself, and only what all of them have named is public.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use proto::digest::Digest;
use proto::id::{ClauseId, GovernmentId, TermId};
use proto::negotiation::{AgreedClause, AgreedTerm, Event, Frozen, PublicPart, Refusal, Text};
use proto::standing::Phase;
use proto::words::Names;
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Outcome, State};
use crate::freeze;

/// How far the parties have come with making the agreement public.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Publication {
    /// What each party that has said so would have public.
    pub agreed: BTreeMap<GovernmentId, BTreeSet<PublicPart>>,
    /// What is public besides title, parties, day and digests; none: nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<BTreeSet<PublicPart>>,
}

impl Publication {
    /// Whether no party has said anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.agreed.is_empty()
    }
}

/// An agreement as everyone may see it: just what its parties made public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublicAgreement {
    /// Title of the project.
    pub title: Names,
    /// The legal form.
    pub form: Names,
    /// The parties.
    pub parties: Vec<GovernmentId>,
    /// The day from which it is in force.
    pub in_force: Date,
    /// Digest of the agreement: what was approved and signed.
    pub agreement: Digest,
    /// What that digest is over.
    pub frozen: Frozen,
    /// What is public besides.
    pub parts: BTreeSet<PublicPart>,
    /// Agreed values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<TermId, AgreedTerm>,
    /// Agreed clauses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clauses: BTreeMap<ClauseId, AgreedClause>,
    /// The whole text, whose digest stands in `frozen`; only where all of it is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Box<Text>>,
}

pub(crate) fn publish(state: &State, context: &Context<'_, State>, agreement: Digest, parts: &BTreeSet<PublicPart>) -> Outcome {
    let by = state.standing.party(context.actor.government())?;
    if state.standing.phase != Phase::InForce {
        return Err(Refusal::NotInForce.into());
    }
    if state.standing.agreement != Some(agreement) {
        return Err(Refusal::OtherAgreement.into());
    }
    let Publication { agreed, public } = &state.publication;
    if public.as_ref().is_some_and(|public| !public.is_subset(parts)) {
        return Err(Refusal::AlreadyPublic.into());
    }
    if agreed.get(by) == Some(parts) {
        return Err(Refusal::SamePublication.into());
    }
    let mut agreed = agreed.clone();
    agreed.insert(by.clone(), parts.clone());
    let all = state.standing.parties.iter().map(|party| agreed.get(party).cloned()).collect::<Option<Vec<_>>>();
    let common = all.and_then(|all| all.into_iter().reduce(|one, other| &one & &other));
    let published = common.filter(|common| public.as_ref() != Some(common));
    let said = Event::PublicationAgreed { by: by.clone(), agreement, parts: parts.clone() };
    let published = published.map(|parts| Event::AgreementPublished { agreement, parts });
    Ok([said].into_iter().chain(published).collect())
}

pub(crate) fn agreed(state: &mut State, by: &GovernmentId, parts: &BTreeSet<PublicPart>) {
    state.publication.agreed.insert(by.clone(), parts.clone());
}

pub(crate) fn published(state: &mut State, parts: &BTreeSet<PublicPart>) {
    state.publication.public = Some(parts.clone());
}

/// The agreement as everyone may see it; none while the parties have not made it public.
#[must_use]
pub fn public(state: &State) -> Option<PublicAgreement> {
    let parts = state.publication.public.clone()?;
    let text = freeze::text(state)?;
    let shown = |part| parts.contains(&part);
    let whole = shown(PublicPart::Terms) && shown(PublicPart::Wording);
    Some(PublicAgreement {
        title: state.title.clone()?,
        form: state.procedure.as_ref()?.names.clone(),
        parties: text.parties.clone(),
        in_force: state.in_force?,
        agreement: state.standing.agreement?,
        frozen: state.frozen.clone()?,
        terms: if shown(PublicPart::Terms) { text.terms.clone() } else { BTreeMap::new() },
        clauses: if shown(PublicPart::Wording) { text.clauses.clone() } else { BTreeMap::new() },
        text: whole.then(|| Box::new(text)),
        parts,
    })
}
