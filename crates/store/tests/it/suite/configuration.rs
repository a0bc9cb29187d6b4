//! Users, Pages, accounts, apps, tokens and settings.

use engine::change::Change;
use engine::facts::{Account, AccountType, App, Page, Standing, Token, TokenKind, User};
use engine::store::Store;
use engine::vault::TokenHash;
use wire::id::{AppId, PageId, UserId};

use crate::make::{APP, ONE, TWO, account, app, at, commit, stale};

async fn a_user_and_a_page_come_back_and_are_replaced(store: &dyn Store) {
    let user = User { id: UserId::new(1), name: "Dev".into() };
    let page = Page { id: PageId::new(2), name: "Shop".into(), category: "Food".into(), account: Some(ONE) };
    commit(store, [Change::PutUser(user.clone()), Change::PutPage(page.clone())]).await;
    assert_eq!(store.user(user.id).await.unwrap(), Some(user.clone()));
    assert_eq!(store.page(page.id).await.unwrap(), Some(page.clone()));
    assert_eq!(store.user(UserId::new(2)).await.unwrap(), None);
    assert_eq!(store.page(PageId::new(1)).await.unwrap(), None);

    let (user, page) = (User { name: "Eve".into(), ..user }, Page { account: None, ..page });
    commit(store, [Change::PutUser(user.clone()), Change::PutPage(page.clone())]).await;
    assert_eq!(store.user(user.id).await.unwrap(), Some(user));
    assert_eq!(store.page(page.id).await.unwrap(), Some(page));
}

async fn an_account_is_found_by_id_and_by_username_in_any_case(store: &dyn Store) {
    let mut shop = account(ONE, "The.Shop");
    commit(store, [Change::PutAccount(account(TWO, "other")), Change::PutAccount(shop.clone())]).await;
    assert_eq!(store.account(ONE).await.unwrap(), Some(shop.clone()));
    assert_eq!(store.account_by_username("tHE.sHOP").await.unwrap(), Some(shop.clone()));
    assert_eq!(store.account_by_username("The_Shop").await.unwrap(), None);
    assert_eq!(store.accounts().await.unwrap(), [shop.clone(), account(TWO, "other")], "by id");

    shop.page = Some(PageId::new(4));
    shop.default_app = Some(APP);
    shop.username = "the.shop".into();
    commit(store, [Change::PutAccount(shop.clone())]).await;
    assert_eq!(store.account(ONE).await.unwrap(), Some(shop));
}

async fn an_account_is_of_a_kind_and_has_a_standing(store: &dyn Store) {
    let kinds = AccountType::ALL.map(|row| row.0).into_iter().cycle();
    for (number, (account_type, (standing, _, _))) in kinds.zip(Standing::ALL).enumerate() {
        let (allow_message_access, image_collections) = (number % 2 == 0, number % 3 == 0);
        let shop = account(ONE, "shop");
        let shop = Account { account_type, standing, allow_message_access, image_collections, ..shop };
        commit(store, [Change::PutAccount(shop.clone())]).await;
        assert_eq!(store.account(ONE).await.unwrap(), Some(shop));
    }
}

async fn a_username_of_another_account_is_taken_in_any_case(store: &dyn Store) {
    commit(store, [Change::PutAccount(account(ONE, "shop"))]).await;
    stale(store, [Change::PutAccount(account(TWO, "SHOP"))]).await;
    assert_eq!(store.account_by_username("shop").await.unwrap().map(|account| account.id), Some(ONE));
}

async fn an_app_is_found_by_either_of_its_ids(store: &dyn Store) {
    let bot = app(700);
    commit(store, [Change::PutApp(app(800)), Change::PutApp(bot.clone())]).await;
    assert_eq!(store.app(bot.id).await.unwrap(), Some(bot.clone()));
    assert_eq!(store.app(bot.instagram_app_id).await.unwrap(), Some(bot.clone()));
    assert_eq!(store.app(AppId::new(701)).await.unwrap(), None);
    assert_eq!(store.apps().await.unwrap(), [bot.clone(), app(800)], "by id");

    let (name, live, advanced_access) = ("Botty".into(), false, true);
    let renamed = App { name, human_agent: true, require_proof: false, live, advanced_access, ..bot };
    commit(store, [Change::PutApp(renamed.clone())]).await;
    assert_eq!(store.app(renamed.id).await.unwrap(), Some(renamed));
}

