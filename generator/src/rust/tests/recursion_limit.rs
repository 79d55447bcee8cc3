//! How deep the compiler has to look.

use super::api;
use crate::rust::{Crate, Package};

/// The limit of a crate with a schema for each list: the numbers of the schemas that it refers to.
fn limit(schemas: &[Vec<usize>], reference: impl Fn(&str) -> String) -> Option<usize> {
    let mut document = "paths: {}\ncomponents:\n  schemas:\n".to_owned();
    for (index, targets) in schemas.iter().enumerate() {
        document.push_str(&format!(
            "    N{index}:\n      type: object\n      properties:\n        v: {{type: string}}\n"
        ));
        for (property, target) in targets.iter().enumerate() {
            let reference = reference(&format!("{{$ref: '#/components/schemas/N{target}'}}"));
            document.push_str(&format!("        p{property}: {reference}\n"));
        }
    }
    let api = api(&document, "");
    Crate::new(&api, Package::new("t")).recursion_limit
}

fn chain(length: usize) -> Vec<Vec<usize>> {
    (0..length).map(|index| if index + 1 < length { vec![index + 1] } else { Vec::new() }).collect()
}

#[test]
fn a_chain_needs_more_the_longer_it_is() {
    let plain = |reference: &str| reference.to_owned();
    assert_eq!(limit(&chain(40), plain), None);
    assert_eq!(limit(&chain(70), plain), Some(256));
    assert_eq!(limit(&chain(300), plain), Some(1024));
    assert_eq!(limit(&chain(40), |item| format!("{{type: array, items: {item}}}")), Some(512));
}

#[test]
fn a_circle_can_be_walked_once_from_end_to_end() {
    let circle =
        |length: usize| (0..length).map(|index| vec![(index + 1) % length, index]).collect::<Vec<_>>();
    assert_eq!(limit(&circle(10), str::to_owned), None);
    assert_eq!(limit(&circle(60), str::to_owned), Some(512));
}

#[test]
fn types_beside_each_other_need_no_more_than_one() {
    let flat: Vec<Vec<usize>> =
        (0..200).map(|index| if index == 0 { (1..200).collect() } else { vec![] }).collect();
    assert_eq!(limit(&flat, str::to_owned), None);
}
