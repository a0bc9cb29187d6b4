//! The inbox against the real platform, on both engines.

#[cfg(test)]
#[macro_use]
mod engines;
#[cfg(test)]
mod api;
#[cfg(test)]
mod attach;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod connect;
#[cfg(test)]
mod flood;
#[cfg(test)]
mod ingest;
#[cfg(test)]
mod reply;
#[cfg(test)]
mod rig;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod session;
#[cfg(test)]
mod thread;
#[cfg(test)]
mod together;
