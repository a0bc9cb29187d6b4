//! A desk beside a world: connected, told of everything by real webhooks, with clocks that move together.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::http::{HeaderMap, HeaderValue};
use client::transport::InProcess;
use client::transport::Transport;
use parlance_inbox::api::{self, Api};
use parlance_inbox::clock::{Clock, Seeded};
use parlance_inbox::desk::connect::{Connected, NewConnection};
use parlance_inbox::desk::views::View;
use parlance_inbox::facts::{Agent, Conversation, Role};
use parlance_inbox::ids::WorkspaceId;
use parlance_inbox::vault::{KEY_BYTES, Vault};
use parlance_inbox::{Desk, Parts};
use serde_json::{Value, json};
use testkit::TestWorld;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wire::time::{Millis, Span};

use crate::engines::Engine;

/// The demo app of a test world.
pub const APP: &str = "500000000000001";
/// Its secret.
pub const SECRET: &str = "demo0app0secret0of0parlance00001";
/// The demo Page's token.
pub const PAGE_TOKEN: &str = "EAADemoPageToken0001";
/// A password.
pub const PASSWORD: &str = "correct horse battery";

/// The headers of a body that the platform signed.
pub fn signed(body: &[u8]) -> HeaderMap {
    let header = wire::signature::sha256_header(SECRET.as_bytes(), body);
    HeaderMap::from_iter([("x-hub-signature-256".parse().unwrap(), HeaderValue::from_str(&header).unwrap())])
}

/// A desk, its world, and who works there.
pub struct Rig {
    /// The platform.
    pub world: TestWorld,
    /// The inbox.
    pub desk: Arc<Desk>,
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// The demo account, connected.
    pub connected: Connected,
    /// Three agents.
    pub agents: Vec<Agent>,
    /// A supervisor.
    pub supervisor: Agent,
    /// Its HTTP surface.
    pub router: Router,
    /// The own clock of a desk that stands apart, in milliseconds.
    own: Arc<AtomicI64>,
    task: JoinHandle<()>,
    engine: Engine,
}

impl Drop for Rig {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Rig {
    /// A desk that has imported nothing yet and is told of everything new.
    pub async fn start(engine: Engine) -> Self {
        Self::with(engine, |transport| transport).await
    }

    /// The same, whose calls go through another transport on their way.
    pub async fn with(engine: Engine, through: impl FnOnce(Transport) -> Transport) -> Self {
        let clock = |world: &TestWorld| -> Box<dyn Clock> {
            let world = world.world().clone();
            Box::new(move || world.now())
        };
        Self::put_together(engine, through, clock).await
    }

    /// The same, whose own clock stands at the world's beginning: it knows of the world's time what answers tell.
    pub async fn apart(engine: Engine) -> Self {
        let own = Arc::new(AtomicI64::new(0));
        let clock = |world: &TestWorld| -> Box<dyn Clock> {
            own.store(world.now().get(), Ordering::SeqCst);
            let own = own.clone();
            Box::new(move || Millis::new(own.load(Ordering::SeqCst)))
        };
        let mut rig = Self::put_together(engine, |transport| transport, clock).await;
        rig.own = own;
        rig
    }

    /// Time passes on a desk that stands apart, and on the platform: nobody moves a clock.
    pub fn pass(&self, span: Span) {
        self.own.fetch_add(span.get(), Ordering::SeqCst);
        self.world.set_clock(self.world.now().plus(span));
    }

    async fn put_together(
        mut engine: Engine,
        through: impl FnOnce(Transport) -> Transport,
        clock: impl FnOnce(&TestWorld) -> Box<dyn Clock>,
    ) -> Self {
        let world = TestWorld::start().await;
        let transport = Transport::new(InProcess(world.router()));
        let desk = Desk::new(Parts {
            store: engine.store(),
            clock: clock(&world),
            entropy: Box::new(Seeded::new(7)),
            vault: Vault::new(&[7; KEY_BYTES]),
            transport: Some(through(transport)),
            graph_url: Some("http://graph.test".into()),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = api::router(Api { desk: desk.clone(), secure: false, stop: CancellationToken::new() });
        let served = router.clone();
        let task = tokio::spawn(async move { axum::serve(listener, served).await.unwrap() });
        let (workspace, _) = desk.begin("Harbor Knits").await.unwrap();
        let new = NewConnection { graph_url: None, token: PAGE_TOKEN.into(), app_secret: SECRET.into() };
        let connected = desk.connect(workspace.id, new).await.unwrap();
        desk.subscribe(&connected, APP, &url).await.unwrap();
        let mut agents = Vec::new();
        for name in ["Ana", "Ben", "Chi"] {
            let email = format!("{}@desk.test", name.to_lowercase());
            agents.push(desk.add_agent(workspace.id, Role::Agent, &email, name, PASSWORD).await.unwrap());
        }
        let supervisor =
            desk.add_agent(workspace.id, Role::Supervisor, "sue@desk.test", "Sue", PASSWORD).await.unwrap();
        Self {
            world,
            desk,
            workspace: workspace.id,
            connected,
            agents,
            supervisor,
            router,
            own: Arc::default(),
            task,
            engine,
        }
    }

    /// The desk ends with whatever it had in mind, and another begins over the same database. No webhook reaches it.
    pub async fn reopen(&mut self) {
        self.task.abort();
        self.desk.store.close().await.unwrap();
        let world = self.world.world().clone();
        self.desk = Desk::new(Parts {
            store: self.engine.reopen().await,
            clock: Box::new(move || world.now()),
            entropy: Box::new(Seeded::new(8)),
            vault: Vault::new(&[7; KEY_BYTES]),
            transport: Some(Transport::new(InProcess(self.world.router()))),
            graph_url: Some("http://graph.test".into()),
        });
    }

    /// Everything that is under way on either side is done.
    pub async fn settle(&self) {
        for _ in 0..3 {
            self.world.deliver().await;
            self.desk.settle().await.unwrap();
        }
    }

    /// The desk is told of the demo account by a webhook of this entry.
    pub async fn told(&self, mut entry: Value) {
        entry["id"] = self.connected.connection.account_id.as_str().into();
        entry["time"] = self.world.now().get().into();
        let body = json!({"object": "instagram", "entry": [entry]}).to_string();
        self.desk.receive(self.connected.connection.id, &signed(body.as_bytes()), body.as_bytes()).await.unwrap();
        self.desk.settle().await.unwrap();
    }

    /// Time passes.
    pub async fn advance(&self, span: Span) {
        self.world.advance(span).await;
        self.settle().await;
    }

    /// The first agent.
    pub fn ana(&self) -> &Agent {
        &self.agents[0]
    }

    /// The second.
    pub fn ben(&self) -> &Agent {
        &self.agents[1]
    }

    /// The conversation with a person of the demo world.
    pub async fn conversation(&self, username: &str) -> Conversation {
        let igsid = self.world.person(username).igsid();
        let filter = Default::default();
        let page = self.desk.list(&self.supervisor, View::All, &filter, None, 100).await.unwrap();
        page.items.into_iter().find(|one| one.customer == igsid).unwrap_or_else(|| panic!("{username} wrote"))
    }

    /// The thread with a person: who wrote, what kind, and the text.
    pub async fn thread(&self, username: &str) -> Vec<(String, String, String)> {
        let conversation = self.conversation(username).await;
        let thread = self.desk.thread(&self.supervisor, conversation.id, None, 100).await.unwrap();
        let row = |message: parlance_inbox::facts::Message| {
            (message.side.word().to_owned(), message.kind, message.text.unwrap_or_default())
        };
        thread.messages.into_iter().map(row).collect()
    }
}
