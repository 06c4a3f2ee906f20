//! Copying a ledger from one database into another, row by row, with the vault. One way for both kinds of database, so that a copy of either can be
//! carried into either; and what is copied is one moment of a ledger that may be running.

use futures::TryStreamExt as _;
use proto::wire::Head;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, QueryResult, Statement,
    StreamTrait as _, TransactionOptions, TransactionTrait as _, Value,
};

use crate::reading::stored_head;
use crate::sql::{self, Rows};

/// Rows gathered before they are inserted.
const CHUNK: usize = 256;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int,
    Text,
    Bytes,
}

use Kind::{Bytes, Int, Text};

struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Kind)],
}

/// All tables but the lease, which says who builds the tree just now.
const TABLES: [Table; 7] = [
    Table {
        name: "head",
        columns: &[("id", Int), ("position", Int), ("offset_ms", Int), ("erasures", Int), ("mode", Text), ("origin", Text)],
    },
    Table {
        name: "entry",
        columns: &[
            ("position", Int),
            ("stream", Text),
            ("version", Int),
            ("command_id", Bytes),
            ("asked", Bytes),
            ("leaf", Bytes),
            ("at_ms", Int),
            ("kinds", Text),
            ("sealed", Bytes),
            ("bytes", Text),
        ],
    },
    Table {
        name: "vault",
        columns: &[
            ("commitment", Bytes),
            ("stream", Text),
            ("kind", Text),
            ("disclosure", Text),
            ("key_id", Bytes),
            ("nonce", Bytes),
            ("ciphertext", Bytes),
        ],
    },
    Table { name: "vault_key", columns: &[("id", Bytes), ("subject", Text), ("nonce", Bytes), ("wrapped", Bytes)] },
    Table { name: "tile", columns: &[("level", Int), ("n", Int), ("hashes", Bytes)] },
    Table { name: "checkpoint", columns: &[("size", Int), ("note", Text)] },
    Table { name: "gap", columns: &[("recorded_ms", Int), ("position", Int), ("published", Text), ("why", Text)] },
];

/// What was copied: everything up to this head, under this checkpoint.
#[derive(Debug, Clone)]
pub struct Copied {
    /// The head.
    pub head: Head,
    /// The latest checkpoint, if there is one.
    pub checkpoint: Option<String>,
}

/// Copies the ledger in one database into another, whose tables are made and must hold no entry. All of it arrives, or nothing.
///
/// # Errors
/// When a database cannot be read or written, or there is a ledger in the target already.
pub async fn copy(from: &DatabaseConnection, to: &DatabaseConnection) -> anyhow::Result<Copied> {
    migrations::run(to, &migrations::ledger()).await?;
    anyhow::ensure!(stored_head(to).await?.head == 0, "there is a ledger in this database already");
    let source = snapshot(from).await?;
    let target = sql::begin(to).await?;
    sql::execute(&target, "DELETE FROM head", []).await?;
    for table in &TABLES {
        table.copy(&source, &target).await?;
    }
    target.commit().await?;
    source.rollback().await?;
    let checkpoint = sql::one(to, "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", []).await?;
    Ok(Copied { head: stored_head(to).await?, checkpoint: checkpoint.map(|row| row.try_get_by_index(0)).transpose()? })
}

/// A transaction that sees one moment, whatever is written meanwhile.
async fn snapshot(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    // On SQLite with its write-ahead log every transaction that reads is one.
    let options = match db.get_database_backend() {
        DbBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..Default::default()
        },
        _ => TransactionOptions::default(),
    };
    db.begin_with_options(options).await
}

impl Table {
    async fn copy(&self, source: &DatabaseTransaction, target: &DatabaseTransaction) -> anyhow::Result<()> {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        let insert = Rows::new(&format!("INSERT INTO {} ({names})", self.name), self.columns.len(), "");
        let select = Statement::from_string(ConnectionTrait::get_database_backend(source), format!("SELECT {names} FROM {}", self.name));
        let mut rows = source.stream_raw(select).await?;
        let mut values = Vec::new();
        while let Some(row) = rows.try_next().await? {
            for (column, (_, kind)) in self.columns.iter().enumerate() {
                values.push(kind.value(&row, column)?);
            }
            if values.len() >= CHUNK * self.columns.len() {
                insert.insert(target, std::mem::take(&mut values)).await?;
            }
        }
        Ok(insert.insert(target, values).await?)
    }
}

impl Kind {
    fn value(self, row: &QueryResult, column: usize) -> Result<Value, DbErr> {
        Ok(match self {
            Int => Value::BigInt(row.try_get_by_index(column)?),
            Text => Value::String(row.try_get_by_index(column)?),
            Bytes => Value::Bytes(row.try_get_by_index(column)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_column_of_every_table_is_copied() {
        let folder = std::env::temp_dir().join(format!("interlocal-copying-{}", runtime::clock::uuid()));
        let db =
            runtime::db::open(&runtime::db::sqlite_url(&folder.join("a.db")), "ledger", 1, runtime::db::Commit::Durable).await.unwrap();
        migrations::run(&db, &migrations::ledger()).await.unwrap();
        let sql = "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT IN ('lease', 'ledger_migration') ORDER BY t.rowid, c.cid";
        let made: Vec<(String, String, String)> = sql::all(&db, sql, [])
            .await
            .unwrap()
            .iter()
            .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap(), row.try_get_by_index(2).unwrap()))
            .collect();
        let kind = |kind: Kind| match kind {
            Int => "INTEGER",
            Text => "TEXT",
            Bytes => "BLOB",
        };
        let copied =
            TABLES.iter().flat_map(|t| t.columns.iter().map(|(name, of)| (t.name.to_owned(), (*name).to_owned(), kind(*of).to_owned())));
        let (mut made, mut copied) = (made, copied.collect::<Vec<_>>());
        made.sort();
        copied.sort();
        assert_eq!(made, copied);
        db.close().await.unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
