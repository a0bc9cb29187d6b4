//! The client SDK against the real server, in one process.

use client::content::{Button, Buttons, Text};
use client::transport::InProcess;
use client::webhook::Verified;
use client::{Client, Error, FlowMessage, Host, IceBreakers, Menu, MenuItem, Moderation, Question};
use engine::change::Change;
use engine::demo;
use engine::facts::Install;
use testkit::{Receiver, TestWorld};
use wire::dialect::Dialect;
use wire::time::Span;

use crate::web::VERIFY_TOKEN;

/// A client with this token, calling straight into the world.
fn with(world: &TestWorld, token: &str) -> Client {
    on(world, Client::new(token))
}

fn on(world: &TestWorld, client: Client) -> Client {
    client.base_url("http://localhost").expect("an address").transport(InProcess(world.router()))
}

#[tokio::test]
async fn a_token_knows_whom_it_speaks_for_on_both_hosts() {
    let world = TestWorld::start().await;
    let page = with(&world, demo::PAGE_TOKEN);
    assert_eq!(page.me().await.unwrap().id, demo::PAGE.to_string());
    let linked = page.page("me").await.unwrap().instagram_business_account.unwrap();
    assert_eq!((linked.id.as_str(), linked.username.as_deref()), ("17841400000000001", Some(demo::USERNAME)));
    let account = page.account(demo::ACCOUNT).await.unwrap();
    assert_eq!((account.username.as_deref(), account.followers_count), (Some(demo::USERNAME), Some(12_840)));

    let me = with(&world, demo::ACCOUNT_TOKEN).host(Host::Instagram).me().await.unwrap();
    assert_eq!(me.user_id, Some(demo::ACCOUNT.to_string()));
    assert_eq!(me.username.as_deref(), Some(demo::USERNAME));

    let app = on(&world, Client::for_app(demo::APP, demo::SECRET));
    assert!(app.debug_token(demo::PAGE_TOKEN).await.unwrap().is_valid);
    assert!(!app.debug_token("EAAnobody").await.unwrap().is_valid);
    assert!(with(&world, "EAAnobody").me().await.unwrap_err().is_token_invalid());
    let proving = with(&world, demo::PAGE_TOKEN).app_secret(demo::SECRET);
    assert!(proving.me().await.is_ok());
    assert_eq!(with(&world, demo::PAGE_TOKEN).app_secret("another").me().await.unwrap_err().code(), Some(100));
}

#[tokio::test]
async fn a_text_is_sent_and_read_back_on_both_hosts() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    for token in [demo::PAGE_TOKEN, demo::ACCOUNT_TOKEN] {
        let client = with(&world, token);
        let text = format!("We open at 9. \u{1f499} {token}");
        let sent = client.send_text(&mira.igsid(), &text).await.unwrap();
        assert_eq!(sent.recipient_id, mira.igsid());
        let message = client.message(&sent.message_id).await.unwrap();
        assert_eq!((&message.id, message.message.as_deref()), (&sent.message_id, Some(text.as_str())));
        assert_eq!(message.from.unwrap().username.as_deref(), Some(demo::USERNAME));
        assert_eq!(message.to[0].id, mira.igsid());
        assert_eq!(message.created_time.seconds(), world.now().seconds());
        assert_eq!(mira.sees().await[0], (demo::USERNAME.to_owned(), text));
    }
}

#[tokio::test]
async fn conversations_and_messages_come_page_by_page() {
    let world = TestWorld::start().await;
    let client = with(&world, demo::PAGE_TOKEN);
    for (username, _) in demo::people() {
        world.advance(Span::seconds(1)).await;
        world.person(username).writes("first").await;
    }
    let (mut pages, mut writers) = (client.conversations().limit(4), Vec::new());
    while let Some(page) = pages.next_page().await.unwrap() {
        assert!(page.len() <= 4);
        writers.extend(page.into_iter().map(|conversation| conversation.participants[0].id.clone()));
    }
    writers.reverse();
    assert_eq!(
        writers,
        demo::people().map(|(_, igsid)| igsid.to_string()).collect::<Vec<_>>(),
        "the newest came first"
    );

    let sam = world.person("sam.oslo");
    for number in 1..=24 {
        sam.writes(&number.to_string()).await;
    }
    let found = client.conversations().with_user(sam.igsid()).next_page().await.unwrap().unwrap();
    assert_eq!(found.len(), 1);
    let conversation = client.conversation(&found[0].id).await.unwrap();
    assert_eq!(conversation.updated_time.seconds(), world.now().seconds());
    let (mut pages, mut texts) = (client.messages(&conversation.id).limit(10), Vec::new());
    while let Some(page) = pages.next_page().await.unwrap() {
        texts.extend(page.into_iter().map(|message| message.message));
    }
    let expected: Vec<Option<String>> = (5..=24).rev().map(|number| Some(number.to_string())).collect();
    assert_eq!(texts[..20], expected, "the twenty newest with their texts");
    assert_eq!(texts[20..], [const { None::<String> }; 5], "the others by id only (contract read 1.8)");
}

