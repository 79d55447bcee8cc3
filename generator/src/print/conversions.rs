//! `From` of a response's struct, for the body of a request.

use super::code::{Code, Expression};
use super::docs;
use super::printer::{Page, quoted};
use crate::api::{Additional, Ident, Object, Presence, Property, TypeDef, TypeKind};
use crate::rust::Index;

/// The conversion from a response's struct.
pub(super) fn conversion(
    page: &mut Page,
    definition: &TypeDef,
    object: &Object,
    source: &Ident,
    index: &Index<'_>,
) {
    let Some(TypeKind::Object(from)) = index.kind(source) else { return };
    let mut undeclared = Vec::new();
    let mut values = Vec::new();
    for property in &object.properties {
        let value = match from.properties.iter().find(|other| other.wire == property.wire) {
            Some(other) => converted(property, other),
            None => {
                undeclared.push(docs::code(&property.wire));
                let patch = if property.presence == Presence::Patch { "_patch" } else { "" };
                format!("convert::undeclared{patch}({}, &mut additional)", quoted(&property.wire))
            }
        };
        values.push(format!("{}: {value}", property.field));
    }
    let mutable = if values.iter().any(|value| value.ends_with("&mut additional)")) { "mut " } else { "" };
    values.push(format!("{}: additional", object.additional_field));
    let mut code = Code::default();
    code.line(&format!(
        "/// Takes what [`{source}`] holds, so that it can be changed and sent back without loss."
    ));
    if !undeclared.is_empty() {
        code.line("///");
        code.line(&format!(
            "/// The response doesn't declare {}: unset, unless the server sent it all the same.",
            undeclared.join(", ")
        ));
    }
    code.block(&format!("impl From<{source}> for {}", definition.name), |code| {
        code.block(&format!("fn from(from: {source}) -> Self"), |code| {
            let additional = format!("from.{}", from.additional_field);
            let additional = match &from.additional {
                Additional::Typed(..) => format!("convert::additional({additional})"),
                Additional::Open | Additional::Closed => additional,
            };
            code.line(&format!("let {mutable}additional = {additional};"));
            code.expression(&Expression::braces("Self", values), "");
        });
    });
    page.block(&code.finish());
}

/// The value of a property made from that of another; what doesn't fit goes to the additional properties.
fn converted(property: &Property, other: &Property) -> String {
    let value = format!("from.{}", other.field);
    let same = other.ty == property.ty;
    let patch = match other.presence {
        Presence::Required => format!("Patch::Value({value})"),
        Presence::Optional => format!("{value}.map_or(Patch::Absent, Patch::Value)"),
        Presence::Patch => value.clone(),
    };
    let (function, value) = match (property.presence, other.presence) {
        (target, source) if same && target == source => return value,
        (Presence::Optional, Presence::Required) if same => return format!("Some({value})"),
        (Presence::Patch, Presence::Required | Presence::Optional) if same => return patch,
        (Presence::Patch, _) => ("patch", patch),
        (_, Presence::Required) => ("optional", format!("Some({value})")),
        (_, Presence::Patch) => ("optional_from_patch", value),
        (_, Presence::Optional) => ("optional", value),
    };
    format!("convert::{function}({value}, {}, &mut additional)", quoted(&property.wire))
}
