//! Every endpoint as everybody, and the live stream.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use http_body_util::BodyExt;
use parlance_inbox::api::{ENDPOINTS, Endpoint, Need};
use parlance_inbox::facts::Role;
use parlance_inbox::policy::access::{Action, may};
use serde_json::{Value, json};
use wire::time::Span;

use crate::browser::Browser;
use crate::engines::Engine;
use crate::rig::{PASSWORD, Rig};

/// Ids of things of the rig's workspace, by the name that they have in paths.
struct Things {
    ids: BTreeMap<&'static str, String>,
}

impl Things {
    async fn of(rig: &Rig, owner: &Browser) -> Self {
        rig.world.person("mira.paints").writes("Hello?").await;
        rig.settle().await;
        let conversation = rig.conversation("mira.paints").await.id.to_string();
        let id = |told: Value| told["id"].as_str().unwrap().to_owned();
        let team = id(owner.post("/inbox/api/teams", &json!({"name": "Returns", "assignment": "manual"})).await);
        let label = id(owner.post("/inbox/api/labels", &json!({"name": "Late", "colour": "red"})).await);
        let canned = json!({"shortcut": "hi", "title": "Hi", "text": "Hi {{name}}"});
        let reply = id(owner.post("/inbox/api/canned_replies", &canned).await);
        let view =
            id(owner.post("/inbox/api/views", &json!({"name": "V", "query": "view=mine", "shared": true})).await);
        let said = json!({"client_key": "k", "last_seen": last_seen(owner, &conversation).await, "body": {"kind": "text", "text": "x"}});
        let outbox = id(owner.post(&format!("/inbox/api/conversations/{conversation}/replies"), &said).await);
        rig.told(json!({"changes": [{"field": "comments", "value": {"id": "77", "from": {"id": "9"}, "text": "?"}}]}))
            .await;
        Browser::of(rig, "olga@desk.test").await;
        let sessions = owner.get("/inbox/api/sessions").await;
        let other = sessions.as_array().unwrap().iter().find(|one| one["current"] == false).unwrap();
        let session = other["id"].as_str().unwrap().to_owned();
        let ids = BTreeMap::from([
            ("conversations", conversation),
            ("teams", team),
            ("labels", label),
            ("canned_replies", reply),
            ("views", view),
            ("outbox", outbox),
            ("comments", "77".to_owned()),
            ("agents", rig.ana().id.to_string()),
            ("members", rig.ana().id.to_string()),
            ("sessions", session),
            ("connections", rig.connected.connection.id.to_string()),
        ]);
        Self { ids }
    }

    /// The path with ids for names: each is that of the part in front of it.
    fn path(&self, endpoint: &Endpoint) -> String {
        let parts: Vec<&str> = endpoint.path.split('/').collect();
        let filled = parts
            .iter()
            .enumerate()
            .map(|(at, part)| if part.starts_with('{') { self.ids[parts[at - 1]].as_str() } else { part });
        filled.collect::<Vec<_>>().join("/")
    }
}

async fn last_seen(browser: &Browser, conversation: &str) -> Value {
    let thread = browser.get(&format!("/inbox/api/conversations/{conversation}")).await;
    thread["messages"].as_array().unwrap().last().unwrap()["mid"].clone()
}

/// A body that each endpoint understands; most look at the first fields only.
fn body(endpoint: &Endpoint) -> Option<Value> {
    if matches!(endpoint.verb, "GET" | "DELETE") {
        return None;
    }
    Some(match endpoint.path.trim_start_matches("/inbox/api/") {
        "conversations" => json!({"conversations": ["1"], "change": {"do": "resolve"}}),
        "conversations/{id}" => json!({"do": "prioritise", "priority": 1}),
        "conversations/{id}/replies" => json!({"client_key": "n", "body": {"kind": "seen"}}),
        "conversations/{id}/fields" => json!({"fields": [{"name": "Order", "value": "1"}]}),
        "comments/{id}/private_reply" => json!({"client_key": "p", "text": "Hi"}),
        "me/name" => json!({"name": "Ola"}),
        "me/available" => json!({"available": true}),
        "me/password" => json!({"old": "x", "new": "y"}),
        "workspace" => json!({"name": "Desk", "assignment": "manual", "agents_see_all": true}),
        "invitations" => json!({"role": "read_only"}),
        "teams" => json!({"name": "Another", "assignment": "manual"}),
        "teams/{id}" => json!({"name": "Renamed", "assignment": "manual"}),
        "labels" => json!({"name": "Another", "colour": "red"}),
        "labels/{id}" => json!({"name": "Renamed", "colour": "red"}),
        "canned_replies" => json!({"shortcut": "x", "title": "X", "text": "X"}),
        "canned_replies/{id}" => json!({"shortcut": "y", "title": "Y", "text": "Y"}),
        "views" => json!({"name": "Another", "query": ""}),
        "connections" => json!({"graph_url": "http://graph.test", "token": "EAAwrong", "app_secret": "x"}),
        "session" => json!({"email": "a@b", "password": "wrong"}),
        "join" => json!({"link": "x", "name": "X", "email": "x@y", "password": PASSWORD}),
        "me/code" => json!({"secret": "x", "code": "1"}),
        _ => json!({"text": "x", "typing": false}),
    })
}

