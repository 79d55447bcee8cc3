//! What `docs/several-documents.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use corpus_several_documents::{Client, servers};

#[rustfmt::skip]
fn with_servers() -> Result<Client, Box<dyn std::error::Error>> {
    let client = Client::builder()
        .base_url("https://orders.test.example")
        .server(servers::billing_example_v2(), "https://billing.test.example")
        .build()?;
    Ok(client)
}
