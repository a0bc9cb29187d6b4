//! Batches: several calls in one request (contract graph 3, clients 11).

mod json_path;
mod reference;
#[cfg(test)]
mod tests;

pub use json_path::json_path;
pub use reference::{Reference, references, substitute};

use crate::error::{BATCH_SIZE, GraphError, PARAMETER_DETAIL, PARAMETER_REQUIRED};
use crate::param::Params;
use serde_json::Value;

/// How many items a batch may hold (contract graph 3.1).
pub const MAX_ITEMS: usize = 50;

/// The names of the methods on the wire.
const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE"];

/// The method of a batch item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates and updates.
    Post,
    /// Creates and updates, as POST does.
    Put,
    /// Deletes.
    Delete,
}

impl Method {
    /// The name on the wire, in upper case.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// One call of a batch (contract graph 3.1). `Debug` shows what it asks for, and neither body nor token.
#[derive(Clone, PartialEq, Eq)]
pub struct BatchItem {
    /// The method; GET when the item names none.
    pub method: Method,
    /// Path and query, relative to the host, perhaps with a slash or version in front, and with references unresolved.
    pub relative_url: String,
    /// The form of a POST or PUT, with references unresolved.
    pub body: Option<String>,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The label by which other items refer to this one.
    pub name: Option<String>,
    /// The label of an item that must run first.
    pub depends_on: Option<String>,
    /// Whether to answer `null` when it succeeds; when absent, true for an item that others refer to.
    pub omit_response_on_success: Option<bool>,
    /// The names of multipart parts that belong to the call.
    pub attached_files: Vec<String>,
    /// The item's own token from the item itself, else its body, else its query; the batch's token is the fallback.
    pub access_token: Option<String>,
}

impl std::fmt::Debug for BatchItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.relative_url.split('?').next().unwrap_or_default();
        f.debug_struct("BatchItem")
            .field("method", &self.method)
            .field("path", &path)
            .field("name", &self.name)
            .field("depends_on", &self.depends_on)
            .finish_non_exhaustive()
    }
}

/// Reads the parameter `batch`: JSON text or an array; members of an item that are not known are ignored.
///
/// # Errors
/// [`PARAMETER_REQUIRED`] without the parameter or an item's `relative_url`, [`BATCH_SIZE`] above 50 items, and code 100
/// for members that are not what they should be.
pub fn parse(params: &Params) -> Result<Vec<BatchItem>, GraphError> {
    let items = params.array("batch")?.ok_or_else(|| GraphError::new(&PARAMETER_REQUIRED).with("batch"))?;
    if items.len() > MAX_ITEMS {
        return Err(GraphError::new(&BATCH_SIZE));
    }
    items.into_iter().map(item).collect()
}

fn item(value: Value) -> Result<BatchItem, GraphError> {
    let Value::Object(members) = value else {
        return Err(GraphError::new(&PARAMETER_DETAIL).with("Param batch must be an array of objects"));
    };
    let members = Params::from(members);
    let method = match members.enumeration("method", METHODS)? {
        Some("POST") => Method::Post,
        Some("PUT") => Method::Put,
        Some("DELETE") => Method::Delete,
        _ => Method::Get,
    };
    let relative_url =
        members.text("relative_url")?.ok_or_else(|| GraphError::new(&PARAMETER_REQUIRED).with("relative_url"))?;
    let body = members.text("body")?.filter(|body| !body.is_empty());
    let query = relative_url.split_once('?').map(|(_path, query)| query);
    let own = members.text("access_token")?;
    let mut attached_files = members.list("attached_files")?;
    attached_files.extend(members.list("attachedFiles")?);
    Ok(BatchItem {
        method,
        access_token: own.or_else(|| body.as_deref().and_then(token)).or_else(|| query.and_then(token)),
        headers: headers(&members),
        name: members.text("name")?.filter(|name| !name.is_empty()),
        depends_on: members.text("depends_on")?.filter(|name| !name.is_empty()),
        omit_response_on_success: members.flag("omit_response_on_success")?,
        attached_files,
        relative_url,
        body,
    })
}

/// Headers as `{"name","value"}` objects or as `Name: value` strings; anything else is passed over.
fn headers(members: &Params) -> Vec<(String, String)> {
    let list = members.array("headers").ok().flatten().unwrap_or_default();
    let header = |header: &Value| match header {
        Value::String(line) => {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        }
        other => Some((other.get("name")?.as_str()?.to_owned(), other.get("value")?.as_str()?.to_owned())),
    };
    list.iter().filter_map(header).collect()
}

/// The token in a form or query.
fn token(form: &str) -> Option<String> {
    form_urlencoded::parse(form.as_bytes())
        .find(|(name, _)| name == "access_token")
        .map(|(_, token)| token.into_owned())
}
