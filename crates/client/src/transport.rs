//! How calls reach a server: over HTTP, or straight into a service of the same process.

use std::{
    error::Error as StdError,
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use tower::{Service, ServiceExt, util::BoxCloneSyncService};

/// Any error of a transport.
pub type BoxError = Box<dyn StdError + Send + Sync>;
/// A transport with its type forgotten: a service from requests to whole answers.
pub type Transport = BoxCloneSyncService<Request<Bytes>, Response<Bytes>, BoxError>;

type Answering = Pin<Box<dyn Future<Output = Result<Response<Bytes>, BoxError>> + Send>>;

/// The longest answer that is read, in bytes; a longer one is an error.
pub const MAX_ANSWER: usize = 16 * 1024 * 1024;
/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a call may take until its answer is read.
const WHOLE: Duration = Duration::from_secs(30);

/// Speaks HTTP and HTTPS. Follows no redirect and no proxy setting of the machine, since both would show the token to
/// a third party.
///
/// Connecting may take 10 seconds and a whole call 30. For other wishes make one [`From`] a `reqwest::Client`.
#[derive(Debug, Clone, Default)]
pub struct Http {
    client: Arc<OnceLock<Result<reqwest::Client, String>>>,
}

impl Http {
    /// A transport that makes its connection pool on the first call.
    pub fn new() -> Self {
        Self::default()
    }
}

impl From<reqwest::Client> for Http {
    fn from(client: reqwest::Client) -> Self {
        Self { client: Arc::new(OnceLock::from(Ok(client))) }
    }
}

impl Service<Request<Bytes>> for Http {
    type Response = Response<Bytes>;
    type Error = BoxError;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Answering {
        let client = self.client.get_or_init(build).clone();
        Box::pin(async move {
            // Addresses are cut out of errors, because a proof or an inspected token may stand in the query.
            let request = request.try_into().map_err(reqwest::Error::without_url)?;
            let response = client?.execute(request).await.map_err(reqwest::Error::without_url)?;
            whole(Response::from(response)).await
        })
    }
}

fn build() -> Result<reqwest::Client, String> {
    // An error here only says that the program has chosen a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = || {
        reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("parlance-client/", env!("CARGO_PKG_VERSION")))
    };
    // A machine without root certificates can still speak plain HTTP to a server on loopback; with none trusted, every
    // HTTPS host is refused.
    builder().build().or_else(|_| builder().tls_certs_only([]).build()).map_err(|error| error.to_string())
}

/// Calls a service of the same process, such as an axum router, without a socket.
#[derive(Debug, Clone)]
pub struct InProcess<S>(
    /// The service.
    pub S,
);

impl<S, B> Service<Request<Bytes>> for InProcess<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: BodyExt<Data = Bytes> + Send,
    B::Error: Into<BoxError>,
{
    type Response = Response<Bytes>;
    type Error = BoxError;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Answering {
        let service = self.0.clone();
        Box::pin(async move { whole(service.oneshot(request.map(Full::new)).await.map_err(Into::into)?).await })
    }
}

/// Reads an answer to its end, up to [`MAX_ANSWER`].
async fn whole<B>(response: Response<B>) -> Result<Response<Bytes>, BoxError>
where
    B: BodyExt<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    let (head, body) = response.into_parts();
    let body = Limited::new(body, MAX_ANSWER).collect().await?.to_bytes();
    Ok(Response::from_parts(head, body))
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        io::{Read, Write},
    };

    use super::*;

    #[tokio::test]
    async fn a_service_in_process_is_called_with_the_whole_request() {
        let router = tower::service_fn(async |request: Request<Full<Bytes>>| {
            let path = request.uri().path().to_owned();
            let body = request.into_body().collect().await?.to_bytes();
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(format!("{path} {body:?}")))))
        });
        let request = Request::post("http://in.process/v25.0/me").body(Bytes::from_static(b"hi")).unwrap();
        let answer = InProcess(router).oneshot(request).await.unwrap();
        assert_eq!(answer.into_body(), Bytes::from_static(b"/v25.0/me b\"hi\""));
    }

    #[tokio::test]
    async fn an_answer_without_end_is_refused() {
        let long = Bytes::from(vec![b'x'; MAX_ANSWER + 1]);
        assert!(whole(Response::new(Full::new(long))).await.is_err());
        let fits = Bytes::from(vec![b'x'; MAX_ANSWER]);
        assert_eq!(whole(Response::new(Full::new(fits))).await.unwrap().into_body().len(), MAX_ANSWER);
    }

    #[tokio::test]
    async fn an_error_of_the_network_does_not_show_the_query() {
        // Port 0 takes no connection on any machine.
        let request = Request::get("http://127.0.0.1:0/debug_token?input_token=EAAhidden").body(Bytes::new()).unwrap();
        let error = Http::new().oneshot(request).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("EAAhidden"), "{error:?}");
    }

    #[tokio::test]
    async fn http_reads_the_whole_answer_and_follows_no_redirect() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            let mut asked = [0; 1_024];
            let length = socket.read(&mut asked).unwrap();
            let head = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 5\r\nconnection: close\r\n\r\n";
            socket.write_all(format!("{head}moved").as_bytes()).unwrap();
            String::from_utf8_lossy(&asked[..length]).into_owned()
        });
        let request = Request::get(format!("http://{address}/v25.0/me")).header("authorization", "Bearer t");
        let answer = Http::new().oneshot(request.body(Bytes::new()).unwrap()).await.unwrap();
        assert_eq!((answer.status().as_u16(), &answer.body()[..]), (302, &b"moved"[..]));
        let asked = server.join().unwrap();
        assert!(
            asked.starts_with("GET /v25.0/me HTTP/1.1\r\n") && asked.contains("authorization: Bearer t"),
            "{asked}"
        );
    }
}
