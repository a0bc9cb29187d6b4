//! How the desk comes to have a past: the guests act and its agents work on a platform whose clock stands where the step says,
//! on the databases that both will run on. Whatever they do goes through the doors that there are, the emulator's surface, the
//! public API, real webhooks and the desk's use cases, so nothing is there that could not have happened.
//!
//! A start that was cut off is gone on with: each step finds out whether it was taken.

mod acts;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ::inbox::Desk;
use ::inbox::api::{self, Api};
use ::inbox::desk::connect::{Connected, NewConnection};
use ::inbox::facts::{Agent, ImportState};
use ::inbox::ids::{LabelId, TeamId, WorkspaceId};
use anyhow::{Context, bail};
use axum::Router;
use client::transport::{InProcess, Transport};
use engine::clock::MovableClock;
use engine::ids::{Ids, SystemEntropy};
use engine::vault::Vault;
use engine::world::Parts;
use engine::{World, demo};
use server::Server;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wire::time::{Millis, Span};

use super::WORKSPACE;
use super::guests::{DAYS, GUESTS, Guest, Step};
use crate::args::Place;
use crate::inbox::open;
use crate::{drain, home};

/// When before the desk was made its account's history is read, which takes less than that at two calls a second.
const IMPORT: Span = Span::minutes(2);
/// How often reading goes on that had to wait.
const TURNS: usize = 10_000;
/// How long a delivery of the stage may take when it is torn down.
const DRAIN: Duration = Duration::from_secs(1);

/// A platform and a desk on their databases, with a clock that stands.
pub(super) struct Stage {
    server: Server,
    surface: Router,
    desk: Arc<Desk>,
    workspace: WorkspaceId,
    agents: BTreeMap<&'static str, Agent>,
    labels: BTreeMap<String, LabelId>,
    teams: BTreeMap<String, TeamId>,
    /// When the desk is made: what the steps count back from.
    now: Millis,
}

/// What a stage is set on.
pub(super) struct Set<'a> {
    /// The platform.
    pub(super) world: &'a Arc<World>,
    /// Where the desk's data are, and the key of both.
    pub(super) place: &'a Place,
    /// When the desk is made.
    pub(super) now: Millis,
    /// Where both will be reached.
    pub(super) url: &'a str,
}

impl Stage {
    /// Sets it, with everybody who works at the desk.
    ///
    /// # Errors
    /// The databases'.
    pub(super) async fn set(set: Set<'_>) -> anyhow::Result<Self> {
        let Set { world, place, now, url } = set;
        let key = home::read_or_make(&home::key_file(place))?;
        let world = World::new(Parts {
            clock: Box::new(MovableClock::frozen(now.minus(Span::days(DAYS)))),
            ids: Ids::new(SystemEntropy),
            store: Arc::clone(&world.store),
            vault: Vault::new(&key),
            settings: world.settings.clone(),
        });
        world.media.set_base(url);
        let server = Server::new(Arc::clone(&world), None);
        let clock = {
            let world = Arc::clone(&world);
            move || world.now()
        };
        let transport = Transport::new(InProcess(server.clone().router(None)));
        let desk = open(place, Box::new(clock), Some(transport), Some(url.to_owned())).await?;
        let surface = server.clone().router(Some(Router::new()));
        let workspace = match desk.workspaces().await?.first() {
            Some(workspace) => workspace.id,
            None => desk.begin(WORKSPACE).await?.0.id,
        };
        let (labels, teams) = (BTreeMap::new(), BTreeMap::new());
        let mut stage = Self { server, surface, desk, workspace, agents: BTreeMap::new(), labels, teams, now };
        stage.staff().await?;
        Ok(stage)
    }

    /// Takes it down: the desk's database is free again.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn strike(self) -> anyhow::Result<()> {
        Ok(self.desk.store.close().await?)
    }

    /// Has the desk connected to the demo account, and reads what people wrote before.
    ///
    /// # Errors
    /// What the platform refuses, the databases'.
    pub(super) async fn connect(&self, new: NewConnection) -> anyhow::Result<Connected> {
        Ok(self.desk.connect(self.workspace, new).await?)
    }

    /// Reads the account's threads, as far as the platform tells them.
    ///
    /// # Errors
    /// The databases'; an account that cannot be read.
    pub(super) async fn import(&self) -> anyhow::Result<()> {
        self.turn(self.now.minus(IMPORT))?;
        for _ in 0..TURNS {
            let all = self.desk.connections(self.workspace).await?;
            if all.iter().all(|one| one.import_state == ImportState::Done && one.polled_time.is_some()) {
                return Ok(self.desk.settle().await?);
            }
            if let Some(later) = self.desk.catch_up_all().await? {
                self.turn(later)?;
            }
        }
        bail!("the demo account's threads cannot be read")
    }

    /// Lets everything of the table happen that has not happened yet.
    ///
    /// # Errors
    /// A step that cannot be taken.
    pub(super) async fn play(&mut self, connected: &Connected) -> anyhow::Result<()> {
        let (url, told) = self.listen().await?;
        self.desk.subscribe(connected, &demo::INBOX_APP.to_string(), &url).await?;
        self.arrange().await?;
        // What an earlier start was being told has its end by now, whenever that was; what it was sending has its turn.
        self.turn(self.now)?;
        self.server.dispatcher.settle().await;
        self.desk.apply_all().await?;
        let mut steps: Vec<(i64, &Guest, usize, Step)> = Vec::new();
        for guest in &GUESTS {
            steps.extend(guest.steps.iter().enumerate().map(|(place, (before, step))| (*before, guest, place, *step)));
        }
        steps.sort_by_key(|(before, ..)| -before);
        for (before, guest, place, step) in steps {
            let at = self.now.minus(Span::minutes(before));
            self.turn(at)?;
            let taken = self.step(guest, place, step, at).await;
            taken.with_context(|| format!("{} and {step:?}", guest.username))?;
        }
        self.settle().await?;
        self.know_everybody().await?;
        told.abort();
        // It ends by being told to.
        drop(told.await);
        Ok(())
    }

    /// The desk listens to webhooks, at this address.
    async fn listen(&self) -> anyhow::Result<(String, JoinHandle<()>)> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("cannot listen on a free port")?;
        let url = format!("http://{}", listener.local_addr()?);
        let stop = CancellationToken::new();
        let router = api::router(Api { desk: Arc::clone(&self.desk), secure: false, stop: stop.clone() });
        Ok((url, tokio::spawn(drain::serve(listener, router, stop, DRAIN))))
    }

    /// The clock stands at this moment from now on.
    fn turn(&self, to: Millis) -> anyhow::Result<()> {
        self.server.world.clock.movable().context("the clock is fixed")?.set(to);
        Ok(())
    }

    /// The desk is told of everything, and does what follows.
    async fn settle(&self) -> anyhow::Result<()> {
        for _ in 0..2 {
            self.server.dispatcher.settle().await;
            self.desk.settle().await?;
        }
        Ok(())
    }
}
