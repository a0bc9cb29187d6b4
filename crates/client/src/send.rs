//! Sending a text (contract send 1, 2).

use std::{fmt::Display, future::IntoFuture, pin::Pin};

use serde::Deserialize;
use serde_json::{Value, json};
use wire::send::{Recipient, TEXT_BYTES, Tag};

use crate::{Client, Error, answer, call::Call};

/// What the host calls a message that it took (contract send 2.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sent {
    /// The person's IGSID.
    pub recipient_id: String,
    /// The message's id, the `mid` of its echo.
    pub message_id: String,
}

/// By what right a message is sent (contract send 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessagingType {
    /// It answers the person, within 24 hours.
    Response,
    /// It tells something unasked, within 24 hours.
    Update,
    /// A tag allows it; see [`Draft::human_agent`].
    MessageTag,
}

impl MessagingType {
    fn name(self) -> &'static str {
        match self {
            MessagingType::Response => "RESPONSE",
            MessagingType::Update => "UPDATE",
            MessagingType::MessageTag => "MESSAGE_TAG",
        }
    }
}

/// A message in the making; awaiting it sends it, once.
#[derive(Debug, Clone)]
#[must_use = "a draft is sent by awaiting it"]
pub struct Draft {
    client: Client,
    recipient: Option<Recipient>,
    text: String,
    messaging_type: Option<MessagingType>,
    tag: Option<Tag>,
    reply_to: Option<String>,
}

impl Draft {
    /// To a person, by [`Igsid`](wire::id::Igsid).
    pub fn to(self, igsid: impl Display) -> Self {
        Self { recipient: Some(Recipient::Id(igsid.to_string())), ..self }
    }

    /// To the author of a comment, as a private reply (contract send 3.3).
    pub fn to_comment(self, comment_id: impl Display) -> Self {
        Self { recipient: Some(Recipient::CommentId(comment_id.to_string())), ..self }
    }

    /// What it says: 1 to 1,000 bytes of UTF-8 (contract send 1.4).
    pub fn text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// Says that a human answers, which is allowed for seven days after the person's last message (contract send 3.2).
    pub fn human_agent(self) -> Self {
        Self { tag: Some(Tag::HumanAgent), ..self }
    }

    /// By what right; unless told, `RESPONSE`, or `MESSAGE_TAG` with a tag.
    pub fn messaging_type(self, kind: MessagingType) -> Self {
        Self { messaging_type: Some(kind), ..self }
    }

    /// Shows it as the answer to an earlier message of the conversation (contract send 1.9).
    pub fn reply_to(self, mid: impl Into<String>) -> Self {
        Self { reply_to: Some(mid.into()), ..self }
    }

    /// The body of the call, if it makes sense.
    fn body(&self) -> Result<Value, Error> {
        let invalid = |why: &str| Err(Error::Invalid(why.to_owned()));
        let recipient = match &self.recipient {
            Some(Recipient::Id(id)) if !id.is_empty() => json!({"id": id}),
            Some(Recipient::CommentId(id)) if !id.is_empty() => json!({"comment_id": id}),
            _ => return invalid("message has no recipient"),
        };
        if self.text.trim().is_empty() {
            return invalid("text is empty");
        }
        if self.text.len() > TEXT_BYTES {
            return Err(Error::Invalid(format!(
                "text has {} bytes of UTF-8, the limit is {TEXT_BYTES}",
                self.text.len()
            )));
        }
        let kind = match (self.messaging_type, self.tag) {
            (Some(MessagingType::MessageTag), None) => return invalid("messaging type MESSAGE_TAG needs a tag"),
            (Some(kind), _) => kind,
            (None, Some(_)) => MessagingType::MessageTag,
            (None, None) => MessagingType::Response,
        };
        let mut body = json!({"recipient": recipient, "messaging_type": kind.name(), "message": {"text": self.text}});
        if let Some(Tag::HumanAgent) = self.tag {
            body["tag"] = json!("HUMAN_AGENT");
        }
        if let Some(mid) = &self.reply_to {
            body["reply_to"] = json!({"mid": mid});
        }
        Ok(body)
    }

