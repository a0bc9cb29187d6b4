//! Fetching a file for a message (contract send 1.5): each hop of a redirect is checked like the first address, and no more
//! is read than may be kept.

use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use engine::media::{Fetch, FetchError};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, LOCATION, USER_AGENT};
use reqwest::{Response, StatusCode};
use url::Url;

use super::{Outbound, reason};

/// Redirects that are followed for one file.
const REDIRECTS: usize = 3;
/// `User-Agent` of requests for files, as Meta's own fetcher calls itself.
const FETCHER: &str = "facebookexternalhit/1.1";

#[async_trait]
impl Fetch for Outbound {
    async fn get(&self, url: &str, max_bytes: usize, time: Duration) -> Result<Bytes, FetchError> {
        tokio::time::timeout(time, self.follow(url, max_bytes)).await.unwrap_or(Err(FetchError::Slow))
    }
}

impl Outbound {
    async fn follow(&self, url: &str, max_bytes: usize) -> Result<Bytes, FetchError> {
        let mut url = self.file_at(url)?;
        for _ in 0..=REDIRECTS {
            let request = self.client.get(url.clone()).header(USER_AGENT, FETCHER);
            let response = request.header(ACCEPT_ENCODING, "identity").send().await.map_err(failed)?;
            match response.status() {
                StatusCode::OK => return whole(response, max_bytes).await,
                status if status.is_redirection() => url = self.file_at(target(&url, response.headers())?.as_str())?,
                status => return Err(FetchError::Failed(format!("HTTP status {}", status.as_u16()))),
            }
        }
        Err(FetchError::Failed(format!("more than {REDIRECTS} redirects")))
    }

    fn file_at(&self, url: &str) -> Result<Url, FetchError> {
        self.admitted(url, self.files_https_only).map_err(FetchError::Refused)
    }
}

fn target(from: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let location = headers.get(LOCATION).and_then(|location| location.to_str().ok());
    let target = location.and_then(|location| from.join(location).ok());
    target.ok_or_else(|| FetchError::Failed("a redirect leads nowhere".into()))
}

/// The whole body, if it is as long as it claims to be and not longer than it may be.
async fn whole(mut response: Response, max_bytes: usize) -> Result<Bytes, FetchError> {
    // Nothing else was asked for, and unpacking would make little bytes large.
    if response.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(FetchError::Failed("the answer is encoded".into()));
    }
    let claimed = response.content_length().unwrap_or_default();
    if claimed > u64::try_from(max_bytes).unwrap_or(u64::MAX) {
        return Err(FetchError::TooLarge);
    }
    let mut bytes = BytesMut::with_capacity(usize::try_from(claimed).unwrap_or_default());
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if chunk.len() > max_bytes - bytes.len() {
            return Err(FetchError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err wants")]
fn failed(error: reqwest::Error) -> FetchError {
    let reason = reason(&error);
    if super::is_refused(&error) { FetchError::Refused(reason) } else { FetchError::Failed(reason) }
}

#[cfg(test)]
mod tests;
