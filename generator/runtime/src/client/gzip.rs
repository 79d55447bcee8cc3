//! The content codings gzip (RFC 1952) and deflate (RFC 1950).

use flate2::{Decompress, FlushDecompress, Status};

use crate::client::codings::Decode;

/// The base-2 logarithm of the largest window that either format has.
const WINDOW: u8 = 15;

/// Undoes gzip or deflate.
pub(crate) struct Inflate {
    format: Format,
    /// What decodes the current member; `None` before the first and between two.
    member: Option<Decompress>,
    is_first: bool,
}

#[derive(PartialEq, Eq)]
enum Format {
    /// Any number of members, one after another.
    Gzip,
    /// One zlib stream. Some servers send it without its header.
    Deflate,
}

impl Inflate {
    pub(crate) fn gzip() -> Self {
        Self { format: Format::Gzip, member: None, is_first: true }
    }

    pub(crate) fn deflate() -> Self {
        Self { format: Format::Deflate, member: None, is_first: true }
    }

    /// What decodes the member that begins with this byte.
    fn member(&self, first: u8) -> Result<Decompress, String> {
        match self.format {
            Format::Gzip if self.is_first || first == 0x1f => Ok(Decompress::new_gzip(WINDOW)),
            Format::Deflate if self.is_first => {
                // The method of a zlib header. No block begins with these bits, unless its padding isn't zero.
                Ok(Decompress::new(first & 0x0f == 8))
            }
            Format::Gzip | Format::Deflate => Err(format!("{}: there is more after its end", self.name())),
        }
    }

    fn name(&self) -> &'static str {
        if self.format == Format::Gzip { "gzip" } else { "deflate" }
    }
}

impl Decode for Inflate {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), String> {
        let mut member = match (self.member.take(), input.first()) {
            (Some(member), _) => member,
            (None, Some(first)) => self.member(*first)?,
            (None, None) => return Ok((0, 0)),
        };
        self.is_first = false;
        let before = (member.total_in(), member.total_out());
        let status = member.decompress(input, output, FlushDecompress::None);
        let status = status.map_err(|_| format!("{}: the data is damaged", self.name()))?;
        // Neither is more than a slice's length.
        let counts = ((member.total_in() - before.0) as usize, (member.total_out() - before.1) as usize);
        if status != Status::StreamEnd {
            self.member = Some(member);
        }
        Ok(counts)
    }

    fn is_complete(&self) -> bool {
        self.member.is_none()
    }
}
