//! What comes in by webhook.

use axum::http::{HeaderMap, HeaderValue};
use parlance_inbox::desk::reply::Reply;
use parlance_inbox::desk::views::View;
use parlance_inbox::facts::Outgoing;
use parlance_inbox::ids::ConversationId;
use parlance_inbox::ingest::receive::NotTaken;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value, json};
use wire::time::Span;

use crate::engines::Engine;
use crate::rig::{Rig, signed};

/// Brings events of the demo account as the platform would.
async fn bring(rig: &Rig, elements: &[Value]) {
    for element in elements {
        rig.told(json!({"messaging": [element]})).await;
    }
}

fn element(rig: &Rig, at: i64, rest: &Value) -> Value {
    let account = &rig.connected.connection.account_id;
    let mut element =
        json!({"sender": {"id": "9001"}, "recipient": {"id": account}, "timestamp": rig.world.now().get() + at});
    element.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    element
}

async fn what_people_do_is_in_the_thread(engine: Engine) {
    let rig = Rig::start(engine).await;
    let mira = rig.world.person("mira.paints");
    let mid = mira.writes("Is it warm?").await;
    mira.does("reactions", &json!({"message_id": mid, "emoji": "❤"})).await;
    rig.settle().await;
    assert_eq!(rig.thread("mira.paints").await, [("person".into(), "text".into(), "Is it warm?".into())]);
    let conversation = rig.conversation("mira.paints").await;
    assert_eq!((conversation.unread, conversation.standby), (1, false));
    assert_eq!(conversation.person_time, Some(rig.world.now()));
    assert_eq!(conversation.profile.username.as_deref(), Some("mira.paints"), "the profile was read");
    let found = rig.desk.find(rig.ana(), "war mir", 10).await.unwrap();
    assert!(found.is_empty(), "both words have to stand in one text");
    assert_eq!(rig.desk.find(rig.ana(), "WAR", 10).await.unwrap().len(), 1);
    assert_eq!(rig.desk.find(rig.ana(), "okafor", 10).await.unwrap()[0].1.id, conversation.id);
}

async fn a_forged_delivery_is_not_taken(engine: Engine) {
    let rig = Rig::start(engine).await;
    let id = rig.connected.connection.id;
    let body = br#"{"object":"instagram","entry":[]}"#;
    let other = wire::signature::sha256_header(b"other", body);
    let forged =
        HeaderMap::from_iter([("x-hub-signature-256".parse().unwrap(), HeaderValue::from_str(&other).unwrap())]);
    for headers in [HeaderMap::new(), forged] {
        assert!(matches!(rig.desk.receive(id, &headers, body).await, Err(NotTaken::Forged(_))));
    }
    assert!(rig.desk.receive(id, &signed(body), body).await.is_ok());
    let unknown = parlance_inbox::ids::ConnectionId::new(5);
    assert!(matches!(rig.desk.receive(unknown, &signed(body), body).await, Err(NotTaken::Forged(_))));
    assert_eq!(rig.desk.received(rig.workspace).await.unwrap().0, 1);
}

async fn what_was_unsent_is_nowhere_whatever_came_first(engine: Engine) {
    let rig = Rig::start(engine).await;
    let said = |mid: &str| element(&rig, 5, &json!({"message": {"mid": mid, "text": "zanzibar"}}));
    let unsent = |mid: &str| element(&rig, 5, &json!({"message": {"mid": mid, "is_deleted": true}}));
    let edited =
        |mid: &str| element(&rig, 6, &json!({"message_edit": {"mid": mid, "text": "zanzibar too", "num_edit": 1}}));
    bring(&rig, &[said("a"), edited("a"), unsent("a")]).await;
    bring(&rig, &[unsent("b"), said("b"), edited("b")]).await;
    let page =
        rig.desk.list(rig.ana(), parlance_inbox::desk::views::View::All, &Default::default(), None, 10).await.unwrap();
    let thread = rig.desk.thread(rig.ana(), page.items[0].id, None, 10).await.unwrap();
    for message in &thread.messages {
        assert_eq!((message.kind.as_str(), &message.text, &message.content), ("unsent", &None, &None), "{message:?}");
    }
    assert_eq!(thread.messages.len(), 2);
    assert!(rig.desk.find(rig.ana(), "zanzibar", 10).await.unwrap().is_empty());
    for key in ["message:a", "edit:a:1", "message:b", "edit:b:1"] {
        let body = rig.desk.as_it_came(rig.workspace, rig.connected.connection.id, key).await.unwrap();
        assert_eq!(body, Some(None), "{key}");
    }
}

