//! The desk beside the emulator: an app of its own on the demo account, three agents, a supervisor and an owner, and, unless it
//! is to begin empty, people who have written to them. Their passwords are known to everybody, as everything of the demo world
//! is, which is why there is none of it outside the emulator.
//!
//! The desk is made once, when neither it nor a listening bot is there yet; what of it was done is told by [`Made`].

mod guests;
mod stage;

use std::sync::Arc;

use ::inbox::Desk;
use ::inbox::desk::connect::NewConnection;
use ::inbox::facts::Role;
use anyhow::Context;
use client::transport::{InProcess, Transport};
use engine::change::{Change, ChangeSet};
use engine::facts::{App, LoginCallbacks, Token};
use engine::vault::TokenHash;
use engine::{World, demo};
use serde_json::{Value, json};
use server::Server;
use wire::time::Millis;
use wire::version;

use super::alongside;
use crate::args::{InboxDemo, Place};
use crate::node::Beside;
use stage::{Set, Stage};

/// The app's name.
const APP: &str = "Parlance inbox";
/// Its secret, for both logins.
const SECRET: &str = "demo0inbox0secret0of0parlance001";
/// Its token for the demo Page.
const TOKEN: &str = "EAADemoInboxPageToken0001";
/// What the desk is called.
const WORKSPACE: &str = "Harbor Knits";
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
/// Where the platform keeps how far the making of the desk has come.
const MADE: &str = "demo_desk";

/// What a script is told of the desk.
pub fn told(url: &str) -> Value {
    let person = |(role, email, name): (Role, &str, &str)| json!({"email": email, "role": role.word(), "name": name});
    json!({"url": format!("{url}/inbox"), "people": PEOPLE.map(person), "password": PASSWORD})
}

/// What a person at a terminal is told of it.
pub fn log_ins(url: &str) -> String {
    let people: Vec<String> = PEOPLE.iter().map(|(role, email, _)| format!("{email} ({})", role.word())).collect();
    format!(
        "\n  inbox          {url}/inbox, password {PASSWORD:?} for\n                 {}",
        people.join("\n                 ")
    )
}

/// The desk, to be run beside this server, which will be reached at `url`.
///
/// # Errors
/// A database that does not open, a desk that cannot be made.
pub async fn beside(server: &Server, place: &Place, url: &str, begins: InboxDemo) -> anyhow::Result<Beside> {
    // The platform's database is the platform's: the desk has a file of its own in the same folder.
    let place = Place { data: place.data.clone(), database: None, key_file: place.key_file.clone() };
    let world = Arc::clone(&server.world);
    let open = async || {
        let clock = {
            let world = Arc::clone(&world);
            move || world.now()
        };
        let transport = Transport::new(InProcess(server.clone().router(None)));
        let opened = super::open(&place, Box::new(clock), Some(transport), None).await;
        opened.context("with --no-inbox the platform runs without its desk")
    };
    let mut desk = open().await?;
    let is_new = desk.workspaces().await?.is_empty();
    if let Made::Begun { now, guests } = Made::found(&world, is_new, begins).await? {
        // Its database is had by one at a time.
        desk.store.close().await?;
        make(Set { world: &world, place: &place, now, url }, guests).await.context("cannot set up the inbox")?;
        desk = open().await?;
    }
    let connects = Arc::clone(&desk);
    let prepare = move |url: String| {
        let ready: futures_util::future::BoxFuture<'static, anyhow::Result<()>> =
            Box::pin(async move { connect(&world, &connects, &url).await.context("cannot connect the inbox") });
        ready
    };
    Ok(alongside(desk, false, Box::new(prepare)))
}

/// How far the making of the desk has come.
enum Made {
    /// It was begun at this moment, with guests or without.
    Begun { now: Millis, guests: bool },
    /// Whatever there is has been made, and belongs to whoever uses it.
    Done,
}

