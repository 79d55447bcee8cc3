//! A program is built when it must be, and only then.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

#[path = "../src/built.rs"]
mod built;

use built::Built;

/// An empty folder below cargo's target folder.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A workspace whose program was built a minute ago from a source with a space in its path.
fn workspace(root: &Path) -> Built {
    let target = root.join("target");
    fs::create_dir_all(target.join("debug")).unwrap();
    fs::create_dir_all(root.join("a b/src")).unwrap();
    let built = Built::of(root, target.as_os_str(), "speccrate", false);
    for path in [root.join("a b/src/main.rs"), root.join("a b/Cargo.toml"), root.join("Cargo.lock")] {
        at(&path, 120);
    }
    at(&built.program, 60);
    let path = root.display().to_string().replace(' ', "\\ ");
    fs::write(
        built.program.with_extension("d"),
        format!("{path}/target/debug/speccrate: {path}/a\\ b/src/main.rs\n"),
    )
    .unwrap();
    built
}

/// Makes the file at `path`, or makes it so many seconds old.
fn at(path: &Path, seconds: u64) {
    let file = File::options().create(true).append(true).open(path).unwrap();
    file.set_modified(ago(seconds)).unwrap();
}

fn ago(seconds: u64) -> SystemTime {
    SystemTime::now() - Duration::from_secs(seconds)
}

#[test]
fn what_is_built_from_the_files_is_fresh() {
    let folder = Folder::new();
    let built = workspace(folder.0.as_path());
    assert!(!built.is_fresh(), "nobody has noted that the build succeeded");
    built.note(ago(90)).unwrap();
    assert!(built.is_fresh());
}

#[test]
fn a_change_makes_it_stale() {
    for changed in ["a b/src/main.rs", "a b/Cargo.toml", "Cargo.lock"] {
        let folder = Folder::new();
        let built = workspace(folder.0.as_path());
        built.note(ago(90)).unwrap();
        at(&folder.0.as_path().join(changed), 0);
        assert!(!built.is_fresh(), "{changed}");
    }
}

#[test]
fn a_change_during_the_build_makes_it_stale() {
    let folder = Folder::new();
    let built = workspace(folder.0.as_path());
    built.note(ago(90)).unwrap();
    at(&folder.0.as_path().join("a b/src/main.rs"), 75);
    assert!(!built.is_fresh());
}

#[test]
fn a_program_from_before_the_change_is_stale() {
    let folder = Folder::new();
    let built = workspace(folder.0.as_path());
    // The build that is noted made another program, as for another target.
    at(&folder.0.as_path().join("a b/src/main.rs"), 50);
    built.note(ago(40)).unwrap();
    assert!(!built.is_fresh());
}

#[test]
fn what_is_gone_makes_it_stale() {
    for gone in ["a b/src/main.rs", "target/debug/speccrate.d"] {
        let folder = Folder::new();
        let built = workspace(folder.0.as_path());
        built.note(ago(90)).unwrap();
        fs::remove_file(folder.0.as_path().join(gone)).unwrap();
        assert!(!built.is_fresh(), "{gone}");
    }
}

#[test]
fn only_settings_that_changed_after_the_build_count() {
    let folder = Folder::new();
    let built = workspace(folder.0.as_path());
    // A comment in the manifest: cargo was run again and built nothing.
    at(&folder.0.as_path().join("a b/Cargo.toml"), 30);
    built.note(ago(20)).unwrap();
    assert!(built.is_fresh());
}
