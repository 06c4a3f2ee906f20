//! Statements over lists of rows, in few fixed sizes, so that each is prepared once and then only executed. `$1` is understood by both databases.

use std::fmt::Write as _;

use proto::digest::Digest;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, QueryResult, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait as _, Value,
};

/// Rows in one statement, the largest first.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// One statement in all sizes.
pub(crate) struct Rows {
    columns: usize,
    texts: Vec<(usize, String)>,
}

impl Rows {
    /// A statement with the list `($1, …), …` between `before` and `after`.
    pub(crate) fn new(before: &str, columns: usize, after: &str) -> Self {
        let texts = SIZES.iter().map(|rows| (*rows, format!("{before} {} {after}", list(*rows, columns)))).collect();
        Self { columns, texts }
    }

    /// Runs it over all values, in as few statements as the sizes allow.
    pub(crate) async fn insert(&self, db: &impl ConnectionTrait, values: Vec<Value>) -> Result<(), DbErr> {
        let mut left = values.len() / self.columns.max(1);
        let mut values = values.into_iter();
        for (rows, text) in &self.texts {
            while left >= *rows {
                let part = values.by_ref().take(rows * self.columns);
                db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), text, part)).await?;
                left -= rows;
            }
        }
        Ok(())
    }

    /// Asks about all values; the last are asked again until a size is full, so the answer must not depend on repetition.
    pub(crate) async fn look_up(&self, db: &impl ConnectionTrait, values: &[Value]) -> Result<Vec<QueryResult>, DbErr> {
        let mut found = Vec::new();
        for part in values.chunks(self.columns * SIZES.first().copied().unwrap_or(1)) {
            let rows = part.len() / self.columns.max(1);
            let Some((size, text)) = self.texts.iter().rev().find(|(size, _)| *size >= rows) else { continue };
            let last = part.rchunks(self.columns).next().unwrap_or_default();
            let padding = last.iter().cycle().take((size - rows) * self.columns);
            let statement = Statement::from_sql_and_values(db.get_database_backend(), text, part.iter().chain(padding).cloned());
            found.extend(db.query_all_raw(statement).await?);
        }
        Ok(found)
    }
}

fn list(rows: usize, columns: usize) -> String {
    let mut text = String::from("VALUES ");
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { ", " };
            let _ = write!(text, "{comma}${}", row * columns + column + 1);
        }
        text.push(')');
    }
    text
}

/// Begins a transaction that will write. On `SQLite` it takes the write lock at once: taking it later can fail half-way.
pub(crate) async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    db.begin_with_options(options).await
}

/// Executes one statement and answers how many rows it changed.
pub(crate) async fn execute(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbErr> {
    Ok(db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?.rows_affected())
}

/// The rows of a query.
pub(crate) async fn all(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await
}

/// The first row of a query.
pub(crate) async fn one(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>, DbErr> {
    db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await
}

/// A position or version as databases count.
pub(crate) fn int(n: u64) -> Value {
    Value::BigInt(Some(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// Bytes as a value.
pub(crate) fn blob(bytes: impl AsRef<[u8]>) -> Value {
    Value::Bytes(Some(bytes.as_ref().to_vec()))
}

/// A position or version out of a row.
pub(crate) fn number(row: &QueryResult, column: usize) -> Result<u64, DbErr> {
    row.try_get_by_index::<i64>(column).map(i64::unsigned_abs)
}

/// A digest out of a row.
pub(crate) fn digest(row: &QueryResult, column: usize) -> Result<Digest, DbErr> {
    let bytes: Vec<u8> = row.try_get_by_index(column)?;
    <[u8; 32]>::try_from(bytes).map(Digest).map_err(|bytes| DbErr::Type(format!("a digest of {} bytes", bytes.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_numbers_its_places_row_by_row() {
        assert_eq!(list(2, 3), "VALUES ($1, $2, $3), ($4, $5, $6)");
        assert_eq!(list(1, 1), "VALUES ($1)");
    }
}
