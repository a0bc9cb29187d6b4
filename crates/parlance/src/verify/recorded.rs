//! A delivery in a file: its body alone, or the HTTP request as it came.

use anyhow::{Context, bail};
use wire::signature::diagnosis::Algorithm;

/// A signature as it was written, and the digest whose header it stood in, where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The header.
    pub header: Option<Algorithm>,
    /// Its value.
    pub value: String,
}

/// What a file holds of a delivery.
#[derive(Debug, PartialEq, Eq)]
pub struct Recorded<'a> {
    /// The signatures among its headers.
    pub signatures: Vec<Signature>,
    /// The body's bytes.
    pub body: &'a [u8],
    /// What `Content-Length` says of the body.
    pub length: Option<usize>,
}

/// Reads a file. What begins like JSON is a body, all else must be a request: a request line, headers, an empty line, the
/// body. The request line may be missing.
///
/// # Errors
/// What is neither, and a body in chunks, whose bytes are not those that were signed.
pub fn read(file: &[u8]) -> anyhow::Result<Recorded<'_>> {
    let bare = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file).trim_ascii_start();
    if bare.is_empty() || matches!(bare[0], b'{' | b'[' | b'"') {
        return Ok(Recorded { signatures: Vec::new(), body: file, length: None });
    }
    let mut recorded = Recorded { signatures: Vec::new(), body: &[], length: None };
    let mut rest = file;
    for number in 0.. {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            bail!("the file is neither JSON nor an HTTP request: no empty line ends its headers");
        };
        let line = rest[..end].trim_ascii_end();
        rest = &rest[end + 1..];
        if line.is_empty() {
            break;
        }
        let line = str::from_utf8(line).context("the file is neither JSON nor an HTTP request: its head is no text")?;
        match line.split_once(':') {
            Some((name, value)) => header(&mut recorded, name.trim(), value)?,
            None if number == 0 => {}
            None => bail!("the file is neither JSON nor an HTTP request: line {} is no header", number + 1),
        }
    }
    recorded.body = rest;
    Ok(recorded)
}

fn header(recorded: &mut Recorded<'_>, name: &str, value: &str) -> anyhow::Result<()> {
    if let Some(algorithm) = Algorithm::of_header(name) {
        recorded.signatures.push(signature(Some(algorithm), value));
    } else if name.eq_ignore_ascii_case("content-length") {
        recorded.length = value.trim().parse().ok();
    } else if name.eq_ignore_ascii_case("transfer-encoding") && value.to_ascii_lowercase().contains("chunked") {
        bail!("the request was recorded with its chunks, which were not signed: record the body that they make");
    }
    Ok(())
}

/// A header given on the command line: `X-Hub-Signature-256: sha256=…`.
///
/// # Errors
/// Any other header.
pub fn given(text: &str) -> Result<Signature, String> {
    let (name, value) = text.split_once(':').ok_or("it is not of the form `Name: value`")?;
    let algorithm = Algorithm::of_header(name.trim());
    algorithm.map(|algorithm| signature(Some(algorithm), value)).ok_or_else(|| {
        let [sha1, sha256] = Algorithm::ALL.map(Algorithm::header);
        format!("signatures stand in {sha1} and {sha256}")
    })
}

/// The blank behind the colon is no part of the value.
fn signature(header: Option<Algorithm>, value: &str) -> Signature {
    Signature { header, value: value.strip_prefix(' ').unwrap_or(value).to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signatures(found: &Recorded<'_>) -> Vec<(Option<Algorithm>, String)> {
        found.signatures.iter().map(|signature| (signature.header, signature.value.clone())).collect()
    }

    #[test]
    fn a_body_is_taken_as_it_is() {
        for file in ["{}", " {}\n", "\u{feff}{}", "[]", "\"{}\"", "", "\n"] {
            let found = read(file.as_bytes()).unwrap();
            assert_eq!((found.body, found.signatures.len(), found.length), (file.as_bytes(), 0, None), "{file:?}");
        }
    }

    #[test]
    fn a_request_is_read_with_and_without_its_first_line_and_with_either_line_break() {
        let head =
            "Host: bot\r\nx-hub-signature: sha1=aa\r\nX-Hub-Signature-256:  sha256=bb \r\nContent-Length: 3\r\n\r\n";
        for head in [format!("POST /hook?a=b HTTP/1.1\r\n{head}"), head.to_owned(), head.replace('\r', "")] {
            let file = format!("{head}{{}}\n");
            let found = read(file.as_bytes()).unwrap();
            assert_eq!((found.body, found.length), (b"{}\n".as_slice(), Some(3)));
            let (one, two) = (Some(Algorithm::Sha1), Some(Algorithm::Sha256));
            assert_eq!(signatures(&found), [(one, "sha1=aa".to_owned()), (two, " sha256=bb".to_owned())]);
        }
    }

    #[test]
    fn what_is_neither_is_said_to_be_so() {
        for (file, why) in [
            (b"hello".as_slice(), "no empty line"),
            (b"POST / HTTP/1.1\nHost: a\nno header here\n\n{}", "line 3"),
            (b"\xff\xfe: a\n\n{}", "no text"),
            (b"Transfer-Encoding: Chunked\n\n2\r\n{}\r\n0\r\n\r\n", "chunks"),
        ] {
            let error = read(file).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn a_header_on_the_command_line_is_one_of_the_two() {
        let found = given("x-hub-signature-256: sha256=aa").unwrap();
        assert_eq!(found, Signature { header: Some(Algorithm::Sha256), value: "sha256=aa".to_owned() });
        for text in ["sha256=aa", "Host: bot", ""] {
            assert!(given(text).is_err(), "{text}");
        }
    }
}
