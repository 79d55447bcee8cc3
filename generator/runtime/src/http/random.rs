//! Random bits.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// 64 random bits. The standard library has no source of random numbers but the keys of its hash maps: 128 bits that
/// the operating system draws for each thread. A keyed hash reveals neither its key nor what it gives for another
/// input, and each `RandomState` has another key, so the bits can't be guessed from earlier ones.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
