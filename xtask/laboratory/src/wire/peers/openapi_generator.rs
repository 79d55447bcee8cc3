//! Reads what openapi-generator has generated.

use std::path::Path;

use proc_macro2::TokenTree;

use super::document::{Document, Operation};
use super::source::{self, Body, Caller, Function};
use speccrate::Failure;

/// The functions of the crate in `folder`.
///
/// # Errors
/// A file can't be read.
pub fn functions(folder: &Path, document: &Document) -> Result<Vec<Function>, Failure> {
    let mut functions = Vec::new();
    for entry in std::fs::read_dir(folder.join("src/apis"))? {
        let path = entry?.path();
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if module == "mod" || module == "configuration" {
            continue;
        }
        for item in source::parse(&path)?.items {
            let syn::Item::Fn(item) = item else { continue };
            let found = document.operations.iter().find(|operation| makes(&item, operation));
            let Some(operation) = found.filter(|_| item.sig.asyncness.is_some()) else { continue };
            let (body, caller) = caller(&item, operation, &module);
            functions.push(Function {
                operation: operation.id.clone(),
                file: path.clone(),
                lines: source::lines(&item),
                body,
                caller,
            });
        }
    }
    Ok(functions)
}

/// Whether a function makes the calls of `operation`: it names the method, and the path after `{}` for the server.
fn makes(item: &syn::ItemFn, operation: &Operation) -> bool {
    let tokens = source::flat(&item.block);
    let template = format!("{{}}{}", operation.template);
    source::mentions(&tokens, &operation.method) && source::texts(&tokens).contains(&template)
}

fn caller(item: &syn::ItemFn, operation: &Operation, module: &str) -> (Body, String) {
    let mut caller = Caller::default();
    let mut body = if sends(item, "multipart") {
        Body::Multipart
    } else if sends(item, "form") {
        Body::Form
    } else {
        Body::None
    };
    caller.known("client");
    for (name, ty) in source::arguments(&item.sig).into_iter().skip(1) {
        let key = key(item, operation, &name);
        if key == "body" {
            let held = source::inside(ty, "Option").unwrap_or(ty);
            body = match source::last(held).as_deref() {
                Some("PathBuf") => Body::File,
                Some("String") => Body::Text,
                _ if source::is_text(held) => Body::Text,
                _ => Body::Json,
            };
        }
        argument(&mut caller, &key, ty);
    }
    let success = match source::success(&item.sig) {
        Some(syn::Type::Tuple(_)) | None => "{ let () = value; support::nothing() }",
        Some(ty) if source::last(ty).as_deref() == Some("Response") => "support::shown_response(value).await",
        Some(_) => "support::shown(&value)",
    };
    (body, caller.source(&format!("tested::apis::{module}::{}({{}})", item.sig.ident), success))
}

/// Whether a function calls the method `name`, such as `form`, of what makes its request.
fn sends(item: &syn::ItemFn, name: &str) -> bool {
    let tokens = source::flat(&item.block);
    tokens.windows(3).any(|three| {
        matches!(three, [TokenTree::Ident(left), TokenTree::Punct(dot), TokenTree::Ident(right)]
            if left == "req_builder" && dot.as_char() == '.' && right == name)
    })
}

/// The key of the value that an argument takes. Each argument is first renamed to `p_PLACE_NAME`; the statement that uses
/// that one has the name on the wire.
fn key(item: &syn::ItemFn, operation: &Operation, argument: &str) -> String {
    let renamed = item.block.stmts.iter().find_map(|statement| match statement {
        syn::Stmt::Local(local) => {
            let tokens = source::flat(&local.init.as_ref()?.expr);
            let syn::Pat::Ident(pattern) = &local.pat else { return None };
            let is_it = matches!(&tokens[..], [TokenTree::Ident(only)] if only == argument);
            is_it.then(|| pattern.ident.to_string())
        }
        _ => None,
    });
    let Some((place, rest)) = renamed.as_deref().and_then(|name| name.strip_prefix("p_")?.split_once('_'))
    else {
        return argument.to_owned();
    };
    if place == "body" {
        return place.to_owned();
    }
    let renamed = format!("p_{place}_{rest}");
    let uses = item.block.stmts.iter().map(source::flat).filter(|tokens| source::mentions(tokens, &renamed));
    let uses: Vec<Vec<TokenTree>> = uses.skip(1).collect();
    let texts: Vec<String> = uses.iter().flat_map(|tokens| source::texts(tokens)).collect();
    let found = match place {
        "form" => texts.into_iter().find(|text| text != "multi"),
        "path" => uses.iter().find_map(|tokens| placeholder(tokens, &renamed)),
        _ => operation.names(place).find(|name| texts.iter().any(|text| text == name)).map(str::to_owned),
    };
    // One that isn't used, or whose name isn't: the parameter of that place whose letters are the same.
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let alike = || operation.names(place).find(|name| letters(name) == letters(rest)).map(str::to_owned);
    let name = found.or_else(alike).unwrap_or_else(|| rest.to_owned());
    format!("{place} {name}")
}

