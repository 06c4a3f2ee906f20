//! The register of procedures is whole, and no code names what is in it.

#![expect(clippy::unwrap_used, reason = "a test that is wrong may panic, also in its helpers")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proto::procedure::{Category, Evidence, Procedure, RunsFrom, Silence, Stage, StepActor, StepKind, Words, gates, register};

fn manifest(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_file_parses_and_nothing_is_lost() {
    let mut procedures = 0;
    for file in fs::read_dir(manifest("procedures")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if path.ends_with("gates.json") {
            let all: Vec<proto::procedure::Gate> = serde_json::from_str(&text).unwrap();
            assert_eq!(all.len(), gates().len());
            continue;
        }
        let all: Vec<Procedure> = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        procedures += all.len();
        for procedure in all {
            assert_eq!(register().get(&procedure.id), Some(&procedure));
        }
    }
    assert_eq!((procedures, register().len()), (32, 32));
    assert_eq!(register().values().map(|p| p.steps.len()).sum::<usize>(), 203);
    assert_eq!(register().values().map(|p| p.contents.len()).sum::<usize>(), 159);
}

#[test]
fn twenty_six_can_be_followed_and_six_resolve_disputes() {
    let of = |category| register().values().filter(|p| p.category == category).count();
    assert_eq!((of(Category::Form), of(Category::Lifecycle), of(Category::DisputeProcedure)), (25, 1, 6));
}

#[test]
fn steps_hang_together() {
    for p in register().values() {
        let ids: BTreeSet<_> = p.steps.iter().map(|step| &step.id).collect();
        assert_eq!(ids.len(), p.steps.len(), "{}: a step's name is taken twice", p.id);
        assert!(p.steps.iter().filter(|step| step.is_signing()).count() <= 1, "{}: two signings", p.id);
        assert!(p.steps.is_sorted_by_key(|step| step.stage), "{}: stages go forward", p.id);
        for (place, step) in p.steps.iter().enumerate() {
            let at = format!("{} {}", p.id, step.id);
            if let Some(RunsFrom::Step(from)) = step.time.as_ref().map(|time| &time.from) {
                assert!(p.steps[..place].iter().any(|earlier| earlier.id == *from), "{at}: runs from an earlier step");
            }
            assert!(step.gate.as_ref().is_none_or(|gate| gates().contains_key(gate)), "{at}: gate");
            assert!(!step.assent || step.kind == StepKind::Consult, "{at}: assent is of a consultation");
            assert!(step.majority.is_none() || step.kind == StepKind::CouncilResolution, "{at}: majority is of a council");
            let by_law = step.actor.is == StepActor::ByLaw;
            assert!(!by_law || (step.condition.is_none() && step.letter.is_none() && step.time.is_none()), "{at}: nobody acts");
            let signing = !step.is_signing() || (step.blocking && step.condition.is_none() && !step.actor.is.per_party());
            assert!(signing, "{at}: signing is one step, always, and everything after waits for it");
            assert!(step.silence.is_none() || step.time.is_some(), "{at}: silence without time");
        }
    }
}

#[test]
fn every_wording_and_source_is_kept_and_every_name_is_in_two_languages() {
    for p in register().values() {
        assert!(!p.sources.is_empty(), "{}", p.id);
        let names = p.steps.iter().map(|s| &s.names).chain(p.contents.iter().map(|c| &c.names)).chain([&p.names]);
        for names in names {
            assert!(!names.en.is_empty() && !names.ko.is_empty(), "{}: {names:?}", p.id);
        }
    }
    for (at, words) in said() {
        let (en, ko) = words.both();
        assert!(!en.trim().is_empty() && !ko.trim().is_empty(), "{at}");
    }
}

/// All that the register says in words, and of what.
fn said() -> Vec<(String, &'static Words)> {
    let mut all: Vec<(String, &Words)> = Vec::new();
    for p in register().values() {
        all.push((p.id.to_string(), &p.legal_basis));
        for step in &p.steps {
            let wordings = [
                Some(&step.actor.wording),
                step.condition.as_ref().map(|condition| &condition.wording),
                step.time.as_ref().map(|time| &time.wording),
                step.silence.as_ref().map(|silence| &silence.wording),
                step.majority.as_ref().map(|majority| &majority.wording),
                step.letter.as_ref().map(|letter| &letter.legal_ref),
                Some(&step.legal_ref),
                step.note.as_ref(),
            ];
            all.extend(wordings.into_iter().flatten().map(|words| (format!("{} {}", p.id, step.id), words)));
        }
        for content in &p.contents {
            let wordings = [Some(&content.legal_ref), content.condition.as_ref().map(|condition| &condition.wording)];
            all.extend(wordings.into_iter().flatten().map(|words| (format!("{} {}", p.id, content.id), words)));
        }
        let provisions =
            p.provisions.iter().flat_map(|provision| [Some(&provision.text), provision.legal_ref.as_ref()].into_iter().flatten());
        let route = p.dispute_route.iter().filter(|to| register().keys().all(|id| id.as_str() != to.both().0));
        all.extend(provisions.chain(route).map(|words| (p.id.to_string(), words)));
    }
    for gate in gates().values() {
        let lists = [&gate.items, &gate.outcomes, &gate.again_when].into_iter().flatten();
        let thresholds = gate.thresholds.iter().flat_map(|threshold| [&threshold.level, &threshold.rule, &threshold.legal_ref]);
        let single = [Some(&gate.legal_basis), gate.timing.as_ref(), gate.voting.as_ref(), gate.verify.as_ref()];
        all.extend(lists.chain(thresholds).chain(single.into_iter().flatten()).map(|words| (gate.id.clone(), words)));
    }
    all
}

fn is_korean(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c))
}

