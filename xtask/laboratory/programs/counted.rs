//! Decodes or encodes a page of connections with our types, as often as it is told: what `cargo xtask instructions`
//! counts the instructions of.

use std::hint::black_box;

use auth0_connections::models::ListConnectionsResponseContent as Page;
use auth0_connections::runtime::{decode, encode};

mod page;

fn main() {
    let (text, arguments) = (page::page(), std::env::args().collect::<Vec<_>>());
    let page: Page = decode::from_slice(&text).expect("a page");
    assert!(matches!(page, Page::ListConnectionsOffsetPaginatedResponseContent(_)));
    let [_, what, times] = &*arguments else { panic!("what to do, and how often") };
    for _ in 0..times.parse::<usize>().expect("a number") {
        match &**what {
            "decoding" => drop(black_box(decode::from_slice::<Page>(black_box(&text)).expect("a page"))),
            "encoding" => drop(black_box(encode::to_vec(black_box(&page)).expect("JSON"))),
            _ => panic!("decoding or encoding"),
        }
    }
}
