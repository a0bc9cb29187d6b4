//! Subscriptions, installs, and routes.

use engine::change::Change;
use engine::facts::{Install, Subscription};
use engine::store::{Route, Store};
use wire::dialect::Dialect::{Facebook, Instagram};
use wire::id::{AppId, PageId};

use crate::make::{APP, ONE, TWO, at, commit, commit_each, install, subscription};

const OTHER: AppId = AppId::new(600);

async fn subscriptions_are_listed_by_object_and_replaced(store: &dyn Store) {
    let (page, instagram) = (subscription(APP, "page"), subscription(APP, "instagram"));
    let others = subscription(OTHER, "page");
    let all = [page.clone(), instagram.clone(), others.clone()];
    commit(store, all.map(Change::PutSubscription)).await;
    assert_eq!(store.subscriptions(APP).await.unwrap(), [instagram, page.clone()]);
    assert_eq!(store.subscriptions(OTHER).await.unwrap(), [others]);

    let quiet = Subscription { active: false, include_values: false, fields: vec![], ..page };
    commit(store, [Change::PutSubscription(quiet.clone())]).await;
    assert_eq!(store.subscriptions(APP).await.unwrap()[1], quiet);
}

async fn one_subscription_is_removed_or_all_of_an_app(store: &dyn Store) {
    let objects = |app| async move {
        store.subscriptions(app).await.unwrap().into_iter().map(|row| row.object).collect::<Vec<_>>()
    };
    let rows = [(APP, "page"), (APP, "instagram"), (APP, "user"), (OTHER, "page")];
    commit(store, rows.map(|(app, object)| Change::PutSubscription(subscription(app, object)))).await;
    commit(store, [Change::RemoveSubscription { app: APP, object: Some("page".into()) }]).await;
    assert_eq!(objects(APP).await, ["instagram", "user"]);
    commit(store, [Change::RemoveSubscription { app: APP, object: None }]).await;
    assert_eq!(objects(APP).await, [""; 0]);
    assert_eq!(objects(OTHER).await, ["page"]);
}

async fn installs_are_listed_oldest_first_and_replaced_by_login(store: &dyn Store) {
    let late = install(ONE, OTHER, Facebook, 9);
    let early = install(ONE, APP, Instagram, 3);
    let middle = Install { page: Some(PageId::new(8)), ..install(ONE, APP, Facebook, 5) };
    let elsewhere = install(TWO, APP, Facebook, 1);
    commit_each(store, [&late, &early, &middle, &elsewhere].map(|row| Change::PutInstall(row.clone()))).await;
    assert_eq!(store.installs(ONE).await.unwrap(), [early.clone(), middle.clone(), late.clone()]);
    assert_eq!(store.installs(TWO).await.unwrap(), [elsewhere]);

    let early = Install { created_time: at(7), scopes: vec![], ..early };
    commit(store, [Change::PutInstall(early.clone())]).await;
    assert_eq!(store.installs(ONE).await.unwrap(), [middle, early.clone(), late.clone()]);

    commit(store, [Change::RemoveInstall { account: ONE, app: APP, login: Facebook }]).await;
    assert_eq!(store.installs(ONE).await.unwrap(), [early, late]);
}

async fn a_route_needs_an_install_and_an_active_instagram_subscription(store: &dyn Store) {
    let (first, second) = (install(ONE, APP, Instagram, 1), install(ONE, APP, Facebook, 2));
    let third = install(ONE, OTHER, Facebook, 3);
    commit(store, [&first, &second, &third].map(|row| Change::PutInstall(row.clone()))).await;
    commit(store, [Change::PutInstall(install(TWO, APP, Facebook, 0))]).await;
    assert_eq!(store.routes(ONE).await.unwrap(), []);

    let active = subscription(APP, "instagram");
    let quiet = Subscription { active: false, ..subscription(OTHER, "instagram") };
    let page = subscription(OTHER, "page");
    commit(store, [&active, &quiet, &page].map(|row| Change::PutSubscription(row.clone()))).await;
    let route = |install: &Install| Route { install: install.clone(), subscription: active.clone() };
    assert_eq!(store.routes(ONE).await.unwrap(), [route(&first), route(&second)]);

    let woken = Subscription { active: true, ..quiet };
    commit(store, [Change::PutSubscription(woken.clone())]).await;
    assert_eq!(store.routes(ONE).await.unwrap()[2], Route { install: third, subscription: woken });
}

on_every_engine! {
    subscriptions_are_listed_by_object_and_replaced,
    one_subscription_is_removed_or_all_of_an_app,
    installs_are_listed_oldest_first_and_replaced_by_login,
    a_route_needs_an_install_and_an_active_instagram_subscription,
}
