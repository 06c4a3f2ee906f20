//! `interlocal up`: starts services in this process, with an embedded nats-server unless an outside one is named.

use std::net::SocketAddr;

use anyhow::Context as _;
use metrics_exporter_prometheus::PrometheusHandle;
use proto::actor::Service;
use runtime::config::Settings;
use runtime::platform::Platform;
use runtime::{keys, nats, serve};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::{contract, seed};

/// A process at work.
pub struct Running {
    /// What its services share.
    pub platform: Platform,
    /// Where HTTP is served, if the gateway runs here.
    pub address: Option<SocketAddr>,
    /// Where operators look, if the gateway does not run here and an address was named.
    pub operations: Option<SocketAddr>,
    bus_stop: CancellationToken,
    bus_tasks: TaskTracker,
}

/// Starts these services; none named: all.
///
/// # Errors
/// When a part cannot start, with what to do about it.
pub async fn start(settings: Settings, services: &[Service], metrics: PrometheusHandle) -> anyhow::Result<Running> {
    let services = if services.is_empty() { Service::ALL.to_vec() } else { services.to_vec() };
    let register = if services.contains(&Service::Registry) { seed::named(&settings.deployment)? } else { None };
    std::fs::create_dir_all(&settings.deployment.data_dir).with_context(|| settings.deployment.data_dir.display().to_string())?;
    keys::ensure(&settings.data("keys"))?;
    let (bus_stop, bus_tasks) = (CancellationToken::new(), TaskTracker::new());
    let url = match settings.nats.url.as_str() {
        "" => nats::start(&settings, bus_stop.clone(), &bus_tasks).await?,
        url => url.to_owned(),
    };
    let platform = Platform::new(settings, url);
    let mut address = None;
    for service in Service::ALL.into_iter().filter(|s| services.contains(s)) {
        if service == Service::Gateway {
            address = Some(gateway::serve(&platform, metrics.clone(), contract::openapi(), workplace::pages()).await?);
        } else {
            run(&platform, service).await.with_context(|| format!("service {}", service.name()))?;
        }
        tracing::info!(service = service.name(), "service.started");
    }
    if let Some(data) = register {
        let entered = seed::enter(platform.clone(), data);
        // With the ledger in another process it may take a while; with the ledger here the register stands before anyone is let in.
        if services.contains(&Service::Ledger) { entered.await } else { drop(platform.tasks.spawn(entered)) }
    }
    let apart = address.is_none() && !platform.settings.http.operations.is_empty();
    let operations = if apart { Some(gateway::ops::serve(&platform, metrics).await?) } else { None };
    Ok(Running { platform, address, operations, bus_stop, bus_tasks })
}

async fn run(platform: &Platform, service: Service) -> anyhow::Result<()> {
    match service {
        Service::Ledger => ledger::serve(platform).await,
        Service::Registry => serve::serve::<registry::Registry>(platform).await,
        Service::Negotiation => serve::serve::<negotiation::Negotiation>(platform).await,
        Service::Allocation => {
            serve::serve::<allocation::Allocation>(platform).await?;
            allocation::pool::start(platform).await
        }
        Service::Authority => serve::serve::<authority::Authority>(platform).await,
        Service::Approvals => serve::serve::<approvals::Approvals>(platform).await,
        Service::Signing => serve::serve::<signing::Signing>(platform).await,
        Service::Mediation => serve::serve::<mediation::Mediation>(platform).await,
        Service::Notifications => serve::serve::<notifications::Notifications>(platform).await,
        Service::Gateway => Ok(()),
    }
}

impl Running {
    /// Ends the services, then the bus under them.
    pub async fn stop(self) {
        self.platform.soft.cancel();
        self.platform.tasks.close();
        self.platform.tasks.wait().await;
        self.end_bus().await;
    }

    /// Waits for a signal, then ends the services, then the bus under them.
    ///
    /// # Errors
    /// When signals cannot be heard.
    pub async fn until_signal(self) -> anyhow::Result<()> {
        runtime::shutdown::wait(&self.platform).await?;
        self.end_bus().await;
        Ok(())
    }

    async fn end_bus(self) {
        self.bus_stop.cancel();
        self.bus_tasks.close();
        self.bus_tasks.wait().await;
    }
}
