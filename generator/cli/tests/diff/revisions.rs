//! Sides that are revisions, in all the forms in which one names them.

use crate::folder::{Folder, errors, refuses, text};
use crate::{OLD, new};

/// A repository whose branch `work` has the new document, while `main` has gone on.
fn branched() -> Folder {
    let folder = Folder::committed(OLD);
    folder.git(&["branch", "-M", "main"]);
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.write("api.yaml", &new());
    folder.commit();
    folder.git(&["checkout", "--quiet", "main"]);
    folder.write(
        "api.yaml",
        &OLD.replace("size: {type: integer}", "size: {type: integer}, weight: {type: number}"),
    );
    folder.commit();
    folder.git(&["checkout", "--quiet", "work"]);
    folder
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let folder = branched();
    let told = text(&folder.diff(&["main...HEAD"]));
    assert!(told.contains("the property `size` is gone") && !told.contains("weight"), "{told}");
    assert!(text(&folder.diff(&["main"])).contains("the property `weight` is gone"));
    // Without the end of the range, the working tree counts.
    folder.write("api.yaml", OLD);
    assert!(text(&folder.diff(&["main..."])).contains("no changes"));
    assert!(text(&folder.diff(&["main...HEAD"])).contains("the property `size` is gone"));
    refuses(&folder.diff(&["main...nowhere"]), &["nowhere is neither"]);
}

#[test]
fn branches_without_a_common_commit_are_told() {
    let folder = branched();
    folder.git(&["checkout", "--quiet", "--orphan", "other"]);
    folder.commit();
    refuses(&folder.diff(&["main...other"]), &["main and other have no common commit"]);
}

#[test]
fn a_revision_can_name_another_document() {
    let folder = branched();
    folder.write("more/other.yaml", &OLD.replace("size: {type: integer}", "size: {type: string}"));
    folder.commit();
    let told = text(&folder.reads(&["diff", "main:api.yaml", "work:more/other.yaml"]));
    assert!(told.contains("the type was integer and is string"), "{told}");
    // From a folder below, as git reads it.
    let inside = folder.path().join("more");
    let output = folder.reads_with(&["diff", "HEAD:api.yaml", "HEAD:./other.yaml"], |command| {
        command.current_dir(inside);
    });
    assert!(text(&output).contains("the property `size` is new"), "{}{}", text(&output), errors(&output));
    refuses(
        &folder.reads(&["diff", "main:api.yaml", "main:no.yaml"]),
        &["there is no no.yaml in the revision main"],
    );
}

#[test]
fn a_renamed_document_is_followed() {
    let folder = Folder::committed(&format!("{OLD}# {}\n", "x".repeat(500)));
    folder.write("settings.yaml", &format!("names: {{types: {{Thing: Item}}}}\n# {}\n", "y".repeat(200)));
    folder.write("crate/speccrate.toml", "spec = \"../api.yaml\"\nsettings = \"../settings.yaml\"\n");
    folder.commit();
    std::fs::create_dir(folder.path().join("spec")).unwrap();
    folder.git(&["mv", "api.yaml", "spec/openapi.yaml"]);
    folder.git(&["mv", "settings.yaml", "spec/names.yaml"]);
    folder.write(
        "crate/speccrate.toml",
        "spec = \"../spec/openapi.yaml\"\nsettings = \"../spec/names.yaml\"\n",
    );
    folder
        .write("spec/openapi.yaml", &folder.read("spec/openapi.yaml").replace(", size: {type: integer}", ""));
    let told = text(&folder.reads(&["diff", "--crate", "crate"]));
    assert!(told.contains("1 change: risky") && told.contains("HEAD:api.yaml:12"), "{told}");
    folder.commit();
    assert!(text(&folder.reads(&["diff", "HEAD~1", "HEAD", "--crate", "crate"])).contains("1 change: risky"));
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let origin = branched();
    let clone = Folder::holding("");
    let url = format!("file://{}", origin.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", "--branch", "work", &url, "clone"]);
    let inside = clone.path().join("clone");
    let diff = |side: &str| {
        clone.reads_with(&["diff", side, "--spec", "api.yaml"], |command| {
            command.current_dir(&inside);
        })
    };
    refuses(&diff("main"), &["only the newest commits", "git fetch origin main", "fetch-depth: 0"]);
    refuses(&diff("HEAD~1"), &["fetch all commits with `git fetch --unshallow`"]);
    clone.git(&[
        "-C",
        "clone",
        "fetch",
        "--quiet",
        "--depth",
        "1",
        "origin",
        "main:refs/remotes/origin/main",
    ]);
    refuses(&diff("main"), &["there is origin/main: give that"]);
    refuses(
        &diff("origin/main...HEAD"),
        &["the last commit that origin/main and HEAD have in common", "--unshallow"],
    );
    clone.git(&["-C", "clone", "fetch", "--quiet", "--unshallow", "origin"]);
    let output = diff("origin/main...HEAD");
    assert!(text(&output).contains("the property `size` is gone"), "{}{}", text(&output), errors(&output));
}

#[test]
fn folders_are_compared() {
    let folder = Folder::holding("");
    let document = OLD.replace("#/components/schemas/Thing", "parts.yaml#/Thing");
    for (name, size) in [("old", ", size: {type: integer}"), ("new", "")] {
        folder.write(&format!("{name}/openapi.yaml"), &document);
        folder.write(
            &format!("{name}/parts.yaml"),
            &format!("Thing: {{type: object, properties: {{name: {{type: string}}{size}}}}}\n"),
        );
    }
    let told = text(&folder.reads(&["diff", "old", "new"]));
    assert!(told.contains("the property `size` is gone") && told.contains("old/parts.yaml:1"), "{told}");
    folder.write("new/second.yaml", OLD);
    refuses(
        &folder.reads(&["diff", "old", "new"]),
        &["which document is meant: new/openapi.yaml or new/second.yaml?"],
    );
    folder.write("empty/readme.yaml", "a: 1\n");
    refuses(
        &folder.reads(&["diff", "old", "empty"]),
        &["neither a speccrate.toml nor an OpenAPI document in empty"],
    );
}

#[test]
fn two_crates_are_compared_with_their_own_settings_and_versions() {
    let folder = Folder::holding("");
    for (name, document, version) in [("one", OLD.to_owned(), "1.2.0"), ("two", new(), "1.3.0")] {
        folder.write(&format!("{name}/api.yaml"), &document);
        folder.write(&format!("{name}/speccrate.toml"), "spec = \"api.yaml\"\n");
        folder.write(
            &format!("{name}/Cargo.toml"),
            &format!("[package]\nname = \"a\"\nversion = \"{version}\"\n"),
        );
    }
    folder.write("two/settings.yaml", "names: {types: {Thing: Item}}\n");
    let told = text(&folder.reads(&["diff", "one", "two"]));
    for part in [
        "the type Thing is called Item",
        "the property `size` is gone",
        "was 1.2.0, is 1.3.0, and has to be at least 2.0.0",
    ] {
        assert!(told.contains(part), "{part} isn't in {told}");
    }
}
