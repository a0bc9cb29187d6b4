//! Statements, parameters and rows as values, alike for both drivers: what `store` and `inbox` write their tables with.
//!
//! Nothing is executed here. A file of statements gives a value, a [`Query`] or a [`Write`], and an engine runs it.

pub mod fields;
pub mod query;
pub mod row;
pub mod statement;
pub mod value;

pub use fields::Corrupt;
pub use query::{Expect, Query, Write};
pub use row::Row;
pub use statement::Statement;
pub use value::{TooLarge, Value, int};
