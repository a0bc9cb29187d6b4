//! Errors of the API: one table of rows, and a filled-in row as it travels (contract graph 4, send 4).

mod body;
mod graph_error;
mod row;
pub mod table;

pub use body::ErrorBody;
pub use graph_error::GraphError;
pub use row::{Kind, Row};
pub use table::*;
