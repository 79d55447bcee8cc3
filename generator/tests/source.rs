//! What the source stage makes of a document's members.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::settings::Settings;
use openapi_generator::source::document::{Document, Schema};
use openapi_generator::source::{self, Selection};

/// The document with this text after its head, and the codes of what is told of it, notes aside.
fn read(text: &str) -> (Document, Vec<&'static str>) {
    let text = format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{text}");
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics);
    let told =
        diagnostics.iter().filter(|found| found.severity() != Severity::Note).map(|found| found.code.id);
    let told = told.collect();
    (document.unwrap_or_else(|| panic!("{}", diagnostics.render("x".as_ref()))), told)
}

fn schema<'a>(document: &'a Document, name: &str) -> &'a Schema {
    &document.schemas[document.components[name]]
}

#[test]
fn descriptions_beside_references_go_before_those_of_what_they_name() {
    let (document, told) = read(
        "
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/P', description: here}]
      requestBody: {$ref: '#/components/requestBodies/B', description: here}
      responses:
        '200': {$ref: '#/components/responses/R', description: here}
        '400': {$ref: '#/components/responses/R'}
components:
  parameters: {P: {name: p, in: query, description: there, schema: {type: string}}}
  requestBodies: {B: {description: there, content: {}}}
  responses:
    R: {description: there, headers: {h: {$ref: '#/components/headers/H', description: here}}}
  headers: {H: {description: there, schema: {type: string}}}
",
    );
    assert_eq!(told, [""; 0]);
    let operation = &document.operations[0];
    assert_eq!(operation.parameters[0].description.as_deref(), Some("here"));
    assert_eq!(operation.request_body.as_ref().unwrap().description.as_deref(), Some("here"));
    let responses: Vec<&str> = operation.responses.iter().map(|found| found.description.as_str()).collect();
    assert_eq!(responses, ["here", "there"]);
    assert_eq!(operation.responses[0].headers[0].description.as_deref(), Some("here"));
}

#[test]
fn examples_of_media_types_say_nothing() {
    let (document, told) = read("
paths:
  /a:
    get:
      responses:
        '200':
          description: d
          content:
            a/b: {example: 0, examples: {x: {value: 1}, y: {$ref: '#/components/examples/E'}, z: {externalValue: e}}}
            c/d:
components: {examples: {E: {summary: s, value: 2}}}
");
    let content = &document.operations[0].responses[0].content;
    assert_eq!(told, [""; 0]);
    assert_eq!(content[1].name, "c/d");
}

#[test]
fn what_stands_in_quotes_is_taken_for_what_it_says() {
    let (document, told) = read("
components:
  schemas:
    A: {type: string, maxLength: '128', minLength: 3.0, nullable: 'yes', exclusiveMaximum: '7', description: }
    B: {type: number, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: 'false', maxItems: 1e300}
");
    assert_eq!(told, ["W0026"; 4]);
    let (a, b) = (schema(&document, "A"), schema(&document, "B"));
    assert_eq!((a.limits.max_length, a.limits.min_length, a.types.len()), (Some(128), Some(3), 2));
    assert_eq!(a.limits.exclusive_maximum, Some(7.into()));
    assert_eq!((&b.limits.minimum, &b.limits.exclusive_minimum), (&None, &Some(1.into())));
    assert_eq!((&b.limits.maximum, &b.limits.exclusive_maximum), (&Some(9.into()), &None));
    assert_eq!(b.limits.max_items, Some(u64::MAX));
}

#[test]
fn annotations_and_extensions_are_not_worth_a_word() {
    let (_, told) = read(
        "
components:
  schemas:
    A:
      $schema: https://json-schema.org/draft/2020-12/schema
      $id: a
      $comment: c
      $anchor: a
      $defs: {b: {type: string}}
      title: t
      examples: [1]
      externalDocs: {url: u}
      xml: {name: x}
      x-any: 1
      then: {type: string}
      items: [{type: string}]
      additionalItems: false
",
    );
    assert_eq!(told, [""; 0]);
}

#[test]
fn the_merge_key_is_yamls_alone() {
    let (document, _) =
        read("x-a: &a {type: string, title: t}\ncomponents: {schemas: {A: {<<: *a, title: own}}}\n");
    let a = schema(&document, "A");
    assert_eq!((a.title.as_deref(), a.types.len()), (Some("own"), 1));
    let json = br#"{"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "components": {"schemas": {"A": {"properties": {"<<": {"type": "string"}}}}}}"#;
    let document = source::load_text(json, &Selection::default(), &mut Diagnostics::default()).unwrap();
    assert!(schema(&document, "A").properties.contains_key("<<"));
}

#[test]
fn operations_whose_paths_differ_in_signs_alone_are_kept_apart() {
    let (document, _) = read(
        "
paths:
  /a/b: {get: {responses: {}}}
  /a-b: {get: {responses: {}}}
  /: {get: {responses: {}}}
  '/ ': {get: {responses: {}}}
",
    );
    let api = openapi_generator::api_of(&document, &Settings::default(), &mut Diagnostics::default());
    let mut files: Vec<&str> = api.operations.iter().map(|operation| operation.file.as_str()).collect();
    files.dedup();
    assert_eq!(files.len(), 4, "{files:?}");
}

#[test]
fn schemas_referred_to_where_they_stand_have_names_of_their_own() {
    let (document, _) = read(
        "
paths:
  /a: {get: {responses: {default: {description: d, content: {a/json: {schema: {$ref: '#/components/schemas/A/properties/x/items/properties/y'}}}}}}}
  /b: {get: {responses: {default: {description: d, content: {a/json: {schema: {$ref: '#/components/schemas/B/properties/x/items/properties/y'}}}}}}}
components:
  schemas:
    A: {properties: {x: {items: {properties: {y: {type: object, properties: {a: {type: string}}}}}}}}
    B: {properties: {x: {items: {properties: {y: {type: object, properties: {b: {type: string}}}}}}}}
",
    );
    let api = openapi_generator::api_of(&document, &Settings::default(), &mut Diagnostics::default());
    let mut names: Vec<&str> =
        api.models.iter().flat_map(|model| &model.types).map(|definition| definition.name.as_str()).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert!(all >= 2 && names.len() == all, "{names:?}");
}
