//! What is in a thread: messages, reactions to them, what was seen; and comments beside it.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::{bound, values};
use db::sql::{Corrupt, Expect, Query, Row, Write};
use wire::time::Millis;

use crate::facts::{Comment, Message, Reaction, Sending, Side};
use crate::ids::{AgentId, ConnectionId, ConversationId, OutboxId, WorkspaceId};

macro_rules! columns {
    () => {
        "workspace_id, conversation_id, mid, seq, sent_time, told, side, kind, text, content, edits, agent_id, outbox_id"
    };
}
macro_rules! select {
    () => {
        concat!("SELECT ", columns!(), " FROM message WHERE workspace_id = $1 ")
    };
}
macro_rules! comment_columns {
    () => {
        "workspace_id, id, connection_id, customer_id, username, text, media_id, product, parent_id, live, created_time, outbox_id"
    };
}
macro_rules! comments {
    ($which:literal) => {
        concat!(
            "SELECT c.workspace_id, c.id, c.connection_id, c.customer_id, c.username, c.text, c.media_id, c.product, c.parent_id, \
            c.live, c.created_time, c.outbox_id, o.state, o.reason FROM comment c \
            LEFT JOIN outbox o ON o.workspace_id = c.workspace_id AND o.id = c.outbox_id WHERE c.workspace_id = $1 AND ",
            $which
        )
    };
}

statements! {
    ADD_MESSAGE {
        concat!("INSERT INTO message (", columns!(), ") SELECT $1, CAST($2 AS BIGINT), CAST($3 AS TEXT), last_seq, \
            CAST($4 AS BIGINT), CAST($5 AS BOOLEAN), CAST($6 AS BIGINT), CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS TEXT), \
            CAST($10 AS BIGINT), CAST($11 AS BIGINT), CAST($12 AS BIGINT) FROM workspace WHERE id = $1")
    }
    PUT_MESSAGE {
        "UPDATE message SET conversation_id = $2, sent_time = $4, told = $5, side = $6, kind = $7, text = $8, content = $9, \
        edits = $10, agent_id = $11, outbox_id = $12 WHERE workspace_id = $1 AND mid = $3"
    }
    MESSAGE { concat!(select!(), "AND mid = $2") }
    OLDER {
        concat!(select!(), "AND conversation_id = $2 AND (sent_time, seq) < ($3, $4) ORDER BY sent_time DESC, seq DESC LIMIT $5")
    }
    SINCE { concat!(select!(), "AND conversation_id = $2 AND seq > $3 ORDER BY sent_time, seq LIMIT $4") }
    REACT {
        "INSERT INTO reaction (workspace_id, conversation_id, mid, side, emoji, agent_id, reacted_time) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (workspace_id, mid, side) DO UPDATE SET emoji = excluded.emoji, agent_id = excluded.agent_id, \
        reacted_time = excluded.reacted_time, conversation_id = excluded.conversation_id WHERE reaction.reacted_time <= excluded.reacted_time"
    }
    REACTIONS {
        "SELECT r.workspace_id, m.conversation_id, r.mid, r.side, r.emoji, r.agent_id, r.reacted_time FROM message m \
        JOIN reaction r ON r.workspace_id = m.workspace_id AND r.mid = m.mid \
        WHERE m.workspace_id = $1 AND m.conversation_id = $2 AND m.sent_time <= $3 AND m.sent_time >= $4"
    }
    FORGET_REACTIONS { "DELETE FROM reaction WHERE workspace_id = $1 AND mid = $2" }
    SEE {
        "INSERT INTO seen (workspace_id, conversation_id, mid, seen_time) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (workspace_id, conversation_id) DO UPDATE SET mid = excluded.mid, seen_time = excluded.seen_time \
        WHERE seen.seen_time <= excluded.seen_time"
    }
    SEEN { "SELECT mid, seen_time FROM seen WHERE workspace_id = $1 AND conversation_id = $2" }
    ADD_COMMENT {
        concat!("INSERT INTO comment (", comment_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL) \
            ON CONFLICT DO NOTHING")
    }
    /// One private reply a comment, for good.
    ANSWER_COMMENT { "UPDATE comment SET outbox_id = $3 WHERE workspace_id = $1 AND id = $2 AND outbox_id IS NULL" }
    FREE_COMMENT { "UPDATE comment SET outbox_id = NULL WHERE workspace_id = $1 AND id = $2 AND outbox_id = $3" }
    COMMENT { comments!("c.id = $2") }
    COMMENTS_OF { comments!("c.connection_id = $2 AND c.customer_id = $3 ORDER BY c.created_time DESC LIMIT $4") }
    COMMENTS { comments!("(c.created_time, c.id) < ($2, $3) ORDER BY c.created_time DESC, c.id DESC LIMIT $4") }
}

