//! What an engine executes: a statement with its parameters, and what its answer means.

use super::Statement;
use super::fields::Corrupt;
use super::row::Row;
use super::value::Value;

/// A read, and how to decode a row of its answer. The engine decides how many rows it wants.
pub struct Query<'a, T> {
    /// The statement.
    pub statement: &'static Statement,
    /// Its parameters.
    pub params: Vec<Value<'a>>,
    /// Turns a row into a fact.
    pub decode: fn(Row<'_>) -> Result<T, Corrupt>,
}

impl<'a> Query<'a, ()> {
    /// A read that only asks whether there is a row.
    pub fn exists(statement: &'static Statement, params: Vec<Value<'a>>) -> Self {
        Self { statement, params, decode: |_| Ok(()) }
    }
}

/// A write.
#[derive(Debug)]
pub struct Write<'a> {
    /// The statement.
    pub statement: &'static Statement,
    /// Its parameters.
    pub params: Vec<Value<'a>>,
    /// What it must have done.
    pub expect: Expect,
}

impl<'a> Write<'a> {
    /// A write of however many rows.
    pub fn new(statement: &'static Statement, params: Vec<Value<'a>>) -> Self {
        Self { statement, params, expect: Expect::Any }
    }
}

/// How many rows a write must have changed, and what it means when it has not. A taken key makes every set stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Any number.
    Any,
    /// One; else the set is stale.
    One,
    /// One; else the change is to be ignored, and what would follow of it is not executed.
    OneOrStop,
}
