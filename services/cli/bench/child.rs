//! `interlocal up` as a process of its own: how soon it answers and what it needs when nothing happens.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use runtime::config::Settings;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::machine::line_of;

/// How long it may take to start or to end.
const PATIENCE: Duration = Duration::from_mins(1);
/// Until what a start needs is done with.
const REST: Duration = Duration::from_secs(5);

/// A platform on which nothing happens.
pub(crate) struct AtRest {
    /// From the start of the process to the first page.
    pub(crate) first_page: Duration,
    /// Memory of the process, which is all services, without its nats-server.
    pub(crate) resident_kib: u64,
}

/// Starts all services in a process, asks for the first page, and measures its memory when it has come to rest.
pub(crate) async fn at_rest(settings: &Settings) -> anyhow::Result<AtRest> {
    std::fs::create_dir_all(&settings.deployment.data_dir)?;
    let start = Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .arg("up")
        .env("INTERLOCAL__DEPLOYMENT__DATA_DIR", &settings.deployment.data_dir)
        .env("INTERLOCAL__DEPLOYMENT__MODE", "demo")
        .env("INTERLOCAL__HTTP__LISTEN", &settings.http.listen)
        .env("INTERLOCAL__NATS__SERVER", &settings.nats.server)
        .env("INTERLOCAL__LOG__FILTER", &settings.log.filter)
        .env_remove("INTERLOCAL__NATS__URL")
        .env_remove("INTERLOCAL__NATS__PORT")
        .env_remove("INTERLOCAL__DATABASE__URL")
        .env_remove("INTERLOCAL__LEDGER__DOCUMENTS")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let measured = look_at(&mut child, start).await;
    end(&mut child).await?;
    measured
}

async fn look_at(child: &mut Child, start: Instant) -> anyhow::Result<AtRest> {
    let out = child.stdout.take().context("no output")?;
    let address = tokio::time::timeout(PATIENCE, address(BufReader::new(out))).await.context("`up` does not say where it is")??;
    let page = reqwest::get(format!("http://{address}/sign-in")).await?.error_for_status()?;
    page.bytes().await?;
    let first_page = start.elapsed();
    tokio::time::sleep(REST).await;
    let id = child.id().context("`up` has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).context("memory is read from /proc, which is Linux")?;
    Ok(AtRest { first_page, resident_kib: line_of(&status, "VmRSS:").context("no VmRSS")? })
}

/// The address in the line that says it.
async fn address(out: BufReader<tokio::process::ChildStdout>) -> anyhow::Result<SocketAddr> {
    let mut lines = out.lines();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, address)) = line.split_once("http://") {
            return Ok(address.trim().parse()?);
        }
    }
    anyhow::bail!("`up` ended before it was ready")
}

/// Ends it as an operator would, so that it ends its nats-server too.
async fn end(child: &mut Child) -> anyhow::Result<()> {
    if let Some(id) = child.id() {
        Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id.to_string()]).status().await?;
    }
    match tokio::time::timeout(PATIENCE, child.wait()).await {
        Ok(status) => status.map(drop)?,
        Err(_) => child.kill().await?,
    }
    Ok(())
}
