//! The public items of a generated crate, read from its sources: what callers' code can name, and so what it can
//! break by. Reading what is emitted leaves no item out and needs no second account of what emit makes of a part.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use rayon::prelude::*;

use super::macros;
use crate::api::Api;
use crate::print::{SourceFile, print};

/// The public items of a crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Surface {
    pub(super) items: BTreeMap<Key, Item>,
}

/// What an item is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The path of the type or the module that it belongs to.
    pub(super) owner: String,
    pub(super) what: What,
    /// Its name; empty for a type itself.
    pub(super) name: String,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A cargo feature.
    Feature,
    /// A struct, an enum or an alias.
    Type,
    /// A public field.
    Field,
    /// A variant.
    Variant,
    /// A function, a method or a constant.
    Function,
    /// What an operation gives: its output or its error.
    Output,
    /// A trait that a type implements.
    Trait,
    /// An invocation of a macro that isn't known here.
    Macro,
}

/// A public item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Item {
    /// Its type, or what it is.
    pub(super) signature: String,
    /// The arguments' names and types, `self` left out.
    pub(super) arguments: Vec<(String, String)>,
    pub(super) deprecated: bool,
    /// The features any of which compiles the file that it is in; empty if it is always compiled.
    pub(super) file_gate: BTreeSet<String>,
    /// Those any of which compiles it in that file.
    pub(super) own_gate: BTreeSet<String>,
}

impl Key {
    pub(super) fn new(owner: impl Into<String>, what: What, name: impl Into<String>) -> Self {
        Self { owner: owner.into(), what, name: name.into() }
    }

    /// The item's path, as callers write it.
    pub(super) fn path(&self) -> String {
        match (self.what, self.name.as_str()) {
            (_, "") => self.owner.clone(),
            (What::Trait, name) => format!("impl {name} for {}", self.owner),
            (What::Feature, name) => name.to_owned(),
            (_, name) if self.owner.is_empty() => name.to_owned(),
            (_, name) => format!("{}::{name}", self.owner),
        }
    }
}

impl Surface {
    /// The public items of the crate that is generated for `api`.
    pub(super) fn of(api: &Api) -> Self {
        let files = print(api, &crate::Package::new("api"));
        let gates: BTreeMap<String, BTreeSet<String>> = gates(api);
        let features: BTreeSet<&str> = api.features.iter().map(|feature| feature.name.as_str()).collect();
        let parts: Vec<Vec<(Key, Item)>> =
            files.par_iter().map(|file| items(file, gates.get(&file.path), &features)).collect();
        let mut items: BTreeMap<Key, Item> = parts.into_iter().flatten().collect();
        for feature in &api.features {
            items.insert(Key::new("", What::Feature, &feature.name), Item::default());
        }
        Self { items }
    }
}

/// The features that compile each file, where not all do.
fn gates(api: &Api) -> BTreeMap<String, BTreeSet<String>> {
    let mut gates = BTreeMap::new();
    for model in &api.models {
        if !model.features.is_empty() {
            gates.insert(format!("src/models/{}.rs", model.file), model.features.iter().cloned().collect());
        }
    }
    for operation in &api.operations {
        if let Some(feature) = api.feature_of(&operation.group) {
            let folder: String = operation.group.iter().map(|part| format!("{part}/")).collect();
            let path = format!("src/operations/{folder}{}.rs", operation.file);
            gates.insert(path, BTreeSet::from([feature.to_owned()]));
        }
    }
    gates
}

/// The module that callers find the items of a file in; nothing for those that are the same in every crate, or
/// hold none.
fn module(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    if inside.ends_with("/mod") {
        return None;
    }
    if inside == "servers" {
        return Some("servers".to_owned());
    }
    if inside.starts_with("models/") {
        return Some("models".to_owned());
    }
    let (groups, _) = inside.strip_prefix("operations/")?.rsplit_once('/').unwrap_or(("", ""));
    Some(groups.replace('/', "::"))
}

fn items(file: &SourceFile, gate: Option<&BTreeSet<String>>, features: &BTreeSet<&str>) -> Vec<(Key, Item)> {
    let Some(module) = module(&file.path) else { return Vec::new() };
    let Ok(parsed) = syn::parse_file(&file.text) else { return Vec::new() };
    let mut reader = Reader { module, features, items: Vec::new() };
    parsed.items.iter().for_each(|item| reader.item(item));
    if let Some(gate) = gate {
        reader.items.iter_mut().for_each(|(_, item)| item.file_gate.clone_from(gate));
    }
    reader.items
}

