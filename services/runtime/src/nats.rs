//! The embedded nats-server: a child process on the loopback address, with a credential per service and allow-lists derived from the table of
//! subjects. If it dies it is started again on the same port.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use proto::actor::Service;
use proto::subject::Subjects;
use tokio::process::{Child, ChildStdin, Command};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Settings;

/// When this process ends, however it ends, its pipe closes, and the shell in between ends the server: one that stayed behind would keep the port,
/// and whoever still talks to it would not meet those who talk to the next one.
const END_WITH_US: &str = r#"
exec 3<&0
"$@" 3<&- &
server=$!
echo $server >"$0"
{ read -r _ <&3; kill -KILL $server; } 2>/dev/null &
wait $server
kill $! 2>/dev/null
"#;
/// How long the port of the last server may still be taken: it ends with the process that had it, but not before.
const RELEASE: Duration = Duration::from_secs(2);

/// Versions from which the server is safe: in each release line the first without the holes of 2026.
const FLOORS: [(u32, u32, u32); 2] = [(2, 12, 7), (2, 14, 0)];

/// Starts the server and keeps it running until `stop` is cancelled. Answers its address.
///
/// # Errors
/// When the binary is missing or too old, or the server does not come up.
pub async fn start(settings: &Settings, stop: CancellationToken, tasks: &TaskTracker) -> anyhow::Result<String> {
    check_version(&settings.nats.server).await?;
    let folder = settings.data("nats");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let port = port(settings, &folder).await?;
    let config = folder.join("nats.conf");
    std::fs::write(&config, configuration(&settings.data("keys"), &settings.deployment.name, port)?)?;
    let running = spawn(&settings.nats.server, &config, &folder)?;
    tasks.spawn(supervise(running, settings.nats.server.clone(), config, folder, stop));
    wait_for(port).await?;
    Ok(format!("nats://127.0.0.1:{port}"))
}

async fn check_version(server: &str) -> anyhow::Result<()> {
    let missing = || format!("`{server}` does not start: install nats-server, or name it in [nats] server (`make` gets one)");
    let output = Command::new(server).arg("--version").output().await.with_context(missing)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    anyhow::ensure!(is_safe(&text), "`{server}` is {}: at least 2.12.7 or 2.14.0 is needed, older ones have known holes", text.trim());
    Ok(())
}

/// Whether `nats-server: v2.15.1` is at or above the floor of its release line.
fn is_safe(version: &str) -> bool {
    let Some(numbers) = version.rsplit(['v', ' ']).next() else { return false };
    let mut parts = numbers.trim().split('.').map(|part| part.split('-').next().unwrap_or(part).parse::<u32>());
    let (Some(Ok(major)), Some(Ok(minor)), Some(Ok(patch))) = (parts.next(), parts.next(), parts.next()) else { return false };
    let [old_line, new_line] = FLOORS;
    if minor == old_line.1 { (major, minor, patch) >= old_line } else { (major, minor, patch) >= new_line }
}

/// The configured port, or a free one that is kept for the next start.
async fn port(settings: &Settings, folder: &Path) -> anyhow::Result<u16> {
    if settings.nats.port != 0 {
        return Ok(settings.nats.port);
    }
    let file = folder.join("port");
    let kept = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok());
    if let Some(kept) = kept
        && is_released(kept).await
    {
        return Ok(kept);
    }
    let free = free_port()?;
    std::fs::write(&file, free.to_string())?;
    Ok(free)
}

/// A free port of the loopback address. One that the system would choose is also one that it gives to outgoing connections (from 32,768 on Linux,
/// above elsewhere): it could be gone again before the server has it, and whoever has it then would be taken for the server.
///
/// # Errors
/// When a hundred random ports are taken.
pub fn free_port() -> std::io::Result<u16> {
    let random = || {
        let [high, low, ..] = crate::clock::random32();
        20_000 + u16::from_be_bytes([high, low]) % 12_000
    };
    let free = (0..100).map(|_| random()).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    free.ok_or_else(|| std::io::ErrorKind::AddrInUse.into())
}

async fn is_released(port: u16) -> bool {
    let free = async {
        while TcpListener::bind(("127.0.0.1", port)).is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(RELEASE, free).await.is_ok()
}

/// The server's configuration: loopback only, no cluster, no monitoring port, one user per service.
///
/// # Errors
/// When a public key is missing.
pub fn configuration(keys: &Path, deployment: &str, port: u16) -> anyhow::Result<String> {
    let authorization = authorization(keys, deployment)?;
    Ok(format!("listen: \"127.0.0.1:{port}\"\nmax_payload: 1MB\n{authorization}"))
}

/// The authorization block of a NATS configuration: a user for each service, for an outside server too.
///
/// # Errors
/// When a public key is missing.
pub fn authorization(keys: &Path, deployment: &str) -> anyhow::Result<String> {
    let subjects = Subjects::new(deployment);
    let mut text = "# Written by interlocal, from the table of subjects.\nauthorization {\n  users: [\n".to_owned();
    for service in Service::ALL {
        let file = keys.join(format!("{}.nk.pub", service.name()));
        let key = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let permissions = subjects.permissions(service);
        writeln!(
            text,
            "    {{ nkey: {}, permissions: {{ publish: {}, subscribe: {}, allow_responses: true }} }} # {}",
            key.trim(),
            serde_json::to_string(&permissions.publish)?,
            serde_json::to_string(&permissions.subscribe)?,
            service.name()
        )?;
    }
    text += "  ]\n}\n";
    Ok(text)
}

/// A server at work, and the pipe whose end is its end.
type Server = (Child, Option<ChildStdin>);

fn spawn(server: &str, config: &Path, folder: &Path) -> anyhow::Result<Server> {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("nats.log"))?;
    let mut child = Command::new("sh")
        .args(["-c", END_WITH_US])
        .arg(folder.join("pid"))
        .arg(server)
        .arg("--config")
        .arg(config)
        .stdin(Stdio::piped())
        .stdout(log.try_clone()?)
        .stderr(log)
        // An interrupt at the terminal goes to the whole group; the server must outlive the services that still talk over it.
        .process_group(0)
        .spawn()
        .with_context(|| server.to_owned())?;
    let pipe = child.stdin.take();
    Ok((child, pipe))
}

async fn supervise(
    (mut child, mut pipe): Server,
    server: String,
    config: std::path::PathBuf,
    folder: std::path::PathBuf,
    stop: CancellationToken,
) {
    loop {
        tokio::select! {
            () = stop.cancelled() => {
                drop(pipe);
                let _ = child.wait().await;
                return;
            }
            status = child.wait() => tracing::warn!(status = ?status.ok(), "nats.died"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        match spawn(&server, &config, &folder) {
            Ok(again) => (child, pipe) = again,
            Err(error) => tracing::error!(error = %error, "nats.not_restarted"),
        }
    }
}

async fn wait_for(port: u16) -> anyhow::Result<()> {
    for _ in 0..200 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    anyhow::bail!("the embedded nats-server does not answer on 127.0.0.1:{port}: see nats.log in the data directory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_versions_are_refused() {
        for good in ["nats-server: v2.15.1", "nats-server: v2.14.0", "nats-server: v2.12.7", "nats-server: v3.0.0-beta.1"] {
            assert!(is_safe(good), "{good}");
        }
        for bad in ["nats-server: v2.9.10", "nats-server: v2.12.6", "nats-server: v2.13.9", "", "nonsense"] {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
