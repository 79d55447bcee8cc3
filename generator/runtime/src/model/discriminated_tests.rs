use serde_json::{Value, json};

use crate::json::decode;
use crate::json::decode::{FromJson, Mode};
use crate::prelude::*;

#[derive(Clone, PartialEq)]
struct Alarm {
    settings: Option<Settings>,
    channel: String,
    additional_properties: JsonObject,
}

object! {
    Alarm {
        settings: "settings", optional, [];
        channel: "channel", required, [];
    }
    additional_properties: open [];
    rules: [];
    follows: [settings: "settings" by channel: "channel"];
}

#[derive(Clone, Debug, PartialEq)]
enum Settings {
    Mail(Box<Mail>),
    Sms(Box<Text>),
    SmsTest(Box<Text>),
    Letter(Box<Letter>),
    Unknown(Untyped),
}

discriminated_union! {
    Settings {
        Mail(Mail): "mail", [];
        Sms(Text): "sms", [];
        SmsTest(Text): "sms-test", [];
        Letter(Letter): "letter", [];
        // As if its feature were disabled.
        #[cfg(any())]
        Fax(Text): "fax", [];
    } Unknown
}

alternatives! {
    Settings boxed {
        Mail(Mail): is_mail, as_mail, into_mail, from;
        Letter(Letter): is_letter, as_letter, into_letter, from;
    }
}

#[derive(Clone, Default, PartialEq)]
struct Mail {
    to: Option<Vec<Receiver>>,
    client_secret: Option<Secret<String>>,
    additional_properties: JsonObject,
}

object! {
    Mail {
        to: "to", optional, [MaxItems(1)];
        client_secret: "client_secret", optional, [];
    }
    additional_properties: open [];
    rules: [];
}

#[derive(Clone, PartialEq)]
struct Letter {
    receiver: Receiver,
    additional_properties: JsonObject,
}

object! {
    Letter {
        receiver: "receiver", required, [];
    }
    additional_properties: open [];
    rules: [];
}

#[derive(Clone, PartialEq)]
struct Receiver {
    name: String,
    additional_properties: JsonObject,
}

object! {
    Receiver {
        name: "name", required, [];
    }
    additional_properties: open [];
    rules: [];
}

#[derive(Clone, Default, PartialEq)]
struct Text {
    number: Option<i64>,
    additional_properties: JsonObject,
}

object! {
    Text {
        number: "number", optional, [];
    }
    additional_properties: open [];
    rules: [];
}

/// Decodes from text and from a JSON value, with the same result, and encodes back to the same JSON.
fn alarm(value: &Value) -> Alarm {
    let direct: Alarm = decode::from_slice(value.to_string().as_bytes()).unwrap();
    assert_eq!(Alarm::from_json(value.clone(), Mode::Lenient).unwrap(), direct);
    assert_eq!(serde_json::to_value(&direct).unwrap(), *value);
    direct
}

