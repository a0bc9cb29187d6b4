//! Every statement, its parameters and the decoding of its rows, once for all engines that speak SQL.
//!
//! Nothing is executed here: a function of these files gives a value, a [`Query`] or a [`Write`], and the engines run it.

pub(crate) mod configuration;
mod fields;
pub(crate) mod people;
mod query;
mod row;
mod slices;
mod statement;
pub(crate) mod threads;
mod value;

pub(crate) use fields::Corrupt;
pub(crate) use query::{Expect, Query, Write};
pub(crate) use row::Row;
pub(crate) use slices::Slicing;
pub(crate) use statement::Statement;
pub(crate) use value::{TooLarge, Value};
