//! What can go wrong with a call, and what it means.

use http::StatusCode;
use wire::error::{self, ErrorBody};

use crate::transport::BoxError;

/// Codes after which only a new login helps (contract graph 4.4).
const LOG_IN_AGAIN: [i32; 3] = [102, 190, 412];
/// Codes of limits on calls (contract graph 4.3, 5.5, send 5.3).
const LIMITS: [i32; 6] = [4, 9, 17, 32, 341, 613];
/// Codes of limits of one business use case (contract graph 5.5, send 5.4).
const BUSINESS_LIMITS: std::ops::RangeInclusive<i32> = 80_000..=80_014;
/// Codes of trouble on the host's side (contract graph 4.3).
const TROUBLE: [i32; 2] = [1, 2];
/// Messenger's own subcode for a closed window (contract send 4.3).
const MESSENGER_WINDOW: i32 = 2_018_278;

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The host refused, and said why.
    #[error("graph api refused: {0}")]
    Graph(Box<GraphRefusal>),
    /// No whole answer came; whether the call took effect is unknown.
    #[error("transport failed: {0}")]
    Transport(#[source] BoxError),
    /// The host agreed, in words that this client does not understand.
    #[error("answer is not understood: {what}")]
    Decode {
        /// What was being read, and what is wrong with it.
        what: String,
    },
    /// The call makes no sense and was not sent; the text names the limit.
    #[error("call is invalid: {0}")]
    Invalid(String),
}

/// A refusal as the host worded it (contract graph 4.1).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("status {}, code {}{}: {}", status.as_u16(), body.code, shown(body.error_subcode), body.message)]
pub struct GraphRefusal {
    /// The HTTP status; some hosts refuse with 200.
    pub status: StatusCode,
    /// The `error` member; code 0 where the answer had none.
    pub body: ErrorBody,
}

fn shown(subcode: Option<i32>) -> String {
    subcode.map(|subcode| format!("/{subcode}")).unwrap_or_default()
}

impl GraphRefusal {
    /// The code (contract graph 4.3).
    pub fn code(&self) -> i32 {
        self.body.code
    }

    /// The detail of the code.
    pub fn subcode(&self) -> Option<i32> {
        self.body.error_subcode
    }

    /// The person has not written for too long, or never (contract send 3.1).
    pub fn is_window_closed(&self) -> bool {
        let row = &error::OUTSIDE_WINDOW;
        self.code() == row.code && (self.subcode() == row.subcode || self.subcode() == Some(MESSENGER_WINDOW))
    }

    /// The token is of no use any more: somebody has to log in again (contract graph 4.4).
    pub fn is_token_invalid(&self) -> bool {
        LOG_IN_AGAIN.contains(&self.code())
    }

    /// The person has not consented to be looked up, since they never wrote (contract read 5.2).
    pub fn is_consent_missing(&self) -> bool {
        self.code() == error::CONSENT.code
    }

    /// A limit on calls was hit (contract graph 5.5).
    pub fn is_rate_limited(&self) -> bool {
        LIMITS.contains(&self.code()) || BUSINESS_LIMITS.contains(&self.code())
    }

    /// The same call may succeed later.
    ///
    /// After a send this does not say that nothing was sent: codes 1 and 2 may come with a message that was delivered
    /// (contract send 4.3).
    pub fn is_transient(&self) -> bool {
        self.body.is_transient == Some(true)
            || self.is_rate_limited()
            || TROUBLE.contains(&self.code())
            || (self.code() == 0 && self.status.is_server_error())
    }
}

impl Error {
    /// The refusal, if the host gave one.
    pub fn refusal(&self) -> Option<&GraphRefusal> {
        match self {
            Error::Graph(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The code of the refusal (contract graph 4.3).
    pub fn code(&self) -> Option<i32> {
        self.refusal().map(GraphRefusal::code)
    }

    /// The subcode of the refusal.
    pub fn subcode(&self) -> Option<i32> {
        self.refusal().and_then(GraphRefusal::subcode)
    }

    /// See [`GraphRefusal::is_window_closed`].
    pub fn is_window_closed(&self) -> bool {
        self.refusal().is_some_and(GraphRefusal::is_window_closed)
    }

    /// See [`GraphRefusal::is_token_invalid`].
    pub fn is_token_invalid(&self) -> bool {
        self.refusal().is_some_and(GraphRefusal::is_token_invalid)
    }

    /// See [`GraphRefusal::is_consent_missing`].
    pub fn is_consent_missing(&self) -> bool {
        self.refusal().is_some_and(GraphRefusal::is_consent_missing)
    }

    /// See [`GraphRefusal::is_rate_limited`].
    pub fn is_rate_limited(&self) -> bool {
        self.refusal().is_some_and(GraphRefusal::is_rate_limited)
    }

    /// The same call may succeed later: [`GraphRefusal::is_transient`], or the transport failed.
    pub fn is_transient(&self) -> bool {
        matches!(self, Error::Transport(_)) || self.refusal().is_some_and(GraphRefusal::is_transient)
    }

    /// An answer that is not understood.
    pub(crate) fn decode(what: &str, why: impl std::fmt::Display) -> Self {
        Error::Decode { what: format!("{what}: {why}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: i32, subcode: Option<i32>) -> GraphRefusal {
        let body = ErrorBody { code, error_subcode: subcode, message: "No.".into(), ..ErrorBody::default() };
        GraphRefusal { status: StatusCode::BAD_REQUEST, body }
    }

    #[test]
    fn codes_mean_what_the_contract_says() {
        for (code, subcode, window, token, limited, transient) in [
            (10, Some(2_534_022), true, false, false, false),
            (10, Some(2_018_278), true, false, false, false),
            (10, None, false, false, false, false),
            (100, Some(2_534_014), false, false, false, false),
            (190, Some(463), false, true, false, false),
            (102, None, false, true, false, false),
            (613, Some(2_534_040), false, false, true, true),
            (80_006, None, false, false, true, true),
            (4, None, false, false, true, true),
            (2, None, false, false, false, true),
            (0, None, false, false, false, false),
        ] {
            let error = Error::Graph(Box::new(refusal(code, subcode)));
            let found =
                (error.is_window_closed(), error.is_token_invalid(), error.is_rate_limited(), error.is_transient());
            assert_eq!(found, (window, token, limited, transient), "{code} {subcode:?}");
            assert_eq!((error.code(), error.subcode()), (Some(code), subcode));
        }
    }

    #[test]
    fn the_host_may_say_that_a_refusal_is_transient() {
        let mut other = refusal(506, None);
        assert!(!other.is_transient());
        other.body.is_transient = Some(true);
        assert!(other.is_transient());
        let gateway = GraphRefusal { status: StatusCode::BAD_GATEWAY, body: ErrorBody::default() };
        assert!(gateway.is_transient());
    }

    #[test]
    fn a_refusal_prints_its_numbers() {
        let text = Error::Graph(Box::new(refusal(10, Some(2_534_022)))).to_string();
        assert_eq!(text, "graph api refused: status 400, code 10/2534022: No.");
    }
}
