//! Which operations page, and in which forms.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::Package;
use openapi_generator::api::{Api, Asked, Input, PagedBy, Pagination, TypeRef};
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::{api_of, source};

const CHECKPOINT: &str = "pagination: [{by: checkpoint, position: after, size: size, next: next}]";

/// The plan for an operation with these parameters and this response, and the codes of what is told.
fn planned(settings: &str, parameters: &str, response: &str) -> (Api, Vec<&'static str>) {
    let text = format!(
        "
openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  /pets:
    get:
      parameters: [{parameters}]
      responses: {{'200': {{description: d, content: {{application/json: {{schema: {response}}}}}}}}}
components:
  schemas:
    Names: {{type: array, items: {{type: string}}}}
    Marked: {{type: object, properties: {{next: {{type: string}}, names: {{$ref: '#/components/schemas/Names'}}}}}}
    Counted: {{type: object, properties: {{total: {{type: integer}}, names: {{$ref: '#/components/schemas/Names'}}}}}}
"
    );
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &source::Selection::default(), &mut diagnostics);
    let document = document.unwrap_or_else(|| panic!("{}", diagnostics.render("x".as_ref())));
    let api = api_of(&document, &Settings::parse(settings).unwrap(), &mut diagnostics);
    let told = diagnostics.iter().map(|found| found.code.id).collect();
    (api, told)
}

fn only(api: &Api) -> &Pagination {
    let [pagination] = &api.operations[0].pagination[..] else { panic!("{api:#?}") };
    pagination
}

/// The methods that give streams, in the order of the forms.
fn methods(api: &Api) -> Vec<String> {
    let krate = Crate::new(api, Package::new("t"));
    let methods = krate.builders.iter().flat_map(|builder| &builder.paging);
    methods.flat_map(|methods| [methods.pages.to_string(), methods.items.to_string()]).collect()
}

const AFTER: &str = "{name: after, in: query, schema: {type: string}}";
const SIZE: &str = "{name: size, in: query, schema: {type: integer, maximum: 50}}";

#[test]
fn a_list_behind_an_alias_pages_by_checkpoint() {
    let (api, told) =
        planned(CHECKPOINT, &format!("{AFTER}, {SIZE}"), "{$ref: '#/components/schemas/Marked'}");
    assert_eq!(told, [""; 0]);
    let pagination = only(&api);
    assert_eq!((pagination.by, &pagination.item), (PagedBy::Checkpoint, &TypeRef::String));
    assert_eq!(pagination.asked, [(Input::Parameter(1), Asked::Number(50))]);
    assert_eq!(methods(&api), ["pages", "items"]);
    let [form] = &pagination.forms[..] else { panic!() };
    assert_eq!((form.variant.as_ref(), form.items.as_deref()), (None, Some(&["names".to_owned()][..])));
    assert_eq!((form.next.as_deref(), &form.next_in), (Some(&["next".to_owned()][..]), &None));
}

#[test]
fn an_alternative_without_a_checkpoint_is_the_last_page_unless_it_is_of_another_form() {
    let union = "{oneOf: [{type: array, items: {type: string}}, {$ref: '#/components/schemas/Counted'}, {$ref: '#/components/schemas/Marked'}]}";
    let (api, _) = planned(CHECKPOINT, AFTER, union);
    let forms = &only(&api).forms;
    let variants: Vec<usize> = forms.iter().map(|form| form.variant.as_ref().unwrap().1).collect();
    assert_eq!(variants, [2, 1]);
    let objects: Vec<&str> = forms.iter().map(|form| form.object.as_ref().unwrap().as_str()).collect();
    assert_eq!(objects, ["Marked", "Counted"]);
    assert_eq!(forms[1].foreign, ["total"]);
    assert_eq!(forms[1].next_in.as_deref(), Some("next"));
}

#[test]
fn what_does_not_say_what_follows_does_not_page_and_the_setting_is_told_to_be_of_no_use() {
    for (parameters, response) in [
        // No such parameter, a required one, and one that is no text.
        ("", "{$ref: '#/components/schemas/Marked'}"),
        (
            "{name: after, in: query, required: true, schema: {type: string}}",
            "{$ref: '#/components/schemas/Marked'}",
        ),
        ("{name: after, in: query, schema: {type: boolean}}", "{$ref: '#/components/schemas/Marked'}"),
        // No checkpoint, two lists, and none.
        (AFTER, "{$ref: '#/components/schemas/Names'}"),
        (AFTER, "{$ref: '#/components/schemas/Counted'}"),
        (
            AFTER,
            "{type: object, properties: {next: {type: string}, a: {type: array, items: {}}, b: {type: array, items: {}}}}",
        ),
        (AFTER, "{type: object, properties: {next: {type: string}}}"),
    ] {
        let (api, told) = planned(CHECKPOINT, parameters, response);
        assert_eq!(api.operations[0].pagination, [], "{parameters} {response}");
        assert_eq!(told, ["W0108"], "{parameters} {response}");
    }
}

