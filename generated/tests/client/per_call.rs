//! Options that are set on an operation, and what comes back beside the value.

use std::time::Duration;

use auth0_connections::connections::{self, Create, Get};
use auth0_connections::models::{CreateConnectionResponseContent, GetConnectionResponseContent};
use auth0_connections::runtime::mock::Mock;
use auth0_connections::runtime::{RetryPolicy, blocking};

#[tokio::test]
async fn builders_and_shortcuts_take_options_of_one_call() {
    let mock = Mock::new();
    mock.on::<Get>().returns(GetConnectionResponseContent::default());
    mock.on::<Create>().returns(CreateConnectionResponseContent::default());
    let client = mock.client();
    let call = connections::get("con_1").fields("name").timeout(Duration::from_secs(5));
    call.retry(RetryPolicy::never()).header("x-trace", "t-1").send(&client).await.unwrap();
    let request = &mock.calls::<Get>()[0];
    assert_eq!(request.request().headers()["x-trace"], "t-1");
    let created = connections::create_samlp("staff").display_name("Staff").idempotency_key("k-1");
    let created = created.query_pair("dry", "1").respond(&client).await.unwrap();
    assert_eq!(created.status(), 201);
    let request = &mock.calls::<Create>()[0];
    assert_eq!(request.request().headers()["idempotency-key"], "k-1");
    assert_eq!(request.request().uri().query(), Some("dry=1"));
}

#[test]
fn builders_and_shortcuts_can_block() {
    let mock = Mock::new();
    mock.on::<Get>().returns(GetConnectionResponseContent::default());
    mock.on::<Create>().returns(CreateConnectionResponseContent::default());
    let client = blocking::Client::new(mock.client()).unwrap();
    connections::get("con_1").send_blocking(&client).unwrap();
    connections::create_samlp("staff").send_blocking(&client).unwrap();
    connections::get("con_1").header("x-trace", "t-1").send_blocking(&client).unwrap();
    assert_eq!(mock.calls::<Get>().len(), 2);
}
