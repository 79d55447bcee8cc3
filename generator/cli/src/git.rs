//! Files as they are in a git revision.

pub(crate) mod command;
mod last;

use std::path::{Component, Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use command::command;

/// Why a revision can't be read.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// There is no git.
    #[error("git can't be run ({0}), so that the revision {1} can't be read: give a file instead")]
    NoGit(std::io::Error, String),
    /// The document isn't in a repository.
    #[error("{0} isn't in a git repository, so that the revision {1} can't be read: give a file instead")]
    NoRepository(PathBuf, String),
    /// The repository is somebody else's, and git reads no such repository.
    #[error(
        "{0} belongs to another user, so git doesn't read it: if you trust what is in it, run `git config --global --add \
         safe.directory {0}`"
    )]
    Owner(String),
    /// The repository has no commit.
    #[error("there is no commit yet: commit the document, or give a file instead of {0}")]
    Unborn(String),
    /// It is neither a file nor a revision.
    #[error("{0} is neither a file nor a git revision")]
    Unknown(String),
    /// The clone has only the newest commits.
    #[error(
        "{0} isn't in this clone, which has only the newest commits: fetch {1}all commits with `git fetch --unshallow` (in \
         a workflow, `fetch-depth: 0`)"
    )]
    Shallow(String, String),
    /// The revision is a branch of a remote repository.
    #[error("{0} is neither a file nor a git revision of this clone; there is {1}: give that")]
    Remote(String, String),
    /// The tag is of something else.
    #[error("the tag {0} isn't of a commit")]
    NoCommit(String),
    /// Two revisions have nothing in common.
    #[error("{0} and {1} have no common commit")]
    Unrelated(String, String),
    /// The revision hasn't got the document.
    #[error("there is no {1} in the revision {0}")]
    NoDocument(String, String),
    /// The revision has a file whose path leads elsewhere.
    #[error("the revision {0} has a file with the path {1:?}, which leads out of its folder")]
    Outside(String, String),
    /// Git failed.
    #[error("git {0}: {1}")]
    Git(String, String),
    /// A file can't be written to the folder for temporary files.
    #[error("can't write {0}: {1}")]
    Write(PathBuf, std::io::Error),
}

/// A commit of the repository that a document is in.
#[derive(Clone, Debug)]
pub struct Revision {
    /// As it was given.
    pub name: String,
    commit: String,
    top: PathBuf,
}

impl Revision {
    /// The revision `name` of the repository that `document` is in.
    pub fn find(name: &str, document: &Path) -> Result<Self, RevisionError> {
        let folder = document.ancestors().skip(1).find(|folder| folder.is_dir());
        let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
        let run = |arguments: &[&str]| git(&folder, arguments, name);
        let top = run(&["rev-parse", "--show-toplevel"])?;
        if !top.status.success() {
            if let Some(repository) = command::owned_by_another(&top) {
                return Err(RevisionError::Owner(repository));
            }
            return Err(RevisionError::NoRepository(document.to_owned(), name.to_owned()));
        }
        let top = PathBuf::from(line(&top));
        let commit = |revision: &str| commit(&folder, revision, name);
        if let Some(commit) = commit(name)? {
            return Ok(Self { name: name.to_owned(), commit, top });
        }
        if name.starts_with("HEAD") && commit("HEAD")?.is_none() {
            return Err(RevisionError::Unborn(name.to_owned()));
        }
        let remote = format!("origin/{name}");
        if commit(&remote)?.is_some() {
            return Err(RevisionError::Remote(name.to_owned(), remote));
        }
        if is_shallow(&folder, name)? {
            // What stands for a commit before another can't be fetched by that name.
            let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
            let own = if is_name { format!("it with `git fetch origin {name}`, or ") } else { String::new() };
            return Err(RevisionError::Shallow(name.to_owned(), own));
        }
        Err(RevisionError::Unknown(name.to_owned()))
    }

