//! One direction of one connection.

use std::io;
use std::pin::Pin;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, watch};
use tokio::time::{self, Sleep};

use super::Weather;

/// Bytes read at a time.
const CHUNK: usize = 16 * 1024;

/// Chunks on their way at a time; when they are all used, the sender is not read from, as TCP would do.
const CHUNKS: usize = 64;

/// Bytes and the time until they are due, which runs from when they were read.
type Parcel = (Pin<Box<Sleep>>, Vec<u8>);

/// Carries bytes until the sender closes its direction, and then closes it towards the receiver.
pub async fn carry(from: OwnedReadHalf, to: OwnedWriteHalf, weather: watch::Receiver<Weather>) -> io::Result<()> {
    let (sender, receiver) = mpsc::channel(CHUNKS);
    tokio::try_join!(take(from, sender, weather.clone()), give(to, receiver, weather))?;
    Ok(())
}

async fn take(
    mut from: OwnedReadHalf,
    parcels: mpsc::Sender<Parcel>,
    mut weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let length = match from.read(&mut buffer).await {
            Ok(length) => length,
            Err(error) => {
                // To fail ends both directions, which must not be seen through a network that hangs.
                calm(&mut weather).await?;
                return Err(error);
            }
        };
        let delay = weather.borrow().delay;
        let due = Box::pin(time::sleep(delay)); // sleep: this is the delay that the test asked for
        // An end of the stream travels like bytes, as an empty parcel.
        let sent = parcels.send((due, buffer[..length].to_vec())).await;
        if length == 0 || sent.is_err() {
            return Ok(());
        }
    }
}

async fn give(
    mut to: OwnedWriteHalf,
    mut parcels: mpsc::Receiver<Parcel>,
    mut weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    while let Some((due, bytes)) = parcels.recv().await {
        due.await;
        calm(&mut weather).await?;
        if bytes.is_empty() {
            return to.shutdown().await;
        }
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            calm(&mut weather).await?;
            tokio::select! {
                written = to.write(rest) => rest = &rest[written?..],
                // The receiver may be slow and the network hang before it takes the rest.
                _ = weather.changed() => {}
            }
        }
    }
    Ok(())
}

/// Waits until the network does not hang. An error means that the proxy is gone.
pub async fn calm(weather: &mut watch::Receiver<Weather>) -> io::Result<()> {
    let calm = weather.wait_for(|weather| !weather.hung).await;
    calm.map(drop).map_err(|_| io::ErrorKind::BrokenPipe.into())
}
