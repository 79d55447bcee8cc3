//! A client of the pet store, generated from `petstore.yaml` while it is built.

include!(concat!(env!("OUT_DIR"), "/client/src/lib.rs"));
