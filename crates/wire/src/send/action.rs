//! Sender actions: what a business does beside writing (contract send 1.10).

/// A sender action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SenderAction {
    /// Shows that the business writes, for twenty seconds or until it has written.
    TypingOn,
    /// Takes that back.
    TypingOff,
    /// Marks the newest message of the thread as seen by the business.
    MarkSeen,
    /// Sets the business's reaction to a message, over one that was there.
    React {
        /// The message, as given.
        message_id: String,
        /// The word `love`, or an emoji.
        reaction: String,
    },
    /// Takes the business's reaction back.
    Unreact {
        /// The message, as given.
        message_id: String,
    },
}
