//! The content coding br (RFC 7932).

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

use crate::client::codings::Decode;

/// Undoes br.
pub(crate) struct Brotli {
    state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
    is_complete: bool,
}

impl Brotli {
    pub(crate) fn new() -> Self {
        let alloc = StandardAlloc::default();
        // Strict: windows are at most 16 MiB.
        Self { state: Box::new(BrotliState::new_strict(alloc, alloc, alloc)), is_complete: false }
    }
}

impl Decode for Brotli {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), String> {
        if self.is_complete {
            let none = input.is_empty();
            return if none { Ok((0, 0)) } else { Err("br: there is more after its end".to_owned()) };
        }
        let (mut left, mut read) = (input.len(), 0);
        let (mut room, mut written, mut total) = (output.len(), 0, 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut read,
            input,
            &mut room,
            &mut written,
            output,
            &mut total,
            &mut self.state,
        );
        match result {
            BrotliResult::ResultSuccess => self.is_complete = true,
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
            BrotliResult::ResultFailure => return Err("br: the data is damaged".to_owned()),
        }
        Ok((read, written))
    }

    fn is_complete(&self) -> bool {
        self.is_complete
    }
}