#[tokio::test]
async fn a_profile_is_told_after_consent_only() {
    let world = TestWorld::start().await;
    let client = with(&world, demo::PAGE_TOKEN);
    let aisha = world.person("aisha.codes");
    assert!(client.profile(aisha.igsid()).await.unwrap_err().is_consent_missing());
    aisha.writes("hello").await;
    let profile = client.profile(aisha.igsid()).await.unwrap();
    assert_eq!(profile.username.as_deref(), Some("aisha.codes"));
    assert_eq!(profile.name.as_deref(), Some("Aisha Rahman"));
    assert_eq!((profile.follower_count, profile.is_user_follow_business), (Some(1_950), Some(true)));
}

#[tokio::test]
async fn the_window_closes_after_a_day_and_a_human_has_a_week() {
    let world = TestWorld::start().await;
    let client = with(&world, demo::PAGE_TOKEN);
    let mira = world.person("mira.paints");
    mira.writes("hello").await;
    world.advance(Span::hours(25)).await;
    let refused = client.send_text(&mira.igsid(), "too late").await.unwrap_err();
    assert!(refused.is_window_closed() && !refused.is_transient(), "{refused}");
    client.send().to(mira.igsid()).text("a human answers").human_agent().await.unwrap();
    world.advance(Span::days(7)).await;
    let refused = client.send().to(mira.igsid()).text("too late").human_agent().await.unwrap_err();
    assert!(refused.is_window_closed(), "{refused}");
    assert_eq!(mira.sees().await[0].1, "a human answers");
}

#[tokio::test]
async fn what_people_can_tap_is_set_read_and_removed_on_both_hosts() {
    let world = TestWorld::start().await;
    for token in [demo::PAGE_TOKEN, demo::ACCOUNT_TOKEN] {
        let client = with(&world, token);
        let question = Question { question: "Opening hours?".into(), payload: "HOURS".into() };
        let breakers = IceBreakers { locale: "default".into(), call_to_actions: vec![question] };
        let items = vec![
            MenuItem::Postback { title: "Agent".into(), payload: "AGENT".into() },
            MenuItem::WebUrl { title: "Shop".into(), url: "https://shop.example.test/".into() },
        ];
        let menu = Menu { locale: "default".into(), call_to_actions: items };
        client.set_ice_breakers(std::slice::from_ref(&breakers)).await.unwrap();
        client.set_persistent_menu(std::slice::from_ref(&menu)).await.unwrap();
        let profile = client.messenger_profile().await.unwrap();
        assert_eq!((profile.ice_breakers, &profile.persistent_menu), (vec![breakers.clone()], &vec![menu.clone()]));
        client.delete_messenger_profile(&["ice_breakers"]).await.unwrap();
        let profile = client.messenger_profile().await.unwrap();
        assert_eq!((profile.ice_breakers, profile.persistent_menu), (Vec::new(), vec![menu]));
        let five = IceBreakers { call_to_actions: vec![breakers.call_to_actions[0].clone(); 5], ..breakers };
        assert!(matches!(client.set_ice_breakers(&[five]).await, Err(Error::Invalid(_))), "known before it is sent");
        client.delete_messenger_profile(&["persistent_menu"]).await.unwrap();
    }
}

#[tokio::test]
async fn subscriptions_are_made_listed_and_removed_and_deliveries_verify() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(demo::SECRET).await;
    let app = on(&world, Client::for_app(demo::APP, demo::SECRET));
    let business = with(&world, demo::PAGE_TOKEN);
    let wrong = app.subscribe_app(demo::APP, &receiver.url(), "a wrong token", &["messages"]).await.unwrap_err();
    assert_eq!(wrong.code(), Some(2200), "{wrong}");
    app.subscribe_app(demo::APP, &receiver.url(), VERIFY_TOKEN, &["messages", "messaging_seen"]).await.unwrap();
    let found = app.app_subscriptions(demo::APP).await.unwrap();
    assert_eq!((found.len(), found[0].object.as_str(), found[0].active), (1, "instagram", true));
    assert_eq!(found[0].callback_url, receiver.url());
    assert!(found[0].fields.iter().any(|field| field.name == "messaging_seen" && field.version == "v25.0"));
    business.subscribe_account(&["messages"]).await.unwrap();
    assert_eq!(business.account_subscriptions().await.unwrap()[0].id, Some(demo::APP.to_string()));

    let mira = world.person("mira.paints");
    let mid = mira.writes("hej \u{e5}\u{e4}\u{f6} \u{1f642}").await;
    business.send_text(&mira.igsid(), "hello").await.unwrap();
    world.deliver().await;
    let received = receiver.take();
    assert_eq!(received.len(), 2, "the text and the echo of the answer");
    let mut texts = Vec::new();
    for delivery in &received {
        assert!(Verified::parse(&["another"], &delivery.headers, &delivery.body).is_err());
        let verified = Verified::parse(&[demo::SECRET], &delivery.headers, &delivery.body).unwrap();
        assert_eq!(verified.object, "instagram");
        texts.extend(
            verified.messages().map(|text| [text.account, text.sender, text.mid, text.text].map(str::to_owned)),
        );
    }
    let expected = [demo::ACCOUNT.to_string(), mira.igsid(), mid, "hej \u{e5}\u{e4}\u{f6} \u{1f642}".to_owned()];
    assert_eq!(texts, [expected], "an echo is no message of a person");

    business.unsubscribe_account().await.unwrap();
    assert!(business.account_subscriptions().await.unwrap().is_empty());
    app.unsubscribe_app(demo::APP).await.unwrap();
    assert!(app.app_subscriptions(demo::APP).await.unwrap().is_empty());
    mira.writes("unheard").await;
    world.deliver().await;
    assert!(receiver.take().is_empty());
}

