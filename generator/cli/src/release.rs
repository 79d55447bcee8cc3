//! The last release of a crate, as tags of its repository or the registry's index say.

use std::collections::BTreeSet;
use std::path::Path;

use semver::Version;
use serde::Deserialize;

use crate::Failure;
use crate::git::Revision;
use crate::terminal::shown;

/// The last release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its version; nothing if nothing has been released.
    pub version: Option<Version>,
    /// What says so, as in "the tag v1.2.0".
    pub source: String,
    /// Every version that has been released, and can't be a second time.
    pub taken: BTreeSet<Version>,
    /// Whether what has changed since is known, and not only what the old side doesn't have.
    pub is_compared: bool,
}

/// How the tags of releases are called: a text with a `*` in place of the version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagPattern {
    text: String,
    before: String,
    after: String,
}

impl std::str::FromStr for TagPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('*') {
            Some((before, after)) if !after.contains('*') => {
                Ok(Self { text: text.to_owned(), before: before.to_owned(), after: after.to_owned() })
            }
            _ => Err(format!("{text:?} must have one `*` where the version is, as in \"v*\"")),
        }
    }
}

impl TagPattern {
    fn version(&self, tag: &str) -> Option<Version> {
        tag.strip_prefix(&self.before)?.strip_suffix(&self.after)?.parse().ok()
    }

    /// The release that `revision` comes after, and the tag's commit.
    ///
    /// # Errors
    /// The tag may be among the commits that a shallow clone lacks.
    pub fn last(&self, revision: &Revision) -> Result<(Release, Option<Revision>), Failure> {
        let versions = |tags: Vec<String>| {
            let versions = tags.into_iter().filter_map(|tag| Some((self.version(&tag)?, tag)));
            versions.collect::<Vec<_>>()
        };
        let taken: BTreeSet<Version> =
            versions(revision.tags(false)?).into_iter().map(|(version, _)| version).collect();
        let merged = versions(revision.tags(true)?);
        let last = last(merged.iter().map(|(version, _)| version)).cloned();
        let Some((version, tag)) = merged.into_iter().find(|(version, _)| Some(version) == last.as_ref())
        else {
            if revision.is_shallow()? {
                return Err(Failure::Usage(format!(
                    "no tag `{}` is in this clone, which has only the newest commits: fetch all commits and tags with \
                     `git fetch --unshallow --tags` (in a workflow, `fetch-depth: 0`)",
                    self.text
                )));
            }
            let before = if taken.is_empty() { "there is no tag" } else { "no commit before has a tag" };
            let source = format!("{before} `{}`", self.text);
            return Ok((Release { version: None, source, taken, is_compared: false }, None));
        };
        let commit = revision.tagged(&tag)?;
        let source = format!("the tag {tag}");
        Ok((Release { version: Some(version), source, taken, is_compared: true }, Some(commit)))
    }
}

/// The highest version that isn't a pre-release, or else the highest one.
fn last<'v>(versions: impl Iterator<Item = &'v Version>) -> Option<&'v Version> {
    versions.max_by_key(|version| (version.pre.is_empty(), *version))
}

/// A line of the registry's index.
#[derive(Deserialize)]
struct Line {
    name: String,
    vers: String,
    #[serde(default)]
    yanked: bool,
}

