//! Notes, mentions, labels, drafts, canned replies and saved views.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::{bound, values};
use db::sql::{Corrupt, Expect, Query, Row, Write};
use wire::time::Millis;

use crate::facts::{CannedReply, Colour, Field, Label, Note, SavedView};
use crate::ids::{AgentId, ConversationId, LabelId, NoteId, ReplyId, ViewId, WorkspaceId};

statements! {
    ADD_NOTE {
        "INSERT INTO note (workspace_id, conversation_id, id, agent_id, text, created_time) VALUES ($1, $2, $3, $4, $5, $6)"
    }
    NOTES {
        "SELECT workspace_id, conversation_id, id, agent_id, text, created_time FROM note \
        WHERE workspace_id = $1 AND conversation_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
    }
    ADD_MENTION {
        "INSERT INTO mention (workspace_id, agent_id, note_id, conversation_id, done) VALUES ($1, $2, $3, $4, $5)"
    }
    /// By agent, since that is how they are kept: as many look-ups as people work here.
    MENTIONS {
        "SELECT n.note_id, n.agent_id FROM agent a CROSS JOIN mention n WHERE a.workspace_id = $1 AND n.workspace_id = $1 \
        AND n.agent_id = a.id AND n.conversation_id = $2 ORDER BY n.note_id, n.agent_id"
    }
    SETTLE_MENTIONS {
        "UPDATE mention SET done = $4 WHERE workspace_id = $1 AND agent_id = $2 AND conversation_id = $3"
    }
    PUT_LABEL {
        "INSERT INTO label (workspace_id, id, name, colour) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, colour = excluded.colour"
    }
    REMOVE_LABEL { "DELETE FROM label WHERE workspace_id = $1 AND id = $2" }
    UNUSE_LABEL { "DELETE FROM conversation_label WHERE workspace_id = $1 AND label_id = $2" }
    LABELS { "SELECT id, name, colour FROM label WHERE workspace_id = $1 ORDER BY name" }
    LABEL_ON {
        "INSERT INTO conversation_label (workspace_id, conversation_id, label_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
    }
    LABEL_OFF { "DELETE FROM conversation_label WHERE workspace_id = $1 AND conversation_id = $2 AND label_id = $3" }
    REMOVE_FIELDS { "DELETE FROM field WHERE workspace_id = $1 AND conversation_id = $2" }
    ADD_FIELD { "INSERT INTO field (workspace_id, conversation_id, place, name, value) VALUES ($1, $2, $3, $4, $5)" }
    FIELDS { "SELECT name, value FROM field WHERE workspace_id = $1 AND conversation_id = $2 ORDER BY place" }
    PUT_DRAFT {
        "INSERT INTO draft (workspace_id, agent_id, conversation_id, text, saved_time) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (workspace_id, agent_id, conversation_id) DO UPDATE SET text = excluded.text, saved_time = excluded.saved_time"
    }
    REMOVE_DRAFT { "DELETE FROM draft WHERE workspace_id = $1 AND agent_id = $2 AND conversation_id = $3" }
    DRAFT { "SELECT text, saved_time FROM draft WHERE workspace_id = $1 AND agent_id = $2 AND conversation_id = $3" }
    PUT_REPLY {
        "INSERT INTO canned_reply (workspace_id, id, shortcut, title, text) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (workspace_id, id) DO UPDATE SET shortcut = excluded.shortcut, title = excluded.title, text = excluded.text"
    }
    REMOVE_REPLY { "DELETE FROM canned_reply WHERE workspace_id = $1 AND id = $2" }
    REPLIES { "SELECT id, shortcut, title, text FROM canned_reply WHERE workspace_id = $1 ORDER BY shortcut" }
    PUT_VIEW {
        "INSERT INTO saved_view (workspace_id, id, agent_id, name, query) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, query = excluded.query"
    }
    REMOVE_VIEW { "DELETE FROM saved_view WHERE workspace_id = $1 AND id = $2" }
    VIEW { "SELECT id, agent_id, name, query FROM saved_view WHERE workspace_id = $1 AND id = $2" }
    VIEWS {
        "SELECT id, agent_id, name, query FROM saved_view WHERE workspace_id = $1 AND (agent_id IS NULL OR agent_id = $2) \
        ORDER BY name, id"
    }
}

pub(crate) fn add_note(note: &Note) -> Write<'static> {
    let Note { workspace, conversation, id, agent, text, created_time, .. } = note.clone();
    Write::new(&ADD_NOTE, values![workspace, conversation, id, agent, text, created_time])
}

/// The notes of a thread, newest first; whom they name is told by [`mentions`].
pub(crate) fn notes(
    workspace: WorkspaceId,
    conversation: ConversationId,
    before: Option<NoteId>,
    limit: u32,
) -> Query<'static, Note> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "note", 0, 3);
        Ok::<_, Corrupt>(Note {
            workspace: fields.int(WorkspaceId::new)?,
            conversation: fields.int(ConversationId::new)?,
            id: fields.int(NoteId::new)?,
            agent: fields.int(AgentId::new)?,
            text: fields.get()?,
            created_time: fields.time()?,
            mentions: Vec::new(),
        })
    };
    let before = before.map_or(i64::MAX, |id| bound(id.get()));
    Query { statement: &NOTES, params: values![workspace, conversation, before, limit], decode }
}

pub(crate) fn add_mention(note: &Note, agent: AgentId) -> Write<'static> {
    Write::new(&ADD_MENTION, values![note.workspace, agent, note.id, note.conversation, false])
}

