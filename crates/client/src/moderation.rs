//! Blocking people and moving their threads to spam (contract send 6.5): with a Page's token, on the Facebook host.

use serde_json::{Value, json};

use crate::content::UpTo;
use crate::{Client, Error};

/// One to ten people, by IGSID.
pub type People = UpTo<10, String>;

/// What is done to people. Blocking and unblocking do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moderation {
    /// Neither side can message the other.
    Block,
    /// The reverse.
    Unblock,
    /// Their threads go to the spam folder.
    Spam,
    /// Both.
    BlockAndSpam,
    /// They may write again, and what they wrote stays in spam.
    UnblockAndSpam,
}

impl Moderation {
    fn actions(self) -> &'static [&'static str] {
        match self {
            Moderation::Block => &["block_user"],
            Moderation::Unblock => &["unblock_user"],
            Moderation::Spam => &["move_to_spam"],
            Moderation::BlockAndSpam => &["block_user", "move_to_spam"],
            Moderation::UnblockAndSpam => &["unblock_user", "move_to_spam"],
        }
    }
}

impl Client {
    /// Does this to everybody named: `client.moderate(["900000000000001"], Moderation::Block).await?`.
    ///
    /// # Errors
    /// [`Error::Graph`] 100 for an id that is nobody's, 1 for somebody without a conversation or who cannot be blocked; try one
    /// at a time then.
    pub async fn moderate(&self, people: impl Into<People>, moderation: Moderation) -> Result<(), Error> {
        let ids: Vec<Value> = people.into().into_vec().into_iter().map(|id| json!({ "id": id })).collect();
        let body = json!({"user_ids": ids, "actions": moderation.actions()});
        self.order(&self.post("moderate_conversations", body, None)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[tokio::test]
    async fn people_are_moderated_as_the_contract_prints_it() {
        let (fake, client) =
            Fake::answering([json!({"success": "true"}), json!({"success": true}), json!({"success": false})]);
        client.moderate(["7712345678901234"], Moderation::BlockAndSpam).await.unwrap();
        assert_eq!(fake.calls(), ["POST me/moderate_conversations"]);
        assert_eq!(
            fake.body(),
            json!({"user_ids": [{"id": "7712345678901234"}], "actions": ["block_user", "move_to_spam"]})
        );
        let many = People::try_from(vec!["1".to_owned(), "2".to_owned()]).unwrap();
        client.moderate(many, Moderation::Unblock).await.unwrap();
        assert_eq!(fake.body()["user_ids"], json!([{"id": "1"}, {"id": "2"}]));
        assert!(client.moderate(["1"], Moderation::Spam).await.is_err(), "false is no success");
        assert!(People::try_from(vec!["1".to_owned(); 11]).is_err());
    }
}
