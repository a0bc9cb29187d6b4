//! Rate limits: one allowance for all nodes, spent in parts.

use engine::limits::{Counted, Limits};
use engine::refusal::{Failure, Refusal};
use engine::settings::Settings;
use engine::store::Store;
use testkit::{Engine, Options, TestWorld};
use tokio::task::JoinSet;
use wire::id::{AccountId, AppId};
use wire::time::{Millis, Span};

const SENDS: Counted =
    Counted { bucket: engine::limits::Bucket::Send, app: AppId::new(1), account: Some(AccountId::new(2)) };
const CALLS: Counted = Counted { bucket: engine::limits::Bucket::App, app: AppId::new(1), account: None };
const START: Millis = Millis::new(1_000);

/// A store that nothing was counted in.
async fn fresh() -> TestWorld {
    TestWorld::with(Options { engine: Engine::Memory, ..Options::default() }).await
}

/// One node's limits, with what they need for a call.
struct Node<'a> {
    limits: Limits,
    store: &'a dyn Store,
    settings: Settings,
}

impl<'a> Node<'a> {
    fn new(world: &'a TestWorld, allowed: u32) -> Self {
        let settings = Settings { send_per_second: allowed, app_calls_per_hour: allowed, ..Settings::default() };
        Self { limits: Limits::default(), store: world.world().store.as_ref(), settings }
    }

    async fn take(&self, counted: Counted, now: Millis) -> Result<(), Failure> {
        self.limits.take(counted, self.store, &self.settings, now).await
    }

    /// How many calls are within the allowance before one is refused.
    async fn takes_all(&self, now: Millis) -> u32 {
        let mut taken = 0;
        while self.take(SENDS, now).await.is_ok() {
            taken += 1;
        }
        taken
    }

    fn usage(&self, counted: Counted, now: Millis) -> u32 {
        self.limits.usage(counted, &self.settings, now)
    }
}

fn is_refused(outcome: Result<(), Failure>, refusal: &Refusal) -> bool {
    matches!(outcome, Err(Failure::Refused(told)) if told == *refusal)
}

#[tokio::test]
async fn a_second_holds_so_many_sends_and_the_next_one_starts_fresh() {
    let world = fresh().await;
    let node = Node::new(&world, 3);
    for _ in 0..3 {
        node.take(SENDS, START).await.unwrap();
    }
    let late = Millis::new(1_999);
    assert!(is_refused(node.take(SENDS, late).await, &Refusal::Rate));
    assert_eq!(node.usage(SENDS, late), 100);
    let next = Millis::new(2_000);
    assert_eq!(node.usage(SENDS, next), 0);
    node.take(SENDS, next).await.unwrap();
    assert_eq!(node.usage(SENDS, next), 33);
    node.take(Counted { app: AppId::new(9), ..SENDS }, next).await.unwrap();
    node.take(Counted { account: Some(AccountId::new(9)), ..SENDS }, next).await.unwrap();
    assert_eq!(node.usage(SENDS, next), 33, "each app and account has its own");
}

#[tokio::test]
async fn an_apps_calls_are_counted_by_the_hour() {
    let world = fresh().await;
    let node = Node::new(&world, 2);
    let late = START.plus(Span::minutes(59));
    node.take(CALLS, START).await.unwrap();
    node.take(CALLS, late).await.unwrap();
    assert!(is_refused(node.take(CALLS, late).await, &Refusal::AppRate));
    node.take(CALLS, START.plus(Span::hours(1))).await.unwrap();
}

#[tokio::test]
async fn a_limit_that_is_off_asks_no_store() {
    let world = fresh().await;
    let node = Node::new(&world, 0);
    world.world().store.close().await.unwrap();
    for _ in 0..1_000 {
        node.take(SENDS, START).await.unwrap();
    }
    assert_eq!(node.usage(SENDS, START), 0);
}

#[tokio::test]
async fn two_nodes_together_get_exactly_the_allowance() {
    for allowed in [1, 2, 10, 33, 300] {
        let world = fresh().await;
        let (a, b) = (Node::new(&world, allowed), Node::new(&world, allowed));
        let (mut taken, mut refused) = (0, [false; 2]);
        while refused != [true; 2] {
            for (node, refused) in [&a, &b].into_iter().zip(&mut refused) {
                match node.take(SENDS, START).await {
                    Ok(()) => taken += 1,
                    Err(_) => *refused = true,
                }
            }
        }
        assert_eq!(taken, allowed);
        assert_eq!((a.usage(SENDS, START), b.usage(SENDS, START)), (100, 100));
    }
}

#[tokio::test]
async fn one_call_on_another_node_costs_a_sixteenth_at_most() {
    for allowed in [16, 100, 300, 10_000] {
        let world = fresh().await;
        let (a, b) = (Node::new(&world, allowed), Node::new(&world, allowed));
        b.take(SENDS, START).await.unwrap();
        let taken = a.takes_all(START).await;
        assert!(taken >= allowed - allowed / 16 && taken < allowed, "{taken} of {allowed}");
        b.take(SENDS, START.plus(Span::seconds(1))).await.unwrap();
    }
}

