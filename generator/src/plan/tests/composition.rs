//! Properties that several parts of `allOf` declare, what stands beside references, and circles.

use super::snippet::{Planned, schemas};
use crate::api::{Additional, Presence, Rule, TypeKind};

fn refined(base: &str, more: &str) -> Planned {
    schemas(&format!(
        "
Base: {{type: object, properties: {{v: {base}}}}}
A:
  allOf:
  - $ref: '#/components/schemas/Base'
  - {{type: object, properties: {{v: {more}}}}}
"
    ))
}

fn words<'p>(plan: &'p Planned, schema: &str) -> Vec<&'p str> {
    plan.object(schema).properties.iter().map(|property| property.wire.as_str()).collect()
}

#[test]
fn an_enum_narrows_a_string_wherever_it_stands() {
    for (base, more) in
        [("{type: string}", "{enum: [a, b]}"), ("{type: string, enum: [a, b]}", "{type: string}")]
    {
        let plan = refined(base, more);
        let crate::api::TypeRef::Named(name) = &plan.property("A", "v").ty else { panic!("no enum") };
        let TypeKind::Enum(found) = &plan.api.find_type(name).unwrap().kind else { panic!("no enum") };
        assert_eq!(found.values.len(), 2);
    }
}

#[test]
fn enums_intersect() {
    let plan = refined(
        "{type: string, enum: [a, b, c], x-enum-varnames: [Ay, Bee, Cee]}",
        "{type: string, enum: [c, b, d]}",
    );
    let crate::api::TypeRef::Named(name) = &plan.property("A", "v").ty else { panic!("no enum") };
    let TypeKind::Enum(found) = &plan.api.find_type(name).unwrap().kind else { panic!("no enum") };
    let values: Vec<_> = found.values.iter().map(|value| (value.wish.words(), value.value.clone())).collect();
    assert_eq!(values, [("Bee", "b".into()), ("Cee", "c".into())]);
    assert!(plan.codes.is_empty());
}

#[test]
fn null_is_allowed_if_every_part_allows_it() {
    let null = "{type: [string, 'null']}";
    for (base, more, presence) in [
        (null, "{type: string}", Presence::Optional),
        ("{type: string}", null, Presence::Optional),
        (null, null, Presence::Patch),
        (null, "{maxLength: 3}", Presence::Patch),
        ("{type: [string, 'null'], enum: [a, null]}", "{enum: [a, b]}", Presence::Optional),
        ("{nullable: true}", "{type: string}", Presence::Patch),
        ("{oneOf: [{type: string}, {type: 'null'}]}", "{type: string}", Presence::Optional),
        ("{oneOf: [{type: string}, {type: 'null'}]}", "{description: d}", Presence::Patch),
    ] {
        let plan = refined(base, more);
        assert_eq!(plan.property("A", "v").presence, presence, "{base} {more}");
    }
}

#[test]
fn the_strictest_limits_hold() {
    let plan = refined("{type: number, minimum: -1, maximum: 10}", "{minimum: 0.5, maximum: 20}");
    let expected = ["0.5".parse().map(Rule::Minimum).unwrap(), Rule::Maximum(10.into())];
    assert_eq!(plan.property("A", "v").rules, expected);
    let plan = refined("{type: array, maxItems: 9, items: {type: string, maxLength: 4}}", "{minItems: 2}");
    let expected = [Rule::Items(vec![Rule::MaxLength(4)]), Rule::MinItems(2), Rule::MaxItems(9)];
    assert_eq!(plan.property("A", "v").rules, expected);
    let plan = refined("{type: integer, multipleOf: 4}", "{multipleOf: 6}");
    assert_eq!(plan.property("A", "v").rules, [Rule::MultipleOf(12.into())]);
    let plan = refined("{type: string, pattern: a}", "{pattern: b}");
    assert_eq!((plan.property("A", "v").rules.len(), &plan.codes[..]), (1, &["N0020".to_owned()][..]));
}

#[test]
fn formats_and_types_narrow() {
    for (base, more, expected) in [
        ("{type: string}", "{format: uuid}", "Uuid"),
        ("{type: string, format: email}", "{type: string, format: date-time}", "DateTime"),
        ("{type: number}", "{type: integer}", "Int64"),
        ("{type: integer, format: int64}", "{format: int32}", "Int32"),
        ("{type: [string, integer]}", "{type: integer}", "Int64"),
        ("{}", "{type: integer}", "Int64"),
        ("{type: object}", "{type: object, additionalProperties: {type: string}}", "{String}"),
        ("{type: array}", "{items: {type: string}}", "[String]"),
        ("{type: array, items: {type: string}}", "{items: {format: date}}", "[Date]"),
    ] {
        assert_eq!(refined(base, more).property_shape("A", "v"), expected, "{base} {more}");
        assert_eq!(refined(more, base).property_shape("A", "v"), expected, "{more} {base}");
    }
}

