//! `interlocal rebuild <service>`: views are folds, so they can be thrown away and built again from the ledger. Rebuilding never reacts.

use proto::actor::Service;
use runtime::config::Settings;
use runtime::platform::Platform;
use runtime::rows::Rows;

/// Empties the rows of a service. When the service runs again it folds the whole ledger anew; what it has reacted to stays known.
///
/// # Errors
/// When the service has no views or its database cannot be written.
pub async fn run(settings: Settings, service: Service) -> anyhow::Result<()> {
    anyhow::ensure!(
        !matches!(service, Service::Ledger | Service::Gateway),
        "`{}` has no views: it is what views are built from",
        service.name()
    );
    let platform = Platform::new(settings, String::new());
    let db = platform.database(service).await?;
    migrations::run(&db, &migrations::views(service.name())).await?;
    Rows::new(db, service.name()).clear().await?;
    println!("the views of {} are empty; `interlocal up {}` builds them again from the ledger", service.name(), service.name());
    Ok(())
}
