//! `drift`: our document and the vendor's.

use std::path::PathBuf;

use crate::folder::{Folder, text};
use crate::{OLD, copy_spec, root, workspace};

#[test]
fn drift_is_what_the_vendor_says_otherwise() {
    let project = Folder::holding(OLD);
    let vendor =
        OLD.replace("description: All.", "description: Everything.").replace("title: Things", "title: All");
    let drift = || project.reads(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
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
    let patch = project.reads(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml", "--apply"]);
    project.write("drift.patch", &text(&patch));
    project.git(&["apply", "drift.patch"]);
    assert_eq!(drift().status.code(), Some(0), "{}", text(&patch));
    let ours = std::fs::read_to_string(project.path().join("api.yaml")).unwrap();
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
    let project = Folder::holding(OLD);
    let drift = |vendor: &str, more: &[&str]| {
        project.write("api.yaml", ours);
        project.write("vendor.yaml", vendor);
        project.reads(&[&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"], more].concat())
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
    let output = project.reads(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
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
    let project = Folder::holding(OLD);
    project.write("api.yaml", &ours);
    project.write("vendor.yaml", &vendor);
    project.write("box.yaml", own);
    let drift = || project.reads(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml"]);
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
    let output = project.reads(&["drift", "--spec", "api.yaml", "--against", "vendor.yaml", "--apply"]);
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

/// The vendor's document.
fn vendor() -> Option<PathBuf> {
    workspace("generated/speccrate.toml")?;
    workspace("../shared/specs/auth0-management.yml")
}

#[test]
fn our_document_has_not_drifted() {
    let Some(vendor) = vendor() else { return };
    let generated = root().join("generated");
    let arguments = ["--crate", generated.to_str().unwrap(), "--against", vendor.to_str().unwrap()];
    let output = Folder::holding(OLD).reads(&[&["drift"], &arguments[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

#[test]
fn drift_of_one_strategys_options_is_told() {
    let Some(vendor) = vendor() else { return };
    let project = Folder::holding(OLD);
    copy_spec(&project);
    let samlp = project.path().join("strategies/samlp.yaml");
    let text_of = std::fs::read_to_string(&samlp).unwrap();
    std::fs::write(&samlp, text_of.replacen("type: boolean", "type: string", 1)).unwrap();
    let output =
        project.reads(&["drift", "--spec", "connections.yaml", "--against", vendor.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output);
    assert!(told.contains("ConnectionOptionsSaml, property debug"), "{told}");
    assert!(
        told.contains("strategies/samlp.yaml:") && told.contains("1 change") | told.contains("2 changes"),
        "{told}"
    );
}
