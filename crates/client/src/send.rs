//! Writing to people, and what a business does beside writing (contract send 1, 2).

use std::{fmt::Display, future::IntoFuture, pin::Pin};

use http::HeaderValue;
use serde::Deserialize;
use serde_json::Value;
use wire::error::GraphError;
use wire::id::AppId;
use wire::param::Params;
use wire::send::action::SenderAction;
use wire::send::attachment::MediaKind;
use wire::send::message::{self, Message};
use wire::send::thread_control::ThreadControl;
use wire::send::{Body, Recipient, Tag};

use crate::content::{self, Buttons, Content, Elements, Images, Media, Products, Stored, Text};
use crate::{Client, Error, answer};

/// Longest name of a send, in characters.
const KEY_CHARS: usize = 255;

/// What the host calls a message that it took (contract send 2.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sent {
    /// The person's IGSID.
    pub recipient_id: String,
    /// The message's id, the `mid` of its echo.
    pub message_id: String,
    /// The id of its file, where [`Media::reusable`] asked for one.
    #[serde(default)]
    pub attachment_id: Option<String>,
}

/// What the host answers to a sender action.
#[derive(Deserialize)]
struct Acted {
    #[serde(rename = "recipient_id")]
    _recipient_id: String,
}

/// By what right a message is sent, where no tag says so (contract send 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessagingType {
    /// It answers the person, within 24 hours.
    Response,
    /// It tells something unasked, within 24 hours.
    Update,
}

impl MessagingType {
    fn name(self) -> &'static str {
        match self {
            MessagingType::Response => "RESPONSE",
            MessagingType::Update => "UPDATE",
        }
    }
}

/// A message in the making; awaiting it sends it, once.
///
/// It can be awaited when it has a recipient and a content:
///
/// ```compile_fail
/// # async fn example(client: parlance_client::Client) -> Result<(), parlance_client::Error> {
/// client.send().text("to nobody").await?;
/// # Ok(())
/// # }
/// ```
///
/// ```compile_fail
/// # async fn example(client: parlance_client::Client) -> Result<(), parlance_client::Error> {
/// client.send().to(9).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a draft is sent by awaiting it"]
pub struct Draft<To = (), Says = ()> {
    client: Client,
    to: To,
    says: Says,
    messaging_type: MessagingType,
    tag: Option<Tag>,
    metadata: Option<String>,
    reply_to: Option<String>,
    thread_control: Option<ThreadControl>,
    key: Option<String>,
}

/// To whom.
impl<To, Says> Draft<To, Says> {
    /// To a person, by [`Igsid`](wire::id::Igsid).
    pub fn to(self, igsid: impl Display) -> Draft<Recipient, Says> {
        self.with_recipient(Recipient::Id(igsid.to_string()))
    }

    /// To the author of a comment, as a private reply: one, within seven days (contract send 3.3).
    pub fn to_comment(self, comment_id: impl Display) -> Draft<Recipient, Says> {
        self.with_recipient(Recipient::CommentId(comment_id.to_string()))
    }

    fn with_recipient(self, to: Recipient) -> Draft<Recipient, Says> {
        let Self { client, says, messaging_type, tag, metadata, reply_to, thread_control, key, .. } = self;
        Draft { client, to, says, messaging_type, tag, metadata, reply_to, thread_control, key }
    }
}

/// What: exactly one content. A later one takes the place of an earlier one.
impl<To, Says> Draft<To, Says> {
    /// A text of 1 to 1,000 bytes of UTF-8, perhaps with quick replies (contract send 1.4, 1.8).
    pub fn text(self, text: impl Into<Text>) -> Draft<To, Content> {
        self.with_content(text.into())
    }

    /// A new file (contract send 1.5).
    pub fn media(self, media: Media) -> Draft<To, Content> {
        self.with_content(media)
    }

    /// A file that was uploaded before (contract send 1.7).
    pub fn stored(self, stored: Stored) -> Draft<To, Content> {
        self.with_content(stored)
    }

    /// One to ten images in one message (contract send 1.4).
    pub fn images(self, images: impl Into<Images>) -> Draft<To, Content> {
        self.with_content(images.into())
    }

    /// The heart, the one sticker that can be sent (contract send 1.5).
    pub fn like_heart(self) -> Draft<To, Content> {
        self.with_content(message::Content::LikeHeart)
    }

