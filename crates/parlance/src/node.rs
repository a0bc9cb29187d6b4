//! One running server: it answers, delivers and heeds other nodes until it is told to stop, and then finishes what is under
//! way. `dev` and `serve` put their worlds together and end here.

use std::io;

use anyhow::{Context, bail};
use engine::media::sweep;
use engine::relay;
use futures_util::future::BoxFuture;
use server::Server;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::drain;

/// A server with the address that it answers on.
pub struct Node {
    /// The server.
    pub server: Server,
    /// Where it listens.
    pub listener: TcpListener,
    /// The pages that it shows beside the emulator's surface; it has neither without them.
    pub emulator: Option<axum::Router>,
    /// What runs beside it in the same process and is reached at the same address.
    pub beside: Option<Beside>,
}

/// Something that runs beside a server.
pub struct Beside {
    /// What it answers.
    pub router: axum::Router,
    /// What is done before anybody is told that the server is ready.
    pub prepare: Prepare,
    /// What it does until `draining`; it lets go of what it holds once the second one is cancelled too.
    pub run: Box<dyn FnOnce(CancellationToken, CancellationToken) -> BoxFuture<'static, anyhow::Result<()>> + Send>,
}

/// Something that is done at an address once that answers.
pub type Prepare = Box<dyn FnOnce(String) -> BoxFuture<'static, anyhow::Result<()>> + Send>;

/// What tells a process to stop: ctrl-c and SIGTERM.
pub struct Told {
    interrupted: Signal,
    terminated: Signal,
}

impl Told {
    /// Listens from this call on.
    ///
    /// # Errors
    /// The system's.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupted: signal(SignalKind::interrupt())?, terminated: signal(SignalKind::terminate())? })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}

impl Node {
    /// Runs until told to stop; told twice, it ends at once and leaves the rest to the next start. `ready` is called with the
    /// address when it can be reached.
    ///
    /// # Errors
    /// What `ready` says, a task that ended badly, a store that does not close; being told twice.
    pub async fn run(self, mut told: Told, ready: impl FnOnce(&str) -> io::Result<()>) -> anyhow::Result<()> {
        let Self { server, listener, emulator, beside } = self;
        let (world, mut router) = (server.world.clone(), server.clone().router(emulator));
        let url = format!("http://{}", listener.local_addr()?);
        if server.public_url.is_none() {
            world.media.set_base(&url);
        }
        let (draining, done) = (CancellationToken::new(), CancellationToken::new());
        let worker = tokio::spawn({
            let (dispatcher, draining) = (server.dispatcher.clone(), draining.clone());
            async move { dispatcher.run(draining).await }
        });
        let relay = tokio::spawn({
            let (world, done) = (world.clone(), done.clone());
            async move { relay::run(&world, done.cancelled()).await }
        });
        let sweeper = tokio::spawn({
            let (world, done) = (world.clone(), done.clone());
            async move { sweep::run(&world, done.cancelled()).await }
        });
        let mut prepare = None;
        let beside = beside.map(|beside| {
            router = std::mem::take(&mut router).merge(beside.router);
            prepare = Some(beside.prepare);
            tokio::spawn((beside.run)(draining.clone(), done.clone()))
        });
        let limit = drain::limit(&world.settings);
        let begun = async {
            if let Some(prepare) = prepare {
                prepare(url.clone()).await?;
            }
            Ok(ready(&url)?)
        };
        let begun = async {
            // Who is told to stop meanwhile is not made to wait for it; the next start goes on with it.
            let begun = draining.run_until_cancelled(begun).await.unwrap_or(Ok(()));
            if begun.is_err() {
                draining.cancel();
            }
            begun
        };
        let served = async {
            drain::serve(listener, router, draining.clone(), limit).await;
            let worked = worker.await.context("the delivery worker ended badly");
            done.cancel();
            let relayed = relay.await.context("the relay ended badly");
            let swept = sweeper.await.context("the sweeper ended badly");
            if let Some(beside) = beside {
                beside.await.context("what ran beside the server ended badly")??;
            }
            world.store.close().await?;
            worked.and(relayed).and(swept)
        };
        let both = async {
            let (begun, served) = tokio::join!(begun, served);
            begun.and(served)
        };
        let twice = async {
            told.next().await;
            draining.cancel();
            told.next().await;
        };
        tokio::select! {
            ended = both => ended,
            () = twice => bail!("told to stop twice: requests and deliveries under way were cut off"),
        }
    }
}
