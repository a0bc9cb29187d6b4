//! Subscribing to webhooks: the app names an endpoint, then is installed on each account (contract webhooks 1.1).

use std::fmt::Display;

use serde::Deserialize;
use serde_json::json;

use crate::{Client, Error, answer, call::Call};

/// An app that is installed on the account (contract webhooks 1.4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SubscribedApp {
    /// The app.
    #[serde(default, alias = "app_id", deserialize_with = "answer::id")]
    pub id: Option<String>,
    /// Its name; Facebook host only.
    #[serde(default)]
    pub name: Option<String>,
    /// What it is subscribed to.
    #[serde(default)]
    pub subscribed_fields: Vec<String>,
}

/// The endpoint of an app for one object (contract webhooks 1.2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AppSubscription {
    /// `instagram` or `page`.
    pub object: String,
    /// Where deliveries go.
    #[serde(default)]
    pub callback_url: String,
    /// Whether anything is delivered.
    #[serde(default)]
    pub active: bool,
    /// What is delivered.
    #[serde(default)]
    pub fields: Vec<SubscribedField>,
}

/// A field and the version whose shape its events have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SubscribedField {
    /// The field, for example `messages`.
    pub name: String,
    /// Written `v25.0`.
    #[serde(default)]
    pub version: String,
}

impl Client {
    /// Installs the token's app on the account, so that deliveries begin (contract webhooks 1.4).
    ///
    /// Each host has its own names for fields; `messages` is known to both, and one field suffices.
    ///
    /// # Errors
    /// [`Error::Graph`] 100 when any name is unknown; nothing is subscribed then.
    pub async fn subscribe_account(&self, fields: &[&str]) -> Result<(), Error> {
        let body = json!({"subscribed_fields": fields});
        self.order(&{ Call::post(&[&self.settings.node, &"subscribed_apps"], body) }).await
    }

    /// The apps that are installed on the account, as far as the token may see them (contract webhooks 1.4).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn account_subscriptions(&self) -> Result<Vec<SubscribedApp>, Error> {
        answer::many("subscribed apps", self.call(&{ Call::get(&[&self.settings.node, &"subscribed_apps"]) }).await?)
    }

    /// Removes the token's app from the account, which ends all deliveries for it (contract webhooks 1.4).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn unsubscribe_account(&self) -> Result<(), Error> {
        self.order(&{ Call::delete(&[&self.settings.node, &"subscribed_apps"]) }).await
    }

    /// The app's endpoints. Needs an app token, see [`Client::for_app`] (contract webhooks 1.2).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn app_subscriptions(&self, app_id: impl Display) -> Result<Vec<AppSubscription>, Error> {
        answer::many("subscriptions", self.call(&{ Call::get(&[&app_id, &"subscriptions"]) }).await?)
    }

    /// Names the endpoint for Instagram's events, in place of an earlier one. Needs an app token (contract webhooks 1.2).
    ///
    /// The host verifies the endpoint before it answers, so the endpoint must be up: see
    /// [`verify_challenge`](crate::webhook::verify_challenge).
    ///
    /// # Errors
    /// [`Error::Graph`] 2200 when the endpoint did not answer the handshake.
    pub async fn subscribe_app(
        &self,
        app_id: impl Display,
        callback_url: &str,
        verify_token: &str,
        fields: &[&str],
    ) -> Result<(), Error> {
        let body = json!({
            "object": "instagram",
            "callback_url": callback_url,
            "verify_token": verify_token,
            "fields": fields.join(","),
        });
        self.order(&{ Call::post(&[&app_id, &"subscriptions"], body) }).await
    }

    /// Removes the endpoint for Instagram's events. Needs an app token (contract webhooks 1.2).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn unsubscribe_app(&self, app_id: impl Display) -> Result<(), Error> {
        self.order(&{ Call::delete(&[&app_id, &"subscriptions"]).with("object", "instagram") }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[tokio::test]
    async fn an_account_is_subscribed_listed_and_unsubscribed() {
        let (fake, client) = Fake::answering([
            json!({"success": true}),
            json!({"data": [{"app_id": "5", "subscribed_fields": ["messages"]}, {"id": "6", "name": "Desk"}]}),
            json!({"success": true}),
        ]);
        client.subscribe_account(&["messages"]).await.unwrap();
        assert_eq!(fake.body(), json!({"subscribed_fields": ["messages"]}));
        let apps = client.account_subscriptions().await.unwrap();
        assert_eq!((apps[0].id.as_deref(), apps[1].id.as_deref()), (Some("5"), Some("6")));
        client.unsubscribe_account().await.unwrap();
        assert_eq!(fake.calls(), ["POST me/subscribed_apps", "GET me/subscribed_apps", "DELETE me/subscribed_apps"]);
    }

    #[tokio::test]
    async fn an_app_names_its_endpoint() {
        let (fake, client) = Fake::answering([
            json!({"success": "true"}),
            json!({"data": [{"object": "instagram", "callback_url": "https://bot.example.test/hook", "active": true,
                             "fields": [{"name": "messages", "version": "v24.0"}]}]}),
            json!({"success": true}),
        ]);
        client.subscribe_app(5, "https://bot.example.test/hook", "v", &["messages", "message_edit"]).await.unwrap();
        assert_eq!(
            (&fake.body()["object"], &fake.body()["fields"]),
            (&json!("instagram"), &json!("messages,message_edit"))
        );
        let found = client.app_subscriptions(5).await.unwrap();
        assert!(found[0].active && found[0].fields[0].name == "messages");
        client.unsubscribe_app(5).await.unwrap();
        assert_eq!(
            fake.calls(),
            ["POST 5/subscriptions", "GET 5/subscriptions", "DELETE 5/subscriptions?object=instagram"]
        );
    }
}
