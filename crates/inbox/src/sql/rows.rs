//! What the rows of a list show beside the conversations themselves, a whole page in one statement, and the figures at the
//! views.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::values;
use db::sql::{Corrupt, Query, Row};
use wire::time::Millis;

use super::conversations::{ending, visible};
use crate::facts::{Side, Snippet};
use crate::ids::{AgentId, ConversationId, LabelId, WorkspaceId};

/// The largest figure that is counted to.
pub const COUNTED: u32 = 1000;

/// The ids of a JSON list as rows, in each dialect.
macro_rules! ids {
    (sqlite $list:literal) => {
        concat!("(SELECT value AS id FROM json_each(", $list, "))")
    };
    (postgres $list:literal) => {
        concat!(
            "(SELECT CAST(value AS BIGINT) AS id FROM json_array_elements_text(CAST(CAST(",
            $list,
            " AS TEXT) AS JSON)))"
        )
    };
}
pub(super) use ids;

/// Newest message, note and reaction of each: what is erased from where it stands is gone from here as well.
macro_rules! snippets {
    ($dialect:ident) => {
        concat!(
            "SELECT i.id, CAST(0 AS BIGINT), m.side, m.kind, substr(m.text, 1, 120), m.agent_id, CAST(NULL AS TEXT), m.sent_time FROM ",
            ids!($dialect "$2"), " i CROSS JOIN message m WHERE m.workspace_id = $1 AND m.mid = (SELECT x.mid FROM message x \
                WHERE x.workspace_id = $1 AND x.conversation_id = i.id ORDER BY x.sent_time DESC, x.seq DESC LIMIT 1) \
            UNION ALL SELECT i.id, CAST(2 AS BIGINT), CAST(NULL AS BIGINT), 'note', substr(n.text, 1, 120), n.agent_id, CAST(NULL AS TEXT), \
                n.created_time FROM ",
            ids!($dialect "$2"), " i CROSS JOIN note n WHERE n.workspace_id = $1 AND n.conversation_id = i.id AND n.id = ( \
                SELECT max(x.id) FROM note x WHERE x.workspace_id = $1 AND x.conversation_id = i.id) \
            UNION ALL SELECT i.id, CAST(1 AS BIGINT), r.side, 'reaction', (SELECT substr(x.text, 1, 120) FROM message x \
                WHERE x.workspace_id = $1 AND x.mid = r.mid), r.agent_id, r.emoji, r.reacted_time FROM ",
            ids!($dialect "$2"), " i CROSS JOIN reaction r WHERE r.workspace_id = $1 AND r.emoji IS NOT NULL AND r.mid = ( \
                SELECT x.mid FROM reaction x WHERE x.workspace_id = $1 AND x.conversation_id = i.id AND x.emoji IS NOT NULL \
                ORDER BY x.reacted_time DESC LIMIT 1)"
        )
    };
}
macro_rules! labels {
    ($dialect:ident) => {
        concat!("SELECT l.conversation_id, l.label_id FROM ", ids!($dialect "$2"), " i CROSS JOIN conversation_label l \
            WHERE l.workspace_id = $1 AND l.conversation_id = i.id ORDER BY l.conversation_id, l.label_id")
    };
}
/// How many there are, up to 1000.
macro_rules! counted {
    ($from:expr) => {
        concat!("(SELECT count(*) FROM (SELECT 1 FROM ", $from, " LIMIT 1000) counted)")
    };
}
macro_rules! of_conversations {
    ($($which:expr),+) => {
        counted!(concat!("conversation c WHERE c.workspace_id = $1 AND ", $($which),+))
    };
}

statements! {
    SNIPPETS { sqlite: snippets!(sqlite), postgres: snippets!(postgres) }
    LABELS_OF_MANY { sqlite: labels!(sqlite), postgres: labels!(postgres) }
    /// All that who sees everything sees; what others see is their own and nobody's. That a time is above 0 is true of every row,
    /// and lets SQLite find them by the index that leads there.
    COUNTS {
        concat!(
            "SELECT ", of_conversations!("c.status = 'open' AND CAST($3 AS BOOLEAN)"),
            ", ", of_conversations!("c.assignee_id = $2 AND c.status = 'open'"),
            ", ", of_conversations!("c.assignee_id IS NULL AND c.status = 'open' AND c.last_time > 0 AND ", visible!("$3", "$2")),
            ", ", counted!(concat!("(SELECT DISTINCT n.conversation_id FROM mention n WHERE n.workspace_id = $1 \
                AND n.agent_id = $2 AND NOT n.done) named CROSS JOIN conversation c WHERE c.workspace_id = $1 \
                AND c.id = named.conversation_id AND ", visible!("$3", "$2"))),
            ", ", of_conversations!(ending!("$4"), " AND ", visible!("$3", "$2")),
            ", ", of_conversations!("c.failed > 0 AND c.last_time > 0 AND ", visible!("$3", "$2"))
        )
    }
}

/// How many conversations each view shows, each up to [`COUNTED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub all: u32,
    pub mine: u32,
    pub unassigned: u32,
    pub mentions: u32,
    pub ending_soon: u32,
    pub failed: u32,
}

/// Ids as a statement takes them.
pub(crate) fn list(ids: &[ConversationId]) -> String {
    let numbers: Vec<u64> = ids.iter().map(|id| id.get()).collect();
    serde_json::json!(numbers).to_string()
}

/// The newest message, note and reaction of each, with the conversation and the order of those of one moment.
pub(crate) fn snippets(
    workspace: WorkspaceId,
    ids: &[ConversationId],
) -> Query<'static, (ConversationId, u8, Snippet)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "snippet", 0, 2);
        let (conversation, rank) = (fields.int(ConversationId::new)?, fields.small()?);
        let side = fields.decode(|number: Option<i64>| match number {
            None => Some(None),
            Some(number) => Side::of_number(number).map(Some),
        })?;
        let snippet = Snippet {
            side,
            kind: fields.get()?,
            text: fields.get()?,
            agent: fields.some_int(AgentId::new)?,
            emoji: fields.get()?,
            time: fields.time()?,
        };
        Ok::<_, Corrupt>((conversation, rank, snippet))
    };
    Query { statement: &SNIPPETS, params: values![workspace, list(ids)], decode }
}

/// The labels of each.
pub(crate) fn labels(workspace: WorkspaceId, ids: &[ConversationId]) -> Query<'static, (ConversationId, LabelId)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "conversation_label", 0, 2);
        Ok::<_, Corrupt>((fields.int(ConversationId::new)?, fields.int(LabelId::new)?))
    };
    Query { statement: &LABELS_OF_MANY, params: values![workspace, list(ids)], decode }
}

/// The figures for an agent; what ends soon is what the person wrote since `since`.
pub(crate) fn counts(workspace: WorkspaceId, agent: AgentId, sees_all: bool, since: Millis) -> Query<'static, Counts> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "conversation", 0, 0);
        Ok::<_, Corrupt>(Counts {
            all: fields.small()?,
            mine: fields.small()?,
            unassigned: fields.small()?,
            mentions: fields.small()?,
            ending_soon: fields.small()?,
            failed: fields.small()?,
        })
    };
    Query { statement: &COUNTS, params: values![workspace, agent, sees_all, since], decode }
}