#[test]
fn objects_and_the_items_of_arrays_merge() {
    let plan = refined(
        "{type: object, required: [a], properties: {a: {type: string}, in: {type: object, properties: {x: {type: string}}}}}",
        "{type: object, properties: {b: {type: string}, in: {properties: {y: {type: integer}}}}}",
    );
    let merged = "/components/schemas/A/allOf/1/properties/v";
    assert_eq!(words(&plan, merged), ["a", "in", "b"]);
    assert_eq!(words(&plan, &format!("{merged}/properties/in")), ["x", "y"]);
    assert_eq!(plan.property(merged, "a").presence, Presence::Required);
    let plan = refined(
        "{type: array, items: {type: object, properties: {a: {type: string}}}}",
        "{type: array, items: {type: object, properties: {b: {type: string}}}}",
    );
    assert_eq!(words(&plan, "/components/schemas/A/allOf/1/properties/v/items"), ["a", "b"]);
}

#[test]
fn what_stands_beside_a_reference_counts() {
    let plan = schemas(
        "
S: {type: object, properties: {a: {type: string}}}
N: {type: string, minLength: 2}
A:
  type: object
  properties:
    more: {$ref: '#/components/schemas/S', properties: {b: {type: integer}}, required: [a]}
    same: {$ref: '#/components/schemas/S', type: object, description: Same.}
    short: {$ref: '#/components/schemas/N', maxLength: 3}
",
    );
    assert_eq!(words(&plan, "/components/schemas/A/properties/more"), ["b", "a"]);
    assert_eq!(plan.property_shape("A", "same"), "S");
    assert_eq!(plan.property("A", "short").rules, [Rule::MinLength(2), Rule::MaxLength(3)]);
}

#[test]
fn contradictions_are_told() {
    for (base, more) in [
        ("{type: string}", "{type: object}"),
        ("{type: string, enum: [a]}", "{type: string, enum: [b]}"),
        ("{const: a}", "{const: b}"),
        ("{type: string}", "{enum: [1, 2]}"),
        ("{type: string, minLength: 4}", "{maxLength: 2}"),
        ("{type: string, format: uuid}", "{type: string, format: date}"),
    ] {
        let mut codes = refined(base, more).codes;
        // That the format isn't checked either is told, too.
        codes.retain(|code| code != "N0020");
        assert_eq!(codes, ["W0101"], "{base} {more}");
    }
}

#[test]
fn a_type_beside_an_untyped_part_counts() {
    let plan = schemas(
        "
A:
  type: object
  properties:
    object: {type: object, properties: {n: {type: string}}, allOf: [{required: [n]}]}
    open: {type: object, allOf: [{required: [n]}]}
    any: {allOf: [{required: [n]}]}
",
    );
    assert_eq!(plan.property("A", "object").presence, Presence::Optional);
    assert_eq!(plan.property("A", "open").presence, Presence::Optional);
    assert_eq!(plan.property("A", "any").presence, Presence::Patch);
    let inner = plan.property("/components/schemas/A/properties/object", "n");
    assert_eq!(inner.presence, Presence::Required);
}

#[test]
fn alternatives_of_several_parts_are_combined() {
    let object = |wire: &str| {
        format!("{{type: object, required: [{wire}], properties: {{{wire}: {{type: string}}}}}}")
    };
    let one_of = |one: &str, other: &str| format!("{{oneOf: [{}, {}]}}", object(one), object(other));
    let plan = schemas(&format!("A: {{allOf: [{}, {}]}}", one_of("p", "q"), one_of("r", "s")));
    assert_eq!(plan.alternatives("A").len(), 4);
    let plan = schemas(
        "
A:
  allOf:
  - oneOf: [{type: string}, {type: object, properties: {a: {const: x}}}, {type: object, properties: {a: {const: y}}}]
  - anyOf: [{type: object, properties: {a: {const: x}, b: {type: string}}}, {type: integer}]
",
    );
    assert_eq!(plan.object("A").properties.len(), 2, "only one combination can hold");
}

