//! Ports to listen on that stay ours while nobody listens.

use std::net::{Ipv4Addr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// Below the range from which Linux takes the ports of outgoing connections. In that range the port of a server that is
/// down could be taken by any client, even by the very one that tries to connect to it.
const FIRST: u32 = 20_000;
const COUNT: u32 = 12_000;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A port of 127.0.0.1 that is free now. Processes begin at different places and each goes on from where it was, so that
/// two seldom get the same one; who listens must still be ready to ask again.
pub fn port() -> u16 {
    (0..COUNT)
        .map(|_| NEXT.fetch_add(1, Ordering::Relaxed))
        .map(|turn| FIRST + process::id().wrapping_mul(37).wrapping_add(turn) % COUNT)
        .filter_map(|port| u16::try_from(port).ok())
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("one of thousands of ports is free")
}
