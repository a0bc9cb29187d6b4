//! Pages in the place of faces that are not built yet: they say so, and what can be done instead.

use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, Uri};
use axum::response::IntoResponse;

use crate::state::Server;

/// Path, name, and what it will be for.
const FACES: [(&str, &str, &str); 1] =
    [("/console", "Console", "Here an app's developer will read every call and delivery, and move the clock.")];

/// What can be done today: what it is, and what curl is to be told besides the address.
const TODAY: [(&str, &str, &str); 8] = [
    ("See who there is", "", "/_parlance/people"),
    ("See the accounts, their posts and comments", "", "/_parlance/accounts"),
    (
        "Write to an account as a person",
        r#"-d '{"to":"harbor.knits","text":"Hello"}' "#,
        "/_parlance/people/mira.paints/messages",
    ),
    ("Read the thread as that person", "", "/_parlance/people/mira.paints/messages?with=harbor.knits"),
    ("Open the thread, so that it is seen", r#"-d '{"with":"harbor.knits"}' "#, "/_parlance/people/mira.paints/opens"),
    ("Watch what happens", "-N ", "/_parlance/events/stream?after=0"),
    ("See what was delivered to apps", "", "/_parlance/deliveries"),
    ("Let a day and an hour pass", r#"-d '{"advance":"25h"}' "#, "/_parlance/clock"),
];

/// The page: everything that is `{{…}}` is filled in.
const PAGE: &str = include_str!("faces.html");

/// The paths that lead here.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    FACES.into_iter().map(|(path, ..)| path)
}

/// The page of the face at this path.
pub(super) async fn show(State(server): State<Server>, uri: Uri, headers: HeaderMap) -> impl IntoResponse {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = server.public_url.as_deref().map_or_else(|| format!("http://{host}"), str::to_owned);
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, policy)], page(uri.path(), &base))
}

fn page(path: &str, base: &str) -> String {
    let (_, name, purpose) = FACES.into_iter().find(|(known, ..)| *known == path).unwrap_or(FACES[0]);
    let line = |(what, told, path): (&str, &str, &str)| {
        let command = escaped(&format!("curl {told}'{}{path}'", base.trim_end_matches('/')));
        format!("<li>{what}<pre tabindex=\"0\">{command}</pre></li>")
    };
    let lines: String = TODAY.into_iter().map(line).collect();
    PAGE.replace("{{name}}", name).replace("{{purpose}}", purpose).replace("{{lines}}", &lines)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_face_and_leaves_nothing_unfilled() {
        for (path, name, _) in FACES {
            let page = page(path, "http://localhost:4000/");
            assert!(page.contains(&format!("<h1>{name}</h1>")), "{path}");
            assert!(page.contains("curl 'http://localhost:4000/_parlance/people'"), "{path}");
            assert!(!page.contains("{{"), "{path}");
        }
        assert!(!page("/console", "http://<script>").contains("<script>"));
    }
}
