//! One of two nodes stands still for longer than its leases and goes on: the other one works meanwhile, and whatever the
//! paused one held comes out right.

use std::time::{Duration, Instant};

use rig::postgres::database;
use rig::process;

use super::{NO_LIMIT, assert_sound, scale, told, words};
use crate::load::{Call, End, Habit, Nodes, now};
use crate::process::Emulator;
use crate::site::Site;
use crate::web::Web;

/// Deliveries that one node has under way for one app, each of which may come twice when it is paused.
const UNDER_WAY: usize = 32;
/// The server ends a session that stands still in a transaction after ten seconds; what waited for its locks goes on then.
const LOCKED: Duration = Duration::from_secs(12);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paused_node() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let short = [NO_LIMIT, "delivery_lease_ms=3000", "webhook_timeout_ms=1500"];
    let start = || Emulator::start_on(&database.url, folder.path(), scale(&short, &short[..1]));
    let nodes = [start(), start()];
    let webs = [Web::new(&nodes[0].url), Web::new(&nodes[1].url)];
    let mut site = Site::open(&webs[0]).await;
    let (mut gap, mut times) = (Duration::ZERO, 0);
    let pause = scale(Duration::from_secs(5), Duration::from_secs(60));
    for round in 0..scale(1, 3) {
        let mut load = site.load(&Nodes::new(&[&webs[0], &webs[1]]), Habit::Faithful);
        load.answered(100 + 7 * round).await;
        process::pause(nodes[1].id()).unwrap();
        let paused = now();
        load.answered(200).await;
        tokio::time::sleep(pause.saturating_sub(paused.elapsed())).await; // sleep: the pause is what is tested
        process::resume(nodes[1].id()).unwrap();
        let resumed = now();
        let before = load.tally().done_by_second;
        load.until(|tally| tally.done_by_second >= before + 20).await;
        load.answered(100).await;
        let calls = site.stop(load).await;
        gap = gap.max(longest_gap(&calls, paused, resumed));
        times += 1;
    }
    assert!(gap < LOCKED, "the other node did nothing for {gap:?}");
    let findings = site.finish(&webs[0]).await;
    assert!(findings.doubles <= times * UNDER_WAY, "{} webhooks came again", findings.doubles);
    for node in nodes {
        assert!(node.terminate().0.success());
    }
    assert_sound(&database.url);
    let figures =
        format!("the other node was never without a success for more than {}; {}", words(gap), findings.words());
    told("paused_node", &format!("{times} times one of two nodes paused for {} under load", words(pause)), &figures);
}

/// The longest time between two successes of the first node.
fn longest_gap(calls: &[Call], from: Instant, to: Instant) -> Duration {
    let within = |call: &&Call| call.node == 0 && call.end == End::Done && call.ended > from && call.ended < to;
    let mut ends: Vec<Instant> = calls.iter().filter(within).map(|call| call.ended).chain([from, to]).collect();
    ends.sort();
    ends.windows(2).map(|pair| pair[1].duration_since(pair[0])).max().unwrap_or_default()
}
