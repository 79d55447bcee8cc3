//! Unions: their variants, how these are selected, and the methods of each.

use std::collections::BTreeSet;

use super::docs;
use super::models::{declaration, table_head, type_lines};
use super::printer::{Page, gate, invocation, quoted};
use super::{rules, xml};
use crate::api::{Tagging, TypeDef, Union, Variant};
use crate::rust::{Alternative, Index, Type, payload, rust_type};

/// The enum, how it is read and written, and its methods.
pub(super) fn union(page: &mut Page, ty: &Type<'_>, union: &Union, index: &Index<'_>) {
    let definition = ty.definition;
    union_enum(page, ty, union);
    if definition.in_xml {
        xml::union(page, &definition.name, union, index);
    }
    match &union.tagging {
        Tagging::Property(property) => {
            let default = union.variants.iter().find(|variant| variant.is_default);
            let default =
                default.map_or_else(String::new, |default| format!(", otherwise {}", default.variant));
            let head = format!("{} by {}{default}", table_head(definition), quoted(property));
            let macro_name = if shares_tags(union) { "shared_tags_union" } else { "tagged_union" };
            page.block(&union_table(macro_name, &head, union));
        }
        Tagging::Untagged => page.block(&union_table("untagged_union", &table_head(definition), union)),
        Tagging::Discriminated => page.block(&discriminated_table(definition, union)),
    }
    alternatives(page, ty);
}

/// The methods of the alternatives, and the conversions.
fn alternatives(page: &mut Page, ty: &Type<'_>) {
    for (is_boxed, head) in [(false, ""), (true, " boxed")] {
        let rows = ty.alternatives.iter().filter(|alternative| alternative.is_boxed == is_boxed);
        let rows = rows.map(
            |Alternative { variant, payload, feature, tells, borrows, takes, converts, is_text, .. }| {
                let from = if *is_text {
                    ", from, str"
                } else if *converts {
                    ", from"
                } else {
                    ""
                };
                let gate = gate(feature);
                format!("{gate}{variant}({payload}): {tells}, {borrows}, {takes}{from};")
            },
        );
        let rows: Vec<String> = rows.collect();
        if !rows.is_empty() {
            let head = format!("{}{head}", ty.definition.name);
            page.block(&invocation("alternatives", &head, &rows, &[]));
        }
    }
}

/// Whether a tag selects several alternatives, of which the one that fits best is taken.
fn shares_tags(union: &Union) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    union.variants.iter().flat_map(|variant| &variant.tags).any(|tag| !seen.insert(tag))
}

fn union_enum(page: &mut Page, ty: &Type<'_>, union: &Union) {
    let mut lines = type_lines(ty.definition, &[]);
    if let Some(unmade) = unmade(ty) {
        lines.extend([String::new(), unmade]);
    }
    let mut variants = declaration(ty.definition, &lines, &["Clone", "Debug", "PartialEq"], "enum");
    for variant in &union.variants {
        let ty = rust_type(&variant.ty);
        let mut lines = docs::lines(&variant.docs, &[docs::rules(&variant.rules)]);
        if lines.is_empty() {
            lines.push(variant.ty.named().map_or_else(|| docs::code(&ty), |name| format!("[`{name}`]")));
        }
        if let (Tagging::Property(property), true) = (&union.tagging, variant.is_default) {
            let property = docs::code(property);
            lines.push(String::new());
            lines.push(format!("Also what has no {property}, or one that selects no other alternative."));
        }
        let gate = gate(&variant.feature).replace('\n', "\n    ");
        variants.member(&lines, false, &format!("{gate}{}({ty})", variant.variant));
    }
    let (said, payload) = match union.tagging {
        Tagging::Discriminated => {
            ("Any other value, or one that doesn't fit its type; preserved unchanged.", "Untyped")
        }
        Tagging::Property(_) | Tagging::Untagged => ("Any other value, preserved unchanged.", "Json"),
    };
    variants.member(&[said.to_owned()], false, &format!("{}({payload})", union.unknown));
    page.block(&variants.finish());
}

/// What is held by alternatives, but not made by `From`.
fn unmade(ty: &Type<'_>) -> Option<String> {
    let (_unknown, declared) = ty.alternatives.split_last()?;
    let unmade = declared.iter().filter(|alternative| !alternative.converts);
    let unmade: BTreeSet<String> =
        unmade.map(|alternative| docs::code(&format!("From<{}>", alternative.payload))).collect();
    let unmade: Vec<String> = unmade.into_iter().collect();
    let unmade = unmade.join(" or ");
    (!unmade.is_empty()).then(|| {
        format!("There is no {unmade}, since the type doesn't select an alternative: name the variant.")
    })
}

fn union_table(macro_name: &str, head: &str, union: &Union) -> String {
    let rows = union.variants.iter().map(|variant| {
        let (ty, rules) = (rust_type(&variant.ty), rules::list(&variant.rules));
        let tags: Vec<String> = variant.tags.iter().map(|tag| quoted(tag)).collect();
        let tags = if tags.is_empty() { String::new() } else { format!("{}, ", tags.join(", ")) };
        format!("{}({ty}): {tags}[{rules}]{};", variant.variant, written(variant))
    });
    let rows: Vec<String> = rows.collect();
    invocation(macro_name, head, &rows, &[format!(" {}", union.unknown)])
}

fn discriminated_table(definition: &TypeDef, union: &Union) -> String {
    let rows = union.variants.iter().map(|variant| {
        let ty = payload(variant);
        let tags: Vec<String> = variant.tags.iter().map(|tag| quoted(tag)).collect();
        let rules = rules::list(&variant.rules);
        let (gate, tags) = (gate(&variant.feature), tags.join(", "));
        format!("{gate}{}({}): {tags}, [{rules}];", variant.variant, rust_type(ty))
    });
    let rows: Vec<String> = rows.collect();
    invocation("discriminated_union", &table_head(definition), &rows, &[format!(" {}", union.unknown)])
}

/// The tag that is written with an alternative.
fn written(variant: &Variant) -> String {
    let literal = |tag: &serde_json::Value| tag.as_str().map_or_else(|| tag.to_string(), quoted);
    variant.written.as_ref().map_or_else(String::new, |tag| format!(", writes {}", literal(tag)))
}
