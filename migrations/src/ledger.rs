//! The tables of the ledger.
//!
//! There is no table of streams: the last entry of a stream says its version, its digest and its time, and the index that keeps versions unique
//! finds it. So nothing can disagree with the entries, and an append writes nothing but entries and the head.

use crate::Owner;

/// The one row that every append locks.
const HEAD: &str = "CREATE TABLE head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL,
    offset_ms BIGINT NOT NULL,
    erasures BIGINT NOT NULL,
    mode TEXT,
    origin TEXT)";

/// `bytes` is text and no JSON column, because the database must give back exactly what was hashed. `sealed` finds the body in the vault.
/// `bytes` comes last: on `SQLite` what stands behind a long value is slow to reach.
const ENTRY: &str = r#"CREATE TABLE entry (
    position BIGINT PRIMARY KEY,
    stream TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    command_id BYTEA NOT NULL,
    asked BYTEA NOT NULL,
    leaf BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    kinds TEXT NOT NULL,
    sealed BYTEA,
    bytes TEXT NOT NULL,
    UNIQUE (stream, version),
    UNIQUE (stream, command_id))"#;

/// Bodies of sealed entries and texts of remarks: salt and text together, encrypted under the key of their subject.
const VAULT: &str = r#"CREATE TABLE vault (
    commitment BYTEA PRIMARY KEY,
    stream TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    disclosure TEXT NOT NULL,
    key_id BYTEA NOT NULL,
    nonce BYTEA NOT NULL,
    ciphertext BYTEA NOT NULL)"#;

/// Destroying a row erases all that was encrypted under it.
const VAULT_KEY: &str = r#"CREATE TABLE vault_key (
    id BYTEA PRIMARY KEY,
    subject TEXT COLLATE "C" NOT NULL UNIQUE,
    nonce BYTEA NOT NULL,
    wrapped BYTEA NOT NULL)"#;

/// The Merkle tree in tiles of up to 256 hashes (C2SP tlog-tiles), so it costs a row for 256 entries.
const TILE: &str = "CREATE TABLE tile (
    level BIGINT NOT NULL,
    n BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (level, n))";

const CHECKPOINT: &str = "CREATE TABLE checkpoint (size BIGINT PRIMARY KEY, note TEXT NOT NULL)";

const LEASE: &str = "CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until_ms BIGINT NOT NULL)";

/// What an operator said about entries that a restore has lost.
const GAP: &str = "CREATE TABLE gap (
    recorded_ms BIGINT PRIMARY KEY,
    position BIGINT NOT NULL,
    published TEXT NOT NULL,
    why TEXT NOT NULL)";

pub(crate) fn owner() -> Owner {
    let tables = [HEAD, ENTRY, VAULT, VAULT_KEY, TILE, CHECKPOINT, LEASE, GAP];
    let rows = [
        "INSERT INTO head (id, position, offset_ms, erasures) VALUES (1, 0, 0, 0)",
        "INSERT INTO lease (name, holder, until_ms) VALUES ('tree', '', 0)",
    ];
    let statements = tables.into_iter().chain(rows).map(str::to_owned).collect();
    Owner::new("ledger").then("m0001_ledger", statements)
}
