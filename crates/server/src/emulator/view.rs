//! A conversation as the person sees it: every message as the app shows it, and what stands around them.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::{Account, Content, Folder, MediaFile, Message, Person, Reaction, ScopedUser, Side, Thread};
use engine::inbound::{label, shown};
use engine::media;
use engine::store::{Part, Read, Slice, Start};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::id::{Item, MediaId, MessageId};
use wire::send::button::Button;
use wire::send::quick_reply::QuickReply;
use wire::send::template::Template;
use wire::time::Millis;

use super::asked::{Asked, account, id_of, limit, person};
use super::problem::Answer;
use crate::state::Server;

/// Which thread to read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Username of the account.
    with: String,
    /// How many messages at most: 1 to 100, usually 25.
    limit: Option<u32>,
    /// Only messages older than this one.
    before: Option<String>,
}

/// A message as the person sees it. What it does not have is left out behind `created_time`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageView {
    id: String,
    /// Username of the writer.
    from: String,
    text: String,
    /// RFC 3339.
    created_time: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentView>,
    /// As it was sent, with the buttons' titles cut at 20 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    template: Option<Template>,
    /// Only below the newest message; a phone number or an address only for people who have one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quick_replies: Vec<QuickReplyView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reactions: Vec<ReactionView>,
    /// The message that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<String>,
    /// The account's story that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<PostView>,
    /// The message with the person's story that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    mention: Option<String>,
    /// The person's comment that this private reply answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<AnsweredComment>,
    /// Whether it was taken back: then nothing else is left of it.
    #[serde(skip_serializing_if = "is_false")]
    is_unsent: bool,
    /// Whether its text was edited.
    #[serde(skip_serializing_if = "is_false")]
    is_edited: bool,
}

/// A file, a sticker or a post in a message.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttachmentView {
    /// `image`, `video`, `audio`, `file`, `sticker`, `like_heart`, `share` or `story_mention`; `unsupported`; or whatever name apps
    /// are told.
    #[serde(rename = "type")]
    kind: String,
    /// Where it can be loaded; left out when it is there no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The post that is shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Name of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// An answer to be tapped.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QuickReplyView {
    /// `text`, `user_phone_number` or `user_email`.
    content_type: &'static str,
    /// Its title, or what the person's profile has.
    title: String,
}

/// A reaction to a message.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReactionView {
    /// Username of who reacted.
    from: String,
    emoji: String,
}

/// A post of the account.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PostView {
    id: String,
    /// Its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A comment that was answered.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnsweredComment {
    id: String,
    text: String,
    /// The post that it stands under, to which the message links.
    media_id: String,
}

/// A conversation.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Conversation {
    /// Messages, newest first; none while the thread is removed.
    data: Vec<MessageView>,
    /// Whether there are older messages than those listed.
    older: bool,
    /// Until when the account is shown as writing, RFC 3339; null when it is not.
    typing: Option<Typing>,
    seen: SeenView,
    /// `primary`, `general`, `requests` or `spam`; null before there is a thread.
    folder: Option<&'static str>,
    blocked: Blocked,
    /// Whether the person deleted or archived the thread.
    removed: bool,
}

/// The account writes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Typing {
    /// RFC 3339.
    until: String,
}

/// What each side has seen.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct SeenView {
    /// The account's newest message that the person has seen.
    by_person: Option<String>,
    /// The person's newest message, of those listed, that the account has answered or marked as seen.
    by_account: Option<String>,
}

/// Who has blocked whom.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Blocked {
    /// The person has blocked the account.
    by_person: bool,
    /// The account has blocked the person.
    by_account: bool,
}

impl Blocked {
    /// Between these two.
    pub(super) fn between(user: &ScopedUser) -> Self {
        Self { by_person: user.is_user_block_business, by_account: user.is_business_block_user }
    }
}

impl Typing {
    /// Whether the account writes at `now`.
    pub(super) fn at(now: Millis, thread: &Thread) -> Option<Self> {
        let until = thread.typing_until.filter(|until| *until > now)?;
        Some(Self { until: until.rfc3339() })
    }
}

