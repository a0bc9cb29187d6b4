//! Lists that come page by page.

use std::{fmt::Display, marker::PhantomData};

use serde::{Deserialize, de::DeserializeOwned};
use url::{Url, form_urlencoded};

use crate::{Client, Error, answer, call::Call};

/// Parameters that a link may hold and that each call adds for itself (contract graph 1.5, 2).
const OURS: [&str; 3] = ["access_token", "appsecret_proof", "appsecret_time"];

/// A thing that the API lists.
pub trait Node: DeserializeOwned {
    /// What it is called in errors.
    const NAME: &'static str;
    /// The `fields` that are asked for.
    const FIELDS: &'static str;
}

/// A list that is fetched one page at a time, when it is asked for (contract graph 2).
///
/// The server's link to the next page decides whether there is one and with which parameters it is asked for. The address in
/// the link is not followed: every page is asked from the client's own base URL, so that a token reaches no other host.
#[derive(Debug, Clone)]
#[must_use = "nothing is fetched until next_page is called"]
pub struct Pages<T> {
    client: Client,
    /// The call for the next page; `None` behind the last one.
    next: Option<Call>,
    item: PhantomData<fn() -> T>,
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Answer<T> {
    data: Vec<T>,
    #[serde(default)]
    paging: Option<Paging>,
}

#[derive(Deserialize)]
struct Paging {
    #[serde(default)]
    next: Option<String>,
    #[serde(default)]
    cursors: Option<Cursors>,
}

#[derive(Deserialize)]
struct Cursors {
    #[serde(default)]
    after: Option<String>,
}

impl<T: Node> Pages<T> {
    pub(crate) fn new(client: &Client, first: Call) -> Self {
        Self { client: client.clone(), next: Some(first.with("fields", T::FIELDS)), item: PhantomData }
    }

    /// How many items a page shall have; the server may give fewer, and 25 unless told (contract graph 2).
    pub fn limit(self, items: u32) -> Self {
        self.with("limit", items)
    }

    /// Fetches the next page; `None` when there is no more. A page may be empty and yet not the last.
    ///
    /// After an error the same page can be asked for again.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn next_page(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(call) = &self.next else { return Ok(None) };
        let page: Answer<T> = answer::typed(T::NAME, self.client.call(call).await?)?;
        // A page that leads to itself would be read for ever.
        self.next = page.paging.and_then(|paging| following(call, &paging)).filter(|next| next != call);
        Ok(Some(page.data))
    }

    pub(crate) fn with(self, name: &str, value: impl Display) -> Self {
        Self { next: self.next.map(|call| call.with(name, value)), ..self }
    }
}

/// The call for the page behind this one; without a `next` there is none, whatever the cursors say (contract clients 12).
fn following(call: &Call, paging: &Paging) -> Option<Call> {
    let link = paging.next.as_ref()?;
    let query = Url::parse(link).ok().and_then(|url| url.query().map(str::to_owned)).filter(|query| !query.is_empty());
    match query {
        Some(query) => {
            let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
            Some(call.asking(pairs.filter(|(name, _)| !OURS.contains(&name.as_str())).collect()))
        }
        None => Some(call.clone().with("after", paging.cursors.as_ref()?.after.as_ref()?)),
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::fake::Fake;

    /// An item that is nothing but its id.
    #[derive(Debug, Deserialize, PartialEq)]
    struct Thing {
        id: String,
    }

    impl Node for Thing {
        const NAME: &'static str = "thing";
        const FIELDS: &'static str = "id";
    }

    fn things(client: &Client) -> Pages<Thing> {
        Pages::new(client, Call::get(&[&"me", &"things"])).limit(2)
    }

    fn page(ids: &[&str], next: Option<&str>) -> serde_json::Value {
        let data: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        let mut page = json!({"data": data, "paging": {"cursors": {"before": "B", "after": "A"}}});
        if let Some(next) = next {
            page["paging"]["next"] = next.into();
        }
        page
    }

    #[tokio::test]
    async fn pages_are_walked_by_their_links_without_token_and_never_elsewhere() {
        let link = "https://elsewhere.test/v24.0/1/things?access_token=EAAtoken&limit=2&fields=id&after=X%3D&appsecret_proof=1";
        let (fake, client) = Fake::answering([page(&["1", "2"], Some(link)), page(&["3"], None)]);
        let mut pages = things(&client);
        assert_eq!(pages.next_page().await.unwrap().unwrap().len(), 2);
        assert_eq!(pages.next_page().await.unwrap().unwrap(), [Thing { id: "3".into() }]);
        assert_eq!(pages.next_page().await.unwrap(), None);
        assert_eq!(fake.calls(), ["GET me/things?fields=id&limit=2", "GET me/things?limit=2&fields=id&after=X="]);
    }

    #[tokio::test]
    async fn a_link_that_cannot_be_read_falls_back_on_the_cursor() {
        let (fake, client) = Fake::answering([page(&[], Some("/next")), page(&["1"], Some("/next"))]);
        let mut pages = things(&client);
        assert_eq!(pages.next_page().await.unwrap(), Some(vec![]));
        assert_eq!(pages.next_page().await.unwrap().unwrap().len(), 1);
        assert_eq!(fake.calls()[1], "GET me/things?fields=id&limit=2&after=A");
        assert_eq!(pages.next_page().await.unwrap(), None, "the second page leads to itself");
    }

    #[tokio::test]
    async fn an_empty_list_has_one_page_and_a_refused_page_can_be_asked_for_again() {
        let (fake, client) = Fake::answering([]);
        fake.then(http::Response::builder().status(StatusCode::BAD_GATEWAY).body("".into()).unwrap());
        fake.then(http::Response::new(r#"{"data":[]}"#.into()));
        let mut pages = things(&client);
        assert!(pages.next_page().await.unwrap_err().is_transient());
        assert_eq!(pages.next_page().await.unwrap(), Some(vec![]));
        assert_eq!(pages.next_page().await.unwrap(), None);
    }

    proptest! {
        #[test]
        fn no_link_brings_a_token_along(junk in "[a-z]{1,9}\\.test/[a-z]{0,5}\\?\\PC{0,40}", after in "[A-Za-z0-9]{1,20}") {
            let link = format!("https://{junk}&access_token=T&appsecret_proof=P&after={after}#access_token=F");
            let client = Client::new("EAAtoken").base_url("http://graph.test").unwrap();
            let paging = Paging { next: Some(link), cursors: Some(Cursors { after: Some(after.clone()) }) };
            let next = following(&Call::get(&[&"me", &"things"]), &paging).unwrap();
            let uri = next.request(&client.settings).unwrap().into_parts().0.uri;
            prop_assert_eq!((uri.host(), uri.path()), (Some("graph.test"), "/v25.0/me/things"));
            let query: Vec<_> = form_urlencoded::parse(uri.query().unwrap_or("").as_bytes()).into_owned().collect();
            prop_assert!(query.iter().all(|(name, _)| !OURS.contains(&name.as_str())));
            // A fragment in the junk cuts the query short, as it would for anybody who follows the link.
            prop_assert!(junk.contains('#') || query.contains(&("after".to_owned(), after)));
        }
    }
}
