use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::json::decode::{FromJson, Mode};
use crate::json::{decode, writer};
use crate::model::rules::Checker;
use crate::prelude::*;

#[derive(Clone, Default, PartialEq)]
struct Pet {
    name: Option<String>,
    tag: Patch<String>,
    client_secret: Option<Secret<String>>,
    owners: Option<Vec<Owner>>,
    additional_properties: JsonObject,
}

object! {
    Pet {
        name: "name", optional, [MaxLength(3)];
        tag: "tag", patch, [Pattern("^a+$")];
        client_secret: "client_secret", optional, [MinLength(2)];
        owners: "owners", optional, [MaxItems(2)];
    }
    additional_properties: open [];
    rules: [MinProperties(1)];
}

setters! {
    Pet {
        /// The name.
        name: optional with_name(String);
        /// The tag.
        tag: patch with_tag(String), with_tag_null;
    }
}

#[derive(Clone, PartialEq)]
struct Owner {
    id: i64,
    kind: Kind,
    additional_properties: BTreeMap<String, i64>,
}

object! {
    Owner {
        id: "id", required, [Minimum(Limit::Integer(1))];
        kind: "kind", required, [];
    }
    additional_properties: typed [Maximum(Limit::Integer(9))];
    rules: [];
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Human,
    Unknown(String),
}

string_enum! { Kind { Human: "human"; } Unknown }

#[derive(Clone, Debug, PartialEq)]
enum Thing {
    Pet(Box<Pet>),
    Owner(Owner),
    Text(String),
    Unknown(Json),
}

untagged_union! { Thing { Pet(Box<Pet>): []; Owner(Owner): []; Text(String): [MaxLength(2)]; } Unknown }

#[derive(Clone, Debug, PartialEq)]
enum Tagged {
    Owner(Owner),
    Pet(Pet),
    Unknown(Json),
}

tagged_union! { Tagged by "kind" { Owner(Owner): "human", "person", []; Pet(Pet): "pet", []; } Unknown }

fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned + FromJson + PartialEq + std::fmt::Debug>(
    value: &Value,
) -> T {
    let decoded: T = decode::from_slice(value.to_string().as_bytes()).unwrap();
    assert_eq!(&serde_json::to_value(&decoded).unwrap(), value);
    assert_eq!(T::from_json(value.clone(), Mode::Lenient).unwrap(), decoded);
    decoded
}

#[test]
fn objects_lose_nothing() {
    round_trip::<Pet>(&json!({}));
    round_trip::<Pet>(&json!({ "tag": null, "x": { "y": [1.0, 1] } }));
    round_trip::<Pet>(&json!({ "name": null, "owners": [{ "id": 1, "kind": "alien", "z": 3 }] }));
    let misfit = round_trip::<Pet>(&json!({ "name": 5, "tag": "a", "owners": [{ "id": "one" }] }));
    assert_eq!(misfit.additional_properties["name"], 5);
    assert_eq!(misfit.tag, Patch::Value("a".to_owned()));
    assert_eq!(misfit.validate().unwrap_err().0.len(), 2);
}

