//! Signatures of webhooks, signed and forged.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::webhooks(bytes));
