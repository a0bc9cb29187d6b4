//! A World: everything that a running instance needs hangs off one value, so a test runs many side by side.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use wire::time::Millis;

use crate::auth::Callers;
use crate::bus::Bus;
use crate::change::ChangeSet;
use crate::clock::Clock;
use crate::deliver::Destinations;
use crate::ids::Ids;
use crate::lanes::Lanes;
use crate::limits::Limits;
use crate::media::Media;
use crate::routes::Routes;
use crate::settings::Settings;
use crate::store::{CommitError, Store};
use crate::vault::Vault;

/// How often a decision is made again because the facts moved. On one node the lanes make that rare. Of several nodes that
/// write to one thread at the same moment one wins each round, and nobody loses so many rounds in a row.
pub(crate) const DECISIONS: u32 = 64;

/// The parts that a world is put together from.
pub struct Parts {
    /// Where now comes from.
    pub clock: Box<dyn Clock>,
    /// Where ids and randomness come from.
    pub ids: Ids,
    /// Where facts are kept.
    pub store: Arc<dyn Store>,
    /// What seals secrets.
    pub vault: Vault,
    /// What the operator chose.
    pub settings: Settings,
}

/// A running instance of the platform, without its doors to the outside.
pub struct World {
    /// Where now comes from.
    pub clock: Box<dyn Clock>,
    /// Where ids and randomness come from.
    pub ids: Ids,
    /// Where facts are kept.
    pub store: Arc<dyn Store>,
    /// What seals secrets.
    pub vault: Vault,
    /// What the operator chose.
    pub settings: Settings,
    /// Wakes workers and live streams.
    pub bus: Bus,
    /// One send at a time for each thread.
    pub lanes: Lanes,
    /// Rate limits.
    pub limits: Limits,
    /// Where media URLs lead, and places for files under way.
    pub media: Media,
    pub(crate) callers: Callers,
    pub(crate) routes: Routes,
    pub(crate) destinations: Destinations,
    /// Held while this node's clock is brought to an offset, see [`crate::offset`].
    pub(crate) clock_turn: tokio::sync::Mutex<()>,
    epoch: AtomicU64,
}

impl World {
    /// Puts a world together.
    pub fn new(parts: Parts) -> Arc<Self> {
        let Parts { clock, ids, store, vault, settings } = parts;
        let media = Media::new(settings.media_at_once);
        Arc::new(Self {
            clock,
            ids,
            store,
            vault,
            settings,
            bus: Bus::default(),
            lanes: Lanes::default(),
            limits: Limits::default(),
            media,
            callers: Callers::default(),
            routes: Routes::default(),
            destinations: Destinations::default(),
            clock_turn: tokio::sync::Mutex::default(),
            epoch: AtomicU64::new(0),
        })
    }

    /// The present moment of this world.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Makes a change set durable, then wakes whoever reads what it wrote.
    ///
    /// # Errors
    /// [`CommitError::Stale`] when facts moved since they were read: read them again and decide again.
    pub async fn commit(&self, set: ChangeSet) -> Result<(), CommitError> {
        let (work, log, configuration) = (set.makes_work(), set.makes_log(), set.changes_configuration());
        self.store.commit(set).await?;
        if configuration {
            self.void_caches();
        }
        if work {
            self.bus.ring_work();
        }
        if log {
            self.bus.ring_log();
        }
        Ok(())
    }

    /// Configuration changed: what was cached is read afresh.
    pub(crate) fn void_caches(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }

    /// Grows with every change of configuration, here or on another node; what was cached under another value is void.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst)
    }
}
