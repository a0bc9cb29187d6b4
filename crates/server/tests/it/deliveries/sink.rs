//! A receiver of any temper, down to the socket: it can answer, refuse, hang, dawdle, or cut the connection.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What it does with the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Answers 200.
    Well,
    /// Answers with this status.
    Status(u16),
    /// Never answers.
    Hang,
    /// Answers 200 after so many milliseconds.
    Slow(u64),
    /// Cuts the connection.
    Reset,
    /// Refuses what contains this, and takes all else.
    Refuse(&'static str),
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Request line and headers, in lower case.
    pub head: String,
    /// The exact bytes.
    pub body: String,
    /// Whether it was answered with 200.
    pub taken: bool,
}

struct Inner {
    mood: Mutex<Mood>,
    /// The body of its 200.
    answer: Mutex<String>,
    seen: Mutex<Vec<Seen>>,
}

/// A receiver on a free port; it stops when dropped.
pub struct Sink {
    url: String,
    inner: Arc<Inner>,
    task: JoinHandle<()>,
}

impl Sink {
    /// One that is well.
    pub async fn start() -> Self {
        let inner = Arc::new(Inner { mood: Mutex::new(Mood::Well), answer: Mutex::default(), seen: Mutex::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let serving = Arc::clone(&inner);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let Ok((stream, _)) = listener.accept().await else { return };
                let inner = Arc::clone(&serving);
                connections.spawn(async move { while let Some(()) = serve(&stream, &inner).await {} });
                while connections.try_join_next().is_some() {}
            }
        });
        Self { url, inner, task }
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on it is of this temper.
    pub fn is(&self, mood: Mood) {
        *self.inner.mood.lock() = mood;
    }

    /// From now on its 200 has this body.
    pub fn answers(&self, body: &str) {
        *self.inner.answer.lock() = body.to_owned();
    }

    /// Everything that came since the last call, in order.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.inner.seen.lock())
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One request and its answer; `None` when the connection is over.
async fn serve(stream: &TcpStream, inner: &Inner) -> Option<()> {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        stream.readable().await.ok()?;
        let mut chunk = [0; 16_384];
        match stream.try_read(&mut chunk) {
            Ok(0) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(_) => return None,
        }
        if let Some(whole) = split(&bytes) {
            break whole;
        }
    };
    let mood = *inner.mood.lock();
    let status = match mood {
        Mood::Well | Mood::Slow(_) => 200,
        Mood::Status(status) => status,
        Mood::Refuse(text) if body.contains(text) => 500,
        Mood::Refuse(_) => 200,
        Mood::Hang | Mood::Reset => 0,
    };
    if let Mood::Slow(millis) = mood {
        tokio::time::sleep(Duration::from_millis(millis)).await; // sleep: it is the receiver that takes its time
    }
    inner.seen.lock().push(Seen { head, body, taken: status == 200 });
    match mood {
        Mood::Hang => std::future::pending().await,
        Mood::Reset => None,
        _ => {
            let body = inner.answer.lock().clone();
            answer(stream, status, &body).await
        }
    }
}

async fn answer(stream: &TcpStream, status: u16, body: &str) -> Option<()> {
    let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let mut rest = answer.as_bytes();
    while !rest.is_empty() {
        stream.writable().await.ok()?;
        match stream.try_write(rest) {
            Ok(count) => rest = &rest[count..],
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
    }
    Some(())
}

/// Head and body, when all of it is there.
fn split(bytes: &[u8]) -> Option<(String, String)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length: usize = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.trim().parse().ok()?;
    let body = bytes.get(end + 4..end + 4 + length)?;
    Some((head, String::from_utf8_lossy(body).into_owned()))
}
