//! The names in generated sources. They are parsed for tests alone.

use std::collections::BTreeSet;

use openapi_generator::print::SourceFile;
use openapi_generator::rust::{Crate, What};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// A name that callers can write: of a type, field, variant or function, in the module or the type that has it.
pub type Name = (String, What, String);

/// The names in a file of the module `module`.
struct Reader {
    module: String,
    names: BTreeSet<Name>,
    /// A name that is there twice.
    twice: Option<Name>,
}

impl Reader {
    fn add(&mut self, owner: &str, what: What, name: &str) {
        let owner = match (self.module.as_str(), owner) {
            (module, "") => module.to_owned(),
            ("", owner) => owner.to_owned(),
            (module, owner) => format!("{module}::{owner}"),
        };
        let name = (owner, what, name.to_owned());
        if !self.names.insert(name.clone()) {
            self.twice = Some(name);
        }
    }

    fn item(&mut self, item: &syn::Item) {
        let is_public = |visibility: &syn::Visibility| matches!(visibility, syn::Visibility::Public(_));
        match item {
            syn::Item::Fn(function) if is_public(&function.vis) => {
                self.add("", What::Function, &function.sig.ident.to_string());
            }
            syn::Item::Type(alias) => self.add(&alias.ident.to_string(), What::Type, ""),
            syn::Item::Struct(definition) => {
                let owner = definition.ident.to_string();
                self.add(&owner, What::Type, "");
                for field in definition.fields.iter().filter(|field| is_public(&field.vis)) {
                    self.add(&owner, What::Field, &field.ident.as_ref().unwrap().to_string());
                }
            }
            syn::Item::Enum(definition) => {
                let owner = definition.ident.to_string();
                self.add(&owner, What::Type, "");
                for variant in &definition.variants {
                    self.add(&owner, What::Variant, &variant.ident.to_string());
                }
            }
            syn::Item::Impl(implementation) if implementation.trait_.is_none() => {
                let owner = implementation.self_ty.to_token_stream().to_string();
                for item in &implementation.items {
                    match item {
                        syn::ImplItem::Fn(method) => {
                            self.add(&owner, What::Function, &method.sig.ident.to_string());
                        }
                        syn::ImplItem::Const(constant) => {
                            self.add(&owner, What::Function, &constant.ident.to_string());
                        }
                        _ => {}
                    }
                }
            }
            syn::Item::Macro(invocation) => {
                let name = invocation.mac.path.to_token_stream().to_string();
                self.invocation(&name, invocation.mac.tokens.clone());
            }
            _ => {}
        }
    }

    /// The rows of a table of setters, alternatives or shortcuts: `field: presence setter(Type), null;` and
    /// `function(Payload): Variant, "tag";`. Tables of operations and of their failures begin with a type.
    fn invocation(&mut self, name: &str, tokens: TokenStream) {
        if let "operation" | "operation_error" = name {
            return self.item(&syn::parse2(declaration(tokens)).unwrap());
        }
        let owner = tokens.clone().into_iter().next().unwrap().to_string();
        let braces = tokens.clone().into_iter().filter_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
            _ => None,
        });
        let braces: Vec<TokenStream> = braces.collect();
        match name {
            "object" => {
                if tokens.clone().into_iter().any(|token| token.to_string() == "new") {
                    self.add(&owner, What::Function, "new");
                }
                self.setters_in_rows(&owner, braces[0].clone());
            }
            "setters" => self.setters(&owner, braces[0].clone()),
            "collection_setters" => {
                for row in rows(braces[0].clone()) {
                    row[3..].iter().for_each(|name| self.add(&owner, What::Function, name));
                }
            }
            "alternatives" => self.alternatives(&owner, braces[0].clone()),
            "shortcuts" | "starts" => {
                self.setters(&owner, braces[0].clone());
                let words: Vec<String> = tokens.into_iter().map(|token| token.to_string()).collect();
                let within = words.iter().position(|word| word == "in").unwrap();
                self.add(&owner, What::Function, &words[within - 1]);
                for row in rows(braces[1].clone()) {
                    self.add("", What::Function, &row[0]);
                }
            }
            _ => {}
        }
    }

    /// Rows of `Variant(Type): method, method, method, from;`.
    fn alternatives(&mut self, owner: &str, tokens: TokenStream) {
        for row in rows(tokens) {
            row[1..4].iter().for_each(|name| self.add(owner, What::Function, name));
        }
    }

    /// `{ setter(Type), null }` or `{ kind setter(Item), push, null }` in the rows of an object.
    fn setters_in_rows(&mut self, owner: &str, tokens: TokenStream) {
        let braces = tokens.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
            _ => None,
        });
        for row in braces {
            let tokens: Vec<TokenTree> = row.clone().into_iter().collect();
            let is_ident = |token: &TokenTree| matches!(token, TokenTree::Ident(_));
            let has_kind = tokens.windows(2).any(|pair| pair.iter().all(is_ident));
            for names in rows(row) {
                let names = names.into_iter().skip(usize::from(has_kind));
                names.for_each(|name| self.add(owner, What::Function, &name));
            }
        }
    }

    fn setters(&mut self, owner: &str, tokens: TokenStream) {
        for row in rows(tokens) {
            row[2..].iter().for_each(|name| self.add(owner, What::Function, name));
        }
    }
}

