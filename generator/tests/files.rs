//! Documents of several files, and references to and fro.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::{Schemas, Settings};
use openapi_generator::source::{self, Selection};

/// Writes the files, of which `api.yaml` is the document, and gives their folder.
fn write(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let head = if *name == "api.yaml" { "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n" } else { "" };
        std::fs::write(path, format!("{head}{text}")).unwrap();
    }
    folder
}

fn plan(folder: &Path) -> (Option<Api>, String) {
    let path = folder.join("api.yaml");
    let mut diagnostics = Diagnostics::default();
    let settings = Settings { schemas: Schemas::All, ..Settings::default() };
    let document = source::load(&path, &Selection::default(), &mut diagnostics);
    let api = document.map(|document| openapi_generator::api_of(&document, &settings, &mut diagnostics));
    let printed = anstream::adapter::strip_str(&diagnostics.render(&path)).to_string();
    (api, printed.replace(&folder.display().to_string(), ""))
}

/// The types that are generated, sorted.
fn types(files: &[(&str, &str)]) -> Vec<String> {
    let (api, printed) = plan(write(files).path());
    let mut names: Vec<String> = api
        .unwrap_or_else(|| panic!("{printed}"))
        .models
        .into_iter()
        .flat_map(|model| model.types)
        .map(|definition| definition.name.to_string())
        .collect();
    names.sort();
    names
}

const PET: &str = "components: {schemas: {Pet: {type: object, properties: {a: {type: string}}}}}";

#[test]
fn a_whole_file_is_meant_with_and_without_a_slash() {
    for fragment in ["", "#", "#/"] {
        let root = format!("components: {{schemas: {{Pet: {{$ref: 'pet.yaml{fragment}'}}}}}}");
        let pet = "{type: object, properties: {a: {type: string}}}";
        assert!(types(&[("api.yaml", &root), ("pet.yaml", pet)]).contains(&"Pet".to_owned()), "{fragment}");
    }
}

#[test]
fn files_that_define_the_same_name_are_kept_apart() {
    let root = "
components:
  schemas:
    Both:
      type: object
      properties:
        one: {$ref: 'one.yaml#/components/schemas/Pet'}
        two: {$ref: 'sub/two.yaml#/components/schemas/Pet'}
";
    let other = "components: {schemas: {Pet: {type: string}}}";
    let files = [("api.yaml", root), ("one.yaml", PET), ("sub/two.yaml", other)];
    assert_eq!(types(&files), ["Both", "OnePet", "TwoPet"]);
    // The document's own schema keeps its name.
    let own = format!("{root}    Pet: {{type: integer}}\n");
    assert_eq!(types(&[("api.yaml", &own), files[1], files[2]]), ["Both", "OnePet", "Pet", "TwoPet"]);
    // Files of one name in two folders.
    let twins = root.replace("one.yaml", "a/x.yaml").replace("sub/two.yaml", "b/x.yaml");
    let found = types(&[("api.yaml", &twins), ("a/x.yaml", PET), ("b/x.yaml", other)]);
    assert_eq!(found, ["AXYamlComponentsSchemasPet", "BXYamlComponentsSchemasPet", "Both"]);
}

#[test]
fn a_file_may_refer_back_to_the_document_by_its_name() {
    let root = "
components:
  schemas:
    Root: {type: object, properties: {other: {$ref: 'sub/other.yaml#/Other'}}}
";
    let other = "Other: {type: object, properties: {root: {$ref: '../api.yaml#/components/schemas/Root'}}}";
    assert_eq!(types(&[("api.yaml", root), ("sub/other.yaml", other)]), ["Other", "Root"]);
}

#[test]
fn mappings_name_components_with_dots_and_other_files() {
    let root = "
components:
  schemas:
    Any:
      oneOf: [{$ref: '#/components/schemas/a.b'}, {$ref: 'c.yaml'}, {$ref: '#/components/schemas/dd'}]
      discriminator: {propertyName: kind, mapping: {one: a.b, two: c.yaml, three: '#/components/schemas/dd', four: dd}}
    a.b: {type: object, properties: {kind: {type: string}}}
    dd: {type: object, properties: {kind: {type: string}}}
";
    let c = "{type: object, properties: {kind: {type: string}}}";
    assert_eq!(types(&[("api.yaml", root), ("c.yaml", c)]), ["AB", "Any", "C", "Dd"]);
    let (_, printed) = plan(write(&[("api.yaml", &root.replace("four: dd", "four: e"))]).path());
    assert!(printed.contains("\"e\" doesn't exist"), "{printed}");
    assert!(printed.contains("can't read \"c.yaml\""), "{printed}");
}

