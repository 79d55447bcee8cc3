//! `diff` and `drift` as they are called: what they print, how they exit, and that they write nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const OLD: &str = "openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: things.list
      tags: [things]
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}, size: {type: integer}}}
";

fn new() -> String {
    OLD.replace(", size: {type: integer}", "")
}

/// A folder with a document and, if it is a repository, a commit of it.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        project.write("api.yaml", OLD);
        project
    }

    fn repository() -> Self {
        let project = Self::new();
        project.git(&["init", "--quiet"]);
        project
    }

    fn committed() -> Self {
        let project = Self::repository();
        project.write("crate/Cargo.toml", "[package]\nname = \"things\"\nversion = \"0.1.0\"\n");
        project.commit();
        project
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        let who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        self.git(&[&who[..], &["commit", "--quiet", "--message", "A document"]].concat());
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git").args(arguments).current_dir(self.folder.path()).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs the command in the folder, which must be afterwards as it was before.
    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, |_| {})
    }

    fn run_with(&self, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Output {
        let before = files(self.folder.path());
        let mut command = Command::new(env!("CARGO_BIN_EXE_speccrate"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("SPECCRATE_CONFIG");
        // The test must not depend on a repository that the temporary folder may be in.
        command.env("GIT_CEILING_DIRECTORIES", self.folder.path().parent().unwrap());
        change(&mut command);
        let output = command.output().unwrap();
        assert_eq!(before, files(self.folder.path()), "nothing is written");
        output
    }

    fn diff(&self, arguments: &[&str]) -> Output {
        self.run(&[&["diff", "--spec", "api.yaml", "--crate", "crate"], arguments].concat())
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true if path.ends_with(".git") => {}
            true => found.extend(files(&path)),
            false => drop(found.insert(path.clone(), std::fs::read(path).unwrap())),
        }
    }
    found
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// One clear line, exit code 2.
fn refuses(output: &Output, says: &[&str]) {
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(output.stdout.is_empty());
    for part in says {
        assert!(told.contains(part), "{part} isn't in {told}");
    }
}

#[test]
fn what_changed_since_the_last_commit() {
    let project = Project::committed();
    assert!(text(&project.diff(&[])).contains("no changes"));
    project.write("api.yaml", &new());
    let output = project.diff(&[]);
    let told = text(&output);
    assert_eq!(output.status.code(), Some(0));
    for part in [
        "response-optional-property-removed",
        "HEAD:api.yaml:12:62",
        "- models::Thing::size",
        "1 change: risky for the wire, major for Rust callers",
        "has to be at least 0.2.0",
    ] {
        assert!(told.contains(part), "{part} isn't in {told}");
    }
    project.write("crate/Cargo.toml", "[package]\nname = \"things\"\nversion = \"0.2.0\"\n");
    assert!(text(&project.diff(&[])).contains("the bump due (major) is there"));
}

#[test]
fn exit_codes_follow_fail_on() {
    let project = Project::committed();
    let code = |arguments: &[&str]| project.diff(arguments).status.code();
    assert_eq!(code(&["--fail-on", "any", "--fail-on", "missing-bump"]), Some(0));
    project.write("api.yaml", &new());
    for (level, expected) in [("breaking", 0), ("major", 1), ("any", 1), ("missing-bump", 1)] {
        assert_eq!(code(&["--fail-on", level]), Some(expected), "{level}");
    }
}

#[test]
fn json_is_as_documented() {
    let project = Project::committed();
    project.write("api.yaml", &new());
    let report: serde_json::Value =
        serde_json::from_str(&text(&project.diff(&["--format", "json"]))).unwrap();
    assert_eq!(report["form"], 1);
    assert_eq!(report["summary"]["rust"], "major");
    assert_eq!(report["version"]["needed"], "0.2.0");
    assert_eq!(report["version"]["enough"], false);
    let change = &report["changes"][0];
    assert_eq!(change["rule"], "response-optional-property-removed");
    assert_eq!(change["group"], serde_json::json!({"kind": "type", "name": "Thing"}));
    assert_eq!(change["part"], serde_json::json!({"kind": "property", "name": "size"}));
    assert_eq!(change["old"]["pointer"], "/components/schemas/Thing/properties/size");
    assert_eq!((&change["old"]["line"], &change["old"]["column"]), (&12.into(), &62.into()));
    assert_eq!(change["new"], serde_json::Value::Null);
    assert_eq!(change["items"][0]["path"], "models::Thing::size");
    // Each member is in the documentation, and each of the documentation's is here.
    let Some(documented) = workspace("docs/diff.md") else { return };
    let documented = std::fs::read_to_string(documented).unwrap();
    let tables = documented.split("## JSON").nth(1).unwrap();
    let rows = tables.lines().filter(|line| line.starts_with("| `"));
    let named: Vec<&str> =
        rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2)).collect();
    for members in [report.as_object().unwrap(), change.as_object().unwrap()] {
        for member in members.keys() {
            assert!(named.contains(&member.as_str()), "{member} isn't documented");
        }
    }
    for name in named {
        assert!(report.get(name).or(change.get(name)).is_some(), "{name} is documented, and not there");
    }
}

