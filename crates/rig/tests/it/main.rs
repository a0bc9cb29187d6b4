//! The rigs against what they drive.

#[cfg(test)]
mod postgres;
#[cfg(test)]
mod process;
#[cfg(test)]
mod proxy;
