//! Conversations, one by one and as lists.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::{bound, values};
use db::sql::{Corrupt, Expect, Query, Row, Write};
use wire::time::Millis;

use super::rows::{self, ids};
use crate::facts::{Conversation, Profile, Status};
use crate::ids::{AgentId, ConnectionId, ConversationId, LabelId, TeamId, WorkspaceId};

macro_rules! columns {
    () => {
        "c.workspace_id, c.id, c.connection_id, c.customer_id, c.version, c.seq, c.status, c.snoozed_until, c.changed_time, \
        c.priority, c.assignee_id, c.team_id, c.waiting, c.first_time, c.last_time, c.person_time, c.business_time, \
        c.read_time, c.unread, c.failed, c.standby, c.name, c.username, c.picture, c.followers, c.follows_business, \
        c.followed_by_business, c.verified, c.profile_time"
    };
}
macro_rules! select {
    () => {
        concat!("SELECT ", columns!(), " FROM conversation c ")
    };
}
/// What somebody sees who does not see everything: their own, and what nobody has and no team that they are not in.
macro_rules! visible {
    ($all:literal, $agent:literal) => {
        concat!(
            "(CAST(", $all, " AS BOOLEAN) OR c.assignee_id = ", $agent, " OR (c.assignee_id IS NULL AND (c.team_id IS NULL \
            OR EXISTS (SELECT 1 FROM membership m WHERE m.workspace_id = $1 AND m.team_id = c.team_id AND m.agent_id = ",
            $agent, "))))"
        )
    };
}
pub(super) use visible;
/// What the person still waits for an answer to, while it may be answered freely: the condition of an index.
macro_rules! ending {
    ($since:literal) => {
        concat!(
            "c.status = 'open' AND (c.business_time IS NULL OR c.business_time < c.person_time) AND c.person_time >= ",
            $since
        )
    };
}
pub(super) use ending;
macro_rules! mentioned {
    () => {
        "EXISTS (SELECT 1 FROM mention n WHERE n.workspace_id = $1 AND n.agent_id = $8 AND n.conversation_id = c.id AND NOT n.done)"
    };
}
/// What every list filters by; parameters 1 to 9. The keyset is `$10` and `$11`, the limit `$12`.
macro_rules! filtered {
    () => {
        concat!(
            "(CAST($2 AS TEXT) IS NULL OR c.status = $2) AND (CAST($3 AS BIGINT) IS NULL OR c.connection_id = $3) \
        AND (CAST($4 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM conversation_label l WHERE l.workspace_id = $1 \
            AND l.label_id = $4 AND l.conversation_id = c.id)) \
        AND (CAST($5 AS BIGINT) IS NULL OR c.team_id = $5) AND (CAST($6 AS BIGINT) IS NULL OR c.assignee_id = $6) \
        AND ",
            visible!("$7", "$8"),
            " AND c.last_time >= CAST($9 AS BIGINT) "
        )
    };
}
macro_rules! newest_first {
    () => {
        "AND (c.last_time, c.id) < ($10, $11) ORDER BY c.last_time DESC, c.id DESC LIMIT $12"
    };
}
macro_rules! list {
    ($head:expr) => {
        concat!(select!(), "WHERE c.workspace_id = $1 ", $head, " AND ", filtered!(), newest_first!())
    };
}
macro_rules! named {
    ($dialect:ident) => {
        concat!(
            "SELECT ", columns!(), " FROM ", ids!($dialect "$10"), " i CROSS JOIN conversation c \
            WHERE c.workspace_id = $1 AND c.id = i.id AND ", filtered!(),
            "AND (CAST($11 AS TEXT) IS NULL OR ($11 = 'unassigned' AND c.assignee_id IS NULL) OR ($11 = 'failed' AND c.failed > 0) \
            OR ($11 = 'mentioned' AND ", mentioned!(), ") OR ($11 = 'ending' AND ", ending!("$9"), "))"
        )
    };
}

