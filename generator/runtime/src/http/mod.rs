//! Operations as HTTP requests and responses, without any I/O.

pub mod any_error;
pub mod body;
pub mod body_setters;
pub(crate) mod cause;
pub(crate) mod clock;
pub(crate) mod content_type;
pub mod cookies;
pub mod error;
pub mod events;
pub mod external;
pub mod failure;
#[cfg(feature = "client")]
pub mod file;
pub mod forms;
pub mod found;
pub mod headers;
pub mod incoming;
pub mod invalid_request;
pub mod item_bodies;
pub mod items;
pub(crate) mod links;
pub mod method;
pub mod multipart;
pub mod operation;
pub mod operation_macros;
pub mod page_error;
mod part_type;
pub mod pieces;
pub mod positions;
pub(crate) mod printable;
#[cfg(feature = "client")]
pub mod progress;
pub(crate) mod random;
pub mod reply;
pub mod request;
pub mod server_url;
pub mod shortcuts;
pub mod style;
pub mod transport_error;
#[cfg(feature = "xml")]
pub mod xml_bodies;

#[cfg(test)]
mod request_tests;
