//! What is to be sent.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::{bound, values};
use db::sql::{Corrupt, Expect, Query, Row, Write};
use wire::time::Millis;

use crate::facts::{Outbox, Outgoing, Sending};
use crate::ids::{AgentId, ConversationId, OutboxId, WorkspaceId};

macro_rules! columns {
    () => {
        "workspace_id, id, conversation_id, agent_id, client_key, seq, body, state, due_time, attempts, mid, code, subcode, \
        reason, created_time"
    };
}
macro_rules! select {
    () => {
        concat!("SELECT ", columns!(), " FROM outbox ")
    };
}

statements! {
    ADD_OUTBOX {
        "INSERT INTO outbox (workspace_id, id, conversation_id, agent_id, client_key, seq, kind, body, state, due_time, attempts, \
        created_time) SELECT $1, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS TEXT), last_seq, \
        CAST($6 AS TEXT), CAST($7 AS TEXT), 'queued', CAST($8 AS BIGINT), 0, CAST($9 AS BIGINT) FROM workspace WHERE id = $1"
    }
    ENTRY { concat!(select!(), "WHERE workspace_id = $1 AND id = $2") }
    ENTRY_BY_KEY { concat!(select!(), "WHERE workspace_id = $1 AND agent_id = $2 AND client_key = $3") }
    /// What may be tried now: in each thread the oldest that is under way, and nothing behind it. A call that was begun
    /// and has not been heard of for too long is looked at again.
    DUE {
        concat!(select!(), "AS o WHERE o.state IN ('queued', 'sending') AND o.due_time <= $1 AND NOT EXISTS ( \
            SELECT 1 FROM outbox b WHERE b.workspace_id = o.workspace_id AND b.conversation_id = o.conversation_id \
            AND b.id < o.id AND b.state IN ('queued', 'sending')) ORDER BY o.due_time, o.id LIMIT $2")
    }
    NEXT_DUE { "SELECT min(due_time) FROM outbox WHERE state IN ('queued', 'sending')" }
    DEFER { "UPDATE outbox SET due_time = $3 WHERE workspace_id = $1 AND id = $2 AND state = 'queued'" }
    /// Takes an entry in hand until `$5`; the number of attempts says whose hand it is.
    TAKE {
        "UPDATE outbox SET state = 'sending', attempts = CAST($4 AS BIGINT) + 1, due_time = $5 \
        WHERE workspace_id = $1 AND id = $2 AND state = $3 AND attempts = CAST($4 AS BIGINT)"
    }
    SENT {
        "UPDATE outbox SET state = 'sent', mid = $4, code = NULL, subcode = NULL, reason = NULL \
        WHERE workspace_id = $1 AND id = $2 AND state IN ('sending', 'failed') AND attempts = $3"
    }
    AGAIN {
        "UPDATE outbox SET state = 'queued', due_time = $4, code = $5, subcode = $6, reason = $7 \
        WHERE workspace_id = $1 AND id = $2 AND state = 'sending' AND attempts = $3"
    }
    FAIL {
        "UPDATE outbox SET state = 'failed', code = $4, subcode = $5, reason = $6 \
        WHERE workspace_id = $1 AND id = $2 AND state IN ('sending', 'queued') AND attempts = $3"
    }
    RETRY { "UPDATE outbox SET state = 'queued', due_time = $3 WHERE workspace_id = $1 AND id = $2 AND state = 'failed'" }
    DISCARD { "DELETE FROM outbox WHERE workspace_id = $1 AND id = $2 AND state = 'failed'" }
    ERASE_SENT { "UPDATE outbox SET body = NULL WHERE workspace_id = $1 AND mid = $2" }
    IN_HAND {
        concat!(select!(), "WHERE workspace_id = $1 AND conversation_id = $2 AND id > 0 AND (state = 'sending' OR (state = 'failed' AND reason IN ('unclear', 'trouble'))) ORDER BY id LIMIT 8")
    }
    UNSENT {
        concat!(select!(), "WHERE workspace_id = $1 AND conversation_id = $2 AND id > 0 AND state <> 'sent' ORDER BY id LIMIT 200")
    }
    SINCE_SEQ {
        concat!(select!(), "WHERE workspace_id = $1 AND conversation_id = $2 AND id > 0 AND seq > $3 AND state <> 'failed' \
            ORDER BY id LIMIT 50")
    }
}

/// Stale when the agent has used that key before.
pub(crate) fn add(outbox: &Outbox) -> Write<'static> {
    let one = outbox.clone();
    let kind = one.body.as_ref().map_or("text", Outgoing::kind);
    let body = one.body.map(|body| serde_json::json!(body).to_string());
    let params = values![
        one.workspace,
        one.id,
        one.conversation,
        one.agent,
        one.client_key,
        kind,
        body,
        one.due_time,
        one.created_time
    ];
    Write { statement: &ADD_OUTBOX, params, expect: Expect::One }
}

