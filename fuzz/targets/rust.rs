//! A drawn document: its public items can be told apart.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::rust(bytes));
