//! Entries of the record as people read them: who did what, when, for whom and why, in sentences. The record of a case and the auditor show the
//! same lines.

use std::collections::BTreeMap;

use gateway::edge::SignedIn;
use gateway::problem::Problem;
use gateway::record::{Entries, Question, Read};
use gateway::register::Bodies;
use proto::actor::Service;
use proto::entry::{Act, Body, Document, Entry};
use proto::id::CaseId;
use proto::message::Event;
use proto::signing;
use proto::stream::Stream;
use serde_json::{Value, json};

use crate::said::Teller;
use crate::{Visit, When, files};

mod kinds;
mod proof;
mod sought;

pub(crate) use proof::{Proof, bytes, file, receipt};
pub(crate) use sought::{Choice, Fields, Pages, ends};

/// An entry that this reader may read, with its act.
pub(crate) struct Opened {
    pub entry: Entry,
    /// The exact bytes that were hashed.
    pub bytes: String,
    pub act: Act,
    /// Texts of remarks that this reader may see, by commitment.
    pub remarks: BTreeMap<String, String>,
    pub sealed: bool,
}

impl Opened {
    /// Nothing for an entry whose act is erased, or that this version does not understand.
    pub fn of(read: &Read) -> Option<Self> {
        let entry: Entry = serde_json::from_str(&read.entry).ok()?;
        let sealed = matches!(entry.body, Body::Sealed(_));
        let act = match &entry.body {
            Body::Open(act) => (**act).clone(),
            Body::Sealed(_) => serde_json::from_value(read.act.clone()?).ok()?,
        };
        let remarks = serde_json::from_value(read.remarks.clone()).unwrap_or_default();
        Some(Self { entry, bytes: read.entry.clone(), act, remarks, sealed })
    }

    /// The case whose entry it is.
    pub fn case(&self) -> Option<CaseId> {
        self.entry.stream.case()
    }

    /// How many remarks this reader may not see, or are erased.
    fn withheld(&self) -> usize {
        let mut commitments = Vec::new();
        commitments_in(&serde_json::to_value(&self.act.events).unwrap_or_default(), &mut commitments);
        commitments_in(&serde_json::to_value(&self.act.command).unwrap_or_default(), &mut commitments);
        commitments.sort();
        commitments.dedup();
        commitments.iter().filter(|commitment| !self.remarks.contains_key(*commitment)).count()
    }

    /// What shows that it happened.
    fn evidence(&self) -> Vec<&Document> {
        let occurred = self.act.occurred.iter().flat_map(|occurred| &occurred.evidence);
        let scans = self.act.events.iter().filter_map(|event| match event {
            Event::Signing(signing::Event::PaperAttested { scan, .. }) => Some(scan),
            _ => None,
        });
        let mut all: Vec<&Document> = occurred.chain(scans).collect();
        all.dedup_by_key(|document| document.digest);
        all
    }
}

fn commitments_in(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("remark_commitment").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| commitments_in(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| commitments_in(value, found)),
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// An entry in words.
pub(crate) struct Line {
    pub position: u64,
    /// The page of the entry.
    pub href: String,
    /// Civil time.
    pub at: When,
    /// The day on which it happened outside.
    pub occurred: Option<When>,
    /// What shows it: address and name.
    pub evidence: Vec<(String, String)>,
    /// Who, in which role, on what ground.
    pub who: String,
    /// What, a sentence for each event.
    pub said: Vec<String>,
    /// Reasons and remarks that this reader may see.
    pub remarks: Vec<String>,
    /// Remarks that this reader may not see.
    pub withheld: usize,
    /// Why the platform acted by itself, with the page of the entry that led here.
    pub cause: Option<(String, String)>,
    /// What the rules learned.
    pub findings: Vec<String>,
    /// Version of the rules, and whose they are.
    pub rules: String,
    pub sealed: bool,
    /// The case, where lines of several stand together: address and title.
    pub case: Option<(String, String)>,
}

impl Line {
    /// The entry in the words of a teller.
    pub fn of(opened: &Opened, teller: &Teller<'_>, visit: &Visit) -> Self {
        let act = &opened.act;
        let document = |document: &Document| {
            let name = visit.told(
                "record-document",
                &json!({ "type": files::kind(visit.language, &document.media_type), "digest": document.digest.to_string().get(..8) }),
            );
            (format!("/api/v1/documents/{}?audience={}", document.digest, encoded(&opened.entry.stream.to_string())), name)
        };
        let position = |cause: &proto::entry::Cause| match cause {
            proto::entry::Cause::Entry(position) | proto::entry::Cause::Due(position) | proto::entry::Cause::Asked(position) => *position,
        };
        let rules = json!({ "service": visit.t(&format!("service-{}", opened.entry.service.name())), "version": act.rules });
        Self {
            position: opened.entry.position,
            href: address(opened.case(), opened.entry.position),
            at: visit.instant(&opened.entry.at),
            occurred: act.occurred.as_ref().map(|occurred| visit.on(&occurred.on)),
            evidence: opened.evidence().into_iter().map(document).collect(),
            who: teller.actor(&act.actor),
            said: act.events.iter().map(|event| teller.event(&act.actor, event)).collect(),
            remarks: opened.remarks.values().cloned().collect(),
            withheld: opened.withheld(),
            cause: act.cause.as_ref().map(|cause| (address(opened.case(), position(cause)), teller.cause(cause))),
            findings: act.findings.iter().map(|finding| teller.finding(finding)).collect(),
            rules: visit.told("record-rules", &rules),
            sealed: opened.sealed,
            case: None,
        }
    }
}

/// The page of an entry.
pub(crate) fn address(case: Option<CaseId>, position: u64) -> String {
    case.map_or_else(|| format!("/audit/entries/{position}"), |case| format!("/cases/{case}/record/{position}"))
}

/// A part of an address.
pub(crate) fn encoded(text: &str) -> String {
    serde_html_form::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').to_owned()
}

/// Entries out of the record, in the name of whoever is signed in.
///
/// # Errors
/// When the ledger does not answer, or the case is none of theirs.
pub(crate) async fn ask(visit: &Visit, who: &SignedIn, question: &Question) -> Result<Entries, Problem> {
    visit.edge.ask(who, Service::Ledger, "entries", question).await.map_err(|why| visit.failed(why))
}

/// The entry at a position.
///
/// # Errors
/// `not_found` when there is none for whoever is signed in.
pub(crate) async fn at(visit: &Visit, who: &SignedIn, case: Option<CaseId>, position: u64) -> Result<Opened, Problem> {
    let sought = proto::search::Sought { case, ..proto::search::Sought::default() };
    let found = ask(visit, who, &Question { from: position, back: false, limit: 1, sought }).await?;
    let opened = found.entries.first().and_then(Opened::of).filter(|opened| opened.entry.position == position);
    opened.ok_or_else(|| visit.failed(proto::wire::Failure::NotFound))
}

/// Whether a stream is one that the entries of others rest on, beside any case.
pub(crate) fn of_no_case(stream: &Stream, bodies: &Bodies, visit: &Visit) -> Option<String> {
    match stream {
        Stream::Case(_) | Stream::Internal(..) | Stream::Caucus(..) | Stream::Sounding(..) => None,
        Stream::Government(id) | Stream::Mandates(id) => Some(bodies.called(visit.language, id.as_str()).to_owned()),
        Stream::Official(id) => Some(id.to_string()),
        Stream::Calendar => Some(visit.t("calendar")),
    }
}
