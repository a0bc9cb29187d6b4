//! Pictures for people and things that have none.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::problem::{Answer, Problem};
use crate::picture;

/// The portrait of a name.
#[utoipa::path(
    get, path = "/_parlance/pictures/{file}", operation_id = "read_picture", tag = "pictures",
    params(("file" = String, Path, description = "1 to 64 of a-z, 0-9, . _ and -, followed by .svg")),
    responses(
        (status = 200, content_type = "image/svg+xml", body = String),
        (status = 404, description = "not such a name"),
    ),
)]
pub(super) async fn one(Path(file): Path<String>) -> Answer<impl IntoResponse> {
    let picture = picture::at(&format!("{}{file}", picture::PATH)).ok_or_else(|| Problem::missing(&file))?;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")], picture))
}
