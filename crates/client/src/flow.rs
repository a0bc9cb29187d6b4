//! Welcome message flows: what conversations from click-to-message ads begin with (contract send 1.13).

use std::fmt::Display;

use serde::Deserialize;
use serde_json::{Value, json};
use wire::send::message::Message;

use crate::call::Call;
use crate::content::{Buttons, Content, Elements, Products, Text, UpTo};
use crate::{Client, Error, answer};

/// The messages of a flow, at least one.
pub type FlowMessages = UpTo<10, FlowMessage>;

/// One message of a flow: a text, with quick replies or without, or a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowMessage(Content);

impl From<Text> for FlowMessage {
    fn from(text: Text) -> Self {
        Self(text.into())
    }
}

impl From<&str> for FlowMessage {
    fn from(text: &str) -> Self {
        Self(Text::from(text).into())
    }
}

impl From<Elements> for FlowMessage {
    fn from(elements: Elements) -> Self {
        Self(elements.into())
    }
}

impl From<Products> for FlowMessage {
    fn from(products: Products) -> Self {
        Self(products.into())
    }
}

impl From<(&str, Buttons)> for FlowMessage {
    fn from((text, buttons): (&str, Buttons)) -> Self {
        Self((text.to_owned(), buttons).into())
    }
}

/// A flow.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Flow {
    /// The id, which the referrals of its ads carry.
    pub id: String,
    /// The name.
    #[serde(default)]
    pub name: String,
    /// Its messages, as objects of a send.
    #[serde(default)]
    pub welcome_message_flow: Value,
    /// Where it may be used.
    #[serde(default)]
    pub eligible_platforms: Vec<String>,
}

#[derive(Deserialize)]
struct Made {
    flow_id: String,
}

impl Client {
    /// Makes a flow for ads on Instagram and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a message that could not be sent, before anything is; [`Error::Graph`] 100 for a name of more than
    /// 255 characters.
    pub async fn create_flow(&self, name: &str, messages: impl Into<FlowMessages>) -> Result<String, Error> {
        let body = json!({
            "name": name, "welcome_message_flow": written(messages.into())?, "eligible_platforms": ["instagram"],
        });
        let answer = self.call(&self.post("welcome_message_flows", body, None)).await?;
        answer::typed::<Made>("welcome message flow", answer).map(|made| made.flow_id)
    }

    /// Gives a flow other messages.
    ///
    /// # Errors
    /// As [`Client::create_flow`]; [`Error::Graph`] 100/33 for a flow that is not there.
    pub async fn update_flow(&self, id: &str, messages: impl Into<FlowMessages>) -> Result<(), Error> {
        let body = json!({"flow_id": id, "welcome_message_flow": written(messages.into())?});
        self.order(&self.post("welcome_message_flows", body, None)).await
    }

    /// The account's flows.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn flows(&self) -> Result<Vec<Flow>, Error> {
        let call = Call::get(&[&self.settings.node, &"welcome_message_flows"]);
        let call = call.with("fields", "id,name,welcome_message_flow,eligible_platforms");
        answer::many("welcome message flows", self.call(&call).await?)
    }

    /// Takes a flow away.
    ///
    /// # Errors
    /// [`Error::Graph`] 100/33 for a flow that is not there.
    pub async fn delete_flow(&self, id: impl Display) -> Result<(), Error> {
        self.order(&Call::delete(&[&self.settings.node, &"welcome_message_flows"]).with("flow_id", id)).await
    }
}

/// The list that the parameter holds, if each of its messages could be sent.
fn written(messages: FlowMessages) -> Result<Value, Error> {
    let list = messages.into_vec().into_iter().map(|FlowMessage(content)| {
        let message = Message { content: content.says, metadata: None }.to_json();
        let sent = json!({"recipient": {"id": "0"}, "message": message});
        crate::send::as_host_reads(&sent, None, wire::send::Send::from_params)?;
        Ok(json!({ "message": message }))
    });
    list.collect::<Result<Vec<_>, Error>>().map(Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Button, QuickReply};
    use crate::fake::Fake;

    #[tokio::test]
    async fn a_flow_is_made_changed_listed_and_deleted() {
        let flow =
            json!({"id": "55501", "name": "Spring", "welcome_message_flow": [], "eligible_platforms": ["instagram"]});
        let (fake, client) = Fake::answering([
            json!({"flow_id": "55501"}),
            json!({"success": true}),
            json!({"data": [flow]}),
            json!({"success": true}),
        ]);
        let question = Text::new("What now?").quick_replies([QuickReply::text("Prices", "PRICES")]);
        assert_eq!(client.create_flow("Spring", [question]).await.unwrap(), "55501");
        assert_eq!(
            fake.body(),
            json!({"name": "Spring", "eligible_platforms": ["instagram"], "welcome_message_flow": [{"message":
                {"text": "What now?", "quick_replies": [{"content_type": "text", "title": "Prices", "payload": "PRICES"}]}}]})
        );
        let agent = Buttons::from([Button::postback("Agent", "AGENT")]);
        client.update_flow("55501", [FlowMessage::from("Hello"), ("What next?", agent).into()]).await.unwrap();
        assert_eq!(fake.body()["welcome_message_flow"][1]["message"]["attachment"]["type"], "template");
        assert_eq!(client.flows().await.unwrap()[0].name, "Spring");
        client.delete_flow("55501").await.unwrap();
        assert_eq!(fake.calls()[3], "DELETE me/welcome_message_flows?flow_id=55501");
        let long = client.create_flow("x", ["a".repeat(1_001).as_str()]).await;
        assert!(matches!(long, Err(Error::Invalid(why)) if why.contains("the limit is 1000")));
        assert_eq!(fake.calls().len(), 4);
    }
}
