//! Random bits.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// 64 random bits. The standard library has no source of random numbers but the keys of its hash maps: 128 bits that
/// the operating system draws for each thread. A keyed hash reveals neither its key nor what it gives for another
/// input, and each `RandomState` has another key, so the bits can't be guessed from earlier ones.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// 64 random bits of the browser's: hash maps have the same keys in each page there. A JavaScript engine without such a
/// source gives those.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) fn random() -> u64 {
    getrandom::u64().unwrap_or_else(|_| RandomState::new().build_hasher().finish())
}

/// A random UUID (RFC 9562, section 5.4).
pub(crate) fn uuid() -> String {
    let [high, low] = [random(), random()];
    let (version, variant) = (0x4000 | high & 0xfff, 0x8000 | low >> 48 & 0x3fff);
    format!(
        "{:08x}-{:04x}-{version:04x}-{variant:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_uuid_is_another_of_the_random_version() {
        let [one, other] = [uuid(), uuid()];
        assert_ne!(one, other);
        let parts: Vec<&str> = one.split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{one}");
        assert!(parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']), "{one}");
    }
}
