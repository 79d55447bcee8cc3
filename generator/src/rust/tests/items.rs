//! Public items: what they are made from, and what compiles them.

use super::api;
use crate::rust::{Crate, Group, Key, Package, Part, What};

const DOCUMENT: &str = "
paths:
  /a/{id}:
    patch:
      operationId: things.update
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Change'}}}
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
        '404': {description: d}
components:
  schemas:
    Change: {type: object, properties: {size: {type: [integer, 'null'], deprecated: true}}}
    Thing: {type: object, properties: {size: {type: integer}}}
";

#[test]
fn a_setter_on_a_builder_is_made_from_the_property_that_it_sets() {
    let api = api(DOCUMENT, "");
    let items = Crate::new(&api, Package::new("t")).items();
    for name in ["size", "size_null"] {
        let item = &items[&Key::new("things::Update", What::Function, name)];
        assert_eq!(item.origin.group, Group::Type("Change".to_owned()), "{name}");
        assert_eq!(item.origin.part, Part::Property("size".to_owned()), "{name}");
        assert!(matches!(&item.owner, Group::Operation { call, .. } if call == "things::update"));
        assert_eq!(&*item.place.pointer, "/components/schemas/Change/properties/size");
    }
    assert!(items[&Key::new("things::Update", What::Function, "size")].deprecated);
}

#[test]
fn arguments_outputs_and_failures_are_made_from_their_parts() {
    let api = api(DOCUMENT, "");
    let items = Crate::new(&api, Package::new("t")).items();
    let function = &items[&Key::new("things", What::Function, "update")];
    assert_eq!(function.signature, "-> Update");
    let [argument] = &function.arguments[..] else { panic!("{:?}", function.arguments) };
    assert_eq!((argument.name.as_str(), argument.ty.as_str()), ("id", "impl Into<String>"));
    assert!(matches!(argument.origin.part, Part::Parameter(..)));
    let output = &items[&Key::new("things::Update", What::Output, "Output")];
    assert!(output.signature == "Thing" && matches!(output.origin.part, Part::Response(_)));
    let failure = &items[&Key::new("things::UpdateError", What::Variant, "NotFound")];
    assert_eq!(failure.signature, "Failure<Json>");
    assert!(items.contains_key(&Key::new("models::Change", What::Trait, "From<Thing>")));
}

#[test]
fn items_know_the_features_that_compile_them() {
    let document = "
paths:
  /a:
    post:
      operationId: alarms.create
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}
      responses: {'204': {description: d}}
components:
  schemas:
    New:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        settings: {x-discriminated-by: {propertyName: kind, mapping: {mail: '#/components/schemas/Mail', sms: '#/components/schemas/Sms'}}}
    Mail: {type: object, properties: {to: {type: string}}}
    Sms: {type: object, properties: {number: {type: string}}}
";
    let api = api(document, "features: [{feature: letters, union: NewSettings, alternatives: [mail]}]");
    let items = Crate::new(&api, Package::new("t")).items();
    let gate = |owner: &str, what, name: &str| {
        let item = &items[&Key::new(owner, what, name)];
        [&item.file_gate, &item.own_gate].map(|gate| gate.iter().cloned().collect::<Vec<_>>().join(","))
    };
    assert_eq!(gate("models::NewSettings", What::Variant, "Mail"), ["", "letters"]);
    assert_eq!(gate("models::NewSettings", What::Variant, "Sms"), ["", ""]);
    assert_eq!(gate("alarms", What::Function, "create_mail"), ["", "letters"]);
    assert_eq!(gate("models::Mail", What::Type, ""), ["letters", ""]);
    assert!(items.contains_key(&Key::new("", What::Feature, "letters")));
}

#[test]
fn a_place_in_an_operation_is_named_in_words() {
    use crate::api::Location::{Cookie, Header, Path, Query, Querystring};
    let words = [
        (Path, "path"),
        (Query, "query"),
        (Querystring, "query string"),
        (Header, "header"),
        (Cookie, "cookie"),
    ];
    for (location, word) in words {
        let part = crate::rust::Part::Parameter(location, "q".to_owned());
        assert_eq!(part.to_string(), format!("{word} parameter q"));
    }
}
