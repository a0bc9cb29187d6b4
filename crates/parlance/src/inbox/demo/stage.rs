//! How the desk comes to have a past: the guests act and its agents work on a platform whose clock stands where the step says,
//! on the databases that both will run on. Whatever they do goes through the doors that there are, the emulator's surface, the
//! public API, real webhooks and the desk's use cases, so nothing is there that could not have happened.
//!
//! A start that was cut off is gone on with: each step finds out whether it was taken.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ::inbox::api::{self, Api};
use ::inbox::desk::connect::{Connected, NewConnection};
use ::inbox::desk::reply::Reply;
use ::inbox::desk::triage::Change;
use ::inbox::desk::views::View;
use ::inbox::facts::{Agent, Assignment, CannedReply, Conversation, ImportState, Outbox, Outgoing, Role, Sending};
use ::inbox::ids::{LabelId, OutboxId, ReplyId, TeamId, WorkspaceId};
use ::inbox::{Desk, Problem};
use anyhow::{Context, bail};
use axum::Router;
use client::transport::{InProcess, Transport};
use engine::clock::MovableClock;
use engine::ids::{Ids, SystemEntropy};
use engine::media::samples;
use engine::vault::Vault;
use engine::world::Parts;
use engine::{World, demo};
use serde_json::{Value, json};
use server::Server;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wire::time::{Millis, Span};

use super::guests::{CANNED, DAYS, GUESTS, Guest, LABELS, Step, TEAMS};
use super::{PASSWORD, PEOPLE, WORKSPACE};
use crate::args::Place;
use crate::inbox::open;
use crate::surface::call;
use crate::{drain, home};

