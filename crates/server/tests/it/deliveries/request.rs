//! A delivery as an HTTP request, down to its headers.

use engine::change::Change;
use engine::demo;
use engine::facts::{Channel, Install, NewDelivery, PinnedField, Subscription};
use engine::policy::access::PAGE_SCOPES;
use engine::settings::Settings;
use serde_json::Value;
use testkit::{Grant, OTHER_ACCOUNT, Options, TestWorld};
use wire::dialect::Dialect;
use wire::id::{AccountId, Igsid};
use wire::signature;
use wire::version::ApiVersion;

use super::sink::{Seen, Sink};

/// Points the demo app's subscription at a sink, pinned to a version.
async fn pinned(world: &TestWorld, sink: &Sink, version: ApiVersion) {
    world
        .commit([Change::PutSubscription(Subscription {
            app: demo::APP,
            object: "instagram".into(),
            callback_url: format!("{}?team=a%20b", sink.url()),
            include_values: true,
            active: true,
            fields: vec![PinnedField { name: "messages".into(), version }],
        })])
        .await;
}

fn header<'a>(seen: &'a Seen, name: &str) -> Option<&'a str> {
    seen.head.lines().skip(1).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn is_signed(seen: &Seen, secret: &str) -> bool {
    let (key, body) = (secret.as_bytes(), seen.body.as_bytes());
    signature::verify_sha1(key, body, header(seen, "x-hub-signature").unwrap_or_default())
        && signature::verify_sha256(key, body, header(seen, "x-hub-signature-256").unwrap_or_default())
}

#[tokio::test]
async fn it_has_the_documented_headers_and_no_name_or_number_of_its_own() {
    let (world, sink) = (TestWorld::start().await, Sink::start().await);
    let _hook = world.subscribe(&["messages"]).await;
    pinned(&world, &sink, ApiVersion { major: 25, minor: 0 }).await;
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    let seen = sink.take().remove(0);
    assert!(seen.head.starts_with("post /hook?team=a%20b http/1.1\r\n"), "{}", seen.head);
    let mut names: Vec<&str> = seen.head.lines().skip(1).map(|line| line.split_once(':').unwrap().0).collect();
    names.sort_unstable();
    let known = ["accept", "content-length", "content-type", "host", "user-agent"];
    assert_eq!(names, [&known[..], &["x-hub-signature", "x-hub-signature-256"]].concat());
    assert_eq!(header(&seen, "content-type"), Some("application/json"));
    assert_eq!(header(&seen, "user-agent"), Some("facebookexternalua"));
    assert_eq!(header(&seen, "content-length"), Some(seen.body.len().to_string().as_str()));
    assert!(is_signed(&seen, demo::SECRET));
}

#[tokio::test]
async fn both_signatures_are_sent_whatever_version_a_field_is_pinned_to() {
    let (world, sink) = (TestWorld::start().await, Sink::start().await);
    let _hook = world.subscribe(&["messages"]).await;
    for major in [5, 8, 11, 12, 21, 26] {
        pinned(&world, &sink, ApiVersion { major, minor: 0 }).await;
        world.person("mira.paints").writes("hello").await;
        world.deliver().await;
        assert!(is_signed(&sink.take()[0], demo::SECRET), "v{major}");
    }
}

#[tokio::test]
async fn accounts_of_an_app_share_a_post_and_the_two_logins_do_not() {
    let settings = Settings { webhook_batch: 10, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let sink = Sink::start().await;
    let _hook = world.subscribe(&["messages"]).await;
    pinned(&world, &sink, ApiVersion { major: 25, minor: 0 }).await;
    Grant::page().of_other_account().make(&world).await;
    let told =
        [(demo::ACCOUNT, Dialect::Facebook), (demo::ACCOUNT, Dialect::Instagram), (OTHER_ACCOUNT, Dialect::Facebook)];
    for (account, login) in told {
        let scopes = PAGE_SCOPES.iter().map(|scope| (*scope).to_owned()).collect();
        let (created_time, app) = (world.now(), demo::APP);
        let install = Install { account, app, login, page: None, subscribed_fields: vec![], scopes, created_time };
        world.commit([Change::PutInstall(install), Change::AddDelivery(event(&world, account, login))]).await;
    }
    world.deliver().await;
    let (shared, own): (Vec<Seen>, Vec<Seen>) = sink.take().into_iter().partition(|seen| is_signed(seen, demo::SECRET));
    assert_eq!(accounts(&shared[0]), [demo::ACCOUNT.to_string(), OTHER_ACCOUNT.to_string()]);
    assert_eq!(accounts(&own[0]), [demo::ACCOUNT.to_string()]);
    assert!(is_signed(&own[0], demo::INSTAGRAM_SECRET) && shared.len() == 1 && own.len() == 1);
}

fn event(world: &TestWorld, account: AccountId, login: Dialect) -> NewDelivery {
    NewDelivery {
        account,
        app: demo::APP,
        igsid: Igsid::new(if login == Dialect::Facebook { 7 } else { 8 }),
        login,
        field: "messages",
        channel: Channel::Messaging,
        element: r#"{"message":{"text":"hello"}}"#.into(),
        created_time: world.now(),
        copy: None,
    }
}

/// The accounts of the entries.
fn accounts(seen: &Seen) -> Vec<String> {
    let body: Value = serde_json::from_str(&seen.body).unwrap();
    body["entry"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_account_of_an_entry_is_the_user_id_and_not_the_id_of_me() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let me = world.instagram().get("/me?fields=id,user_id").await.ok();
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    let entry = hook.take()[0].json()["entry"][0]["id"].clone();
    assert!(entry == me["user_id"] && entry != me["id"], "{entry} {me}");
}
