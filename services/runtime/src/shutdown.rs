//! Shutdown in two stages: the first signal lets what is under way finish, a second one cuts.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use crate::platform::Platform;

/// How long what is under way may take after the first signal.
const GRACE: Duration = Duration::from_secs(15);

/// Waits for an interrupt or terminate signal, or for `platform.soft` to be cancelled, then ends the services. A second signal ends the process at once with status 130.
///
/// # Errors
/// When signals cannot be heard.
pub async fn wait(platform: &Platform) -> anyhow::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        () = platform.soft.cancelled() => {}
    }
    tracing::info!("shutdown.begins");
    platform.soft.cancel();
    platform.tasks.close();
    tokio::select! {
        () = platform.tasks.wait() => tracing::info!("shutdown.done"),
        () = tokio::time::sleep(GRACE) => tracing::warn!("shutdown.out_of_time"),
        _ = interrupt.recv() => std::process::exit(130),
        _ = terminate.recv() => std::process::exit(130),
    }
    Ok(())
}