    /// The last commit that the revisions `one` and `other` have in common.
    pub fn merge_base(one: &str, other: &str, document: &Path) -> Result<Self, RevisionError> {
        let (first, second) = (Self::find(one, document)?, Self::find(other, document)?);
        let output = git(&first.top, &["merge-base", &first.commit, &second.commit], one)?;
        if output.status.success() {
            return Ok(Self { name: format!("{one}...{other}"), commit: line(&output), top: first.top });
        }
        if is_shallow(&first.top, one)? {
            let base = format!("the last commit that {one} and {other} have in common");
            return Err(RevisionError::Shallow(base, String::new()));
        }
        Err(RevisionError::Unrelated(one.to_owned(), other.to_owned()))
    }

    /// The folder that the repository is in.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// What `path` was called in the revision: the file that git takes for the same one if it has been renamed since.
    pub fn former(&self, path: &Path) -> PathBuf {
        self.former_of(path).unwrap_or_else(|| path.to_owned())
    }

    fn former_of(&self, path: &Path) -> Option<PathBuf> {
        let inside = self.inside(path).ok()?;
        if self.git(&["cat-file", "-e", &format!("{}:{inside}", self.commit)]).is_ok() {
            return None;
        }
        // What is in the index, not on the disk: to read files, git would run the filters that the repository names.
        let renames = ["--cached", "--name-status", "-z", "--find-renames", "--diff-filter=R"];
        let plain = ["--no-ext-diff", "--no-textconv", "--ignore-submodules=all"];
        let output =
            self.git(&[&["diff-index"], &renames[..], &plain, &[&self.commit, "--"]].concat()).ok()?;
        let listed = String::from_utf8_lossy(&output.stdout);
        let mut fields = listed.split('\0');
        while let (Some(_), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
            if new == inside {
                return Some(self.top.join(old));
            }
        }
        None
    }

    /// Whether `document` and the other `inputs` are as in the last commit, or in none. It is asked at each run, and so
    /// asks git once, or not at all.
    pub fn is_last(document: &Path, inputs: &[PathBuf]) -> bool {
        let Some(folder) = document.parent() else { return false };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // Elsewhere git would only say so, and takes a while to.
        let Ok(folder) = folder.canonicalize() else { return false };
        let Some(top) = folder.ancestors().find(|folder| folder.join(".git").exists()) else { return true };
        last::are_last(top, inputs).unwrap_or(false)
    }

