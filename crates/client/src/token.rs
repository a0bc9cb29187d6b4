//! Inspecting a token (contract graph 6.8).

use serde::Deserialize;
use wire::error::ErrorBody;

use crate::{Client, Error, answer, call::Call};

/// What a token is and whether it works (contract graph 6.8).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TokenInfo {
    /// The app it was given to.
    #[serde(default, deserialize_with = "answer::id")]
    pub app_id: Option<String>,
    /// `USER`, `PAGE`, `APP` or `SYSTEM_USER`.
    #[serde(default)]
    pub r#type: Option<String>,
    /// Whether it works now.
    pub is_valid: bool,
    /// Unix seconds; 0 is never.
    #[serde(default)]
    pub expires_at: Option<i64>,
    /// What it may be used for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The user who granted it.
    #[serde(default, deserialize_with = "answer::id")]
    pub user_id: Option<String>,
    /// The Page it speaks for.
    #[serde(default, deserialize_with = "answer::id")]
    pub profile_id: Option<String>,
    /// Why it does not work; only its message and its code are sure to be there.
    #[serde(default)]
    pub error: Option<ErrorBody>,
}

#[derive(Deserialize)]
struct Wrapped {
    data: TokenInfo,
}

impl Client {
    /// Inspects a token of the app. Needs an app token, see [`Client::for_app`] (contract graph 6.8).
    ///
    /// A token that does not work is an answer, with [`TokenInfo::is_valid`] false. The API takes the inspected token in the
    /// query only.
    ///
    /// # Errors
    /// [`Error::Graph`] 100 when the caller may not inspect it.
    pub async fn debug_token(&self, input: &str) -> Result<TokenInfo, Error> {
        let json = self.call(&{ Call::get(&[&"debug_token"]).with("input_token", input) }).await?;
        answer::typed::<Wrapped>("token", json).map(|wrapped| wrapped.data)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::fake::Fake;

    #[tokio::test]
    async fn a_token_is_told_apart_by_whether_it_works() {
        let (fake, client) = Fake::answering([
            json!({"data": {"app_id": 4711, "type": "PAGE", "expires_at": 0, "is_valid": true, "profile_id": "1020",
                            "scopes": ["instagram_basic"], "user_id": "555"}}),
            json!({"data": {"error": {"code": 190, "message": "expired", "subcode": 463}, "is_valid": false, "scopes": []}}),
            json!({"data": []}),
        ]);
        let works = client.debug_token("EAAx|y").await.unwrap();
        assert_eq!((works.app_id.as_deref(), works.is_valid), (Some("4711"), true));
        let expired = client.debug_token("EAAx").await.unwrap();
        assert!(!expired.is_valid && expired.error.unwrap().code == 190);
        assert_eq!(fake.calls()[0], "GET debug_token?input_token=EAAx|y");
        client.debug_token("odd").await.unwrap_err();
    }
}
