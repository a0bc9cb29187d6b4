//! Files in and out: uploads, where they come from, ids of attachments, media URLs.

mod attachments;
mod sources;
mod sweep;
mod uploads;
mod urls;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use engine::auth::{self, Caller};
use engine::change::ChangeSet;
use engine::facts::MediaFile;
use engine::media::{self, Prepared, samples};
use engine::{Failure, Refusal, demo};
use serde_json::{Value, json};
use testkit::{Answer, Api, TestWorld};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use wire::send::attachment::{Attachment, MediaKind, Source};

const UPLOAD: &str = "/v25.0/me/message_attachments";
const WRONG_TYPE: (u16, i64, Option<i64>) = (400, 100, Some(2_018_047));
const NOT_FETCHED: (u16, i64, Option<i64>) = (400, 100, Some(2_018_008));
const TOO_LARGE: (u16, i64, Option<i64>) = (400, 100, Some(2_018_109));
const NO_VIDEO: (u16, i64, Option<i64>) = (400, 100, Some(2_018_294));

/// A web server with a file of each format, and places where there is none.
pub(crate) struct Files {
    base: String,
    task: JoinHandle<()>,
}

impl Files {
    pub(crate) async fn start() -> Self {
        let moved = |to: &'static str| async move { (StatusCode::FOUND, [("location", to)]) };
        let router = Router::new()
            .route("/{format}", get(sample))
            .route("/zeros/{bytes}", get(|Path(bytes): Path<usize>| async move { vec![0; bytes] }))
            .route(
                "/video-by-name-and-header.mp4",
                get(|| async { ([(CONTENT_TYPE, "video/mp4")], samples::png(1, 1)) }),
            )
            .route("/stalls", get(std::future::pending::<()>))
            .route("/moved", get(move || moved("/png")))
            .route("/round", get(move || moved("/round")))
            .route("/wide", get(|| async { samples::gif(1_000, 1_001) }))
            .route("/cut", get(|| async { samples::mp4(64, 48, 1_000)[..60].to_vec() }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, task }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The type that the header claims is always the same wrong one.
async fn sample(Path(format): Path<String>) -> Response<Body> {
    let found = samples::ALL.into_iter().find(|(name, _)| name.replace(' ', "-") == format);
    let (status, bytes) = found.map_or((404, b"no such file".to_vec()), |(_, sample)| (200, sample()));
    Response::builder().status(status).header(CONTENT_TYPE, "text/html").body(Body::from(bytes)).unwrap()
}

fn kind_of(format: &str) -> &'static str {
    match format {
        "png" | "jpeg" | "gif" | "ico" | "bmp" => "image",
        "aac" | "m4a" | "wav" | "mp4 audio" => "audio",
        "pdf" => "file",
        _ => "video",
    }
}

/// Uploads what lies at a URL, for Instagram.
pub(crate) async fn uploads(api: &Api, kind: &str, url: &str) -> Answer {
    let payload = json!({"url": url, "is_reusable": true});
    let body = json!({"platform": "instagram", "message": {"attachment": {"type": kind, "payload": payload}}});
    api.post(UPLOAD, &body).await
}

/// Uploads a file that comes along.
async fn uploads_file(api: &Api, kind: &str, name: &str, bytes: &[u8]) -> Answer {
    let message = json!({"attachment": {"type": kind, "payload": {"is_reusable": true}}});
    let fields = [("platform", "instagram".to_owned()), ("message", message.to_string())];
    api.send(multipart(api, UPLOAD, &fields, Some((name, bytes)))).await
}

pub(crate) fn multipart(
    api: &Api,
    path: &str,
    fields: &[(&str, String)],
    file: Option<(&str, &[u8])>,
) -> axum::http::Request<Body> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    if let Some((name, bytes)) = file {
        let head = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"filedata\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(b"--edge--\r\n");
    api.request("POST", path, "multipart/form-data; boundary=edge", Body::from(body))
}

fn id(answer: &Answer) -> String {
    let id = answer.ok()["attachment_id"].as_str().unwrap().to_owned();
    assert!((15..=16).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
    id
}

async fn caller(world: &TestWorld) -> Arc<Caller> {
    auth::caller(world.world(), demo::PAGE_TOKEN).await.unwrap()
}

fn by_id(kind: MediaKind, id: &str) -> Attachment {
    Attachment { kind, source: Source::AttachmentId(id.to_owned()), is_reusable: false }
}

fn by_url(kind: MediaKind, url: String) -> Attachment {
    Attachment { kind, source: Source::Url(url), is_reusable: false }
}

/// What a message with these files would get.
async fn prepares(world: &TestWorld, attachments: &[Attachment]) -> Result<Prepared, Refusal> {
    let caller = caller(world).await;
    let fetch = &world.server.outbound;
    let prepared = media::prepare(world.world(), fetch, &caller, demo::ACCOUNT, attachments, None).await;
    prepared.map_err(|failure| match failure {
        Failure::Refused(refusal) => refusal,
        Failure::Store(error) => unreachable!("{error}"),
    })
}

/// The same, and the message is written.
async fn sends(world: &TestWorld, attachments: &[Attachment]) -> Result<Vec<MediaFile>, Refusal> {
    let Prepared { files, changes, .. } = prepares(world, attachments).await?;
    world.world().commit(ChangeSet(changes)).await.unwrap();
    Ok(files)
}

/// A file of the demo account that is whole; answers its URL.
async fn kept(world: &TestWorld, files: &Files, format: &str, kind: MediaKind) -> (MediaFile, String) {
    let file = sends(world, &[by_url(kind, files.url(format))]).await.unwrap().remove(0);
    let url = media::url(world.world(), demo::ACCOUNT, file.asset);
    (file, url)
}

/// The path and query of a URL on this server.
fn path_of(url: &str) -> &str {
    url.strip_prefix("http://localhost").unwrap()
}

fn attachment(kind: &str, members: &Value) -> Value {
    let mut attachment = json!({ "type": kind });
    attachment.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    json!({"platform": "instagram", "message": {"attachment": attachment}})
}
