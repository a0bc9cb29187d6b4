//! The primary dies and its synchronous standby takes over: Parlance finds it by itself, and nothing acknowledged is lost.

use std::time::Duration;

use rig::postgres::{Cluster, Options};

use super::postgres::{first_success, longest_within};
use super::{NO_LIMIT, assert_sound, scale, told, words};
use crate::load::{Habit, Nodes, now, some};
use crate::process::Emulator;
use crate::site::{Findings, Site, catch_up};
use crate::web::Web;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failover() {
    let rounds = scale(1, 10);
    let (mut all, mut longest, mut slowest) = (Findings::default(), Duration::ZERO, Duration::ZERO);
    for round in 0..rounds {
        let (findings, bound, back) = once(round).await;
        all += findings;
        longest = longest.max(bound);
        slowest = slowest.max(back);
    }
    assert!(slowest < Duration::from_secs(5), "the first success came {slowest:?} after the promotion");
    let figures = format!(
        "longest answer {}; first success at most {} after the promotion; {}",
        words(longest),
        words(slowest),
        all.words()
    );
    let done = format!("{rounds} times kill -9 of the primary under load, its synchronous standby promoted");
    told("failover", &done, &figures);
}

/// What was found, the longest answer, and the time from the promotion to the first success.
async fn once(round: usize) -> (Findings, Duration, Duration) {
    let mut primary = Cluster::start(Options { durable: true, ..Options::default() }).unwrap();
    let url = primary.create_database().unwrap();
    let standby = primary.standby().unwrap();
    primary.wait_for(&standby).unwrap();
    let both = format!("{},{}", primary.address(), standby.address());
    let url = url.replace(&primary.address().to_string(), &both) + "?target_session_attrs=read-write";
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start_on(&url, folder.path(), &[NO_LIMIT]);
    let web = Web::new(&emulator.url);
    let mut site = Site::open(&web).await;

    let mut load = site.load(&Nodes::new(&[&web]), Habit::Faithful);
    load.answered(10 * some(round)).await;
    let down = now();
    primary.kill().unwrap();
    load.refused(16).await;
    standby.promote().unwrap();
    let up = now();
    load.answered(100).await;
    let calls = site.stop(load).await;
    // What was being delivered then is leased still.
    catch_up(&web, "1h").await;
    let findings = site.finish(&web).await;
    assert!(emulator.terminate().0.success());
    assert_sound(&url);
    (findings, longest_within(&calls, down, up), first_success(&calls, up))
}
