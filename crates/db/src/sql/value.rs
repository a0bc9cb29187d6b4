//! Parameters of statements, for both drivers.

use std::borrow::Cow;
use std::error::Error;

use bytes::BytesMut;
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type, WrongType, accepts, to_sql_checked};
use wire::time::Millis;

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing, in a column of any kind.
    Null,
    /// A number.
    Int(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Yes or no.
    Flag(bool),
}

/// A number beyond what a column holds.
#[derive(Debug, thiserror::Error)]
#[error("number {0} is larger than the store can hold")]
pub struct TooLarge(u64);

impl From<TooLarge> for rusqlite::Error {
    fn from(number: TooLarge) -> Self {
        Self::ToSqlConversionFailure(Box::new(number))
    }
}

/// A number to be written.
///
/// # Errors
/// When it is beyond `i64::MAX`.
pub fn int(number: u64) -> Result<i64, TooLarge> {
    i64::try_from(number).map_err(|_| TooLarge(number))
}

/// The same for a number that may be absent.
pub fn some_int(number: Option<u64>) -> Result<Option<i64>, TooLarge> {
    number.map(int).transpose()
}

/// An id to be looked up; one that no row can have becomes NULL, which equals nothing.
pub fn key(id: u64) -> Option<i64> {
    i64::try_from(id).ok()
}

/// The end of a range, cut to what a column can hold.
pub fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A list of texts as it is stored.
pub fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

/// The parameters of a statement, in order: whatever becomes a [`Value`].
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::sql::Value::from($value)),*]
    };
}
pub use crate::values;

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<u16> for Value<'_> {
    fn from(number: u16) -> Self {
        Self::Int(number.into())
    }
}

impl From<u8> for Value<'_> {
    fn from(number: u8) -> Self {
        Self::Int(number.into())
    }
}

impl From<Millis> for Value<'_> {
    fn from(time: Millis) -> Self {
        Self::Int(time.get())
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Flag(flag) => ValueRef::Integer(i64::from(*flag)),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, ty) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(number), &Type::INT8) => number.to_sql(ty, out),
            (Self::Text(text), &Type::TEXT) => text.to_sql(ty, out),
            (Self::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(ty, out),
            (Self::Flag(flag), &Type::BOOL) => flag.to_sql(ty, out),
            _ => Err(Box::new(WrongType::new::<Self>(ty.clone()))),
        }
    }

    accepts!(INT8, TEXT, BYTEA, BOOL);
    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_absent_becomes_null() {
        assert_eq!(
            values![Some(7_i64), None::<u16>, Some("a"), None::<Millis>, true],
            [Value::Int(7), Value::Null, Value::Text("a".into()), Value::Null, Value::Flag(true)]
        );
    }

    #[test]
    fn a_number_beyond_63_bits_is_written_nowhere_and_equals_nothing() {
        assert_eq!(
            int(u64::MAX).unwrap_err().to_string(),
            "number 18446744073709551615 is larger than the store can hold"
        );
        assert!(some_int(Some(1 << 63)).is_err());
        assert_eq!((key(1 << 63), bound(1 << 63)), (None, i64::MAX));
        assert_eq!((int(5).unwrap(), key(5), bound(5)), (5, Some(5), 5));
    }

    #[test]
    fn a_parameter_of_postgres_has_the_type_that_the_statement_gives_it() {
        let mut out = BytesMut::new();
        assert!(ToSql::to_sql(&Value::Int(258), &Type::INT8, &mut out).is_ok());
        assert_eq!(out[..], [0, 0, 0, 0, 0, 0, 1, 2]);
        assert!(matches!(ToSql::to_sql(&Value::Null, &Type::TEXT, &mut out), Ok(IsNull::Yes)));
        for (value, ty) in
            [(Value::Int(1), Type::TEXT), (Value::Flag(true), Type::INT8), (Value::from("a"), Type::BYTEA)]
        {
            assert!(ToSql::to_sql(&value, &ty, &mut out).is_err(), "{value:?} as {ty}");
        }
    }
}
