//! Two nodes on one database are one platform: what one accepts the other one streams, and limits and the clock are shared.

use std::time::{Duration, Instant};

use engine::demo;
use rig::postgres::database;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use wire::time::{Millis, Span};

use super::{scale, told, words};
use crate::load::now;
use crate::process::Emulator;
use crate::site::everybody;
use crate::web::{Outcome, Web};

/// Sends in a second, over both nodes.
const ALLOWED: usize = 20;
/// Seconds of the clock in which both nodes send as much as they can.
const SECONDS: i64 = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_share() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let settings = [format!("send_per_second={ALLOWED}")];
    let settings = settings.each_ref().map(String::as_str);
    let nodes = [(); 2].map(|()| Emulator::start_on(&database.url, folder.path(), &settings));
    let webs = nodes.each_ref().map(|node| Web::new(&node.url));
    let people = everybody(&webs[0]).await;

    let mut latencies = latencies(&webs, scale(200, 1_000)).await;
    latencies.sort();
    let of = |share: usize| latencies[(latencies.len() - 1) * share / 100];
    assert!(of(50) < Duration::from_millis(100), "median {:?}", of(50));

    let standing = sent(&webs, &people[0].igsid).await;
    let moved = now();
    webs[0].post("/_parlance/clock", &json!({"advance": "20h"})).await;
    let target = clock(&webs[0]).await;
    while clock(&webs[1]).await < target {
        assert!(moved.elapsed() < Duration::from_secs(10), "the other node's clock stays");
        tokio::time::sleep(Duration::from_millis(5)).await; // sleep: between two looks at another process
    }
    let heard = moved.elapsed();
    let after = sent(&webs, &people[0].igsid).await;

    for node in nodes {
        assert!(node.terminate().0.success());
    }
    let done = format!(
        "{} messages to one node, a live stream on the other; sends to both as fast as they go",
        latencies.len()
    );
    let figures = format!(
        "from the call to the stream p50 {} and p99 {}; at {ALLOWED} a second {} sends in {} seconds of the clock, \
         and {} in {} after it was moved; the move heard after {}",
        words(of(50)),
        words(of(99)),
        standing.0,
        standing.1,
        after.0,
        after.1,
        words(heard)
    );
    told("two_nodes_share", &done, &figures);
}

/// From each call of the first node to the arrival on a stream of the second one, which is more than from the answer.
async fn latencies(webs: &[Web; 2], count: usize) -> Vec<Duration> {
    let (person, _) = demo::people().next().expect("the demo world has people");
    let mut arrivals = arrivals(&webs[1]).await;
    let mut latencies = Vec::new();
    for turn in 0..count {
        let body = json!({"to": demo::USERNAME, "text": format!("to be streamed {turn}")});
        let called = now();
        let answer = webs[0].post(&format!("/_parlance/people/{person}/messages"), &body).await;
        let arrived = tokio::time::timeout(Duration::from_secs(10), arrivals.recv()).await;
        let (id, arrived) = arrived.expect("it arrives").expect("the stream goes on");
        assert_eq!(answer["message_id"], id, "each comes once and in order");
        latencies.push(arrived.duration_since(called));
    }
    latencies
}

/// The ids of messages as they come on a live stream, with the time of their arrival.
async fn arrivals(web: &Web) -> mpsc::Receiver<(Value, Instant)> {
    let mut stream = web.open("/_parlance/events/stream").await;
    let (sender, receiver) = mpsc::channel(64);
    tokio::spawn(async move {
        let mut text = String::new();
        while let Ok(Some(bytes)) = stream.chunk().await {
            text.push_str(std::str::from_utf8(&bytes).expect("entries are ASCII"));
            while let Some((event, rest)) = text.split_once("\n\n") {
                if let Some(data) = event.lines().find_map(|line| line.strip_prefix("data:")) {
                    let data: Value = serde_json::from_str(data).expect("an entry is JSON");
                    // Nobody listens once the test is over.
                    let _ = sender.send((data["message_id"].clone(), now())).await;
                }
                text = rest.to_owned();
            }
        }
    });
    receiver
}

/// Sends as fast as both nodes let us, for some seconds of the clock: how many succeeded, and in how many of its seconds.
async fn sent(webs: &[Web; 2], igsid: &str) -> (usize, usize) {
    let begin = clock(&webs[0]).await;
    let end = begin.plus(Span::seconds(SECONDS));
    let mut tasks = JoinSet::new();
    for turn in 0..8 {
        let (web, igsid) = (webs[turn % 2].clone(), igsid.to_owned());
        tasks.spawn(async move {
            let mut sent = 0;
            while clock(&web).await < end {
                let body = json!({"recipient": {"id": igsid}, "message": {"text": "as fast as it goes"}});
                match web.try_post("/v25.0/me/messages", &body).await {
                    Outcome::Done(_) => sent += 1,
                    Outcome::Refused(400, body) if body["error"]["code"] == 613 => {}
                    other => panic!("{other:?}"),
                }
            }
            sent
        });
    }
    let sent: usize = tasks.join_all().await.into_iter().sum();
    let second = |time: Millis| time.get().div_euclid(1_000);
    let seconds = second(clock(&webs[0]).await) - second(begin) + 1;
    let seconds = usize::try_from(seconds).expect("the clock goes forward");
    assert!(sent <= ALLOWED * seconds, "{sent} sends in {seconds} seconds");
    assert!(2 * sent >= ALLOWED * (seconds - 2), "only {sent} sends in {seconds} seconds");
    (sent, seconds)
}

async fn clock(web: &Web) -> Millis {
    let now = web.get("/_parlance/clock").await;
    Millis::parse_rfc3339(now["now"].as_str().expect("a time")).expect("RFC 3339")
}
