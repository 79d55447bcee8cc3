//! What `docs/client.md` and `docs/generated-code.md` show compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use corpus_multipart::operations::import_users;
use corpus_multipart::runtime::{Body, FilePart, Reconnect};
use corpus_multipart::{Client, reports};

type Done = Result<(), Box<dyn std::error::Error>>;

#[rustfmt::skip]
async fn files(client: Client) -> Done {
    let upload = Body::file("report.pdf")?.on_progress(|so_far| println!("{} of {:?}", so_far.bytes, so_far.total));
    reports::upload("2026", upload).send(&client).await?;

    let download = client.download(reports::get("2026")).resuming(Reconnect::new());
    let size = download.on_progress(|so_far| println!("{}", so_far.bytes)).save_to("report.pdf").await?;
    println!("{size}");
    Ok(())
}

#[rustfmt::skip]
async fn parts(client: Client) -> Done {
    import_users("con_1", FilePart::open("users.json")?).upsert(true).send(&client).await?;
    Ok(())
}
