//! Which app controls a thread (contract send 1.11): with a Page's token, on the Facebook host.

use std::fmt::Display;

use serde::Deserialize;
use serde_json::{Value, json};
use wire::id::AppId;
use wire::time::Span;

use crate::{Client, Error, answer, call::Call};

/// Longest time for which an owner may extend its control.
const EXTENSION: Span = Span::days(7);

/// Who controls a thread.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ThreadOwner {
    /// The app; told to itself and to the default app only.
    #[serde(default, deserialize_with = "answer::id")]
    pub app_id: Option<String>,
    /// Until when, in seconds since 1970.
    #[serde(default)]
    pub expiration: Option<i64>,
}

/// An app that is a secondary receiver under the older handover protocol (contract webhooks 5.4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SecondaryReceiver {
    /// The app.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
}

/// How a Page's threads are shared out among apps (contract webhooks 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct MessagingFeatureStatus {
    /// By the second handover protocol.
    pub hop_v2: bool,
    /// By Conversation Routing, for Messenger.
    pub msgr_multi_app: bool,
    /// By Conversation Routing, for Instagram.
    pub ig_multi_app: bool,
}

#[derive(Deserialize)]
struct Status {
    messaging_feature_status: MessagingFeatureStatus,
}

#[derive(Deserialize)]
struct Held {
    thread_owner: ThreadOwner,
}

impl Client {
    /// Passes a thread to another app, or to the default app where none is named. Who gets it reads `metadata`.
    ///
    /// # Errors
    /// [`Error::Graph`] 100/2534037 when another app controls the thread, 100/2018164 for an app that is not on the account.
    pub async fn pass_thread_control(
        &self,
        igsid: impl Display,
        target: Option<AppId>,
        metadata: Option<&str>,
    ) -> Result<(), Error> {
        self.control("pass_thread_control", igsid, json!({"target_app_id": target, "metadata": metadata})).await
    }

    /// Leaves a thread idle.
    ///
    /// # Errors
    /// [`Error::Graph`] 100/2534037 for a thread that the app does not control.
    pub async fn release_thread_control(&self, igsid: impl Display) -> Result<(), Error> {
        self.control("release_thread_control", igsid, json!({})).await
    }

    /// Takes a thread from the app that controls it, which reads `metadata`.
    ///
    /// # Errors
    /// [`Error::Graph`] 27 for an account without a default app, 200 for an app that may not take over.
    pub async fn take_thread_control(&self, igsid: impl Display, metadata: Option<&str>) -> Result<(), Error> {
        self.control("take_thread_control", igsid, json!({"metadata": metadata})).await
    }

    /// Asks the app that controls a thread for it, where the account has no default app; an idle thread is given at once.
    ///
    /// # Errors
    /// [`Error::Graph`] 100 for an account with a default app.
    pub async fn request_thread_control(&self, igsid: impl Display, metadata: Option<&str>) -> Result<(), Error> {
        self.control("request_thread_control", igsid, json!({"metadata": metadata})).await
    }

    /// Keeps a thread for so long from now, seven days at most.
    ///
    /// # Errors
    /// [`Error::Invalid`] for another time, before anything is sent; [`Error::Graph`] 100/2534037 for a thread that the app
    /// does not control.
    pub async fn extend_thread_control(&self, igsid: impl Display, time: Span) -> Result<(), Error> {
        if time < Span::seconds(1) || time > EXTENSION {
            return Err(Error::Invalid(format!("control is extended by {time}, it takes 1s to {EXTENSION}")));
        }
        self.control("extend_thread_control", igsid, json!({"duration": time.get() / 1_000})).await
    }

    /// Who controls a thread; `None` when it is idle.
    ///
    /// # Errors
    /// [`Error::Graph`] 100/2534014 for somebody without a thread.
    pub async fn thread_owner(&self, igsid: impl Display) -> Result<Option<ThreadOwner>, Error> {
        let call = Call::get(&[&self.settings.node, &"thread_owner"]).with("recipient", igsid);
        let held = answer::many::<Held>("thread owner", self.call(&call).await?)?;
        Ok(held.into_iter().next().map(|held| held.thread_owner))
    }

