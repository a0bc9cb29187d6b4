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
    /// The person cannot be reached: a block of either side, or an account that rests.
    Unavailable,
    /// The person archived or deleted the thread.
    ThreadGone,
    /// The app reaches only people who have a role on it, and this person has none.
    Role,
    /// The account is not let in yet.
    NotEligible,
    /// The link between account, Page and person cannot be verified.
    LinkUnverified,
    /// The account may not send for a while.
    Restricted,
    /// The account may not use the API.
    BusinessBlocked,
    /// What the account does looks like misuse.
    PolicyBlocked,
    /// The account's owner switched off access to messages.
    AccessDisabled,
    /// Another app controls the thread, or the thread is idle and this is not the default app.
    NotThreadOwner,
    /// Another app controls the thread, where no Conversation Routing is configured.
    ThreadControlled,
    /// The app may not take threads over.
    TakeOver,
    /// The app that a thread is to be passed to is unknown.
    ThreadTarget,
    /// Control is taken on accounts with a default app only.
    TakeUnsupported,
    /// The comment cannot be answered privately.
    CommentInvalid,
    /// Media or a template for somebody who neither follows the account nor wrote to it.
    NotAFollower,
    /// The message holds what it may not.
    InvalidMessage,
    /// The message links to a blocked host.
    LinkBlocked,
    /// The account may not send several images in one message.
    ImageCollections,
    /// A product is in no catalogue of the business.
    ProductId,
    /// Product templates are younger than the version of the call.
    ProductVersion,
    /// A moderation did not come about; says why.
    Moderation(String),
    /// A file cannot be had where it is said to be.
    AttachmentFetch,
    /// A file is not of the kind it is sent as, or cannot be read.
    AttachmentUpload,
    /// A file is audio in a format that is not taken.
    AudioFormat,
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
            Refusal::Unavailable => GraphError::new(&rows::UNAVAILABLE),
            Refusal::ThreadGone => GraphError::new(&rows::THREAD_GONE),
            Refusal::Role => GraphError::new(&rows::PERMISSION_ROLE),
            Refusal::NotEligible => GraphError::new(&rows::NOT_ELIGIBLE),
            Refusal::LinkUnverified => GraphError::new(&rows::LINK_UNVERIFIED),
            Refusal::Restricted => GraphError::new(&rows::RESTRICTED),
            Refusal::BusinessBlocked => GraphError::new(&rows::BUSINESS_BLOCKED),
            Refusal::PolicyBlocked => GraphError::new(&rows::POLICY_BLOCK),
            Refusal::AccessDisabled => GraphError::new(&rows::ACCESS_DISABLED),
            Refusal::NotThreadOwner => GraphError::new(&rows::NOT_THREAD_OWNER),
            Refusal::ThreadControlled => GraphError::new(&rows::THREAD_CONTROLLED),
            Refusal::TakeOver => GraphError::new(&rows::TAKE_OVER),
            Refusal::ThreadTarget => GraphError::new(&rows::WRONG_APP),
            Refusal::TakeUnsupported => GraphError::new(&rows::TAKE_UNSUPPORTED),
            Refusal::CommentInvalid => GraphError::new(&rows::COMMENT_INVALID),
            Refusal::NotAFollower => GraphError::new(&rows::NOT_A_FOLLOWER),
            Refusal::InvalidMessage => GraphError::new(&rows::INVALID_MESSAGE),
            Refusal::LinkBlocked => GraphError::new(&rows::LINK_BLOCKED),
            Refusal::ImageCollections => GraphError::new(&rows::COLLECTION),
            Refusal::ProductId => GraphError::new(&rows::PRODUCT),
            Refusal::ProductVersion => GraphError::new(&rows::PRODUCT_VERSION),
            Refusal::Moderation(detail) => GraphError::new(&rows::MODERATION).with(detail),
            Refusal::AttachmentFetch => GraphError::new(&rows::ATTACHMENT_FETCH),
            Refusal::AttachmentUpload => GraphError::new(&rows::ATTACHMENT_UPLOAD),
            Refusal::AudioFormat => GraphError::new(&rows::AUDIO_FORMAT),
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
