//! States of the demo world that no surface sets: what stands against an account, an app, a person, a thread, a comment.

use engine::change::{Change, ChangeSet};
use engine::demo;
use engine::facts::{Account, App, Comment, Media, Person, Role, ScopedUser, Thread};
use wire::id::{CommentId, Igsid, MediaId};

use crate::TestWorld;

impl TestWorld {
    /// Commits these changes as one set.
    pub async fn commit(&self, changes: impl IntoIterator<Item = Change>) {
        self.world().commit(ChangeSet(changes.into_iter().collect())).await.expect("the changes can be written");
    }

    /// Changes the demo account.
    pub async fn change_account(&self, change: impl FnOnce(&mut Account)) {
        let found = self.world().store.account(demo::ACCOUNT).await.expect("the store can be read");
        let mut account = found.expect("the demo account is there");
        change(&mut account);
        self.commit([Change::PutAccount(account)]).await;
    }

    /// Changes the demo app.
    pub async fn change_app(&self, change: impl FnOnce(&mut App)) {
        let found = self.world().store.app(demo::APP).await.expect("the store can be read");
        let mut app = found.expect("the demo app is there");
        change(&mut app);
        self.commit([Change::PutApp(app)]).await;
    }

    /// Changes one of the demo people.
    pub async fn change_person(&self, username: &str, change: impl FnOnce(&mut Person)) {
        let found = self.world().store.person_by_username(username).await.expect("the store can be read");
        let mut person = found.expect("the person is there");
        change(&mut person);
        self.commit([Change::PutPerson(person)]).await;
    }

    /// One of the demo people as the demo account knows them.
    pub async fn user(&self, username: &str) -> ScopedUser {
        let (_, igsid) = demo::people().find(|(name, _)| *name == username).expect("a person of the demo world");
        let found = self.world().store.scoped_user(demo::ACCOUNT, igsid).await.expect("the store can be read");
        found.expect("the account knows the person")
    }

    /// Changes what is between one of the demo people and the demo account.
    pub async fn change_user(&self, username: &str, change: impl FnOnce(&mut ScopedUser)) {
        let mut user = self.user(username).await;
        change(&mut user);
        self.commit([Change::PutScopedUser(user)]).await;
    }

    /// Gives one of the demo people a role on the demo app.
    pub async fn give_role(&self, username: &str) {
        let person = self.user(username).await.person;
        self.commit([Change::PutRole(Role { app: demo::APP, person })]).await;
    }

    /// The thread of one of the demo people with the demo account.
    pub async fn thread(&self, username: &str) -> Thread {
        let igsid = self.user(username).await.igsid;
        let facts = self.world().store.thread_facts(demo::ACCOUNT, igsid).await.expect("the store can be read");
        facts.thread.expect("the thread is there")
    }

    /// Changes that thread.
    pub async fn change_thread(&self, username: &str, change: impl FnOnce(&mut Thread)) {
        let mut thread = self.thread(username).await;
        change(&mut thread);
        thread.version += 1;
        self.commit([Change::SaveThread(thread)]).await;
    }

    /// Changes a post of the demo account.
    pub async fn change_media(&self, id: MediaId, change: impl FnOnce(&mut Media)) {
        let found = self.world().store.medium(demo::ACCOUNT, id).await.expect("the store can be read");
        let mut media = found.expect("the post is there");
        change(&mut media);
        self.commit([Change::PutMedia(media)]).await;
    }

    /// Lets one of the demo people comment on a post of the demo account now.
    pub async fn comments(&self, id: u64, media: MediaId, username: &str) -> CommentId {
        let from: Igsid = self.user(username).await.igsid;
        let id = CommentId::new(id);
        self.commit([Change::PutComment(Comment {
            account: demo::ACCOUNT,
            id,
            media,
            from,
            text: "How much is it?".into(),
            timestamp: self.now(),
            parent: None,
            replied_time: None,
            is_deleted: false,
        })])
        .await;
        id
    }

    /// A comment as it stands.
    pub async fn comment(&self, id: CommentId) -> Comment {
        let found = self.world().store.comment(demo::ACCOUNT, id).await.expect("the store can be read");
        found.expect("the comment is there")
    }

    /// Changes a comment.
    pub async fn change_comment(&self, id: CommentId, change: impl FnOnce(&mut Comment)) {
        let mut comment = self.comment(id).await;
        change(&mut comment);
        self.commit([Change::PutComment(comment)]).await;
    }
}
