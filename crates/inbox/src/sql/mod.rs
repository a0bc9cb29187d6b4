//! Every statement of the inbox, its parameters and the decoding of its rows, once for both engines.
//!
//! Nothing is executed here; `store` does that. All account data is found by its workspace, which leads every key. What is
//! found without one (a connection by the id in its webhook's address, an agent by the address of a log-in, a session or a
//! link by the hash of its secret, what is due) says so where it stands.

pub mod access;
pub mod agents;
pub mod conversations;
pub mod desk;
pub mod events;
pub mod inbound;
pub mod messages;
pub mod outbox;
pub mod rows;
pub mod search;
pub mod teamwork;

#[cfg(test)]
mod tests;

/// Every statement, file by file.
#[cfg(test)]
pub(crate) const ALL: [&[(&str, &db::sql::Statement)]; 11] = [
    access::ALL,
    agents::ALL,
    conversations::ALL,
    desk::ALL,
    events::ALL,
    inbound::ALL,
    messages::ALL,
    outbox::ALL,
    rows::ALL,
    search::ALL,
    teamwork::ALL,
];
