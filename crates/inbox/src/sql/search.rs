//! Where words are found: in what people wrote, in their names, in notes.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::values;
use db::sql::{Corrupt, Query, Row, Write};
use wire::time::Millis;

use crate::ids::{ConversationId, WorkspaceId};

statements! {
    PUT_ENTRY {
        "INSERT INTO search_entry (workspace_id, name, conversation_id, text, happened_time) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (workspace_id, name) DO UPDATE SET text = excluded.text"
    }
    REMOVE_ENTRY { "DELETE FROM search_entry WHERE workspace_id = $1 AND name = $2" }
    FIND {
        sqlite: "SELECT e.name, e.conversation_id, e.text, e.happened_time FROM search_word w \
            JOIN search_entry e ON e.id = w.rowid WHERE w.text MATCH $2 AND e.workspace_id = $1 \
            ORDER BY e.happened_time DESC LIMIT $3",
        postgres: "SELECT name, conversation_id, text, happened_time FROM search_entry \
            WHERE workspace_id = $1 AND words @@ to_tsquery('simple', $2) ORDER BY happened_time DESC LIMIT $3"
    }
}

/// Something in which the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is: `message:<mid>`, `note:<id>` or `person:<conversation>`.
    pub name: String,
    /// Where.
    pub conversation: ConversationId,
    /// Its text.
    pub text: String,
    /// When it was written.
    pub happened_time: Millis,
}

/// Makes words findable under the name of what they stand in; an empty text takes the name out.
pub(crate) fn put(
    workspace: WorkspaceId,
    name: String,
    conversation: ConversationId,
    text: String,
    time: Millis,
) -> Write<'static> {
    if text.is_empty() {
        return remove(workspace, name);
    }
    Write::new(&PUT_ENTRY, values![workspace, name, conversation, text, time])
}

pub(crate) fn remove(workspace: WorkspaceId, name: String) -> Write<'static> {
    Write::new(&REMOVE_ENTRY, values![workspace, name])
}

/// What has all of these words, each of which may be only the beginning of one; newest first. `None` when there is no word.
pub(crate) fn find(workspace: WorkspaceId, text: &str, limit: u32, postgres: bool) -> Option<Query<'static, Hit>> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "search_entry", 0, 2);
        Ok::<_, Corrupt>(Hit {
            name: fields.get()?,
            conversation: fields.int(ConversationId::new)?,
            text: fields.get()?,
            happened_time: fields.time()?,
        })
    };
    // Letters and digits alone: nothing of either engine's own grammar is left.
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(|word| if postgres { format!("'{word}':*") } else { format!("\"{word}\"*") })
        .collect();
    let all = words.join(if postgres { " & " } else { " " });
    (!words.is_empty()).then(|| Query { statement: &FIND, params: values![workspace, all, limit], decode })
}
