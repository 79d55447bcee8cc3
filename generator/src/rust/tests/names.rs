//! Names: each is unique in its scope, and depends on its own part of the document.

use std::collections::BTreeSet;

use super::{api, model_setters, setters};
use crate::api::TypeKind;
use crate::rust::{Crate, Package};

fn component(name: &str, schema: &str) -> String {
    format!("paths: {{}}\ncomponents: {{schemas: {{{name}: {schema}}}}}")
}

#[test]
fn every_name_is_settled() {
    let document = component(
        "A",
        "{type: object, properties: {b: {oneOf: [{type: object, properties: {c: {enum: [x, y]}}}, {type: string}]}}}",
    );
    let api = api(&document, "");
    for definition in api.models.iter().flat_map(|model| &model.types) {
        assert!(definition.name.is_settled(), "{:?}", definition.name);
        match &definition.kind {
            TypeKind::Object(object) => {
                assert!(object.properties.iter().all(|property| property.field.is_settled()));
                assert!(object.additional_field.is_settled());
            }
            TypeKind::Enum(listed) => assert!(listed.values.iter().all(|value| value.variant.is_settled())),
            TypeKind::Union(union) => {
                assert!(union.variants.iter().all(|variant| variant.variant.is_settled()))
            }
            TypeKind::Alias(_) => {}
        }
    }
}

#[test]
fn setters_that_send_null_take_no_name_of_a_property() {
    let document = component(
        "A",
        "{type: object, properties: {a: {type: [string, 'null']}, a_null: {type: string}, a_null_value: {type: string}, \
         null_a: {type: string}}}",
    );
    let api = api(&document, "");
    let names = model_setters(&Crate::new(&api, Package::new("t")), "A");
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
    assert!(["a", "a_null"].iter().all(|name| names.contains(&(*name).to_owned())));
}

#[test]
fn what_a_property_is_called_does_not_depend_on_whether_another_has_a_setter() {
    let document = |extra: &str| {
        component(
            "A",
            &format!(
                "{{type: object, properties: {{a: {{type: [string, 'null']}}, a_null: {{type: string{extra}}}}}}}"
            ),
        )
    };
    for extra in ["", ", readOnly: true"] {
        let api = api(&document(extra), "");
        let names = model_setters(&Crate::new(&api, Package::new("t")), "A");
        assert!(names.contains(&"a_null_value".to_owned()), "{names:?}");
    }
}

#[test]
fn setters_of_builders_keep_clear_of_parameters_and_methods() {
    let document = "paths: {/a: {put: {operationId: a, parameters: [{name: x, in: query, schema: {type: string}}, {name: send, in: \
                    query, schema: {type: string}}], requestBody: {required: true, content: {application/json: {schema: {type: \
                    object, properties: {x: {type: [string, 'null']}, x_null: {type: string}, build: {type: string}, body: {type: \
                    string}}}}}}, responses: {}}}}";
    let api = api(document, "");
    let names = setters(&Crate::new(&api, Package::new("t")).builders[0]);
    assert_eq!(names, ["x", "send_", "body_x", "body_x_null", "x_null", "build_", "body_"]);
}

#[test]
fn operations_that_differ_in_case_alone_are_told_apart_by_method_and_path() {
    let document =
        "paths: {/a: {get: {operationId: getA, responses: {}}, put: {operationId: get_a, responses: {}}}}";
    let api = api(document, "");
    let names: BTreeSet<&str> = api.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["get_a_get_a", "get_a_put_a"]));
}

#[test]
fn no_builder_is_called_as_a_type() {
    let document = "paths: {/pet: {get: {operationId: pet, responses: {'200': {description: d, content: {application/json: {schema: \
                    {$ref: '#/components/schemas/Pet'}}}}}}}}\ncomponents: {schemas: {Pet: {type: object, properties: {}}}}";
    let api = api(document, "");
    assert_eq!(api.operations[0].type_name, "PetOperation");
}

