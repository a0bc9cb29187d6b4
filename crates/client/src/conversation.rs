//! Conversations and their messages (contract read 1).

use std::fmt::Display;

use serde::Deserialize;
use wire::time::Millis;

use crate::{Client, Error, Node, Pages, answer, call::Call};

/// A thread of one person with the business (contract read 1.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Conversation {
    /// The id, opaque.
    pub id: String,
    /// When the last message came or went.
    #[serde(deserialize_with = "answer::time")]
    pub updated_time: Millis,
    /// The person and the business.
    #[serde(default, deserialize_with = "answer::list")]
    pub participants: Vec<Participant>,
}

/// One end of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Participant {
    /// An IGSID for a person, the account's id for the business.
    pub id: String,
    /// The name that people see.
    #[serde(default)]
    pub username: Option<String>,
}

/// A message of either side (contract read 1.6).
///
/// Of all but the twenty newest of a conversation a list tells the id and the time only (contract read 1.8).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// The id, opaque; the `mid` of webhooks.
    pub id: String,
    /// When it was sent.
    #[serde(deserialize_with = "answer::time")]
    pub created_time: Millis,
    /// Who sent it.
    #[serde(default)]
    pub from: Option<Participant>,
    /// Who got it.
    #[serde(default, deserialize_with = "answer::list")]
    pub to: Vec<Participant>,
    /// The text; empty where there is none.
    #[serde(default)]
    pub message: Option<String>,
    /// Files (contract read 1.7).
    #[serde(default, deserialize_with = "answer::list")]
    pub attachments: Vec<Attachment>,
    /// Shared posts and reels (contract read 1.7).
    #[serde(default, deserialize_with = "answer::list")]
    pub shares: Vec<Share>,
    /// The story that was answered or that mentions the business (contract read 1.7).
    #[serde(default)]
    pub story: Option<Story>,
    /// Reactions, grouped by emoji.
    #[serde(default, deserialize_with = "answer::list")]
    pub reactions: Vec<Reaction>,
    /// The message that this one answers.
    #[serde(default)]
    pub reply_to: Option<ReplyTo>,
    /// Content that the API cannot show.
    #[serde(default)]
    pub is_unsupported: bool,
}

/// A file of a message (contract read 1.7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Attachment {
    /// The attachment's id.
    #[serde(default)]
    pub id: Option<String>,
    /// The file's name.
    #[serde(default)]
    pub name: Option<String>,
    /// Present for an image.
    #[serde(default)]
    pub image_data: Option<MediaData>,
    /// Present for a video.
    #[serde(default)]
    pub video_data: Option<MediaData>,
    /// Where any other file is.
    #[serde(default)]
    pub file_url: Option<String>,
}

/// Where an image or video is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MediaData {
    /// The file; privacy-aware, so it may stop working.
    #[serde(default)]
    pub url: Option<String>,
    /// A small picture of it.
    #[serde(default)]
    pub preview_url: Option<String>,
}

/// A shared post or reel (contract read 1.7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Share {
    /// Its image or video.
    #[serde(default)]
    pub link: Option<String>,
}

/// A story beside a message (contract read 1.7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Story {
    /// The person's story that mentions the business.
    #[serde(default)]
    pub mention: Option<StoryLink>,
    /// The business's story that the person answered.
    #[serde(default)]
    pub reply_to: Option<StoryLink>,
}

/// Where a story is, while it lives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StoryLink {
    /// Its image or video.
    #[serde(default)]
    pub link: Option<String>,
    /// Its media id.
    #[serde(default)]
    pub id: Option<String>,
}

/// One emoji and who reacted with it (contract read 1.7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reaction {
    /// The emoji itself.
    pub reaction: String,
    /// Who.
    #[serde(default)]
    pub users: Vec<Participant>,
}

/// What a message answers (contract read 1.7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReplyTo {
    /// The message answered.
    pub mid: String,
    /// Whether it had the same sender.
    #[serde(default)]
    pub is_self_reply: bool,
}

impl Node for Conversation {
    const NAME: &'static str = "conversation";
    const FIELDS: &'static str = "id,updated_time,participants";
}

impl Node for Message {
    const NAME: &'static str = "message";
    const FIELDS: &'static str =
        "id,created_time,from,to,message,attachments,shares{link},story,reactions,reply_to,is_unsupported";
}

