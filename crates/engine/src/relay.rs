//! What other nodes on the same store changed, passed on to those who wait for it on this one.

use std::future::Future;
use std::time::Duration;

use crate::offset;
use crate::store::{News, Read};
use crate::world::World;

/// How long news that could not be heeded wait at most until that is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Passes on news until `stop`. A store that one process has alone has none, and this only waits then.
pub async fn run(world: &World, stop: impl Future<Output = ()>) {
    let news = world.store.news();
    tokio::pin!(stop, news);
    let mut owed = false;
    loop {
        let heard = tokio::select! {
            () = &mut stop => return,
            heard = &mut news => {
                news.set(world.store.news());
                heard
            }
            () = tokio::time::sleep(AGAIN), if owed => News::default(), // sleep: the store that failed tells nobody when it is back
        };
        let settings = heard.settings || owed;
        owed = match heed(world, News { settings, ..heard }).await {
            Ok(()) => false,
            Err(error) => {
                tracing::warn!(%error, "the clock's offset cannot be read; trying again");
                true
            }
        };
    }
}

/// Does what one piece of news asks for: caches become void, the clock goes where others moved it, bells ring.
///
/// # Errors
/// The store's when the settings cannot be read; all else is done then.
pub async fn heed(world: &World, news: News) -> Read<()> {
    if news.configuration {
        world.void_caches();
    }
    // A worker that is woken looks at the clock.
    let followed = if news.settings { offset::follow(world).await } else { Ok(()) };
    if news.work {
        world.bus.ring_work();
    }
    if news.log {
        world.bus.ring_log();
    }
    followed
}
