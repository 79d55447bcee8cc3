//! Types of the standard library.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::text_types::text_types;

text_types! {
    Ipv4Addr: "an IPv4 address", |text| text.parse().ok(), Self::to_string;
    Ipv6Addr: "an IPv6 address", |text| text.parse().ok(), Self::to_string;
    IpAddr: "an IP address", |text| text.parse().ok(), Self::to_string;
    Vec<u8>: "base64", |text| STANDARD.decode(text).ok(), |bytes| STANDARD.encode(bytes);
}
