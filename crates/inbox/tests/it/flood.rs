//! Ten thousand webhooks, a tenth of them twice, in no order.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use parlance_inbox::desk::views::View;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::json;

use crate::engines::Engine;
use crate::rig::{Rig, signed};

const EVENTS: usize = 10_000;
const PEOPLE: usize = 200;

async fn each_event_is_stored_once_and_each_thread_is_in_time_order(engine: Engine) {
    let rig = Rig::start(engine).await;
    let (id, account) = (rig.connected.connection.id, rig.connected.connection.account_id.clone());
    let start = rig.world.now().get();
    let mut order: Vec<usize> = (0..EVENTS).chain((0..EVENTS).step_by(10)).collect();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    order = Just(order).prop_shuffle().new_tree(&mut runner).unwrap().current();
    assert_eq!(order.len(), EVENTS + EVENTS / 10);
    let desk = &rig.desk;
    let bodies = order.iter().map(|event| {
        let person = 9000 + event % PEOPLE;
        json!({"object": "instagram", "entry": [{"id": account, "time": start, "messaging": [{
            "sender": {"id": person.to_string()}, "recipient": {"id": account}, "timestamp": start + *event as i64,
            "message": {"mid": format!("m{event}"), "text": format!("number {event}")}}]}]})
        .to_string()
    });
    let taken: Vec<bool> = futures_util::stream::iter(bodies)
        .map(|body| async move {
            let headers = signed(body.as_bytes());
            desk.receive(id, &headers, body.as_bytes()).await.is_ok()
        })
        .buffer_unordered(64)
        .collect()
        .await;
    assert!(taken.into_iter().all(|taken| taken));
    desk.apply_all().await.unwrap();
    let counts = desk.received(rig.workspace).await.unwrap();
    assert_eq!(counts, (EVENTS as u64, EVENTS as u64), "each event is stored once and applied");
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = desk.list(rig.ana(), View::All, &Default::default(), after, 50).await.unwrap();
        for conversation in &page.items {
            let thread = desk.thread(rig.ana(), conversation.id, None, 100).await.unwrap();
            let times: Vec<_> = thread.messages.iter().map(|message| message.sent_time).collect();
            assert_eq!(times.len(), EVENTS / PEOPLE, "{}", conversation.customer);
            assert!(times.is_sorted(), "{times:?}");
            assert_eq!(conversation.unread as usize, EVENTS / PEOPLE);
            for message in thread.messages {
                *seen.entry(message.mid).or_default() += 1;
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), EVENTS);
    assert!(seen.values().all(|times| *times == 1));
}

on_every_engine!(each_event_is_stored_once_and_each_thread_is_in_time_order);
