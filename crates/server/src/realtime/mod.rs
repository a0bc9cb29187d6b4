//! Live streams: the event log as Server-Sent Events, resumable at any entry.
//!
//! A stream holds no queue of its own beyond one batch of entries: it reads the log from where its client was, and a
//! slow client reads later. It ends when the client leaves, when the store fails (the client resumes), or at shutdown.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{self, KeepAlive, Sse};
use engine::facts::Event;
use engine::store::Read;
use futures_util::future::try_join_all;
use futures_util::stream::{self, Stream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::state::Server;

/// Entries read from the log at once.
const BATCH: u32 = 100;
/// How often a silent stream shows that it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

struct Reader<F> {
    server: Server,
    after: u64,
    /// Entries that were read and not yet sent: number, and what is shown.
    batch: VecDeque<(u64, String)>,
    bell: watch::Receiver<u64>,
    closing: CancellationToken,
    show: F,
}

impl Server {
    /// The log behind entry `after` as a live stream; each event carries its number as `id` and what `show` makes of
    /// it.
    pub fn live<F, T>(self, after: u64, show: F) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>> + use<F, T>>
    where
        F: Fn(Server, Event) -> T + Send + 'static,
        T: Future<Output = Read<String>> + Send + 'static,
    {
        let (bell, closing) = (self.world.bus.log(), self.dispatcher.closing());
        let reader = Reader { server: self, after, batch: VecDeque::new(), bell, closing, show };
        Sse::new(stream::unfold(reader, step)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
    }
}

/// The next event with the reader behind it, or the end of the stream.
async fn step<F, T>(mut reader: Reader<F>) -> Option<(Result<sse::Event, Infallible>, Reader<F>)>
where
    F: Fn(Server, Event) -> T,
    T: Future<Output = Read<String>>,
{
    let (seq, data) = tokio::select! {
        () = reader.closing.clone().cancelled_owned() => None,
        entry = reader.entry() => entry.inspect_err(|error| tracing::warn!(%error, "live stream breaks off")).ok(),
    }?;
    Some((Ok(sse::Event::default().id(seq.to_string()).data(data)), reader))
}

impl<F, T> Reader<F>
where
    F: Fn(Server, Event) -> T,
    T: Future<Output = Read<String>>,
{
    /// The entry behind the last one, as soon as there is one: its number, and what is shown of it.
    async fn entry(&mut self) -> Read<(u64, String)> {
        loop {
            self.bell.borrow_and_update();
            if let Some(entry) = self.batch.pop_front() {
                return Ok(entry);
            }
            let events = self.server.world.store.events(self.after, BATCH).await?;
            let Some(last) = events.last().map(|event| event.seq) else {
                // The bell hangs in the world, which this reader holds.
                let _ = self.bell.changed().await;
                continue;
            };
            // Side by side, since each of them reads more, and a busy log must not wait for one after the other.
            let shown = events.into_iter().map(|event| {
                let (seq, text) = (event.seq, (self.show)(self.server.clone(), event));
                async move { Ok((seq, text.await?)) }
            });
            self.batch = try_join_all(shown).await?.into();
            self.after = last;
        }
    }
}
