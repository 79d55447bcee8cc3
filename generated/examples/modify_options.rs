//! Changes one option and preserves all others:
//! `AUTH0_TOKEN=... cargo run --example modify_options -- acme.eu.auth0.com con_0000000000000001`

use std::error::Error;

use auth0_connections::models::ConnectionOptions;
use auth0_connections::runtime::Patch;
use auth0_connections::{Client, connections, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tenant), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("give the tenant's host and the connection's id".into());
    };
    run(&Client::new(servers::default(&tenant)?, std::env::var("AUTH0_TOKEN")?)?, &id).await
}

/// The service replaces options as a whole, so `modify` reads them all and writes them all back.
pub async fn run(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    let change = connections::modify(id, |connection| {
        // The available options depend on the strategy. Without this error, options of another strategy, or of a form that
        // isn't known, would look as if there were nothing to do.
        let Patch::Value(ConnectionOptions::Auth0(options)) = &mut connection.options else {
            return Err("it has no options of a database");
        };
        options.disable_signup = Some(true);
        Ok(())
    });
    let planned = change.plan(client).await?;
    println!("{planned}");
    match planned.send(client).await? {
        Some(_) => println!("changed"),
        None => println!("it was so already"),
    }
    Ok(())
}
