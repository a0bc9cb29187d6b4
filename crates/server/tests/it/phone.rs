//! What the phone reads of the emulator's surface: accounts as a person's app lists them, threads page by page, posts with
//! pictures and times, the webhooks of a message.

use serde_json::{Value, json};
use testkit::TestWorld;
use wire::time::Span;

use crate::MIRA;

/// The demo account as a person's app lists it.
async fn contact(world: &TestWorld, username: &str) -> Value {
    let all = world.nobody().get(&format!("/_parlance/people/{username}/accounts")).await.ok();
    assert_eq!(all["data"].as_array().unwrap().len(), 1, "{all}");
    all["data"][0].clone()
}

#[tokio::test]
async fn an_account_is_listed_with_its_thread_and_what_was_not_seen() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let row = contact(&world, "mira.paints").await;
    assert_eq!((&row["username"], &row["name"]), (&json!("harbor.knits"), &json!("Harbor Knits")));
    assert_eq!((&row["follows"], &row["blocked"]), (&json!(true), &json!({"by_person": false, "by_account": false})));
    assert_eq!(row["thread"]["newest"]["text"], "Yes please \u{1f499}");
    assert_eq!(row["thread"]["window_time"], json!(world.now().minus(Span::hours(1)).rfc3339()));
    assert_eq!(row["thread"]["unread_count"], 0, "the person wrote last");

    world.page().sends(MIRA, "one").await.ok();
    world.page().sends(MIRA, "two").await.ok();
    let typing = json!({"recipient": {"id": MIRA}, "sender_action": "typing_on"});
    world.page().post("/v25.0/me/messages", &typing).await.ok();
    let thread = contact(&world, "mira.paints").await["thread"].clone();
    assert_eq!((&thread["unread_count"], &thread["newest"]["text"]), (&json!(2), &json!("two")));
    assert_eq!(thread["typing"]["until"], json!(world.now().plus(Span::seconds(20)).rfc3339()));
    mira.opens().await;
    assert_eq!(contact(&world, "mira.paints").await["thread"]["unread_count"], 0);
    world.page().sends(MIRA, "three").await.ok();
    mira.writes("I saw it in passing").await;
    assert_eq!(contact(&world, "mira.paints").await["thread"]["unread_count"], 0, "who writes has looked");
}

#[tokio::test]
async fn an_account_without_a_thread_is_listed_too_and_relations_show() {
    let world = TestWorld::start().await;
    let sam = world.person("sam.oslo");
    let row = contact(&world, "sam.oslo").await;
    assert_eq!((&row["thread"], &row["follows"]), (&json!(null), &json!(false)));
    sam.does("follows", &json!({})).await.ok();
    sam.writes("hello").await;
    let row = contact(&world, "sam.oslo").await;
    assert_eq!((&row["follows"], &row["thread"]["newest"]["text"]), (&json!(true), &json!("hello")));
    sam.does("blocks", &json!({})).await.ok();
    assert_eq!(contact(&world, "sam.oslo").await["blocked"]["by_person"], true);
    let api = world.nobody();
    api.delete("/_parlance/people/sam.oslo/messages?with=harbor.knits").await.ok();
    assert_eq!(contact(&world, "sam.oslo").await["thread"], json!(null), "a removed thread is not listed");
    api.post("/_parlance/people", &json!({"username": "nova"})).await.ok();
    assert_eq!(contact(&world, "nova").await["thread"], json!(null), "nobody has to be known to the account");
    assert_eq!(api.get("/_parlance/people/nobody/accounts").await.error().0, 404);
}

#[tokio::test]
async fn a_thread_is_read_page_by_page() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    for n in 0..4 {
        mira.writes(&format!("{n}")).await;
    }
    let (api, path) = (world.nobody(), "/_parlance/people/mira.paints/messages?with=harbor.knits&limit=3");
    let (mut texts, mut before) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("{path}{before}")).await.ok();
        let messages = page["data"].as_array().unwrap().clone();
        texts.extend(messages.iter().map(|message| message["text"].as_str().unwrap().to_owned()));
        if page["older"] == json!(false) {
            break;
        }
        before = format!("&before={}", messages.last().unwrap()["id"].as_str().unwrap());
    }
    assert_eq!(texts.len(), 7, "{texts:?}");
    assert_eq!(texts[..4], ["3", "2", "1", "0"]);
    assert_eq!(texts[6], "Hi! Do you still have the blue scarf?");
    assert_eq!(api.get(&format!("{path}&before=none")).await.error().0, 404);
}

#[tokio::test]
async fn people_posts_and_comments_carry_what_a_screen_shows() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let people = api.get("/_parlance/people").await.ok();
    let wrote = json!({"harbor.knits": world.now().minus(Span::hours(1)).rfc3339()});
    assert_eq!((&people["data"][0]["window_times"], &people["data"][2]["window_times"]), (&wrote, &json!({})));
    let account = api.get("/_parlance/accounts").await.ok()["data"][0].clone();
    assert_eq!(account["profile_pic"], "/_parlance/pictures/harbor.knits.svg");
    assert_eq!(account["followers_count"], 12_840);
    let media = account["media"].as_array().unwrap();
    let story = media.iter().find(|post| post["media_product_type"] == "STORY").unwrap();
    assert_eq!(story["timestamp"], json!(world.now().minus(Span::hours(2)).rfc3339()));
    for post in media {
        let picture = api.get(post["url"].as_str().unwrap()).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/svg+xml")), "{post}");
    }
    let commented = media.iter().find(|post| post["id"] == "17880000000000001").unwrap();
    let time = world.now().minus(Span::days(2)).plus(Span::hours(1)).rfc3339();
    assert_eq!(commented["comments"][0]["timestamp"], json!(time));
}

#[tokio::test]
async fn the_deliveries_of_a_message_are_found_among_others() {
    let world = TestWorld::start().await;
    let _hook = world.subscribe(&["messages", "message_reactions"]).await;
    let (mira, api) = (world.person("mira.paints"), world.nobody());
    let mid = mira.writes("look at this").await;
    world.person("jonas_w").writes("and at that").await;
    mira.writes("and more").await;
    mira.does("reactions", &json!({"message_id": mid, "reaction": "love"})).await.ok();
    world.deliver().await;
    let found = api.get(&format!("/_parlance/deliveries?message={mid}")).await.ok()["data"].clone();
    let fields: Vec<&str> = found.as_array().unwrap().iter().map(|row| row["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["message_reactions", "messages"]);
    for row in found.as_array().unwrap() {
        let detail = api.get(&format!("/_parlance/deliveries/{}", row["id"].as_str().unwrap())).await.ok();
        assert!(detail["request"]["body"].as_str().unwrap().contains(&mid));
    }
    let path = format!("/_parlance/deliveries?message={mid}&limit=1");
    assert_eq!(api.get(&path).await.ok()["data"].as_array().unwrap().len(), 1);
    let path = format!("/_parlance/deliveries?message={mid}&state=pending");
    assert_eq!(api.get(&path).await.ok()["data"], json!([]));
    assert_eq!(api.get("/_parlance/deliveries?message=none").await.error().0, 404);
}
