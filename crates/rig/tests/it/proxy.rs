//! The proxy between a client and a server that sends back what it gets.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use parlance_rig::proxy::Proxy;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// Time in which nothing must arrive, and less than which a prompt answer takes.
const MOMENT: Duration = Duration::from_millis(150);

/// A server that sends back what it gets. Its tasks end with the test's runtime.
async fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let (mut from, mut to) = stream.split();
                tokio::io::copy(&mut from, &mut to).await
            });
        }
    });
    address
}

async fn between() -> (Proxy, TcpStream) {
    let proxy = Proxy::start(echo().await).await.unwrap();
    let stream = TcpStream::connect(proxy.address()).await.unwrap();
    (proxy, stream)
}

/// Sends a word and reads it back.
async fn round_trip(stream: &mut TcpStream, word: &[u8]) -> std::io::Result<()> {
    stream.write_all(word).await?;
    let mut answer = vec![0; word.len()];
    stream.read_exact(&mut answer).await?;
    assert_eq!(answer, word);
    Ok(())
}

#[tokio::test]
async fn a_good_network_carries_all_bytes_and_the_end() {
    let (proxy, stream) = between().await;
    let bytes: Vec<u8> = (0..5_000_000_u32).map(|n| n.to_le_bytes()[n as usize % 3]).collect();
    let (mut from, mut to) = stream.into_split();
    let writer = tokio::spawn(async move {
        to.write_all(&bytes).await.unwrap();
        to.shutdown().await.unwrap();
        bytes
    });
    let mut echoed = Vec::new();
    from.read_to_end(&mut echoed).await.unwrap();
    assert!(echoed == writer.await.unwrap(), "what came back is what was sent");
    drop(proxy);
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the delay is what is measured")]
async fn a_delay_holds_both_ways_and_is_paid_once_for_bytes_in_a_row() {
    let (proxy, mut stream) = between().await;
    round_trip(&mut stream, b"before").await.unwrap();
    let delay = Duration::from_millis(100);
    proxy.delay(delay);
    let start = Instant::now();
    round_trip(&mut stream, &[7; 500_000]).await.unwrap();
    let took = start.elapsed();
    assert!(took >= 2 * delay, "{took:?}");
    assert!(took < 15 * delay, "thirty chunks wait side by side: {took:?}");
    proxy.delay(Duration::ZERO);
    let start = Instant::now();
    round_trip(&mut stream, b"after").await.unwrap();
    assert!(start.elapsed() < 2 * delay);
}

#[tokio::test]
async fn a_cut_closes_what_is_open_and_refuses_what_is_new() {
    let (proxy, mut stream) = between().await;
    round_trip(&mut stream, b"before").await.unwrap();
    proxy.cut().await;
    let mut byte = [0];
    assert!(stream.read(&mut byte).await.is_ok_and(|length| length == 0), "an end and no answer");
    let refused = TcpStream::connect(proxy.address()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    proxy.cut().await;
    proxy.heal().await.unwrap();
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    round_trip(&mut stream, b"after").await.unwrap();
}

#[tokio::test]
async fn a_network_that_hangs_takes_all_and_brings_nothing_until_it_is_healed() {
    let (proxy, mut old) = between().await;
    round_trip(&mut old, b"before").await.unwrap();
    proxy.hang().await.unwrap();
    let mut new = TcpStream::connect(proxy.address()).await.unwrap();
    for stream in [&mut old, &mut new] {
        stream.write_all(b"word").await.unwrap();
        assert!(timeout(MOMENT, stream.read_u8()).await.is_err(), "nothing arrives, and no end either");
    }
    proxy.heal().await.unwrap();
    for stream in [&mut old, &mut new] {
        let mut word = [0; 4];
        stream.read_exact(&mut word).await.unwrap();
        assert_eq!(&word, b"word");
    }
}

#[tokio::test]
async fn a_server_that_ends_behind_a_hanging_network_is_not_noticed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = Proxy::start(listener.local_addr().unwrap()).await.unwrap();
    let mut client = TcpStream::connect(proxy.address()).await.unwrap();
    let (mut server, _) = listener.accept().await.unwrap();
    client.write_all(b"unread").await.unwrap();
    server.readable().await.unwrap();
    proxy.hang().await.unwrap();
    server.write_all(b"last word").await.unwrap();
    // With bytes unread this resets the connection.
    drop(server);
    assert!(timeout(MOMENT, client.read_u8()).await.is_err(), "neither bytes nor an end");
    proxy.heal().await.unwrap();
    assert!(timeout(10 * MOMENT, client.read_to_end(&mut Vec::new())).await.is_ok(), "now it ends");
}

#[tokio::test]
async fn a_proxy_that_was_dropped_leaves_nothing_open() {
    let (proxy, mut stream) = between().await;
    round_trip(&mut stream, b"before").await.unwrap();
    let address = proxy.address();
    proxy.hang().await.unwrap();
    drop(proxy);
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
    assert!(TcpStream::connect(address).await.is_err());
}
