//! What people do beside writing (contract webhooks 3.9 to 3.13, 6, 7).

use wire::id::MessageId;

use super::*;

const MENU: &str =
    r#"[{"locale":"default","call_to_actions":[{"type":"postback","title":"Agent","payload":"AGENT"}]}]"#;

async fn menu(world: &TestWorld) {
    world.page().post_form("/me/messenger_profile?platform=instagram", &[("persistent_menu", MENU)]).await.ok();
}

#[tokio::test]
async fn a_reaction_tells_name_and_emoji_and_goes_without_them() {
    let world = TestWorld::start().await;
    let sent = sends(&world, &json!({"text": "We do."})).await;
    let own = does(&world, "messages", &json!({"text": "fine"})).await;
    let hook = world.subscribe(&["message_reactions"]).await;
    let names = [
        ("love", "love", "\u{2764}\u{fe0f}"),
        ("\u{1f606}", "laugh", "\u{1f606}"),
        ("\u{1f62e}", "wow", "\u{1f62e}"),
        ("\u{1f622}", "sad", "\u{1f622}"),
        ("\u{1f620}", "angry", "\u{1f620}"),
        ("\u{1f44d}", "like", "\u{1f44d}"),
        ("\u{1f984}", "other", "\u{1f984}"),
    ];
    for (given, name, emoji) in names {
        mira(&world).does("reactions", &json!({"message_id": sent, "reaction": given})).await.ok();
        let reaction = json!({"mid": sent, "action": "react", "reaction": name, "emoji": emoji});
        assert_eq!(told(&world, &hook).await, [of_mira(&world, "reaction", reaction)], "a changed one is told once");
    }
    mira(&world).undoes(&format!("reactions/{sent}")).await.ok();
    let reaction = json!({"mid": sent, "action": "unreact"});
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "reaction", reaction)]);
    mira(&world).does("reactions", &json!({"message_id": own, "reaction": "love"})).await.ok();
    let reaction = json!({"mid": own, "action": "react", "reaction": "love", "emoji": "\u{2764}\u{fe0f}"});
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "reaction", reaction)], "her own message, too");
}

#[tokio::test]
async fn before_v12_reactions_are_love_or_other() {
    let world = TestWorld::start().await;
    let sent = sends(&world, &json!({"text": "We do."})).await;
    let hook = pinned(&world, &["message_reactions"], 11, true).await;
    for (given, name, emoji) in [("love", "love", "\u{2764}\u{fe0f}"), ("\u{1f44d}", "other", "\u{1f44d}")] {
        mira(&world).does("reactions", &json!({"message_id": sent, "reaction": given})).await.ok();
        let reaction = json!({"mid": sent, "action": "react", "reaction": name, "emoji": emoji});
        assert_eq!(told(&world, &hook).await, [of_mira(&world, "reaction", reaction)]);
    }
}

#[tokio::test]
async fn postbacks_change_with_the_version() {
    let world = TestWorld::start().await;
    menu(&world).await;
    for (version, keys) in [(7, None), (8, Some(false)), (10, Some(false)), (11, Some(true)), (25, Some(true))] {
        let hook = pinned(&world, &["messaging_postbacks"], version, true).await;
        let mid = does(&world, "taps", &json!({"menu_item": "Agent"})).await;
        let expected: Vec<Value> = keys
            .map(|has_mid| {
                let mut postback = json!({"title": "Agent", "payload": "AGENT"});
                if has_mid {
                    postback["mid"] = json!(mid);
                }
                of_mira(&world, "postback", postback)
            })
            .into_iter()
            .collect();
        assert_eq!(told(&world, &hook).await, expected, "v{version}");
    }
}

#[tokio::test]
async fn only_the_app_that_sent_a_button_is_told_what_stands_behind_it() {
    let world = TestWorld::start().await;
    let ours = world.subscribe(&["messaging_postbacks"]).await;
    let other = other_app(&world, "messaging_postbacks,standby").await;
    let buttons = json!([{"type": "postback", "title": "Buy", "payload": "BUY_7"}]);
    let payload = json!({"template_type": "button", "text": "Linen shirt", "buttons": buttons});
    sends(&world, &json!({"attachment": {"type": "template", "payload": payload}})).await;
    told(&world, &other).await;
    let mid = does(&world, "taps", &json!({"button": "Buy"})).await;
    let whole = of_mira(&world, "postback", json!({"mid": mid, "title": "Buy", "payload": "BUY_7"}));
    assert_eq!(told(&world, &ours).await, [whole]);
    let bare = on_standby(of_mira(&world, "postback", json!({"mid": mid, "title": "Buy"})));
    assert_eq!(told(&world, &other).await, [bare], "who sent the template has the thread; the other one stands by");
}

