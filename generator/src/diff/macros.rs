//! What the runtime's macros make of their arguments, as far as callers can name it. A macro that isn't known here is
//! an item of its own, whose every change is a major one; a test sees to it that there is none.

use std::collections::BTreeSet;

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
        name: "discriminated_union",
        functions: &[
            ("TAGS", "&'static [&'static str]"),
            ("raw", "value: impl Into<Json> -> Self"),
            ("typed", "tag: &str, value: impl Into<Json> -> Result<Self, DecodeError>"),
            ("tag", "&self -> Option<&str>"),
            ("to_json", "&self -> Json"),
        ],
        traits: &["From<Json>", "From<JsonObject>"],
    },
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
        functions: &[("build", "&self"), ("parse", "response"), ("send", "self, client")],
        traits: &[],
    },
    Made {
        name: "operation_error",
        functions: &[("response", "&self -> &FailureResponse")],
        traits: &["Display", "Error"],
    },
];

/// Adds what the macro `name` makes of `tokens`; `false` if it isn't known.
pub(super) fn read(reader: &mut Reader<'_>, name: &str, tokens: TokenStream) -> bool {
    let Some(TokenTree::Ident(owner)) = tokens.clone().into_iter().next() else { return false };
    match name {
        "setters" => return setters(reader, &owner, tokens),
        "shortcuts" => return starts(reader, &owner.to_string(), tokens).is_some(),
        _ => {}
    }
    let Some(made) = MADE.iter().find(|made| made.name == name) else { return false };
    let owner = owner.to_string();
    if name == "discriminated_union" {
        conversions(reader, &owner, tokens);
    }
    for (function, signature) in made.functions {
        let item = Item { signature: (*signature).to_owned(), ..Item::default() };
        reader.add(&owner, What::Function, function, item);
    }
    for name in made.traits {
        reader.add(&owner, What::Trait, name, Item::default());
    }
    true
}

/// The rows between the first braces of an invocation, each without its semicolon.
fn rows(tokens: TokenStream) -> Option<Vec<Vec<TokenTree>>> {
    let braces = tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    });
    Some(split(braces?.stream()))
}

/// What stands between semicolons.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    tokens.split(ends).filter(|row| !row.is_empty()).map(<[TokenTree]>::to_vec).collect()
}

/// `Builder for Operation(Body), field: presence setter in Union { rows } start(arguments) { starts }`, a row being
/// that of a setter, and a start `function(Payload): Variant, tag;`.
fn starts(reader: &mut Reader<'_>, builder: &str, tokens: TokenStream) -> Option<()> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let group = |delimiter: Delimiter| {
        tokens.iter().filter_map(move |token| match token {
            TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
            _ => None,
        })
    };
    let (setters, functions) = (group(Delimiter::Brace).next()?, group(Delimiter::Brace).nth(1)?);
    let arguments = group(Delimiter::Parenthesis).nth(1)?;
    let within =
        tokens.iter().position(|token| matches!(token, TokenTree::Ident(ident) if *ident == "in"))?;
    let setter_name = tokens.get(within.checked_sub(1)?)?.to_string();
    for row in split(setters.stream()) {
        setter(reader, builder, &row).then_some(())?;
    }
    let own = vec![("value".to_owned(), "impl Into<T>".to_owned())];
    let signature = |text: &str| Item { signature: text.to_owned(), ..Item::default() };
    reader.add(
        builder,
        What::Function,
        &setter_name,
        Item { arguments: own, ..signature("mut self -> Self") },
    );
    for (name, text) in [("into_operation", "self"), ("build", "&self"), ("send", "self, client")] {
        reader.add(builder, What::Function, name, signature(text));
    }
    let parse = syn::punctuated::Punctuated::<syn::FnArg, syn::Token![,]>::parse_terminated;
    let arguments: Vec<(String, String)> = syn::parse::Parser::parse2(parse, arguments.stream())
        .ok()?
        .iter()
        .filter_map(|argument| match argument {
            syn::FnArg::Typed(typed) => Some((text(&typed.pat), format!("impl Into<{}>", text(&typed.ty)))),
            syn::FnArg::Receiver(_) => None,
        })
        .collect();
    for row in split(functions.stream()) {
        let function = row.iter().find_map(|token| match token {
            TokenTree::Ident(ident) => Some(ident.to_string()),
            _ => None,
        })?;
        let payload = row.iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
            _ => None,
        })?;
        let returns = signature(&format!("-> {builder}<{}>", text(&payload.stream())));
        let own_gate = gate(reader, &row);
        reader.add_function(&function, Item { arguments: arguments.clone(), own_gate, ..returns });
    }
    Some(())
}

/// What compiles a row, if it begins with `#[cfg(..)]`.
fn gate(reader: &Reader<'_>, row: &[TokenTree]) -> BTreeSet<String> {
    match row {
        [TokenTree::Punct(_), TokenTree::Group(attribute), ..] => reader.gate(attribute),
        _ => BTreeSet::new(),
    }
}

/// `Name { rows } Unknown`, a row being `#[..]* Variant(Type): tag, [rules][, from];`.
fn conversions(reader: &mut Reader<'_>, owner: &str, tokens: TokenStream) {
    for row in rows(tokens).into_iter().flatten() {
        let payload = row.iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
            _ => None,
        });
        let converts = matches!(row.last(), Some(TokenTree::Ident(last)) if *last == "from");
        if let (true, Some(payload)) = (converts, payload) {
            reader.add(owner, What::Trait, &format!("From<{}>", text(&payload.stream())), Item::default());
        }
    }
}

/// `Name [=> [optional] body] { rows }`, a row being `#[..]* field: presence setter(Type)[, null];`.
fn setters(reader: &mut Reader<'_>, owner: &Ident, tokens: TokenStream) -> bool {
    let Some(rows) = rows(tokens) else { return false };
    rows.iter().all(|row| setter(reader, &owner.to_string(), row))
}

fn setter(reader: &mut Reader<'_>, owner: &str, row: &[TokenTree]) -> bool {
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
