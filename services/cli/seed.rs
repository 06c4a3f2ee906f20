//! The example register of a demo: governments and officials of the real cases, entered by the registry itself through the same door as
//! everything else.

use async_nats::HeaderMap;
use proto::actor::Service;
use proto::message::{Command, Target};
use proto::wire::{self, Failure, Receipt, Reply, Submission};
use runtime::bus::Bus;
use runtime::platform::Platform;

/// Enters the example data. Idempotent: what stands is answered as before.
pub async fn enter(platform: Platform) {
    if let Err(error) = try_enter(&platform).await {
        tracing::error!(error = %error, "seed.failed");
    }
}

async fn try_enter(platform: &Platform) -> anyhow::Result<()> {
    let bus = platform.bus(Service::Registry).await?;
    let issuer = platform.issuer(Service::Registry)?;
    let today = platform.civil.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (bodies, officials): (Vec<_>, Vec<_>) =
        registry::seed::commands(registry::seed::EXAMPLE, today)?.into_iter().partition(|(target, _)| matches!(target, Target::Government(_)));
    let token = issuer.own()?;
    for (nth, (target, command)) in bodies.into_iter().enumerate() {
        send(&bus, &token, &target, command, &format!("seed:{nth}:{}", target.path())).await?;
    }
    // Bodies stand under one another; officials do not, so they are entered at once.
    let entered = officials.into_iter().enumerate().map(async |(nth, (target, command))| {
        send(&bus, &token, &target, command, &format!("seed:{nth}:{}", target.path())).await
    });
    futures::future::try_join_all(entered).await?;
    tracing::info!("seed.done");
    Ok(())
}

/// Issues a command in the registry's own name, again and again until it is answered.
///
/// # Errors
/// When it is refused or cannot be understood.
pub async fn send(bus: &Bus, token: &str, target: &Target, command: Command, key: &str) -> anyhow::Result<()> {
    let path = target.path();
    let mut headers = HeaderMap::new();
    headers.insert(wire::AUTHORIZATION, format!("Bearer {token}"));
    headers.insert(wire::IDEMPOTENCY_KEY, key);
    headers.insert(wire::TARGET, path.as_str());
    let subject = bus.subjects().command(Service::Registry, path.rsplit('/').next().unwrap_or_default());
    let submission = Submission::from(command);
    for _ in 0..100 {
        match bus.ask::<Reply<Receipt>>(Service::Registry, subject.clone(), headers.clone(), &submission).await {
            Ok(Reply::Ok(_)) => return Ok(()),
            Ok(Reply::Refused(refusal)) => anyhow::bail!("{path}: {refusal}"),
            Ok(Reply::Failed(Failure::Unavailable { .. })) | Err(_) => tokio::time::sleep(std::time::Duration::from_millis(200)).await,
            Ok(Reply::Failed(failure)) => anyhow::bail!("{path}: {failure}"),
        }
    }
    anyhow::bail!("{path}: the registry does not answer")
}
