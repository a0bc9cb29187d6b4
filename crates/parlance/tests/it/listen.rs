//! `parlance listen` between the emulator and a bot.

use std::path::Path;
use std::process::Command;

use axum::Router;
use axum::response::Redirect;
use axum::routing::post;
use client::Client;
use engine::demo;
use rig::process;
use serde_json::{Value, json};
use testkit::Receiver;
use tokio::net::TcpListener;

use crate::process::{Emulator, Running, parlance, printed, refused};
use crate::web::{Web, subscribe};

const SUBSCRIPTIONS: &str = "/_parlance/apps/500000000000001/subscriptions";

/// `parlance listen --json` in front of `bot`, on a machine whose proxy nobody can reach.
fn listen(emulator: &Emulator, bot: &str, words: &[&str]) -> Command {
    let mut command = parlance();
    command.args(["listen", "--json", "--url", &emulator.url, "--forward-to", bot]).args(words);
    command.envs(["http_proxy", "HTTP_PROXY", "all_proxy"].map(|name| (name, "http://127.0.0.1:1")));
    command
}

/// It, once it is ready, with its ready line.
fn listening(command: &mut Command) -> (Running, Value) {
    let mut running = Running::start(command);
    let ready = json(&running.line());
    assert_eq!(ready["ready"], true, "{ready}");
    (running, ready)
}

/// The app's subscription to Instagram's events, or null.
async fn subscription(web: &Web) -> Value {
    web.get(SUBSCRIPTIONS).await["data"][0].clone()
}

fn trigger(emulator: &Emulator, words: &[&str]) -> Value {
    json(&printed(parlance().arg("trigger").args(words).args(["--url", &emulator.url])))
}

