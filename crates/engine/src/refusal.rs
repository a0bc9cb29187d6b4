//! Refusals: what a rule says no to, as a value, and the one place where they become errors of the wire.

use wire::error::{self as rows, GraphError};
use wire::id::AppId;
use wire::time::Millis;

use crate::store::{CommitError, StoreError};

/// Why a use case did not do what was asked. Each is one row of the error table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The text given as a token is none that we gave out.
    TokenUnparsable,
    /// The token's time is over.
    TokenExpired {
        /// When it ended.
        expired: Millis,
        /// The present moment.
        now: Millis,
    },
    /// The token was taken back.
    TokenRevoked,
    /// The app of the token does not exist (any more).
    NoApp,
    /// The token's user has not authorised this app.
    AppRemoved(AppId),
    /// The app or the host cannot make this call.
    Capability,
    /// The token lacks a permission that the call needs.
    Permission,
    /// The Page has no professional account.
    PageNotLinked,
    /// No such object, or none that the caller may see; the two are never told apart.
    NoObject {
        /// `get`, `post` or `delete`.
        verb: &'static str,
        /// The id as asked.
        id: String,
    },
    /// The recipient is nobody that this account knows.
    NoSuchUser,
    /// The comment cannot be answered privately.
    CommentInvalid,
    /// A file cannot be had where it is said to be.
    AttachmentFetch,
    /// A file is not of the kind it is sent as, or cannot be read.
    AttachmentUpload,
    /// An attachment id is wrong, too old, used up, or another's.
    AttachmentId,
    /// A file is too large.
    AttachmentSize,
    /// A video did not come in time, or cannot be read.
    VideoFetch,
    /// The messaging window is closed.
    OutsideWindow,
    /// The tag needs a feature that the app does not hold.
    Feature(&'static str),
    /// The person never wrote, so their profile stays closed.
    Consent,
    /// The message was taken back, or is behind the twenty newest.
    MessageDeleted,
    /// The account's messaging limit is reached.
    Rate,
    /// The app made too many calls.
    AppRate,
    /// A parameter cannot be what it is; says which and why.
    Parameter(String),
    /// The thread kept moving while we tried to write to it.
    Contended,
}

impl From<Refusal> for GraphError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TokenUnparsable => GraphError::new(&rows::TOKEN_UNPARSABLE),
            Refusal::TokenExpired { expired, now } => {
                GraphError::new(&rows::TOKEN_EXPIRED).with(expired.pacific()).with(now.pacific())
            }
            Refusal::TokenRevoked => GraphError::new(&rows::TOKEN_REVOKED),
            Refusal::NoApp => GraphError::new(&rows::NO_APP_INFO),
            Refusal::AppRemoved(app) => GraphError::new(&rows::TOKEN_APP_REMOVED).with(app),
            Refusal::Capability => GraphError::new(&rows::CAPABILITY),
            Refusal::Permission => GraphError::new(&rows::PERMISSION),
            Refusal::PageNotLinked => GraphError::new(&rows::PAGE_NOT_LINKED),
            Refusal::NoObject { verb, id } => GraphError::new(&rows::OBJECT).with(verb).with(id),
            Refusal::NoSuchUser => GraphError::new(&rows::NO_SUCH_USER),
            Refusal::CommentInvalid => GraphError::new(&rows::COMMENT_INVALID),
            Refusal::AttachmentFetch => GraphError::new(&rows::ATTACHMENT_FETCH),
            Refusal::AttachmentUpload => GraphError::new(&rows::ATTACHMENT_UPLOAD),
            Refusal::AttachmentId => GraphError::new(&rows::ATTACHMENT_ID),
            Refusal::AttachmentSize => GraphError::new(&rows::ATTACHMENT_SIZE),
            Refusal::VideoFetch => GraphError::new(&rows::VIDEO_FETCH),
            Refusal::OutsideWindow => GraphError::new(&rows::OUTSIDE_WINDOW),
            Refusal::Feature(feature) => GraphError::new(&rows::PERMISSION_FEATURE).with(feature),
            Refusal::Consent => GraphError::new(&rows::CONSENT),
            Refusal::MessageDeleted => GraphError::new(&rows::MESSAGE_DELETED),
            Refusal::Rate => GraphError::new(&rows::RATE),
            Refusal::AppRate => GraphError::new(&rows::APP_LIMIT),
            Refusal::Parameter(detail) => GraphError::new(&rows::PARAMETER_DETAIL).with(detail),
            Refusal::Contended => GraphError::new(&rows::SERVICE),
        }
    }
}

/// Why a use case ended without a result: it was refused, or the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A rule said no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The store failed; the caller may try again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(refusal)
    }
}

impl From<CommitError> for Failure {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Stale => Failure::Refused(Refusal::Contended),
            CommitError::Store(error) => Failure::Store(error),
        }
    }
}

impl From<Failure> for GraphError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Store(error) => {
                tracing::error!(%error, "the store failed a call");
                GraphError::new(&rows::SERVICE)
            }
        }
    }
}
