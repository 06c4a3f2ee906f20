//! The tables of a view: a row per stream, who has it in their lists, the position, and what is parked.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, OnConflict, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, QueryResult, TransactionTrait as _};

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The stream's name.
    pub key: String,
    /// Position of the last entry in it.
    pub position: u64,
    /// When its next deadline passes, in milliseconds of civil time.
    pub due_ms: Option<i64>,
    /// What stands in lists, JSON.
    pub summary: String,
    /// The fold, JSON.
    pub body: String,
}

/// A change of someone's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// Who.
    pub member: &'a str,
    /// Which row.
    pub key: String,
    /// Whether it stands in their lists now.
    pub listed: bool,
}

/// The tables of one service's view.
#[derive(Clone)]
pub struct Rows {
    db: DatabaseConnection,
    view: Alias,
    member: Alias,
    cursor: Alias,
    parked: Alias,
}

const COLUMNS: [&str; 5] = ["key", "position", "due_ms", "summary", "body"];
/// Rows in one INSERT. SQLite takes 32,766 parameters.
const CHUNK: usize = 200;

impl Rows {
    /// The tables of a service in its database; they must exist.
    #[must_use]
    pub fn new(db: DatabaseConnection, service: &str) -> Self {
        let table = |name: &str| Alias::new(format!("{service}_{name}"));
        Self { db, view: table("view"), member: table("member"), cursor: table("cursor"), parked: table("parked") }
    }

