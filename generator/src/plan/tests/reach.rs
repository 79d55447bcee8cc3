//! Which schemas become types, and on which side of the wire they are.

use super::snippet::{Planned, planned, planned_with};

const DOCUMENT: &str = "
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}}}}
      responses:
        '200': {description: O, content: {application/json: {schema: {$ref: '#/components/schemas/Got'}}}}
components:
  schemas:
    Sent: {type: object, properties: {inner: {$ref: '#/components/schemas/Both'}}}
    Got: {type: object, properties: {inner: {$ref: '#/components/schemas/Both'}}}
    Both: {type: object, properties: {a: {type: string}}}
    Unused: {type: object, properties: {a: {type: string}}}
";

fn sides(plan: &Planned, schema: &str) -> (bool, bool) {
    let definition = plan.definition(schema);
    (definition.in_request, definition.in_response)
}

#[test]
fn a_type_is_on_the_sides_that_reach_it() {
    let plan = planned(DOCUMENT);
    assert_eq!(sides(&plan, "Sent"), (true, false));
    assert_eq!(sides(&plan, "Got"), (false, true));
    assert_eq!(sides(&plan, "Both"), (true, true));
}

#[test]
fn what_nothing_reaches_is_a_type_only_if_the_settings_say_so() {
    assert!(planned(DOCUMENT).find("Unused").is_none());
    let plan = planned_with(DOCUMENT, "schemas: all");
    assert_eq!(sides(&plan, "Unused"), (true, true));
    assert_eq!(sides(&plan, "Sent"), (true, false));
}

#[test]
fn parameters_and_headers_reach_too() {
    let plan = planned(
        "
paths:
  /a:
    get:
      parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/Q'}}]
      responses: {'200': {description: O, headers: {H: {schema: {$ref: '#/components/schemas/H'}}}}}
components: {schemas: {Q: {enum: [a]}, H: {enum: [b]}}}
",
    );
    assert_eq!(sides(&plan, "Q"), (true, false));
    assert_eq!(sides(&plan, "H"), (false, true));
}
