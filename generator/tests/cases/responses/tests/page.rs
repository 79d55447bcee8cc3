//! What `docs/generated-code.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use corpus_responses::Client;
use corpus_responses::operations::report;

type Done = Result<(), Box<dyn std::error::Error>>;

#[rustfmt::skip]
async fn in_three_forms(client: Client) -> Done {
    let json = report().send(&client).await?;                   // a model, from application/json
    let table = report().accept_csv().send(&client).await?;     // String, from text/csv
    let file = report().accept_pdf().send(&client).await?;      // Bytes, from application/pdf
    drop((json, table, file));
    Ok(())
}
