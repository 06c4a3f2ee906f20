//! The bundle of a case as a file: all that someone outside needs to verify it.

use axum::extract::Path;
use gateway::problem::Problem;
use proto::digest::canonical;
use proto::id::CaseId;
use proto::wire::Failure;
use tokio::sync::Semaphore;

use crate::entries::file;
use crate::{Page, Signed, Visit};

/// Making one replays the case, so few are made at once.
static AT_WORK: Semaphore = Semaphore::const_new(1);

pub(super) async fn download(Path(case): Path<CaseId>, Signed { visit, who }: Signed) -> Page {
    let part = gateway::record::gather(&visit.edge, &who, case).await.map_err(|why| visit.failed(why))?;
    let part = serde_json::from_value(part).map_err(|error| broken(&visit, &error))?;
    let _one = AT_WORK.acquire().await.map_err(|error| broken(&visit, &error))?;
    let made = tokio::task::spawn_blocking(move || verify::make(part)).await.map_err(|error| broken(&visit, &error))?;
    let bundle = made.map_err(|problem| broken(&visit, &problem.say(verify::Language::English)))?;
    let bytes = canonical(&bundle).map_err(|error| broken(&visit, &error))?;
    Ok(file(&format!("bundle-{case}.json"), "application/json", bytes))
}

fn broken(visit: &Visit, error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(error = %error, "bundle.broken");
    visit.failed(Failure::Unavailable { part: "bundle".into() })
}
