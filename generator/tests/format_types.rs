//! Types that the settings give to formats, as the diff sees them, and what a crate's manifest says of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::diff::{Changes, RustLevel, Side, WireLevel, diff};
use openapi_generator::print::{SourceFile, print};
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Selection};
use openapi_generator::{Package, api_of};

fn document(format: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  /time:
    get:
      operationId: listTime
      tags: [time]
      parameters: [{{name: at, in: query, schema: {{type: string, format: {format}}}}}]
      responses:
        '200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Host'}}}}}}}}
components:
  schemas:
    Host: {{type: object, required: [at], properties: {{at: {{type: string, format: {format}}}}}}}
"
    )
}

fn plan(document: &str, settings: &str) -> (Document, Api) {
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::parse(settings).unwrap();
    let document = source::load_text(document.as_bytes(), &Selection::default(), &mut diagnostics).unwrap();
    let api = api_of(&document, &settings, &mut diagnostics);
    (document, api)
}

fn compared(old: (&str, &str), new: (&str, &str)) -> Changes {
    let [old, new] = [old, new].map(|(format, settings)| plan(&document(format), settings));
    let [old_crate, new_crate] = [&old, &new].map(|(_, api)| Crate::new(api, Package::new("api")));
    diff(Side { document: &old.0, krate: &old_crate }, Side { document: &new.0, krate: &new_crate })
}

fn told(changes: &Changes) -> String {
    changes.list.iter().map(|change| format!("{}: {:?}\n", change.message(), change.items)).collect()
}

#[test]
fn settings_change_the_type_and_nothing_on_the_wire() {
    for (format, settings, ty) in [
        ("date-time", "formats: {date-time: jiff}", "::jiff::Timestamp"),
        ("ipv4", "formats: {ipv4: std}", "::std::net::Ipv4Addr"),
        ("int64", "formats: {int64: number}", "Quoted<i64>"),
        ("x-a", "formats: {x-a: 'my_crate::A'}", "Own<my_crate::A>"),
    ] {
        let changes = compared((format, ""), (format, settings));
        assert_eq!(changes.rust(), Some(RustLevel::Major), "{}", told(&changes));
        assert!(changes.wire() <= Some(WireLevel::Compatible), "{}", told(&changes));
        assert!(told(&changes).contains(ty), "{}", told(&changes));
        assert_eq!(compared((format, settings), (format, settings)), Changes::default());
    }
}

#[test]
fn another_format_is_a_change_on_the_wire_too() {
    let settings = "formats: {date-time: jiff, date: jiff, ipv4: std, ipv6: std}";
    for (old, new) in [("date-time", "date"), ("ipv4", "ipv6")] {
        let changes = compared((old, settings), (new, settings));
        assert_eq!(changes.rust(), Some(RustLevel::Major), "{}", told(&changes));
        assert_eq!(changes.wire(), Some(WireLevel::Breaking), "{}", told(&changes));
        assert!(told(&changes).contains(new), "{}", told(&changes));
    }
    let changes = compared(("ipv4", settings), ("x-other", settings));
    assert_eq!(changes.rust(), Some(RustLevel::Major), "{}", told(&changes));
}

fn files(format: &str, settings: &str) -> Vec<SourceFile> {
    let (_, api) = plan(&document(format), settings);
    let package = Package::new("api").with_settings(&Settings::parse(settings).unwrap());
    print(&Crate::new(&api, package)).unwrap()
}

fn text(files: &[SourceFile], path: &str) -> String {
    files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text.clone()
}

fn manifest(format: &str, settings: &str) -> String {
    text(&files(format, settings), "Cargo.toml")
}

#[test]
fn a_crate_has_the_features_that_its_formats_call_for() {
    let text = manifest("date-time", "");
    for feature in ["chrono", "jiff", "time"] {
        assert!(text.contains(&format!("\n{feature} = [\"openapi-rust-runtime/{feature}\"]\n")), "{text}");
    }
    assert!(!text.contains("uuid"), "{text}");
    assert!(manifest("uuid", "").contains("\nuuid = [\"openapi-rust-runtime/uuid\"]\n"));
    for name in ["chrono", "jiff", "uuid"] {
        assert!(!manifest("uri", "").contains(name));
    }
}

#[test]
fn a_crate_depends_on_what_its_fields_are() {
    let text = manifest("date-time", "formats: {date-time: jiff}");
    assert!(text.contains("features = [\"http\", \"jiff\"] }\njiff = { version = \"1\""), "{text}");
    assert!(!text.contains("\njiff = [") && !text.contains("\nchrono = {"), "{text}");
    // What the settings say of the library counts.
    let own = "formats: {date-time: jiff}\ndependencies: {jiff: {version: '1.0', features: [serde]}}";
    let text = manifest("date-time", own);
    assert!(text.contains("\njiff = { version = \"1.0\", features = [\"serde\"] }\n"), "{text}");
    assert_eq!(text.matches("\njiff = ").count(), 1, "{text}");
    let embedded = manifest("uri", "formats: {uri: url}\nruntime: embedded");
    assert!(embedded.contains("\nurl = \"2.5.4\"\n") && !embedded.contains("dep:url"), "{embedded}");
}

#[test]
fn a_crate_that_contains_its_runtime_has_what_it_needs_of_it() {
    let files = files("date-time", "formats: {date-time: jiff}\nruntime: embedded");
    assert!(text(&files, "src/runtime/model/jiff_types.rs").contains("Timestamp"));
    let modules = text(&files, "src/runtime/model/mod.rs");
    assert!(modules.contains("pub mod jiff_types;") && !modules.contains("feature"), "{modules}");
    assert!(!files.iter().any(|file| file.path.contains("chrono") || file.path.contains("conversions")));
}
