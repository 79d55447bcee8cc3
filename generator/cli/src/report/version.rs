//! The version of the generated crate, and the one that is due.

use openapi_generator::diff::RustLevel;

/// The version of a crate before and now, and what changed in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The version that the changes are made to; nothing if it isn't known.
    pub before: Option<semver::Version>,
    /// The version that the crate has.
    pub now: semver::Version,
    /// What changed; nothing if nothing did.
    pub due: Option<RustLevel>,
}

impl Version {
    /// The least version that is due; nothing if the one before isn't known.
    pub fn needed(&self) -> Option<semver::Version> {
        let before = self.before.clone()?;
        Some(match self.due {
            Some(level) => bumped(&before, level),
            None => before,
        })
    }

    /// Whether the crate's version is at least the one that is due; nothing if that isn't known.
    pub fn is_enough(&self) -> Option<bool> {
        Some(self.now >= self.needed()?)
    }
}

/// The next version, as cargo reads versions: before 1.0 the first number that isn't 0 is the major one.
fn bumped(version: &semver::Version, level: RustLevel) -> semver::Version {
    let (major, minor, patch) = (version.major, version.minor, version.patch);
    let next = match (level, major, minor) {
        (RustLevel::Major, 0, 0) => (0, 0, patch + 1),
        (RustLevel::Major, 0, _) => (0, minor + 1, 0),
        (RustLevel::Major, ..) => (major + 1, 0, 0),
        (RustLevel::Minor, 1.., _) => (major, minor + 1, 0),
        (RustLevel::Minor | RustLevel::Patch, ..) => (major, minor, patch + 1),
    };
    semver::Version::new(next.0, next.1, next.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bumps_are_cargos() {
        for (before, level, after) in [
            ("1.2.3", RustLevel::Major, "2.0.0"),
            ("1.2.3", RustLevel::Minor, "1.3.0"),
            ("1.2.3", RustLevel::Patch, "1.2.4"),
            ("0.2.3", RustLevel::Major, "0.3.0"),
            ("0.2.3", RustLevel::Minor, "0.2.4"),
            ("0.0.3", RustLevel::Major, "0.0.4"),
        ] {
            assert_eq!(bumped(&before.parse().unwrap(), level).to_string(), after, "{before} {level:?}");
        }
    }

    #[test]
    fn a_version_is_enough_or_not() {
        let version = |now: &str, due| Version {
            before: Some("0.1.0".parse().unwrap()),
            now: now.parse().unwrap(),
            due,
        };
        assert_eq!(version("0.1.0", None).is_enough(), Some(true));
        assert_eq!(version("0.1.0", Some(RustLevel::Patch)).is_enough(), Some(false));
        assert_eq!(version("0.1.1", Some(RustLevel::Minor)).is_enough(), Some(true));
        assert_eq!(version("0.1.1", Some(RustLevel::Major)).is_enough(), Some(false));
        assert_eq!(version("0.2.0", Some(RustLevel::Major)).is_enough(), Some(true));
        let unknown = Version { before: None, ..version("0.1.0", Some(RustLevel::Major)) };
        assert_eq!(unknown.is_enough(), None);
    }
}
