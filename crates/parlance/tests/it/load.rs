//! Many writers at once, and what each of them was answered.

use engine::demo;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::web::Web;

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
    /// What was answered, in order: message id and text.
    pub answered: Vec<(String, String)>,
    /// Texts whose answer never came; each may have been written or not.
    pub unanswered: Vec<String>,
}

impl Writer {
    /// Writes one text; tells whether an answer came.
    pub async fn write(&mut self, web: &Web) -> bool {
        let count = self.answered.len() + self.unanswered.len();
        let text = format!("{:?} {} {count}", self.side, self.username);
        let Some(answer) = web.try_post(&self.path(), &self.body(&text)).await else {
            self.unanswered.push(text);
            return false;
        };
        let id = answer["message_id"].as_str().expect("an answer names the message").to_owned();
        self.answered.push((id, text));
        true
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

/// Lets all write at once, without pause, until `kill` has been called. It is called as soon as `enough` texts were
/// answered, with requests under way. Gives the writers back.
pub async fn until_killed(web: &Web, writers: Vec<Writer>, enough: usize, kill: impl FnOnce()) -> Vec<Writer> {
    let (count, mut counted) = watch::channel(0);
    let mut tasks = JoinSet::new();
    for (place, mut writer) in writers.into_iter().enumerate() {
        let (web, count) = (web.clone(), count.clone());
        tasks.spawn(async move {
            while writer.write(&web).await {
                count.send_modify(|count| *count += 1);
            }
            (place, writer)
        });
    }
    drop(count);
    counted.wait_for(|count| *count >= enough).await.expect("writers go on until the process is killed");
    kill();
    let mut back = tasks.join_all().await;
    back.sort_by_key(|(place, _)| *place);
    back.into_iter().map(|(_, writer)| writer).collect()
}
