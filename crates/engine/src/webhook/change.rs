//! What an app is told outside of messaging: comments, mentions, how a story did (contract webhooks 3.16 to 3.18).

use serde_json::{Map, Value, json};
use wire::dialect::Dialect;
use wire::id::{CommentId, Igsid, MediaId};
use wire::time::Millis;
use wire::version::ApiVersion;

use super::delivery;
use crate::change::ChangeSet;
use crate::facts::{Account, Channel, Comment, Delivery, Media, MediaAd, MediaProductType, StoryInsights};
use crate::routes::{About, Receiver, receivers};
use crate::store::Read;
use crate::world::World;

/// First version whose comments say more than their id and text (contract webhooks 3.16).
const COMMENTS_SINCE: ApiVersion = ApiVersion { major: 13, minor: 0 };
/// What stands in the place of a count that could tell who somebody is, and the least count that is told (contract webhooks 3.18).
const FEW: i64 = -1;
const MANY: u64 = 5;

/// A comment with what stands around it.
pub struct Commented<'a> {
    /// The account whose post it stands under.
    pub account: &'a Account,
    /// The comment.
    pub comment: &'a Comment,
    /// The post.
    pub media: &'a Media,
    /// Username of who wrote it.
    pub username: &'a str,
}

impl Commented<'_> {
    fn from(&self) -> Value {
        let Self { account, comment, .. } = self;
        if account.self_igsid == Some(comment.from) {
            return json!({"id": account.id, "username": account.username, "self_ig_scoped_id": comment.from});
        }
        json!({"id": comment.from, "username": self.username})
    }

    /// As it is told with this `media`; versions of before knew no more than id and text.
    fn value(&self, version: ApiVersion, media: &Value) -> Value {
        let Comment { id, text, parent, .. } = self.comment;
        if version < COMMENTS_SINCE {
            return json!({"id": id, "text": text});
        }
        let mut value = object(json!({"id": id, "from": self.from(), "text": text}));
        value.extend(parent.map(|parent| ("parent_id".to_owned(), json!(parent))));
        value.insert("media".to_owned(), media.clone());
        Value::Object(value)
    }
}

/// Adds the deliveries that a comment causes: `live_comments` while a broadcast runs, `comments` else.
///
/// # Errors
/// The store's.
pub async fn announce_comment(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    commented: &Commented<'_>,
) -> Read<()> {
    let field = match commented.media.media_product_type {
        MediaProductType::Live => "live_comments",
        _ => "comments",
    };
    let posts = posts(world, commented.media);
    for receiver in receivers(world, about, field).await? {
        for post in &posts {
            let value = commented.value(receiver.version, post);
            tell(world, set, about, &receiver, &value, commented.comment.timestamp);
        }
    }
    Ok(())
}

/// What a comment names as its post: one thing, or for a boosted post where that is chosen both the post and the ad.
fn posts(world: &World, media: &Media) -> Vec<Value> {
    let MediaAd { id, title, original_media } = media.ad.clone().unwrap_or_default();
    let mut shown = object(json!({"id": media.id, "media_product_type": name(media.media_product_type)}));
    shown.extend(id.map(|id| ("ad_id".to_owned(), json!(id))));
    shown.extend(title.map(|title| ("ad_title".to_owned(), json!(title))));
    shown.extend(original_media.map(|media| ("original_media_id".to_owned(), json!(media))));
    let original = original_media.filter(|_| world.settings.ad_comments_twice);
    let original = original.map(|id| json!({"id": id, "media_product_type": name(MediaProductType::Feed)}));
    original.into_iter().chain([Value::Object(shown)]).collect()
}

fn name(kind: MediaProductType) -> &'static str {
    MediaProductType::ALL.iter().find(|row| row.0 == kind).map_or("", |row| row.1)
}

/// A person named the account in a post of their own, or in a comment.
pub struct Mentioned<'a> {
    /// The post.
    pub media: MediaId,
    /// The comment that names the account; without one the caption does.
    pub comment: Option<CommentId>,
    /// What the caption or the comment says.
    pub text: &'a str,
    /// Who wrote it.
    pub from: Igsid,
    /// Their username.
    pub username: &'a str,
}

/// Adds the deliveries that a mention causes: `mentions` by Facebook Login, folded into `comments` by Instagram Login (contract
/// webhooks 1.5, 3.17).
///
/// # Errors
/// The store's.
pub async fn announce_mention(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    mentioned: &Mentioned<'_>,
    now: Millis,
) -> Read<()> {
    let Mentioned { media, comment, text, from, username } = mentioned;
    let mut value = object(json!({ "media_id": media }));
    value.extend(comment.map(|comment| ("comment_id".to_owned(), json!(comment))));
    let value = Value::Object(value);
    for receiver in receivers(world, about, "mentions").await? {
        tell(world, set, about, &receiver, &value, now);
    }
    let mut folded = Map::new();
    folded.extend(comment.map(|comment| ("id".to_owned(), json!(comment))));
    folded.insert("from".into(), json!({"id": from, "username": username}));
    folded.insert("text".into(), json!(text));
    folded.insert("media".into(), json!({"id": media, "media_product_type": name(MediaProductType::Feed)}));
    let folded = Value::Object(folded);
    for receiver in receivers(world, about, "comments").await? {
        if receiver.login == Dialect::Instagram {
            tell(world, set, about, &receiver, &folded, now);
        }
    }
    Ok(())
}

/// Adds the deliveries that the end of a story causes (contract webhooks 3.18).
///
/// # Errors
/// The store's.
pub async fn announce_insights(world: &World, set: &mut ChangeSet, story: &Media, now: Millis) -> Read<()> {
    let about = About { account: story.account, igsid: NOBODY, person: None, thread: None, author: None };
    let StoryInsights { impressions, reach, taps_forward, taps_back, exits, replies } =
        story.insights.unwrap_or_default();
    let count = |count: u64| if count < MANY { json!(FEW) } else { json!(count) };
    let value = json!({
        "media_id": story.id, "impressions": count(impressions), "reach": count(reach),
        "taps_forward": count(taps_forward), "taps_back": count(taps_back), "exits": count(exits),
        "replies": count(replies),
    });
    for receiver in receivers(world, about, "story_insights").await? {
        tell(world, set, about, &receiver, &value, now);
    }
    Ok(())
}

/// Whose events those are that no person caused: they keep an order of their own.
pub(crate) const NOBODY: Igsid = Igsid::new(0);

/// Adds a delivery in the form that the receiver chose: the element is the change; its field's name alone where values are left
/// out; or the two side by side, which then stand in the entry itself. [`rest`] makes the entry of it.
fn tell(world: &World, set: &mut ChangeSet, about: About<'_>, receiver: &Receiver, value: &Value, now: Millis) {
    let field = receiver.field;
    let is_flat = world.settings.flat_changes && receiver.login == Dialect::Instagram;
    let element = match (receiver.include_values, is_flat) {
        (false, _) => json!(field),
        (true, true) => json!([field, value]),
        (true, false) => json!({"field": field, "value": value}),
    };
    set.push(delivery(receiver, (about.account, about.igsid), &element, now));
}

/// What stands behind an entry's id and time where that is not a list of elements (contract webhooks 2.1).
pub(super) fn rest(delivery: &Delivery) -> Option<String> {
    if delivery.channel != Channel::Changes {
        return None;
    }
    let element = &delivery.element;
    if element.starts_with('"') {
        return Some(format!(r#""changed_fields":[{element}]"#));
    }
    let (field, value) = element.strip_prefix('[')?.strip_suffix(']')?.split_once(',')?;
    Some(format!(r#""field":{field},"value":{value}"#))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
