//! `interlocal allocate` as its users run it: on a file, in two languages, with an exit status.

#![expect(clippy::unwrap_used, reason = "a test that is wrong may panic, also in its helpers")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proto::allocation::{Computation, Model, Rule, Sheet};
use proto::digest::Digest;
use serde_json::Value;

fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models").join(name).with_extension("json")
}

fn allocate(file: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interlocal")).arg("allocate").arg(file).args(more).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The digest is what an offer and the signed agreement refer to: it is the same on any machine, and however the file is written.
#[test]
fn equal_models_written_differently_have_one_digest() {
    let folder = tempfile::tempdir().unwrap();
    let digest = |file: &Path| {
        let output = allocate(file, &["--json"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let result: Computation = serde_json::from_value(answer["result"].clone()).unwrap();
        assert_eq!(answer["digest"], serde_json::json!(Digest::of_json(&result).unwrap()));
        answer["digest"].as_str().unwrap().to_owned()
    };
    let known = [
        ("hambaeksan-2015", "ed4c261692aaf795e86d326626903ee89ea14e62290b8f4399beb14e6844bdd7"),
        ("skane", "08296c024b006b05dc6ff506b6e7cdf6433ea55a0e9718e6962d5e0f7e958a96"),
        ("tva", "d0629608cd7f160957af90efb6a1e305bd7d54c2ae46e5dcf0bce9bc582a47d9"),
    ];
    for (name, known) in known {
        assert_eq!(digest(&model(name)), known, "{name}");
        // Keys in another order, members, parts of a mix and grants in another order, no spaces.
        let mut other: Model = interlocal::allocate::read(&model(name)).unwrap();
        let turned = folder.path().join(name);
        std::fs::write(&turned, serde_json::to_string(&serde_json::to_value(&other).unwrap()).unwrap()).unwrap();
        assert_eq!(digest(&turned), known, "{name}");
        for component in other.components.values_mut() {
            component.members.reverse();
            component.grants.reverse();
            if let Rule::Mix(parts) = &mut component.rule {
                parts.reverse();
            }
        }
        std::fs::write(&turned, serde_json::to_string(&other).unwrap().replace("0\",\"currency", "0.0\",\"currency")).unwrap();
        assert_eq!(digest(&turned), known, "{name}");
    }
}

#[test]
fn the_sheet_says_who_pays_what_when() {
    let said = text(&allocate(&model("hambaeksan-2015"), &[]).stdout);
    for line in [
        "cost 106,500,000,000 · grants 21,000,000,000 · to share 85,500,000,000 KRW",
        "| Government  | Population 2013 |         Share |     % |",
        "| hwaseong    |         525000 | 15,889,975,430 | 18.58 |",
        "solved by: exact arithmetic",
    ] {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain(&said).contains(&plain(line)), "{line}\n{said}");
    }
    let korean = text(&allocate(&model("hambaeksan-2015"), &["--lang", "ko"]).stdout);
    assert!(korean.contains("화장시설·봉안당 (crematorium)") && korean.contains("자체 재원"), "{korean}");
}

/// What the sheet says adds up: shares to what is shared, years to the own money, transfers to nothing.
#[test]
fn every_column_adds_up() {
    let mut of: Model = interlocal::allocate::read(&model("hambaeksan-2015")).unwrap();
    let crematorium = of.components.values_mut().next().unwrap();
    crematorium.instalments = [(2015, "33.33"), (2016, "33.33"), (2017, "33.34")].map(|(year, part)| (year, part.parse().unwrap())).into();
    crematorium.transfers = serde_json::from_value(serde_json::json!([
        { "names": { "en": "Residents", "ko": "주민지원" }, "to": "hwaseong", "amount": { "amount": "1000000001", "currency": "KRW" } }
    ]))
    .unwrap();
    let Sheet { components, total } =
        interlocal::allocate::allocate(&of, false, false, interlocal::allocate::Size::default()).unwrap().sheet;
    let mut own = 0;
    for lines in components.values() {
        let sum = |of: fn(&proto::allocation::Line) -> proto::money::Money| -> i128 {
            lines.members.values().map(|line| of(line).units().unwrap()).sum()
        };
        assert_eq!(sum(|line| line.share), lines.shared.units().unwrap());
        assert_eq!(sum(|line| line.transfer), 0);
        assert_eq!(lines.cost.units().unwrap() - lines.granted.units().unwrap(), lines.shared.units().unwrap());
        for line in lines.members.values().filter(|line| !line.instalments.is_empty()) {
            let years: i128 = line.instalments.values().map(|money| money.units().unwrap()).sum();
            assert_eq!(years, line.own_money.units().unwrap());
        }
        own += sum(|line| line.own_money);
    }
    assert_eq!(own, total.values().map(|money| money.units().unwrap()).sum::<i128>());
}

#[test]
fn what_cannot_be_computed_says_why_and_what_next() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.json");
    let mut of: Value = serde_json::from_str(&std::fs::read_to_string(model("tva")).unwrap()).unwrap();
    of["components"]["project"]["costs"]["listed"].as_object_mut().unwrap().remove("f+n");
    std::fs::write(&file, of.to_string()).unwrap();
    let refused = allocate(&file, &[]);
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.starts_with("allocation.coalitions_missing: ") && said.contains("f+n") && said.lines().count() == 2, "{said}");
    let korean = text(&allocate(&file, &["--lang", "ko"]).stderr);
    assert!(korean.contains("f+n") && korean.contains("비목"), "{korean}");
    std::fs::write(&file, "{\"currency\": 1}").unwrap();
    let unreadable = allocate(&file, &[]);
    assert_eq!(unreadable.status.code(), Some(2));
    assert!(text(&unreadable.stderr).contains("line 1 column"), "{}", text(&unreadable.stderr));
    assert_eq!(allocate(Path::new("/nowhere"), &[]).status.code(), Some(2));
    // A mark of byte order before all is none of the model.
    let marked = format!("\u{feff}{}", std::fs::read_to_string(model("tva")).unwrap());
    std::fs::write(&file, marked).unwrap();
    assert_eq!(allocate(&file, &[]).status.code(), Some(0));
    // As many members are looked at as are asked for.
    let few = allocate(&file, &["--members", "2"]);
    assert_eq!(few.status.code(), Some(1));
    assert!(text(&few.stderr).starts_with("allocation.too_many_members: "), "{}", text(&few.stderr));
    assert_eq!(allocate(&file, &["--members", "3"]).status.code(), Some(0));
    assert_eq!(allocate(&file, &["--members", "25"]).status.code(), Some(2));
    // What stands twice is no slip to be guessed at.
    let twice = std::fs::read_to_string(model("tva")).unwrap().replacen("\"f+p\"", "\"f+n\"", 1);
    std::fs::write(&file, twice).unwrap();
    let doubled = allocate(&file, &[]);
    assert_eq!(doubled.status.code(), Some(2));
    assert!(text(&doubled.stderr).contains("duplicate key"), "{}", text(&doubled.stderr));
}

