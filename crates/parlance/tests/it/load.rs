//! Many writers at once, and what each of them was answered.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::demo;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::web::{Outcome, Web};

/// What a client waits after a failure.
const PAUSE: Duration = Duration::from_millis(20);

/// Who writes in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The app, by the Graph API.
    Business,
    /// The person, by the emulator's surface.
    Person,
}

/// One side of one thread. It writes one text after the other, so that its order is known.
#[derive(Debug, Clone)]
pub struct Writer {
    /// Which side.
    pub side: Side,
    /// The person's username.
    pub username: String,
    /// The person's id for the account.
    pub igsid: String,
    /// What was answered with success, in order: message id and text.
    pub answered: Vec<(String, String)>,
    /// Texts whose success was never told; each may have been written or not.
    pub unanswered: Vec<String>,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With success.
    Done,
    /// With an error that passes.
    Refused,
    /// Nobody took it.
    NotTaken,
    /// Without an answer.
    Lost,
}

/// One call of a writer.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// Which node was called.
    pub node: usize,
    /// When.
    pub began: Instant,
    /// When it was over.
    pub ended: Instant,
    /// How.
    pub end: End,
}

impl Writer {
    /// Writes one text; tells how it ended. An error that does not pass panics.
    pub async fn write(&mut self, web: &Web) -> End {
        let count = self.answered.len() + self.unanswered.len();
        let text = format!("{:?} {} {count}", self.side, self.username);
        let end = match web.try_post(&self.path(), &self.body(&text)).await {
            Outcome::Done(answer) => {
                let id = answer["message_id"].as_str().expect("an answer names the message").to_owned();
                self.answered.push((id, text));
                return End::Done;
            }
            Outcome::Refused(status, body) => {
                assert_passes(status, &body);
                End::Refused
            }
            // The same text may go out again.
            Outcome::NotTaken => return End::NotTaken,
            Outcome::Lost => End::Lost,
        };
        self.unanswered.push(text);
        end
    }

    fn path(&self) -> String {
        match self.side {
            Side::Business => "/v25.0/me/messages".to_owned(),
            Side::Person => format!("/_parlance/people/{}/messages", self.username),
        }
    }

    fn body(&self, text: &str) -> Value {
        match self.side {
            Side::Business => json!({"recipient": {"id": self.igsid}, "message": {"text": text}}),
            Side::Person => json!({"to": demo::USERNAME, "text": text}),
        }
    }
}

/// The error is the one that says "later", in the shape of all errors: 500 from the Graph API, 503 from the emulator's
/// surface.
#[track_caller]
pub fn assert_passes(status: u16, body: &Value) {
    let error = &body["error"];
    assert!(matches!(status, 500 | 503), "{status}: {body}");
    assert_eq!((&error["code"], &error["is_transient"]), (&json!(2), &json!(true)), "{status}: {body}");
    assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{status}: {body}");
}

/// The nodes that a load goes to; one that is started again takes the place that it had.
#[derive(Clone)]
pub struct Nodes(Arc<Mutex<Vec<Web>>>);

impl Nodes {
    /// These.
    pub fn new(nodes: &[&Web]) -> Self {
        Self(Arc::new(Mutex::new(nodes.iter().map(|web| (*web).clone()).collect())))
    }

    /// Puts another one in a place.
    pub fn replace(&self, place: usize, web: &Web) {
        self.0.lock()[place] = web.clone();
    }

    fn of(&self, turn: usize) -> (usize, Web) {
        let nodes = self.0.lock();
        let place = turn % nodes.len();
        (place, nodes[place].clone())
    }
}

/// Which node a writer calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Always the same: the business of a thread the first, its person the second.
    Faithful,
    /// One after the other; the next one at once when one does not take the call.
    Turns,
}

/// How many calls ended in which way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// With success.
    pub done: usize,
    /// With an error that passes.
    pub refused: usize,
    /// Nobody took them.
    pub not_taken: usize,
    /// With success, on the second of two nodes.
    pub done_by_second: usize,
}

