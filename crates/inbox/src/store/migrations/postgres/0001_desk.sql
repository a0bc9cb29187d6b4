-- The desk: whose it is, who works there, which accounts are connected. Keys lead with the workspace.

CREATE TABLE workspace (
    id BIGINT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    assignment TEXT NOT NULL,
    rotation BIGINT NOT NULL,
    agents_see_all BOOLEAN NOT NULL,
    last_seq BIGINT NOT NULL,
    created_time BIGINT NOT NULL
);

CREATE TABLE connection (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    graph_url TEXT NOT NULL,
    login TEXT NOT NULL,
    account_id TEXT NOT NULL,
    username TEXT NOT NULL,
    token TEXT NOT NULL,
    app_secret TEXT NOT NULL,
    verify_token TEXT NOT NULL,
    trouble TEXT,
    import_state TEXT NOT NULL,
    import_after BIGINT,
    import_done BIGINT NOT NULL,
    polled_time BIGINT,
    created_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX connection_by_id ON connection (id);
CREATE UNIQUE INDEX connection_by_account ON connection (workspace_id, account_id);

CREATE TABLE agent (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT,
    totp TEXT,
    totp_step BIGINT NOT NULL,
    active BOOLEAN NOT NULL,
    available BOOLEAN NOT NULL,
    capacity BIGINT NOT NULL,
    open_count BIGINT NOT NULL,
    idle_since BIGINT NOT NULL,
    created_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
-- A log-in begins with nothing but the address.
CREATE UNIQUE INDEX agent_by_email ON agent (email);

CREATE TABLE team (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    assignment TEXT NOT NULL,
    rotation BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX team_by_name ON team (workspace_id, name);

CREATE TABLE membership (
    workspace_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, team_id, agent_id)
);
CREATE INDEX membership_by_agent ON membership (workspace_id, agent_id);

-- A cookie names nothing but itself, so sessions and links are found by the hash of their secret.
CREATE TABLE session (
    hash TEXT PRIMARY KEY NOT NULL,
    workspace_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    device TEXT NOT NULL,
    created_time BIGINT NOT NULL,
    seen_time BIGINT NOT NULL,
    ends_time BIGINT NOT NULL
);
CREATE INDEX session_by_agent ON session (workspace_id, agent_id);

CREATE TABLE link (
    hash TEXT PRIMARY KEY NOT NULL,
    workspace_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    ends_time BIGINT NOT NULL
);

CREATE TABLE throttle (
    name TEXT PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    until_time BIGINT NOT NULL
);

CREATE TABLE audit (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    agent_id BIGINT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    detail TEXT NOT NULL,
    created_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

-- What every live stream reads: who looks for what changed goes by this number. It names things and repeats none of them,
-- so that what is unsent is in no second place.
CREATE TABLE event (
    workspace_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    conversation_id BIGINT,
    subject TEXT,
    agent_id BIGINT,
    created_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, seq)
);
