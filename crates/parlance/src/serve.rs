//! `parlance serve`: the platform without the emulator, put together.

use anyhow::{Context, bail};
use engine::World;
use engine::clock::SystemClock;
use engine::demo;
use engine::world::Parts;
use server::Server;
use tokio::net::TcpListener;

use crate::args::Serve;
use crate::home::Home;
use crate::node::{Node, Told};
use crate::ready;
use crate::say::{say, tell};

/// Runs until it is told to stop, then finishes what is under way.
///
/// # Errors
/// Anything that keeps it from starting, in a sentence that says what to do.
pub async fn run(options: Serve) -> anyhow::Result<()> {
    let settings = options.settings()?;
    // Before anybody can know that we run.
    let told = Told::listen().context("cannot listen for signals")?;
    let listener =
        TcpListener::bind(options.listen).await.with_context(|| format!("cannot listen on {}", options.listen))?;
    let Home { store, vault, ids } = Home::open(&options.place).await?;
    let world = World::new(Parts { clock: Box::new(SystemClock), ids, store, vault, settings });
    if demo::keep_out(&world).await? && !options.listen.ip().is_loopback() {
        bail!(
            "this database holds the demo world, whose tokens are known to everybody: listen on 127.0.0.1 or [::1], or \
             choose another database"
        );
    }
    let has_apps = !world.store.apps().await?.is_empty();
    let ready = |url: &str| {
        if options.json {
            return say(ready::serving_line(url));
        }
        tell(ready::serving_words(url, has_apps));
        Ok(())
    };
    Node { server: Server::new(world, options.public_url), listener, emulator: None, beside: None }
        .run(told, ready)
        .await
}
