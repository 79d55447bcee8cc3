//! A drawn document: read, planned and printed; what comes out is Rust that parses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pipeline(bytes));
