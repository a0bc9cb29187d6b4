//! The event log.

use engine::change::Change;
use engine::facts::{EventKind, NewEvent};
use engine::store::Store;

use crate::make::{ONE, TWO, at, commit, commit_each, igsid, item, logged};

async fn entries_are_read_in_order_from_behind_a_number(store: &dyn Store) {
    assert_eq!(store.last_event().await.unwrap(), 0);
    assert_eq!(store.events(0, 9).await.unwrap(), []);
    let new: Vec<NewEvent> = (0_u64..)
        .zip(EventKind::ALL)
        .map(|(number, (kind, _, _))| NewEvent {
            account: if number % 2 == 0 { ONE } else { TWO },
            igsid: igsid(number),
            item: item(number + 1),
            kind,
            time: at(40),
        })
        .collect();
    commit(store, new[..1].iter().cloned().map(Change::AddEvent)).await;
    commit_each(store, new[1..].iter().cloned().map(Change::AddEvent)).await;

    let all = logged(store, 0, new.len()).await;
    assert!(all.iter().map(|event| &event.event).eq(&new));
    assert!(all[0].seq > 0 && all.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    assert_eq!(Some(store.last_event().await.unwrap()), all.last().map(|event| event.seq));
    assert_eq!(store.events(0, 2).await.unwrap(), all[..2]);
    assert_eq!(store.events(all[1].seq, 1).await.unwrap(), all[2..3]);
    assert_eq!(store.events(store.last_event().await.unwrap(), 9).await.unwrap(), []);
}

on_every_engine! {
    entries_are_read_in_order_from_behind_a_number,
}
