//! The items of a crate are those of its sources: no public name is printed that isn't among them, and none is among
//! them that isn't printed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod sources;

use std::collections::BTreeSet;
use std::path::Path;

use openapi_generator::Package;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{api_of, print};
use sources::Name;

#[test]
fn items_are_those_of_the_sources() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut count = 0;
    for case in std::fs::read_dir(cases).unwrap() {
        let case = case.unwrap().path();
        let mut diagnostics = Diagnostics::default();
        let document =
            source::load(&case.join("spec.yaml"), &Selection::default(), &mut diagnostics).unwrap();
        let settings = Settings::load(&case.join("settings.yaml"), &mut Diagnostics::default());
        let api = api_of(&document, &settings.unwrap_or_default(), &mut diagnostics);
        let krate = Crate::new(&api, Package::new("case"));
        let printed = sources::printed(&print::print(&krate).unwrap());
        let printed = printed.unwrap_or_else(|problem| panic!("{}: {problem}", case.display()));
        let listed = sources::listed(&krate);
        let only = |one: &BTreeSet<Name>, other: &BTreeSet<Name>| format!("{:#?}", one - other);
        assert!(
            printed == listed,
            "{}: printed alone: {}, listed alone: {}",
            case.display(),
            only(&printed, &listed),
            only(&listed, &printed)
        );
        count += listed.len();
    }
    assert!(count > 1000, "{count} items");
}
