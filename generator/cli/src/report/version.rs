//! The bump that is due, and whether the crate's version has it.

use openapi_generator::diff::RustLevel;

use crate::release::Release;

/// The crate's version before and after, and what is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The version that the changes are made to; nothing if it isn't known.
    pub before: Option<semver::Version>,
    /// The version that the crate has.
    pub now: semver::Version,
    /// What changed, since the last release if that is compared; nothing if nothing did.
    pub due: Option<RustLevel>,
    /// The last release, if the version is to be compared with that and not with the one before.
    pub release: Option<Release>,
}

impl Version {
    /// The version that the bump is counted from; nothing if it isn't known.
    pub fn base(&self) -> Option<&semver::Version> {
        match &self.release {
            Some(release) => release.version.as_ref(),
            None => self.before.as_ref(),
        }
    }

    /// The least version that is due; nothing if the one before isn't known, or nothing has been released.
    pub fn needed(&self) -> Option<semver::Version> {
        let base = self.base()?;
        let Some(level) = self.due else { return Some(base.clone()) };
        let mut needed = bumped(base, level);
        if let Some(release) = &self.release {
            // What is before may have been raised for changes that aren't known here.
            if let Some(before) = self.before.as_ref().filter(|_| !release.is_compared) {
                needed = needed.max(before.clone());
            }
            if needed <= self.now && self.is_taken() {
                needed = self.now.clone();
            }
            while release.taken.contains(&needed) {
                needed = semver::Version::new(needed.major, needed.minor, needed.patch + 1);
            }
        }
        Some(needed)
    }

    /// Whether the crate's version is at least the one that is due; nothing if that isn't known.
    pub fn is_enough(&self) -> Option<bool> {
        if self.release.as_ref().is_some_and(|release| release.version.is_none()) {
            return Some(true);
        }
        let needed = self.needed()?;
        // A pre-release of the version that is due is on its way to it.
        let core = semver::Version::new(self.now.major, self.now.minor, self.now.patch);
        let is_new = self.due.is_none() || !self.is_taken();
        Some(self.now >= needed || (self.due.is_some() && core >= needed && is_new))
    }

    fn is_taken(&self) -> bool {
        match &self.release {
            Some(release) => release.taken.contains(&self.now),
            None => self.before.as_ref() == Some(&self.now),
        }
    }
}

/// The next version, as cargo reads versions: before 1.0 the first number that isn't 0 is the major one. After a
/// pre-release it is what that leads to.
fn bumped(version: &semver::Version, level: RustLevel) -> semver::Version {
    let (major, minor, patch) = (version.major, version.minor, version.patch);
    let next = match (level, major, minor) {
        _ if !version.pre.is_empty() => (major, minor, patch),
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
            ("2.0.0-rc.1", RustLevel::Major, "2.0.0"),
        ] {
            assert_eq!(bumped(&before.parse().unwrap(), level).to_string(), after, "{before} {level:?}");
        }
    }

    fn version(now: &str, due: Option<RustLevel>) -> Version {
        Version { before: Some("0.1.0".parse().unwrap()), now: now.parse().unwrap(), due, release: None }
    }

    #[test]
    fn a_version_is_enough_or_not() {
        assert_eq!(version("0.1.0", None).is_enough(), Some(true));
        assert_eq!(version("0.1.0", Some(RustLevel::Patch)).is_enough(), Some(false));
        assert_eq!(version("0.1.1", Some(RustLevel::Minor)).is_enough(), Some(true));
        assert_eq!(version("0.1.1", Some(RustLevel::Major)).is_enough(), Some(false));
        assert_eq!(version("0.2.0", Some(RustLevel::Major)).is_enough(), Some(true));
        assert_eq!(version("0.2.0-rc.1", Some(RustLevel::Major)).is_enough(), Some(true));
        let unknown = Version { before: None, ..version("0.1.0", Some(RustLevel::Major)) };
        assert_eq!(unknown.is_enough(), None);
        let pre = Version {
            before: Some("0.2.0-rc.1".parse().unwrap()),
            ..version("0.2.0-rc.1", Some(RustLevel::Major))
        };
        assert_eq!(pre.is_enough(), Some(false));
    }

    /// What is needed at `now` after these releases, the first of which is the last one, and whether it is there.
    fn after(releases: &[&str], before: &str, now: &str, due: RustLevel) -> (Option<String>, Option<bool>) {
        let parsed: Vec<semver::Version> = releases.iter().map(|text| text.parse().unwrap()).collect();
        let version = Version {
            before: Some(before.parse().unwrap()),
            release: Some(Release {
                version: parsed.first().cloned(),
                source: String::new(),
                taken: parsed.into_iter().collect(),
                is_compared: false,
            }),
            ..version(now, Some(due))
        };
        (version.needed().map(|version| version.to_string()), version.is_enough())
    }

    #[test]
    fn bumps_are_counted_from_the_last_release() {
        let told = |needed: &str, enough| (Some(needed.to_owned()), Some(enough));
        // The bump is there already.
        assert_eq!(after(&["1.2.0"], "1.3.0", "1.3.0", RustLevel::Minor), told("1.3.0", true));
        assert_eq!(after(&["1.2.0"], "1.3.0", "1.3.0", RustLevel::Major), told("2.0.0", false));
        assert_eq!(after(&["0.2.0"], "0.2.1", "0.2.1", RustLevel::Minor), told("0.2.1", true));
        assert_eq!(after(&["0.2.0"], "0.2.1", "0.2.1", RustLevel::Major), told("0.3.0", false));
        // It isn't taken back.
        assert_eq!(after(&["1.2.0"], "2.0.0", "1.3.0", RustLevel::Minor), told("2.0.0", false));
        // What is released, even if it was yanked, can't be a second time.
        assert_eq!(after(&["1.2.0", "1.3.0"], "1.2.0", "1.3.0", RustLevel::Minor), told("1.3.1", false));
        assert_eq!(after(&["1.2.0", "1.3.0"], "1.2.0", "1.3.1", RustLevel::Minor), told("1.3.1", true));
        assert_eq!(
            after(&["1.2.0", "2.0.0-rc.1"], "1.2.0", "2.0.0-rc.2", RustLevel::Major),
            told("2.0.0", true)
        );
        assert_eq!(
            after(&["1.0.0-rc.1"], "1.0.0-rc.1", "1.0.0-rc.1", RustLevel::Minor),
            told("1.0.0", false)
        );
        // Nothing has been released.
        assert_eq!(after(&[], "0.1.0", "0.1.0", RustLevel::Major), (None, Some(true)));
    }
}