statements! {
    ADD_CONVERSATION {
        "INSERT INTO conversation (workspace_id, id, connection_id, customer_id, version, seq, status, snoozed_until, \
        changed_time, priority, assignee_id, team_id, waiting, first_time, last_time, person_time, business_time, read_time, \
        unread, failed, standby) SELECT $1, $2, CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT), last_seq, \
        CAST($6 AS TEXT), CAST($7 AS BIGINT), CAST($8 AS BIGINT), CAST($9 AS BIGINT), CAST($10 AS BIGINT), CAST($11 AS BIGINT), \
        CAST($12 AS BOOLEAN), CAST($13 AS BIGINT), CAST($14 AS BIGINT), CAST($15 AS BIGINT), CAST($16 AS BIGINT), \
        CAST($17 AS BIGINT), 0, 0, CAST($18 AS BOOLEAN) FROM workspace WHERE id = $1"
    }
    SAVE_CONVERSATION {
        "UPDATE conversation SET connection_id = $3, customer_id = $4, version = CAST($5 AS BIGINT), \
        seq = (SELECT last_seq FROM workspace w WHERE w.id = $1), status = $6, snoozed_until = $7, changed_time = $8, \
        priority = $9, assignee_id = $10, team_id = $11, waiting = $12, first_time = $13, last_time = $14, person_time = $15, \
        business_time = $16, read_time = $17, standby = $18 WHERE workspace_id = $1 AND id = $2 AND version = CAST($5 AS BIGINT) - 1"
    }
    /// The number of the newest event, where nothing else of the conversation changes.
    TOUCH { "UPDATE conversation SET seq = (SELECT last_seq FROM workspace w WHERE w.id = $1) WHERE workspace_id = $1 AND id = $2" }
    COUNT_UNREAD {
        "UPDATE conversation SET unread = (SELECT count(*) FROM message m WHERE m.workspace_id = $1 AND m.conversation_id = $2 \
        AND m.sent_time > read_time AND m.side = 0 AND m.told) WHERE workspace_id = $1 AND id = $2"
    }
    COUNT_FAILED {
        "UPDATE conversation SET failed = (SELECT count(*) FROM outbox o WHERE o.workspace_id = $1 AND o.conversation_id = $2 \
        AND o.state = 'failed') WHERE workspace_id = $1 AND id = $2"
    }
    PUT_PROFILE {
        "UPDATE conversation SET name = $3, username = $4, picture = $5, followers = $6, follows_business = $7, \
        followed_by_business = $8, verified = $9, profile_time = $10, \
        seq = (SELECT last_seq FROM workspace w WHERE w.id = $1) WHERE workspace_id = $1 AND id = $2"
    }
    CONVERSATION { concat!(select!(), "WHERE c.workspace_id = $1 AND c.id = $2") }
    CONVERSATION_OF {
        concat!(select!(), "WHERE c.workspace_id = $1 AND c.connection_id = $2 AND c.customer_id = $3")
    }
    WAITING {
        sqlite: concat!(select!(), "WHERE c.workspace_id = $1 AND c.waiting = 1 ORDER BY c.priority DESC, c.person_time, c.id LIMIT $2"),
        postgres: concat!(select!(), "WHERE c.workspace_id = $1 AND c.waiting ORDER BY c.priority DESC, c.person_time, c.id LIMIT $2")
    }
    RETURNING { concat!(select!(), "WHERE c.snoozed_until IS NOT NULL AND c.snoozed_until <= $1 ORDER BY c.snoozed_until LIMIT $2") }
    /// Along the primary key, whose order is that of their beginning.
    UNREAD_PROFILE {
        concat!(select!(), "WHERE (c.workspace_id, c.id) < ($1, $2) AND c.profile_time IS NULL AND c.person_time IS NOT NULL \
            AND EXISTS (SELECT 1 FROM connection k WHERE k.id = c.connection_id AND k.trouble IS NULL) \
            ORDER BY c.workspace_id DESC, c.id DESC LIMIT 1")
    }
    BY_TIME { list!("") }
    BY_STATUS { list!("AND c.status = $2") }
    BY_ASSIGNEE { list!("AND c.assignee_id = $6") }
    UNASSIGNED { list!("AND c.assignee_id IS NULL") }
    FAILED { list!("AND c.failed > 0") }
    /// From the mentions on, of which nobody has many.
    MENTIONED {
        concat!("SELECT ", columns!(), " FROM (SELECT DISTINCT n.conversation_id FROM mention n WHERE n.workspace_id = $1 \
            AND n.agent_id = $8 AND NOT n.done) named CROSS JOIN conversation c WHERE c.workspace_id = $1 \
            AND c.id = named.conversation_id AND ", filtered!(), newest_first!())
    }
    /// What ends first comes first.
    ENDING {
        concat!(select!(), "WHERE c.workspace_id = $1 AND ", ending!("$9"), " AND ", filtered!(),
            "AND (c.person_time, c.id) > ($10, $11) ORDER BY c.person_time, c.id LIMIT $12")
    }
    /// Those of a few that a list shows.
    NAMED { sqlite: named!(sqlite), postgres: named!(postgres) }
}

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub status: Option<Status>,
    /// Only this account's.
    pub connection: Option<ConnectionId>,
    /// Only those with this label.
    pub label: Option<LabelId>,
    /// Only this team's.
    pub team: Option<TeamId>,
    /// Only this agent's.
    pub assignee: Option<AgentId>,
}

