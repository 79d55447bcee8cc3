//! Operations that ask for a media type beside the preferred one.

use super::code::Code;
use super::docs;
use super::operations::results;
use super::printer::{Page, quoted};
use super::requests::accepted;
use super::responses::{self, output_enum};
use super::streams;
use super::xml::Roots;
use crate::rust::{Accepting, Builder};

/// The types of the builder's other media types, and the methods that give them.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>, roots: &Roots<'_>) {
    if builder.accepting.is_empty() {
        return;
    }
    page.block(&choosers(builder));
    for accepting in &builder.accepting {
        page.block(&implementation(builder, accepting, roots));
        streams::of_alternative(page, accepting);
        output_enum(page, builder.operation, &accepting.outcome);
    }
}

fn choosers(builder: &Builder<'_>) -> String {
    let mut code = Code::default();
    code.block(&format!("impl {}", builder.operation.type_name), |code| {
        for (index, accepting) in builder.accepting.iter().enumerate() {
            if index > 0 {
                code.gap();
            }
            let Accepting { chooser, outcome, alternative } = accepting;
            code.line(&format!("/// Asks for a response as {}.", docs::code(&alternative.media_type)));
            code.block(&format!("pub fn {chooser}(self) -> {}", outcome.owner), |code| {
                let is_flagged = outcome.items().is_some();
                let value = streams::flagged(builder, is_flagged, code);
                code.line(&format!("{}({value})", outcome.owner));
            });
        }
    });
    code.finish()
}

fn implementation(builder: &Builder<'_>, accepting: &Accepting<'_>, roots: &Roots<'_>) -> String {
    let Accepting { outcome, alternative, .. } = accepting;
    let media_type = &alternative.media_type;
    let accepted = accepted(outcome).unwrap_or_else(|| media_type.clone());
    let mut code = Code::default();
    code.block("operation!", |code| {
        let operation = docs::link(builder.operation);
        code.line(&format!("/// {operation}, asking for a response as {}.", docs::code(media_type)));
        code.line(&format!("pub struct {}({});", outcome.owner, builder.operation.type_name));
        let (media_type, accepted) = (quoted(media_type), quoted(&accepted));
        code.line(&format!("media_type {media_type}, accept {accepted} -> {};", results(outcome)));
        responses::reading(outcome, roots, code);
    });
    code.finish()
}
