//! A whole platform in memory, with a clock that stands and ids that repeat, on which the catalogue's examples happen.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use axum::Router;
use engine::change::{Change, ChangeSet};
use engine::clock::MovableClock;
use engine::facts::{App, Delivery, Install, LoginCallbacks, PinnedField, Subscription};
use engine::ids::{Ids, SeededEntropy};
use engine::media::samples;
use engine::settings::Settings;
use engine::store::DeliveryFilter;
use engine::vault::{KEY_BYTES, Vault};
use engine::world::Parts;
use engine::{World, demo, story, webhook};
use serde_json::Value;
use server::Server;
use store::MemoryStore;
use wire::dialect::Dialect;
use wire::id::AppId;
use wire::time::{Millis, Span};
use wire::webhook_field::{self, FIELDS};

use super::examples::{Example, OTHER, Step, USUAL_VERSION};
use crate::surface::call;
use crate::trigger::kinds::{self, Given, Need};

/// Who acts where nothing else is said.
const PERSON: &str = "mira.paints";
/// Where media URLs lead, as with `parlance dev`.
const BASE: &str = "http://127.0.0.1:8700";
/// Most deliveries that one example causes.
const DELIVERIES: u32 = 100;

/// What the steps of an example have named so far: ids of messages, posts, comments and files.
type Names = HashMap<&'static str, String>;

/// The platform of one example.
pub struct Stage {
    server: Server,
    router: Router,
    names: Names,
}

impl Stage {
    /// One on which the demo app hears everything, as the example wants it.
    ///
    /// # Errors
    /// A setting or a time that is none; the store's.
    pub async fn set(example: &Example) -> anyhow::Result<Self> {
        let mut settings = Settings::emulator();
        for (name, value) in example.settings {
            settings.set(name, value)?;
        }
        let world = World::new(Parts {
            clock: Box::new(MovableClock::frozen(Millis::parse_rfc3339(example.at)?)),
            ids: Ids::new(SeededEntropy::new(1)),
            store: Arc::new(MemoryStore::new()),
            vault: Vault::new(&[7; KEY_BYTES]),
            settings,
        });
        demo::seed(&world).await?;
        world.media.set_base(BASE);
        world.commit(listening(example, world.now())).await?;
        world.commit(another(&world)).await?;
        let server = Server::new(world, None);
        let router = server.clone().router(Some(Router::new()));
        Ok(Self { server, router, names: Names::new() })
    }

    /// Takes the steps; gives the bodies of what the last one causes, oldest first.
    ///
    /// # Errors
    /// A step that does not work.
    pub async fn play(mut self, steps: &[Step]) -> anyhow::Result<Vec<(Delivery, String)>> {
        let mut before = 0;
        for step in steps {
            before = self.deliveries().await?.len();
            self.step(step).await.with_context(|| format!("{step:?}"))?;
        }
        let mut caused = self.deliveries().await?;
        caused.reverse();
        Ok(caused
            .split_off(before)
            .into_iter()
            .map(|delivery| (delivery.clone(), webhook::body(&[delivery])))
            .collect())
    }

    /// Those to the demo app, newest first.
    async fn deliveries(&self) -> anyhow::Result<Vec<Delivery>> {
        let filter = DeliveryFilter { app: Some(demo::APP), ..DeliveryFilter::default() };
        Ok(self.server.world.store.deliveries(filter, DELIVERIES).await?)
    }

