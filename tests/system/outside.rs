//! What the platform hands out, checked by tools that are not ours: openssl, and tlog-scales, a published implementation of transparency logs
//! (`deploy/get.sh test` gets both).

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use interlocal::backup;
use interlocal::scenario::stage::{Place, Stage};
use interlocal::scenario::{Http, play, script};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::platform::{self, Site};

/// `SubjectPublicKeyInfo` before the 32 bytes of an Ed25519 key (RFC 8410) and the 64 of a point on P-256 (RFC 5480), in DER.
const ED25519: &str = "302a300506032b6570032100";
const P256: &str = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

/// Everything in it is tlog-scales' own but the reading of our answers.
const TLOG_SCALES: &str = r"
import hashlib, json, sys
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint, ConsistencyProof, InclusionProof

def hashes(answer):
    return [bytes.fromhex(text) for text in answer['proof']]

said = json.load(sys.stdin)
key = Vkey.from_string(said['key'])
old, new = Checkpoint.from_text(said['old']), Checkpoint.from_text(said['new'])
old.verify(key)
new.verify(key)
leaf = hashlib.sha256(b'\0' + said['entry'].encode()).digest()
InclusionProof(said['position'], new.size, hashes(said['inclusion'])).check(leaf, new.root_hash)
ConsistencyProof(old.size, new.size, hashes(said['consistency'])).check(old.root_hash, new.root_hash)
";

/// A case that was signed, and what anyone can ask about it.
struct Outsider {
    site: Site,
    case: String,
    token: String,
    folder: TempDir,
}

impl Outsider {
    async fn after_the_signatures() -> (Self, String) {
        let site = platform::start(|_| {}).await;
        let mut stage = Stage::new(Place::Http(Http::new(&site.address).unwrap()), "outside");
        let lines = script::read(include_str!("../scenarios/guro-gwangmyeong.txt")).unwrap();
        let (before, after) = lines.split_at(lines.len() / 2);
        play::compare(&mut stage, before).await.unwrap();
        let token = Http::new(&site.address).unwrap().token("seoul", "delegate").await.unwrap();
        let outsider = Self { site, case: String::new(), token, folder: tempfile::tempdir().unwrap() };
        let old = outsider.get("/api/v1/ledger/checkpoint").await;
        play::compare(&mut stage, after).await.unwrap();
        (Self { case: stage.case().to_string(), ..outsider }, old)
    }

    async fn get(&self, path: &str) -> String {
        let request = reqwest::Client::new().get(format!("{}{path}", self.site.address)).bearer_auth(&self.token);
        request.send().await.unwrap().error_for_status().unwrap().text().await.unwrap()
    }

    async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).await).unwrap()
    }

    /// The entry with an event of this kind, and the event.
    async fn entry(&self, kind: &str) -> (String, Value) {
        let mut next = 0;
        loop {
            let page = self.json(&format!("/api/v1/cases/{}/entries?from={next}", self.case)).await;
            for read in page["entries"].as_array().unwrap() {
                let bytes = read["entry"].as_str().unwrap().to_owned();
                let entry: Value = serde_json::from_str(&bytes).unwrap();
                let events = entry["body"]["open"]["events"].as_array().cloned().unwrap_or_default();
                if let Some(event) = events.iter().find_map(|event| event.as_object()?.values().next()?.get(kind)) {
                    return (bytes, event.clone());
                }
            }
            assert_ne!(page["next"], next, "there is no `{kind}`");
            next = page["next"].as_u64().unwrap();
        }
    }

    /// The newest checkpoint, as soon as it is over this entry.
    async fn checkpoint_over(&self, position: u64) -> String {
        loop {
            let note = self.get("/api/v1/ledger/checkpoint").await;
            if note.lines().nth(1).unwrap().parse::<u64>().unwrap() > position {
                return note;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        file
    }

    /// The ledger's key as its operator hands it out.
    fn key(&self) -> String {
        let file = self.folder.path().join("trust.json");
        backup::trust(&self.site.settings, &file).unwrap();
        let trust: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        trust["key"].as_str().unwrap().to_owned()
    }

    /// Whether openssl finds the note signed (C2SP signed-note: the text, an empty line, `— <name> <base64 of key id and signature>`).
    fn openssl_on_note(&self, note: &str, key: &str) -> bool {
        let (text, signature) = note.split_once("\n\n\u{2014} ").unwrap();
        let signature = BASE64_STANDARD.decode(signature.trim().rsplit(' ').next().unwrap()).unwrap();
        // `<name>+<key id>+<base64>`, and base64 has a `+` of its own.
        let public = BASE64_STANDARD.decode(key.splitn(3, '+').last().unwrap()).unwrap();
        let key = self.file("ed25519.der", &[&hex(ED25519), &public[1..]].concat());
        let text = self.file("text", format!("{text}\n").as_bytes());
        let signature = self.file("signature", &signature[4..]);
        let options = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin", "-inkey"];
        succeeds(openssl(&options).arg(key).arg("-in").arg(text).arg("-sigfile").arg(signature))
    }

    /// Whether openssl finds these words signed by this detached JWS (RFC 7515, appendix F; RFC 7518, section 3.4).
    fn openssl_on_jws(&self, words: &str, jws: &str, key: &Value) -> bool {
        let (header, signature) = jws.split_once("..").unwrap();
        let coordinate = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        let key = self.file("p256.der", &[hex(P256), coordinate("x"), coordinate("y")].concat());
        let input = self.file("input", format!("{header}.{}", BASE64_URL_SAFE_NO_PAD.encode(words)).as_bytes());
        let signature = self.file("signature", &der(&BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap()));
        succeeds(openssl(&["dgst", "-sha256", "-keyform", "DER", "-verify"]).arg(key).arg("-signature").arg(signature).arg(input))
    }
}

fn openssl(arguments: &[&str]) -> Command {
    let mut command = Command::new("openssl");
    command.args(arguments);
    command
}

fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// Two numbers of 32 bytes as openssl wants them: a SEQUENCE of two INTEGERs.
fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let mut digits = number[zeros..].to_vec();
        if digits[0] >= 0x80 {
            digits.insert(0, 0);
        }
        [vec![2, u8::try_from(digits.len()).unwrap()], digits].concat()
    };
    let both = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [vec![0x30, u8::try_from(both.len()).unwrap()], both].concat()
}

