//! `messages` of people beside their attachments (contract webhooks 3.1, 3.3 to 3.6, 6).

use engine::media;

use super::*;

#[tokio::test]
async fn a_message_tells_its_id_and_text_and_no_flag_that_is_false() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mid = does(&world, "messages", &json!({"text": "Do you ship to Oslo?"})).await;
    let expected = of_mira(&world, "message", json!({"mid": mid, "text": "Do you ship to Oslo?"}));
    assert_eq!(told(&world, &hook).await, [expected]);
}

#[tokio::test]
async fn an_answer_to_a_message_names_it() {
    let world = TestWorld::start().await;
    let sent = sends(&world, &json!({"text": "blue or red?"})).await;
    let hook = world.subscribe(&["messages"]).await;
    for text in ["the blue one", "no, the red one"] {
        let mid = does(&world, "messages", &json!({"text": text, "reply_to": sent})).await;
        let message = json!({"mid": mid, "text": text, "reply_to": {"mid": sent}});
        assert_eq!(told(&world, &hook).await, [of_mira(&world, "message", message)]);
    }
}

#[tokio::test]
async fn an_answer_to_a_story_names_it_with_an_address_and_its_link_if_it_has_one() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for (link, text) in [(None, "love this!"), (Some("https://shop.example.test/"), "love this!"), (None, "\u{1f60d}")]
    {
        let story = publishes(&world, &json!({"media_product_type": "STORY", "link_url": link})).await;
        let mid = does(&world, "messages", &json!({"text": text, "story": story})).await;
        let fact = world.world().store.medium(demo::ACCOUNT, story.parse().unwrap()).await.unwrap().unwrap();
        let url = media::post_url(world.world(), &fact);
        assert!(url.starts_with(&format!("http://localhost/ig_messaging_cdn/?asset_id={story}&signature=Ab")), "{url}");
        let mut reply = json!({"url": url, "id": story});
        if let Some(link) = link {
            reply["link_sticker_url"] = json!(link);
        }
        let message = json!({"mid": mid, "text": text, "reply_to": {"story": reply}});
        assert_eq!(told(&world, &hook).await, [of_mira(&world, "message", message)]);
    }
}

#[tokio::test]
async fn a_quick_reply_tells_its_payload_beside_its_title() {
    let world = TestWorld::start().await;
    let title = "Track the order I made";
    let quick = json!([{"content_type": "text", "title": title, "payload": "TRACK_ORDER"}]);
    sends(&world, &json!({"text": "What is it?", "quick_replies": quick})).await;
    let hook = world.subscribe(&["messages", "messaging_postbacks"]).await;
    let mid = does(&world, "taps", &json!({"quick_reply": title})).await;
    let message = json!({"mid": mid, "text": &title[..20], "quick_reply": {"payload": "TRACK_ORDER"}});
    assert_eq!(
        told(&world, &hook).await,
        [of_mira(&world, "message", message)],
        "cut at twenty characters, no postback"
    );
}

#[tokio::test]
async fn an_ad_stands_beside_the_message_with_what_was_clicked() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for clicked in ["photo_url", "video_url"] {
        let url = format!("https://scontent.example.test/{clicked}.jpg");
        let ad = json!({"ad_id": "120200000000013", "ref": "spring_a", "ad_title": "Spring sale", clicked: url});
        let mid = does(&world, "messages", &json!({"text": "Hi, is this in stock?", "ad": ad})).await;
        let referral = json!({
            "ref": "spring_a", "source": "ADS", "type": "OPEN_THREAD", "ad_id": "120200000000013",
            "ads_context_data": {"ad_title": "Spring sale", clicked: url},
        });
        let message = json!({"mid": mid, "text": "Hi, is this in stock?", "referral": referral});
        assert_eq!(told(&world, &hook).await, [of_mira(&world, "message", message)]);
    }
    let mid = does(&world, "messages", &json!({"text": "hi", "ad": {"ad_id": "7"}})).await;
    let referral = json!({"source": "ADS", "type": "OPEN_THREAD", "ad_id": "7"});
    let message = json!({"mid": mid, "text": "hi", "referral": referral});
    assert_eq!(
        told(&world, &hook).await,
        [of_mira(&world, "message", message)],
        "the id is a text, ref may be missing"
    );
}

#[tokio::test]
async fn the_page_of_a_product_stands_beside_the_message() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mid = does(&world, "messages", &json!({"text": "Size M?", "product": "5400000000000014"})).await;
    let message = json!({"mid": mid, "text": "Size M?", "referral": {"product": {"id": "5400000000000014"}}});
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "message", message)]);
}

