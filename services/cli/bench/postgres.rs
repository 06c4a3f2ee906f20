//! A throwaway PostgreSQL on a Unix socket in a temporary folder, for measurements and tests.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use runtime::clock;
use sea_orm::{ConnectionTrait as _, Database};

/// The server. When this process ends, however it ends, its pipe closes, and the shell in between stops the server and removes its files.
pub struct Server {
    folder: PathBuf,
    shell: Child,
}

/// Each line of the pipe starts the server; one that was killed must have been waited for, or the next one takes it for alive.
const END_WITH_US: &str = r#"
while read -r _; do
  wait
  "$@" >>"$FOLDER/log" 2>&1 &
done
kill -INT $!
wait $!
rm -rf "$FOLDER"
"#;

impl Server {
    /// Starts one with its own defaults: what it acknowledges is on the disk.
    ///
    /// # Errors
    /// When there is no PostgreSQL on this machine, or it does not start.
    pub fn start() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("interlocal-pg-{}", clock::uuid().simple()));
        std::fs::create_dir(&folder)?;
        let owner = unprivileged()?;
        if let Some((user, group)) = owner {
            std::os::unix::fs::chown(&folder, Some(user), Some(group))?;
        }
        let (binaries, data) = (binaries()?, folder.join("data"));
        let made = as_owner(owner, binaries.join("initdb"), &folder)
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()?;
        ensure!(made.success(), "initdb failed: {made}");
        let shell = as_owner(owner, "sh", &folder)
            .args(["-c", END_WITH_US, "sh"])
            .arg(binaries.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-c", "listen_addresses=", "-c", "max_connections=200", "-k"])
            .arg(&folder)
            .env("FOLDER", &folder)
            .stdin(Stdio::piped())
            .spawn()?;
        let mut server = Self { folder, shell };
        server.launch()?;
        Ok(server)
    }

    fn launch(&mut self) -> anyhow::Result<()> {
        self.shell.stdin.as_mut().context("the shell has no pipe")?.write_all(b"\n")?;
        for _ in 0..200 {
            if UnixStream::connect(self.socket()).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        anyhow::bail!("PostgreSQL does not start: {log}")
    }

    fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Kills all its processes at once, as when the machine goes down (Linux only). Its files stay.
    ///
    /// # Errors
    /// When they cannot be found.
    pub fn kill(&self) -> anyhow::Result<()> {
        let pid = std::fs::read_to_string(self.folder.join("data/postmaster.pid"))?;
        let postmaster = pid.lines().next().context("no pid")?;
        let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"))?;
        // Some child may have ended by itself in the meantime.
        Command::new("kill").arg("-KILL").arg(postmaster).args(children.split_whitespace()).stderr(Stdio::null()).status()?;
        Ok(())
    }

    /// Starts it again after [`Server::kill`], on the files as they were left.
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&mut self) -> anyhow::Result<()> {
        // Whoever connects must meet the new server.
        std::fs::remove_file(self.socket())?;
        self.launch()
    }

    /// Makes an empty database and answers its address.
    ///
    /// # Errors
    /// When there is one of this name.
    pub async fn database(&self, name: &str) -> anyhow::Result<String> {
        let admin = Database::connect(self.address("postgres")).await?;
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
        admin.close().await?;
        Ok(self.address(name))
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    /// Stops it and removes its files.
    pub fn stop(mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// The newest PostgreSQL on this machine: where Debian puts it, or where `initdb` is found.
fn binaries() -> anyhow::Result<PathBuf> {
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = packaged.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max();
    if let Some(version) = newest {
        return Ok(PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
    found.context("a PostgreSQL server is needed (Debian: apt-get install postgresql), or leave it out")
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package made.
fn unprivileged() -> anyhow::Result<Option<(u32, u32)>> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output()?;
        ensure!(output.status.success(), "there is no user `postgres` to run PostgreSQL as, and it refuses to run as root");
        anyhow::Ok(String::from_utf8(output.stdout)?.trim().parse::<u32>()?)
    };
    Ok(if id(&["-u"])? == 0 { Some((id(&["-u", "postgres"])?, id(&["-g", "postgres"])?)) } else { None })
}

fn as_owner(owner: Option<(u32, u32)>, program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    // Ours may be a folder that this user must not enter.
    command.current_dir(folder);
    // An interrupt at the terminal goes to the whole group; the server ends when we say so.
    command.process_group(0);
    command
}
