//! Every endpoint as nobody, as the wrong app, with a missing permission, and as its owner.

use axum::body::Body;
use engine::settings::Settings;
use parlance_server::graph::endpoints::{ENDPOINTS, Endpoint, NodeKind, Verb, Who};
use testkit::{Answer, Api, Grant, Options, TestWorld};

use crate::{ACCOUNT, APP, MIRA, PAGE};

async fn path(world: &TestWorld, row: &Endpoint) -> String {
    let thread = world.instagram().get(&format!("/me/conversations?user_id={MIRA}&fields=messages{{id}}")).await.ok();
    let node = match row.node {
        NodeKind::Page => PAGE,
        NodeKind::Account => ACCOUNT,
        NodeKind::Person => MIRA,
        NodeKind::User => "300000000000001",
        NodeKind::App => APP,
        NodeKind::Conversation => thread["data"][0]["id"].as_str().unwrap(),
        NodeKind::Message => thread["data"][0]["messages"]["data"][0]["id"].as_str().unwrap(),
    };
    // Without a name the whole app would be taken off, and every other row tried in vain.
    let name = if row.edge == Some("permissions") { "?permission=public_profile" } else { "" };
    format!("/v25.0/{node}{}{name}", row.edge.map(|edge| format!("/{edge}")).unwrap_or_default())
}

async fn call(api: &Api, row: &Endpoint, path: &str) -> Answer {
    let method = match row.verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Delete => "DELETE",
    };
    api.send(api.request(method, path, "", Body::empty())).await
}

fn owner(world: &TestWorld, row: &Endpoint) -> Api {
    match (row.who, row.node) {
        (Who::App, _) => world.app(),
        (Who::Page, _) => world.page(),
        (Who::Any | Who::Own, NodeKind::Account) => world.instagram(),
        (Who::Any | Who::Own, _) => world.page(),
    }
}

#[tokio::test]
async fn nobody_is_asked_for_a_token_by_every_endpoint() {
    let world = TestWorld::start().await;
    for row in ENDPOINTS {
        let path = path(&world, row).await;
        assert_eq!(call(&world.nobody(), row, &path).await.error(), (400, 104, None), "{:?} {path}", row.verb);
    }
}

#[tokio::test]
async fn the_owner_is_never_refused_for_lack_of_rights() {
    let settings = Settings { thread_control_by_account: true, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    for row in ENDPOINTS {
        let path = path(&world, row).await;
        let api = match row.node {
            NodeKind::User => Grant::user().caller(&world).await,
            _ => owner(&world, row),
        };
        let answer = call(&api, row, &path).await;
        let code = answer.json()["error"]["code"].as_i64();
        assert!(answer.status == 200 || code == Some(100), "{:?} {path}: {}", row.verb, answer.json());
        assert_ne!(answer.json()["error"]["error_subcode"], 33, "{:?} {path}", row.verb);
    }
}

#[tokio::test]
async fn a_token_without_the_permission_is_refused_by_every_endpoint_that_needs_one() {
    let world = TestWorld::start().await;
    let (page, account) = (Grant::page().caller(&world).await, Grant::instagram().caller(&world).await);
    let mut tried = 0;
    for row in ENDPOINTS.iter().filter(|row| !row.scopes.is_empty()) {
        let path = path(&world, row).await;
        let api = if row.node == NodeKind::Account && row.who != Who::Page { &account } else { &page };
        assert_eq!(call(api, row, &path).await.error(), (403, 10, None), "{:?} {path}", row.verb);
        tried += 1;
    }
    assert!(tried >= 20, "{tried}");
}

#[tokio::test]
async fn another_business_sees_nothing_of_this_one() {
    let world = TestWorld::start().await;
    let page = Grant::page().of_other_app().of_other_account().all_scopes().caller(&world).await;
    let account = Grant::instagram().of_other_app().of_other_account().all_scopes().caller(&world).await;
    for row in ENDPOINTS.iter().filter(|row| row.who != Who::App) {
        let path = path(&world, row).await;
        for api in [&page, &account] {
            assert_eq!(call(api, row, &path).await.error(), (400, 100, Some(33)), "{:?} {path}", row.verb);
        }
    }
}

#[tokio::test]
async fn what_only_a_page_can_do_is_not_there_on_the_instagram_host() {
    let world = TestWorld::start().await;
    for row in ENDPOINTS.iter().filter(|row| row.who == Who::Page && row.node == NodeKind::Account) {
        let path = path(&world, row).await;
        assert_eq!(call(&world.instagram(), row, &path).await.error(), (400, 100, Some(33)), "{:?} {path}", row.verb);
    }
}

#[tokio::test]
async fn another_app_cannot_manage_this_apps_subscriptions() {
    let world = TestWorld::start().await;
    Grant::page().make(&world).await;
    let other = world.api(&format!("{}|{}", testkit::OTHER_APP, testkit::OTHER_SECRET));
    for row in ENDPOINTS.iter().filter(|row| row.who == Who::App) {
        let path = path(&world, row).await;
        assert_eq!(call(&other, row, &path).await.error(), (400, 100, Some(33)), "{:?} {path}", row.verb);
        assert_eq!(call(&world.page(), row, &path).await.error(), (400, 15, None), "{:?} {path}", row.verb);
    }
}

#[tokio::test]
async fn both_messaging_permissions_are_needed() {
    let world = TestWorld::start().await;
    for scopes in [["instagram_manage_messages"], ["instagram_basic"]] {
        let page = Grant::page().scopes(&scopes).caller(&world).await;
        assert_eq!(page.get("/me/conversations?platform=instagram").await.error(), (403, 10, None), "{scopes:?}");
        assert_eq!(page.sends(MIRA, "hi").await.error(), (403, 10, None), "{scopes:?}");
    }
    let both = Grant::page().scopes(&["instagram_manage_messages", "instagram_basic"]).caller(&world).await;
    both.sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn the_emulators_surface_is_closed_to_other_sites() {
    let world = TestWorld::start().await;
    for (header, value) in [("origin", "https://evil.example.test"), ("host", "evil.example.test")] {
        let mut request = world.nobody().request("GET", "/_parlance/people", "", Body::empty());
        request.headers_mut().insert(header, value.parse().unwrap());
        assert_eq!(world.nobody().send(request).await.status, 403, "{header}");
    }
    assert_eq!(world.nobody().get("/_parlance/people").await.status, 200);
}
