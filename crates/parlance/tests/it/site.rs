//! A world under load, with all that must hold when the load is over.

use std::collections::HashSet;
use std::ops::AddAssign;
use std::time::Duration;

use client::Client;
use engine::demo;
use rig::{postgres, wait};
use serde_json::{Value, json};
use testkit::{Received, Receiver};

use crate::audit::{Audit, Threads, deliveries, first_arrivals, same};
use crate::load::{Call, End, Habit, Load, Nodes, Side, Writer, assert_passes};
use crate::web::{Outcome, VERIFY_TOKEN, Web, install};

/// People beside those of the demo world.
const NEWCOMERS: [&str; 2] = ["new.one", "new.two"];
/// How long deliveries may take to come to rest when nothing is in their way.
const REST: Duration = Duration::from_secs(600);

/// A world: who writes in it, who is told, and what is known of it.
pub struct Site {
    /// Both sides of a thread with each person.
    pub writers: Vec<Writer>,
    /// The apps that are told.
    subscribers: Vec<Subscriber>,
    audit: Audit,
    /// Every call that was made.
    pub calls: Vec<Call>,
}

/// An app's endpoint, and everything that it was told, in order.
struct Subscriber {
    receiver: Receiver,
    elements: Vec<Value>,
}

impl Subscriber {
    /// Subscribes an app that the account has, or will have. It stands by where another one has the thread.
    async fn subscribe(web: &Web, app: &AppKey) -> Self {
        let receiver = Receiver::start(&app.secret).await;
        let caller = Client::for_app(&app.id, &app.secret).base_url(web.url()).expect("an address");
        let subscribed = caller.subscribe_app(&app.id, &receiver.url(), VERIFY_TOKEN, &["messages", "standby"]).await;
        subscribed.expect("the endpoint verifies");
        Self { receiver, elements: Vec::new() }
    }

    /// Notes what it has been told since the last time.
    fn listen(&mut self) {
        self.elements.extend(self.receiver.take().iter().map(element));
    }
}

/// The one element of a delivery, on either channel.
fn element(received: &Received) -> Value {
    let entry = received.json()["entry"][0].clone();
    if entry["standby"].is_array() { entry["standby"][0].clone() } else { received.element() }
}

/// What an app shows of itself.
pub struct AppKey {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
}

/// What was found in the end.
#[derive(Default)]
pub struct Findings {
    /// Calls answered with success, all of which are there.
    pub acknowledged: usize,
    /// Calls whose end the caller does not know.
    pub in_doubt: usize,
    /// Those of them that had happened.
    pub happened: usize,
    /// Webhooks that came more than once to the same app.
    pub doubles: usize,
}

impl Site {
    /// Subscribes the app, and lets everybody write once, which makes the threads and opens their windows.
    pub async fn open(web: &Web) -> Self {
        Self::open_with(web, &[]).await
    }

    /// The same with further apps, which the account has already.
    pub async fn open_with(web: &Web, others: &[AppKey]) -> Self {
        let audit = Audit::begin(web, 1 + others.len()).await;
        let demo = AppKey { id: demo::APP.to_string(), secret: demo::SECRET.to_owned() };
        let mut subscribers = Vec::new();
        for app in [&demo].into_iter().chain(others) {
            subscribers.push(Subscriber::subscribe(web, app).await);
        }
        install(web.url()).await;
        Self { writers: everybody(web).await, subscribers, audit, calls: Vec::new() }
    }

    /// Lets all write.
    pub fn load(&mut self, nodes: &Nodes, habit: Habit) -> Load {
        Load::start(nodes, habit, std::mem::take(&mut self.writers))
    }

    /// Ends a load and returns its calls.
    pub async fn stop(&mut self, load: Load) -> Vec<Call> {
        let (writers, calls) = load.stop().await;
        self.writers = writers;
        self.subscribers.iter_mut().for_each(Subscriber::listen);
        self.calls.extend(&calls);
        calls
    }

    /// Everything answered is there once and in order, and nothing is there by half.
    pub async fn look(&mut self, web: &Web) -> Threads {
        self.audit.look(web, &self.writers).await
    }