/// Reads a file's items.
pub(super) struct Reader<'a> {
    module: String,
    /// The features that compile parts of the crate.
    features: &'a BTreeSet<&'a str>,
    items: Vec<(Key, Item)>,
}

impl Reader<'_> {
    pub(super) fn path(&self, name: &str) -> String {
        if self.module.is_empty() { name.to_owned() } else { format!("{}::{name}", self.module) }
    }

    pub(super) fn add(&mut self, owner: &str, what: What, name: &str, item: Item) {
        self.items.push((Key::new(self.path(owner), what, name), item));
    }

    /// Adds a function that is no method.
    pub(super) fn add_function(&mut self, name: &str, item: Item) {
        self.items.push((Key::new(self.module.clone(), What::Function, name), item));
    }

    /// The features any of which compiles what has the attribute; nothing if it doesn't ask for one of them.
    pub(super) fn gate(&self, attribute: &impl ToTokens) -> BTreeSet<String> {
        let text = attribute.to_token_stream().to_string();
        if !text.contains("cfg") {
            return BTreeSet::new();
        }
        let quoted = text.split('"').skip(1).step_by(2);
        quoted.filter(|name| self.features.contains(name)).map(str::to_owned).collect()
    }

    fn gates(&self, attributes: &[syn::Attribute]) -> BTreeSet<String> {
        attributes.iter().flat_map(|attribute| self.gate(attribute)).collect()
    }

    /// Reads an item with what its attributes ask for.
    fn item(&mut self, item: &syn::Item) {
        let first = self.items.len();
        self.ungated_item(item);
        let attributes = match item {
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Macro(item) => &item.attrs,
            _ => return,
        };
        let gate = self.gates(attributes);
        for (_, item) in self.items[first..].iter_mut().filter(|(_, item)| item.own_gate.is_empty()) {
            item.own_gate.clone_from(&gate);
        }
    }

    fn ungated_item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Fn(function) if is_public(&function.vis) => {
                let name = function.sig.ident.to_string();
                self.add_function(&name, signature(&function.sig, &function.attrs));
            }
            syn::Item::Struct(definition) if is_public(&definition.vis) => self.structure(definition),
            syn::Item::Enum(definition) if is_public(&definition.vis) => self.enumeration(definition),
            syn::Item::Type(alias) if is_public(&alias.vis) => {
                let signature = format!("alias of {}", text(&alias.ty));
                let deprecated = is_deprecated(&alias.attrs);
                let item = Item { signature, deprecated, ..Item::default() };
                self.add(&alias.ident.to_string(), What::Type, "", item);
            }
            syn::Item::Impl(implementation) => self.implementation(implementation),
            syn::Item::Macro(invocation) => {
                let name = text(&invocation.mac.path);
                if !macros::read(self, &name, invocation.mac.tokens.clone()) {
                    let owner = first_word(invocation.mac.tokens.clone());
                    let signature = text(&invocation.mac.tokens);
                    self.add(&owner, What::Macro, &name, Item { signature, ..Item::default() });
                }
            }
            _ => {}
        }
    }

    fn structure(&mut self, definition: &syn::ItemStruct) {
        let name = definition.ident.to_string();
        self.type_head(&name, "struct", &definition.attrs);
        let mut unwinds = true;
        for field in &definition.fields {
            let ty = text(&field.ty);
            unwinds &= !words(&ty).any(|word| matches!(word, "FilePart" | "Body"));
            if let (true, Some(ident)) = (is_public(&field.vis), &field.ident) {
                let deprecated = is_deprecated(&field.attrs);
                let item = Item { signature: ty, deprecated, ..Item::default() };
                self.add(&name, What::Field, &ident.to_string(), item);
            }
        }
        // The compiler gives it to whatever holds no closure; a body's stream is one.
        if unwinds {
            self.add(&name, What::Trait, "UnwindSafe", Item::default());
        }
    }

    fn enumeration(&mut self, definition: &syn::ItemEnum) {
        let name = definition.ident.to_string();
        self.type_head(&name, "enum", &definition.attrs);
        for variant in &definition.variants {
            let payload: Vec<String> = variant.fields.iter().map(|field| text(&field.ty)).collect();
            let item = Item {
                signature: payload.join(", "),
                deprecated: is_deprecated(&variant.attrs),
                own_gate: self.gates(&variant.attrs),
                ..Item::default()
            };
            self.add(&name, What::Variant, &variant.ident.to_string(), item);
        }
    }

    /// The type itself and the traits that it derives.
    fn type_head(&mut self, name: &str, signature: &str, attributes: &[syn::Attribute]) {
        let item = Item {
            signature: signature.to_owned(),
            deprecated: is_deprecated(attributes),
            ..Item::default()
        };
        self.add(name, What::Type, "", item);
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let parse = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
            for derived in attribute.parse_args_with(parse).into_iter().flatten() {
                self.add(name, What::Trait, &text(&derived), Item::default());
            }
        }
    }

    fn implementation(&mut self, implementation: &syn::ItemImpl) {
        let owner = text(&implementation.self_ty);
        let Some((path, _)) = &implementation.trait_ else {
            for item in &implementation.items {
                match item {
                    syn::ImplItem::Fn(method) if is_public(&method.vis) => {
                        let item = signature(&method.sig, &method.attrs);
                        self.add(&owner, What::Function, &method.sig.ident.to_string(), item);
                    }
                    syn::ImplItem::Const(constant) if is_public(&constant.vis) => {
                        let item = Item { signature: text(&constant.ty), ..Item::default() };
                        self.add(&owner, What::Function, &constant.ident.to_string(), item);
                    }
                    _ => {}
                }
            }
            return;
        };
        self.add(&owner, What::Trait, &text(path), Item::default());
        for item in &implementation.items {
            if let syn::ImplItem::Type(associated) = item {
                let item = Item { signature: text(&associated.ty), ..Item::default() };
                let name = match text(path).as_str() {
                    "Operation" => associated.ident.to_string(),
                    other => format!("{other}::{}", associated.ident),
                };
                self.add(&owner, What::Output, &name, item);
            }
        }
    }
}

