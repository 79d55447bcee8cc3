//! One error for several operations.

use auth0_connections::connections::{self, DeleteError, GetError};
use auth0_connections::runtime::mock::Mock;
use auth0_connections::{Client, Error};

async fn delete(client: &Client, id: &str) -> Result<Option<String>, Error> {
    let connection = connections::get(id).send(client).await?;
    let mut others = connections::list().items(client);
    others.try_next().await?;
    connections::delete(id).send(client).await?;
    Ok(connection.name)
}

#[tokio::test]
async fn functions_of_several_operations_have_one_error() {
    let mock = Mock::new();
    let client: Client = mock.client();
    let gone = http::Response::builder().status(404).body(r#"{"message":"gone"}"#.into()).unwrap();
    mock.on::<connections::Get>().responds(gone);
    let error = delete(&client, "con_1").await.unwrap_err();
    assert_eq!(error.to_string(), "GET /connections/{id}: 404 Not Found: gone");
    assert_eq!(error.status(), Some(http::StatusCode::NOT_FOUND));
    assert!(matches!(error.failure::<GetError>(), Some(GetError::NotFound(_))), "{error:?}");
    assert!(error.failure::<DeleteError>().is_none());
}
