//! Who is calling: a token becomes a [`Caller`] (contract graph 1.5, 4.4, 6.1).

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, PageId, UserId};

use crate::facts::{Account, App, Token, TokenKind};
use crate::policy::access::{self, Scope};
use crate::refusal::{Failure, Refusal};
use crate::vault::TokenHash;
use crate::world::World;

/// For whom a caller speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The app itself, by its secret.
    App,
    /// A Facebook user.
    User(UserId),
    /// A Page and the account linked to it.
    Page(PageId, Option<AccountId>),
    /// An Instagram professional account.
    Account(AccountId),
}

/// A caller whose token was valid when it was read.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The app that calls.
    pub app: Arc<App>,
    /// For whom it speaks.
    pub subject: Subject,
    /// Permissions it holds.
    pub scopes: Vec<String>,
    /// The professional account that it speaks for, as it stands; void with the rest as soon as configuration changes.
    pub business: Option<Arc<Account>>,
    token: Option<Token>,
}

impl Caller {
    /// The manners of the host that this kind of token belongs to.
    pub fn dialect(&self) -> Dialect {
        match self.subject {
            Subject::Account(_) => Dialect::Instagram,
            _ => Dialect::Facebook,
        }
    }

    /// The professional account that this caller speaks for, through a Page or directly.
    pub fn account(&self) -> Option<AccountId> {
        match self.subject {
            Subject::Account(account) => Some(account),
            Subject::Page(_, account) => account,
            Subject::App | Subject::User(_) => None,
        }
    }

    /// The stored token behind the caller; app tokens have none.
    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// Checks permissions under the names of the caller's own login product.
    ///
    /// # Errors
    /// [`Refusal::Permission`].
    pub fn require(&self, needed: &[Scope]) -> Result<(), Refusal> {
        if access::holds(&self.scopes, needed, self.dialect()) { Ok(()) } else { Err(Refusal::Permission) }
    }
}

/// Most callers kept in memory; when there are more, all are read afresh.
const MOST_CALLERS: usize = 10_000;

/// Callers read before, each void as soon as any configuration changes.
#[derive(Debug, Default)]
pub struct Callers(RwLock<HashMap<TokenHash, (u64, Arc<Caller>)>>);

/// Turns a token's text into a caller.
///
/// # Errors
/// [`Refusal::TokenUnparsable`], [`Refusal::TokenExpired`], [`Refusal::TokenRevoked`], [`Refusal::NoApp`].
pub async fn caller(world: &World, token: &str) -> Result<Arc<Caller>, Failure> {
    let hash = TokenHash::of(token);
    let epoch = world.epoch();
    let known = world.callers.0.read().get(&hash).filter(|(at, _)| *at == epoch).map(|(_, caller)| Arc::clone(caller));
    let caller = match known {
        Some(caller) => caller,
        None => {
            let caller = Arc::new(read(world, token, hash).await?);
            let mut callers = world.callers.0.write();
            if callers.len() >= MOST_CALLERS {
                callers.clear();
            }
            callers.insert(hash, (epoch, Arc::clone(&caller)));
            caller
        }
    };
    still_valid(&caller, world)?;
    Ok(caller)
}

/// Time passes without a change of configuration, so this is asked on every call.
fn still_valid(caller: &Caller, world: &World) -> Result<(), Refusal> {
    let Some(token) = &caller.token else { return Ok(()) };
    let now = world.now();
    if token.revoked_time.is_some_and(|revoked| revoked <= now) {
        return Err(Refusal::TokenRevoked);
    }
    match token.expires_time {
        Some(expired) if expired <= now => Err(Refusal::TokenExpired { expired, now }),
        _ => Ok(()),
    }
}

async fn read(world: &World, text: &str, hash: TokenHash) -> Result<Caller, Failure> {
    if let Some((id, secret)) = text.split_once('|') {
        return app_caller(world, id, secret).await;
    }
    let token = world.store.token(hash).await?.ok_or(Refusal::TokenUnparsable)?;
    let app = world.store.app(token.app).await?.ok_or(Refusal::NoApp)?;
    let subject = match (token.kind, token.user, token.page, token.account) {
        (TokenKind::User, Some(user), _, _) => Subject::User(user),
        (TokenKind::Page, _, Some(page), _) => {
            Subject::Page(page, world.store.page(page).await?.and_then(|page| page.account))
        }
        (TokenKind::Instagram, _, _, Some(account)) => Subject::Account(account),
        _ => return Err(Refusal::TokenUnparsable.into()),
    };
    let business = match subject {
        Subject::Page(_, Some(account)) | Subject::Account(account) => world.store.account(account).await?,
        Subject::Page(_, None) | Subject::User(_) | Subject::App => None,
    };
    let business = business.map(Arc::new);
    Ok(Caller { app: Arc::new(app), subject, scopes: token.scopes.clone(), business, token: Some(token) })
}

/// `{app id}|{app secret}`, with either of the app's two pairs.
async fn app_caller(world: &World, id: &str, secret: &str) -> Result<Caller, Failure> {
    let id: AppId = id.parse().map_err(|_| Refusal::TokenUnparsable)?;
    let app = world.store.app(id).await?.ok_or(Refusal::NoApp)?;
    let dialect = if app.id == id { Dialect::Facebook } else { Dialect::Instagram };
    let expected = world.vault.open(app.secret_of(dialect)).map_err(|_| Refusal::TokenUnparsable)?;
    if !bool::from(expected.expose_secret().as_bytes().ct_eq(secret.as_bytes())) {
        return Err(Refusal::TokenUnparsable.into());
    }
    Ok(Caller { app: Arc::new(app), subject: Subject::App, scopes: Vec::new(), business: None, token: None })
}

/// Checks an `appsecret_proof`, or that none is needed (contract graph 1.5). Clients of either login product sign with the
/// secret of the product that gave the token; the app's other secret is taken too, as verifiers in the field do.
pub fn proof_holds(world: &World, caller: &Caller, token: &str, proof: Option<&str>, time: Option<i64>) -> Proof {
    let Some(proof) = proof else {
        return if caller.app.require_proof && caller.token.is_some() { Proof::Missing } else { Proof::Holds };
    };
    if let Some(time) = time {
        let age = world.now().seconds().saturating_sub(time);
        if age.abs() > 300 {
            return Proof::Wrong;
        }
    }
    let signed = |dialect| {
        let Ok(secret) = world.vault.open(caller.app.secret_of(dialect)) else { return false };
        let key = secret.expose_secret().as_bytes();
        match time {
            Some(time) => {
                wire::signature::timed_appsecret_proof(key, token, time).as_bytes().ct_eq(proof.as_bytes()).into()
            }
            None => wire::signature::verify_appsecret_proof(key, token, proof),
        }
    };
    if signed(Dialect::Facebook) || signed(Dialect::Instagram) { Proof::Holds } else { Proof::Wrong }
}

/// What came of checking a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// It is right, or none was needed.
    Holds,
    /// It was given and is wrong or too old.
    Wrong,
    /// The app demands one and none was given.
    Missing,
}
