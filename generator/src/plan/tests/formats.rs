//! Types that the settings give to formats.

use super::snippet::planned_with;
use crate::api::{FormatType, TypeRef};

fn codes(schemas: &str, settings: &str) -> Vec<String> {
    planned_with(
        &format!("paths: {{}}\ncomponents: {{schemas: {schemas}}}"),
        &format!("schemas: all\n{settings}"),
    )
    .codes
}

#[test]
fn where_a_type_can_not_be_used_is_told_once() {
    let settings = "formats: {uuid: uuid}";
    assert_eq!(codes("{A: {type: string, format: uuid}}", settings), [""; 0]);
    for schema in [
        "{type: string, format: uuid, enum: [a]}",
        "{type: integer, format: uuid}",
        "{type: array, format: uuid}",
        "{type: object, format: uuid}",
        "{type: object, propertyNames: {type: string, format: uuid}}",
    ] {
        let told = codes(&format!("{{A: {schema}}}"), settings);
        assert_eq!(told.iter().filter(|code| *code == "W0230").count(), 1, "{schema}: {told:?}");
    }
}

#[test]
fn numbers_that_are_numbers_already_need_no_type() {
    assert_eq!(codes("{A: {type: integer, format: int64}}", "formats: {int64: number}"), [""; 0]);
    assert_eq!(codes("{A: {type: [integer, string], format: int64}}", "formats: {int64: number}"), [""; 0]);
}

#[test]
fn a_type_of_ones_own_is_for_any_scalar() {
    let document = "paths: {}\ncomponents: {schemas: {A: {type: integer, format: unix-time, minimum: 0}}}";
    let plan = planned_with(document, "schemas: all\nformats: {unix-time: 'my_crate::Time'}");
    let alias = plan.alias("A");
    assert!(matches!(&alias.ty, TypeRef::Formatted(formatted)
        if formatted.plain == TypeRef::Int64 && formatted.given == FormatType::Own("my_crate::Time".to_owned())));
    assert_eq!(alias.rules.len(), 1);
}

#[test]
fn types_of_libraries_are_known_for_any_format() {
    let document =
        "paths: {}\ncomponents: {schemas: {A: {type: string, format: guid}, B: {type: string, format: x}}}";
    let plan = planned_with(document, "schemas: all\nformats: {guid: 'uuid::Uuid', x: u64}");
    let given = |name: &str| match &plan.alias(name).ty {
        TypeRef::Formatted(formatted) => Some(formatted.given.clone()),
        _ => None,
    };
    assert!(matches!(given("A"), Some(FormatType::Text { path: "::uuid::Uuid", .. })));
    assert_eq!(given("B"), Some(FormatType::Quoted("u64")));
}
