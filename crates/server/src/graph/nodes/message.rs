//! The message node, its fields, and the two edges that are lists of what it holds (contract read 1.1, 1.6).

use std::sync::Arc;

use engine::Failure;
use engine::facts::{Content, Message, Side};
use engine::read::{self, Shown};
use engine::store::Part;
use serde_json::{Value, json};
use wire::error::GraphError;
use wire::fields::{Fields, Selection};
use wire::id::MessageId;

use super::super::call::Call;
use super::super::node::Node;
use super::super::project::{Field, project};
use super::beside::Beside;
use super::{Ends, content, unseen};

/// A message together with what its fields tell.
struct MessageView {
    shown: Shown,
    ends: Arc<Ends>,
    attachments: Vec<Value>,
    shares: Vec<Value>,
    story: Option<Value>,
    reactions: Option<Value>,
    reply_to: Option<Value>,
}

const MESSAGE_FIELDS: &[Field<MessageView>] = &[
    Field { name: "id", default: true, read: |m| Some(json!(m.shown.message.id)) },
    Field { name: "created_time", default: true, read: |m| Some(json!(m.shown.message.created_time.graph())) },
    Field {
        name: "from",
        default: false,
        read: |m| {
            m.detail(|m, ends| match m.from {
                Side::Person => ends.person.clone(),
                Side::Business => ends.business.clone(),
            })
        },
    },
    Field {
        name: "to",
        default: false,
        read: |m| {
            m.detail(|m, ends| match m.from {
                Side::Person => json!({"data": [ends.business]}),
                Side::Business => json!({"data": [ends.person]}),
            })
        },
    },
    // Empty where there is no text, when it is asked for (contract read 1.6).
    Field { name: "message", default: false, read: |m| m.detail(|m, _| json!(m.content.text())) },
    // Fields that a message has nothing to say about are left out (contract read 1.6).
    Field { name: "attachments", default: false, read: |m| list(&m.attachments) },
    Field { name: "shares", default: false, read: |m| list(&m.shares) },
    Field { name: "story", default: false, read: |m| m.story.clone() },
    Field { name: "reactions", default: false, read: |m| m.reactions.clone() },
    Field { name: "is_unsupported", default: false, read: |m| m.unsupported() },
    Field { name: "reply_to", default: false, read: |m| m.reply_to.clone() },
    Field { name: "tags", default: false, read: |_| None },
    Field { name: "thread_id", default: false, read: |_| None },
    Field { name: "subject", default: false, read: |_| None },
    Field { name: "sticker", default: false, read: |_| None },
];

/// What of a list's items is told only when braces name it (contract read 1.7).
const ONLY_NAMED: [(&str, &[&str]); 2] =
    [("attachments", &["mime_type", "size"]), ("shares", &["id", "name", "title", "type"])];

fn list(items: &[Value]) -> Option<Value> {
    (!items.is_empty()).then(|| json!({ "data": items }))
}

impl MessageView {
    /// Behind the twenty newest only id and time are told (contract read 1.8, U3).
    fn detail(&self, read: impl Fn(&Message, &Ends) -> Value) -> Option<Value> {
        self.shown.detailed.then(|| read(&self.shown.message, &self.ends))
    }

    /// That there is something which no field shows.
    fn unsupported(&self) -> Option<Value> {
        let content = &self.shown.message.content;
        let is_unsupported = self.shown.detailed && matches!(content, Content::Unsupported | Content::Named(_));
        is_unsupported.then(|| json!(true))
    }

    async fn of(call: &Call<'_>, shown: Shown, ends: Arc<Ends>, beside: Beside) -> Result<Self, GraphError> {
        let bare = Self {
            ends,
            attachments: Vec::new(),
            shares: Vec::new(),
            story: None,
            reactions: None,
            reply_to: None,
            shown,
        };
        if !bare.shown.detailed {
            return Ok(bare);
        }
        let message = &bare.shown.message;
        Ok(Self {
            attachments: content::attachments(call, message, &beside),
            shares: content::shares(call, message, &beside),
            story: content::story(call, message, &beside),
            reactions: content::reactions(&beside.reactions, &bare.ends),
            reply_to: content::reply_to(message, answered(call, message).await?),
            ..bare
        })
    }

