//! What the README of a new crate shows compiles. `generated/tests/documentation/` compares it with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

#[rustfmt::skip]
mod readme {
    use corpus_scaffold::{Client, boats, servers};

    #[tokio::main]
    async fn main() -> Result<(), Box<dyn std::error::Error>> {
        let client = Client::builder()
            .base_url(servers::default("kiel")?)
            .bearer_token(std::env::var("CORPUS_SCAFFOLD_TOKEN")?)
            .build()?;
        let output = boats::get("id").send(&client).await?;
        println!("{output:?}");
        Ok(())
    }
}
