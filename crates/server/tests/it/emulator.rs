//! The surface under `/_parlance/` (design section 7).
#![expect(clippy::unwrap_used, reason = "helpers fail the test that calls them")]

use axum::body::Body;
use axum::http::{Request, header};
use engine::demo;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use testkit::TestWorld;
use tower::ServiceExt;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn people_are_listed_with_their_ids_for_each_account() {
    let world = TestWorld::start().await;
    let people = world.nobody().get("/_parlance/people").await.ok();
    let (username, igsid) = demo::people().next().unwrap();
    let first = &people["data"][0];
    let names = ["id", "username", "name", "profile_pic", "follower_count", "status", "is_private", "phone", "email"];
    assert_eq!(keys(first), [names.as_slice(), &["igsids", "window_times"]].concat());
    assert_eq!((&first["username"], &first["igsids"]), (&json!(username), &json!({demo::USERNAME: igsid.to_string()})));
    assert_eq!(people["data"].as_array().unwrap().len(), demo::people().count());
}

#[tokio::test]
async fn a_new_person_gets_an_id_for_an_account_with_the_first_message() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let new = json!({"username": "nora.b", "name": "Nora", "follower_count": 7});
    let made = api.post("/_parlance/people", &new).await.ok();
    assert_eq!(
        (&made["username"], &made["follower_count"], &made["igsids"]),
        (&json!("nora.b"), &json!(7), &json!({}))
    );
    let text = json!({"to": demo::USERNAME, "text": "first"});
    api.post("/_parlance/people/nora.b/messages", &text).await.ok();
    let people = api.get("/_parlance/people").await.ok();
    let nora = people["data"].as_array().unwrap().iter().find(|person| person["username"] == "nora.b").unwrap();
    let igsid = nora["igsids"][demo::USERNAME].as_str().unwrap();
    world.page().sends(igsid, "welcome").await.ok();
}

#[tokio::test]
async fn names_that_are_taken_unfit_or_unknown_are_refused() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    for (username, status) in [("mira.paints", 409), (demo::USERNAME, 409), ("Mira", 400), ("", 400)] {
        let refused = api.post("/_parlance/people", &json!({"username": username})).await;
        assert_eq!(refused.error(), (status, 100, None), "{username}");
    }
    let text = json!({"to": "no.such.shop", "text": "x"});
    assert_eq!(api.post("/_parlance/people/mira.paints/messages", &text).await.error().0, 404);
    let text = json!({"to": demo::USERNAME, "text": " "});
    assert_eq!(api.post("/_parlance/people/mira.paints/messages", &text).await.error().0, 400);
    assert_eq!(api.post("/_parlance/people/nobody/messages", &text).await.error().0, 404);
    assert_eq!(api.get("/_parlance/no/such/thing").await.error().0, 404);
}

#[tokio::test]
async fn a_body_is_read_whatever_its_content_type_and_refused_when_it_is_no_json() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let path = "/_parlance/people/mira.paints/messages";
    let form = "application/x-www-form-urlencoded";
    let body = json!({"to": demo::USERNAME, "text": "from curl"}).to_string();
    api.send(api.request("POST", path, form, Body::from(body))).await.ok();
    for body in ["", "{", "[]", r#"{"to":1,"text":"x"}"#] {
        let refused = api.send(api.request("POST", path, form, Body::from(body))).await;
        assert_eq!(refused.error(), (400, 100, None), "{body}");
    }
}

#[tokio::test]
async fn a_thread_reads_as_the_person_sees_it_newest_first() {
    let world = TestWorld::start().await;
    world.person("sam.oslo").writes("Hi \u{1f499}").await;
    let (_, sam) = demo::people().find(|(username, _)| *username == "sam.oslo").unwrap();
    world.page().sends(&sam.to_string(), "Hello Sam").await.ok();
    let path = format!("/_parlance/people/sam.oslo/messages?with={}", demo::USERNAME);
    let thread = world.nobody().get(&path).await.ok();
    let rows = thread["data"].as_array().unwrap();
    assert_eq!(keys(&rows[0]), ["id", "from", "text", "created_time"]);
    let seen: Vec<_> = rows.iter().map(|row| (row["from"].as_str().unwrap(), row["text"].as_str().unwrap())).collect();
    assert_eq!(seen, [(demo::USERNAME, "Hello Sam"), ("sam.oslo", "Hi \u{1f499}")]);
    assert_eq!(rows[0]["created_time"], world.now().rfc3339());
    let one = world.nobody().get(&format!("{path}&limit=1")).await.ok();
    assert_eq!(one["data"].as_array().unwrap().len(), 1);
    assert_eq!(world.nobody().get("/_parlance/people/sam.oslo/messages").await.error().0, 400, "with is needed");
}

