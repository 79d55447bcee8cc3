//! JSON Lines, JSON text sequences and events as items, in any pieces.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::items(bytes));
