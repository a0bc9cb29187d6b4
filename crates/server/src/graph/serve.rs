//! The road of a Graph request, in the order of checks of contract graph 9.1.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use engine::auth::{self, Caller, Proof, Subject};
use engine::limits::{Bucket, Counted};
use serde_json::{Map, Value};
use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::fields::Fields;
use wire::version::{self, ApiVersion};

use super::call::Call;
use super::endpoints::{self, Endpoint, Who};
use super::node::{Node, resolve};
use super::path::Path;
use super::request::{Incoming, Verb};
use super::{batch, debug_token};
use crate::state::Server;

/// Most ids of a multi-get (contract graph 1.7).
const MOST_IDS: usize = 50;

/// What came of a request, before it gets its outward form.
pub struct Reply {
    /// The answer.
    pub result: Result<Value, GraphError>,
    /// In whose manners.
    pub dialect: Dialect,
    /// The version that served it; none when no app could be told from the token.
    pub version: Option<ApiVersion>,
    /// Who called, when that was found out.
    pub caller: Option<Arc<Caller>>,
    /// Whether the token came in a header, which decides the status of token errors.
    pub token_in_header: bool,
    /// Whether it was a read, which gets an `ETag`.
    pub is_read: bool,
}

impl Reply {
    fn early(dialect: Option<Dialect>, error: GraphError) -> Self {
        Self {
            result: Err(error),
            dialect: dialect.unwrap_or(Dialect::Facebook),
            version: None,
            caller: None,
            token_in_header: false,
            is_read: false,
        }
    }

    /// The reply to a request about which nothing is known yet but what it says of itself.
    pub fn of(incoming: &Incoming) -> Self {
        Self {
            result: Ok(Value::Null),
            dialect: guess(incoming),
            version: None,
            caller: None,
            token_in_header: incoming.token_in_header,
            is_read: incoming.verb == Verb::Get,
        }
    }

    /// Now that the caller is known: the dialect is theirs, unless the host's name decides it.
    pub fn told_by(&mut self, caller: &Arc<Caller>, incoming: &Incoming) {
        if incoming.origin.dialect.is_none() {
            self.dialect = caller.dialect();
        }
        self.caller = Some(Arc::clone(caller));
    }

    /// The request took too long.
    pub fn timed_out() -> Self {
        Self::early(None, GraphError::new(&error::SERVICE))
    }
}

/// Serves an HTTP request.
pub async fn http(server: &Server, request: Request<Body>) -> Reply {
    // A body that trickles in gets no more time than any call.
    let incoming = tokio::time::timeout(server.world.settings.request_timeout(), Incoming::read(server, request));
    let incoming = match incoming.await {
        Ok(Ok(incoming)) => incoming,
        Ok(Err((origin, error))) => return Reply::early(origin.dialect, error),
        Err(_) => return Reply::timed_out(),
    };
    let path = Path::parse(&incoming.path);
    if incoming.verb == Verb::Post && incoming.params.get("batch").is_some() && path.segments.len() <= 1 {
        return batch::serve(server, &incoming, path.version).await;
    }
    one(server, &incoming).await
}

/// Serves one call: a request of its own, or an item of a batch.
pub async fn one(server: &Server, incoming: &Incoming) -> Reply {
    let mut reply = Reply::of(incoming);
    reply.result = answer(server, incoming, &mut reply).await;
    reply
}

/// The dialect before the caller is known: the host's, else what the token's prefix promises.
fn guess(incoming: &Incoming) -> Dialect {
    let by_token =
        || incoming.token.as_deref().is_some_and(|token| token.starts_with("IG")).then_some(Dialect::Instagram);
    incoming.origin.dialect.or_else(by_token).unwrap_or(Dialect::Facebook)
}

async fn answer(server: &Server, incoming: &Incoming, reply: &mut Reply) -> Result<Value, GraphError> {
    let path = Path::parse(&incoming.path);
    let fields = Fields::from_param(&incoming.params)?;
    check_shape(&path)?;
    let caller = authenticate(server, incoming, &path).await?;
    reply.told_by(&caller, incoming);
    let version = version::served(
        path.version,
        caller.app.default_version,
        ApiVersion { major: 2, minor: 12 },
        server.world.now(),
    );
    reply.version = Some(version);
    count(server, &caller).await?;

    let call = |node: Node, path: String, fields: Option<Fields>| Call {
        server,
        caller: Arc::clone(&caller),
        token: incoming.token.as_deref().unwrap_or_default(),
        verb: incoming.verb,
        node,
        version,
        dialect: reply.dialect,
        params: &incoming.params,
        filedata: incoming.filedata.as_ref(),
        idempotency_key: incoming.idempotency_key.as_deref(),
        fields,
        origin: &incoming.origin,
        path,
    };
    match (path.segments.first().map(String::as_str), path.segments.get(1).map(String::as_str)) {
        (None, _) => multi_get(server, &caller, incoming, fields, call).await,
        _ if inspects(&path) => debug_token::inspect(server, &caller, &incoming.params).await,
        (Some(name), edge) => {
            let node = resolve(server, &caller, incoming.verb, name).await?;
            let endpoint = permitted(&caller, incoming, &node, name, edge)?;
            count_read(server, &caller, endpoint).await?;
            (endpoint.handler)(&call(node, path.segments.join("/"), fields)).await
        }
    }
}

