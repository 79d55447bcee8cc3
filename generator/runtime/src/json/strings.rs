//! Scanning strings for the bytes that must be escaped in JSON: quotes, backslashes and control characters.
//! The reader and the writer share this code, which looks at eight bytes at a time.

/// The index of the first byte at or after `at` that must be escaped, or the length if there is none.
pub fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = specials(*chunk);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    bytes[at.min(bytes.len())..].iter().position(is_special).map_or(bytes.len(), |index| at + index)
}

/// Whether `bytes` contains no byte that must be escaped.
pub fn is_plain(bytes: &[u8]) -> bool {
    let (chunks, rest) = bytes.as_chunks();
    let in_chunks = chunks.iter().fold(0, |found, chunk| found | specials(*chunk));
    // Checks the last eight bytes, some of them for the second time, rather than the remainder byte by byte.
    let in_rest = match (bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        _ if rest.is_empty() => 0,
        (Some(last), ..) => specials(*last),
        (_, Some([a, b, c, d]), Some([e, f, g, h])) => specials([*a, *b, *c, *d, *e, *f, *g, *h]),
        _ => u64::from(rest.iter().any(is_special)),
    };
    in_chunks | in_rest == 0
}

/// Finds the first byte in `chunk` that must be escaped: its highest bit is set in the result. The bits of
/// later bytes may be set too, even if those bytes needn't be escaped.
const fn specials(chunk: [u8; 8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(chunk);
    // With their second bit flipped, a quote and the control characters are the bytes below 0x21.
    let quotes_and_controls = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslashes = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (quotes_and_controls | backslashes) & !word & (ONES << 7)
}

const fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..0x20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_looked_at_wherever_it_stands() {
        for length in 0..40 {
            let plain = "é~ a".bytes().cycle().take(length).collect::<Vec<u8>>();
            assert!(is_plain(&plain));
            assert_eq!(special(&plain, 0), length);
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut bytes = plain.clone();
                    bytes[place] = byte;
                    assert_eq!(is_plain(&bytes), !is_special(&byte), "{byte} at {place} of {length}");
                    assert_eq!(special(&bytes, 0), if is_special(&byte) { place } else { length });
                }
            }
        }
    }
}
