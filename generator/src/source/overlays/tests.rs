//! Overlays on small documents. The forms are those of the Overlay Specification's own examples, in other words.

use serde_json::{Value, json};

use super::actions;
use super::changes::Changes;
use crate::diagnostics::Diagnostics;
use crate::text::{Origin, Origins, Place, value};

struct Overlaid {
    value: Value,
    origins: Origins,
    told: Vec<String>,
    is_applied: bool,
}

impl Overlaid {
    /// `document`, changed by the overlay of this version with these actions.
    fn new(version: &str, document: &Value, list: &str) -> Self {
        let text = format!("overlay: {version}.0\ninfo: {{title: Changes, version: '1'}}\nactions:\n{list}");
        let overlay = value(text.as_bytes()).unwrap();
        let (mut changed, mut origin) = (document.clone(), Origin::default());
        let mut diagnostics = Diagnostics::default();
        let place = Place { file: "o.yaml".into(), pointer: "".into() };
        let read = actions::read(&overlay, &place, &mut diagnostics);
        let applied = read.and_then(|overlay| {
            Changes::default().apply(&overlay, &"".into(), &mut changed, &mut origin, &mut diagnostics)
        });
        let mut origins = Origins::default();
        origins.add("".into(), origin);
        let told = diagnostics.iter().map(|one| format!("{} {}", one.code, one.place.pointer)).collect();
        Self { value: changed, origins, told, is_applied: applied.is_some() }
    }

    /// Likewise; all of it is fine.
    fn fine(version: &str, document: &Value, list: &str) -> Self {
        let overlaid = Self::new(version, document, list);
        assert!(overlaid.is_applied && overlaid.told.is_empty(), "{:?}", overlaid.told);
        overlaid
    }

    fn origin(&self, pointer: &str) -> String {
        let place = self.origins.of(&Place { file: "".into(), pointer: pointer.into() });
        format!("{}#{}", place.file, place.pointer)
    }
}

fn shop() -> Value {
    json!({
        "info": {"title": "Shop"},
        "paths": {
            "/carts": {"get": {"summary": "Carts", "tags": ["old", "cart"], "parameters": [{"name": "size", "in": "query"}]}},
            "/goods": {"get": {"tags": ["good"], "parameters": []}, "put": {"x-traits": ["paged"]}},
        },
        "tags": [{"name": "old"}, {"name": "cart"}, {"name": "good"}],
    })
}

#[test]
fn one_update_mirrors_the_document() {
    let update = "
  - target: $
    update:
      info: {x-changed: yes}
      paths:
        /carts: {get: {summary: All carts}, delete: {summary: None left}}
        /new: {get: {}}
      components:
      tags:";
    let overlaid = Overlaid::fine("1.0", &shop(), update);
    let mut expected = shop();
    expected["info"]["x-changed"] = json!("yes");
    expected["paths"]["/carts"]["get"]["summary"] = json!("All carts");
    expected["paths"]["/carts"]["delete"] = json!({"summary": "None left"});
    expected["paths"]["/new"] = json!({"get": {}});
    expected["components"] = Value::Null;
    assert_eq!(overlaid.value, expected);
    let update = "o.yaml#/actions/0/update";
    for (pointer, origin) in [
        ("/paths/~1carts/get/summary", format!("{update}/paths/~1carts/get/summary")),
        ("/paths/~1carts/delete/summary", format!("{update}/paths/~1carts/delete/summary")),
        ("/paths/~1new/get", format!("{update}/paths/~1new/get")),
        ("/paths/~1carts/get", "#/paths/~1carts/get".to_owned()),
    ] {
        assert_eq!(overlaid.origin(pointer), origin);
    }
}

