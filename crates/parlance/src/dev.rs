//! `parlance dev`: the emulator, put together.

use std::io;
use std::sync::Arc;

use anyhow::{Context, bail};
use engine::World;
use engine::clock::{MovableClock, OFFSET_SETTING};
use engine::demo;
use engine::ids::{Ids, SystemEntropy};
use engine::store::Store;
use engine::world::Parts;
use server::Server;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use wire::time::Span;

use crate::args::Dev;
use crate::say::say;
use crate::{data, ready};

/// Runs until it is told to stop, then finishes what is under way.
///
/// # Errors
/// Anything that keeps it from starting, in a sentence that says what to do.
pub async fn run(options: Dev) -> anyhow::Result<()> {
    if !options.listen.ip().is_loopback() {
        bail!(
            "the emulator's tokens are known to everybody, so it listens on loopback only: choose 127.0.0.1 or [::1]"
        );
    }
    let settings = options.settings()?;
    // Before anybody can know that we run.
    let told = told_to_stop().context("cannot listen for signals")?;
    let listener =
        TcpListener::bind(options.listen).await.with_context(|| format!("cannot listen on {}", options.listen))?;
    let (store, vault) = data::open(&options.data).await?;
    let store: Arc<dyn Store> = Arc::new(store);
    let offset = store.setting(OFFSET_SETTING).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    let clock = Box::new(MovableClock::running(Span::millis(offset)));
    let world = World::new(Parts { clock, ids: Ids::new(SystemEntropy), store: Arc::clone(&store), vault, settings });
    demo::seed(&world).await.context("cannot seed the demo world")?;

    let server = Server::new(world, None);
    let stop = CancellationToken::new();
    let dispatcher = server.dispatcher.clone();
    let worker = tokio::spawn({
        let stop = stop.clone();
        async move { dispatcher.run(stop).await }
    });
    let url = format!("http://{}", listener.local_addr()?);
    if options.json {
        say(ready::line(&url))?;
    } else {
        eprintln_words(&url);
    }
    let stopped = stop.clone();
    let told = async move {
        told.await;
        stopped.cancel();
    };
    let served = axum::serve(listener, server.router(true)).with_graceful_shutdown(told).await;
    stop.cancel();
    worker.await.context("the delivery worker ended badly")?;
    store.close().await?;
    served.context("the listener failed")
}

#[expect(clippy::print_stderr, reason = "words for people go to standard error, whatever the log level")]
fn eprintln_words(url: &str) {
    eprintln!("{}", ready::words(url));
}

/// Ends at ctrl-c or SIGTERM, both of which are listened for from this call on.
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}