    /// A published post or reel of the account (contract send 1.5).
    pub fn share(self, media_id: impl Display) -> Draft<To, Content> {
        self.with_content(message::Content::MediaShare(media_id.to_string()))
    }

    /// A generic template: one to ten cards (contract send 1.6).
    pub fn generic(self, elements: impl Into<Elements>) -> Draft<To, Content> {
        self.with_content(elements.into())
    }

    /// A button template: a text of 640 characters at most over one to three buttons (contract send 1.6).
    pub fn buttons(self, text: impl Into<String>, buttons: impl Into<Buttons>) -> Draft<To, Content> {
        self.with_content((text.into(), buttons.into()))
    }

    /// A product template: one to ten products of the Page's catalogue (contract send 1.6).
    pub fn products(self, products: impl Into<Products>) -> Draft<To, Content> {
        self.with_content(products.into())
    }

    fn with_content(self, says: impl Into<Content>) -> Draft<To, Content> {
        let says = says.into();
        let Self { client, to, messaging_type, tag, metadata, reply_to, thread_control, key, .. } = self;
        Draft { client, to, says, messaging_type, tag, metadata, reply_to, thread_control, key }
    }
}

/// How.
impl<To, Says> Draft<To, Says> {
    /// Says that a human answers, which is allowed for seven days after the person's last message (contract send 3.2).
    pub fn human_agent(self) -> Self {
        Self { tag: Some(Tag::HumanAgent), ..self }
    }

    /// By what right, if not as a `RESPONSE`; a tag goes before it.
    pub fn messaging_type(self, messaging_type: MessagingType) -> Self {
        Self { messaging_type, ..self }
    }

    /// Shows it as the answer to an earlier message of the conversation (contract send 1.9).
    pub fn reply_to(self, mid: impl Into<String>) -> Self {
        Self { reply_to: Some(mid.into()), ..self }
    }

    /// The app's own text, never shown, of less than 1,000 characters (contract send 1.4).
    pub fn metadata(self, metadata: impl Into<String>) -> Self {
        Self { metadata: Some(metadata.into()), ..self }
    }

    /// Passes the thread to another app afterwards (contract send 1.11).
    pub fn pass_to(self, app: AppId) -> Self {
        Self { thread_control: Some(ThreadControl::Pass(Some(app))), ..self }
    }

    /// Passes the thread to the default app afterwards (contract send 1.11).
    pub fn pass(self) -> Self {
        Self { thread_control: Some(ThreadControl::Pass(None)), ..self }
    }

    /// Gives up the thread afterwards (contract send 1.11).
    pub fn release(self) -> Self {
        Self { thread_control: Some(ThreadControl::Release), ..self }
    }

    /// Names the send by 1 to 255 visible ASCII characters. Whoever sends the same again under this name within 24 hours gets
    /// the first answer from Parlance, and nothing is sent twice; Meta's hosts do not know it.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..self }
    }
}

impl Draft<Recipient, Content> {
    async fn send(mut self) -> Result<Sent, Error> {
        let file = self.says.file.take();
        if let message::Content::Media(files) = &self.says.says {
            files.iter().try_for_each(|attachment| fits(attachment.kind, file.as_ref()))?;
        }
        let message = Message { content: self.says.says.clone(), metadata: self.metadata.take() };
        let key = header(self.key.take())?;
        let (client, body) = self.body(Body::Message(message), file.as_ref())?;
        let call = client.post("messages", body, file).keyed(key);
        answer::typed("sent message", client.call(&call).await?)
    }
}

impl Draft<Recipient, ()> {
    /// Does something beside writing, once (contract send 1.10). See [`Client::typing_on`] and its neighbours.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a reaction that is no emoji, and for what belongs to a message, before anything is sent;
    /// [`Error::is_window_closed`] when the person has not written for too long.
    pub async fn act(mut self, action: SenderAction) -> Result<(), Error> {
        let key = header(self.key.take())?;
        let (client, body) = self.body(Body::Action(action), None)?;
        let call = client.post("messages", body, None).keyed(key);
        answer::typed::<Acted>("sender action", client.call(&call).await?).map(drop)
    }
}

