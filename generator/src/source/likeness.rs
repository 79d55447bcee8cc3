//! What to write instead of an unknown name.

use crate::text::most_like;

/// What to write instead of the unknown `name`.
pub(super) fn instead_of<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    match most_like(name, known) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Correct the name, or prefix it with `x-` if it is an extension.".to_owned(),
    }
}
