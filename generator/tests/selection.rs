//! A part of a document: the operations and the webhooks that are asked for, and the schemas that they reach.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::Settings;
use openapi_generator::source::Selection;
use openapi_generator::{api_of, source};

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /pets:
    parameters: [{name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}]
    get:
      operationId: pets.list
      tags: [pets]
      responses: {'200': {description: d, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
    post:
      operationId: pets.create
      tags: [pets, admin]
      requestBody: {$ref: '#/components/requestBodies/Pet'}
      responses: {'204': {description: d}}
  /pets/{id}:
    delete:
      operationId: pets.delete
      tags: [admin]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'404': {$ref: '#/components/responses/Missing'}}
  /shops:
    get:
      operationId: shops.list
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}}
      callbacks:
        opened: {'{$request.query.url}': {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Opened'}}}}, responses: {'200': {description: d}}}}}
webhooks:
  pet.born:
    post:
      operationId: petBorn
      tags: [births]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Born'}}}}
      responses: {'200': {description: d}}
components:
  requestBodies:
    Pet: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
  responses:
    Missing: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
  schemas:
    Kind: {type: string, enum: [cat, dog]}
    Pet: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}
    Owner: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    NewPet: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {name: {type: string}}}]}
    Base: {type: object, properties: {a: {type: string}}}
    Problem: {type: object, properties: {title: {type: string}}}
    Shop: {type: object, properties: {pets: {type: object, additionalProperties: {$ref: '#/components/schemas/Pet'}}}}
    Opened: {type: object, properties: {at: {type: string}}}
    Born: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Unused: {type: object, properties: {a: {type: string}}}
";

/// The operations and the types that are planned, sorted.
fn planned(selection: &Selection) -> (Vec<String>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(DOCUMENT.as_bytes(), selection, &mut diagnostics);
    let api = api_of(&document.unwrap(), &Settings::default(), &mut diagnostics);
    let events = api.events.iter().flat_map(|events| &events.events).map(|event| event.name.clone());
    let events: Vec<String> = events.collect();
    let operations = api.operations.into_iter().map(|operation| operation.id).chain(events);
    let types =
        api.models.into_iter().flat_map(|model| model.types).map(|definition| definition.name.to_string());
    let (mut operations, mut types): (Vec<_>, Vec<_>) = (operations.collect(), types.collect());
    operations.sort();
    types.sort();
    (operations, types)
}

#[test]
fn a_part_has_exactly_the_schemas_that_it_reaches() {
    let of = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let by = |paths: &[&str], tags: &[&str], operations: &[&str]| Selection {
        paths: of(paths),
        tags: of(tags),
        operations: of(operations),
        ..Selection::default()
    };
    for (selection, operations, types) in [
        (by(&["/pets/*"], &[], &[]), &["pets.delete"][..], &["Problem"][..]),
        (by(&[], &["admin"], &[]), &["pets.create", "pets.delete"], &["Base", "Kind", "NewPet", "Problem"]),
        (by(&[], &[], &["pets.list"]), &["pets.list"], &["Kind", "Owner", "Pet"]),
        (
            by(&["/shops"], &[], &[]),
            &["POST {$request.query.url}", "shops.list"],
            &["Opened", "Owner", "Pet", "Shop"],
        ),
        (by(&["pet.*"], &[], &[]), &["pet.born"], &["Born", "Kind"]),
        (by(&[], &["births"], &[]), &["pet.born"], &["Born", "Kind"]),
        (by(&[], &[], &["petBorn"]), &["pet.born"], &["Born", "Kind"]),
    ] {
        assert_eq!(planned(&selection), (of(operations), of(types)), "{selection:?}");
    }
}
