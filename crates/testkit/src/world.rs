//! A whole world in a test.

use std::sync::Arc;

use axum::Router;
use engine::World;
use engine::clock::{Clock, MovableClock};
use engine::demo;
use engine::ids::{Ids, SeededEntropy};
use engine::media::sweep;
use engine::relay;
use engine::settings::Settings;
use engine::store::Store;
use engine::vault::{KEY_BYTES, Vault};
use engine::world::Parts;
use server::Server;
use store::{MemoryStore, SqliteStore};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wire::time::{Millis, Span};

use crate::line::Line;
use crate::{Api, PersonApi, Receiver};

/// Which store a test world runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The reference model.
    Memory,
    /// A file in a temporary folder.
    Sqlite,
}

/// How a test world is made.
pub struct Options {
    /// Its store.
    pub engine: Engine,
    /// What the operator chose.
    pub settings: Settings,
    /// Where its clock stands.
    pub start: Millis,
    /// Seed of its ids and randomness.
    pub seed: u64,
    /// Whether the demo world is in it.
    pub demo: bool,
}

impl Default for Options {
    /// SQLite, the emulator's settings, 2026-11-22T10:00:00Z, the demo world.
    fn default() -> Self {
        Self {
            engine: Engine::Sqlite,
            settings: Settings::emulator(),
            start: Millis::new(1_795_341_600_000),
            seed: 1,
            demo: true,
        }
    }
}

/// A running world with the demo people in it, reached in process.
pub struct TestWorld {
    /// The server, for what no surface shows.
    pub server: Server,
    router: Router,
    served: Vec<(CancellationToken, JoinHandle<()>)>,
    line: Arc<Line>,
    /// Where its store is; there until the last node on it is gone.
    folder: Option<Arc<TempDir>>,
}

impl TestWorld {
    /// A world as [`Options::default`] makes it.
    pub async fn start() -> Self {
        Self::with(Options::default()).await
    }

    /// A world made to order.
    pub async fn with(options: Options) -> Self {
        let (store, folder): (Arc<dyn Store>, Option<TempDir>) = match options.engine {
            Engine::Memory => (Arc::new(MemoryStore::default()), None),
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder can be made");
                let store = SqliteStore::open(folder.path().join("parlance.db")).expect("a new store opens");
                (Arc::new(store), Some(folder))
            }
        };
        let Options { settings, start, seed, demo, .. } = options;
        let node = Self::node(Line::new(store), folder.map(Arc::new), settings, start, seed);
        if demo {
            demo::seed(node.world()).await.expect("the demo world seeds");
        }
        node
    }

    /// Another node on the same store, with the same settings, ids of its own and a clock that stands where this one
    /// does. It hears what the others commit when it is told to, see [`TestWorld::hear`].
    pub fn beside(&self, seed: u64) -> Self {
        let settings = self.world().settings.clone();
        Self::node(self.line.beside(), self.folder.clone(), settings, self.now(), seed)
    }

    fn node(line: Line, folder: Option<Arc<TempDir>>, settings: Settings, start: Millis, seed: u64) -> Self {
        let line = Arc::new(line);
        let world = World::new(Parts {
            clock: Box::new(MovableClock::frozen(start)),
            ids: Ids::new(SeededEntropy::new(seed)),
            store: Arc::clone(&line) as Arc<dyn Store>,
            vault: Vault::new(&[7; KEY_BYTES]),
            settings,
        });
        let server = Server::new(world, None);
        let router = server.clone().router(Some(axum::Router::new()));
        Self { server, router, served: Vec::new(), line, folder }
    }

    /// Waits for news of other nodes and heeds them.
    pub async fn hear(&self) {
        let news = self.world().store.news().await;
        relay::heed(self.world(), news).await.expect("the store can be read");
    }

    /// Runs this node as the binary does, delivering and heeding news by itself. It stops with the world.
    pub fn run(&mut self) {
        let (stop, server) = (CancellationToken::new(), self.server.clone());
        let stopped = stop.clone();
        let task = tokio::spawn(async move {
            let relay = relay::run(&server.world, stopped.cancelled());
            let sweeper = sweep::run(&server.world, stopped.cancelled());
            tokio::join!(server.dispatcher.run(stopped.clone()), relay, sweeper);
        });
        self.served.push((stop, task));
    }

    /// The world itself.
    pub fn world(&self) -> &Arc<World> {
        &self.server.world
    }

    /// An API caller with this token, in process.
    pub fn api(&self, token: &str) -> Api {
        Api::new(self.router.clone(), Some(token.to_owned()))
    }

    /// The app with the demo Page's token: the Facebook host's manners.
    pub fn page(&self) -> Api {
        self.api(demo::PAGE_TOKEN)
    }

    /// The app with the demo account's own token: the Instagram host's manners.
    pub fn instagram(&self) -> Api {
        self.api(demo::ACCOUNT_TOKEN)
    }

    /// The app itself, by id and secret.
    pub fn app(&self) -> Api {
        self.api(&format!("{}|{}", demo::APP, demo::SECRET))
    }

    /// Somebody without a token.
    pub fn nobody(&self) -> Api {
        Api::new(self.router.clone(), None)
    }

    /// A person of the demo world.
    pub fn person(&self, username: &str) -> PersonApi {
        PersonApi::new(self.nobody(), username)
    }

    /// The router, for requests that no helper makes.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Moves the clock forward, running everything that becomes due on the way.
    pub async fn advance(&self, span: Span) {
        self.server.dispatcher.advance(self.now().plus(span)).await.expect("the store keeps where the clock is");
    }

    /// The present moment of this world.
    pub fn now(&self) -> Millis {
        self.server.world.now()
    }

    /// Puts the clock somewhere without running anything.
    pub fn set_clock(&self, time: Millis) {
        let clock: &dyn Clock = self.server.world.clock.as_ref();
        clock.movable().expect("a test's clock can be moved").set(time);
    }

    /// Makes every delivery that is due now, and what that makes due now.
    pub async fn deliver(&self) {
        self.server.dispatcher.settle().await;
    }

    /// A receiver of webhooks, subscribed to these fields and installed on the demo account through the Page.
    pub async fn subscribe(&self, fields: &[&str]) -> Receiver {
        let receiver = Receiver::start(demo::SECRET).await;
        self.subscribe_at(&receiver.url(), fields).await;
        receiver
    }

    /// Subscribes the demo app's endpoint at `url` to these fields and installs it through the Page.
    pub async fn subscribe_at(&self, url: &str, fields: &[&str]) {
        let fields = fields.join(",");
        let form = [
            ("object", "instagram"),
            ("callback_url", url),
            ("verify_token", crate::receiver::VERIFY_TOKEN),
            ("fields", &fields),
        ];
        self.app().post_form(&format!("/v25.0/{}/subscriptions", demo::APP), &form).await.ok();
        self.page().post_form("/v25.0/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    }

    /// Serves this world on a free port of the loopback address; answers with its base URL. It stops with the world.
    pub async fn listen(&mut self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let (stop, router) = (CancellationToken::new(), self.router.clone());
        let stopped = stop.clone().cancelled_owned();
        let task = tokio::spawn(async move {
            axum::serve(listener, router).with_graceful_shutdown(stopped).await.expect("the listener serves");
        });
        self.served.push((stop, task));
        let url = format!("http://{address}");
        self.world().media.set_base(&url);
        url
    }
}

impl Drop for TestWorld {
    fn drop(&mut self) {
        for (stop, task) in &self.served {
            stop.cancel();
            task.abort();
        }
    }
}