/// Whether tlog-scales finds nothing wrong.
fn tlog_scales(said: &Value) -> bool {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/outside/bin/python");
    assert!(python.exists(), "tlog-scales is not here: run `deploy/get.sh test`");
    let mut child = Command::new(python).args(["-c", TLOG_SCALES]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(said.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() || complaint.contains("Invalid"), "{complaint}");
    output.status.success()
}

#[tokio::test(flavor = "multi_thread")]
async fn checkpoints_proofs_and_signatures_hold_for_tools_that_are_not_ours() {
    let (outsider, old) = Outsider::after_the_signatures().await;
    let key = outsider.key();
    let (entry, signed) = outsider.entry("signed").await;
    let position = serde_json::from_str::<Value>(&entry).unwrap()["position"].as_u64().unwrap();
    let new = outsider.checkpoint_over(position).await;
    let size = |note: &str| note.lines().nth(1).unwrap().to_owned();

    assert!(outsider.openssl_on_note(&old, &key) && outsider.openssl_on_note(&new, &key));
    let other = new.replacen(&format!("\n{}\n", size(&new)), &format!("\n{}1\n", size(&new)), 1);
    assert!(!outsider.openssl_on_note(&other, &key), "a checkpoint over more entries than were signed");

    let inclusion = outsider.json(&format!("/api/v1/ledger/inclusion/{position}?size={}", size(&new))).await;
    let consistency = outsider.json(&format!("/api/v1/ledger/consistency?old={}&size={}", size(&old), size(&new))).await;
    let said = json!({
        "key": key, "old": old, "new": new, "entry": entry, "position": position, "inclusion": inclusion, "consistency": consistency,
    });
    assert!(tlog_scales(&said));
    for (what, other) in
        [("entry", json!(entry.replacen("signed", "singed", 1))), ("position", json!(position - 1)), ("consistency", inclusion)]
    {
        let mut wrong = said.clone();
        wrong[what] = other;
        assert!(!tlog_scales(&wrong), "another {what}");
    }

    let text = |name: &str| signed[name].as_str().unwrap();
    // Canonical JSON (RFC 8785), written by hand: names in order, no spaces.
    let intent = format!(
        r#"{{"agreement":"{}","case":"{}","government":"{}","official":"{}","purpose":"interlocal agreement signature v1"}}"#,
        text("agreement"),
        outsider.case,
        text("government"),
        text("official"),
    );
    let official = outsider.json(&format!("/api/v1/officials/{}", text("official"))).await;
    let public = official["person"]["keys"][text("key")]["public"].clone();
    assert!(outsider.openssl_on_jws(&intent, text("jws"), &public), "{official}");
    assert!(!outsider.openssl_on_jws(&intent.replace("v1", "v2"), text("jws"), &public));
    outsider.site.stop().await;
}