impl Pages<Conversation> {
    /// Only the conversation with this person: at most one (contract read 1.3).
    pub fn with_user(self, igsid: impl Display) -> Self {
        self.with("user_id", igsid)
    }
}

impl Client {
    /// The conversations on Instagram, most recently updated first (contract read 1.1 to 1.4).
    pub fn conversations(&self) -> Pages<Conversation> {
        let call = Call::get(&[&self.settings.node, &"conversations"]);
        Pages::new(self, call.with("platform", "instagram"))
    }

    /// One conversation (contract read 1.5).
    ///
    /// # Errors
    /// [`Error::Graph`] 100/33 for an id that is not of the caller's account.
    pub async fn conversation(&self, id: &str) -> Result<Conversation, Error> {
        self.node_by_id(id).await
    }

    /// The messages of a conversation, newest first (contract read 1.1, 1.8).
    pub fn messages(&self, conversation_id: &str) -> Pages<Message> {
        Pages::new(self, Call::get(&[&conversation_id, &"messages"]))
    }

    /// One message; it must be among the twenty newest of its conversation (contract read 1.6, 1.8).
    ///
    /// # Errors
    /// [`Error::Graph`] 9000001 for an older or an unsent one, 100/33 for one of another account.
    pub async fn message(&self, id: &str) -> Result<Message, Error> {
        self.node_by_id(id).await
    }

    async fn node_by_id<T: Node>(&self, id: &str) -> Result<T, Error> {
        answer::typed(T::NAME, self.call(&{ Call::get(&[&id]).with("fields", T::FIELDS) }).await?)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fake::Fake;

    #[tokio::test]
    async fn conversations_are_instagram_s_and_may_be_one_person_s() {
        let (fake, client) = Fake::answering([json!({"data": [{
            "id": "aWdfZAG06", "updated_time": "2026-03-04T10:11:12+0000",
            "participants": {"data": [{"username": "mira.paints", "id": "61"}, {"username": "harbor", "id": "1784"}]},
        }]})]);
        let mut pages = client.conversations().with_user(61).limit(1);
        let page = pages.next_page().await.unwrap().unwrap();
        assert_eq!(page[0].updated_time.graph(), "2026-03-04T10:11:12+0000");
        assert_eq!(page[0].participants[0].username.as_deref(), Some("mira.paints"));
        assert_eq!(
            fake.calls(),
            ["GET me/conversations?platform=instagram&fields=id,updated_time,participants&user_id=61&limit=1"]
        );
    }

    #[tokio::test]
    async fn a_message_is_read_in_full_and_an_old_one_in_part() {
        let (fake, client) = Fake::answering([json!({"data": [
            {"id": "m2", "created_time": "2026-03-04T10:11:12+0000", "from": {"username": "mira.paints", "id": "61"},
             "to": {"data": [{"username": "harbor", "id": "1784"}]}, "message": "",
             "attachments": {"data": [{"id": "9", "image_data": {"url": "https://cdn.test/a", "width": 1080}}]},
             "story": {"reply_to": {"link": "https://cdn.test/s", "id": "18"}},
             "reactions": {"data": [{"reaction": "\u{2764}\u{fe0f}", "users": [{"username": "harbor", "id": "1784"}]}]},
             "reply_to": {"mid": "m1", "is_self_reply": false}},
            {"id": "m1", "created_time": "2026-03-03T10:11:12+0000"},
        ]})]);
        let messages = client.messages("c/1").next_page().await.unwrap().unwrap();
        let image = messages[0].attachments[0].image_data.as_ref().unwrap();
        assert_eq!(image.url.as_deref(), Some("https://cdn.test/a"));
        assert_eq!(messages[0].reply_to.as_ref().unwrap().mid, "m1");
        assert_eq!(messages[0].reactions[0].users[0].id, "1784");
        assert_eq!((messages[1].from.as_ref(), messages[1].message.as_ref()), (None, None));
        assert!(fake.calls()[0].starts_with("GET c/1/messages?fields=id,created_time,from,to,message,"));
    }

    #[tokio::test]
    async fn a_time_that_is_none_is_an_answer_not_understood() {
        let (_, client) = Fake::answering([json!({"id": "c", "updated_time": "yesterday"})]);
        let error = client.conversation("c").await.unwrap_err();
        assert!(matches!(&error, Error::Decode { what } if what.starts_with("conversation: ")), "{error}");
    }
}
