//! The engines that the suite runs on.

use parlance_store::{PostgresStore, SqliteStore};
use rig::postgres::Database;
use tempfile::TempDir;

/// A SQLite store in a folder of its own, which goes when the second value does.
pub fn sqlite() -> (SqliteStore, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (SqliteStore::open(folder.path().join("store.db")).unwrap(), folder)
}

/// A store in a PostgreSQL database of its own, which goes when the second value does.
pub async fn postgres() -> (PostgresStore, Database) {
    let database = rig::postgres::database().await;
    (PostgresStore::open(&database.url).await.unwrap(), database)
}

/// Makes tests of functions over `&dyn Store`: one for each engine, named `<function>::<engine>`.
macro_rules! on_every_engine {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn memory() {
                super::$name(&parlance_store::MemoryStore::new()).await;
            }

            #[tokio::test]
            async fn sqlite() {
                let (store, _folder) = crate::engines::sqlite();
                super::$name(&store).await;
            }

            #[tokio::test]
            async fn postgres() {
                let (store, _database) = crate::engines::postgres().await;
                super::$name(&store).await;
            }
        }
    )+};
}
