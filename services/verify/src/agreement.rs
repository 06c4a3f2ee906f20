//! The agreement, made again from the entries alone.

use proto::actor::Service;
use proto::bundle::Agreed;
use proto::id::CaseId;
use proto::stream::Stream;
use signing::agreement::{Agreement, NoAgreement};
use signing::readable::{Language, readable};

use crate::fault::{Fault, Part, Place, Problem};
use crate::replay::Replay;

/// The agreement of a case; none while no text is frozen.
pub(crate) fn of(replay: &Replay<'_>, case: CaseId) -> Result<Option<Agreed>, Box<Problem>> {
    let bad = |why: String| Place::Field("agreement").says(Fault::BadAgreement { why });
    let state = replay.state(Service::Signing, &Stream::Case(case));
    let state: signing::State = serde_json::from_value(state).map_err(|e| bad(e.to_string()))?;
    let agreement = match Agreement::of(case, &state) {
        Ok(agreement) => agreement,
        Err(NoAgreement::NotFrozen) => return Ok(None),
        Err(other) => return Err(bad(other.to_string())),
    };
    Ok(Some(Agreed {
        document: serde_json::to_value(&agreement).map_err(|e| bad(e.to_string()))?,
        text_en: readable(&agreement, &replay.names, Language::English),
        text_ko: readable(&agreement, &replay.names, Language::Korean),
    }))
}

/// Whether a bundle carries just this.
pub(crate) fn check(carried: Option<&Agreed>, made: Option<&Agreed>) -> Result<(), Box<Problem>> {
    let parts = [
        ("agreement.document", Part::Document, carried.map(|c| &c.document) == made.map(|m| &m.document)),
        ("agreement.text_en", Part::Text, carried.map(|c| &c.text_en) == made.map(|m| &m.text_en)),
        ("agreement.text_ko", Part::Text, carried.map(|c| &c.text_ko) == made.map(|m| &m.text_ko)),
    ];
    match parts.into_iter().find(|(_, _, same)| !same) {
        Some((field, part, _)) => Err(Place::Field(field).says(Fault::Differs { part })),
        None => Ok(()),
    }
}
