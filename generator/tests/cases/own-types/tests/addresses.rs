//! Values of the caller's own types are read, written and preserved.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use std::net::{IpAddr, Ipv4Addr};

use corpus_own_types::models::{Host, HostNext};
use corpus_own_types::runtime::{decode, encode};

#[test]
fn they_are_read_and_written() {
    let text = r#"{"address":"10.0.0.1","gateway":"10.0.0.2","names":["a","b"],"next":"::1"}"#;
    let host: Host = decode::from_slice(text.as_bytes()).unwrap();
    assert_eq!(*host.address, IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)));
    assert!(host.names.as_ref().unwrap().contains("b"));
    assert!(matches!(&host.next, Some(HostNext::Address(address)) if address.is_loopback()));
    assert_eq!(String::from_utf8(encode::to_vec(&host).unwrap()).unwrap(), text);
}

#[test]
fn what_does_not_fit_is_preserved_if_it_is_optional() {
    let text = r#"{"address":"10.0.0.1","gateway":"unknown","next":{"text":"a"}}"#;
    let host: Host = decode::from_slice(text.as_bytes()).unwrap();
    assert_eq!(host.gateway, None);
    assert_eq!(encode::to_vec(&host).unwrap(), br#"{"address":"10.0.0.1","next":{"text":"a"},"gateway":"unknown"}"#);
    assert!(decode::from_slice::<Host>(br#"{"address":"unknown"}"#).is_err());
}

#[test]
fn they_are_arguments() {
    let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let request = corpus_own_types::hosts::find(address).build().unwrap();
    assert_eq!(request.uri().to_string(), "/hosts?address=127.0.0.1");
    let request = corpus_own_types::hosts::save(address).build().unwrap();
    assert_eq!(request.method(), "PUT");
}