/// The shape of a path is checked before the token (contract graph 1.1).
fn check_shape(path: &Path) -> Result<(), GraphError> {
    let unknown = |index| Err(GraphError::new(&error::UNKNOWN_PATH).with(path.rest(index)));
    match path.segments.as_slice() {
        [_, edge, ..] if !endpoints::is_edge(edge) => unknown(1),
        [_, _, _, ..] => unknown(2),
        _ => Ok(()),
    }
}

/// Counts a call of the app; each id of a multi-get and each item of a batch is one (contract graph 5.5).
async fn count(server: &Server, caller: &Caller) -> Result<(), GraphError> {
    let world = &server.world;
    let counted = Counted::calls(caller.app.id);
    Ok(world.limits.take(counted, world.store.as_ref(), &world.settings, world.now()).await?)
}

/// Counts a read of conversations or messages (contract send 5.1).
async fn count_read(server: &Server, caller: &Caller, endpoint: &Endpoint) -> Result<(), GraphError> {
    let Some(account) = caller.account().filter(|_| endpoint.reads_conversations()) else { return Ok(()) };
    let world = &server.world;
    let counted = Counted { bucket: Bucket::Read, app: caller.app.id, account: Some(account) };
    Ok(world.limits.take(counted, world.store.as_ref(), &world.settings, world.now()).await?)
}

/// The caller behind a request's token and proof, if the host takes such a token.
///
/// # Errors
/// A token that is missing, of the other host or no longer valid; a proof that is wrong or missing.
pub async fn authenticate(server: &Server, incoming: &Incoming, path: &Path) -> Result<Arc<Caller>, GraphError> {
    let Some(token) = &incoming.token else {
        let row = if path.segments.first().is_some_and(|first| first == "me") {
            &error::NO_ACTIVE_TOKEN
        } else {
            &error::TOKEN_REQUIRED
        };
        return Err(GraphError::new(row));
    };
    let caller = auth::caller(&server.world, token).await?;
    let of_other_host = match caller.subject {
        Subject::App => false,
        _ => incoming.origin.dialect.is_some_and(|host| host != caller.dialect()),
    };
    if of_other_host {
        return Err(GraphError::new(&error::TOKEN_UNPARSABLE));
    }
    let proof =
        |token: &str| auth::proof_holds(&server.world, &caller, token, incoming.proof.as_deref(), incoming.proof_time);
    match proof(token) {
        Proof::Holds => Ok(caller),
        // A published client signs the token that it asks about, not the one it asks with.
        Proof::Wrong if inspects(path) && proof(&incoming.params.require_text("input_token")?) == Proof::Holds => {
            Ok(caller)
        }
        Proof::Wrong => Err(GraphError::new(&error::PROOF_INVALID)),
        Proof::Missing => Err(GraphError::new(&error::PROOF_REQUIRED)),
    }
}

fn inspects(path: &Path) -> bool {
    path.segments.len() == 1 && path.segments[0] == "debug_token"
}

/// The row for the call, once the host has it for this kind of token and the caller holds what it asks for.
fn permitted(
    caller: &Caller,
    incoming: &Incoming,
    node: &Node,
    name: &str,
    edge: Option<&str>,
) -> Result<&'static Endpoint, GraphError> {
    let verb = incoming.verb;
    let Some(endpoint) = endpoints::find(verb, node.kind(), edge) else {
        return Err(GraphError::new(&error::OBJECT).with(verb.name()).with(name));
    };
    match (endpoint.who, caller.subject) {
        (Who::App, Subject::User(_) | Subject::Page(..) | Subject::Account(_)) => {
            return Err(GraphError::new(&error::APP_TOKEN_REQUIRED));
        }
        // The Instagram host has no such edge.
        (Who::Page, Subject::User(_) | Subject::Account(_) | Subject::App) => {
            return Err(GraphError::new(&error::OBJECT).with(verb.name()).with(name));
        }
        (Who::Own, Subject::Page(..))
            if matches!(node, Node::Account(_)) && incoming.origin.dialect == Some(Dialect::Facebook) =>
        {
            return Err(GraphError::new(&error::CAPABILITY));
        }
        _ => {}
    }
    caller.require(endpoint.scopes)?;
    Ok(endpoint)
}

/// `GET /?ids=A,B`: an object keyed by the ids as given; one bad id fails the whole call (contract graph 1.7).
async fn multi_get<'a>(
    server: &Server,
    caller: &Caller,
    incoming: &'a Incoming,
    fields: Option<Fields>,
    call: impl Fn(Node, String, Option<Fields>) -> Call<'a>,
) -> Result<Value, GraphError> {
    let ids = incoming.params.list("ids")?;
    if ids.is_empty() || incoming.verb != Verb::Get {
        return Err(GraphError::new(&error::EMPTY_IDENTIFIER));
    }
    if ids.len() > MOST_IDS {
        return Err(GraphError::new(&error::PARAMETER_DETAIL)
            .with(format!("Too many IDs. Maximum: {MOST_IDS}. Provided: {}", ids.len())));
    }
    let mut found = Map::new();
    for (index, id) in ids.into_iter().enumerate() {
        if index > 0 {
            count(server, caller).await?;
        }
        let node = resolve(server, caller, Verb::Get, &id).await?;
        let endpoint = permitted(caller, incoming, &node, &id, None)?;
        count_read(server, caller, endpoint).await?;
        found.insert(id.clone(), (endpoint.handler)(&call(node, id, fields.clone())).await?);
    }
    Ok(Value::Object(found))
}