async fn an_instagram_app_id_belongs_to_one_app_and_a_meta_app_id_comes_first(store: &dyn Store) {
    commit(store, [Change::PutApp(app(700)), Change::PutApp(app(1_700))]).await;
    let found = store.app(AppId::new(1_700)).await.unwrap().map(|app| app.id);
    assert_eq!(found, Some(AppId::new(1_700)), "700 has it as its Instagram app id");
    stale(store, [Change::PutApp(engine::facts::App { id: AppId::new(9), ..app(700) })]).await;
}

async fn a_token_of_each_kind_comes_back_even_when_it_is_no_longer_valid(store: &dyn Store) {
    for (number, (kind, _)) in TokenKind::ALL.into_iter().enumerate() {
        let mut token = Token {
            hash: TokenHash([u8::try_from(number).unwrap(); 32]),
            kind,
            app: APP,
            user: Some(UserId::new(1)),
            page: None,
            account: Some(ONE),
            scopes: vec!["instagram_basic".into(), "ü \"x\"".into()],
            issued_time: at(-5),
            expires_time: None,
            revoked_time: None,
        };
        assert_eq!(store.token(token.hash).await.unwrap(), None);
        commit(store, [Change::PutToken(token.clone())]).await;
        assert_eq!(store.token(token.hash).await.unwrap(), Some(token.clone()));
        token.expires_time = Some(at(1));
        token.revoked_time = Some(at(2));
        token.page = Some(PageId::new(3));
        token.scopes.clear();
        commit(store, [Change::PutToken(token.clone())]).await;
        assert_eq!(store.token(token.hash).await.unwrap(), Some(token));
    }
}

async fn the_tokens_of_an_app_are_listed_whether_valid_or_not(store: &dyn Store) {
    let token = |number: u8, app: u64, revoked| Token {
        hash: TokenHash([number; 32]),
        kind: TokenKind::User,
        app: AppId::new(app),
        user: Some(UserId::new(1)),
        page: None,
        account: None,
        scopes: Vec::new(),
        issued_time: at(1),
        expires_time: None,
        revoked_time: revoked,
    };
    let (revoked, other, valid) = (token(1, 7, Some(at(3))), token(2, 8, None), token(200, 7, None));
    let all = [&valid, &other, &revoked];
    commit(store, all.map(|token| Change::PutToken(token.clone()))).await;
    assert_eq!(store.tokens(AppId::new(7)).await.unwrap(), [revoked, valid]);
    assert_eq!(store.tokens(AppId::new(9)).await.unwrap(), []);
}

async fn a_setting_keeps_its_last_value(store: &dyn Store) {
    assert_eq!(store.setting("clock").await.unwrap(), None);
    for value in ["1", ""] {
        commit(store, [Change::PutSetting { name: "clock", value: value.into() }]).await;
        assert_eq!(store.setting("clock").await.unwrap().as_deref(), Some(value));
    }
    assert_eq!(store.setting("seed").await.unwrap(), None);
}

async fn a_setting_that_is_there_is_not_added_again(store: &dyn Store) {
    let add = |value: &str| [Change::AddSetting { name: "key", value: value.into() }];
    commit(store, add("first")).await;
    stale(store, add("second")).await;
    assert_eq!(store.setting("key").await.unwrap().as_deref(), Some("first"));
    commit(store, [Change::PutSetting { name: "key", value: "third".into() }]).await;
    assert_eq!(store.setting("key").await.unwrap().as_deref(), Some("third"));
}

on_every_engine! {
    the_tokens_of_an_app_are_listed_whether_valid_or_not,
    a_user_and_a_page_come_back_and_are_replaced,
    an_account_is_found_by_id_and_by_username_in_any_case,
    an_account_is_of_a_kind_and_has_a_standing,
    a_username_of_another_account_is_taken_in_any_case,
    an_app_is_found_by_either_of_its_ids,
    an_instagram_app_id_belongs_to_one_app_and_a_meta_app_id_comes_first,
    a_token_of_each_kind_comes_back_even_when_it_is_no_longer_valid,
    a_setting_keeps_its_last_value,
    a_setting_that_is_there_is_not_added_again,
}
