//! Which operations page, and how.

use super::snippet::{Planned, planned_with};
use crate::api::{Asked, Input, PagedBy, Pagination};

/// `GET /rows` with these parameters and this response, and settings.
fn rows(parameters: &str, response: &str, settings: &str) -> Planned {
    let document = format!(
        "
paths:
  /rows:
    get:
      parameters: [{parameters}]
      responses: {{'200': {{description: O, content: {{application/json: {{schema: {response}}}}}}}}}
"
    );
    planned_with(&document, &format!("pagination: [{settings}]"))
}

fn paging(plan: &Planned) -> &[Pagination] {
    &plan.operation("GET /rows").pagination
}

const CHECKPOINT: &str = "{by: checkpoint, position: from, size: take, next: next}";
const FROM: &str = "{name: from, in: query, schema: {type: string}}";
const PAGE: &str = "{name: page, in: query, schema: {type: integer}}";

#[test]
fn a_checkpoint_comes_from_the_page_before() {
    let plan = rows(
        FROM,
        "{type: object, properties: {next: {type: string}, rows: {type: array, items: {type: integer}}}}",
        CHECKPOINT,
    );
    let [found] = paging(&plan) else { panic!("{:?}", paging(&plan)) };
    assert_eq!((found.by, found.first, plan.shape(&found.item).as_str()), (PagedBy::Checkpoint, 0, "Int64"));
    let [form] = &found.forms[..] else { panic!("{:?}", found.forms) };
    assert!(form.next.is_some() && form.items.is_some() && form.variant.is_none());
}

#[test]
fn the_declared_maximum_of_items_is_asked_for() {
    let response =
        "{type: object, properties: {next: {type: string}, rows: {type: array, items: {type: integer}}}}";
    let asked = |take: &str| {
        paging(&rows(&format!("{FROM}, {{name: take, in: query, schema: {take}}}"), response, CHECKPOINT))[0]
            .asked
            .clone()
    };
    assert_eq!(asked("{type: integer, maximum: 100}"), [(Input::Parameter(1), Asked::Number(100))]);
    assert!(asked("{type: integer}").is_empty());
    assert!(asked("{type: string}").is_empty());
}

#[test]
fn pages_by_number_begin_where_the_settings_say_and_may_be_a_plain_list() {
    let plan = rows(PAGE, "{type: array, items: {type: string}}", "{by: page, position: page, first: 1}");
    let [found] = paging(&plan) else { panic!("{:?}", paging(&plan)) };
    assert_eq!((found.by, found.first, plan.shape(&found.item).as_str()), (PagedBy::Page, 1, "String"));
    assert!(found.forms[0].items.is_none());
}

#[test]
fn a_union_pages_in_each_of_its_forms_and_totals_are_asked_for() {
    let plan = rows(
        &format!("{PAGE}, {{name: totals, in: query, schema: {{type: boolean}}}}"),
        "{oneOf: [{type: array, items: {type: string}},
            {type: object, properties: {total: {type: integer}, rows: {type: array, items: {type: string}}}}]}",
        "{by: page, position: page, total: total, totals: totals}",
    );
    let found = &paging(&plan)[0];
    assert_eq!(found.asked, [(Input::Parameter(1), Asked::True)]);
    assert_eq!(found.forms.len(), 2);
    assert!(found.forms.iter().all(|form| form.variant.is_some()));
}

#[test]
fn of_several_lists_the_settings_choose() {
    let response = "{type: object, properties: {next: {type: string}, a: {type: array, items: {type: string}}, b: {type: array, items: {type: integer}}}}";
    assert!(paging(&rows(FROM, response, CHECKPOINT)).is_empty());
    let plan = rows(FROM, response, "{by: checkpoint, position: from, next: next, items: [c, b]}");
    assert_eq!(plan.shape(&paging(&plan)[0].item), "Int64");
}

#[test]
fn an_entry_that_fits_no_operation_is_told() {
    for (parameters, response) in [
        (
            "{name: from, in: query, required: true, schema: {type: string}}",
            "{type: object, properties: {next: {type: string}, r: {type: array, items: {}}}}",
        ),
        (
            "{name: from, in: header, schema: {type: string}}",
            "{type: object, properties: {next: {type: string}, r: {type: array, items: {}}}}",
        ),
        (
            "{name: from, in: query, schema: {type: boolean}}",
            "{type: object, properties: {next: {type: string}, r: {type: array, items: {}}}}",
        ),
        (FROM, "{type: object, properties: {r: {type: array, items: {}}}}"),
        (FROM, "{type: string}"),
    ] {
        let plan = rows(parameters, response, CHECKPOINT);
        assert!(paging(&plan).is_empty(), "{parameters} {response}");
        assert_eq!(plan.codes, ["W0108"]);
    }
}

#[test]
fn the_first_form_in_the_settings_is_preferred() {
    let plan = rows(
        &format!("{FROM}, {PAGE}"),
        "{type: object, properties: {next: {type: string}, rows: {type: array, items: {type: string}}}}",
        &format!("{{by: page, position: page}}, {CHECKPOINT}"),
    );
    let by: Vec<PagedBy> = paging(&plan).iter().map(|found| found.by).collect();
    assert_eq!(by, [PagedBy::Page, PagedBy::Checkpoint]);
}
