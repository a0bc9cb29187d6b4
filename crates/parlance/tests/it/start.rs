//! Starting, stopping, and what lies in the data folder.

use std::fs;
use std::path::Path;

use engine::demo;
use serde_json::{Value, json};
use testkit::Receiver;
use wire::time::{Millis, Span};

use crate::process::{Emulator, Running, dev, refused};
use crate::web::{Web, subscribe};

#[test]
fn the_ready_line_comes_first_and_alone_and_keeps_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let line = emulator.ready.clone();
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&line),
        ["ready", "graph", "phone", "console", "inbox", "app", "page", "account", "people", "media"]
    );
    assert_eq!(names(&line["app"]), ["id", "secret", "token", "instagram_app_id", "instagram_secret"]);
    assert_eq!(names(&line["page"]), ["id", "token"]);
    assert_eq!(names(&line["account"]), ["id", "username", "token"]);
    assert_eq!(names(&line["people"][0]), ["username", "id"]);
    assert_eq!(names(&line["media"][0]), ["id", "comments"]);
    assert_eq!((&line["ready"], &line["inbox"]), (&json!(true), &Value::Null));
    assert!(emulator.url.starts_with("http://127.0.0.1:") && !emulator.url.ends_with(":0"), "{}", emulator.url);
    let (status, rest) = emulator.terminate();
    assert!(status.success(), "told to stop at once, it ended with {status}");
    assert_eq!(rest, "", "nothing but the ready line is printed");
}

#[test]
fn a_second_process_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = Emulator::start(folder.path(), &[]);
    let complaint = refused(&mut dev(folder.path(), "127.0.0.1:0"));
    assert!(complaint.contains("another process"), "{complaint}");
    assert_eq!(complaint.trim_end().lines().count(), 1, "one sentence: {complaint}");
    first.kill();
    assert_eq!(Emulator::start(folder.path(), &[]).ready["ready"], true, "a killed process leaves no lock behind");
}

#[test]
fn a_folder_that_lost_its_key_is_refused_rather_than_given_another() {
    let folder = tempfile::tempdir().unwrap();
    Emulator::start(folder.path(), &[]).terminate();
    let key = fs::read(folder.path().join("key")).unwrap();
    fs::remove_file(folder.path().join("key")).unwrap();
    let complaint = refused(&mut dev(folder.path(), "127.0.0.1:0"));
    assert!(complaint.contains("restore it from a backup"), "{complaint}");
    fs::write(folder.path().join("key"), key).unwrap();
    assert_eq!(Emulator::start(folder.path(), &[]).ready["ready"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_start_that_is_killed_leaves_nothing_by_half() {
    for file in ["parlance.db.lock", "parlance.db", "parlance.db-wal", "key.new", "key"] {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Running::start(&mut dev(folder.path(), "127.0.0.1:0"));
        // Some of them are there for a moment only, and the key comes last.
        while first.is_alive() && !folder.path().join(file).exists() && !folder.path().join("key").exists() {
            std::thread::yield_now();
        }
        drop(first);
        let emulator = Emulator::start(folder.path(), &[]);
        let thread = Web::new(&emulator.url).get(&thread()).await;
        assert_eq!(
            thread["data"].as_array().unwrap().len(),
            3,
            "killed at {file}, the demo world is whole and there once"
        );
    }
}

#[test]
fn only_loopback_is_listened_on_and_a_wrong_start_leaves_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for listen in ["0.0.0.0:0", "192.0.2.1:8700", "[::]:0"] {
        let complaint = refused(&mut dev(&data, listen));
        assert!(complaint.contains("loopback"), "{listen}: {complaint}");
    }
    for (setting, why) in [("nope=1", "nope"), ("send_per_second=many", "send_per_second"), ("x", "name=value")] {
        let complaint = refused(dev(&data, "127.0.0.1:0").args(["--set", setting]));
        assert!(complaint.contains(why), "{setting}: {complaint}");
    }
    assert!(!data.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_ends_it_cleanly_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let written = write(&Web::new(&emulator.url), "before the stop").await;
    let (status, rest) = emulator.terminate();
    assert!(status.success(), "it ended with {status}");
    assert_eq!(rest, "");

    let emulator = Emulator::start(folder.path(), &[]);
    let thread = Web::new(&emulator.url).get(&thread()).await;
    assert_eq!(thread["data"][0]["id"], written);
    assert_eq!(thread["data"][0]["text"], "before the stop");
    assert_eq!(thread["data"].as_array().unwrap().len(), 4, "the demo world is seeded once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_is_read_does_not_keep_it_from_stopping() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let stream = Web::new(&emulator.url).open("/_parlance/events/stream?after=0").await;
    assert!(emulator.terminate().0.success());
    assert!(stream.text().await.is_ok(), "the stream is ended, not cut off");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moved_clock_is_still_ahead_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let web = Web::new(&emulator.url);
    let before = now(&web.get("/_parlance/clock").await);
    let moved = now(&web.post("/_parlance/clock", &json!({"advance": "25h"})).await);
    assert!(moved >= before.plus(Span::hours(25)));
    // Killed, not stopped: what was answered is kept.
    emulator.kill();

    let emulator = Emulator::start(folder.path(), &[]);
    let after = now(&Web::new(&emulator.url).get("/_parlance/clock").await);
    assert!(after >= moved && after < moved.plus(Span::hours(1)), "{} then {}", moved.rfc3339(), after.rfc3339());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_data_folder_holds_no_token_and_no_secret_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let web = Web::new(&emulator.url);
    subscribe(&emulator.url, &Receiver::start(demo::SECRET).await).await;
    write(&web, "a text that stands there").await;
    web.get("/v25.0/me").await;
    // Once with the write-ahead log as it is, once with everything moved into the database.
    emulator.kill();
    let while_running = contents(folder.path());
    assert!(Emulator::start(folder.path(), &[]).terminate().0.success());
    for found in [while_running, contents(folder.path())] {
        assert!(holds(&found, "a text that stands there"), "the scan sees what is stored");
        for secret in [demo::SECRET, demo::INSTAGRAM_SECRET, demo::PAGE_TOKEN, demo::ACCOUNT_TOKEN] {
            assert!(!holds(&found, secret), "{secret} is stored in clear");
        }
    }
}

async fn write(web: &Web, text: &str) -> Value {
    let answer = web.post("/_parlance/people/mira.paints/messages", &json!({"to": demo::USERNAME, "text": text})).await;
    answer["message_id"].clone()
}

fn thread() -> String {
    format!("/_parlance/people/mira.paints/messages?with={}", demo::USERNAME)
}

fn now(answer: &Value) -> Millis {
    Millis::parse_rfc3339(answer["now"].as_str().unwrap()).unwrap()
}

fn contents(folder: &Path) -> Vec<Vec<u8>> {
    fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

fn holds(files: &[Vec<u8>], needle: &str) -> bool {
    files.iter().any(|file| file.windows(needle.len()).any(|window| window == needle.as_bytes()))
}
