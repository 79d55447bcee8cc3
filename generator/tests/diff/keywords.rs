//! Every keyword and member that a client can meet: whatever changes in it, `diff` has a row for it. The vocabularies
//! are those of JSON Schema 2020-12 and of OpenAPI 3.0, 3.1 and 3.2.

use openapi_generator::diff::rules::Area;
use openapi_generator::diff::{Change, WireLevel};
use rayon::prelude::*;

fn is_about_values(change: &&Change) -> bool {
    change.rule.kind().name != "description-changed"
}

fn is_about_the_wire(change: &&Change) -> bool {
    is_about_values(change) && change.rule.kind().area != Area::Rust
}

/// What a schema without the keyword looks like, and one with it, and one in which it says something else.
const KEYWORDS: [(&str, &str, &str, &str); 50] = [
    ("type", "{}", "{type: string}", "{type: integer}"),
    ("enum", "{type: string}", "{type: string, enum: [a, b]}", "{type: string, enum: [a, c]}"),
    ("const", "{type: string}", "{type: string, const: a}", "{type: string, const: b}"),
    ("multipleOf", "{type: integer}", "{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 3}"),
    ("maximum", "{type: integer}", "{type: integer, maximum: 2}", "{type: integer, maximum: 3}"),
    (
        "exclusiveMaximum",
        "{type: number}",
        "{type: number, exclusiveMaximum: 2}",
        "{type: number, exclusiveMaximum: 3}",
    ),
    ("minimum", "{type: integer}", "{type: integer, minimum: 2}", "{type: integer, minimum: 3}"),
    (
        "exclusiveMinimum",
        "{type: number}",
        "{type: number, exclusiveMinimum: 2}",
        "{type: number, exclusiveMinimum: 3}",
    ),
    ("maxLength", "{type: string}", "{type: string, maxLength: 2}", "{type: string, maxLength: 3}"),
    ("minLength", "{type: string}", "{type: string, minLength: 2}", "{type: string, minLength: 3}"),
    ("pattern", "{type: string}", "{type: string, pattern: '^a'}", "{type: string, pattern: '^b'}"),
    (
        "pattern that Rust can't check",
        "{type: string}",
        "{type: string, pattern: '(?=a)a'}",
        "{type: string, pattern: '(?=b)b'}",
    ),
    (
        "maxItems",
        "{type: array, items: {}}",
        "{type: array, items: {}, maxItems: 2}",
        "{type: array, items: {}, maxItems: 3}",
    ),
    (
        "minItems",
        "{type: array, items: {}}",
        "{type: array, items: {}, minItems: 2}",
        "{type: array, items: {}, minItems: 3}",
    ),
    ("uniqueItems", "{type: array, items: {}}", "{type: array, items: {}, uniqueItems: true}", ""),
    (
        "contains",
        "{type: array, items: {}}",
        "{type: array, items: {}, contains: {type: string}}",
        "{type: array, items: {}, contains: {type: integer}}",
    ),
    (
        "maxContains",
        "{type: array, contains: {}}",
        "{type: array, contains: {}, maxContains: 2}",
        "{type: array, contains: {}, maxContains: 3}",
    ),
    (
        "minContains",
        "{type: array, contains: {}}",
        "{type: array, contains: {}, minContains: 2}",
        "{type: array, contains: {}, minContains: 3}",
    ),
    (
        "maxProperties",
        "{type: object}",
        "{type: object, maxProperties: 2}",
        "{type: object, maxProperties: 3}",
    ),
    (
        "minProperties",
        "{type: object}",
        "{type: object, minProperties: 2}",
        "{type: object, minProperties: 3}",
    ),
    (
        "required",
        "{type: object, properties: {a: {}, b: {}}}",
        "{type: object, properties: {a: {}, b: {}}, required: [a]}",
        "{type: object, properties: {a: {}, b: {}}, required: [b]}",
    ),
    (
        "dependentRequired",
        "{type: object}",
        "{type: object, dependentRequired: {a: [b]}}",
        "{type: object, dependentRequired: {a: [c]}}",
    ),
    (
        "dependentSchemas",
        "{type: object}",
        "{type: object, dependentSchemas: {a: {required: [b]}}}",
        "{type: object, dependentSchemas: {a: {required: [c]}}}",
    ),
    (
        "dependencies",
        "{type: object}",
        "{type: object, dependencies: {a: [b]}}",
        "{type: object, dependencies: {a: [c]}}",
    ),
    (
        "properties",
        "{type: object}",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: integer}}}",
    ),
    (
        "patternProperties",
        "{type: object}",
        "{type: object, patternProperties: {'^a': {type: string}}}",
        "{type: object, patternProperties: {'^a': {type: integer}}}",
    ),
    (
        "additionalProperties",
        "{type: object}",
        "{type: object, additionalProperties: {type: string}}",
        "{type: object, additionalProperties: false}",
    ),
    (
        "propertyNames",
        "{type: object}",
        "{type: object, propertyNames: {maxLength: 3}}",
        "{type: object, propertyNames: {maxLength: 2}}",
    ),
    (
        "unevaluatedProperties",
        "{type: object}",
        "{type: object, unevaluatedProperties: false}",
        "{type: object, unevaluatedProperties: {type: string}}",
    ),
    (
        "unevaluatedItems",
        "{type: array}",
        "{type: array, unevaluatedItems: false}",
        "{type: array, unevaluatedItems: {type: string}}",
    ),
    (
        "items",
        "{type: array}",
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: integer}}",
    ),
    (
        "prefixItems",
        "{type: array}",
        "{type: array, prefixItems: [{type: string}]}",
        "{type: array, prefixItems: [{type: integer}]}",
    ),
    (
        "allOf",
        "{type: object}",
        "{type: object, allOf: [{properties: {a: {type: string}}}]}",
        "{type: object, allOf: [{properties: {a: {type: integer}}}]}",
    ),
    (
        "anyOf",
        "{}",
        "{anyOf: [{type: string}, {type: integer}]}",
        "{anyOf: [{type: string}, {type: boolean}]}",
    ),
    (
        "oneOf",
        "{}",
        "{oneOf: [{type: string}, {type: integer}]}",
        "{oneOf: [{type: string}, {type: boolean}]}",
    ),
    (
        "oneOf or anyOf",
        "{oneOf: [{type: string, maxLength: 3}, {type: string, minLength: 2}]}",
        "{anyOf: [{type: string, maxLength: 3}, {type: string, minLength: 2}]}",
        "",
    ),
    ("not", "{type: string}", "{type: string, not: {const: a}}", "{type: string, not: {const: b}}"),
    (
        "if",
        "{type: object}",
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
        "{type: object, if: {required: [c]}, then: {required: [b]}}",
    ),
    (
        "then",
        "{type: object, if: {required: [a]}}",
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
        "{type: object, if: {required: [a]}, then: {required: [c]}}",
    ),
    (
        "else",
        "{type: object, if: {required: [a]}}",
        "{type: object, if: {required: [a]}, else: {required: [b]}}",
        "{type: object, if: {required: [a]}, else: {required: [c]}}",
    ),
    ("format", "{type: string}", "{type: string, format: email}", "{type: string, format: hostname}"),
    (
        "format of a type",
        "{type: string}",
        "{type: string, format: uuid}",
        "{type: string, format: date-time}",
    ),
    (
        "format of a type and not",
        "{type: string, format: uuid}",
        "{type: string, format: ipv4}",
        "{type: string}",
    ),
    (
        "format of numbers",
        "{type: integer}",
        "{type: integer, format: int32}",
        "{type: integer, format: uint64}",
    ),
    (
        "contentEncoding",
        "{type: string}",
        "{type: string, contentEncoding: base64}",
        "{type: string, contentEncoding: base32}",
    ),
    (
        "contentMediaType",
        "{type: string}",
        "{type: string, contentMediaType: application/json}",
        "{type: string, contentMediaType: text/html}",
    ),
    (
        "contentSchema",
        "{type: string, contentMediaType: application/json}",
        "{type: string, contentMediaType: application/json, contentSchema: {type: array}}",
        "{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
    ),
    ("default", "{type: string}", "{type: string, default: a}", "{type: string, default: b}"),
    (
        "a keyword that nobody knows",
        "{type: string}",
        "{type: string, sometimes: a}",
        "{type: string, sometimes: b}",
    ),
    ("null in type", "{type: string}", "{type: [string, 'null']}", "{type: [integer, 'null']}"),
];

