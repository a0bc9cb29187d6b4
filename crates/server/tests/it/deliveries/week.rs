//! A week of bad weather: twenty endpoints that fail, hang, answer late, cut connections and recover as chance has it. Those that
//! are well get everything, in order and in time; of all others the log explains every attempt.

use std::collections::BTreeMap;

use engine::change::{Change, ChangeSet};
use engine::facts::{App, Attempt, Delivery, DeliveryState, Install, LoginCallbacks, PinnedField, Subscription};
use engine::policy::access::PAGE_SCOPES;
use engine::settings::Settings;
use engine::store::DeliveryFilter;
use engine::{deliver, demo};
use serde_json::Value;
use testkit::{Options, TestWorld};
use wire::dialect::Dialect;
use wire::id::AppId;
use wire::signature;
use wire::time::{Millis, Span};
use wire::version::ApiVersion;

use super::sink::{Mood, Seen, Sink};

const SINKS: usize = 20;
/// The first so many are always well.
const STEADY: usize = 6;
const SECRET: &str = "a secret of the week";
/// How long an endpoint has, in real milliseconds: hanging ones let all of it pass.
const PATIENCE_MS: u64 = 60;

/// Chance, the same in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

struct Subscriber {
    app: AppId,
    sink: Sink,
    mood: Mood,
    seen: Vec<Seen>,
}

impl Subscriber {
    async fn start(world: &TestWorld, number: usize) -> Self {
        let (app, sink) = (AppId::new(500_000_000_001_000 + 2 * number as u64), Sink::start().await);
        let inner = world.world();
        let sealed = || inner.vault.seal(&SECRET.to_owned().into(), &inner.ids);
        let version = ApiVersion { major: 25, minor: 0 };
        let row = App {
            id: app,
            name: format!("Subscriber {number}"),
            secret: sealed(),
            instagram_app_id: AppId::new(app.get() + 1),
            instagram_secret: sealed(),
            require_proof: false,
            human_agent: false,
            live: true,
            advanced_access: true,
            default_version: version,
            created_time: world.now(),
            callbacks: LoginCallbacks::default(),
            instagram_callbacks: LoginCallbacks::default(),
        };
        let subscription = Subscription {
            app,
            object: "instagram".into(),
            callback_url: sink.url().into(),
            include_values: true,
            active: true,
            fields: vec![PinnedField { name: "messages".into(), version }],
        };
        world.commit([Change::PutApp(row), Change::PutSubscription(subscription)]).await;
        let new = Self { app, sink, mood: Mood::Well, seen: Vec::new() };
        new.install(world).await;
        new
    }

    async fn install(&self, world: &TestWorld) {
        let install = Install {
            account: demo::ACCOUNT,
            app: self.app,
            login: Dialect::Facebook,
            page: Some(demo::PAGE),
            subscribed_fields: vec!["feed".into()],
            scopes: PAGE_SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
            created_time: world.now(),
        };
        world.world().commit(ChangeSet(vec![Change::PutInstall(install)])).await.unwrap();
    }

    async fn is_installed(&self, world: &TestWorld) -> bool {
        world.world().store.installs(demo::ACCOUNT).await.unwrap().iter().any(|install| install.app == self.app)
    }

    /// Takes another temper, or gets well; a developer whose app was taken off puts it on again when it is well.
    async fn change(&mut self, world: &TestWorld, mood: Mood) {
        self.mood = mood;
        self.sink.is(mood);
        if mood == Mood::Well && !self.is_installed(world).await {
            self.install(world).await;
        }
    }
}

fn mood(chance: &mut Chance) -> Mood {
    match chance.below(5) {
        0 => Mood::Status(500),
        1 => Mood::Status(302),
        2 => Mood::Hang,
        3 => Mood::Slow(5),
        _ => Mood::Reset,
    }
}

