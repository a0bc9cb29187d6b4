//! What an app is told, each kind and variant with its whole body (contract webhooks 1.7, 3, 4, 6).

mod acts;
mod attachments;
mod cdn;
mod comments;
mod dashboard;
mod echoes;
mod messages;
mod oneself;
mod platform;
mod stories;

use engine::demo;
use engine::facts::{PinnedField, Subscription};
use engine::settings::Settings;
use serde_json::{Value, json};
use testkit::{Grant, Options, PersonApi, Receiver, TestWorld};
use wire::time::Millis;
use wire::version::ApiVersion;

use crate::{ACCOUNT, MIRA};

/// A post of the demo world, without words beside its caption.
const POST: &str = "17880000000000001";
const CAPTION: &str = "New wool, dyed with sea buckthorn.";
const HERE: &str = "/_parlance/accounts/harbor.knits";

async fn with(settings: Settings) -> TestWorld {
    TestWorld::with(Options { settings, ..Options::default() }).await
}

async fn at(time: &str) -> TestWorld {
    let start = Millis::parse_rfc3339(time).unwrap();
    TestWorld::with(Options { start, ..Options::default() }).await
}

fn mira(world: &TestWorld) -> PersonApi {
    world.person("mira.paints")
}

/// Mira does something and what she did has this id.
async fn does(world: &TestWorld, what: &str, body: &Value) -> String {
    id(&mira(world).does(what, body).await.ok(), "message_id")
}

fn id(answer: &Value, key: &str) -> String {
    assert!(answer[key].is_string(), "no {key}: {answer}");
    answer[key].as_str().unwrap().to_owned()
}

/// The app sends; gives the message's id.
async fn sends(world: &TestWorld, message: &Value) -> String {
    let body = json!({"recipient": {"id": MIRA}, "message": message});
    id(&world.page().post("/v25.0/me/messages", &body).await.ok(), "message_id")
}

/// Somebody of the business does something in the app.
async fn by_hand(world: &TestWorld, what: &str, body: &Value) -> Value {
    world.nobody().post(&format!("{HERE}/{what}"), body).await.ok()
}

/// A new post of the account; gives its id.
async fn publishes(world: &TestWorld, post: &Value) -> String {
    id(&by_hand(world, "media", post).await, "id")
}

/// The whole body of a delivery with one messaging element.
fn body(world: &TestWorld, element: &Value) -> Value {
    json!({"object": "instagram", "entry": [{"id": ACCOUNT, "time": world.now().get(), "messaging": [element]}]})
}

/// An element that Mira causes.
fn of_mira(world: &TestWorld, key: &str, event: Value) -> Value {
    let mut element = json!({"sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": world.now().get()});
    element[key] = event;
    body(world, &element)
}

/// An element that the business causes.
fn of_business(world: &TestWorld, to: &str, message: &Value) -> Value {
    let element = json!({
        "sender": {"id": ACCOUNT}, "recipient": {"id": to}, "timestamp": world.now().get(), "message": message,
    });
    body(world, &element)
}

/// The same for an app that stands by.
fn on_standby(mut body: Value) -> Value {
    let entry = body["entry"][0].as_object_mut().unwrap();
    let elements = entry.shift_remove("messaging").unwrap();
    entry.insert("standby".into(), elements);
    body
}

/// The whole body of a delivery with one change; its time is in seconds.
fn change(world: &TestWorld, field: &str, value: &Value) -> Value {
    let change = json!({"field": field, "value": value});
    json!({"object": "instagram", "entry": [{"id": ACCOUNT, "time": world.now().seconds(), "changes": [change]}]})
}

/// The bodies that arrived since the last look.
async fn told(world: &TestWorld, hook: &Receiver) -> Vec<Value> {
    world.deliver().await;
    hook.take().iter().map(testkit::Received::json).collect()
}

/// The demo app listens to these fields at a version, through the Page.
async fn pinned(world: &TestWorld, fields: &[&str], major: u16, include_values: bool) -> Receiver {
    let hook = Receiver::start(demo::SECRET).await;
    subscribe(world, &hook, fields, major, include_values).await;
    world.page().post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    hook
}

/// The demo app listens to these fields, through Instagram Login.
async fn by_instagram(world: &TestWorld, fields: &[&str]) -> Receiver {
    let hook = Receiver::start(demo::INSTAGRAM_SECRET).await;
    subscribe(world, &hook, fields, 25, true).await;
    world.instagram().post_form("/me/subscribed_apps", &[("subscribed_fields", fields[0])]).await.ok();
    hook
}

async fn subscribe(world: &TestWorld, hook: &Receiver, fields: &[&str], major: u16, include_values: bool) {
    let version = ApiVersion { major, minor: 0 };
    let fields = fields.iter().map(|name| PinnedField { name: (*name).to_owned(), version });
    let subscription = Subscription {
        app: demo::APP,
        object: "instagram".into(),
        callback_url: hook.url(),
        include_values,
        active: true,
        fields: fields.collect(),
    };
    engine::subscribe::subscribe(world.world(), subscription).await.unwrap();
}

/// Another developer's app listens, too.
async fn other_app(world: &TestWorld, fields: &str) -> Receiver {
    let hook = Receiver::start(testkit::OTHER_SECRET).await;
    let token = Grant::page().of_other_app().all_scopes().make(world).await;
    let app = world.api(&format!("{}|{}", testkit::OTHER_APP, testkit::OTHER_SECRET));
    let form =
        [("object", "instagram"), ("callback_url", &hook.url()), ("verify_token", "verify-me"), ("fields", fields)];
    app.post_form(&format!("/{}/subscriptions", testkit::OTHER_APP), &form).await.ok();
    world.api(&token).post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    hook
}