    /// One row.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&self, key: &str) -> anyhow::Result<Option<Row>> {
        let query = Query::select().columns(COLUMNS).from(self.view.clone()).and_where(Expr::col("key").eq(key)).to_owned();
        self.db.query_one(&query).await?.as_ref().map(read).transpose()
    }

    /// Rows whose key begins so, in the lists of one of these members (none: all), after a key.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(&self, prefix: &str, members: Option<&[String]>, after: &str, limit: u64) -> anyhow::Result<Vec<Row>> {
        let mut query = Query::select();
        query
            .columns(COLUMNS)
            .from(self.view.clone())
            .and_where(Expr::col("key").gt(if after > prefix { after } else { prefix }))
            .and_where(Expr::col("key").lt(format!("{prefix}\u{10ffff}")))
            .order_by("key", Order::Asc)
            .limit(limit);
        if let Some(members) = members {
            let mine = Query::select()
                .column("key")
                .from(self.member.clone())
                .and_where(Expr::col("member").is_in(members.iter().map(String::as_str)))
                .to_owned();
            query.and_where(Expr::col("key").in_subquery(mine));
        }
        self.db.query_all(&query).await?.iter().map(read).collect()
    }

    /// Rows with a deadline that has passed at this instant, after a key.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn overdue(&self, at_ms: i64, after: &str, limit: u64) -> anyhow::Result<Vec<Row>> {
        let query = Query::select()
            .columns(COLUMNS)
            .from(self.view.clone())
            .and_where(Expr::col("due_ms").lte(at_ms))
            .and_where(Expr::col("key").gt(after))
            .order_by("key", Order::Asc)
            .limit(limit)
            .to_owned();
        self.db.query_all(&query).await?.iter().map(read).collect()
    }

    /// The position of the first entry not in the rows yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next(&self) -> anyhow::Result<u64> {
        self.cursor(&self.db, VIEW).await
    }

    /// The position of the first entry not reacted to yet. A rebuilt view stands before it until it has caught up.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reacted(&self) -> anyhow::Result<u64> {
        self.cursor(&self.db, REACTIONS).await
    }

    async fn cursor(&self, on: &impl ConnectionTrait, id: i32) -> anyhow::Result<u64> {
        let query = Query::select().column("position").from(self.cursor.clone()).and_where(Expr::col("id").eq(id)).to_owned();
        let row = on.query_one(&query).await?;
        Ok(row.map(|row| row.try_get::<i64>("", "position")).transpose()?.map_or(0, i64::unsigned_abs))
    }

    /// Streams that wait for an operator, with position and reason.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn parked(&self) -> anyhow::Result<Vec<(String, String)>> {
        let query = Query::select().columns(["stream", "reason"]).from(self.parked.clone()).to_owned();
        let rows = self.db.query_all(&query).await?;
        rows.iter().map(|row| Ok((row.try_get("", "stream")?, row.try_get("", "reason")?))).collect()
    }

    /// Writes rows, changes of lists, parked streams and the position in one transaction.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is changed then.
    pub async fn write(
        &self,
        rows: &[Row],
        members: &[Member<'_>],
        parked: &BTreeMap<String, (u64, String)>,
        next: u64,
    ) -> anyhow::Result<()> {
        let transaction = self.db.begin().await?;
        for change in members {
            self.list_or_not(&transaction, change).await?;
        }
        for chunk in rows.chunks(CHUNK) {
            self.put(&transaction, chunk).await?;
        }
        for (stream, (position, reason)) in parked {
            let mut insert = Query::insert();
            insert
                .into_table(self.parked.clone())
                .columns(["stream", "position", "reason"])
                .values([stream.as_str().into(), number(*position).into(), reason.as_str().into()])?
                .on_conflict(OnConflict::column("stream").do_nothing().to_owned());
            transaction.execute(&insert).await?;
        }
        self.advance(&transaction, VIEW, next).await?;
        let reacted = self.cursor(&transaction, REACTIONS).await?;
        self.advance(&transaction, REACTIONS, Ord::max(next, reacted)).await?;
        Ok(transaction.commit().await?)
    }

    async fn put(&self, transaction: &DatabaseTransaction, rows: &[Row]) -> anyhow::Result<()> {
        let mut insert = Query::insert();
        insert.into_table(self.view.clone()).columns(COLUMNS);
        for row in rows {
            insert.values([
                row.key.as_str().into(),
                number(row.position).into(),
                row.due_ms.into(),
                row.summary.as_str().into(),
                row.body.as_str().into(),
            ])?;
        }
        insert.on_conflict(OnConflict::column("key").update_columns(["position", "due_ms", "summary", "body"]).to_owned());
        transaction.execute(&insert).await?;
        Ok(())
    }

    async fn list_or_not(&self, transaction: &DatabaseTransaction, change: &Member<'_>) -> anyhow::Result<()> {
        let Member { member, key, listed } = change;
        if *listed {
            let mut insert = Query::insert();
            insert
                .into_table(self.member.clone())
                .columns(["member", "key"])
                .values([(*member).into(), key.as_str().into()])?
                .on_conflict(OnConflict::columns(["member", "key"]).do_nothing().to_owned());
            transaction.execute(&insert).await?;
        } else {
            let mut delete = Query::delete();
            delete.from_table(self.member.clone()).and_where(Expr::col("member").eq(*member)).and_where(Expr::col("key").eq(key.as_str()));
            transaction.execute(&delete).await?;
        }
        Ok(())
    }

    async fn advance(&self, transaction: &DatabaseTransaction, id: i32, position: u64) -> anyhow::Result<()> {
        let mut insert = Query::insert();
        insert
            .into_table(self.cursor.clone())
            .columns(["id", "position"])
            .values([id.into(), number(position).into()])?
            .on_conflict(OnConflict::column("id").update_column("position").to_owned());
        transaction.execute(&insert).await?;
        Ok(())
    }

    /// Empties the rows for a rebuild. What was reacted to stays known, so a rebuild never reacts.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn clear(&self) -> anyhow::Result<()> {
        let transaction = self.db.begin().await?;
        for table in [&self.view, &self.member, &self.parked] {
            transaction.execute(&Query::delete().from_table(table.clone()).to_owned()).await?;
        }
        self.advance(&transaction, VIEW, 0).await?;
        Ok(transaction.commit().await?)
    }
}

const VIEW: i32 = 1;
const REACTIONS: i32 = 2;

fn number(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

fn read(row: &QueryResult) -> anyhow::Result<Row> {
    Ok(Row {
        key: row.try_get("", "key")?,
        position: row.try_get::<i64>("", "position")?.unsigned_abs(),
        due_ms: row.try_get("", "due_ms")?,
        summary: row.try_get("", "summary")?,
        body: row.try_get("", "body")?,
    })
}
