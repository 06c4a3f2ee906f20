//! The ceremony on paper: everyone signs one document that bears the digest, and two clerks of different parties attest its scan.

use std::collections::BTreeMap;

use jiff::civil::Date;
use proto::access::Denial;
use proto::actor::{Actor, Role};
use proto::digest::Digest;
use proto::entry::Document;
use proto::id::{GovernmentId, OfficialId};
use proto::message::Refusal;
use proto::signing::{Event as E, PaperSignature, Refusal as R};
use proto::stream::Stream;
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::State;

/// What a clerk says of a signed paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paper {
    /// The scan.
    pub scan: Document,
    /// Who signed for which party.
    pub signatures: BTreeMap<GovernmentId, OfficialId>,
    /// The day of the ceremony.
    pub on: Date,
}

/// A clerk who has attested a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attestor {
    /// The party whose clerk it is.
    pub government: GovernmentId,
    /// The clerk.
    pub clerk: OfficialId,
}

/// A paper that one clerk has attested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attested {
    /// The first clerk.
    pub by: Attestor,
    /// What the clerk says.
    pub paper: Paper,
}

pub(crate) fn attest(
    state: &State,
    ctx: &Context<'_, State>,
    agreement: Digest,
    scan: &Document,
    signatures: &[PaperSignature],
) -> Result<Vec<E>, Refusal> {
    let government = state.standing.party(ctx.actor.government())?;
    let Actor::Official(clerk) = ctx.actor else { return Err(Denial::WrongTarget.into()) };
    state.signable(agreement)?;
    if state.missing().next().is_none() {
        return Err(R::AlreadySigned.into());
    }
    let on = day(state, ctx, government)?;
    let paper = Paper { scan: scan.clone(), signatures: each_once(state, signatures)?, on };
    check_signatories(ctx, &paper)?;
    let attestor = Attestor { government: government.clone(), clerk: clerk.official.clone() };
    let counts = is_second(state, &attestor, &paper)?;
    let attested = E::PaperAttested {
        government: attestor.government,
        clerk: attestor.clerk,
        agreement,
        scan: paper.scan,
        signatures: signatures.to_vec(),
        on,
        counts,
    };
    let completed = (counts && !state.complete).then_some(E::Completed { agreement });
    Ok([attested].into_iter().chain(completed).collect())
}

/// The day of the ceremony, counted where the clerk's body is.
fn day(state: &State, ctx: &Context<'_, State>, government: &GovernmentId) -> Result<Date, R> {
    let day_of = |at| ctx.official.today(government, at);
    let on = ctx.occurred.map(|occurred| occurred.on).filter(|on| day_of(ctx.at).is_some_and(|today| *on <= today)).ok_or(R::NoDay)?;
    match state.opened.as_ref().and_then(|opened| day_of(opened.at)) {
        Some(opened) if on < opened => Err(R::BeforeOpening { opened }),
        _ => Ok(on),
    }
}

fn each_once(state: &State, signatures: &[PaperSignature]) -> Result<BTreeMap<GovernmentId, OfficialId>, R> {
    let by_party: BTreeMap<_, _> = signatures.iter().map(|s| (s.government.clone(), s.signatory.clone())).collect();
    let complete = by_party.keys().eq(&state.standing.parties) && by_party.len() == signatures.len();
    if complete { Ok(by_party) } else { Err(R::PaperIncomplete) }
}

/// Everyone must have been signatory of the party on the day of the ceremony, whatever they are today.
fn check_signatories(ctx: &Context<'_, State>, paper: &Paper) -> Result<(), R> {
    for (government, official) in &paper.signatures {
        let known = ctx.open(&Stream::Official(official.clone()));
        let was_signatory = known.is_some_and(|state| {
            state.official.appointments.iter().map(|held| &held.appointment).any(|appointment| {
                let in_office = appointment.from <= paper.on && appointment.until.is_none_or(|until| paper.on <= until);
                appointment.government == *government && appointment.role == Role::Signatory && in_office
            })
        });
        if !was_signatory {
            return Err(R::NotASignatory { official: official.clone(), government: government.clone() });
        }
    }
    Ok(())
}

/// Whether this attestation is the second one. The first party may say it anew, differently, to put an error right.
fn is_second(state: &State, attestor: &Attestor, paper: &Paper) -> Result<bool, R> {
    let Some(Attested { by: first, paper: attested }) = &state.paper else { return Ok(false) };
    let same_party = first.government == attestor.government;
    match attested == paper {
        false if same_party => Ok(false),
        _ if same_party || first.clerk == attestor.clerk => Err(R::SameClerk),
        false => Err(R::OtherPaper),
        true => Ok(true),
    }
}
