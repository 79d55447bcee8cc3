//! What `docs/generated-code.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(feature = "client")]
#![allow(dead_code, missing_docs, reason = "nothing is sent")]

use corpus_xml::Client;
use corpus_xml::models::Line;
use corpus_xml::operations::{list_orders, place_order};

type Done = Result<(), Box<dyn std::error::Error>>;

#[rustfmt::skip]
async fn orders(client: Client, lines: Vec<Line>, notes: Vec<String>) -> Done {
    let order = place_order(7, lines, notes).send(&client).await?;   // sent and read as application/xml
    let orders = list_orders().accept_xml().send(&client).await?;    // preferably JSON, here XML
    drop((order, orders));
    Ok(())
}
