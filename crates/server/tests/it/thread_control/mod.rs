//! Which app controls a thread, and what follows from it (contract webhooks 3.14, 3.15, 5).

mod acts;
mod calls;
mod entry;
mod handover;
mod inbox;
mod standby;

use engine::change::Change;
use engine::demo;
use engine::facts::App;
use serde_json::{Value, json};
use testkit::{Answer, Api, Grant, OTHER_APP, OTHER_SECRET, Options, Receiver, TestWorld};
use wire::id::AppId;

use crate::MIRA;

/// What each app is subscribed to.
const FIELDS: &str = "messages,message_reactions,messaging_postbacks,messaging_referral,messaging_seen,message_edit,\
                      messaging_handover,standby";
/// A third app, with the secrets of the other one.
const THIRD_APP: AppId = AppId::new(500_000_000_000_903);
const NOT_OWNER: (u16, i64, Option<i64>) = (400, 100, Some(2_534_037));

/// The demo account with two apps on it, each with a receiver of its own.
struct Shop {
    world: TestWorld,
    demo: Api,
    other: Api,
    demo_hook: Receiver,
    other_hook: Receiver,
}

impl Shop {
    async fn open() -> Self {
        Self::pinned("v25.0", Options::default()).await
    }

    /// With fields pinned to this version.
    async fn pinned(version: &str, options: Options) -> Self {
        let world = TestWorld::with(options).await;
        let other = Grant::page().of_other_app().all_scopes().caller(&world).await;
        let demo_hook = Receiver::start(demo::SECRET).await;
        let other_hook = Receiver::start(OTHER_SECRET).await;
        let other_app = world.api(&format!("{OTHER_APP}|{OTHER_SECRET}"));
        for (api, app, hook) in [(world.app(), demo::APP, &demo_hook), (other_app, OTHER_APP, &other_hook)] {
            subscribe(&api, version, app, hook, FIELDS).await;
        }
        for api in [&world.page(), &other] {
            api.post_form("/v25.0/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
        }
        Self { demo: world.page(), world, other, demo_hook, other_hook }
    }

    /// Under Conversation Routing, with the demo app as default.
    async fn routed() -> Self {
        let shop = Self::open().await;
        shop.configure(&json!({"default_app": demo::APP})).await;
        shop
    }

    /// A third app on the account, without a receiver.
    async fn third(&self) -> Api {
        let found = self.world.world().store.app(OTHER_APP).await.unwrap().unwrap();
        let app = App { id: THIRD_APP, instagram_app_id: AppId::new(THIRD_APP.get() + 1), ..found };
        self.world.commit([Change::PutApp(app)]).await;
        let token = Grant::page().of_app(THIRD_APP).all_scopes().make(&self.world).await;
        let api = self.world.api(&token);
        api.post_form("/v25.0/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
        api
    }

    async fn configure(&self, change: &Value) -> Value {
        self.world.nobody().post(&format!("/_parlance/accounts/{}", demo::USERNAME), change).await.ok()
    }

    /// What the emulator shows of Mira's thread.
    async fn looks(&self) -> Value {
        let path = format!("/_parlance/people/mira.paints/control?with={}", demo::USERNAME);
        self.world.nobody().get(&path).await.ok()
    }

    /// Delivers, and gives what the demo app and the other one were told since the last look.
    async fn told(&self) -> (Vec<Told>, Vec<Told>) {
        self.world.deliver().await;
        (told(&self.demo_hook), told(&self.other_hook))
    }

    async fn mira(&self, text: &str) -> String {
        self.world.person("mira.paints").writes(text).await
    }
}

async fn subscribe(api: &Api, version: &str, app: AppId, hook: &Receiver, fields: &str) {
    let url = hook.url();
    let form = [
        ("object", "instagram"),
        ("callback_url", url.as_str()),
        ("verify_token", testkit::VERIFY_TOKEN),
        ("fields", fields),
    ];
    api.post_form(&format!("/{version}/{app}/subscriptions"), &form).await.ok();
}

/// Channel, key of the event, and element.
type Told = (String, String, Value);

fn told(hook: &Receiver) -> Vec<Told> {
    let one = |body: Value| {
        let entry = body["entry"][0].as_object().unwrap().clone();
        let (channel, elements) = entry.iter().find(|(key, _)| !["id", "time"].contains(&key.as_str())).unwrap();
        let element = elements[0].clone();
        let key = element
            .as_object()
            .unwrap()
            .keys()
            .find(|key| !["sender", "recipient", "timestamp"].contains(&key.as_str()));
        (channel.clone(), key.unwrap().clone(), element.clone())
    };
    hook.take().iter().map(|delivery| one(delivery.json())).collect()
}

/// Channels and keys alone.
fn kinds(told: &[Told]) -> Vec<(&str, &str)> {
    told.iter().map(|(channel, key, _)| (channel.as_str(), key.as_str())).collect()
}

/// Calls one of the control edges for Mira's thread with further parameters.
async fn act(api: &Api, edge: &str, more: Value) -> Answer {
    let mut body = json!({"recipient": {"id": MIRA}});
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    api.post(&format!("/v25.0/me/{edge}"), &body).await
}

async fn owner(api: &Api) -> Value {
    api.get(&format!("/v25.0/me/thread_owner?recipient={MIRA}")).await.ok()
}