impl<Says> Draft<Recipient, Says> {
    /// The parameters of the call, if the host would take them.
    fn body(self, body: Body, file: Option<&content::Bytes>) -> Result<(Client, Value), Error> {
        let Self { client, to: recipient, messaging_type, tag, reply_to, thread_control, .. } = self;
        let send = wire::send::Send { recipient, body, tag, reply_to, thread_control };
        let mut json = send.to_json();
        if tag.is_none() && matches!(send.body, Body::Message(_)) {
            json["messaging_type"] = messaging_type.name().into();
        }
        as_host_reads(&json, file, wire::send::Send::from_params)?;
        send.check_version(client.settings.version).map_err(|error| refused(&error))?;
        Ok((client, json))
    }
}

impl IntoFuture for Draft<Recipient, Content> {
    type Output = Result<Sent, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// A name for a send, as a header carries it.
fn header(key: Option<String>) -> Result<Option<HeaderValue>, Error> {
    let Some(key) = key else { return Ok(None) };
    let fits = (1..=KEY_CHARS).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    let value = HeaderValue::try_from(key).ok().filter(|_| fits);
    let wrong = || Error::Invalid(format!("idempotency key must have 1 to {KEY_CHARS} visible ASCII characters"));
    value.map(Some).ok_or_else(wrong)
}

/// Reads a call's parameters as the host will; what the host is known to refuse is not sent.
pub(crate) fn as_host_reads<T>(
    body: &Value,
    file: Option<&content::Bytes>,
    read: impl Fn(&Params) -> Result<T, GraphError>,
) -> Result<T, Error> {
    let mut params = Params::from(body.as_object().cloned().unwrap_or_default());
    if let Some(file) = file {
        params.set("filedata", file.name.as_str());
    }
    read(&params).map_err(|error| refused(&error))
}

fn refused(error: &GraphError) -> Error {
    Error::Invalid(error.detail().map_or_else(|| error.to_string(), str::to_owned))
}

/// Refuses a file that is larger than its kind may be.
pub(crate) fn fits(kind: MediaKind, file: Option<&content::Bytes>) -> Result<(), Error> {
    let (count, limit) = (file.map_or(0, |file| file.bytes.len()), kind.max_bytes());
    if count <= limit {
        return Ok(());
    }
    Err(Error::Invalid(format!("{} has {count} bytes, the limit is {limit}", kind.name())))
}

impl Client {
    /// Starts a message: `client.send().to(id).text("…").human_agent().await?`. See [`content`] for what it can say.
    pub fn send(&self) -> Draft {
        Draft {
            client: self.clone(),
            to: (),
            says: (),
            messaging_type: MessagingType::Response,
            tag: None,
            metadata: None,
            reply_to: None,
            thread_control: None,
            key: None,
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

    /// Shows that somebody writes, for twenty seconds or until a message comes.
    ///
    /// # Errors
    /// As [`Draft::act`].
    pub async fn typing_on(&self, igsid: impl Display) -> Result<(), Error> {
        self.send().to(igsid).act(SenderAction::TypingOn).await
    }

    /// Takes back what [`Client::typing_on`] shows.
    ///
    /// # Errors
    /// As [`Draft::act`].
    pub async fn typing_off(&self, igsid: impl Display) -> Result<(), Error> {
        self.send().to(igsid).act(SenderAction::TypingOff).await
    }

    /// Marks the newest message of the thread as seen.
    ///
    /// # Errors
    /// As [`Draft::act`].
    pub async fn mark_seen(&self, igsid: impl Display) -> Result<(), Error> {
        self.send().to(igsid).act(SenderAction::MarkSeen).await
    }

    /// Reacts to a message with an emoji, or with `love`, in place of an earlier reaction.
    ///
    /// # Errors
    /// As [`Draft::act`].
    pub async fn react(&self, igsid: impl Display, mid: &str, reaction: &str) -> Result<(), Error> {
        let action = SenderAction::React { message_id: mid.to_owned(), reaction: reaction.to_owned() };
        self.send().to(igsid).act(action).await
    }

    /// Takes the reaction to a message back.
    ///
    /// # Errors
    /// As [`Draft::act`].
    pub async fn unreact(&self, igsid: impl Display, mid: &str) -> Result<(), Error> {
        self.send().to(igsid).act(SenderAction::Unreact { message_id: mid.to_owned() }).await
    }
}

#[cfg(test)]
mod tests;
