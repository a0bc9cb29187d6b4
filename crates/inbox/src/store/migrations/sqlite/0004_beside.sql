-- What stands beside: in the rows of a list, between the messages of a thread, and on a person's page.

-- Which thread a reaction belongs to, so that the newest of each is found.
ALTER TABLE reaction ADD COLUMN conversation_id INTEGER;
UPDATE reaction SET conversation_id =
    (SELECT m.conversation_id FROM message m WHERE m.workspace_id = reaction.workspace_id AND m.mid = reaction.mid);
CREATE INDEX reaction_by_conversation ON reaction (workspace_id, conversation_id, reacted_time) WHERE emoji IS NOT NULL;

-- What ends soon, without what was answered in between.
DROP INDEX conversation_by_window;
CREATE INDEX conversation_unanswered ON conversation (workspace_id, person_time, id)
    WHERE status = 'open' AND (business_time IS NULL OR business_time < person_time);

-- Whom a note names and who has not been there since.
CREATE INDEX mention_open ON mention (workspace_id, agent_id, conversation_id) WHERE NOT done;

-- What became of a conversation is shown in its thread; the other events are for live streams alone.
ALTER TABLE event ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN detail TEXT;
CREATE INDEX event_shown ON event (workspace_id, conversation_id, created_time, seq) WHERE shown;

-- What agents note of a person, under names of their own. A conversation is that of one person with one account.
CREATE TABLE field (
    workspace_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, place)
) STRICT, WITHOUT ROWID;

-- Colours were words of any kind.
UPDATE label SET colour = 'slate' WHERE colour NOT IN ('teal', 'green', 'amber', 'red', 'violet', 'slate');