    fn fields(&self, fields: Option<&Fields>) -> Result<Value, GraphError> {
        let mut answer = project(MESSAGE_FIELDS, &[], "Message", fields, self)?;
        for (name, hidden) in ONLY_NAMED {
            let is_braced = fields.and_then(|fields| fields.get(name)).is_some_and(|asked| asked.fields.is_some());
            if is_braced {
                continue;
            }
            let items = answer.get_mut(name).and_then(|list| list["data"].as_array_mut());
            for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
                item.retain(|key, _| !hidden.contains(&key.as_str()));
            }
        }
        Ok(Value::Object(answer))
    }
}

/// Who wrote the message that this one answers.
async fn answered(call: &Call<'_>, message: &Message) -> Result<Option<Side>, GraphError> {
    let Some(item) = message.aside.reply_to else { return Ok(None) };
    let found = call.server.world.store.message(MessageId { item, ..message.id }).await.map_err(Failure::from)?;
    Ok(found.map(|message| message.from))
}

/// Messages of one thread with the fields asked for.
///
/// # Errors
/// Unknown fields; the store's.
pub async fn rows(
    call: &Call<'_>,
    part: &Part<Shown>,
    ends: Ends,
    fields: Option<&Fields>,
) -> Result<Vec<Value>, GraphError> {
    let ends = Arc::new(ends);
    let detailed: Vec<&Message> =
        part.items.iter().filter(|shown| shown.detailed).map(|shown| &shown.message).collect();
    // What is detailed comes first, being newer; the rest has nothing beside it.
    let mut besides = Beside::of(call, &detailed, fields).await?.into_iter();
    let mut rows = Vec::with_capacity(part.items.len());
    for shown in &part.items {
        let beside = if shown.detailed { besides.next().unwrap_or_default() } else { Beside::default() };
        let view = MessageView::of(call, shown.clone(), Arc::clone(&ends), beside).await?;
        rows.push(view.fields(fields)?);
    }
    Ok(rows)
}

/// `GET /{message}`.
///
/// # Errors
/// Unknown or foreign message, one that was unsent or is behind the twenty newest, unknown fields; the store's.
pub async fn message(call: &Call<'_>) -> Result<Value, GraphError> {
    read_one(call, call.fields.as_ref()).await
}

/// `GET /{message}/attachments`.
///
/// # Errors
/// As [`message`].
pub async fn attachments(call: &Call<'_>) -> Result<Value, GraphError> {
    edge(call, "attachments").await
}

/// `GET /{message}/shares`.
///
/// # Errors
/// As [`message`].
pub async fn shares(call: &Call<'_>) -> Result<Value, GraphError> {
    edge(call, "shares").await
}

/// A field of the message as a list of its own: the call's `fields` are those of its items.
async fn edge(call: &Call<'_>, name: &str) -> Result<Value, GraphError> {
    let items = Selection { name: name.to_owned(), modifiers: Vec::new(), fields: call.fields.clone() };
    let fields = Fields(vec![items]);
    let mut answer = read_one(call, Some(&fields)).await?;
    Ok(answer.get_mut(name).map_or_else(|| json!({"data": []}), Value::take))
}

async fn read_one(call: &Call<'_>, fields: Option<&Fields>) -> Result<Value, GraphError> {
    let (Node::Message(id), Some(account)) = (call.node, call.caller.account()) else { return Err(unseen(call)) };
    let world = &call.server.world;
    let message = read::message(world, account, id).await?;
    let view = world.store.thread(account, id.igsid).await.map_err(Failure::from)?.ok_or_else(|| unseen(call))?;
    let ends = Ends::of(call, &view).await?;
    let shown = Shown { message, detailed: true };
    let part = Part { items: vec![shown], older: false, newer: false };
    let row = rows(call, &part, ends, fields).await?.pop();
    row.ok_or_else(|| unseen(call))
}
