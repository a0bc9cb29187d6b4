//! Looks through everything that a world holds and compares it with what was answered.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;

use serde_json::Value;

use crate::load::{Side, Writer};
use crate::web::Web;

/// What is known from earlier looks.
#[derive(Default)]
pub struct Audit {
    /// Messages that were there before any app was subscribed.
    seeded: HashSet<String>,
    /// Messages that have been read one by one.
    read: HashSet<String>,
    /// Message id and text of each entry of the log that is about a new message.
    logged: HashMap<String, String>,
    /// Number of the last entry looked at.
    last: u64,
    /// How many apps are told of each message.
    subscribers: usize,
}

/// Messages of each thread by igsid, oldest first, without the seeded ones.
pub type Threads = HashMap<String, Vec<String>>;

impl Audit {
    /// Takes what is there for the seed; all that comes so many apps are told of.
    pub async fn begin(web: &Web, subscribers: usize) -> Self {
        let mut audit = Self { subscribers, ..Self::default() };
        for conversation in conversations(web).await {
            let listed = messages(web, &conversation).await;
            audit.seeded.extend(listed.into_iter().map(|(id, _)| id));
        }
        audit
    }

    /// Everything answered is there once and in order, and nothing is there by half.
    pub async fn look(&mut self, web: &Web, writers: &[Writer]) -> Threads {
        self.read_log(web).await;
        let mut threads = Threads::new();
        for conversation in conversations(web).await {
            let listed = messages(web, &conversation).await;
            let igsid = conversation["participants"]["data"][0]["id"].as_str().expect("the person comes first");
            assert_eq!(conversation["message_count"], listed.len(), "the thread of {igsid} counts what it holds");
            let ids: Vec<&str> = listed.iter().map(|(id, _)| id.as_str()).collect();
            let distinct: HashSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), distinct.len(), "a message of {igsid} is listed twice");
            self.read_new(web, &listed).await;
            for writer in writers.iter().filter(|writer| writer.igsid == igsid) {
                self.compare(writer, &ids);
            }
            let known = writers.iter().filter(|writer| writer.igsid == igsid);
            let known: HashSet<&String> = known
                .flat_map(|writer| writer.answered.iter().map(|(_, text)| text).chain(&writer.unanswered))
                .collect();
            let new: Vec<String> =
                listed.into_iter().map(|(id, _)| id).filter(|id| !self.seeded.contains(id)).collect();
            for id in &new {
                let text = self.logged.get(id).unwrap_or_else(|| panic!("{id} of {igsid} is not in the log"));
                assert!(known.contains(text), "nobody wrote {text:?}");
            }
            threads.insert(igsid.to_owned(), new);
        }
        let all: HashSet<&str> = threads.values().flatten().map(String::as_str).collect();
        assert_eq!(all.len(), self.logged.len(), "each entry of the log belongs to a message");
        let expected = all.len() * self.subscribers;
        assert_eq!(deliveries(web, "").await, expected, "each message has its delivery to each app");
        threads
    }

    /// Reads on in the log: numbers grow, and no message is announced twice.
    async fn read_log(&mut self, web: &Web) {
        loop {
            let page = web.get(&format!("/_parlance/events?limit=1000&after={}", self.last)).await;
            let events = page["data"].as_array().expect("a list");
            for event in events {
                let seq = event["seq"].as_u64().expect("a number");
                assert!(seq > self.last, "entry {seq} comes after {}", self.last);
                self.last = seq;
                let id = text(event, "message_id");
                if !self.seeded.contains(&id) {
                    let before = self.logged.insert(id.clone(), text(event, "text"));
                    assert_eq!(before, None, "{id} is in the log twice");
                }
            }
            if events.is_empty() {
                return;
            }
        }
    }

    /// Reads each new message by itself, as far back as the API shows any (contract read 1.8).
    async fn read_new(&mut self, web: &Web, listed: &[(String, Option<String>)]) {
        for (id, shown) in listed.iter().rev().take(20) {
            let shown = shown.as_ref().unwrap_or_else(|| panic!("{id} is among the newest, but has no text"));
            if self.seeded.contains(id) || !self.read.insert(id.clone()) {
                continue;
            }
            let alone = web.get(&format!("/v25.0/{id}?fields=id,message,from,created_time")).await;
            assert_eq!((&text(&alone, "id"), &text(&alone, "message")), (id, shown));
            assert!(alone["from"]["id"].is_string() && alone["created_time"].is_string(), "{alone}");
            assert_eq!(self.logged.get(id), Some(shown));
        }
    }

    /// What a writer was answered is there, in that order, under those ids and with those texts.
    fn compare(&self, writer: &Writer, ids: &[&str]) {
        let answered: HashSet<&str> = writer.answered.iter().map(|(id, _)| id.as_str()).collect();
        let found: Vec<&str> = ids.iter().copied().filter(|id| answered.contains(id)).collect();
        let expected: Vec<&str> = writer.answered.iter().map(|(id, _)| id.as_str()).collect();
        same(&found, &expected, &format!("{:?} {}", writer.side, writer.username));
        for (id, text) in &writer.answered {
            assert_eq!(self.logged.get(id), Some(text), "{id}");
        }
        let mut texts = HashSet::new();
        for id in ids.iter().filter_map(|id| self.logged.get(*id)) {
            assert!(texts.insert(id), "{id:?} was written twice");
        }
    }
}

