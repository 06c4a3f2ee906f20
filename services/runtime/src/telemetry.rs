//! Logs and metrics: one event per request or command, dotted names, units in names.

use anyhow::Context as _;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Starts logging to standard error and the recorder of metrics. Once per process.
///
/// # Errors
/// When the filter cannot be understood or a recorder is installed already.
pub fn start(log: &Log) -> anyhow::Result<PrometheusHandle> {
    let filter = EnvFilter::try_new(&log.filter).context("[log] filter")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log.format.as_str() {
        "json" => builder.json().init(),
        "text" => builder.init(),
        other => anyhow::bail!("[log] format `{other}`: it is \"text\" or \"json\""),
    }
    Ok(PrometheusBuilder::new().install_recorder()?)
}
