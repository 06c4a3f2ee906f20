//! The check of a bundle for people who have no command line: what holds and what does not, in plain words. Nothing of it is kept.
//!
//! It is bounded, because strangers may send anything: in bytes by the limit for documents, in time and in how many are checked at once here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ::verify::{Fault, Options, Part, Report, Trust, Verdict};
use askama::Template;
use axum::Router;
use axum::routing::get;
use gateway::edge::Edge;
use gateway::problem::{Language, Problem};
use proto::wire::Failure;
use serde::Deserialize;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::posted::{Open, Uploaded};
use crate::{Page, Visit, render};

/// So many are checked at once; each takes a thread.
static AT_WORK: Semaphore = Semaphore::const_new(1);
/// How long somebody waits for their turn, and then for the answer.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/verify", get(page).post(check))
}

/// What was typed.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Fields {
    /// The fingerprint of the key that is trusted.
    fingerprint: String,
}

#[derive(Template)]
#[template(path = "public/verify.html")]
struct VerifyPage {
    visit: Visit,
    fields: Fields,
    problem: Option<Problem>,
    outcome: Option<Outcome>,
}

/// What came out.
struct Outcome {
    /// `success`, `warning` or `error`.
    kind: &'static str,
    heading: String,
    text: String,
    checks: Vec<Check>,
    /// Facts of the file: name and value.
    facts: Vec<(String, String)>,
    /// What was counted.
    counts: Vec<(u64, &'static str)>,
    demo: bool,
}

/// One thing that was looked at.
struct Check {
    /// What holds where it holds.
    what: String,
    stand: Stand,
    /// What is wrong, or why it was not looked at.
    why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Holds,
    Fails,
    Open,
}

impl Stand {
    fn mark(self) -> &'static str {
        match self {
            Self::Holds => "✓",
            Self::Fails => "✗",
            Self::Open => "–",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Holds => "verify-holds",
            Self::Fails => "verify-fails",
            Self::Open => "verify-open",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Holds => "good",
            Self::Fails => "bad",
            Self::Open => "neutral",
        }
    }
}

async fn page(visit: Visit) -> Page {
    show(visit, Fields::default(), None, None)
}

fn show(visit: Visit, fields: Fields, problem: Option<Problem>, outcome: Option<Outcome>) -> Page {
    let status = problem.as_ref().map(|problem| problem.status);
    let language = visit.language;
    let mut page = render(&VerifyPage { visit, fields, problem, outcome }, language)?;
    if let Some(status) = status {
        *page.status_mut() = crate::status(status);
    }
    Ok(page)
}

async fn check(Uploaded { posted: Open { visit, fields }, files }: Uploaded<Open<Fields>>) -> Page {
    let mut bundle = None;
    let mut trust = None;
    match files.read() {
        Ok(files) => {
            for file in files {
                match file.field.as_str() {
                    "bundle" => bundle = Some(file.bytes),
                    "trust" => trust = Some(file.bytes),
                    _ => {}
                }
            }
        }
        Err(problem) => return show(visit, fields, Some(problem), None),
    }
    let Some(bundle) = bundle else {
        let problem = visit.wrong("verify-no_file", serde_json::Value::Null);
        return show(visit, fields, Some(problem), None);
    };
    let trust = match trusted(&visit, &fields.fingerprint, trust.as_deref()) {
        Ok(trust) => trust,
        Err(problem) => return show(visit, fields, Some(problem), None),
    };
    let Ok(Ok(turn)) = tokio::time::timeout(PATIENCE, AT_WORK.acquire()).await else {
        let problem = visit.wrong("verify-busy", serde_json::Value::Null);
        return show(visit, fields, Some(problem), None);
    };
    let report = verified(bundle, trust, turn).await.map_err(|why| visit.failed(why))?;
    let outcome = outcome(&report, &visit);
    show(visit, fields, None, Some(outcome))
}

/// Whose signature counts: the file before the fingerprint, and neither where nothing was given.
fn trusted(visit: &Visit, fingerprint: &str, file: Option<&[u8]>) -> Result<Option<Trust>, Problem> {
    if let Some(file) = file {
        let read = serde_json::from_slice(file).map(Trust::Key);
        return read.map(Some).map_err(|_| visit.wrong("verify-no_trust_file", serde_json::Value::Null));
    }
    let typed = fingerprint.split_whitespace().collect::<String>().to_ascii_lowercase();
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(|digest| Some(Trust::Fingerprint(digest))).map_err(|_| visit.wrong("verify-no_fingerprint", serde_json::Value::Null))
}

