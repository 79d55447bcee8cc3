//! A cause and what follows from it are one row.

use crate::folder::{Folder, text};
use crate::{copy_spec, workspace};

const POST: &str = "openapi: 3.1.0
info: {title: Zoo, version: '1'}
paths:
  /visits:
    post:
      operationId: visit
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Visit'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Visit: {type: object, properties: {animal: {anyOf: [{$ref: '#/components/schemas/Bear'}, {$ref: '#/components/schemas/Wolf'}]}}}
    Bear: {type: object, required: [fur], properties: {fur: {type: string}}}
    Wolf: {type: object, properties: {pack: {type: string}}}
";

fn told(new: &str) -> String {
    let folder = Folder::holding(POST);
    folder.write("new.yaml", new);
    text(&folder.reads(&["diff", "api.yaml", "new.yaml"]))
}

fn rows(report: &str) -> usize {
    let levels = ["  breaking ", "  risky ", "  compatible "];
    report.lines().filter(|line| levels.iter().any(|level| line.starts_with(level))).count()
}

#[test]
fn a_renamed_schema_is_one_row() {
    let report = told(&POST.replace("Wolf", "Lynx"));
    assert_eq!(rows(&report), 1, "{report}");
    assert!(report.contains("the type Wolf is called Lynx"), "{report}");
    // Which code has to change is there, too, and nothing that hasn't.
    assert!(report.contains("~ models::VisitAnimal::Lynx: Wolf -> Lynx"), "{report}");
    assert!(!report.contains("impl From"), "{report}");
    assert!(report.contains("~ models::VisitAnimal::is_lynx: is_wolf -> is_lynx"), "{report}");
}

#[test]
fn inline_types_are_renamed_with_what_they_are_called_after() {
    let inline =
        POST.replace("pack: {type: string}", "pack: {type: object, properties: {size: {type: integer}}}");
    let folder = Folder::holding(&inline);
    folder.write("new.yaml", &inline.replace("Wolf", "Lynx"));
    let report = text(&folder.reads(&["diff", "api.yaml", "new.yaml"]));
    assert_eq!(rows(&report), 1, "{report}");
    assert!(report.contains("with it: the type WolfPack is called LynxPack"), "{report}");
    let body = POST
        .replace("$ref: '#/components/schemas/Visit'", "type: object, properties: {when: {type: string}}");
    let folder = Folder::holding(&body);
    folder.write("new.yaml", &body.replace("operationId: visit", "operationId: call"));
    let report = text(&folder.reads(&["diff", "api.yaml", "new.yaml"]));
    assert_eq!(rows(&report), 1, "{report}");
    for part in [
        "the function visit is called call",
        "the operationId was visit and is call",
        "the type VisitBody is called CallBody",
    ] {
        assert!(report.contains(part), "{part} isn't in {report}");
    }
}

#[test]
fn a_new_required_property_is_one_row_with_all_it_does() {
    let report = told(&POST.replace(
        "Visit: {type: object, properties: {",
        "Visit: {type: object, required: [when], properties: {when: {type: string}, ",
    ));
    assert_eq!(rows(&report), 1, "{report}");
    for part in
        ["breaking   major  Visit, property when", "- impl Default for models::Visit", "+ models::Visit::new"]
    {
        assert!(report.contains(part), "{part} isn't in {report}");
    }
}

#[test]
fn a_renamed_property_is_one_row() {
    let report = told(&POST.replace("pack: {", "tribe: {"));
    assert_eq!(rows(&report), 1, "{report}");
    assert!(report.contains("the property `pack` is gone"), "{report}");
    assert!(report.contains("with it: the property `tribe` is new"), "{report}");
    // Of another type, it is another property.
    assert_eq!(rows(&told(&POST.replace("pack: {type: string}", "size: {type: integer}"))), 2);
}

#[test]
fn unrelated_changes_are_rows_of_their_own() {
    let new = POST
        .replace("Wolf", "Lynx")
        .replace("fur: {type: string}", "fur: {type: string}, age: {type: integer}");
    let report = told(&new);
    assert_eq!(rows(&report), 2, "{report}");
}

#[test]
fn a_new_alternative_is_one_row_and_the_missing_entry_of_the_settings_is_told() {
    if workspace("spec/strategies").is_none() {
        return;
    }
    let folder = Folder::repository("");
    copy_spec(&folder);
    folder.commit();
    let old = folder.read("connections.yaml");
    let new = old
        .replace("        - yandex\n", "        - yandex\n        - zebra\n")
        .replace(
            "          yandex: strategies/yandex.yaml#/ConnectionOptionsYandex\n",
            "          yandex: strategies/yandex.yaml#/ConnectionOptionsYandex\n          zebra: strategies/zebra.yaml#/ConnectionOptionsZebra\n",
        );
    folder.write("connections.yaml", &new);
    folder.write(
        "strategies/zebra.yaml",
        "ConnectionOptionsZebra:\n  allOf:\n    - $ref: shared.yaml#/ConnectionOptionsOAuth2Common\n",
    );
    let report = text(&folder.reads(&["diff", "--spec", "connections.yaml"]));
    assert_eq!(rows(&report), 1, "{report}");
    for part in [
        "ConnectionOptions, alternative Zebra: the alternative `Zebra` is new",
        "2 × the value `\"zebra\"` is new",
        "is compiled with any features, and was with enterprise or social",
        "no entry of `features` in the settings has the alternative `zebra` of ConnectionOptions",
    ] {
        assert!(report.contains(part), "{part} isn't in {report}");
    }
    // With the entry it isn't told.
    let settings = folder.read("settings.yaml");
    folder.write("settings.yaml", &settings.replace("      - yandex\n", "      - yandex\n      - zebra\n"));
    let report = text(&folder.reads(&["diff", "--spec", "connections.yaml"]));
    assert!(!report.contains("no entry of `features`"), "{report}");
}
