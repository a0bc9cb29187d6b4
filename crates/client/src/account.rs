//! Who the token speaks for, its account and Page, and the people who write to it.

use std::fmt::Display;

use serde::Deserialize;

use crate::{Client, Error, Host, answer, call::Call};

/// Whoever the token belongs to (contract graph 1.2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Me {
    /// A Page's or user's id on the Facebook host; an app-scoped account id on the Instagram host.
    pub id: String,
    /// The account's own id, the `entry.id` of webhooks; Instagram host only.
    #[serde(default, deserialize_with = "answer::id")]
    pub user_id: Option<String>,
    /// The account's username; Instagram host only.
    #[serde(default)]
    pub username: Option<String>,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
}

/// A professional account (contract graph 8.3, 8.4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// The id; on the Instagram host it may be an app-scoped one.
    pub id: String,
    /// The account's own id, the `entry.id` of webhooks; Instagram host only.
    #[serde(default, deserialize_with = "answer::id")]
    pub user_id: Option<String>,
    /// The username.
    #[serde(default)]
    pub username: Option<String>,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// The picture.
    #[serde(default)]
    pub profile_picture_url: Option<String>,
    /// How many follow the account.
    #[serde(default)]
    pub followers_count: Option<u64>,
}

/// A Facebook Page (contract graph 8.2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Page {
    /// The id.
    pub id: String,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// The professional account linked to it.
    #[serde(default)]
    pub instagram_business_account: Option<Account>,
}

/// A person who wrote to the business (contract read 5.1).
///
/// Everything is optional: the host leaves out what it may not tell, and some answer an empty object.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The IGSID.
    pub id: Option<String>,
    /// The name; many have none.
    pub name: Option<String>,
    /// The username.
    pub username: Option<String>,
    /// The picture; its address stops working after a few days.
    pub profile_pic: Option<String>,
    /// How many follow the person.
    pub follower_count: Option<u64>,
    /// Whether the person follows the account.
    pub is_user_follow_business: Option<bool>,
    /// Whether the account follows the person.
    pub is_business_follow_user: Option<bool>,
    /// Whether Instagram has verified the person.
    pub is_verified_user: Option<bool>,
}

const PROFILE: &str =
    "name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user";
const PAGE: &str = "id,name,instagram_business_account{id,username}";

impl Client {
    /// Whoever the token belongs to; the plainest way to see that it works (contract graph 1.2, 6.8).
    ///
    /// # Errors
    /// [`Error::Graph`] 190 for a token that does not work.
    pub async fn me(&self) -> Result<Me, Error> {
        let fields = match self.settings.host {
            Host::Facebook => "id,name",
            Host::Instagram => "id,user_id,username,name",
        };
        answer::one("me", self.call(&{ Call::get(&[&"me"]).with("fields", fields) }).await?)
    }

    /// A professional account (contract graph 8.3, 8.4).
    ///
    /// # Errors
    /// [`Error::Graph`] 100/33 for one that the token does not reach.
    pub async fn account(&self, id: impl Display) -> Result<Account, Error> {
        let fields = match self.settings.host {
            Host::Facebook => "id,username,name,profile_picture_url,followers_count",
            Host::Instagram => "id,user_id,username,name,profile_picture_url,followers_count",
        };
        answer::one("account", self.call(&{ Call::get(&[&id]).with("fields", fields) }).await?)
    }

    /// A Page and the account linked to it; `me` is the token's own (contract graph 8.2).
    ///
    /// # Errors
    /// [`Error::Graph`] 100/33 for one that the token does not reach.
    pub async fn page(&self, id: impl Display) -> Result<Page, Error> {
        answer::typed("page", self.call(&{ Call::get(&[&id]).with("fields", PAGE) }).await?)
    }

    /// A person who wrote to the account, by [`Igsid`](wire::id::Igsid) (contract read 5).
    ///
    /// # Errors
    /// [`Error::is_consent_missing`] until the person has written.
    pub async fn profile(&self, igsid: impl Display) -> Result<Profile, Error> {
        answer::typed("profile", self.call(&{ Call::get(&[&igsid]).with("fields", PROFILE) }).await?)
    }
}

#[cfg(test)]
mod tests {
    use http::Response;
    use serde_json::json;
    use wire::id::Igsid;

    use super::*;
    use crate::fake::Fake;

    #[tokio::test]
    async fn each_host_is_asked_for_the_fields_it_has() {
        let (fake, client) = Fake::answering([
            json!({"id": "100", "name": "Harbor Knits"}),
            json!({"data": [{"id": "2600", "user_id": 17_841_400_000_000_001_u64, "username": "harbor.knits"}]}),
            json!({"id": "100", "instagram_business_account": {"id": "17841400000000001", "username": "harbor.knits"}}),
        ]);
        assert_eq!(client.me().await.unwrap().name.as_deref(), Some("Harbor Knits"));
        let me = client.clone().host(Host::Instagram).me().await.unwrap();
        assert_eq!(me.user_id.as_deref(), Some("17841400000000001"));
        let page = client.page("me").await.unwrap();
        assert_eq!(page.instagram_business_account.unwrap().id, "17841400000000001");
        assert_eq!(
            fake.calls(),
            [
                "GET me?fields=id,name",
                "GET me?fields=id,user_id,username,name",
                "GET me?fields=id,name,instagram_business_account{id,username}"
            ]
        );
    }

    #[tokio::test]
    async fn a_profile_may_be_withheld_in_two_ways() {
        let (fake, client) = Fake::answering([json!({}), json!({"id": "9", "name": null, "follower_count": 412})]);
        let refusal = r#"{"error":{"message":"User consent is required","type":"OAuthException","code":230}}"#;
        fake.then(Response::builder().status(403).body(refusal.into()).unwrap());
        let person = Igsid::new(9);
        assert_eq!(client.profile(&person).await.unwrap(), Profile::default());
        assert_eq!(client.profile(person).await.unwrap().follower_count, Some(412));
        assert!(client.profile("9").await.unwrap_err().is_consent_missing());
        assert!(fake.calls()[0].starts_with("GET 9?fields=name,username,profile_pic,"));
    }
}