/// The largest role that may not do something, if there is one.
fn too_small(action: Action) -> Option<Role> {
    [Role::Supervisor, Role::Agent, Role::ReadOnly].into_iter().find(|role| !may(*role, action))
}

async fn each_endpoint_serves_whom_its_row_says_and_nobody_else(engine: Engine) {
    let rig = Rig::start(engine).await;
    for (role, name) in [(Role::Owner, "olga"), (Role::ReadOnly, "rob")] {
        rig.desk.add_agent(rig.workspace, role, &format!("{name}@desk.test"), name, PASSWORD).await.unwrap();
    }
    let owner = Browser::of(&rig, "olga@desk.test").await;
    let things = Things::of(&rig, &owner).await;
    let (_, link) = rig.desk.begin("Another desk").await.unwrap();
    let mut stranger = Browser::new(&rig);
    let new = json!({"link": link, "name": "Stan", "email": "stan@other.test", "password": PASSWORD});
    assert_eq!(stranger.take_cookie("/inbox/api/join", &new).await.0, 200);
    let roles = BTreeMap::from([
        (Role::Supervisor, Browser::of(&rig, "sue@desk.test").await),
        (Role::Agent, Browser::of(&rig, "ana@desk.test").await),
        (Role::ReadOnly, Browser::of(&rig, "rob@desk.test").await),
    ]);
    let ours = &things.ids["conversations"];
    // What takes things away, and what ends the log-in, comes last.
    let mut order: Vec<&Endpoint> = ENDPOINTS.iter().collect();
    order
        .sort_by_key(|one| (one.path == "/inbox/api/session", one.verb == "DELETE", one.path == "/inbox/api/sessions"));
    for endpoint in order {
        let (path, body) = (things.path(endpoint), body(endpoint));
        let named = format!("{} {path}", endpoint.verb);
        let Need::May(action) = endpoint.need else {
            let (_, told) = Browser::new(&rig).call(endpoint.verb, &path, body.as_ref()).await;
            assert_ne!(told["error"]["reason"], "log_in", "{named}: {told}");
            continue;
        };
        let (status, told) = Browser::new(&rig).call(endpoint.verb, &path, body.as_ref()).await;
        assert_eq!((status, &told["error"]["reason"]), (401, &json!("log_in")), "{named} as nobody");
        if let Some(role) = too_small(action) {
            let (status, told) = roles[&role].call(endpoint.verb, &path, body.as_ref()).await;
            assert_eq!((status, &told["error"]["reason"]), (403, &json!("not_allowed")), "{named} as {role:?}");
        }
        if endpoint.path == "/inbox/api/live" {
            // It never ends; another test follows it.
            continue;
        }
        // The stranger's own log-in is theirs to end, and is needed to the last.
        if endpoint.path != "/inbox/api/session" {
            let (status, told) = stranger.call(endpoint.verb, &path, body.as_ref()).await;
            let named_thing = endpoint.path.contains('{') && !endpoint.path.ends_with("/presence");
            assert!(!named_thing || status == 404, "{named} from another workspace: {status} {told}");
            assert!(!told.to_string().contains(ours.as_str()), "{named} from another workspace: {told}");
        }
        let (status, told) = owner.call(endpoint.verb, &path, body.as_ref()).await;
        let refused = ["log_in", "not_allowed", "not_found", "database", "broken"];
        let reason = told["error"]["reason"].as_str().unwrap_or_default();
        assert!(status != 403 && status != 405 && !refused.contains(&reason), "{named} as owner: {status} {told}");
    }
}