fn signature(signature: &syn::Signature, attributes: &[syn::Attribute]) -> Item {
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(argument) => Some((text(&argument.pat), text(&argument.ty))),
        syn::FnArg::Receiver(_) => None,
    });
    let asynchronous = if signature.asyncness.is_some() { "async " } else { "" };
    let receiver = signature.receiver().map(|receiver| format!("{} ", text(receiver))).unwrap_or_default();
    Item {
        arguments: arguments.collect(),
        signature: format!("{asynchronous}{receiver}{}", text(&signature.output)),
        deprecated: is_deprecated(attributes),
        ..Item::default()
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

pub(super) fn is_deprecated(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
}

fn first_word(tokens: TokenStream) -> String {
    tokens.into_iter().next().map(|token| token.to_string()).unwrap_or_default()
}

/// Tokens as one writes them.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, tight) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        (" (", "("),
        (" :", ":"),
        ("< ", "<"),
        (",)", ")"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

/// The identifiers in a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::settings::Settings;
    use crate::source::{Selection, load};

    #[test]
    fn every_item_of_the_golden_cases_is_read() {
        let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let mut count = 0;
        for case in std::fs::read_dir(cases).unwrap() {
            let case = case.unwrap().path();
            let mut diagnostics = Diagnostics::default();
            let document = load(&case.join("spec.yaml"), &Selection::default(), &mut diagnostics).unwrap();
            let api = crate::plan::plan(&document, &Settings::default(), &mut diagnostics);
            for file in
                print(&api, &crate::Package::new("api")).iter().filter(|file| module(&file.path).is_some())
            {
                assert!(syn::parse_file(&file.text).is_ok(), "{} of {}", file.path, case.display());
            }
            let surface = Surface::of(&api);
            count += surface.items.len();
            let unknown: Vec<_> = surface.items.keys().filter(|key| key.what == What::Macro).collect();
            assert!(unknown.is_empty(), "{}: macros.rs has to know {unknown:?}", case.display());
        }
        assert!(count > 1000, "{count} items");
    }

    #[test]
    fn texts_are_as_one_writes_them() {
        let ty: syn::Type = syn::parse_str("Option<Vec<(&'static str, BTreeMap<String, a::B>)>>").unwrap();
        assert_eq!(text(&ty), "Option<Vec<(&'static str, BTreeMap<String, a::B>)>>");
    }
}
