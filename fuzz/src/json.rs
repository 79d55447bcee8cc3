//! The reader and the writer of JSON, against `serde_json`.

use openapi_rust_runtime::decode::{self, from_slice};
use openapi_rust_runtime::encode::{to_value, to_vec};
use openapi_rust_runtime::{FromJson, Json, Number, ToJson};
use serde_json::Value;
use std::collections::BTreeMap;

use crate::assert_printable;

/// Our reader accepts what `serde_json` does, reads the same values and writes them without loss.
pub fn json(bytes: &[u8]) {
    let expected = serde_json::from_slice::<Value>(bytes);
    let found = from_slice::<Json>(bytes);
    match (&expected, &found) {
        (Ok(expected), Ok(found)) => {
            let written = to_vec(found).expect("what is read can be written");
            let again: Json = from_slice(&written).expect("what is written can be read");
            assert!(again == *found, "{found:?} became {again:?}");
            assert_eq!(to_vec(&again).expect("it can be written again"), written);
            // Numbers beyond an `f64` are null in a `Value`; all others agree with the reference.
            assert_eq!(to_value(found).expect("it is a value"), *expected);
        }
        // We keep numbers that no `f64` holds, which `serde_json` refuses.
        (Err(error), Ok(_)) => assert!(error.to_string().contains("out of range"), "accepted, but {error}"),
        // Both have limits of depth of their own.
        (Ok(_), Err(error)) => panic!("refused: {error}"),
        (Err(_), Err(error)) => {
            assert!(!error.to_string().is_empty());
            assert_printable(&error.to_string());
        }
    }
    typed::<Number>(bytes, expected.is_ok());
    typed::<i32>(bytes, expected.is_ok());
    typed::<i64>(bytes, expected.is_ok());
    typed::<u64>(bytes, expected.is_ok());
    typed::<String>(bytes, expected.is_ok());
    typed::<Vec<Option<Number>>>(bytes, expected.is_ok());
    typed::<BTreeMap<String, Option<i64>>>(bytes, expected.is_ok());
    if let (Ok(text), Ok(expected)) = (decode::from_slice::<String>(bytes), &expected) {
        assert_eq!(Some(&*text), expected.as_str());
    }
}

/// What is read as a type can be written and read again. What isn't JSON isn't read.
fn typed<T: FromJson + ToJson + PartialEq + std::fmt::Debug>(bytes: &[u8], is_json: bool) {
    let Ok(value) = from_slice::<T>(bytes) else { return };
    let written = to_vec(&value).expect("what is read can be written");
    assert_eq!(from_slice::<T>(&written).expect("what is written can be read"), value);
    // Out of the range of an `f64` is no error for types that keep digits.
    if !is_json {
        let error = serde_json::from_slice::<Value>(bytes).expect_err("it isn't JSON for the reference");
        assert!(error.to_string().contains("out of range"), "read, but {error}");
    }
}
