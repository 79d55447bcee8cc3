//! Strategies whose family isn't compiled: whatever the enabled features, their options are preserved as raw
//! JSON.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

use auth0_connections::models::{
    ConnectionOptions, GetConnectionResponseContent, UpdateConnectionRequestContent,
};
use auth0_connections::runtime::Validate;
use serde_json::{Value, json};

/// Each strategy with its feature and whether that is enabled; `None` if the settings file is missing.
fn strategies() -> Option<Vec<(String, String, bool)>> {
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/settings.yaml");
    if !settings.exists() {
        eprintln!("skipped: {} isn't a part of the package", settings.display());
        return None;
    }
    let settings: Value = serde_yaml::from_str(&std::fs::read_to_string(settings).unwrap()).unwrap();
    let mut found = Vec::new();
    for family in settings["features"].as_array().unwrap() {
        let feature = family["feature"].as_str().unwrap();
        let on = match feature {
            "database" => cfg!(feature = "database"),
            "enterprise" => cfg!(feature = "enterprise"),
            "passwordless" => cfg!(feature = "passwordless"),
            "social" => cfg!(feature = "social"),
            other => panic!("{other} is new"),
        };
        let tags = family["alternatives"].as_array().unwrap().iter();
        found.extend(tags.map(|tag| (tag.as_str().unwrap().to_owned(), feature.to_owned(), on)));
    }
    Some(found)
}

#[test]
fn options_without_a_type_are_kept_and_say_which_feature_is_off() {
    let Some(strategies) = strategies() else { return };
    assert_eq!(strategies.len(), 55, "every strategy has a family");
    for (strategy, feature, on) in strategies {
        assert_eq!(ConnectionOptions::TAGS.contains(&strategy.as_str()), on, "{strategy}");
        let options = json!({ "client_id": "id", "client_secret": "hunter2", "unheard_of": [null, 1.5] });
        let typed = ConnectionOptions::typed(&strategy, options.clone());
        let value = json!({ "id": "con_1", "strategy": strategy, "options": options });
        let read: GetConnectionResponseContent = serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), value, "nothing is lost");
        assert!(!format!("{read:?}").contains("hunter2"), "{read:?}");
        if on {
            continue;
        }
        let reason = format!("the alternative {strategy:?} isn't compiled: that takes feature = {feature:?}");
        assert_eq!(typed.unwrap_err().to_string(), reason);
        let Some(ConnectionOptions::Unknown(untyped)) = &read.options else { panic!("{:?}", read.options) };
        assert_eq!(untyped.tag.as_ref(), Some(&strategy));
        assert_eq!(untyped.reason.as_ref().unwrap().to_string(), reason);
        let written = UpdateConnectionRequestContent::from(read);
        assert!(written.validate().is_ok());
        assert_eq!(serde_json::to_value(&written).unwrap()["options"], options);
    }
}
