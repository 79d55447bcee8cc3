//! How git is called: so that it runs no other program, whatever the repository's configuration says.

use std::process::{Command, Output, Stdio};

/// What overrides the configuration of a repository, which may be a stranger's.
const SETTINGS: [&str; 5] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "diff.external=",
    "protocol.allow=never",
    // A folder of the repository can look like a repository of its own.
    "safe.bareRepository=explicit",
];

/// What a hook of git finds in its environment. It leads to the repository of the hook, from the folder of the hook.
const OF_ANOTHER_CALL: [&str; 6] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"];

const ENVIRONMENT: [(&str, &str); 6] = [
    // Objects that are missing aren't fetched: a remote can be a command. A repository can allow each protocol for itself.
    ("GIT_ALLOW_PROTOCOL", ""),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_TERMINAL_PROMPT", "0"),
    // A path is never a pattern.
    ("GIT_LITERAL_PATHSPECS", "1"),
    // Messages are recognised below.
    ("LC_ALL", "C"),
    ("LANGUAGE", "C"),
];

/// Git, told to run no other program and to fetch nothing: no monitor of files, hook, filter, pager or helper of a remote.
/// What compares files on the disk, such as `git diff` and `git status`, runs filters all the same, and isn't to be used.
pub(crate) fn command() -> Command {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--no-optional-locks"]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    for name in OF_ANOTHER_CALL {
        command.env_remove(name);
    }
    command.envs(ENVIRONMENT).stdin(Stdio::null());
    command
}

/// The repository that git refused to read because it belongs to another user.
pub(super) fn owned_by_another(output: &Output) -> Option<String> {
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| {
        line.contains("dubious ownership in repository at '") || line.contains("unsafe repository ('")
    })?;
    let (_, path) = line.split_once('\'')?;
    let (path, _) = path.split_once('\'')?;
    Some(path.to_owned())
}
