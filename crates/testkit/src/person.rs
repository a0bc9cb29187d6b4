//! A person in a test, acting through the emulator's surface.

use engine::demo;
use serde_json::{Value, json};

use crate::{Answer, Api};

/// One of the demo people; everything they do concerns the demo account.
pub struct PersonApi {
    api: Api,
    username: String,
}

impl PersonApi {
    pub(crate) fn new(api: Api, username: &str) -> Self {
        Self { api, username: username.to_owned() }
    }

    /// Their id for the demo account.
    pub fn igsid(&self) -> String {
        let found = demo::people().find(|(username, _)| *username == self.username);
        found
            .map(|(_, igsid)| igsid.to_string())
            .unwrap_or_else(|| panic!("{} is not in the demo world", self.username))
    }

    /// Writes to the demo account; gives the message's id.
    pub async fn writes(&self, text: &str) -> String {
        let answer = self.post("messages", &json!({"to": demo::USERNAME, "text": text})).await;
        answer.ok()["message_id"].as_str().unwrap_or_default().to_owned()
    }

    /// Taps an ice breaker by its question.
    pub async fn taps_ice_breaker(&self, question: &str) -> Answer {
        self.post("taps", &json!({"to": demo::USERNAME, "ice_breaker": question})).await
    }

    /// Taps an item of the persistent menu by its title.
    pub async fn taps_menu_item(&self, title: &str) -> Answer {
        self.post("taps", &json!({"to": demo::USERNAME, "menu_item": title})).await
    }

    /// Opens the thread; gives the message that was seen, if there was something new.
    pub async fn opens(&self) -> Option<String> {
        let answer = self.post("opens", &json!({"with": demo::USERNAME})).await;
        answer.ok()["seen"].as_str().map(str::to_owned)
    }

    /// Does something with the demo account: posts `body` to one of the resources under the person.
    pub async fn does(&self, what: &str, body: &Value) -> Answer {
        let mut body = body.clone();
        body["to"] = json!(demo::USERNAME);
        self.post(what, &body).await
    }

    /// Leaves off something: deletes one of the resources under the person.
    pub async fn undoes(&self, what: &str) -> Answer {
        self.api.delete(&format!("/_parlance/people/{}/{what}?with={}", self.username, demo::USERNAME)).await
    }

    /// Uploads a file that is going to be sent to the demo account; gives its id.
    pub async fn uploads(&self, kind: &str, bytes: Vec<u8>) -> String {
        let path = format!("/_parlance/people/{}/files?to={}&type={kind}", self.username, demo::USERNAME);
        let request = self.api.request("POST", &path, "application/octet-stream", bytes.into());
        self.api.send(request).await.ok()["asset_id"].as_str().unwrap_or_default().to_owned()
    }

    /// The whole conversation as they see it.
    pub async fn looks(&self) -> Value {
        self.api.get(&format!("/_parlance/people/{}/messages?with={}", self.username, demo::USERNAME)).await.ok()
    }

    /// The thread as they see it, newest first: writer and text.
    pub async fn sees(&self) -> Vec<(String, String)> {
        let path = format!("/_parlance/people/{}/messages?with={}", self.username, demo::USERNAME);
        let answer = self.api.get(&path).await.ok();
        let rows = answer["data"].as_array().cloned().unwrap_or_default();
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        rows.iter().map(|row| (text(row, "from"), text(row, "text"))).collect()
    }

    async fn post(&self, what: &str, body: &Value) -> Answer {
        self.api.post(&format!("/_parlance/people/{}/{what}", self.username), body).await
    }
}