/// The name of the argument of `format!` whose value has `variable`: `NAME = ... variable ...`.
fn placeholder(tokens: &[TokenTree], variable: &str) -> Option<String> {
    let place =
        tokens.iter().position(|token| matches!(token, TokenTree::Ident(ident) if ident == variable))?;
    let equals = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '=');
    let at = tokens[..place].iter().rposition(equals)?;
    match tokens[..at].last()? {
        TokenTree::Ident(name) => Some(name.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

/// Adds an argument of the type `ty`.
fn argument(caller: &mut Caller, key: &str, ty: &syn::Type) {
    let (held, is_optional) = match source::inside(ty, "Option") {
        Some(held) => (held, true),
        None => (ty, false),
    };
    let items = source::inside(held, "Vec");
    let is_path = |ty: &syn::Type| source::last(ty).as_deref() == Some("PathBuf");
    if is_path(held) {
        let (statement, expression) = match is_optional {
            true => (format!("call.path({key:?})?"), "{}"),
            false => (format!("call.path({key:?})?.ok_or_else(|| support::lacking(\"a file\"))?"), "{}"),
        };
        return caller.argument(&statement, expression);
    }
    if items.is_some_and(is_path) {
        let expression = if is_optional { "Some({}).filter(|paths| !paths.is_empty())" } else { "{}" };
        return caller.argument(&format!("call.paths({key:?})?"), expression);
    }
    let (held, passed) = if source::is_text(held) {
        ("String".to_owned(), if is_optional { "{}.as_deref()" } else { "&{}" })
    } else if items.is_some_and(source::is_text) {
        let one = "{}.iter().map(String::as_str).collect()";
        let several = "{}.as_ref().map(|items| items.iter().map(String::as_str).collect())";
        ("Vec<String>".to_owned(), if is_optional { several } else { one })
    } else {
        let outside = |first: &str| match first {
            "crate" => Some("tested".to_owned()),
            "models" => Some("tested::models".to_owned()),
            _ => None,
        };
        (source::public(held, &outside), "{}")
    };
    let statement = match is_optional {
        // Null is what an argument without a value sends.
        true => format!("call.optional::<Option<{held}>>({key:?})?.flatten()"),
        false => format!("call.take::<{held}>({key:?})?"),
    };
    caller.argument(&statement, passed);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        pub async fn a_thing(configuration: &Configuration, id: &str, x_y: Option<Vec<String>>, unused: Option<i32>,
            thing: models::Thing) -> Result<models::Thing, Error<AThingError>> {
            let p_path_id = id;
            let p_query_x_y = x_y;
            let p_cookie_unused = unused;
            let p_body_thing = thing;
            let uri_str = format!("{}/thing/{the_id}", configuration.base_path, the_id=urlencode(p_path_id));
            let mut req_builder = configuration.client.request(reqwest::Method::PUT, &uri_str);
            if let Some(ref param_value) = p_query_x_y {
                req_builder = match "multi" { _ => req_builder.query(&[("x-y", param_value)]) };
            }
            req_builder = req_builder.json(&p_body_thing);
        }"#;

    #[test]
    fn a_function_is_found_with_its_arguments() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("src/apis")).unwrap();
        std::fs::write(folder.path().join("src/apis/default_api.rs"), SOURCE).unwrap();
        let document = folder.path().join("document.yaml");
        let parameters = "[{name: x-y, in: query}, {name: un-used, in: cookie}]";
        let text =
            format!("paths: {{'/thing/{{the_id}}': {{put: {{operationId: a, parameters: {parameters}}}}}}}");
        std::fs::write(&document, text).unwrap();
        let document = Document::load(&document).ok().unwrap();
        let functions = functions(folder.path(), &document).ok().unwrap();
        let [function] = &functions[..] else { panic!("{}", functions.len()) };
        assert_eq!((function.operation.as_str(), function.body), ("a", Body::Json));
        for part in [
            "call.take::<String>(\"path the_id\")?",
            "(\"query x-y\")?",
            "(\"cookie un-used\")?",
            "tested::apis::default_api::a_thing(client, &a0, a1, a2, a3)",
        ] {
            assert!(function.caller.contains(part), "{part}: {}", function.caller);
        }
    }
}
