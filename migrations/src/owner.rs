//! An owner's list of migrations.

use sea_orm::sea_query::{Alias, IntoIden as _};
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, DynIden};
use sea_orm_migration::migrator::MigratorTraitSelf;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

/// The tables of one owner and their history.
#[derive(Debug, Clone)]
pub struct Owner {
    name: String,
    steps: Vec<Step>,
}

/// One migration: statements in PostgreSQL's words.
#[derive(Debug, Clone)]
struct Step {
    name: String,
    statements: Vec<String>,
}

impl Owner {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), steps: Vec::new() }
    }

    /// Adds the next migration.
    pub(crate) fn then(mut self, name: &str, statements: Vec<String>) -> Self {
        self.steps.push(Step { name: name.to_owned(), statements });
        self
    }
}

impl MigratorTraitSelf for Owner {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        self.steps.iter().map(|step| Box::new(step.clone()) as Box<dyn MigrationTrait>).collect()
    }

    /// Each owner counts its own migrations, so that several may share a database.
    fn migration_table_name(&self) -> DynIden {
        Alias::new(format!("{}_migration", self.name)).into_iden()
    }
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        &self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for statement in &self.statements {
            manager.get_connection().execute_unprepared(&said_to(backend, statement)).await?;
        }
        Ok(())
    }
}

/// `SQLite` stores a table by its rows' numbers only when the key is called INTEGER, holds columns to their types only in STRICT tables, and
/// compares text by bytes without being told.
fn said_to(backend: DbBackend, statement: &str) -> String {
    if backend != DbBackend::Sqlite {
        return statement.to_owned();
    }
    let statement = statement.replace("BIGINT", "INTEGER").replace("BYTEA", "BLOB").replace(" COLLATE \"C\"", "");
    if statement.starts_with("CREATE TABLE") { statement + " STRICT" } else { statement }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_said_to_each_database_in_its_own_words() {
        let table = "CREATE TABLE t (n BIGINT PRIMARY KEY, name TEXT COLLATE \"C\" NOT NULL, body BYTEA)";
        assert_eq!(said_to(DbBackend::Postgres, table), table);
        assert_eq!(said_to(DbBackend::Sqlite, table), "CREATE TABLE t (n INTEGER PRIMARY KEY, name TEXT NOT NULL, body BLOB) STRICT");
        assert_eq!(said_to(DbBackend::Sqlite, "INSERT INTO t VALUES (1)"), "INSERT INTO t VALUES (1)");
    }
}