    /// The same when deliveries have come to rest, and each app was told of each message, in order.
    pub async fn finish(&mut self, web: &Web) -> Findings {
        for writer in self.writers.iter_mut().filter(|writer| writer.side == Side::Person) {
            assert_eq!(writer.write(web).await, End::Done, "everything works again");
        }
        let rest = tokio::time::timeout(REST, at_rest(web)).await;
        assert!(rest.is_ok(), "{} deliveries are pending still", deliveries(web, "&state=pending").await);
        let threads = self.look(web).await;
        let written: HashSet<&str> = threads.values().flatten().map(String::as_str).collect();
        let mut doubles = 0;
        for (number, subscriber) in self.subscribers.iter_mut().enumerate() {
            subscriber.listen();
            let told = first_arrivals(&subscriber.elements);
            for (igsid, thread) in &threads {
                let told = told.get(igsid).map_or(&[][..], Vec::as_slice);
                same(told, thread, &format!("what app {number} was told of {igsid}"));
            }
            doubles += subscriber.elements.len() - written.len();
        }
        let delivered = deliveries(web, "&state=delivered").await;
        assert_eq!(delivered, written.len() * self.subscribers.len(), "each message was delivered to each app");
        let acknowledged: usize = self.writers.iter().map(|writer| writer.answered.len()).sum();
        Findings {
            acknowledged,
            in_doubt: self.writers.iter().map(|writer| writer.unanswered.len()).sum(),
            happened: written.len() - acknowledged,
            doubles,
        }
    }
}

impl AddAssign for Findings {
    fn add_assign(&mut self, other: Self) {
        self.acknowledged += other.acknowledged;
        self.in_doubt += other.in_doubt;
        self.happened += other.happened;
        self.doubles += other.doubles;
    }
}

impl Findings {
    /// As a part of a line of figures.
    pub fn words(&self) -> String {
        let Self { acknowledged, in_doubt, happened, doubles } = self;
        format!(
            "{acknowledged} acknowledged, 0 lost, 0 out of order; {in_doubt} in doubt, of which {happened} had happened; \
             {doubles} webhooks came again"
        )
    }
}

/// Returns when no delivery is pending.
async fn at_rest(web: &Web) {
    while deliveries(web, "&state=pending").await > 0 {
        tokio::time::sleep(Duration::from_millis(50)).await; // sleep: between two looks at another process
    }
}

/// Moves the clock; whatever is due on the way runs, and nothing stays behind.
pub async fn catch_up(web: &Web, span: &str) {
    web.post("/_parlance/clock", &json!({"advance": span})).await;
    assert_eq!(deliveries(web, "&state=pending").await, 0, "something is pending still");
}

/// Returns when nobody is connected to a database, so that what a killed node had begun is over.
pub fn left_alone(database: &str) {
    let others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let alone = wait::until(|| postgres::query(database, others).expect("the database answers") == "0");
    assert!(alone, "the sessions of a killed node are there still");
}

/// Reads while the store is away are answered as writes are.
pub async fn assert_reads_pass(web: &Web) {
    let paths = ["/v25.0/me/conversations?platform=instagram", "/_parlance/events", "/_parlance/deliveries"];
    // Beside each other, as each may take a whole time-out.
    let [graph, events, deliveries] = paths.map(|path| web.try_get(path));
    for outcome in <[Outcome; 3]>::from(tokio::join!(graph, events, deliveries)) {
        match outcome {
            Outcome::Refused(status, body) => assert_passes(status, &body),
            other => panic!("{other:?}"),
        }
    }
}

/// Both sides of a thread with each person, the business first. Each person writes once, which makes the thread and opens its
/// window.
pub async fn everybody(web: &Web) -> Vec<Writer> {
    for username in NEWCOMERS {
        web.post("/_parlance/people", &json!({"username": username})).await;
    }
    let mut writers = Vec::new();
    for username in demo::people().map(|(username, _)| username).chain(NEWCOMERS) {
        let blank = Writer {
            side: Side::Person,
            username: username.to_owned(),
            igsid: String::new(),
            answered: Vec::new(),
            unanswered: Vec::new(),
        };
        let mut business = Writer { side: Side::Business, ..blank.clone() };
        let mut person = blank;
        assert_eq!(person.write(web).await, End::Done);
        let people = web.get("/_parlance/people").await;
        let found = people["data"].as_array().into_iter().flatten().find(|found| found["username"] == username);
        let igsid = found.and_then(|found| found["igsids"][demo::USERNAME].as_str()).expect("who wrote is known");
        igsid.clone_into(&mut person.igsid);
        igsid.clone_into(&mut business.igsid);
        writers.extend([business, person]);
    }
    writers
}
