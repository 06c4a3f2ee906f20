//! What a register begins with: bodies and officials, entered by the registry itself through the same door as everything else.

use std::time::Duration;

use anyhow::Context as _;
use async_nats::HeaderMap;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use proto::actor::Service;
use proto::digest::Digest;
use proto::message::{Command, Target};
use proto::wire::{self, Failure, Page, Read, Receipt, Reply, Submission};
use runtime::bus::Bus;
use runtime::config::{Deployment, Mode};
use runtime::platform::Platform;

/// How often a service that does not answer is asked again, and after what pause.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(200);
/// How often it is looked whether the registry shows what was entered.
const LOOK: Duration = Duration::from_millis(5);

/// The bodies and officials that the settings name. None: the register is left as it is.
///
/// # Errors
/// When the file cannot be read or is no register.
pub fn named(deployment: &Deployment) -> anyhow::Result<Option<String>> {
    let data = match (deployment.register.as_str(), deployment.mode) {
        ("", Mode::Production) => return Ok(None),
        ("", Mode::Demo) => registry::seed::EXAMPLE.to_owned(),
        (file, _) => std::fs::read_to_string(file).with_context(|| format!("[deployment] register = \"{file}\""))?,
    };
    registry::seed::commands(&data, Date::MAX).with_context(|| format!("[deployment] register = \"{}\"", deployment.register))?;
    Ok(Some(data))
}

/// Enters bodies and officials, and waits until the registry shows them: then all of them can sign in. Idempotent: what stands is answered as before.
pub async fn enter(platform: Platform, data: String) {
    match try_enter(&platform, &data).await {
        Ok(last) => shown(&platform, last).await,
        Err(error) => tracing::error!(error = %error, "seed.failed"),
    }
}

/// Waits until the registry of this process has taken in the entry at this position.
async fn shown(platform: &Platform, last: u64) {
    let shown = || platform.health().iter().any(|part| part.service == Service::Registry && part.position > last);
    while !shown() && !platform.soft.is_cancelled() {
        tokio::time::sleep(LOOK).await;
    }
}

/// Answers the position of the last entry.
async fn try_enter(platform: &Platform, data: &str) -> anyhow::Result<u64> {
    let bus = platform.bus(Service::Registry).await?;
    let issuer = platform.issuer(Service::Registry)?;
    let today = today(&bus, platform).await?;
    let (bodies, officials): (Vec<_>, Vec<_>) =
        registry::seed::commands(data, today)?.into_iter().partition(|(target, _)| matches!(target, Target::Government(_)));
    let token = issuer.own()?;
    let mut last = 0;
    for (target, command) in bodies {
        let key = key(&command)?;
        last = send(&bus, &token, &target, command, &key).await?.position.max(last);
    }
    // Bodies stand under one another; officials do not, so they are entered at once.
    let entered = officials.into_iter().map(async |(target, command)| {
        let key = key(&command)?;
        send(&bus, &token, &target, command, &key).await
    });
    let entered = futures::future::try_join_all(entered).await?;
    tracing::info!("seed.done");
    Ok(entered.iter().map(|receipt| receipt.position).fold(last, u64::max))
}

/// The day on the ledger's calendar. The ledger may be in another process, and may not have begun.
async fn today(bus: &Bus, platform: &Platform) -> anyhow::Result<Date> {
    let nothing = Read { from: 0, kinds: vec!["none".to_owned()], limit: 1 };
    for _ in 0..TRIES {
        let subject = bus.subjects().query(Service::Ledger, "read");
        if let Ok(Reply::Ok(Page { offset_ms, .. })) = bus.ask(Service::Ledger, subject, HeaderMap::new(), &nothing).await {
            platform.civil.follow(offset_ms);
            return Ok(platform.civil.now().to_zoned(TimeZone::UTC).date());
        }
        tokio::time::sleep(PAUSE).await;
    }
    anyhow::bail!("the ledger does not answer")
}

/// The same at every start, also when figures have been added that were of later years before.
fn key(command: &Command) -> anyhow::Result<String> {
    Ok(format!("seed:{}", Digest::of_json(command)?))
}

/// Issues a command in the registry's own name, again and again until it is answered.
///
/// # Errors
/// When it is refused or cannot be understood.
pub async fn send(bus: &Bus, token: &str, target: &Target, command: Command, key: &str) -> anyhow::Result<Receipt> {
    let path = target.path();
    let mut headers = HeaderMap::new();
    headers.insert(wire::AUTHORIZATION, format!("Bearer {token}"));
    headers.insert(wire::IDEMPOTENCY_KEY, key);
    headers.insert(wire::TARGET, path.as_str());
    let subject = bus.subjects().command(Service::Registry, path.rsplit('/').next().unwrap_or_default());
    let submission = Submission::from(command);
    for _ in 0..TRIES {
        match bus.ask::<Reply<Receipt>>(Service::Registry, subject.clone(), headers.clone(), &submission).await {
            Ok(Reply::Ok(receipt)) => return Ok(receipt),
            Ok(Reply::Refused(refusal)) => anyhow::bail!("{path}: {refusal}"),
            Ok(Reply::Failed(Failure::Unavailable { .. })) | Err(_) => tokio::time::sleep(PAUSE).await,
            Ok(Reply::Failed(failure)) => anyhow::bail!("{path}: {failure}"),
        }
    }
    anyhow::bail!("{path}: the registry does not answer")
}