/// Name of a folder.
pub(super) fn folder(thread: &Thread) -> Option<&'static str> {
    Folder::ALL.into_iter().find(|(folder, ..)| *folder == thread.folder).map(|(_, name, _)| name)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// A thread as the person sees it, newest message first.
#[utoipa::path(
    get, path = "/_parlance/people/{username}/messages", operation_id = "read_thread", tag = "people",
    params(("username" = String, Path, description = "who reads"), Which),
    responses(
        (status = 200, body = Conversation),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn read(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<Which>,
) -> Answer<Json<Conversation>> {
    let (person, account) = (person(&server, &username).await?, account(&server, &asked.with).await?);
    let store = &server.world.store;
    let Some(user) = store.scoped_user_of(account.id, person.id).await? else {
        return Ok(Json(Conversation::default()));
    };
    let blocked = Blocked::between(&user);
    let Some(found) = store.thread(account.id, user.igsid).await? else {
        return Ok(Json(Conversation { blocked, ..Conversation::default() }));
    };
    let thread = found.thread;
    let around = Conversation { blocked, ..around(&server, &thread) };
    if thread.is_removed {
        return Ok(Json(around));
    }
    let before: Option<MessageId> = asked.before.as_deref().map(id_of).transpose()?;
    let from = before.map_or(Start::Newest, |message| Start::After(message.item));
    let slice = Slice { from, limit: limit(asked.limit, 25, 100) };
    let Part { items, older, .. } = store.messages(account.id, user.igsid, slice).await?;
    let reactions = match (items.last(), items.first()) {
        (Some(oldest), Some(newest)) => store.reactions(account.id, user.igsid, oldest.id.item, newest.id.item).await?,
        _ => Vec::new(),
    };
    let sight = Sight { server: &server, person: &person, account: &account, thread: &thread, reactions };
    let mut data = Vec::with_capacity(items.len());
    for message in &items {
        data.push(sight.message(message).await?);
    }
    let by_account = answered(&thread, &items).map(|message| message.to_string());
    Ok(Json(Conversation { data, older, seen: SeenView { by_account, ..around.seen }, ..around }))
}

fn around(server: &Server, thread: &Thread) -> Conversation {
    let seen = thread.seen_item.map(|item| MessageId { account: thread.account, igsid: thread.igsid, item });
    Conversation {
        typing: Typing::at(server.world.now(), thread),
        seen: SeenView { by_person: seen.map(|message| message.to_string()), by_account: None },
        folder: folder(thread),
        removed: thread.is_removed,
        ..Conversation::default()
    }
}

/// The person's newest message that the account marked as seen or wrote after: an answer says that it was read (contract
/// send 3.4).
fn answered(thread: &Thread, items: &[Message]) -> Option<MessageId> {
    let last: Item = thread.business_seen_item.max(thread.last_business_item)?;
    items.iter().find(|message| message.from == Side::Person && message.id.item <= last).map(|message| message.id)
}

/// Who looks at what.
pub(super) struct Sight<'a> {
    pub(super) server: &'a Server,
    pub(super) person: &'a Person,
    pub(super) account: &'a Account,
    pub(super) thread: &'a Thread,
    /// All reactions to the messages that are shown.
    pub(super) reactions: Vec<Reaction>,
}