async fn a_stream_goes_on_where_it_was_and_ends_in_the_state_of_a_fresh_load(engine: Engine) {
    let rig = Rig::start(engine).await;
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let before = ana.get("/inbox/api/session").await["workspace"]["seq"].as_u64().unwrap();
    // Ten minutes without a connection, in which two thousand things happen.
    let account = rig.connected.connection.account_id.clone();
    for round in 0..50_i64 {
        let elements: Vec<Value> = (0..40_i64)
            .map(|person| {
                json!({"sender": {"id": (9000 + person).to_string()}, "recipient": {"id": account},
                    "timestamp": rig.world.now().get() + round * 40 + person,
                    "message": {"mid": format!("m{round}-{person}"), "text": "x"}})
            })
            .collect();
        rig.told(json!({"messaging": elements})).await;
    }
    rig.world.set_clock(rig.world.now().plus(Span::minutes(10)));
    // Half of them as a stream that breaks off, the rest by number.
    let mut request = ana.request("GET", "/inbox/api/live", None);
    request.headers_mut().insert("last-event-id", before.to_string().parse().unwrap());
    let mut stream = ana.send(request).await.into_body().into_data_stream();
    let (mut text, mut seen) = (String::new(), Vec::new());
    while seen.len() < 1000 {
        text.push_str(std::str::from_utf8(&stream.next().await.unwrap().unwrap()).unwrap());
        while let Some((event, rest)) = text.split_once("\n\n") {
            let data = event.lines().find_map(|line| line.strip_prefix("data:")).unwrap();
            seen.push(serde_json::from_str::<Value>(data).unwrap());
            text = rest.to_owned();
        }
    }
    drop(stream);
    loop {
        let after = seen.last().unwrap()["seq"].as_u64().unwrap();
        let page = ana.get(&format!("/inbox/api/events?after={after}")).await;
        match page.as_array().unwrap() {
            page if page.is_empty() => break,
            page => seen.extend(page.iter().cloned()),
        }
    }
    let numbers: Vec<u64> = seen.iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(
        numbers,
        (before + 1..=before + numbers.len() as u64).collect::<Vec<_>>(),
        "none is missing, none is twice"
    );
    assert!(numbers.len() >= 2000);
    let fresh = ana.get("/inbox/api/session").await["workspace"]["seq"].as_u64().unwrap();
    assert_eq!(numbers.last(), Some(&fresh));
    // Who applies them, looking up what each names, has what a fresh load shows.
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for event in seen.iter().filter(|event| event["kind"] == "message") {
        *told.entry(event["conversation"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let page = ana.get("/inbox/api/conversations?limit=100").await;
    let loaded: BTreeMap<String, usize> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_str().unwrap().to_owned(), one["unread"].as_u64().unwrap() as usize))
        .collect();
    assert_eq!(told, loaded);
}

async fn who_is_there_is_told_within_the_stream(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    let (ana, ben) = (Browser::of(&rig, "ana@desk.test").await, Browser::of(&rig, "ben@desk.test").await);
    let seq = ana.get("/inbox/api/session").await["workspace"]["seq"].as_u64().unwrap();
    let request = ana.request("GET", &format!("/inbox/api/live?after={seq}"), None);
    let mut stream = ana.send(request).await.into_body().into_data_stream();
    let presence = format!("/inbox/api/conversations/{id}/presence");
    let next = async |stream: &mut axum::body::BodyDataStream| {
        let told = stream.next().await.unwrap().unwrap();
        std::str::from_utf8(&told).unwrap().to_owned()
    };
    // The stream listens once it was asked for something.
    let typing = json!({"typing": true});
    let (told, status) = tokio::join!(next(&mut stream), ben.call("PUT", &presence, Some(&typing)));
    assert_eq!(status.0, 204);
    assert!(told.contains("event: presence") && told.contains("\"typing\":true"), "{told}");
    let thread = ana.get(&format!("/inbox/api/conversations/{id}")).await;
    assert_eq!(thread["conversation"]["presence"][0]["agent"], rig.ben().id.to_string());
    // He crashed.
    rig.world.set_clock(rig.world.now().plus(Span::seconds(30)));
    let (told, ()) = tokio::join!(next(&mut stream), async { rig.desk.miss() });
    assert!(told.contains("\"presence\":[]"), "{told}");
}

async fn a_reply_over_what_was_not_seen_is_answered_with_it(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("One").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id.to_string();
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let seen = last_seen(&ana, &id).await;
    rig.world.person("mira.paints").writes("Two").await;
    rig.settle().await;
    let reply = json!({"client_key": "k", "last_seen": seen, "body": {"kind": "text", "text": "Hi"}});
    let (status, told) = ana.call("POST", &format!("/inbox/api/conversations/{id}/replies"), Some(&reply)).await;
    assert_eq!((status, &told["error"]["reason"]), (409, &json!("conflict")));
    assert_eq!(told["error"]["newer"]["messages"][0]["text"], "Two");
    let body = ana.send(ana.request("GET", "/inbox/api/conversations?view=ending_soon&status=open", None)).await;
    assert!(body.into_body().collect().await.unwrap().to_bytes().len() > 100);
    let bad = ana.call("GET", "/inbox/api/conversations?after=x", None).await;
    assert_eq!((bad.0, &bad.1["error"]["field"]), (400, &json!("after")));
}

on_every_engine!(
    each_endpoint_serves_whom_its_row_says_and_nobody_else,
    a_stream_goes_on_where_it_was_and_ends_in_the_state_of_a_fresh_load,
    who_is_there_is_told_within_the_stream,
    a_reply_over_what_was_not_seen_is_answered_with_it,
);