    /// The folder of `document` as of the revision, or the folder `root` above it, in a temporary one: whatever YAML and
    /// JSON is in and below it. The path is the document's.
    pub fn check_out(
        &self,
        document: &Path,
        root: Option<&Path>,
    ) -> Result<(TempDir, PathBuf), RevisionError> {
        let inside = self.inside(document)?;
        // Above the repository there is nothing of the revision.
        let root = root.map(|root| self.inside(root).unwrap_or_default());
        let root = root.as_deref().map(Path::new).filter(|root| Path::new(&inside).starts_with(root));
        let folder = root.or_else(|| Path::new(&inside).parent()).unwrap_or(Path::new(""));
        let prefix = match folder.to_str() {
            None | Some("") => ".".to_owned(),
            Some(folder) => format!("{folder}/"),
        };
        let listed = self.git(&["ls-tree", "-r", "-z", "--full-tree", &self.commit, "--", &prefix])?;
        let target =
            tempfile::tempdir().map_err(|error| RevisionError::Write(std::env::temp_dir(), error))?;
        let mut found = None;
        for entry in String::from_utf8_lossy(&listed.stdout).split('\0') {
            let Some((kind, path)) = entry.split_once('\t') else { continue };
            let [mode, "blob", id] = kind.split(' ').collect::<Vec<_>>()[..] else { continue };
            let read =
                mode.starts_with("100") && [".yaml", ".yml", ".json"].iter().any(|end| path.ends_with(end));
            let own = path == inside;
            if !(read || own) {
                continue;
            }
            let relative = Path::new(path).strip_prefix(folder).unwrap_or(Path::new(path));
            // Git writes no such file, but an object can name it.
            if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
                return Err(RevisionError::Outside(self.name.clone(), path.to_owned()));
            }
            let to = target.path().join(relative);
            let write = |bytes: &[u8]| {
                std::fs::create_dir_all(to.parent().unwrap_or(target.path()))?;
                std::fs::write(&to, bytes)
            };
            let blob = self.git(&["cat-file", "blob", id])?;
            write(&blob.stdout).map_err(|error| RevisionError::Write(to.clone(), error))?;
            if own {
                found = Some(to);
            }
        }
        let path = found.ok_or_else(|| RevisionError::NoDocument(self.name.clone(), inside))?;
        Ok((target, path))
    }

    /// The text of a file as of the revision; nothing if it isn't there.
    pub fn text(&self, path: &Path) -> Option<String> {
        let blob = |path: &Path| {
            let inside = self.inside(path).ok()?;
            self.git(&["cat-file", "blob", &format!("{}:{inside}", self.commit)]).ok()
        };
        let blob = blob(path).or_else(|| blob(&self.former_of(path)?))?;
        String::from_utf8(blob.stdout).ok()
    }

    /// The tags of the repository; if `merged`, those of the revision and of commits before it.
    pub fn tags(&self, merged: bool) -> Result<Vec<String>, RevisionError> {
        let merged = merged.then(|| format!("--merged={}", self.commit));
        let mut arguments = vec!["for-each-ref", "--format=%(refname:strip=2)"];
        arguments.extend(merged.as_deref());
        arguments.push("refs/tags");
        let output = self.git(&arguments)?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
    }

    /// The commit of a tag.
    pub fn tagged(&self, tag: &str) -> Result<Self, RevisionError> {
        let commit = commit(&self.top, &format!("refs/tags/{tag}"), tag)?;
        let commit = commit.ok_or_else(|| RevisionError::NoCommit(tag.to_owned()))?;
        Ok(Self { name: tag.to_owned(), commit, top: self.top.clone() })
    }

    /// Whether the repository has only the newest commits.
    pub fn is_shallow(&self) -> Result<bool, RevisionError> {
        is_shallow(&self.top, &self.name)
    }

    /// The path inside the repository, with `/`.
    pub fn inside(&self, path: &Path) -> Result<String, RevisionError> {
        let outside = || RevisionError::NoDocument(self.name.clone(), path.display().to_string());
        let top = self.top.canonicalize().map_err(|_| outside())?;
        // The file needn't be there any more: its folder may have gone with it.
        let there = path.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
        let (part, real) = there.ok_or_else(outside)?;
        let whole = real.join(path.strip_prefix(part).map_err(|_| outside())?);
        let inside = whole.strip_prefix(&top).map_err(|_| outside())?;
        Ok(inside.to_string_lossy().replace('\\', "/"))
    }

    fn git(&self, arguments: &[&str]) -> Result<Output, RevisionError> {
        let output = git(&self.top, arguments, &self.name)?;
        if output.status.success() {
            return Ok(output);
        }
        let said = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default().to_owned();
        Err(RevisionError::Git(arguments[0].to_owned(), said))
    }
}

fn git(folder: &Path, arguments: &[&str], revision: &str) -> Result<Output, RevisionError> {
    let output = command().arg("-C").arg(folder).args(arguments).output();
    output.map_err(|error| RevisionError::NoGit(error, revision.to_owned()))
}

/// The commit that `revision` names, if it names one; `given` is what errors call it.
fn commit(folder: &Path, revision: &str, given: &str) -> Result<Option<String>, RevisionError> {
    let revision = format!("{revision}^{{commit}}");
    let output = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &revision], given)?;
    // Some versions of git repeat the option.
    let commit = line(&output).lines().last().map(str::to_owned);
    Ok(commit.filter(|_| output.status.success()))
}

fn is_shallow(folder: &Path, revision: &str) -> Result<bool, RevisionError> {
    Ok(line(&git(folder, &["rev-parse", "--is-shallow-repository"], revision)?) == "true")
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\r', '\n']).to_owned()
}
