//! How much of the rate limits is used, from the headers of answers.

use std::collections::BTreeMap;

use http::HeaderMap;
use serde::{Deserialize, de::DeserializeOwned};

/// What the usage headers of one answer said (contract graph 5.4).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Usage {
    /// The app's allowance, from `x-app-usage`.
    pub app: Option<AppUsage>,
    /// The allowances of businesses, from `x-business-use-case-usage`.
    pub business: Vec<BusinessUsage>,
}

/// Percentages of an app's allowance; at 100 calls are refused (contract graph 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct AppUsage {
    /// Of the number of calls.
    #[serde(alias = "call_volume")]
    pub call_count: f64,
    /// Of the time spent.
    pub total_time: f64,
    /// Of the processor time spent.
    #[serde(alias = "cpu_time")]
    pub total_cputime: f64,
}

/// Percentages of one business's allowance for one family of calls (contract graph 5.4).
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct BusinessUsage {
    /// What the limit hangs on: a Page or an account.
    #[serde(skip)]
    pub id: String,
    /// The family: `messenger`, `instagram`, `pages`.
    pub r#type: String,
    /// Of the number of calls.
    pub call_count: f64,
    /// Of the processor time spent.
    pub total_cputime: f64,
    /// Of the time spent.
    pub total_time: f64,
    /// Minutes until calls are served again; 0 while they are.
    pub estimated_time_to_regain_access: f64,
}

impl Usage {
    /// Reads the headers of an answer; `None` when it has no usage header that can be understood.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let app = json(headers, "x-app-usage");
        let business: Option<BTreeMap<String, Vec<BusinessUsage>>> = json(headers, "x-business-use-case-usage");
        if app.is_none() && business.is_none() {
            return None;
        }
        let named = |(id, entries): (String, Vec<BusinessUsage>)| {
            entries.into_iter().map(move |entry| BusinessUsage { id: id.clone(), ..entry })
        };
        Some(Self { app, business: business.unwrap_or_default().into_iter().flat_map(named).collect() })
    }
}

fn json<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    serde_json::from_slice(headers.get(name)?.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn both_headers_are_read() {
        let usage = Usage::from_headers(&headers(&[
            ("x-app-usage", r#"{"call_count":28,"total_time":25,"total_cputime":24}"#),
            (
                "x-business-use-case-usage",
                r#"{"106":[{"type":"messenger","call_count":95,"total_cputime":20,"total_time":21,"estimated_time_to_regain_access":3}]}"#,
            ),
        ]))
        .unwrap();
        assert_eq!(usage.app, Some(AppUsage { call_count: 28.0, total_time: 25.0, total_cputime: 24.0 }));
        let business = &usage.business[0];
        assert_eq!((business.id.as_str(), business.r#type.as_str()), ("106", "messenger"));
        assert_eq!((business.call_count, business.estimated_time_to_regain_access), (95.0, 3.0));
    }

    #[test]
    fn the_instagram_host_has_its_own_names_and_nonsense_is_no_usage() {
        let usage = Usage::from_headers(&headers(&[("x-app-usage", r#"{"call_volume":7,"cpu_time":9}"#)])).unwrap();
        assert_eq!(usage.app, Some(AppUsage { call_count: 7.0, total_time: 0.0, total_cputime: 9.0 }));
        assert_eq!(Usage::from_headers(&headers(&[])), None);
        assert_eq!(Usage::from_headers(&headers(&[("x-app-usage", "soon")])), None);
    }
}
