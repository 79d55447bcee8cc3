//! Pages of the documentation whose examples are compiled and run.
#![doc = include_str!("../docs/webhooks.md")]
