//! What people do in the room: sign, set the order, attest a paper.

use std::collections::BTreeMap;

use axum::extract::Path;
use gateway::problem::Problem;
use proto::digest::Digest;
use proto::entry::{Document, Occurred};
use proto::id::{CaseId, GovernmentId, KeyId};
use proto::signing::{Command, PaperSignature};
use proto::stream::Stream;
use proto::wire::Submission;
use serde::Deserialize;
use serde_json::{Value, json};

use super::paper::by_party;
use crate::case::{Room, act, refuse, submit};
use crate::posted::Uploaded;
use crate::{Page, Posted, Visit, days};

type Fields = BTreeMap<String, String>;

#[derive(Deserialize)]
pub(super) struct Signing {
    agreement: Digest,
    key: String,
    jws: String,
}

pub(super) async fn sign(Path(id): Path<CaseId>, posted: Posted<Signing>) -> Page {
    let Signing { agreement, key, jws } = &posted.fields;
    let (agreement, jws) = (*agreement, jws.split_whitespace().collect());
    if let Ok(key) = key.parse::<KeyId>() {
        act(id, Room::Signing, "sign", posted, Command::Sign { agreement, key, jws }).await
    } else {
        let problem = posted.signed.visit.wrong("keys-bad_name", json!({ "name": key }));
        refuse(id, Room::Signing, "sign", posted, problem).await
    }
}

pub(super) async fn order(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    match ordered(&posted.signed.visit, &posted.fields) {
        Ok(order) => act(id, Room::Signing, "order", posted, Command::SetOrder { order }).await,
        Err(problem) => refuse(id, Room::Signing, "order", posted, problem).await,
    }
}

/// The parties by the places that were typed, each of which only one can have.
fn ordered(visit: &Visit, fields: &Fields) -> Result<Vec<GovernmentId>, Problem> {
    let mut places: BTreeMap<u32, GovernmentId> = BTreeMap::new();
    for (party, place) in by_party(fields, "place-") {
        let place: u32 = place.trim().parse().map_err(|_| visit.wrong("signing-no_place", json!({ "typed": place })))?;
        let party = party.parse().map_err(|_| visit.wrong("signing-no_party", json!({ "typed": party })))?;
        if places.insert(place, party).is_some() {
            return Err(visit.wrong("signing-place_twice", json!({ "place": place.to_string() })));
        }
    }
    Ok(places.into_values().collect())
}

/// The first clerk attests a paper with its scan.
pub(super) async fn attest(Path(id): Path<CaseId>, Uploaded { posted, files }: Uploaded<Posted<Fields>>) -> Page {
    let scans = files.keep(&posted.signed, &Stream::Case(id)).await;
    let attested = scans.and_then(|mut scans| {
        let visit = &posted.signed.visit;
        let scan = scans.pop().ok_or_else(|| visit.wrong("signing-scan_missing", Value::Null))?;
        attestation(visit, &posted.fields, scan)
    });
    match attested {
        Ok(submission) => submit(id, Room::Signing, "attest", posted, submission).await,
        Err(problem) => refuse(id, Room::Signing, "attest", posted, problem).await,
    }
}

/// The second clerk attests what the page showed of the first one's attestation; the rules compare it with what stands.
pub(super) async fn confirm(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let visit = &posted.signed.visit;
    let attested = if posted.fields.contains_key("compared") {
        scan(visit, &posted.fields).and_then(|scan| attestation(visit, &posted.fields, scan))
    } else {
        Err(visit.wrong("signing-not_compared", Value::Null))
    };
    match attested {
        Ok(submission) => submit(id, Room::Signing, "confirm", posted, submission).await,
        Err(problem) => refuse(id, Room::Signing, "confirm", posted, problem).await,
    }
}

fn scan(visit: &Visit, fields: &Fields) -> Result<Document, Problem> {
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let (digest, size) = (field("scan").parse(), field("size").parse());
    match (digest, size) {
        (Ok(digest), Ok(size)) => Ok(Document { digest, media_type: field("media_type").to_owned(), size }),
        _ => Err(visit.wrong("signing-no_scan", Value::Null)),
    }
}

/// The attestation of a paper with this scan.
fn attestation(visit: &Visit, fields: &Fields, scan: Document) -> Result<Submission, Problem> {
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let agreement = field("agreement").parse().map_err(|_| visit.wrong("signing-no_scan", Value::Null))?;
    let on = days::day(visit, "signing-day", field("on"))?;
    let signatures: Result<Vec<_>, Problem> = by_party(fields, "signatory-")
        .map(|(party, official)| {
            let wrong = || visit.wrong("signing-no_signatory", json!({ "typed": official, "body": party }));
            let (government, signatory) = (party.parse().map_err(|_| wrong())?, official.trim().parse().map_err(|_| wrong())?);
            Ok(PaperSignature { government, signatory })
        })
        .collect();
    let command = Command::AttestPaper { agreement, scan, signatures: signatures? };
    let occurred = on.map(|on| Occurred { on, evidence: Vec::new() });
    Ok(Submission { occurred, ..Submission::from(proto::message::Command::from(command)) })
}