#[test]
fn what_is_printed_is_what_is_there() {
    assert_eq!(
        format!("{:?}", Pet::default().with_name("a").with_tag_null()),
        r#"Pet { name: Some("a"), tag: Null }"#
    );
    let pet = round_trip::<Pet>(&json!({ "x": 1 }));
    assert_eq!(format!("{pet:?}"), r#"Pet { additional_properties: {"x": 1} }"#);
}

#[test]
fn what_must_be_there_is_missed_with_its_path() {
    let error = decode::from_slice::<Owner>(br#"{"id":"s3cret","kind":"human"}"#).unwrap_err();
    assert_eq!(error.to_string(), "id: expected a 64-bit integer, got a string");
    let error = decode::from_slice::<Vec<Owner>>(br#"[{"id":1,"kind":"human"},{"id":1}]"#).unwrap_err();
    assert_eq!(error.to_string(), "[1].kind: missing");
    let error = decode::from_slice::<Owner>(b"{").unwrap_err();
    assert_eq!(error.to_string(), "not JSON: line 1, column 2");
}

#[test]
fn violations_say_where_and_how_much() {
    assert_eq!(Pet::default().validate().unwrap_err().to_string(), "at least 1 entry, has 0");
    let mut pet = Pet::default().with_name("long").with_tag("b");
    pet.client_secret = Some("x".into());
    pet.owners =
        Some(vec![Owner { id: 0, kind: Kind::Human, additional_properties: [("n".to_owned(), 10)].into() }]);
    let expected = "name: at most 3 characters, has 4; tag: must match the pattern ^a+$; \
                    client_secret: at least 2 characters, has 1; owners[0].id: at least 1; owners[0].n: at most 9";
    assert_eq!(pet.validate().unwrap_err().to_string(), expected);
}

#[test]
fn unions_choose_what_fits_best() {
    assert!(matches!(round_trip(&json!({ "name": "a" })), Thing::Pet(_)));
    assert!(matches!(round_trip(&json!({ "id": 1, "kind": "human" })), Thing::Owner(_)));
    assert!(matches!(round_trip(&json!("ab")), Thing::Text(_)));
    assert!(matches!(round_trip(&json!([1])), Thing::Unknown(_)));
    assert!(matches!(round_trip(&json!({ "kind": "person", "id": 1 })), Tagged::Owner(_)));
    assert!(matches!(round_trip(&json!({ "kind": "pet" })), Tagged::Pet(_)));
    assert!(matches!(round_trip(&json!({ "kind": "human" })), Tagged::Unknown(_)));
    assert!(matches!(round_trip(&json!({ "kind": 1 })), Tagged::Unknown(_)));
}

#[test]
fn secrets_are_not_printed() {
    let pet =
        round_trip::<Pet>(&json!({ "client_secret": "hunter2", "more": { "CLIENT_SECRET": ["hunter2"] } }));
    let printed = format!("{pet:?} {pet:#?}");
    assert!(!printed.contains("hunter2"), "{printed}");
    assert_eq!(printed.matches("[redacted]").count(), 4);
}

#[test]
fn setters_say_absent_null_and_value() {
    assert_eq!(serde_json::to_value(Pet::default().with_tag_null()).unwrap(), json!({ "tag": null }));
    assert_eq!(serde_json::to_value(Pet::default().with_tag("a")).unwrap(), json!({ "tag": "a" }));
}

/// A recursive type with many other properties.
#[derive(Clone, Default, PartialEq)]
struct Nest {
    inner: Option<Box<Nest>>,
    choice: Option<Choice>,
    pets: (Option<Pet>, Option<Pet>, Option<Pet>, Option<Pet>),
    additional_properties: JsonObject,
}

object! {
    Nest {
        inner: "inner", optional, [];
        choice: "choice", optional, [];
        pets: "pets", required, [];
    }
    additional_properties: open [];
    rules: [];
}

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Nest(Box<Nest>),
    Text(String),
    Unknown(Json),
}

untagged_union! { Choice { Nest(Box<Nest>): []; Text(String): []; } Unknown }

#[test]
fn depth_ends_in_an_error_not_in_the_stack() {
    let nested = |levels: usize, name: &str| {
        let open = format!(r#"{{"pets":[null,null,null,null],"{name}":"#);
        format!("{}{}{}", open.repeat(levels), r#"{"pets":[null,null,null,null]}"#, "}".repeat(levels))
    };
    for name in ["inner", "choice", "not_declared"] {
        let text = nested(100, name);
        let nest: Nest = decode::from_slice(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(writer::to_vec(&nest).unwrap()).unwrap().len(), text.len());
        // A value nested too deeply for its type is preserved unchanged, unless the untyped value is too deep
        // as well.
        for levels in [127, 128, 200, 1000, 100_000] {
            let result = decode::from_slice::<Nest>(nested(levels, name).as_bytes());
            assert!(levels <= 200 || result.is_err(), "{levels} levels of {name}");
        }
    }
    for text in ["[".repeat(100_000), "{\"inner\":".repeat(100_000), "{\"a\":[".repeat(100_000)] {
        assert!(decode::from_slice::<Nest>(text.as_bytes()).is_err());
        assert!(decode::from_slice::<Vec<Json>>(text.as_bytes()).is_err());
    }
}

#[derive(Clone, PartialEq)]
struct Measured {
    id: i64,
    count: Option<i64>,
    small: Option<i32>,
    amount: Option<Number>,
    many: Option<Vec<Number>>,
    any: Option<Json>,
    additional_properties: JsonObject,
}

object! {
    Measured {
        id: "id", required, [Minimum(Limit::Integer(-9))];
        count: "count", optional, [];
        small: "small", optional, [];
        amount: "amount", optional, [MultipleOf(Limit::Float(0.5_f64))];
        many: "many", optional, [UniqueItems];
        any: "any", optional, [];
    }
    additional_properties: open [];
    rules: [];
}

#[test]
fn numbers_are_what_the_server_wrote() {
    for (text, is_valid) in [
        (r#"{"id":1,"amount":3.14159265358979323846}"#, false),
        (r#"{"id":1,"amount":2.50,"any":[1E2,18446744073709551616,{"a":-0,"b":1.10}]}"#, true),
        (r#"{"id":9223372036854775808}"#, true),
        (r#"{"id":-1E400}"#, false),
        (r#"{"id":1,"count":123456789012345678901234567890,"extra":1E400,"else":[-1E-400,1e+5]}"#, true),
        (r#"{"id":1,"count":1.5}"#, false),
        (r#"{"id":1,"small":3000000000}"#, false),
        (r#"{"id":1,"amount":1E400}"#, true),
        (r#"{"id":1,"amount":1e308}"#, true),
        (r#"{"id":1,"amount":0.1}"#, false),
        (r#"{"id":1,"many":[12345678901234567890123,12345678901234567890124]}"#, true),
        (r#"{"id":1,"many":[1.0,1]}"#, false),
        (r#"{"id":1,"many":[100,1e2]}"#, false),
    ] {
        let read = decode::from_slice::<Measured>(text.as_bytes()).unwrap();
        let written = String::from_utf8(writer::to_vec(&read).unwrap()).unwrap();
        let sorted = |text: &str| {
            let mut parts: Vec<String> = text.split([',', '{', '}']).map(str::to_owned).collect();
            parts.sort();
            parts
        };
        assert_eq!(sorted(&written), sorted(text));
        assert_eq!(read.validate().is_ok(), is_valid, "{text}: {:?}", read.validate());
        assert_eq!(decode::from_slice::<Measured>(written.as_bytes()).unwrap(), read);
    }
}

#[derive(Clone, PartialEq)]
struct Counted {
    many: Vec<i64>,
    named: BTreeMap<String, Vec<Option<i64>>>,
    pair: (i64, u64),
    small: i32,
    optional: Option<Vec<i64>>,
    inner: Option<Box<Self>>,
    either: Option<Either>,
    additional_properties: JsonObject,
}

object! {
    Counted {
        many: "many", required, [];
        named: "named", required, [];
        pair: "pair", required, [];
        small: "small", required, [];
        optional: "optional", optional, [];
        inner: "inner", optional, [];
        either: "either", optional, [];
    }
    additional_properties: open [];
    rules: [];
}

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Integer(i64),
    Text(String),
    Unknown(Json),
}

untagged_union! { Either { Integer(i64): []; Text(String): []; } Unknown }

#[test]
fn the_digits_of_integers_survive_in_every_position() {
    let inner = r#"{"many":[1,-99999999999999999999],"named":{},"pair":[1,2],"small":3}"#;
    let text = format!(
        r#"{{"many":[1,12345678901234567890123,9223372036854775807,2e20],"named":{{"a":[1,99999999999999999999],"b":[null]}},"pair":[88888888888888888888,-5],"small":3000000000,"inner":{inner},"either":77777777777777777777,"optional":[66666666666666666666]}}"#
    );
    let mut read: Counted = decode::from_slice(text.as_bytes()).unwrap();
    assert_eq!(read.many, [1, i64::MAX, i64::MAX, i64::MAX]);
    assert_eq!((read.pair, read.small), ((i64::MAX, 0), i32::MAX));
    assert_eq!(read.validate(), Ok(()));
    let written = |read: &Counted| String::from_utf8(writer::to_vec(read).unwrap()).unwrap();
    assert_eq!(written(&read), text);

    read.many.splice(..1, [5, 6]);
    read.small = 6;
    read.named.get_mut("a").unwrap()[0] = Some(9);
    let text = written(&read);
    assert!(text.contains(r#""many":[5,6,12345678901234567890123,9223372036854775807,2e20]"#), "{text}");
    assert!(text.contains(r#""small":6"#) && text.contains(r#""a":[9,99999999999999999999]"#), "{text}");
    read.many.pop();
    read.many.remove(0);
    assert!(written(&read).contains(r#""many":[6,12345678901234567890123,9223372036854775807]"#));
    for wrong in [r#"[1.5]"#, r#"["99999999999999999999"]"#, r#"[99999999999999999999,true]"#] {
        let text = format!(r#"{{"many":{wrong},"named":{{}},"pair":[1,2],"small":3}}"#);
        assert!(decode::from_slice::<Counted>(text.as_bytes()).is_err());
    }
}

#[test]
fn an_optional_integer_beyond_its_format_is_told() {
    let text = r#"{"id":1,"small":3000000000}"#;
    let read: Measured = decode::from_slice(text.as_bytes()).unwrap();
    assert_eq!(read.validate().unwrap_err().to_string(), "small: doesn't have its declared type");
}

#[test]
fn a_number_that_is_changed_is_sent_as_changed() {
    let text = r#"{"id":99999999999999999999,"any":{"a":1.10,"b":[2.20]},"x":3.30}"#;
    let mut read = decode::from_slice::<Measured>(text.as_bytes()).unwrap();
    assert_eq!(read.id, i64::MAX);
    assert_eq!(writer::to_vec(&read).unwrap(), text.as_bytes());
    read.id = 7;
    read.any.as_mut().unwrap()["b"][0] = 4.into();
    read.additional_properties.insert("x".to_owned(), json!(null));
    let expected = r#"{"id":7,"any":{"a":1.10,"b":[4]},"x":null}"#;
    assert_eq!(writer::to_vec(&read).unwrap(), expected.as_bytes());
}

#[test]
fn an_integer_is_an_integer_however_it_is_written() {
    for (text, expected) in
        [("9007199254740993.0", 9_007_199_254_740_993), ("1e2", 100), ("-0", 0), ("-5.0", -5)]
    {
        assert_eq!(decode::from_slice::<i64>(text.as_bytes()).unwrap(), expected, "{text}");
    }
    let error = |text: &str| decode::from_slice::<i64>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(error("1.5"), "expected a 64-bit integer, got a fraction");
    assert_eq!(error("1e30"), "expected a 64-bit integer, got an integer out of its range");
}

#[test]
fn names_from_the_server_are_printable_in_messages() {
    let text = format!(r#"{{"a\u001b[31m\n{}":true}}"#, "b".repeat(500));
    let error = decode::from_slice::<BTreeMap<String, i64>>(text.as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with(r"a\u{1b}[31m\u{a}bbb") && error.len() < 180, "{error}");
    let text = text.replace("true", r#""long""#);
    let names = decode::from_slice::<BTreeMap<String, String>>(text.as_bytes()).unwrap();
    let mut checker = Checker::default();
    names.check(&[Values(&[MaxLength(3)])], &mut checker);
    let violations = checker.finish().unwrap_err().to_string();
    assert!(violations.starts_with(r"a\u{1b}[31m\u{a}bbb") && violations.len() < 180, "{violations}");
}

#[test]
fn text_that_can_not_be_read_has_a_place() {
    let error = |text: &[u8]| decode::from_slice::<Json>(text).unwrap_err().to_string();
    assert_eq!(error(b"[1,\n 1x]"), "not JSON: line 2, column 3");
    assert_eq!(error(br#"{"a":"\ud800"}"#), "not JSON: half of a surrogate pair: line 1, column 7");
    assert_eq!(error(&b"[".repeat(200)), "nested more than 128 levels deep: line 1, column 129");
    assert_eq!(error(b"\"\xff\""), "not JSON: not UTF-8: line 1, column 2");
    assert!(decode::from_slice::<Json>(b"1E400").is_ok());
}

#[derive(Clone, PartialEq)]
struct Nestling {
    kind: Kind,
    name: String,
    ring: Option<i64>,
    mother: Patch<String>,
    additional_properties: BTreeMap<String, i64>,
}

object! {
    Nestling {
        kind: "kind", required, [];
        name: "name", required, [];
        ring: "ring", optional, [];
        mother: "mother", patch, [];
    }
    additional_properties: typed [];
    new(name: impl Into<String>) { let kind = Kind::Human; };
}

#[test]
fn new_takes_what_is_required_and_not_fixed() {
    let nestling = Nestling::new("a");
    assert_eq!(serde_json::to_value(&nestling).unwrap(), json!({ "kind": "human", "name": "a" }));
    assert_eq!((nestling.ring, nestling.mother), (None, Patch::Absent));
}

#[test]
fn additional_properties_of_one_type_become_json() {
    let nestling: Nestling = decode::from_slice(br#"{"kind":"human","name":"a","x":1,"y":-2}"#).unwrap();
    let rest = convert::additional(nestling.additional_properties);
    assert_eq!(serde_json::to_value(rest).unwrap(), json!({ "x": 1, "y": -2 }));
}
