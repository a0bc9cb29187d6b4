//! What a whole table comes to, so that two of them can be compared.

use std::fmt;

use super::cell::{Cell, hash};

/// Rows, and the sum of their hashes modulo 2 to the 256, which is the same in whatever order they come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Digest {
    /// How many rows.
    pub rows: u64,
    /// The sum, its highest part first.
    sum: [u64; 4],
}

impl Digest {
    pub(super) fn add(&mut self, row: &[Cell]) {
        self.rows += 1;
        let hash = hash(row);
        let mut carry = false;
        for (part, bytes) in self.sum.iter_mut().zip(hash.chunks_exact(8)).rev() {
            let number = bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
            let (sum, over) = part.overflowing_add(number);
            let (sum, over_again) = sum.overflowing_add(carry.into());
            (*part, carry) = (sum, over || over_again);
        }
    }

    /// The sum as 64 digits.
    pub fn checksum(&self) -> String {
        self.sum.map(|part| format!("{part:016x}")).concat()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows, {}", self.rows, self.checksum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[i64]) -> Digest {
        let mut digest = Digest::default();
        numbers.iter().for_each(|number| digest.add(&[Cell::Int(*number)]));
        digest
    }

    #[test]
    fn the_order_does_not_count_and_everything_else_does() {
        assert_eq!(of(&[1, 2, 3]), of(&[3, 1, 2]));
        assert_ne!(of(&[1, 2, 3]), of(&[1, 2, 4]));
        assert_ne!(of(&[1, 2]), of(&[1, 2, 2]));
        assert_ne!(of(&[1, 1]).checksum(), of(&[2, 2]).checksum());
    }

    #[test]
    fn the_sum_is_that_of_numbers_of_256_bits() {
        let (one, two, both) = (of(&[1]), of(&[2]), of(&[1, 2]));
        let add = |a: &Digest, b: &Digest| {
            let digit = |digest: &Digest, at: usize| u32::from_str_radix(&digest.checksum()[at..=at], 16).unwrap();
            let mut carry = 0;
            let mut digits = Vec::new();
            for at in (0..64).rev() {
                let sum = digit(a, at) + digit(b, at) + carry;
                digits.push(char::from_digit(sum % 16, 16).unwrap());
                carry = sum / 16;
            }
            digits.iter().rev().collect::<String>()
        };
        assert_eq!(both.checksum(), add(&one, &two));
    }
}
