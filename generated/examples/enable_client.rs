//! Lets a client log users in through a connection:
//! `AUTH0_TOKEN=... cargo run --example enable_client -- acme.eu.auth0.com con_0000000000000001 CLIENT_ID`

use std::error::Error;

use auth0_connections::models::UpdateEnabledClientConnectionsRequestContentItem;
use auth0_connections::{Client, connections, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tenant), Some(id), Some(app)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("give the tenant's host, the connection's id and the client's id".into());
    };
    run(&Client::new(servers::default(&tenant)?, std::env::var("AUTH0_TOKEN")?)?, &id, &app).await
}

/// Other clients are unaffected.
pub async fn run(client: &Client, id: &str, app: &str) -> Result<(), Box<dyn Error>> {
    let enabled = UpdateEnabledClientConnectionsRequestContentItem::new(app, true);
    connections::clients::update(id, [enabled]).send(client).await?;
    println!("{app} is enabled");
    Ok(())
}
