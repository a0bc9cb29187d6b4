//! The client: whose token, which host, by what transport.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use http::{Request, Response};
use secrecy::SecretString;
use tower::{
    Service,
    util::{BoxCloneSyncService, MapErr},
};
use url::Url;
use wire::version::ApiVersion;

use crate::transport::{BoxError, Http, Transport};
use crate::{Error, Host, Usage};

/// The version that is asked for unless [`Client::version`] says otherwise.
const VERSION: ApiVersion = ApiVersion { major: 25, minor: 0 };

/// A typed client for the API. Cloning is cheap, and clones share the transport and [`Client::last_usage`].
///
/// Built by chaining: each method takes the client and gives it back changed.
#[derive(Clone)]
pub struct Client {
    pub(crate) settings: Arc<Settings>,
}

/// What a client was built with.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) token: SecretString,
    pub(crate) app_secret: Option<SecretString>,
    pub(crate) host: Host,
    /// Without a slash at the end; `None` for the host's own.
    pub(crate) base: Option<String>,
    pub(crate) version: ApiVersion,
    /// The node that calls are about.
    pub(crate) node: String,
    pub(crate) transport: Transport,
    pub(crate) usage: Arc<Mutex<Option<Usage>>>,
}

impl Client {
    /// A client that speaks HTTPS to the host the token belongs to by its looks ([`Host::of_token`]), version v25.0.
    pub fn new(token: impl Into<String>) -> Self {
        let token = token.into();
        Self {
            settings: Arc::new(Settings {
                host: Host::of_token(&token),
                token: token.into(),
                app_secret: None,
                base: None,
                version: VERSION,
                node: "me".to_owned(),
                transport: BoxCloneSyncService::new(Http::new()),
                usage: Arc::default(),
            }),
        }
    }

    /// A client with an app token, `{app id}|{app secret}`, for what concerns the app itself (contract graph 1.5).
    pub fn for_app(app_id: impl fmt::Display, app_secret: &str) -> Self {
        Self::new(format!("{app_id}|{app_secret}")).host(Host::Facebook)
    }

    /// Chooses the surface, and with it Meta's host unless there is a [`Client::base_url`].
    pub fn host(self, host: Host) -> Self {
        self.with(|settings| settings.host = host)
    }

    /// Speaks to another server than Meta's, for example `http://127.0.0.1:8700`; a path becomes a prefix of all calls.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a text that is no HTTP or HTTPS address, or one with a user, a query or a fragment.
    pub fn base_url(self, url: &str) -> Result<Self, Error> {
        let invalid = |why: &str| Error::Invalid(format!("base url {why}"));
        let url: Url = url.parse().map_err(|_| invalid("is not a url"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(invalid("must begin with http:// or https://"));
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("must have no user, query or fragment"));
        }
        Ok(self.with(|settings| settings.base = Some(url.as_str().trim_end_matches('/').to_owned())))
    }

    /// The version in front of every path, written `v25.0` (contract graph 1.1).
    ///
    /// # Errors
    /// [`Error::Invalid`] for any other spelling.
    pub fn version(self, version: &str) -> Result<Self, Error> {
        let version =
            version.parse().map_err(|error: wire::version::VersionError| Error::Invalid(error.to_string()))?;
        Ok(self.with(|settings| settings.version = version))
    }

    /// Proves with each call that the caller knows the app's secret: adds `appsecret_proof` (contract graph 1.5).
    pub fn app_secret(self, secret: impl Into<String>) -> Self {
        let secret: SecretString = secret.into().into();
        self.with(|settings| settings.app_secret = Some(secret))
    }

    /// The id of the Page or account that calls are about, instead of `me`; for tokens that serve several.
    pub fn node(self, id: impl fmt::Display) -> Self {
        self.with(|settings| settings.node = id.to_string())
    }

    /// Sends calls through another service, for example [`InProcess`](crate::transport::InProcess).
    pub fn transport<S>(self, service: S) -> Self
    where
        S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError> + 'static,
    {
        let service = BoxCloneSyncService::new(MapErr::new(service, Into::<BoxError>::into));
        self.with(|settings| settings.transport = service)
    }

    /// How much of the rate limits is used, as told by the newest answer that told it (contract graph 5.4).
    pub fn last_usage(&self) -> Option<Usage> {
        self.settings.usage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }
}

impl Settings {
    /// Where calls go, without a slash at the end.
    pub(crate) fn base(&self) -> &str {
        self.base.as_deref().unwrap_or(self.host.base_url())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("host", &self.settings.host)
            .field("base_url", &self.settings.base())
            .field("version", &format_args!("{}", self.settings.version))
            .field("node", &self.settings.node)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_neither_token_nor_secret() {
        let shown = format!("{:?}", Client::new("EAAtoken").app_secret("verysecret"));
        assert!(shown.contains("graph.facebook.com") && shown.contains("v25.0"), "{shown}");
        assert!(!shown.contains("EAAtoken") && !shown.contains("verysecret"), "{shown}");
    }

    fn is_send<T: Send>(_: T) {}

    /// Calls are made by tasks, which move between threads.
    #[expect(dead_code, reason = "compiling it is the test")]
    fn every_call_can_be_spawned(client: &Client) {
        is_send(client.me());
        is_send(client.page("1"));
        is_send(client.profile("1"));
        is_send(client.conversation("1"));
        is_send(client.message("1"));
        is_send(client.subscribe_account(&[]));
        is_send(client.subscribe_app("1", "", "", &[]));
        is_send(client.unsubscribe_app("1"));
        is_send(client.mark_seen("1"));
        is_send(client.send_text("1", ""));
    }

    #[test]
    fn the_host_follows_the_token_until_it_is_chosen() {
        assert_eq!(Client::new("IGAAx").settings.base(), "https://graph.instagram.com");
        assert_eq!(Client::new("EAAx").settings.base(), "https://graph.facebook.com");
        assert_eq!(Client::new("EAAx").host(Host::Instagram).settings.base(), "https://graph.instagram.com");
        let local = Client::new("EAAx").base_url("http://127.0.0.1:8700/graph/").unwrap().host(Host::Instagram);
        assert_eq!(local.settings.base(), "http://127.0.0.1:8700/graph");
    }

    #[test]
    fn addresses_and_versions_that_make_no_sense_are_refused() {
        for url in ["", "127.0.0.1:8700", "ftp://a.test", "http://u:p@a.test", "http://a.test/?x=1", "http://a.test/#x"]
        {
            assert!(matches!(Client::new("t").base_url(url), Err(Error::Invalid(_))), "{url}");
        }
        for version in ["", "25", "25.0", "latest"] {
            assert!(matches!(Client::new("t").version(version), Err(Error::Invalid(_))), "{version}");
        }
        assert!(Client::new("t").version("v21.0").is_ok());
    }
}
