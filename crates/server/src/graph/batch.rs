//! Batches: up to fifty calls in one request, each as if it had come alone (contract graph 3).

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::Value;
use wire::batch::{self, BatchItem, Method};
use wire::error::{self, GraphError};
use wire::param::Params;
use wire::version::ApiVersion;

use super::answer::batch_item;
use super::path::Path;
use super::request::{Incoming, pairs};
use super::serve::{Reply, authenticate, one};
use crate::state::Server;

/// Serves a batch. Its own token must hold; items may bring theirs.
pub async fn serve(server: &Server, incoming: &Incoming, version: Option<ApiVersion>) -> Reply {
    let mut reply = Reply::of(incoming);
    if incoming.idempotency_key.is_some() {
        // One key cannot stand for fifty answers, and to ignore it would promise what is not kept.
        let alone = "Idempotency-Key belongs to a call of its own, not to a batch";
        reply.result = Err(GraphError::new(&error::PARAMETER_DETAIL).with(alone));
        return reply;
    }
    reply.result = match authenticate(server, incoming, &Path::parse(&incoming.path)).await {
        Ok(caller) => {
            reply.told_by(&caller, incoming);
            items(server, incoming, version).await
        }
        Err(error) => Err(error),
    };
    reply
}

/// How long a batch goes on taking up items, `batch_time_ms`. What is finished by then is answered, what is not is null and
/// may be asked again (contract graph 3.2); were the whole request cut off, a caller who asks again would send twice.
struct Budget {
    begun: Instant,
    span: Duration,
}

impl Budget {
    #[expect(
        clippy::disallowed_methods,
        reason = "the time that a caller waits is the machine's, whatever the world's clock"
    )]
    fn of(server: &Server) -> Self {
        Self { begun: Instant::now(), span: Duration::from_millis(server.world.settings.batch_time_ms) }
    }

    fn is_spent(&self) -> bool {
        self.begun.elapsed() >= self.span
    }
}

/// What came of a named item, for the items that refer to it.
enum Earlier {
    Done(Value),
    Failed,
}

async fn items(server: &Server, incoming: &Incoming, version: Option<ApiVersion>) -> Result<Value, GraphError> {
    let items = batch::parse(&incoming.params)?;
    let include_headers = incoming.params.flag("include_headers")?.unwrap_or(true);
    check_order(&items)?;
    let referred: Vec<String> = items.iter().flat_map(dependencies).collect();
    let mut named: HashMap<String, Earlier> = HashMap::new();
    let mut answers = Vec::with_capacity(items.len());
    let budget = Budget::of(server);
    for item in &items {
        if budget.is_spent() {
            answers.push(Value::Null);
            continue;
        }
        let blocked = dependencies(item).iter().any(|name| matches!(named.get(name), Some(Earlier::Failed)));
        if blocked {
            if let Some(name) = &item.name {
                named.insert(name.clone(), Earlier::Failed);
            }
            answers.push(Value::Null);
            continue;
        }
        let reply = match inner(incoming, item, version, &named) {
            Ok(inner) => Box::pin(one(server, &inner)).await,
            Err(error) => Reply { result: Err(error), ..Reply::timed_out() },
        };
        let succeeded = reply.result.is_ok();
        let is_referred = item.name.as_ref().is_some_and(|name| referred.contains(name));
        let omit = succeeded && is_referred && item.omit_response_on_success.unwrap_or(true);
        answers.push(if omit { Value::Null } else { batch_item(server, &reply, include_headers) });
        if let Some(name) = &item.name {
            named.insert(name.clone(), reply.result.map_or(Earlier::Failed, Earlier::Done));
        }
    }
    Ok(Value::Array(answers))
}

/// An item may only lean on one before it; anything else spoils the whole batch.
fn check_order(items: &[BatchItem]) -> Result<(), GraphError> {
    let mut known: Vec<&str> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(missing) = dependencies(item).iter().find(|name| !known.contains(&name.as_str())) {
            return Err(GraphError::new(&error::BATCH_REFERENCE).with(index).with(missing));
        }
        known.extend(item.name.as_deref());
    }
    Ok(())
}

fn dependencies(item: &BatchItem) -> Vec<String> {
    let texts = [Some(item.relative_url.as_str()), item.body.as_deref()];
    let mut names: Vec<String> =
        texts.into_iter().flatten().flat_map(batch::references).map(|reference| reference.name).collect();
    names.extend(item.depends_on.clone());
    names
}

/// An item as the request it would have been.
fn inner(
    outer: &Incoming,
    item: &BatchItem,
    version: Option<ApiVersion>,
    named: &HashMap<String, Earlier>,
) -> Result<Incoming, GraphError> {
    let resolve = |name: &str, path: &str| match named.get(name) {
        Some(Earlier::Done(value)) => Some(batch::json_path(value, path).join(",")),
        _ => None,
    };
    let fill = |text: &str| {
        batch::substitute(text, &resolve).map_err(|detail| GraphError::new(&error::PARAMETER_DETAIL).with(detail))
    };
    let url = fill(&item.relative_url)?;
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let mut params = Params::new();
    params.pairs(pairs(query.as_bytes()));
    if let (Some(body), Method::Post | Method::Put) = (&item.body, item.method) {
        let body = fill(body)?;
        if body.trim_start().starts_with('{') {
            params.json(body.as_bytes())?;
        } else {
            params.pairs(pairs(body.as_bytes()));
        }
    }
    if let Some(token) = &item.access_token {
        params.set("access_token", token.clone());
    }
    params.remove("batch");
    let path = match (Path::parse(path).version, version) {
        (None, Some(version)) => format!("/{version}/{path}"),
        _ => format!("/{path}"),
    };
    let mut inner = Incoming::merged(item.method.as_str(), path, params, None, outer.origin.clone())?;
    if inner.token.is_none() {
        // The proof belongs to the token it came with (contract graph 1.5).
        inner.token.clone_from(&outer.token);
        inner.proof.clone_from(&outer.proof);
        inner.proof_time = outer.proof_time;
    }
    Ok(inner)
}
