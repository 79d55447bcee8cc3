//! A drawn overlay, applied to a drawn document.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::overlay(bytes));
