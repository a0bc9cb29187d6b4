//! Versions asked and versions served (contract graph 1.1).

use testkit::TestWorld;
use wire::time::Millis;

#[tokio::test]
async fn any_known_version_is_served_and_the_header_says_by_which() {
    let world = TestWorld::start().await;
    for (asked, served) in [
        ("/v26.0", "v26.0"),
        ("/v25.0", "v25.0"),
        ("/v21.0", "v21.0"),
        ("/v20.0", "v21.0"),
        ("/v5.0", "v21.0"),
        ("/v2.12", "v21.0"),
        ("", "v25.0"),
    ] {
        let answer = world.page().get(&format!("{asked}/me")).await;
        answer.ok();
        assert_eq!(answer.header("facebook-api-version"), Some(served), "{asked}");
    }
}

#[tokio::test]
async fn a_version_that_never_was_is_read_as_a_node() {
    let world = TestWorld::start().await;
    let answer = world.nobody().get("/v99.0/me").await;
    assert_eq!(answer.error(), (400, 2500, None));
    assert_eq!(answer.message(), "Unknown path components: /me");
    let doubled = world.page().get("/v21.0/v21.0/me/messages").await;
    assert_eq!(doubled.error(), (400, 2500, None));
}

#[tokio::test]
async fn the_oldest_usable_version_moves_with_the_clock() {
    let world = TestWorld::start().await;
    world.set_clock(Millis::parse_rfc3339("2021-11-01T00:00:00Z").unwrap());
    let answer = world.page().get("/v5.0/me").await;
    assert_eq!(answer.header("facebook-api-version"), Some("v5.0"));
    world.set_clock(Millis::parse_rfc3339("2022-02-03T00:00:00Z").unwrap());
    assert_eq!(world.page().get("/v5.0/me").await.header("facebook-api-version"), Some("v6.0"));
}

#[tokio::test]
async fn links_name_the_version_that_served_the_page() {
    let world = TestWorld::start().await;
    let answer = world.page().get("/v12.0/me/conversations?platform=instagram&limit=1").await.ok();
    assert!(answer["paging"]["next"].as_str().unwrap().contains("/v21.0/me/conversations?"));
}
