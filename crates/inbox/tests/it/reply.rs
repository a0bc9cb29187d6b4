//! Answering people: the unseen, the outbox, the window, the limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use client::transport::{BoxError, Transport};
use http::{Request, Response};
use parking_lot::Mutex;
use parlance_inbox::Problem;
use parlance_inbox::desk::reply::Reply;
use parlance_inbox::facts::{Agent, Outbox, Outgoing, Sending, Side};
use parlance_inbox::ids::ConversationId;
use serde_json::{Value, json};
use tower::ServiceExt;
use wire::time::Span;

use crate::engines::Engine;
use crate::rig::{APP, Rig};

/// The first post of the demo account.
const POST: &str = "17880000000000001";

fn text(key: &str, seen: Option<&str>, says: &str) -> Reply {
    let body = Outgoing::Text { text: says.into(), reply_to: None };
    Reply { client_key: key.into(), last_seen: seen.map(Into::into), body }
}

/// The newest thing in the thread, as a composer names it.
async fn newest(rig: &Rig, id: ConversationId) -> Option<String> {
    let thread = rig.desk.thread(&rig.supervisor, id, None, 100).await.unwrap();
    let sending = thread.outbox.last().map(|entry| format!("outbox:{}", entry.id));
    sending.or_else(|| thread.messages.iter().max_by_key(|message| message.seq).map(|message| message.mid.clone()))
}

async fn says(rig: &Rig, by: &Agent, id: ConversationId, key: &str, says: &str) -> Result<Outbox, Problem> {
    let seen = newest(rig, id).await;
    rig.desk.reply(by, id, text(key, seen.as_deref(), says)).await
}

/// A thread that a person began.
async fn begun(rig: &Rig) -> ConversationId {
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    rig.conversation("mira.paints").await.id
}

