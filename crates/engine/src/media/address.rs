//! Media URLs: the signature in them is the only right that they need, and tells where the file lies (contract read 3.1,
//! webhooks 4).
//!
//! The signature is `Ab` and, in URL-safe base64, the account, the moment when the URL ends, for the story of a person who
//! that is and when it came, and an HMAC over all that and the number in the URL. Whether what it leads to is still to be seen
//! is asked on every fetch (contract read 3.2).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use wire::id::{AccountId, AssetId, Igsid, MediaId};
use wire::time::{Millis, Span};

use crate::facts::Media;
pub use crate::facts::STORY;
use crate::world::World;

/// Where files are served, as on Meta's own host.
pub const PATH: &str = "/ig_messaging_cdn/";

/// How the signatures of the platform's media URLs begin.
const PREFIX: &str = "Ab";

/// What a URL leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// Whose it is.
    pub account: AccountId,
    /// What it is.
    pub target: Target,
}

/// What can be seen at a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A file of a message.
    File(AssetId),
    /// The story of a person that mentions the account.
    Mention {
        /// Its file.
        asset: AssetId,
        /// Whose story it is.
        igsid: Igsid,
        /// When it came.
        posted: Millis,
    },
    /// A post or a story of the account.
    Post(MediaId),
}

impl Target {
    /// Keeps the signatures of one kind from being those of another.
    fn purpose(self) -> &'static str {
        match self {
            Target::File(_) => "media",
            Target::Mention { .. } => "mention",
            Target::Post(_) => "post",
        }
    }

    /// The `asset_id` of the URL.
    fn number(self) -> u64 {
        match self {
            Target::File(asset) | Target::Mention { asset, .. } => asset.get(),
            Target::Post(media) => media.get(),
        }
    }

    /// What the signature says of it beside the number.
    fn rest(self) -> Option<(Igsid, Millis)> {
        match self {
            Target::Mention { igsid, posted, .. } => Some((igsid, posted)),
            Target::File(_) | Target::Post(_) => None,
        }
    }
}

/// Why a URL does not lead to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The signature is not ours.
    #[error("URL signature mismatch")]
    Wrong,
    /// The URL lived its life.
    #[error("URL signature expired")]
    Expired,
}

/// The privacy-aware address of a file (contract read 3.1), absolute. It lives for `media_url_hours`, as all of them do.
pub fn url(world: &World, account: AccountId, asset: AssetId) -> String {
    signed(world, Address { account, target: Target::File(asset) })
}

/// The address of a person's story: it shows nothing from a day after the story was posted on (contract read 3.2, 10).
pub fn mention_url(world: &World, account: AccountId, igsid: Igsid, asset: AssetId, posted: Millis) -> String {
    signed(world, Address { account, target: Target::Mention { asset, igsid, posted } })
}

/// The address of the picture of a post or story of the account; of a carousel that is the first one's (contract webhooks 3.2).
pub fn post_url(world: &World, post: &Media) -> String {
    if !post.media_url.starts_with('/') {
        return post.media_url.clone();
    }
    signed(world, Address { account: post.account, target: Target::Post(post.id) })
}

fn signed(world: &World, address: Address) -> String {
    let until = world.now().plus(Span::hours(world.settings.media_url_hours));
    let mut token = Vec::with_capacity(64);
    token.extend(address.account.get().to_be_bytes());
    token.extend(until.get().to_be_bytes());
    if let Some((igsid, posted)) = address.target.rest() {
        token.extend(igsid.get().to_be_bytes());
        token.extend(posted.get().to_be_bytes());
    }
    token.extend(seal(world, address, until));
    let (base, number) = (world.media.base(), address.target.number());
    format!("{base}{PATH}?asset_id={number}&signature={PREFIX}{}", URL_SAFE_NO_PAD.encode(token))
}

/// Reads what the query of a media URL says.
///
/// # Errors
/// [`AddressError`].
pub fn verify(world: &World, asset_id: &str, signature: &str) -> Result<Address, AddressError> {
    let (address, until) = read(world, asset_id, signature).ok_or(AddressError::Wrong)?;
    if until <= world.now() { Err(AddressError::Expired) } else { Ok(address) }
}

fn read(world: &World, asset_id: &str, signature: &str) -> Option<(Address, Millis)> {
    let number: AssetId = asset_id.parse().ok()?;
    let token = URL_SAFE_NO_PAD.decode(signature.strip_prefix(PREFIX)?).ok()?;
    let (account, rest) = token.split_first_chunk::<8>()?;
    let (until, rest) = rest.split_first_chunk::<8>()?;
    let account = AccountId::new(u64::from_be_bytes(*account));
    let until = Millis::new(i64::from_be_bytes(*until));
    let (targets, given) = match rest.len() {
        32 => (vec![Target::File(number), Target::Post(MediaId::new(number.get()))], rest),
        _ => {
            let (igsid, rest) = rest.split_first_chunk::<8>()?;
            let (posted, given) = rest.split_first_chunk::<8>()?;
            let igsid = Igsid::new(u64::from_be_bytes(*igsid));
            let posted = Millis::new(i64::from_be_bytes(*posted));
            (vec![Target::Mention { asset: number, igsid, posted }], given)
        }
    };
    let addresses = targets.into_iter().map(|target| Address { account, target });
    let found = addresses.into_iter().find(|address| bool::from(seal(world, *address, until).ct_eq(given)));
    found.map(|address| (address, until))
}

/// Each part has a fixed length, so none flows into the next.
fn seal(world: &World, address: Address, until: Millis) -> [u8; 32] {
    let Address { account, target } = address;
    let (igsid, posted) = target.rest().unwrap_or((Igsid::new(0), Millis::default()));
    let parts =
        [account.get(), target.number(), until.get().cast_unsigned(), igsid.get(), posted.get().cast_unsigned()];
    let parts = parts.map(u64::to_be_bytes);
    let used: Vec<&[u8]> =
        parts[..if target.rest().is_some() { 5 } else { 3 }].iter().map(<[u8; 8]>::as_slice).collect();
    world.vault.sign(target.purpose(), &used)
}