/// Where a schema can stand, by name.
const PLACES: [(&str, &str); 9] = [
    (
        "body",
        "/a: {post: {requestBody: {content: {application/json: {schema: SCHEMA}}}, responses: {'204': {description: d}}}}",
    ),
    (
        "property of a body",
        "/a: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {p: SCHEMA}}}}}, responses: {'204': {description: d}}}}",
    ),
    (
        "items of a property",
        "/a: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {p: {type: array, items: SCHEMA}}}}}}, responses: {'204': {description: d}}}}",
    ),
    (
        "values of an object",
        "/a: {post: {requestBody: {content: {application/json: {schema: {type: object, additionalProperties: SCHEMA}}}}, responses: {'204': {description: d}}}}",
    ),
    (
        "part of allOf",
        "/a: {post: {requestBody: {content: {application/json: {schema: {allOf: [SCHEMA, {description: d}]}}}}, responses: {'204': {description: d}}}}",
    ),
    (
        "response",
        "/a: {get: {responses: {'200': {description: d, content: {application/json: {schema: SCHEMA}}}}}}",
    ),
    (
        "property of a response",
        "/a: {get: {responses: {'200': {description: d, content: {application/json: {schema: {type: object, required: [p], properties: {p: SCHEMA}}}}}}}}",
    ),
    (
        "component",
        "/a: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}, responses: {'204': {description: d}}}}",
    ),
    (
        "values under a pattern",
        "/a: {post: {requestBody: {content: {application/json: {schema: {type: object, patternProperties: {'^x': SCHEMA}}}}}, responses: {'204': {description: d}}}}",
    ),
];

