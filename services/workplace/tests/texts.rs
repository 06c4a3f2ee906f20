//! The pages' words: what a page says has words in both languages, the two say it with the same parameters, and no words are left over.

#![expect(clippy::unwrap_used, reason = "a test that is wrong may panic, also in its helpers")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Words that are found by a code or by a value that comes from elsewhere: other tests know these codes.
const ELSEWHERE: [&str; 9] = ["refusals", "events", "rules", "record", "pages", "case", "lab", "approvals", "disputes"];

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, kind));
        } else if path.extension().is_some_and(|end| end == kind) {
            found.push(path);
        }
    }
    found
}

/// Messages of a language: by key the file and the parameters.
fn messages(language: &str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut all = BTreeMap::new();
    for file in files(&folder("../gateway/texts"), "ftl") {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(room) = name.strip_suffix(&format!(".{language}.ftl")) else { continue };
        let mut key = String::new();
        for line in fs::read_to_string(&file).unwrap().lines().filter(|line| !line.starts_with('#')) {
            if let Some((begun, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}', '.'])) {
                begun.clone_into(&mut key);
                assert!(all.insert(key.clone(), (room.to_owned(), BTreeSet::new())).is_none(), "{key} stands twice");
            }
            let parameters = line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            if let Some((_, known)) = all.get_mut(&key) {
                known.extend(parameters);
            }
        }
    }
    all
}

/// What stands in quotation marks in templates and sources.
fn quoted() -> (BTreeSet<String>, BTreeSet<String>) {
    let sources = files(&folder("src"), "rs").into_iter().chain(files(&folder("templates"), "html"));
    let sources = sources.chain(files(&folder("../gateway/src"), "rs")).chain(files(&folder("../cli"), "rs"));
    let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
    for file in sources {
        for text in fs::read_to_string(file).unwrap().split('"').map(str::to_owned) {
            if let Some((prefix, _)) = text.split_once('{').filter(|(prefix, _)| prefix.ends_with(['-', '_'])) {
                begun.insert(prefix.to_owned());
            }
            whole.insert(text);
        }
    }
    (whole, begun)
}

#[test]
fn both_languages_say_the_same_things_of_the_same_parameters() {
    let (english, korean) = (messages("en"), messages("ko"));
    // English has a word of its own for one.
    let keys = |of: &BTreeMap<String, _>| of.keys().filter(|key| !key.ends_with("-one")).cloned().collect::<BTreeSet<_>>();
    let (of_english, of_korean) = (keys(&english), keys(&korean));
    assert_eq!(of_english.difference(&of_korean).collect::<Vec<_>>(), Vec::<&String>::new(), "no Korean");
    assert_eq!(of_korean.difference(&of_english).collect::<Vec<_>>(), Vec::<&String>::new(), "no English");
    for key in of_english {
        assert_eq!(english[&key].1, korean[&key].1, "{key}");
    }
}

#[test]
fn what_pages_say_has_words() {
    let known = messages("en");
    let mut missing = Vec::new();
    for file in files(&folder("templates"), "html").into_iter().chain(files(&folder("src"), "rs")) {
        let text = fs::read_to_string(&file).unwrap();
        for call in ["visit.t(\"", "visit.with(\"", "visit.told(\"", "visit.counted(\""] {
            let keys = text.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            missing.extend(keys.filter(|key| !known.contains_key(&key.replace('.', "-"))).map(|key| format!("{}: {key}", file.display())));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What the messages of a language say, by key.
fn texts(language: &str) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for file in files(&folder("../gateway/texts"), "ftl") {
        if !file.file_name().unwrap().to_str().unwrap().ends_with(&format!(".{language}.ftl")) {
            continue;
        }
        let mut key = String::new();
        for line in fs::read_to_string(&file).unwrap().lines().filter(|line| !line.starts_with('#')) {
            if let Some((begun, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}', '.'])) {
                begun.clone_into(&mut key);
            }
            let text = all.entry(key.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    all
}

/// Parameters that are counts.
const COUNTS: [&str; 11] = ["count", "days", "minutes", "seconds", "members", "size", "bytes", "left", "pairs", "steps", "more"];

/// Texts that are never said of one: two months are said in days and two years in months, some limits and ends of time are fixed, and of one
/// member nothing is too large.
const NEVER_ONE: [&str; 8] = [
    "time-months_ago",
    "time-years_ago",
    "time-in_months",
    "time-in_years",
    "coordination-about",
    "coordination-still",
    "allocation-too_many_members",
    "why-step-too_large",
];

/// Whether a count stands before a word in the plural.
fn counts_many(text: &str) -> bool {
    let plural = |rest: &str| {
        rest.split(|c: char| !c.is_alphabetic() && c != ' ').next().unwrap_or_default().split(' ').take(3).any(|word| word.ends_with('s'))
    };
    COUNTS.iter().any(|count| text.split(&format!("{{ ${count} }} ")).skip(1).any(plural))
}

#[test]
fn english_says_one_thing_of_one_and_another_of_many() {
    let english = texts("en");
    let many: BTreeSet<&String> = english.iter().filter(|(_, text)| counts_many(text)).map(|(key, _)| key).collect();
    assert!(many.len() > 30 && many.contains(&"time-days_ago".to_owned()), "{many:?}");
    let of_one = |key: &&&String| {
        !english.contains_key(&format!("{key}-one")) && !english[**key].contains("[one]") && !NEVER_ONE.contains(&key.as_str())
    };
    assert_eq!(many.iter().filter(of_one).collect::<Vec<_>>(), Vec::<&&String>::new());
    // A selector by the number as text never matches.
    assert!(english.values().all(|text| !text.contains("[1]")));
}

#[test]
fn no_words_are_left_over() {
    let (whole, begun) = quoted();
    let is_said = |key: &str| {
        let key = key.strip_suffix("-one").unwrap_or(key);
        whole.contains(key) || begun.iter().any(|prefix| key.starts_with(prefix))
    };
    let left: Vec<_> = messages("en")
        .into_iter()
        .filter(|(key, (room, _))| !ELSEWHERE.contains(&room.as_str()) && !is_said(key))
        .map(|(key, _)| key)
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
