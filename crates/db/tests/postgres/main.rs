//! The PostgreSQL driver as `store` sees it.

#[cfg(test)]
mod common;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod lifecycle;
#[cfg(test)]
mod news;
#[cfg(test)]
mod reads;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod tls;
