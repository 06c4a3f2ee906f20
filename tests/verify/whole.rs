//! A whole ledger, line by line.

use std::path::Path;

use interlocal::verify::{self, Args, Fault, Language, Place, Report, Verdict};

use crate::ledger::text;
use crate::{play, trust};

fn verified(lines: &[String]) -> Report {
    let all: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    verify::ledger(all.as_bytes(), Some(&trust()))
}

#[track_caller]
fn wrong(lines: &[String]) -> (Place, Fault) {
    let report = verified(lines);
    assert_eq!(report.verdict, Verdict::Wrong);
    let problem = report.problem.unwrap();
    (problem.place, problem.fault)
}

#[test]
fn a_whole_ledger_verifies() {
    let ledger = play::full();
    for open in [false, true] {
        let report = verified(&ledger.write().export(|_| open));
        assert!(report.holds(), "{}", report.say(Language::English));
        let counts = report.counts;
        assert_eq!(counts.replayed + counts.attested + counts.sealed, ledger.drafts.len() as u64);
        assert_eq!((counts.sealed == 0, counts.attested == 0), (open, open));
        assert_eq!((counts.signatures, report.case), (4, None));
    }
}

#[test]
fn lines_are_all_there_once_and_in_order() {
    let lines = play::small().write().export(|_| false);
    let last = lines.len() - 1;
    let mut cut = lines.clone();
    cut.pop();
    assert_eq!(wrong(&cut), (Place::Line(last as u64 + 1), Fault::OutOfPlace { expected: last as u64 - 1 }));
    for damage in
        [|l: &mut Vec<String>| _ = l.remove(5), |l: &mut Vec<String>| l.swap(5, 6), |l: &mut Vec<String>| l.insert(5, l[5].clone())]
    {
        let mut damaged = lines.clone();
        damage(&mut damaged);
        assert!(matches!(wrong(&damaged).1, Fault::OutOfPlace { .. }));
    }
    let mut more = lines.clone();
    more.push(lines[last].clone());
    assert_eq!(wrong(&more).1, Fault::OutOfPlace { expected: last as u64 });
}

#[test]
fn a_changed_byte_in_any_line_is_found() {
    let lines = play::small().write().export(|_| true);
    for nth in 0..lines.len() {
        for part in [1, 2, 3] {
            let mut damaged = lines.clone();
            let mut bytes = damaged[nth].clone().into_bytes();
            let at = bytes.len() * part / 4;
            bytes[at] ^= 1;
            damaged[nth] = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(verified(&damaged).verdict, Verdict::Wrong, "line {nth} byte {at}");
        }
    }
}

#[test]
fn another_tree_is_found_at_the_root() {
    let mut lines = play::small().write().export(|_| false);
    // The same steps a second later: the rules allow them, but they are not what was signed.
    let other =
        play::small().write_as(|entry| entry.recorded_at = entry.recorded_at.checked_add(jiff::SignedDuration::from_secs(1)).unwrap());
    lines.splice(1.., other.export(|_| false).into_iter().skip(1));
    assert_eq!(wrong(&lines), (Place::Field("checkpoint"), Fault::OtherRoot));
}

#[test]
fn a_forged_step_is_found_where_it_is() {
    let mut ledger = play::small();
    let place = ledger.find("negotiation.offer_accepted");
    ledger.drafts[place].act.events.pop();
    let (at, fault) = wrong(&ledger.write().export(|_| false));
    assert_eq!((at.to_string().starts_with(&format!("position {place} ")), fault), (true, Fault::Differs { part: verify::Part::Events }));
}

fn run(file: &Path, trust: Option<&str>) -> (String, u8) {
    let args =
        Args { file: file.into(), trust: trust.map(str::to_owned), recompute: true, documents: None, json: false, lang: "en".into() };
    verify::report(&args).unwrap()
}

#[test]
fn the_command_tells_a_bundle_from_a_ledger_and_ends_with_a_status() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = play::small();
    let (bundle, lines) = (folder.path().join("bundle.json"), folder.path().join("ledger.jsonl"));
    std::fs::write(&bundle, text(&ledger.bundle(|_| false))).unwrap();
    std::fs::write(&lines, ledger.write().export(|_| false).join("\n") + "\n").unwrap();
    let trusted = folder.path().join("trust.json");
    let verify::Trust::Key(file) = trust() else { panic!() };
    std::fs::write(&trusted, serde_json::to_string(&file).unwrap()).unwrap();
    for file in [&bundle, &lines] {
        assert_eq!(run(file, Some(trusted.to_str().unwrap())).1, 0);
        assert_eq!(run(file, None).1, 3);
        assert_eq!(run(file, Some(&"0".repeat(64))).1, 1);
    }
    let args = Args { file: folder.path().join("none"), trust: None, recompute: false, documents: None, json: false, lang: "en".into() };
    assert!(verify::report(&args).is_err());
    assert!(verify::report(&Args { file: bundle.clone(), trust: Some("nowhere".into()), ..args.clone() }).is_err());
    let (json, _) = verify::report(&Args { file: bundle, json: true, ..args }).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["verdict"], "consistent_origin_unproven");
}
