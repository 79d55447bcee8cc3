//! What `docs/generated-code.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use corpus_wire::models::UploadForm;
use corpus_wire::operations::{UploadMultipart, upload};
use corpus_wire::runtime::FilePart;
use corpus_wire::Client;

type Done = Result<(), Box<dyn std::error::Error>>;

#[rustfmt::skip]
async fn parts(client: Client, values: UploadForm) -> Done {
    upload(UploadMultipart::new(values, FilePart::open("a.csv")?)).send(&client).await?;
    Ok(())
}
