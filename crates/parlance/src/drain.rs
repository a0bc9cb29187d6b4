//! The listener and its connections, and how they end: no request that reached us is left without its answer.
//!
//! ```text
//! serving ──told──▶ draining ──all connections ended, or the limit──▶ done
//! ```
//!
//! While draining nothing new is accepted, and every answer closes its connection. A connection without a request gets a
//! moment more, since its client may be sending one right now; one on which a request has begun is waited for.

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request};
use engine::settings::Settings;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a connection without a request stays open after the drain began.
const LINGER: Duration = Duration::from_millis(500);
/// How long to wait before accepting again when the process has no file left for a connection.
const NO_FILES: Duration = Duration::from_millis(100);

/// How long connections have to end, once the drain began: as long as a request may take, and what surrounds it.
pub fn limit(settings: &Settings) -> Duration {
    settings.longest_request() + 2 * LINGER
}

/// Answers requests until `draining`, then ends as this module says; what has not ended after `limit` is cut off.
pub async fn serve(listener: TcpListener, router: Router, draining: CancellationToken, limit: Duration) {
    let mut connections = JoinSet::new();
    let begin = |connections: &mut JoinSet<()>, stream| {
        connections.spawn(connection(stream, router.clone(), draining.clone()));
    };
    loop {
        tokio::select! {
            () = draining.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => begin(&mut connections, stream),
                Err(error) => refused(&error).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    // Who stands in the system's queue was told that we listen.
    match queued(listener) {
        Ok(streams) => streams.into_iter().for_each(|stream| begin(&mut connections, stream)),
        Err(error) => tracing::warn!(%error, "connections that were about to be accepted are lost"),
    }
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(limit, ended).await.is_err() {
        tracing::warn!(connections = connections.len(), "connections were cut off by the shutdown");
        connections.shutdown().await;
    }
}

/// A client that is gone before it was accepted is nothing; without files for more connections some must end first.
async fn refused(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "no connection can be accepted");
        tokio::time::sleep(NO_FILES).await; // sleep: nothing tells when a file is free again
    }
}

/// Every connection that waits to be accepted; the listener is closed then.
fn queued(listener: TcpListener) -> io::Result<Vec<TcpStream>> {
    let listener = listener.into_std()?;
    let mut streams = Vec::new();
    while let Ok((stream, _)) = listener.accept() {
        stream.set_nonblocking(true)?;
        streams.push(TcpStream::from_std(stream)?);
    }
    Ok(streams)
}

async fn connection(stream: TcpStream, router: Router, draining: CancellationToken) {
    // Answers and events of streams leave at once; where that cannot be had they are merely late.
    let _ = stream.set_nodelay(true);
    let peer = stream.peer_addr().ok();
    let begun = Arc::new(AtomicBool::new(false));
    let io = TokioIo::new(Watched { stream, begun: Arc::clone(&begun) });
    let service = service_fn(|request: Request<Incoming>| {
        begun.store(false, Ordering::SeqCst);
        let mut request = request.map(Body::new);
        if let Some(peer) = peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let answered = router.clone().oneshot(request);
        let (begun, draining) = (&begun, &draining);
        async move {
            let mut response = answered.await?;
            begun.store(false, Ordering::SeqCst);
            if draining.is_cancelled() {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let mut serving = pin!(http1::Builder::new().serve_connection(io, service));
    tokio::select! {
        // What was sent before the drain began is read first.
        biased;
        _ = &mut serving => return,
        () = draining.cancelled() => {}
    }
    if tokio::time::timeout(LINGER, &mut serving).await.is_ok() {
        return;
    }
    if !begun.load(Ordering::SeqCst) {
        // Closes at once when it is idle, else behind the answer that is under way.
        serving.as_mut().graceful_shutdown();
    }
    // How it ends is the client's affair.
    let _ = serving.await;
}

/// A connection that notes when bytes of a request came which no handler has yet.
struct Watched {
    stream: TcpStream,
    begun: Arc<AtomicBool>,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.begun.store(true, Ordering::SeqCst);
        }
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
