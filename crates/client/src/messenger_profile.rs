//! What people see before they write: ice breakers and the persistent menu (contract send 6.1 to 6.3).

use serde::Deserialize;
use serde_json::{Value, json};
use wire::messenger_profile::{IceBreakers, Menu, Property};

use crate::{Client, Error, answer, call::Call};

/// All that is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MessengerProfile {
    /// For each locale.
    pub ice_breakers: Vec<IceBreakers>,
    /// For each locale.
    pub persistent_menu: Vec<Menu>,
}

/// One element of the answer. Its shape depends on what was asked for and set (contract send 6.2).
#[derive(Deserialize)]
#[serde(untagged)]
enum Element {
    Bare(IceBreakers),
    Named {
        #[serde(default)]
        ice_breakers: Vec<IceBreakers>,
        #[serde(default)]
        persistent_menu: Vec<Menu>,
    },
}

impl Client {
    /// The ice breakers and the menu that are set (contract send 6.1).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn messenger_profile(&self) -> Result<MessengerProfile, Error> {
        let call = self.on_instagram(Call::get(&[&self.settings.node, &"messenger_profile"]));
        let json = self.call(&call.with("fields", "ice_breakers,persistent_menu")).await?;
        let mut profile = MessengerProfile::default();
        for element in answer::many("messenger profile", json)? {
            match element {
                Element::Bare(breakers) => profile.ice_breakers.push(breakers),
                Element::Named { ice_breakers, persistent_menu } => {
                    profile.ice_breakers.extend(ice_breakers);
                    profile.persistent_menu.extend(persistent_menu);
                }
            }
        }
        Ok(profile)
    }

    /// Replaces the ice breakers of all locales, of which one must be `default` (contract send 6.2).
    ///
    /// # Errors
    /// [`Error::Invalid`] for more or longer ones than are allowed, before anything is sent.
    pub async fn set_ice_breakers(&self, breakers: &[IceBreakers]) -> Result<(), Error> {
        self.set_property("ice_breakers", json!(breakers)).await
    }

    /// Replaces the menus of all locales, of which one must be `default` (contract send 6.3).
    ///
    /// # Errors
    /// [`Error::Invalid`] for more or longer items than are allowed, before anything is sent.
    pub async fn set_persistent_menu(&self, menus: &[Menu]) -> Result<(), Error> {
        self.set_property("persistent_menu", json!(menus)).await
    }

    /// Removes properties by name, `ice_breakers` or `persistent_menu` (contract send 6.1).
    ///
    /// # Errors
    /// [`Error::Graph`] 100 for another name.
    pub async fn delete_messenger_profile(&self, fields: &[&str]) -> Result<(), Error> {
        let call = self.on_instagram(Call::delete(&[&self.settings.node, &"messenger_profile"]));
        self.order(&call.with("fields", json!(fields))).await
    }

    async fn set_property(&self, name: &str, value: Value) -> Result<(), Error> {
        let property = Property::read(name, &value).map_err(|error| Error::Invalid(error.to_string()))?;
        let body = json!({"platform": "instagram", property.name(): property.to_json()});
        self.order(&{ Call::post(&[&self.settings.node, &"messenger_profile"], body) }).await
    }

    /// A Page has one profile for each platform; without a name it would be Messenger's (contract send 6.1).
    fn on_instagram(&self, call: Call) -> Call {
        call.with("platform", "instagram")
    }
}

#[cfg(test)]
mod tests {
    use wire::messenger_profile::{MenuItem, Question};

    use super::*;
    use crate::fake::Fake;

    fn breakers(locale: &str) -> IceBreakers {
        let question = Question { question: "Opening hours?".into(), payload: "HOURS".into() };
        IceBreakers { locale: locale.into(), call_to_actions: vec![question] }
    }

    fn menu() -> Menu {
        let items = vec![
            MenuItem::Postback { title: "Agent".into(), payload: "AGENT".into() },
            MenuItem::WebUrl { title: "Shop".into(), url: "https://shop.example.test/".into() },
        ];
        Menu { locale: "default".into(), call_to_actions: items }
    }

    #[tokio::test]
    async fn both_shapes_of_the_answer_are_read() {
        let (fake, client) = Fake::answering([
            json!({"data": [{"call_to_actions": [{"question": "Opening hours?", "payload": "HOURS"}]}, breakers("de_DE")]}),
            json!({"data": [{"ice_breakers": [breakers("default")], "persistent_menu": [menu()]}]}),
            json!({"data": [{"persistent_menu": [menu()]}]}),
            json!({"data": []}),
        ]);
        let both = MessengerProfile { ice_breakers: vec![breakers("default")], persistent_menu: vec![menu()] };
        let bare = client.messenger_profile().await.unwrap();
        assert_eq!(bare.ice_breakers, [breakers("default"), breakers("de_DE")]);
        assert_eq!(client.messenger_profile().await.unwrap(), both);
        assert_eq!(client.messenger_profile().await.unwrap(), MessengerProfile { ice_breakers: vec![], ..both });
        assert_eq!(client.messenger_profile().await.unwrap(), MessengerProfile::default());
        assert_eq!(fake.calls()[0], "GET me/messenger_profile?platform=instagram&fields=ice_breakers,persistent_menu");
    }

    #[tokio::test]
    async fn properties_are_set_and_deleted_on_instagram() {
        let (fake, client) = Fake::answering([json!({"result": "success"}), json!({"success": true}), json!({})]);
        client.set_persistent_menu(&[menu()]).await.unwrap();
        assert_eq!(
            fake.body(),
            json!({"platform": "instagram", "persistent_menu": [{"locale": "default", "call_to_actions": [
                {"type": "postback", "title": "Agent", "payload": "AGENT"},
                {"type": "web_url", "title": "Shop", "url": "https://shop.example.test/"},
            ]}]})
        );
        client.delete_messenger_profile(&["ice_breakers"]).await.unwrap();
        assert_eq!(fake.calls()[1], r#"DELETE me/messenger_profile?platform=instagram&fields=["ice_breakers"]"#);
        assert!(client.set_ice_breakers(&[breakers("default")]).await.is_err(), "an empty object says no success");
    }

    #[tokio::test]
    async fn a_limit_of_the_profile_is_named_before_anything_is_sent() {
        let (fake, client) = Fake::answering([]);
        let long = |count: usize| "x".repeat(count);
        let mut five = breakers("default");
        five.call_to_actions = vec![five.call_to_actions[0].clone(); 5];
        let mut wordy = breakers("default");
        wordy.call_to_actions[0].question = long(81);
        for (wrong, why) in [
            (vec![], "ice_breakers must be a list with at least one element"),
            (vec![breakers("de_DE")], "ice_breakers must have the locale default"),
            (vec![five], "ice_breakers hold at most 4 questions in a locale"),
            (vec![wordy], "question must have at most 80 characters"),
        ] {
            let error = client.set_ice_breakers(&wrong).await.unwrap_err();
            assert!(matches!(&error, Error::Invalid(found) if found == why), "{error}");
        }
        let item = MenuItem::Postback { title: long(31), payload: "P".into() };
        let error = client.set_persistent_menu(&[Menu { call_to_actions: vec![item], ..menu() }]).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(found) if found == "title must have at most 30 characters"), "{error}");
        assert!(fake.calls().is_empty());
    }
}