/// Both lists are the same. If not, only the place is told where they part: whole lists would fill many screens.
#[track_caller]
pub fn same<T: PartialEq + Debug>(found: &[T], expected: &[T], what: &str) {
    let part = found.iter().zip(expected).take_while(|(found, expected)| found == expected).count();
    let (lengths, at) = ((found.len(), expected.len()), (found.get(part), expected.get(part)));
    assert!(found == expected, "{what}: lengths (found, expected) {lengths:?}, at {part} {at:?}");
}

/// How many deliveries of messages there are; `filter` is a part of the query, beginning with `&`.
pub async fn deliveries(web: &Web, filter: &str) -> usize {
    let (mut count, mut before) = (0, String::new());
    loop {
        let page = web.get(&format!("/_parlance/deliveries?limit=100{before}{filter}")).await;
        let rows = page["data"].as_array().expect("a list");
        let Some(last) = rows.last() else { return count };
        assert!(rows.iter().all(|row| row["field"] == "messages" || row["field"] == "standby"), "{page}");
        count += rows.len();
        before = format!("&before={}", text(last, "id"));
    }
}

/// Texts that an app was told, thread by thread: an igsid with message ids in the order of their first arrival.
pub fn first_arrivals(elements: &[Value]) -> Threads {
    let mut threads = Threads::new();
    let mut seen = HashSet::new();
    for element in elements {
        let mid = text(&element["message"], "mid");
        let side = if element["message"]["is_echo"] == true { Side::Business } else { Side::Person };
        let person = if side == Side::Business { &element["recipient"] } else { &element["sender"] };
        if seen.insert(mid.clone()) {
            threads.entry(text(person, "id")).or_default().push(mid);
        }
    }
    threads
}

async fn conversations(web: &Web) -> Vec<Value> {
    let fields = "id,message_count,participants";
    let page = web.get(&format!("/v25.0/me/conversations?platform=instagram&limit=100&fields={fields}")).await;
    page["data"].as_array().expect("a list").clone()
}

/// All messages of a conversation, oldest first: id, and the text where the API still shows it.
async fn messages(web: &Web, conversation: &Value) -> Vec<(String, Option<String>)> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/v25.0/{}/messages?fields=id,message&limit=100{after}", text(conversation, "id"));
        let page = web.get(&path).await;
        let rows = page["data"].as_array().expect("a list");
        found.extend(rows.iter().map(|row| (text(row, "id"), row["message"].as_str().map(str::to_owned))));
        if page["paging"]["next"].is_null() {
            found.reverse();
            return found;
        }
        after = format!("&after={}", text(&page["paging"]["cursors"], "after"));
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned()
}
