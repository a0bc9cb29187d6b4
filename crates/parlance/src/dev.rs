//! `parlance dev`: the emulator, put together.

use anyhow::{Context, bail};
use engine::World;
use engine::clock::MovableClock;
use engine::world::Parts;
use engine::{demo, offset};
use faces::Face;
use server::Server;
use tokio::net::TcpListener;
use wire::time::Span;

use crate::args::Dev;
use crate::home::Home;
use crate::inbox;
use crate::node::{Node, Told};
use crate::ready;
use crate::say::{say, tell};

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
    let told = Told::listen().context("cannot listen for signals")?;
    let listener =
        TcpListener::bind(options.listen).await.with_context(|| format!("cannot listen on {}", options.listen))?;
    let Home { store, vault, ids } = Home::open(&options.place).await?;
    let clock = Box::new(MovableClock::running(Span::ZERO));
    let world = World::new(Parts { clock, ids, store, vault, settings });
    offset::follow(&world).await.context("cannot read where the clock stands")?;
    demo::seed(&world).await.context("cannot seed the demo world")?;

    let server = Server::new(world, None);
    let beside = match options.no_inbox {
        true => None,
        false => {
            let url = format!("http://{}", listener.local_addr()?);
            Some(inbox::demo::beside(&server, &options.place, &url, options.inbox_demo).await?)
        }
    };
    let has_inbox = beside.is_some();
    let pages: &[Face] = if has_inbox { &[faces::PHONE, faces::INBOX] } else { &[faces::PHONE] };
    let ready = |url: &str| {
        if options.json {
            return say(ready::line(url, has_inbox.then(|| inbox::demo::told(url)).as_ref()));
        }
        tell(ready::words(url, &if has_inbox { inbox::demo::log_ins(url) } else { String::new() }));
        Ok(())
    };
    Node { server, listener, emulator: Some(faces::router(pages)), beside }.run(told, ready).await
}
