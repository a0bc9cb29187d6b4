//! Somebody leaves an app: takes it off, takes a permission back, or wants deleted what it has of them (contract graph 6.8,
//! 6.9). The app is told by a callback of the login product that the person came through.

use serde_json::json;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, Igsid, PageId, UserId};

use crate::auth::Caller;
use crate::change::{Change, ChangeSet};
use crate::facts::{App, Channel, DATA_DELETION, DEAUTHORIZE, NewDelivery, Token, TokenKind};
use crate::refusal::Failure;
use crate::store::Read;
use crate::world::World;

/// Who gave an app their permission, by the two login products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// A Facebook user, for the Pages that they run.
    User(UserId),
    /// The owner of a professional account.
    Owner(AccountId),
}

impl Person {
    /// The product that they came through.
    pub fn login(self) -> Dialect {
        match self {
            Self::User(_) => Dialect::Facebook,
            Self::Owner(_) => Dialect::Instagram,
        }
    }

    fn gave(self, token: &Token) -> bool {
        match (self, token.kind) {
            (Self::User(user), TokenKind::User | TokenKind::Page) => token.user == Some(user),
            (Self::Owner(account), TokenKind::Instagram) => token.account == Some(account),
            _ => false,
        }
    }
}

/// What somebody gave an app: tokens, whether valid or not, and the accounts that these speak for.
struct Given {
    tokens: Vec<Token>,
    accounts: Vec<(AccountId, Option<PageId>)>,
}

async fn given(world: &World, app: AppId, person: Person) -> Read<Given> {
    let tokens: Vec<Token> = world.store.tokens(app).await?.into_iter().filter(|token| person.gave(token)).collect();
    let mut accounts = Vec::new();
    for token in &tokens {
        let found = match (token.account, token.page) {
            (Some(account), _) => Some((account, None)),
            (None, Some(page)) => world.store.page(page).await?.and_then(|row| Some((row.account?, Some(page)))),
            (None, None) => None,
        };
        accounts.extend(found.filter(|found| !accounts.contains(found)));
    }
    Ok(Given { tokens, accounts })
}

/// Everybody through whom an app speaks for an account, or spoke: the users behind its Page's tokens, and its owner.
///
/// # Errors
/// The store's.
pub async fn people_of(world: &World, app: AppId, account: AccountId) -> Read<Vec<Person>> {
    let page = world.store.account(account).await?.and_then(|account| account.page);
    let mut people = Vec::new();
    for token in world.store.tokens(app).await? {
        let person = match token.kind {
            TokenKind::Instagram if token.account == Some(account) => Some(Person::Owner(account)),
            TokenKind::Page if page.is_some() && token.page == page => token.user.map(Person::User),
            _ => None,
        };
        people.extend(person.filter(|person| !people.contains(person)));
    }
    Ok(people)
}

/// Somebody takes an app off: every token that they gave it is taken back, it is installed on their accounts no more, and it
/// is told, once, if it has a callback for that and spoke for an account.
///
/// # Errors
/// The store's.
pub async fn remove(world: &World, app: &App, person: Person) -> Result<(), Failure> {
    let Given { tokens, accounts } = given(world, app.id, person).await?;
    let now = world.now();
    let revoked = tokens.into_iter().filter(|token| token.revoked_time.is_none());
    let mut set =
        ChangeSet(revoked.map(|token| Change::PutToken(Token { revoked_time: Some(now), ..token })).collect());
    if let Some((account, page)) = accounts.first() {
        set.0.extend(callback(world, app, person, (*account, *page), DEAUTHORIZE));
    }
    for (account, _) in accounts {
        set.push(Change::RemoveInstall { account, app: app.id, login: person.login() });
        // No set touches two accounts.
        world.commit(std::mem::take(&mut set)).await?;
    }
    Ok(world.commit(set).await?)
}

/// Somebody wants deleted what an app has of them. Answers whether the app can be told: whether it has a callback for that,
/// and ever spoke for an account of theirs.
///
/// # Errors
/// The store's.
pub async fn ask_deletion(world: &World, app: &App, person: Person) -> Result<bool, Failure> {
    let Given { accounts, .. } = given(world, app.id, person).await?;
    let Some(first) = accounts.first() else { return Ok(false) };
    let Some(delivery) = callback(world, app, person, *first, DATA_DELETION) else { return Ok(false) };
    world.commit(ChangeSet(vec![delivery])).await?;
    Ok(true)
}

/// A user takes one permission back: no token that they gave holds it, and no field flows that needs it.
///
/// # Errors
/// The store's.
pub async fn take_back(world: &World, app: &App, person: Person, permission: &str) -> Result<(), Failure> {
    let Given { tokens, accounts } = given(world, app.id, person).await?;
    let mut set = ChangeSet::new();
    for mut token in tokens {
        if token.scopes.extract_if(.., |scope| scope == permission).count() > 0 {
            set.push(Change::PutToken(token));
        }
    }
    for (account, _) in accounts {
        let installs = world.store.installs(account).await?;
        for mut install in installs.into_iter().filter(|i| i.app == app.id && i.login == person.login()) {
            install.scopes.retain(|scope| scope != permission);
            set.push(Change::PutInstall(install));
        }
        world.commit(std::mem::take(&mut set)).await?;
    }
    Ok(world.commit(set).await?)
}

/// The user behind a user token, who may leave the app.
pub fn person_of(caller: &Caller) -> Option<Person> {
    match caller.subject {
        crate::auth::Subject::User(user) => Some(Person::User(user)),
        _ => None,
    }
}

/// What the app is told, if it has a URL for it. A Page is named as well (contract graph 6.9).
fn callback(
    world: &World,
    app: &App,
    person: Person,
    (account, page): (AccountId, Option<PageId>),
    field: &'static str,
) -> Option<Change> {
    app.callbacks_of(person.login()).url(field)?;
    let id = match person {
        Person::User(user) => user.to_string(),
        Person::Owner(account) => account.to_string(),
    };
    let element = match page.filter(|_| field == DEAUTHORIZE) {
        Some(page) => json!({"user_id": id, "profile_id": page.to_string()}),
        None => json!({"user_id": id}),
    };
    Some(Change::AddDelivery(NewDelivery {
        account,
        app: app.id,
        igsid: Igsid::new(0),
        login: person.login(),
        field,
        channel: Channel::Callback,
        element: element.to_string(),
        created_time: world.now(),
        copy: None,
    }))
}
