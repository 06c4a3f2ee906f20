//! The transcripts, against the pure rules. A script's answers are written anew with `UPDATE_SCENARIOS=1 cargo test --test scenarios`; look at the
//! difference before committing it.

#![expect(clippy::unwrap_used, reason = "a test that is wrong may panic, also in its helpers")]

use std::fs;
use std::path::{Path, PathBuf};

use interlocal::scenario::stage::{Place, Stage};
use interlocal::scenario::{Rules, play, script};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files
}

#[tokio::test]
async fn every_script_is_answered_as_it_says_by_the_pure_rules() {
    assert!(scripts().len() >= 2);
    for file in scripts() {
        let text = fs::read_to_string(&file).unwrap();
        let lines = script::read(&text).unwrap();
        let rules = Rules::new(interlocal::scenario::BEGINS.parse().unwrap()).unwrap();
        let mut stage = Stage::new(Place::Rules(Box::new(rules)), "test");
        if std::env::var_os("UPDATE_SCENARIOS").is_some() {
            let written = play::rewrite(&mut stage, &text, &lines).await.unwrap_or_else(|e| panic!("{}: {e:#}", file.display()));
            fs::write(&file, written).unwrap();
        } else {
            play::compare(&mut stage, &lines).await.unwrap_or_else(|e| panic!("{}: {e:#}", file.display()));
        }
    }
}
