//! Multipart bodies, read back.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::multipart(bytes));
