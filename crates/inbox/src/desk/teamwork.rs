//! Notes with mentions, labels, drafts, canned replies, saved views, and who is there.

use super::{Desk, Problem, Whisper};
use crate::facts::{Agent, CannedReply, Colour, Field, Label, Note, SavedView};
use crate::ids::{AgentId, ConversationId, LabelId, NoteId, ReplyId, ViewId, WorkspaceId};
use crate::policy::canned::{Values, filled};
use crate::policy::presence::There;
use crate::sql::{agents, conversations, search, teamwork};
use crate::store::{ChangeSet, EventKind, News};

/// The longest note, in bytes.
const NOTE: usize = 10_000;
/// The longest draft or canned reply, in bytes.
const TEXT: usize = 10_000;
/// The most fields of a person.
const FIELDS: usize = 20;
/// The longest name of a field, in characters.
const FIELD_NAME: usize = 40;
/// The longest value of a field, in characters.
const FIELD_VALUE: usize = 200;
/// The longest name of anything.
const NAME: usize = 100;

/// Checks a text that somebody gave.
pub(crate) fn within(field: &'static str, text: &str, most: usize) -> Result<(), Problem> {
    match text.len() {
        _ if text.trim().is_empty() => Err(Problem::invalid(field, "must not be empty")),
        length if length > most => Err(Problem::invalid(field, format!("must be {most} bytes at most"))),
        _ if text.contains('\0') => Err(Problem::invalid(field, "must not hold a zero byte")),
        _ => Ok(()),
    }
}

impl Desk {
    /// Writes a note. Whoever is named in it with `@` and their name, or is in `mentions`, finds it among their mentions.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::NoSuch`].
    pub async fn note(
        &self,
        by: &Agent,
        id: ConversationId,
        text: &str,
        mentions: &[AgentId],
    ) -> Result<Note, Problem> {
        within("text", text, NOTE)?;
        self.visible(by, id).await?;
        let now = self.now();
        let mut note = Note {
            workspace: by.workspace,
            conversation: id,
            id: NoteId::make(now, self.entropy.as_ref()),
            agent: by.id,
            text: text.to_owned(),
            created_time: now,
            mentions: Vec::new(),
        };
        let all = self.store.many(agents::agents(by.workspace)).await?;
        let mut set = ChangeSet::new(by.workspace, now);
        set.tell(News::of(EventKind::Note, id).about(note.id).by(by.id));
        set.write(teamwork::add_note(&note));
        for agent in &all {
            let named = mentions.contains(&agent.id) || names(text, &agent.name);
            if named && agent.active && agent.id != by.id {
                set.write(teamwork::add_mention(&note, agent.id));
                note.mentions.push(agent.id);
                set.tell(News::of(EventKind::Mention, id).about(agent.id).by(by.id));
            }
        }
        set.write(search::put(by.workspace, format!("note:{}", note.id), id, note.text.clone(), now));
        set.write(conversations::touch(by.workspace, id));
        self.commit(set, Problem::Busy).await?;
        Ok(note)
    }

    /// Keeps what somebody has begun to write; an empty text forgets it.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::NoSuch`].
    pub async fn keep_draft(&self, by: &Agent, id: ConversationId, text: String) -> Result<(), Problem> {
        if text.len() > TEXT || text.contains('\0') {
            return Err(Problem::invalid("text", format!("must be {TEXT} bytes at most, without a zero byte")));
        }
        self.visible(by, id).await?;
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.write(teamwork::put_draft(by.workspace, by.id, id, text, self.now()));
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }

