//! The tree over the record: checkpoints, proofs and tiles as an outsider checks them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use std::collections::BTreeSet;

use ledger::Ledger;
use proto::digest::Digest;
use proto::wire::Failure;
use support::{Draft, Place, case, checkpoint, positions};
use tlog_tiles::{Checkpoint, Hash, check_record, check_tree, tree_hash};

fn hashes(digests: Vec<Digest>) -> Vec<Hash> {
    digests.into_iter().map(|digest| Hash(digest.0)).collect()
}

async fn fill(ledger: &Ledger, entries: usize) {
    for chunk in vec![(); entries].chunks(500) {
        positions(&ledger.append(chunk.iter().map(|()| Draft::new(&case(), 0).build()).collect()).await.unwrap());
    }
}

/// The root computed from all leaves by the crate alone.
async fn root_by_hand(ledger: &Ledger, size: u64) -> Hash {
    let leaves = ledger.leaves(0, u32::try_from(size).unwrap()).await.unwrap();
    assert_eq!(leaves.len() as u64, size);
    let mut stored: Vec<Hash> = Vec::new();
    for (n, leaf) in (0..).zip(leaves) {
        let more = tlog_tiles::stored_hashes_for_record_hash(n, Hash(leaf.0), &Stored(&stored)).unwrap();
        stored.extend(more);
    }
    tree_hash(size, &Stored(&stored)).unwrap()
}

struct Stored<'a>(&'a [Hash]);

impl tlog_tiles::HashReader for Stored<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

async fn is_included(ledger: &Ledger, checkpoint: &Checkpoint, position: u64) {
    let leaf = Hash(ledger.leaves(position, 1).await.unwrap()[0].0);
    let proof = hashes(ledger.inclusion(position, checkpoint.size()).await.unwrap());
    check_record(&proof, checkpoint.size(), *checkpoint.hash(), position, leaf).unwrap();
}

#[tokio::test]
async fn a_signed_checkpoint_follows_new_entries() {
    for place in Place::both().await {
        let ledger = place.open().await;
        assert_eq!(ledger.checkpoint(None).await, Ok(None));
        fill(&ledger, 3).await;
        let found = checkpoint(&ledger, 3).await;
        assert_eq!((found.origin(), found.size()), ("interlocal.example/test", 3));
        assert_eq!(*found.hash(), root_by_hand(&ledger, 3).await);
        let note = ledger.checkpoint(Some(3)).await.unwrap().unwrap();
        assert_eq!(std::fs::read_to_string(&place.settings.published).unwrap(), note);
        assert!(ledger.checkpoint_over(2).await.unwrap().is_some() && ledger.checkpoint_over(3).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn every_entry_is_in_the_tree_and_the_tree_only_grows() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let mut checkpoints = Vec::new();
        for (entries, total) in [(1, 1), (254, 255), (1, 256), (1, 257), (500, 757)] {
            fill(&ledger, entries).await;
            let found = checkpoint(&ledger, total).await;
            assert_eq!(*found.hash(), root_by_hand(&ledger, total).await);
            checkpoints.push(found);
        }
        let latest = checkpoints.last().unwrap();
        for position in [0, 1, 254, 255, 256, 511, 512, 756] {
            is_included(&ledger, latest, position).await;
        }
        for pair in checkpoints.windows(2) {
            let proof = hashes(ledger.consistency(pair[0].size(), pair[1].size()).await.unwrap());
            check_tree(&proof, pair[1].size(), *pair[1].hash(), pair[0].size(), *pair[0].hash()).unwrap();
        }
        assert_eq!(ledger.inclusion(757, 757).await, Err(Failure::NotFound));
        assert_eq!(ledger.inclusion(0, 758).await, Err(Failure::NotFound));
        assert_eq!(ledger.consistency(0, 757).await, Err(Failure::NotFound));
        assert_eq!(ledger.consistency(5, 4).await, Err(Failure::NotFound));
    }
}

#[tokio::test]
async fn the_tree_goes_on_after_a_restart() {
    for place in Place::both().await {
        let mut roots = BTreeSet::new();
        for total in [300, 600, 900] {
            let ledger = place.open().await;
            fill(&ledger, 300).await;
            ledger.close().await;
            let again = place.open_another().await;
            let found = checkpoint(&again, total).await;
            assert_eq!(found.size(), total, "closing signs the last entries");
            assert_eq!(*found.hash(), root_by_hand(&again, total).await);
            roots.insert(found.hash().0);
            again.close().await;
        }
        assert_eq!(roots.len(), 3);
    }
}

#[tokio::test]
async fn tiles_are_served_at_their_c2sp_paths() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    fill(&ledger, 600).await;
    checkpoint(&ledger, 600).await;
    let leaves = ledger.leaves(0, 600).await.unwrap();
    let bytes = |range: std::ops::Range<usize>| leaves[range].iter().flat_map(|leaf| leaf.0).collect::<Vec<u8>>();
    assert_eq!(ledger.tile("tile/0/000").await.unwrap(), bytes(0..256));
    assert_eq!(ledger.tile("tile/0/002.p/88").await.unwrap(), bytes(512..600));
    assert_eq!(ledger.tile("tile/0/002.p/3").await.unwrap(), bytes(512..515), "an earlier, narrower one too");
    assert_eq!(ledger.tile("tile/1/000.p/2").await.unwrap().len(), 64);
    let nothing = ["tile/0/002", "tile/0/002.p/89", "tile/0/003", "tile/2/000.p/1", "tile/0/2.p/1", "tile/0/x000/002"];
    let absurd = [
        "",
        "tile/",
        "tile/0/000.p/0",
        "tile/0/000.p/00",
        "tile/0/000.p/256",
        "tile/64/000",
        "tile/300/000",
        "tile/data/000",
        "tile/entries/000",
    ];
    let hostile = ["tile/0/../../etc/passwd", "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/-1/000", "tile/0/000.p/4294967296"];
    for path in nothing.into_iter().chain(absurd).chain(hostile) {
        assert_eq!(ledger.tile(path).await, Err(Failure::NotFound), "{path}");
    }
}