#[test]
fn the_first_setting_has_the_short_names() {
    let settings = "pagination: [{by: page, position: page, totals: all, total: total, first: 1}, {by: checkpoint, position: after, next: next}]";
    let parameters = format!(
        "{AFTER}, {{name: page, in: query, schema: {{type: integer}}}}, {{name: all, in: query, schema: {{type: boolean}}}}"
    );
    let union = "{oneOf: [{$ref: '#/components/schemas/Counted'}, {$ref: '#/components/schemas/Marked'}]}";
    let (api, told) = planned(settings, &parameters, union);
    assert_eq!(told, ["N0148"]);
    let [first, second] = &api.operations[0].pagination[..] else { panic!("{api:#?}") };
    assert_eq!((first.by, first.first), (PagedBy::Page, 1));
    assert_eq!(first.asked, [(Input::Parameter(2), Asked::True)]);
    assert_eq!(second.by, PagedBy::Checkpoint);
    assert_eq!(methods(&api), ["pages", "items", "pages_by_after", "items_by_after"]);
    assert_eq!(first.forms[1].foreign, ["next"]);
}

/// What a setting's entry, in flow style, finds in an operation with these parameters and this response.
fn entry(entry: &str, parameters: &str, response: &str) -> (Api, Vec<&'static str>) {
    planned(&format!("pagination: [{entry}]"), parameters, response)
}

#[test]
fn paths_are_names_joined_by_dots_or_pointers_and_a_name_comes_first() {
    let nested = "{type: object, properties: {data: {type: object, properties: {rows: {type: array, items: {type: string}}}}, meta: {type: object, properties: {next: {type: string}}}}}";
    let literal =
        "{type: object, properties: {data: {type: array, items: {type: string}}, meta.next: {type: string}}}";
    let escaped = "{type: object, properties: {data: {type: array, items: {type: string}}, a/b: {type: object, properties: {c~d: {type: string}}}}}";
    for (next, items, response, path) in [
        ("meta.next", "data.rows", nested, &["meta", "next"][..]),
        ("/meta/next", "/data/rows", nested, &["meta", "next"]),
        ("meta.next", "data", literal, &["meta.next"]),
        ("/a~1b/c~0d", "data", escaped, &["a/b", "c~d"]),
    ] {
        let settings = format!("{{by: checkpoint, position: after, next: {next}, items: {items}}}");
        let (api, told) = entry(&settings, AFTER, response);
        assert_eq!(told, [""; 0], "{next}");
        assert_eq!(only(&api).forms[0].next.as_deref().unwrap(), path);
    }
}

#[test]
fn checkpoints_can_be_integers() {
    for (parameter, next, is_one) in [
        ("{type: integer}", "{type: integer}", true),
        ("{type: integer, format: int32}", "{type: string}", true),
        ("{type: string}", "{type: integer, format: int64}", true),
        ("{type: number}", "{type: integer}", false),
        ("{type: string}", "{type: boolean}", false),
    ] {
        let parameter = format!("{{name: after, in: query, schema: {parameter}}}");
        let response =
            format!("{{type: object, properties: {{next: {next}, rows: {{type: array, items: {{}}}}}}}}");
        let (api, _) = entry("{by: checkpoint, position: after, next: next}", &parameter, &response);
        assert_eq!(!api.operations[0].pagination.is_empty(), is_one, "{parameter} {next}");
    }
}

#[test]
fn the_last_item_can_have_the_checkpoint() {
    let rows = |item: &str| format!("{{type: object, properties: {{rows: {{type: array, items: {item}}}}}}}");
    for (item, is_one) in [
        ("{type: object, properties: {id: {type: string}}}", true),
        ("{type: object, properties: {id: {type: boolean}}}", false),
        ("{type: object, properties: {uid: {type: string}}}", false),
        ("{type: string}", false),
    ] {
        let (api, told) = entry("{by: checkpoint, position: after, next_item: id}", AFTER, &rows(item));
        let found = &api.operations[0].pagination[..];
        assert_eq!((!found.is_empty(), told.is_empty()), (is_one, is_one), "{item}");
    }
}

