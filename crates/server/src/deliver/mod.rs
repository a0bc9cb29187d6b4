//! Delivers webhooks: takes what is due, posts it, writes down what came of it (contract webhooks 2.5).
//!
//! What is to be delivered lies in the store; a wake-up only says "look again". Deliveries are taken as leases, so
//! whatever is lost with a process is made again: at least once, in order for each thread.

mod post;
mod settle;
mod slots;
mod timeline;

use std::sync::Arc;
use std::time::Duration;

use engine::World;
use engine::deliver;
use engine::store::CommitError;
use engine::story;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt, stream};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use wire::id::AppId;

use crate::faults::Faults;
use crate::outbound::Outbound;
use post::Work;
use slots::{Slot, Slots};

/// How long a worker rests at most before it looks again, whatever the clock and the bells say.
const REST: Duration = Duration::from_secs(1);
/// Claims that are under way at once.
const CLAIMS: usize = 16;
/// Most deliveries that are taken at once, whatever may go in one POST: what bounds the memory that they take.
const MOST_TAKEN: usize = 1_000;
/// How much longer than one delivery's time limit the deliveries under way get at shutdown.
const GRACE: Duration = Duration::from_secs(1);

/// Delivers the webhooks of one world. Clones share the work.
#[derive(Clone)]
pub struct Dispatcher(Arc<Inner>);

struct Inner {
    world: Arc<World>,
    outbound: Outbound,
    /// Under which name leases are taken.
    owner: u64,
    slots: Arc<Slots>,
    /// What is to go wrong.
    faults: Faults,
    /// Held during a round, so that a place is taken by a delivery or free whenever one looks; counts the rounds, so
    /// that each begins with another app.
    rounds: Mutex<usize>,
    /// Held while the clock is being moved.
    moving: Mutex<()>,
    /// Moves of the clock under way.
    moves: TaskTracker,
    closing: CancellationToken,
}

impl Inner {
    /// How many updates may go in one POST.
    fn most_updates(&self) -> usize {
        self.world.settings.webhook_batch.max(self.faults.most_in_a_batch()).max(1)
    }
}

impl Dispatcher {
    /// A dispatcher that does nothing until it is run or asked to settle.
    pub fn new(world: Arc<World>, outbound: Outbound) -> Self {
        let owner = u64::from_le_bytes(world.ids.random());
        let slots = Slots::new(world.settings.deliveries_per_app, world.settings.deliveries_at_once);
        Self(Arc::new(Inner {
            world,
            outbound,
            owner,
            slots,
            faults: Faults::default(),
            rounds: Mutex::default(),
            moving: Mutex::default(),
            moves: TaskTracker::new(),
            closing: CancellationToken::new(),
        }))
    }

    /// Delivers whatever is due until `shutdown`; then takes nothing new, finishes what is under way within the time
    /// limit of a delivery, and gives back its leases.
    pub async fn run(&self, shutdown: CancellationToken) {
        let (mut bell, mut ended) = (self.0.world.bus.work(), self.0.slots.ended());
        let mut tasks = JoinSet::new();
        while !shutdown.is_cancelled() {
            bell.borrow_and_update();
            ended.borrow_and_update();
            self.round(&mut tasks).await;
            let rest = self.rest().await;
            let something = async {
                tokio::select! {
                    () = shutdown.cancelled() => {}
                    _ = bell.changed() => {}
                    _ = ended.changed() => {}
                }
            };
            // Nothing rang in time: look again anyway.
            let _ = tokio::time::timeout(rest, something).await;
            while let Some(ended) = tasks.try_join_next() {
                report(ended);
            }
        }
        self.0.closing.cancel();
        self.finish(tasks).await;
    }

    /// What is to go wrong with deliveries, which only the emulator's surface asks for.
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// How many deliveries are under way.
    pub fn in_flight(&self) -> usize {
        self.0.slots.taken()
    }

