//! The delivery log and what attempts do to it.

use engine::change::Change;
use engine::facts::{Attempt, Channel, Copied, Delivery, DeliveryState, NewDelivery};
use engine::store::{Claim, DeliveryFilter, Store};
use wire::dialect::Dialect;
use wire::id::{AppId, DeliveryId};
use wire::time::Span;

use crate::make::{APP, ONE, TWO, at, attempt, claim, commit, deliver, delivery, igsid};

/// What an attempt of worker 1 came to: still pending, due at `due_time`.
fn failed(attempt: Attempt, due_time: i64, hold_back: bool) -> Change {
    Change::RecordAttempt { owner: 1, attempt, state: DeliveryState::Pending, due_time: at(due_time), hold_back }
}

async fn stands(store: &dyn Store, id: DeliveryId) -> Delivery {
    store.delivery(id).await.unwrap().unwrap().0
}

async fn a_new_delivery_is_pending_and_due_at_once(store: &dyn Store) {
    let new = NewDelivery { login: Dialect::Facebook, ..delivery(4, 50) };
    let id = deliver(store, [new.clone()]).await[0];
    let expected = Delivery {
        id,
        account: ONE,
        app: APP,
        igsid: igsid(4),
        login: Dialect::Facebook,
        field: "messages".into(),
        channel: Channel::Messaging,
        element: new.element,
        created_time: at(50),
        state: DeliveryState::Pending,
        attempts: 0,
        first_attempt_time: None,
        due_time: at(50),
        copy: None,
    };
    assert_eq!(store.delivery(id).await.unwrap(), Some((expected.clone(), vec![])));
    assert_eq!(store.deliveries(DeliveryFilter::default(), 1).await.unwrap(), [expected]);
    assert_eq!(store.delivery(DeliveryId::new(id.get() + 1)).await.unwrap(), None);
}

async fn the_log_is_listed_newest_first_and_filtered(store: &dyn Store) {
    let other = AppId::new(9);
    let new = [delivery(1, 1), NewDelivery { app: other, ..delivery(1, 2) }, delivery(2, 3), delivery(3, 4)];
    let ids = deliver(store, new).await;
    assert!(ids.is_sorted());
    let taken = store.claim(Claim { limit: 1, ..claim(9) }).await.unwrap();
    let (attempt, due_time) = (attempt(&taken[0], 1), at(9));
    let state = DeliveryState::Delivered;
    commit(store, [Change::RecordAttempt { owner: 1, attempt, state, due_time, hold_back: false }]).await;

    let (app, pending, all) = (Some(APP), Some(DeliveryState::Pending), DeliveryFilter::default());
    let table: [(DeliveryFilter, u32, &[usize]); 14] = [
        (all, 9, &[3, 2, 1, 0]),
        (all, 3, &[3, 2, 1]),
        (DeliveryFilter { app, ..all }, 9, &[3, 2, 0]),
        (DeliveryFilter { state: pending, ..all }, 9, &[3, 2, 1]),
        (DeliveryFilter { state: Some(DeliveryState::Delivered), ..all }, 9, &[0]),
        (DeliveryFilter { state: Some(DeliveryState::Dropped), ..all }, 9, &[]),
        (DeliveryFilter { before: Some(ids[2]), ..all }, 1, &[1]),
        (DeliveryFilter { app, state: pending, before: Some(ids[3]), ..all }, 9, &[2]),
        (DeliveryFilter { account: Some(ONE), ..all }, 9, &[3, 2, 1, 0]),
        (DeliveryFilter { account: Some(TWO), ..all }, 9, &[]),
        (DeliveryFilter { field: Some("messages"), ..all }, 9, &[3, 2, 1, 0]),
        (DeliveryFilter { field: Some("comments"), ..all }, 9, &[]),
        (DeliveryFilter { since: Some(at(3)), ..all }, 9, &[3, 2]),
        (DeliveryFilter { since: Some(at(5)), ..all }, 9, &[]),
    ];
    for (filter, limit, expected) in table {
        let found: Vec<_> = store.deliveries(filter, limit).await.unwrap().iter().map(|row| row.id).collect();
        assert_eq!(found, expected.iter().map(|at| ids[*at]).collect::<Vec<_>>(), "{filter:?} {limit}");
    }
}

