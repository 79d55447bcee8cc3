//! What the diff says of values whose type is another one: how they are written decides what that means.

use openapi_generator::diff::WireLevel;

/// The rules that an operation's change meets, with what each means on the wire.
fn told(old: &str, new: &str) -> Vec<(String, WireLevel)> {
    let [old, new] = [old, new].map(|operation| {
        format!(
            "openapi: 3.1.0
info: {{title: t, version: '1'}}
paths: {{/a: {{post: {operation}}}}}
components:
  schemas:
    Base: {{type: object, properties: {{a: {{type: string}}}}}}
    More: {{type: object, properties: {{a: {{type: string}}, b: {{type: integer}}}}}}
    Strict: {{type: object, required: [b], properties: {{a: {{type: string}}, b: {{type: integer}}}}}}
    Few: {{type: string, enum: [x, y]}}
    Others: {{type: string, enum: [x, z]}}
    Most: {{type: string, enum: [x, y, z]}}
    Levels: {{type: integer, enum: [1, 2]}}
    Nest: {{type: array, items: {{$ref: '#/components/schemas/Nest'}}}}
    Deep: {{type: array, items: {{type: array, items: {{$ref: '#/components/schemas/Deep'}}}}}}
    Either: {{oneOf: [{{$ref: '#/components/schemas/Base'}}, {{type: integer}}]}}
    Or: {{oneOf: [{{$ref: '#/components/schemas/Base'}}, {{type: boolean}}]}}
"
        )
    });
    let changes = crate::diffs::changes(&old, &new);
    let is_about_values = |id: &str| {
        ["type", "property"].iter().any(|word| id.contains(word))
            || ["format", "enum", "alternative"].iter().any(|word| id.contains(word))
            || id.contains("pattern")
    };
    let rules = changes.list.iter().map(|change| (change.rule.id(), change.wire));
    rules.filter(|(id, _)| is_about_values(id)).collect()
}

fn query(schema: &str) -> String {
    format!(
        "{{parameters: [{{name: q, in: query, schema: {schema}}}], responses: {{'204': {{description: d}}}}}}"
    )
}

fn header(schema: &str) -> String {
    format!("{{responses: {{'204': {{description: d, headers: {{X-N: {{schema: {schema}}}}}}}}}}}")
}

fn property(schema: &str) -> String {
    // Each schema stands somewhere else, too, so that none is renamed.
    format!(
        "{{requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, properties: {{p: {schema}, \
         base: {{$ref: '#/components/schemas/Base'}}, more: {{$ref: '#/components/schemas/More'}}, \
         strict: {{$ref: '#/components/schemas/Strict'}}, few: {{$ref: '#/components/schemas/Few'}}, \
         others: {{$ref: '#/components/schemas/Others'}}, either: {{$ref: '#/components/schemas/Either'}}, \
         or: {{$ref: '#/components/schemas/Or'}}, most: {{$ref: '#/components/schemas/Most'}}, \
         levels: {{$ref: '#/components/schemas/Levels'}}, nest: {{$ref: '#/components/schemas/Nest'}}, \
         deep: {{$ref: '#/components/schemas/Deep'}}}}}}}}}}}}, responses: {{'204': {{description: d}}}}}}"
    )
}

fn only(told: &[(String, WireLevel)]) -> (&str, WireLevel) {
    match told {
        [(id, level)] => (id, *level),
        _ => panic!("{told:?}"),
    }
}

#[test]
fn parameters_and_headers_are_text() {
    use WireLevel::{Breaking, Compatible};
    for (old, new, rule, level) in [
        ("{type: integer}", "{type: string}", "request-type-widened", Compatible),
        ("{type: boolean}", "{type: string}", "request-type-widened", Compatible),
        ("{type: string}", "{type: integer}", "request-type-narrowed", Breaking),
        ("{type: string}", "{type: array, items: {type: string}}", "request-type-widened", Compatible),
        ("{type: integer}", "{type: array, items: {type: string}}", "request-type-widened", Compatible),
        ("{type: array, items: {type: string}}", "{type: string}", "request-type-narrowed", Breaking),
        ("{type: boolean}", "{type: integer}", "request-type-changed", Breaking),
    ] {
        assert_eq!(only(&told(&query(old), &query(new))), (rule, level), "{old} -> {new}");
    }
    let (string, integer) = (header("{type: string}"), header("{type: integer}"));
    assert_eq!(only(&told(&string, &integer)), ("response-type-narrowed", Compatible));
    assert_eq!(only(&told(&integer, &string)), ("response-type-widened", Breaking));
    let (string, integer) = (property("{type: string}"), property("{type: integer}"));
    assert_eq!(only(&told(&integer, &string)), ("request-type-changed", Breaking));
}