async fn a_thread_is_in_time_order_whatever_came_first(engine: Engine) {
    let rig = Rig::start(engine).await;
    let said = |at: i64| element(&rig, at, &json!({"message": {"mid": format!("m{at}"), "text": at.to_string()}}));
    bring(&rig, &[said(30), said(10), said(20), said(10)]).await;
    let page =
        rig.desk.list(rig.ana(), parlance_inbox::desk::views::View::All, &Default::default(), None, 10).await.unwrap();
    let thread = rig.desk.thread(rig.ana(), page.items[0].id, None, 10).await.unwrap();
    let texts: Vec<_> = thread.messages.iter().map(|message| message.text.clone().unwrap()).collect();
    assert_eq!(texts, ["10", "20", "30"]);
    assert_eq!((page.items[0].unread, page.items[0].person_time.unwrap().get()), (3, rig.world.now().get() + 30));
    let older = rig.desk.thread(rig.ana(), page.items[0].id, Some("m20"), 10).await.unwrap();
    assert_eq!(older.messages.len(), 1);
}

/// The texts of the only thread, in the order in which the desk heard of them, and the conversation.
async fn heard(rig: &Rig) -> (ConversationId, Vec<String>) {
    let page = rig.desk.list(rig.ana(), View::All, &Default::default(), None, 10).await.unwrap();
    assert_eq!(page.items.len(), 1);
    let mut messages = rig.desk.thread(rig.ana(), page.items[0].id, None, 200).await.unwrap().messages;
    messages.sort_by_key(|message| message.seq);
    (page.items[0].id, messages.into_iter().map(|message| message.text.unwrap()).collect())
}

async fn what_comes_within_one_millisecond_is_applied_in_the_order_of_arrival(engine: Engine) {
    let rig = Rig::start(engine).await;
    let said = |number: usize| {
        element(&rig, 0, &json!({"message": {"mid": format!("m{number}"), "text": number.to_string()}}))
    };
    let (id, account) = (rig.connected.connection.id, &rig.connected.connection.account_id);
    // Forty deliveries one behind the other, and forty events of one; no clock moves and nothing is applied between.
    for numbers in (0..40).map(|one| one..=one).chain([40..=79]) {
        let elements: Vec<Value> = numbers.map(said).collect();
        let body = json!({"object": "instagram", "entry": [{"id": account, "time": 1, "messaging": elements}]});
        let body = body.to_string();
        rig.desk.receive(id, &signed(body.as_bytes()), body.as_bytes()).await.unwrap();
    }
    rig.desk.settle().await.unwrap();
    let (conversation, texts) = heard(&rig).await;
    assert_eq!(texts, (0..80).map(|number| number.to_string()).collect::<Vec<_>>());
    // Who has seen the last of them has seen them all.
    let body = Outgoing::Text { text: "Hello!".into(), reply_to: None };
    let reply = Reply { client_key: "k".into(), last_seen: Some("m79".into()), body };
    rig.desk.reply(rig.ana(), conversation, reply).await.unwrap();
}

async fn what_is_read_back_is_applied_oldest_first(engine: Engine) {
    let rig = Rig::start(engine).await;
    // Nobody delivers this.
    let texts = ["One", "Two", "Three", "Four"];
    for text in texts {
        rig.world.person("mira.paints").writes(text).await;
    }
    let connection = rig.connected.connection.id;
    while rig.desk.catch_up_now(&rig.supervisor, connection).await.unwrap().1.is_some() {
        rig.world.set_clock(rig.world.now().plus(Span::seconds(1)));
    }
    let id = rig.conversation("mira.paints").await.id;
    let mut messages = rig.desk.thread(rig.ana(), id, None, 100).await.unwrap().messages;
    messages.sort_by_key(|message| message.seq);
    let heard: Vec<_> = messages.into_iter().filter_map(|message| message.text).collect();
    assert!(heard.ends_with(&texts.map(String::from)), "{heard:?}");
}