async fn two_agents_cannot_answer_the_same_unseen_state(engine: Engine) {
    let rig = Rig::start(engine).await;
    let id = begun(&rig).await;
    let seen = newest(&rig, id).await;
    let (one, two) = tokio::join!(
        rig.desk.reply(rig.ana(), id, text("a", seen.as_deref(), "From Ana")),
        rig.desk.reply(rig.ben(), id, text("b", seen.as_deref(), "From Ben")),
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
    let Err(Problem::Unseen(newer)) = one.and(two) else { panic!("one of them is told") };
    assert_eq!((newer.outbox.len(), newer.messages.len()), (1, 0), "what the other is sending");
    rig.settle().await;
    let late = rig.desk.reply(&rig.agents[2], id, text("c", seen.as_deref(), "From Chi")).await;
    let Err(Problem::Unseen(newer)) = late else { panic!("what was sent meanwhile stands against it") };
    assert_eq!((newer.outbox.len(), newer.messages.len()), (0, 1));
    rig.world.person("mira.paints").writes("And hats?").await;
    rig.settle().await;
    let late = rig.desk.reply(&rig.agents[2], id, text("c", seen.as_deref(), "From Chi")).await;
    assert!(matches!(late, Err(Problem::Unseen(newer)) if newer.messages.len() == 2));
    assert!(says(&rig, &rig.agents[2], id, "c", "Now I have seen it").await.is_ok());
}

async fn a_reply_that_is_asked_for_twice_is_sent_once(engine: Engine) {
    let rig = Rig::start(engine).await;
    let id = begun(&rig).await;
    let seen = newest(&rig, id).await;
    let reply = || rig.desk.reply(rig.ana(), id, text("same", seen.as_deref(), "Once"));
    let (one, two) = tokio::join!(reply(), reply());
    assert_eq!(one.unwrap().id, two.unwrap().id);
    rig.settle().await;
    assert_eq!(reply().await.unwrap().state, Sending::Sent);
    let sees = rig.world.person("mira.paints").sees().await;
    assert_eq!(sees.iter().filter(|(_, text)| text == "Once").count(), 1, "{sees:?}");
}

async fn replies_keep_their_order_in_a_thread(engine: Engine) {
    let rig = Rig::start(engine).await;
    let id = begun(&rig).await;
    for number in 0..5 {
        says(&rig, rig.ana(), id, &format!("k{number}"), &number.to_string()).await.unwrap();
        rig.world.set_clock(rig.world.now().plus(Span::millis(1)));
    }
    rig.settle().await;
    let sees = rig.world.person("mira.paints").sees().await;
    let texts: Vec<_> = sees.iter().rev().map(|(_, text)| text.as_str()).filter(|text| text.len() == 1).collect();
    assert_eq!(texts, ["0", "1", "2", "3", "4"]);
}

/// Looks at the sends that go out, and may do something between a call and its answer.
#[derive(Clone, Default)]
struct Spy {
    bodies: Arc<Mutex<Vec<Value>>>,
    fails: Arc<AtomicUsize>,
    answer: Arc<Mutex<Option<(u16, Value)>>>,
    lost: Arc<AtomicUsize>,
}

impl Spy {
    fn on(&self, next: Transport) -> Transport {
        let spy = self.clone();
        Transport::new(tower::service_fn(move |request: Request<Bytes>| {
            let (spy, next) = (spy.clone(), next.clone());
            async move {
                let is_send = request.method() == "POST" && request.uri().path().ends_with("/messages");
                if is_send {
                    spy.bodies.lock().push(serde_json::from_slice(request.body()).unwrap());
                    let take = |count: &AtomicUsize| {
                        count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
                    };
                    if take(&spy.fails) {
                        let (status, body) = spy.answer.lock().clone().unwrap();
                        let body = Bytes::from(body.to_string());
                        return Ok::<_, BoxError>(Response::builder().status(status).body(body).unwrap());
                    }
                    if take(&spy.lost) {
                        next.oneshot(request).await?;
                        return Err("the connection was reset".into());
                    }
                }
                next.oneshot(request).await
            }
        }))
    }

    fn refuse(&self, times: usize, status: u16, code: i32, subcode: Option<i32>) {
        let error =
            json!({"error": {"message": "No.", "type": "OAuthException", "code": code, "error_subcode": subcode}});
        *self.answer.lock() = Some((status, error));
        self.fails.store(times, Ordering::SeqCst);
    }

    fn sends(&self) -> usize {
        self.bodies.lock().len()
    }
}

async fn spied(engine: Engine) -> (Rig, Spy) {
    let spy = Spy::default();
    let rig = Rig::with(engine, |transport| spy.on(transport)).await;
    (rig, spy)
}

async fn the_tag_is_on_the_wire_only_between_a_day_and_a_week(engine: Engine) {
    let (rig, spy) = spied(engine).await;
    let id = begun(&rig).await;
    let minute = Span::minutes(1);
    for (advance, tagged) in [(Span::seconds(86_399), None), (Span::seconds(2), Some("HUMAN_AGENT"))] {
        rig.advance(advance).await;
        says(&rig, rig.ana(), id, &format!("{tagged:?}"), "Hi").await.unwrap();
        rig.settle().await;
        let body = spy.bodies.lock().last().cloned().unwrap();
        assert_eq!(body["tag"].as_str(), tagged, "{body}");
    }
    rig.advance(Span::millis(6 * 86_400_000 - minute.get())).await;
    says(&rig, rig.ana(), id, "late", "Hi").await.unwrap();
    rig.settle().await;
    assert_eq!(spy.bodies.lock().last().unwrap()["tag"], "HUMAN_AGENT");
    let before = spy.sends();
    rig.advance(Span::minutes(2)).await;
    let refused = says(&rig, rig.ana(), id, "too late", "Hi").await;
    assert!(matches!(refused, Err(Problem::Unsendable(row)) if row.reason == "window_closed"), "{refused:?}");
    assert_eq!(spy.sends(), before, "nothing is tried after the window has shut");
}

async fn a_late_answer_without_the_feature_fails_alone(engine: Engine) {
    let (rig, spy) = spied(engine).await;
    let id = begun(&rig).await;
    rig.desk.catch_up_all().await.unwrap();
    let nobody = rig.world.nobody();
    nobody.post(&format!("/_parlance/apps/{APP}"), &json!({"human_agent": false})).await.ok();
    rig.advance(Span::hours(25)).await;
    says(&rig, rig.ana(), id, "late", "Sorry for the wait").await.unwrap();
    rig.settle().await;
    assert_eq!((spy.sends(), &spy.bodies.lock()[0]["tag"]), (1, &json!("HUMAN_AGENT")));
    let thread = rig.desk.thread(rig.ana(), id, None, 10).await.unwrap();
    let entry = thread.outbox[0].clone();
    assert_eq!((entry.state, entry.code, entry.subcode), (Sending::Failed, Some(10), None));
    assert_eq!(entry.reason.as_deref(), Some("human_agent_missing"));
    let connection = || async { rig.desk.connections(rig.workspace).await.unwrap().remove(0) };
    let before = connection().await;
    assert_eq!(before.trouble, None);
    // What no webhook told is still looked for.
    for _ in 0..20 {
        rig.world.set_clock(rig.world.now().plus(Span::minutes(6)));
        rig.desk.catch_up_all().await.unwrap();
    }
    assert!(connection().await.polled_time > before.polled_time);
    // Within a day of the next message the same answer goes without the tag.
    rig.world.person("mira.paints").writes("Still there?").await;
    rig.settle().await;
    rig.desk.retry(rig.ana(), entry.id).await.unwrap();
    rig.settle().await;
    assert_eq!(spy.bodies.lock().last().unwrap().get("tag"), None);
    assert!(rig.desk.thread(rig.ana(), id, None, 10).await.unwrap().outbox.is_empty());
    // Without the tag the same code speaks of the connection.
    spy.refuse(1, 403, 10, None);
    says(&rig, rig.ana(), id, "soon", "Hi").await.unwrap();
    rig.settle().await;
    assert_eq!(connection().await.trouble.as_deref(), Some("permission_missing"));
}

async fn what_waits_until_the_window_shuts_is_not_tried(engine: Engine) {
    let (rig, spy) = spied(engine).await;
    let id = begun(&rig).await;
    rig.advance(Span::millis(7 * 86_400_000 - 1000)).await;
    spy.refuse(1, 400, 613, Some(2_534_040));
    let entry = says(&rig, rig.ana(), id, "k", "Hi").await.unwrap();
    rig.settle().await;
    assert_eq!(spy.sends(), 1);
    rig.advance(Span::minutes(5)).await;
    assert_eq!(spy.sends(), 1, "it waited for the limit, and then it was too late");
    let thread = rig.desk.thread(rig.ana(), id, None, 10).await.unwrap();
    assert_eq!((thread.outbox[0].id, thread.outbox[0].state), (entry.id, Sending::Failed));
    assert_eq!(thread.outbox[0].reason.as_deref(), Some("window_closed"));
    assert_eq!(thread.shown.conversation.failed, 1);
}

async fn a_limit_is_waited_for_and_what_was_refused_is_tried_again_by_hand_once(engine: Engine) {
    let (rig, spy) = spied(engine).await;
    let id = begun(&rig).await;
    spy.refuse(2, 400, 613, Some(2_534_040));
    says(&rig, rig.ana(), id, "limited", "One").await.unwrap();
    rig.settle().await;
    assert_eq!(spy.sends(), 1);
    rig.advance(Span::seconds(30)).await;
    rig.advance(Span::seconds(30)).await;
    assert_eq!(spy.sends(), 3, "tried until it is taken");

    spy.refuse(1, 400, 508, Some(2_534_122));
    let entry = says(&rig, rig.ana(), id, "link", "https://bad.test").await.unwrap();
    rig.settle().await;
    rig.advance(Span::hours(1)).await;
    assert_eq!(spy.sends(), 4, "a refusal is not tried again by itself");
    let failed = rig.desk.thread(rig.ana(), id, None, 10).await.unwrap().outbox.pop().unwrap();
    assert_eq!(
        (failed.state, failed.reason.as_deref(), failed.code),
        (Sending::Failed, Some("link_refused"), Some(508))
    );
    let (one, two) = tokio::join!(rig.desk.retry(rig.ana(), entry.id), rig.desk.retry(rig.ben(), entry.id));
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
    rig.settle().await;
    assert_eq!(spy.sends(), 5);
    assert_eq!(rig.conversation("mira.paints").await.failed, 0);
    assert!(matches!(rig.desk.retry(rig.ana(), entry.id).await, Err(Problem::Conflict(_))));
}

async fn an_answer_that_was_lost_is_made_good_by_the_echo(engine: Engine) {
    let (rig, spy) = spied(engine).await;
    let id = begun(&rig).await;
    spy.lost.store(1, Ordering::SeqCst);
    says(&rig, rig.ana(), id, "lost", "Did it arrive?").await.unwrap();
    rig.desk.send_due().await.unwrap();
    let thread = rig.desk.thread(rig.ana(), id, None, 10).await.unwrap();
    assert_eq!(thread.outbox[0].reason.as_deref(), Some("unclear"));
    rig.settle().await;
    rig.advance(Span::hours(1)).await;
    assert_eq!(spy.sends(), 1, "it is never sent again by itself");
    let thread = rig.desk.thread(rig.ana(), id, None, 10).await.unwrap();
    let ours: Vec<_> = thread.messages.iter().filter(|message| message.side == Side::Business).collect();
    assert_eq!((ours.len(), thread.outbox.len()), (1, 0), "{ours:?} {:?}", thread.outbox);
    assert_eq!(ours[0].agent, Some(rig.ana().id));
}

async fn an_echo_that_comes_before_the_answer_makes_no_double(engine: Engine) {
    // The world delivers its webhooks while the call is still on its way back.
    type Late = Arc<Mutex<Option<Arc<dyn Fn() -> futures_util::future::BoxFuture<'static, ()> + Send + Sync>>>>;
    let late: Late = Late::default();
    let hook = late.clone();
    let rig = Rig::with(engine, move |next| {
        Transport::new(tower::service_fn(move |request: Request<Bytes>| {
            let (next, hook) = (next.clone(), hook.clone());
            async move {
                let is_send = request.method() == "POST" && request.uri().path().ends_with("/messages");
                let answer = next.oneshot(request).await?;
                let then = hook.lock().clone();
                if let (true, Some(then)) = (is_send, then) {
                    then().await;
                }
                Ok::<_, BoxError>(answer)
            }
        }))
    })
    .await;
    let id = begun(&rig).await;
    let (server, desk) = (rig.world.server.clone(), rig.desk.clone());
    let waited = Arc::new(AtomicUsize::new(0));
    let seen = waited.clone();
    *late.lock() = Some(Arc::new(move || {
        let (server, desk, seen) = (server.clone(), desk.clone(), seen.clone());
        Box::pin(async move {
            server.dispatcher.settle().await;
            assert_eq!(desk.apply_all().await.unwrap(), 0, "the echo is there and waits");
            seen.fetch_add(1, Ordering::SeqCst);
        })
    }));
    says(&rig, rig.ana(), id, "quick", "Once").await.unwrap();
    rig.desk.settle().await.unwrap();
    assert_eq!(waited.load(Ordering::SeqCst), 1);
    let thread = rig.desk.thread(rig.ana(), id, None, 10).await.unwrap();
    let ours: Vec<_> = thread.messages.iter().filter(|message| message.side == Side::Business).collect();
    assert_eq!((ours.len(), thread.outbox.len()), (1, 0));
    assert_eq!((ours[0].agent, ours[0].told), (Some(rig.ana().id), true), "the echo was applied behind the answer");
}

async fn a_token_that_ended_disconnects_and_connecting_again_heals(engine: Engine) {
    let (rig, spy) = spied(engine).await;
    let id = begun(&rig).await;
    spy.refuse(1, 400, 190, Some(463));
    says(&rig, rig.ana(), id, "k", "Hi").await.unwrap();
    rig.settle().await;
    let connections = rig.desk.connections(rig.workspace).await.unwrap();
    assert_eq!(connections[0].trouble.as_deref(), Some("log_in_again"));
    let new = parlance_inbox::desk::connect::NewConnection {
        graph_url: None,
        token: crate::rig::PAGE_TOKEN.into(),
        app_secret: crate::rig::SECRET.into(),
    };
    let again = rig.desk.connect(rig.workspace, new).await.unwrap();
    assert_eq!((again.connection.id, again.connection.trouble), (connections[0].id, None));
}

async fn agents_react_and_the_person_sees_it(engine: Engine) {
    let rig = Rig::start(engine).await;
    let id = begun(&rig).await;
    let mid = newest(&rig, id).await.unwrap();
    let react = |key: &str, emoji: Option<&str>| Reply {
        client_key: key.into(),
        last_seen: None,
        body: Outgoing::Reaction { mid: mid.clone(), emoji: emoji.map(Into::into) },
    };
    rig.desk.reply(rig.ana(), id, react("on", Some("❤️"))).await.unwrap();
    rig.settle().await;
    let thread = rig.desk.thread(rig.ana(), id, None, 10).await.unwrap();
    assert_eq!((thread.reactions.len(), thread.reactions[0].agent), (1, Some(rig.ana().id)));
    let looks = rig.world.person("mira.paints").looks().await;
    assert!(looks.to_string().contains('❤'), "{looks}");
    rig.world.set_clock(rig.world.now().plus(Span::seconds(1)));
    rig.desk.reply(rig.ana(), id, react("off", None)).await.unwrap();
    let seen = Reply { client_key: "seen".into(), last_seen: None, body: Outgoing::Seen };
    rig.desk.reply(rig.ana(), id, seen).await.unwrap();
    rig.settle().await;
    assert!(rig.desk.thread(rig.ana(), id, None, 10).await.unwrap().reactions.is_empty());
}

async fn a_comment_is_answered_privately_once_within_seven_days(engine: Engine) {
    let rig = Rig::start(engine).await;
    let comments: Vec<String> = comment_ids(&rig).await;
    assert_eq!(comments.len(), 2);
    let answer = |comment: String, key: &'static str, says: &'static str| {
        let (desk, ana) = (rig.desk.clone(), rig.ana().clone());
        async move { desk.reply_privately(&ana, &comment, key.into(), says.into()).await }
    };
    let one = answer(comments[0].clone(), "one", "It is back.").await.unwrap();
    assert!(
        matches!(answer(comments[0].clone(), "two", "Twice").await, Err(Problem::Unsendable(row)) if row.reason == "comment_answered")
    );
    rig.settle().await;
    let thread = rig.desk.thread(rig.ana(), one.conversation, None, 10).await.unwrap();
    assert_eq!(thread.messages.len(), 1);
    assert!(
        thread.comments.iter().any(|comment| comment.outbox == Some(one.id) && comment.reply == Some(Sending::Sent)),
        "the comment stands beside the thread"
    );
    rig.advance(Span::days(7)).await;
    rig.advance(Span::millis(1)).await;
    let late = answer(comments[1].clone(), "late", "Too late").await;
    assert!(matches!(&late, Err(Problem::Unsendable(row)) if row.reason == "comment_too_old"), "{late:?}");
}

/// Two people comment on the first post, and the desk hears of it.
async fn comment_ids(rig: &Rig) -> Vec<String> {
    for person in ["jonas_w", "lucia_m"] {
        let person = rig.world.person(person);
        let comment = person.does("comments", &json!({"media_id": POST, "text": "Is it back?"})).await.ok();
        let change = json!({"field": "comments", "value": {
            "id": comment["comment_id"], "from": {"id": person.igsid(), "username": "somebody"}, "text": "Is it back?",
            "media": {"id": POST, "media_product_type": "FEED"}}});
        rig.told(json!({"changes": [change]})).await;
    }
    rig.desk.comments(rig.ana(), None, 10).await.unwrap().into_iter().map(|comment| comment.id).collect()
}

on_every_engine!(
    two_agents_cannot_answer_the_same_unseen_state,
    a_reply_that_is_asked_for_twice_is_sent_once,
    replies_keep_their_order_in_a_thread,
    the_tag_is_on_the_wire_only_between_a_day_and_a_week,
    a_late_answer_without_the_feature_fails_alone,
    what_waits_until_the_window_shuts_is_not_tried,
    a_limit_is_waited_for_and_what_was_refused_is_tried_again_by_hand_once,
    an_answer_that_was_lost_is_made_good_by_the_echo,
    an_echo_that_comes_before_the_answer_makes_no_double,
    a_token_that_ended_disconnects_and_connecting_again_heals,
    agents_react_and_the_person_sees_it,
    a_comment_is_answered_privately_once_within_seven_days,
);
