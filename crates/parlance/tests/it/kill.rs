//! `kill -9` at any moment loses nothing that was answered and writes nothing by half.

use engine::demo;
use serde_json::{Value, json};
use testkit::{Received, Receiver};

use crate::audit::{Audit, deliveries, first_arrivals, same};
use crate::load::{Side, Writer, until_killed};
use crate::process::Emulator;
use crate::web::{Web, subscribe};

const ROUNDS: u64 = 50;
/// No limit may slow the load down.
const SETTINGS: [&str; 1] = ["send_per_second=0"];
/// People beside those of the demo world.
const NEWCOMERS: [&str; 2] = ["new.one", "new.two"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_by_fifty_kills() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(demo::SECRET).await;
    let mut elements: Vec<Value> = Vec::new();
    let (mut writers, mut audit, mut untold) = (Vec::new(), Audit::default(), 0);
    for round in 0..ROUNDS {
        let emulator = Emulator::start(folder.path(), &SETTINGS);
        let web = Web::new(&emulator.url);
        untold += deliveries(&web, "&state=pending").await;
        if round == 0 {
            audit = Audit::begin(&web).await;
            subscribe(&emulator.url, &receiver).await;
            writers = everybody(&web).await;
        } else if round % 2 == 0 {
            // Past the leases of the worker that was killed.
            catch_up(&web, "31s").await;
        }
        audit.look(&web, &writers).await;
        for writer in writers.iter_mut().filter(|writer| writer.side == Side::Person) {
            assert!(writer.write(&web).await, "nobody was killed yet");
        }
        writers = until_killed(&web, writers, some(round), || emulator.kill()).await;
        elements.extend(receiver.take().iter().map(Received::element));
    }

    let emulator = Emulator::start(folder.path(), &SETTINGS);
    let web = Web::new(&emulator.url);
    catch_up(&web, "1h").await;
    let threads = audit.look(&web, &writers).await;
    elements.extend(receiver.take().iter().map(Received::element));
    let told = first_arrivals(&elements);
    for (igsid, thread) in &threads {
        same(told.get(igsid).map_or(&[], Vec::as_slice), thread, &format!("what the app was told of {igsid}"));
    }
    assert_eq!(deliveries(&web, "&state=delivered").await, threads.values().map(Vec::len).sum::<usize>());
    let cut_off: usize = writers.iter().map(|writer| writer.unanswered.len()).sum();
    assert!(cut_off >= 50 && untold >= 50, "kills came amid {cut_off} requests and {untold} deliveries");
    assert!(emulator.terminate().0.success());
}

/// Between 1 and 40, the same for the same round.
pub fn some(round: u64) -> usize {
    let mixed = (round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    1 + usize::try_from((mixed >> 32) % 40).expect("a small number")
}

/// Moves the clock; whatever is due on the way runs, and nothing stays behind.
pub async fn catch_up(web: &Web, span: &str) {
    web.post("/_parlance/clock", &json!({"advance": span})).await;
    assert_eq!(deliveries(web, "&state=pending").await, 0, "something is pending still");
}

/// Both sides of a thread with each person. Everybody writes once, which makes the threads and opens their windows.
pub async fn everybody(web: &Web) -> Vec<Writer> {
    for username in NEWCOMERS {
        web.post("/_parlance/people", &json!({"username": username})).await;
    }
    let mut writers = Vec::new();
    for username in demo::people().map(|(username, _)| username).chain(NEWCOMERS) {
        let blank = Writer {
            side: Side::Person,
            username: username.to_owned(),
            igsid: String::new(),
            answered: Vec::new(),
            unanswered: Vec::new(),
        };
        let mut business = Writer { side: Side::Business, ..blank.clone() };
        let mut person = blank;
        assert!(person.write(web).await, "nobody was killed yet");
        let people = web.get("/_parlance/people").await;
        let found = people["data"].as_array().into_iter().flatten().find(|found| found["username"] == username);
        let igsid = found.and_then(|found| found["igsids"][demo::USERNAME].as_str()).expect("who wrote is known");
        igsid.clone_into(&mut person.igsid);
        igsid.clone_into(&mut business.igsid);
        writers.extend([person, business]);
    }
    writers
}
