//! Welcome message flows.

use engine::change::Change;
use engine::facts::Flow;
use engine::store::Store;
use wire::id::FlowId;

use crate::make::{ONE, TWO, at, commit, commit_each, flow};

async fn a_flow_comes_back_is_replaced_and_goes(store: &dyn Store) {
    commit_each(store, [flow(ONE, 3), flow(ONE, 1), flow(TWO, 2)].map(Change::PutFlow)).await;
    assert_eq!(store.flows(ONE).await.unwrap(), [flow(ONE, 1), flow(ONE, 3)], "by id");
    assert_eq!(store.flow(ONE, FlowId::new(3)).await.unwrap(), Some(flow(ONE, 3)));
    assert_eq!(store.flow(ONE, FlowId::new(2)).await.unwrap(), None, "another account's");

    let changed = Flow { name: String::new(), eligible_platforms: vec![], last_update_time: at(9), ..flow(ONE, 3) };
    commit(store, [Change::PutFlow(changed.clone())]).await;
    assert_eq!(store.flow(ONE, changed.id).await.unwrap(), Some(changed.clone()));

    for _ in 0..2 {
        commit(store, [Change::RemoveFlow { account: ONE, flow: FlowId::new(1) }]).await;
    }
    commit(store, [Change::RemoveFlow { account: ONE, flow: FlowId::new(2) }]).await;
    assert_eq!(store.flows(ONE).await.unwrap(), [changed]);
    assert_eq!(store.flows(TWO).await.unwrap(), [flow(TWO, 2)]);
}

on_every_engine! {
    a_flow_comes_back_is_replaced_and_goes,
}