/// Words in Latin letters.
fn latin(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty())
}

#[test]
fn what_stands_for_both_languages_is_a_citation_and_never_prose() {
    for (at, words) in said() {
        if let Words::Same(citation) = words {
            let cites = citation.contains(|c: char| c.is_ascii_digit() || c == '§' || c == '第') || is_korean(citation);
            assert!(cites || latin(citation).next().is_none(), "{at}: {citation}");
            let prose = ["the", "of", "and", "or", "in", "by", "practice", "council", "own", "verify", "law"];
            assert!(!latin(citation).any(|word| prose.contains(&word)), "{at}: {citation}");
        }
    }
}

#[test]
fn korean_says_it_in_korean() {
    let of_korea = |at: &str| at.starts_with("kr-");
    for (at, words) in said() {
        let Words::Told(told) = words else {
            let citation = words.both().0;
            assert!(!of_korea(&at) || latin(citation).next().is_none(), "{at}: {citation}");
            continue;
        };
        let own_citation = told.en == told.ko && !told.evidence.is_found();
        assert!(is_korean(&told.ko) || own_citation, "{at}: {}", told.ko);
        let foreign: Vec<&str> = latin(&told.ko).filter(|word| *word != "MOU").collect();
        assert!(!of_korea(&at) || foreign.is_empty(), "{at}: {foreign:?} in “{}”", told.ko);
        assert!(!told.ko.contains("->") && !told.en.contains("->"), "{at}");
    }
}

#[test]
fn what_is_to_be_verified_is_marked_and_not_said() {
    for (at, words) in said() {
        let (en, ko) = words.both();
        assert!(!en.contains("verify)") && !en.contains("own knowledge") && !ko.contains("확인 필요)"), "{at}: {en}");
    }
    let unverified = said().into_iter().filter(|(_, words)| words.evidence() == Evidence::OwnKnowledge).count();
    assert_eq!(unverified, 13);
}

#[test]
fn words_are_read_as_a_citation_or_in_both_languages() {
    let read = |json: &str| serde_json::from_str::<Words>(json);
    assert_eq!(read(r#""제168조""#).unwrap().both(), ("제168조", "제168조"));
    let told = read(r#"{ "en": "practice", "ko": "관행" }"#).unwrap();
    assert_eq!((told.both(), told.evidence()), (("practice", "관행"), Evidence::Found));
    assert!(read(r#"{ "en": "practice" }"#).is_err() && read(r#"{ "en": "a", "ko": "b", "de": "c" }"#).is_err());
}

#[test]
fn an_entry_that_pins_a_procedure_is_not_too_long() {
    for p in register().values() {
        let bytes = proto::digest::canonical(p).unwrap().len();
        assert!(bytes < proto::entry::MAX_ENTRY_BYTES / 2, "{}: {bytes} bytes", p.id);
    }
}

#[test]
fn a_content_that_the_law_asks_for_sometimes_is_not_mandatory() {
    let contents = || register().values().flat_map(|p| &p.contents);
    assert_eq!(contents().filter(|content| content.condition.is_some()).count(), 11);
    assert!(contents().filter(|content| content.optional || content.condition.is_some()).all(|content| !content.is_mandatory()));
}

#[test]
fn silence_is_typed_as_the_law_has_it() {
    let silent = |is| register().values().flat_map(|p| &p.steps).filter(|step| step.silence.as_ref().is_some_and(|s| s.is == is)).count();
    assert_eq!((silent(Silence::Yes), silent(Silence::No), silent(Silence::YesUnlessFormal)), (3, 1, 1));
}

#[test]
fn dispute_procedures_are_no_stage_of_an_agreement() {
    for p in register().values().filter(|p| p.category == Category::DisputeProcedure) {
        assert!(p.steps.iter().all(|step| step.stage == Stage::Preparation), "{}", p.id);
    }
}

/// Sources under a directory, without tests.
fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for item in fs::read_dir(dir).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") && !path.ends_with("data") {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_code_names_a_procedure() {
    let mut found = Vec::new();
    sources(&manifest("src"), &mut found);
    sources(&manifest("../services"), &mut found);
    assert!(found.len() > 40);
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for id in register().keys() {
            assert!(!code.contains(id.as_str()), "{} names `{id}`", path.display());
        }
    }
}
