//! Texts, with answers to tap (contract send 1.4, 1.8).

use wire::send::message;
use wire::send::quick_reply::{QUICK_REPLIES, QuickReply};

use super::{Content, UpTo};

/// One to thirteen quick replies.
pub type QuickReplies = UpTo<QUICK_REPLIES, QuickReply>;

/// A text of 1 to 1,000 bytes of UTF-8; a `&str` is one without quick replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    text: String,
    quick_replies: Vec<QuickReply>,
}

impl Text {
    /// A text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), quick_replies: Vec::new() }
    }

    /// Offers these answers below it. Labels are cut to 20 characters; a payload has 1,000 at most.
    #[must_use]
    pub fn quick_replies(self, replies: impl Into<QuickReplies>) -> Self {
        Self { quick_replies: replies.into().into_vec(), ..self }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<Text> for Content {
    fn from(Text { text, quick_replies }: Text) -> Self {
        message::Content::Text { text, quick_replies }.into()
    }
}
