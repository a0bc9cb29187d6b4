//! The engines that the suite runs on.

use parlance_inbox::store::Store;
use rig::postgres::Database;
use tempfile::TempDir;

/// A database of its own, which goes when this does.
pub struct Engine {
    store: Option<Store>,
    place: Place,
}

/// Where the database is.
enum Place {
    Folder(TempDir),
    Database(Database),
}

impl Engine {
    /// The store, once.
    pub fn store(&mut self) -> Store {
        self.store.take().expect("a store is taken once")
    }

    /// The store, opened once more: whoever had it has closed it.
    pub async fn reopen(&self) -> Store {
        self.place.open().await
    }

    /// On SQLite.
    pub async fn sqlite() -> Self {
        Self::at(Place::Folder(tempfile::tempdir().unwrap())).await
    }

    /// On PostgreSQL.
    pub async fn postgres() -> Self {
        Self::at(Place::Database(rig::postgres::database().await)).await
    }

    async fn at(place: Place) -> Self {
        Self { store: Some(place.open().await), place }
    }
}

impl Place {
    async fn open(&self) -> Store {
        match self {
            Self::Folder(folder) => Store::sqlite(folder.path().join("inbox.db")).unwrap(),
            Self::Database(database) => Store::postgres(&database.url).await.unwrap(),
        }
    }
}

/// Makes tests of functions over an [`Engine`]: one for each engine, named `<function>::<engine>`.
macro_rules! on_every_engine {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name(crate::engines::Engine::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                super::$name(crate::engines::Engine::postgres().await).await;
            }
        }
    )+};
}
