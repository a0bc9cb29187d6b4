//! What the caller sent, merged into one set of parameters wherever it stood (contract graph 1.4, 1.5, clients 1 to 7).

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, header};
use bytes::Bytes;
use engine::media::Filedata;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::param::Params;

use crate::state::Server;

/// The part of a multipart body that is a file to be sent or uploaded (contract send 0.2).
const FILEDATA: &str = "filedata";

/// What a call does to its node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Reads.
    Get,
    /// Creates or updates.
    Post,
    /// Removes.
    Delete,
}

impl Verb {
    /// As error texts name it.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::Post => "post",
            Verb::Delete => "delete",
        }
    }

    fn of(text: &str) -> Option<Self> {
        [("GET", Verb::Get), ("HEAD", Verb::Get), ("POST", Verb::Post), ("PUT", Verb::Post), ("DELETE", Verb::Delete)]
            .into_iter()
            .find_map(|(name, verb)| name.eq_ignore_ascii_case(text).then_some(verb))
    }
}

/// Where the caller thinks this server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Scheme, host and port, without a slash at the end: what absolute links begin with.
    pub base: String,
    /// Set when the host is one of Meta's names, which decides the dialect.
    pub dialect: Option<Dialect>,
}

/// A request with everything merged: what an endpoint, and an item of a batch, start from.
pub struct Incoming {
    /// What it does, after `method=` had its say.
    pub verb: Verb,
    /// The path as asked.
    pub path: String,
    /// Every parameter, `access_token` and proofs taken out. A file is there by its name.
    pub params: Params,
    /// The file that came along.
    pub filedata: Option<Filedata>,
    /// The token, from a parameter or else from the header.
    pub token: Option<String>,
    /// Whether the token came in the `Authorization` header.
    pub token_in_header: bool,
    /// `appsecret_proof`.
    pub proof: Option<String>,
    /// `appsecret_time`.
    pub proof_time: Option<i64>,
    /// The header `Idempotency-Key`, as it came.
    pub idempotency_key: Option<String>,
    /// Where the caller thinks this server is.
    pub origin: Origin,
}

/// What the outward form of the answer depends on, known before the request is read.
#[derive(Debug, Default)]
pub struct Wants {
    /// `If-None-Match`.
    pub etag: Option<String>,
    /// A body is not wanted.
    pub head: bool,
    /// The request came over https, as far as a proxy tells.
    pub https: bool,
}

/// Reads [`Wants`] off a request.
pub fn wants(request: &Request<Body>) -> Wants {
    Wants {
        etag: text(request.headers(), header::IF_NONE_MATCH.as_str()),
        head: request.method() == Method::HEAD,
        https: text(request.headers(), "x-forwarded-proto").is_some_and(|proto| proto.starts_with("https")),
    }
}

impl Incoming {
    /// Reads a whole HTTP request.
    ///
    /// # Errors
    /// A body over the limit or malformed, or a method that is none of Graph's; the origin is given back with it, so that
    /// the error can be told in the right dialect.
    pub async fn read(server: &Server, request: Request<Body>) -> Result<Self, (Origin, GraphError)> {
        let (parts, body) = request.into_parts();
        let origin = origin(server, &parts.headers, parts.uri.authority().map(|a| a.as_str()));
        let body = match read_body(server, &parts.headers, body).await {
            Ok(body) => body,
            Err(error) => return Err((origin, error)),
        };
        let mut params = Params::new();
        params.pairs(pairs(parts.uri.query().unwrap_or_default().as_bytes()));
        let filedata = match merge_body(&mut params, &parts.headers, body).await {
            Ok(filedata) => filedata,
            Err(error) => return Err((origin, error)),
        };
        let bearer = text(&parts.headers, header::AUTHORIZATION.as_str()).and_then(|value| bearer(&value));
        Self::merged(parts.method.as_str(), parts.uri.path().to_owned(), params, bearer, origin.clone())
            .map(|merged| Self { filedata, idempotency_key: idempotency_key(&parts.headers), ..merged })
            .map_err(|error| (origin, error))
    }

    /// Takes method override, token and proofs out of merged parameters. A parameter goes before the header.
    ///
    /// # Errors
    /// A method that is none of Graph's, or an ill-typed parameter among those taken out.
    pub fn merged(
        method: &str,
        path: String,
        mut params: Params,
        header_token: Option<String>,
        origin: Origin,
    ) -> Result<Self, GraphError> {
        params.check_texts()?;
        let asked = params.text("method")?.unwrap_or_else(|| method.to_owned());
        let verb = Verb::of(&asked).ok_or_else(|| GraphError::new(&error::METHOD).with(asked.to_lowercase()))?;
        let token = params.text("access_token")?.filter(|token| !token.is_empty());
        let (proof, proof_time) = (params.text("appsecret_proof")?, params.number("appsecret_time")?);
        for taken in ["method", "access_token", "appsecret_proof", "appsecret_time"] {
            params.remove(taken);
        }
        let token_in_header = token.is_none() && header_token.is_some();
        let token = token.or(header_token);
        Ok(Self {
            verb,
            path,
            params,
            filedata: None,
            token,
            token_in_header,
            proof,
            proof_time,
            idempotency_key: None,
            origin,
        })
    }
}

