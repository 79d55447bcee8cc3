//! What programs decode and encode.

use serde_json::{Value, json};

/// A page of 100 connections with everything that a connection can have. Each connection, and its options, have one
/// property that the document doesn't name.
pub fn page() -> Vec<u8> {
    let connections: Vec<Value> = (0..100)
        .map(|index| {
            let options = json!({
                "passwordPolicy": "good",
                "brute_force_protection": true,
                "import_mode": false,
                "disable_signup": false,
                "requires_username": true,
                "enabledDatabaseCustomization": false,
                "disable_self_service_change_password": false,
                "enable_script_context": true,
                "realm_fallback": false,
                "configuration": {"key": "value", "other": "1234567890"},
                "customScripts": {
                    "login": "function login(email, password, callback) { callback(null); }",
                    "get_user": "function getUser(email, callback) { callback(null); }",
                },
                "password_history": {"enable": true, "size": 5},
                "password_dictionary": {"enable": true, "dictionary": ["one", "two", "three"]},
                "password_no_personal_info": {"enable": true},
                "password_complexity_options": {"min_length": 12},
                "validation": {"username": {"min": 1, "max": 15}},
                "mfa": {"active": true, "return_enroll_settings": true},
                "passkey_options": {"challenge_ui": "both", "local_enrollment_enabled": true},
                "precedence": ["email", "phone_number", "username"],
                "non_persistent_attrs": ["ethnicity", "gender"],
                "attributes": {
                    "email": {"identifier": {"active": true}, "signup": {"status": "required"}},
                    "username": {"identifier": {"active": true}, "profile_required": true},
                },
                "authentication_methods": {"password": {"enabled": true}, "passkey": {"enabled": false}},
                "not_declared": format!("the value of connection {index}"),
            });
            json!({
                "id": format!("con_{index:016}"),
                "name": format!("connection-{index}"),
                "display_name": format!("Connection {index}"),
                "strategy": "auth0",
                "realms": [format!("connection-{index}"), "example.com"],
                "is_domain_connection": false,
                "show_as_button": true,
                "metadata": {"tier": "gold", "region": "eu"},
                "authentication": {"active": true},
                "connected_accounts": {"active": false},
                "options": options,
                "not_declared": {"kept": ["as", "it", "came"]},
            })
        })
        .collect();
    json!({"start": 0, "limit": 100, "total": 100, "connections": connections}).to_string().into_bytes()
}
