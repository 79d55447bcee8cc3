//! Two drawn documents: compared with each other and with themselves.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::diff(bytes));