#[test]
fn a_builder_that_gives_way_to_a_type_takes_the_name_of_no_other_builder() {
    for (types, names) in [
        ("Pet: {type: object}", ["PetOperation", "PetOperationOperation"]),
        (
            "Pet: {type: object}, PetOperation: {type: object}",
            ["PetOperationOperation", "PetOperationOperationOperation"],
        ),
    ] {
        let operation = |id| format!("{{operationId: {id}, responses: {{'204': {{description: d}}}}}}");
        let document = format!(
            "paths: {{/a: {{get: {}}}, /b: {{get: {}}}}}\ncomponents: {{schemas: {{{types}}}}}",
            operation("pet"),
            operation("pet_operation")
        );
        let builders: BTreeSet<String> =
            api(&document, "").operations.iter().map(|operation| operation.type_name.to_string()).collect();
        assert_eq!(builders, set(&names));
    }
}

#[test]
fn the_outermost_of_several_types_has_the_plain_name() {
    let inner = "{type: object, properties: {x: {type: string}}}";
    let document = component(
        "Team",
        &format!(
            "{{type: object, properties: {{lead: {{type: object, properties: {{mail: {inner}}}}}, lead_mail: {inner}}}}}"
        ),
    );
    let api = api(&document, "");
    let plain = api.find_type("TeamLeadMail").unwrap();
    assert_eq!(&*plain.place.pointer, "/components/schemas/Team/properties/lead_mail");
}

#[test]
fn an_operation_called_as_a_keyword_has_plain_types_and_functions() {
    let document = "
paths:
  /self:
    post:
      operationId: self
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/It'}}}}
      responses: {'404': {description: d}}
components:
  schemas:
    It:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        settings: {x-discriminated-by: {propertyName: kind, mapping: {mail: '#/components/schemas/Mail'}}}
    Mail: {type: object, properties: {to: {type: string}}}
";
    let api = api(document, "");
    let krate = Crate::new(&api, Package::new("t"));
    let builder = &krate.builders[0];
    assert_eq!(
        (builder.operation.name.as_str(), builder.outcome.error.as_deref()),
        ("self_", Some("SelfOperationError"))
    );
    let shortcuts = builder.shortcuts.as_ref().unwrap();
    let names: Vec<&str> = shortcuts.functions.iter().map(|shortcut| shortcut.name.as_str()).collect();
    assert_eq!((names, shortcuts.helper.as_str()), (vec!["self_mail"], "self_with"));
}

/// The variants of the union `A` of these alternatives.
fn variants(alternatives: &[&str], more: &str) -> Vec<String> {
    let union = format!("{{oneOf: [{}]}}{more}", alternatives.join(", "));
    let api = api(&component("A", &union), "");
    match &api.find_type("A").unwrap().kind {
        TypeKind::Union(union) => union.variants.iter().map(|variant| variant.variant.to_string()).collect(),
        other => panic!("A is no union: {other:?}"),
    }
}

