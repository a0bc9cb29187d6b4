//! Portraits for people and things that have no picture: initials on a calm colour, the same for the same name.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::problem::{Answer, Problem};

const NAME_CHARS: usize = 64;

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
    let name = file.strip_suffix(".svg").filter(|name| is_name(name)).ok_or_else(|| Problem::missing(&file))?;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")], portrait(name)))
}

fn is_name(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    (1..=NAME_CHARS).contains(&text.len()) && text.bytes().all(letter)
}

fn portrait(name: &str) -> String {
    let [a, b, ..] = wire::signature::sha256(name.as_bytes());
    let hue = (u32::from(a) << 8 | u32::from(b)) % 360;
    let initials = initials(name);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\" role=\"img\" aria-label=\"{name}\">\
         <rect width=\"96\" height=\"96\" fill=\"hsl({hue} 32% 38%)\"/>\
         <text x=\"48\" y=\"49\" fill=\"#fff\" font-family=\"system-ui,sans-serif\" font-size=\"38\" \
         font-weight=\"500\" text-anchor=\"middle\" dominant-baseline=\"central\">{initials}</text></svg>"
    )
}

/// First letters of the first two words of a name.
fn initials(name: &str) -> String {
    let words = name.split(['.', '_', '-']).filter(|word| !word.is_empty());
    words.filter_map(|word| word.chars().next()).take(2).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portrait_shows_initials_and_stays_the_same() {
        for (name, expected) in [("mira.paints", "MP"), ("jonas_w", "JW"), ("sam", "S"), ("a-b-c", "AB"), ("...", "")] {
            assert_eq!(initials(name), expected, "{name}");
        }
        assert_eq!(portrait("mira.paints"), portrait("mira.paints"));
        assert_ne!(portrait("mira.paints"), portrait("mira.points"), "the colour is the name's own");
    }

    #[test]
    fn nothing_but_plain_names_reaches_the_picture() {
        for text in ["", "A", "a b", "<svg>", "a\"b", "ü", &"x".repeat(65)] {
            assert!(!is_name(text), "{text}");
        }
        assert!(is_name("post-1") && is_name(&"x".repeat(64)));
    }
}