    /// Cancelled as soon as [`Dispatcher::run`] was told to stop: whoever streams to clients ends then.
    pub fn closing(&self) -> CancellationToken {
        self.0.closing.clone()
    }

    /// Starts what is due and has a place, one round at a time. Answers whether nothing is under way after it.
    async fn round(&self, tasks: &mut JoinSet<()>) -> bool {
        let mut rounds = self.0.rounds.lock().await;
        let world = &self.0.world;
        if let Err(error) = story::end_expired(world).await {
            tracing::warn!(%error, "stories that are over cannot be ended");
        }
        let mut apps = world.store.due_apps(world.now()).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "due deliveries cannot be read");
            Vec::new()
        });
        *rounds = rounds.wrapping_add(1);
        let first = *rounds % apps.len().max(1);
        apps.rotate_left(first);
        // Several at a time, so that a store that groups what is asked of it does so with claims.
        let mut taken = stream::iter(apps).map(|app| self.take(app)).buffered(CLAIMS);
        while let Some(taken) = taken.next().await {
            match taken {
                Ok(taken) => taken.into_iter().for_each(|work| drop(tasks.spawn(work))),
                Err((app, error)) => tracing::warn!(%app, %error, "due deliveries cannot be taken"),
            }
        }
        self.in_flight() == 0
    }

    /// Takes what is due to one app and has a place: a piece of work for each place, those for which there is none behind the
    /// others.
    async fn take(&self, app: AppId) -> Result<Vec<BoxFuture<'static, ()>>, (AppId, CommitError)> {
        let Inner { world, owner, .. } = &*self.0;
        let places = self.0.slots.reserve(app);
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let limit = places.len().saturating_mul(self.0.most_updates()).min(MOST_TAKEN);
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let destination = deliver::destination(world, app).await.map_err(|error| (app, error.into()))?;
        let claimed = deliver::claim(world, app, *owner, limit).await;
        let (deliveries, hold) = claimed.map_err(|error| (app, error))?;
        let (hold, count) = (Arc::new(hold), places.len());
        let mut shares: Vec<Vec<Work>> = places.iter().map(|_| Vec::new()).collect();
        for (number, work) in self.plan(&hold, deliveries).into_iter().enumerate() {
            shares[number % count].push(work);
        }
        let shares = places.into_iter().zip(shares).filter(|(_, share)| !share.is_empty());
        let begin = |(place, share): (Slot, Vec<Work>)| {
            self.clone().work(share, Arc::clone(&hold), destination.clone(), place.used()).boxed()
        };
        Ok(shares.map(begin).collect())
    }

    /// How long there is nothing to do unless somebody rings.
    async fn rest(&self) -> Duration {
        let world = &self.0.world;
        if self.in_flight() > 0 {
            // Its end rings.
            return REST;
        }
        let wait = match world.store.next_due().await {
            Ok(Some(due)) => due.since(world.now()).get(),
            Ok(None) | Err(_) => return REST,
        };
        // What is due but was not taken waits for a lease, a place or another delivery of its thread.
        u64::try_from(wait).ok().filter(|wait| *wait > 0).map_or(REST, |wait| REST.min(Duration::from_millis(wait)))
    }

    async fn finish(&self, mut tasks: JoinSet<()>) {
        let limit = Duration::from_millis(self.0.world.settings.webhook_timeout_ms) + GRACE;
        self.0.moves.close();
        let rest = async {
            while let Some(ended) = tasks.join_next().await {
                report(ended);
            }
            self.0.moves.wait().await;
        };
        if tokio::time::timeout(limit, rest).await.is_err() {
            tracing::warn!(deliveries = tasks.len(), "deliveries were cut off by the shutdown");
            tasks.shutdown().await;
        }
        if let Err(error) = self.0.world.store.release(self.0.owner).await {
            tracing::warn!(%error, "leases could not be given back; they will run out");
        }
    }
}

fn report(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a delivery broke off");
    }
}