    async fn step(&mut self, step: &Step) -> anyhow::Result<()> {
        match *step {
            Step::Trigger(name, set) => {
                let kind = kinds::find(name).context("no such kind")?;
                let values: Vec<(&str, String)> = set.iter().map(|(key, text)| (*key, self.named(text))).collect();
                let mut given = HashMap::from([("from", PERSON), ("to", demo::USERNAME)]);
                given.extend(kind.keys.iter().filter_map(|(key, need)| match need {
                    Need::Usually(value) => Some((*key, *value)),
                    Need::Must | Need::May => None,
                }));
                for (key, value) in &values {
                    let is_known = ["from", "to"].contains(key) || kind.keys.iter().any(|(known, _)| known == key);
                    ensure!(is_known, "{name} has no key {key}");
                    given.insert(*key, value.as_str());
                }
                let request = kind.request(&Given(given));
                let method = if request.is_delete { "DELETE" } else { "POST" };
                let (path, body) = (format!("/_parlance/{}", request.path), request.body.to_string());
                let answer = call(&self.router, method, &path, body.into()).await?;
                self.keep(&answer);
            }
            Step::Graph(path, body) => {
                let path = format!("/v25.0/{path}?access_token={}", demo::PAGE_TOKEN);
                let answer = call(&self.router, "POST", &path, self.named(body).into()).await?;
                self.names.extend(text(&answer, "message_id").map(|id| ("sent", id)));
            }
            Step::Emulator(path, body) => {
                let path = self.named(&format!("/_parlance/{path}"));
                let answer = call(&self.router, "POST", &path, self.named(body).into()).await?;
                self.keep(&answer);
            }
            Step::Upload(kind, name) => {
                let bytes = match kind {
                    "image" => samples::png(8, 8),
                    "video" => samples::mp4(64, 48, 2_000),
                    "audio" => samples::m4a(1_000),
                    "file" => samples::pdf(),
                    _ => bail!("no sample is a {kind}"),
                };
                let path = format!("/_parlance/people/{PERSON}/files?to={}&type={kind}", demo::USERNAME);
                let answer = call(&self.router, "POST", &path, bytes).await?;
                self.names.extend(text(&answer, "asset_id").map(|id| (name, id)));
            }
            Step::Pass(hours) => {
                let world = &self.server.world;
                let clock = world.clock.movable().context("the clock is fixed")?;
                clock.set(world.now().plus(Span::hours(hours)));
                story::end_expired(world).await?;
            }
        }
        Ok(())
    }

    /// Names what an answer of the emulator tells.
    fn keep(&mut self, answer: &Value) {
        for (key, name) in [("message_id", "message"), ("comment_id", "comment"), ("id", "media")] {
            self.names.extend(text(answer, key).map(|id| (name, id)));
        }
    }

    /// A text with the names filled in.
    fn named(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }
}

fn text(answer: &Value, key: &str) -> Option<String> {
    answer[key].as_str().map(str::to_owned)
}

/// The demo app listens to every field, by the login and at the version that the example wants.
fn listening(example: &Example, now: Millis) -> ChangeSet {
    let fields = FIELDS.iter().filter(|field| field.channel != webhook_field::Channel::Silent);
    let pinned = fields.map(|field| PinnedField { name: field.name.to_owned(), version: example.version });
    let permissions = FIELDS.iter().filter_map(|field| match example.login {
        Dialect::Facebook => field.facebook_login,
        Dialect::Instagram => field.instagram_login,
    });
    let mut scopes: Vec<String> = permissions.flatten().map(|scope| (*scope).to_owned()).collect();
    scopes.sort();
    scopes.dedup();
    let mut set = ChangeSet::new();
    set.push(Change::PutSubscription(Subscription {
        app: demo::APP,
        object: "instagram".into(),
        callback_url: "https://bot.example.test/hook".into(),
        include_values: example.include_values,
        active: true,
        fields: pinned.collect(),
    }))
    .push(Change::PutInstall(Install {
        account: demo::ACCOUNT,
        app: demo::APP,
        login: example.login,
        page: (example.login == Dialect::Facebook).then_some(demo::PAGE),
        subscribed_fields: vec!["messages".into()],
        scopes,
        created_time: now,
    }));
    set
}

/// Another app on the account, which no example shows what it is told.
fn another(world: &World) -> ChangeSet {
    let sealed = |text: &str| world.vault.seal(&text.to_owned().into(), &world.ids);
    let mut set = ChangeSet::new();
    set.push(Change::PutApp(App {
        id: OTHER,
        name: "Care Desk".into(),
        secret: sealed("care"),
        instagram_app_id: AppId::new(OTHER.get() + 1),
        instagram_secret: sealed("care"),
        require_proof: false,
        human_agent: false,
        live: true,
        advanced_access: true,
        default_version: USUAL_VERSION,
        created_time: world.now(),
        callbacks: LoginCallbacks::default(),
        instagram_callbacks: LoginCallbacks::default(),
    }))
    .push(Change::PutInstall(Install {
        account: demo::ACCOUNT,
        app: OTHER,
        login: Dialect::Facebook,
        page: Some(demo::PAGE),
        subscribed_fields: vec!["feed".into()],
        scopes: Vec::new(),
        created_time: world.now(),
    }));
    set
}
