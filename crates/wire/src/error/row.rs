//! One line of the error table.

use crate::dialect::Dialect;

/// The family of an error; it decides the `type` member (contract graph 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Permission, throttling and most parameter errors.
    OAuth,
    /// An object or a method that is not there, and a wrong `appsecret_proof`.
    GraphMethod,
    /// Trouble of the service itself.
    FacebookApi,
    /// The structure of a batch.
    GraphBatch,
    /// The access token itself: codes 102, 104 and 190. The only kind that both hosts call the same.
    Token,
}

impl Kind {
    /// The text of the `type` member on this host (contract graph 4.1, send 0.1).
    pub fn type_name(self, dialect: Dialect) -> &'static str {
        match (self, dialect) {
            (Kind::Token, _) | (Kind::OAuth, Dialect::Facebook) => "OAuthException",
            (_, Dialect::Instagram) => "IGApiException",
            (Kind::GraphMethod, Dialect::Facebook) => "GraphMethodException",
            (Kind::FacebookApi, Dialect::Facebook) => "FacebookApiException",
            (Kind::GraphBatch, Dialect::Facebook) => "GraphBatchException",
        }
    }
}

/// One error that the API can answer, before its places are filled (contract graph 4.3, send 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Row {
    /// The key of the row in snake case, unique in the table.
    pub name: &'static str,
    /// The `code` member.
    pub code: i32,
    /// The `error_subcode` member, left out of the answer when `None`.
    pub subcode: Option<i32>,
    /// The HTTP status on the Facebook host, and on the Instagram host unless that differs.
    pub status: u16,
    /// The HTTP status on the Instagram host where it differs (contract send 4.2).
    pub instagram_status: Option<u16>,
    /// The family.
    pub kind: Kind,
    /// The message, with `{}` for each argument and without the `(#code) ` prefix.
    pub message: &'static str,
    /// The message on the Instagram host where it differs.
    pub instagram_message: Option<&'static str>,
    /// Whether the Facebook host writes `(#code) ` in front of the message; the Instagram host never does.
    pub prefixed: bool,
    /// The `is_transient` member: `Some(true)` invites a retry; left out when `None`.
    pub transient: Option<bool>,
    /// The `error_user_title` member: a title for people.
    pub user_title: Option<&'static str>,
    /// The `error_user_msg` member: a sentence for people.
    pub user_msg: Option<&'static str>,
    /// The section of the contract that the row comes from.
    pub section: &'static str,
}

impl Row {
    /// A row with what follows from its family: only `OAuth` messages carry the prefix, and a code 190 is
    /// 401 on the Instagram host (contract graph 4.1, send 4.2).
    pub(super) const fn base(
        name: &'static str,
        code: i32,
        subcode: Option<i32>,
        status: u16,
        kind: Kind,
        message: &'static str,
        section: &'static str,
    ) -> Row {
        Row {
            name,
            code,
            subcode,
            status,
            instagram_status: if code == 190 { Some(401) } else { None },
            kind,
            message,
            instagram_message: None,
            prefixed: matches!(kind, Kind::OAuth),
            transient: None,
            user_title: None,
            user_msg: None,
            section,
        }
    }
}

/// A constant's name in lower case, for the key of its row.
pub(super) const fn lower<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut out = [b'_'; N];
    let mut at = 0;
    while at < N && at < bytes.len() {
        out[at] = bytes[at].to_ascii_lowercase();
        at += 1;
    }
    out
}