/// Who looks, since not everybody sees everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// The agent.
    pub agent: AgentId,
    /// Whether they see what others are assigned to.
    pub sees_all: bool,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    All,
    Assigned,
    Unassigned,
    Mentioned,
    Ending { since: Millis },
    Failed,
}

impl List {
    /// Whose act is the oldest that it shows.
    fn since(self) -> Option<Millis> {
        if let List::Ending { since } = self { Some(since) } else { None }
    }

    /// What it shows beside what the filter says; `None` for everything.
    fn word(self) -> Option<&'static str> {
        match self {
            List::All | List::Assigned => None,
            List::Unassigned => Some("unassigned"),
            List::Mentioned => Some("mentioned"),
            List::Ending { .. } => Some("ending"),
            List::Failed => Some("failed"),
        }
    }
}

/// The parameters of every list, 1 to 9.
fn filtered(workspace: WorkspaceId, list: List, filter: &Filter, viewer: Viewer) -> Vec<db::sql::Value<'static>> {
    let own = (list == List::Assigned).then_some(viewer.agent);
    values![
        workspace,
        filter.status,
        filter.connection,
        filter.label,
        filter.team,
        filter.assignee.or(own),
        viewer.sees_all,
        viewer.agent,
        list.since().map_or(i64::MIN, Millis::get),
    ]
}

/// Those of `ids` that a list shows, in no order.
pub(crate) fn named(
    workspace: WorkspaceId,
    list: List,
    filter: &Filter,
    viewer: Viewer,
    ids: &[ConversationId],
) -> Query<'static, Conversation> {
    let mut params = filtered(workspace, list, filter, viewer);
    params.extend(values![rows::list(ids), list.word()]);
    Query { statement: &NAMED, params, decode: row }
}

pub(crate) fn list(
    workspace: WorkspaceId,
    list: List,
    filter: &Filter,
    viewer: Viewer,
    after: Option<(Millis, ConversationId)>,
    limit: u32,
) -> Query<'static, Conversation> {
    let statement = match list {
        List::All if filter.status.is_some() => &BY_STATUS,
        List::All => &BY_TIME,
        List::Assigned => &BY_ASSIGNEE,
        List::Unassigned => &UNASSIGNED,
        List::Mentioned => &MENTIONED,
        List::Ending { .. } => &ENDING,
        List::Failed => &FAILED,
    };
    let start = if list.since().is_some() { (i64::MIN, 0) } else { (i64::MAX, i64::MAX) };
    let (time, id) = after.map_or(start, |(time, id)| (time.get(), bound(id.get())));
    let mut params = filtered(workspace, list, filter, viewer);
    params.extend(values![time, id, limit]);
    Query { statement, params, decode: row }
}

