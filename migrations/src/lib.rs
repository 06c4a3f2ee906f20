//! All tables of the platform. Every table has one owner, and only that service's database holds it.
//!
//! Tables are written once, in PostgreSQL's words, and said in `SQLite`'s where that is the database.
//!
//! ```no_run
//! # async fn example(db: sea_orm::DatabaseConnection) -> Result<(), sea_orm::DbErr> {
//! migrations::run(&db, &migrations::ledger()).await
//! # }
//! ```
//!
//! It holds no entities and no queries: those stand with the owner. A migration that has been released is never changed.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::migrator::MigratorTraitSelf;

mod ledger;
mod owner;
mod views;

pub use owner::Owner;

/// The tables of the ledger.
#[must_use]
pub fn ledger() -> Owner {
    ledger::owner()
}

/// The tables in which a service keeps its views. The service's name becomes part of the tables' names: it is never input.
#[must_use]
pub fn views(service: &str) -> Owner {
    views::owner(service)
}

/// Brings an owner's tables up to date, in one transaction. Processes that start together wait for each other.
///
/// # Errors
/// When the database cannot be written, or was written by a later release.
pub async fn run(db: &DatabaseConnection, owner: &Owner) -> Result<(), DbErr> {
    let immediate = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = db.begin_with_options(immediate).await?;
    lock(&transaction).await?;
    owner.up(&transaction, None).await?;
    transaction.commit().await
}

/// On PostgreSQL two processes would both find a table missing and both create it. The number names this lock among advisory locks.
async fn lock(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared("SELECT pg_advisory_xact_lock(4910219)").await?;
    }
    Ok(())
}
