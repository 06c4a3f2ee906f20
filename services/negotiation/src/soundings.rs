//! Soundings: what one party asks another in confidence before it offers anything, in a sealed stream that these two alone read.
//!
//! A sounding binds nobody. So it needs no mandate, waits for no turn and for no answer, may move what is in dispute, and changes nothing in the
//! case: no diff, no chart, no precedent and no bundle knows of it. An offer that comes of it is tabled like any other, within a mandate.

use jiff::Timestamp;
use proto::access::Denial;
use proto::id::GovernmentId;
use proto::message::{self, Target};
use proto::negotiation::{Event, Package, Refusal, SoundingNo};
use proto::stream::Stream;
use proto::words::is_blank;
use runtime::decider::{Context, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Outcome, State};
use crate::package;

/// A sounding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sounding {
    /// Whose.
    pub by: GovernmentId,
    /// Who was asked.
    pub to: GovernmentId,
    /// What about.
    pub package: Package,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// When, civil time.
    pub made_at: Timestamp,
    /// What came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Echo>,
    /// When it was taken back, civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
}

/// The answer to a sounding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SoundingAnswer")]
pub struct Echo {
    /// When, civil time.
    pub at: Timestamp,
    /// What was said.
    pub text: String,
}

impl Sounding {
    /// Whether its addressee can still answer it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.withdrawn_at.is_none()
    }
}

/// The case, and the party that acts in it while the text is open.
fn negotiator<'a>(context: &'a Context<'_, State>) -> Result<(&'a State, &'a GovernmentId), message::Refusal> {
    let Target::Case(case) = context.target else { return Err(Denial::WrongTarget.into()) };
    let case = context.open(&Stream::Case(*case)).ok_or(Denial::NoSuchCase)?;
    Ok((case, case.negotiator(context)?))
}

/// A sounding of this stream that was not taken back.
fn standing(own: &State, sounding: SoundingNo) -> Result<&Sounding, Refusal> {
    let found = own.soundings.get(&sounding).ok_or(Refusal::UnknownSounding { sounding })?;
    if found.withdrawn_at.is_some() { Err(Refusal::SoundingWithdrawn { sounding }) } else { Ok(found) }
}

/// The addressee looks at it as it is, so an allocation in it must be on the table.
pub(crate) fn make(own: &State, context: &Context<'_, State>, to: &GovernmentId, package: &Package, text: Option<&String>) -> Outcome {
    let (case, by) = negotiator(context)?;
    if to == by || !case.standing.parties.contains(to) {
        return Err(Refusal::NotToBeSounded { government: to.clone() }.into());
    }
    package::check(case, package)?;
    let sounding = own.soundings.keys().next_back().map_or(1, |last| last.saturating_add(1));
    let text = text.filter(|text| !is_blank(text)).cloned();
    Ok(vec![Event::SoundingMade { sounding, by: by.clone(), to: to.clone(), package: package.clone(), text }])
}

/// That the acting party is the one that was asked follows from the stream, which is named after it.
pub(crate) fn answer(own: &State, context: &Context<'_, State>, sounding: SoundingNo, text: &str) -> Outcome {
    let (_, by) = negotiator(context)?;
    if standing(own, sounding)?.answer.is_some() {
        return Err(Refusal::SoundingAnswered { sounding }.into());
    }
    if is_blank(text) {
        return Err(Refusal::Empty { field: "text".into() }.into());
    }
    Ok(vec![Event::SoundingAnswered { sounding, by: by.clone(), text: text.to_owned() }])
}

/// Also one that is answered: then both know that it does not stand any more.
pub(crate) fn withdraw(own: &State, context: &Context<'_, State>, sounding: SoundingNo) -> Outcome {
    let (_, by) = negotiator(context)?;
    standing(own, sounding)?;
    Ok(vec![Event::SoundingWithdrawn { sounding, by: by.clone() }])
}

pub(crate) fn made(
    state: &mut State,
    number: SoundingNo,
    by: &GovernmentId,
    to: &GovernmentId,
    package: &Package,
    text: Option<&String>,
    of: &Meta,
) {
    let (by, to, package, text, made_at) = (by.clone(), to.clone(), package.clone(), text.cloned(), of.at);
    state.soundings.insert(number, Sounding { by, to, package, text, made_at, answer: None, withdrawn_at: None });
}

pub(crate) fn answered(state: &mut State, number: SoundingNo, text: &str, of: &Meta) {
    if let Some(sounding) = state.soundings.get_mut(&number) {
        sounding.answer = Some(Echo { at: of.at, text: text.to_owned() });
    }
}

pub(crate) fn withdrawn(state: &mut State, number: SoundingNo, of: &Meta) {
    if let Some(sounding) = state.soundings.get_mut(&number) {
        sounding.withdrawn_at = Some(of.at);
    }
}
