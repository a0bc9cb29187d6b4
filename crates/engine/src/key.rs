//! One key for all nodes: who starts with another one is told before anything is sealed with it.

use secrecy::{ExposeSecret, SecretString};

use crate::change::{Change, ChangeSet};
use crate::ids::Ids;
use crate::store::{CommitError, Read, Store, StoreError};
use crate::vault::{Sealed, Vault};

/// Under which name the store keeps a text that only the key opens.
const KEY_CHECK: &str = "key_check";
/// The text.
const TEXT: &str = "parlance";

/// Why a key cannot be used with a store.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The secrets in the store were sealed with another one.
    #[error("the key does not open the secrets in this database; every node needs the same key file")]
    Wrong,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether the store holds something that one key opens, so that a new key would be the wrong one.
///
/// # Errors
/// The store's.
pub async fn is_chosen(store: &dyn Store) -> Read<bool> {
    Ok(store.setting(KEY_CHECK).await?.is_some() || !store.apps().await?.is_empty())
}

/// Makes sure that the vault's key is the one of this store. The first key stays: of nodes that start at once on an empty
/// store one leaves its mark, and the others must have the same key.
///
/// # Errors
/// [`KeyError`].
pub async fn agree(store: &dyn Store, vault: &Vault, ids: &Ids) -> Result<(), KeyError> {
    loop {
        if let Some(text) = store.setting(KEY_CHECK).await? {
            let opened = Sealed::from_text(&text).and_then(|sealed| vault.open(&sealed).ok());
            return if opened.is_some_and(|text| text.expose_secret() == TEXT) { Ok(()) } else { Err(KeyError::Wrong) };
        }
        // A store from before there was such a mark.
        if store.apps().await?.first().is_some_and(|app| vault.open(&app.secret).is_err()) {
            return Err(KeyError::Wrong);
        }
        let value = vault.seal(&SecretString::from(TEXT), ids).to_text();
        let mut set = ChangeSet::new();
        set.push(Change::AddSetting { name: KEY_CHECK, value });
        match store.commit(set).await {
            Ok(()) | Err(CommitError::Stale) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
}
