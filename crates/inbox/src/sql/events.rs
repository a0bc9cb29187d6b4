//! The log that live streams read.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::values;
use db::sql::{Corrupt, Query, Row, Write};
use serde::Serialize;
use wire::time::Millis;

use crate::ids::{AgentId, ConversationId, WorkspaceId};
use crate::store::{EventKind, Happened, News};

statements! {
    TAKE_NUMBERS { "UPDATE workspace SET last_seq = last_seq + $2 WHERE id = $1" }
    ADD_EVENT {
        "INSERT INTO event (workspace_id, seq, kind, conversation_id, subject, agent_id, created_time, detail, shown) \
        SELECT id, last_seq - $2, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS TEXT), CAST($6 AS BIGINT), CAST($7 AS BIGINT), \
        CAST($8 AS TEXT), CAST($9 AS BOOLEAN) FROM workspace WHERE id = $1"
    }
    EVENTS {
        "SELECT seq, kind, conversation_id, subject, agent_id, created_time, detail FROM event \
        WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
    }
    HAPPENINGS {
        "SELECT seq, kind, agent_id, subject, detail, created_time FROM event WHERE workspace_id = $1 AND conversation_id = $2 \
        AND shown AND created_time >= $3 AND created_time < $4 ORDER BY created_time DESC, seq DESC LIMIT $5"
    }
}

/// An event of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Event {
    /// Its number: the workspace's events have 1, 2, 3 and so on, without gaps.
    pub seq: u64,
    /// What kind of thing is new.
    pub kind: EventKind,
    /// The conversation that it belongs to.
    #[schema(value_type = Option<String>)]
    pub conversation: Option<ConversationId>,
    /// The thing's own id.
    pub subject: Option<String>,
    /// What more there is to say.
    pub detail: Option<String>,
    /// Who did it, where an agent did.
    #[schema(value_type = Option<String>)]
    pub agent: Option<AgentId>,
    /// When, in milliseconds.
    #[schema(value_type = i64)]
    pub created_time: Millis,
}

/// What became of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Happening {
    /// The number of its event.
    pub seq: u64,
    /// What happened.
    pub kind: Happened,
    /// Who did it; `None` for what came of itself.
    pub agent: Option<AgentId>,
    /// The id of the agent, team or label that it is about.
    pub subject: Option<String>,
    /// What more there is to say: until when, how urgent, the label's name.
    pub detail: Option<String>,
    /// When, in milliseconds.
    #[schema(value_type = i64)]
    pub created_time: Millis,
}

pub(crate) fn take_numbers(workspace: WorkspaceId, count: i64) -> Write<'static> {
    Write { statement: &TAKE_NUMBERS, params: values![workspace, count], expect: db::sql::Expect::One }
}

pub(crate) fn add(workspace: WorkspaceId, back: i64, news: News, now: Millis) -> Write<'static> {
    let News { kind, conversation, subject, detail, agent } = news;
    let params = values![workspace, back, kind, conversation, subject, agent, now, detail, kind.is_shown()];
    Write::new(&ADD_EVENT, params)
}

pub(crate) fn events(workspace: WorkspaceId, after: u64, limit: u32) -> Query<'static, Event> {
    let after = db::sql::value::bound(after);
    Query { statement: &EVENTS, params: values![workspace, after, limit], decode: row }
}

/// What became of a conversation from a moment until before another, newest first.
pub(crate) fn happenings(
    workspace: WorkspaceId,
    conversation: ConversationId,
    from: Option<Millis>,
    until: Option<Millis>,
    limit: u32,
) -> Query<'static, Happening> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "event", 0, 1);
        Ok::<_, Corrupt>(Happening {
            seq: fields.int(|seq| seq)?,
            kind: fields.decode(|word: String| Happened::of_word(&word))?,
            agent: fields.some_int(AgentId::new)?,
            subject: fields.get()?,
            detail: fields.get()?,
            created_time: fields.time()?,
        })
    };
    let (from, until) = (from.map_or(i64::MIN, Millis::get), until.map_or(i64::MAX, Millis::get));
    Query { statement: &HAPPENINGS, params: values![workspace, conversation, from, until, limit], decode }
}

fn row(row: Row<'_>) -> Result<Event, Corrupt> {
    let mut fields = Fields::new(row, "event", 0, 1);
    Ok(Event {
        seq: fields.int(|seq| seq)?,
        kind: fields.decode(|word: String| EventKind::of_word(&word))?,
        conversation: fields.some_int(ConversationId::new)?,
        subject: fields.get()?,
        agent: fields.some_int(AgentId::new)?,
        created_time: fields.time()?,
        detail: fields.get()?,
    })
}
