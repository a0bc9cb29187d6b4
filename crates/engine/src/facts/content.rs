//! What an account has published, as far as messaging refers to it.

use serde::{Deserialize, Serialize};
use wire::id::{AccountId, CommentId, Igsid, MediaId};
use wire::time::{Millis, Span};

/// How long a story is there (contract read 4.8).
pub const STORY: Span = Span::hours(24);

/// A published post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// The account that published it.
    pub account: AccountId,
    /// Media id.
    pub id: MediaId,
    /// Text under the picture.
    pub caption: String,
    /// Path of the picture on this server.
    pub media_url: String,
    /// When it was published.
    pub timestamp: Millis,
    /// Where it was published.
    pub media_product_type: MediaProductType,
    /// When a broadcast ended; comments on it can be answered while it runs (contract send 3.3).
    pub ended_time: Option<Millis>,
    /// The ad behind it, for an ad or a boosted post (contract webhooks 3.16).
    pub ad: Option<MediaAd>,
    /// How often a story was looked at and what followed; nothing before anybody looked (contract webhooks 3.18).
    pub insights: Option<StoryInsights>,
    /// The posts that a carousel shows, first one first; none for a post of one picture.
    pub children: Vec<MediaId>,
    /// Where the link sticker of a story leads (contract webhooks 3.3).
    pub link_url: Option<String>,
    /// When a story ends by itself; nothing once it has ended, and for all else (contract read 4.8).
    pub expires_time: Option<Millis>,
}

impl Media {
    /// Whether it can be seen: a story is there for a day, or until it is taken down.
    pub fn is_seen(&self, now: Millis) -> bool {
        self.media_product_type != MediaProductType::Story || !self.is_over(now)
    }

    /// Whether a story or a broadcast has ended (contract read 4.8, webhooks 3.16).
    pub fn is_over(&self, now: Millis) -> bool {
        let by_clock = self.media_product_type == MediaProductType::Story && now.since(self.timestamp) >= STORY;
        by_clock || self.ended_time.is_some_and(|ended| ended <= now)
    }
}

/// The ad that shows a post.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MediaAd {
    /// Its id; a dynamic ad shows none.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The post that was boosted.
    pub original_media: Option<MediaId>,
}

/// How a story was received; every figure counts acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoryInsights {
    /// Times it was shown.
    pub impressions: u64,
    /// People whom it was shown to.
    pub reach: u64,
    /// Taps to the next one.
    pub taps_forward: u64,
    /// Taps to the one before.
    pub taps_back: u64,
    /// Times somebody left.
    pub exits: u64,
    /// Answers.
    pub replies: u64,
}

/// Where a post is published (contract send 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MediaProductType {
    /// The profile's feed.
    #[default]
    Feed,
    /// Reels.
    Reels,
    /// Stories.
    Story,
    /// An ad.
    Ad,
    /// A live broadcast.
    Live,
}

impl MediaProductType {
    /// Every type with its name on the wire and its number in the store.
    pub const ALL: [(MediaProductType, &'static str, i64); 5] = [
        (MediaProductType::Feed, "FEED", 0),
        (MediaProductType::Reels, "REELS", 1),
        (MediaProductType::Story, "STORY", 2),
        (MediaProductType::Ad, "AD", 3),
        (MediaProductType::Live, "LIVE", 4),
    ];
}

/// A comment under a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The account whose post it stands under.
    pub account: AccountId,
    /// Comment id.
    pub id: CommentId,
    /// The post.
    pub media: MediaId,
    /// Who wrote it, as the account knows them.
    pub from: Igsid,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub timestamp: Millis,
    /// The comment that this one answers.
    pub parent: Option<CommentId>,
    /// When its one private reply was used up (contract send 3.3).
    pub replied_time: Option<Millis>,
    /// Whether it was deleted.
    pub is_deleted: bool,
}
