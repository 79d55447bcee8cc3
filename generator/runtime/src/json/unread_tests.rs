//! Objects whose members are kept as text are as those whose members are values.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use serde_json::{Map, Value};

use super::decode::from_slice;
use super::value::JsonObject;
use super::writer::to_vec;

const TEXTS: &[&str] = &[
    "{}",
    r#"{"a":1}"#,
    r#"{"a":{"b":[1.50,1E5,{"c":12345678901234567890123}]},"d":-0,"e":null,"f":[],"g":{}}"#,
    r#"{"é":"ü  ","token":"x","{,:":"[}"}"#,
    r#"{"a":"\u0041\n","b":2}"#,
    r#"{"b":2,"a":"\\"}"#,
    r#"{"\"":1,"b":"c"}"#,
];

fn read(text: &str) -> JsonObject {
    from_slice(text.as_bytes()).unwrap()
}

fn written(object: &JsonObject) -> String {
    String::from_utf8(to_vec(object).unwrap()).unwrap()
}

fn hashed(object: &JsonObject) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(object)
}

/// The same, of which somebody has changed a value.
fn changed(text: &str) -> JsonObject {
    let mut object = read(text);
    object.insert("new".to_owned(), 1.into());
    object.shift_remove("new");
    object
}

#[test]
fn they_are_equal_and_show_and_write_the_same() {
    for text in TEXTS {
        let (unread, asked, changed) = (read(text), read(text), changed(text));
        let count = asked.len();
        assert_eq!(written(&unread), text.replace("\\u0041", "A"), "{text}");
        assert_eq!(unread.unread().is_some(), !text.contains('\\') && count > 0, "{text}");
        for other in [&asked, &changed, &unread.clone(), &asked.clone()] {
            assert_eq!(written(&unread), written(other), "{text}");
            assert_eq!(&read(text), other, "{text}");
            assert_eq!(other, &read(text), "{text}");
            assert_eq!(hashed(&unread), hashed(other), "{text}");
            assert_eq!(format!("{unread:?}"), format!("{other:?}"), "{text}");
            assert_eq!(Map::from(other.clone()), serde_json::from_str::<Map<String, Value>>(text).unwrap());
        }
        assert!(!format!("{unread:?}").contains("\"x\""), "{unread:?}");
    }
}

#[test]
fn whitespace_between_tokens_is_left_out() {
    let spaced = " { \"a\" : [ 1 ,\n \"b  c\" ] ,\r\n\t\"d\" : { } } ";
    assert_eq!(written(&read(spaced)), r#"{"a":[1,"b  c"],"d":{}}"#);
    assert_eq!(read(spaced), read(r#"{"d":{},"a":[1,"b  c"]}"#));
}

#[test]
fn the_last_of_several_members_with_one_name_counts() {
    let mut object = read(r#"{"a":1,"b":{"c":1,"c":2},"a":3}"#);
    assert_eq!(object, read(r#"{"a":3,"b":{"c":2}}"#));
    assert_eq!(object.get("a"), Some(&3.into()));
    object.insert("d".to_owned(), Value::Null);
    assert_eq!(written(&object), r#"{"a":3,"b":{"c":2},"d":null}"#);
}

#[test]
fn members_are_added_and_removed_as_in_a_map() {
    let mut object = read(r#"{"a":1.50,"b":2}"#);
    object.put("c".to_owned(), from_slice(b"2.50").unwrap());
    assert_eq!(written(&object), r#"{"a":1.50,"b":2,"c":2.50}"#);
    object.insert("a".to_owned(), 1.into());
    object.shift_remove("b");
    assert_eq!(written(&object), r#"{"a":1,"c":2.50}"#);
    assert_ne!(object, read(r#"{"a":1,"c":2.51}"#));
}

#[test]
fn text_that_is_not_json_is_refused_wherever_it_is() {
    for text in
        [r#"{"a":}"#, r#"{"a":[1,]}"#, "{\"a\":\"\n\"}", r#"{"a":01}"#, r#"{"a":{"b" 1}}"#, r#"{"a":tru}"#]
    {
        assert!(from_slice::<JsonObject>(text.as_bytes()).is_err(), "{text}");
    }
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(128), "]".repeat(128));
    assert!(from_slice::<JsonObject>(deep.as_bytes()).is_err());
}

mod in_models {
    use crate::prelude::*;
    use crate::runtime::{decode, encode};

    #[derive(Clone, Default, PartialEq)]
    struct Pet {
        name: Option<String>,
        additional_properties: JsonObject,
    }

    object! {
        Pet { name: "name", optional, []; }
        additional_properties: open [];
        rules: [MaxProperties(2)];
    }

    #[derive(Clone, Default, PartialEq)]
    struct Home {
        city: Option<String>,
        additional_properties: JsonObject,
    }

    object! {
        Home { city: "city", optional, []; }
        additional_properties: open [];
    }

    fn written(pet: &Pet) -> String {
        String::from_utf8(encode::to_vec(pet).unwrap()).unwrap()
    }

    /// Properties of one type that became those of another.
    fn moved(text: &str) -> Pet {
        let home: Home = decode::from_slice(text.as_bytes()).unwrap();
        Pet { name: None, additional_properties: home.additional_properties }
    }

    #[test]
    fn a_declared_property_counts_instead_of_an_unread_one() {
        let mut pet = moved(r#"{"a":1,"name":"Rex","b":[{"name":2}]}"#);
        assert_eq!(written(&pet), r#"{"a":1,"name":"Rex","b":[{"name":2}]}"#);
        pet.name = Some("Max".to_owned());
        assert_eq!(written(&pet), r#"{"name":"Max","a":1,"b":[{"name":2}]}"#);
        assert!(pet.additional_properties.unread().is_some());
    }

    #[test]
    fn unread_properties_are_counted_and_checked() {
        let violations = |pet: &Pet| {
            let violations = pet.validate().err().into_iter().flat_map(|error| error.0);
            violations.map(|violation| format!("{violation:?}")).collect::<Vec<_>>()
        };
        assert_eq!(violations(&moved(r#"{"a":1,"b":2}"#)), [""; 0]);
        assert_eq!(violations(&moved(r#"{"a":1,"b":2,"a":3}"#)), [""; 0]);
        assert_eq!(violations(&moved(r#"{"a":1,"b":2,"c":3}"#)).len(), 1);
        // The field could hold it.
        assert!(violations(&moved(r#"{"name":"Rex"}"#))[0].contains("name"), "what is misplaced");
        assert!(violations(&moved(r#"{"name":1}"#))[0].contains("name"), "what doesn't fit");
    }
}