/// Writes a conversation over the version before; stale when another one stands. Version 1 adds it.
pub(crate) fn save(conversation: &Conversation) -> Write<'static> {
    let one = conversation.clone();
    let params = values![
        one.workspace,
        one.id,
        one.connection,
        one.customer,
        bound(one.version),
        one.status,
        one.snoozed_until,
        one.changed_time,
        one.priority,
        one.assignee,
        one.team,
        one.waiting,
        one.first_time,
        one.last_time,
        one.person_time,
        one.business_time,
        one.read_time,
        one.standby,
    ];
    let statement = if one.version == 1 { &ADD_CONVERSATION } else { &SAVE_CONVERSATION };
    Write { statement, params, expect: Expect::One }
}

pub(crate) fn touch(workspace: WorkspaceId, id: ConversationId) -> Write<'static> {
    Write::new(&TOUCH, values![workspace, id])
}

pub(crate) fn count_unread(workspace: WorkspaceId, id: ConversationId) -> Write<'static> {
    Write::new(&COUNT_UNREAD, values![workspace, id])
}

pub(crate) fn count_failed(workspace: WorkspaceId, id: ConversationId) -> Write<'static> {
    Write::new(&COUNT_FAILED, values![workspace, id])
}

pub(crate) fn put_profile(workspace: WorkspaceId, id: ConversationId, profile: Profile, now: Millis) -> Write<'static> {
    let Profile { name, username, picture, followers, follows_business, followed_by_business, verified } = profile;
    let followers = followers.map(bound);
    let params = values![
        workspace,
        id,
        name,
        username,
        picture,
        followers,
        follows_business,
        followed_by_business,
        verified,
        now
    ];
    Write::new(&PUT_PROFILE, params)
}

pub(crate) fn conversation(workspace: WorkspaceId, id: ConversationId) -> Query<'static, Conversation> {
    Query { statement: &CONVERSATION, params: values![workspace, id], decode: row }
}

pub(crate) fn of_customer(
    workspace: WorkspaceId,
    connection: ConnectionId,
    customer: String,
) -> Query<'static, Conversation> {
    Query { statement: &CONVERSATION_OF, params: values![workspace, connection, customer], decode: row }
}

/// Those that wait for somebody, the most urgent first, then those whose window ends first.
pub(crate) fn waiting(workspace: WorkspaceId, limit: u32) -> Query<'static, Conversation> {
    Query { statement: &WAITING, params: values![workspace, limit], decode: row }
}

/// Those whose snooze has ended, of all workspaces.
pub(crate) fn returning(now: Millis, limit: u32) -> Query<'static, Conversation> {
    Query { statement: &RETURNING, params: values![now, limit], decode: row }
}

/// The one before this place, of all workspaces, whose person wrote and whose profile was never read, and whose account is not
/// in trouble.
pub(crate) fn unread_profile(before: (WorkspaceId, ConversationId)) -> Query<'static, Conversation> {
    Query { statement: &UNREAD_PROFILE, params: values![bound(before.0.get()), bound(before.1.get())], decode: row }
}

pub(crate) fn row(row: Row<'_>) -> Result<Conversation, Corrupt> {
    let mut fields = Fields::new(row, "conversation", 0, 2);
    Ok(Conversation {
        workspace: fields.int(WorkspaceId::new)?,
        id: fields.int(ConversationId::new)?,
        connection: fields.int(ConnectionId::new)?,
        customer: fields.get()?,
        version: fields.int(|number| number)?,
        seq: fields.int(|number| number)?,
        status: fields.decode(|word: String| Status::of_word(&word))?,
        snoozed_until: fields.some_time()?,
        changed_time: fields.time()?,
        priority: fields.small()?,
        assignee: fields.some_int(AgentId::new)?,
        team: fields.some_int(TeamId::new)?,
        waiting: fields.flag()?,
        first_time: fields.time()?,
        last_time: fields.time()?,
        person_time: fields.some_time()?,
        business_time: fields.some_time()?,
        read_time: fields.time()?,
        unread: fields.small()?,
        failed: fields.small()?,
        standby: fields.flag()?,
        profile: Profile {
            name: fields.get()?,
            username: fields.get()?,
            picture: fields.get()?,
            followers: fields.some_int(|number| number)?,
            follows_business: fields.some_flag()?,
            followed_by_business: fields.some_flag()?,
            verified: fields.some_flag()?,
        },
        profile_time: fields.some_time()?,
    })
}
