//! Which known name an unknown one is most likely meant to be.

/// The one of `names` that is most like `name`, if any is.
pub(crate) fn most_like<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let likeness = |other: &str| strsim::jaro_winkler(&lower, &other.to_lowercase());
    let near = names.map(|other| (likeness(other), other)).max_by(|a, b| a.0.total_cmp(&b.0));
    near.filter(|(likeness, _)| *likeness > 0.85).map(|(_, other)| other)
}
