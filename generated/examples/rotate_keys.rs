//! Rotates the keys of a connection:
//! `AUTH0_TOKEN=... cargo run --example rotate_keys -- acme.eu.auth0.com con_0000000000000001`

use std::error::Error;

use auth0_connections::connections::keys::{self, RotateError};
use auth0_connections::{Client, runtime, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tenant), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("give the tenant's host and the connection's id".into());
    };
    run(&Client::new(servers::default(&tenant)?, std::env::var("AUTH0_TOKEN")?)?, &id).await
}

/// Failures are typed by status.
pub async fn run(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    match keys::rotate(id).send(client).await {
        Ok(key) => println!("the next key is {}", key.kid),
        Err(runtime::Error::Api(RotateError::NotFound(_))) => println!("there is no such connection"),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
