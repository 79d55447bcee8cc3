//! `x-discriminated-by`: a property whose form another one chooses.

use super::snippet::{Planned, schemas};
use crate::api::Tagging;

fn connection(kind: &str, property: &str) -> Planned {
    schemas(&format!(
        "
Mail: {{type: object, description: By mail., properties: {{to: {{type: string}}}}}}
Text: {{type: object, properties: {{number: {{type: string}}}}}}
Connection:
  type: object
  required: [channel]
  properties:
    channel: {kind}
    settings:
      type: object
      x-discriminated-by:
        propertyName: {property}
        mapping: {{mail: '#/components/schemas/Mail', text: '#/components/schemas/Text'}}
"
    ))
}

const SETTINGS: &str = "/components/schemas/Connection/properties/settings";

#[test]
fn the_mapping_gives_an_alternative_for_each_value() {
    let plan = connection("{type: string, enum: [mail, text]}", "channel");
    let union = plan.union(SETTINGS);
    assert_eq!(union.tagging, Tagging::Discriminated);
    let tags: Vec<&[String]> = union.variants.iter().map(|variant| &variant.tags[..]).collect();
    assert_eq!(tags, [["mail"], ["text"]]);
    assert_eq!(plan.alternatives(SETTINGS), ["box Mail", "box Text"]);
    assert_eq!(union.variants[0].docs.summary, "By mail.");
    assert!(plan.codes.is_empty(), "{:?}", plan.codes);
}

#[test]
fn the_property_knows_what_discriminates_it() {
    let plan = connection("{type: string}", "channel");
    assert_eq!(plan.property("Connection", "settings").discriminated_by.as_deref(), Some("channel"));
    assert_eq!(plan.property("Connection", "channel").discriminated_by, None);
}

#[test]
fn a_property_that_is_missing_or_no_text_is_reported_and_not_used() {
    for plan in [connection("{type: string}", "kind"), connection("{type: integer}", "channel")] {
        assert_eq!(plan.codes, ["W0106"]);
        assert_eq!(plan.property("Connection", "settings").discriminated_by, None);
    }
}
