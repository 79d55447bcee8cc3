//! Decodes and encodes a page of connections with several crates' types, in turns, and prints what each takes as
//! a line of JSON: name and microseconds a round trip, or with `counting`, which takes time itself, allocations.

use std::alloc::System;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

mod page;

use page::page;

#[cfg_attr(feature = "counting", global_allocator)]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What one writes by hand for this page: typed as the document has it, and what isn't declared is dropped.
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
    options: Option<Options>,
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

/// Options of a database, the strategy that the page is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Options {
    #[serde(rename = "passwordPolicy")]
    #[serde(skip_serializing_if = "Option::is_none")]
    password_policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    brute_force_protection: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    import_mode: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disable_signup: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requires_username: Option<bool>,
    #[serde(rename = "enabledDatabaseCustomization")]
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled_database_customization: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disable_self_service_change_password: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enable_script_context: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    realm_fallback: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    configuration: Option<BTreeMap<String, String>>,
    #[serde(rename = "customScripts")]
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_scripts: Option<Scripts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_history: Option<History>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_dictionary: Option<Dictionary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_no_personal_info: Option<Enable>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_complexity_options: Option<Complexity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    validation: Option<Validation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mfa: Option<Mfa>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passkey_options: Option<PasskeyOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precedence: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    non_persistent_attrs: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<Attributes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authentication_methods: Option<Methods>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Scripts {
    #[serde(skip_serializing_if = "Option::is_none")]
    login: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    get_user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_password: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verify: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    create: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_phone_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct History {
    enable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Dictionary {
    enable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    dictionary: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Enable {
    enable: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Complexity {
    #[serde(skip_serializing_if = "Option::is_none")]
    min_length: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Validation {
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<Length>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Length {
    min: i64,
    max: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Mfa {
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_enroll_settings: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct PasskeyOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge_ui: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progressive_enrollment_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_enrollment_enabled: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Attributes {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<Attribute>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<Attribute>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<Attribute>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Attribute {
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signup: Option<Signup>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Identifier {
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Signup {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Methods {
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passkey: Option<Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_otp: Option<Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_otp: Option<Method>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Method {
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
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
    auth0_connections::runtime::encode::to_vec(black_box(&page)).expect("JSON").len()
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
    // Everything has a type in ours, and nothing of the page is lost.
    let kept: Value = {
        use auth0_connections::models::{ConnectionOptions, ListConnectionsResponseContent as Page};
        let typed: Page = auth0_connections::runtime::decode::from_slice(&page).expect("a page");
        let Page::ListConnectionsOffsetPaginatedResponseContent(offset) = &typed else { panic!("another page") };
        let mut options = offset.connections.iter().flatten().map(|connection| &connection.options);
        assert!(options.all(|options| matches!(options, Some(ConnectionOptions::Auth0(_)))));
        serde_json::to_value(&typed).expect("JSON")
    };
    let whole: Value = serde_json::from_slice(&page).expect("JSON");
    assert_eq!(kept, whole);
    if cfg!(feature = "counting") {
        for (name, trip, _) in contenders {
            // What is made once was made before.
            black_box(trip(&page));
            let region = Region::new(ALLOCATOR);
            black_box(trip(&page));
            let allocations = region.change().allocations + region.change().reallocations;
            println!("{}", json!({"name": name, "allocations": allocations}));
        }
        return;
    }
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
    for ((name, ..), mut times) in contenders.iter().zip(times) {
        times.sort_by(f64::total_cmp);
        println!("{}", json!({"name": name, "time": times[times.len() / 2]}));
    }
}
