//! What is compared: files, revisions, parts, with which settings.

use std::process::Command;

use crate::folder::{Folder, refuses, text};
use crate::{OLD, new};

#[test]
fn a_part_is_compared_alone() {
    let project = Folder::committed(OLD);
    let more = "\n  /others:\n    get: {operationId: others.list, responses: {'204': {description: None.}}}\ncomponents:";
    project.write("api.yaml", &OLD.replace("\ncomponents:", more));
    assert!(text(&project.diff(&[])).contains("operation-added"));
    assert!(text(&project.diff(&["--path", "/things*"])).contains("no changes"));
    assert!(text(&project.diff(&["--tag", "things"])).contains("no changes"));
    assert!(text(&project.diff(&["--path", "/others"])).contains("operation-added"));
    refuses(&project.diff(&["--path", "/nothing"]), &["no operation matches"]);
}

#[test]
fn files_that_the_document_refers_to_are_of_the_revision_too() {
    let project = Folder::repository(OLD);
    let thing = "Thing: {type: object, properties: {name: {type: string}}}\n";
    project.write("api.yaml", &OLD.replace("#/components/schemas/Thing", "parts/things.yaml#/Thing"));
    project.write("parts/things.yaml", thing);
    project.commit();
    project.write("parts/things.yaml", &thing.replace("name", "title"));
    let told = text(&project.diff(&[]));
    assert!(
        told.contains("the property `name` is gone") && told.contains("the property `title` is new"),
        "{told}"
    );
}

#[test]
fn files_below_the_root_are_of_the_revision_too() {
    let project = Folder::repository(OLD);
    let thing = "{type: object, properties: {name: {type: string}}}\n";
    let old = OLD.replace("#/components/schemas/Thing", "../parts/thing.yaml");
    project.write("own/api.yaml", &old);
    project.write("parts/thing.yaml", thing);
    project.write("crate/speccrate.toml", "spec = \"../own/api.yaml\"\nroot = \"..\"\n");
    project.commit();
    project.write("parts/thing.yaml", &thing.replace("name", "title"));
    let told = text(&project.reads(&["diff", "--crate", "crate"]));
    assert!(
        told.contains("the property `name` is gone") && told.contains("the property `title` is new"),
        "{told}"
    );
}

#[test]
fn what_is_not_there_is_told_in_a_line() {
    let project = Folder::committed(OLD);
    refuses(&project.diff(&["nowhere"]), &["nowhere is neither a file nor a git revision"]);
    refuses(&project.diff(&["HEAD", "v9"]), &["v9 is neither"]);
    // What looks like an option never gets to git as one.
    refuses(&project.diff(&["--", "--output=x"]), &["--output=x is neither"]);
}

#[test]
fn a_revision_without_the_document_is_told_in_a_line() {
    let project = Folder::committed(OLD);
    project.write("later.yaml", OLD);
    refuses(
        &project.reads(&["diff", "--spec", "later.yaml"]),
        &["there is no later.yaml in the revision HEAD"],
    );
}

#[test]
fn a_document_that_does_not_load_is_told_in_a_line() {
    let project = Folder::committed(OLD);
    project.write("broken.yaml", "openapi: 3.1.0\npaths: {/a: {get: {parameters: 1}}}\ninfo: [\n");
    refuses(&project.diff(&["broken.yaml", "api.yaml"]), &["broken.yaml:", "doesn't load"]);
    refuses(&project.diff(&["api.yaml", "broken.yaml"]), &["broken.yaml:", "doesn't load"]);
    project.write("api.yaml", "swagger: '1.2'\n");
    project.commit();
    refuses(&project.diff(&["HEAD", "HEAD~1"]), &["HEAD:api.yaml", "Swagger"]);
}

#[test]
fn without_git_or_a_commit_it_is_told_in_a_line() {
    refuses(&Folder::holding(OLD).diff(&[]), &["isn't in a git repository", "give a file"]);
    refuses(&Folder::repository(OLD).diff(&[]), &["there is no commit yet"]);
    let project = Folder::committed(OLD);
    let no_git = |command: &mut Command| {
        command.env("PATH", project.path());
    };
    refuses(&project.reads_with(&["diff", "--spec", "api.yaml"], no_git), &["git can't be run"]);
    // Two files need no git.
    let output = project.reads_with(&["diff", "api.yaml", "api.yaml"], |command| {
        command.env("PATH", "");
    });
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn settings_change_the_crate_and_an_entry_for_one_side_is_no_error() {
    let project = Folder::committed(OLD);
    project.write(
        "settings.yaml",
        "names: {types: {Thing: Item}, properties: {Thing.size: length}}\nomit: {properties: [Thing.name]}\n",
    );
    let output = project.diff(&[]);
    let told = text(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    for part in [
        "the type Thing is called Item",
        "the field `size` is called `length`",
        "response-optional-property-removed",
        "major for Rust callers",
    ] {
        assert!(told.contains(part), "{part} isn't in {told}");
    }
    // The new document, and the vendor's, lack what an entry names.
    project.write("settings.yaml", "names: {properties: {Thing.size: length}}\n");
    project.write("api.yaml", &new());
    let told = text(&project.diff(&[]));
    assert!(told.contains("- models::Thing::size"), "{told}");
    project.write("vendor.yaml", &new());
    project.write("api.yaml", OLD);
    let drift = project.reads(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
    assert_eq!(drift.status.code(), Some(1));
    assert!(text(&drift).contains("size"), "{}", text(&drift));
}
