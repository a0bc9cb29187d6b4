//! `parlance dev`: the emulator, put together.

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
use crate::{data, ready};

/// Runs until it is told to stop, then finishes what is under way.
///
/// # Errors
/// Anything that keeps it from starting, in a sentence that says what to do.
pub async fn run(options: Dev) -> anyhow::Result<()> {
    if !options.listen.ip().is_loopback() {
        bail!("the emulator's tokens are known to everybody, so it listens on loopback only: choose 127.0.0.1 or [::1]");
    }
    let settings = options.settings()?;
    let listener =
        TcpListener::bind(options.listen).await.with_context(|| format!("cannot listen on {}", options.listen))?;
    let (store, vault) = data::open(&options.data)?;
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
        println!("{}", ready::line(&url));
    } else {
        eprintln_words(&url);
    }
    let served = axum::serve(listener, server.router(true)).with_graceful_shutdown(told_to_stop(stop.clone())).await;
    stop.cancel();
    worker.await.context("the delivery worker ended badly")?;
    store.close().await?;
    served.context("the listener failed")
}

#[expect(clippy::print_stderr, reason = "words for people go to standard error, whatever the log level")]
fn eprintln_words(url: &str) {
    eprintln!("{}", ready::words(url));
}

/// Ends at ctrl-c or SIGTERM, and tells the rest of the house.
async fn told_to_stop(stop: CancellationToken) {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
    stop.cancel();
}
