//! Which known name an unknown one is most likely meant to be.

/// The one of `names` that is most like `name`, if any is.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let likeness = |other: &str| strsim::jaro_winkler(&lower, &other.to_lowercase());
    let near = names.map(|other| (likeness(other), other)).max_by(|a, b| a.0.total_cmp(&b.0));
    near.filter(|(likeness, _)| *likeness > 0.85).map(|(_, other)| other)
}

/// What to write instead of the unknown `name`.
pub(super) fn instead_of<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    match nearest(name, known) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Correct the name, or prefix it with `x-` if it is an extension.".to_owned(),
    }
}