#[tokio::test]
async fn what_the_profile_shows_can_be_tapped_and_ice_breakers_only_at_first() {
    let world = TestWorld::start().await;
    let question = json!({"question": "Opening hours?", "payload": "HOURS"});
    let item = json!({"title": "Help", "payload": "HELP", "type": "postback"});
    let profile = json!({
        "platform": "instagram",
        "ice_breakers": [{"locale": "default", "call_to_actions": [question]}],
        "persistent_menu": [{"locale": "default", "call_to_actions": [item]}],
    });
    world.page().post("/v25.0/me/messenger_profile", &profile).await.ok();
    let path = format!("/_parlance/people/lucia_m/choices?with={}", demo::USERNAME);
    let choices = world.nobody().get(&path).await.ok();
    assert_eq!(choices["ice_breakers"], json!([{"title": "Opening hours?", "payload": "HOURS"}]));
    assert_eq!(choices["persistent_menu"], json!([{"title": "Help", "payload": "HELP"}]));

    let lucia = world.person("lucia_m");
    lucia.taps_ice_breaker("Opening hours?").await.ok();
    assert_eq!(world.nobody().get(&path).await.ok()["ice_breakers"], json!([]));
    assert_eq!(lucia.taps_ice_breaker("Opening hours?").await.error().0, 400);
    lucia.taps_menu_item("Help").await.ok();
    let both = json!({"to": demo::USERNAME, "ice_breaker": "a", "menu_item": "b"});
    assert_eq!(world.nobody().post("/_parlance/people/lucia_m/taps", &both).await.error().0, 400);
}

#[tokio::test]
async fn opening_a_thread_sees_the_newest_answer_once() {
    let world = TestWorld::start().await;
    let (mira, api) = (world.person("mira.paints"), world.page());
    let sent = api.sends(&mira.igsid(), "Here you go").await.ok()["message_id"].as_str().unwrap().to_owned();
    assert_eq!(mira.opens().await, Some(sent));
    assert_eq!(mira.opens().await, None);
}

#[tokio::test]
async fn accounts_come_with_their_page_posts_and_comments() {
    let world = TestWorld::start().await;
    let accounts = world.nobody().get("/_parlance/accounts").await.ok();
    let account = &accounts["data"][0];
    let facts = [
        "account_type",
        "allow_message_access",
        "standing",
        "image_collections",
        "default_app",
        "primary_app",
        "take_over_apps",
    ];
    let shown = ["id", "username", "name", "biography", "profile_pic", "followers_count", "page"];
    assert_eq!(keys(account), [shown.as_slice(), &facts, &["media"]].concat());
    assert_eq!(account["page"]["id"], demo::PAGE.to_string());
    let media = account["media"].as_array().unwrap();
    assert_eq!(media.len(), demo::posts().count() + 1, "the posts that the ready line names, and a story");
    let comments: Vec<&Value> = media.iter().flat_map(|post| post["comments"].as_array().unwrap()).collect();
    assert_eq!(comments.len(), demo::posts().map(|(_, comments)| comments.len()).sum::<usize>());
    assert!(comments.iter().any(|c| c["from"] == "mira.paints" && c["text"] == "Is the orange one back in stock?"));
}

#[tokio::test]
async fn the_clock_is_read_moved_and_runs_what_becomes_due() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    hook.take();
    let api = world.nobody();
    assert_eq!(api.get("/_parlance/clock").await.ok(), json!({"now": world.now().rfc3339()}));
    hook.answer_with(200);
    let before = world.now();
    let moved = api.post("/_parlance/clock", &json!({"advance": "25h1m"})).await.ok();
    assert_eq!(moved, json!({"now": before.plus("25h1m".parse().unwrap()).rfc3339()}));
    assert_eq!(hook.take().len(), 1);
    let set = api.post("/_parlance/clock", &json!({"set": "2031-01-01T00:00:00Z"})).await.ok();
    assert_eq!(set, json!({"now": "2031-01-01T00:00:00Z"}));
    for wrong in [json!({}), json!({"advance": "soon"}), json!({"set": "soon"}), json!({"advance": "1s", "set": "x"})] {
        assert_eq!(api.post("/_parlance/clock", &wrong).await.error(), (400, 100, None), "{wrong}");
    }
}

#[tokio::test]
async fn a_delivery_shows_the_exact_request_and_can_be_made_again() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("mira.paints").writes("h\u{e9}llo / \u{1f499}").await;
    world.deliver().await;
    let received = hook.take().remove(0);
    let api = world.nobody();
    let list = api.get(&format!("/_parlance/deliveries?app={}&state=delivered", demo::APP)).await.ok();
    let row = &list["data"][0];
    let names =
        ["id", "app_id", "account_id", "login", "field", "channel", "state", "created_time", "due_time", "attempts"];
    assert_eq!(keys(row), names);
    assert_eq!((&row["field"], &row["state"], &row["attempts"]), (&json!("messages"), &json!("delivered"), &json!(1)));

    let path = format!("/_parlance/deliveries/{}", row["id"].as_str().unwrap());
    let one = api.get(&path).await.ok();
    assert_eq!(one["request"]["body"].as_str().unwrap().as_bytes(), received.body);
    assert_eq!(one["request"]["url"], hook.url());
    for (name, value) in one["request"]["headers"].as_object().unwrap() {
        assert_eq!(value.as_str().unwrap(), received.headers[name.as_str()], "{name}");
    }
    assert_eq!((&one["attempts"][0]["number"], &one["attempts"][0]["status"]), (&json!(1), &json!(200)));

    let again = api.post(&format!("{path}/redeliver"), &json!({})).await.ok();
    assert_eq!(again, json!({"id": row["id"], "state": "pending"}));
    world.deliver().await;
    assert_eq!(hook.take()[0].body, received.body);
    assert_eq!(api.get(&path).await.ok()["attempts"].as_array().unwrap().len(), 2);

    assert_eq!(api.get("/_parlance/deliveries?state=lost").await.error().0, 400);
    assert_eq!(api.get("/_parlance/deliveries/999999").await.error().0, 404);
    assert_eq!(
        api.get(&format!("/_parlance/deliveries?before={}", row["id"].as_str().unwrap())).await.ok(),
        json!({"data": []})
    );
}

