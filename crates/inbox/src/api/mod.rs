//! The inbox's HTTP surface: webhooks come in at `/inbox/webhooks/{connection}`, its pages speak to `/inbox/api`.
//!
//! Every endpoint is one row of the table below: verb, path, who may call it, handler. Routing, the check of roles and the test
//! that tries every endpoint as everybody derive from it; the OpenAPI document is compared with it.

pub mod answer;
pub mod conversations;
pub mod guard;
mod input;
pub mod live;
pub mod session;
pub mod settings;
pub mod shapes;
pub mod webhooks;
pub mod work;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, delete, get, post, put};
use tokio_util::sync::CancellationToken;
use utoipa::OpenApi;

use crate::ids::{EntryId, ReplyId, ViewId};
use crate::policy::access::Action;
use crate::{Desk, Problem};

/// Who may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anybody, logged in or not.
    Open,
    /// Whose role may do this.
    May(Action),
}

/// One endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The verb, in capitals.
    pub verb: &'static str,
    /// The path, with names in braces.
    pub path: &'static str,
    /// Who may call it.
    pub need: Need,
}

/// What the API stands on.
pub struct Api {
    /// The desk.
    pub desk: Arc<Desk>,
    /// Whether people reach it over HTTPS, so that its cookie travels nowhere else.
    pub secure: bool,
    /// Ends live streams.
    pub stop: CancellationToken,
}

macro_rules! endpoints {
    (@verb get) => { "GET" };
    (@verb post) => { "POST" };
    (@verb put) => { "PUT" };
    (@verb delete) => { "DELETE" };
    (@need Open) => { Need::Open };
    (@need $action:ident) => { Need::May(Action::$action) };
    ($($verb:ident $path:literal $need:ident $($handler:ident)::+;)+) => {
        /// Every endpoint.
        pub const ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            verb: endpoints!(@verb $verb),
            path: concat!("/inbox/api", $path),
            need: endpoints!(@need $need),
        }),+];

        fn routes(api: &Arc<Api>) -> Router<Arc<Api>> {
            let mut router = Router::new();
            $({
                let state = (api.clone(), endpoints!(@need $need));
                let handler = $verb($($handler)::+).layer(from_fn_with_state(state, guard::admit));
                router = router.route(concat!("/inbox/api", $path), handler);
            })+
            router
        }

        #[derive(OpenApi)]
        #[openapi(
            info(
                title = "Parlance inbox",
                version = "1",
                description = "The care desk. A call is made with the cookie of a log-in; changes also need the header \
                `x-parlance-inbox` and come from the desk's own origin. Times are milliseconds since 1970, ids are text."
            ),
            paths($($($handler)::+),+),
            components(schemas(live::Whispered, live::Clock, EntryId, ReplyId, ViewId)),
        )]
        struct Document;
    };
}

