//! The SQLite driver as `store` sees it.

mod common;
mod lifecycle;
mod reads;
mod writes;