#[test]
fn uses_keep_the_type_that_they_refer_to() {
    let plan = schemas(
        "
S: {type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}
A:
  type: object
  properties:
    alone: {allOf: [{$ref: '#/components/schemas/S'}]}
    one: {oneOf: [{$ref: '#/components/schemas/S'}]}
    any: {description: Any., anyOf: [{$ref: '#/components/schemas/S'}]}
    part: {allOf: [{$ref: '#/components/schemas/S'}, {description: Part., deprecated: true}]}
    first: {allOf: [{description: First.}, {$ref: '#/components/schemas/S'}]}
    null: {allOf: [{$ref: '#/components/schemas/S'}, {nullable: true}]}
    around: {type: [object, 'null'], allOf: [{$ref: '#/components/schemas/S'}]}
    or: {oneOf: [{$ref: '#/components/schemas/S'}, {type: 'null'}]}
    typed: {type: object, allOf: [{$ref: '#/components/schemas/S'}, {type: object, required: [a]}]}
    repeated: {allOf: [{$ref: '#/components/schemas/S'}, {properties: {b: {type: string}}}]}
    read: {readOnly: true, allOf: [{$ref: '#/components/schemas/S'}]}
    more: {allOf: [{$ref: '#/components/schemas/S'}, {required: [b]}]}
",
    );
    for property in &plan.object("A").properties {
        let expected = if property.wire == "more" { "/components/schemas/A/properties/more" } else { "S" };
        assert_eq!(plan.shape(&property.ty), expected, "{}", property.wire);
        let nullable = ["null", "around", "or"].contains(&property.wire.as_str());
        let presence = if nullable { Presence::Patch } else { Presence::Optional };
        assert_eq!(property.presence, presence, "{}", property.wire);
    }
    assert_eq!(plan.property("A", "part").docs.summary, "Part.");
    assert!(plan.property("A", "part").deprecated && !plan.property("A", "first").deprecated);
    assert_eq!(plan.property("A", "first").docs.summary, "First.");
    assert!(plan.property("A", "read").read_only);
}

#[test]
fn a_nullable_component_has_one_plain_type() {
    let plan = schemas(
        "
One: {anyOf: [{type: object, required: [id], properties: {id: {type: string}}}, {type: 'null'}]}
Two: {type: [object, 'null'], properties: {id: {type: string}}}
Three: {oneOf: [{$ref: '#/components/schemas/Plain'}, {type: 'null'}]}
Four: {allOf: [{$ref: '#/components/schemas/Plain'}], nullable: true}
Plain: {type: object, properties: {id: {type: string}}}
A:
  type: object
  required: [two]
  properties:
    one: {$ref: '#/components/schemas/One'}
    two: {$ref: '#/components/schemas/Two'}
    three: {allOf: [{$ref: '#/components/schemas/Three'}, {description: Three.}]}
    four: {$ref: '#/components/schemas/Four'}
    never: {allOf: [{$ref: '#/components/schemas/One'}], type: object}
",
    );
    assert_eq!((plan.object("One").properties.len(), plan.object("Two").properties.len()), (1, 1));
    assert_eq!(plan.shape(&plan.alias("Three").ty), "Plain");
    let expected = [
        ("one", "One", Presence::Patch),
        ("two", "Two?", Presence::Required),
        ("three", "Three", Presence::Patch),
        ("four", "Four", Presence::Patch),
        ("never", "One", Presence::Optional),
    ];
    for (wire, shape, presence) in expected {
        let property = plan.property("A", wire);
        assert_eq!((plan.shape(&property.ty).as_str(), property.presence), (shape, presence), "{wire}");
    }
    let types: usize = plan.api.models.iter().map(|model| model.types.len()).sum();
    assert_eq!(types, 6);
}

#[test]
fn additional_properties_are_merged() {
    let plan = schemas(
        "
A:
  allOf:
  - {type: object, properties: {a: {type: string}}, additionalProperties: {type: [string, 'null']}}
  - {type: object, additionalProperties: {type: string, maxLength: 2}}
  - {type: object, additionalProperties: true}
",
    );
    let expected = Additional::Typed(crate::api::TypeRef::String, vec![Rule::MaxLength(2)]);
    assert_eq!(plan.object("A").additional, expected);
}

#[test]
fn recursive_schemas_merge() {
    let plan = schemas(
        "
X: {type: object, properties: {next: {$ref: '#/components/schemas/X'}, a: {type: string}}}
Y: {type: object, properties: {next: {$ref: '#/components/schemas/Y'}, b: {type: string}}}
A: {allOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}]}
",
    );
    assert_eq!(words(&plan, "A"), ["next", "a", "b"]);
    let next = plan.property_shape("A", "next");
    let inner = next.trim_start_matches("box ");
    assert_eq!(words(&plan, inner), ["next", "a", "b"]);
    assert_eq!(plan.property_shape(inner, "next"), format!("box {inner}"));
}