impl Sight<'_> {
    fn name(&self, side: Side) -> String {
        match side {
            Side::Person => self.person.username.clone(),
            Side::Business => self.account.username.clone(),
        }
    }

    /// A message as the person sees it.
    pub(super) async fn message(&self, message: &Message) -> Read<MessageView> {
        let aside = &message.aside;
        let reactions = self.reactions.iter().filter(|reaction| reaction.message == message.id);
        let view = |reaction: &Reaction| ReactionView { from: self.name(reaction.from), emoji: reaction.emoji.clone() };
        Ok(MessageView {
            id: message.id.to_string(),
            from: self.name(message.from),
            text: message.content.text().to_owned(),
            created_time: message.created_time.rfc3339(),
            attachments: self.attachments(message).await?,
            template: template(&message.content),
            quick_replies: self.quick_replies(message),
            reactions: reactions.map(view).collect(),
            reply_to: aside.reply_to.map(|item| MessageId { item, ..message.id }.to_string()),
            story: match aside.story {
                Some(story) => Some(PostView { id: story.to_string(), url: self.picture(story).await? }),
                None => None,
            },
            mention: aside.mention.map(|item| MessageId { item, ..message.id }.to_string()),
            comment: self.comment(message).await?,
            is_unsent: message.content == Content::Unsent,
            is_edited: aside.num_edit > 0,
        })
    }

    async fn attachments(&self, message: &Message) -> Read<Vec<AttachmentView>> {
        let bare = |kind: &str| AttachmentView { kind: kind.to_owned(), url: None, id: None, name: None };
        Ok(match &message.content {
            Content::Media(files) => {
                let mut views = Vec::with_capacity(files.len());
                for file in files {
                    views.push(self.file(file, file.kind.name()).await?);
                }
                views
            }
            Content::LikeHeart => vec![bare("like_heart")],
            Content::MediaShare(post) => {
                vec![AttachmentView { url: self.picture(*post).await?, id: Some(post.to_string()), ..bare("share") }]
            }
            Content::StoryMention(file) => vec![self.file(file, "story_mention").await?],
            Content::Sticker(file) => vec![self.file(file, "sticker").await?],
            Content::Named(attachment) => vec![bare(&attachment.kind)],
            Content::Unsupported => vec![bare("unsupported")],
            Content::Text(_) | Content::Postback { .. } | Content::Template(_) | Content::Unsent => Vec::new(),
        })
    }

    async fn file(&self, file: &MediaFile, kind: &str) -> Read<AttachmentView> {
        let world = &self.server.world;
        let found = world.store.asset(self.account.id, file.asset).await?;
        let url = found.as_ref().map(|asset| media::url(world, asset.account, asset.id));
        Ok(AttachmentView { kind: kind.to_owned(), url, id: None, name: found.and_then(|asset| asset.file_name) })
    }

    /// Where the picture of a post is.
    async fn picture(&self, post: MediaId) -> Read<Option<String>> {
        let world = &self.server.world;
        let found = world.store.medium(self.account.id, post).await?;
        Ok(found.map(|post| match post.media_url.starts_with('/') {
            true => format!("{}{}", world.media.base(), post.media_url),
            false => post.media_url,
        }))
    }

    fn quick_replies(&self, message: &Message) -> Vec<QuickReplyView> {
        if message.id.item != self.thread.last_item {
            return Vec::new();
        }
        let view = |reply| {
            let title = shown(reply, self.person)?.to_owned();
            let content_type = match reply {
                QuickReply::Text { .. } => "text",
                QuickReply::UserPhoneNumber => "user_phone_number",
                QuickReply::UserEmail => "user_email",
            };
            Some(QuickReplyView { content_type, title })
        };
        message.aside.quick_replies.iter().filter_map(view).collect()
    }

    async fn comment(&self, message: &Message) -> Read<Option<AnsweredComment>> {
        let Some(id) = message.aside.comment else { return Ok(None) };
        let found = self.server.world.store.comment(self.account.id, id).await?;
        Ok(found.map(|comment| AnsweredComment {
            id: comment.id.to_string(),
            text: comment.text,
            media_id: comment.media.to_string(),
        }))
    }
}

/// A template with its labels as they are shown.
fn template(content: &Content) -> Option<Template> {
    let Content::Template(template) = content else { return None };
    let mut template = template.clone();
    match &mut template {
        Template::Generic { elements } => elements.iter_mut().flat_map(|element| &mut element.buttons).for_each(cut),
        Template::Button { buttons, .. } => buttons.iter_mut().for_each(cut),
        Template::Product { .. } => {}
    }
    Some(template)
}

fn cut(button: &mut Button) {
    let (Button::WebUrl { title, .. } | Button::Postback { title, .. }) = button;
    title.truncate(label(title).len());
}
