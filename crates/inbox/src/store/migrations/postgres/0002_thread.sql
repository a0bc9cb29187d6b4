-- Conversations and what is in them.

-- Everything that came in by webhook, once, as it came. What was unsent loses its body.
CREATE TABLE inbound (
    workspace_id BIGINT NOT NULL,
    connection_id BIGINT NOT NULL,
    event_key TEXT NOT NULL,
    id BIGINT NOT NULL,
    state BIGINT NOT NULL,
    lane TEXT NOT NULL,
    mid TEXT,
    body TEXT,
    note TEXT,
    received_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, connection_id, event_key)
);
CREATE INDEX inbound_pending ON inbound (id) WHERE state = 0;
CREATE INDEX inbound_by_mid ON inbound (workspace_id, connection_id, mid) WHERE mid IS NOT NULL;

CREATE TABLE conversation (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    connection_id BIGINT NOT NULL,
    customer_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    status TEXT NOT NULL,
    snoozed_until BIGINT,
    changed_time BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    assignee_id BIGINT,
    team_id BIGINT,
    waiting BOOLEAN NOT NULL,
    first_time BIGINT NOT NULL,
    last_time BIGINT NOT NULL,
    person_time BIGINT,
    business_time BIGINT,
    read_time BIGINT NOT NULL,
    unread BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    standby BOOLEAN NOT NULL,
    name TEXT,
    username TEXT,
    picture TEXT,
    followers BIGINT,
    follows_business BOOLEAN,
    followed_by_business BOOLEAN,
    verified BOOLEAN,
    profile_time BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX conversation_by_customer ON conversation (workspace_id, connection_id, customer_id);
CREATE INDEX conversation_by_time ON conversation (workspace_id, last_time, id);
CREATE INDEX conversation_by_status ON conversation (workspace_id, status, last_time, id);
CREATE INDEX conversation_by_assignee ON conversation (workspace_id, assignee_id, status, last_time, id);
CREATE INDEX conversation_by_window ON conversation (workspace_id, status, person_time, id);
CREATE INDEX conversation_waiting ON conversation (workspace_id, priority DESC, person_time, id) WHERE waiting;
CREATE INDEX conversation_failed ON conversation (workspace_id, last_time, id) WHERE failed > 0;
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE message (
    workspace_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    mid TEXT NOT NULL,
    seq BIGINT NOT NULL,
    sent_time BIGINT NOT NULL,
    told BOOLEAN NOT NULL,
    side BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    content TEXT,
    edits BIGINT NOT NULL,
    agent_id BIGINT,
    outbox_id BIGINT,
    PRIMARY KEY (workspace_id, mid)
);
CREATE INDEX message_by_time ON message (workspace_id, conversation_id, sent_time, seq, side);
CREATE INDEX message_by_seq ON message (workspace_id, conversation_id, seq);

CREATE TABLE reaction (
    workspace_id BIGINT NOT NULL,
    mid TEXT NOT NULL,
    side BIGINT NOT NULL,
    emoji TEXT,
    agent_id BIGINT,
    reacted_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, mid, side)
);

CREATE TABLE seen (
    workspace_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    mid TEXT NOT NULL,
    seen_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id)
);

CREATE TABLE comment (
    workspace_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    connection_id BIGINT NOT NULL,
    customer_id TEXT,
    username TEXT,
    text TEXT,
    media_id TEXT,
    product TEXT,
    parent_id TEXT,
    live BOOLEAN NOT NULL,
    created_time BIGINT NOT NULL,
    outbox_id BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX comment_by_customer ON comment (workspace_id, connection_id, customer_id, created_time);

CREATE TABLE outbox (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    agent_id BIGINT,
    client_key TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT,
    state TEXT NOT NULL,
    due_time BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    mid TEXT,
    code BIGINT,
    subcode BIGINT,
    reason TEXT,
    created_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX outbox_by_key ON outbox (workspace_id, agent_id, client_key);
CREATE INDEX outbox_pending ON outbox (state, due_time) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_conversation ON outbox (workspace_id, conversation_id, id);
CREATE INDEX outbox_by_mid ON outbox (workspace_id, mid) WHERE mid IS NOT NULL;
