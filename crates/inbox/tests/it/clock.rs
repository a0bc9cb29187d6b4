//! Countdowns run by the platform's clock, which the desk hears from its answers.

use futures_util::StreamExt;
use parlance_inbox::desk::triage::Change;
use serde_json::{Value, json};
use wire::time::{Millis, Span};

use crate::browser::Browser;
use crate::engines::Engine;
use crate::rig::Rig;

/// A desk with a clock of its own beside a person who has just written.
async fn apart(engine: Engine) -> (Rig, Browser) {
    let rig = Rig::apart(engine).await;
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    let sue = Browser::of(&rig, "sue@desk.test").await;
    (rig, sue)
}

/// The state of the window and how long it lasts, by the desk.
async fn window(rig: &Rig, browser: &Browser) -> (Value, i64) {
    let id = rig.conversation("mira.paints").await.id;
    let window = browser.get(&format!("/inbox/api/conversations/{id}")).await["conversation"]["window"].clone();
    let now = browser.get("/inbox/api/session").await["now"].as_i64().unwrap();
    (window["state"].clone(), window["until"].as_i64().map_or(0, |until| until - now))
}

async fn the_desk_follows_a_platform_whose_clock_is_moved(engine: Engine) {
    let (rig, sue) = apart(engine).await;
    let (start, wrote) = (rig.desk.now(), rig.world.now());
    assert_eq!(start, wrote);
    let catch_up = format!("/inbox/api/connections/{}/catch_up", rig.connected.connection.id);
    let (hour, day) = (3_600, 24 * 3_600);
    for (seconds, state, left) in [
        (day - 1, "open", 1),
        (day + 1, "human_agent", 6 * day - 1),
        (7 * day - hour, "human_agent", hour),
        (7 * day + 1, "closed", 0),
    ] {
        let since = Span::seconds(seconds);
        rig.world.set_clock(wrote.plus(since));
        let (status, told) = sue.call("POST", &catch_up, None).await;
        assert_eq!(status, 200, "{told}");
        assert_eq!(rig.desk.now(), rig.world.now(), "to the millisecond, since whole seconds have passed");
        assert_eq!(window(&rig, &sue).await, (json!(state), left * 1000));
    }
    // What ends soon follows too, and so does what was snoozed.
    let page = sue.get("/inbox/api/conversations?view=ending_soon").await;
    assert_eq!(page["items"], json!([]));
    // A log-in does not: it goes by the desk's own clock.
    rig.world.set_clock(wrote.plus(Span::days(400)));
    assert_eq!(sue.call("POST", &catch_up, None).await.0, 200);
    assert_eq!(sue.call("GET", "/inbox/api/session", None).await.0, 200);
    // Back again.
    rig.world.set_clock(wrote);
    assert_eq!(sue.call("POST", &catch_up, None).await.0, 200);
    assert_eq!(rig.desk.now(), start);
}

async fn catching_up_reads_at_once_what_webhooks_missed(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.desk.catch_up_all().await.unwrap();
    while rig.desk.connections(rig.workspace).await.unwrap()[0].polled_time.is_none() {
        rig.world.set_clock(rig.world.now().plus(Span::seconds(1)));
        rig.desk.catch_up_all().await.unwrap();
    }
    // Nobody delivers this.
    rig.world.person("mira.paints").writes("Did you get this?").await;
    let sue = Browser::of(&rig, "sue@desk.test").await;
    let path = format!("/inbox/api/connections/{}/catch_up", rig.connected.connection.id);
    loop {
        rig.world.set_clock(rig.world.now().plus(Span::seconds(1)));
        let told = sue.post(&path, &Value::Null).await;
        assert_eq!(told["connection"]["username"], rig.connected.connection.username);
        assert_eq!(told["now"], rig.world.now().get());
        match told["later"].as_i64() {
            Some(later) => assert!(later > rig.world.now().get(), "the reads of this second are used up"),
            None => break,
        }
    }
    assert_eq!(rig.thread("mira.paints").await.last().unwrap().2, "Did you get this?");
}

async fn a_moved_clock_is_told_to_browsers(engine: Engine) {
    let (rig, sue) = apart(engine).await;
    let seq = sue.get("/inbox/api/session").await["workspace"]["seq"].as_u64().unwrap();
    let request = sue.request("GET", &format!("/inbox/api/live?after={seq}"), None);
    let mut stream = sue.send(request).await.into_body().into_data_stream();
    rig.desk.watch_clock();
    rig.world.set_clock(rig.world.now().plus(Span::hours(25)));
    rig.pass(Span::minutes(1));
    let next = async |stream: &mut axum::body::BodyDataStream| {
        let told = stream.next().await.unwrap().unwrap();
        std::str::from_utf8(&told).unwrap().to_owned()
    };
    // Nobody sends anything, but somebody counts down: after a minute the platform is asked.
    let (told, ()) = tokio::join!(next(&mut stream), async {
        rig.desk.listen().await.unwrap();
        rig.desk.watch_clock();
    });
    let now = rig.world.now().get();
    assert!(told.contains("event: clock") && told.contains(&format!("{{\"now\":{now}}}")), "{told}");
}

async fn what_was_snoozed_comes_back_by_the_platform_s_clock(engine: Engine) {
    let (rig, sue) = apart(engine).await;
    let id = rig.conversation("mira.paints").await.id;
    let until = rig.desk.now().plus(Span::hours(1));
    rig.desk.change(rig.ana(), id, &Change::Snooze { until }).await.unwrap();
    assert_eq!(rig.desk.wake_up().await.unwrap(), 0);
    rig.world.set_clock(Millis::new(until.get()));
    let path = format!("/inbox/api/connections/{}/catch_up", rig.connected.connection.id);
    assert_eq!(sue.call("POST", &path, None).await.0, 200);
    assert_eq!(rig.desk.wake_up().await.unwrap(), 1);
}

on_every_engine!(
    the_desk_follows_a_platform_whose_clock_is_moved,
    catching_up_reads_at_once_what_webhooks_missed,
    a_moved_clock_is_told_to_browsers,
    what_was_snoozed_comes_back_by_the_platform_s_clock,
);
