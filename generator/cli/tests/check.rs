//! What `check` says of files that something else than the generator has changed, each with the step that mends it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod folder;

use folder::{DOCUMENT, Folder, errors};

const MODEL: &str = "client/src/models/thing.rs";

fn generated() -> Folder {
    let folder = Folder::described();
    folder.succeeds(&["generate", "--crate", "client"]);
    folder
}

fn told(folder: &Folder) -> String {
    let output = folder.run(&["check", "--crate", "client"]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    errors(&output)
}

#[test]
fn line_endings_are_told_in_one_line() {
    let folder = generated();
    for name in [MODEL, "client/src/lib.rs"] {
        folder.write(name, &folder.read(name).replace('\n', "\r\n"));
    }
    let told = told(&folder);
    let lines: Vec<&str> = told.lines().filter(|line| line.contains("line endings")).collect();
    assert_eq!(lines.len(), 1, "{told}");
    assert!(lines[0].contains(" and 1 more") && told.lines().count() < 5, "{told}");
    folder.succeeds(&["generate", "--crate", "client"]);
    folder.succeeds(&["check", "--crate", "client"]);
}

#[test]
fn git_leaves_line_endings_alone() {
    let folder = generated();
    folder.git(&["init", "--quiet"]);
    folder.git(&["config", "core.autocrlf", "true"]);
    folder.commit();
    // What a checkout on Windows does.
    std::fs::remove_dir_all(folder.path().join("client/src")).unwrap();
    folder.git(&["checkout", "--quiet", "--", "."]);
    folder.succeeds(&["check", "--crate", "client"]);
    // The owner of the crate may have a file of one's own.
    folder.write("client/.gitattributes", "*.rs linguist-generated\n");
    folder.succeeds(&["check", "--crate", "client"]);
    folder.succeeds(&["generate", "--crate", "client"]);
    assert_eq!(folder.read("client/.gitattributes"), "*.rs linguist-generated\n");
}

#[test]
fn a_lost_marker_a_stray_file_and_a_conflict_are_told_with_what_mends_them() {
    let folder = generated();
    let model = folder.read(MODEL);
    let (_, edited) = model.split_once('\n').unwrap();
    folder.write(MODEL, edited);
    let report = told(&folder);
    assert!(
        report.contains("no longer begins with the generator's marker") && report.contains("delete it"),
        "{report}"
    );
    folder.fails(&["generate", "--crate", "client"], 2, &["thing.rs is in the way", "delete it"]);
    std::fs::remove_file(folder.path().join(MODEL)).unwrap();
    folder.succeeds(&["generate", "--crate", "client"]);

    folder.write("client/src/own.rs", "// Mine.\n");
    let report = told(&folder);
    assert!(
        report.contains("src/own.rs isn't a generated file")
            && report.contains("move it to a crate of your own"),
        "{report}"
    );
    std::fs::remove_file(folder.path().join("client/src/own.rs")).unwrap();

    let (first, rest) = model.split_once('\n').unwrap();
    folder.write(MODEL, &format!("{first}\n<<<<<<< HEAD\n// one\n=======\n// other\n>>>>>>> other\n{rest}"));
    let report = told(&folder);
    assert!(
        report.contains("thing.rs has conflict markers of a merge") && report.contains("generate again"),
        "{report}"
    );
    folder.succeeds(&["generate", "--crate", "client"]);
    folder.succeeds(&["check", "--crate", "client"]);
}

#[test]
fn a_document_that_is_not_merged_is_told_as_such() {
    let folder = generated();
    let document = DOCUMENT.replace("paths:\n", "<<<<<<< HEAD\npaths:\n=======\npaths: {}\n>>>>>>> other\n");
    folder.write("api.yaml", &document);
    folder.fails(
        &["generate", "--crate", "client"],
        1,
        &["a merge has left its conflict markers here", "api.yaml:3:1", "Finish the merge"],
    );
    folder.write("api.yaml", DOCUMENT);
    let conflict = "<<<<<<< HEAD\nsecrets: [a]\n=======\nsecrets: [b]\n>>>>>>> other\n";
    folder.write("settings.yaml", conflict);
    let told = "a merge has left its conflict markers in line 1";
    folder.fails(&["generate", "--crate", "client"], 1, &["invalid settings in", told]);
    folder.write("settings.yaml", "");
    folder.write("diff-approvals.yaml", conflict);
    folder.fails(&["diff", "api.yaml", "api.yaml"], 2, &["diff-approvals.yaml", told]);
    folder.write("api.yaml", &document);
    folder.fails(
        &["diff", "api.yaml", "api.yaml"],
        2,
        &["api.yaml:3:1 doesn't load: a merge has left its conflict markers"],
    );
}
