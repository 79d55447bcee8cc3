//! Authenticates as an application, with tokens that are fetched when they are needed:
//! `AUTH0_CLIENT_ID=... AUTH0_CLIENT_SECRET=... cargo run --example client_credentials -- acme.eu.auth0.com`

use std::error::Error;

use auth0_connections::runtime::ClientCredentials;
use auth0_connections::{Client, connections, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tenant = std::env::args().nth(1).ok_or("give the tenant's host")?;
    let credentials =
        ClientCredentials::new(std::env::var("AUTH0_CLIENT_ID")?, std::env::var("AUTH0_CLIENT_SECRET")?);
    run(&servers::default(&tenant)?, credentials).await
}

/// The token is cached until shortly before it expires, and fetched once however many calls wait for it.
pub async fn run(base_url: &str, credentials: ClientCredentials) -> Result<(), Box<dyn Error>> {
    let client = Client::builder().base_url(base_url).client_credentials(credentials).build()?;
    let mut pages = connections::list().take(1).pages(&client);
    let first = pages.try_next().await?;
    println!("{}", if first.is_some_and(|page| !page.items.is_empty()) { "some" } else { "none" });
    Ok(())
}
