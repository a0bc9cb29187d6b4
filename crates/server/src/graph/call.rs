//! A call on its way through an endpoint.

use std::sync::Arc;

use engine::auth::{Caller, Subject};
use engine::media::Filedata;
use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::fields::Fields;
use wire::id::AccountId;
use wire::param::Params;
use wire::version::ApiVersion;

use super::node::Node;
use super::request::{Origin, Verb};
use crate::state::Server;

/// Everything an endpoint needs.
pub struct Call<'a> {
    /// The server.
    pub server: &'a Server,
    /// Who calls.
    pub caller: Arc<Caller>,
    /// The token's text, which paging links carry.
    pub token: &'a str,
    /// What is done.
    pub verb: Verb,
    /// To what.
    pub node: Node,
    /// The version that serves the call.
    pub version: ApiVersion,
    /// In whose manners the answer is given.
    pub dialect: Dialect,
    /// Merged parameters.
    pub params: &'a Params,
    /// The file that came along (contract send 0.2).
    pub filedata: Option<&'a Filedata>,
    /// The header `Idempotency-Key`, our addition.
    pub idempotency_key: Option<&'a str>,
    /// The `fields` parameter.
    pub fields: Option<Fields>,
    /// Where the caller thinks this server is.
    pub origin: &'a Origin,
    /// Node and edge as the caller wrote them, for paging links.
    pub path: String,
}

impl Call<'_> {
    /// The professional account this call is about: the node itself, or the one linked to the Page.
    ///
    /// # Errors
    /// [`error::PAGE_NOT_LINKED`], [`error::CAPABILITY`] for a node that stands for no account.
    pub fn account(&self) -> Result<AccountId, GraphError> {
        match (&self.node, self.caller.subject) {
            (Node::Page(_), Subject::Page(_, None)) => Err(GraphError::new(&error::PAGE_NOT_LINKED)),
            (Node::Page(_) | Node::Account(_), _) => {
                self.caller.account().ok_or_else(|| GraphError::new(&error::CAPABILITY))
            }
            _ => Err(GraphError::new(&error::CAPABILITY)),
        }
    }

    /// Whether a call without `platform` means Instagram: always on an account's node, never on a Page's (contract clients 9).
    ///
    /// # Errors
    /// [`error::PARAMETER_ONE_OF`] for a platform that does not exist.
    pub fn is_instagram(&self) -> Result<bool, GraphError> {
        let asked = self.params.enumeration("platform", &["INSTAGRAM", "MESSENGER"])?;
        Ok(asked.map_or(matches!(self.node, Node::Account(_)), |platform| platform == "INSTAGRAM"))
    }

    /// A URL that clients can open: those on this server are stored as paths.
    pub fn absolute(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.origin.base) } else { url.to_owned() }
    }
}
