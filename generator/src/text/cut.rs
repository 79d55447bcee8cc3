//! Where a text is cut, to parse both halves at once.

use std::ops::Range;

/// Where a text is cut.
#[derive(Debug)]
pub(super) struct Cut {
    /// Where the first half ends.
    pub at: usize,
    /// The lines in the first half, from the outside in, with the keys of the mappings that the second half begins in.
    pub parents: Vec<Range<usize>>,
}

/// The one of both that is nearer to `middle`.
pub(super) fn nearer(middle: usize, one: Option<usize>, other: Option<usize>) -> Option<usize> {
    [one, other].into_iter().flatten().min_by_key(|at| at.abs_diff(middle))
}
