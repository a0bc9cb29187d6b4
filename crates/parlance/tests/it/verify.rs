//! `parlance verify` on what the emulator delivered and on what people do to it, and `parlance deliveries ID --raw`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use engine::demo;
use testkit::Receiver;
use wire::signature;

use crate::process::{Emulator, parlance, printed, refused};
use crate::web::subscribe;

const BODY: &str = r#"{"object":"instagram","entry":[{"id":"178","time":1764000000500,"messaging":[{"sender":{"id":"9"},"recipient":{"id":"178"},"timestamp":1764000000123,"message":{"mid":"m1","text":"caf\u00e9 a\/b"}}]}]}"#;
const SECRET: &str = "a-secret-that-is-never-shown";

/// `parlance verify` of a file in this folder with these bytes.
fn verify(folder: &Path, file: &str, words: &[&str]) -> Output {
    let path = folder.join("delivery");
    fs::write(&path, file).unwrap();
    parlance().arg("verify").arg(path).args(words).output().unwrap()
}

/// What it says of them, and how it ends; the secret is nowhere.
fn said(folder: &Path, file: &str, words: &[&str]) -> (String, Option<i32>) {
    let output = verify(folder, file, words);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(!said.contains(SECRET), "{said}");
    (said, output.status.code())
}

fn request(body: &str) -> String {
    let (one, two) = (
        signature::sha1_header(SECRET.as_bytes(), BODY.as_bytes()),
        signature::sha256_header(SECRET.as_bytes(), BODY.as_bytes()),
    );
    format!(
        "POST /hook HTTP/1.1\r\nX-Hub-Signature: {one}\r\nX-Hub-Signature-256: {two}\r\nContent-Length: {}\r\n\r\n{body}",
        BODY.len()
    )
}

#[test]
fn signatures_that_hold_are_said_to_hold_and_the_event_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (said, code) = said(folder.path(), &request(BODY), &["--secret", SECRET]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        said,
        "X-Hub-Signature      holds\nX-Hub-Signature-256  holds\n\
         event                message of account 178 from 9 at 2025-11-24T16:00:00.123Z m1\n"
    );
}

#[test]
fn a_body_alone_is_checked_against_signatures_of_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let sha256 = signature::sha256_header(SECRET.as_bytes(), BODY.as_bytes());
    let header = format!("x-hub-signature-256: {sha256}");
    let words = ["--secret", SECRET, "--signature", &sha256, "--header", &header];
    let (said, code) = said(folder.path(), BODY, &words);
    assert_eq!((said.matches("holds").count(), code), (2, Some(0)), "{said}");
}

#[test]
fn what_was_done_on_the_way_is_said_and_the_exit_code_is_1() {
    let folder = tempfile::tempdir().unwrap();
    let value: serde_json::Value = serde_json::from_str(BODY).unwrap();
    for (file, why) in [
        (request(&format!("{BODY}\n")), "a line break at its ends"),
        (request(&format!("{BODY}\n")), "says 200 bytes, and there are 201"),
        (request(&value.to_string()), "escapes were decoded"),
        (request(&BODY.replace(r"\/", "/")), "`\\/` became `/`"),
        (request(&BODY[..90]), "no whole JSON"),
        (request(BODY).replace("sha256=", "sha1="), "the digits are of sha256"),
        (request(BODY).replace("sha256=", "SHA256="), "not in lower case"),
        (request(""), "something read it before"),
    ] {
        let (said, code) = said(folder.path(), &file, &["--secret", SECRET]);
        assert!(said.contains(why) && said.contains("not hold"), "{why}: {said}");
        assert_eq!(code, Some(1), "{said}");
    }
    let (said, code) = said(folder.path(), &request(BODY), &["--secret", "wrong", "--other-secret", SECRET]);
    assert!(said.contains("the app's other secret") && said.contains("of 2 signatures 2 do not hold"), "{said}");
    assert_eq!(code, Some(1));
}

#[test]
fn the_secret_may_stand_in_the_environment_and_the_delivery_in_standard_input() {
    let mut command = parlance();
    command.args(["verify", "-"]).env("PARLANCE_APP_SECRET", SECRET).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(request(BODY).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap().matches("holds").count(), 2);
}

#[test]
fn what_cannot_be_checked_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let run = |file: &str, words: &[&str]| {
        let path = folder.path().join("delivery");
        fs::write(&path, file).unwrap();
        refused(parlance().arg("verify").arg(path).args(words))
    };
    for (file, words, why) in [
        (BODY, &["--secret", SECRET][..], "no signature"),
        ("hello", &["--secret", SECRET], "neither JSON nor an HTTP request"),
        (BODY, &["--signature", "sha256=aa"], "--secret"),
        (BODY, &["--secret", "", "--signature", "sha256=aa"], "empty"),
        (BODY, &["--secret", SECRET, "--header", "Host: a"], "X-Hub-Signature-256"),
    ] {
        let complaint = run(file, words);
        assert!(complaint.contains(why) && !complaint.contains(SECRET), "{why}: {complaint}");
    }
    let complaint = refused(parlance().args(["verify", "no-such-file", "--secret", SECRET]));
    assert!(complaint.contains("cannot read no-such-file"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delivery_is_saved_as_a_file_that_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(&folder.path().join("data"), &[]);
    let receiver = Receiver::start(demo::SECRET).await;
    subscribe(&emulator.url, &receiver).await;
    let command = |words: &[&str]| -> Command {
        let mut command = parlance();
        command.args(words).args(["--url", &emulator.url]);
        command
    };
    printed(&mut command(&["trigger", "text", "--set", "text=Grüße \u{1f9f6} a/b", "--set", "from=sam.oslo"]));
    printed(&mut command(&["clock", "advance", "1s"]));
    let saved = printed(&mut command(&["deliveries", "1", "--raw"]));
    let received = receiver.take().remove(0);
    assert!(saved.starts_with("POST /hook HTTP/1.1\r\nHost: 127.0.0.1:"), "{saved}");
    assert!(saved.ends_with(str::from_utf8(&received.body).unwrap()), "the bytes that were delivered: {saved}");
    for name in ["content-type", "user-agent", "x-hub-signature", "x-hub-signature-256", "content-length"] {
        let line = format!("{name}: {}\r\n", received.headers[name].to_str().unwrap()).to_lowercase();
        assert!(saved.to_lowercase().contains(&line), "{line} is missing in {saved}");
    }
    let (said, code) = said(folder.path(), &saved, &["--secret", demo::SECRET]);
    assert_eq!((said.matches("  holds").count(), code), (2, Some(0)), "{said}");
    assert!(
        said.contains("event                message of account 17841400000000001 from 900000000000006 at "),
        "{said}"
    );
    let output = verify(folder.path(), &saved, &["--secret", demo::INSTAGRAM_SECRET]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("the app's other secret").count(), 2, "the demo app's other secret is known: {said}");
}