#[test]
fn markdown_and_a_changelog() {
    let project = Project::committed();
    project.write("api.yaml", &new());
    let markdown = text(&project.diff(&["--format", "markdown"]));
    assert!(markdown.contains("### Thing\n\n| wire | Rust |"), "{markdown}");
    assert!(
        markdown
            .contains("| risky | major | property size: the property <code>size</code> is gone (line 12)"),
        "{markdown}"
    );
    assert!(markdown.contains("❌"), "{markdown}");
    let changelog = text(&project.diff(&["--changelog"]));
    assert!(changelog.starts_with("## 0.2.0\n\n### Breaking\n\n- Thing, property size: "), "{changelog}");
}

#[test]
fn a_part_is_compared_alone() {
    let project = Project::committed();
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
    let project = Project::repository();
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
    let project = Project::repository();
    let thing = "{type: object, properties: {name: {type: string}}}\n";
    let old = OLD.replace("#/components/schemas/Thing", "../parts/thing.yaml");
    project.write("own/api.yaml", &old);
    project.write("parts/thing.yaml", thing);
    project.write("crate/speccrate.toml", "spec = \"../own/api.yaml\"\nroot = \"..\"\n");
    project.commit();
    project.write("parts/thing.yaml", &thing.replace("name", "title"));
    let told = text(&project.run(&["diff", "--crate", "crate"]));
    assert!(
        told.contains("the property `name` is gone") && told.contains("the property `title` is new"),
        "{told}"
    );
}

#[test]
fn what_is_not_there_is_told_in_a_line() {
    let project = Project::committed();
    refuses(&project.diff(&["nowhere"]), &["nowhere is neither a file nor a git revision"]);
    refuses(&project.diff(&["HEAD", "v9"]), &["v9 is neither"]);
    // What looks like an option never gets to git as one.
    refuses(&project.diff(&["--", "--output=x"]), &["--output=x is neither"]);
}

#[test]
fn a_revision_without_the_document_is_told_in_a_line() {
    let project = Project::committed();
    project.write("later.yaml", OLD);
    refuses(
        &project.run(&["diff", "--spec", "later.yaml"]),
        &["there is no later.yaml in the revision HEAD"],
    );
}

#[test]
fn a_document_that_does_not_load_is_told_in_a_line() {
    let project = Project::committed();
    project.write("broken.yaml", "openapi: 3.1.0\npaths: {/a: {get: {parameters: 1}}}\ninfo: [\n");
    refuses(&project.diff(&["broken.yaml", "api.yaml"]), &["broken.yaml:", "doesn't load"]);
    refuses(&project.diff(&["api.yaml", "broken.yaml"]), &["broken.yaml:", "doesn't load"]);
    project.write("api.yaml", "swagger: '1.2'\n");
    project.commit();
    refuses(&project.diff(&["HEAD", "HEAD~1"]), &["HEAD:api.yaml", "Swagger"]);
}

