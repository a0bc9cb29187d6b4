//! What a delivery worker is given, and what it is not.

use engine::change::Change;
use engine::facts::{DeliveryState, NewDelivery};
use engine::store::{Claim, Store};
use wire::id::{AppId, DeliveryId};

use crate::make::{APP, ONE, TWO, at, attempt, claim, commit, deliver, delivery};

async fn take(store: &dyn Store, claim: Claim) -> Vec<DeliveryId> {
    store.claim(claim).await.unwrap().iter().map(|delivery| delivery.id).collect()
}

/// Records a failed attempt of worker 1.
async fn record(store: &dyn Store, id: DeliveryId, number: u32, due_time: i64, hold_back: bool) {
    let delivery = store.delivery(id).await.unwrap().unwrap().0;
    let (attempt, state, due_time) = (attempt(&delivery, number), DeliveryState::Pending, at(due_time));
    commit(store, [Change::RecordAttempt { owner: 1, attempt, state, due_time, hold_back }]).await;
}

async fn the_oldest_due_come_first_and_no_more_than_asked(store: &dyn Store) {
    let new = [(1, 30), (2, 10), (3, 20), (4, 10), (5, 99)].map(|(person, due)| delivery(person, due));
    let ids = deliver(store, new).await;
    assert_eq!(take(store, Claim { limit: 0, ..claim(50) }).await, []);
    assert_eq!(take(store, Claim { limit: 3, ..claim(50) }).await, [ids[1], ids[3], ids[2]]);
    assert_eq!(take(store, claim(50)).await, [ids[0]], "the rest, as far as it is due");
    assert_eq!(take(store, claim(50)).await, []);
}

async fn a_claim_takes_deliveries_of_its_app_only_and_marks_the_first_try(store: &dyn Store) {
    let other = AppId::new(9);
    let ids = deliver(store, [delivery(1, 1), NewDelivery { app: other, ..delivery(2, 1) }]).await;
    let taken = store.claim(Claim { app: other, ..claim(33) }).await.unwrap();
    assert_eq!((taken.len(), taken[0].id), (1, ids[1]));
    assert_eq!(taken[0].first_attempt_time, Some(at(33)));
    assert_eq!(store.delivery(ids[1]).await.unwrap().unwrap().0, taken[0]);
    assert_eq!(store.delivery(ids[0]).await.unwrap().unwrap().0.first_attempt_time, None);
}

async fn a_thread_gives_one_at_a_time_in_order(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 20), delivery(1, 10), delivery(2, 15)]).await;
    assert_eq!(take(store, claim(12)).await, [], "the earlier one is not due yet and holds the other back");
    assert_eq!(take(store, claim(30)).await, [ids[2], ids[0]]);
    assert_eq!(take(store, claim(30)).await, [], "the earlier one is out");
    let done = store.delivery(ids[0]).await.unwrap().unwrap().0;
    let (attempt, state, due_time) = (attempt(&done, 1), DeliveryState::Delivered, at(30));
    commit(store, [Change::RecordAttempt { owner: 1, attempt, state, due_time, hold_back: false }]).await;
    assert_eq!(take(store, claim(30)).await, [ids[1]]);
}

async fn threads_of_other_apps_and_accounts_do_not_wait(store: &dyn Store) {
    let other = AppId::new(9);
    let new =
        [delivery(1, 99), NewDelivery { app: other, ..delivery(1, 5) }, NewDelivery { account: TWO, ..delivery(1, 5) }];
    let ids = deliver(store, new).await;
    assert_eq!(take(store, Claim { app: other, ..claim(9) }).await, [ids[1]]);
    assert_eq!(take(store, claim(9)).await, [ids[2]]);
}

async fn a_delivery_keeps_the_turn_as_long_as_it_holds_back(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 1), delivery(1, 2), delivery(1, 3)]).await;
    assert_eq!(take(store, claim(10)).await, [ids[0]]);
    record(store, ids[0], 1, 20, true).await;
    assert_eq!(take(store, claim(19)).await, [], "the others wait with it");
    assert_eq!(take(store, claim(20)).await, [ids[0]]);
    record(store, ids[0], 2, 500, false).await;
    assert_eq!(take(store, claim(20)).await, [ids[1]], "one at a time, in order");
    assert_eq!(take(store, claim(500)).await, [ids[0]], "who gave the turn away needs none");
    record(store, ids[0], 3, 600, true).await;
    assert_eq!(take(store, claim(500)).await, [], "the second is out, the third waits for it");
    record(store, ids[1], 1, 700, false).await;
    assert_eq!(take(store, claim(500)).await, [ids[2]], "and cannot get the turn back");
}

async fn a_delivery_that_comes_while_nothing_has_the_turn_gets_it(store: &dyn Store) {
    let first = deliver(store, [delivery(1, 1)]).await[0];
    assert_eq!(take(store, claim(10)).await, [first]);
    record(store, first, 1, 500, false).await;
    let second = deliver(store, [delivery(1, 11)]).await[0];
    let third = deliver(store, [delivery(1, 12)]).await[0];
    assert_eq!(take(store, claim(20)).await, [second]);
    assert_eq!(take(store, claim(20)).await, []);
    let taken = store.delivery(second).await.unwrap().unwrap().0;
    let (attempt, state, due_time) = (attempt(&taken, 1), DeliveryState::Dropped, at(20));
    commit(store, [Change::RecordAttempt { owner: 1, attempt, state, due_time, hold_back: true }]).await;
    assert_eq!(take(store, claim(20)).await, [third], "what is settled holds nothing back, whatever was said");
}