#[tokio::test]
async fn a_send_with_a_name_happens_once() {
    let world = TestWorld::start().await;
    let (client, mira) = (with(&world, demo::PAGE_TOKEN), world.person("mira.paints"));
    let send = || client.send().to(mira.igsid()).text("once").idempotency_key("order-7");
    let first = send().await.unwrap();
    assert_eq!(send().await.unwrap(), first);
    assert_eq!(mira.sees().await.iter().filter(|(_, text)| text == "once").count(), 1);
    let other = client.send().to(mira.igsid()).text("another").idempotency_key("order-7").await.unwrap_err();
    assert_eq!(other.code(), Some(100));
}

#[tokio::test]
async fn people_are_moderated_and_threads_change_hands() {
    let world = TestWorld::start().await;
    let (client, mira) = (with(&world, demo::PAGE_TOKEN), world.person("mira.paints").igsid());
    client.moderate([mira.as_str()], Moderation::BlockAndSpam).await.unwrap();
    assert_eq!(client.send_text(&mira, "hi").await.unwrap_err().code(), Some(551));
    client.moderate([mira.as_str()], Moderation::Unblock).await.unwrap();
    client.send_text(&mira, "hi").await.unwrap();

    let sender = client.thread_owner(&mira).await.unwrap().unwrap();
    assert_eq!(sender.app_id, Some(demo::APP.to_string()), "the first to write has the thread");
    client.release_thread_control(&mira).await.unwrap();
    assert_eq!(client.thread_owner(&mira).await.unwrap(), None);
    client.request_thread_control(&mira, Some("ours")).await.unwrap();
    client.extend_thread_control(&mira, Span::days(7)).await.unwrap();
    let owner = client.thread_owner(&mira).await.unwrap().unwrap();
    let end = world.now().plus(Span::days(7)).seconds();
    assert_eq!((owner.app_id, owner.expiration), (Some(demo::APP.to_string()), Some(end)));
    client.release_thread_control(&mira).await.unwrap();
    assert_eq!(client.take_thread_control(&mira, None).await.unwrap_err().code(), Some(27));
    let inbox = wire::id::AppId::new(263_902_037_430_900);
    client.pass_thread_control(&mira, Some(inbox), None).await.unwrap();
    assert_eq!(client.send_text(&mira, "hi").await.unwrap_err().subcode(), Some(2_018_300));
    assert_eq!(client.secondary_receivers().await.unwrap_err().code(), Some(100), "there is no primary receiver");
    assert!(!client.messaging_feature_status().await.unwrap().ig_multi_app);

    world
        .commit([Change::PutInstall(Install {
            account: demo::ACCOUNT,
            app: testkit::OTHER_APP,
            login: Dialect::Facebook,
            page: Some(demo::PAGE),
            subscribed_fields: vec!["feed".into()],
            scopes: Vec::new(),
            created_time: world.now(),
        })])
        .await;
    testkit::Grant::page().make(&world).await;
    world.change_account(|account| account.primary_app = Some(demo::APP)).await;
    let receivers = client.secondary_receivers().await.unwrap();
    assert_eq!(receivers[0].id, testkit::OTHER_APP.to_string());
    client.take_thread_control(&mira, Some("back to us")).await.unwrap();
    client.send_text(&mira, "hi").await.unwrap();
    world.change_account(|account| account.default_app = Some(demo::APP)).await;
    assert!(client.messaging_feature_status().await.unwrap().ig_multi_app);
}

#[tokio::test]
async fn a_welcome_flow_is_made_changed_and_deleted_on_both_hosts() {
    let world = TestWorld::start().await;
    for token in [demo::PAGE_TOKEN, demo::ACCOUNT_TOKEN] {
        let client = with(&world, token);
        let agent = Buttons::from([Button::postback("Agent", "AGENT")]);
        let id = client.create_flow("Spring", [Text::new("What now?")]).await.unwrap();
        client.update_flow(&id, [FlowMessage::from("Hello"), ("What next?", agent).into()]).await.unwrap();
        let flow = client.flows().await.unwrap().remove(0);
        assert_eq!((flow.id.as_str(), flow.name.as_str(), flow.eligible_platforms.len()), (id.as_str(), "Spring", 1));
        assert_eq!(flow.welcome_message_flow[1]["message"]["attachment"]["payload"]["text"], "What next?");
        client.delete_flow(&id).await.unwrap();
        assert!(client.flows().await.unwrap().is_empty());
    }
}