#[test]
fn targets_can_be_many_or_single_values() {
    let overlaid = Overlaid::fine(
        "1.1",
        &shop(),
        "
  - {target: $.paths.*.get, update: {x-safe: true}}
  - {target: $.info.title, update: Market}
  - {target: \"$.paths.*.get.parameters[?@.name == 'size' && @.in == 'query']\", update: {schema: {type: integer}}}
  - {target: \"$.paths[?@.put['x-traits'][?@ == 'paged']].put\", update: {parameters: [{name: page}]}}",
    );
    assert_eq!(overlaid.value["paths"]["/goods"]["get"]["x-safe"], true);
    assert_eq!(overlaid.value["info"]["title"], "Market");
    assert_eq!(
        overlaid.value["paths"]["/carts"]["get"]["parameters"],
        json!([{"name": "size", "in": "query", "schema": {"type": "integer"}}])
    );
    assert_eq!(overlaid.value["paths"]["/goods"]["put"]["parameters"], json!([{"name": "page"}]));
    assert_eq!(overlaid.origin("/info/title"), "o.yaml#/actions/1/update");
}

#[test]
fn arrays_grow_and_shrink() {
    let overlaid = Overlaid::fine(
        "1.1",
        &shop(),
        "
  - {target: $.paths.*.get.parameters, update: {name: page, in: query}}
  - {target: $.tags, update: [{name: new}, {name: newer}]}
  - {target: \"$.paths.*.get.tags[?@ == 'old']\", remove: true}
  - {target: \"$.tags[?@.name == 'old' || @.name == 'new']\", remove: true}
  - {target: \"$.tags[?@.name == 'good']\", update: {description: Goods}}",
    );
    let page = json!({"name": "page", "in": "query"});
    assert_eq!(overlaid.value["paths"]["/goods"]["get"]["parameters"], json!([page]));
    assert_eq!(overlaid.value["paths"]["/carts"]["get"]["parameters"][1], page);
    assert_eq!(overlaid.value["paths"]["/carts"]["get"]["tags"], json!(["cart"]));
    let tags = json!([{"name": "cart"}, {"name": "good", "description": "Goods"}, {"name": "newer"}]);
    assert_eq!(overlaid.value["tags"], tags);
    for (pointer, origin) in [
        ("/paths/~1carts/get/parameters/1/in", "o.yaml#/actions/0/update/in"),
        ("/paths/~1carts/get/tags/0", "#/paths/~1carts/get/tags/1"),
        ("/tags/0/name", "#/tags/1/name"),
        ("/tags/1/description", "o.yaml#/actions/4/update/description"),
        ("/tags/1/name", "#/tags/2/name"),
        ("/tags/2/name", "o.yaml#/actions/1/update/1/name"),
    ] {
        assert_eq!(overlaid.origin(pointer), origin);
    }
}

#[test]
fn values_are_copied_and_moved() {
    let overlaid = Overlaid::fine(
        "1.1",
        &shop(),
        "
  - {target: \"$.paths['/carts']\", copy: \"$.paths['/goods']\"}
  - {target: $.paths, update: {/things: {}}}
  - {target: \"$.paths['/things']\", copy: \"$.paths['/goods']\"}
  - {target: \"$.paths['/goods']\", remove: true}",
    );
    let goods = shop()["paths"]["/goods"].clone();
    let paths = &overlaid.value["paths"];
    assert_eq!(paths["/things"], goods);
    assert_eq!(paths["/carts"]["put"], goods["put"]);
    assert_eq!(paths["/carts"]["get"]["tags"], json!(["old", "cart", "good"]));
    assert!(paths.get("/goods").is_none());
    assert_eq!(overlaid.origin("/paths/~1things/get/tags/0"), "o.yaml#/actions/2/copy");
    assert_eq!(overlaid.origin("/paths/~1carts/get/tags/2"), "o.yaml#/actions/0/copy");
}

#[test]
fn nested_targets_are_all_changed() {
    let document = json!({"a": {"a": {"a": {}}}, "b": [[1, 2], [1], 1]});
    let overlaid = Overlaid::fine(
        "1.1",
        &document,
        "  - {target: $..a, update: {x: 1}}\n  - {target: '$..[?@ == 1]', remove: true}",
    );
    assert_eq!(overlaid.value, json!({"a": {"a": {"a": {}}}, "b": [[2], []]}));
    let all = Overlaid::fine("1.1", &document, "  - {target: $..*, remove: true}");
    assert_eq!(all.value, json!({}));
}

#[test]
fn versions_differ_in_what_may_replace_what() {
    let document = json!({"s": {"type": "string"}, "list": [1]});
    let update = "  - {target: $.s, update: {type: [string, 'null']}}\n";
    let old = Overlaid::new("1.0", &document, update);
    assert_eq!(old.value["s"]["type"], json!(["string", "null"]));
    assert_eq!(old.told, ["W0177 /actions/0/update/type"]);
    let new = Overlaid::new("1.1", &document, update);
    assert_eq!((new.is_applied, &new.told[..]), (false, &["E0172 /actions/0/update/type".to_owned()][..]));
    for (version, list, told) in [
        ("1.0", "  - {target: $.s.type, update: x}", "W0173 /actions/0/target"),
        ("1.0", "  - {target: $.s, copy: $.s}", "W0173 /actions/0/copy"),
        ("1.0", "  - {target: $.none, remove: true}", "W0171 /actions/0/target"),
        ("1.1", "  - {target: $.*, update: {}}", "E0172 /actions/0/target"),
        ("1.1", "  - {target: $.s, update: x}", "E0172 /actions/0/update"),
        ("1.1", "  - {target: $, remove: true}", "E0172 /actions/0/target"),
        ("1.1", "  - {target: $.s, copy: $.*}", "E0172 /actions/0/copy"),
        ("1.1", "  - {target: $.s, copy: $.none}", "E0172 /actions/0/copy"),
        ("1.1", "  - {target: $.s, update: {}, copy: $.s}", "E0170 /actions/0/copy"),
        ("1.1", "  - {target: $.s, update: {}, remove: true}", "W0176 /actions/0/update"),
        ("1.1", "  - {target: $.s}", "W0176 /actions/0"),
        ("1.1", "  - {target: $.x-s, remove: true}", "W0178 /actions/0/target"),
        ("1.1", "  - {target: s, remove: true}", "E0170 /actions/0/target"),
        ("1.1", "  - {target: 1, remove: true}", "E0170 /actions/0/target"),
        ("1.1", "  - {remove: true}", "E0170 /actions/0"),
        ("1.1", "  - {target: $.s, remove: x}", "E0170 /actions/0/remove"),
        ("1.1", "  - x", "E0170 /actions/0"),
        ("1.1", "  []", "E0170 /actions"),
        ("1.2", "  - {target: $.s, remove: true}", "E0170 /overlay"),
    ] {
        assert_eq!(Overlaid::new(version, &document, list).told[0], told, "{list}");
    }
}

#[test]
fn what_overlays_add_is_bounded() {
    let document = json!({"a": {"b": [1]}});
    let twice = "  - {target: $.a.b, copy: $.a.b}\n".repeat(24);
    let overlaid = Overlaid::new("1.1", &document, &twice);
    assert!(overlaid.told[0].starts_with("E0175 /actions/"), "{:?}", overlaid.told);
    let deeper = "  - {target: $..c, copy: $}\n  - {target: $.a, update: {c: {}}}\n".repeat(20);
    let overlaid = Overlaid::new("1.1", &document, &deeper);
    assert!(overlaid.told.iter().any(|one| one.starts_with("E0175 ")), "{:?}", overlaid.told);
}