/// How long the weather stays as it is.
fn lull(chance: &mut Chance) -> Span {
    let minutes = [2, 20, 50, 75, 400, 700][usize::try_from(chance.below(6)).unwrap()];
    Span::minutes(minutes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_week_of_bad_weather_ends_with_everything_delivered_or_explained() {
    let settings =
        Settings { webhook_timeout_ms: PATIENCE_MS, webhook_retry_jitter_percent: 10, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let mut chance = Chance(0x5eed_0005);
    let mut subscribers = Vec::new();
    for number in 0..SINKS {
        subscribers.push(Subscriber::start(&world, number).await);
    }
    let people: Vec<&str> = demo::people().map(|(username, _)| username).take(3).collect();
    let (start, mut sent) = (world.now(), BTreeMap::<&str, Vec<String>>::new());
    while world.now().since(start) < Span::days(7) {
        for subscriber in &mut subscribers[STEADY..] {
            let well = subscriber.mood == Mood::Well;
            if chance.below(if well { 8 } else { 2 }) == 0 {
                let next = if well { mood(&mut chance) } else { Mood::Well };
                subscriber.change(&world, next).await;
            }
        }
        for _ in 0..=chance.below(2) {
            let person = people[usize::try_from(chance.below(3)).unwrap()];
            let text = format!("{person} {:04}", sent.values().map(Vec::len).sum::<usize>());
            world.person(person).writes(&text).await;
            sent.entry(person).or_default().push(text);
        }
        world.advance(lull(&mut chance)).await;
    }
    for subscriber in &mut subscribers {
        subscriber.change(&world, Mood::Well).await;
    }
    world.advance(Span::hours(2)).await;
    for subscriber in &mut subscribers {
        subscriber.seen = subscriber.sink.take();
    }
    let mut log = BTreeMap::<AppId, Vec<(Delivery, Vec<Attempt>)>>::new();
    for entry in whole_log(&world).await {
        log.entry(entry.0.app).or_default().push(entry);
    }
    for (number, subscriber) in subscribers.iter().enumerate() {
        let log = log.remove(&subscriber.app).unwrap_or_default();
        explained(&log, subscriber);
        if number < STEADY {
            undisturbed(&log, subscriber, &sent);
        }
    }
    let taken_off = world.world().store.alerts(10_000).await.unwrap();
    assert!(!taken_off.is_empty(), "the weather was bad enough");
}

async fn whole_log(world: &TestWorld) -> Vec<(Delivery, Vec<Attempt>)> {
    let (store, mut log, mut before) = (&world.world().store, Vec::new(), None);
    loop {
        let page = store.deliveries(DeliveryFilter { before, ..DeliveryFilter::default() }, 1_000).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        for delivery in page {
            log.push(store.delivery(delivery.id).await.unwrap().unwrap());
        }
    }
    log.reverse();
    log
}

/// The text that a body tells of, which must be signed.
#[track_caller]
fn text(seen: &Seen) -> String {
    let header = seen.head.lines().find_map(|line| line.strip_prefix("x-hub-signature-256: ")).expect("a signature");
    assert!(signature::verify_sha256(SECRET.as_bytes(), seen.body.as_bytes(), header.trim()));
    text_of(&serde_json::from_str::<Value>(&seen.body).unwrap()["entry"][0]["messaging"][0])
}

fn text_of(element: &Value) -> String {
    element["message"]["text"].as_str().unwrap().to_owned()
}

fn told(delivery: &Delivery) -> String {
    text_of(&serde_json::from_str(&delivery.element).unwrap())
}

/// Every delivery ended; its attempts are numbered, timed by the regime and explained; and the endpoint saw what the log says.
#[track_caller]
fn explained(log: &[(Delivery, Vec<Attempt>)], subscriber: &Subscriber) {
    let (mut posted, mut taken) = (BTreeMap::<String, usize>::new(), BTreeMap::<String, usize>::new());
    for seen in &subscriber.seen {
        *posted.entry(text(seen)).or_default() += 1;
        *taken.entry(text(seen)).or_default() += usize::from(seen.taken);
    }
    let mut in_order: BTreeMap<u64, Vec<(Millis, String)>> = BTreeMap::new();
    for (delivery, attempts) in log {
        let what = told(delivery);
        let outcomes: Vec<String> = attempts.iter().map(|attempt| deliver::explain(delivery, attempt)).collect();
        assert!(attempts.iter().map(|attempt| attempt.number).eq(1..=attempts.len() as u32), "{what}: {attempts:?}");
        let (last, before) = outcomes.split_last().expect("each delivery was tried");
        assert!(before.iter().all(|outcome| outcome.starts_with("failed: ")), "{what}: {outcomes:?}");
        let (first, end) = (attempts[0].time, attempts[attempts.len() - 1].time);
        assert_ne!(delivery.state, DeliveryState::Pending, "{what}: {outcomes:?}");
        match delivery.state {
            DeliveryState::Delivered => assert_eq!(last, "taken", "{what}"),
            DeliveryState::Dropped if last.starts_with("failed: ") => {
                assert_eq!(end.since(first), Span::hours(1), "{what} was tried for its whole hour");
            }
            _ => assert_eq!(last, "given up: not installed any more", "{what}"),
        }
        assert!(end.since(first) <= Span::hours(1), "{what}");
        let posts = attempts.iter().filter(|attempt| !attempt.url.is_empty()).count();
        let came = posted.get(&what).copied().unwrap_or_default();
        assert!(came <= posts, "{what} came {came} times and was posted {posts} times");
        if delivery.state == DeliveryState::Delivered {
            assert!(taken[&what] >= 1, "{what}");
        }
        if delivery.state == DeliveryState::Delivered && attempts.len() <= 3 {
            in_order.entry(delivery.igsid.get()).or_default().push((end, what));
        }
    }
    for thread in in_order.values() {
        assert!(thread.is_sorted_by_key(|(end, _)| *end), "who kept the turn kept the order: {thread:?}");
    }
}

/// An endpoint that was always well got everything once or more, in order, at the moment at which it happened.
#[track_caller]
fn undisturbed(log: &[(Delivery, Vec<Attempt>)], subscriber: &Subscriber, sent: &BTreeMap<&str, Vec<String>>) {
    let mut first_arrivals = Vec::new();
    for seen in &subscriber.seen {
        let text = text(seen);
        if !first_arrivals.contains(&text) {
            first_arrivals.push(text);
        }
    }
    for (person, texts) in sent {
        let own: Vec<&String> = first_arrivals.iter().filter(|text| text.starts_with(person)).collect();
        assert_eq!(own, texts.iter().collect::<Vec<_>>());
    }
    for (delivery, attempts) in log {
        assert_eq!(delivery.state, DeliveryState::Delivered);
        assert_eq!(attempts[0].time, delivery.created_time, "no other endpoint slowed it");
    }
}
