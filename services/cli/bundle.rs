//! `interlocal bundle`: what an outsider needs to verify a case offline, fetched over HTTP and written to a folder.
//!
//! The platform hands out entries, proofs and a checkpoint; the agreement and its texts are made here from the entries, by the same code with which
//! they are verified later. Beside the bundle stand the same things as single files, in the forms that other tools read.

mod files;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use proto::bundle::Part;
use proto::id::CaseId;

use crate::verify::Language;

pub use crate::verify::make;
pub use files::write;

/// How long the platform may take to collect a case.
const PATIENCE: Duration = Duration::from_mins(2);

/// Which case, and from where.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The case.
    pub case: CaseId,
    /// The folder to write to; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub to: Option<PathBuf>,
    /// Where the platform is.
    #[arg(long, env = "INTERLOCAL_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// Your token, as the platform gave it when you signed in.
    #[arg(long, env = "INTERLOCAL_TOKEN", hide_env_values = true)]
    pub token: String,
}

/// Fetches, makes and writes the bundle, and says where it is.
///
/// # Errors
/// When the platform does not hand it out, it does not fit together, or the folder cannot be written.
pub async fn command(args: &Args) -> anyhow::Result<()> {
    let folder = args.to.clone().unwrap_or_else(|| PathBuf::from(format!("bundle-{}", args.case)));
    let file = fetch(&args.server, &args.token, args.case, &folder).await?;
    println!("{}", file.display());
    Ok(())
}

/// As [`command`]. `address`: such as `http://127.0.0.1:8080`. Answers the bundle's file.
///
/// # Errors
/// As [`command`].
pub async fn fetch(address: &str, token: &str, case: CaseId, folder: &Path) -> anyhow::Result<PathBuf> {
    let url = format!("{}/api/v1/cases/{case}/bundle", address.trim_end_matches('/'));
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    let answer = client.get(&url).bearer_auth(token).send().await.with_context(|| url.clone())?;
    let status = answer.status();
    let body = answer.bytes().await.with_context(|| url.clone())?;
    anyhow::ensure!(status.is_success(), "{url}: {status}: {}", String::from_utf8_lossy(&body));
    let part: Part = serde_json::from_slice(&body).with_context(|| format!("{url} answers no bundle"))?;
    anyhow::ensure!(part.case == case && !part.more, "{url} answers another case, or not all of it");
    let bundle = make(part).map_err(|problem| anyhow::anyhow!("what {url} answers is wrong: {}", problem.say(Language::English)))?;
    write(&bundle, folder)
}
