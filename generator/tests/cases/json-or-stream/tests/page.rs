//! What `docs/client.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use corpus_json_or_stream::{Client, chat};

type Done = Result<(), Box<dyn std::error::Error>>;

async fn streamed(client: Client) -> Done {
    let mut stream = chat("Tell me a story").stream(&client).await?;
    while let Some(piece) = stream.try_next().await? {
        print!("{}", piece.delta);
    }
    Ok(())
}
