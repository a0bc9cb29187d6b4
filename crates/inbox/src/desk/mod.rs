//! The desk: everything that a running inbox needs, and its use cases, a file each.
//!
//! A use case reads facts, lets pure policies decide, and commits one change set that asserts what it relied on. When that
//! has moved meanwhile it reads and decides again.

pub mod assign;
pub mod attach;
pub mod connect;
pub mod errands;
pub mod import;
pub mod outbox;
pub mod people;
pub mod problem;
pub mod profile;
pub mod reply;
pub mod rows;
pub mod session;
pub mod teamwork;
pub mod thread;
pub mod triage;
pub mod views;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use client::Client;
use client::transport::{Http, Transport};
use parking_lot::Mutex;
use secrecy::ExposeSecret;
use tokio::sync::{Notify, Semaphore, broadcast, watch};
use wire::dialect::Dialect;
use wire::time::Millis;

pub use problem::Problem;

use crate::clock::{Clock, Entropy};
use crate::facts::{Agent, Connection, Conversation, Status, Team, Workspace};
use crate::ids::{AgentId, ConnectionId, ConversationId, Growing, TeamId, WorkspaceId};
use crate::platform_clock::{Hearing, PlatformClock};
use crate::policy::{access, assign as rules, pace::Pace, presence::Presence};
use crate::sql::{agents, conversations, desk as workspaces};
use crate::store::{ChangeSet, CommitError, Committed, EventKind, News, Store};
use crate::vault::Vault;

/// How often something is decided again whose facts moved while it was being decided.
const TRIES: usize = 64;
/// Profiles that wait to be read; more are read when the person writes again.
const PROFILES: usize = 1024;
/// What a live stream may be behind with before it has to look for itself.
const WHISPERS: usize = 256;

/// What a desk is put together from.
pub struct Parts {
    /// Its tables.
    pub store: Store,
    /// Its clock.
    pub clock: Box<dyn Clock>,
    /// Its randomness.
    pub entropy: Box<dyn Entropy>,
    /// What seals its secrets.
    pub vault: Vault,
    /// How the Graph API is reached; `None` for HTTP and HTTPS.
    pub transport: Option<Transport>,
    /// Where the Graph API is, unless who connects an account says otherwise; `None` for Meta's own hosts.
    pub graph_url: Option<String>,
}

/// A running inbox.
pub struct Desk {
    /// Its tables.
    pub store: Store,
    /// The platform's clock.
    pub clock: Arc<PlatformClock>,
    /// Its randomness.
    pub entropy: Box<dyn Entropy>,
    vault: Vault,
    transport: Transport,
    graph_url: Option<String>,
    pace: Mutex<Pace>,
    presence: Mutex<Presence>,
    /// Numbers what comes in, so that it is applied in that order.
    pub(crate) arrivals: Growing,
    /// Something came in, or something that came in may be applied now.
    arrived: Notify,
    /// Something is to be sent.
    to_send: Notify,
    /// Whose profile is to be read.
    profiles: Mutex<VecDeque<(WorkspaceId, ConversationId)>>,
    /// Down to where profiles were looked for that were never read; `None` once there is nothing below.
    profiles_missed: Mutex<Option<(WorkspaceId, ConversationId)>>,
    whispers: broadcast::Sender<Whisper>,
    clock_moved: watch::Sender<u64>,
    /// What the clock showed when it was last looked at, and the moment of that look.
    clock_seen: Mutex<Option<(Millis, Instant)>>,
    /// Places for files on their way to the platform.
    uploads: Semaphore,
    /// What is being read of each account and had to wait.
    readings: Mutex<BTreeMap<ConnectionId, import::Reading>>,
}

/// Somebody came to a conversation, left it, or began or stopped to write: told to whoever listens, and kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whisper {
    /// In which workspace.
    pub workspace: WorkspaceId,
    /// At which conversation.
    pub conversation: ConversationId,
}