fn columns(message: &Message) -> Vec<db::sql::Value<'static>> {
    let one = message.clone();
    let content = one.content.map(|content| serde_json::json!(content).to_string());
    values![
        one.workspace,
        one.conversation,
        one.mid,
        one.sent_time,
        one.told,
        one.side.number(),
        one.kind,
        one.text,
        content,
        one.edits,
        one.agent,
        one.outbox,
    ]
}

/// Stale when there is one of that id.
pub(crate) fn add(message: &Message) -> Write<'static> {
    Write { statement: &ADD_MESSAGE, params: columns(message), expect: Expect::One }
}

/// Writes over the one that is there.
pub(crate) fn put(message: &Message) -> Write<'static> {
    Write { statement: &PUT_MESSAGE, params: columns(message), expect: Expect::One }
}

pub(crate) fn message(workspace: WorkspaceId, mid: String) -> Query<'static, Message> {
    Query { statement: &MESSAGE, params: values![workspace, mid], decode: row }
}

/// A page of a thread, newest first, behind a place in it.
pub(crate) fn older(
    workspace: WorkspaceId,
    conversation: ConversationId,
    before: Option<(Millis, u64)>,
    limit: u32,
) -> Query<'static, Message> {
    let (time, seq) = before.map_or((i64::MAX, i64::MAX), |(time, seq)| (time.get(), bound(seq)));
    Query { statement: &OLDER, params: values![workspace, conversation, time, seq, limit], decode: row }
}

/// What has arrived since an event.
pub(crate) fn since(
    workspace: WorkspaceId,
    conversation: ConversationId,
    seq: u64,
    limit: u32,
) -> Query<'static, Message> {
    Query { statement: &SINCE, params: values![workspace, conversation, bound(seq), limit], decode: row }
}

/// The newer of two reactions of one side stands, in whichever order they come.
pub(crate) fn react(reaction: Reaction) -> Write<'static> {
    let Reaction { workspace, conversation, mid, side, emoji, agent, reacted_time } = reaction;
    Write::new(&REACT, values![workspace, conversation, mid, side.number(), emoji, agent, reacted_time])
}

/// The reactions to a page of a thread, between its oldest moment and its newest.
pub(crate) fn reactions(
    workspace: WorkspaceId,
    conversation: ConversationId,
    newest: Millis,
    oldest: Millis,
) -> Query<'static, Reaction> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "reaction", 0, 4);
        Ok::<_, Corrupt>(Reaction {
            workspace: fields.int(WorkspaceId::new)?,
            conversation: fields.int(ConversationId::new)?,
            mid: fields.get()?,
            side: fields.decode(Side::of_number)?,
            emoji: fields.get()?,
            agent: fields.some_int(AgentId::new)?,
            reacted_time: fields.time()?,
        })
    };
    Query { statement: &REACTIONS, params: values![workspace, conversation, newest, oldest], decode }
}

pub(crate) fn forget_reactions(workspace: WorkspaceId, mid: String) -> Write<'static> {
    Write::new(&FORGET_REACTIONS, values![workspace, mid])
}

