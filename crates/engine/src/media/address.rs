//! Media URLs: the signature in them is the only right that they need, and tells where the file lies (contract read 3.1,
//! webhooks 4).
//!
//! The signature is `Ab` and, in URL-safe base64, the account, the moment when the URL ends, and an HMAC over both and the
//! file's number. Whether the file is still there is asked on every fetch (contract read 3.2).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use wire::id::{AccountId, AssetId};
use wire::time::{Millis, Span};

use crate::world::World;

/// Where files are served, as on Meta's own host.
pub const PATH: &str = "/ig_messaging_cdn/";

/// How the signatures of the platform's media URLs begin.
const PREFIX: &str = "Ab";
const PURPOSE: &str = "media";
/// A story is seen for a day (contract read 3.2).
pub const STORY: Span = Span::hours(24);

/// Whose file a URL leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// Whose it is.
    pub account: AccountId,
    /// The file.
    pub asset: AssetId,
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

/// The privacy-aware address of a file (contract read 3.1), absolute. It lives for `media_url_hours`.
pub fn url(world: &World, account: AccountId, asset: AssetId) -> String {
    signed(world, account, asset, world.now().plus(Span::hours(world.settings.media_url_hours)))
}

/// The address of a story's file: it ends a day after the story was posted (contract read 3.2, 10).
pub fn story_url(world: &World, account: AccountId, asset: AssetId, posted: Millis) -> String {
    signed(world, account, asset, posted.plus(STORY))
}

fn signed(world: &World, account: AccountId, asset: AssetId, until: Millis) -> String {
    let mut token = Vec::with_capacity(48);
    token.extend(account.get().to_be_bytes());
    token.extend(until.get().to_be_bytes());
    token.extend(seal(world, account, asset, until));
    format!("{}{PATH}?asset_id={asset}&signature={PREFIX}{}", world.media.base(), URL_SAFE_NO_PAD.encode(token))
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
    let asset: AssetId = asset_id.parse().ok()?;
    let token = URL_SAFE_NO_PAD.decode(signature.strip_prefix(PREFIX)?).ok()?;
    let (account, rest) = token.split_first_chunk::<8>()?;
    let (until, given) = rest.split_first_chunk::<8>()?;
    let account = AccountId::new(u64::from_be_bytes(*account));
    let until = Millis::new(i64::from_be_bytes(*until));
    bool::from(seal(world, account, asset, until).ct_eq(given)).then_some((Address { account, asset }, until))
}

/// Each part has a fixed length, so none flows into the next.
fn seal(world: &World, account: AccountId, asset: AssetId, until: Millis) -> [u8; 32] {
    let parts: [&[u8]; 3] = [&account.get().to_be_bytes(), &asset.get().to_be_bytes(), &until.get().to_be_bytes()];
    world.vault.sign(PURPOSE, &parts)
}
