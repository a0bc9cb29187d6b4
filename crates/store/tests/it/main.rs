//! One suite for every engine of the store, and a comparison of the engines under random use.

#[cfg(test)]
#[macro_use]
mod engines;
#[cfg(test)]
mod house;
#[cfg(test)]
mod make;
#[cfg(test)]
mod model;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod suite;