pub(crate) fn see(workspace: WorkspaceId, conversation: ConversationId, mid: String, time: Millis) -> Write<'static> {
    Write::new(&SEE, values![workspace, conversation, mid, time])
}

/// The newest message of the business that the person has seen, and when.
pub(crate) fn seen(workspace: WorkspaceId, conversation: ConversationId) -> Query<'static, (String, Millis)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "seen", 0, 0);
        Ok::<_, Corrupt>((fields.get()?, fields.time()?))
    };
    Query { statement: &SEEN, params: values![workspace, conversation], decode }
}

pub(crate) fn add_comment(comment: Comment) -> Write<'static> {
    let Comment {
        workspace,
        id,
        connection,
        customer,
        username,
        text,
        media_id,
        product,
        parent_id,
        live,
        created_time,
        ..
    } = comment;
    let params =
        values![workspace, id, connection, customer, username, text, media_id, product, parent_id, live, created_time];
    Write::new(&ADD_COMMENT, params)
}

/// Stale when it was answered before.
pub(crate) fn answer_comment(workspace: WorkspaceId, id: String, outbox: OutboxId) -> Write<'static> {
    Write { statement: &ANSWER_COMMENT, params: values![workspace, id, outbox], expect: Expect::One }
}

pub(crate) fn free_comment(workspace: WorkspaceId, id: String, outbox: OutboxId) -> Write<'static> {
    Write::new(&FREE_COMMENT, values![workspace, id, outbox])
}

pub(crate) fn comment(workspace: WorkspaceId, id: String) -> Query<'static, Comment> {
    Query { statement: &COMMENT, params: values![workspace, id], decode: comment_row }
}

pub(crate) fn comments_of(
    workspace: WorkspaceId,
    connection: ConnectionId,
    customer: String,
    limit: u32,
) -> Query<'static, Comment> {
    Query { statement: &COMMENTS_OF, params: values![workspace, connection, customer, limit], decode: comment_row }
}

pub(crate) fn comments(
    workspace: WorkspaceId,
    before: Option<(Millis, String)>,
    limit: u32,
) -> Query<'static, Comment> {
    let (time, id) = before.unwrap_or((Millis::new(i64::MAX), String::new()));
    Query { statement: &COMMENTS, params: values![workspace, time, id, limit], decode: comment_row }
}

fn row(row: Row<'_>) -> Result<Message, Corrupt> {
    let mut fields = Fields::new(row, "message", 0, 3);
    Ok(Message {
        workspace: fields.int(WorkspaceId::new)?,
        conversation: fields.int(ConversationId::new)?,
        mid: fields.get()?,
        seq: fields.int(|number| number)?,
        sent_time: fields.time()?,
        told: fields.flag()?,
        side: fields.decode(Side::of_number)?,
        kind: fields.get()?,
        text: fields.get()?,
        content: fields.decode(|json: Option<String>| match json {
            None => Some(None),
            Some(json) => serde_json::from_str(&json).ok().map(Some),
        })?,
        edits: fields.small()?,
        agent: fields.some_int(AgentId::new)?,
        outbox: fields.some_int(OutboxId::new)?,
    })
}

fn comment_row(row: Row<'_>) -> Result<Comment, Corrupt> {
    let mut fields = Fields::new(row, "comment", 0, 2);
    Ok(Comment {
        workspace: fields.int(WorkspaceId::new)?,
        id: fields.get()?,
        connection: fields.int(ConnectionId::new)?,
        customer: fields.get()?,
        username: fields.get()?,
        text: fields.get()?,
        media_id: fields.get()?,
        product: fields.get()?,
        parent_id: fields.get()?,
        live: fields.flag()?,
        created_time: fields.time()?,
        outbox: fields.some_int(OutboxId::new)?,
        reply: fields.decode(|word: Option<String>| match word {
            None => Some(None),
            Some(word) => Sending::of_word(&word).map(Some),
        })?,
        reply_reason: fields.get()?,
    })
}
