//! What `docs/large.md` shows compiles. `generated/tests/documentation/` compares the page with this file.
#![cfg(all(feature = "client", feature = "pets"))]
#![allow(missing_docs, unused_imports, reason = "the page shows what there is")]

use corpus_crate_per_group as shop;

use shop::{Client, models, pets};
