//! What a message says, as it is kept: the request's content with everything it refers to looked up (contract send 1.4 to
//! 1.9).

use wire::id::{Igsid, Item, MessageId};
use wire::send::message::{Content as Said, Message as Asked};
use wire::send::template::Template;
use wire::version::ApiVersion;

use super::Order;
use crate::facts::{Account, Aside, Content, MediaFile};
use crate::policy::links;
use crate::refusal::{Failure, Refusal};
use crate::settings::Settings;
use crate::world::World;

/// First version with product templates (contract send 1.6).
const PRODUCT_SINCE: ApiVersion = ApiVersion { major: 8, minor: 0 };

/// Whether it is no plain text, with or without quick replies: such content is held back from strangers (contract send 3.3).
pub(super) fn is_rich(said: &Said) -> bool {
    !matches!(said, Said::Text { .. })
}

/// Decides what can be told without a look at any file.
///
/// # Errors
/// [`Refusal::ImageCollections`].
pub(super) fn check_files(business: &Account, said: &Said) -> Result<(), Refusal> {
    match said {
        Said::Media(files) if files.len() > 1 && !business.image_collections => Err(Refusal::ImageCollections),
        _ => Ok(()),
    }
}

/// The content as it is kept. `files` are those of media, in their order.
///
/// # Errors
/// [`Refusal::InvalidMessage`] for a post that is not the account's own and a link that is none, [`Refusal::LinkBlocked`],
/// [`Refusal::ProductId`], [`Refusal::ProductVersion`].
pub(super) async fn kept(
    world: &World,
    order: Order<'_>,
    said: &Said,
    files: Vec<MediaFile>,
) -> Result<Content, Failure> {
    let blocked = &world.settings.blocked_links.0;
    Ok(match said {
        Said::Text { text, .. } => {
            links::decide_text(text, blocked)?;
            Content::Text(text.clone())
        }
        Said::Media(_) => Content::Media(files),
        Said::LikeHeart => Content::LikeHeart,
        Said::MediaShare(id) => {
            let id = id.parse().map_err(|_| Refusal::InvalidMessage)?;
            world.store.medium(order.account, id).await?.ok_or(Refusal::InvalidMessage)?;
            Content::MediaShare(id)
        }
        Said::Template(template) => {
            check_products(&world.settings, order.version, template)?;
            links::decide_template(template, blocked)?;
            Content::Template(template.clone())
        }
    })
}

fn check_products(settings: &Settings, version: ApiVersion, template: &Template) -> Result<(), Refusal> {
    let Template::Product { elements } = template else { return Ok(()) };
    if version < PRODUCT_SINCE {
        return Err(Refusal::ProductVersion);
    }
    let catalogue = &settings.catalogue_products.0;
    let is_known = |id: &str| {
        let decimal = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        decimal && (catalogue.is_empty() || catalogue.iter().any(|known| known == id))
    };
    if elements.iter().all(|element| is_known(&element.id)) { Ok(()) } else { Err(Refusal::ProductId) }
}

/// What stands beside the content.
///
/// # Errors
/// [`Refusal::InvalidMessage`] when it answers a message that is not in this thread, or is no more.
pub(super) async fn aside(
    world: &World,
    order: Order<'_>,
    to: Igsid,
    message: &Asked,
    reply_to: Option<&str>,
) -> Result<Aside, Failure> {
    let quick_replies = match &message.content {
        Said::Text { quick_replies, .. } => quick_replies.clone(),
        _ => Vec::new(),
    };
    let reply_to = match reply_to {
        Some(mid) => Some(in_thread(world, order, to, mid).await?.ok_or(Refusal::InvalidMessage)?),
        None => None,
    };
    Ok(Aside { quick_replies, reply_to, metadata: message.metadata.clone(), ..Aside::default() })
}

/// The number of a message of this thread that is still there.
pub(super) async fn in_thread(world: &World, order: Order<'_>, to: Igsid, mid: &str) -> Result<Option<Item>, Failure> {
    let Ok(id) = mid.parse::<MessageId>() else { return Ok(None) };
    if id.account != order.account || id.igsid != to {
        return Ok(None);
    }
    let found = world.store.message(id).await?.filter(|message| message.content != Content::Unsent);
    Ok(found.map(|message| message.id.item))
}
