//! Turning the schema into a Citus cluster's.

use db::Upkeep;
use db::tokio_postgres::Client;

use super::{HouseError, UNFINISHED, postgres};
use crate::postgres::schema::MIGRATIONS;
use crate::sql::tables::{Scope, TABLES, Table};

/// The account table with which all others lie together, an account's rows on one machine.
const FIRST: &str = "install";
const IS_AVAILABLE: &str = "SELECT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'citus')";
const DISTRIBUTED: &str = "SELECT CAST(c.relname AS TEXT) FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid \
    WHERE c.relnamespace = CAST(current_schema() AS regnamespace)";

/// What came of distributing a database.
#[derive(Debug, PartialEq, Eq)]
pub enum Distributed {
    /// It is distributed; these statements were run, none when it was already.
    Done(Vec<String>),
    /// The server has no Citus; these statements would have been run.
    NoCitus(Vec<String>),
}

/// Makes every global table a reference table, which all machines have, and distributes the tables of accounts by account.
///
/// What is distributed already is left alone, so it may be run again, after an upgrade too.
///
/// # Errors
/// [`HouseError::Refused`] while a copy is unfinished, else as the database fails.
pub async fn distribute(url: &str) -> Result<Distributed, HouseError> {
    let upkeep = Upkeep::open(url).await?;
    let client = upkeep.client();
    let available: bool = client.query_one(IS_AVAILABLE, &[]).await?.try_get(0)?;
    if !available {
        upkeep.close().await;
        return Ok(Distributed::NoCitus(statements(&[])));
    }
    if postgres::is_unfinished(client).await? {
        return Err(HouseError::refused(UNFINISHED));
    }
    upkeep.migrate(MIGRATIONS).await?;
    client.batch_execute("CREATE EXTENSION IF NOT EXISTS citus").await?;
    let statements = statements(&distributed(client).await?);
    for statement in &statements {
        client.batch_execute(statement).await?;
    }
    upkeep.close().await;
    Ok(Distributed::Done(statements))
}

async fn distributed(client: &Client) -> Result<Vec<String>, HouseError> {
    client.query(DISTRIBUTED, &[]).await?.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// What is to be run when the tables named in `done` are distributed.
fn statements(done: &[String]) -> Vec<String> {
    let missing = TABLES.iter().filter(|table| !done.iter().any(|name| name == table.name));
    // The first of the account tables must be there before others can lie with it.
    let mut missing: Vec<_> = missing.collect();
    missing.sort_by_key(|table| (table.scope == Scope::Account, table.name != FIRST));
    missing.into_iter().map(statement).collect()
}

fn statement(table: &Table) -> String {
    // An identifier in quotes within a text: "user" is a word of SQL.
    let name = format!("'\"{}\"'", table.name);
    match table.scope {
        Scope::Global => format!("SELECT create_reference_table({name})"),
        Scope::Account if table.name == FIRST => {
            format!("SELECT create_distributed_table({name}, 'account_id', colocate_with => 'none')")
        }
        Scope::Account => {
            format!("SELECT create_distributed_table({name}, 'account_id', colocate_with => '{FIRST}')")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_distributed_once_and_accounts_lie_together() {
        let all = statements(&[]);
        assert_eq!(all.len(), TABLES.len());
        assert_eq!(all[0], r#"SELECT create_reference_table('"user"')"#);
        let globals = all.iter().take_while(|text| text.contains("create_reference_table")).count();
        assert_eq!(globals, TABLES.iter().filter(|table| table.scope == Scope::Global).count());
        assert_eq!(
            all[globals],
            r#"SELECT create_distributed_table('"install"', 'account_id', colocate_with => 'none')"#
        );
        for text in &all[globals + 1..] {
            assert!(text.ends_with("'account_id', colocate_with => 'install')"), "{text}");
        }
    }

    #[test]
    fn what_is_distributed_is_left_alone() {
        let done: Vec<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        assert_eq!(statements(&done), Vec::<String>::new());
        let done: Vec<_> = done.into_iter().filter(|name| name != "thread").collect();
        assert_eq!(
            statements(&done),
            [r#"SELECT create_distributed_table('"thread"', 'account_id', colocate_with => 'install')"#]
        );
    }
}
