//! The network between Parlance and its database is slow, hangs, or is cut.

use std::net::SocketAddr;
use std::time::Duration;

use rig::postgres::database;
use rig::proxy::Proxy;

use super::postgres::{first_success, longest_within};
use super::{NO_LIMIT, assert_sound, scale, told, words};
use crate::load::{Call, End, Habit, Nodes, now};
use crate::process::Emulator;
use crate::site::{Site, assert_reads_pass, catch_up};
use crate::web::Web;

/// On the way there, and on the way back.
const LATENCY: Duration = Duration::from_millis(20);
/// The longest time-out, and room for a machine that is busy.
const BOUND: Duration = Duration::from_secs(7);
/// How soon the first call must succeed when the network is back.
const BACK: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn network() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let target = address(&database.url);
    let proxy = Proxy::start(target).await.unwrap();
    let through = database.url.replace(&target.to_string(), &proxy.address().to_string());
    let emulator = Emulator::start_on(&through, folder.path(), &[NO_LIMIT]);
    let web = Web::new(&emulator.url);
    let mut site = Site::open(&web).await;
    let nodes = Nodes::new(&[&web]);

    proxy.delay(LATENCY);
    let mut load = site.load(&nodes, Habit::Faithful);
    load.answered(scale(100, 2_000)).await;
    let slow = site.stop(load).await;
    proxy.delay(Duration::ZERO);
    assert!(slow.iter().all(|call| call.end == End::Done), "a slow network is no failure");
    let (half, most) = (percentile(&slow, 50), percentile(&slow, 99));

    let (mut longest, mut back) = (Duration::ZERO, Duration::ZERO);
    let rounds = scale(1, 5);
    for round in 0..2 * rounds {
        let mut load = site.load(&nodes, Habit::Faithful);
        load.answered(50).await;
        let down = now();
        if round % 2 == 0 {
            proxy.hang().await.unwrap()
        } else {
            proxy.cut().await
        }
        // Each writer, and reads beside them.
        load.refused(16 * scale(1, 3)).await;
        assert_reads_pass(&web).await;
        proxy.heal().await.unwrap();
        let up = now();
        load.answered(50).await;
        let calls = site.stop(load).await;
        longest = longest.max(longest_within(&calls, down, up));
        back = back.max(first_success(&calls, up));
        assert!(calls.iter().all(|call| matches!(call.end, End::Done | End::Refused)), "every call has an answer");
    }
    assert!(longest < BOUND, "a call took {longest:?} while the network was away");
    assert!(back < BACK, "the first success came {back:?} after the network was back");
    // What was being delivered then is leased still.
    catch_up(&web, "1h").await;
    let findings = site.finish(&web).await;
    assert!(emulator.terminate().0.success());
    assert_sound(&database.url);
    let done =
        format!("{} ms there and back again, then {rounds} times hanging and cut under load", LATENCY.as_millis());
    let figures = format!(
        "p50 {} and p99 {} on the slow network; longest answer {}; first success at most {} after the network was back; {}",
        words(half),
        words(most),
        words(longest),
        words(back),
        findings.words()
    );
    told("network", &done, &figures);
}

/// Where a database listens.
fn address(url: &str) -> SocketAddr {
    let (_, rest) = url.rsplit_once('@').expect("the URL has a user");
    let address = rest.split('/').next().unwrap_or_default();
    address.parse().expect("the URL has an address and a port")
}

/// How long the calls took, at this share of a hundred.
fn percentile(calls: &[Call], share: usize) -> Duration {
    let mut times: Vec<Duration> = calls.iter().map(|call| call.ended.duration_since(call.began)).collect();
    times.sort();
    times[(times.len() - 1) * share / 100]
}