#[test]
fn without_git_or_a_commit_it_is_told_in_a_line() {
    refuses(&Project::new().diff(&[]), &["isn't in a git repository", "give a file"]);
    refuses(&Project::repository().diff(&[]), &["there is no commit yet"]);
    let project = Project::committed();
    let no_git = |command: &mut Command| {
        command.env("PATH", project.folder.path());
    };
    refuses(&project.run_with(&["diff", "--spec", "api.yaml"], no_git), &["git can't be run"]);
    // Two files need no git.
    let output = project.run_with(&["diff", "api.yaml", "api.yaml"], |command| {
        command.env("PATH", "");
    });
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn rules_are_listed_and_explained() {
    let project = Project::new();
    let rules = text(&project.run(&["diff", "--rules"]));
    assert!(rules.lines().count() > 150);
    for line in rules.lines().step_by(10) {
        let id = line.split_whitespace().next().unwrap();
        let told = text(&project.run(&["diff", "--explain", id]));
        assert!(told.starts_with(id) && told.contains("Example"), "{told}");
    }
    refuses(&project.run(&["diff", "--explain", "request-property-remove"]), &["did you mean"]);
}

#[test]
fn settings_change_the_crate_and_an_entry_for_one_side_is_no_error() {
    let project = Project::committed();
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
    let drift = project.run(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
    assert_eq!(drift.status.code(), Some(1));
    assert!(text(&drift).contains("size"), "{}", text(&drift));
}

#[test]
fn drift_is_what_the_vendor_says_otherwise() {
    let project = Project::new();
    let vendor =
        OLD.replace("description: All.", "description: Everything.").replace("title: Things", "title: All");
    let drift = || project.run(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
    // Paths that aren't ours are none of our business; what is below ours is.
    let elsewhere =
        "  /elsewhere:\n    get: {operationId: e, responses: {'204': {description: None.}}}\ncomponents:";
    project.write("vendor.yaml", &vendor.replace("components:", elsewhere));
    let output = drift();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    project.write(
        "vendor.yaml",
        &vendor.replace("components:", &elsewhere.replace("/elsewhere", "/things/more")),
    );
    let output = drift();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("operation-added"));
    // With the patch applied there is no drift, and our texts are as they were.
    let patch = project.run(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml", "--apply"]);
    project.write("drift.patch", &text(&patch));
    project.git(&["apply", "drift.patch"]);
    assert_eq!(drift().status.code(), Some(0), "{}", text(&patch));
    let ours = std::fs::read_to_string(project.folder.path().join("api.yaml")).unwrap();
    assert!(ours.contains("description: All.") && ours.contains("title: Things"), "{ours}");
    project.write("vendor.yaml", &vendor.replace("type: integer", "type: integer, minimum: 1"));
    let output = drift();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("response-minimum-tightened"), "{}", text(&output));
}

#[test]
fn drift_is_told_of_what_openapi_3_2_adds_too() {
    let ours = "openapi: 3.2.0
info: {title: Things, version: '1', summary: Ours.}
tags: [{name: things, summary: Ours, kind: nav}]
paths:
  /things:
    query:
      operationId: things.find
      tags: [things]
      responses:
        '200':
          summary: Ours.
          content:
            application/json: {$ref: '#/components/mediaTypes/Thing'}
    additionalOperations:
      COPY:
        operationId: things.copy
        responses: {'204': {summary: Ours.}}
components:
  mediaTypes:
    Thing:
      description: Ours.
      schema:
        type: object
        properties: {name: {type: string}}
      examples: {one: {dataValue: {name: ours}}}
";
    let project = Project::new();
    let drift = |vendor: &str, more: &[&str]| {
        project.write("api.yaml", ours);
        project.write("vendor.yaml", vendor);
        project.run(&[&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"], more].concat())
    };
    let vendor =
        ours.replace("Ours", "Theirs").replace("name: ours", "name: theirs").replace("nav", "audience");
    let output = drift(&vendor, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let copy = "      COPY:\n";
    let lock = "      LOCK:\n        operationId: things.lock\n        responses: {'204': {summary: Theirs.}}\n      COPY:\n";
    for (from, to, rule) in [
        (copy, lock, "operation-added"),
        ("    query:\n", "    post:\n", "operation-moved"),
        ("name: {type: string}", "name: {type: string, maxLength: 3}", "max-length"),
    ] {
        let output = drift(&vendor.replace(from, to), &[]);
        assert_eq!(output.status.code(), Some(1), "{rule}");
        assert!(text(&output).contains(rule), "{rule}: {}", text(&output));
    }
    let vendor = vendor.replace(copy, lock);
    let patch = text(&drift(&vendor, &["--apply"]));
    assert!(patch.contains("+      LOCK:") && !patch.contains("Theirs"), "{patch}");
    project.write("drift.patch", &patch);
    project.git(&["apply", "drift.patch"]);
    let output = project.run(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

/// The vendor's document says by which schemas a thing's options are made up, but not when which of them applies.
#[test]
fn drift_covers_the_schemas_that_a_property_chooses() {
    let reference = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let properties = "size: {type: integer}";
    let vendor = OLD.replace(properties, &format!("kind: {{type: string}}, options: {}", reference("Options")))
        + "    Options: {type: object, additionalProperties: true}
    Width: {type: integer, minimum: 1, default: 7, deprecated: true}
    OptionsBox: {allOf: [{$ref: '#/components/schemas/OptionsAny'}, {type: object, properties: {width: {$ref: '#/components/schemas/Width'}}}]}
    OptionsAny: {type: object, properties: {box: {$ref: '#/components/schemas/OptionsBox'}, name: {anyOf: [{type: string}]}}}
";
    let mapped = "Options:
      type: object
      additionalProperties: true
      x-discriminated-by: {propertyName: kind, mapping: {box: 'box.yaml#/OptionsBox'}}
";
    let ours = vendor
        .split("    Width:")
        .next()
        .unwrap()
        .replace("Options: {type: object, additionalProperties: true}\n", mapped);
    let own = "OptionsBox:
  type: object
  properties:
    box: {$ref: '#/OptionsBox'}
    name: {type: string}
    width: {type: integer, minimum: 1, default: 7, deprecated: true}
";
    let project = Project::new();
    project.write("api.yaml", &ours);
    project.write("vendor.yaml", &vendor);
    project.write("box.yaml", own);
    let drift = || project.run(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
    let output = drift();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    for (before, after, rule) in [
        ("minimum: 1", "minimum: 2", "minimum-loosened"),
        ("default: 7", "default: 8", "default-changed"),
        (", deprecated: true", "", "deprecated"),
        ("width: {type: integer", "width: {type: string", "type-changed"),
    ] {
        project.write("box.yaml", &own.replace(before, after));
        let output = drift();
        assert_eq!(output.status.code(), Some(1), "{after}");
        let told = text(&output);
        assert!(told.contains("OptionsBox") && told.contains("property width"), "{told}");
        assert!(told.contains("box.yaml:6:5") && told.contains(rule), "{rule}: {told}");
    }
    // It stands elsewhere in our files, so that no patch is made of it.
    let output = project.run(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml", "--apply"]);
    assert_eq!(text(&output), "");
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("it stands in box.yaml: /OptionsBox/properties/width")
    );
    // What is meant has a reason, and ends with what it is for.
    project.write("box.yaml", &own.replace("minimum: 1, ", ""));
    let exception =
        "- {at: OptionsBox, part: property width, rule: minimum-tightened, theirs: '1', reason: Why.}";
    project.write("drift.yaml", exception);
    let output = drift();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    project.write("drift.yaml", &exception.replace("Why.", "''"));
    assert_eq!(drift().status.code(), Some(2));
    project.write("drift.yaml", exception);
    project.write("box.yaml", own);
    let output = drift();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("this exception is needless"), "{output:?}");
    // A schema that the vendor has no more is an alternative less.
    project.write("drift.yaml", "[]");
    project.write("vendor.yaml", &vendor.replace("OptionsBox", "OptionsCrate"));
    let output = drift();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
}

/// A file seen from the workspace; nothing, and a word about it, where it isn't.
fn workspace(name: &str) -> Option<PathBuf> {
    let file = root().join(name);
    if !file.exists() {
        println!("skipped: {} isn't here", file.display());
    }
    file.exists().then_some(file)
}

/// The vendor's document.
fn vendor() -> Option<PathBuf> {
    workspace("generated/speccrate.toml")?;
    workspace("../shared/specs/auth0-management.yml")
}

/// The workspace; where the package stands alone, what is asked for below it isn't there.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn our_document_has_not_drifted() {
    let Some(vendor) = vendor() else { return };
    let generated = root().join("generated");
    let arguments = ["--crate", generated.to_str().unwrap(), "--against", vendor.to_str().unwrap()];
    let output = Project::new().run(&[&["drift"], &arguments[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

#[test]
fn drift_of_one_strategys_options_is_told() {
    let Some(vendor) = vendor() else { return };
    let project = Project::new();
    let copy = |from: &Path| {
        let name = from.strip_prefix(root().join("spec")).unwrap();
        project.write(name.to_str().unwrap(), &std::fs::read_to_string(from).unwrap());
    };
    std::fs::create_dir(project.folder.path().join("strategies")).unwrap();
    for folder in ["spec", "spec/strategies"] {
        let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_file()).for_each(|path| copy(&path));
    }
    let samlp = project.folder.path().join("strategies/samlp.yaml");
    let text_of = std::fs::read_to_string(&samlp).unwrap();
    std::fs::write(&samlp, text_of.replacen("type: boolean", "type: string", 1)).unwrap();
    let output = project.run(&["drift", "--spec", "connections.yaml", "--against", vendor.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output);
    assert!(told.contains("ConnectionOptionsSaml\n") && told.contains("property debug"), "{told}");
    assert!(
        told.contains("strategies/samlp.yaml:") && told.contains("1 change") | told.contains("2 changes"),
        "{told}"
    );
}
