//! What must be survived: a process killed, a disk full, each in the middle of a stream of appends. The process is this test program run again;
//! see [`child`].

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use ledger::Ledger;
use proto::digest::Digest;
use proto::wire::{Appended, Failure};
use support::{Draft, Place, case, checkpoint, invariants, position};
use tokio::task::JoinSet;

const DIR: &str = "INTERLOCAL_TEST_DIR";
const DATABASE: &str = "INTERLOCAL_TEST_DATABASE";
const PART: &str = "INTERLOCAL_TEST_PART";

/// The killed process: appends until it is killed, and says on its output what was acknowledged.
#[test]
fn child() {
    let (Ok(dir), Ok(database), Ok(part)) = (std::env::var(DIR), std::env::var(DATABASE), std::env::var(PART)) else { return };
    println!();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = Ledger::open(support::settings(dir.as_ref(), database)).await.unwrap();
        if part == "kill" { append_for_ever(ledger).await } else { fill_the_disk(ledger).await }
    });
}

async fn append_for_ever(ledger: Ledger) {
    let mut writers = JoinSet::new();
    for _ in 0..8 {
        let ledger = ledger.clone();
        writers.spawn(async move {
            let stream = case();
            for version in 0.. {
                if let Appended::Done { position, leaf } = Draft::new(&stream, version).append(&ledger).await {
                    println!("done {position} {leaf}");
                }
            }
        });
    }
    writers.join_all().await;
}

async fn fill_the_disk(ledger: Ledger) {
    let stream = case();
    let mut version = 0;
    let try_one = async |version| ledger.append(vec![Draft::new(&stream, version).build()]).await;
    while try_one(version).await.is_ok() {
        version += 1;
    }
    for _ in 0..3 {
        assert!(matches!(try_one(version).await, Err(Failure::Unavailable { .. })), "still full, still an answer");
    }
    assert_eq!(invariants(&ledger).await.len() as u64, version, "what was acknowledged can be read, and no half commit");
    println!("full {version}");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    let Ok(answers) = try_one(version).await else { panic!("there is room again") };
    assert_eq!(position(&answers[0]), version);
    println!("resumed {version}");
    ledger.close().await;
}

fn run_child(place: &Place, part: &str, through: &[&str]) -> Child {
    let program = std::env::current_exe().unwrap();
    let mut command = match through {
        [] => Command::new(program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    };
    command.args(["--exact", "child", "--nocapture"]).env(DIR, place.path()).env(DATABASE, &place.settings.database).env(PART, part);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

fn lines(child: &mut Child) -> impl Iterator<Item = Vec<String>> + use<> {
    let output = BufReader::new(child.stdout.take().unwrap());
    output.lines().map_while(Result::ok).map(|line| line.split(' ').map(str::to_owned).collect())
}

#[tokio::test]
async fn what_a_killed_process_has_acknowledged_is_there_once_and_byte_equal() {
    for place in Place::both().await {
        let mut acknowledged = BTreeMap::new();
        for _ in 0..3 {
            let mut child = run_child(&place, "kill", &[]);
            for (said, line) in lines(&mut child).filter(|line| line[0] == "done").enumerate() {
                acknowledged.insert(line[1].parse::<u64>().unwrap(), line[2].parse::<Digest>().unwrap());
                if said == 150 {
                    child.kill().unwrap();
                }
            }
            child.wait().unwrap();
        }
        assert!(acknowledged.len() >= 450);
        let ledger = place.open().await;
        assert_eq!(ledger.read_only(), None);
        let entries = invariants(&ledger).await;
        for (position, leaf) in acknowledged {
            assert_eq!(Digest::leaf(entries[usize::try_from(position).unwrap()].0.as_bytes()), leaf);
        }
        let size = entries.len() as u64;
        assert_eq!(checkpoint(&ledger, size).await.size(), size);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_an_answer_and_the_ledger_resumes_when_there_is_room() {
    let place = Place::sqlite();
    place.open().await.close().await;
    // Files may grow to 300 KiB, and the limit can be lifted from outside: a full disk that needs no mounting.
    let mut child = run_child(&place, "full", &["sh", "-c", "trap '' XFSZ; ulimit -S -f 600; exec \"$0\" \"$@\""]);
    let mut said = lines(&mut child).filter(|line| matches!(line[0].as_str(), "full" | "resumed"));
    let full: u64 = said.next().expect("the disk was never full")[1].parse().unwrap();
    assert!(full > 10);
    let lifted = Command::new("prlimit").args([format!("--pid={}", child.id()), "--fsize=unlimited".to_owned()]).status().unwrap();
    assert!(lifted.success());
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    assert_eq!(said.next().expect("it did not resume")[1], full.to_string());
    assert!(child.wait().unwrap().success());
    let ledger = place.open().await;
    assert_eq!(invariants(&ledger).await.len() as u64, full + 1);
}
