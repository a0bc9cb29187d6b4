//! The commands that drive a running emulator from a shell.

use std::process::Command;

use engine::demo;
use serde_json::{Value, json};
use testkit::Receiver;
use wire::time::{Millis, Span};

use crate::process::{Emulator, Running, parlance, printed, refused};
use crate::web::{Web, subscribe};

/// `parlance <words>` against the emulator at `url`.
fn command(url: &str, words: &[&str]) -> Command {
    let mut command = parlance();
    command.args(words).args(["--url", url]);
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_writes_and_opens_and_tail_shows_one_json_line_for_each() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let run = |words: &[&str]| printed(&mut command(&emulator.url, words));
    let answered = json(&run(&["trigger", "text", "--set", "text=one = two", "--set", "from=aisha.codes"]));
    run(&["trigger", "text"]);
    run(&["trigger", "seen"]);

    let lines = run(&["tail", "--after", "0", "--count", "8"]);
    let events: Vec<Value> = lines.lines().map(json).collect();
    let seen: Vec<u64> = events.iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(seen, (1..=8).collect::<Vec<_>>(), "five are seeded");
    let told = |event: &Value| ["kind", "username", "text"].map(|name| event[name].as_str().unwrap().to_owned());
    assert_eq!(told(&events[5]), ["message_received", "aisha.codes", "one = two"]);
    assert_eq!(events[5]["message_id"], answered["message_id"]);
    assert_eq!(told(&events[6]), ["message_received", "mira.paints", "Hello!"], "the first person says the default");
    assert_eq!(told(&events[7])[..2], ["seen", "mira.paints"]);
    assert_eq!(run(&["tail", "--after", "7", "--count", "1"]).lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_read_enough_of_tail_may_close_it() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let mut tail = Running::start(&mut command(&emulator.url, &["tail", "--after", "4"]));
    assert_eq!(json(&tail.line())["seq"], 5);
    tail.close();
    printed(&mut command(&emulator.url, &["trigger", "text"]));
    assert!(tail.wait().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_taps_what_the_app_has_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let web = Web::new(&emulator.url);
    let breakers = json!([{"question": "Opening hours?", "payload": "HOURS"}]);
    let menu =
        json!([{"locale": "default", "call_to_actions": [{"type": "postback", "title": "Agent", "payload": "A"}]}]);
    let profile = json!({"platform": "instagram", "ice_breakers": breakers, "persistent_menu": menu});
    web.post("/v25.0/me/messenger_profile", &profile).await;
    let trigger = |words: &[&str]| {
        let mut command = command(&emulator.url, &["trigger"]);
        command.args(words).args(["--set", "from=sam.oslo"]);
        command
    };
    let complaint = refused(&mut trigger(&["ice_breaker", "--set", "question=Closing hours?"]));
    assert!(complaint.contains("Closing hours?"), "{complaint}");
    let complaint = refused(&mut trigger(&["menu"]));
    assert!(complaint.contains("--set title="), "{complaint}");
    for words in [["ice_breaker", "--set", "question=Opening hours?"], ["menu", "--set", "title=Agent"]] {
        assert!(json(&printed(&mut trigger(&words)))["message_id"].is_string());
    }
    let events = printed(&mut command(&emulator.url, &["tail", "--after", "5", "--count", "2"]));
    let kinds: Vec<Value> = events.lines().map(|line| json(line)["kind"].clone()).collect();
    assert_eq!(kinds, ["postback", "postback"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_person_does_can_be_triggered() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let web = Web::new(&emulator.url);
    let trigger = |words: &[&str]| {
        let mut command = command(&emulator.url, &["trigger"]);
        command.args([words, &["--set", "from=mira.paints"]].concat());
        json(&printed(&mut command))
    };
    let offers = json!({"text": "Pick one", "quick_replies": [{"content_type": "text", "title": "Delivery"}]});
    let button = json!({"type": "postback", "title": "Agent", "payload": "A"});
    let template = json!({"template_type": "button", "text": "What next?", "buttons": [button]});
    for message in [json!({"attachment": {"type": "template", "payload": template}}), offers] {
        let body = json!({"recipient": {"id": "900000000000001"}, "message": message});
        web.post("/v25.0/me/messages", &body).await;
    }
    let media = "media=17880000000000001";
    trigger(&["quick_reply", "--set", "title=Delivery"]);
    trigger(&["button", "--set", "title=Agent"]);
    trigger(&["heart"]);
    trigger(&["share", "--set", media]);
    trigger(&["ad", "--set", "ad_id=120"]);
    assert_eq!(trigger(&["link", "--set", "ref=spring"]), json!({"referral": true}));
    let mid = trigger(&["text"])["message_id"].as_str().unwrap().to_owned();
    let message = format!("message={mid}");
    for (kind, more) in [("react", &[][..]), ("unreact", &[]), ("edit", &["--set", "text=again"]), ("unsend", &[])] {
        assert_eq!(trigger(&[&[kind, "--set", &message], more].concat()), json!({}), "{kind}");
    }
    for kind in ["ephemeral", "unsupported", "attachment", "product", "self", "by_hand"] {
        let words: &[&str] = if kind == "product" { &["--set", "product=54"] } else { &[] };
        assert!(trigger(&[&[kind], words].concat())["message_id"].is_string(), "{kind}");
    }
    let sent = trigger(&["by_hand"])["message_id"].as_str().unwrap().to_owned();
    assert_eq!(trigger(&["unsend_by_hand", "--set", &format!("message={sent}")]), json!({}));
    for kind in ["optin", "follow_by_hand", "unfollow_by_hand"] {
        assert_eq!(trigger(&[kind]), json!({}), "{kind}");
    }
    assert_eq!(trigger(&["enforcement", "--set", "reason=Spam"]), json!({}));
    assert!(trigger(&["mention", "--set", "in=comment"])["comment_id"].is_string());
    assert!(trigger(&["own_comment", "--set", media])["comment_id"].is_string());
    let story = trigger(&["publish", "--set", "type=STORY"])["id"].as_str().unwrap().to_owned();
    let ended = trigger(&["end_story", "--set", &format!("media={story}"), "--set", "reach=7"]);
    assert_eq!((&ended["insights"]["reach"], ended["ended_time"].is_string()), (&json!(7), true));
    let comment = trigger(&["comment", "--set", media])["comment_id"].as_str().unwrap().to_owned();
    web.post("/v25.0/me/messages", &json!({"recipient": {"comment_id": comment}, "message": {"text": "thanks"}})).await;
    let app = "app=500000000000001";
    let owner = |kind: &str, more: &[&str]| trigger(&[&[kind, "--set", app], more].concat())["owner_app"].clone();
    web.post("/v25.0/me/release_thread_control", &json!({"recipient": {"id": "900000000000001"}})).await;
    assert_eq!(owner("request", &[]), "500000000000001");
    assert_eq!(owner("extend", &["--set", "seconds=600"]), "500000000000001");
    assert_eq!(owner("pass", &["--set", "target=1217981644879628"]), "1217981644879628");
    web.post(
        "/_parlance/accounts/harbor.knits",
        &json!({"default_app": "500000000000001", "take_over_apps": ["500000000000001"]}),
    )
    .await;
    assert_eq!(owner("take", &["--set", "metadata=back"]), "500000000000001");
    assert_eq!(owner("release", &[]), json!(null));
    for kind in ["typing", "visit", "follow", "unfollow", "block", "unblock", "remove"] {
        assert_eq!(trigger(&[kind]), json!({}), "{kind}");
    }
    assert_eq!(trigger(&["uncomment", "--set", &format!("comment={comment}")]), json!({}));
    assert_eq!(trigger(&["ask_deletion", "--set", app]), json!({"count": 0}), "it has no callback for that");
    assert_eq!(trigger(&["remove_app", "--set", app]), json!({}));
    assert!(emulator.terminate().0.success());
    // Whatever happens leaves facts that fit together.
    printed(parlance().args(["db", "check", "--data"]).arg(folder.path()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_test_button_is_pressed_from_a_shell() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let hook = Receiver::start(demo::SECRET).await;
    subscribe(&emulator.url, &hook).await;
    let test = |words: &[&str]| {
        let mut command = command(&emulator.url, &["trigger", "--shape", "dashboard-test"]);
        command.args(words);
        command
    };
    let answer = json(&printed(&mut test(&["text"])));
    let received = hook.take();
    assert_eq!((&answer["status"], received.len()), (&json!(200), 1));
    assert_eq!(answer["request"]["body"].as_str().unwrap().as_bytes(), &received[0].body[..]);
    printed(&mut test(&["comment", "--set", "app=500000000000001"]));
    assert_eq!(hook.take()[0].json()["entry"][0]["changes"][0]["field"], "comments");
    for (words, complaint) in [(&["typing"][..], "no app is told"), (&["text", "--set", "text=hi"], "no key text")] {
        let refused = refused(&mut test(words));
        assert!(refused.contains(complaint), "{refused}");
    }
}

#[test]
fn every_kind_is_listed_without_an_emulator() {
    let list = printed(parlance().args(["trigger", "--list"]));
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names[..3], ["text", "media", "heart"]);
    assert_eq!(names.len(), 53);
    assert!(list.lines().all(|line| line.contains(" from to")), "{list}");
    assert!(list.contains("text=Hello!"), "defaults are shown: {list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_is_read_and_moved() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let clock = |words: &[&str]| {
        let words = [&["clock"], words].concat();
        let text = printed(&mut command(&emulator.url, &words));
        Millis::parse_rfc3339(text.trim_end()).unwrap()
    };
    let before = clock(&[]);
    let minute = Span::minutes(1);
    let advanced = clock(&["advance", "2h"]);
    assert!(advanced >= before.plus(Span::hours(2)) && advanced < before.plus(Span::hours(2)).plus(minute));
    let noon = Millis::parse_rfc3339("2031-05-06T12:00:00Z").unwrap();
    let set = clock(&["set", "2031-05-06T12:00:00Z"]);
    assert!(set >= noon && set < noon.plus(minute));
    assert!(clock(&[]) >= noon, "it stays where it was moved");
    for words in [["advance", "soon"], ["set", "tomorrow"]] {
        let complaint = refused(&mut command(&emulator.url, &[&["clock"][..], &words].concat()));
        assert!(complaint.contains(words[0]), "{complaint}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deliveries_are_listed_shown_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let receiver = Receiver::start(demo::SECRET).await;
    subscribe(&emulator.url, &receiver).await;
    let run = |words: &[&str]| printed(&mut command(&emulator.url, words));
    assert_eq!(run(&["deliveries"]), "");
    run(&["trigger", "text", "--set", "text=deliver me"]);
    // Moving the clock ends when everything due has run.
    run(&["clock", "advance", "1s"]);
    let list = run(&["deliveries"]);
    let columns: Vec<&str> = list.split_whitespace().collect();
    assert_eq!((list.lines().count(), &columns[1..5]), (1, &["delivered", "messages", "1", "attempts"][..]), "{list}");
    let id = columns[0];
    let shown = json(&run(&["deliveries", id]));
    assert!(shown["request"]["body"].as_str().unwrap().contains("deliver me"), "{shown}");
    assert_eq!(shown["attempts"][0]["status"], 200);

    assert_eq!(json(&run(&["deliveries", id, "--redeliver"]))["state"], "pending");
    run(&["clock", "advance", "1s"]);
    let bodies: Vec<Value> = receiver.take().iter().map(testkit::Received::json).collect();
    assert_eq!(bodies.len(), 2);
    let (first, again) = (&bodies[0]["entry"][0], &bodies[1]["entry"][0]);
    assert_eq!(first["messaging"], again["messaging"], "the same event comes again");
    assert!(again["time"].as_i64() > first["time"].as_i64(), "under a time and signature of its own");
    let element = r#"{"message":{"text":"changed by hand"}}"#;
    let made = json(&run(&["deliveries", id, "--redeliver", "--element", element]));
    assert_ne!(made["id"], shown["id"]);
    let many = json(&run(&["deliveries", "--redeliver", "--state", "delivered", "--field", "messages"]));
    run(&["clock", "advance", "1s"]);
    assert_eq!(receiver.take().len(), 1 + many["count"].as_u64().unwrap() as usize);
    assert_eq!(run(&["deliveries", "--state", "dropped"]), "");
    let complaint = refused(&mut command(&emulator.url, &["deliveries", "999"]));
    assert!(complaint.contains("999"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn webhooks_misbehave_on_demand_and_owners_are_told_of_what_fails() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let receiver = Receiver::start(demo::SECRET).await;
    subscribe(&emulator.url, &receiver).await;
    let run = |words: &[&str]| printed(&mut command(&emulator.url, words));
    assert_eq!((run(&["fault"]), run(&["alerts"])), (String::new(), String::new()));
    let armed = run(&["fault", "fail", "--every", "1", "--field", "messages", "--amount", "503"]);
    assert!(armed.starts_with("fail") && armed.contains("every 1") && armed.contains("field messages"), "{armed}");
    run(&["trigger", "text"]);
    run(&["clock", "advance", "2h"]);
    assert!(run(&["fault"]).contains("struck 12 of 12 times"), "{}", run(&["fault"]));
    let alerts = run(&["alerts"]);
    let told: Vec<&str> = alerts.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(told, ["webhooks_disabled", "delivery_failing"], "{alerts}");
    assert_eq!(run(&["fault", "--clear"]), "");
    assert!(receiver.take().is_empty());
    let complaint = refused(&mut command(&emulator.url, &["fault", "dance"]));
    assert!(complaint.contains("duplicate"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_cannot_be_done_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    for (words, why) in [
        (&["trigger", "dance"][..], "trigger --list"),
        (&["trigger", "text", "--set", "colour=red"], "no key colour"),
        (&["trigger", "text", "--set", "colour"], "name=value"),
        (&["trigger", "text", "--set", "from=nobody.here"], "nobody.here"),
        (&["trigger", "text", "--set", "to=nobody.here"], "nobody.here"),
        (&["trigger", "text", "--set", "text="], "text"),
        (&["trigger"], "Usage"),
        (&["deliveries", "--redeliver"], "Usage"),
        (&["deliveries", "first"], "first"),
    ] {
        let complaint = refused(&mut command(&emulator.url, words));
        assert!(complaint.contains(why), "{words:?}: {complaint}");
    }
    let complaint = refused(command(&emulator.url, &["trigger", "dance"]).args(["--log", "off"]));
    assert!(complaint.contains("dance"), "a sentence is no log line: {complaint}");
}

#[test]
fn with_nobody_listening_every_command_says_so() {
    // Port 0 takes no connection on any machine.
    let url = "http://127.0.0.1:0";
    for words in [&["trigger", "text"][..], &["tail"], &["clock"], &["clock", "advance", "1s"], &["deliveries"]] {
        let complaint = refused(&mut command(url, words));
        assert!(complaint.contains(url) && complaint.contains("parlance dev"), "{words:?}: {complaint}");
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
