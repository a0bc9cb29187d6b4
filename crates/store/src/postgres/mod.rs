//! The store on PostgreSQL, for several nodes on one database.

pub(crate) mod base;
pub(crate) mod schema;
