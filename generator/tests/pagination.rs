//! Which operations page, and in which forms.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::Package;
use openapi_generator::api::{Api, Asked, PagedBy, Pagination, TypeRef};
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
    assert_eq!(pagination.asked, [(1, Asked::Number(50))]);
    assert_eq!(methods(&api), ["pages", "items"]);
    let [form] = &pagination.forms[..] else { panic!() };
    assert_eq!((form.variant.as_ref(), form.items.as_deref()), (None, Some("names")));
    assert_eq!((form.next.as_deref(), &form.next_in), (Some("next"), &None));
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
    assert_eq!(first.asked, [(2, Asked::True)]);
    assert_eq!(second.by, PagedBy::Checkpoint);
    assert_eq!(methods(&api), ["pages", "items", "pages_by_after", "items_by_after"]);
    assert_eq!(first.forms[1].foreign, ["next"]);
}