async fn attempts_are_kept_in_order_and_settle_the_delivery(store: &dyn Store) {
    let id = deliver(store, [delivery(1, 10)]).await[0];
    let taken = store.claim(claim(20)).await.unwrap().remove(0);
    let first = attempt(&taken, 1);
    commit(store, [failed(first.clone(), 40, false)]).await;
    let now = stands(store, id).await;
    assert_eq!((now.state, now.attempts, now.due_time), (DeliveryState::Pending, 1, at(40)));
    assert_eq!(now.first_attempt_time, Some(at(20)));

    assert_eq!(store.claim(claim(39)).await.unwrap(), [], "not due yet");
    let again = store.claim(claim(40)).await.unwrap();
    assert_eq!(again[0].first_attempt_time, Some(at(20)), "all attempts carry the time of the first");
    let second = Attempt { status: None, answer: "timed out".into(), duration_ms: 0, ..attempt(&taken, 2) };
    let state = DeliveryState::Dropped;
    let change = Change::RecordAttempt { owner: 1, attempt: second.clone(), state, due_time: at(40), hold_back: false };
    commit(store, [change]).await;
    let (now, attempts) = store.delivery(id).await.unwrap().unwrap();
    assert_eq!((now.state, now.attempts), (DeliveryState::Dropped, 2));
    assert_eq!(attempts, [first, second]);
    assert_eq!(store.claim(claim(9_999)).await.unwrap(), []);
}

async fn an_attempt_without_the_lease_is_ignored(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 10), delivery(1, 11)]).await;
    let before = stands(store, ids[0]).await;
    commit(store, [failed(attempt(&before, 1), 500, true)]).await;
    assert_eq!(store.delivery(ids[0]).await.unwrap(), Some((before, vec![])), "nobody has it");

    let taken = store.claim(claim(20)).await.unwrap().remove(0);
    let stranger = |attempt| Change::RecordAttempt {
        owner: 2,
        attempt,
        state: DeliveryState::Delivered,
        due_time: at(500),
        hold_back: true,
    };
    commit(store, [stranger(attempt(&taken, 1))]).await;
    let elsewhere = Attempt { account: TWO, ..attempt(&taken, 1) };
    commit(store, [failed(elsewhere, 500, true)]).await;
    assert_eq!(store.delivery(ids[0]).await.unwrap(), Some((taken.clone(), vec![])));
    assert_eq!(stands(store, ids[1]).await.due_time, at(11), "and changes nothing else");

    commit(store, [failed(attempt(&taken, 1), 30, false)]).await;
    commit(store, [failed(attempt(&taken, 2), 500, false)]).await;
    let (now, attempts) = store.delivery(ids[0]).await.unwrap().unwrap();
    assert_eq!((now.due_time, attempts.len()), (at(30), 1), "the first record gave the lease back");
}

async fn holding_back_leaves_other_deliveries_as_they_are(store: &dyn Store) {
    let other_app = AppId::new(9);
    let new = [
        delivery(1, 1),
        delivery(1, 5),
        delivery(2, 5),
        NewDelivery { app: other_app, ..delivery(1, 5) },
        NewDelivery { account: TWO, ..delivery(1, 5) },
    ];
    let ids = deliver(store, new).await;
    let taken = store.claim(Claim { limit: 1, ..claim(9) }).await.unwrap().remove(0);
    commit(store, [failed(attempt(&taken, 1), 400, true)]).await;
    for (id, due_time) in ids.iter().zip([400, 5, 5, 5, 5]) {
        assert_eq!(stands(store, *id).await.due_time, at(due_time), "{id}");
    }
    let others: Vec<_> = store.claim(claim(9)).await.unwrap().iter().map(|delivery| delivery.id).collect();
    assert_eq!(others, [ids[2], ids[4]], "only its own thread waits");
}

