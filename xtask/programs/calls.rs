//! Decodes and encodes a page of connections with several crates' types, in turns, and prints what each takes as
//! a line of JSON: name, microseconds a round trip, allocations a round trip.

use std::alloc::System;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What one writes by hand, with nothing for what isn't declared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Page {
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connections: Option<Vec<Connection>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Connection {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    realms: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_domain_connection: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_as_button: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authentication: Option<Purpose>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connected_accounts: Option<Purpose>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Purpose {
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cross_app_access: Option<bool>,
}

/// A page of 100 connections with everything that a connection can have, and one property that the document
/// doesn't name.
fn page() -> Vec<u8> {
    let connections: Vec<Value> = (0..100)
        .map(|index| {
            let mut options = json!({
                "passwordPolicy": "good",
                "brute_force_protection": true,
                "import_mode": false,
                "disable_signup": false,
                "requires_username": true,
                "enabledDatabaseCustomization": false,
                "strategy_version": 2,
                "configuration": {"key": "value", "other": "1234567890"},
                "customScripts": {"login": "function login(email, password, callback) { callback(null); }"},
                "password_history": {"enable": true, "size": 5},
                "password_dictionary": {"enable": true, "dictionary": ["one", "two", "three"]},
                "password_no_personal_info": {"enable": true},
                "password_complexity_options": {"min_length": 12},
                "validation": {"username": {"min": 1, "max": 15}},
                "mfa": {"active": true, "return_enroll_settings": true},
                "non_persistent_attrs": ["ethnicity", "gender"],
                "set_user_root_attributes": "on_each_login",
                "upstream_params": {"screen_name": {"alias": "login_hint"}},
                "attributes": {"email": {"identifier": {"active": true}, "signup": {"status": "required"}}},
                "authentication_methods": {"password": {"enabled": true}, "passkey": {"enabled": false}},
            });
            for extra in 0..20 {
                options[format!("setting_{extra}")] = json!(format!("the value {extra} of connection {index}"));
            }
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

type Trip = fn(&[u8]) -> usize;

fn hand_written(bytes: &[u8]) -> usize {
    let page: Page = serde_json::from_slice(bytes).expect("a page");
    serde_json::to_vec(black_box(&page)).expect("JSON").len()
}

fn ours(bytes: &[u8]) -> usize {
    use auth0_connections::models::ListConnectionsResponseContent as Page;
    let page: Page = auth0_connections::runtime::decode::from_slice(bytes).expect("a page");
    assert!(matches!(page, Page::ListConnectionsOffsetPaginatedResponseContent(_)));
    serde_json::to_vec(black_box(&page)).expect("JSON").len()
}

#[cfg(feature = "ploidy")]
fn ploidy(bytes: &[u8]) -> usize {
    let page: client_ploidy::types::ListConnectionsResponseContent =
        serde_json::from_slice(bytes).expect("a page");
    serde_json::to_vec(black_box(&page)).expect("JSON").len()
}

#[cfg(feature = "openapi-generator")]
fn openapi_generator(bytes: &[u8]) -> usize {
    let page: client_openapi_generator::models::ListConnectionsResponseContent =
        serde_json::from_slice(bytes).expect("a page");
    serde_json::to_vec(black_box(&page)).expect("JSON").len()
}

fn update(_: &[u8]) -> usize {
    use auth0_connections::connections;
    let request = connections::update("con_0000000000000001")
        .display_name("Staff")
        .realms(vec!["acme.com".to_owned()])
        .show_as_button(true)
        .build()
        .expect("a request");
    black_box(request).uri().path().len()
}

fn main() {
    let page = page();
    let contenders: &[(&str, Trip, u32)] = &[
        ("hand-written", hand_written, 20),
        ("ours", ours, 20),
        #[cfg(feature = "ploidy")]
        ("ploidy", ploidy, 20),
        #[cfg(feature = "openapi-generator")]
        ("openapi-generator", openapi_generator, 20),
        ("update", update, 2000),
    ];
    // Nothing of the page is lost by ours.
    let kept: Value = {
        use auth0_connections::models::ListConnectionsResponseContent as Page;
        let typed: Page = auth0_connections::runtime::decode::from_slice(&page).expect("a page");
        serde_json::to_value(&typed).expect("JSON")
    };
    let whole: Value = serde_json::from_slice(&page).expect("JSON");
    assert_eq!(kept, whole);
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    for _ in 0..31 {
        for ((_, trip, count), times) in contenders.iter().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..*count {
                black_box(trip(black_box(&page)));
            }
            times.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(*count));
        }
    }
    for ((name, trip, _), mut times) in contenders.iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let region = Region::new(ALLOCATOR);
        black_box(trip(&page));
        let allocations = region.change().allocations + region.change().reallocations;
        println!("{}", json!({"name": name, "time": times[times.len() / 2], "allocations": allocations}));
    }
}