async fn a_profile_that_a_desk_did_not_come_to_is_read_by_the_next(engine: Engine) {
    let mut rig = Rig::start(engine).await;
    let people = ["mira.paints", "jonas_w", "lucia_m"];
    for person in people {
        rig.world.person(person).writes("Hello?").await;
    }
    rig.world.deliver().await;
    assert_eq!(rig.desk.apply_all().await.unwrap(), 3);
    let read = async |rig: &Rig| {
        let mut names = Vec::new();
        for person in people {
            names.extend(rig.conversation(person).await.profile.username);
        }
        names
    };
    assert!(read(&rig).await.is_empty(), "it ends before it reads who they are");
    rig.reopen().await;
    rig.desk.settle().await.unwrap();
    assert_eq!(read(&rig).await.len(), 2, "no faster than the account may be read");
    rig.world.set_clock(rig.world.now().plus(Span::seconds(1)));
    rig.desk.settle().await.unwrap();
    assert_eq!(read(&rig).await, people);
    assert_eq!(rig.desk.read_missed_profile().await.unwrap(), 0, "each is asked for once");
}

/// Every kind of event of the contract, with what it is shown as (contract webhooks 3).
fn corpus() -> Vec<(Value, Option<&'static str>)> {
    let attachment = |kind: &str, payload: Value| json!({"message": {"mid": format!("at-{kind}"), "attachments": [{"type": kind, "payload": payload}]}});
    let url = json!({"url": "https://cdn.test/1"});
    vec![
        (json!({"message": {"mid": "t", "text": "Hi"}}), Some("text")),
        (attachment("image", url.clone()), Some("image")),
        (attachment("video", url.clone()), Some("video")),
        (attachment("audio", url.clone()), Some("audio")),
        (attachment("file", url.clone()), Some("file")),
        (attachment("share", url.clone()), Some("share")),
        (attachment("ig_post", json!({"ig_post_media_id": "181", "title": "T", "url": "u"})), Some("share")),
        (attachment("ig_reel", json!({"url": "u", "title": "t", "reel_video_id": "179"})), Some("reel")),
        (attachment("reel", url.clone()), Some("reel")),
        (attachment("story_mention", url.clone()), Some("story_mention")),
        (attachment("ig_story", json!({"story_media_id": "1", "story_media_url": "u"})), Some("story_share")),
        (attachment("template", json!({"generic": {"elements": [{"title": "Shirt"}]}})), Some("template")),
        (json!({"message": {"mid": "eph", "attachments": [{"type": "ephemeral"}]}}), Some("ephemeral")),
        (json!({"message": {"mid": "heart", "attachments": [{"type": "like_heart"}]}}), Some("like_heart")),
        (attachment("hologram", url), Some("unknown")),
        (json!({"message": {"mid": "r", "text": "that", "reply_to": {"mid": "t"}}}), Some("text")),
        (
            json!({"message": {"mid": "sr", "text": "wow", "reply_to": {"story": {"url": "u", "id": "1"}}}}),
            Some("story_reply"),
        ),
        (json!({"message": {"mid": "q", "text": "Track", "quick_reply": {"payload": "T"}}}), Some("text")),
        (json!({"message": {"mid": "un", "is_unsupported": true}}), Some("unsupported")),
        (
            json!({"message": {"mid": "ad", "text": "Hi", "referral": {"ad_id": "1", "source": "ADS", "type": "OPEN_THREAD"}}}),
            Some("text"),
        ),
        (json!({"message": {"mid": "nothing"}}), Some("unknown")),
        (json!({"postback": {"mid": "pb", "title": "Where?", "payload": "S"}}), Some("postback")),
        (json!({"postback": {"title": "Where?"}}), Some("postback")),
        (json!({"referral": {"ref": "n", "source": "SHORTLINKS", "type": "OPEN_THREAD"}}), Some("referral")),
        (json!({"optin": {"type": "notification_messages", "title": "Drops"}}), Some("optin")),
        (json!({"response_feedback": {"feedback": "Good response", "mid": "t"}}), Some("feedback")),
        (
            json!({"pass_thread_control": {"previous_owner_app_id": null, "new_owner_app_id": "2"}}),
            Some("control_passed"),
        ),
        (
            json!({"take_thread_control": {"previous_owner_app_id": "1", "new_owner_app_id": "2"}}),
            Some("control_taken"),
        ),
        (json!({"request_thread_control": {"requested_owner_app_id": "2"}}), Some("control_requested")),
        (json!({"hologram": {"depth": 3}}), Some("unknown")),
        (json!({"message_edit": {"mid": "z", "num_edit": 0}}), Some("unknown")),
        (json!({"reaction": {"mid": "t", "action": "react", "reaction": "love", "emoji": "❤"}}), None),
        (json!({"reaction": {"mid": "t", "action": "unreact"}}), None),
        (json!({"read": {"mid": "t"}}), None),
        (json!({"policy_enforcement": {"action": "warning"}}), None),
        (json!({"app_roles": {"1": ["primary_receiver"]}}), None),
    ]
}

