-- What agents add: notes, labels, drafts, replies, views; and the index that words are found by.

CREATE TABLE note (
    workspace_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    created_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, id)
);

CREATE TABLE mention (
    workspace_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    note_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    done BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, note_id)
);
CREATE INDEX mention_by_conversation ON mention (workspace_id, agent_id, conversation_id, done);

CREATE TABLE label (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX label_by_name ON label (workspace_id, name);

CREATE TABLE conversation_label (
    workspace_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    label_id BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, label_id)
);
CREATE INDEX conversation_label_by_label ON conversation_label (workspace_id, label_id, conversation_id);

CREATE TABLE draft (
    workspace_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    saved_time BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, conversation_id)
);

CREATE TABLE canned_reply (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    shortcut TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX canned_reply_by_shortcut ON canned_reply (workspace_id, shortcut);

CREATE TABLE saved_view (
    workspace_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    agent_id BIGINT,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- What words are found in: people, messages and notes, each under the name of what it is.
CREATE TABLE search_entry (
    workspace_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    conversation_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    happened_time BIGINT NOT NULL,
    words TSVECTOR NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED,
    PRIMARY KEY (workspace_id, name)
);
CREATE INDEX search_entry_by_word ON search_entry USING gin (words);