fn untyped(alarm: &Alarm) -> &Untyped {
    match &alarm.settings {
        Some(Settings::Unknown(untyped)) => untyped,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_alternative_is_taken_whatever_the_order_of_properties() {
    let mail = json!({"settings": {"to": [{"name": "a"}], "extra": [1]}, "channel": "mail"});
    let Some(Settings::Mail(settings)) = alarm(&mail).settings else { panic!() };
    assert_eq!(settings.additional_properties["extra"], json!([1]));
    let test = json!({"channel": "sms-test", "settings": {"number": 1}});
    assert!(matches!(alarm(&test).settings, Some(Settings::SmsTest(_))));
    assert_eq!(alarm(&json!({"channel": "mail"})).settings, None);
}

#[test]
fn what_is_unknown_or_does_not_fit_is_kept_with_the_reason() {
    let unknown = alarm(&json!({"channel": "pigeon", "settings": {"name": "Rosi"}}));
    assert_eq!((untyped(&unknown).tag.as_deref(), &untyped(&unknown).reason), (Some("pigeon"), &None));
    let misfit = alarm(
        &json!({"channel": "letter", "settings": {"receiver": {"name": 1}, "client_secret": "hunter2"}}),
    );
    let reason = untyped(&misfit).reason.as_ref().unwrap();
    assert_eq!(reason.to_string(), "receiver.name: expected a string, got a number");
    assert!(!format!("{misfit:?}").contains("hunter2"));
    assert!(misfit.validate().is_ok(), "it is sent back unchanged");
    let number = alarm(&json!({"channel": "mail", "settings": 7}));
    assert_eq!(untyped(&number).reason.as_ref().unwrap().message, "expected an object, got a number");
}

#[test]
fn a_property_that_does_not_fit_leaves_the_others_typed() {
    let misfit =
        alarm(&json!({"settings": {"to": [{"name": 1}], "client_secret": "hunter2"}, "channel": "mail"}));
    let Some(Settings::Mail(mail)) = &misfit.settings else { panic!("{misfit:?}") };
    assert_eq!(mail.client_secret.clone().map(Secret::into_inner).as_deref(), Some("hunter2"));
    assert_eq!((&mail.to, &mail.additional_properties["to"]), (&None, &json!([{"name": 1}])));
    let told = misfit.validate().unwrap_err().to_string();
    assert!(told.contains("settings.to"), "{told}");
}

#[test]
fn without_its_feature_an_alternative_is_kept_and_says_so() {
    let value = json!({"settings": {"number": 1, "more": [null]}, "channel": "fax"});
    let fax = alarm(&value);
    let reason = "the alternative \"fax\" isn't compiled: that takes any()";
    assert_eq!(untyped(&fax).reason.as_ref().unwrap().to_string(), reason);
    assert_eq!(untyped(&fax).tag.as_deref(), Some("fax"));
    assert!(fax.validate().is_ok());
    assert_eq!(Settings::typed("fax", json!({"number": 1})).unwrap_err().to_string(), reason);
}

#[test]
fn values_are_typed_on_request_and_back() {
    assert_eq!(Settings::TAGS, ["mail", "sms", "sms-test", "letter"]);
    let typed = Settings::typed("sms", json!({"number": 1})).unwrap();
    assert_eq!((typed.tag(), typed.to_json().0), (Some("sms"), json!({"number": 1})));
    let error = Settings::typed("sms", json!({"number": "1"})).unwrap_err();
    assert_eq!(error.to_string(), "number: expected a 64-bit integer, got a string");
    assert!(Settings::typed("pigeon", json!({})).unwrap_err().message.contains("pigeon"));
    let raw = Settings::from(JsonObject::from_iter([("a", 1)]));
    assert_eq!((raw.tag(), raw.to_json().0), (None, json!({"a": 1})));
}

#[test]
fn an_alternative_that_the_tag_does_not_choose_is_told() {
    let mut alarm = alarm(&json!({"channel": "sms", "settings": {"number": 1}}));
    assert!(alarm.validate().is_ok());
    alarm.settings = Some(Mail::default().into());
    let violations = alarm.validate().unwrap_err();
    assert_eq!(
        violations.to_string(),
        "settings: has the form for \"mail\", which isn't what \"channel\" says"
    );
    alarm.settings = Some(Settings::raw(json!({"to": 1})));
    assert!(alarm.validate().is_ok());
}

#[test]
fn every_deserializer_gives_the_same() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Outer {
        #[serde(flatten)]
        alarm: Alarm,
    }
    for value in [
        json!({"settings": {"to": [{"name": "a"}], "extra": 1.5}, "channel": "mail"}),
        json!({"channel": "mail", "settings": {"to": [{"name": 1}]}}),
        json!({"channel": "pigeon", "settings": ["a\n\"b\""]}),
        json!({"channel": "mail", "settings": null}),
    ] {
        let text = value.to_string();
        let direct = alarm(&value);
        assert_eq!(serde_json::from_reader::<_, Alarm>(text.as_bytes()).unwrap(), direct);
        assert_eq!(serde_json::from_value::<Alarm>(value).unwrap(), direct);
        assert_eq!(serde_json::from_str::<Outer>(&text).unwrap(), Outer { alarm: direct });
    }
}

#[test]
fn of_settings_given_twice_the_last_count() {
    let read = |text: &str| decode::from_slice::<Alarm>(text.as_bytes()).unwrap().settings;
    let number = |number| Settings::Sms(Box::new(Text { number: Some(number), ..Text::default() }));
    let last = r#"{"settings":{"number":1},"channel":"mail","settings":{"number":2},"channel":"sms"}"#;
    assert_eq!(read(last), Some(number(2)));
    assert_eq!(
        read(r#"{"channel":"sms","settings":{"number":1},"settings":{"number":3.0}}"#),
        Some(number(3))
    );
    assert_eq!(
        read(r#"{"channel":"sms","settings":{"number":"1"},"settings":{"number":4}}"#),
        Some(number(4))
    );
    assert_eq!(read(r#"{"channel":"sms","settings":{"number":1},"settings":null}"#), None);
}

#[test]
fn of_tags_given_twice_the_last_counts() {
    let read = |text: &str| decode::from_slice::<Alarm>(text.as_bytes()).unwrap();
    let text = |tags: [&str; 2]| {
        format!(r#"{{"channel":"{}","settings":{{"number":1}},"channel":"{}"}}"#, tags[0], tags[1])
    };
    let number = Text { number: Some(1), ..Text::default() };
    assert_eq!(read(&text(["sms", "sms-test"])).settings, Some(Settings::SmsTest(Box::new(number))));
    assert!(matches!(read(&text(["sms", "mail"])).settings, Some(Settings::Mail(_))));
    assert_eq!(untyped(&read(&text(["sms", "pigeon"]))).tag.as_deref(), Some("pigeon"));
    assert!(matches!(read(&text(["pigeon", "sms"])).settings, Some(Settings::Sms(_))));
}

#[derive(Clone, Debug, PartialEq)]
enum Alarms {
    One(Alarm),
    Many(Vec<Alarm>),
    Unknown(Json),
}

untagged_union! {
    Alarms {
        One(Alarm): [];
        Many(Vec<Alarm>): [];
    } Unknown
}

#[test]
fn settings_that_do_not_fit_leave_the_rest_typed() {
    let misfit = json!({"channel": "mail", "settings": {"to": 1}});
    let fitting = json!({"channel": "sms", "settings": {"number": 1}});
    let read = |value: Value| decode::from_slice::<Alarms>(value.to_string().as_bytes()).unwrap();
    assert_eq!(read(misfit.clone()), Alarms::One(alarm(&misfit)));
    assert_eq!(
        read(json!([fitting, misfit, fitting])),
        Alarms::Many(vec![alarm(&fitting), alarm(&misfit), alarm(&fitting)])
    );
}

#[test]
fn settings_that_are_not_json_are_an_error_not_a_value() {
    for text in
        [r#"{"channel":"pigeon","settings":"\ud800"}"#, r#"{"channel":"sms","settings":{"number":1,}}"#]
    {
        assert!(
            decode::from_slice::<Alarm>(text.as_bytes()).unwrap_err().message.contains("not JSON"),
            "{text}"
        );
        assert!(serde_json::from_str::<Alarm>(text).is_err(), "{text}");
    }
    let deep = format!(r#"{{"channel":"sms","settings":{}}}"#, "[".repeat(100_000));
    assert!(decode::from_slice::<Alarm>(deep.as_bytes()).is_err());
}
