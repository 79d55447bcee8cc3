//! What `docs/client.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use std::time::Duration;

use corpus_long_running::{Client, create_report};

type Done = Result<(), Box<dyn std::error::Error>>;

async fn waited(client: Client) -> Done {
    let mut work = create_report().poll(&client);
    let report = work.wait(Duration::from_secs(600)).await?;
    drop(report);
    Ok(())
}
