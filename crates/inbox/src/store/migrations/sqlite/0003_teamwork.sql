-- What agents add: notes, labels, drafts, replies, views; and the index that words are found by.

CREATE TABLE note (
    workspace_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    agent_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    created_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    workspace_id INTEGER NOT NULL,
    agent_id INTEGER NOT NULL,
    note_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    done INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, note_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_conversation ON mention (workspace_id, agent_id, conversation_id, done);

CREATE TABLE label (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX label_by_name ON label (workspace_id, name);

CREATE TABLE conversation_label (
    workspace_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    label_id INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_label_by_label ON conversation_label (workspace_id, label_id, conversation_id);

CREATE TABLE draft (
    workspace_id INTEGER NOT NULL,
    agent_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    saved_time INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE canned_reply (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    shortcut TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX canned_reply_by_shortcut ON canned_reply (workspace_id, shortcut);

CREATE TABLE saved_view (
    workspace_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    agent_id INTEGER,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- What words are found in: people, messages and notes, each under the name of what it is.
CREATE TABLE search_entry (
    id INTEGER PRIMARY KEY NOT NULL,
    workspace_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    conversation_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    happened_time INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX search_entry_by_name ON search_entry (workspace_id, name);
CREATE VIRTUAL TABLE search_word USING fts5(
    text, content = 'search_entry', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
-- What is erased leaves no word behind in the index either.
INSERT INTO search_word (search_word, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_word (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_word (search_word, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER search_entry_changed AFTER UPDATE OF text ON search_entry BEGIN
    INSERT INTO search_word (search_word, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO search_word (rowid, text) VALUES (new.id, new.text);
END;