#[test]
fn deep_nesting_of_shared_parts_ends_soon() {
    let mut yaml = String::new();
    for level in 0..30 {
        let next = format!("{{$ref: '#/components/schemas/L{}'}}", level + 1);
        let part = |wire: &str| {
            format!(
                "{wire}: {{allOf: [{next}, {{type: object, properties: {{own: {{type: object, properties: {{x: {{type: string}}}}}}}}}}]}}"
            )
        };
        yaml += &format!(
            "L{level}: {{allOf: [{next}, {next}, {{type: object, properties: {{{}, {}}}}}]}}\n",
            part(&format!("l{level}")),
            part(&format!("r{level}"))
        );
    }
    yaml += "L30: {type: object, properties: {end: {type: string}}}\n";
    let plan = schemas(&yaml);
    assert_eq!(plan.object("L0").properties.len(), 61);
}

#[test]
fn schemas_composed_of_themselves_are_told() {
    for yaml in [
        "A: {allOf: [{$ref: '#/components/schemas/A'}]}",
        "A: {oneOf: [{$ref: '#/components/schemas/A'}]}",
        "A: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}, {type: integer}]}",
        "A: {description: a, anyOf: [{$ref: '#/components/schemas/B'}]}\nB: {oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}",
        "A: {allOf: [{$ref: '#/components/schemas/B'}, {title: t}]}\nB: {allOf: [{$ref: '#/components/schemas/A'}]}",
    ] {
        let plan = schemas(yaml);
        assert!(
            !plan.codes.is_empty() && plan.codes.iter().all(|code| code == "W0131"),
            "{yaml} {:?}",
            plan.codes
        );
    }
}

#[test]
fn names_with_a_pattern_in_another_part_are_told() {
    let base = "Base: {type: object, patternProperties: {^x: {type: string}}}\n";
    let told = |more: &str| {
        let plan = schemas(&format!("{base}A: {{$ref: '#/components/schemas/Base', {more}}}"));
        plan.codes.iter().filter(|code| *code == "N0020").count()
    };
    let own = "additionalProperties: false, patternProperties: {^x: {type: string}}";
    assert!(told("additionalProperties: false") > told(own));
}

/// Each alternative of a union must have it.
#[test]
fn a_type_beside_a_union_is_told_unless_its_values_have_it() {
    let told = |target: &str, beside: &str| {
        let plan = schemas(&format!(
            "L: {target}\nA: {{type: object, properties: {{v: {{$ref: '#/components/schemas/L', {beside}}}}}}}"
        ));
        plan.codes.iter().filter(|code| *code == "N0020").count()
    };
    let either = "{oneOf: [{type: string}, {type: integer}]}";
    assert_eq!(told("{type: string}", "type: string"), 0);
    assert_eq!(told(either, "type: [string, integer]"), 0);
    assert_eq!(told(either, "type: [string, number]"), 0);
    assert_eq!(told(either, "type: string"), 1);
    assert_eq!(told("{anyOf: [{}, {type: integer}]}", "type: integer"), 1);
}

#[test]
fn values_of_an_enum_that_the_type_beside_it_excludes_are_none() {
    for (kind, left) in [
        ("integer", serde_json::json!([1, 2.0])),
        ("number", serde_json::json!([1, 2.0, 2.5])),
        ("string", serde_json::json!(["a"])),
        ("boolean", serde_json::json!([true])),
    ] {
        let plan = refined(&format!("{{type: {kind}}}"), "{enum: [1, 2.0, 2.5, a, true, [], {}]}");
        let found: Vec<serde_json::Value> = match &plan.property("A", "v").ty {
            crate::api::TypeRef::Named(name) => match &plan.api.find_type(name).unwrap().kind {
                TypeKind::Enum(found) => found.values.iter().map(|value| value.value.clone()).collect(),
                other => panic!("{other:?}"),
            },
            _ => match &plan.property("A", "v").rules[..] {
                [Rule::ListedValues(values)] => values.clone(),
                other => panic!("{kind}: {other:?}"),
            },
        };
        assert_eq!(serde_json::Value::from(found), left, "{kind}");
    }
}

#[test]
fn alternatives_beside_properties_keep_what_describes_them() {
    let plan = schemas(
        "
B: {type: object, properties: {b: {type: string}}}
C: {type: object, properties: {c: {type: string}}}
A:
  type: object
  properties:
    v:
      title: Either
      description: One of two.
      deprecated: true
      writeOnly: true
      type: object
      properties: {a: {type: string}}
      oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
",
    );
    let property = plan.property("A", "v");
    assert!(property.deprecated && property.write_only && !property.read_only);
    assert_eq!(property.docs.summary, "One of two.");
}