/// The variants, sorted: they don't depend on the order of the alternatives.
fn in_any_order(alternatives: &[&str]) -> BTreeSet<String> {
    let names: BTreeSet<String> = variants(alternatives, "").into_iter().collect();
    let reversed: Vec<&str> = alternatives.iter().rev().copied().collect();
    assert_eq!(variants(&reversed, "").into_iter().collect::<BTreeSet<_>>(), names);
    names
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const CIRCLE: &str = "{type: object, required: [Circle], properties: {Circle: {type: object, properties: {r: {type: number}}}}}";
const SQUARE: &str =
    "{type: object, required: [Square], properties: {Square: {type: array, items: {type: number}}}}";
const OVAL: &str = "{type: object, required: [Oval], properties: {Oval: {$ref: '#/components/schemas/A'}}}";

#[test]
fn alternatives_are_called_as_the_only_property_that_they_require() {
    assert_eq!(in_any_order(&[CIRCLE, SQUARE]), set(&["Circle", "Square"]));
    assert_eq!(in_any_order(&[CIRCLE, OVAL, SQUARE]), set(&["Circle", "Oval", "Square"]));
    assert_eq!(in_any_order(&[CIRCLE, "{type: string, enum: [none]}"]), set(&["Circle", "Enum"]));
    let units = [CIRCLE, "{type: string, enum: [none]}", "{const: all, description: All of them.}"];
    assert_eq!(in_any_order(&units), set(&["Circle", "Enum"]));
}

#[test]
fn a_property_of_its_own_names_an_alternative_and_else_a_number() {
    let of = |required: &str| {
        format!(
            "{{type: object, required: [{required}], properties: {{id: {{type: string}}, x: {{type: string}}, y: {{type: string}}, {required}: {{type: string}}}}}}"
        )
    };
    let two = "{type: object, required: [id, x], properties: {id: {type: string}, x: {type: string}}}";
    let other = "{type: object, required: [y, id], properties: {id: {type: integer}, y: {type: string}}}";
    assert_eq!(in_any_order(&[two, other]), set(&["X", "Y"]));
    assert_eq!(in_any_order(&[two, other, &of("z")]), set(&["X", "Y", "Z"]));
    let optional = ["a", "b"].map(|own| format!("{{type: object, properties: {{{own}: {{type: string}}}}}}"));
    assert_eq!(in_any_order(&[&optional[0], &optional[1], two]), set(&["A", "B", "Id"]));
    let alike = ["string", "integer", "boolean"];
    let alike = alike.map(|kind| format!("{{type: object, properties: {{a: {{type: {kind}}}}}}}"));
    assert_eq!(variants(&[&alike[0], &alike[1], &alike[2]], ""), ["Object", "Object2", "Object3"]);
}

#[test]
fn constants_name_alternatives_that_share_a_tag() {
    let of = |kind: &str, step: &str, own: &str| {
        format!(
            "{{type: object, required: [a, {own}], properties: {{a: {{type: string}}, kind: {{enum: [{kind}]}}, step: {step}, \
             {own}: {{type: string}}}}}}"
        )
    };
    let open = of("open", "{type: integer}", "x");
    let (one, two) = (of("sync", "{const: 1}", "y"), of("sync", "{const: 2}", "z"));
    assert_eq!(in_any_order(&[&open, &one, &two]), set(&["Open", "SyncStep1", "SyncStep2"]));
    let (one, two) = (of("sync", "{type: integer}", "y"), of("sync", "{type: integer}", "z"));
    assert_eq!(in_any_order(&[&open, &one, &two]), set(&["Open", "Y", "Z"]));
}

#[test]
fn numbers_and_booleans_that_distinguish_alternatives_are_in_their_names() {
    let of = |value: &str, own: &str| {
        format!(
            "{{type: object, required: [code], properties: {{code: {{const: {value}}}, {own}: {{type: string}}}}}}"
        )
    };
    assert_eq!(in_any_order(&[&of("404", "a"), &of("500", "b")]), set(&["Code404", "Code500"]));
    assert_eq!(in_any_order(&[&of("true", "a"), &of("false", "b")]), set(&["CodeTrue", "CodeFalse"]));
}

#[test]
fn titles_that_are_alike_name_nothing_that_something_else_can() {
    let of = |own: &str| {
        format!("{{title: Event, type: object, required: [{own}], properties: {{{own}: {{type: string}}}}}}")
    };
    assert_eq!(in_any_order(&[&of("made"), &of("gone")]), set(&["Made", "Gone"]));
    let maps = "{title: Event, type: object, properties: {a: {type: string}}}";
    let others = "{title: Event, type: object, properties: {a: {type: integer}}}";
    assert_eq!(in_any_order(&[maps, others]), set(&["Event", "Event2"]));
}

#[test]
fn lists_are_told_apart_by_what_they_hold() {
    let lists = ["{type: string}", "{type: array, items: {type: string}}"];
    assert_eq!(in_any_order(&lists), set(&["String", "List"]));
    let lists = [
        "{type: array, items: {type: integer}}",
        lists[1],
        "{type: array, items: {$ref: '#/components/schemas/A'}}",
    ];
    assert_eq!(in_any_order(&lists), set(&["IntegerList", "StringList", "AList"]));
}

#[test]
fn a_component_with_one_alternative_is_its_type() {
    let object = "{type: object, properties: {x: {enum: [a, b]}}}";
    for schema in [
        format!("{{oneOf: [{object}]}}"),
        format!("{{anyOf: [{object}, {{type: 'null'}}]}}"),
        format!("{{anyOf: [{{type: 'null'}}, {{oneOf: [{object}]}}]}}"),
    ] {
        let api = api(&component("A", &schema), "");
        let names =
            api.models.iter().flat_map(|model| &model.types).map(|definition| definition.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["A", "AX"], "{schema}");
        assert!(matches!(api.find_type("A").unwrap().kind, TypeKind::Object(_)));
    }
}

/// The modules and names of operations, each of which is `[path, operationId, tag]`.
fn operations(operations: &[[&str; 3]]) -> BTreeSet<String> {
    let paths = operations.iter().map(|[path, id, tag]| {
        format!("{path:?}: {{get: {{operationId: {id:?}, tags: [{tag}], responses: {{}}}}}}")
    });
    let api = api(&format!("paths: {{{}}}", paths.collect::<Vec<_>>().join(", ")), "");
    api.operations.iter().map(crate::rust::call).collect()
}

#[test]
fn operations_do_not_repeat_their_module() {
    let found = operations(&[
        ["/a", "databases_list", "Databases"],
        ["/b", "DatabaseClustersResize", "Database Clusters"],
        ["/c", "databases", "Databases"],
        ["/d", "databases_2fa", "Databases"],
        ["/e", "list_databases", "Databases"],
    ]);
    let expected = [
        "databases::list",
        "database_clusters::resize",
        "databases::databases",
        "databases::databases_2fa",
        "databases::list_databases",
    ];
    assert_eq!(found, set(&expected));
}

#[test]
fn operations_keep_their_module_where_another_has_the_rest() {
    let found =
        operations(&[["/a", "doors_list", "Doors"], ["/b", "list", "Doors"], ["/c", "doors_Shut", "Doors"]]);
    assert_eq!(found, set(&["doors::doors_list", "doors::list", "doors::shut"]));
}

#[test]
fn operations_without_a_name_are_called_by_method_and_path() {
    let found = operations(&[["/a/b/c", "get-/a/b/c", "Doors"], ["/a/b/d", "shut_all_a_b_d_get", "Doors"]]);
    assert_eq!(found, set(&["doors::get_a_b_c", "doors::shut_all"]));
}

#[test]
fn bodies_of_several_media_types_are_told_apart_by_encoding() {
    let union = |one: &str| {
        format!(
            "{{schema: {{oneOf: [{{type: object, required: [{one}], properties: {{{one}: {{type: string}}}}}}, {{type: object, required: [z], properties: {{z: {{type: string}}}}}}]}}}}"
        )
    };
    let content = [
        format!("application/x-www-form-urlencoded: {}", union("a")),
        format!("application/json: {}", union("b")),
    ];
    for content in [content.join(", "), content.iter().rev().cloned().collect::<Vec<_>>().join(", ")] {
        let document = format!(
            "paths: {{/a: {{put: {{operationId: lock, requestBody: {{content: {{{content}}}}}, responses: {{}}}}}}}}"
        );
        let api = api(&document, "");
        for (name, first) in [("LockBody", "B"), ("LockFormBody", "A")] {
            match &api.find_type(name).unwrap().kind {
                TypeKind::Union(union) => assert_eq!(union.variants[0].variant, first),
                other => panic!("{other:?}"),
            }
        }
    }
}
