//! The bump that is due since the last release, not since the commit before.

use crate::OLD;
use crate::folder::{Folder, errors, refuses, text};

const BUMP: [&str; 4] = ["--fail-on", "missing-bump", "--release-tags", "v*"];

/// The document with more optional properties.
fn with(more: &str) -> String {
    OLD.replace("size: {type: integer}", &format!("size: {{type: integer}}, {more}"))
}

fn version(folder: &Folder, version: &str) {
    folder.write("crate/Cargo.toml", &format!("[package]\nname = \"things\"\nversion = \"{version}\"\n"));
}

/// A repository with the release 1.2.0, and a minor change after it that has its bump.
fn released() -> Folder {
    let folder = Folder::committed(OLD);
    version(&folder, "1.2.0");
    folder.commit();
    folder.git(&["tag", "v1.2.0"]);
    folder.git(&["tag", "other-9.0.0"]);
    folder.write("api.yaml", &with("a: {type: string}"));
    version(&folder, "1.3.0");
    folder.commit();
    folder
}

#[test]
fn a_second_change_needs_no_second_bump() {
    let folder = released();
    folder.write("api.yaml", &with("a: {type: string}, b: {type: string}"));
    // The commit before has the bump already.
    assert_eq!(folder.diff(&["--fail-on", "missing-bump"]).status.code(), Some(1));
    let output = folder.diff(&BUMP);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output), errors(&output));
    assert!(
        text(&output).contains("the bump due (minor) is there: the version is 1.3.0"),
        "{}",
        text(&output)
    );
    // The report is of the last commit all the same.
    assert!(text(&output).contains("the property `b` is new") && !text(&output).contains("property `a`"));
    // A change that breaks needs more than the bump for what came before it.
    folder.write("api.yaml", &with("a: {type: string}").replace("name: {type: string}, ", ""));
    let output = folder.diff(&BUMP);
    assert_eq!(output.status.code(), Some(1));
    let told = "the bump due (major) is missing: the version at the last release was 1.2.0 (the tag v1.2.0), is 1.3.0, and has \
                to be at least 2.0.0";
    assert!(text(&output).contains(told), "{}", text(&output));
    // Back to what was released: nothing is due, and yet the version can't be less.
    folder.write("api.yaml", OLD);
    version(&folder, "1.1.0");
    let output = folder.diff(&BUMP);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output).contains("the version is 1.1.0, and at the last release was 1.2.0"),
        "{}",
        text(&output)
    );
}

#[test]
fn a_change_before_the_last_commit_counts() {
    let folder = released();
    folder.write("api.yaml", &with("a: {type: string}").replace("name: {type: string}, ", ""));
    folder.commit();
    // Nothing has changed since the commit, but what it broke isn't released.
    folder.write("api.yaml", &format!("{}# More.\n", folder.read("api.yaml")));
    assert_eq!(folder.diff(&["--fail-on", "missing-bump"]).status.code(), Some(0));
    assert_eq!(folder.diff(&BUMP).status.code(), Some(1));
    version(&folder, "2.0.0-rc.1");
    assert_eq!(folder.diff(&BUMP).status.code(), Some(0));
}

#[test]
fn before_one_a_minor_change_is_a_patch() {
    let folder = Folder::committed(OLD);
    folder.git(&["tag", "v0.1.0"]);
    folder.write("api.yaml", &with("a: {type: string}"));
    version(&folder, "0.1.1");
    folder.commit();
    folder.write("api.yaml", &with("a: {type: string}, b: {type: string}"));
    assert_eq!(folder.diff(&BUMP).status.code(), Some(0));
    folder.write("api.yaml", &with("a: {type: string}").replace("name: {type: string}, ", ""));
    let told = text(&folder.diff(&BUMP));
    assert!(told.contains("at least 0.2.0"), "{told}");
}

