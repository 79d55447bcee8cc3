//! How long it takes to read a union inside itself, by depth and by the number of alternatives:
//! `cargo bench --package openapi-rust-runtime --no-default-features --features models --bench unions`.
//!
//! The time is in proportion to the length of the text times the number of alternatives. Each level is the last
//! alternative, and each of the others fails only after it has read what is inside.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use openapi_rust_runtime::FromJson;
use openapi_rust_runtime::decode::from_slice;
use openapi_rust_runtime::prelude::*;

mod document {
    pub static SECRET_NAMES: &[&str] = &[];
}

/// Declares a union in a module of its own, whose alternatives share `sub` and differ in the type of `own`.
macro_rules! union {
    ($module:ident { $($name:ident $own:ty;)* }) => {
        mod $module {
            use super::*;

            #[derive(Clone, Debug, PartialEq)]
            pub enum Node {
                $($name($name),)*
                Unknown(Json),
            }

            untagged_union! { Node { $($name($name): [];)* } Unknown }

            $(
                #[derive(Clone, PartialEq)]
                pub struct $name {
                    sub: Option<Box<Node>>,
                    own: $own,
                    additional_properties: JsonObject,
                }

                object! {
                    $name {
                        sub: "sub", optional, [];
                        own: "own", required, [];
                    }
                    additional_properties: open [];
                    rules: [];
                }
            )*
        }
    };
}

union! { two { A bool; Z String; } }
union! { four { A bool; B i64; C Number; Z String; } }
union! { eight { A bool; B i64; C Number; D Vec<bool>; E i32; F u64; G Vec<i64>; Z String; } }
union! {
    twelve {
        A bool; B i64; C Number; D Vec<bool>; E i32; F u64; G Vec<i64>; H Vec<String>; I JsonObject; J (bool,); K (i64,);
        Z String;
    }
}

fn read<T: FromJson>(criterion: &mut Criterion, alternatives: u64) {
    let mut group = criterion.benchmark_group(format!("{alternatives} alternatives"));
    for depth in [5, 10, 20, 40, 60, 80, 100] {
        let text = r#"{"sub":"#.repeat(depth) + r#"{"own":"a"}"# + &r#","own":"a"}"#.repeat(depth);
        group.throughput(Throughput::Elements(text.len() as u64 * alternatives));
        group.bench_with_input(BenchmarkId::from_parameter(depth), text.as_bytes(), |bencher, text| {
            bencher.iter(|| from_slice::<T>(black_box(text)).is_ok());
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    read::<two::Node>(&mut criterion, 2);
    read::<four::Node>(&mut criterion, 4);
    read::<eight::Node>(&mut criterion, 8);
    read::<twelve::Node>(&mut criterion, 12);
    criterion.final_summary();
}