fn origin(server: &Server, headers: &HeaderMap, authority: Option<&str>) -> Origin {
    let host = text(headers, "x-forwarded-host")
        .or_else(|| text(headers, header::HOST.as_str()))
        .or_else(|| authority.map(str::to_owned))
        .unwrap_or_else(|| "localhost".into());
    let base = match &server.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => {
            let proto = text(headers, "x-forwarded-proto");
            let scheme = if proto.is_some_and(|proto| proto.starts_with("https")) { "https" } else { "http" };
            format!("{scheme}://{host}")
        }
    };
    Origin { base, dialect: Dialect::of_host(&host) }
}

/// Only a multipart body may be as large as a file; what makes it too large is its file.
async fn read_body(server: &Server, headers: &HeaderMap, body: Body) -> Result<Bytes, GraphError> {
    let settings = &server.world.settings;
    let (limit, too_large) = if is_multipart(&content_type(headers)) {
        (settings.upload_bytes, &error::ATTACHMENT_SIZE)
    } else {
        (settings.request_bytes, &error::TOO_LARGE)
    };
    match Limited::new(body, limit).collect().await {
        Ok(read) => Ok(read.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => Err(GraphError::new(too_large)),
        Err(_) => Err(GraphError::new(&error::PARAMETER_DETAIL).with("The request body could not be read")),
    }
}

/// A body without a content type is a form, unless it is plainly an object (contract clients 2).
async fn merge_body(params: &mut Params, headers: &HeaderMap, body: Bytes) -> Result<Option<Filedata>, GraphError> {
    if body.is_empty() {
        return Ok(None);
    }
    let content_type = content_type(headers);
    if is_multipart(&content_type) {
        return merge_multipart(params, &content_type, body).await;
    }
    let kind = content_type.to_ascii_lowercase();
    if kind.contains("json") {
        return params.json(&body).map(|()| None);
    }
    let bare_object =
        !kind.starts_with("application/x-www-form-urlencoded") && body.trim_ascii_start().starts_with(b"{");
    if bare_object {
        return params.json(&body).map(|()| None);
    }
    params.pairs(pairs(&body));
    Ok(None)
}

fn content_type(headers: &HeaderMap) -> String {
    text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default()
}

fn is_multipart(content_type: &str) -> bool {
    let name = "multipart/form-data";
    content_type.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Parts with a file name are files. Of `filedata` the bytes are kept; of any other only the name stays, so that an endpoint
/// can refuse it.
async fn merge_multipart(params: &mut Params, content_type: &str, body: Bytes) -> Result<Option<Filedata>, GraphError> {
    let broken = || GraphError::new(&error::PARAMETER_DETAIL).with("The multipart body is malformed");
    let boundary = multer::parse_boundary(content_type).map_err(|_| broken())?;
    let whole = futures_util::stream::once(async move { Ok::<_, std::io::Error>(body) });
    let mut parts = multer::Multipart::new(whole, boundary);
    let (mut fields, mut filedata) = (Vec::new(), None);
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        let file_name = part.file_name().map(str::to_owned);
        if name == FILEDATA {
            fields.push((name, file_name.clone().unwrap_or_else(|| FILEDATA.to_owned())));
            let content_type = part.content_type().map(ToString::to_string);
            let bytes = part.bytes().await.map_err(|_| broken())?;
            filedata = Some(Filedata { file_name, content_type, bytes });
            continue;
        }
        if let Some(file) = file_name {
            fields.push((name, file));
            continue;
        }
        let value = part.bytes().await.map_err(|_| broken())?;
        fields.push((name, String::from_utf8_lossy(&value).into_owned()));
    }
    params.pairs(fields.into_iter());
    Ok(filedata)
}

/// Pairs of a query string or form, decoded.
pub fn pairs(text: &[u8]) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.into_owned()))
}

/// A key that is no text is kept for the endpoint to refuse.
fn idempotency_key(headers: &HeaderMap) -> Option<String> {
    headers.get("idempotency-key").map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned())
}

fn bearer(value: &str) -> Option<String> {
    let (scheme, token) = value.trim().split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth")).then(|| token.trim().to_owned())
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
