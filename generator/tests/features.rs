//! Which cargo features compile what: families of alternatives, and groups of operations beside them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::Package;
use openapi_generator::api::{Api, TypeKind};
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::diff::{RustLevel, Side, diff};
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::document::Document;
use openapi_generator::{api_of, source};

const SCHEMAS: &str = "
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}, care: {$ref: '#/components/schemas/Care'}}
    Care:
      type: object
      x-discriminated-by: {propertyName: kind, mapping: {cat: Cat, dog: Dog, cow: Cow}}
    Cat: {allOf: [{$ref: '#/components/schemas/Common'}, {type: object, properties: {food: {$ref: '#/components/schemas/Food'}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Common'}, {type: object, properties: {leash: {$ref: '#/components/schemas/Leash'}}}]}
    Cow: {type: object, properties: {food: {$ref: '#/components/schemas/Food'}}}
    Common: {type: object, properties: {food: {$ref: '#/components/schemas/Food'}, leash: {$ref: '#/components/schemas/Leash'}}}
    Food: {type: object, properties: {name: {type: string}}}
    Leash: {type: object, properties: {length: {type: integer}}}
";

const CATS: &str = "{feature: cats, union: Care, alternatives: [cat]}";
const DOGS: &str = "{feature: dogs, union: Care, alternatives: [dog]}";

/// The plan of a document with one operation on pets and as many others in two groups.
fn planned(others: usize, families: &[&str]) -> (Api, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::parse(&format!("features: [{}]", families.join(", "))).unwrap();
    let api = api_of(&document(others), &settings, &mut diagnostics);
    (api, diagnostics.iter().map(|found| found.message.clone()).collect())
}

/// Pets, and as many other operations.
fn document(others: usize) -> Document {
    let mut text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n".to_owned();
    text.push_str(
        "  /pets: {post: {operationId: pets/create, tags: [pets], requestBody: {required: true, content: \
         {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'204': {description: d}}}}\n",
    );
    for number in 0..others {
        text.push_str(&format!(
            "  /o/{number}: {{get: {{operationId: others/o{number}, tags: [others], responses: {{'204': {{description: d}}}}}}}}\n"
        ));
    }
    text.push_str(&format!("components:\n  schemas:{SCHEMAS}"));
    source::load_text(text.as_bytes(), &source::Selection::default(), &mut Diagnostics::default()).unwrap()
}

/// The features that compile the model `file`.
fn of(api: &Api, file: &str) -> Vec<String> {
    api.models.iter().find(|model| model.file == file).unwrap().features.clone()
}

#[test]
fn what_only_a_family_reaches_is_compiled_with_it() {
    let (api, told) = planned(0, &[CATS, DOGS]);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(
        api.features.iter().map(|feature| feature.name.as_str()).collect::<Vec<_>>(),
        ["cats", "dogs"]
    );
    let TypeKind::Union(union) = &api.find_type("Care").unwrap().kind else { panic!() };
    let features: Vec<_> = union.variants.iter().map(|variant| variant.feature.as_deref()).collect();
    assert_eq!(features, [Some("cats"), Some("dogs"), None]);
    assert_eq!(of(&api, "cat"), ["cats"]);
    assert_eq!(of(&api, "dog"), ["dogs"]);
    // A cow, which is always there, eats as well.
    for always in ["pet", "care", "cow", "food"] {
        assert!(of(&api, always).is_empty(), "{always}");
    }
    // Cats have a leash by what they have in common with dogs.
    assert_eq!(of(&api, "leash"), ["cats", "dogs"]);
    assert_eq!(of(&api, "common"), ["cats", "dogs"]);
}

#[test]
fn what_nothing_reaches_is_compiled_with_what_it_mentions() {
    let one = "{feature: cats, union: Care, alternatives: [cat, dog, cow]}";
    let (api, _) = planned(0, &[one]);
    for file in ["common", "food", "leash"] {
        assert_eq!(of(&api, file), ["cats"], "{file}");
    }
}

#[test]
fn families_stand_beside_groups_of_operations() {
    let (api, told) = planned(64, &[CATS]);
    assert_eq!(told, Vec::<String>::new());
    let names: Vec<_> = api.features.iter().map(|feature| feature.name.as_str()).collect();
    assert_eq!(names, ["cats", "others", "pets"]);
    assert_eq!(of(&api, "pet"), ["pets"]);
    assert_eq!(of(&api, "cat"), ["cats"]);
    // Needed by cats whether there are operations on pets or not.
    assert_eq!(of(&api, "food"), ["cats", "pets"]);
    let (_, told) = planned(64, &["{feature: pets, union: Care, alternatives: [cat]}"]);
    assert!(told[0].contains("is already the feature of a group of operations"), "{told:?}");
}

#[test]
fn a_feature_of_several_entries_is_one() {
    let (api, told) = planned(0, &[CATS, "{feature: cats, union: Care, alternatives: [cow]}"]);
    assert_eq!((api.features.len(), told.len()), (1, 0));
    let (_, told) = planned(0, &[CATS, "{feature: dogs, union: Care, alternatives: [cat]}"]);
    assert!(told[0].contains("already has the feature `cats`"), "{told:?}");
}

/// The rules of what changes between two sets of families, each with an item that shows it.
fn changes(old: &[&str], new: &[&str]) -> (Option<RustLevel>, Vec<(String, String)>) {
    let [old, new] = [old, new].map(|families| (document(0), planned(0, families).0));
    let [old_crate, new_crate] = [&old, &new].map(|(_, api)| Crate::new(api, Package::new("t")));
    let changes =
        diff(Side { document: &old.0, krate: &old_crate }, Side { document: &new.0, krate: &new_crate });
    let rules = changes.list.iter().map(|change| (change.rule.id(), change.message())).collect();
    (changes.rust(), rules)
}

#[test]
fn callers_are_told_what_a_family_means_for_them() {
    let has = |rules: &[(String, String)], id: &str, words: &str| {
        assert!(
            rules.iter().any(|(rule, said)| rule == id && said.contains(words)),
            "{id} {words}: {rules:#?}"
        );
    };
    let (level, rules) = changes(&[DOGS], &[CATS, DOGS]);
    assert_eq!(level, Some(RustLevel::Major));
    has(&rules, "feature-added", "`cats`");
    has(&rules, "gate-narrowed", "`models::Cat` is compiled with cats, and was with any features");
    has(&rules, "gate-narrowed", "`models::Care::Cat` is compiled with cats");
    has(&rules, "gate-narrowed", "create_cat` is compiled with cats");
    let (level, rules) = changes(&[CATS, DOGS], &[DOGS]);
    assert_eq!(level, Some(RustLevel::Major));
    has(&rules, "feature-removed", "`cats`");
    has(&rules, "gate-widened", "`models::Care::Cat` is compiled with any features, and was with cats");
    let (level, rules) =
        changes(&[CATS, DOGS], &[CATS, DOGS, "{feature: cattle, union: Care, alternatives: [cow]}"]);
    assert_eq!(level, Some(RustLevel::Major));
    has(&rules, "gate-narrowed", "`models::Food` is compiled with cats or cattle or dogs");
    assert_eq!(changes(&[CATS, DOGS], &[DOGS, CATS]), (None, Vec::new()));
}

#[test]
fn events_of_a_large_document_have_a_feature_of_their_own() {
    let mut text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n".to_owned();
    for number in 0..64 {
        let group = if number % 2 == 0 { "webhooks" } else { "others" };
        text.push_str(&format!(
            "  /o/{number}: {{get: {{operationId: {group}/o{number}, tags: [{group}], responses: {{'200': {{description: d, content: \
             {{application/json: {{schema: {{$ref: '#/components/schemas/Both'}}}}}}}}}}}}}}\n"
        ));
    }
    text.push_str(
        "webhooks: {made: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Made'}}}}, \
         responses: {'200': {description: d}}}}}\n\
         components: {schemas: {Both: {type: object}, Made: {type: object, properties: {both: {$ref: '#/components/schemas/Both'}}}}}\n",
    );
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &source::Selection::default(), &mut diagnostics);
    let api = api_of(&document.unwrap(), &Settings::default(), &mut diagnostics);
    assert_eq!(api.feature_of_events(), Some("webhook-events"));
    assert_eq!(of(&api, "made"), ["webhook-events"]);
    // What all groups reach is always compiled.
    assert!(of(&api, "both").is_empty());
    let krate = Crate::new(&api, Package::new("large"));
    // A group of operations has the name already.
    assert_eq!(krate.events[0].module, "webhook_events");
    let files = openapi_generator::print::print(&krate).unwrap();
    let library = files.iter().find(|file| file.path == "src/lib.rs").unwrap();
    let gated = "#[cfg(feature = \"webhook-events\")]\n#[rustfmt::skip]\npub mod webhook_events;\n";
    assert!(library.text.contains(gated), "{}", library.text);
    let manifest = files.iter().find(|file| file.path == "Cargo.toml").unwrap();
    assert!(manifest.text.contains("\nwebhook-events = []\n"), "{}", manifest.text);
}
