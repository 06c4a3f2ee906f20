//! The Merkle tree (RFC 9162) in tiles of 256 hashes (C2SP tlog-tiles): its growing edge, and proofs out of stored tiles.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proto::digest::Digest;
use tlog_tiles::{Error, Hash, HashReader, Tile, prove_record, prove_tree, tree_hash};

/// 2^8 hashes in a tile: the height that C2SP fixes.
const HEIGHT: u8 = 8;
const HASH: usize = 32;
const FULL: usize = HASH << HEIGHT;

/// Which tile: level and number in the level.
pub(crate) type Place = (u8, u64);

/// The right edge of the tree: for each level the tile that still grows. All that is needed to go on, and to know the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edge {
    size: u64,
    tiles: Vec<Vec<u8>>,
}

impl Edge {
    /// The tiles of the edge of a tree of this size, and how many hashes each has.
    pub(crate) fn places(size: u64) -> Vec<(Place, usize)> {
        let level = |level: u8| {
            let hashes = size.checked_shr(u32::from(HEIGHT) * u32::from(level)).unwrap_or(0);
            (hashes > 0).then(|| ((level, hashes >> HEIGHT), usize::try_from(hashes & 0xff).unwrap_or(0)))
        };
        (0..HEIGHT).map_while(level).collect()
    }

    /// An edge whose tiles were read at [`Edge::places`]; more hashes than belong to this size are let go.
    pub(crate) fn new(size: u64, mut tiles: Vec<Vec<u8>>) -> anyhow::Result<Self> {
        let places = Self::places(size);
        anyhow::ensure!(places.len() == tiles.len(), "the edge has {} levels", places.len());
        for (((level, n), width), tile) in places.into_iter().zip(&mut tiles) {
            anyhow::ensure!(tile.len() >= width * HASH, "tile {n} of level {level} is too short");
            tile.truncate(width * HASH);
        }
        Ok(Self { size, tiles })
    }

    /// How many leaves the tree has.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf. Tiles that it fills go to `full`.
    pub(crate) fn push(&mut self, leaf: Digest, full: &mut Vec<(Place, Vec<u8>)>) {
        self.size += 1;
        let mut hash = leaf.0;
        for level in 0..HEIGHT {
            let index = usize::from(level);
            if self.tiles.len() == index {
                self.tiles.push(Vec::with_capacity(FULL));
            }
            let Some(tile) = self.tiles.get_mut(index) else { return };
            tile.extend_from_slice(&hash);
            if tile.len() < FULL {
                return;
            }
            hash = Tile::subtree_hash(tile).0;
            let hashes = self.size >> (u32::from(HEIGHT) * u32::from(level));
            full.push(((level, (hashes - 1) >> HEIGHT), std::mem::take(tile)));
        }
    }

    /// The tiles that still grow and are not empty.
    pub(crate) fn growing(&self) -> Vec<(Place, Vec<u8>)> {
        let tiles = Self::places(self.size).into_iter().zip(&self.tiles);
        tiles.filter(|(_, tile)| !tile.is_empty()).map(|((place, _), tile)| (place, tile.clone())).collect()
    }

    /// The root of the tree.
    pub(crate) fn root(&self) -> Result<Hash, Error> {
        let places = Self::places(self.size).into_iter().map(|(place, _)| place);
        tree_hash(self.size, &Loaded(&places.zip(self.tiles.iter().cloned()).collect()))
    }
}

/// Something computed from hashes of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// The root of a tree of this size.
    Root(u64),
    /// That an entry is in the tree of a size.
    Inclusion { position: u64, size: u64 },
    /// That a tree extends an earlier one.
    Consistency { old: u64, new: u64 },
}

impl Question {
    fn ask<R: HashReader>(self, hashes: &R) -> Result<Vec<Hash>, Error> {
        match self {
            Self::Root(size) => tree_hash(size, hashes).map(|root| vec![root]),
            Self::Inclusion { position, size } => prove_record(size, position, hashes),
            Self::Consistency { old, new } => prove_tree(new, old, hashes),
        }
    }

    /// The tiles that the answer is computed from.
    pub(crate) fn needs(self) -> BTreeSet<Place> {
        let wanted = Wanted(RefCell::default());
        // It ends in an error by design: the first reading only says what it would read.
        let _ = self.ask(&wanted);
        wanted.0.into_inner()
    }

    /// The answer, from the tiles it needs.
    pub(crate) fn answer(self, tiles: &BTreeMap<Place, Vec<u8>>) -> Result<Vec<Digest>, Error> {
        self.ask(&Loaded(tiles)).map(|hashes| hashes.into_iter().map(|hash| Digest(hash.0)).collect())
    }
}

/// Notes which tiles are asked for. The crate asks for all hashes of one answer at once.
struct Wanted(RefCell<BTreeSet<Place>>);

impl HashReader for Wanted {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        self.0.borrow_mut().extend(indexes.iter().map(|index| place(&Tile::from_index(HEIGHT, *index))));
        Err(Error::IndexesNotInTree)
    }
}

/// Reads out of tiles in memory.
struct Loaded<'a>(&'a BTreeMap<Place, Vec<u8>>);

impl HashReader for Loaded<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        let hash = |index: &u64| {
            let tile = Tile::from_index(HEIGHT, *index);
            let data = self.0.get(&place(&tile)).ok_or(Error::IndexesNotInTree)?;
            tile.hash_at_index(data, *index)
        };
        indexes.iter().map(hash).collect()
    }
}

