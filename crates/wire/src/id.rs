//! Identifiers: decimal newtypes, and the opaque tokens that name a message or a conversation.
//!
//! Everything is a string on the wire (contract graph 1.9). Clients treat all of them as opaque; only this crate knows
//! what a token carries.

mod decimal;
mod token;

pub use decimal::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, Igsid, Item, MediaId, PageId, PersonId,
    UserId,
};
pub use token::{ConversationId, MessageId};

/// Why a text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not plain ASCII digits without a leading zero, or more than 64 bits.
    #[error("id is not a decimal number of 64 bits")]
    NotDecimal,
    /// Not a text that a [`MessageId`] prints.
    #[error("message id is not one of ours")]
    NotMessage,
    /// Not a text that a [`ConversationId`] prints.
    #[error("conversation id is not one of ours")]
    NotConversation,
}
