//! How a person comes to write: by a link, an ad, or a product (contract send 6.4, webhooks 3.6).

use serde_json::{Map, Value, json};
use wire::webhook::Referral;

use super::Scene;
use crate::profile;
use crate::refusal::{Failure, Refusal};

/// Longest `ref` of a link, in characters (contract send 6.4).
pub const REF_CHARS: usize = 2_083;

/// What brought a person to the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// An ig.me link with this `ref`, before there is a conversation.
    Link(String),
    /// A click-to-message ad.
    Ad(Ad),
    /// The page of a product in the account's shop, by the product's id.
    Product(String),
}

/// A click-to-message ad.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ad {
    /// Its id.
    pub id: String,
    /// The developer's own text in it.
    pub r#ref: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its picture.
    pub photo_url: Option<String>,
    /// The still of its video.
    pub video_url: Option<String>,
    /// The welcome message flow that it starts (contract send 1.13).
    pub flow: Option<String>,
}

impl Came {
    /// What apps are told of it with the message or postback. Of a link they are told only when the account has ice
    /// breakers (contract send 6.4).
    pub(super) async fn referral(&self, scene: &Scene<'_>) -> Result<Option<Referral>, Failure> {
        match self {
            Came::Link(text) => {
                let referral = by_link(text)?;
                if scene.thread.is_some() {
                    let there = "the conversation is there already: a link into it is an act of its own";
                    return Err(Refusal::Parameter(there.into()).into());
                }
                let choices = profile::choices(scene.world, scene.account.id, "ice_breakers").await?;
                Ok((!choices.is_empty()).then_some(referral))
            }
            Came::Ad(ad) => Ok(Some(ad.referral())),
            Came::Product(id) => {
                let extra = Map::from_iter([("product".to_owned(), json!({"id": id}))]);
                Ok(Some(Referral { extra, ..Referral::default() }))
            }
        }
    }
}

impl Ad {
    fn referral(&self) -> Referral {
        let context: Map<String, Value> =
            [("ad_title", &self.title), ("photo_url", &self.photo_url), ("video_url", &self.video_url)]
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))))
                .collect();
        let mut extra = Map::from_iter([("ad_id".to_owned(), json!(self.id))]);
        if !context.is_empty() {
            extra.insert("ads_context_data".to_owned(), Value::Object(context));
        }
        if let Some(flow) = &self.flow {
            extra.insert("flow_id".to_owned(), json!(flow));
        }
        Referral { r#ref: self.r#ref.clone(), source: Some("ADS".into()), kind: Some("OPEN_THREAD".into()), extra }
    }
}

/// What apps are told of an ig.me link (contract send 6.4).
pub(super) fn by_link(text: &str) -> Result<Referral, Refusal> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=');
    if text.is_empty() || text.len() > REF_CHARS || !text.chars().all(fits) {
        return Err(Refusal::Parameter(format!("ref has 1 to {REF_CHARS} letters, digits, -, _ and =")));
    }
    Ok(Referral {
        r#ref: Some(text.to_owned()),
        source: Some("SHORTLINKS".into()),
        kind: Some("OPEN_THREAD".into()),
        ..Referral::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ref_is_bounded_and_plain() {
        let longest = "x".repeat(REF_CHARS);
        for good in ["a", "spring-sale_2=b", &longest] {
            assert_eq!(by_link(good).map(|referral| referral.r#ref), Ok(Some(good.to_owned())));
        }
        let longer = "x".repeat(REF_CHARS + 1);
        for bad in ["", "a b", "ü", "a&b", &longer] {
            assert!(by_link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_ad_says_what_it_knows() {
        let ad = Ad { id: "120".into(), title: Some("Sale".into()), ..Ad::default() };
        assert_eq!(
            json!(ad.referral()),
            json!({"source": "ADS", "type": "OPEN_THREAD", "ad_id": "120", "ads_context_data": {"ad_title": "Sale"}})
        );
    }
}