    /// Apps that are secondary receivers of Instagram's threads, for the primary receiver of the older handover protocol.
    ///
    /// # Errors
    /// [`Error::Graph`] 100 for every other app.
    pub async fn secondary_receivers(&self) -> Result<Vec<SecondaryReceiver>, Error> {
        let call = Call::get(&[&self.settings.node, &"secondary_receivers"]);
        let call = call.with("platform", "instagram").with("fields", "id,name");
        answer::many("secondary receivers", self.call(&call).await?)
    }

    /// How the Page's threads are shared out among apps.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn messaging_feature_status(&self) -> Result<MessagingFeatureStatus, Error> {
        let call = Call::get(&[&self.settings.node]).with("fields", "messaging_feature_status");
        let status: Status = answer::typed("messaging feature status", self.call(&call).await?)?;
        Ok(status.messaging_feature_status)
    }

    async fn control(&self, edge: &str, igsid: impl Display, mut body: Value) -> Result<(), Error> {
        if let Some(members) = body.as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
        body["recipient"] = json!({"id": igsid.to_string()});
        self.order(&self.post(edge, body, None)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[tokio::test]
    async fn each_call_is_written_as_the_contract_prints_it() {
        let success = json!({"success": true});
        let (fake, client) = Fake::answering([(); 5].map(|()| success.clone()));
        client.pass_thread_control(9, Some(AppId::new(7)), Some("order 7")).await.unwrap();
        assert_eq!(fake.body(), json!({"target_app_id": "7", "metadata": "order 7", "recipient": {"id": "9"}}));
        client.release_thread_control(9).await.unwrap();
        assert_eq!(fake.body(), json!({"recipient": {"id": "9"}}));
        client.take_thread_control(9, None).await.unwrap();
        client.request_thread_control(9, None).await.unwrap();
        client.extend_thread_control(9, Span::hours(2)).await.unwrap();
        assert_eq!(fake.body(), json!({"duration": 7_200, "recipient": {"id": "9"}}));
        let edges = ["pass", "release", "take", "request", "extend"];
        assert_eq!(fake.calls(), edges.map(|edge| format!("POST me/{edge}_thread_control")));
        for wrong in [Span::ZERO, Span::millis(EXTENSION.get() + 1)] {
            assert!(matches!(client.extend_thread_control(9, wrong).await, Err(Error::Invalid(_))), "{wrong}");
        }
        assert_eq!(fake.calls().len(), 5);
    }

    #[tokio::test]
    async fn an_owner_is_known_in_full_or_in_part_or_not_there() {
        let (fake, client) = Fake::answering([
            json!({"data": [{"thread_owner": {"app_id": 880_000_000_000_101_u64, "expiration": 1_764_086_400}}]}),
            json!({"data": [{"thread_owner": {"expiration": 1_764_086_400}}]}),
            json!({"data": []}),
        ]);
        let owner = client.thread_owner(9).await.unwrap().unwrap();
        assert_eq!((owner.app_id.as_deref(), owner.expiration), (Some("880000000000101"), Some(1_764_086_400)));
        assert_eq!(client.thread_owner(9).await.unwrap().unwrap().app_id, None);
        assert_eq!(client.thread_owner(9).await.unwrap(), None);
        assert_eq!(fake.calls()[0], "GET me/thread_owner?recipient=9");
    }

    #[tokio::test]
    async fn receivers_and_features_are_read() {
        let (fake, client) = Fake::answering([
            json!({"data": [{"id": "880000000000202", "name": "Care"}]}),
            json!({"messaging_feature_status": {"hop_v2": false, "msgr_multi_app": true, "ig_multi_app": false}, "id": "1"}),
        ]);
        let found = client.secondary_receivers().await.unwrap();
        assert_eq!((found[0].id.as_str(), found[0].name.as_deref()), ("880000000000202", Some("Care")));
        let status = client.messaging_feature_status().await.unwrap();
        assert_eq!((status.hop_v2, status.msgr_multi_app, status.ig_multi_app), (false, true, false));
        assert_eq!(
            fake.calls(),
            ["GET me/secondary_receivers?platform=instagram&fields=id,name", "GET me?fields=messaging_feature_status"]
        );
    }
}