#[test]
fn another_type_is_compared_by_what_is_in_it() {
    let of = |name: &str| property(&format!("{{$ref: '#/components/schemas/{name}'}}"));
    assert_eq!(only(&told(&of("Base"), &of("More"))), ("request-type-grew", WireLevel::Compatible));
    let replaced = |more: (&str, WireLevel)| {
        let name = ("request-type-replaced".to_owned(), WireLevel::Compatible);
        let mut all = vec![name, (more.0.to_owned(), more.1)];
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    let sorted = |old: &str, new: &str| {
        let mut all = told(&of(old), &of(new));
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    let required = ("request-required-property-added", WireLevel::Breaking);
    assert_eq!(sorted("Base", "Strict"), replaced(required));
    let gone = ("request-optional-property-removed", WireLevel::Risky);
    assert_eq!(sorted("More", "Base"), replaced(gone));
}

#[test]
fn what_differs_is_named_in_lists_enums_and_unions_too() {
    let ids = |old: &str, new: &str| {
        let mut all: Vec<String> =
            told(&property(old), &property(new)).into_iter().map(|(id, _)| id).collect();
        all.sort();
        all
    };
    let list = |name: &str| format!("{{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}");
    let map = |name: &str| {
        format!("{{type: object, additionalProperties: {{$ref: '#/components/schemas/{name}'}}}}")
    };
    let of = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let required = ["request-required-property-added", "request-type-replaced"];
    assert_eq!(ids(&list("Base"), &list("Strict")), required);
    assert_eq!(ids(&map("Base"), &map("Strict")), required);
    let values = ["request-enum-value-added", "request-enum-value-removed", "request-type-replaced"];
    assert_eq!(ids(&of("Few"), &of("Others")), values);
    let alternatives = ["request-alternative-added", "request-alternative-removed", "request-type-replaced"];
    assert_eq!(ids(&of("Either"), &of("Or")), alternatives);
}

#[test]
fn a_format_for_another_is_no_wider_string() {
    let of = |format: &str| property(&format!("{{type: string, format: {format}}}"));
    assert_eq!(only(&told(&of("uuid"), &of("uri"))), ("request-format-replaced", WireLevel::Breaking));
    let plain = property("{type: string}");
    assert_eq!(only(&told(&of("uuid"), &plain)), ("request-format-widened", WireLevel::Compatible));
    let (narrow, wide) =
        (property("{type: string, pattern: '^a$'}"), property("{type: string, pattern: '.*'}"));
    assert_eq!(only(&told(&narrow, &wide)), ("request-pattern-loosened", WireLevel::Compatible));
}

#[test]
fn values_are_compared_within_lists_tuples_and_enums() {
    let of = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let list = |item: &str| format!("{{type: array, items: {item}}}");
    let pair = |one: &str, other: &str| {
        format!("{{type: array, prefixItems: [{one}, {other}], items: false, minItems: 2}}")
    };
    let (string, nullable) = ("{type: string}", "{type: [string, 'null']}");
    let (integer, number, long) = ("{type: integer}", "{type: number}", "{type: integer, format: int32}");
    let (widened, narrowed) = ("request-type-widened", "request-type-narrowed");
    for (old, new, rules) in [
        (of("Few"), of("Most"), &["request-enum-value-added", "request-type-replaced"][..]),
        (of("Most"), of("Few"), &["request-enum-value-removed", "request-type-replaced"]),
        (list(&of("Few")), list(&of("Most")), &["request-enum-value-added", "request-type-replaced"]),
        (of("Levels"), number.to_owned(), &[widened]),
        (of("Levels"), integer.to_owned(), &["request-format-widened"]),
        (of("Levels"), string.to_owned(), &["request-type-changed"]),
        (of("Few"), string.to_owned(), &["request-format-widened"]),
        (of("Few"), integer.to_owned(), &["request-type-changed"]),
        (list(string), list(nullable), &[widened]),
        (list(nullable), list(string), &[narrowed]),
        (list(nullable), list("{}"), &[widened]),
        (list("{}"), list(nullable), &[narrowed]),
        (pair(integer, string), pair(number, string), &[widened]),
        (pair(integer, integer), pair(number, number), &[widened]),
        (pair(integer, number), pair(number, integer), &["request-type-changed"]),
        (pair(long, string), pair(integer, string), &[widened]),
        (pair(long, integer), pair(integer, number), &[widened]),
        (pair(string, string), list(string), &[widened]),
    ] {
        let found: Vec<String> =
            told(&property(&old), &property(&new)).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, rules, "{old} -> {new}");
    }
}

#[test]
fn comparing_types_that_contain_themselves_ends() {
    let of = |name: &str| property(&format!("{{$ref: '#/components/schemas/{name}'}}"));
    assert_eq!(told(&of("Nest"), &of("Deep")).len(), 1);
    assert_eq!(told(&of("Deep"), &of("Nest")).len(), 1);
}