#[tokio::test]
async fn an_ice_breaker_tells_the_link_that_led_there() {
    let world = TestWorld::start().await;
    let breakers = json!({"platform": "instagram", "ice_breakers": [{"question": "Hours?", "payload": "HOURS"}]});
    world.page().post("/me/messenger_profile", &breakers).await.ok();
    let hook = world.subscribe(&["messages", "messaging_postbacks", "messaging_referral"]).await;
    for (person, link) in [("sam.oslo", None), ("tomek.bikes", Some("qr_store_7"))] {
        let tap = world.person(person).does("taps", &json!({"ice_breaker": "Hours?", "ref": link})).await.ok();
        let mut postback = json!({"mid": tap["message_id"], "title": "Hours?", "payload": "HOURS"});
        if let Some(link) = link {
            postback["referral"] = json!({"ref": link, "source": "SHORTLINKS", "type": "OPEN_THREAD"});
        }
        let told = told(&world, &hook).await;
        assert_eq!(told.len(), 1, "neither a message nor a referral beside it");
        assert_eq!(told[0]["entry"][0]["messaging"][0]["postback"], postback);
    }
}

#[tokio::test]
async fn a_link_into_a_conversation_is_a_referral_and_opens_the_window() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages", "messaging_referral"]).await;
    world.advance(wire::time::Span::days(3)).await;
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), (403, 10, Some(2_534_022)));
    mira(&world).does("links", &json!({"ref": "newsletter_42"})).await.ok();
    let referral = json!({"ref": "newsletter_42", "source": "SHORTLINKS", "type": "OPEN_THREAD"});
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "referral", referral)]);
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn seen_tells_the_message_and_no_watermark() {
    let world = TestWorld::start().await;
    let sent = sends(&world, &json!({"text": "We do."})).await;
    let hook = world.subscribe(&["messaging_seen"]).await;
    mira(&world).opens().await.unwrap();
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "read", json!({ "mid": sent }))]);
}

#[tokio::test]
async fn an_edit_tells_the_new_text_and_how_often_up_to_five_times() {
    let world = TestWorld::start().await;
    let own = does(&world, "messages", &json!({"text": "Oslo?"})).await;
    let hook = world.subscribe(&["messages", "message_edit"]).await;
    let path = format!("messages/{own}");
    for number in 1..=5 {
        let text = format!("Bergen {number}?");
        mira(&world).does(&path, &json!({ "text": text })).await.ok();
        let edit = json!({"mid": own, "text": text, "num_edit": number});
        assert_eq!(told(&world, &hook).await, [of_mira(&world, "message_edit", edit)]);
    }
    assert_eq!(mira(&world).does(&path, &json!({"text": "six"})).await.error().0, 400);
    assert!(told(&world, &hook).await.is_empty());
}

#[tokio::test]
async fn an_edit_may_come_without_the_text() {
    let world = with(Settings { edits_without_text: true, ..Settings::emulator() }).await;
    let own = does(&world, "messages", &json!({"text": "Oslo?"})).await;
    let hook = world.subscribe(&["message_edit"]).await;
    mira(&world).does(&format!("messages/{own}"), &json!({"text": "Bergen?"})).await.ok();
    assert_eq!(told(&world, &hook).await, [of_mira(&world, "message_edit", json!({"mid": own, "num_edit": 1}))]);
}

