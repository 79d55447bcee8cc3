//! Drawn settings, with a drawn document.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::settings(bytes));
