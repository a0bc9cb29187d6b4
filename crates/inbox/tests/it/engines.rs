//! The engines that the suite runs on.

use parlance_inbox::store::Store;
use rig::postgres::Database;
use tempfile::TempDir;

/// A database of its own, which goes when this does.
pub struct Engine {
    store: Option<Store>,
    _folder: Option<TempDir>,
    _database: Option<Database>,
}

impl Engine {
    /// The store, once.
    pub fn store(&mut self) -> Store {
        self.store.take().expect("a store is taken once")
    }

    /// On SQLite.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::sqlite(folder.path().join("inbox.db")).unwrap();
        Self { store: Some(store), _folder: Some(folder), _database: None }
    }

    /// On PostgreSQL.
    pub async fn postgres() -> Self {
        let database = rig::postgres::database().await;
        let store = Store::postgres(&database.url).await.unwrap();
        Self { store: Some(store), _folder: None, _database: Some(database) }
    }
}

/// Makes tests of functions over an [`Engine`]: one for each engine, named `<function>::<engine>`.
macro_rules! on_every_engine {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name(crate::engines::Engine::sqlite()).await;
            }

            #[tokio::test]
            async fn postgres() {
                super::$name(crate::engines::Engine::postgres().await).await;
            }
        }
    )+};
}
