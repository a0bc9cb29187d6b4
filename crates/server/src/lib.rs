//! The platform's doors: Graph API, webhook delivery, media, the emulator's surface. A library; the binary puts it together.
//!
//! Areas (`graph`, `deliver`, `emulator`, `media`, `realtime`) never import each other: they meet in `engine`. What they share stands
//! beside them: [`state`], [`http`], [`outbound`], [`faults`], and the pictures of what has none.

pub mod deliver;
pub mod emulator;
pub mod faults;
pub mod graph;
pub mod http;
pub mod media;
pub mod outbound;
mod picture;
pub mod realtime;
pub mod state;

pub use state::Server;
