//! Calls from code that isn't async:
//! `AUTH0_TOKEN=... cargo run --features blocking --example blocking -- acme.eu.auth0.com con_0000000000000001`

use std::error::Error;

use auth0_connections::runtime::blocking;
use auth0_connections::{Client, connections, servers};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tenant), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("give the tenant's host and the connection's id".into());
    };
    run(Client::new(servers::default(&tenant)?, std::env::var("AUTH0_TOKEN")?)?, &id)
}

/// `wait` blocks on any async call, such as a stream's next item.
pub fn run(client: Client, id: &str) -> Result<(), Box<dyn Error>> {
    let client = blocking::Client::new(client)?;
    let connection = connections::get(id).send_blocking(&client)?;
    println!("{:?}", connection.name);
    let mut items = client.wait(async |client| connections::clients::get(id).items(client));
    while let Some(enabled) = client.wait(|_| items.try_next())? {
        println!("{}", enabled.client_id);
    }
    Ok(())
}
