//! PostgreSQL is killed and started again: every call in between is answered, soon and with an error that passes, and
//! Parlance goes on by itself when the database is back.

use std::time::{Duration, Instant};

use rig::postgres::{Cluster, Options};

use super::{NO_LIMIT, assert_sound, scale, told, words};
use crate::load::{Call, End, Habit, Nodes, now, some};
use crate::process::Emulator;
use crate::site::{Site, assert_reads_pass, catch_up};
use crate::web::Web;

/// The longest time-out, and room for a machine that is busy.
const BOUND: Duration = Duration::from_secs(7);
/// How soon the first call must succeed when the database is back.
const BACK: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_killed() {
    let mut cluster = Cluster::start(Options { durable: true, ..Options::default() }).unwrap();
    let (folder, database) = (tempfile::tempdir().unwrap(), cluster.create_database().unwrap());
    let emulator = Emulator::start_on(&database, folder.path(), &[NO_LIMIT]);
    let web = Web::new(&emulator.url);
    let mut site = Site::open(&web).await;
    let (mut longest, mut slowest, mut refused) = (Duration::ZERO, Duration::ZERO, 0);
    let rounds = scale(2, 10);
    for round in 0..rounds {
        let mut load = site.load(&Nodes::new(&[&web]), Habit::Faithful);
        load.answered(20 * some(round)).await;
        let down = now();
        cluster.kill().unwrap();
        // Each writer twice: what was under way when it was killed, and what came after.
        load.refused(2 * scale(16, 200)).await;
        assert_reads_pass(&web).await;
        cluster.restart().unwrap();
        let up = now();
        load.answered(20).await;
        let calls = site.stop(load).await;
        site.look(&web).await;
        longest = longest.max(longest_within(&calls, down, up));
        slowest = slowest.max(first_success(&calls, up));
        refused += calls.iter().filter(|call| call.end == End::Refused).count();
        assert!(calls.iter().all(|call| matches!(call.end, End::Done | End::Refused)), "every call has an answer");
    }
    assert!(longest < BOUND, "a call took {longest:?} while the database was away");
    assert!(slowest < BACK, "the first success came {slowest:?} after the database was back");
    // What was being delivered then is leased still.
    catch_up(&web, "1h").await;
    let findings = site.finish(&web).await;
    assert!(emulator.terminate().0.success());
    assert_sound(&database);
    let figures = format!(
        "{refused} calls refused with code 2, the longest after {}; first success at most {} after the database was back; {}",
        words(longest),
        words(slowest),
        findings.words()
    );
    told("postgres_killed", &format!("{rounds} times kill -9 of PostgreSQL under load, then its restart"), &figures);
}

/// How long the longest of the calls took that were under way between the two.
pub fn longest_within(calls: &[Call], from: Instant, to: Instant) -> Duration {
    let within = calls.iter().filter(|call| call.ended > from && call.began < to);
    within.map(|call| call.ended.duration_since(call.began)).max().unwrap_or_default()
}

/// How long after a moment the first call succeeded.
pub fn first_success(calls: &[Call], after: Instant) -> Duration {
    let ended = calls.iter().filter(|call| call.end == End::Done && call.ended > after).map(|call| call.ended).min();
    ended.expect("calls succeed again").duration_since(after)
}