#[test]
fn the_first_entry_with_a_kind_of_position_counts() {
    let settings =
        "{by: checkpoint, position: after, next: next}, {by: checkpoint, position: size, next: next}";
    let parameters = format!("{AFTER}, {SIZE}");
    let (api, told) = entry(settings, &parameters, "{$ref: '#/components/schemas/Marked'}");
    assert_eq!(told, [""; 0], "the second entry is of use to other operations");
    assert_eq!(only(&api).position, Some(Input::Parameter(0)));
}

#[test]
fn keys_that_mean_nothing_are_told() {
    let response = "{$ref: '#/components/schemas/Marked'}";
    for (settings, told) in [
        ("{by: checkpoint, position: after, next: next, total: total}", &["W0108"][..]),
        ("{by: checkpoint, position: after, next: next, next_header: X}", &["W0108"]),
        ("{by: checkpoint, position: after, first: 1, next: next}", &["W0108"]),
        ("{by: checkpoint, position: after}", &["W0108"]),
        ("{by: checkpoint, next: next}", &["W0108"]),
        ("{by: url, next: next, more: more}", &["W0108"]),
        ("{by: url, next: next}", &[]),
        ("{by: url, position: after, next: next}", &[]),
        ("{by: url, position: before, next: next}", &["W0108"]),
        // The response declares no header.
        ("{by: link}", &["W0108"]),
        ("{by: link, position: after}", &[]),
        ("{by: checkpoint, position: after, next_header: X}", &[]),
    ] {
        let (_, found) = entry(settings, AFTER, response);
        assert_eq!(found, told, "{settings}");
    }
}

/// What an entry finds in an operation that sends a body of this type.
fn sent(entry: &str, body: &str) -> Vec<Pagination> {
    let text = format!(
        "
openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  /pets:
    post:
      requestBody: {body}
      responses: {{'200': {{description: d, content: {{application/json: {{schema: {{type: object, properties: {{next: {{type: string}}, rows: {{type: array, items: {{}}}}}}}}}}}}}}}}
"
    );
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &source::Selection::default(), &mut diagnostics);
    let document = document.unwrap_or_else(|| panic!("{}", diagnostics.render("x".as_ref())));
    let settings = Settings::parse(&format!("pagination: [{entry}]")).unwrap();
    api_of(&document, &settings, &mut diagnostics).operations.remove(0).pagination
}

#[test]
fn a_position_in_the_body_needs_nothing_that_the_caller_would_have_to_give() {
    let flat = "{by: checkpoint, position: after, next: next}";
    let nested = "{by: checkpoint, position: /at/after, next: next}";
    for (entry, required, schema, is_one) in [
        (flat, false, "{type: object, properties: {after: {type: string}}}", true),
        (
            flat,
            true,
            "{type: object, required: [a], properties: {a: {type: string}, after: {type: string}}}",
            true,
        ),
        (
            flat,
            false,
            "{type: object, required: [a], properties: {a: {type: string}, after: {type: string}}}",
            false,
        ),
        (flat, true, "{type: object, required: [after], properties: {after: {type: string}}}", false),
        (flat, true, "{type: string}", false),
        (
            nested,
            true,
            "{type: object, properties: {at: {type: object, properties: {after: {type: string}}}}}",
            true,
        ),
        (
            nested,
            true,
            "{type: object, required: [at], properties: {at: {type: object, required: [a], properties: {a: {}, after: {type: string}}}}}",
            true,
        ),
        (
            nested,
            true,
            "{type: object, properties: {at: {type: object, required: [a], properties: {a: {}, after: {type: string}}}}}",
            false,
        ),
        (nested, true, "{type: object, properties: {at: {type: array, items: {}}}}", false),
    ] {
        let body = format!("{{required: {required}, content: {{application/json: {{schema: {schema}}}}}}}");
        assert_eq!(!sent(entry, &body).is_empty(), is_one, "{entry} {body}");
    }
    let several = "{content: {application/json: {schema: {type: object, properties: {after: {type: string}}}}, text/plain: {schema: {type: string}}}}";
    assert_eq!(sent(flat, several), []);
}
