//! What `{:?}` prints says what it is, and where there are several which one.

use std::time::Duration;

use openapi_rust_runtime::{AccessToken, Body, CallOptions, ClientCredentials, ResponseBody, blocking};

use super::operations::Client;

#[test]
fn what_is_printed_says_what_it_is() {
    let client = || Client::builder().base_url("https://api.test/v1").build().unwrap();
    let options = CallOptions::new().timeout(Duration::from_secs(7));
    let items = blocking::Client::new(client()).unwrap().iter(|_| futures_util::stream::iter(["an item"]));
    let printed = [
        (format!("{items:?}"), &["Iter", "an item"][..]),
        (format!("{:?}", client()), &["Client", "https://api.test/v1"][..]),
        (format!("{:?}", blocking::Client::new(client()).unwrap()), &["Client", "https://api.test/v1"]),
        (format!("{:?}", Client::builder()), &["ClientBuilder"]),
        (format!("{options:?}"), &["CallOptions", "7s"]),
        (format!("{:?}", ClientCredentials::new("me", "secret")), &["ClientCredentials", "me"]),
        (format!("{:?}", AccessToken::new("secret", None)), &["AccessToken", "[redacted]"]),
        (format!("{:?}", Body::from("secret")), &["Body", "6 bytes"]),
        (format!("{:?}", ResponseBody::from("secret")), &["ResponseBody"]),
    ];
    for (text, parts) in printed {
        assert!(parts.iter().all(|part| text.contains(part)) && !text.contains("secret"), "{text}");
    }
}
