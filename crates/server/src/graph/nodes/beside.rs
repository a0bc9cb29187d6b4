//! What fields of a message need beyond the message: its files, the post or story it is about, reactions to it.

use engine::Failure;
use engine::facts::{Asset, Content, Media, MediaFile, Message, Reaction};
use engine::media;
use engine::store::Read;
use wire::fields::Fields;
use wire::id::MediaId;

use super::super::call::Call;

/// Facts around one message; only those that the fields asked for need.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Its files that are there, in order.
    pub files: Vec<Asset>,
    /// The post that it shares.
    pub share: Option<Media>,
    /// The account's story that it answers.
    pub story: Option<Media>,
    /// Where the person's story is seen that mentions the account.
    pub mention: Option<String>,
    /// Reactions to it.
    pub reactions: Vec<Reaction>,
}

impl Beside {
    /// Reads what stands beside messages of one thread, in their order.
    ///
    /// # Errors
    /// The store's.
    pub async fn of(call: &Call<'_>, messages: &[&Message], fields: Option<&Fields>) -> Result<Vec<Self>, Failure> {
        let mut all = vec![Self::default(); messages.len()];
        let asked = |name| fields.is_some_and(|fields| fields.has(name));
        for (message, beside) in messages.iter().zip(&mut all) {
            if asked("attachments") {
                beside.files = files(call, message).await?;
            }
            if let (true, Content::MediaShare(post)) = (asked("shares"), &message.content) {
                beside.share = post_of(call, message, *post).await?;
            }
            if asked("story") {
                beside.mention = media::mention_link(&call.server.world, message).await?;
            }
            if let (true, Some(story)) = (asked("story"), message.aside.story) {
                beside.story = post_of(call, message, story).await?;
            }
        }
        let (oldest, newest) = (messages.iter().map(|m| m.id).min(), messages.iter().map(|m| m.id).max());
        if let (true, Some(oldest), Some(newest)) = (asked("reactions"), oldest, newest) {
            let store = &call.server.world.store;
            for reaction in store.reactions(oldest.account, oldest.igsid, oldest.item, newest.item).await? {
                if let Some(at) = messages.iter().position(|message| message.id == reaction.message) {
                    all[at].reactions.push(reaction);
                }
            }
        }
        Ok(all)
    }
}

async fn files(call: &Call<'_>, message: &Message) -> Read<Vec<Asset>> {
    let files = match &message.content {
        Content::Media(files) => files.as_slice(),
        Content::Sticker(file) => std::slice::from_ref(file),
        _ => return Ok(Vec::new()),
    };
    let mut found = Vec::with_capacity(files.len());
    for MediaFile { asset, .. } in files {
        found.extend(call.server.world.store.asset(message.id.account, *asset).await?);
    }
    Ok(found)
}

async fn post_of(call: &Call<'_>, message: &Message, post: MediaId) -> Read<Option<Media>> {
    call.server.world.store.medium(message.id.account, post).await
}