    async fn send(self) -> Result<Sent, Error> {
        let call = Call::post(&[&self.client.settings.node, &"messages"], self.body()?);
        answer::typed("sent message", self.client.call(&call).await?)
    }
}

impl IntoFuture for Draft {
    type Output = Result<Sent, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl Client {
    /// Starts a message: `client.send().to(id).text("…").human_agent().await?`.
    pub fn send(&self) -> Draft {
        Draft {
            client: self.clone(),
            recipient: None,
            text: String::new(),
            messaging_type: None,
            tag: None,
            reply_to: None,
        }
    }

    /// Answers a person with a text, within 24 hours of their last message (contract send 1.4, 3.1).
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty text or one of more than 1,000 bytes, before anything is sent;
    /// [`Error::is_window_closed`] when the person has not written for too long.
    pub async fn send_text(&self, recipient: &str, text: &str) -> Result<Sent, Error> {
        self.send().to(recipient).text(text).await
    }
}

#[cfg(test)]
mod tests {
    use wire::param::Params;
    use wire::send::Body;
    use wire::send::message::{Content, Message};

    use super::*;
    use crate::fake::Fake;

    fn understood(body: &Value) -> wire::send::Send {
        let mut params = Params::new();
        params.json(body.to_string().as_bytes()).unwrap();
        wire::send::Send::from_params(&params).unwrap()
    }

    #[tokio::test]
    async fn a_text_is_sent_as_the_server_reads_it() {
        let (fake, client) = Fake::answering([json!({"recipient_id": "9", "message_id": "m"})]);
        let sent = client.send_text("9", "We open at 9.").await.unwrap();
        assert_eq!(sent, Sent { recipient_id: "9".into(), message_id: "m".into() });
        assert_eq!(fake.calls(), ["POST me/messages"]);
        assert_eq!(fake.body()["messaging_type"], "RESPONSE");
        let send = understood(&fake.body());
        let content = Content::Text { text: "We open at 9.".into(), quick_replies: Vec::new() };
        assert_eq!(send.recipient, Recipient::Id("9".into()));
        assert_eq!(send.body, Body::Message(Message { content, metadata: None }));
        assert_eq!(send.tag, None);
    }

    #[tokio::test]
    async fn a_draft_says_by_what_right_and_what_it_answers() {
        let answer = json!({"recipient_id": "9", "message_id": "m"});
        let (fake, client) = Fake::answering([answer.clone(), answer.clone(), answer]);
        client.send().to(9).text("x").human_agent().await.unwrap();
        assert_eq!(fake.body()["messaging_type"], "MESSAGE_TAG");
        assert_eq!(understood(&fake.body()).tag, Some(Tag::HumanAgent));
        client.send().to_comment("17").text("x").messaging_type(MessagingType::Update).await.unwrap();
        assert_eq!(fake.body()["messaging_type"], "UPDATE");
        assert_eq!(understood(&fake.body()).recipient, Recipient::CommentId("17".into()));
        client.clone().node("100").send().to(9).text("x").reply_to("m0").await.unwrap();
        assert_eq!(fake.body()["reply_to"], json!({"mid": "m0"}));
        assert_eq!(fake.calls()[2], "POST 100/messages");
    }

    #[tokio::test]
    async fn what_is_known_to_fail_is_never_sent() {
        let (fake, client) = Fake::answering([]);
        for (draft, why) in [
            (client.send().to(9).text("é".repeat(501)), "text has 1002 bytes of UTF-8, the limit is 1000"),
            (client.send().to(9).text(" \n"), "text is empty"),
            (client.send().to("").text("x"), "message has no recipient"),
            (client.send().text("x"), "message has no recipient"),
            (
                client.send().to(9).text("x").messaging_type(MessagingType::MessageTag),
                "messaging type MESSAGE_TAG needs a tag",
            ),
        ] {
            assert!(matches!(draft.await, Err(Error::Invalid(found)) if found == why), "{why}");
        }
        assert!(fake.calls().is_empty());
    }

    #[tokio::test]
    async fn a_send_that_gets_no_answer_is_not_repeated() {
        let (fake, client) = Fake::answering([]);
        assert!(matches!(client.send_text("9", &"a".repeat(1_000)).await, Err(Error::Transport(_))));
        assert_eq!(fake.calls().len(), 1);
    }
}
