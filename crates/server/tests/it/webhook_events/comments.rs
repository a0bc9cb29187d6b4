//! `comments`, `live_comments` and `mentions` (contract webhooks 1.2, 1.5, 1.6, 2.1, 3.16, 3.17, 6).

use super::*;

fn on_post(post: &str, kind: &str) -> Value {
    json!({"id": post, "media_product_type": kind})
}

async fn comments(world: &TestWorld, body: &Value) -> String {
    id(&mira(world).does("comments", body).await.ok(), "comment_id")
}

fn by_mira(comment: &str, text: &str, media: &Value) -> Value {
    json!({"id": comment, "from": {"id": MIRA, "username": "mira.paints"}, "text": text, "media": media})
}

#[tokio::test]
async fn a_comment_tells_who_wrote_what_under_which_post() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments", "live_comments"]).await;
    for kind in ["FEED", "REELS", "STORY"] {
        let post = publishes(&world, &json!({ "media_product_type": kind })).await;
        let comment = comments(&world, &json!({"media_id": post, "text": "price?"})).await;
        let value = by_mira(&comment, "price?", &on_post(&post, kind));
        assert_eq!(told(&world, &hook).await, [change(&world, "comments", &value)]);
    }
}

#[tokio::test]
async fn an_answer_to_a_comment_names_it() {
    let world = TestWorld::start().await;
    let first = comments(&world, &json!({"media_id": POST, "text": "price?"})).await;
    let hook = world.subscribe(&["comments"]).await;
    let comment = comments(&world, &json!({"media_id": POST, "text": "49", "parent_id": first})).await;
    let value = json!({
        "id": comment, "from": {"id": MIRA, "username": "mira.paints"}, "text": "49", "parent_id": first,
        "media": on_post(POST, "FEED"),
    });
    assert_eq!(told(&world, &hook).await, [change(&world, "comments", &value)]);
}

#[tokio::test]
async fn the_account_s_own_comment_names_it_by_both_ids() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments"]).await;
    let answer = by_hand(&world, "comments", &json!({"media_id": POST, "text": "Thank you all!"})).await;
    let account = world.world().store.account(demo::ACCOUNT).await.unwrap().unwrap();
    let own = account.self_igsid.unwrap().to_string();
    let from = json!({"id": ACCOUNT, "username": demo::USERNAME, "self_ig_scoped_id": own});
    let value = json!({
        "id": answer["comment_id"], "from": from, "text": "Thank you all!", "media": on_post(POST, "FEED"),
    });
    assert_eq!(told(&world, &hook).await, [change(&world, "comments", &value)]);
}

#[tokio::test]
async fn a_comment_on_a_picture_of_a_carousel_names_that_and_not_the_carousel() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments"]).await;
    let post = by_hand(&world, "media", &json!({"pictures": 2})).await;
    let second = post["children"][1].as_str().unwrap();
    let comment = comments(&world, &json!({"media_id": second, "text": "this one"})).await;
    let value = by_mira(&comment, "this one", &on_post(second, "FEED"));
    assert_eq!(told(&world, &hook).await, [change(&world, "comments", &value)]);
}

#[tokio::test]
async fn a_comment_on_an_ad_names_the_ad_and_may_be_told_twice() {
    for twice in [false, true] {
        let world = with(Settings { ad_comments_twice: twice, ..Settings::emulator() }).await;
        let hook = world.subscribe(&["comments"]).await;
        let ad = json!({"ad_id": "120200000000013", "ad_title": "Spring sale", "original_media_id": POST});
        let post = publishes(&world, &json!({"media_product_type": "AD", "ad": ad})).await;
        let comment = comments(&world, &json!({"media_id": post, "text": "price?"})).await;
        let media = json!({
            "id": post, "media_product_type": "AD", "ad_id": "120200000000013", "ad_title": "Spring sale",
            "original_media_id": POST,
        });
        let mut expected = vec![change(&world, "comments", &by_mira(&comment, "price?", &media))];
        if twice {
            expected.insert(0, change(&world, "comments", &by_mira(&comment, "price?", &on_post(POST, "FEED"))));
        }
        assert_eq!(told(&world, &hook).await, expected, "{twice}");
    }
}

