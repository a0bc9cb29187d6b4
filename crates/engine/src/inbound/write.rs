//! A person writes: text, files, a share, a story (contract send 3.1, read 2).

use wire::id::{MediaId, MessageId};
use wire::time::Span;

use super::{Act, Came, Scene};
use crate::change::ChangeSet;
use crate::facts::{Aside, Content, Entry, EventKind, MediaFile, MediaProductType};
use crate::refusal::{Failure, Refusal};

/// Longest text a person can write, in characters, as in the Instagram app (inferred).
pub const TEXT_CHARS: usize = 1_000;
/// Files in one message at most.
pub const FILES: usize = 10;
/// How long a story is there (contract read 4.8).
const STORY: Span = Span::hours(24);

/// A message of a person. It opens the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// What it says.
    pub saying: Saying,
    /// The message of the thread that it answers.
    pub reply_to: Option<MessageId>,
    /// What brought the person here, if something did.
    pub came: Option<Came>,
    /// The app that it leads to, where it leads to one (contract webhooks 5.3).
    pub entry: Option<Entry>,
}

/// What a message of a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// A text of at most [`TEXT_CHARS`] characters.
    Text(String),
    /// One to [`FILES`] files that the account's store holds.
    Media(Vec<MediaFile>),
    /// The heart.
    LikeHeart,
    /// A post of the account.
    Share(MediaId),
    /// The person's own story, which mentions the account.
    StoryMention(MediaFile),
    /// A text about a story of the account that is still there.
    StoryReply(MediaId, String),
}

impl Act for Write {
    /// The message.
    type Done = MessageId;

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<MessageId, Failure> {
        let mut aside = Aside::default();
        let content = match &self.saying {
            Saying::Text(text) => Content::Text(checked(text)?),
            Saying::Media(files) => {
                if !(1..=FILES).contains(&files.len()) {
                    return Err(Refusal::Parameter(format!("a message has 1 to {FILES} files")).into());
                }
                for file in files {
                    whole(scene, file).await?;
                }
                Content::Media(files.clone())
            }
            Saying::LikeHeart => Content::LikeHeart,
            Saying::Share(media) => {
                post(scene, *media).await?;
                Content::MediaShare(*media)
            }
            Saying::StoryMention(file) => {
                whole(scene, file).await?;
                Content::StoryMention(file.clone())
            }
            Saying::StoryReply(story, text) => {
                aside.story = Some(alive(scene, *story).await?);
                Content::Text(checked(text)?)
            }
        };
        if let Some(id) = self.reply_to {
            aside.reply_to = Some(scene.message(id).await?.id.item);
        }
        if let Some(came) = &self.came {
            aside.referral = came.referral(scene).await?;
            aside.entry = self.entry;
        }
        scene.say(set, content, aside, EventKind::MessageReceived).await
    }
}

/// A text that a person can write.
pub(super) fn checked(text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::Parameter("text must not be empty".into()));
    }
    if text.contains('\0') {
        return Err(Refusal::Parameter("text must not contain U+0000".into()));
    }
    if text.chars().count() > TEXT_CHARS {
        return Err(Refusal::Parameter(format!("text must have at most {TEXT_CHARS} characters")));
    }
    Ok(text.to_owned())
}

async fn whole(scene: &Scene<'_>, file: &MediaFile) -> Result<(), Failure> {
    let found = scene.world.store.asset(scene.account.id, file.asset).await?;
    match found {
        Some(asset) if asset.kind == file.kind => Ok(()),
        Some(asset) => Err(Refusal::Parameter(format!("file {} is of type {}", file.asset, asset.kind.name())).into()),
        None => Err(Refusal::NoObject { verb: "post", id: file.asset.to_string() }.into()),
    }
}

async fn post(scene: &Scene<'_>, media: MediaId) -> Result<crate::facts::Media, Failure> {
    let found = scene.world.store.medium(scene.account.id, media).await?;
    Ok(found.ok_or_else(|| Refusal::NoObject { verb: "post", id: media.to_string() })?)
}

async fn alive(scene: &Scene<'_>, story: MediaId) -> Result<MediaId, Failure> {
    let media = post(scene, story).await?;
    if media.media_product_type != MediaProductType::Story || scene.now.since(media.timestamp) > STORY {
        return Err(Refusal::Parameter(format!("{story} is no story, or it is over")).into());
    }
    Ok(story)
}
