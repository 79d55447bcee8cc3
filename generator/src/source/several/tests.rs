use std::path::PathBuf;

use super::*;
use crate::source;
use crate::source::document::SchemaId;

/// Reads documents with these components, called `a`, `b` and so on. Returns the codes of what is reported, too.
fn load(components: &[&str]) -> (Document, Vec<&'static str>) {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> =
        ["a.yaml", "b.yaml", "c.yaml"].iter().map(|name| folder.path().join(name)).collect();
    for (path, components) in paths.iter().zip(components) {
        let start = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
        std::fs::write(path, format!("{start}{components}")).unwrap();
    }
    let others = paths[1..components.len()].to_vec();
    let selection = Selection { others, ..Selection::default() };
    let mut diagnostics = Diagnostics::default();
    let document = source::load(&paths[0], &selection, &mut diagnostics).unwrap();
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect();
    (document, codes)
}

fn names(document: &Document) -> Vec<&str> {
    document.components.keys().map(String::as_str).collect()
}

/// What the property of a component refers to.
fn target(document: &Document, component: &str, property: &str) -> Option<SchemaId> {
    let schema = &document.schemas[document.components[component]];
    document.schemas[schema.properties[property]].reference
}

#[test]
fn schemas_that_mean_the_same_are_one_in_all_documents() {
    let one = "    S: {enum: [a]}\n";
    let other = "    S: {enum: [b, c]}\n    Own: {properties: {s: {$ref: '#/components/schemas/S'}}}\n";
    let third = "    S: {enum: [c, b], description: In other words.}\n    Third: {properties: {s: {$ref: '#/components/schemas/S'}}}\n";
    let (document, codes) = load(&[one, other, third]);
    assert_eq!(names(&document), ["S", "b S", "Own", "Third"]);
    assert_eq!(codes, ["W0278"]);
    let shared = Some(document.components["b S"]);
    assert_eq!(target(&document, "Own", "s"), shared);
    assert_eq!(target(&document, "Third", "s"), shared);
}

#[test]
fn references_count_as_what_they_lead_to() {
    let one = "    E: {properties: {detail: {$ref: '#/components/schemas/Detail'}, cause: {$ref: '#/components/schemas/E'}}}\n    Detail: {properties: {code: {type: integer}}}\n";
    let other = "    E: {properties: {cause: {$ref: '#/components/schemas/E'}, detail: {properties: {code: {type: integer}}}}}\n    Inner: {properties: {it: {$ref: '#/components/schemas/E/properties/detail'}}}\n";
    let (document, codes) = load(&[one, other]);
    assert_eq!(names(&document), ["E", "Detail", "Inner"]);
    assert!(codes.is_empty(), "{codes:?}");
    // What is in a shared type is shared with it.
    let detail = document.schemas[document.components["E"]].properties["detail"];
    assert_eq!(target(&document, "Inner", "it"), Some(detail));
}

#[test]
fn tags_of_alternatives_are_part_of_the_meaning() {
    let pet = |kind: &str| {
        format!(
            "    Pet: {{oneOf: [{{$ref: '#/components/schemas/{kind}'}}], discriminator: {{propertyName: kind}}}}\n    {kind}: {{properties: {{kind: {{type: string}}}}}}\n"
        )
    };
    let (document, _) = load(&[&pet("Cat"), &pet("Dog")]);
    assert_eq!(names(&document), ["Pet", "Cat", "b Pet", "Dog"]);
    let (document, _) = load(&[&pet("Cat"), &pet("Cat")]);
    assert_eq!(names(&document), ["Pet", "Cat"]);
}

#[test]
fn schemas_that_contain_others_twice_take_no_longer() {
    let chain: String = (0..3000)
        .map(|index| {
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", (index + 1) % 3000);
            format!("    S{index}: {{type: object, properties: {{a: {next}, b: {next}}}}}\n")
        })
        .collect();
    let (document, codes) = load(&[&chain, &chain.replace("a: {", "a: {description: A, ")]);
    assert_eq!((document.components.len(), codes.len()), (3000, 0));
    let changed = chain.replace("    S7: {type: object, ", "    S7: {type: object, required: [a], ");
    let (document, codes) = load(&[&chain, &changed]);
    assert_eq!((document.components.len(), codes.len()), (6000, 3000));
}
