//! What the functions for one alternative take.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use std::collections::BTreeMap;

use corpus_discriminated_by::alarms;
use corpus_discriminated_by::models::{Alarm, Mail, NewAlarm};
use serde_json::{Value, json};

fn body(request: Result<http::Request<corpus_discriminated_by::runtime::Body>, impl std::fmt::Debug>) -> Value {
    serde_json::from_slice(request.unwrap().body().as_bytes().unwrap()).unwrap()
}

#[test]
fn required_lists_and_maps_are_made_from_any_iterator() {
    let expected = json!({"title": "Fire", "channel": "mail", "recipients": ["a", "b"], "labels": {"floor": "2"}});
    let sent = alarms::create_mail("Fire", ["a", "b"], [("floor", "2")]).build();
    assert_eq!(body(sent), expected);
    let names = "a b";
    let labels = BTreeMap::from([("floor".to_owned(), "2".to_owned())]);
    let sent = alarms::create_mail("Fire", names.split(' '), labels.clone()).build();
    assert_eq!(body(sent), expected);
    let sent = alarms::create("Fire", vec!["a".to_owned(), "b".to_owned()], labels, "mail").build();
    assert_eq!(body(sent), expected);
    let new = NewAlarm::new("Fire", Vec::new(), BTreeMap::new(), "mail");
    assert!(new.recipients.is_empty() && new.labels.is_empty());
    let new = NewAlarm::new("Fire", [], [], "mail");
    assert!(new.recipients.is_empty() && new.labels.is_empty());
}

#[test]
fn what_only_responses_hold_is_made_in_one_expression() {
    let alarm = Alarm::new("7", "mail").fallback_channel("pigeon").settings(Mail::new(["a@b"]));
    assert_eq!(alarm.id, "7");
    assert!(alarm.settings.is_some() && alarm.fallback_channel.value().is_some());
}
