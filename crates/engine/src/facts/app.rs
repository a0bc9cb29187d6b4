//! Apps and the tokens they hold.

use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, PageId, PersonId, UserId};
use wire::time::Millis;
use wire::version::ApiVersion;

use crate::vault::{Sealed, TokenHash};

/// A developer's app. It has two ids and two secrets, one pair for each login product (contract graph 8.1, webhooks 2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// The Meta app id.
    pub id: AppId,
    /// Its name in the dashboard.
    pub name: String,
    /// The app secret, sealed.
    pub secret: Sealed,
    /// The id that Instagram Login uses.
    pub instagram_app_id: AppId,
    /// The secret that Instagram Login uses, sealed.
    pub instagram_secret: Sealed,
    /// "Require App Secret": calls without `appsecret_proof` are refused (contract graph 1.5).
    pub require_proof: bool,
    /// Whether the Human Agent feature was approved for it (contract send 3.2).
    pub human_agent: bool,
    /// Whether it is published; an app in development mode reaches only people who have a role on it (contract read 7.7).
    pub live: bool,
    /// Whether its permissions have Advanced Access; with Standard Access it reaches only people who have a role on it.
    pub advanced_access: bool,
    /// The version an unversioned call is served with (contract graph 1.1).
    pub default_version: ApiVersion,
    /// When it was created.
    pub created_time: Millis,
    /// Where it is told of people who leave it, by Facebook Login.
    pub callbacks: LoginCallbacks,
    /// The same by Instagram Login, which has a pair of its own.
    pub instagram_callbacks: LoginCallbacks,
}

/// Where an app is told of people who leave it (contract graph 6.9).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoginCallbacks {
    /// That somebody took it off.
    pub deauth_callback_url: Option<String>,
    /// That somebody wants their data deleted.
    pub data_deletion_url: Option<String>,
}

/// The delivery log's name of the callback that somebody took the app off.
pub const DEAUTHORIZE: &str = "deauthorize";
/// The delivery log's name of the callback that somebody wants their data deleted.
pub const DATA_DELETION: &str = "data_deletion";

impl LoginCallbacks {
    /// The URL for one of the two callbacks, by its name in the delivery log.
    pub fn url(&self, callback: &str) -> Option<&str> {
        match callback {
            DEAUTHORIZE => self.deauth_callback_url.as_deref(),
            DATA_DELETION => self.data_deletion_url.as_deref(),
            _ => None,
        }
    }
}

impl App {
    /// Where it is told of people who leave it through a login product.
    pub fn callbacks_of(&self, dialect: Dialect) -> &LoginCallbacks {
        match dialect {
            Dialect::Facebook => &self.callbacks,
            Dialect::Instagram => &self.instagram_callbacks,
        }
    }

    /// The sealed secret that signs for a login product.
    pub fn secret_of(&self, dialect: Dialect) -> &Sealed {
        match dialect {
            Dialect::Facebook => &self.secret,
            Dialect::Instagram => &self.instagram_secret,
        }
    }
}

/// A person's role on an app, which lets an app that is not public write to them (contract read 7.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The app.
    pub app: AppId,
    /// Who has the role: an administrator, a developer or a tester; the rules tell none of them apart.
    pub person: PersonId,
}

/// Whom a token speaks for (contract graph 6.1). App tokens are never stored: they are `{app id}|{secret}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A Facebook user.
    User,
    /// A Page, in the name of a user with a role on it.
    Page,
    /// An Instagram professional account.
    Instagram,
}

impl TokenKind {
    /// Every kind with its name in the store.
    pub const ALL: [(TokenKind, &'static str); 3] =
        [(TokenKind::User, "user"), (TokenKind::Page, "page"), (TokenKind::Instagram, "instagram")];

    /// The host whose manners a token of this kind gets.
    pub fn dialect(self) -> Dialect {
        match self {
            TokenKind::User | TokenKind::Page => Dialect::Facebook,
            TokenKind::Instagram => Dialect::Instagram,
        }
    }
}

/// A token as stored: its hash, never its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// SHA-256 of the token.
    pub hash: TokenHash,
    /// Whom it speaks for.
    pub kind: TokenKind,
    /// The app it was given to.
    pub app: AppId,
    /// The Facebook user behind a user or Page token.
    pub user: Option<UserId>,
    /// The Page of a Page token.
    pub page: Option<PageId>,
    /// The account of an Instagram token.
    pub account: Option<AccountId>,
    /// Permissions granted.
    pub scopes: Vec<String>,
    /// When it was given.
    pub issued_time: Millis,
    /// When it ends; `None` means never.
    pub expires_time: Option<Millis>,
    /// When it was taken back, if it was.
    pub revoked_time: Option<Millis>,
}
