//! `parlance serve`: the platform without the emulator, put together.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::{Context, bail};
use engine::World;
use engine::clock::SystemClock;
use engine::demo;
use engine::world::Parts;
use server::Server;
use tokio::net::TcpListener;

use crate::args::Serve;
use crate::home::Home;
use crate::inbox;
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
    let (beside, opened) = match options.inbox {
        true => {
            let (beside, opened) = inbox::served(&options, &itself(listener.local_addr()?)).await?;
            (Some(beside), Some(opened))
        }
        false => (None, None),
    };
    let ready = |url: &str| {
        if options.json {
            return say(ready::serving_line(url, opened.as_ref()));
        }
        tell(ready::serving_words(url, has_apps, opened.as_ref()));
        Ok(())
    };
    Node { server: Server::new(world, options.public_url.clone()), listener, emulator: None, beside }
        .run(told, ready)
        .await
}

/// How a process reaches what it listens on itself.
fn itself(mut address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    format!("http://{address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_everywhere_reaches_itself_on_loopback() {
        for (address, url) in [
            ("0.0.0.0:8700", "http://127.0.0.1:8700"),
            ("[::]:8700", "http://[::1]:8700"),
            ("192.0.2.1:80", "http://192.0.2.1:80"),
        ] {
            assert_eq!(itself(address.parse().unwrap()), url);
        }
    }
}