fn emulator(folder: &Path) -> (Emulator, Web) {
    let emulator = Emulator::start(folder, &[]);
    let web = Web::new(&emulator.url);
    (emulator, web)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_gets_the_same_bytes_and_headers_and_a_line_tells_of_each_event() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, web) = emulator(folder.path());
    let bot = Receiver::start(demo::SECRET).await;
    let (mut listener, ready) = listening(&mut listen(&emulator, &bot.url(), &["--count", "3"]));
    assert_eq!((&ready["forward_to"], ready["fields"].as_array().unwrap().len()), (&json!(bot.url()), 15));
    let present = subscription(&web).await;
    assert_eq!(present["callback_url"], ready["callback_url"]);

    let mid = trigger(&emulator, &["text", "--set", "text=Grüße \u{1f9f6}", "--set", "from=sam.oslo"]);
    let mid = mid["message_id"].as_str().unwrap().to_owned();
    let line = json(&listener.line());
    assert!(line["ms"].is_u64() && line["time"].as_str().unwrap().ends_with('Z'), "{line}");
    let told = |line: &Value| {
        ["event", "manner", "channel", "account", "sender", "mid", "status"].map(|name| line[name].clone())
    };
    let account = demo::ACCOUNT.to_string();
    assert_eq!(
        told(&line),
        [
            json!("message"),
            Value::Null,
            json!("messaging"),
            json!(account),
            json!("900000000000006"),
            json!(mid),
            json!(200)
        ]
    );

    let received = bot.take().remove(0);
    let delivery = web.get("/_parlance/deliveries/1").await;
    assert_eq!(delivery["request"]["body"].as_str().unwrap().as_bytes(), received.body);
    for (name, value) in delivery["request"]["headers"].as_object().unwrap() {
        assert_eq!(&received.headers[name.as_str()], value.as_str().unwrap(), "{name}");
    }
    let (theirs, ours) = (format!("{}/hook", received.headers["host"].to_str().unwrap()), bot.url());
    assert!(ours.ends_with(&theirs), "the host is the bot's own: {theirs}");

    trigger(&emulator, &["seen"]);
    web.post("/v25.0/me/messages", &json!({"recipient": {"id": "900000000000006"}, "message": {"text": "Hi"}})).await;
    let mut names: Vec<String> = (0..2)
        .map(|_| json(&listener.line()))
        .map(|line| line["event"].to_string() + &line["manner"].to_string())
        .collect();
    names.sort();
    assert_eq!(names, ["\"message\"\"is_echo\"", "\"read\"null"]);
    assert_eq!(listener.rest(), "", "three were enough");
    assert!(listener.wait().success());
    assert_eq!(subscription(&web).await, Value::Null, "there was none before");
    assert_eq!(web.get("/v25.0/me/subscribed_apps").await, json!({"data": []}), "nor an install");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_there_before_is_put_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, web) = emulator(folder.path());
    let (old, bot) = (Receiver::start(demo::SECRET).await, Receiver::start(demo::SECRET).await);
    subscribe(&emulator.url, &old).await;
    let mut earlier = subscription(&web).await;
    earlier["include_values"] = json!(false);
    earlier["fields"] =
        json!([{"name": "messages", "version": "v24.0"}, {"name": "messaging_seen", "version": "v12.0"}]);
    web.post(SUBSCRIPTIONS, &earlier).await;
    let install = web.get("/v25.0/me/subscribed_apps").await;

    let (mut listener, ready) = listening(&mut listen(&emulator, &bot.url(), &["--fields", "messages,comments"]));
    assert_eq!(ready["fields"], json!(["messages", "comments"]));
    trigger(&emulator, &["text"]);
    assert_eq!(json(&listener.line())["status"], 200);
    process::terminate(listener.id()).unwrap();
    assert_eq!(listener.rest(), "");
    assert!(listener.wait().success());
    assert_eq!(subscription(&web).await, earlier, "with its versions, and nobody was asked");
    assert_eq!(web.get("/v25.0/me/subscribed_apps").await, install);
    assert_eq!((bot.take().len(), old.take().len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_answers_goes_back_so_that_the_platform_retries() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, web) = emulator(folder.path());
    let bot = Receiver::start(demo::SECRET).await;
    bot.answer_with(503);
    let (mut listener, _) = listening(&mut listen(&emulator, &bot.url(), &["--count", "3"]));
    trigger(&emulator, &["text"]);
    assert_eq!(
        [json(&listener.line())["status"].clone(), json(&listener.line())["status"].clone()],
        [503, 503],
        "once, and once more at once"
    );
    bot.answer_with(200);
    printed(parlance().args(["clock", "advance", "1m", "--url", &emulator.url]));
    assert_eq!(json(&listener.line())["status"], 200);
    assert!(listener.wait().success());
    let bodies: Vec<_> = bot.take().into_iter().map(|received| received.body).collect();
    assert_eq!((bodies.len(), &bodies[0], &bodies[0]), (3, &bodies[1], &bodies[2]));
    let attempts = web.get("/_parlance/deliveries/1").await["attempts"].clone();
    let statuses: Vec<&Value> = attempts.as_array().unwrap().iter().map(|attempt| &attempt["status"]).collect();
    assert_eq!(statuses, [503, 503, 200]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_is_not_there_or_sends_elsewhere_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, web) = emulator(folder.path());
    let (mut listener, _) = listening(&mut listen(&emulator, "http://127.0.0.1:1/hook", &["--count", "1"]));
    trigger(&emulator, &["text"]);
    let line = json(&listener.line());
    assert_eq!(line["status"], 502);
    assert!(line["silence"].as_str().unwrap().starts_with("no connection"), "{line}");
    assert!(listener.wait().success());

    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", elsewhere.local_addr().unwrap());
    let router = Router::new()
        .route("/hook", post(async || Redirect::temporary("/other")))
        .route("/other", post(async || "followed"));
    let serving = tokio::spawn(async move { axum::serve(elsewhere, router).await });
    let (mut listener, _) = listening(&mut listen(&emulator, &url, &["--count", "1"]));
    trigger(&emulator, &["text", "--set", "from=sam.oslo"]);
    let line = json(&listener.line());
    assert_eq!((&line["status"], &line["silence"]), (&json!(307), &Value::Null));
    assert!(listener.wait().success());
    serving.abort();
    assert_eq!(subscription(&web).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_subscribes_the_app_meanwhile_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, web) = emulator(folder.path());
    let (bot, newer) = (Receiver::start(demo::SECRET).await, Receiver::start(demo::SECRET).await);
    let (mut listener, _) = listening(&mut listen(&emulator, &bot.url(), &[]));
    subscribe(&emulator.url, &newer).await;
    process::terminate(listener.id()).unwrap();
    assert_eq!(listener.rest(), "");
    assert!(listener.wait().success());
    assert_eq!(subscription(&web).await["callback_url"], newer.url());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_was_killed_is_not_taken_for_a_bot_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, web) = emulator(folder.path());
    let bot = Receiver::start(demo::SECRET).await;
    let (listener, ready) = listening(&mut listen(&emulator, &bot.url(), &[]));
    drop(listener);
    assert_eq!(subscription(&web).await["callback_url"], ready["callback_url"], "kill -9 puts nothing back");
    let (mut listener, _) = listening(&mut listen(&emulator, &bot.url(), &["--count", "1"]));
    trigger(&emulator, &["text"]);
    assert_eq!(json(&listener.line())["status"], 200);
    assert!(listener.wait().success());
    assert_eq!(subscription(&web).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_emulator_is_gone_it_does_not_say_that_all_is_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, _) = emulator(folder.path());
    let bot = Receiver::start(demo::SECRET).await;
    let (mut listener, _) = listening(&mut listen(&emulator, &bot.url(), &[]));
    assert!(emulator.terminate().0.success());
    process::terminate(listener.id()).unwrap();
    assert_eq!(listener.rest(), "");
    assert_eq!(listener.wait().code(), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_app_and_the_other_login_are_heard_too() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, _) = emulator(folder.path());
    // Signed with the secret of Instagram Login, as `--print-secret` says.
    let words = ["--token", demo::ACCOUNT_TOKEN];
    let secret = printed(parlance().args(["listen", "--print-secret"]).args(words));
    assert_eq!(secret.trim_end(), demo::INSTAGRAM_SECRET);
    assert_eq!(printed(parlance().args(["listen", "--print-secret"])).trim_end(), demo::SECRET);
    let bot = Receiver::start(secret.trim_end()).await;
    let (mut listener, _) = listening(&mut listen(&emulator, &bot.url(), &[&words[..], &["--count", "1"]].concat()));
    trigger(&emulator, &["text"]);
    assert_eq!(json(&listener.line())["status"], 200);
    assert!(listener.wait().success());
    assert_eq!(bot.take().len(), 1);
    let account = Client::new(demo::ACCOUNT_TOKEN).base_url(&emulator.url).unwrap();
    assert_eq!(account.account_subscriptions().await.unwrap(), []);
    // Installed through one login already, it is not installed through the other.
    account.subscribe_account(&["messages"]).await.unwrap();
    let (mut listener, _) = listening(&mut listen(&emulator, &bot.url(), &["--count", "1"]));
    trigger(&emulator, &["text"]);
    assert_eq!(json(&listener.line())["status"], 200);
    assert_eq!((listener.rest(), bot.take().len()), (String::new(), 1));
    assert!(listener.wait().success());
    assert_eq!(account.account_subscriptions().await.unwrap().len(), 1);

    let made = |words: &[&str]| json(&printed(parlance().args(words).arg("--data").arg(folder.path())));
    // An app is made in a database that no server has to itself.
    assert!(emulator.terminate().0.success());
    let app = made(&["app", "create", "--name", "Other"]);
    let (id, secret) = (app["id"].as_str().unwrap(), app["secret"].as_str().unwrap());
    let account = made(&["account", "create", "--app", id, "--username", "other.shop"]);
    let emulator = Emulator::start(folder.path(), &[]);
    let bot = Receiver::start(secret).await;
    let words = ["--app", id, "--token", account["page"]["token"].as_str().unwrap(), "--count", "1"];
    let (mut listener, _) = listening(listen(&emulator, &bot.url(), &words).env("PARLANCE_APP_SECRET", secret));
    trigger(&emulator, &["text", "--set", "to=other.shop"]);
    let line = json(&listener.line());
    assert_eq!((&line["account"], &line["status"]), (&account["account"]["id"], &json!(200)));
    assert!(listener.wait().success());
    assert_eq!(bot.take().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_heard_is_said_and_leaves_things_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let (emulator, web) = emulator(folder.path());
    let bot = Receiver::start(demo::SECRET).await;
    for (words, why) in [
        (&["--fields", "colours"][..], "colours"),
        (&["--app", "5", "--secret", "x"], "There is nothing called 5"),
        (&["--app", "500000000000001", "--secret", "wrong-secret"], "cannot subscribe app 500000000000001"),
        (&["--app", "500000000000001"], "--secret"),
        (&["--token", "EAAnobody"], "cannot ask whether the app is installed"),
        (&["--token", demo::ACCOUNT_TOKEN, "--fields", "response_feedback"], "add messages"),
    ] {
        let complaint = refused(&mut listen(&emulator, &bot.url(), words));
        assert!(complaint.contains(why) && !complaint.contains("wrong-secret"), "{words:?}: {complaint}");
        assert_eq!(subscription(&web).await, Value::Null, "{words:?}");
    }
    for (url, why) in [("localhost:3000", "not an address"), ("ftp://a/b", "not an address")] {
        let complaint = refused(&mut listen(&emulator, url, &[]));
        assert!(complaint.contains(why), "{url}: {complaint}");
    }
    let complaint = refused(parlance().args(["listen", "--forward-to", &bot.url(), "--url", "http://127.0.0.1:0"]));
    assert!(complaint.contains("nobody answers at http://127.0.0.1:0"), "{complaint}");
    assert!(refused(parlance().args(["listen"])).contains("--forward-to"));
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text:?}"))
}
