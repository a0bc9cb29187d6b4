//! Tokens that the demo world does not have: with fewer permissions, expired, revoked, of another app or account.

use engine::change::{Change, ChangeSet};
use engine::demo;
use engine::facts::{Account, AccountType, App, LoginCallbacks, Page, Standing, Token, TokenKind};
use engine::vault::TokenHash;
use wire::id::{AccountId, AppId, PageId, UserId};
use wire::time::Millis;

use crate::{Api, TestWorld};

/// Another developer's app.
pub const OTHER_APP: AppId = AppId::new(500_000_000_000_901);
/// Its secret.
pub const OTHER_SECRET: &str = "other0app0secret";
/// Another business's Page.
pub const OTHER_PAGE: PageId = PageId::new(100_000_000_000_901);
/// Another business's account, linked to that Page.
pub const OTHER_ACCOUNT: AccountId = AccountId::new(17_841_400_000_000_901);

/// A token to be made. It starts as a Page token of the demo app for the demo Page, valid for good, without permissions.
pub struct Grant {
    token: Token,
}

impl Grant {
    /// For the demo Page.
    pub fn page() -> Self {
        Self::new(TokenKind::Page, Some(demo::PAGE), None)
    }

    /// For the demo account by Instagram Login.
    pub fn instagram() -> Self {
        Self::new(TokenKind::Instagram, None, Some(demo::ACCOUNT))
    }

    /// For a Facebook user.
    pub fn user() -> Self {
        Self::new(TokenKind::User, None, None)
    }

    fn new(kind: TokenKind, page: Option<PageId>, account: Option<AccountId>) -> Self {
        let token = Token {
            hash: TokenHash([0; 32]),
            kind,
            app: demo::APP,
            user: Some(UserId::new(300_000_000_000_001)),
            page,
            account,
            scopes: Vec::new(),
            issued_time: Millis::new(0),
            expires_time: None,
            revoked_time: None,
        };
        Self { token }
    }

    /// With these permissions.
    pub fn scopes(mut self, scopes: &[&str]) -> Self {
        self.token.scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self
    }

    /// With every messaging permission of both login products.
    pub fn all_scopes(self) -> Self {
        self.scopes(&[
            "instagram_basic",
            "instagram_manage_messages",
            "instagram_manage_comments",
            "pages_messaging",
            "pages_manage_metadata",
            "pages_read_engagement",
            "pages_show_list",
            "pages_messaging",
            "instagram_manage_comments",
            "business_management",
            "instagram_business_basic",
            "instagram_business_manage_messages",
            "instagram_business_manage_comments",
        ])
    }

    /// Given to another developer's app.
    pub fn of_other_app(mut self) -> Self {
        self.token.app = OTHER_APP;
        self
    }

    /// Given to this app.
    pub fn of_app(mut self, app: AppId) -> Self {
        self.token.app = app;
        self
    }

    /// For another business.
    pub fn of_other_account(mut self) -> Self {
        self.token.page = self.token.page.map(|_| OTHER_PAGE);
        self.token.account = self.token.account.map(|_| OTHER_ACCOUNT);
        self
    }

    /// For a Page without a professional account.
    pub fn of_page(mut self, page: PageId) -> Self {
        self.token.page = Some(page);
        self
    }

    /// Ending then.
    pub fn expires(mut self, at: Millis) -> Self {
        self.token.expires_time = Some(at);
        self
    }

    /// Taken back then.
    pub fn revoked(mut self, at: Millis) -> Self {
        self.token.revoked_time = Some(at);
        self
    }

    /// Makes the token in this world, together with the other app, Page and account it may name; gives its text.
    pub async fn make(mut self, world: &TestWorld) -> String {
        let text = format!("EAAtest{}", u64::from_be_bytes(world.world().ids.random::<8>()));
        self.token.hash = TokenHash::of(&text);
        let mut set = others(world);
        set.push(Change::PutToken(self.token));
        world.world().commit(set).await.expect("a token can be written");
        text
    }

    /// The same, as a caller.
    pub async fn caller(self, world: &TestWorld) -> Api {
        let token = self.make(world).await;
        world.api(&token)
    }
}

fn others(world: &TestWorld) -> ChangeSet {
    let inner = world.world();
    let sealed = |text: &str| inner.vault.seal(&text.to_owned().into(), &inner.ids);
    let mut set = ChangeSet::new();
    set.push(Change::PutApp(App {
        id: OTHER_APP,
        name: "Other Desk".into(),
        secret: sealed(OTHER_SECRET),
        instagram_app_id: AppId::new(OTHER_APP.get() + 1),
        instagram_secret: sealed("other0instagram0secret"),
        require_proof: false,
        human_agent: false,
        live: true,
        advanced_access: true,
        default_version: wire::version::ApiVersion { major: 25, minor: 0 },
        created_time: world.now(),
        callbacks: LoginCallbacks::default(),
        instagram_callbacks: LoginCallbacks::default(),
    }))
    .push(Change::PutAccount(Account {
        id: OTHER_ACCOUNT,
        username: "other.shop".into(),
        name: "Other Shop".into(),
        biography: String::new(),
        profile_picture_url: String::new(),
        followers_count: 1,
        follows_count: 1,
        page: Some(OTHER_PAGE),
        created_time: world.now(),
        account_type: AccountType::default(),
        allow_message_access: true,
        standing: Standing::default(),
        image_collections: true,
        default_app: None,
        primary_app: None,
        take_over_apps: Vec::new(),
        self_igsid: None,
    }))
    .push(Change::PutPage(Page {
        id: OTHER_PAGE,
        name: "Other Shop".into(),
        category: "Shop".into(),
        account: Some(OTHER_ACCOUNT),
    }));
    set
}
