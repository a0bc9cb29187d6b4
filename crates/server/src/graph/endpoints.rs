//! The table of endpoints. Routing, permissions, limits, docs and the tests that try every endpoint as everybody derive
//! from it: a new endpoint is a new row.

use engine::policy::access::Scope;
use futures_util::future::BoxFuture;
use serde_json::Value;
use wire::error::GraphError;

use super::call::Call;
pub use super::node::NodeKind;
pub use super::request::Verb;
use super::{edges, nodes};

/// What an endpoint does; it gets a caller who holds the permissions and a node that the caller may see.
pub type Handler = for<'a> fn(&'a Call<'a>) -> BoxFuture<'a, Result<Value, GraphError>>;

/// Whose token an endpoint takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody's who may see the node.
    Any,
    /// Anybody's, but no Page's at the account's node on graph.facebook.com, which is the other host's (contract send 0.1).
    Own,
    /// The app's own.
    App,
    /// A Page's; the Instagram host has no such edge.
    Page,
}

/// One endpoint.
pub struct Endpoint {
    /// Verb.
    pub verb: Verb,
    /// Kind of node.
    pub node: NodeKind,
    /// Edge of the node, or the node itself.
    pub edge: Option<&'static str>,
    /// Whose token.
    pub who: Who,
    /// Permissions needed.
    pub scopes: &'static [Scope],
    /// Where the contract describes it.
    pub section: &'static str,
    /// What it does.
    pub handler: Handler,
}

const MESSAGING: &[Scope] = &[Scope::Basic, Scope::ManageMessages];
const MODERATION: &[Scope] = &[Scope::Basic, Scope::ManageMessages, Scope::ManageBusiness];
const UPLOAD: &[Scope] = &[Scope::Basic, Scope::ManageMessages, Scope::UploadComments, Scope::PagesMessaging];
const BASIC: &[Scope] = &[Scope::Basic];
const SUBSCRIBE: &[Scope] = &[Scope::Subscribe];
const OPEN: &[Scope] = &[];

macro_rules! endpoints {
    ($($verb:ident $node:ident $($edge:literal)? $who:ident $scopes:ident $section:literal $handler:path;)+) => {
        /// Every endpoint of the Graph API that this server has.
        pub static ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            verb: Verb::$verb,
            node: NodeKind::$node,
            edge: endpoints!(@edge $($edge)?),
            who: Who::$who,
            scopes: $scopes,
            section: $section,
            handler: |call| Box::pin($handler(call)),
        },)+];
    };
    (@edge) => { None };
    (@edge $edge:literal) => { Some($edge) };
}