#[tokio::test]
async fn a_restart_goes_on_counting() {
    let world = fresh().await;
    let before = Node::new(&world, 10);
    for _ in 0..7 {
        before.take(SENDS, START).await.unwrap();
    }
    let after = Node::new(&world, 10);
    assert_eq!(after.takes_all(START).await, 3);
}

#[tokio::test]
async fn many_calls_at_once_get_no_more_than_there_is() {
    let world = fresh().await;
    let mut tasks = JoinSet::new();
    let limits = std::sync::Arc::new(Limits::default());
    for _ in 0..200 {
        let (store, limits) = (std::sync::Arc::clone(&world.world().store), limits.clone());
        tasks.spawn(async move {
            let settings = Settings { send_per_second: 50, ..Settings::default() };
            limits.take(SENDS, store.as_ref(), &settings, START).await.is_ok()
        });
    }
    assert_eq!(tasks.join_all().await.into_iter().filter(|within| *within).count(), 50);
}

#[tokio::test]
async fn a_store_that_fails_lets_nobody_through_and_a_full_window_does_not_ask_it() {
    let world = fresh().await;
    let node = Node::new(&world, 2);
    assert_eq!(node.takes_all(START).await, 2);
    world.world().store.close().await.unwrap();
    assert!(is_refused(node.take(SENDS, START).await, &Refusal::Rate));
    assert!(matches!(node.take(SENDS, START.plus(Span::seconds(1))).await, Err(Failure::Store(_))));
    assert!(matches!(node.take(SENDS, START.plus(Span::seconds(1))).await, Err(Failure::Store(_))), "every time");
}

#[tokio::test]
async fn a_clock_set_back_begins_counting_anew() {
    let settings = Settings { send_per_second: 1, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    world.page().sends(crate::MIRA, "one").await.ok();
    assert_eq!(world.page().sends(crate::MIRA, "two").await.error().1, 613);
    world.advance(Span::minutes(-10)).await;
    world.page().sends(crate::MIRA, "two").await.ok();
    assert_eq!(world.page().sends(crate::MIRA, "three").await.error().1, 613);
}

#[tokio::test]
async fn the_usage_that_is_shown_counts_the_sends_of_all_nodes() {
    let settings = Settings { send_per_second: 4, ..Settings::emulator() };
    let a = TestWorld::with(Options { settings, ..Options::default() }).await;
    let b = a.beside(2);
    for _ in 0..3 {
        a.page().sends(crate::MIRA, "of a").await.ok();
    }
    let answer = b.page().sends(crate::MIRA, "of b").await;
    let usage = answer.header("x-business-use-case-usage").unwrap();
    assert!(usage.contains(r#""call_count":100,"#), "{usage}");
    assert_eq!(a.page().sends(crate::MIRA, "over").await.error(), (400, 613, Some(2_534_040)));
}

#[tokio::test]
async fn conversations_are_read_so_many_times_a_second() {
    let settings = Settings { reads_per_second: 2, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let page = world.page();
    let over = (400, 613, Some(2_534_040));
    let list = page.get("/me/conversations?platform=instagram&fields=messages{id}").await.ok();
    let (thread, mid) = (list["data"][0]["id"].clone(), list["data"][0]["messages"]["data"][0]["id"].clone());
    page.get(&format!("/{}", thread.as_str().unwrap())).await.ok();
    for path in ["me/conversations?platform=instagram".to_owned(), format!("?ids={}", mid.as_str().unwrap())] {
        assert_eq!(page.get(&format!("/{path}")).await.error(), over, "{path}");
    }
    assert_eq!(world.instagram().get("/me/conversations").await.error(), over, "one account, one app, both tokens");
    page.sends(crate::MIRA, "sending is not reading").await.ok();
    page.get("/me").await.ok();
    world.advance(Span::seconds(1)).await;
    page.get(&format!("/{}/messages", thread.as_str().unwrap())).await.ok();
    page.get(&format!("/{}/attachments", mid.as_str().unwrap())).await.ok();
    assert_eq!(page.get(&format!("/{}", mid.as_str().unwrap())).await.error(), over);
    let unlimited = TestWorld::start().await;
    for _ in 0..10 {
        unlimited.page().get("/me/conversations?platform=instagram").await.ok();
    }
}

#[test]
fn no_limit_counts_by_the_day() {
    let longest = engine::limits::LIMITS.iter().map(|limit| limit.window).max();
    assert_eq!(longest, Some(Span::hours(1)), "the volume of a day is not limited");
}

#[test]
fn limits_are_told_by_two_codes() {
    for limit in engine::limits::LIMITS {
        let error = wire::error::GraphError::from(limit.refusal.clone());
        let told = (error.row().code, error.row().subcode);
        assert!([(4, None), (613, Some(2_534_040))].contains(&told), "{:?}: {told:?}", limit.bucket);
    }
}