impl Desk {
    /// A desk over these parts. It does nothing by itself until [`Desk::run`].
    pub fn new(parts: Parts) -> Arc<Self> {
        let Parts { store, clock, entropy, vault, transport, graph_url } = parts;
        let clock = Arc::new(PlatformClock::new(clock));
        let inner = transport.unwrap_or_else(|| Transport::new(Http::new()));
        let transport = Transport::new(Hearing { inner, clock: clock.clone() });
        Arc::new(Self {
            store,
            clock,
            entropy,
            vault,
            transport,
            graph_url,
            pace: Mutex::default(),
            presence: Mutex::default(),
            arrivals: Growing::default(),
            arrived: Notify::new(),
            to_send: Notify::new(),
            profiles: Mutex::default(),
            profiles_missed: Mutex::new(Some(profile::NEWEST)),
            whispers: broadcast::Sender::new(WHISPERS),
            clock_moved: watch::Sender::new(0),
            clock_seen: Mutex::default(),
            uploads: Semaphore::new(attach::AT_ONCE),
            readings: Mutex::default(),
        })
    }

    /// The present moment, by the platform's clock.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// The present moment by the desk's own clock, which log-ins and codes go by: nobody else may move it.
    pub(crate) fn own_now(&self) -> Millis {
        self.clock.own()
    }

    /// Tells when the clock has moved otherwise than by the passing of time.
    pub fn clock_moves(&self) -> watch::Receiver<u64> {
        self.clock_moved.subscribe()
    }

    /// Tells of people who come, go and write.
    pub fn whispers(&self) -> broadcast::Receiver<Whisper> {
        self.whispers.subscribe()
    }

    /// A client that speaks for a connected account.
    ///
    /// # Errors
    /// [`Problem::Broken`] when its secrets do not open with this key.
    pub(crate) fn client(&self, connection: &Connection) -> Result<Client, Problem> {
        let open = |sealed: &str| self.vault.open(sealed).map_err(|error| Problem::Broken(error.to_string()));
        let token = open(&connection.token)?;
        let secret = open(&connection.app_secret)?;
        let host = match connection.login {
            Dialect::Facebook => client::Host::Facebook,
            Dialect::Instagram => client::Host::Instagram,
        };
        let client = Client::new(token.expose_secret())
            .host(host)
            .app_secret(secret.expose_secret())
            .base_url(&connection.graph_url)
            .map_err(|error| Problem::Broken(error.to_string()))?;
        Ok(client.transport(self.transport.clone()))
    }

    /// Commits; `None` means "decide again".
    pub(crate) async fn try_commit(&self, set: ChangeSet) -> Result<Option<Committed>, Problem> {
        match self.store.commit(set).await {
            Ok(committed) => Ok(Some(committed)),
            Err(CommitError::Stale) => Ok(None),
            Err(CommitError::Store(error)) => Err(error.into()),
        }
    }

    /// Commits a set that relies on nothing; a key that is taken is a problem of the caller's.
    pub(crate) async fn commit(&self, set: ChangeSet, taken: Problem) -> Result<Committed, Problem> {
        self.try_commit(set).await?.ok_or(taken)
    }

    /// A workspace that must be there.
    pub(crate) async fn workspace(&self, id: WorkspaceId) -> Result<Workspace, Problem> {
        self.store.one(workspaces::workspace(id)).await?.ok_or(Problem::NoSuch("workspace"))
    }

