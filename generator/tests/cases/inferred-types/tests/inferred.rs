//! Values of other types than the one that a schema's keywords are for.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_inferred_types::models::{Lid, Parcel, ParcelEither};
use corpus_inferred_types::operations;
use corpus_inferred_types::runtime::{FromJson, Inferred, Mode, Validate, encode};
use serde_json::{Value, json};

fn kept(value: Value) -> Parcel {
    let read = Parcel::from_json(value.clone(), Mode::Lenient).unwrap();
    assert_eq!(read.validate(), Ok(()), "{value}");
    assert_eq!(encode::to_value(&read).unwrap(), value);
    read
}

#[test]
fn other_values_are_preserved_in_every_position() {
    let read = kept(json!({
        "lid": 1, "sizes": "many", "spare": null, "lids": { "a": { "color": "red" }, "b": [2] }, "inner": false,
        "either": "none",
    }));
    assert_eq!(read.lid, Inferred::Other(1.into()));
    assert_eq!(read.spare, Some(Inferred::Other(Value::Null.into())));
    assert_eq!(read.lids.unwrap()["a"].expected().unwrap().color, "red");
    assert_eq!(read.either, Some(ParcelEither::String("none".to_owned())));
    let read = kept(json!({ "lid": { "color": "red" }, "sizes": [1], "inner": { "lid": {"color": "blue" }, "sizes": [] } }));
    assert_eq!(read.inner.unwrap().expected().unwrap().lid.expected().unwrap().color, "blue");
}

#[test]
fn what_is_expected_is_checked_and_needs_no_wrapping() {
    let sent = Parcel::new(Lid::new("red"), vec![1, 2]).spare(Lid::new("blue")).inner(Parcel::new(Lid::new("red"), vec![]));
    assert_eq!(sent.validate(), Ok(()));
    assert!(operations::send_parcel(sent.lid, sent.sizes).build().is_ok());
    assert!(Parcel::new(Lid::new("red"), vec![1, 2, 3, 4]).validate().is_err());
    assert!(Parcel::from_json(json!({ "lid": {}, "sizes": [] }), Mode::Lenient).is_err());
}
