//! Generates Rust client crates from OpenAPI documents: the command `speccrate` as a library.
//!
//! A build script generates a client in a few lines:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     speccrate::Build::new("api.yaml").write()?;
//!     Ok(())
//! }
//! ```
//!
//! and `src/lib.rs` is `include!(concat!(env!("OUT_DIR"), "/client/src/lib.rs"));`. See [`Build`]. Depend on this crate
//! with `default-features = false` there, which leaves out all that only the command needs.

mod build;
pub mod crate_folder;
mod print;
mod text_file;

#[cfg(feature = "cli")]
pub mod commands;
#[cfg(feature = "cli")]
pub mod config;
#[cfg(feature = "cli")]
pub mod drift;
#[cfg(feature = "cli")]
mod failure;
#[cfg(feature = "cli")]
pub mod generation;
#[cfg(feature = "cli")]
pub mod git;
#[cfg(feature = "cli")]
pub mod load;
#[cfg(feature = "cli")]
pub mod project;
#[cfg(feature = "cli")]
pub mod release;
#[cfg(feature = "cli")]
pub mod report;
#[cfg(feature = "cli")]
mod scaffold;
#[cfg(feature = "cli")]
mod several;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "watch")]
mod watch;
#[cfg(feature = "cli")]
mod without;

pub use build::{Build, BuildError};
#[cfg(feature = "cli")]
pub use failure::Failure;

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