endpoints! {
    Get    Page                             Any OPEN      "graph 8.2"    nodes::page;
    Get    Account                          Any BASIC     "graph 8.3"    nodes::account;
    Get    Person                           Any MESSAGING "graph 8.5"    nodes::person;
    Get    User                             Any OPEN      "graph 8.7"    nodes::user;
    Get    App                              Any OPEN      "graph 7.4"    nodes::app;
    Get    Conversation                     Any MESSAGING "read 1.5"     nodes::conversation;
    Get    Message                          Any MESSAGING "read 1.6"     nodes::message;
    Get    Message      "attachments"       Any MESSAGING "read 1.1"     nodes::attachments;
    Get    Message      "shares"            Any MESSAGING "read 1.1"     nodes::shares;
    Post   Page         "messages"          Any MESSAGING "send 1.1"     edges::messages::send;
    Post   Account      "messages"          Own MESSAGING "send 1.1"     edges::messages::send;
    Post   Page         "message_attachments" Any UPLOAD  "send 1.7"   edges::message_attachments::upload;
    Post   Account      "message_attachments" Own UPLOAD  "send 1.7"   edges::message_attachments::upload;
    Post   Account      "messageattachments" Own UPLOAD   "send 0.1"   edges::message_attachments::upload;
    Get    Conversation "messages"          Any MESSAGING "read 1.1"     edges::messages::list;
    Get    Page         "conversations"     Any MESSAGING "read 1.3"     edges::conversations::list;
    Get    Account      "conversations"     Any MESSAGING "read 1.3"     edges::conversations::list;
    Get    Page         "threads"           Any MESSAGING "read 1.1"     edges::conversations::list;
    Get    Page         "messenger_profile" Any MESSAGING "send 6.1"     edges::messenger_profile::get;
    Get    Account      "messenger_profile" Own MESSAGING "send 6.1"     edges::messenger_profile::get;
    Post   Page         "messenger_profile" Any MESSAGING "send 6.1"     edges::messenger_profile::set;
    Post   Account      "messenger_profile" Own MESSAGING "send 6.1"     edges::messenger_profile::set;
    Delete Page         "messenger_profile" Any MESSAGING "send 6.1"     edges::messenger_profile::remove;
    Delete Account      "messenger_profile" Own MESSAGING "send 6.1"     edges::messenger_profile::remove;
    Post   Page         "moderate_conversations" Page MODERATION "send 6.5" edges::moderation::moderate;
    Post   Account      "moderate_conversations" Page MODERATION "send 6.5" edges::moderation::moderate;
    Get    Page         "welcome_message_flows" Any MESSAGING "send 1.13" edges::welcome_message_flows::list;
    Get    Account      "welcome_message_flows" Own MESSAGING "send 1.13" edges::welcome_message_flows::list;
    Post   Page         "welcome_message_flows" Any MESSAGING "send 1.13" edges::welcome_message_flows::write;
    Post   Account      "welcome_message_flows" Own MESSAGING "send 1.13" edges::welcome_message_flows::write;
    Delete Page         "welcome_message_flows" Any MESSAGING "send 1.13" edges::welcome_message_flows::remove;
    Delete Account      "welcome_message_flows" Own MESSAGING "send 1.13" edges::welcome_message_flows::remove;
    Get    Page         "subscribed_apps"   Any SUBSCRIBE "webhooks 1.4" edges::subscribed_apps::list;
    Get    Account      "subscribed_apps"   Own SUBSCRIBE "webhooks 1.4" edges::subscribed_apps::list;
    Post   Page         "subscribed_apps"   Any SUBSCRIBE "webhooks 1.4" edges::subscribed_apps::install;
    Post   Account      "subscribed_apps"   Own SUBSCRIBE "webhooks 1.4" edges::subscribed_apps::install;
    Delete Page         "subscribed_apps"   Any SUBSCRIBE "webhooks 1.4" edges::subscribed_apps::uninstall;
    Delete Account      "subscribed_apps"   Own SUBSCRIBE "webhooks 1.4" edges::subscribed_apps::uninstall;
    Post   Page    "pass_thread_control" Any MESSAGING "webhooks 5.4" edges::thread_control::pass;
    Post   Account "pass_thread_control" Own MESSAGING "webhooks 5.4" edges::thread_control::pass;
    Post   Page    "release_thread_control" Any MESSAGING "webhooks 5.4" edges::thread_control::release;
    Post   Account "release_thread_control" Own MESSAGING "webhooks 5.4" edges::thread_control::release;
    Post   Page    "take_thread_control" Any MESSAGING "webhooks 5.4" edges::thread_control::take;
    Post   Account "take_thread_control" Own MESSAGING "webhooks 5.4" edges::thread_control::take;
    Post   Page    "request_thread_control" Any MESSAGING "webhooks 5.4" edges::thread_control::request;
    Post   Account "request_thread_control" Own MESSAGING "webhooks 5.4" edges::thread_control::request;
    Post   Page    "extend_thread_control" Any MESSAGING "webhooks 5.4" edges::thread_control::extend;
    Post   Account "extend_thread_control" Own MESSAGING "webhooks 5.4" edges::thread_control::extend;
    Get    Page    "thread_owner" Any MESSAGING "webhooks 5.4" edges::thread_control::owner;
    Get    Account "thread_owner" Own MESSAGING "webhooks 5.4" edges::thread_control::owner;
    Get    Page    "secondary_receivers" Any MESSAGING "webhooks 5.4" edges::thread_control::secondary_receivers;
    Get    Account "secondary_receivers" Own MESSAGING "webhooks 5.4" edges::thread_control::secondary_receivers;
    Delete User         "permissions"       Any OPEN      "graph 6.8"    edges::permissions::remove;
    Get    App          "subscriptions"     App OPEN      "webhooks 1.2" edges::subscriptions::list;
    Post   App          "subscriptions"     App OPEN      "webhooks 1.2" edges::subscriptions::subscribe;
    Delete App          "subscriptions"     App OPEN      "webhooks 1.2" edges::subscriptions::unsubscribe;
}

impl Endpoint {
    /// Whether it reads conversations or their messages, which has a limit of its own (contract send 5.1).
    pub fn reads_conversations(&self) -> bool {
        let by_node = matches!(self.node, NodeKind::Conversation | NodeKind::Message);
        self.verb == Verb::Get && (by_node || matches!(self.edge, Some("conversations" | "threads")))
    }
}

/// Whether any node has this edge.
pub fn is_edge(name: &str) -> bool {
    ENDPOINTS.iter().any(|row| row.edge == Some(name))
}

/// The row for a call.
pub fn find(verb: Verb, node: NodeKind, edge: Option<&str>) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|row| row.verb == verb && row.node == node && row.edge == edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_rows_answer_the_same_call() {
        for (index, row) in ENDPOINTS.iter().enumerate() {
            let twin = ENDPOINTS[..index]
                .iter()
                .find(|other| (other.verb, other.node, other.edge) == (row.verb, row.node, row.edge));
            assert!(twin.is_none(), "{:?} {:?} {:?}", row.verb, row.node, row.edge);
        }
    }

    #[test]
    fn whatever_reads_or_writes_messages_needs_both_permissions() {
        for row in ENDPOINTS.iter().filter(|row| matches!(row.edge, Some("messages" | "conversations" | "threads"))) {
            assert_eq!(row.scopes, MESSAGING, "{:?} {:?}", row.node, row.edge);
        }
    }
}
