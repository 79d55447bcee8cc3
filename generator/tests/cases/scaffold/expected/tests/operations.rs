//! Calls each operation with the document's examples, or with values made up from its types where it has none.
#![cfg(feature = "test-util")]
#![allow(deprecated)]

use std::error::Error;

use corpus_scaffold::runtime::mock::{Mock, json, raw};
use corpus_scaffold::{Client, models};

/// A mock of the service, and a client that calls it. Made-up values can break the document's constraints, so the client
/// doesn't check them.
fn client() -> Result<(Mock, Client), Box<dyn Error>> {
    let mock = Mock::new();
    let client = mock.builder().validate(false).build()?;
    Ok((mock, client))
}

/// `POST /boats`
#[tokio::test]
async fn boats_add() -> Result<(), Box<dyn Error>> {
    const BODY: &str = r#"{
  "name": "Gudrun",
  "rig": "sloop",
  "length": 7.5
}"#;
    const RESPONSE: &str = r#"{
  "id": "b_7",
  "name": "name",
  "position": [
    54.3,
    10.1
  ]
}"#;
    let body: models::NewBoat = serde_json::from_str(BODY)?;
    let request = corpus_scaffold::boats::add(body.name.clone());
    let request = request.body(body);
    let (mock, client) = client()?;
    let expected: serde_json::Value = serde_json::from_str(RESPONSE)?;
    mock.expect(&request)?.responds(json(201, &expected));
    let output = request.send(&client).await?;
    let corpus_scaffold::boats::AddOutput::Created(output) = output else {
        panic!("another success: {output:?}");
    };
    assert_eq!(serde_json::to_value(&output)?, expected);
    mock.verify()?;
    Ok(())
}

/// `GET /boats/{id}`
#[tokio::test]
async fn boats_get() -> Result<(), Box<dyn Error>> {
    const RESPONSE: &str = r#"{
  "id": "b_7",
  "name": "name",
  "position": [
    54.3,
    10.1
  ]
}"#;
    let request = corpus_scaffold::boats::get("b_7");
    let (mock, client) = client()?;
    let expected: serde_json::Value = serde_json::from_str(RESPONSE)?;
    mock.expect(&request)?.responds(json(200, &expected));
    let output = request.send(&client).await?;
    assert_eq!(serde_json::to_value(&output)?, expected);
    mock.verify()?;
    Ok(())
}

/// `GET /boats`
#[tokio::test]
async fn boats_list() -> Result<(), Box<dyn Error>> {
    const RESPONSE: &str = r##"[
  {
    "id": "b_1",
    "name": "Anna \"#1\"",
    "rig": "sloop",
    "position": [
      54.3,
      10.1
    ]
  },
  {
    "id": "b_2",
    "name": "Berta",
    "flag": "dk"
  }
]"##;
    let request = corpus_scaffold::boats::list(models::Rig::Ketch, 2);
    let (mock, client) = client()?;
    let expected: serde_json::Value = serde_json::from_str(RESPONSE)?;
    mock.expect(&request)?.responds(json(200, &expected));
    let output = request.send(&client).await?;
    assert_eq!(serde_json::to_value(&output)?, expected);
    mock.verify()?;
    Ok(())
}

/// `GET /boats/{id}/log`
#[tokio::test]
async fn boats_log() -> Result<(), Box<dyn Error>> {
    let request = corpus_scaffold::boats::log("id");
    let (mock, client) = client()?;
    mock.expect(&request)?
        .responds(raw(200, "Calm.\n\"No\" wind."));
    let output = request.send(&client).await?;
    assert_eq!(output, "Calm.\n\"No\" wind.");
    mock.verify()?;
    Ok(())
}

/// `GET /boats/{id}/picture`
#[tokio::test]
async fn boats_picture() -> Result<(), Box<dyn Error>> {
    let request = corpus_scaffold::boats::picture("id");
    let (mock, client) = client()?;
    mock.expect(&request)?.responds(raw(200, "content"));
    let output = request.send(&client).await?;
    assert_eq!(output, "content");
    mock.verify()?;
    Ok(())
}

/// `PUT /boats/{id}`
#[tokio::test]
async fn boats_replace() -> Result<(), Box<dyn Error>> {
    const BODY: &str = r#"{
  "id": "b_7",
  "name": "name",
  "position": [
    54.3,
    10.1
  ]
}"#;
    let body: models::Boat = serde_json::from_str(BODY)?;
    let request = corpus_scaffold::boats::replace("b_7", body.id.clone(), body.name.clone());
    let request = request.body(body);
    let (mock, client) = client()?;
    mock.expect(&request)?.responds(raw(204, ""));
    request.send(&client).await?;
    mock.verify()?;
    Ok(())
}

/// `DELETE /boats/{id}`
#[tokio::test]
async fn boats_sink() -> Result<(), Box<dyn Error>> {
    let request = corpus_scaffold::boats::sink("b_7");
    let (mock, client) = client()?;
    mock.expect(&request)?.responds(raw(204, ""));
    request.send(&client).await?;
    mock.verify()?;
    Ok(())
}