#[tokio::test]
async fn a_dynamic_ad_has_no_id() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments"]).await;
    let post = publishes(&world, &json!({"media_product_type": "AD", "ad": {"ad_title": "Spring sale"}})).await;
    let comment = comments(&world, &json!({"media_id": post, "text": "price?"})).await;
    let media = json!({"id": post, "media_product_type": "AD", "ad_title": "Spring sale"});
    assert_eq!(told(&world, &hook).await, [change(&world, "comments", &by_mira(&comment, "price?", &media))]);
}

#[tokio::test]
async fn a_comment_on_a_broadcast_is_told_while_it_runs() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments", "live_comments"]).await;
    let live = publishes(&world, &json!({"media_product_type": "LIVE"})).await;
    let comment = comments(&world, &json!({"media_id": live, "text": "hello"})).await;
    let value = by_mira(&comment, "hello", &on_post(&live, "LIVE"));
    assert_eq!(told(&world, &hook).await, [change(&world, "live_comments", &value)]);
    by_hand(&world, &format!("media/{live}"), &json!({"ended": true})).await;
    let late = mira(&world).does("comments", &json!({"media_id": live, "text": "late"})).await;
    assert_eq!(late.error().0, 400);
    assert!(told(&world, &hook).await.is_empty());
}

#[tokio::test]
async fn before_v13_a_comment_is_id_and_text() {
    let world = TestWorld::start().await;
    for (version, is_whole) in [(12, false), (13, true)] {
        let hook = pinned(&world, &["comments"], version, true).await;
        let comment = comments(&world, &json!({"media_id": POST, "text": "price?"})).await;
        let value = match is_whole {
            true => by_mira(&comment, "price?", &on_post(POST, "FEED")),
            false => json!({"id": comment, "text": "price?"}),
        };
        assert_eq!(told(&world, &hook).await, [change(&world, "comments", &value)], "v{version}");
    }
}

#[tokio::test]
async fn an_app_that_wants_no_values_is_told_the_field_alone_and_messages_whole() {
    let world = TestWorld::start().await;
    let hook = pinned(&world, &["messages", "comments"], 25, false).await;
    comments(&world, &json!({"media_id": POST, "text": "price?"})).await;
    let entry = json!({"id": ACCOUNT, "time": world.now().seconds(), "changed_fields": ["comments"]});
    assert_eq!(told(&world, &hook).await, [json!({"object": "instagram", "entry": [entry]})]);
    let mid = does(&world, "messages", &json!({"text": "hi"})).await;
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "message", json!({"mid": mid, "text": "hi"}))]);
}

#[tokio::test]
async fn the_flat_form_is_for_apps_of_instagram_login_and_behind_a_switch() {
    for is_flat in [false, true] {
        let world = with(Settings { flat_changes: is_flat, ..Settings::emulator() }).await;
        let hook = by_instagram(&world, &["comments"]).await;
        let comment = comments(&world, &json!({"media_id": POST, "text": "1,2]\u{e9}"})).await;
        let value = by_mira(&comment, "1,2]\u{e9}", &on_post(POST, "FEED"));
        let flat = json!({"id": ACCOUNT, "time": world.now().seconds(), "field": "comments", "value": value});
        let expected = match is_flat {
            true => json!({"object": "instagram", "entry": [flat]}),
            false => change(&world, "comments", &value),
        };
        assert_eq!(told(&world, &hook).await, [expected]);
        world.instagram().delete("/me/subscribed_apps").await.ok();
        let page = pinned(&world, &["comments"], 25, true).await;
        comments(&world, &json!({"media_id": POST, "text": "b"})).await;
        assert!(told(&world, &page).await[0]["entry"][0]["changes"].is_array(), "by Facebook Login never");
    }
}

