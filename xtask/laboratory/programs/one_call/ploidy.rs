//! Calls the same operation with the client that ploidy makes.

use client_ploidy::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = format!("Bearer {}", std::env::var("AUTH0_TOKEN")?);
    let client = Client::new("https://acme.eu.auth0.com/api/v2")?.with_sensitive_header("authorization", token)?;
    let connection = client.get_connections_by_id("con_0000000000000001", &Default::default()).await?;
    println!("{:?}", connection.name);
    Ok(())
}
