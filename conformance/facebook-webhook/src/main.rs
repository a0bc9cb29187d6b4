//! A webhook receiver made of facebook-webhook 0.1.2: the crate answers the handshake, checks the signature and reads the body.
//!
//! `APP_SECRET` and `VERIFY_TOKEN` stand in the environment. Its first line on standard output says where it listens, every
//! other one is what the crate made of one delivery.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use facebook_webhook::event_notifications::{Payload, SIGNATURE_HEADER_NAME, verify_payload};
use facebook_webhook::topics::instagram::Instagram;
use facebook_webhook::verification_requests;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Clone)]
struct Secrets {
    app_secret: String,
    verify_token: String,
}

struct Request {
    method: String,
    query: String,
    signature: String,
    body: Vec<u8>,
}

fn main() -> Outcome<()> {
    let secrets = Secrets { app_secret: std::env::var("APP_SECRET")?, verify_token: std::env::var("VERIFY_TOKEN")? };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", json!({"listening": format!("http://{}/", listener.local_addr()?)}));
    for stream in listener.incoming() {
        let (stream, secrets) = (stream?, secrets.clone());
        thread::spawn(move || {
            if let Err(error) = converse(stream, &secrets) {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}

/// Answers the requests of one connection until it ends.
fn converse(mut stream: TcpStream, secrets: &Secrets) -> Outcome<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(request) = read(&mut reader)? {
        let (status, body) = match request.method.as_str() {
            "GET" => {
                let answer = verification_requests::pass_back(&request.query, &secrets.verify_token);
                (answer.status_code.as_u16(), answer.body)
            }
            _ => {
                let heard = hear(&request, &secrets.app_secret);
                println!("{heard}");
                (if heard["valid"] == true { 200 } else { 401 }, String::new())
            }
        };
        write!(stream, "HTTP/1.1 {status} -\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
    }
    Ok(())
}

/// The next request, or nothing when the connection has ended.
fn read(reader: &mut impl BufRead) -> Outcome<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default());
    let query = target.split_once('?').map_or("", |(_, query)| query).to_owned();
    let (mut signature, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case(SIGNATURE_HEADER_NAME) {
            signature = value.trim().to_owned();
        } else if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(Request { method, query, signature, body }))
}

/// What the crate makes of a delivery. It has types for changes only, so of an event of a thread it checks the signature.
fn hear(request: &Request, app_secret: &str) -> Value {
    let verified = verify_payload(request.signature.as_bytes(), &request.body, app_secret);
    let told = match serde_json::from_slice::<Payload>(&request.body) {
        Ok(Payload::Instagram(entries)) => entries
            .iter()
            .map(|entry| json!({"id": entry.id.to_string(), "time": entry.time.timestamp(), "changes": entry.changes.iter().map(change).collect::<Vec<_>>()}))
            .collect(),
        Ok(other) => json!(format!("{other:?}")),
        Err(error) => json!(error.to_string()),
    };
    json!({
        "valid": verified.is_ok(),
        "error": verified.err().map(|error| error.to_string()),
        "told": told,
        "body": String::from_utf8_lossy(&request.body),
    })
}

fn change(change: &Instagram) -> Value {
    match change {
        Instagram::Comments(comment) => {
            json!({"comments": {"id": comment.id.to_string(), "text": comment.text, "media": comment.media}})
        }
        Instagram::Mentions(mention) => {
            json!({"mentions": {"media_id": mention.media_id.to_string(), "comment_id": mention.comment_id.to_string()}})
        }
        Instagram::StoryInsights(story) => {
            json!({"story_insights": {"media_id": story.media_id.to_string(), "reach": story.metrics.reach}})
        }
    }
}
