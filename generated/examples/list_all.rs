//! Lists all connections of a tenant: `AUTH0_TOKEN=... cargo run --example list_all -- acme.eu.auth0.com`

use std::error::Error;

use auth0_connections::{Client, connections, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tenant = std::env::args().nth(1).ok_or("give the tenant's host")?;
    let count = run(&Client::new(servers::default(&tenant)?, std::env::var("AUTH0_TOKEN")?)?).await?;
    println!("{count} connections");
    Ok(())
}

/// Each page is requested once the items before it have been consumed.
pub async fn run(client: &Client) -> Result<usize, Box<dyn Error>> {
    let mut items = connections::list().fields("id,name,strategy").items(client);
    let mut count = 0;
    while let Some(connection) = items.try_next().await? {
        println!("{:?} {:?} {:?}", connection.id, connection.name, connection.strategy);
        count += 1;
    }
    Ok(count)
}
