//! The runtime's reader and writer of XML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::xml(bytes));
