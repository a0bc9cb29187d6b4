//! `kill -9` of the inbox at any moment loses no webhook that was answered, applies none twice, and keeps each thread in time
//! order.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use engine::demo;
use futures_util::StreamExt;
use reqwest::Client;
use serde_json::{Value, json};

use super::{scale, told};
use crate::browser::{Browser, client};
use crate::process::{Emulator, Running, parlance};

/// People who write.
const PEOPLE: usize = 50;
/// Webhooks under way at once.
const AT_ONCE: usize = 32;

/// A running `parlance inbox`.
struct Desk {
    process: Running,
    ready: Value,
    url: String,
}

impl Desk {
    fn start(data: &Path, graph: &str) -> Self {
        let mut command: Command = parlance();
        command.args(["inbox", "--json", "--listen", "127.0.0.1:0", "--graph", graph, "--data"]).arg(data);
        let mut process = Running::start(&mut command);
        let line = process.line();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?} is not ready: {error}"));
        let url = ready["inbox"].as_str().unwrap().trim_end_matches("/inbox").to_owned();
        Self { process, ready, url }
    }
}

/// A browser of the desk's owner, who comes in by the link of the first start.
async fn owner_of(desk: &Desk) -> Browser {
    let link = desk.ready["owner_link"].as_str().unwrap();
    Browser::join(&desk.url, link, "olga@desk.test", "correct horse battery").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill9_inbox() {
    let (events, kills) = (scale(1_000, 10_000), scale(5, 50));
    let (platform, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let emulator = Emulator::start(platform.path(), &[]);
    let mut desk = Desk::start(data.path(), &emulator.url);
    let (client, owner) = (client(), owner_of(&desk).await);
    let new = json!({"token": demo::PAGE_TOKEN, "app_secret": demo::SECRET});
    let connected = owner.post(&desk.url, "/connections", &new).await;
    let path = connected["callback_path"].as_str().unwrap_or_else(|| panic!("{connected}")).to_owned();

    // A tenth comes twice, and all in no order.
    let mut queue: Vec<usize> = (0..events).chain((0..events).step_by(10)).collect();
    let length = queue.len();
    queue.sort_by_key(|event| (event * 7919) % length);
    let (mut rounds, mut again) = (0, 0);
    while !queue.is_empty() {
        let round: Vec<usize> = queue.drain(..queue.len().min(length / kills + 1)).collect();
        let deliveries = futures_util::stream::iter(round).map(|event| deliver(&client, &desk.url, &path, event));
        let mut answers = deliveries.buffer_unordered(AT_ONCE);
        let mut answered = 0;
        while let Some((event, taken)) = answers.next().await {
            if !taken {
                queue.push(event);
                again += 1;
            }
            answered += 1;
            if answered == AT_ONCE / 2 && rounds < kills {
                rig::process::kill(desk.process.id()).unwrap();
                rounds += 1;
            }
        }
        drop(answers);
        if rounds <= kills && !desk.process.is_alive() {
            desk = Desk::start(data.path(), &emulator.url);
        }
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let whole = async || {
        let page = owner.get(&desk.url, "/conversations?limit=100").await;
        let items = page["items"].as_array().cloned().unwrap_or_default();
        // What the demo world's people wrote before is imported meanwhile, and is not counted.
        let ours = |one: &&Value| one["customer"].as_str().is_some_and(|id| id.len() == 4);
        let unread: u64 = items.iter().filter(ours).filter_map(|one| one["unread"].as_u64()).sum();
        (items, usize::try_from(unread).unwrap())
    };
    while whole().await.1 < events {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await; // sleep: between two looks at another process
    }
    for conversation in whole().await.0 {
        let (mut before, mut newest) = (String::new(), i64::MAX);
        loop {
            let id = conversation["id"].as_str().unwrap();
            let thread = owner.get(&desk.url, &format!("/conversations/{id}?limit=100{before}")).await;
            for message in thread["messages"].as_array().unwrap().iter().rev() {
                let time = message["sent_time"].as_i64().unwrap();
                assert!(time <= newest, "a thread is out of order");
                newest = time;
                *seen.entry(message["mid"].as_str().unwrap().to_owned()).or_default() += 1;
            }
            let Some(older) = thread["older"].as_str() else { break };
            before = format!("&before={older}");
        }
    }
    let ours: Vec<_> = seen.iter().filter(|(mid, _)| mid.starts_with('m')).collect();
    assert_eq!(ours.len(), events);
    assert!(ours.iter().all(|(_, times)| **times == 1));
    assert!(rounds >= kills.min(3), "{rounds} kills");
    told(
        "kill9_inbox",
        &format!("{rounds} times kill -9 of the inbox amid {length} webhooks"),
        &format!("{events} events stored once, each thread in time order; {again} webhooks came again"),
    );
}

/// Brings an event as the platform would; whether it was taken.
async fn deliver(client: &Client, url: &str, path: &str, event: usize) -> (usize, bool) {
    let start = 1_795_000_000_000_i64 + i64::try_from(event).unwrap();
    let account = demo::ACCOUNT.to_string();
    let body = json!({"object": "instagram", "entry": [{"id": account, "time": start, "messaging": [{
        "sender": {"id": (9000 + event % PEOPLE).to_string()}, "recipient": {"id": account}, "timestamp": start,
        "message": {"mid": format!("m{event}"), "text": format!("number {event}")}}]}]})
    .to_string();
    let signature = wire::signature::sha256_header(demo::SECRET.as_bytes(), body.as_bytes());
    let request = client.post(format!("{url}{path}")).header("x-hub-signature-256", signature).body(body);
    (event, request.send().await.is_ok_and(|answer| answer.status() == 200))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_answers_people_of_a_platform_in_another_process() {
    let (platform, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let emulator = Emulator::start(platform.path(), &[]);
    let web = crate::web::Web::new(&emulator.url);
    let desk = Desk::start(data.path(), &emulator.url);
    let owner = owner_of(&desk).await;
    let new =
        json!({"token": demo::PAGE_TOKEN, "app_secret": demo::SECRET, "app_id": demo::APP, "public_url": desk.url});
    let connected = owner.post(&desk.url, "/connections", &new).await;
    assert_eq!(connected["subscribed"], true, "{connected}");
    let written = json!({"to": demo::USERNAME, "text": "Is it warm?"});
    web.post("/_parlance/people/lucia_m/messages", &written).await;
    let thread = loop {
        let page = owner.get(&desk.url, "/conversations").await;
        let lucia = page["items"]
            .as_array()
            .and_then(|items| items.iter().find(|one| one["profile"]["username"] == "lucia_m").cloned());
        if let Some(lucia) = lucia {
            break lucia;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await; // sleep: between two looks at another process
    };
    let id = thread["id"].as_str().unwrap();
    let messages = owner.get(&desk.url, &format!("/conversations/{id}")).await["messages"].clone();
    let mid = messages.as_array().unwrap().last().unwrap()["mid"].clone();
    let reply = json!({"client_key": "k", "last_seen": mid, "body": {"kind": "text", "text": "Very."}});
    let sent = owner.post(&desk.url, &format!("/conversations/{id}/replies"), &reply).await;
    assert_eq!(sent["state"], "queued", "{sent}");
    loop {
        let looks = web.get(&format!("/_parlance/people/lucia_m/messages?with={}", demo::USERNAME)).await;
        if looks["data"][0]["text"] == "Very." {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await; // sleep: between two looks at another process
    }
    rig::process::terminate(desk.process.id()).unwrap();
    assert!(desk.process.wait().success());
    assert!(emulator.terminate().0.success());
}