#[test]
fn a_schema_named_by_its_file_keeps_its_tag() {
    let root = "
components:
  schemas:
    Any:
      oneOf: [{$ref: 'one.yaml#/components/schemas/Pet'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind}
    Pet: {type: string}
    Dog: {type: object, properties: {kind: {type: string}}}
";
    let (api, printed) = plan(write(&[("api.yaml", root), ("one.yaml", PET)]).path());
    let api = api.unwrap_or_else(|| panic!("{printed}"));
    let openapi_generator::api::TypeKind::Union(union) = &api.find_type("Any").unwrap().kind else {
        panic!()
    };
    let tags: Vec<&str> =
        union.variants.iter().flat_map(|variant| &variant.tags).map(String::as_str).collect();
    assert_eq!(tags, ["Pet", "Dog"]);
}

#[test]
fn an_error_in_another_file_is_told_there() {
    let root = "components: {schemas: {A: {$ref: 'b.json'}, B: {$ref: 'b.json#/x'}}}";
    let (api, printed) = plan(write(&[("api.yaml", root), ("b.json", "{\"type\":\n  \"string\" 1}")]).path());
    assert!(api.is_none() && printed.contains("E0002") && printed.contains("/b.json:2:12"), "{printed}");
    assert!(printed.contains("1 error"), "{printed}");
}

#[test]
fn members_beside_the_reference_of_a_path_item_count() {
    let root = "
paths:
  /a:
    $ref: 'item.yaml'
    post: {operationId: own, responses: {}}
";
    let item = "{get: {operationId: there, responses: {}}, post: {operationId: hidden, responses: {}}}";
    let (api, printed) = plan(write(&[("api.yaml", root), ("item.yaml", item)]).path());
    let api = api.unwrap_or_else(|| panic!("{printed}"));
    let mut ids: Vec<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    ids.sort();
    assert_eq!(ids, ["own", "there"]);
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_folder_are_refused() {
    let outside = write(&[("secret.yaml", "{type: string}")]);
    let folder =
        write(&[("api.yaml", "components: {schemas: {A: {$ref: link.yaml}, B: {$ref: sub/secret.yaml}}}")]);
    std::os::unix::fs::symlink(outside.path().join("secret.yaml"), folder.path().join("link.yaml")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("sub")).unwrap();
    let (api, printed) = plan(folder.path());
    assert!(api.is_none() && printed.matches("E0010").count() == 2, "{printed}");
    assert!(printed.contains("leaves the document's folder"), "{printed}");
}

/// What is printed for the document `own/api.yaml`, which refers to the files `others`, with this root; nothing if there
/// are errors.
fn below_root(others: &[(&str, &str)], reference: &str, root: Option<&str>) -> Result<usize, String> {
    let folder = write(others);
    std::fs::create_dir_all(folder.path().join("own")).unwrap();
    let path = folder.path().join("own/api.yaml");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody: {{content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}\n      responses: {{}}\n"
    );
    std::fs::write(&path, text).unwrap();
    let mut diagnostics = Diagnostics::default();
    let root = root.map(|root| folder.path().join(root));
    let selection = Selection { root, ..Selection::default() };
    let document = source::load(&path, &selection, &mut diagnostics);
    let printed = anstream::adapter::strip_str(&diagnostics.render(&path)).to_string();
    document.map(|document| document.schemas.0.len()).ok_or(printed)
}

#[test]
fn references_lead_out_of_the_folder_only_below_a_root() {
    let others = [("shared/pet.yaml", "{type: object, properties: {next: {$ref: '../more/next.yaml'}}}")];
    let others = [others[0], ("more/next.yaml", "{type: string}")];
    let pet = "../shared/pet.yaml";
    assert_eq!(below_root(&others, pet, Some(".")), Ok(4));
    for (reference, root, expected) in [
        (pet, None, "`--root`"),
        (pet, Some("own"), "it leaves the folder"),
        (pet, Some("shared"), "\"../more/next.yaml\""),
        ("/etc/passwd", Some("."), "it leaves the folder"),
        ("https://example.com/a.yaml", Some("."), "it leaves the folder"),
        ("../../../../../../../../../etc/passwd", Some("."), "it leaves the folder"),
    ] {
        let printed = below_root(&others, reference, root).unwrap_err();
        assert!(printed.contains("E0010") && printed.contains(expected), "{reference} {root:?}\n{printed}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_root_are_refused() {
    let outside = write(&[("secret.yaml", "{type: string}")]);
    let folder = write(&[("own/api.yaml", "openapi: 3.1.0\npaths: {/a: {$ref: ../link/secret.yaml}}\n")]);
    std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
    let mut diagnostics = Diagnostics::default();
    let selection = Selection { root: Some(folder.path().to_owned()), ..Selection::default() };
    let path = folder.path().join("own/api.yaml");
    assert!(source::load(&path, &selection, &mut diagnostics).is_none());
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.message.contains("leaves the folder")));
}

#[test]
fn references_where_openapi_allows_none_are_followed() {
    let root = "
paths:
  $ref: 'paths.yaml'
  /own: {get: {operationId: own, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
components:
  $ref: 'components.yaml'
";
    let paths = "{/there: {get: {$ref: 'there.yaml'}}, /own: {get: {operationId: hidden}}}";
    let there =
        "{operationId: there, parameters: [{$ref: 'api.yaml#/components/parameters/Page'}], responses: {}}";
    let components = "{schemas: {$ref: 'schemas.yaml'}, parameters: {$ref: 'parameters.yaml'}}";
    let schemas = "{Pet: {type: object, properties: {owner: {$ref: 'api.yaml#/components/schemas/Owner'}}}, Owner: {type: object}}";
    let parameters = "{Page: {name: page, in: query, schema: {type: integer}}}";
    let files = [
        ("api.yaml", root),
        ("paths.yaml", paths),
        ("there.yaml", there),
        ("components.yaml", components),
        ("schemas.yaml", schemas),
        ("parameters.yaml", parameters),
    ];
    let (api, printed) = plan(write(&files).path());
    let api = api.unwrap_or_else(|| panic!("{printed}"));
    let mut ids: Vec<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    ids.sort();
    assert_eq!(ids, ["own", "there"], "{printed}");
    assert!(api.operations.iter().any(|operation| operation.parameters.iter().any(|own| own.wire == "page")));
    assert_eq!(types(&files), ["Owner", "Pet"]);
    assert_eq!(printed.matches("[W0050]").count(), 5, "{printed}");
}

#[test]
fn references_that_lead_round_in_place_of_a_map_end() {
    let root = "paths: {$ref: '#/paths'}\ncomponents: {schemas: {$ref: '#/components/schemas'}}";
    let (api, printed) = plan(write(&[("api.yaml", root)]).path());
    assert!(api.is_none() && printed.contains("E0012"), "{printed}");
    let root = "paths: {/a: {get: {$ref: '#/paths/~1a/get'}}}\ncomponents: {schemas: {A: {$ref: '#/x/y'}}}\nx: {$ref: '#/x'}";
    let (api, printed) = plan(write(&[("api.yaml", root)]).path());
    assert!(api.is_none() && printed.contains("E0012"), "{printed}");
}

#[test]
fn parts_of_swagger_2_documents_are_read_wherever_they_are() {
    let root = "
swagger: '2.0'
info: {title: Garden, version: '1'}
paths:
  /plants: {$ref: 'paths/plants.yaml#/plants'}
  /beds:
    post:
      operationId: add_bed
      parameters: [{$ref: 'paths/plants.yaml#/body'}, {$ref: 'paths/plants.yaml#/limit'}]
      responses: {'200': {$ref: 'paths/plants.yaml#/found'}}
definitions:
  Bed: {type: object, properties: {soil: {$ref: 'models.yaml#/definitions/Soil'}}}
";
    let plants = "
body: {name: b, in: body, required: true, schema: {$ref: '../models.yaml#/definitions/Plant'}}
limit: {name: limit, in: query, type: integer}
found: {description: Found., schema: {$ref: '../models.yaml#/definitions/Plant'}}
plants:
  put:
    operationId: set_plant
    parameters:
      - {$ref: '#/limit'}
      - {name: bed, in: body, schema: {$ref: '../api.yaml#/definitions/Bed'}}
    responses: {'200': {$ref: '#/found'}}
";
    let models = "
definitions:
  Plant: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}, bed: {type: string, x-nullable: true}}}
  Soil: {type: object, properties: {ph: {type: number}, of: {type: strnig}}}
";
    let folder = write(&[("paths/plants.yaml", plants), ("models.yaml", models)]);
    std::fs::write(folder.path().join("api.yaml"), root).unwrap();
    let (api, printed) = plan(folder.path());
    let api = api.unwrap_or_else(|| panic!("{printed}"));
    assert!(printed.contains("/models.yaml:4:62") && printed.contains("1 warning"), "{printed}");
    for operation in &api.operations {
        assert!(operation.body.is_some(), "{}", operation.path);
        assert_eq!(operation.parameters.len(), 1, "{}", operation.path);
        assert!(operation.successes[0].content.is_some(), "{}", operation.path);
    }
    let models = api.models.iter().flat_map(|model| &model.types);
    let mut names: Vec<_> = models.map(|definition| definition.name.to_string()).collect();
    names.sort();
    assert_eq!(names, ["Bed", "Plant", "Soil"]);
}

#[test]
fn requirements_name_schemes_of_other_files_by_their_uri() {
    let root = "
openapi: 3.2.0
info: {title: Garden, version: '1'}
security: [{'shared/keys.yaml#/components/securitySchemes/key': []}]
paths:
  /plants: {$ref: 'shared/paths.yaml#/plants'}
  /beds:
    get:
      security: [{own: [], './shared/token.yaml': []}, {'shared/other.yaml#/own': []}]
      responses: {'204': {description: Done.}}
components: {securitySchemes: {own: {type: http, scheme: basic}}}
";
    let paths = "
plants:
  get:
    security: [{'keys.yaml#/components/securitySchemes/key': []}]
    responses: {'204': {description: Done.}}
";
    let keys =
        "components: {securitySchemes: {key: {$ref: '#/x'}}}\nx: {type: apiKey, in: header, name: X-Key}";
    let files = [
        ("shared/paths.yaml", paths),
        ("shared/keys.yaml", keys),
        ("shared/token.yaml", "{type: http, scheme: bearer}"),
        ("shared/other.yaml", "own: {type: apiKey, in: header, name: X-Own}"),
    ];
    let read = |root: &str| {
        let folder = write(&files);
        std::fs::write(folder.path().join("api.yaml"), root).unwrap();
        plan(folder.path())
    };
    let (api, printed) = read(root);
    let api = api.unwrap_or_else(|| panic!("{printed}"));
    let mut schemes: Vec<&str> = api.security_schemes.iter().map(|scheme| scheme.wire.as_str()).collect();
    schemes.sort_unstable();
    assert_eq!(schemes, ["key", "own", "shared/other.yaml#/own", "token"], "{printed}");
    for operation in &api.operations {
        assert!(!operation.security.is_empty(), "{}", operation.path);
    }
    for (from, to, expected) in [
        ("shared/other.yaml", "shared/none.yaml", "can't read \"shared/none.yaml\""),
        ("shared/other.yaml", "../other.yaml", "it leaves the document's folder"),
        ("shared/other.yaml#/own", "https://a.example/x.yaml#/own", "can't be followed"),
        ("shared/other.yaml#/own", "shared/other.yaml#/none", "doesn't exist"),
        ("shared/other.yaml#/own", "other.yaml", "isn't declared"),
    ] {
        let (api, printed) = read(&root.replace(from, to));
        assert!(api.is_none() && printed.contains(expected), "{to}: {printed}");
    }
    let (api, printed) = read(&root.replace("3.2.0", "3.1.0"));
    assert!(api.is_none() && printed.contains("E0040"), "{printed}");
}