/// What guests photograph.
const PHOTO: &[u8] = include_bytes!("knit.png");
/// How long they speak, in milliseconds.
const VOICE_MS: u32 = 3_000;
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

    /// Those who are missing come to work.
    async fn staff(&mut self) -> anyhow::Result<()> {
        let known = self.desk.agents(self.workspace).await?;
        for (role, email, name) in PEOPLE {
            let agent = match known.iter().find(|agent| agent.email == email) {
                Some(agent) => agent.clone(),
                None => self.desk.add_agent(self.workspace, role, email, name, PASSWORD).await?,
            };
            if role == Role::Owner {
                self.desk.set_up(&agent, WORKSPACE, Assignment::Manual, true).await?;
            }
            self.agents.insert(name, agent);
        }
        Ok(())
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

    /// Reads who people are whom an earlier start was about to ask for.
    async fn know_everybody(&self) -> anyhow::Result<()> {
        for one in self.conversations().await? {
            if one.profile_time.is_none() {
                self.desk.wants_profile(self.workspace, one.id);
            }
        }
        Ok(self.desk.settle().await?)
    }

    /// The desk listens to webhooks, at this address.
    async fn listen(&self) -> anyhow::Result<(String, JoinHandle<()>)> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("cannot listen on a free port")?;
        let url = format!("http://{}", listener.local_addr()?);
        let stop = CancellationToken::new();
        let router = api::router(Api { desk: Arc::clone(&self.desk), secure: false, stop: stop.clone() });
        Ok((url, tokio::spawn(drain::serve(listener, router, stop, DRAIN))))
    }

    /// Labels, teams and canned replies.
    async fn arrange(&mut self) -> anyhow::Result<()> {
        let sue = self.agent("Sue")?.clone();
        for (name, colour) in LABELS {
            unless_there(self.desk.put_label(&sue, None, name, colour).await)?;
        }
        let labels = self.desk.labels(self.workspace).await?;
        self.labels = labels.into_iter().map(|label| (label.name, label.id)).collect();
        for (name, members) in TEAMS {
            unless_there(self.desk.put_team(&sue, None, name, Assignment::Manual).await)?;
            let teams = self.desk.teams(self.workspace).await?;
            let (team, _) = teams.into_iter().find(|(team, _)| team.name == name).context("a team was made")?;
            for member in members {
                self.desk.set_member(&sue, team.id, self.agent(member)?.id, true).await?;
            }
            self.teams.insert(team.name, team.id);
        }
        for (shortcut, title, text) in CANNED {
            let id = ReplyId::make(self.desk.now(), self.desk.entropy.as_ref());
            let [shortcut, title, text] = [shortcut, title, text].map(str::to_owned);
            let reply = CannedReply { id, shortcut, title, text };
            unless_there(self.desk.put_canned(&sue, reply, true).await)?;
        }
        Ok(())
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

    /// Takes a step, unless it was taken.
    async fn step(&self, guest: &Guest, place: usize, step: Step, at: Millis) -> anyhow::Result<()> {
        if place == 0 {
            self.come(guest).await?;
        }
        match step {
            Step::Says(text) => self.write(guest, place, json!({ "text": text })).await,
            Step::Heart => self.write(guest, place, attached(json!({"type": "like_heart"}))).await,
            Step::Shares(number) => {
                let id = post(number)?;
                self.write(guest, place, attached(json!({"type": "share", "id": id}))).await
            }
            Step::OnStory(text) => {
                let story = self.story().await?;
                self.write(guest, place, json!({"text": text, "story": story})).await
            }
            Step::Quotes(text) => {
                let newest = self.answer_before(guest, place).await?;
                self.write(guest, place, json!({"text": text, "reply_to": newest})).await
            }
            Step::Photo => self.write_file(guest, place, "image", "image").await,
            Step::Voice => self.write_file(guest, place, "audio", "audio").await,
            Step::InStory => self.write_file(guest, place, "image", "story_mention").await,
            Step::Comments(number, text) => {
                let accounts = call(&self.surface, "GET", "/_parlance/accounts", Vec::new()).await?;
                if accounts.to_string().contains(text) {
                    return Ok(());
                }
                self.act(guest, "comments", json!({"to": demo::USERNAME, "media_id": post(number)?, "text": text}))
                    .await?;
                // A comment's moment is that of its webhook.
                self.settle().await
            }
            Step::Follows => self.act(guest, "follows", json!({"to": demo::USERNAME})).await,
            Step::Blocks => self.act(guest, "blocks", json!({"to": demo::USERNAME})).await,
            Step::Looks => self.act(guest, "opens", json!({"with": demo::USERNAME})).await,
            Step::Reacts(emoji) => {
                let newest = self.answer_before(guest, place).await?;
                self.act(guest, "reactions", json!({"message_id": newest, "reaction": emoji})).await
            }
            _ => self.work(guest, place, step, at).await,
        }
    }

    /// A guest is there from now on.
    async fn come(&self, guest: &Guest) -> anyhow::Result<()> {
        if self.server.world.store.person_by_username(guest.username).await?.is_some() {
            return Ok(());
        }
        let new = json!({"username": guest.username, "name": guest.name, "follower_count": guest.followers});
        call(&self.surface, "POST", "/_parlance/people", new.to_string().into()).await?;
        Ok(())
    }

    async fn act(&self, guest: &Guest, what: &str, body: Value) -> anyhow::Result<()> {
        let path = format!("/_parlance/people/{}/{what}", guest.username);
        call(&self.surface, "POST", &path, body.to_string().into()).await?;
        Ok(())
    }

    /// The guest writes, unless they have written as much as that.
    async fn write(&self, guest: &Guest, place: usize, mut body: Value) -> anyhow::Result<()> {
        let thread = self.thread(guest).await?;
        let written = thread.iter().filter(|message| message["from"] == guest.username).count();
        if written >= guest.steps[..=place].iter().filter(|(_, step)| step.writes()).count() {
            return Ok(());
        }
        body["to"] = json!(demo::USERNAME);
        self.act(guest, "messages", body).await
    }

    async fn write_file(&self, guest: &Guest, place: usize, file: &str, kind: &str) -> anyhow::Result<()> {
        let bytes = if file == "audio" { samples::m4a(VOICE_MS) } else { PHOTO.to_vec() };
        let path = format!("/_parlance/people/{}/files?to={}&type={file}", guest.username, demo::USERNAME);
        let uploaded = call(&self.surface, "POST", &path, bytes).await?;
        self.write(guest, place, attached(json!({"type": kind, "asset_id": uploaded["asset_id"]}))).await
    }

    /// The guest's thread as they see it, newest first.
    async fn thread(&self, guest: &Guest) -> anyhow::Result<Vec<Value>> {
        let path = format!("/_parlance/people/{}/messages?with={}&limit=100", guest.username, demo::USERNAME);
        let told = call(&self.surface, "GET", &path, Vec::new()).await?;
        Ok(told["data"].as_array().cloned().unwrap_or_default())
    }

    /// The newest message of the business in front of a step, though there be newer ones from an earlier start.
    async fn answer_before(&self, guest: &Guest, place: usize) -> anyhow::Result<String> {
        let answers = guest.steps[..place].iter().filter(|(_, step)| matches!(step, Step::Answers(..))).count();
        let thread = self.thread(guest).await?;
        let mut written = thread.iter().rev().filter(|message| message["from"] == demo::USERNAME);
        let found = answers.checked_sub(1).and_then(|number| written.nth(number));
        let id = found.and_then(|message| message["id"].as_str()).context("the business has written nothing")?;
        Ok(id.to_owned())
    }

    /// The demo world's story: the medium behind its posts.
    async fn story(&self) -> anyhow::Result<String> {
        let accounts = call(&self.surface, "GET", "/_parlance/accounts", Vec::new()).await?;
        let media = accounts["data"][0]["media"].as_array().into_iter().flatten();
        let story = media.clone().find(|one| one["media_product_type"] == "STORY").context("there is no story")?;
        Ok(story["id"].as_str().context("a story has an id")?.to_owned())
    }

    /// Somebody at the desk does something.
    async fn work(&self, guest: &Guest, place: usize, step: Step, at: Millis) -> anyhow::Result<()> {
        self.settle().await?;
        let (sue, conversation) = (self.agent("Sue")?, self.conversation(guest).await?);
        let id = conversation.id;
        // Whatever moved it later has happened in an earlier start.
        let is_over = conversation.changed_time >= at;
        let (by, change) = match step {
            Step::Answers(name, text) => return self.answer(guest, place, &conversation, name, text).await,
            Step::Notes(name, text) => {
                let by = self.agent(name)?;
                let thread = self.desk.thread(by, id, None, 1).await?;
                if !thread.notes.iter().any(|note| note.text == text) {
                    self.desk.note(by, id, text, &[]).await?;
                }
                return Ok(());
            }
            Step::Resolved(_) | Step::Snoozed(..) if is_over => return Ok(()),
            Step::Resolved(name) => (self.agent(name)?, Change::Resolve),
            Step::Snoozed(name, minutes) => {
                (self.agent(name)?, Change::Snooze { until: at.plus(Span::minutes(minutes)) })
            }
            Step::To(name) => (sue, Change::Assign { agent: self.agent(name)?.id }),
            Step::ToTeam(name) => {
                (sue, Change::AssignTeam { team: *self.teams.get(name).context("there is no such team")? })
            }
            Step::Labelled(name) => {
                (sue, Change::Label { label: *self.labels.get(name).context("there is no such label")? })
            }
            Step::Urgent(priority) => (sue, Change::Prioritise { priority }),
            _ => bail!("nobody at a desk does that"),
        };
        self.desk.change(by, id, &change).await?;
        Ok(())
    }

    /// An agent answers, having seen all that is there. The name of the answer is the same in each start.
    async fn answer(
        &self,
        guest: &Guest,
        place: usize,
        conversation: &Conversation,
        name: &str,
        text: &str,
    ) -> anyhow::Result<()> {
        let by = self.agent(name)?;
        let thread = self.desk.thread(by, conversation.id, None, 100).await?;
        // The one that arrived last, which with a clock that stands need not be the one that was written last.
        let newest = thread.messages.into_iter().max_by_key(|message| message.seq);
        let reply = Reply {
            client_key: format!("demo:{}:{place}", guest.username),
            last_seen: newest.map(|message| message.mid),
            body: Outgoing::Text { text: text.to_owned(), reply_to: None },
        };
        let answer = self.desk.reply(by, conversation.id, reply).await?;
        self.settle().await?;
        // An earlier start may have been cut off amid the call: nobody waits for it once its time is over, and unless its echo
        // came it is made again.
        if let Some(one) = self.unsent(by, conversation, answer.id).await?.filter(|one| one.state == Sending::Sending) {
            self.turn(one.due_time)?;
            self.settle().await?;
        }
        let left = self.unsent(by, conversation, answer.id).await?;
        if left.is_some_and(|one| one.reason.as_deref() == Some("unclear")) {
            self.desk.retry(by, answer.id).await?;
            self.settle().await?;
        }
        Ok(())
    }

    /// An answer that the platform does not have.
    async fn unsent(&self, by: &Agent, conversation: &Conversation, id: OutboxId) -> anyhow::Result<Option<Outbox>> {
        let thread = self.desk.thread(by, conversation.id, None, 1).await?;
        Ok(thread.outbox.into_iter().find(|one| one.id == id))
    }

    async fn conversation(&self, guest: &Guest) -> anyhow::Result<Conversation> {
        let store = &self.server.world.store;
        let person = store.person_by_username(guest.username).await?.context("the guest is there")?;
        let user = store.scoped_user_of(demo::ACCOUNT, person.id).await?.context("the guest has written")?;
        let igsid = user.igsid.to_string();
        let found = self.conversations().await?.into_iter().find(|one| one.customer == igsid);
        found.context("the desk was told of the guest")
    }

    async fn conversations(&self) -> anyhow::Result<Vec<Conversation>> {
        Ok(self.desk.list(self.agent("Sue")?, View::All, &Default::default(), None, 100).await?.items)
    }

    fn agent(&self, name: &str) -> anyhow::Result<&Agent> {
        self.agents.get(name).with_context(|| format!("nobody is called {name}"))
    }
}

impl Step {
    /// Whether it becomes a message of the guest.
    fn writes(&self) -> bool {
        matches!(
            self,
            Self::Says(_)
                | Self::Quotes(_)
                | Self::Photo
                | Self::Voice
                | Self::Heart
                | Self::Shares(_)
                | Self::OnStory(_)
                | Self::InStory
        )
    }
}

/// The id of a post by its place.
fn post(number: usize) -> anyhow::Result<String> {
    let (id, _) = demo::posts().nth(number).context("there is no such post")?;
    Ok(id.to_string())
}

fn attached(attachment: Value) -> Value {
    json!({ "attachments": [attachment] })
}

/// What is there already was made by an earlier start.
fn unless_there<T>(made: Result<T, Problem>) -> Result<(), Problem> {
    match made {
        Ok(_) | Err(Problem::Conflict(_)) => Ok(()),
        Err(problem) => Err(problem),
    }
}
