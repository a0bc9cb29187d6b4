//! The desk beside the emulator: an app of its own on the demo account, three agents and a supervisor. Their passwords are
//! known to everybody, as everything of the demo world is, which is why there is none of it outside the emulator.

use ::inbox::Desk;
use ::inbox::api::{self, Api};
use ::inbox::desk::connect::NewConnection;
use ::inbox::facts::{Assignment, Role};
use ::inbox::ids::WorkspaceId;
use anyhow::Context;
use client::transport::{InProcess, Transport};
use engine::change::{Change, ChangeSet};
use engine::facts::Token;
use engine::vault::TokenHash;
use engine::{World, demo, setup};
use secrecy::ExposeSecret;
use server::Server;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

use super::open;
use crate::args::Place;
use crate::node::Beside;

/// The app's name.
const APP: &str = "Parlance inbox";
/// Its token for the demo Page.
const TOKEN: &str = "EAADemoInboxPageToken0001";
/// Everybody's password.
const PASSWORD: &str = "harbor knits demo";
/// Who works there.
const PEOPLE: [(Role, &str, &str); 5] = [
    (Role::Owner, "olga@desk.example", "Olga"),
    (Role::Supervisor, "sue@desk.example", "Sue"),
    (Role::Agent, "ana@desk.example", "Ana"),
    (Role::Agent, "ben@desk.example", "Ben"),
    (Role::Agent, "chi@desk.example", "Chi"),
];

/// What a person at a terminal is told of the desk.
pub fn log_ins(url: &str) -> String {
    let people: Vec<String> = PEOPLE.iter().map(|(role, email, _)| format!("{email} ({})", role.word())).collect();
    format!(
        "\n  inbox          {url}/inbox, password {PASSWORD:?} for\n                 {}",
        people.join("\n                 ")
    )
}

/// The desk, to be run beside this server.
///
/// # Errors
/// A database that does not open.
pub async fn beside(server: &Server, place: &Place) -> anyhow::Result<Beside> {
    // The platform's database is the platform's: the desk has a file of its own in the same folder.
    let place = Place { data: place.data.clone(), database: None, key_file: place.key_file.clone() };
    let world = server.world.clone();
    let clock = {
        let world = world.clone();
        move || world.now()
    };
    let transport = Transport::new(InProcess(server.clone().router(None)));
    let desk = open(&place, Box::new(clock), Some(transport), None).await?;
    let stop = CancellationToken::new();
    let router = api::router(Api { desk: desk.clone(), secure: false, stop: stop.clone() });
    let run = move |url: String, draining: CancellationToken, done: CancellationToken| {
        let ran: futures_util::future::BoxFuture<'static, anyhow::Result<()>> = Box::pin(async move {
            prepare(&world, &desk, &url).await.context("cannot set up the inbox")?;
            desk.run(draining).await;
            stop.cancel();
            done.cancelled().await;
            Ok(desk.store.close().await?)
        });
        ran
    };
    Ok(Beside { router, run: Box::new(run) })
}

/// Makes what is missing, and has the platform deliver to where the desk is this time.
async fn prepare(world: &Arc<World>, desk: &Desk, url: &str) -> anyhow::Result<()> {
    let workspace = match desk.workspaces().await?.first() {
        Some(workspace) => workspace.id,
        None => staffed(desk).await?,
    };
    let (app, secret) = app(world).await?;
    // Addresses in answers are made of the one that was called.
    let new = NewConnection { graph_url: Some(url.to_owned()), token: TOKEN.to_owned(), app_secret: secret };
    let connected = desk.connect(workspace, new).await?;
    desk.subscribe(&connected, &app, url).await?;
    Ok(())
}

async fn staffed(desk: &Desk) -> anyhow::Result<WorkspaceId> {
    let (workspace, _) = desk.begin("Harbor Knits").await?;
    for (role, email, name) in PEOPLE {
        let agent = desk.add_agent(workspace.id, role, email, name, PASSWORD).await?;
        if role == Role::Owner {
            desk.set_up(&agent, "Harbor Knits", Assignment::Manual, true).await?;
        }
    }
    Ok(workspace.id)
}

/// The desk's app and its secret, with a token for the demo Page that may do what the demo app's may.
async fn app(world: &Arc<World>) -> anyhow::Result<(String, String)> {
    let known = world.store.apps().await?.into_iter().find(|app| app.name == APP);
    let (id, secret) = match known {
        Some(app) => (app.id, world.vault.open(&app.secret)?),
        None => {
            let made = setup::create_app(world, APP, true).await?;
            (made.id, made.secret)
        }
    };
    let like = world.store.token(TokenHash::of(demo::PAGE_TOKEN)).await?.context("the demo Page has its token")?;
    let token = Token { hash: TokenHash::of(TOKEN), app: id, ..like };
    let mut set = ChangeSet::new();
    set.push(Change::PutToken(token));
    world.commit(set).await?;
    Ok((id.to_string(), secret.expose_secret().to_owned()))
}
