//! What processes tell each other.

use std::time::Duration;

use crate::common::{Home, LONG, SCHEMA};
use parlance_db::{
    Postgres, PostgresOptions,
    tokio_postgres::{self, AsyncMessage, NoTls},
};
use rig::proxy::Proxy;
use tokio::{sync::mpsc, time::timeout};

const END_LISTENER: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND query IN ('LISTEN parlance', '')  AND backend_type = 'client backend'";

/// A node that looks at everything too seldom to help a test.
async fn node(home: &Home) -> Postgres {
    Postgres::open(PostgresOptions { poll: LONG * 10, ..home.options() }, SCHEMA).await.unwrap()
}

async fn told(db: &Postgres) -> u32 {
    timeout(LONG, db.told()).await.expect("something is told")
}

/// Every notification as it passes.
async fn overhear(url: &str) -> mpsc::UnboundedReceiver<String> {
    let (client, mut connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let (sender, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = std::future::poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(notification) = message {
                sender.send(notification.payload().to_owned()).unwrap();
            }
        }
    });
    client.batch_execute("LISTEN parlance").await.unwrap();
    tokio::spawn(async move {
        let _kept = client;
        std::future::pending::<()>().await;
    });
    heard
}

#[tokio::test]
async fn others_hear_what_is_told_and_nobody_hears_itself() {
    let home = Home::new().await;
    let (one, two, three) = (node(&home).await, node(&home).await, node(&home).await);
    one.notify(1);
    assert_eq!([told(&two).await, told(&three).await], [1, 1]);
    two.notify(6);
    assert_eq!([told(&one).await, told(&three).await], [6, 6], "the first thing that one hears is another's");
}

#[tokio::test]
async fn bits_that_come_while_one_notification_is_under_way_go_together() {
    let home = Home::new().await;
    let url = home.options().url;
    let direct: tokio_postgres::Config = url.parse().unwrap();
    let server = (std::net::Ipv4Addr::LOCALHOST, direct.get_ports()[0]).into();
    let proxy = Proxy::start(server).await.unwrap();
    let through = url.replace(&server.to_string(), &proxy.address().to_string());
    let db = Postgres::open(PostgresOptions { url: through, ..home.options() }, SCHEMA).await.unwrap();
    let mut heard = overhear(&url).await;
    let mut next = async || {
        let payload = timeout(LONG, heard.recv()).await.unwrap().unwrap();
        payload.rsplit_once(':').unwrap().1.parse::<u32>().unwrap()
    };
    db.notify(1);
    assert_eq!(next().await, 1);
    // From here on an answer takes a while, so the second is still under way while the others are told.
    proxy.delay(Duration::from_millis(100));
    db.notify(2);
    assert_eq!(next().await, 2);
    for bit in 2..=9 {
        db.notify(1 << bit);
    }
    assert_eq!(next().await, 0b11_1111_1100);
    db.notify(1);
    assert_eq!(next().await, 1);
}

#[tokio::test]
async fn everything_is_to_be_looked_at_when_time_has_passed_even_if_something_was_told() {
    let home = Home::new().await;
    let (one, two) = (home.open().await, home.open().await);
    assert_eq!(told(&two).await, u32::MAX);
    let mut heard = Vec::new();
    while heard.last() != Some(&u32::MAX) {
        one.notify(1);
        heard.push(told(&two).await);
    }
    assert!(heard.len() > 2 && heard[..heard.len() - 1].iter().all(|bits| *bits == 1), "{heard:?}");
}

#[tokio::test]
async fn a_listener_that_was_cut_off_says_that_anything_may_have_happened_and_hears_again() {
    let home = Home::new().await;
    let (one, two) = (node(&home).await, node(&home).await);
    assert_eq!(home.ask(END_LISTENER), "2");
    assert_eq!([told(&one).await, told(&two).await], [u32::MAX; 2]);
    one.notify(4);
    assert_eq!(told(&two).await, 4);
    assert_eq!(two.stats().reconnects, 1);
}