/// Verifies on a thread of its own, which gives up when nobody waits any more.
async fn verified(bundle: axum::body::Bytes, trust: Option<Trust>, turn: SemaphorePermit<'static>) -> Result<Report, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let mut work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let options = Options { trust: trust.as_ref(), recompute: None, stop: Some(&seen) };
        ::verify::bundle(&bundle, options)
    });
    let done = tokio::time::timeout(PATIENCE, &mut work).await;
    let done = if let Ok(done) = done {
        done
    } else {
        stop.store(true, Ordering::Relaxed);
        work.await
    };
    done.map_err(|error| {
        tracing::error!(error = %error, "verify.broken");
        Failure::Unavailable { part: "verify".into() }
    })
}

/// What is looked at, in the order in which it is.
const CHECKS: [&str; 6] = ["form", "origin", "tree", "chain", "rules", "agreement"];

/// Which of them a fault belongs to; none where it only was not finished.
fn fails(fault: &Fault) -> Option<&'static str> {
    Some(match fault {
        Fault::Unreadable { .. } | Fault::NotCanonical { .. } | Fault::OtherFormat { .. } | Fault::TooLong => "form",
        Fault::BadKey | Fault::OtherKey { .. } | Fault::BadNote | Fault::OtherOrigin { .. } | Fault::OtherSize { .. } => "origin",
        Fault::NotInTree | Fault::OtherRoot => "tree",
        Fault::OtherTips { .. }
        | Fault::OutOfPlace { .. }
        | Fault::OtherVersion { .. }
        | Fault::BrokenChain
        | Fault::TimeBackward { .. }
        | Fault::OffClock { .. }
        | Fault::CommandTwice
        | Fault::WrongBody
        | Fault::OtherCommitment
        | Fault::NotReferred
        | Fault::NoSuchCase { .. } => "chain",
        Fault::BadAgreement { .. } | Fault::Differs { part: Part::Document | Part::Text } => "agreement",
        Fault::OtherService
        | Fault::UnknownRules { .. }
        | Fault::NoEvents
        | Fault::Refused { .. }
        | Fault::Differs { .. }
        | Fault::OtherReads { .. }
        | Fault::RulesFailed
        | Fault::NoCause
        | Fault::PersonWithCause
        | Fault::CauseMissing { .. }
        | Fault::NoReaction { .. }
        | Fault::OtherComputation => "rules",
        Fault::Stopped => return None,
    })
}

fn outcome(report: &Report, visit: &Visit) -> Outcome {
    let language = match visit.language {
        Language::English => ::verify::Language::English,
        Language::Korean => ::verify::Language::Korean,
    };
    let failed = report.problem.as_ref().map(|problem| (fails(&problem.fault), problem.say(language)));
    let place = |name: &str| CHECKS.iter().position(|check| *check == name);
    let broken = failed.as_ref().and_then(|(check, _)| check.and_then(place));
    let check = |(nth, name): (usize, &&str)| {
        let stand = match (&failed, broken) {
            // Chain and rules are followed together: where one breaks, the other was looked at only so far.
            (Some(_), Some(at)) if nth == at => Stand::Fails,
            (Some(_), Some(at)) if nth < at && !(*name == "chain" && CHECKS.get(at) == Some(&"rules")) => Stand::Holds,
            (Some(_), _) => Stand::Open,
            (None, _) if *name == "origin" && report.verdict == Verdict::ConsistentOriginUnproven => Stand::Open,
            (None, _) => Stand::Holds,
        };
        let why = match (stand, &failed) {
            (Stand::Fails, Some((_, why))) => why.clone(),
            (Stand::Open, None) => visit.t("verify-origin-open"),
            (Stand::Open, Some(_)) => visit.t("verify-not_reached"),
            _ => String::new(),
        };
        Check { what: visit.t(&format!("verify-check-{name}")), stand, why }
    };
    let (kind, verdict) = match (report.verdict, &failed) {
        (Verdict::Verified, _) => ("success", "verified"),
        (Verdict::ConsistentOriginUnproven, _) => ("warning", "unproven"),
        (Verdict::Wrong, Some((None, _))) => ("warning", "stopped"),
        (Verdict::Wrong, _) => ("error", "wrong"),
    };
    let facts = [
        ("case", report.case.map(|case| case.to_string())),
        ("verify-ledger", report.origin.clone()),
        ("verify-key", report.fingerprint.map(|fingerprint| fingerprint.to_string())),
    ];
    Outcome {
        kind,
        heading: visit.t(&format!("verify-{verdict}")),
        text: visit.t(&format!("verify-{verdict}-text")),
        checks: CHECKS.iter().enumerate().map(check).collect(),
        facts: facts.into_iter().filter_map(|(key, value)| Some((visit.t(key), value?))).collect(),
        counts: report.counted(language).into_iter().filter(|(count, _)| *count > 0).collect(),
        demo: report.counts.calendar > 0,
    }
}