    /// Writes what agents note of a person, in place of what was noted before.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for too many, too long or two of one name, [`Problem::NoSuch`].
    pub async fn put_fields(&self, by: &Agent, id: ConversationId, fields: Vec<Field>) -> Result<Vec<Field>, Problem> {
        noted(&fields)?;
        self.visible(by, id).await?;
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::of(EventKind::Conversation, id).by(by.id));
        for write in teamwork::put_fields(by.workspace, id, &fields) {
            set.write(write);
        }
        set.write(conversations::touch(by.workspace, id));
        self.commit(set, Problem::Busy).await?;
        Ok(fields)
    }

    /// The labels, by name.
    ///
    /// # Errors
    /// The store's.
    pub async fn labels(&self, workspace: WorkspaceId) -> Result<Vec<Label>, Problem> {
        Ok(self.store.many(teamwork::labels(workspace)).await?)
    }

    /// Makes or changes a label.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::Conflict`] when the name is taken.
    pub async fn put_label(
        &self,
        by: &Agent,
        id: Option<LabelId>,
        name: &str,
        colour: Colour,
    ) -> Result<Label, Problem> {
        within("name", name, NAME)?;
        if let Some(id) = id {
            let known = self.store.many(teamwork::labels(by.workspace)).await?;
            known.iter().find(|known| known.id == id).ok_or(Problem::NoSuch("label"))?;
        }
        let id = id.unwrap_or_else(|| LabelId::make(self.now(), self.entropy.as_ref()));
        let label = Label { id, name: name.to_owned(), colour };
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::Labels).by(by.id));
        set.write(teamwork::put_label(by.workspace, label.clone()));
        self.commit(set, Problem::Conflict("there is a label of that name: choose another")).await?;
        Ok(label)
    }

    /// Takes a label away, from all conversations too.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn remove_label(&self, by: &Agent, id: LabelId) -> Result<(), Problem> {
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::Labels).by(by.id));
        for write in teamwork::remove_label(by.workspace, id) {
            set.write(write);
        }
        self.commit(set, Problem::NoSuch("label")).await?;
        Ok(())
    }

    /// Makes or changes a canned reply.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::Conflict`] when the shortcut is taken.
    pub async fn put_canned(&self, by: &Agent, reply: CannedReply, is_new: bool) -> Result<CannedReply, Problem> {
        within("shortcut", &reply.shortcut, NAME)?;
        within("title", &reply.title, NAME)?;
        within("text", &reply.text, TEXT)?;
        if reply.shortcut.contains(|letter: char| letter.is_whitespace() || letter == '/') {
            return Err(Problem::invalid("shortcut", "must have neither spaces nor slashes"));
        }
        if !is_new {
            self.canned(by, reply.id).await?;
        }
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::CannedReplies).by(by.id));
        set.write(teamwork::put_reply(by.workspace, reply.clone()));
        self.commit(set, Problem::Conflict("there is a reply of that shortcut: choose another")).await?;
        Ok(reply)
    }

    async fn canned(&self, by: &Agent, id: ReplyId) -> Result<CannedReply, Problem> {
        let known = self.store.many(teamwork::replies(by.workspace)).await?;
        known.into_iter().find(|known| known.id == id).ok_or(Problem::NoSuch("canned reply"))
    }

    /// Takes a canned reply away.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn remove_canned(&self, by: &Agent, id: ReplyId) -> Result<(), Problem> {
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::CannedReplies).by(by.id));
        set.write(teamwork::remove_reply(by.workspace, id));
        self.commit(set, Problem::NoSuch("canned reply")).await?;
        Ok(())
    }

    /// A canned reply as it reads in this conversation.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn fill_canned(&self, by: &Agent, id: ConversationId, reply: ReplyId) -> Result<String, Problem> {
        let conversation = self.visible(by, id).await?;
        let account = self.connection_of(&conversation).await?.username;
        let reply = self.canned(by, reply).await?;
        Ok(filled(&reply, &Values { person: conversation.profile, agent: by.name.clone(), account }))
    }

    /// Keeps a view, for oneself or for everybody.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::NoSuch`] for another's.
    pub async fn put_view(&self, by: &Agent, view: SavedView, is_new: bool) -> Result<SavedView, Problem> {
        within("name", &view.name, NAME)?;
        if view.query.len() > 1000 || view.query.contains('\0') {
            return Err(Problem::invalid("query", "must be 1000 bytes at most"));
        }
        if !is_new {
            self.own_view(by, view.id).await?;
        }
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::Views).by(by.id));
        set.write(teamwork::put_view(by.workspace, view.clone()));
        self.commit(set, Problem::Busy).await?;
        Ok(view)
    }

    /// A view that is the caller's own or everybody's.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn own_view(&self, by: &Agent, id: ViewId) -> Result<SavedView, Problem> {
        let view = self.store.one(teamwork::view(by.workspace, id)).await?;
        view.filter(|view| view.agent.is_none_or(|agent| agent == by.id)).ok_or(Problem::NoSuch("view"))
    }

    /// Takes a view away.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn remove_view(&self, by: &Agent, id: ViewId) -> Result<(), Problem> {
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::Views).by(by.id));
        set.write(teamwork::remove_view(by.workspace, id));
        self.commit(set, Problem::NoSuch("view")).await?;
        Ok(())
    }

    /// Somebody is at a conversation, perhaps writing.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn be_at(&self, by: &Agent, id: ConversationId, typing: bool) -> Result<(), Problem> {
        self.visible(by, id).await?;
        if self.presence.lock().hear(by.workspace, id, by.id, typing, self.own_now()) {
            self.whisper(Whisper { workspace: by.workspace, conversation: id });
        }
        Ok(())
    }

    /// Somebody has left a conversation.
    pub fn leave(&self, by: &Agent, id: ConversationId) {
        if self.presence.lock().leave(by.workspace, id, by.id) {
            self.whisper(Whisper { workspace: by.workspace, conversation: id });
        }
    }

    /// Who is at a conversation.
    pub fn there(&self, by: &Agent, id: ConversationId) -> Vec<There> {
        self.presence.lock().at(by.workspace, id, self.own_now())
    }

    /// Tells of those who went without saying so.
    pub fn miss(&self) {
        for (workspace, conversation) in self.presence.lock().expire(self.own_now()) {
            self.whisper(Whisper { workspace, conversation });
        }
    }

    fn whisper(&self, whisper: Whisper) {
        // That nobody listens is no error.
        drop(self.whispers.send(whisper));
    }
}

/// Checks what is noted of a person.
fn noted(fields: &[Field]) -> Result<(), Problem> {
    let wrong = |why: &str| Err(Problem::invalid("fields", why));
    let mut names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if fields.len() > FIELDS || names.len() < fields.len() {
        return wrong("give at most 20, each of another name");
    }
    for Field { name, value } in fields {
        if name.trim().is_empty() || name.chars().count() > FIELD_NAME || value.chars().count() > FIELD_VALUE {
            return wrong("names have 1 to 40 characters, values 200 at most");
        }
        if name.contains('\0') || value.contains('\0') {
            return wrong("must not hold a zero byte");
        }
    }
    Ok(())
}

/// Whether a text names somebody: `@` and their name, with nothing behind it that would make it another's.
fn names(text: &str, name: &str) -> bool {
    let wanted = format!("@{}", name.to_lowercase());
    let text = text.to_lowercase();
    text.match_indices(&wanted)
        .any(|(at, found)| !text[at + found.len()..].starts_with(|letter: char| letter.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_named_by_their_whole_name() {
        for (text, name, named) in [
            ("@Ana can you?", "Ana", true),
            ("ask @ana.", "Ana", true),
            ("@Anabel", "Ana", false),
            ("Ana", "Ana", false),
            ("@Ana Lima, please", "Ana Lima", true),
            ("mail ana@anabel.test or @Ana", "Ana", true),
        ] {
            assert_eq!(names(text, name), named, "{text}");
        }
    }
}
