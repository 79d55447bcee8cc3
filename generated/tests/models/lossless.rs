//! Whatever the server sends survives decoding and encoding, whether or not the document declares it.

use auth0_connections::models::{
    ConnectionIdentityProviderEnum, CreateConnectionRequestContent, GetConnectionResponseContent,
    UpdateConnectionRequestContent,
};
use serde_json::{Value, json};

fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(value: &Value) -> T {
    let decoded: T = serde_json::from_str(&value.to_string()).unwrap();
    assert_eq!(&serde_json::to_value(&decoded).unwrap(), value);
    decoded
}

#[test]
fn unknown_properties_at_every_depth() {
    round_trip::<GetConnectionResponseContent>(&json!({
        "name": "n",
        "brand_new": { "deep": [1, 2.5, null, { "er": true }] },
        "options": { "client_secret": "s", "scripts": { "a": ["b"] } },
        "authentication": { "active": true, "mode": "strict" },
        "connected_accounts": { "active": false, "more": [] },
    }));
    round_trip::<UpdateConnectionRequestContent>(&json!({
        "options": {
            "new_option": 1,
            "attributes": { "email": { "identifier": { "active": true, "x": { "y": 1 } }, "z": 2 }, "w": null },
            "password_complexity_options": { "min_length": 8, "max": 64 },
            "configuration": { "k": null, "l": "v" },
        }
    }));
}

#[test]
fn an_unknown_strategy_and_an_unknown_enum_value() {
    let decoded: CreateConnectionRequestContent = round_trip(
        &json!({ "name": "n", "strategy": "next-big-thing", "options": { "passwordPolicy": "superb" } }),
    );
    assert_eq!(decoded.strategy, ConnectionIdentityProviderEnum::Unknown("next-big-thing".to_owned()));
}

#[test]
fn a_conversion_keeps_options_it_does_not_know() {
    let options = json!({
        "client_secret": "s", "passwordPolicy": "superb", "import_mode": "not a boolean", "validation": null
    });
    let response: GetConnectionResponseContent = round_trip(&json!({ "name": "n", "options": options }));
    let request = UpdateConnectionRequestContent::from(response);
    assert_eq!(serde_json::to_value(&request).unwrap()["options"], options);
}

#[test]
fn secrets_are_not_printed() {
    let response: GetConnectionResponseContent = round_trip(
        &json!({ "name": "n", "options": { "client_secret": "hunter2", "deep": [{ "client_secret": "hunter2" }] } }),
    );
    let printed = format!("{response:?} {:#?}", UpdateConnectionRequestContent::from(response.clone()));
    assert!(!printed.contains("hunter2"), "{printed}");
    assert!(printed.contains("[redacted]"), "{printed}");
}
