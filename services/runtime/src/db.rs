//! Databases: `SQLite` for one machine, PostgreSQL for production, opened so that a commit that was answered is on disk.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, Connection as _};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, QueryResult, Statement};

use crate::config::Settings;

/// `SQLite` before this can corrupt a database when the write-ahead log is reset (fixed in 3.51.3).
const SQLITE_FLOOR: (u32, u32, u32) = (3, 51, 3);
/// How long a request waits for a connection, and a writer for its turn, before it fails.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pages in the write-ahead log before they are carried into the database: more make bursts of small commits cheaper, fewer keep the log short.
const LOG_PAGES: &str = "4000";

/// What each PostgreSQL session asks for. A server set to acknowledge before it has written would break every promise of ours. A process that is
/// frozen in the middle of a transaction must not keep the others from the lock it holds.
const SESSION: [(&str, &str); 3] = [("synchronous_commit", "on"), ("idle_in_transaction_session_timeout", "10s"), ("lock_timeout", "5s")];

/// What a commit promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    /// It is on disk when it is answered: the record.
    Durable,
    /// It is whole or not there at all, and on `SQLite` may be lost when the machine fails: what is folded from the record again. (PostgreSQL can
    /// fail alone, and whoever has folded would not know that something is gone.)
    Derived,
}

/// A service's database by these settings, for what must not be lost.
///
/// # Errors
/// As [`open`].
pub async fn of_service(settings: &Settings, name: &str) -> anyhow::Result<DatabaseConnection> {
    open(&address(settings, name), name, settings.database.max_connections, Commit::Durable).await
}

/// The address of a service's database: the PostgreSQL server, or the service's `SQLite` file in the data directory.
#[must_use]
pub fn address(settings: &Settings, name: &str) -> String {
    if settings.database.url.is_empty() { sqlite_url(&settings.data(&format!("{name}.db"))) } else { settings.database.url.clone() }
}

/// The address of a `SQLite` file.
#[must_use]
pub fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23"))
}

/// Opens a database, making the `SQLite` file or the PostgreSQL schema if it is missing. `schema` has no meaning on `SQLite`, where each service
/// has a file of its own.
///
/// # Errors
/// When it cannot be reached, or is too old to be trusted with a commit.
pub async fn open(url: &str, schema: &str, max_connections: u32, commit: Commit) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(max_connections).min_connections(1).acquire_timeout(PATIENCE).connect_timeout(PATIENCE).sqlx_logging(false);
    if DbBackend::Sqlite.is_prefix_of(url) { sqlite(options, commit).await } else { postgres(options, schema).await }
}

async fn sqlite(mut options: ConnectOptions, commit: Commit) -> anyhow::Result<DatabaseConnection> {
    let file: SqliteConnectOptions = options.get_url().parse()?;
    if let Some(folder) = file.get_filename().parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    // Whoever turns a new file to WAL must be alone with it; SQLite does not wait there.
    file.create_if_missing(true).journal_mode(SqliteJournalMode::Wal).busy_timeout(PATIENCE).connect().await?.close().await?;
    options
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |file| {
            file.create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(match commit {
                    Commit::Durable => SqliteSynchronous::Full,
                    Commit::Derived => SqliteSynchronous::Normal,
                })
                .busy_timeout(PATIENCE)
                .foreign_keys(true)
                .pragma("wal_autocheckpoint", LOG_PAGES)
        })
        // A full disk rolls a transaction back by itself, which the driver does not notice: such a connection is of no use any more.
        .map_sqlx_sqlite_before_acquire(|connection, _| Box::pin(std::future::ready(Ok(!connection.is_in_transaction()))));
    let url = options.get_url().to_owned();
    let db = Database::connect(options).await.with_context(|| url)?;
    let version: String = row(&db, "SELECT sqlite_version()").await?.try_get_by_index(0)?;
    anyhow::ensure!(at_least(&version, SQLITE_FLOOR), "SQLite {version} can corrupt its write-ahead log: 3.51.3 or newer is needed");
    Ok(db)
}

fn at_least(version: &str, floor: (u32, u32, u32)) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= floor
}

async fn postgres(mut options: ConnectOptions, schema: &str) -> anyhow::Result<DatabaseConnection> {
    make_schema(options.clone(), schema).await?;
    options
        .set_schema_search_path(schema)
        .set_application_name(format!("interlocal {schema}"))
        .test_before_acquire_if_idle_for(PATIENCE)
        .map_sqlx_postgres_opts(|server| server.options(SESSION));
    let db = Database::connect(options).await.context("PostgreSQL cannot be reached")?;
    let fsync: String = row(&db, "SHOW fsync").await?.try_get_by_index(0)?;
    anyhow::ensure!(fsync == "on", "PostgreSQL runs with fsync = {fsync}: what it acknowledges would not be durable");
    Ok(db)
}

/// Looks before it makes, because a role that may not make schemas may well own this one.
async fn make_schema(mut options: ConnectOptions, schema: &str) -> anyhow::Result<()> {
    anyhow::ensure!(schema.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "`{schema}` is not the name of a schema");
    options.max_connections(1);
    let db = Database::connect(options).await.context("PostgreSQL cannot be reached")?;
    let look = Statement::from_sql_and_values(DbBackend::Postgres, "SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema.into()]);
    if db.query_one_raw(look).await?.is_none() {
        let made = db.execute_unprepared(&format!("CREATE SCHEMA IF NOT EXISTS {schema}")).await;
        // Two processes that start together may both find it missing; only one can make it.
        if let Err(error) = made {
            tracing::debug!(schema, error = %error, "db.schema_made_elsewhere");
        }
    }
    Ok(db.close().await?)
}

async fn row(db: &DatabaseConnection, sql: &str) -> anyhow::Result<QueryResult> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.with_context(|| format!("`{sql}` answers nothing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(at_least("3.51.3", SQLITE_FLOOR) && at_least("3.100.0", SQLITE_FLOOR) && at_least("4.0", SQLITE_FLOOR));
        assert!(!at_least("3.51.2", SQLITE_FLOOR) && !at_least("3.9.9", SQLITE_FLOOR) && !at_least("", SQLITE_FLOOR));
    }

    #[tokio::test]
    async fn a_sqlite_file_is_made_and_synced_at_every_commit() {
        let folder = std::env::temp_dir().join(format!("interlocal-db-{}", crate::clock::uuid()));
        let db = open(&sqlite_url(&folder.join("a b%20?/c#.db")), "unused", 2, Commit::Durable).await.unwrap();
        let mode: String = row(&db, "PRAGMA journal_mode").await.unwrap().try_get_by_index(0).unwrap();
        let synchronous: i32 = row(&db, "PRAGMA synchronous").await.unwrap().try_get_by_index(0).unwrap();
        assert_eq!((mode.as_str(), synchronous), ("wal", 2));
        db.close().await.unwrap();
        assert!(folder.join("a b%20?/c#.db").exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