#[test]
fn rules_stand_side_by_side_with_who_would_rather_leave() {
    let said = text(&allocate(&model("skane"), &["--compare"]).stdout);
    let row = |name: &str| {
        let line = said.lines().find(|line| line.starts_with(&format!("| {name} "))).unwrap_or_else(|| panic!("{name}\n{said}"));
        line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(row("Shapley value")[2..5], ["20,011,000.00", "10,708,000.00", "6,606,833.33"]);
    assert_eq!(row("Shapley value")[8], "h+k+l (+427,500.00)");
    assert_eq!(row("Nucleolus")[8], "–");
    assert_eq!(row("By Water demand")[9], "m (-8,227,501.18)");
    let beside = |title: &str| said.split(title).nth(1).unwrap_or_else(|| panic!("{title} in {said}")).to_owned();
    assert!(beside("In percent").contains("| 23.87 | 12.77 |  7.88 | 12.37 | 20.22 | 22.88 |"), "{said}");
    assert!(beside("than alone").contains("| -1,939,000.00 | -6,372,000.00 |"), "{said}");
    let korean = text(&allocate(&model("skane"), &["--compare", "--lang", "ko"]).stdout);
    assert!(korean.contains("샤플리 값") && korean.contains("이탈이 유리한 조합"), "{korean}");
    let json: Value = serde_json::from_slice(&allocate(&model("skane"), &["--compare", "--json"]).stdout).unwrap();
    assert_eq!(json["comparison"]["components"]["project"].as_array().unwrap().len(), 11);
}

#[test]
fn disputed_figures_give_ranges() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.json");
    let mut of: Value = serde_json::from_str(&std::fs::read_to_string(model("tva")).unwrap()).unwrap();
    let figure = serde_json::json!({ "coalition": { "component": "project", "coalition": "f" } });
    of["stands"] = serde_json::json!([{ "by": "n", "figure": figure, "position": { "disputes": { "own": "100000000" } } }]);
    std::fs::write(&file, of.to_string()).unwrap();
    let said = text(&allocate(&file, &["--disputed"]).stdout);
    assert!(said.contains("| project: f | 100,000,000 | 140,826,000 |"), "{said}");
    assert!(said.contains("Nobody worse off than alone, whatever the truth (project): Nucleolus, "), "{said}");
    let korean = text(&allocate(&file, &["--disputed", "--lang", "ko"]).stdout);
    assert!(korean.contains("다투는 수치") && korean.contains("가장 크게 움직이는 수치"), "{korean}");
}

