//! What `docs/client.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use corpus_streams::runtime::Reconnect;
use corpus_streams::{Client, ticks};

type Done = Result<(), Box<dyn std::error::Error>>;

#[rustfmt::skip]
async fn resumed(client: Client) -> Done {
    let stream = ticks().stream(&client).await?.reconnecting(Reconnect::new().attempts(10));
    drop(stream);
    Ok(())
}
