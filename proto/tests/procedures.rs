//! The register of procedures is whole, and no code names what is in it.

#![expect(clippy::unwrap_used, reason = "a test that is wrong may panic, also in its helpers")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proto::procedure::{Category, Procedure, RunsFrom, Silence, Stage, StepActor, StepKind, gates, register};

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
        assert!(!p.sources.is_empty() && !p.legal_basis.is_empty(), "{}", p.id);
        let names = p.steps.iter().map(|s| &s.names).chain(p.contents.iter().map(|c| &c.names)).chain([&p.names]);
        for names in names {
            assert!(!names.en.is_empty() && !names.ko.is_empty(), "{}: {names:?}", p.id);
        }
        for step in &p.steps {
            let wordings = [
                Some(&step.actor.wording),
                step.condition.as_ref().map(|c| &c.wording),
                step.time.as_ref().map(|t| &t.wording),
                step.silence.as_ref().map(|s| &s.wording),
                Some(&step.legal_ref),
            ];
            assert!(wordings.into_iter().flatten().all(|wording| !wording.is_empty()), "{} {}", p.id, step.id);
        }
    }
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