async fn a_long_answer_is_cut(store: &dyn Store) {
    let id = deliver(store, [delivery(1, 10)]).await[0];
    let taken = store.claim(claim(20)).await.unwrap().remove(0);
    let long = Attempt { answer: "ß".repeat(3_000), ..attempt(&taken, 1) };
    commit(store, [failed(long, 40, false)]).await;
    let attempts = store.delivery(id).await.unwrap().unwrap().1;
    assert_eq!(attempts[0].answer, "ß".repeat(2_048));
}

async fn a_settled_delivery_made_again_starts_afresh(store: &dyn Store) {
    let id = deliver(store, [delivery(1, 10)]).await[0];
    let taken = store.claim(claim(20)).await.unwrap().remove(0);
    let (first, state, due_time) = (attempt(&taken, 1), DeliveryState::Dropped, at(20));
    commit(store, [Change::RecordAttempt { owner: 1, attempt: first, state, due_time, hold_back: false }]).await;

    commit(store, [Change::Redeliver { account: TWO, delivery: id, due_time: at(70) }]).await;
    assert_eq!(stands(store, id).await.state, DeliveryState::Dropped, "not that account's");
    commit(store, [Change::Redeliver { account: ONE, delivery: id, due_time: at(70) }]).await;
    let now = stands(store, id).await;
    assert_eq!((now.state, now.attempts, now.due_time), (DeliveryState::Pending, 1, at(70)));
    assert_eq!(now.first_attempt_time, None);
    assert_eq!(store.claim(claim(70)).await.unwrap()[0].first_attempt_time, Some(at(70)));
}

async fn a_delivery_under_way_is_not_made_again_beside_itself(store: &dyn Store) {
    let id = deliver(store, [delivery(1, 10)]).await[0];
    let taken = store.claim(claim(20)).await.unwrap().remove(0);
    commit(store, [Change::Redeliver { account: ONE, delivery: id, due_time: at(25) }]).await;
    assert_eq!(store.claim(Claim { owner: 2, ..claim(25) }).await.unwrap(), []);
    commit(store, [failed(attempt(&taken, 1), 900, false)]).await;
    assert_eq!(stands(store, id).await.attempts, 1, "its attempt counts");
    commit(store, [Change::Redeliver { account: ONE, delivery: id, due_time: at(30) }]).await;
    assert_eq!(store.claim(claim(30)).await.unwrap().len(), 1, "one that waits for its retry is made at once");
}

async fn a_clock_set_back_takes_what_is_pending_with_it(store: &dyn Store) {
    let ids = deliver(store, [delivery(1, 1_001), delivery(1, 1_002), delivery(2, 1_003)]).await;
    let taken = store.claim(Claim { limit: 1, ..claim(1_009) }).await.unwrap().remove(0);
    commit(store, [failed(attempt(&taken, 1), 1_400, true)]).await;
    assert_eq!(store.claim(claim(1_010)).await.unwrap()[0].id, ids[2], "leased when the clock moves");
    commit(store, [Change::Rewind { by: Span::millis(1_000) }]).await;
    let (held, leased) = (stands(store, ids[0]).await, stands(store, ids[2]).await);
    assert_eq!((held.due_time, held.first_attempt_time), (at(400), Some(at(9))));
    assert_eq!((leased.due_time, leased.first_attempt_time), (at(3), Some(at(10))));
    let again: Vec<_> = store.claim(claim(400)).await.unwrap().iter().map(|delivery| delivery.id).collect();
    assert_eq!(again, [ids[2], ids[0]], "the second still waits for its turn");
}

async fn every_channel_and_what_a_copy_repeats_come_back(store: &dyn Store) {
    for (channel, _, number) in Channel::ALL {
        let person = u64::try_from(number).unwrap() + 1;
        let id = deliver(store, [NewDelivery { channel, ..delivery(person, 5) }]).await[0];
        assert_eq!(stands(store, id).await.channel, channel);
        for url in [None, Some("https://else.where/hook".to_owned())] {
            let copy = Some(Copied { origin: id, url });
            let again = deliver(store, [NewDelivery { channel, copy: copy.clone(), ..delivery(person, 6) }]).await[0];
            assert_eq!(stands(store, again).await.copy, copy);
        }
    }
}