fn place(tile: &Tile) -> Place {
    (tile.level(), tile.level_index())
}

/// The tile at a C2SP path, `tile/<level>/<number>[.p/<width>]`, and how many hashes of it are asked for.
pub(crate) fn at_path(path: &str) -> Option<(Place, usize)> {
    let rest = path.strip_prefix("tile/")?;
    let level: u8 = rest.split('/').next()?.parse().ok()?;
    // The crate panics on levels and widths that cannot be.
    let width_is_nothing = rest.rsplit_once(".p/").is_some_and(|(_, width)| width.parse() == Ok(0));
    if level >= HEIGHT || width_is_nothing {
        return None;
    }
    let tile = Tile::from_path(&format!("tile/{HEIGHT}/{rest}")).ok()?;
    Some((place(&tile), usize::try_from(tile.width()).ok()?))
}

/// The first so many hashes of a tile.
pub(crate) fn first(tile: &[u8], width: usize) -> Option<&[u8]> {
    tile.get(..width * HASH)
}

#[cfg(test)]
mod tests {
    use tlog_tiles::{check_record, check_tree};

    use super::*;

    /// Leaves, roots and proofs that all implementations of RFC 6962 and RFC 9162 are tested with; published with Certificate Transparency's
    /// reference implementation.
    const LEAVES: [&str; 8] = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    const A: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    const B: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    const C: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    const D: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    const E: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    const F: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    const INCLUSION: [(u64, u64, &[&str]); 5] =
        [(0, 1, &[]), (0, 8, &[A, B, C]), (5, 8, &[D, E, ROOTS[3]]), (2, 3, &[ROOTS[1]]), (1, 5, &[ROOTS[0], B, D])];
    const CONSISTENCY: [(u64, u64, &[&str]); 4] = [(1, 1, &[]), (1, 8, &[A, B, C]), (6, 8, &[F, E, ROOTS[3]]), (2, 5, &[B, D])];

    /// A tree and all its tiles.
    fn grown(leaves: impl IntoIterator<Item = Digest>) -> (Edge, BTreeMap<Place, Vec<u8>>) {
        let (mut edge, mut full) = (Edge::default(), Vec::new());
        leaves.into_iter().for_each(|leaf| edge.push(leaf, &mut full));
        full.extend(edge.growing());
        (edge, full.into_iter().collect())
    }

    fn published() -> impl Iterator<Item = Digest> {
        LEAVES.iter().map(|leaf| Digest::leaf(&hex::decode(leaf).unwrap()))
    }

    fn texts(digests: &[Digest]) -> Vec<String> {
        digests.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn published_roots_come_out() {
        for (size, root) in ROOTS.iter().enumerate() {
            let (edge, _) = grown(published().take(size + 1));
            assert_eq!(hex::encode(edge.root().unwrap().0), *root);
        }
        assert_eq!(Edge::default().root().unwrap().0, Digest::of(b"").0);
    }

    #[test]
    fn published_proofs_come_out() {
        let (_, tiles) = grown(published());
        for (position, size, proof) in INCLUSION {
            assert_eq!(texts(&Question::Inclusion { position, size }.answer(&tiles).unwrap()), proof, "{position} in {size}");
        }
        for (old, new, proof) in CONSISTENCY {
            assert_eq!(texts(&Question::Consistency { old, new }.answer(&tiles).unwrap()), proof, "{old} to {new}");
        }
    }

    #[test]
    fn trees_of_several_levels_prove_themselves_out_of_tiles() {
        let leaves: Vec<Digest> = (0..66_000_u32).map(|n| Digest::leaf(&n.to_be_bytes())).collect();
        let (edge, tiles) = grown(leaves.iter().copied());
        assert_eq!(tiles.keys().map(|(level, _)| *level).max(), Some(2));
        let size = edge.size();
        let root = edge.root().unwrap();
        for position in [0, 255, 256, 65_535, 65_536, 65_999] {
            let question = Question::Inclusion { position, size };
            let needed = question.needs().into_iter().map(|place| (place, tiles[&place].clone())).collect();
            let proof = question.answer(&needed).unwrap().into_iter().map(|digest| Hash(digest.0)).collect();
            check_record(&proof, size, root, position, Hash(leaves[usize::try_from(position).unwrap()].0)).unwrap();
        }
        for old in [1, 255, 256, 257, 65_536, 65_537] {
            let earlier = grown(leaves.iter().copied().take(usize::try_from(old).unwrap())).0.root().unwrap();
            assert_eq!(Question::Root(old).answer(&tiles).unwrap(), [Digest(earlier.0)]);
            let proof = Question::Consistency { old, new: size }.answer(&tiles).unwrap();
            check_tree(&proof.into_iter().map(|digest| Hash(digest.0)).collect(), size, root, old, earlier).unwrap();
        }
    }

    #[test]
    fn an_edge_read_back_is_the_same() {
        for size in [0_u32, 1, 255, 256, 257, 65_535, 65_536, 65_537] {
            let (edge, tiles) = grown((0..size).map(|n| Digest::leaf(&n.to_be_bytes())));
            let read = Edge::places(edge.size()).into_iter().map(|(place, _)| tiles.get(&place).cloned().unwrap_or_default());
            assert_eq!(Edge::new(edge.size(), read.collect()).unwrap(), edge, "{size}");
        }
        assert!(Edge::new(3, vec![vec![0; 64]]).is_err() && Edge::new(3, Vec::new()).is_err());
    }
}
