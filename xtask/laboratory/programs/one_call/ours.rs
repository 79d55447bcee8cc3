//! Calls one operation with our client.

use auth0_connections::{Client, connections, servers};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(servers::default("acme.eu.auth0.com")?, std::env::var("AUTH0_TOKEN")?)?;
    let connection = connections::get("con_0000000000000001").send(&client).await?;
    println!("{:?}", connection.name);
    Ok(())
}