async fn a_delivery_made_again_keeps_its_place_or_needs_none(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 1), delivery(1, 2)]).await;
    let again = |nth: usize| [Change::Redeliver { account: ONE, delivery: ids[nth], due_time: at(9) }];
    commit(store, again(1)).await;
    assert_eq!(take(store, claim(10)).await, [ids[0]], "who waits goes on waiting");
    let taken = store.delivery(ids[0]).await.unwrap().unwrap().0;
    let (attempt, state, due_time) = (attempt(&taken, 1), DeliveryState::Delivered, at(10));
    commit(store, [Change::RecordAttempt { owner: 1, attempt, state, due_time, hold_back: false }]).await;
    commit(store, again(0)).await;
    assert_eq!(
        take(store, claim(10)).await,
        [ids[0], ids[1]],
        "what was settled is made beside the one that has the turn"
    );
}

async fn a_lease_that_has_run_out_counts_as_free(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 1)]).await;
    assert_eq!(take(store, claim(10)).await, ids);
    let second = |now| Claim { owner: 2, ..claim(now) };
    assert_eq!(take(store, second(1_009)).await, []);
    assert_eq!(take(store, second(1_010)).await, ids);
    record(store, ids[0], 1, 50, false).await;
    let delivery = store.delivery(ids[0]).await.unwrap().unwrap().0;
    assert_eq!((delivery.attempts, delivery.first_attempt_time), (0, Some(at(10))), "worker 1 came too late");
}

async fn a_worker_gives_back_what_it_has_and_nothing_else(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 1), delivery(2, 2)]).await;
    let (mine, others) = (u64::MAX, u64::MAX - 1);
    assert_eq!(take(store, Claim { owner: mine, limit: 1, ..claim(10) }).await, [ids[0]]);
    assert_eq!(take(store, Claim { owner: others, ..claim(10) }).await, [ids[1]]);
    store.release(mine).await.unwrap();
    assert_eq!(take(store, claim(10)).await, [ids[0]]);
    store.release(mine).await.unwrap();
    assert_eq!(take(store, claim(10)).await, []);
}

async fn apps_with_due_deliveries_are_named_once(store: &dyn Store) {
    let (early, late) = (AppId::new(3), AppId::new(999));
    assert_eq!(store.due_apps(at(99)).await.unwrap(), []);
    assert_eq!(store.next_due().await.unwrap(), None);
    let new = [
        delivery(1, 20),
        delivery(2, 10),
        NewDelivery { app: late, ..delivery(1, 30) },
        NewDelivery { app: early, ..delivery(1, 15) },
    ];
    deliver(store, new).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(10)));
    for (now, apps) in [(9, &[][..]), (10, &[APP]), (15, &[early, APP]), (30, &[early, APP, late])] {
        assert_eq!(store.due_apps(at(now)).await.unwrap(), apps, "{now}");
    }
}

async fn those_that_wait_are_not_due(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 40), delivery(1, 10)]).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(40)), "the second waits for the first");
    assert_eq!(store.due_apps(at(39)).await.unwrap(), []);
    assert_eq!(take(store, claim(40)).await, [ids[0]]);
    record(store, ids[0], 1, 90, false).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(10)));
    assert_eq!(store.due_apps(at(39)).await.unwrap(), [APP]);
}

async fn only_pending_deliveries_are_due(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 10), delivery(2, 40)]).await;
    assert_eq!(take(store, claim(10)).await, [ids[0]]);
    assert_eq!(store.next_due().await.unwrap(), Some(at(10)), "leases are not looked at");
    let taken = store.delivery(ids[0]).await.unwrap().unwrap().0;
    let (attempt, state, due_time) = (attempt(&taken, 1), DeliveryState::Delivered, at(10));
    commit(store, [Change::RecordAttempt { owner: 1, attempt, state, due_time, hold_back: false }]).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(40)));
    assert_eq!(store.due_apps(at(39)).await.unwrap(), []);
    commit(store, [Change::Redeliver { account: ONE, delivery: ids[0], due_time: at(35) }]).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(35)));
    assert_eq!(store.due_apps(at(35)).await.unwrap(), [APP]);
}

on_every_engine! {
    the_oldest_due_come_first_and_no_more_than_asked,
    a_claim_takes_deliveries_of_its_app_only_and_marks_the_first_try,
    a_thread_gives_one_at_a_time_in_order,
    threads_of_other_apps_and_accounts_do_not_wait,
    a_delivery_keeps_the_turn_as_long_as_it_holds_back,
    a_delivery_that_comes_while_nothing_has_the_turn_gets_it,
    a_delivery_made_again_keeps_its_place_or_needs_none,
    those_that_wait_are_not_due,
    a_lease_that_has_run_out_counts_as_free,
    a_worker_gives_back_what_it_has_and_nothing_else,
    apps_with_due_deliveries_are_named_once,
    only_pending_deliveries_are_due,
}
