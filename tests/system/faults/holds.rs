//! What must hold after any fault (I1 to I4 of the list): the history of a client beside the ledger, checkpoints beside one another, rooms beside
//! replay.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::{StreamExt as _, stream};
use interlocal::verify::{self, Language, Trust};
use interlocal::{all_rules, backup};
use proto::actor::Service;
use proto::bundle::{LedgerHead, LedgerLine};
use proto::digest::Digest;
use proto::entry::{Act, Entry};
use proto::stream::Stream;
use proto::wire::{Receipt, Recorded};
use runtime::folds;
use runtime::model::Model;
use runtime::view::View;
use serde_json::Value;
use tlog_tiles::{Checkpoint, Hash};
use tokio::task::JoinHandle;

use super::client::{Client, Outcome, Told};
use crate::children::{Children, PATIENCE};

/// How often a newer checkpoint is looked for.
const LOOK: Duration = Duration::from_millis(200);

/// Somebody outside who keeps every checkpoint that was published.
pub struct Witness {
    seen: Arc<Mutex<BTreeMap<u64, String>>>,
    task: JoinHandle<()>,
}

impl Witness {
    /// Begins to look.
    pub fn of(address: &str) -> Self {
        let seen: Arc<Mutex<BTreeMap<u64, String>>> = Arc::default();
        let (url, kept) = (format!("{address}/api/v1/ledger/checkpoint"), Arc::clone(&seen));
        let task = tokio::spawn(async move {
            loop {
                if let Ok(note) = note(&url).await {
                    let size = note.lines().nth(1).unwrap().parse().unwrap();
                    let before = kept.lock().unwrap().insert(size, note.clone());
                    assert!(before.is_none_or(|before| before == note), "two checkpoints over {size} entries");
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        Self { seen, task }
    }

    /// How many entries the newest checkpoint it has seen is over.
    pub fn newest(&self) -> Option<u64> {
        self.seen.lock().unwrap().keys().next_back().copied()
    }

    /// Waits until it has seen a newer checkpoint than this one.
    pub async fn sees_more_than(&self, newest: Option<u64>) {
        let waiting = async {
            while self.newest() <= newest {
                tokio::time::sleep(LOOK).await;
            }
        };
        assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "no newer checkpoint");
    }

    fn seen(&self, key: &str) -> Vec<Checkpoint> {
        assert!(!self.task.is_finished(), "the witness has ended");
        let seen = self.seen.lock().unwrap();
        seen.values().map(|note| ledger::open_checkpoint(note, key).unwrap()).collect()
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn note(url: &str) -> reqwest::Result<String> {
    reqwest::get(url).await?.error_for_status()?.text().await
}

/// An entry with its act opened.
struct Known {
    bytes: String,
    entry: Entry,
    act: Act,
}

/// Looks at everything, and answers how many entries there are.
pub async fn holds(site: &Children, client: &Client, witness: &Witness) -> u64 {
    let told = client.told();
    let mut last = told.iter().filter_map(receipt).map(|receipt| receipt.position).max().unwrap();
    let (head, known) = loop {
        let (head, known) = exported(site, last).await;
        let Err(other) = views(client, &known).await else { break (head, known) };
        println!("{other}: something must have happened meanwhile");
        last = head.size;
    };
    once(&told, &known);
    grows(client, witness, &head, &known).await;
    // All that had trouble, and of the rest enough.
    let asked = told.iter().enumerate().filter(|(nth, told)| told.failures > 0 || nth % 16 == 0);
    stream::iter(asked).for_each_concurrent(8, |(_, told)| again(client, told)).await;
    head.size
}

/// I2: who asks again with the same key is answered as before, to the byte.
async fn again(client: &Client, told: &Told) {
    let Outcome::Done(before) = &told.outcome else { return };
    let Outcome::Done(now) = client.again(told).await else { panic!("{} is not acknowledged again", told.when) };
    assert_eq!(now, before, "{}: another receipt than before", told.when);
}

fn receipt(told: &Told) -> Option<Receipt> {
    let Outcome::Done(bytes) = &told.outcome else { return None };
    Some(serde_json::from_slice(bytes).unwrap())
}

/// The whole ledger with what is sealed opened, verified by replay of all rules and reactions, as soon as it is signed up to a position.
async fn exported(site: &Children, last: u64) -> (LedgerHead, Vec<Known>) {
    let start = std::time::Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let (file, trust) = (folder.path().join("ledger"), folder.path().join("trust"));
    let mut settings = site.beside();
    while backup::export(&settings, &file, true).await.unwrap() <= last {
        std::fs::remove_file(&file).unwrap();
        settings = site.beside();
        assert!(start.elapsed() < PATIENCE, "no checkpoint over entry {last}");
        tokio::time::sleep(LOOK).await;
    }
    backup::trust(&settings, &trust).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let report = verify::ledger(text.as_bytes(), Some(&Trust::read(&trust).unwrap()));
    assert!(report.holds(), "{}", report.say(Language::English));
    let mut lines = text.lines();
    let head: LedgerHead = serde_json::from_str(lines.next().unwrap()).unwrap();
    (head, lines.map(known).collect())
}

fn known(line: &str) -> Known {
    let LedgerLine { entry: bytes, opened, .. } = serde_json::from_str(line).unwrap();
    let act = opened.map(|opened| serde_json::from_str(&opened.text).unwrap());
    let (entry, act) = folds::open(&Recorded { entry: bytes.clone(), act, asked: Digest([0; 32]) }).unwrap();
    Known { bytes, entry, act }
}

/// I1 and I2: what was acknowledged is there once and as acknowledged; what was refused is not there; the rest is there once or not at all.
fn once(told: &[Told], known: &[Known]) {
    let mut found: BTreeMap<Digest, Vec<&Known>> = BTreeMap::new();
    for known in known {
        found.entry(known.act.command_id).or_default().push(known);
    }
    for told in told {
        let there = found.get(&told.command_id()).map_or(&[][..], Vec::as_slice);
        match (&told.outcome, there) {
            (Outcome::Refused(_) | Outcome::Unknown, []) | (Outcome::Unknown, [_]) => {}
            (Outcome::Done(_), [known]) => {
                let receipt = receipt(told).unwrap();
                assert_eq!(receipt.leaf, Digest::leaf(known.bytes.as_bytes()), "{}: another entry than was acknowledged", told.when);
                assert_eq!(
                    (receipt.position, &receipt.stream, receipt.version),
                    (known.entry.position, &known.entry.stream, known.entry.version)
                );
                assert_eq!(receipt.events, known.act.events, "{}", told.when);
            }
            (outcome, there) => panic!("{}: {outcome:?}, and it is in the ledger {} times", told.when, there.len()),
        }
    }
}

/// I3: no gap, and every checkpoint that anyone has seen is over a prefix of what is there now, which the ledger's own proofs show too.
async fn grows(client: &Client, witness: &Witness, head: &LedgerHead, known: &[Known]) {
    assert!(known.iter().zip(0..).all(|(known, position)| known.entry.position == position));
    let leaves: Vec<Hash> = known.iter().map(|known| tlog_tiles::record_hash(known.bytes.as_bytes())).collect();
    let newest = ledger::open_checkpoint(&head.checkpoint, &head.key).unwrap();
    let mut seen = witness.seen(&head.key);
    seen.retain(|checkpoint| checkpoint.size() < newest.size());
    assert!(!seen.is_empty(), "the witness has seen nothing");
    for (old, new) in seen.iter().zip(seen.iter().skip(1).chain([&newest])) {
        let size = usize::try_from(old.size()).unwrap();
        assert_eq!(root(&leaves[..size]), *old.hash(), "the checkpoint over {size} entries is not over these");
        let path = format!("/api/v1/ledger/consistency?old={}&size={}", old.size(), new.size());
        let answer = client.read("seoul", "delegate", &path).await.unwrap();
        let proof: Vec<Digest> = serde_json::from_value(answer["proof"].clone()).unwrap();
        let proof = proof.into_iter().map(|hash| Hash(hash.0)).collect();
        tlog_tiles::check_tree(&proof, new.size(), *new.hash(), old.size(), *old.hash()).unwrap();
    }
}

/// The root of a tree (RFC 9162, section 2.1.1), as it is specified.
fn root(leaves: &[Hash]) -> Hash {
    if let [leaf] = leaves {
        return *leaf;
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    tlog_tiles::node_hash(root(left), root(right))
}

/// I4: every room that anyone can look into shows what replay makes of the ledger.
async fn views(client: &Client, known: &[Known]) -> Result<(), String> {
    let mut model = Model::new(all_rules());
    let mut streams = BTreeSet::new();
    for Known { entry, act, .. } in known {
        assert_eq!(model.record(&entry.stream, &act.events, entry.at, act.occurred.as_ref()), entry.position);
        streams.insert(entry.stream.clone());
    }
    let coordinator =
        |stream: &Stream| known.iter().find(|known| known.entry.stream == *stream).and_then(|known| known.act.actor.government().cloned());
    let at_least = known.len() - 1;
    for stream in &streams {
        for (service, path) in rooms(stream) {
            let reader = stream
                .owner()
                .cloned()
                .or_else(|| coordinator(&Stream::Case(stream.case()?)))
                .map_or("seoul".to_owned(), |found| found.to_string());
            let found = client.read(&reader, "delegate", &format!("{path}?at_least={at_least}")).await;
            let state = |stream| rendered(service, model.of(service).unwrap().state(stream));
            // No row is a fold of nothing: the service looks at no event of the stream.
            if found.unwrap_or_else(|| rendered(service, nothing(service))) != state(stream) {
                return Err(format!("{path} is not what replay makes of {} entries", known.len()));
            }
        }
    }
    Ok(())
}

fn nothing(service: Service) -> Value {
    Model::new(all_rules()).of(service).unwrap().state(&Stream::Calendar)
}

/// Who shows a stream, and where.
fn rooms(stream: &Stream) -> Vec<(Service, String)> {
    use Service as S;
    let all = [
        (S::Negotiation, "negotiation"),
        (S::Allocation, "allocation"),
        (S::Authority, "authority"),
        (S::Approvals, "approvals"),
        (S::Signing, "signing"),
        (S::Mediation, "disputes"),
        (S::Notifications, "moves"),
    ];
    match stream {
        Stream::Case(case) => all.map(|(service, room)| (service, format!("/api/v1/cases/{case}/{room}"))).to_vec(),
        Stream::Internal(case, _) => {
            let private = all.into_iter().filter(|(service, _)| matches!(service, S::Negotiation | S::Allocation | S::Approvals));
            private.map(|(service, room)| (service, format!("/api/v1/cases/{case}/own/{room}"))).collect()
        }
        Stream::Caucus(case, party) => vec![(S::Mediation, format!("/api/v1/cases/{case}/caucus/{party}"))],
        Stream::Sounding(case, from, to) => vec![(S::Negotiation, format!("/api/v1/cases/{case}/soundings/{from}/{to}"))],
        Stream::Government(body) => vec![(S::Registry, format!("/api/v1/governments/{body}"))],
        Stream::Mandates(body) => vec![(S::Registry, format!("/api/v1/governments/{body}/mandates"))],
        Stream::Official(official) => vec![(S::Registry, format!("/api/v1/officials/{official}"))],
        Stream::Calendar => Vec::new(),
    }
}

/// A fold as its service shows it.
fn rendered(service: Service, state: Value) -> Value {
    fn of<D: View>(state: Value) -> Value {
        D::render(&serde_json::from_value(state).unwrap())
    }
    match service {
        Service::Registry => of::<registry::Registry>(state),
        Service::Negotiation => of::<negotiation::Negotiation>(state),
        Service::Allocation => of::<allocation::Allocation>(state),
        Service::Authority => of::<authority::Authority>(state),
        Service::Approvals => of::<approvals::Approvals>(state),
        Service::Signing => of::<signing::Signing>(state),
        Service::Mediation => of::<mediation::Mediation>(state),
        Service::Notifications => of::<notifications::Notifications>(state),
        Service::Ledger | Service::Gateway => Value::Null,
    }
}
