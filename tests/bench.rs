//! The measurements run to their end on both databases, and what they check holds. What they measure here says nothing: it is a debug build.

use std::process::Command;

#[test]
fn a_short_run_ends_well_and_prints_every_figure() {
    let mut bench = Command::new(env!("CARGO_BIN_EXE_interlocal"));
    if std::env::var_os("INTERLOCAL__NATS__SERVER").is_none() {
        bench.env("INTERLOCAL__NATS__SERVER", concat!(env!("CARGO_MANIFEST_DIR"), "/.tools/bin/nats-server"));
    }
    let output = bench.args(["bench", "--seconds=1", "--clients=1,4", "--cases=60", "--entries=1500"]).output().unwrap();
    let (table, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr).into_owned());
    assert!(output.status.success(), "{table}\n{said}");
    for line in [
        "1 client: durable commands/s",
        "4 clients: p50 / p99, ms",
        "4 clients: views behind at the end",
        "rows that equal replay",
        "rows alone, 1 KiB",
        "bus alone, 64 in flight",
        "HTTP, bus, empty service, 256 clients",
        "fdatasync, p50",
        "memory of an idle `interlocal up`",
        "start to the first page",
    ] {
        assert!(table.lines().any(|found| found.starts_with(line)), "no `{line}` in\n{table}");
    }
    let replay = table.lines().find(|line| line.starts_with("rows that equal replay")).unwrap();
    assert_eq!(replay.matches("480 of 480 in 60 cases").count(), 2, "{replay}");
    assert!(table.contains(" replayed  at most 10 s for 100,000"), "{table}");
}