/// Writers that write without pause until they are stopped.
pub struct Load {
    stop: CancellationToken,
    tally: watch::Receiver<Tally>,
    calls: Arc<Mutex<Vec<Call>>>,
    tasks: JoinSet<(usize, Writer)>,
}

impl Load {
    /// Lets all write at once.
    pub fn start(nodes: &Nodes, habit: Habit, writers: Vec<Writer>) -> Self {
        let (stop, calls, mut tasks) = (CancellationToken::new(), Arc::<Mutex<Vec<Call>>>::default(), JoinSet::new());
        let (sender, tally) = watch::channel(Tally::default());
        for (place, mut writer) in writers.into_iter().enumerate() {
            let (nodes, stop, calls, tally) = (nodes.clone(), stop.clone(), Arc::clone(&calls), sender.clone());
            tasks.spawn(async move {
                let mut turn = place;
                while !stop.is_cancelled() {
                    let (node, web) = nodes.of(turn);
                    let began = now();
                    let end = writer.write(&web).await;
                    calls.lock().push(Call { node, began, ended: now(), end });
                    tally.send_modify(|tally| match end {
                        End::Done => {
                            tally.done += 1;
                            tally.done_by_second += usize::from(node == 1);
                        }
                        End::Refused => tally.refused += 1,
                        End::NotTaken => tally.not_taken += 1,
                        End::Lost => {}
                    });
                    if habit == Habit::Turns {
                        turn += 1;
                    }
                    if end != End::Done {
                        tokio::time::sleep(PAUSE).await; // sleep: a client that failed does not try again at once
                    }
                }
                (place, writer)
            });
        }
        Self { stop, tally, calls, tasks }
    }

    /// How many calls have ended in which way.
    pub fn tally(&self) -> Tally {
        *self.tally.borrow()
    }

    /// Waits until it is so.
    ///
    /// # Panics
    /// When it does not become so in a minute, or a writer panicked.
    pub async fn until(&mut self, so: impl Fn(Tally) -> bool) {
        let mut tally = self.tally.clone();
        let waited = tally.wait_for(|tally| so(*tally));
        tokio::select! {
            waited = tokio::time::timeout(Duration::from_secs(60), waited) => {
                let waited = waited.unwrap_or_else(|_| panic!("a minute has passed with {:?}", self.tally.borrow()));
                waited.expect("writers go on until they are stopped");
            }
            Some(ended) = self.tasks.join_next() => panic!("a writer ended: {:?}", ended.err()),
        }
    }

    /// Waits until so many more have succeeded.
    pub async fn answered(&mut self, more: usize) {
        let enough = self.tally().done + more;
        self.until(|tally| tally.done >= enough).await;
    }

    /// Waits until so many more were refused.
    pub async fn refused(&mut self, more: usize) {
        let enough = self.tally().refused + more;
        self.until(|tally| tally.refused >= enough).await;
    }

    /// Waits until so many more were not taken.
    pub async fn turned_away(&mut self, more: usize) {
        let enough = self.tally().not_taken + more;
        self.until(|tally| tally.not_taken >= enough).await;
    }

    /// Lets each finish its call, and gives the writers back with all calls, in the order in which they ended.
    pub async fn stop(self) -> (Vec<Writer>, Vec<Call>) {
        self.stop.cancel();
        let mut back = self.tasks.join_all().await;
        back.sort_by_key(|(place, _)| *place);
        let calls = std::mem::take(&mut *self.calls.lock());
        (back.into_iter().map(|(_, writer)| writer).collect(), calls)
    }
}

/// Between 1 and 40, the same for the same round.
pub fn some(round: usize) -> usize {
    let mixed = (round as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    1 + usize::try_from((mixed >> 32) % 40).expect("a small number")
}

/// The machine's time, to measure with.
#[expect(clippy::disallowed_methods, reason = "processes outside the test are measured in real time")]
pub fn now() -> Instant {
    Instant::now()
}
