//! Names depend on the place of what they name, not on what is met first.

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{api_of, print};

fn api(text: &str) -> Api {
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics);
    api_of(&document.expect("a document"), &Settings::default(), &mut diagnostics)
}

/// The name of each type, by the place of its schema.
fn names(text: &str) -> Vec<(String, String)> {
    let api = api(text);
    let types = api.models.iter().flat_map(|model| &model.types);
    let mut names: Vec<(String, String)> =
        types.map(|definition| (definition.place.pointer.to_string(), definition.name.to_string())).collect();
    names.sort();
    names
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
const PATHS: &str = "paths: {/a: {get: {responses: {'200': {description: d, content: {application/json: {schema: \
                     {$ref: '#/components/schemas/Team'}}}}}}}}\n";

#[test]
fn the_order_of_properties_decides_no_name() {
    let inner = "{type: object, properties: {x: {type: string}}}";
    let lead = format!("lead: {{type: object, properties: {{mail: {inner}}}}}");
    let lead_mail = format!("lead_mail: {inner}");
    let document = |first: &str, second: &str| {
        format!(
            "{HEAD}{PATHS}components: {{schemas: {{Team: {{type: object, properties: {{{first}, {second}}}}}}}}}\n"
        )
    };
    let found = names(&document(&lead, &lead_mail));
    assert_eq!(found, names(&document(&lead_mail, &lead)));
    let named = |name: &str| found.iter().find(|(_, other)| other == name).map(|(place, _)| place.as_str());
    assert_eq!(named("TeamLeadMail"), Some("/components/schemas/Team/properties/lead_mail"));
    assert_eq!(found.len(), 4);
}

#[test]
fn the_order_of_components_and_paths_changes_nothing() {
    let schema = "{type: object, properties: {team_mail: {type: object, properties: {x: {type: string}}}, \
                  mail: {enum: [a, b]}}}";
    let path = |name: &str| {
        let first = format!("schema: {{$ref: '#/components/schemas/{name}'}}");
        format!(
            "/{name}: {{post: {{requestBody: {{content: {{application/json: {{{first}}}}}}}, responses: {{'204': {{description: d}}}}}}}}"
        )
    };
    let document = |names: [&str; 2]| {
        let paths = names.map(&path).join(", ");
        let schemas = names.map(|name| format!("{name}: {schema}")).join(", ");
        format!("{HEAD}paths: {{{paths}}}\ncomponents: {{schemas: {{{schemas}}}}}\n")
    };
    let files = |names| print::print(&Crate::new(&api(&document(names)), Package::new("t")));
    assert_eq!(files(["Our", "OurTeam"]), files(["OurTeam", "Our"]));
}
