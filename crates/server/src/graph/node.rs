//! What the first part of a path stands for, as far as the caller may know (contract graph 1.2, 4.5).
//!
//! An object that is there but not for this token looks exactly like one that is not there.

use engine::account::app_scoped_id;
use engine::auth::{Caller, Subject};
use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::id::{AccountId, AppId, ConversationId, Igsid, MessageId, PageId, UserId};

use super::request::Verb;
use crate::state::Server;

/// A kind of node, as rows of the endpoint table name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// A Page.
    Page,
    /// A professional account.
    Account,
    /// A person, by IGSID.
    Person,
    /// A Facebook user.
    User,
    /// An app.
    App,
    /// A conversation.
    Conversation,
    /// A message.
    Message,
}

/// A node that the caller may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// The Page of a Page token.
    Page(PageId),
    /// The account that the token speaks for.
    Account(AccountId),
    /// A person whom the account knows.
    Person(Igsid),
    /// The user of a user token.
    User(UserId),
    /// The caller's own app.
    App(AppId),
    /// A conversation; whether it exists is for the endpoint to find out.
    Conversation(ConversationId),
    /// A message; whether it exists is for the endpoint to find out.
    Message(MessageId),
}

impl Node {
    /// Its kind.
    pub fn kind(&self) -> NodeKind {
        match self {
            Node::Page(_) => NodeKind::Page,
            Node::Account(_) => NodeKind::Account,
            Node::Person(_) => NodeKind::Person,
            Node::User(_) => NodeKind::User,
            Node::App(_) => NodeKind::App,
            Node::Conversation(_) => NodeKind::Conversation,
            Node::Message(_) => NodeKind::Message,
        }
    }
}

/// Finds the node that `text` names for this caller.
///
/// # Errors
/// [`error::NO_ACTIVE_TOKEN`] for `me` without anybody behind the token, [`error::ALIAS`] for a word, [`error::OBJECT`] for
/// everything that is not there or not for this caller.
pub async fn resolve(server: &Server, caller: &Caller, verb: Verb, text: &str) -> Result<Node, GraphError> {
    if text == "me" {
        return me(caller);
    }
    if text == "app" {
        return Ok(Node::App(caller.app.id));
    }
    let unseen = || GraphError::new(&error::OBJECT).with(verb.name()).with(text);
    if let Ok(number) = text.parse::<Igsid>().map(Igsid::get) {
        if let Some(node) = of_caller(caller, number) {
            return Ok(node);
        }
        let Some(account) = caller.account() else { return Err(unseen()) };
        let igsid = Igsid::new(number);
        let known = server.world.store.scoped_user(account, igsid).await.map_err(engine::Failure::from)?;
        return known.map(|_| Node::Person(igsid)).ok_or_else(unseen);
    }
    if let Ok(id) = text.parse::<MessageId>() {
        return Ok(Node::Message(id));
    }
    if let Ok(id) = text.parse::<ConversationId>() {
        return Ok(Node::Conversation(id));
    }
    let is_word = !text.starts_with("aWdf") && text.chars().any(|c| !c.is_ascii_digit());
    Err(if is_word { GraphError::new(&error::ALIAS).with(text) } else { unseen() })
}

fn me(caller: &Caller) -> Result<Node, GraphError> {
    match caller.subject {
        Subject::App => Err(GraphError::new(&error::NO_ACTIVE_TOKEN)),
        Subject::User(user) => Ok(Node::User(user)),
        Subject::Page(page, _) => Ok(Node::Page(page)),
        Subject::Account(account) => Ok(Node::Account(account)),
    }
}

fn of_caller(caller: &Caller, number: u64) -> Option<Node> {
    match caller.subject {
        Subject::Page(page, _) if page.get() == number => return Some(Node::Page(page)),
        Subject::User(user) if user.get() == number => return Some(Node::User(user)),
        _ => {}
    }
    if let Some(account) = caller.account() {
        let scoped = caller.dialect() == Dialect::Instagram && app_scoped_id(caller.app.id, account) == number;
        if account.get() == number || scoped {
            return Some(Node::Account(account));
        }
    }
    let app = &caller.app;
    (app.id.get() == number || app.instagram_app_id.get() == number).then_some(Node::App(app.id))
}
