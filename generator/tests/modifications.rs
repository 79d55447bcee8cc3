//! Which pairs of operations make a safe partial update.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::{api_of, source};

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a/{id}/{n}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: n, in: path, required: true, schema: {type: integer}}
    get:
      operationId: a.get
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Whole'}}}}}
    patch:
      operationId: a.update
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Part'}}}}
      responses: {'204': {description: d}}
    put:
      operationId: a.replace
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/More'}}}}
      responses: {'204': {description: d}}
    post:
      operationId: a.upload
      requestBody: {content: {text/plain: {schema: {type: string}}}}
      responses: {'204': {description: d}}
  /a/{id}/{n}/more:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: n, in: path, required: true, schema: {type: integer}}
    post:
      operationId: a.create
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Less'}}}}
      responses: {'204': {description: d}}
    put:
      operationId: a.demand
      requestBody:
        content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/More'}], required: [c]}}}
      responses: {'204': {description: d}}
    patch:
      operationId: a.strict
      requestBody:
        content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/Part'}], required: [a]}}}
      responses: {'204': {description: d}}
    delete:
      operationId: a.typed
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
      responses: {'204': {description: d}}
  /b/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    patch:
      operationId: a.other
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Part'}}}}
      responses: {'204': {description: d}}
    put:
      operationId: b.elsewhere
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Part'}}}}
      responses: {'204': {description: d}}
components:
  schemas:
    Whole: {type: object, properties: {a: {type: string}, b: {type: string}}}
    Part: {type: object, properties: {a: {type: string}, b: {type: string}}}
    More: {type: object, properties: {a: {type: string}, c: {type: string}}}
    Less: {type: object, properties: {d: {type: string}}}
";