impl Made {
    /// What is to be done at this start; what is begun is noted first.
    async fn found(world: &World, is_new: bool, begins: InboxDemo) -> anyhow::Result<Self> {
        let noted = world.store.setting(MADE).await?;
        let noted = noted.as_deref().map(Self::read).transpose()?;
        let found = match noted {
            Some(begun @ Self::Begun { .. }) => return Ok(begun),
            None | Some(Self::Done) if !is_new => return Ok(Self::Done),
            // The desk was thrown away: its guests have written already.
            Some(Self::Done) => Self::Begun { now: world.now(), guests: false },
            None => {
                // A bot that listens would answer people who wrote days ago.
                let is_quiet = world.store.subscriptions(demo::APP).await?.is_empty();
                Self::Begun { now: world.now(), guests: begins == InboxDemo::Lively && is_quiet }
            }
        };
        found.note(world).await?;
        Ok(found)
    }

    fn read(text: &str) -> anyhow::Result<Self> {
        let wrong = || format!("setting.value of {MADE}: {text:?}");
        match text.split_once(' ') {
            None if text == "done" => Ok(Self::Done),
            Some((now, guests)) => {
                Ok(Self::Begun { now: Millis::new(now.parse().with_context(wrong)?), guests: guests == "guests" })
            }
            None => anyhow::bail!(wrong()),
        }
    }

    async fn note(&self, world: &World) -> anyhow::Result<()> {
        let value = match self {
            Self::Begun { now, guests } => format!("{} {}", now.get(), if *guests { "guests" } else { "alone" }),
            Self::Done => "done".to_owned(),
        };
        let mut set = ChangeSet::new();
        set.push(Change::PutSetting { name: MADE, value });
        Ok(world.commit(set).await?)
    }
}

/// Makes the desk, or goes on with it.
async fn make(set: Set<'_>, guests: bool) -> anyhow::Result<()> {
    let (world, url) = (Arc::clone(set.world), set.url.to_owned());
    let new = credentials(&world, &url).await?;
    let mut stage = Stage::set(set).await?;
    let connected = stage.connect(new).await?;
    if guests {
        stage.play(&connected).await?;
    }
    stage.import().await?;
    stage.strike().await?;
    Made::Done.note(&world).await
}

/// Has the platform deliver to where the desk is this time.
async fn connect(world: &World, desk: &Desk, url: &str) -> anyhow::Result<()> {
    let new = credentials(world, url).await?;
    let workspace = desk.workspaces().await?.first().context("the desk has a workspace")?.id;
    let connected = desk.connect(workspace, new).await?;
    desk.subscribe(&connected, &demo::INBOX_APP.to_string(), url).await?;
    Ok(())
}

/// What connects the demo account by the desk's app, which is made: a token for the demo Page that may do what the demo app's may.
async fn credentials(world: &World, url: &str) -> anyhow::Result<NewConnection> {
    let mut set = ChangeSet::new();
    if world.store.app(demo::INBOX_APP).await?.is_none() {
        set.push(Change::PutApp(app(world)));
    }
    let like = world.store.token(TokenHash::of(demo::PAGE_TOKEN)).await?.context("the demo Page has its token")?;
    set.push(Change::PutToken(Token { hash: TokenHash::of(TOKEN), app: demo::INBOX_APP, ..like }));
    world.commit(set).await?;
    // Addresses in answers are made of the one that was called.
    Ok(NewConnection { graph_url: Some(url.to_owned()), token: TOKEN.to_owned(), app_secret: SECRET.to_owned() })
}

/// The desk's app, which may answer as a human does.
fn app(world: &World) -> App {
    let sealed = || world.vault.seal(&SECRET.to_owned().into(), &world.ids);
    App {
        id: demo::INBOX_APP,
        name: APP.into(),
        secret: sealed(),
        instagram_app_id: demo::INBOX_INSTAGRAM_APP,
        instagram_secret: sealed(),
        require_proof: false,
        human_agent: true,
        live: true,
        advanced_access: true,
        default_version: version::newest(world.now()),
        created_time: world.now(),
        callbacks: LoginCallbacks::default(),
        instagram_callbacks: LoginCallbacks::default(),
    }
}