/// The type that a table begins with.
fn declaration(tokens: TokenStream) -> TokenStream {
    let mut ended = false;
    let is_in_it = |token: &TokenTree| {
        let goes_on = !ended;
        ended |= match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        goes_on
    };
    tokens.into_iter().take_while(is_in_it).collect()
}

/// The identifiers of each row, without what stands in brackets.
fn rows(tokens: TokenStream) -> Vec<Vec<String>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    let words = |row: &[TokenTree]| {
        row.iter().filter(|token| matches!(token, TokenTree::Ident(_))).map(ToString::to_string).collect()
    };
    tokens.split(is_end).map(words).filter(|row: &Vec<String>| !row.is_empty()).collect()
}

fn module(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    if inside == "mod" || inside.ends_with("/mod") || inside.starts_with("runtime/") {
        return None;
    }
    let is_of_events = inside.starts_with("webhook") || inside.contains("callbacks");
    if inside == "servers" || is_of_events && !inside.contains('/') || inside.starts_with("models/") {
        return Some(inside.split('/').next()?.to_owned());
    }
    let (groups, _) = inside.strip_prefix("operations/")?.rsplit_once('/').unwrap_or(("", ""));
    Some(groups.replace('/', "::"))
}

/// Functions that the runtime's macros give to every type of a kind.
const GIVEN: &[&str] = &[
    "ALL",
    "as_str",
    "as_i64",
    "to_json",
    "TAGS",
    "raw",
    "typed",
    "tag",
    "build",
    "parse",
    "send",
    "respond",
    "send_blocking",
    "timeout",
    "retry",
    "header",
    "query_pair",
    "idempotency_key",
    "response",
    "into_operation",
];

fn is_own(what: What, name: &str) -> bool {
    what != What::Function || !GIVEN.contains(&name)
}

/// The names that the files of a crate have, without those that the runtime gives; the first that is there twice, or
/// a file that isn't Rust, is an error.
pub fn printed(files: &[SourceFile]) -> Result<BTreeSet<Name>, String> {
    let mut printed = BTreeSet::new();
    for file in files {
        let Some(module) = module(&file.path) else { continue };
        let mut reader = Reader { module, names: BTreeSet::new(), twice: None };
        let parsed = syn::parse_file(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
        parsed.items.iter().for_each(|item| reader.item(item));
        if let Some(name) = reader.twice {
            return Err(format!("{}: {name:?} twice", file.path));
        }
        if let Some(name) = reader.names.iter().find(|name| printed.contains(*name)) {
            return Err(format!("{}: {name:?}, which another file has too", file.path));
        }
        printed.extend(reader.names);
    }
    printed.retain(|(_, what, name)| is_own(*what, name));
    Ok(printed)
}

/// The names that a crate lists, without those that the runtime gives.
pub fn listed(krate: &Crate<'_>) -> BTreeSet<Name> {
    krate
        .items()
        .into_keys()
        .filter(|key| matches!(key.what, What::Type | What::Field | What::Variant | What::Function))
        .filter(|key| is_own(key.what, &key.name))
        .map(|key| (key.owner, key.what, key.name))
        .collect()
}
