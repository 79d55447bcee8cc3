//! Any bytes as a document: read, and what is wrong with them printed.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::source(bytes));
