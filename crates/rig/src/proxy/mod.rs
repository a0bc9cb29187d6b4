//! A TCP proxy that delays, hangs or cuts what passes, for tests of what a bad network does.

mod pipe;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::free;

/// Connections at a time; more wait in the system's queue.
const CONNECTIONS: usize = 1024;

/// How often a free port may turn out to be taken.
const PORTS: usize = 20;

/// What happens to bytes on their way.
#[derive(Debug, Clone, Copy, Default)]
struct Weather {
    /// Time that each byte spends on its way, in each direction.
    delay: Duration,
    /// Nothing arrives, and nobody is told.
    hung: bool,
}

/// A proxy on a port of 127.0.0.1 that leads to one address. It starts out as a good network. Dropping it closes all.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    target: SocketAddr,
    weather: watch::Sender<Weather>,
    door: Mutex<Option<Door>>,
}

impl Proxy {
    /// Starts one in front of `target`, which need not listen yet.
    ///
    /// # Errors
    /// When no port is to be had.
    pub async fn start(target: SocketAddr) -> io::Result<Self> {
        let weather = watch::Sender::new(Weather::default());
        let mut tries = 1..=PORTS;
        let (address, listener) = loop {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free::port()));
            match TcpListener::bind(address).await {
                Ok(listener) => break (address, listener),
                Err(_) if tries.next().is_some() => {}
                Err(error) => return Err(error),
            }
        };
        let door = Mutex::new(Some(Door::open(listener, target, &weather)));
        Ok(Self { address, target, weather, door })
    }

    /// Where it listens; it stays the same.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on bytes arrive this much later, in each direction. As many as before may be on their way at a time, up
    /// to 1 MiB for each direction of a connection.
    pub fn delay(&self, delay: Duration) {
        self.weather.send_modify(|weather| weather.delay = delay);
    }

    /// Closes all connections and refuses new ones, like a machine whose program is gone. Returns when it is so.
    pub async fn cut(&self) {
        if let Some(door) = self.door.lock().await.take() {
            door.close().await;
        }
    }

    /// Stops all bytes, like a network of which a cable was pulled: connections stay and new ones are accepted, but nothing
    /// arrives, and neither end learns that the other one has closed. What is under way is kept until [`Proxy::heal`].
    ///
    /// # Errors
    /// When it was cut and its port has been taken meanwhile.
    pub async fn hang(&self) -> io::Result<()> {
        self.weather.send_modify(|weather| weather.hung = true);
        self.open().await
    }

    /// Ends what [`Proxy::cut`] and [`Proxy::hang`] began. The delay stays.
    ///
    /// # Errors
    /// When it was cut and its port has been taken meanwhile.
    pub async fn heal(&self) -> io::Result<()> {
        self.open().await?;
        self.weather.send_modify(|weather| weather.hung = false);
        Ok(())
    }

    async fn open(&self) -> io::Result<()> {
        let mut door = self.door.lock().await;
        if door.is_none() {
            let listener = TcpListener::bind(self.address).await?;
            *door = Some(Door::open(listener, self.target, &self.weather));
        }
        Ok(())
    }
}

/// The task that accepts connections and owns them.
#[derive(Debug)]
struct Door {
    closing: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Door {
    fn open(listener: TcpListener, target: SocketAddr, weather: &watch::Sender<Weather>) -> Self {
        let (closing, closed) = oneshot::channel();
        let task = tokio::spawn(serve(listener, target, weather.subscribe(), closed));
        Self { closing: Some(closing), task }
    }

    async fn close(mut self) {
        drop(self.closing.take());
        // Only a panic of the task could be told here, and it has shown itself.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Accepts until `closed`, then ends every connection.
async fn serve(
    listener: TcpListener,
    target: SocketAddr,
    weather: watch::Receiver<Weather>,
    mut closed: oneshot::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut closed => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept(), if connections.len() < CONNECTIONS => {
                // A client that went away before it was accepted needs nothing.
                if let Ok((client, _)) = accepted {
                    connections.spawn(connect(client, target, weather.clone()));
                }
            }
        }
    }
    drop(listener);
    connections.shutdown().await;
}

/// Carries one connection; whatever fails ends it, as it would without a proxy.
async fn connect(client: TcpStream, target: SocketAddr, mut weather: watch::Receiver<Weather>) -> io::Result<()> {
    pipe::calm(&mut weather).await?;
    let server = TcpStream::connect(target).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let there = pipe::carry(from_client, to_server, weather.clone());
    let back = pipe::carry(from_server, to_client, weather);
    tokio::try_join!(there, back)?;
    Ok(())
}
