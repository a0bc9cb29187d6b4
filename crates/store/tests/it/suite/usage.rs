//! Allowances that several processes share.

use engine::change::{Change, ChangeSet};
use engine::store::{Reservation, Reserved, Store};
use wire::id::{AccountId, AppId};
use wire::time::Span;

const WANTED: Reservation =
    Reservation { app: AppId::new(1), account: Some(AccountId::new(2)), bucket: 1, window: 50, calls: 4, allowed: 10 };

async fn a_window_gives_no_more_than_it_holds(store: &dyn Store) {
    for (granted, taken) in [(4, 4), (4, 8), (2, 10), (0, 10)] {
        assert_eq!(store.reserve(WANTED).await.unwrap(), Reserved { granted, taken });
    }
    let next = Reservation { window: 51, ..WANTED };
    assert_eq!(store.reserve(next).await.unwrap(), Reserved { granted: 4, taken: 4 }, "a new window begins empty");
    assert_eq!(
        store.reserve(WANTED).await.unwrap(),
        Reserved { granted: 4, taken: 8 },
        "whose clock is behind takes from the newest window"
    );
}

async fn apps_accounts_and_buckets_are_counted_apart(store: &dyn Store) {
    let full = Reserved { granted: 4, taken: 4 };
    for other in [
        WANTED,
        Reservation { app: AppId::new(9), ..WANTED },
        Reservation { account: None, ..WANTED },
        Reservation { account: Some(AccountId::new(9)), ..WANTED },
        Reservation { bucket: 0, ..WANTED },
    ] {
        assert_eq!(store.reserve(other).await.unwrap(), full, "{other:?}");
    }
}

async fn a_clock_set_back_begins_anew(store: &dyn Store) {
    store.reserve(Reservation { calls: 10, ..WANTED }).await.unwrap();
    store.commit(ChangeSet(vec![Change::Rewind { by: Span::hours(1) }])).await.unwrap();
    let earlier = Reservation { window: 20, ..WANTED };
    assert_eq!(store.reserve(earlier).await.unwrap(), Reserved { granted: 4, taken: 4 });
}

on_every_engine! {
    a_window_gives_no_more_than_it_holds,
    apps_accounts_and_buckets_are_counted_apart,
    a_clock_set_back_begins_anew,
}
