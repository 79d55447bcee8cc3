//! The Rust of `docs/coming-from-node-and-go.md`.
#![allow(unused_variables, reason = "as the page shows it")]

use std::time::Duration;

use auth0_connections::models::{
    ConnectionOptions, ConnectionOptionsAuth0, UpdateEnabledClientConnectionsRequestContentItem,
};
use auth0_connections::runtime::{CallOptions, ClientCredentials, RetryPolicy};
use auth0_connections::{Client, connections, servers};
use http::StatusCode;

type Done = Result<(), Box<dyn std::error::Error>>;

fn with_a_token(token: String) -> Done {
    let client = Client::new(servers::default("acme.eu.auth0.com")?, token)?;
    Ok(())
}

fn with_credentials(client_id: &str, client_secret: &str) -> Done {
    let client = Client::builder()
        .base_url(servers::default("acme.eu.auth0.com")?)
        .client_credentials(ClientCredentials::new(client_id, client_secret))
        .build()?;
    Ok(())
}

async fn one(client: Client, id: &str) -> Done {
    let connection = connections::get(id).send(&client).await?;
    println!("{:?}", connection.name);
    Ok(())
}

async fn all(client: Client) -> Done {
    let mut all = connections::list().items(&client);
    while let Some(connection) = all.try_next().await? {
        println!("{:?}", connection.name);
    }
    Ok(())
}

async fn created(client: Client) -> Done {
    connections::create_auth0("staff")
        .options(ConnectionOptionsAuth0::default().disable_signup(true))
        .send(&client)
        .await?;
    Ok(())
}

async fn changed(client: Client, id: &str) -> Done {
    connections::update(id).display_name("Staff").send(&client).await?;
    Ok(())
}

async fn modified(client: Client, id: &str) -> Done {
    connections::modify(id, |connection| {
        if let Some(ConnectionOptions::Auth0(options)) = connection.options.value_mut() {
            options.disable_signup = Some(true);
        }
    })
    .send(&client)
    .await?;
    Ok(())
}

async fn enabled(client: Client, id: &str, app: &str) -> Done {
    let enabled = UpdateEnabledClientConnectionsRequestContentItem::new(app, true);
    connections::clients::update(id, [enabled]).send(&client).await?;
    Ok(())
}

async fn deleted(client: Client, id: &str) -> Done {
    match connections::delete(id).send(&client).await {
        Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => {}
        other => other?,
    }
    Ok(())
}

async fn hasty(client: Client, id: &str) -> Done {
    let hasty = client.with(CallOptions::new().timeout(Duration::from_secs(5)).retry(RetryPolicy::never()));
    let connection = connections::get(id).send(&hasty).await?;
    Ok(())
}
