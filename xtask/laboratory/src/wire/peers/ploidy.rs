//! Reads what ploidy has generated.

use std::path::{Path, PathBuf};

use quote::ToTokens as _;

use super::document::Document;
use super::source::{self, Body, Caller, Function};
use speccrate::Failure;

/// The functions of the crate in `folder`.
///
/// # Errors
/// A file can't be read.
pub fn functions(folder: &Path, document: &Document) -> Result<Vec<Function>, Failure> {
    let mut functions = Vec::new();
    for entry in std::fs::read_dir(folder.join("src/client"))? {
        let path = entry?.path();
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file = source::parse(&path)?;
        let resource = Resource { document, module: &module, file: &file, path };
        for item in &file.items {
            let syn::Item::Impl(block) = item else { continue };
            let methods = block.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method),
                _ => None,
            });
            functions.extend(methods.filter_map(|method| resource.function(method)));
        }
    }
    Ok(functions)
}

/// A module of the client.
struct Resource<'a> {
    document: &'a Document,
    module: &'a str,
    file: &'a syn::File,
    path: PathBuf,
}

impl Resource<'_> {
    /// The method as a function, if it makes a call: its last line of documentation is the method and the path.
    fn function(&self, method: &syn::ImplItemFn) -> Option<Function> {
        let line = method.attrs.iter().rev().find_map(documentation)?;
        let (verb, template) = line.trim().split_once(' ')?;
        let is_it = |operation: &&super::document::Operation| {
            operation.method == verb && operation.template == template
        };
        let operation = self.document.operations.iter().find(is_it)?;
        let mut caller = Caller::default();
        let mut body = Body::None;
        let mut in_path = placeholders(template).into_iter();
        for (_, ty) in source::arguments(&method.sig) {
            if source::is_text(ty) {
                let key = format!("path {}", in_path.next()?);
                caller.argument(&format!("call.text({key:?})?"), "&{}");
            } else if let syn::Type::Reference(reference) = ty {
                let names = self.fields(&source::last(&reference.elem)?);
                let query = self.public(&reference.elem);
                caller.argument(&format!("call.object::<{query}>(\"query\", &{names:?})?"), "&{}");
            } else if let Some(request) = into(ty) {
                body = Body::Json;
                caller.argument(&format!("call.take::<{}>(\"body\")?", self.public(request)), "{}");
            } else {
                body = Body::Multipart;
                caller.argument("call.parts()?", "{}");
            }
        }
        let is_unit = matches!(source::success(&method.sig), Some(syn::Type::Tuple(_)) | None);
        let success =
            if is_unit { "{ let () = value; support::nothing() }" } else { "support::shown(&value)" };
        Some(Function {
            operation: operation.id.clone(),
            file: self.path.clone(),
            lines: source::lines(method),
            body,
            caller: caller.source(&format!("client.{}({{}})", method.sig.ident), success),
        })
    }

    /// The names on the wire of the fields of the query `name`.
    fn fields(&self, name: &str) -> Vec<String> {
        let mut names = Vec::new();
        in_modules(&self.file.items, &mut |item| {
            if let syn::Item::Struct(known) = item
                && known.ident == name
            {
                names.extend(known.fields.iter().filter_map(wire));
            }
        });
        names
    }

    fn public(&self, ty: &syn::Type) -> String {
        source::public(ty, &|first| match first {
            "crate" => Some("tested".to_owned()),
            "ploidy_util" => Some("tested::util".to_owned()),
            "types" | "parameters" => Some(format!("tested::client::{}::{first}", self.module)),
            _ => None,
        })
    }
}

fn documentation(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(literal) = &pair.value else { return None };
    match &literal.lit {
        syn::Lit::Str(text) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// The names in braces of a path.
fn placeholders(template: &str) -> Vec<String> {
    template.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect()
}

/// `T` in `impl Into<T>`.
fn into(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::ImplTrait(bounds) = ty else { return None };
    bounds.bounds.iter().find_map(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last().filter(|last| last.ident == "Into")?;
            let syn::PathArguments::AngleBracketed(brackets) = &last.arguments else { return None };
            match brackets.args.first() {
                Some(syn::GenericArgument::Type(ty)) => Some(ty),
                _ => None,
            }
        }
        _ => None,
    })
}

fn in_modules(items: &[syn::Item], found: &mut dyn FnMut(&syn::Item)) {
    for item in items {
        found(item);
        if let syn::Item::Mod(module) = item {
            in_modules(module.content.as_ref().map_or(&[], |(_, items)| items), found);
        }
    }
}

/// The name of a field on the wire: what `#[serde(rename = ...)]` says, or its own.
fn wire(field: &syn::Field) -> Option<String> {
    let mut name = field.ident.as_ref()?.to_string().trim_start_matches("r#").to_owned();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let tokens: Vec<_> = source::flat(&attribute.meta.to_token_stream());
        let place = tokens.iter().position(|token| token.to_string() == "rename");
        let text = place.and_then(|place| source::texts(&tokens[place..]).into_iter().next());
        name = text.unwrap_or(name);
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "
        impl crate::client::Client {
            #[doc = \" GET /thing/{id}\"]
            pub async fn thing(&self, id: &str, query: &parameters::ThingQuery, request: impl Into<types::ThingRequest>)
                -> Result<crate::types::Thing, crate::error::Error> { todo() }
            pub fn no_call(&self) {}
        }
        pub mod parameters {
            mod thing_query {
                pub struct ThingQuery { #[serde(rename = \"x-y\", default)] pub x_y: Option<String>, pub r#type: i32 }
            }
        }";

    #[test]
    fn a_method_is_found_with_its_arguments() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("src/client")).unwrap();
        std::fs::write(folder.path().join("src/client/default.rs"), SOURCE).unwrap();
        let document = folder.path().join("document.yaml");
        std::fs::write(&document, "paths: {'/thing/{id}': {get: {operationId: a-thing}}}").unwrap();
        let document = Document::load(&document).ok().unwrap();
        let functions = functions(folder.path(), &document).ok().unwrap();
        let [function] = &functions[..] else { panic!("{}", functions.len()) };
        assert_eq!((function.operation.as_str(), function.body), ("a-thing", Body::Json));
        for part in [
            "call.text(\"path id\")?",
            "(\"query\", &[\"x-y\", \"type\"])?",
            "client.thing(&a0, &a1, a2)",
            "support::shown(&value)",
        ] {
            assert!(function.caller.contains(part), "{part}: {}", function.caller);
        }
        assert!(function.caller.replace(' ', "").contains("tested::client::default::types::ThingRequest"));
    }
}