#[tokio::test]
async fn a_link_stands_beside_a_first_message_only_where_there_are_ice_breakers() {
    for has_breakers in [false, true] {
        let world = TestWorld::start().await;
        let hook = world.subscribe(&["messages", "messaging_referral"]).await;
        if has_breakers {
            let breakers =
                json!({"platform": "instagram", "ice_breakers": [{"question": "Hours?", "payload": "HOURS"}]});
            world.page().post("/me/messenger_profile", &breakers).await.ok();
        }
        world.person("sam.oslo").does("messages", &json!({"text": "hello", "ref": "qr_store_7"})).await.ok();
        let told = told(&world, &hook).await;
        assert_eq!(told.len(), 1);
        let message = &told[0]["entry"][0]["messaging"][0]["message"];
        let referral = json!({"ref": "qr_store_7", "source": "SHORTLINKS", "type": "OPEN_THREAD"});
        assert_eq!(message.get("referral"), has_breakers.then_some(&referral));
    }
}

#[tokio::test]
async fn a_message_that_was_unsent_tells_its_id_and_that_alone() {
    let world = TestWorld::start().await;
    let own = does(&world, "messages", &json!({"text": "secret"})).await;
    let hook = world.subscribe(&["messages"]).await;
    mira(&world).undoes(&format!("messages/{own}")).await.ok();
    let message = json!({"mid": own, "is_deleted": true});
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "message", message)]);
}

#[tokio::test]
async fn what_the_api_cannot_show_tells_its_id_and_that_alone() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mid = does(&world, "messages", &json!({"attachments": [{"type": "unsupported"}]})).await;
    let message = json!({"mid": mid, "is_unsupported": true});
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "message", message)]);
    let read = world.page().get(&format!("/{mid}?fields=is_unsupported,message")).await.ok();
    assert_eq!((&read["is_unsupported"], &read["message"]), (&json!(true), &json!("")));
    let text = does(&world, "messages", &json!({"text": "hi"})).await;
    let read = world.page().get(&format!("/{text}?fields=is_unsupported")).await.ok();
    assert_eq!(read.get("is_unsupported"), None);
}

#[tokio::test]
async fn a_share_and_a_word_about_it_are_two_messages() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let share = json!({"text": "in blue, please", "attachments": [{"type": "share", "id": POST}]});
    let answer = mira(&world).does("messages", &share).await.ok();
    let told = told(&world, &hook).await;
    let message = |index: usize| &told[index]["entry"][0]["messaging"][0]["message"];
    assert_eq!(told.len(), 2);
    assert_eq!((&message(0)["mid"], message(0).get("text")), (&answer["message_id"], None));
    assert_eq!(*message(1), json!({"mid": answer["text_message_id"], "text": "in blue, please"}));
}

#[tokio::test]
async fn an_unpublished_app_by_instagram_login_may_be_told_of_an_edit_in_place_of_the_message() {
    for (is_on, key) in [(false, "message"), (true, "message_edit")] {
        let world = with(Settings { unpublished_message_edit: is_on, ..Settings::emulator() }).await;
        let nobody = world.nobody();
        nobody.post("/_parlance/apps/500000000000001", &json!({"live": false})).await.ok();
        nobody.post("/_parlance/apps/500000000000001/roles/mira.paints", &json!({})).await.ok();
        let hook = by_instagram(&world, &["messages"]).await;
        let mid = does(&world, "messages", &json!({"text": "hello"})).await;
        let expected = match key {
            "message" => of_mira(&world, key, json!({"mid": mid, "text": "hello"})),
            _ => body(
                &world,
                &json!({
                    "recipient": {"id": ACCOUNT}, "timestamp": world.now().get(), key: {"mid": mid, "num_edit": 0},
                }),
            ),
        };
        assert_eq!(told(&world, &hook).await, [expected]);
    }
}

#[tokio::test]
async fn a_stranger_writes_and_is_told_before_their_profile_can_be_read() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages", "comments"]).await;
    let sam = world.person("sam.oslo");
    sam.does("comments", &json!({"media_id": POST, "text": "hi"})).await.ok();
    let told = told(&world, &hook).await;
    let from = id(&told[0]["entry"][0]["changes"][0]["value"]["from"], "id");
    assert_eq!(world.page().get(&format!("/{from}?fields=name")).await.error(), (403, 230, None));
}
