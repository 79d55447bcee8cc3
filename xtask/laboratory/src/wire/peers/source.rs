//! What is read from a peer's generated source, and the caller of a function.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut;

use speccrate::Failure;

/// A function of a generated client that makes an operation's call.
pub struct Function {
    /// The `operationId`.
    pub operation: String,
    /// The file that it is in, and its first and last line.
    pub file: PathBuf,
    pub lines: (usize, usize),
    /// What the body is made of.
    pub body: Body,
    /// The source of a module with a caller.
    pub caller: String,
}

/// How a function takes the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// As one value, sent as JSON.
    Json,
    /// As a text.
    Text,
    /// As a file on the disk.
    File,
    /// As an argument for each property, or as parts that the caller makes.
    Form,
    Multipart,
    None,
}

impl Body {
    /// Whether it can be of the media type.
    pub fn is(self, media_type: &str) -> bool {
        match self {
            Self::Json | Self::Text => media_type.contains("json"),
            Self::File => true,
            Self::Form => media_type == "application/x-www-form-urlencoded",
            Self::Multipart => media_type == "multipart/form-data",
            Self::None => false,
        }
    }
}

/// The statements of a caller.
#[derive(Default)]
pub struct Caller {
    statements: String,
    arguments: Vec<String>,
    count: usize,
}

impl Caller {
    /// Adds an argument that is there already.
    pub fn known(&mut self, expression: &str) {
        self.arguments.push(expression.to_owned());
    }

    /// Adds an argument: the `statement` that makes the variable `{}`, and the `expression` that passes it.
    pub fn argument(&mut self, statement: &str, expression: &str) {
        let name = format!("a{}", self.count);
        self.count += 1;
        let _ = writeln!(self.statements, "    let {name} = {};", statement.replace("{}", &name));
        self.arguments.push(expression.replace("{}", &name));
    }

    /// The source of its module. `function` is what is called, with the arguments in place of `{}`, and `success` shows `value`.
    pub fn source(&self, function: &str, success: &str) -> String {
        format!(
            "use crate::peer::{{self, Client}};\nuse crate::support::{{self, Answer, Call}};\n\n\
             pub async fn call(mut call: Call, client: Client) -> (Call, Answer) {{\n    \
             let (Ok(answer) | Err(answer)) = made(&mut call, &client).await;\n    (call, answer)\n}}\n\n\
             async fn made(call: &mut Call, client: &Client) -> Result<Answer, Answer> {{\n{}    call.finish()?;\n    \
             let result = {}.await;\n    \
             Ok(match result {{\n        Ok(value) => {success},\n        Err(error) => peer::failed(&error),\n    }})\n}}\n",
            self.statements,
            function.replace("{}", &self.arguments.join(", ")),
        )
    }
}

/// A file of Rust.
///
/// # Errors
/// It can't be read or isn't Rust.
pub fn parse(path: &Path) -> Result<syn::File, Failure> {
    let text = std::fs::read_to_string(path)?;
    syn::parse_file(&text).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
}

/// The first and last line of `node`.
pub fn lines(node: &impl ToTokens) -> (usize, usize) {
    let span = node.to_token_stream().span();
    (span.start().line, span.end().line)
}

/// The arguments of a function without its receiver: the names and the types.
pub fn arguments(signature: &syn::Signature) -> Vec<(String, &syn::Type)> {
    let typed = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some((typed.pat.to_token_stream().to_string(), &*typed.ty)),
        syn::FnArg::Receiver(_) => None,
    });
    typed.collect()
}

/// What is in the angle brackets of the last segment of a path, such as `T` in `Option<T>`, if it is called `name`.
pub fn inside<'a>(ty: &'a syn::Type, name: &str) -> Option<&'a syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let syn::PathArguments::AngleBracketed(brackets) = &last.arguments else { return None };
    brackets.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The success of a function that returns a `Result`.
pub fn success(signature: &syn::Signature) -> Option<&syn::Type> {
    match &signature.output {
        syn::ReturnType::Type(_, ty) => inside(ty, "Result"),
        syn::ReturnType::Default => None,
    }
}

/// The name of a type's last segment.
pub fn last(ty: &syn::Type) -> Option<String> {
    let syn::Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|last| last.ident.to_string())
}

/// Whether a type is `&str`.
pub fn is_text(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Reference(reference) if last(&reference.elem).as_deref() == Some("str"))
}

/// A type as callers outside the crate write it: `outside` says where the first segments of paths lead.
pub fn public(ty: &syn::Type, outside: &dyn Fn(&str) -> Option<String>) -> String {
    struct Rewriting<'a>(&'a dyn Fn(&str) -> Option<String>);
    impl VisitMut for Rewriting<'_> {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            syn::visit_mut::visit_path_mut(self, path);
            let first = path.segments.first().map(|first| first.ident.to_string()).unwrap_or_default();
            let Some(replacement) = (self.0)(&first).and_then(|text| syn::parse_str::<syn::Path>(&text).ok())
            else {
                return;
            };
            let rest = path.segments.iter().skip(1).cloned();
            path.segments = replacement.segments.into_iter().chain(rest).collect();
            path.leading_colon = None;
        }
    }
    let mut ty = ty.clone();
    Rewriting(outside).visit_type_mut(&mut ty);
    ty.to_token_stream().to_string()
}

/// The tokens of `node`, groups taken apart.
pub fn flat(node: &impl ToTokens) -> Vec<TokenTree> {
    fn into(tokens: TokenStream, flat: &mut Vec<TokenTree>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => into(group.stream(), flat),
                other => flat.push(other),
            }
        }
    }
    let mut tokens = Vec::new();
    into(node.to_token_stream(), &mut tokens);
    tokens
}

/// The string literals of `tokens`.
pub fn texts(tokens: &[TokenTree]) -> Vec<String> {
    let literals = tokens.iter().filter_map(|token| match token {
        TokenTree::Literal(literal) => syn::parse_str::<syn::LitStr>(&literal.to_string()).ok(),
        _ => None,
    });
    literals.map(|literal| literal.value()).collect()
}

/// Whether `tokens` have an identifier.
pub fn mentions(tokens: &[TokenTree], name: &str) -> bool {
    tokens.iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_from_outside() {
        let ty: syn::Type = syn::parse_str("Option<Vec<crate::models::Thing>>").unwrap();
        let outside = |first: &str| (first == "crate").then(|| "tested".to_owned());
        assert_eq!(public(&ty, &outside).replace(' ', ""), "Option<Vec<tested::models::Thing>>");
        assert!(inside(&ty, "Option").is_some() && inside(&ty, "Vec").is_none());
    }

    #[test]
    fn a_caller_passes_what_it_makes() {
        let mut caller = Caller::default();
        caller.argument("call.text(\"path a\")?", "&{}");
        let source = caller.source("client.get({})", "support::nothing()");
        assert!(
            source.contains("let a0 = call.text(\"path a\")?;") && source.contains("client.get(&a0)"),
            "{source}"
        );
        assert!(syn::parse_file(&source).is_ok());
    }
}
