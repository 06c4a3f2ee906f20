//! The folder that `interlocal bundle` writes, and tools of others that read it.

use std::path::Path;
use std::process::Command;

use interlocal::{bundle, verify};
use proto::bundle::{Bundle, Part};

use crate::{play, trust};

/// The bundle as the ledger hands it out, page by page.
fn pages(bundle: &Bundle, entries: usize) -> Vec<Part> {
    let Bundle { case, checkpoint, key, size, tips, opened, remarks, .. } = bundle.clone();
    let chunks = bundle.entries.chunks(entries).map(<[_]>::to_vec);
    let page = |entries| Part {
        case,
        checkpoint: checkpoint.clone(),
        entries,
        key: key.clone(),
        more: true,
        opened: opened.clone(),
        remarks: remarks.clone(),
        size,
        tips: tips.clone(),
    };
    let mut pages: Vec<Part> = chunks.map(page).collect();
    pages.last_mut().unwrap().more = false;
    pages
}

#[test]
fn a_bundle_is_made_of_the_ledgers_pages() {
    let whole = play::full().bundle(|_| true);
    let joined = pages(&whole, 7).into_iter().reduce(|one, next| one.join(next).unwrap()).unwrap();
    assert_eq!(bundle::make(joined).unwrap(), whole);
}

#[test]
fn what_is_wrong_makes_no_bundle() {
    let mut part = pages(&play::small().bundle(|_| false), 100).remove(0);
    part.entries.remove(3);
    assert!(bundle::make(part).is_err());
}

#[track_caller]
fn openssl(folder: &Path, arguments: &str) {
    let run = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().unwrap();
    assert!(run.status.success(), "openssl {arguments}: {}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_folder_holds_what_other_tools_verify() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("a/bundle");
    let file = bundle::write(&play::full().bundle(|_| false), &folder).unwrap();
    assert!(verify::file(&file, Some(&trust())).unwrap().holds());
    openssl(&folder, "pkeyutl -verify -pubin -inkey ledger.pem -rawin -in checkpoint.signed -sigfile checkpoint.sig");
    for party in ["ash", "elm"] {
        let signature = format!("dgst -sha256 -verify signatures/{party}.pem -signature signatures/{party}.der signatures/{party}.signed");
        openssl(&folder, &signature);
    }
    let document: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("agreement.json")).unwrap()).unwrap();
    let payload: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("signatures/ash.payload.json")).unwrap()).unwrap();
    assert_eq!(document["agreement"], payload["agreement"]);
    for name in ["README.txt", "agreement.en.md", "agreement.ko.md", "checkpoint.txt", "signatures/elm.jws", "signatures/elm.jwk.json"] {
        assert!(folder.join(name).metadata().unwrap().len() > 0, "{name}");
    }
    assert!(bundle::write(&play::full().bundle(|_| false), &folder).is_err(), "what is there stays as it is");
}

#[test]
fn without_an_agreement_there_are_no_files_of_it() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("bundle");
    bundle::write(&play::tiny().bundle(|_| false), &folder).unwrap();
    assert!(!folder.join("agreement.json").exists() && !folder.join("signatures").exists());
}
