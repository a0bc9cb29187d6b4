//! The inbox beside a server, and what it begins with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use engine::demo;
use serde_json::{Value, json};

use crate::browser::{Browser, client};
use crate::process::{Emulator, Running, parlance, serve};
use crate::web::Web;

/// `parlance dev` with its inbox, not started yet.
fn dev(data: &Path, words: &[&str]) -> Command {
    let mut command = parlance();
    command.args(["dev", "--json", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(words);
    command
}

/// Whoever works at the demo desk, with the password that is printed.
async fn logged_in(emulator: &Emulator, role: &str) -> Browser {
    let inbox = &emulator.ready["inbox"];
    let person = inbox["people"].as_array().unwrap().iter().find(|person| person["role"] == role).unwrap();
    Browser::log_in(&emulator.url, person["email"].as_str().unwrap(), inbox["password"].as_str().unwrap()).await
}

/// Status and body of an address.
async fn page(url: &str) -> (u16, String) {
    let answer = client().get(url).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Everything that a supervisor sees, without times and ids.
async fn seen(emulator: &Emulator) -> BTreeMap<String, Value> {
    let sue = logged_in(emulator, "supervisor").await;
    let url = &emulator.url;
    let names = |list: Value| -> BTreeMap<String, String> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        list.as_array().unwrap().iter().map(|one| (text(&one["id"]), text(&one["name"]))).collect()
    };
    let agents = names(sue.get(url, "/agents").await);
    let (labels, teams) = (names(sue.get(url, "/labels").await), names(sue.get(url, "/teams").await));
    let named = |all: &BTreeMap<String, String>, id: &Value| id.as_str().and_then(|id| all.get(id)).cloned();
    let mut seen = BTreeMap::new();
    let page = sue.get(url, "/conversations?limit=100").await;
    assert_eq!(page["next"], Value::Null);
    for one in page["items"].as_array().unwrap() {
        let thread = sue.get(url, &format!("/conversations/{}?limit=100", one["id"].as_str().unwrap())).await;
        let list = |what: &str| thread[what].as_array().unwrap().clone();
        let said = |message: &Value| {
            json!([message["side"], message["kind"], message["text"], named(&agents, &message["agent"])])
        };
        let told = json!({
            "status": one["status"], "priority": one["priority"], "unread": one["unread"],
            "assignee": named(&agents, &one["assignee"]), "team": named(&teams, &one["team"]),
            "window": one["window"]["state"],
            "labels": one["labels"].as_array().unwrap().iter().map(|id| named(&labels, id)).collect::<BTreeSet<_>>(),
            "messages": list("messages").iter().map(said).collect::<Vec<_>>(),
            "notes": list("notes").iter().map(|note| note["text"].clone()).collect::<Vec<_>>(),
            "reactions": list("reactions").iter().map(|one| one["emoji"].clone()).collect::<Vec<_>>(),
            "unsent": list("outbox").iter().map(|one| json!([one["state"], one["reason"]])).collect::<Vec<_>>(),
            "comments": list("comments").iter().map(|one| one["text"].clone()).collect::<Vec<_>>(),
        });
        seen.insert(one["profile"]["username"].as_str().unwrap_or_default().to_owned(), told);
    }
    let comments = sue.get(url, "/comments").await;
    let comments = comments["items"].as_array().unwrap().iter().map(|one| one["username"].clone()).collect::<Vec<_>>();
    seen.insert("(comments)".to_owned(), json!(comments));
    seen.insert("(labels)".to_owned(), json!(labels.values().collect::<BTreeSet<_>>()));
    seen.insert("(teams)".to_owned(), json!(teams.values().collect::<BTreeSet<_>>()));
    seen
}

/// How many conversations are so.
fn count(seen: &BTreeMap<String, Value>, is_so: impl Fn(&Value) -> bool) -> usize {
    seen.values().filter(|one| one.is_object() && is_so(one)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_desk_is_alive_at_the_first_start_and_the_same_at_the_second() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::ready(&mut dev(folder.path(), &[]));
    let inbox = &emulator.ready["inbox"];
    assert_eq!(inbox["url"], format!("{}/inbox", emulator.url));
    let roles: Vec<&str> =
        inbox["people"].as_array().unwrap().iter().map(|one| one["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["owner", "supervisor", "agent", "agent", "agent"]);
    let first = seen(&emulator).await;

    assert_eq!(count(&first, |_| true), 26);
    for (window, least) in [("open", 15), ("human_agent", 3), ("closed", 2)] {
        assert!(count(&first, |one| one["window"] == window) >= least, "{window}: {first:#?}");
    }
    for (status, least) in [("open", 20), ("resolved", 2), ("snoozed", 1)] {
        assert!(count(&first, |one| one["status"] == status) >= least, "{status}");
    }
    for agent in ["Ana", "Ben", "Chi"] {
        assert!(count(&first, |one| one["assignee"] == agent) >= 2, "{agent}");
    }
    let some = |what: &str| count(&first, |one| !one[what].as_array().unwrap().is_empty());
    assert!(some("labels") >= 5 && some("notes") >= 2 && some("reactions") >= 2 && some("comments") >= 1);
    assert!(count(&first, |one| one["unread"].as_u64() > Some(0)) >= 10);
    assert!(count(&first, |one| one["messages"].as_array().unwrap().len() > 10) >= 1);
    for kind in ["image", "audio", "like_heart", "share", "story_reply", "story_mention"] {
        let has = |one: &Value| one["messages"].as_array().unwrap().iter().any(|message| message[1] == kind);
        assert!(count(&first, has) >= 1, "{kind}");
    }
    assert_eq!(first["rick.odell"]["unsent"], json!([["failed", "person_unavailable"]]));
    assert_eq!(first["sofia.almeida"]["messages"][2][3], "Ben", "what an agent wrote is told as theirs");
    assert_eq!(first["(comments)"], json!(["tess.writes", "yusuf.k"]), "one of them has never written");
    assert_eq!(first["noah.kip"]["status"], "open", "who writes again is back");
    let ana = logged_in(&emulator, "agent").await;
    let ending = ana.get(&emulator.url, "/conversations?view=ending_soon").await;
    let soonest = ending["items"][0]["profile"]["username"].clone();
    assert_eq!(soonest, "hana.kimura");
    assert!(emulator.terminate().0.success());

    let emulator = Emulator::ready(&mut dev(folder.path(), &[]));
    assert_eq!(seen(&emulator).await, first, "nothing is there twice");
    let web = Web::new(&emulator.url);
    web.post("/_parlance/people/lucia_m/messages", &json!({"to": demo::USERNAME, "text": "Is it warm?"})).await;
    let sue = logged_in(&emulator, "supervisor").await;
    loop {
        let page = sue.get(&emulator.url, "/conversations").await;
        if page["items"][0]["profile"]["username"] == "lucia_m" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await; // sleep: between two looks at another process
    }
    assert!(emulator.terminate().0.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_app_is_told_and_shown_what_it_was_without_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::ready(&mut dev(folder.path(), &["--inbox-demo", "none"]));
    let web = Web::new(&emulator.url);
    assert_eq!(web.get("/v25.0/me/subscribed_apps").await, json!({"data": []}));
    assert_eq!(web.get("/_parlance/apps").await["data"][0]["id"], demo::APP.to_string(), "it comes first");
    web.post("/_parlance/people/lucia_m/messages", &json!({"to": demo::USERNAME, "text": "Is it warm?"})).await;
    let told = web.get(&format!("/_parlance/deliveries?app={}", demo::APP)).await;
    assert_eq!(told["data"], json!([]));
    let account = web.get("/_parlance/accounts").await["data"][0].clone();
    assert_eq!((&account["default_app"], &account["primary_app"]), (&Value::Null, &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_without_guests_is_staffed_and_has_the_demo_world_s_threads() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::ready(&mut dev(folder.path(), &["--inbox-demo", "none"]));
    let first = seen(&emulator).await;
    let empty = json!([]);
    assert_eq!(first.keys().collect::<Vec<_>>(), ["(comments)", "(labels)", "(teams)", "jonas_w", "mira.paints"]);
    assert_eq!((&first["(comments)"], &first["(labels)"], &first["(teams)"]), (&empty, &empty, &empty));
    assert_eq!(Web::new(&emulator.url).get("/_parlance/people").await["data"].as_array().unwrap().len(), 6);
    assert!(emulator.terminate().0.success());
    let emulator = Emulator::ready(&mut dev(folder.path(), &[]));
    assert_eq!(seen(&emulator).await, first, "what a desk begins with is settled by its first start");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bare_platform_has_no_inbox() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::ready(&mut dev(folder.path(), &["--no-inbox"]));
    for path in ["/inbox", "/inbox/join", "/inbox/api/session"] {
        assert_eq!(page(&format!("{}{path}", emulator.url)).await.0, 400, "{path}: the Graph API knows no such thing");
    }
    assert!(!folder.path().join("inbox.db").exists());
    assert_eq!(Web::new(&emulator.url).get("/_parlance/apps").await["data"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_start_that_is_killed_again_and_again_is_gone_on_with() {
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let expected = seen(&Emulator::ready(&mut dev(whole.path(), &[]))).await;
    for writes in [2, 8, 12, 16] {
        let mut start = Running::start(&mut dev(broken.path(), &[]));
        let logs = ["parlance.db-wal", "inbox.db-wal"].map(|log| broken.path().join(log));
        let look =
            || logs.clone().map(|log| std::fs::metadata(log).ok().map(|file| (file.len(), file.modified().ok())));
        let (mut before, mut written) = (look(), 0);
        let reached = rig::wait::until(|| {
            let now = look();
            written += usize::from(now != before);
            before = now;
            written >= writes
        });
        assert!(reached && start.is_alive(), "it was to write more often than {written} times");
    }
    let found = seen(&Emulator::ready(&mut dev(broken.path(), &[]))).await;
    for (who, one) in &expected {
        for (what, expected) in one.as_object().into_iter().flatten() {
            assert_eq!(&found[who][what], expected, "{what} of {who}");
        }
    }
    assert_eq!(found.len(), expected.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_served_platform_s_first_start_tells_the_owner_s_link_once() {
    let folder = tempfile::tempdir().unwrap();
    let start = || Emulator::ready(serve(folder.path(), "127.0.0.1:0").args(["--inbox", "--inbox-name", "Harbour"]));
    let node = start();
    assert_eq!(node.ready["inbox"], format!("{}/inbox", node.url));
    let link = node.ready["owner_link"].as_str().unwrap().to_owned();
    assert!(link.starts_with(&format!("{}/inbox/join#", node.url)), "{link}");
    let (status, text) = page(&link).await;
    assert!(status == 200 && text.contains("<title>Inbox"), "{status} {text}");
    let owner = Browser::join(&node.url, &link, "olga@shop.test", "correct horse battery").await;
    let me = owner.get(&node.url, "/session").await;
    assert_eq!((&me["agent"]["role"], &me["workspace"]["name"]), (&json!("owner"), &json!("Harbour")));
    assert_eq!(page(&format!("{}/_parlance/people", node.url)).await.0, 400, "there is no emulator");
    assert!(node.terminate().0.success());

    let node = start();
    assert_eq!(node.ready["owner_link"], Value::Null);
    let owner = Browser::log_in(&node.url, "olga@shop.test", "correct horse battery").await;
    assert_eq!(owner.get(&node.url, "/agents").await.as_array().unwrap().len(), 1);
    let (status, text) = page(&format!("{}/inbox/api/nothing", node.url)).await;
    let refusal: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &refusal["error"]["reason"]), (404, &json!("not_found")));
    assert!(node.terminate().0.success());
    assert!(folder.path().join("inbox.db").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_served_platform_is_answered_by_its_desk_over_the_public_api() {
    let folder = tempfile::tempdir().unwrap();
    let made = |words: &[&str]| -> Value {
        serde_json::from_str(&crate::process::printed(parlance().args(words).arg("--data").arg(folder.path()))).unwrap()
    };
    let app = made(&["app", "create", "--name", "Desk", "--human-agent"]);
    let account = made(&["account", "create", "--app", app["id"].as_str().unwrap(), "--username", "shop.one"]);
    let database = folder.path().join("care").join("desk.db");
    let mut command = serve(folder.path(), "127.0.0.1:0");
    // A callback on this machine, which a platform that is open to the world does not call.
    command.args(["--inbox", "--set", "webhook_https_only=false", "--set", "private_addresses=true"]);
    let node = Emulator::ready(command.arg("--inbox-database").arg(format!("sqlite:{}", database.display())));
    let link = node.ready["owner_link"].as_str().unwrap();
    let owner = Browser::join(&node.url, link, "olga@shop.test", "correct horse battery").await;
    let new = json!({
        "token": account["page"]["token"], "app_secret": app["secret"], "app_id": app["id"], "public_url": node.url,
    });
    let connected = owner.post(&node.url, "/connections", &new).await;
    assert_eq!((&connected["subscribed"], &connected["connection"]["username"]), (&json!(true), &json!("shop.one")));
    assert!(database.exists() && !folder.path().join("inbox.db").exists());
    assert!(node.terminate().0.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_inbox_by_itself_serves_its_page_beside_its_api() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = parlance();
    command.args(["inbox", "--json", "--listen", "127.0.0.1:0", "--graph", "http://127.0.0.1:1", "--data"]);
    let mut process = Running::start(command.arg(folder.path()));
    let ready: Value = serde_json::from_str(&process.line()).unwrap();
    let url = ready["inbox"].as_str().unwrap();
    let (status, text) = page(url).await;
    assert_eq!(status, 200);
    assert_eq!(page(&format!("{url}/settings/teams")).await, (200, text.clone()));
    let asset = text.split('"').find(|part| part.ends_with(".js")).unwrap().to_owned();
    assert_eq!(page(&format!("{}{asset}", url.trim_end_matches("/inbox"))).await.0, 200);
    let (status, refusal) = page(&format!("{url}/api/nothing")).await;
    assert!(status == 404 && refusal.starts_with("{\"error\""), "{status} {refusal}");
    rig::process::terminate(process.id()).unwrap();
    assert!(process.wait().success());
}