/// Whom the notes of a thread name.
pub(crate) fn mentions(workspace: WorkspaceId, conversation: ConversationId) -> Query<'static, (NoteId, AgentId)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "mention", 0, 2);
        Ok::<_, Corrupt>((fields.int(NoteId::new)?, fields.int(AgentId::new)?))
    };
    Query { statement: &MENTIONS, params: values![workspace, conversation], decode }
}

pub(crate) fn settle_mentions(workspace: WorkspaceId, agent: AgentId, conversation: ConversationId) -> Write<'static> {
    Write::new(&SETTLE_MENTIONS, values![workspace, agent, conversation, true])
}

pub(crate) fn put_label(workspace: WorkspaceId, label: Label) -> Write<'static> {
    Write::new(&PUT_LABEL, values![workspace, label.id, label.name, label.colour])
}

/// Takes a label away, from conversations too.
pub(crate) fn remove_label(workspace: WorkspaceId, id: LabelId) -> [Write<'static>; 2] {
    let label = Write { statement: &REMOVE_LABEL, params: values![workspace, id], expect: Expect::One };
    [label, Write::new(&UNUSE_LABEL, values![workspace, id])]
}

pub(crate) fn labels(workspace: WorkspaceId) -> Query<'static, Label> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "label", 0, 1);
        Ok::<_, Corrupt>(Label {
            id: fields.int(LabelId::new)?,
            name: fields.get()?,
            colour: fields.decode(|word: String| Colour::of_word(&word))?,
        })
    };
    Query { statement: &LABELS, params: values![workspace], decode }
}

pub(crate) fn label(workspace: WorkspaceId, conversation: ConversationId, label: LabelId, on: bool) -> Write<'static> {
    let statement = if on { &LABEL_ON } else { &LABEL_OFF };
    Write::new(statement, values![workspace, conversation, label])
}

/// The fields of a person, in place of those before.
pub(crate) fn put_fields(
    workspace: WorkspaceId,
    conversation: ConversationId,
    fields: &[Field],
) -> Vec<Write<'static>> {
    let mut writes = vec![Write::new(&REMOVE_FIELDS, values![workspace, conversation])];
    for (place, field) in (0_i64..).zip(fields) {
        let Field { name, value } = field.clone();
        writes.push(Write::new(&ADD_FIELD, values![workspace, conversation, place, name, value]));
    }
    writes
}

pub(crate) fn fields(workspace: WorkspaceId, conversation: ConversationId) -> Query<'static, Field> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "field", 0, 0);
        Ok::<_, Corrupt>(Field { name: fields.get()?, value: fields.get()? })
    };
    Query { statement: &FIELDS, params: values![workspace, conversation], decode }
}

pub(crate) fn put_draft(
    workspace: WorkspaceId,
    agent: AgentId,
    conversation: ConversationId,
    text: String,
    now: Millis,
) -> Write<'static> {
    if text.is_empty() {
        return Write::new(&REMOVE_DRAFT, values![workspace, agent, conversation]);
    }
    Write::new(&PUT_DRAFT, values![workspace, agent, conversation, text, now])
}

pub(crate) fn draft(
    workspace: WorkspaceId,
    agent: AgentId,
    conversation: ConversationId,
) -> Query<'static, (String, Millis)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "draft", 0, 0);
        Ok::<_, Corrupt>((fields.get()?, fields.time()?))
    };
    Query { statement: &DRAFT, params: values![workspace, agent, conversation], decode }
}

pub(crate) fn put_reply(workspace: WorkspaceId, reply: CannedReply) -> Write<'static> {
    let CannedReply { id, shortcut, title, text } = reply;
    Write::new(&PUT_REPLY, values![workspace, id, shortcut, title, text])
}

pub(crate) fn remove_reply(workspace: WorkspaceId, id: ReplyId) -> Write<'static> {
    Write { statement: &REMOVE_REPLY, params: values![workspace, id], expect: Expect::One }
}

pub(crate) fn replies(workspace: WorkspaceId) -> Query<'static, CannedReply> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "canned_reply", 0, 1);
        Ok::<_, Corrupt>(CannedReply {
            id: fields.int(ReplyId::new)?,
            shortcut: fields.get()?,
            title: fields.get()?,
            text: fields.get()?,
        })
    };
    Query { statement: &REPLIES, params: values![workspace], decode }
}

pub(crate) fn put_view(workspace: WorkspaceId, view: SavedView) -> Write<'static> {
    let SavedView { id, agent, name, query } = view;
    Write::new(&PUT_VIEW, values![workspace, id, agent, name, query])
}

pub(crate) fn remove_view(workspace: WorkspaceId, id: ViewId) -> Write<'static> {
    Write { statement: &REMOVE_VIEW, params: values![workspace, id], expect: Expect::One }
}

pub(crate) fn view(workspace: WorkspaceId, id: ViewId) -> Query<'static, SavedView> {
    Query { statement: &VIEW, params: values![workspace, id], decode: view_row }
}

/// One's own and everybody's.
pub(crate) fn views(workspace: WorkspaceId, agent: AgentId) -> Query<'static, SavedView> {
    Query { statement: &VIEWS, params: values![workspace, agent], decode: view_row }
}

fn view_row(row: Row<'_>) -> Result<SavedView, Corrupt> {
    let mut fields = Fields::new(row, "saved_view", 0, 1);
    Ok(SavedView {
        id: fields.int(ViewId::new)?,
        agent: fields.some_int(AgentId::new)?,
        name: fields.get()?,
        query: fields.get()?,
    })
}