async fn every_kind_of_event_is_shown_and_none_is_blank(engine: Engine) {
    let rig = Rig::start(engine).await;
    let all: Vec<Value> = corpus().iter().enumerate().map(|(at, (rest, _))| element(&rig, at as i64, rest)).collect();
    bring(&rig, &all).await;
    let page =
        rig.desk.list(rig.ana(), parlance_inbox::desk::views::View::All, &Default::default(), None, 10).await.unwrap();
    assert_eq!(page.items.len(), 1);
    let thread = rig.desk.thread(rig.ana(), page.items[0].id, None, 100).await.unwrap();
    let shown: Vec<&str> = thread.messages.iter().map(|message| message.kind.as_str()).collect();
    let wanted: Vec<&str> = corpus().into_iter().filter_map(|(_, kind)| kind).collect();
    assert_eq!(shown, wanted);
    for message in &thread.messages {
        let content = message.content.as_ref();
        let has_face = message.text.is_some() || content.is_some() || message.kind == "unsupported";
        assert!(has_face, "{message:?} is blank");
        assert!(message.kind != "unknown" || content.is_some_and(|content| content.raw.is_some()), "{message:?}");
    }
}

async fn a_thousand_damaged_events_are_kept_and_nothing_breaks(engine: Engine) {
    let rig = Rig::start(engine).await;
    let account = rig.connected.connection.account_id.clone();
    let bodies: Vec<Vec<u8>> = corpus()
        .into_iter()
        .enumerate()
        .map(|(at, (rest, _))| {
            let element = element(&rig, at as i64, &rest);
            json!({"object": "instagram", "entry": [{"id": account, "time": 1, "messaging": [element]}]})
                .to_string()
                .into()
        })
        .collect();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let damage =
        (0..bodies.len(), proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..4));
    for _ in 0..1000 {
        let (which, damages) = damage.new_tree(&mut runner).unwrap().current();
        let mut body = bodies[which].clone();
        for (at, byte, how) in damages {
            let at = at.index(body.len());
            match how {
                0 => body[at] = byte,
                1 => drop(body.remove(at)),
                2 => body.insert(at, byte),
                _ => body.truncate(at.max(1)),
            }
        }
        let taken = rig.desk.receive(rig.connected.connection.id, &signed(&body), &body).await;
        assert!(taken.is_ok(), "{}: {taken:?}", String::from_utf8_lossy(&body));
    }
    rig.desk.settle().await.unwrap();
    let (kept, applied) = rig.desk.received(rig.workspace).await.unwrap();
    assert!(kept > 500 && kept == applied, "{applied} of {kept} were applied");
    let page =
        rig.desk.list(rig.ana(), parlance_inbox::desk::views::View::All, &Default::default(), None, 100).await.unwrap();
    for conversation in page.items {
        rig.desk.thread(rig.ana(), conversation.id, None, 100).await.unwrap();
    }
}

async fn what_an_agent_sent_is_there_once_although_its_echo_comes_too(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    let conversation = rig.conversation("mira.paints").await;
    let last = rig.desk.thread(rig.ana(), conversation.id, None, 10).await.unwrap().messages.pop().unwrap();
    let reply = parlance_inbox::desk::reply::Reply {
        client_key: "k1".into(),
        last_seen: Some(last.mid),
        body: Outgoing::Text { text: "Hello!".into(), reply_to: None },
    };
    rig.desk.reply(rig.ana(), conversation.id, reply).await.unwrap();
    rig.settle().await;
    let thread = rig.desk.thread(rig.ana(), conversation.id, None, 10).await.unwrap();
    assert_eq!(thread.messages.len(), 2, "{:?}", thread.messages);
    assert_eq!((thread.messages[1].agent, thread.messages[1].told), (Some(rig.ana().id), true));
    assert!(thread.outbox.is_empty());
}

on_every_engine!(
    what_people_do_is_in_the_thread,
    a_forged_delivery_is_not_taken,
    what_was_unsent_is_nowhere_whatever_came_first,
    a_thread_is_in_time_order_whatever_came_first,
    what_comes_within_one_millisecond_is_applied_in_the_order_of_arrival,
    what_is_read_back_is_applied_oldest_first,
    a_profile_that_a_desk_did_not_come_to_is_read_by_the_next,
    every_kind_of_event_is_shown_and_none_is_blank,
    a_thousand_damaged_events_are_kept_and_nothing_breaks,
    what_an_agent_sent_is_there_once_although_its_echo_comes_too,
);
