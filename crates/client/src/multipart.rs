//! Multipart forms: parameters as texts, and one file (contract send 0.2, 1.7).

use bytes::{BufMut, Bytes, BytesMut};
use http::HeaderValue;
use serde_json::Value;

use crate::Error;
use crate::content;

/// The body and its content type. Objects become JSON texts.
///
/// # Errors
/// [`Error::Invalid`] for a file name that is not ASCII, which uploads do not support, and for a type that is none.
pub(crate) fn form(parameters: &Value, file: &content::Bytes) -> Result<(HeaderValue, Bytes), Error> {
    let name = &file.name;
    if name.is_empty() || !name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(Error::Invalid(format!("file name {name:?} is not printable ASCII")));
    }
    if !HeaderValue::from_str(&file.content_type).is_ok_and(|value| value.to_str().is_ok_and(|text| text.contains('/')))
    {
        return Err(Error::Invalid(format!("content type {:?} is none", file.content_type)));
    }
    let texts: Vec<(&String, String)> = parameters
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    // No text ends with all numbers, so one of the boundaries is free.
    let boundary = (0_u64..)
        .map(|number| format!("parlance-boundary-{number}"))
        .find(|boundary| {
            !holds(&file.bytes, boundary) && !texts.iter().any(|(_, text)| text.contains(boundary.as_str()))
        })
        .unwrap_or_default();
    let mut body = BytesMut::with_capacity(file.bytes.len() + 1_024);
    for (name, text) in &texts {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.put_slice(head.as_bytes());
        body.put_slice(text.as_bytes());
        body.put_slice(b"\r\n");
    }
    let name = name.replace('"', "%22");
    let kind = &file.content_type;
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
    );
    body.put_slice(head.as_bytes());
    body.put_slice(&file.bytes);
    body.put_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
        .map_err(|_| Error::Invalid("boundary is no header".into()))?;
    Ok((content_type, body.freeze()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::content::{File, Media};

    fn file(name: &str, content_type: &str, bytes: &'static [u8]) -> content::Bytes {
        Media::image(File::bytes(name, content_type, bytes)).parts().1.unwrap()
    }

    #[test]
    fn a_form_has_a_part_for_each_parameter_and_one_for_the_file() {
        let parameters = json!({"recipient": {"id": "9"}, "tag": "HUMAN_AGENT"});
        let (kind, body) = form(&parameters, &file("a \"b\".png", "image/png", b"\x89PNG\r\n")).unwrap();
        assert_eq!(kind, "multipart/form-data; boundary=parlance-boundary-0");
        let expected =
            b"--parlance-boundary-0\r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\n{\"id\":\"9\"}\r\n\
            --parlance-boundary-0\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\nHUMAN_AGENT\r\n\
            --parlance-boundary-0\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"a %22b%22.png\"\r\n\
            Content-Type: image/png\r\n\r\n\x89PNG\r\n\r\n--parlance-boundary-0--\r\n";
        assert_eq!(body, expected.as_slice());
    }

    #[test]
    fn a_boundary_is_one_that_no_part_holds() {
        let (kind, _) =
            form(&json!({"a": "parlance-boundary-1"}), &file("a", "a/b", b"--parlance-boundary-0--")).unwrap();
        assert_eq!(kind, "multipart/form-data; boundary=parlance-boundary-2");
    }

    #[test]
    fn names_and_types_that_cannot_travel_are_invalid() {
        for (name, kind) in
            [("ä.png", "image/png"), ("", "image/png"), ("a\n.png", "image/png"), ("a", "png"), ("a", "a/b\r\nx: y")]
        {
            assert!(matches!(form(&json!({}), &file(name, kind, b"")), Err(Error::Invalid(_))), "{name:?} {kind:?}");
        }
    }
}
