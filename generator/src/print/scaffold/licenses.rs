//! The texts of the licences that the settings name.

use super::{Scaffold, file};
use crate::settings::Metadata;

const APACHE: &str = include_str!("../../../LICENSE-APACHE");
const MIT: &str = include_str!("../../../LICENSE-MIT");

/// Adds the text of each licence, and the names of those that have none here.
pub(super) fn add(metadata: &Metadata, name: &str, scaffold: &mut Scaffold) {
    let Some(expression) = metadata.license.as_deref().and_then(|text| spdx::Expression::parse(text).ok())
    else {
        return;
    };
    let mut names: Vec<String> =
        expression.requirements().map(|requirement| requirement.req.to_string()).collect();
    names.sort();
    names.dedup();
    let known = |name: &str| ["MIT", "Apache-2.0"].contains(&name);
    let is_only = names.len() == 1;
    let path = |suffix: &str| if is_only { "LICENSE".to_owned() } else { format!("LICENSE-{suffix}") };
    for license in &names {
        match license.as_str() {
            "MIT" => scaffold.files.push(file(&path("MIT"), mit(metadata, name))),
            "Apache-2.0" => scaffold.files.push(file(&path("APACHE"), APACHE.to_owned())),
            _ => {}
        }
    }
    scaffold.unknown_licenses = names.into_iter().filter(|name| !known(name)).collect();
}

/// The text of the MIT licence, whose second paragraph says who has the copyright.
fn mit(metadata: &Metadata, name: &str) -> String {
    let holders = match metadata.authors.is_empty() {
        true => format!("The {name} authors"),
        false => metadata.authors.join(", "),
    };
    let paragraphs = MIT.split("\n\n").map(|paragraph| match paragraph.starts_with("Copyright") {
        true => format!("Copyright (c) {holders}"),
        false => paragraph.to_owned(),
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
