//! Outages of endpoints, and what their owners are told.

use engine::change::Change;
use engine::facts::{Alert, AlertKind, Outage};
use engine::store::Store;
use wire::dialect::Dialect;
use wire::id::AppId;
use wire::time::Span;

use crate::make::{APP, ONE, TWO, at, commit, commit_each};

const OUTAGE: Outage = Outage { account: ONE, app: APP, login: Dialect::Facebook, since: at(5) };

async fn an_outage_goes_on_until_it_ends(store: &dyn Store) {
    let others = [
        Outage { login: Dialect::Instagram, ..OUTAGE },
        Outage { account: TWO, ..OUTAGE },
        Outage { app: AppId::new(9), ..OUTAGE },
    ];
    commit_each(store, [OUTAGE].into_iter().chain(others).map(Change::AddOutage)).await;
    commit(store, [Change::AddOutage(Outage { since: at(9), ..OUTAGE })]).await;
    assert_eq!(store.outages(APP).await.unwrap(), [OUTAGE, others[0], others[1]], "each began when it first failed");
    assert_eq!(store.outages(AppId::new(8)).await.unwrap(), []);

    for _ in 0..2 {
        commit(store, [Change::EndOutage { account: ONE, app: APP, login: Dialect::Facebook }]).await;
    }
    assert_eq!(store.outages(APP).await.unwrap(), [others[0], others[1]]);
    commit(store, [Change::AddOutage(Outage { since: at(9), ..OUTAGE })]).await;
    assert_eq!(store.outages(APP).await.unwrap()[0].since, at(9), "another outage");
    commit(store, [Change::Rewind { by: Span::millis(4) }]).await;
    assert_eq!(store.outages(APP).await.unwrap()[0].since, at(5), "it is as long as before");
}

async fn each_kind_is_told_once_for_an_outage_and_the_newest_comes_first(store: &dyn Store) {
    let alert = |kind, time| Alert { outage: OUTAGE, kind, time: at(time) };
    let failing = alert(AlertKind::DeliveryFailing, 20);
    let disabled = alert(AlertKind::WebhooksDisabled, 80);
    let again = Alert { outage: Outage { since: at(90), ..OUTAGE }, ..alert(AlertKind::DeliveryFailing, 99) };
    commit_each(store, [failing, disabled, alert(AlertKind::DeliveryFailing, 30), again].map(Change::AddAlert)).await;
    assert_eq!(store.alerts(9).await.unwrap(), [again, disabled, failing]);
    assert_eq!(store.alerts(1).await.unwrap(), [again]);
}

on_every_engine! {
    an_outage_goes_on_until_it_ends,
    each_kind_is_told_once_for_an_outage_and_the_newest_comes_first,
}
