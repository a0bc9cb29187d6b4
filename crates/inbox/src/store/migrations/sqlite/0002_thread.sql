-- Conversations and what is in them.

-- Everything that came in by webhook, once, as it came. What was unsent loses its body.
CREATE TABLE inbound (
    workspace_id INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    event_key TEXT NOT NULL,
    id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    lane TEXT NOT NULL,
    mid TEXT,
    body TEXT,
    note TEXT,
    received_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, connection_id, event_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_pending ON inbound (id) WHERE state = 0;
CREATE INDEX inbound_by_mid ON inbound (workspace_id, connection_id, mid) WHERE mid IS NOT NULL;

CREATE TABLE conversation (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    connection_id INTEGER NOT NULL,
    customer_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    status TEXT NOT NULL,
    snoozed_until INTEGER,
    changed_time INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    assignee_id INTEGER,
    team_id INTEGER,
    waiting INTEGER NOT NULL,
    first_time INTEGER NOT NULL,
    last_time INTEGER NOT NULL,
    person_time INTEGER,
    business_time INTEGER,
    read_time INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    standby INTEGER NOT NULL,
    name TEXT,
    username TEXT,
    picture TEXT,
    followers INTEGER,
    follows_business INTEGER,
    followed_by_business INTEGER,
    verified INTEGER,
    profile_time INTEGER,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX conversation_by_customer ON conversation (workspace_id, connection_id, customer_id);
CREATE INDEX conversation_by_time ON conversation (workspace_id, last_time, id);
CREATE INDEX conversation_by_status ON conversation (workspace_id, status, last_time, id);
CREATE INDEX conversation_by_assignee ON conversation (workspace_id, assignee_id, status, last_time, id);
CREATE INDEX conversation_by_window ON conversation (workspace_id, status, person_time, id);
CREATE INDEX conversation_waiting ON conversation (workspace_id, priority DESC, person_time, id) WHERE waiting = 1;
CREATE INDEX conversation_failed ON conversation (workspace_id, last_time, id) WHERE failed > 0;
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE message (
    workspace_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    mid TEXT NOT NULL,
    seq INTEGER NOT NULL,
    sent_time INTEGER NOT NULL,
    told INTEGER NOT NULL,
    side INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    content TEXT,
    edits INTEGER NOT NULL,
    agent_id INTEGER,
    outbox_id INTEGER,
    PRIMARY KEY (workspace_id, mid)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_by_time ON message (workspace_id, conversation_id, sent_time, seq, side);
CREATE INDEX message_by_seq ON message (workspace_id, conversation_id, seq);

CREATE TABLE reaction (
    workspace_id INTEGER NOT NULL,
    mid TEXT NOT NULL,
    side INTEGER NOT NULL,
    emoji TEXT,
    agent_id INTEGER,
    reacted_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, mid, side)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
    workspace_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    mid TEXT NOT NULL,
    seen_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
    workspace_id INTEGER NOT NULL,
    id TEXT NOT NULL,
    connection_id INTEGER NOT NULL,
    customer_id TEXT,
    username TEXT,
    text TEXT,
    media_id TEXT,
    product TEXT,
    parent_id TEXT,
    live INTEGER NOT NULL,
    created_time INTEGER NOT NULL,
    outbox_id INTEGER,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_by_customer ON comment (workspace_id, connection_id, customer_id, created_time);

CREATE TABLE outbox (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    agent_id INTEGER,
    client_key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT,
    state TEXT NOT NULL,
    due_time INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    mid TEXT,
    code INTEGER,
    subcode INTEGER,
    reason TEXT,
    created_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX outbox_by_key ON outbox (workspace_id, agent_id, client_key);
CREATE INDEX outbox_pending ON outbox (state, due_time) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_conversation ON outbox (workspace_id, conversation_id, id);
CREATE INDEX outbox_by_mid ON outbox (workspace_id, mid) WHERE mid IS NOT NULL;
