//! How a person came to the thread.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An ad, a product page or an ig.me link that led to the thread (contract webhooks 3.6, 3.11).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Referral {
    /// The developer's own text in the link or ad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<String>,
    /// `ADS` or `SHORTLINKS`; absent for a product page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// `OPEN_THREAD`; absent for a product page.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The rest under its own names: `ad_id`, `ads_context_data`, `product`.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
