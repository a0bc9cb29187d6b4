-- The desk: whose it is, who works there, which accounts are connected. Keys lead with the workspace.

CREATE TABLE workspace (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    assignment TEXT NOT NULL,
    rotation INTEGER NOT NULL,
    agents_see_all INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    created_time INTEGER NOT NULL
) STRICT;

CREATE TABLE connection (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    graph_url TEXT NOT NULL,
    login TEXT NOT NULL,
    account_id TEXT NOT NULL,
    username TEXT NOT NULL,
    token TEXT NOT NULL,
    app_secret TEXT NOT NULL,
    verify_token TEXT NOT NULL,
    trouble TEXT,
    import_state TEXT NOT NULL,
    import_after INTEGER,
    import_done INTEGER NOT NULL,
    polled_time INTEGER,
    created_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX connection_by_id ON connection (id);
CREATE UNIQUE INDEX connection_by_account ON connection (workspace_id, account_id);

CREATE TABLE agent (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT,
    totp TEXT,
    totp_step INTEGER NOT NULL,
    active INTEGER NOT NULL,
    available INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    open_count INTEGER NOT NULL,
    idle_since INTEGER NOT NULL,
    created_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
-- A log-in begins with nothing but the address.
CREATE UNIQUE INDEX agent_by_email ON agent (email);

CREATE TABLE team (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    assignment TEXT NOT NULL,
    rotation INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX team_by_name ON team (workspace_id, name);

CREATE TABLE membership (
    workspace_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    agent_id INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, team_id, agent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_agent ON membership (workspace_id, agent_id);

-- A cookie names nothing but itself, so sessions and links are found by the hash of their secret.
CREATE TABLE session (
    hash TEXT PRIMARY KEY NOT NULL,
    workspace_id INTEGER NOT NULL,
    agent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    device TEXT NOT NULL,
    created_time INTEGER NOT NULL,
    seen_time INTEGER NOT NULL,
    ends_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_agent ON session (workspace_id, agent_id);

CREATE TABLE link (
    hash TEXT PRIMARY KEY NOT NULL,
    workspace_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    ends_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE throttle (
    name TEXT PRIMARY KEY NOT NULL,
    failures INTEGER NOT NULL,
    until_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    agent_id INTEGER,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    detail TEXT NOT NULL,
    created_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- What every live stream reads: who looks for what changed goes by this number. It names things and repeats none of them,
-- so that what is unsent is in no second place.
CREATE TABLE event (
    workspace_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    conversation_id INTEGER,
    subject TEXT,
    agent_id INTEGER,
    created_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, seq)
) STRICT, WITHOUT ROWID;
