//! What the emulator has beyond Meta's API, under the reserved prefix `/_parlance/`: people, triggers, clock, logs
//! (design section 7).
//!
//! JSON in, JSON out. Every endpoint is one row of [`endpoints`] and one entry of the OpenAPI document.

mod accounts;
mod alerts;
mod apps;
mod asked;
mod by_hand;
mod clock;
mod comments;
mod contacts;
mod control;
mod dashboard;
mod deliveries;
mod departures;
mod enforcements;
mod events;
mod faces;
mod faults;
mod files;
mod guard;
mod messages;
mod people;
mod pictures;
mod posts;
mod problem;
mod reactions;
mod redeliveries;
mod relations;
mod saying;
mod subscriptions;
mod taps;
mod tells;
mod threads;
mod view;

use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, any, delete, get, post};
use axum::{Json, Router};
use utoipa::OpenApi;

use crate::state::Server;
use problem::Problem;

/// Path and handlers of every endpoint.
fn endpoints() -> Vec<(&'static str, MethodRouter<Server>)> {
    vec![
        ("/_parlance/people", get(people::list).post(people::create)),
        ("/_parlance/people/{username}", post(people::change)),
        ("/_parlance/people/{username}/accounts", get(contacts::list)),
        ("/_parlance/people/{username}/messages", get(view::read).post(messages::write).delete(threads::remove)),
        ("/_parlance/people/{username}/messages/{message}", post(messages::edit).delete(messages::unsend)),
        ("/_parlance/people/{username}/files", post(files::upload).layer(DefaultBodyLimit::max(files::UPLOAD_BYTES))),
        ("/_parlance/people/{username}/taps", post(taps::tap)),
        ("/_parlance/people/{username}/choices", get(taps::choices)),
        ("/_parlance/people/{username}/opens", post(threads::open)),
        ("/_parlance/people/{username}/links", post(threads::follow_link)),
        ("/_parlance/people/{username}/reactions", post(reactions::react)),
        ("/_parlance/people/{username}/reactions/{message}", delete(reactions::unreact)),
        ("/_parlance/people/{username}/follows", post(relations::follow).delete(relations::unfollow)),
        ("/_parlance/people/{username}/blocks", post(relations::block).delete(relations::unblock)),
        ("/_parlance/people/{username}/comments", post(comments::post)),
        ("/_parlance/people/{username}/comments/{comment}", delete(comments::delete)),
        ("/_parlance/people/{username}/mentions", post(tells::mention)),
        ("/_parlance/people/{username}/optins", post(tells::opt_in)),
        ("/_parlance/people/{username}/feedback", post(tells::feedback)),
        ("/_parlance/people/{username}/stories/{message}", delete(messages::end_story)),
        ("/_parlance/people/{username}/control", get(control::read).post(control::act)),
        ("/_parlance/people/{username}/typings", post(relations::typing)),
        ("/_parlance/people/{username}/visits", post(relations::visit)),
        ("/_parlance/accounts", get(accounts::list)),
        ("/_parlance/accounts/{username}", post(accounts::change)),
        ("/_parlance/accounts/{username}/messages", post(by_hand::write)),
        ("/_parlance/accounts/{username}/media", post(posts::publish)),
        ("/_parlance/accounts/{username}/media/{media}", post(posts::change)),
        ("/_parlance/accounts/{username}/messages/{message}", delete(by_hand::unsend)),
        ("/_parlance/accounts/{username}/taps", post(by_hand::tap)),
        ("/_parlance/accounts/{username}/comments", post(by_hand::comment)),
        ("/_parlance/accounts/{username}/follows", post(by_hand::follow).delete(by_hand::unfollow)),
        ("/_parlance/accounts/{username}/enforcements", post(enforcements::post)),
        ("/_parlance/apps", get(apps::list)),
        ("/_parlance/apps/{app}", post(apps::change)),
        ("/_parlance/apps/{app}/subscriptions", get(subscriptions::list).post(subscriptions::put)),
        ("/_parlance/apps/{app}/roles/{username}", post(apps::give_role).delete(apps::take_role)),
        ("/_parlance/apps/{app}/tests", post(dashboard::test)),
        ("/_parlance/clock", get(clock::read).post(clock::set)),
        ("/_parlance/deliveries", get(deliveries::list)),
        ("/_parlance/deliveries/{id}", get(deliveries::one)),
        ("/_parlance/deliveries/redeliver", post(redeliveries::many)),
        ("/_parlance/deliveries/{id}/redeliver", post(redeliveries::one)),
        ("/_parlance/alerts", get(alerts::list)),
        ("/_parlance/faults", get(faults::list).post(faults::arm).delete(faults::clear)),
        ("/_parlance/accounts/{username}/apps/{app}", delete(departures::remove)),
        ("/_parlance/accounts/{username}/apps/{app}/data_deletion", post(departures::ask)),
        ("/_parlance/events", get(events::list)),
        ("/_parlance/events/stream", get(events::stream)),
        ("/_parlance/pictures/{file}", get(pictures::one)),
        ("/_parlance/openapi.json", get(openapi)),
    ]
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parlance emulator",
        version = "1",
        description = "What the emulator can do beyond Meta's API. Errors \
        are `{\"error\":{\"message\",\"type\",\"code\",\"fbtrace_id\"}}`, times RFC 3339."
    ),
    paths(
        people::list,
        people::create,
        people::change,
        contacts::list,
        view::read,
        messages::write,
        messages::edit,
        messages::unsend,
        files::upload,
        taps::tap,
        taps::choices,
        threads::open,
        threads::remove,
        threads::follow_link,
        reactions::react,
        reactions::unreact,
        relations::follow,
        relations::unfollow,
        relations::block,
        relations::unblock,
        relations::typing,
        relations::visit,
        comments::post,
        comments::delete,
        tells::mention,
        tells::opt_in,
        tells::feedback,
        messages::end_story,
        control::read,
        control::act,
        accounts::list,
        accounts::change,
        by_hand::write,
        posts::publish,
        posts::change,
        by_hand::unsend,
        by_hand::tap,
        by_hand::comment,
        by_hand::follow,
        by_hand::unfollow,
        enforcements::post,
        apps::list,
        apps::change,
        apps::give_role,
        apps::take_role,
        dashboard::test,
        subscriptions::list,
        subscriptions::put,
        clock::read,
        clock::set,
        deliveries::list,
        deliveries::one,
        redeliveries::many,
        redeliveries::one,
        alerts::list,
        faults::list,
        faults::arm,
        faults::clear,
        departures::remove,
        departures::ask,
        events::list,
        events::stream,
        pictures::one,
        openapi,
    )
)]
struct Document;

/// The emulator's surface, the faces that there are, and pages that stand where others will be.
pub fn router(server: Server, faces: Router) -> Router {
    let mut router = Router::new().route("/_parlance/{*rest}", any(nothing_here));
    for (path, handlers) in endpoints() {
        router = router.route(path, handlers);
    }
    for path in faces::paths() {
        router = router.route(path, get(faces::show));
    }
    router
        .merge(faces.with_state(()))
        .layer(from_fn_with_state(server.clone(), guard::own_pages_only))
        .layer(from_fn_with_state(server.clone(), problem::written))
        .with_state(server)
}

/// The OpenAPI document of the surface, indented and with a line break at its end, as it is committed.
pub fn openapi_json() -> String {
    let document = Document::openapi().to_pretty_json().expect("a document made of literals is JSON");
    document + "\n"
}

/// This document.
#[utoipa::path(
    get, path = "/_parlance/openapi.json", operation_id = "read_openapi", tag = "openapi",
    responses((status = 200, description = "OpenAPI")),
)]
async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::missing(uri.path())
}

#[cfg(test)]
mod tests;