async fn a_copy_waits_for_nobody_and_holds_nobody_back(store: &dyn Store) {
    let first = deliver(store, [delivery(1, 1)]).await[0];
    let copy = Some(Copied { origin: first, url: None });
    let ids = deliver(store, [NewDelivery { copy, ..delivery(1, 2) }, delivery(1, 3)]).await;
    let taken: Vec<_> = store.claim(claim(9)).await.unwrap().into_iter().map(|delivery| delivery.id).collect();
    assert_eq!(taken, [first, ids[0]], "the third waits for the first, and for nobody else");
}

async fn a_delivery_that_is_put_off_keeps_its_turn_or_gives_it_away(store: &dyn Store) {
    for (person, hold_back) in [(1, true), (2, false)] {
        let ids = deliver(store, [delivery(person, 1), delivery(person, 2)]).await;
        assert_eq!(store.claim(claim(9)).await.unwrap().len(), 1);
        let put_off =
            |owner, account| Change::Postpone { owner, account, delivery: ids[0], due_time: at(50), hold_back };
        commit(store, [put_off(2, ONE)]).await;
        commit(store, [put_off(1, TWO)]).await;
        assert_eq!(stands(store, ids[0]).await.due_time, at(1), "neither another worker's nor another account's");
        commit(store, [put_off(1, ONE)]).await;
        let delivery = stands(store, ids[0]).await;
        assert_eq!((delivery.due_time, delivery.attempts, delivery.state), (at(50), 0, DeliveryState::Pending));
        let taken: Vec<_> = store.claim(claim(9)).await.unwrap().into_iter().map(|delivery| delivery.id).collect();
        assert_eq!(taken, if hold_back { vec![] } else { vec![ids[1]] });
        let later: Vec<_> = store.claim(claim(60)).await.unwrap().into_iter().map(|delivery| delivery.id).collect();
        assert!(later.contains(&ids[0]), "it is due then");
        for delivery in ids {
            commit(store, [Change::Redeliver { account: ONE, delivery, due_time: at(1_000) }]).await;
        }
    }
}

async fn what_is_pending_for_an_install_that_goes_is_due_at_once(store: &dyn Store) {
    let login = Dialect::Facebook;
    let elsewhere = Some(Copied { origin: DeliveryId::new(1), url: Some("https://else.example/".into()) });
    let new = [
        NewDelivery { login, ..delivery(1, 1) },
        NewDelivery { login, ..delivery(2, 2) },
        delivery(3, 3),
        NewDelivery { login, channel: Channel::Callback, ..delivery(4, 4) },
        NewDelivery { login, copy: elsewhere, ..delivery(5, 5) },
        NewDelivery { login, app: AppId::new(9), ..delivery(6, 6) },
        NewDelivery { login, account: TWO, ..delivery(7, 7) },
    ];
    let ids = deliver(store, new).await;
    for app in [APP, AppId::new(9)] {
        for taken in store.claim(Claim { app, ..claim(9) }).await.unwrap() {
            commit(store, [failed(attempt(&taken, 1), 500, true)]).await;
        }
    }
    commit(store, [Change::RemoveInstall { account: ONE, app: APP, login }]).await;
    let mut due = Vec::new();
    for id in ids {
        due.push(stands(store, id).await.due_time);
    }
    assert_eq!(due, [1, 2, 500, 500, 500, 500, 500].map(at), "this app's through this login, to its own endpoint");
}

on_every_engine! {
    what_is_pending_for_an_install_that_goes_is_due_at_once,
    every_channel_and_what_a_copy_repeats_come_back,
    a_copy_waits_for_nobody_and_holds_nobody_back,
    a_delivery_that_is_put_off_keeps_its_turn_or_gives_it_away,
    a_new_delivery_is_pending_and_due_at_once,
    the_log_is_listed_newest_first_and_filtered,
    attempts_are_kept_in_order_and_settle_the_delivery,
    an_attempt_without_the_lease_is_ignored,
    holding_back_leaves_other_deliveries_as_they_are,
    a_long_answer_is_cut,
    a_settled_delivery_made_again_starts_afresh,
    a_delivery_under_way_is_not_made_again_beside_itself,
    a_clock_set_back_takes_what_is_pending_with_it,
}
