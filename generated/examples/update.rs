//! Updates a connection: `AUTH0_TOKEN=... cargo run --example update -- acme.eu.auth0.com con_0000000000000001`

use std::error::Error;

use auth0_connections::{Client, connections, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tenant), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("give the tenant's host and the connection's id".into());
    };
    run(&Client::new(servers::default(&tenant)?, std::env::var("AUTH0_TOKEN")?)?, &id).await
}

/// Changes two properties; properties that aren't set remain unchanged.
pub async fn run(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    let updated = connections::update(id).display_name("Staff").realms(["acme.com"]).send(client).await?;
    println!("{:?} {:?}", updated.name, updated.realms);
    Ok(())
}