pub(crate) fn entry(workspace: WorkspaceId, id: OutboxId) -> Query<'static, Outbox> {
    Query { statement: &ENTRY, params: values![workspace, id], decode: row }
}

pub(crate) fn by_key(workspace: WorkspaceId, agent: AgentId, key: String) -> Query<'static, Outbox> {
    Query { statement: &ENTRY_BY_KEY, params: values![workspace, agent, key], decode: row }
}

pub(crate) fn due(now: Millis, limit: u32) -> Query<'static, Outbox> {
    Query { statement: &DUE, params: values![now, limit], decode: row }
}

pub(crate) fn next_due() -> Query<'static, Option<Millis>> {
    Query { statement: &NEXT_DUE, params: values![], decode: |row| Fields::new(row, "outbox", 0, 0).some_time() }
}

/// Not to be tried before then.
pub(crate) fn defer(outbox: &Outbox, due: Millis) -> Write<'static> {
    Write::new(&DEFER, values![outbox.workspace, outbox.id, due])
}

/// Stale when somebody else has it in hand.
pub(crate) fn take(outbox: &Outbox, until: Millis) -> Write<'static> {
    let params = values![outbox.workspace, outbox.id, outbox.state, outbox.attempts, until];
    Write { statement: &TAKE, params, expect: Expect::One }
}

/// Stale when somebody else has it in hand by now.
pub(crate) fn sent(outbox: &Outbox, mid: Option<String>) -> Write<'static> {
    let params = values![outbox.workspace, outbox.id, outbox.attempts, mid];
    Write { statement: &SENT, params, expect: Expect::One }
}

/// Why it failed: code and subcode of the platform, and the row of `policy::explain`.
pub(crate) type Why = (Option<i64>, Option<i64>, &'static str);

pub(crate) fn again(outbox: &Outbox, due: Millis, why: Why) -> Write<'static> {
    let params = values![outbox.workspace, outbox.id, outbox.attempts, due, why.0, why.1, why.2];
    Write { statement: &AGAIN, params, expect: Expect::One }
}

pub(crate) fn fail(outbox: &Outbox, why: Why) -> Write<'static> {
    let params = values![outbox.workspace, outbox.id, outbox.attempts, why.0, why.1, why.2];
    Write { statement: &FAIL, params, expect: Expect::One }
}

/// Stale unless it stands failed: so of two clicks one counts.
pub(crate) fn retry(workspace: WorkspaceId, id: OutboxId, now: Millis) -> Write<'static> {
    Write { statement: &RETRY, params: values![workspace, id, now], expect: Expect::One }
}

pub(crate) fn discard(workspace: WorkspaceId, id: OutboxId) -> Write<'static> {
    Write { statement: &DISCARD, params: values![workspace, id], expect: Expect::One }
}

pub(crate) fn erase(workspace: WorkspaceId, mid: String) -> Write<'static> {
    Write::new(&ERASE_SENT, values![workspace, mid])
}

/// What a call is under way for, and what nobody knows the end of.
pub(crate) fn in_hand(workspace: WorkspaceId, conversation: ConversationId) -> Query<'static, Outbox> {
    Query { statement: &IN_HAND, params: values![workspace, conversation], decode: row }
}

/// What the thread shows behind its messages.
pub(crate) fn unsent(workspace: WorkspaceId, conversation: ConversationId) -> Query<'static, Outbox> {
    Query { statement: &UNSENT, params: values![workspace, conversation], decode: row }
}

pub(crate) fn since(workspace: WorkspaceId, conversation: ConversationId, seq: u64) -> Query<'static, Outbox> {
    Query { statement: &SINCE_SEQ, params: values![workspace, conversation, bound(seq)], decode: row }
}

fn row(row: Row<'_>) -> Result<Outbox, Corrupt> {
    let mut fields = Fields::new(row, "outbox", 0, 2);
    Ok(Outbox {
        workspace: fields.int(WorkspaceId::new)?,
        id: fields.int(OutboxId::new)?,
        conversation: fields.int(ConversationId::new)?,
        agent: fields.some_int(AgentId::new)?,
        client_key: fields.get()?,
        seq: fields.int(|number| number)?,
        body: fields.decode(|json: Option<String>| match json {
            None => Some(None),
            Some(json) => serde_json::from_str(&json).ok().map(Some),
        })?,
        state: fields.decode(|word: String| Sending::of_word(&word))?,
        due_time: fields.time()?,
        attempts: fields.small()?,
        mid: fields.get()?,
        code: fields.get()?,
        subcode: fields.get()?,
        reason: fields.get()?,
        created_time: fields.time()?,
    })
}