#[tokio::test]
async fn an_opt_in_is_told_to_apps_of_instagram_login_alone() {
    let world = TestWorld::start().await;
    let page = world.subscribe(&["messaging_optins"]).await;
    let optin = json!({"title": "Drop alerts", "payload": "DROPS", "frequency": "DAILY", "timezone": "Europe/Oslo"});
    mira(&world).does("optins", &optin).await.ok();
    assert!(told(&world, &page).await.is_empty());
    world.page().delete("/me/subscribed_apps").await.ok();
    let hook = by_instagram(&world, &["messaging_optins"]).await;
    for (stopped, status) in [(false, "RESUME_NOTIFICATIONS"), (true, "STOP_NOTIFICATIONS")] {
        let mut optin = optin.clone();
        optin["stopped"] = json!(stopped);
        mira(&world).does("optins", &optin).await.ok();
        let told = told(&world, &hook).await;
        let token = id(&told[0]["entry"][0]["messaging"][0]["optin"], "notification_messages_token");
        assert_eq!(token.len(), 32);
        let expiry = world.now().plus(wire::time::Span::days(365)).get();
        let expected = json!({
            "type": "notification_messages", "title": "Drop alerts", "payload": "DROPS",
            "notification_messages_token": token, "notification_messages_frequency": "DAILY",
            "notification_messages_timezone": "Europe/Oslo", "token_expiry_timestamp": expiry,
            "user_token_status": "NOT_REFRESHED", "notification_messages_status": status,
        });
        assert_eq!(told, [of_mira(&world, "optin", expected)]);
    }
    for wrong in [json!({"title": "", "payload": "D"}), json!({"title": "a", "payload": "\u{0}"})] {
        assert_eq!(mira(&world).does("optins", &wrong).await.error().0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_thumb_is_told_to_the_app_that_sent_the_message() {
    let world = TestWorld::start().await;
    let ours = world.subscribe(&["response_feedback"]).await;
    let other = other_app(&world, "response_feedback").await;
    let sent = sends(&world, &json!({"text": "We do."})).await;
    let own = does(&world, "messages", &json!({"text": "thanks"})).await;
    for (thumb, feedback) in [("good", "Good response"), ("bad", "Bad response")] {
        mira(&world).does("feedback", &json!({"message_id": sent, "feedback": thumb})).await.ok();
        let expected = of_mira(&world, "response_feedback", json!({"feedback": feedback, "mid": sent}));
        assert_eq!(told(&world, &ours).await, [expected]);
    }
    assert!(told(&world, &other).await.is_empty());
    for (message, thumb, status) in [(&own, "good", 400), (&sent, "so-so", 400)] {
        let body = json!({"message_id": message, "feedback": thumb});
        assert_eq!(mira(&world).does("feedback", &body).await.error().0, status);
    }
    let missing = MessageId { item: wire::id::Item::new(1), ..sent.parse().unwrap() };
    let body = json!({"message_id": missing.to_string(), "feedback": "good"});
    assert_eq!(mira(&world).does("feedback", &body).await.error().0, 404);
}

#[tokio::test]
async fn apps_of_instagram_login_hear_of_no_thumbs() {
    let world = TestWorld::start().await;
    let hook = by_instagram(&world, &["messages"]).await;
    subscribe(&world, &hook, &["response_feedback", "messaging_policy_enforcement", "story_insights"], 25, true).await;
    let sent = sends(&world, &json!({"text": "We do."})).await;
    mira(&world).does("feedback", &json!({"message_id": sent, "feedback": "good"})).await.ok();
    by_hand(&world, "enforcements", &json!({"action": "warning", "reason": "Spam"})).await;
    assert!(told(&world, &hook).await.is_empty());
}

#[tokio::test]
async fn typing_visits_follows_blocks_and_changed_profiles_are_told_to_nobody() {
    let world = TestWorld::start().await;
    let fields: Vec<&str> = wire::webhook_field::FIELDS.iter().map(|field| field.name).collect();
    let hook = world.subscribe(&fields).await;
    for act in ["typings", "visits", "follows", "blocks"] {
        mira(&world).does(act, &json!({})).await.ok();
    }
    world.nobody().post("/_parlance/people/mira.paints", &json!({"name": "Mira O."})).await.ok();
    assert_eq!(told(&world, &hook).await, Vec::<Value>::new());
    world.nobody().delete("/_parlance/people/mira.paints/blocks?with=harbor.knits").await.ok();
    let mid = does(&world, "messages", &json!({"text": "hello"})).await;
    let message = of_mira(&world, "message", json!({"mid": mid, "text": "hello"}));
    assert_eq!(told(&world, &hook).await, [message], "it hears whatever is told");
}
