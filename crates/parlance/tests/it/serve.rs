//! `parlance serve`, and the commands that make its first app and account.

use std::fs;
use std::path::Path;
use std::process::Command;

use client::Client;
use serde_json::{Value, json};
use wire::messenger_profile::{IceBreakers, Question};

use crate::process::{Emulator, dev, parlance, printed, refused, serve};

/// `parlance <words> --data <folder>`.
fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = parlance();
    command.args(words).arg("--data").arg(folder);
    command
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A new world with an app and an account in it.
fn made(folder: &Path) -> (Value, Value) {
    let app = json(&printed(&mut command(folder, &["app", "create", "--name", "Desk"])));
    let words = ["account", "create", "--app", text(&app["id"]), "--username", "shop.one", "--name", "Shop One"];
    let account = json(&printed(&mut command(folder, &words)));
    (app, account)
}

async fn get(url: &str) -> (u16, Value) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let response = client.get(url).send().await.unwrap();
    (response.status().as_u16(), json(&response.text().await.unwrap()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_world_is_set_up_from_a_shell_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    let (app, made) = made(folder.path());
    let node = Emulator::serve(folder.path(), &[]);
    assert_eq!(node.ready, json!({"ready": true, "graph": node.url}));

    let page = Client::new(text(&made["page"]["token"])).base_url(&node.url).unwrap();
    let account = page.account(text(&made["account"]["id"])).await.unwrap();
    assert_eq!((account.username.as_deref(), account.name.as_deref()), (Some("shop.one"), Some("Shop One")));
    let token = text(&made["account"]["token"]);
    let (status, me) = get(&format!("{}/v25.0/me?fields=username&access_token={token}", node.url)).await;
    assert_eq!((status, &me["username"]), (200, &json!("shop.one")));
    let inspect = format!("{}/debug_token?input_token={token}&access_token={}", node.url, text(&app["token"]));
    assert_eq!(get(&inspect).await.1["data"]["is_valid"], true);

    for path in ["/_parlance/people", "/_parlance/clock", "/_parlance/openapi.json", "/phone", "/console", "/inbox"] {
        let (status, answer) = get(&format!("{}{path}", node.url)).await;
        assert!(status == 400 && answer["error"]["code"].is_number(), "{path}: {status} {answer}");
    }
    assert!(node.terminate().0.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_number_of_nodes_serve_the_postgresql_that_the_environment_names() {
    let (folder, database) = (tempfile::tempdir().unwrap(), rig::postgres::database().await);
    let node = || Emulator::ready(serve(folder.path(), "127.0.0.1:0").env("PARLANCE_DATABASE", &database.url));
    let make = |words: &[&str]| json(&printed(command(folder.path(), words).env("PARLANCE_DATABASE", &database.url)));
    let first = node();
    // With PostgreSQL a server may be running meanwhile.
    let app = make(&["app", "create", "--name", "Desk"]);
    let made = make(&["account", "create", "--app", text(&app["id"]), "--username", "shop.one"]);
    let nodes = [first, node(), node()];
    let on = |node: &Emulator| Client::new(text(&made["page"]["token"])).base_url(&node.url).unwrap();
    for (turn, other) in [(0, 1), (1, 2), (2, 0)] {
        let breaker = Question { question: format!("Question {turn}?"), payload: "Q".into() };
        let breakers = [IceBreakers { call_to_actions: vec![breaker], locale: "default".into() }];
        on(&nodes[turn]).set_ice_breakers(&breakers).await.unwrap();
        assert_eq!(on(&nodes[other]).messenger_profile().await.unwrap().ice_breakers, breakers);
    }
    for node in nodes {
        assert!(node.terminate().0.success());
    }
    assert!(!folder.path().join("parlance.db").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callbacks_must_be_https_and_public() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = made(folder.path());
    let node = Emulator::serve(folder.path(), &[]);
    let id: wire::id::AppId = text(&app["id"]).parse().unwrap();
    let caller = Client::for_app(id, text(&app["secret"])).base_url(&node.url).unwrap();
    for (callback, why) in [
        ("http://example.com/hook", "must begin with https"),
        ("https://127.0.0.1/hook", "not allowed"),
        ("https://10.0.0.1/hook", "not allowed"),
    ] {
        let refusal = caller.subscribe_app(id, callback, "v", &["messages"]).await.unwrap_err().to_string();
        assert!(refusal.contains(why), "{callback}: {refusal}");
    }
}

#[test]
fn while_a_server_has_the_database_to_itself_nothing_is_made_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let _node = Emulator::serve(folder.path(), &[]);
    let complaint = refused(&mut command(folder.path(), &["app", "create", "--name", "Desk"]));
    assert!(complaint.contains("in use by another process"), "{complaint}");
}

#[test]
fn a_wrong_key_is_refused_before_anything_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // The mark is there from the first start, before there is any secret.
    Emulator::serve(&data, &[]).terminate();
    let (right, wrong) = (data.join("key"), folder.path().join("wrong"));
    fs::write(&wrong, [9; 32]).unwrap();
    let mut with_wrong = serve(&data, "127.0.0.1:0");
    let complaint = refused(with_wrong.arg("--key-file").arg(&wrong));
    assert!(complaint.contains("every node needs the same key file") && complaint.contains("wrong"), "{complaint}");
    assert_eq!(complaint.trim_end().lines().count(), 1, "one sentence: {complaint}");
    assert!(refused(command(&data, &["app", "create", "--name", "x"]).arg("--key-file").arg(&wrong)).contains("key"));

    let elsewhere = folder.path().join("elsewhere");
    let mut with_none = serve(&data, "127.0.0.1:0");
    let complaint = refused(with_none.arg("--key-file").arg(&elsewhere));
    assert!(complaint.contains("is missing") && !elsewhere.exists(), "{complaint}");
    fs::rename(&right, &elsewhere).unwrap();
    let mut with_moved = serve(&data, "127.0.0.1:0");
    assert_eq!(Emulator::ready(with_moved.arg("--key-file").arg(&elsewhere)).ready["ready"], true);
}

#[test]
fn the_demo_world_stays_on_loopback_and_out_of_what_is_served() {
    let folder = tempfile::tempdir().unwrap();
    Emulator::start(folder.path(), &[]).terminate();
    let complaint = refused(&mut serve(folder.path(), "0.0.0.0:0"));
    assert!(complaint.contains("demo world"), "{complaint}");
    assert!(Emulator::serve(folder.path(), &[]).terminate().0.success());

    let folder = tempfile::tempdir().unwrap();
    Emulator::serve(folder.path(), &[]).terminate();
    let complaint = refused(&mut dev(folder.path(), "127.0.0.1:0"));
    assert!(complaint.contains("real world"), "{complaint}");
}

#[test]
fn a_lease_that_a_delivery_may_outlive_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for mut command in [serve(&data, "127.0.0.1:0"), dev(&data, "127.0.0.1:0")] {
        let complaint = refused(command.args(["--set", "delivery_lease_ms=5000"]));
        assert!(complaint.contains("webhook_timeout_ms"), "{complaint}");
    }
    assert!(!data.exists());
}

#[test]
fn a_database_is_named_and_its_password_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("db").join("here.db").display());
    let mut named = serve(folder.path(), "127.0.0.1:0");
    Emulator::ready(named.args(["--database", &database])).terminate();
    assert!(folder.path().join("db/here.db").exists() && !folder.path().join("parlance.db").exists());

    for database in ["postgres://node:s3cret@127.0.0.1:1/parlance", "mysql://node:s3cret@127.0.0.1:1/parlance"] {
        let complaint = refused(serve(folder.path(), "127.0.0.1:0").args(["--database", database]));
        assert!(!complaint.contains("s3cret"), "{complaint}");
        let complaint = refused(serve(folder.path(), "127.0.0.1:0").env("PARLANCE_DATABASE", database));
        assert!(!complaint.contains("s3cret"), "{complaint}");
        let help = printed(parlance().args(["serve", "--help"]).env("PARLANCE_DATABASE", database));
        assert!(help.contains("PARLANCE_DATABASE") && !help.contains("s3cret"), "{help}");
    }
}

#[test]
fn what_cannot_be_made_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = made(folder.path());
    for (words, why) in [
        (["--app", "7", "--username", "shop.two"], "there is no app 7"),
        (["--app", text(&app["id"]), "--username", "shop.one"], "the username shop.one is taken"),
        (["--app", text(&app["id"]), "--username", "Shop Two"], "a username has 1 to 30"),
    ] {
        let complaint = refused(command(folder.path(), &["account", "create"]).args(words));
        assert!(complaint.contains(why), "{complaint}");
    }
}