/// Reads a live stream until it has shown so many events; gives their ids and data.
pub async fn events_of(body: &mut Body, count: usize) -> Vec<(u64, Value)> {
    let mut text = String::new();
    while text.matches("\n\n").count() < count {
        let frame = body.frame().await.expect("the stream goes on").unwrap();
        text.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap());
    }
    let event = |block: &str| {
        let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
        (field("id:").parse().unwrap(), serde_json::from_str(&field("data:")).unwrap())
    };
    text.split("\n\n").filter(|block| !block.is_empty()).map(event).collect()
}

#[tokio::test]
async fn the_log_is_listed_and_streamed_and_a_stream_resumes() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let start = world.world().store.last_event().await.unwrap();
    let stream = |request: Request<Body>| async { world.router().oneshot(request).await.unwrap() };
    let live = stream(api.request("GET", "/_parlance/events/stream", "", Body::empty())).await;
    assert_eq!(live.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut live = live.into_body();

    let mid = world.person("mira.paints").writes("hello").await;
    let (seq, event) = events_of(&mut live, 1).await.remove(0);
    assert_eq!(seq, start + 1);
    let names = ["seq", "kind", "account_id", "igsid", "username", "time", "message_id", "text"];
    assert_eq!(keys(&event), names);
    assert_eq!((&event["kind"], &event["message_id"]), (&json!("message_received"), &json!(mid)));
    assert_eq!((&event["username"], &event["text"]), (&json!("mira.paints"), &json!("hello")));

    world.person("mira.paints").writes("again").await;
    let list = api.get(&format!("/_parlance/events?after={start}")).await.ok();
    assert_eq!(list["data"][0], event);
    assert_eq!(list["data"].as_array().unwrap().len(), 2);

    let mut resumed = api.request("GET", "/_parlance/events/stream?after=0", "", Body::empty());
    resumed.headers_mut().insert("last-event-id", seq.into());
    let resumed = events_of(&mut stream(resumed).await.into_body(), 1).await;
    assert_eq!((resumed[0].0, &resumed[0].1["text"]), (seq + 1, &json!("again")), "the header goes before the query");
}

#[tokio::test]
async fn a_live_stream_ends_when_the_server_closes() {
    let world = TestWorld::start().await;
    let request = world.nobody().request("GET", "/_parlance/events/stream", "", Body::empty());
    let body = world.router().oneshot(request).await.unwrap().into_body();
    let shutdown = tokio_util::sync::CancellationToken::new();
    shutdown.cancel();
    world.server.dispatcher.run(shutdown).await;
    assert!(body.collect().await.unwrap().to_bytes().is_empty());
}

#[tokio::test]
async fn other_hosts_and_other_sites_are_kept_out() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    assert_eq!(api.clone().at("rebound.attacker.test").get("/_parlance/people").await.error().0, 403);
    for (origin, status) in [("https://attacker.test", 403), ("null", 403), ("http://localhost:5173", 200)] {
        let mut request = api.request("POST", "/_parlance/clock", "", Body::from(r#"{"advance":"1s"}"#));
        request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
        assert_eq!(api.send(request).await.status, status, "{origin}");
    }
    world.page().at("graph.facebook.com").get("/v25.0/me").await.ok();
}

#[tokio::test]
async fn pictures_pages_and_the_document_are_served() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let picture = api.get("/_parlance/pictures/mira.paints.svg").await;
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/svg+xml")));
    assert_eq!(api.get("/_parlance/pictures/mira.paints").await.error().0, 404);
    assert_eq!(api.get("/_parlance/pictures/%3Csvg%3E.svg").await.error().0, 404);
    let page = api.get("/console").await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(api.get("/_parlance/openapi.json").await.ok()["openapi"], "3.1.0");
}

#[tokio::test]
async fn every_answer_tells_what_time_it_is_in_the_world() {
    let world = TestWorld::start().await;
    for (moment, told) in [
        ("2027-03-04T05:06:07.999Z", "Thu, 04 Mar 2027 05:06:07 GMT"),
        ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
    ] {
        world.set_clock(wire::time::Millis::parse_rfc3339(moment).unwrap());
        for path in ["/v25.0/me", "/v25.0/nothing", "/_parlance/people", "/_parlance/nothing"] {
            assert_eq!(world.page().get(path).await.headers[header::DATE], told, "{path}");
        }
    }
}
