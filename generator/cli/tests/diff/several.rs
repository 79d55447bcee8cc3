//! A client of several documents, as every command reads them.

use crate::OLD;
use crate::folder::{Folder, errors, refuses, text};

const BILLING: &str = "openapi: 3.0.3
info: {title: Billing, version: '2'}
servers: [{url: 'https://billing.example'}]
paths:
  /invoices:
    get:
      operationId: invoices.list
      tags: [invoices]
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Invoice'}}}}
components:
  schemas:
    Invoice: {type: object, properties: {total: {type: string}, thing: {$ref: '#/components/schemas/Thing'}}}
    Thing: {type: object, properties: {size: {type: integer}, name: {type: string, description: For people.}}}
";

/// A committed repository with a crate of two documents, which are in different folders.
fn project() -> Folder {
    let folder = Folder::repository(OLD);
    folder.write("billing/openapi.yaml", BILLING);
    folder.write(
        "crate/speccrate.toml",
        "spec = [\"../api.yaml\", \"../billing/openapi.yaml\"]\nname = \"things\"\n",
    );
    folder.commit();
    folder
}

#[test]
fn a_crate_has_the_operations_of_all_and_shares_types() {
    let folder = Folder::holding(OLD);
    folder.write("billing/openapi.yaml", BILLING);
    let both = ["--spec", "api.yaml", "--spec", "billing/openapi.yaml"];
    folder.succeeds(&[&["init"][..], &both, &["--out", "client", "--name", "things"]].concat());
    let config = folder.read("client/speccrate.toml");
    assert!(config.contains("spec = [\"../api.yaml\", \"../billing/openapi.yaml\"]"), "{config}");
    folder.succeeds(&["generate", "--crate", "client", "--deny-warnings"]);
    folder.succeeds(&[&["check"][..], &both, &["--out", "client"]].concat());
    let invoice = folder.read("client/src/models/invoice.rs");
    assert!(invoice.contains("pub thing: Option<Thing>"), "{invoice}");
    assert!(folder.read("client/src/operations/things/list.rs").contains("GET /things"));
    assert!(folder.read("client/src/operations/invoices/list.rs").contains("https://billing.example"));
    // A selection needs to match in one of them.
    folder.succeeds(&[&["generate"][..], &both, &["--out", "part", "--tag", "invoices"]].concat());
    refuses(
        &folder.run(&[&["diff"][..], &both, &["api.yaml"]].concat()),
        &["api.yaml is one document, and the client has several"],
    );
}

#[test]
fn problems_are_in_the_file_that_has_them() {
    let folder = project();
    folder.write("billing/openapi.yaml", &BILLING.replace("type: integer", "type: strnig"));
    let told = errors(&folder.succeeds(&["generate", "--crate", "crate"]));
    assert!(told.contains("billing/openapi.yaml:14:47"), "{told}");
    assert!(told.contains("isn't the same as the one at api.yaml#/components/schemas/Thing"), "{told}");
    assert!(told.contains("and is called \"openapi Thing\""), "{told}");
}

#[test]
fn an_overlay_is_for_the_document_that_it_extends() {
    let folder = project();
    let overlay = |extends: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: Ours, version: '1'}}\n{extends}actions:\n  - target: \
             $.components.schemas.Invoice.properties\n    update: {{colour: {{type: string}}}}\n"
        )
    };
    folder.write("ours.yaml", &overlay("extends: billing/openapi.yaml\n"));
    folder.succeeds(&["generate", "--crate", "crate", "--overlay", "ours.yaml", "--deny-warnings"]);
    assert!(folder.read("crate/src/models/invoice.rs").contains("pub colour"));
    folder.write("ours.yaml", &overlay(""));
    let told = errors(&folder.succeeds(&["generate", "--crate", "crate", "--overlay", "ours.yaml"]));
    assert!(told.contains("W0171"), "{told}");
}

#[test]
fn changes_are_in_the_file_that_has_them() {
    let folder = project();
    let diff = ["diff", "--crate", "crate"];
    assert!(text(&folder.reads(&diff)).contains("no changes"));
    folder.write("billing/openapi.yaml", &BILLING.replace("total: {type: string}", "sum: {type: string}"));
    let told = text(&folder.reads(&diff));
    assert!(told.contains("the property `total` is gone"), "{told}");
    assert!(told.contains("billing/openapi.yaml"), "{told}");
}

#[test]
fn documents_come_and_go() {
    let folder = project();
    let diff = ["diff", "--crate", "crate"];
    folder.write("crate/speccrate.toml", "spec = \"../api.yaml\"\nname = \"things\"\n");
    let told = text(&folder.reads(&diff));
    assert!(told.contains("operation-removed"), "{told}");
    folder.commit();
    folder.write(
        "crate/speccrate.toml",
        "spec = [\"../api.yaml\", \"../billing/openapi.yaml\"]\nname = \"things\"\n",
    );
    let told = text(&folder.reads(&diff));
    assert!(told.contains("operation-added") && !told.contains("operation-removed"), "{told}");
}

#[test]
fn the_vendor_can_have_several_documents_too() {
    let folder = project();
    folder.write("vendor/api.yaml", OLD);
    folder.write("vendor/billing.yaml", &BILLING.replace("total: {type: string}", "total: {type: integer}"));
    let against = ["--against", "vendor/api.yaml", "--against", "vendor/billing.yaml"];
    let told = folder.run(&[&["drift", "--crate", "crate"][..], &against].concat());
    assert_eq!(told.status.code(), Some(1), "{}", errors(&told));
    assert!(text(&told).contains("total"), "{}", text(&told));
    folder.write("vendor/billing.yaml", BILLING);
    folder.succeeds(&[&["drift", "--crate", "crate"][..], &against].concat());
    refuses(
        &folder.run(&[&["drift", "--crate", "crate", "--without", "x-a"][..], &against].concat()),
        &["--without works on one document"],
    );
}
