//! The content coding zstd (RFC 8878).

use zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer};

use crate::client::codings::{Decode, failed};
use crate::http::transport_error::TransportError;

/// The base-2 logarithm of the largest window that the content coding allows: 8 MiB (RFC 9659).
const WINDOW: u32 = 23;

/// Undoes zstd: any number of frames, one after another.
pub(crate) struct Zstd {
    context: DCtx<'static>,
    is_complete: bool,
}

impl Zstd {
    pub(crate) fn new() -> Result<Self, TransportError> {
        let unable = || failed("zstd can't be set up");
        let mut context = DCtx::try_create().ok_or_else(unable)?;
        context.set_parameter(DParameter::WindowLogMax(WINDOW)).map_err(|_| unable())?;
        Ok(Self { context, is_complete: true })
    }
}

impl Decode for Zstd {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), String> {
        if self.is_complete && input.is_empty() {
            return Ok((0, 0));
        }
        let mut input = InBuffer::around(input);
        let mut output = OutBuffer::around(output);
        let expected = self.context.decompress_stream(&mut output, &mut input);
        let expected = expected.map_err(|code| format!("zstd: {}", zstd_safe::get_error_name(code)))?;
        self.is_complete = expected == 0;
        Ok((input.pos(), output.pos()))
    }

    fn is_complete(&self) -> bool {
        self.is_complete
    }
}
