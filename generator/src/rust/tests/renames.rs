//! Names that the settings choose.

use super::api;
use crate::api::{Api, TypeKind};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::Settings;
use crate::source::{self, Selection};

const DOCUMENT: &str = "
paths:
  /a: {get: {operationId: a.get, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
  /b: {get: {operationId: b.get, responses: {'204': {description: d}}}}
components:
  schemas:
    A: {type: object, properties: {b_c: {type: object, properties: {d: {type: string}}}, b c: {type: string}}}
    a-b: {enum: [x, y]}";

fn types(api: &Api) -> Vec<&str> {
    let mut names: Vec<&str> =
        api.models.iter().flat_map(|model| &model.types).map(|ty| ty.name.as_str()).collect();
    names.sort_unstable();
    names
}

fn fields(api: &Api, name: &str) -> Vec<String> {
    match &api.find_type(name).unwrap().kind {
        TypeKind::Object(object) => {
            object.properties.iter().map(|property| property.field.to_string()).collect()
        }
        TypeKind::Enum(listed) => listed.values.iter().map(|value| value.variant.to_string()).collect(),
        other => panic!("{other:?}"),
    }
}

fn functions(api: &Api) -> Vec<String> {
    let path = |operation: &crate::api::Operation| {
        let parts: Vec<&str> =
            operation.group.iter().chain([&operation.name]).map(|part| part.as_str()).collect();
        parts.join("::")
    };
    api.operations.iter().map(path).collect()
}

#[test]
fn inline_types_follow_the_new_name_around_them() {
    let plain = api(DOCUMENT, "");
    assert_eq!(types(&plain), ["A", "AB", "ABC"]);
    assert_eq!(types(&api(DOCUMENT, "names: {types: {A: Whole}}")), ["AB", "Whole", "WholeBC"]);
    assert_eq!(types(&api(DOCUMENT, "names: {types: {ABC: Inner}}")), ["A", "AB", "Inner"]);
}

#[test]
fn a_component_is_named_by_its_name_in_the_document_or_in_rust() {
    for key in ["a-b", "AB", "/components/schemas/a-b", "a-*"] {
        assert_eq!(
            types(&api(DOCUMENT, &format!("names: {{types: {{{key}: Letters}}}}"))),
            ["A", "ABC", "Letters"]
        );
    }
}

#[test]
fn a_new_name_frees_the_old_one() {
    assert_eq!(fields(&api(DOCUMENT, ""), "A"), ["b_c", "b_space_c"]);
    let renamed = api(DOCUMENT, "names: {properties: {A.b c: text}}");
    assert_eq!(fields(&renamed, "A"), ["b_c", "text"]);
    assert_eq!(fields(&api(DOCUMENT, "names: {variants: {AB.x: Y2, AB.y: X}}"), "AB"), ["Y2", "X"]);
    assert_eq!(fields(&api(DOCUMENT, "names: {properties: {A.b c: type, A.b_c: b}}"), "A"), ["b", "r#type"]);
}

#[test]
fn operations_move_to_other_modules() {
    assert_eq!(functions(&api(DOCUMENT, "")), ["a::get", "b::get"]);
    assert_eq!(functions(&api(DOCUMENT, "names: {operations: {a.get: all}}")), ["a::all", "b::get"]);
    assert_eq!(
        functions(&api(DOCUMENT, "names: {operations: {GET /a: 'b::c::all'}}")),
        ["b::get", "b::c::all"]
    );
    assert_eq!(functions(&api(DOCUMENT, "names: {groups: {a: ''}}")), ["get", "b::get"]);
    assert_eq!(functions(&api(DOCUMENT, "names: {groups: {'*': 'v1::*'}}")), ["v1::a::get", "v1::b::get"]);
}

#[test]
fn a_name_that_is_not_free_is_an_error_at_its_entry() {
    let text = format!("openapi: 3.1.0\ninfo: {{title: Small, version: '1'}}{DOCUMENT}");
    for settings in [
        "names: {types: {A: AB}}",
        "names: {types: {A: Ab}}",
        "names: {types: {A: X, ABC: X}}",
        "names: {properties: {A.b c: x, A.b_c: x}}",
        "names: {groups: {a: b}}",
        "names: {operations: {'*.get': 'c::get'}}",
    ] {
        let mut diagnostics = Diagnostics::default();
        let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics).unwrap();
        let settings_read = Settings::parse(&format!("schemas: all\n{settings}")).unwrap();
        crate::api_of(&document, &settings_read, &mut diagnostics);
        let errors = diagnostics.iter().filter(|one| *one.code == codes::INVALID_NAME).count();
        assert_eq!(errors, 1, "{settings}");
    }
}
