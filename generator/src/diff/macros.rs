//! What the runtime's macros make of their arguments, as far as callers can name it. A macro that isn't known here is
//! an item of its own, whose every change is a major one; a test sees to it that there is none.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::surface::{Item, Reader, What, text};

/// The items that a macro gives to the type that is its first argument: functions and constants with their
/// signatures, and traits.
struct Made {
    name: &'static str,
    functions: &'static [(&'static str, &'static str)],
    traits: &'static [&'static str],
}

const MADE: &[Made] = &[
    // Serde's traits and those of the runtime, which every type has.
    Made { name: "object", functions: &[], traits: &[] },
    Made { name: "tagged_union", functions: &[], traits: &[] },
    Made { name: "untagged_union", functions: &[], traits: &[] },
    Made {
        name: "string_enum",
        functions: &[("ALL", "&'static [Self]"), ("as_str", "&self -> &str")],
        traits: &["From<&str>", "From<String>", "Display"],
    },
    Made {
        name: "integer_enum",
        functions: &[("ALL", "&'static [Self]"), ("as_i64", "&self -> i64")],
        traits: &["From<i64>", "Display"],
    },
    Made { name: "json_enum", functions: &[("to_json", "&self -> Json")], traits: &["From<Json>"] },
    Made {
        name: "operation",
        functions: &[("build", "&self"), ("parse", "response"), ("send", "async self, client")],
        traits: &[],
    },
    Made {
        name: "operation_error",
        functions: &[("response", "&self -> &FailureResponse")],
        traits: &["Display", "Error"],
    },
];

/// Adds what the macro `name` makes of `tokens`; `false` if it isn't known.
pub(super) fn read(reader: &mut Reader, name: &str, tokens: TokenStream) -> bool {
    let Some(TokenTree::Ident(owner)) = tokens.clone().into_iter().next() else { return false };
    if name == "setters" {
        return setters(reader, &owner, tokens);
    }
    let Some(made) = MADE.iter().find(|made| made.name == name) else { return false };
    let owner = owner.to_string();
    for (function, signature) in made.functions {
        let item = Item { signature: (*signature).to_owned(), ..Item::default() };
        reader.add(&owner, What::Function, function, item);
    }
    for name in made.traits {
        reader.add(&owner, What::Trait, name, Item::default());
    }
    true
}

/// `Name [=> [optional] body] { rows }`, a row being `#[..]* field: presence setter(Type)[, null];`.
fn setters(reader: &mut Reader, owner: &Ident, tokens: TokenStream) -> bool {
    let rows = tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    });
    let Some(rows) = rows else { return false };
    let mut row = Vec::new();
    for token in rows.stream() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                if !setter(reader, &owner.to_string(), &row) {
                    return false;
                }
                row.clear();
            }
            _ => row.push(token),
        }
    }
    true
}

fn setter(reader: &mut Reader, owner: &str, row: &[TokenTree]) -> bool {
    let deprecated = row.iter().any(|token| match token {
        TokenTree::Group(group) => group.stream().to_string() == "deprecated",
        _ => false,
    });
    let mut names: Vec<&Ident> = Vec::new();
    let mut argument: Option<&Group> = None;
    for token in row {
        match token {
            TokenTree::Ident(ident) => names.push(ident),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => argument = Some(group),
            _ => {}
        }
    }
    let ([_field, _presence, setter, null @ ..], Some(argument)) = (&names[..], argument) else {
        return false;
    };
    let argument = ("value".to_owned(), format!("impl Into<{}>", text(&argument.stream())));
    let signature = "mut self -> Self".to_owned();
    let item =
        Item { signature: signature.clone(), arguments: vec![argument], deprecated, ..Item::default() };
    reader.add(owner, What::Function, &setter.to_string(), item);
    for null in null {
        let item = Item { signature: signature.clone(), deprecated: false, ..Item::default() };
        reader.add(owner, What::Function, &null.to_string(), item);
    }
    true
}
