//! A world that nobody seeded: its key, its first app and account, and no demo in it.

use engine::demo::{self, SeedError};
use engine::ids::{Ids, SeededEntropy};
use engine::key::{self, KeyError};
use engine::setup::{self, SetupError};
use engine::vault::{KEY_BYTES, Vault};
use secrecy::ExposeSecret;
use serde_json::json;
use testkit::{Engine, Options, TestWorld};
use wire::id::AppId;

use crate::MIRA;

async fn empty() -> TestWorld {
    TestWorld::with(Options { demo: false, ..Options::default() }).await
}

#[tokio::test]
async fn an_app_and_an_account_that_were_made_can_call() {
    let world = empty().await;
    let app = setup::create_app(world.world(), "Desk", true).await.unwrap();
    let made = setup::create_account(world.world(), app.id, "shop.one", Some("Shop One")).await.unwrap();
    assert_ne!(app.id, app.instagram_app_id);
    assert_eq!(app.secret.expose_secret().len(), 32);

    let page = world.api(made.page_token.expose_secret()).get("/v25.0/me?fields=id,name").await.ok();
    assert_eq!(page, json!({"id": made.page.to_string(), "name": "Shop One"}));
    let instagram = world.api(made.account_token.expose_secret());
    let account = instagram.get("/v25.0/me?fields=user_id,username,name").await.ok();
    assert_eq!((&account["user_id"], &account["username"]), (&json!(made.account.to_string()), &json!("shop.one")));

    for (id, secret) in [(app.id, &app.secret), (app.instagram_app_id, &app.instagram_secret)] {
        let caller = world.api(&format!("{id}|{}", secret.expose_secret()));
        let path = format!("/debug_token?input_token={}", made.page_token.expose_secret());
        let told = caller.get(&path).await.ok();
        assert_eq!((&told["data"]["is_valid"], &told["data"]["expires_at"]), (&json!(true), &json!(0)));
    }
    for caller in [world.api(made.page_token.expose_secret()), instagram] {
        caller.post_form("/v25.0/me/subscribed_apps", &[("subscribed_fields", "messages")]).await.ok();
        caller.get("/v25.0/me/conversations?platform=instagram").await.ok();
        assert_eq!(caller.sends(MIRA, "to nobody").await.error().1, 100, "it may send, but knows nobody");
    }
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_with_a_sentence() {
    let world = empty().await;
    let app = setup::create_app(world.world(), "Desk", false).await.unwrap();
    setup::create_account(world.world(), app.instagram_app_id, "taken", None).await.unwrap();
    let refusal = async |app, username: &str, name: Option<&str>| {
        setup::create_account(world.world(), app, username, name).await.err().map(|error| error.to_string()).unwrap()
    };
    assert_eq!(refusal(app.id, "taken", None).await, "the username taken is taken");
    assert_eq!(refusal(app.id, "No Name", None).await, "a username has 1 to 30 of a-z, 0-9, . and _");
    assert_eq!(refusal(app.id, "fine", Some("")).await, "a name has 1 to 64 characters");
    assert_eq!(refusal(AppId::new(7), "fine", None).await, "there is no app 7");
    let nameless = setup::create_app(world.world(), &"x".repeat(65), false).await;
    assert!(matches!(nameless, Err(SetupError::Name)));
    let demo = TestWorld::start().await;
    let person = setup::create_account(demo.world(), demo::APP, "mira.paints", None).await;
    assert!(matches!(person, Err(SetupError::Taken(_))), "people and accounts share their names");
}

#[tokio::test]
async fn only_the_key_that_sealed_the_secrets_is_taken() {
    let (right, wrong) = (Vault::new(&[7; KEY_BYTES]), Vault::new(&[8; KEY_BYTES]));
    let ids = Ids::new(SeededEntropy::new(1));
    for world in [empty().await, TestWorld::start().await] {
        let store = world.world().store.as_ref();
        let has_apps = !store.apps().await.unwrap().is_empty();
        assert_eq!(key::is_chosen(store).await.unwrap(), has_apps);
        if has_apps {
            let refused = key::agree(store, &wrong, &ids).await;
            assert!(matches!(refused, Err(KeyError::Wrong)), "an app's secret tells it where no mark is yet");
        }
        key::agree(store, &right, &ids).await.unwrap();
        assert!(key::is_chosen(store).await.unwrap());
        assert!(matches!(key::agree(store, &wrong, &ids).await, Err(KeyError::Wrong)));
        key::agree(store, &right, &ids).await.unwrap();
    }
}

#[tokio::test]
async fn of_two_nodes_that_start_at_once_with_different_keys_one_is_refused() {
    for engine in [Engine::Memory, Engine::Sqlite] {
        let a = TestWorld::with(Options { engine, demo: false, ..Options::default() }).await;
        let b = a.beside(2);
        let ids = Ids::new(SeededEntropy::new(1));
        let vaults = [Vault::new(&[1; KEY_BYTES]), Vault::new(&[2; KEY_BYTES])];
        let (first, second) = tokio::join!(
            key::agree(a.world().store.as_ref(), &vaults[0], &ids),
            key::agree(b.world().store.as_ref(), &vaults[1], &ids)
        );
        assert!(first.is_ok() != second.is_ok());
    }
}

#[tokio::test]
async fn a_world_that_was_served_or_holds_an_app_never_gets_the_demo() {
    let served = empty().await;
    assert!(!demo::keep_out(served.world()).await.unwrap());
    assert!(!demo::keep_out(served.world()).await.unwrap());
    assert!(matches!(demo::seed(served.world()).await, Err(SeedError::RealWorld)));

    let with_app = empty().await;
    setup::create_app(with_app.world(), "Desk", false).await.unwrap();
    assert!(matches!(demo::seed(with_app.world()).await, Err(SeedError::RealWorld)));

    let demo = TestWorld::start().await;
    assert!(demo::keep_out(demo.world()).await.unwrap(), "it is there, and whoever serves it is told");
    assert!(!demo::seed(demo.world()).await.unwrap());
}

#[tokio::test]
async fn of_two_nodes_that_start_at_once_one_seeds() {
    let a = TestWorld::with(Options { demo: false, ..Options::default() }).await;
    let b = a.beside(2);
    let (first, second) = tokio::join!(demo::seed(a.world()), demo::seed(b.world()));
    assert!(first.unwrap() != second.unwrap());
    assert_eq!(a.world().store.last_event().await.unwrap(), 5, "the demo world is there once");
}