#[tokio::test]
async fn comments_need_advanced_access_and_a_role_does_not_make_up_for_it() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages", "comments", "live_comments"]).await;
    let nobody = world.nobody();
    let app = "/_parlance/apps/500000000000001";
    nobody.post(&format!("{app}/roles/mira.paints"), &json!({})).await.ok();
    let live = publishes(&world, &json!({"media_product_type": "LIVE"})).await;
    for (change, comments_told, messages_told) in [
        (json!({"advanced_access": false}), 0, 1),
        (json!({"advanced_access": true, "live": false}), 2, 1),
        (json!({"live": true}), 2, 1),
    ] {
        nobody.post(app, &change).await.ok();
        for post in [POST, &live] {
            comments(&world, &json!({"media_id": post, "text": "price?"})).await;
        }
        assert_eq!(told(&world, &hook).await.len(), comments_told, "{change}");
        does(&world, "messages", &json!({"text": "hi"})).await;
        assert_eq!(told(&world, &hook).await.len(), messages_told, "{change}");
    }
}

#[tokio::test]
async fn comments_need_their_own_permission() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments"]).await;
    let scopes = ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata", "pages_read_engagement"];
    let weak = Grant::page().scopes(&scopes).caller(&world).await;
    weak.post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    comments(&world, &json!({"media_id": POST, "text": "price?"})).await;
    assert!(told(&world, &hook).await.is_empty());
}

#[tokio::test]
async fn a_mention_is_told_by_post_and_comment_or_post_alone() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments", "mentions", "messages"]).await;
    let caption = mira(&world).does("mentions", &json!({"text": "With @harbor.knits"})).await.ok();
    assert_eq!(caption.get("comment_id"), None);
    let value = json!({"media_id": caption["media_id"]});
    assert_eq!(told(&world, &hook).await, [change(&world, "mentions", &value)]);
    let again = json!({"in": "comment", "text": "@harbor.knits look", "media_id": caption["media_id"]});
    let comment = mira(&world).does("mentions", &again).await.ok();
    let value = json!({"media_id": caption["media_id"], "comment_id": comment["comment_id"]});
    assert_eq!(told(&world, &hook).await, [change(&world, "mentions", &value)]);
    assert_eq!(mira(&world).does("mentions", &json!({"in": "bio", "text": "a"})).await.error().0, 400);
}

#[tokio::test]
async fn a_mention_is_folded_into_comments_for_apps_of_instagram_login() {
    let world = TestWorld::start().await;
    let hook = by_instagram(&world, &["comments"]).await;
    let media = |answer: &Value| json!({"id": answer["media_id"], "media_product_type": "FEED"});
    let from = json!({"id": MIRA, "username": "mira.paints"});
    let comment = mira(&world).does("mentions", &json!({"in": "comment", "text": "@harbor.knits"})).await.ok();
    let value = json!({"id": comment["comment_id"], "from": from, "text": "@harbor.knits", "media": media(&comment)});
    assert_eq!(told(&world, &hook).await, [change(&world, "comments", &value)]);
    let caption = mira(&world).does("mentions", &json!({"text": "With @harbor.knits"})).await.ok();
    let value = json!({"from": from, "text": "With @harbor.knits", "media": media(&caption)});
    assert_eq!(told(&world, &hook).await, [change(&world, "comments", &value)]);
}

#[tokio::test]
async fn the_post_of_somebody_private_is_told_to_nobody() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments", "mentions"]).await;
    world.nobody().post("/_parlance/people/mira.paints", &json!({"is_private": true})).await.ok();
    for place in ["caption", "comment"] {
        mira(&world).does("mentions", &json!({"in": place, "text": "@harbor.knits"})).await.ok();
    }
    assert!(told(&world, &hook).await.is_empty());
    comments(&world, &json!({"media_id": POST, "text": "price?"})).await;
    assert_eq!(told(&world, &hook).await.len(), 1, "what they say under the account's own posts is public");
}