#[test]
fn speccrate_toml_can_say_it() {
    let folder = released();
    folder.write("crate/speccrate.toml", "spec = \"../api.yaml\"\nrelease_tags = \"v*\"\n");
    folder.write("api.yaml", &with("a: {type: string}, b: {type: string}"));
    let output = folder.reads(&["diff", "--crate", "crate", "--fail-on", "missing-bump", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let report: serde_json::Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!(report["version"]["released"], "1.2.0");
    assert_eq!(
        (&report["version"]["before"], &report["version"]["needed"]),
        (&"1.3.0".into(), &"1.3.0".into())
    );
}

#[test]
fn without_a_release_nothing_is_due() {
    let folder = released();
    folder.write("api.yaml", OLD);
    let output = folder.diff(&["--fail-on", "missing-bump", "--release-tags", "crate-*"]);
    assert_eq!(output.status.code(), Some(0));
    let told = text(&output);
    assert!(told.contains("nothing has been released (there is no tag `crate-*`)"), "{told}");
    // A tag of another branch isn't a release of this one.
    folder.git(&["checkout", "--quiet", "-b", "other"]);
    folder.commit();
    folder.git(&["tag", "crate-2.0.0"]);
    folder.git(&["checkout", "--quiet", "-"]);
    let told = text(&folder.diff(&["--release-tags", "crate-*"]));
    assert!(told.contains("(no commit before has a tag `crate-*`)"), "{told}");
    let output = folder.diff(&["--release-tags", "v1"]);
    assert!(errors(&output).contains("must have one `*` where the version is"), "{}", errors(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_shallow_clone_says_that_tags_are_missing() {
    let origin = released();
    let clone = Folder::holding("");
    let url = format!("file://{}", origin.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let inside = clone.path().join("clone");
    let arguments = ["diff", "HEAD", "--spec", "api.yaml", "--crate", "crate", "--release-tags", "v*"];
    let diff = || {
        clone.reads_with(&arguments, |command| {
            command.current_dir(&inside);
        })
    };
    refuses(&diff(), &["no tag `v*` is in this clone", "git fetch --unshallow --tags", "fetch-depth: 0"]);
    clone.git(&["-C", "clone", "fetch", "--quiet", "--unshallow", "--tags"]);
    assert_eq!(diff().status.code(), Some(0), "{}", errors(&diff()));
}

#[test]
fn a_copy_of_the_index_says_what_is_released() {
    let folder = released();
    let outside = tempfile::tempdir().unwrap();
    let index = outside.path().join("things");
    let lines = |list: &[(&str, bool)]| {
        let line = |(version, yanked): &(&str, bool)| {
            format!("{{\"name\":\"things\",\"vers\":\"{version}\",\"deps\":[],\"yanked\":{yanked}}}\n")
        };
        std::fs::write(&index, list.iter().map(line).collect::<String>()).unwrap();
    };
    let diff = || folder.diff(&["--fail-on", "missing-bump", "--index", index.to_str().unwrap()]);
    folder.write("api.yaml", &with("a: {type: string}, b: {type: string}"));
    lines(&[("1.1.0", false), ("1.2.0", false)]);
    assert_eq!(diff().status.code(), Some(0), "{}", errors(&diff()));
    // A yanked version isn't a release, but its number is used up.
    lines(&[("1.2.0", false), ("1.3.0", true)]);
    let output = diff();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("has to be at least 1.3.1"), "{}", text(&output));
    lines(&[]);
    assert!(text(&diff()).contains("nothing has been released"), "{}", text(&diff()));
    std::fs::write(&index, "{\"name\":\"others\",\"vers\":\"1.0.0\"}\n").unwrap();
    refuses(&diff(), &["it is of the crate"]);
    std::fs::remove_file(&index).unwrap();
    refuses(&diff(), &["give an empty file"]);
    let both = folder.diff(&["--index", "x", "--release-tags", "v*"]);
    assert!(
        both.status.code() == Some(2) && errors(&both).contains("cannot be used with"),
        "{}",
        errors(&both)
    );
}
