//! The runtime's reader and writer of JSON, against `serde_json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json(bytes));