/// The last release that the crate's file in the registry's index lists: not a yanked one, and of the versions up to
/// `now`, unless all are higher, so that an older line of versions goes on by itself.
///
/// # Errors
/// The file can't be read, isn't an index, or is another crate's.
pub fn from_index(path: &Path, krate: Option<&str>, now: &Version) -> Result<Release, Failure> {
    let unusable = |why: String| Failure::Usage(format!("can't use the index {}: {why}", shown(path)));
    let text = crate::text_file::read(path).map_err(|error| {
        unusable(format!("{error}; for a crate that has never been published, give an empty file"))
    })?;
    let mut taken = BTreeSet::new();
    let mut good = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let of_line = |why: String| unusable(format!("line {}: {why}", index + 1));
        let line: Line = serde_json::from_str(line).map_err(|error| of_line(error.to_string()))?;
        if let Some(krate) = krate.filter(|krate| *krate != line.name) {
            return Err(of_line(format!("it is of the crate {:?}, not of {krate:?}", line.name)));
        }
        let version: Version =
            line.vers.parse().map_err(|_| of_line(format!("{:?} isn't a version", line.vers)))?;
        if !line.yanked {
            good.push(version.clone());
        }
        taken.insert(version);
    }
    let below = last(good.iter().filter(|version| *version <= now));
    let version = below.or_else(|| last(good.iter())).cloned();
    let source = match version {
        Some(_) => format!("the index {}", shown(path)),
        None => format!("the index {} lists no version", shown(path)),
    };
    Ok(Release { version, source, taken, is_compared: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn a_pattern_has_one_star() {
        for wrong in ["", "v1", "v*-*"] {
            assert!(wrong.parse::<TagPattern>().is_err(), "{wrong}");
        }
        let pattern: TagPattern = "client-v*".parse().unwrap();
        assert_eq!(pattern.version("client-v1.2.3"), Some(version("1.2.3")));
        for other in ["v1.2.3", "client-v1.2", "client-vx", "client-v"] {
            assert_eq!(pattern.version(other), None, "{other}");
        }
    }

    #[test]
    fn pre_releases_count_only_where_there_is_nothing_else() {
        let of = |list: &[&str]| {
            let versions: Vec<Version> = list.iter().map(|text| version(text)).collect();
            last(versions.iter()).map(ToString::to_string)
        };
        assert_eq!(of(&["1.9.0", "1.10.0", "2.0.0-rc.1"]).as_deref(), Some("1.10.0"));
        assert_eq!(of(&["0.1.0-alpha", "0.1.0-beta"]).as_deref(), Some("0.1.0-beta"));
        assert_eq!(of(&[]), None);
    }

    fn index(lines: &str, now: &str) -> Result<Release, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things");
        std::fs::write(&path, lines).unwrap();
        from_index(&path, Some("things"), &version(now)).map_err(|failure| format!("{failure:?}"))
    }

    #[test]
    fn yanked_versions_are_taken_but_not_the_last() {
        let lines = "{\"name\":\"things\",\"vers\":\"1.2.0\",\"deps\":[],\"cksum\":\"\",\"features\":{},\"yanked\":false}\n\
                     {\"name\":\"things\",\"vers\":\"1.3.0\",\"yanked\":true}\n\n\
                     {\"name\":\"things\",\"vers\":\"2.0.0\",\"yanked\":false,\"v\":2}\n";
        let found = |now| index(lines, now).unwrap().version.unwrap().to_string();
        assert_eq!(found("2.1.0"), "2.0.0");
        // The line of versions that 1.2.1 is of.
        assert_eq!(found("1.2.1"), "1.2.0");
        assert_eq!(found("1.4.0"), "1.2.0");
        assert_eq!(found("0.1.0"), "2.0.0");
        let taken = index(lines, "2.1.0").unwrap().taken;
        assert_eq!(taken, ["1.2.0", "1.3.0", "2.0.0"].map(version).into());
        assert_eq!(index("", "0.1.0").unwrap().version, None);
    }

    #[test]
    fn what_is_no_index_is_told() {
        for (lines, told) in [
            ("<html>", "line 1: "),
            (
                "{\"name\":\"things\",\"vers\":\"1.2.0\"}\n{\"name\":\"things\",\"vers\":\"1\"}",
                "isn't a version",
            ),
            ("{\"name\":\"other\",\"vers\":\"1.2.0\"}", "line 1: it is of the crate"),
        ] {
            let error = index(lines, "1.0.0").unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }
}
