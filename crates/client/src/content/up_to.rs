//! Lists that are never empty and never too long.

use crate::Error;

/// One to `MAX` things.
///
/// An array is checked while compiling, a vector when it comes:
///
/// ```
/// use parlance_client::content::{Button, Buttons};
///
/// let ask = || Button::postback("Ask", "ASK");
/// let three = Buttons::from([ask(), ask(), ask()]);
/// let error = Buttons::try_from(vec![ask(); 4]).unwrap_err();
/// assert_eq!(error.to_string(), "call is invalid: list has 4 elements, it takes 1 to 3");
/// ```
///
/// ```compile_fail
/// # use parlance_client::content::{Button, Buttons};
/// # let ask = || Button::postback("Ask", "ASK");
/// let four = Buttons::from([ask(), ask(), ask(), ask()]);
/// ```
///
/// ```compile_fail
/// # use parlance_client::content::{Button, Buttons};
/// let none = Buttons::from([] as [Button; 0]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpTo<const MAX: usize, T>(Vec<T>);

impl<const MAX: usize, T> UpTo<MAX, T> {
    /// The things.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<const MAX: usize, const N: usize, T, U: Into<T>> From<[U; N]> for UpTo<MAX, T> {
    fn from(things: [U; N]) -> Self {
        const { assert!(N >= 1 && N <= MAX, "this list has no element, or more than Instagram takes") };
        Self(things.map(Into::into).into())
    }
}

impl<const MAX: usize, T> TryFrom<Vec<T>> for UpTo<MAX, T> {
    type Error = Error;

    /// # Errors
    /// [`Error::Invalid`] for an empty list and for one of more than `MAX`.
    fn try_from(things: Vec<T>) -> Result<Self, Error> {
        match things.len() {
            count if (1..=MAX).contains(&count) => Ok(Self(things)),
            count => Err(Error::Invalid(format!("list has {count} elements, it takes 1 to {MAX}"))),
        }
    }
}
