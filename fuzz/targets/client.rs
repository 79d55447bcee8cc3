//! A call whose server answers with anything.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::client(bytes));
