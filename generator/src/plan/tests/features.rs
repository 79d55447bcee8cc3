//! Cargo features, and what they compile.

use super::snippet::{Planned, planned, planned_with};

/// So many operations of each of two tags, with a model of each and one of both.
fn two_groups(each: usize) -> Planned {
    let mut document = "paths:\n".to_owned();
    for (tag, schema) in [("cats", "Cat"), ("dogs", "Dog")] {
        for index in 0..each {
            let schema = if index == 0 { "Both" } else { schema };
            document += &format!(
                "  /{tag}/{index}: {{get: {{tags: [{tag}], responses: {{'200': {{description: O, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}}}}}}}\n"
            );
        }
    }
    document += "components:\n  schemas:\n";
    for schema in ["Cat", "Dog", "Both"] {
        document += &format!("    {schema}: {{type: object, properties: {{a: {{type: string}}}}}}\n");
    }
    planned(&document)
}

#[test]
fn many_operations_have_a_feature_for_each_group() {
    let plan = two_groups(32);
    let names: Vec<&str> = plan.api.features.iter().map(|feature| feature.name.as_str()).collect();
    assert_eq!(names, ["cats", "dogs"]);
    assert_eq!(plan.features_of("Cat"), ["cats"]);
    assert_eq!(plan.features_of("Dog"), ["dogs"]);
    // A model that all groups need is always compiled.
    assert!(plan.features_of("Both").is_empty());
}

#[test]
fn few_operations_have_no_features() {
    assert!(two_groups(31).api.features.is_empty());
}

fn families(settings: &str) -> Planned {
    planned_with(
        "
paths:
  /a: {get: {responses: {'200': {description: O, content: {application/json: {schema: {$ref: '#/components/schemas/Connection'}}}}}}}
components:
  schemas:
    Mail: {type: object, properties: {to: {type: string}}}
    Text: {type: object, properties: {number: {type: string}}}
    Settings:
      type: object
      x-discriminated-by:
        propertyName: channel
        mapping: {mail: '#/components/schemas/Mail', text: '#/components/schemas/Text'}
    Connection: {type: object, properties: {channel: {type: string}, settings: {$ref: '#/components/schemas/Settings'}}}
",
        settings,
    )
}

#[test]
fn the_settings_give_an_alternative_a_feature_which_compiles_its_model() {
    let plan = families("features: [{feature: post, union: Settings, alternatives: [mail]}]");
    assert!(plan.codes.is_empty(), "{:?}", plan.codes);
    let features: Vec<Option<&str>> =
        plan.union("Settings").variants.iter().map(|variant| variant.feature.as_deref()).collect();
    assert_eq!(features, [Some("post"), None]);
    assert_eq!(plan.features_of("Mail"), ["post"]);
    assert!(plan.features_of("Text").is_empty());
}

#[test]
fn entries_that_cannot_be_are_errors() {
    for entry in [
        "{feature: post, union: Nowhere, alternatives: [mail]}",
        "{feature: post, union: Mail, alternatives: [mail]}",
        "{feature: post, union: Settings, alternatives: [pigeon]}",
        "{feature: client, union: Settings, alternatives: [mail]}",
        "{feature: 'a b', union: Settings, alternatives: [mail]}",
        "{feature: post, union: Settings, alternatives: [mail, mail]}",
    ] {
        assert_eq!(families(&format!("features: [{entry}]")).codes, ["E0110"], "{entry}");
    }
}
