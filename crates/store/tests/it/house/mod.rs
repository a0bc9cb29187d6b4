//! Looking after a database: moving it, backup, checks, distribution.

mod backup;
mod check;
mod copy;
mod distribute;
mod fixture;
mod numbers;
mod refuse;