/// The plan with one entry, and what is told.
fn planned(entry: &str) -> (Api, Vec<(&'static str, String)>) {
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(DOCUMENT.as_bytes(), &source::Selection::default(), &mut diagnostics);
    let settings = Settings::parse(&format!("modifications: [{entry}]")).unwrap();
    let api = api_of(&document.unwrap(), &settings, &mut diagnostics);
    (api, diagnostics.iter().map(|found| (found.code.id, found.message.clone())).collect())
}

#[test]
fn a_pair_is_planned() {
    let (api, told) = planned(
        "{read: a.get, write: a.update, name: change, replaced: [a], withheld: {a: a right}, reset: [b]}",
    );
    assert_eq!(told, []);
    let update = api.operations.iter().find(|operation| operation.name == "update").unwrap();
    let found = update.modification.as_ref().unwrap();
    let krate = Crate::new(&api, Package::new("t"));
    let names = krate.builders.iter().find_map(|builder| builder.modification.as_ref()).unwrap();
    assert_eq!(
        (names.function.as_str(), names.pair.as_str(), names.change.as_str(), found.body.as_str()),
        ("change", "Change", "change", "Part")
    );
    assert_eq!(found.read, "a.get");
    let arguments = found.read_arguments.iter().map(|index| update.parameters[*index].field.as_str());
    assert_eq!(arguments.collect::<Vec<_>>(), ["id", "n"]);
    assert_eq!(found.replaced, [("a".to_owned(), Some("a right".to_owned()))]);
    assert_eq!(found.kept, ["b"]);
    assert!(api.operations.iter().filter(|operation| operation.modification.is_some()).count() == 1);
}

#[test]
fn what_only_the_body_has_is_told_and_left_out() {
    let (api, told) = planned("{read: a.get, write: a.replace, replaced: [a]}");
    let replace = api.operations.iter().find(|operation| operation.name == "replace").unwrap();
    assert_eq!(replace.modification.as_ref().unwrap().unread, ["c"]);
    let [(code, text)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(*code, "W0270");
    assert!(text.contains("`modify` doesn't read `c`, which only the body of `a.replace` has"), "{text}");
}

#[test]
fn what_can_not_be_is_told_and_not_planned() {
    for (entry, code, message) in [
        ("{read: a.gte, write: a.update}", "W0108", "no operation `a.gte`"),
        ("{read: a.get, write: a.updaet}", "W0108", "no operation `a.updaet`"),
        ("{read: a.get, write: a.create}", "E0107", "`Whole` has none of the properties of `Less`"),
        (
            "{read: a.get, write: a.demand}",
            "W0271",
            "the body of `a.demand` requires `c`, which the response of `a.get` may lack",
        ),
        ("{read: a.get, write: a.strict}", "W0271", "requires `a`, which the response of `a.get` may lack"),
        ("{read: a.get, write: a.replace, reset: [c]}", "W0271", "a body without `c` would reset it"),
        ("{read: a.get, write: a.typed}", "W0271", "no room for a value of `a.get` that doesn't fit"),
        ("{read: a.get, write: a.upload}", "E0107", "isn't a JSON object"),
        ("{read: a.update, write: a.update}", "E0107", "the read doesn't return an object"),
        ("{read: a.get, write: a.other}", "E0107", "no equivalent of the read's parameter `n`"),
        ("{read: a.get, write: b.elsewhere}", "E0107", "different modules"),
        ("{read: a.get, write: a.update, replaced: [c]}", "E0107", "no property `c`"),
        ("{read: a.get, write: a.update, reset: [c]}", "E0107", "no property `c`"),
        ("{read: a.get, write: a.update, withheld: {a: x}}", "E0107", "not in `replaced`"),
        (
            "{read: a.get, write: a.update, replaced: [a], merged: [a]}",
            "E0107",
            "both `merged` and `replaced`",
        ),
        ("{read: a.get, write: a.update, name: get}", "E0107", "the name `get` is already in use"),
        ("{read: a.get, write: a.update, name: part}", "E0107", "the name `part` is already in use"),
    ] {
        let (api, told) = planned(entry);
        assert!(api.operations.iter().all(|operation| operation.modification.is_none()), "{entry}");
        let [(found, text)] = &told[..] else { panic!("{entry}: {told:?}") };
        assert!(*found == code && text.contains(message), "{entry}: {found} {text}");
    }
    let twice = "{read: a.get, write: a.update}, {read: a.get, write: a.update, name: again}";
    let (_, told) = planned(twice);
    assert!(told.len() == 1 && told[0].1.contains("the write of another entry"), "{told:?}");
}

/// What `diff` says, for the pair `a.get` and `a.update`, of a property that only the body gets.
fn told_of(property: &str, required: &str) -> Vec<String> {
    let settings = Settings::parse("modifications: [{read: a.get, write: a.update}]").unwrap();
    let load = |text: &str| {
        let mut diagnostics = Diagnostics::default();
        let document =
            source::load_text(text.as_bytes(), &source::Selection::default(), &mut diagnostics).unwrap();
        let api = api_of(&document, &settings, &mut diagnostics);
        (document, api)
    };
    let part = "Part: {type: object, ";
    let more = format!("{part}{required} ");
    let new = DOCUMENT.replace(part, &more);
    let new = new.replace(
        &format!("{more}properties: {{a: {{type: string}}, "),
        &format!("{more}properties: {{{property}a: {{type: string}}, "),
    );
    assert_ne!(new, DOCUMENT);
    let (old, new) = (load(DOCUMENT), load(&new));
    let [old_crate, new_crate] = [&old, &new].map(|(_, api)| Crate::new(api, Package::new("t")));
    let changes = openapi_generator::diff::diff(
        openapi_generator::diff::Side { document: &old.0, krate: &old_crate },
        openapi_generator::diff::Side { document: &new.0, krate: &new_crate },
    );
    changes.list.iter().map(|change| change.rule.id()).collect()
}

#[test]
fn a_property_of_one_side_breaks_nothing() {
    let told = told_of("c: {type: string}, ", "");
    assert!(
        !told.is_empty() && told.iter().all(|rule| rule == "request-optional-property-added"),
        "{told:?}"
    );
    // Here the function is gone, and `diff` says so.
    let told = told_of("c: {type: string}, ", "required: [c],");
    assert!(told.iter().any(|rule| rule == "modification-changed"), "{told:?}");
    assert!(told.iter().any(|rule| rule == "request-required-property-added"), "{told:?}");
}