/// The derivation of every number of Hambaeksan, as a text to be read: `interlocal allocate tests/models/hambaeksan-2015.json --explain`.
#[test]
fn why_hambaeksan_pays_what_it_pays() {
    for language in ["en", "ko"] {
        let said = text(&allocate(&model("hambaeksan-2015"), &["--explain", "--lang", language]).stdout);
        let written = std::fs::read_to_string(model("hambaeksan-2015").with_extension(format!("{language}.txt"))).unwrap();
        assert_eq!(said, written, "{language}");
        let wide = |line: &&str| line.chars().map(|c| if ('\u{1100}'..='\u{ffdc}').contains(&c) { 2 } else { 1 }).sum::<usize>() > 100;
        let steps =
            said.lines().skip_while(|line| line.starts_with('|') || !line.starts_with(if language == "en" { "Why" } else { "산출" }));
        assert_eq!(steps.filter(wide).filter(|line| !line.contains("sha256")).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}

#[test]
fn derivations_come_as_data_with_their_words() {
    let json: Value = serde_json::from_slice(&allocate(&model("tva"), &["--explain", "--lang", "ko", "--json"]).stdout).unwrap();
    let project = &json["explanation"]["components"]["project"];
    let found = project["members"]["f"][0].clone();
    assert_eq!(found["what"], "found");
    assert!(found["text"].as_str().unwrap().starts_with("산정 프로그램이 구한 값: 93,540,"), "{found}");
    assert!(project["common"].as_array().unwrap().iter().any(|step| step["what"].get("proven").is_some()), "{project}");
}

#[test]
fn an_estimate_says_that_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.json");
    let towns: Vec<String> = (0..30).map(|number| format!("town-{number:02}")).collect();
    let won = |amount: &str| serde_json::json!({ "amount": amount, "currency": "KRW" });
    let need: Value = towns.iter().zip(1..).map(|(town, need): (_, u32)| (town.clone(), Value::from(need.to_string()))).collect();
    let names = serde_json::json!({ "en": "Plant", "ko": "시설" });
    let costs = serde_json::json!({ "capacity": { "a": won("1000000"), "b": "0.7", "need": "need" } });
    let of = serde_json::json!({
        "currency": "KRW",
        "components": { "plant": { "names": names, "cost": won("70000000"), "members": towns, "rule": "shapley", "costs": costs } },
        "drivers": { "need": { "names": names, "unit": "t", "year": 2025, "source": "x", "values": need } },
    });
    std::fs::write(&file, of.to_string()).unwrap();
    let said = text(&allocate(&file, &[]).stdout);
    assert!(said.contains("These shares are an estimate, from 20,000 random orders"), "{said}");
    assert!(said.contains(" ± |") && said.ends_with("a sample for the Shapley value (pairs of orders: 10000)\n"), "{said}");
    let korean = text(&allocate(&file, &["--lang", "ko"]).stdout);
    assert!(korean.contains("무작위 순서 20,000개로 구한 추정치"), "{korean}");
}

#[test]
fn rules_are_explained_in_two_languages() {
    let rules = |more: &[&str]| Command::new(env!("CARGO_BIN_EXE_interlocal")).arg("rules").args(more).output().unwrap();
    assert_eq!(text(&rules(&[]).stdout).lines().count(), 26);
    let shapley = text(&rules(&["shapley"]).stdout);
    assert!(shapley.contains("✓ Projects can be shared one by one: kept") && shapley.contains("L. S. Shapley"), "{shapley}");
    let korean = text(&rules(&["talmud", "--lang", "ko"]).stdout);
    assert!(korean.contains("적합하지 않은 경우") && korean.contains("미슈나"), "{korean}");
    let unknown = rules(&["nonsense"]);
    assert!(!unknown.status.success() && text(&unknown.stderr).contains("per_capita_nucleolus"), "{}", text(&unknown.stderr));
}

/// What was computed as a workbook, and its table of coalitions read back from it.
#[test]
fn a_workbook_is_written_and_its_coalitions_are_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tva.xlsx");
    let written = allocate(&model("tva"), &["--lang", "ko", "--workbook", file.to_str().unwrap()]);
    assert!(written.status.success(), "{}", text(&written.stderr));
    let table = |more: &[&str]| {
        let all = ["table", "coalitions", file.to_str().unwrap(), "--members", "f,n,p", "--currency", "USD"];
        Command::new(env!("CARGO_BIN_EXE_interlocal")).args(all).args(more).output().unwrap()
    };
    let read = table(&["--sheet", "조합별 비용 1"]);
    assert!(read.status.success(), "{}", text(&read.stderr));
    let of: Value = serde_json::from_str(&std::fs::read_to_string(model("tva")).unwrap()).unwrap();
    let costs = |value: &Value| serde_json::from_value::<proto::allocation::Costs>(value.clone()).unwrap();
    assert_eq!(costs(&serde_json::from_slice(&read.stdout).unwrap()), costs(&of["components"]["project"]["costs"]));
    let refused = table(&["--sheet", "x", "--lang", "ko"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).starts_with("table.no_such_sheet: ") && text(&refused.stderr).contains("조합별 비용 1"),
        "{}",
        text(&refused.stderr)
    );
    assert_eq!(allocate(&model("tva"), &["--workbook", "/nowhere/x.xlsx"]).status.code(), Some(2));
}