endpoints! {
    post "/session" Open session::log_in;
    post "/join" Open session::join;
    get "/session" Own session::read;
    delete "/session" Own session::log_out;
    get "/sessions" Own session::list;
    delete "/sessions" Own session::end_others;
    delete "/sessions/{id}" Own session::end;
    put "/me/name" Own session::rename;
    put "/me/password" Own session::password;
    post "/me/code" Own session::new_code;
    put "/me/code" Own session::set_code;
    delete "/me/code" Own session::remove_code;
    put "/me/available" Reply session::available;
    get "/counts" Look conversations::counts;
    get "/conversations" Look conversations::list;
    post "/conversations" Triage conversations::change_many;
    get "/conversations/{id}" Look conversations::read;
    post "/conversations/{id}" Triage conversations::change;
    post "/conversations/{id}/replies" Reply conversations::reply;
    post "/conversations/{id}/notes" Note conversations::note;
    post "/conversations/{id}/attachments" Reply work::attach;
    put "/conversations/{id}/draft" Reply conversations::draft;
    put "/conversations/{id}/fields" Triage conversations::fields;
    put "/conversations/{id}/presence" Look conversations::be_there;
    delete "/conversations/{id}/presence" Look conversations::leave;
    get "/conversations/{id}/canned_replies/{reply}" Reply conversations::canned;
    get "/search" Look work::search;
    post "/outbox/{id}/retry" Reply work::retry;
    delete "/outbox/{id}" Reply work::discard;
    get "/comments" Look work::comments;
    post "/comments/{id}/private_reply" Reply work::private_reply;
    get "/events" Look live::list;
    get "/live" Look live::follow;
    put "/workspace" Staff settings::set_up;
    get "/agents" Look settings::agents;
    post "/agents/{id}" Staff settings::change_agent;
    post "/invitations" Staff settings::invite;
    get "/teams" Look settings::teams;
    post "/teams" Staff settings::add_team;
    put "/teams/{id}" Staff settings::change_team;
    put "/teams/{id}/members/{agent}" Staff settings::join_team;
    delete "/teams/{id}/members/{agent}" Staff settings::leave_team;
    get "/labels" Look settings::labels;
    post "/labels" Arrange settings::add_label;
    put "/labels/{id}" Arrange settings::change_label;
    delete "/labels/{id}" Arrange settings::remove_label;
    get "/canned_replies" Look settings::replies;
    post "/canned_replies" Arrange settings::add_reply;
    put "/canned_replies/{id}" Arrange settings::change_reply;
    delete "/canned_replies/{id}" Arrange settings::remove_reply;
    get "/views" Own settings::views;
    post "/views" Own settings::add_view;
    delete "/views/{id}" Own settings::remove_view;
    get "/connections" Look settings::connections;
    post "/connections" OwnBusiness settings::connect;
    post "/connections/{id}/catch_up" Arrange settings::catch_up;
    get "/audit" Audit settings::audit;
}

/// The API and the receiving end of webhooks.
pub fn router(api: Api) -> Router {
    let api = Arc::new(api);
    let routes = routes(&api).route("/inbox/api/{*rest}", any(nothing_here));
    routes.layer(from_fn(guard::harden)).with_state(api.clone()).merge(webhooks::router(api.desk.clone()))
}

/// What is no endpoint is told in the API's own words, whatever pages lie beside it.
async fn nothing_here() -> Problem {
    Problem::NoSuch("endpoint")
}

/// The OpenAPI document, indented and with a line break at its end, as it is committed.
pub fn openapi_json() -> String {
    let document = Document::openapi().to_pretty_json().expect("a document made of literals is JSON");
    document + "\n"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_committed_document_is_the_one_that_the_code_makes() {
        let committed = include_str!("../../../../docs/openapi/inbox.json");
        assert_eq!(committed, openapi_json(), "run cargo xtask openapi");
    }

    #[test]
    fn the_document_names_every_endpoint_by_its_own_verb_and_path() {
        let document: serde_json::Value = serde_json::from_str(&openapi_json()).unwrap();
        let mut documented = BTreeSet::new();
        for (path, verbs) in document["paths"].as_object().unwrap() {
            for verb in verbs.as_object().unwrap().keys() {
                documented.insert((verb.to_uppercase(), path.clone()));
            }
        }
        let table: BTreeSet<_> = ENDPOINTS.iter().map(|one| (one.verb.to_owned(), one.path.to_owned())).collect();
        assert_eq!(table.len(), ENDPOINTS.len(), "a row stands twice");
        assert_eq!(documented, table);
    }

    #[test]
    fn every_reference_of_the_document_leads_to_something() {
        fn references(value: &serde_json::Value, found: &mut BTreeSet<String>) {
            match value {
                serde_json::Value::Object(members) => {
                    found.extend(members.get("$ref").and_then(|to| to.as_str()).map(str::to_owned));
                    members.values().for_each(|member| references(member, found));
                }
                serde_json::Value::Array(items) => items.iter().for_each(|item| references(item, found)),
                _ => {}
            }
        }
        let document: serde_json::Value = serde_json::from_str(&openapi_json()).unwrap();
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(found.len() > 20);
        for reference in found {
            let place = document.pointer(reference.trim_start_matches('#'));
            assert!(place.is_some(), "{reference} leads nowhere");
        }
    }
}