    /// A conversation that must be there.
    pub(crate) async fn conversation(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Conversation, Problem> {
        let found = self.store.one(conversations::conversation(workspace, id)).await?;
        found.ok_or(Problem::NoSuch("conversation"))
    }

    /// An agent that must be there.
    pub(crate) async fn agent(&self, workspace: WorkspaceId, id: AgentId) -> Result<Agent, Problem> {
        self.store.one(agents::agent(workspace, id)).await?.ok_or(Problem::NoSuch("agent"))
    }

    /// A team that must be there.
    pub(crate) async fn team(&self, workspace: WorkspaceId, id: TeamId) -> Result<Team, Problem> {
        self.store.one(agents::team(workspace, id)).await?.ok_or(Problem::NoSuch("team"))
    }

    /// The account of a conversation.
    pub(crate) async fn connection_of(&self, conversation: &Conversation) -> Result<Connection, Problem> {
        let found = self.store.one(workspaces::connection(conversation.connection)).await?;
        found.filter(|found| found.workspace == conversation.workspace).ok_or(Problem::NoSuch("connection"))
    }

    /// A conversation that this agent may see; one that they may not looks like one that is not there.
    pub(crate) async fn visible(&self, agent: &Agent, id: ConversationId) -> Result<Conversation, Problem> {
        let conversation = self.conversation(agent.workspace, id).await?;
        let workspace = self.workspace(agent.workspace).await?;
        let seen = access::sees_all(agent, &workspace)
            || access::may_see(agent, &workspace, &self.teams_of(agent).await?, &conversation);
        if seen { Ok(conversation) } else { Err(Problem::NoSuch("conversation")) }
    }

    /// The teams that an agent is in.
    pub(crate) async fn teams_of(&self, agent: &Agent) -> Result<Vec<TeamId>, Problem> {
        let members = self.store.many(agents::members(agent.workspace)).await?;
        Ok(members.into_iter().filter(|(_, member)| *member == agent.id).map(|(team, _)| team).collect())
    }

    /// How a conversation's people are found: by its team's way, else by the workspace's.
    pub(crate) async fn assignment_of(&self, conversation: &Conversation) -> Result<crate::facts::Assignment, Problem> {
        if let Some(team) = conversation.team
            && let Some(team) = self.store.one(agents::team(conversation.workspace, team)).await?
        {
            return Ok(team.assignment);
        }
        Ok(self.workspace(conversation.workspace).await?.assignment)
    }
}

/// The next version of a conversation, to be changed and saved.
pub(crate) fn next(conversation: &Conversation) -> Conversation {
    Conversation { version: conversation.version + 1, ..conversation.clone() }
}

/// Saves a conversation with what its change means: what became of it is told, so that its thread shows it; and how many its
/// agents have is that of the open conversations that they are assigned to, whatever changes either. Stale when one is to have
/// more than there is room for.
pub(crate) fn save(set: &mut ChangeSet, before: Option<&Conversation>, after: &Conversation, by: Option<AgentId>) {
    tell_changes(set, before, after, by);
    set.write(conversations::save(after));
    let loads = |conversation: &Conversation| conversation.assignee.filter(|_| conversation.status == Status::Open);
    let (old, new) = (before.and_then(loads), loads(after));
    if old != new {
        if let Some(agent) = old {
            set.write(agents::let_go(after.workspace, agent));
        }
        if let Some(agent) = new {
            set.write(agents::take_on(after.workspace, agent, set.now()));
        }
    }
}

fn tell_changes(set: &mut ChangeSet, before: Option<&Conversation>, after: &Conversation, by: Option<AgentId>) {
    let mut tell = |kind, subject: Option<u64>, detail: Option<i64>| {
        let news = News::of(kind, after.id).by(by);
        set.tell(News { subject: subject.map(|id| id.to_string()), detail: detail.map(|it| it.to_string()), ..news });
    };
    let was = |which: fn(&Conversation) -> Option<u64>| before.and_then(which);
    let (team, assignee) = (after.team.map(TeamId::get), after.assignee.map(AgentId::get));
    let had = (was(|one| one.team.map(TeamId::get)), was(|one| one.assignee.map(AgentId::get)));
    match (team, assignee) {
        (Some(_), None) if team != had.0 => tell(EventKind::Team, team, None),
        (_, Some(_)) if assignee != had.1 => tell(EventKind::Assigned, assignee, None),
        (_, None) if had.1.is_some() || team != had.0 => tell(EventKind::Unassigned, None, None),
        _ => {}
    }
    let stood = before.map_or(Status::Open, |before| before.status);
    let until = after.snoozed_until.map(Millis::get);
    match after.status {
        Status::Snoozed if before.is_none_or(|before| before.snoozed_until != after.snoozed_until) => {
            tell(EventKind::Snoozed, None, until);
        }
        Status::Resolved if stood != Status::Resolved => tell(EventKind::Resolved, None, None),
        Status::Open if stood == Status::Snoozed && by.is_none() => tell(EventKind::Returned, None, None),
        Status::Open if stood != Status::Open => tell(EventKind::Reopened, None, None),
        _ => {}
    }
    if before.map_or(0, |before| before.priority) != after.priority {
        tell(EventKind::Prioritised, None, Some(after.priority.into()));
    }
    if before.is_some_and(|before| before.standby) != after.standby {
        tell(if after.standby { EventKind::Standby } else { EventKind::HandedOver }, None, None);
    }
}

/// Whether an agent could be given a conversation besides what they have, or has it already.
pub(crate) fn could_have(agent: &Agent, conversation: &Conversation) -> bool {
    let has = conversation.assignee == Some(agent.id) && conversation.status == Status::Open;
    has || rules::has_room(agent)
}