fn document(place: &str, schema: &str) -> String {
    let paths = place.replace("SCHEMA", schema);
    format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{{paths}}}\ncomponents: {{schemas: {{S: {schema}}}}}\n"
    )
}

#[test]
fn no_keyword_changes_without_a_row() {
    let silent_in = |(place, frame): &(&str, &str)| {
        let mut silent = Vec::new();
        for (keyword, without, with, other) in KEYWORDS {
            let sides: Vec<&str> =
                [without, with, other].into_iter().filter(|side| !side.is_empty()).collect();
            for (from, to) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2)] {
                let (Some(from), Some(to)) = (sides.get(from), sides.get(to)) else { continue };
                let changes = crate::diffs::changes(&document(frame, from), &document(frame, to));
                if !changes.list.iter().any(|change| is_about_values(&change)) {
                    silent.push(format!("{keyword}, {place}: {from} -> {to}"));
                }
            }
        }
        silent
    };
    let silent: Vec<String> = PLACES.par_iter().flat_map(silent_in).collect();
    assert!(silent.is_empty(), "{} changes give nothing:\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn what_means_the_same_gives_no_row() {
    let same = [
        ("{type: string, enum: [a, b]}", "{enum: [b, a], type: string}"),
        (
            "{type: object, required: [a, b], properties: {a: {}, b: {}}}",
            "{type: object, required: [b, a], properties: {b: {}, a: {}}}",
        ),
        ("{type: [string, 'null']}", "{type: ['null', string]}"),
        ("{type: string, minLength: 0}", "{type: string}"),
        ("{oneOf: [{type: string}, {type: integer}]}", "{anyOf: [{type: string}, {type: integer}]}"),
        ("{type: string, maximum: 3}", "{type: string}"),
        ("{allOf: [{$ref: '#/components/schemas/T'}]}", "{$ref: '#/components/schemas/T'}"),
        (
            "{type: object, properties: {a: {$ref: '#/components/schemas/T'}}}",
            "{type: object, properties: {a: {allOf: [{$ref: '#/components/schemas/T'}]}}}",
        ),
        (
            "{type: object, allOf: [{description: e}], properties: {a: {}}}",
            "{type: object, properties: {a: {}}}",
        ),
    ];
    let rest = "components: {schemas: {T: {type: object, properties: {a: {type: string, maxLength: 3, not: {const: b}}}}}}\n";
    for (old, new) in same {
        for (place, frame) in PLACES.iter().take(7) {
            let [old, new] = [old, new].map(|schema| {
                let paths = frame.replace("SCHEMA", schema);
                format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{{paths}}}\n{rest}")
            });
            let changes = crate::diffs::changes(&old, &new);
            let told: Vec<String> =
                changes.list.iter().filter(is_about_the_wire).map(|change| change.message()).collect();
            assert!(told.is_empty(), "{place}: {old}{new}{told:?}");
        }
    }
}

#[test]
fn what_is_not_understood_is_at_least_risky() {
    for keyword in ["not: {const: a}", "if: {minLength: 2}, then: {maxLength: 3}", "sometimes: true"] {
        let schema = format!("{{type: string, {keyword}}}");
        for (place, frame) in PLACES {
            let changes =
                crate::diffs::changes(&document(frame, "{type: string}"), &document(frame, &schema));
            assert!(changes.wire() >= Some(WireLevel::Risky), "{keyword} in {place}");
        }
    }
}
