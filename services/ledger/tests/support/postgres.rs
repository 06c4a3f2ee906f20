//! A throwaway PostgreSQL on a Unix socket in a temporary directory: one for each test program, one database in it for each test.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use runtime::clock;
use sea_orm::{ConnectionTrait as _, Database};

/// The server. When this process ends, however it ends, its pipe closes, and the shell in between stops the server and removes its files.
struct Server {
    socket: PathBuf,
    _shell: Child,
}

static SERVER: OnceLock<Server> = OnceLock::new();

const STOP_WITH_US: &str = r#"
"$@" >"$DIR/log" 2>&1 &
read -r _
kill -INT $!
wait $!
rm -rf "$DIR"
"#;

/// The address of a new, empty database.
pub async fn database() -> String {
    let server = SERVER.get_or_init(start);
    let name = format!("t{}", clock::uuid().simple());
    let admin = Database::connect(server.address("postgres")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    server.address(&name)
}

impl Server {
    fn address(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.socket.display())
    }
}

fn start() -> Server {
    let dir = std::env::temp_dir().join(format!("interlocal-pg-{}", clock::uuid().simple()));
    std::fs::create_dir(&dir).unwrap();
    let owner = unprivileged();
    if let Some((uid, gid)) = owner {
        std::os::unix::fs::chown(&dir, Some(uid), Some(gid)).unwrap();
    }
    let (bin, data) = (binaries(), dir.join("data"));
    let made = as_user(owner, &bin.join("initdb"))
        .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions", "-D"])
        .arg(&data)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success(), "initdb failed");
    let server = as_user(owner, &bin.join("postgres"));
    let shell = Command::new("sh")
        .args(["-c", STOP_WITH_US, "sh"])
        .arg(server.get_program())
        .args(server.get_args())
        .arg("-D")
        .arg(&data)
        .args(["-c", "listen_addresses=", "-c", "max_connections=200", "-k"])
        .arg(&dir)
        .env("DIR", &dir)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(&dir);
    Server { socket: dir, _shell: shell }
}

/// The newest PostgreSQL on this machine.
fn binaries() -> PathBuf {
    let all = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = all.filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok()).max();
    let newest = newest.expect("these tests need a PostgreSQL server (Debian: apt-get install postgresql)");
    PathBuf::from(format!("/usr/lib/postgresql/{newest}/bin"))
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package made.
fn unprivileged() -> Option<(u32, u32)> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().parse::<u32>().unwrap()
    };
    (id(&["-u"]) == 0).then(|| (id(&["-u", "postgres"]), id(&["-g", "postgres"])))
}

fn as_user(owner: Option<(u32, u32)>, program: &Path) -> Command {
    let Some((uid, gid)) = owner else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]).arg(program);
    command
}

fn wait_for(dir: &Path) {
    for _ in 0..200 {
        if dir.join(".s.PGSQL.5432").exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("PostgreSQL does not start: {}", std::fs::read_to_string(dir.join("log")).unwrap_or_default());
}
