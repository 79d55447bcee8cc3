//! `REFERENCE.md`: every operation, every function for one alternative and every event in a table.

use super::printer::MARKER;
use super::{SourceFile, docs};
use crate::api::{Ident, TypeRef};
use crate::rust::{Builder, Crate, rust_type};

/// The file.
pub(super) fn file(krate: &Crate<'_>) -> SourceFile {
    let mut parts = Vec::new();
    if !krate.builders.is_empty() || krate.events.is_empty() {
        parts.push(operations(krate));
    }
    parts.extend(krate.builders.iter().filter_map(shortcuts));
    if !krate.events.is_empty() {
        parts.push(events(krate));
    }
    let text = format!("<!-- {MARKER} -->\n{}", parts.join("\n"));
    SourceFile { path: "REFERENCE.md".to_owned(), text }
}

fn operations(krate: &Crate<'_>) -> String {
    let mut text = "# Operations\n\n".to_owned();
    text.push_str("Each call returns a builder, which `.send(&client)` sends. The column \"also\" has streams of all items and of ");
    text.push_str(
        "pages, the safe partial update that uses the operation, and whether it is deprecated.\n\n",
    );
    if krate.builders.iter().any(|builder| builder.stream.is_some() || !builder.accepting.is_empty()) {
        text.push_str(
            "It also has the methods that stream a response and those that ask for another media type.\n\n",
        );
    }
    // Most documents have servers of the service alone.
    let has_servers = krate.builders.iter().any(|builder| !builder.operation.servers.is_empty());
    if has_servers {
        text.push_str(
            "An operation with a server of its own is sent there, not to the client's base URL.\n\n",
        );
    }
    let [title, line] = if has_servers { ["server | ", "--- | "] } else { [""; 2] };
    text.push_str(&format!("| method | {title}path | scopes | call | also |\n"));
    text.push_str(&format!("| --- | {line}--- | --- | --- | --- |\n"));
    for builder in &krate.builders {
        text.push_str(&row(builder, has_servers));
    }
    text
}

/// The type that a caller gives: setters put it into its box.
fn unboxed(ty: &TypeRef) -> &TypeRef {
    if let TypeRef::Boxed(inner) = ty { inner } else { ty }
}

/// The functions that start the operation for one alternative each.
fn shortcuts(builder: &Builder<'_>) -> Option<String> {
    let shortcuts = builder.shortcuts.as_ref()?;
    let module: String = builder.operation.group.iter().map(|part| format!("{part}::")).collect();
    let function = format!("{module}{}", builder.operation.name);
    let mut text = format!(
        "# `{function}` for one alternative\n\n\
         Each function sets {} and takes the {} of that alternative and no other, with `.{}(...)`.\n\n\
         | call | {} | type | feature |\n| --- | --- | --- | --- |\n",
        cell(&docs::code(&shortcuts.tag.wire)),
        cell(&docs::code(&shortcuts.property.wire)),
        shortcuts.setter,
        cell(&docs::code(&shortcuts.tag.wire)),
    );
    let arguments: Vec<&str> = shortcuts.arguments.iter().map(|(name, _)| name.as_str()).collect();
    for shortcut in &shortcuts.functions {
        let tag = shortcut.variant.tags.first().map_or_else(String::new, |tag| cell(&docs::code(tag)));
        let feature = shortcut.variant.feature.as_ref().map_or_else(String::new, |name| format!("`{name}`"));
        text.push_str(&format!(
            "| `{module}{}({})` | {tag} | `{}` | {feature} |\n",
            shortcut.name,
            arguments.join(", "),
            rust_type(unboxed(&shortcut.variant.ty))
        ));
    }
    Some(text)
}

fn events(krate: &Crate<'_>) -> String {
    let header = "# Events\n\nWhat the service sends.\n\n| event | called by the sender |\n| --- | --- |\n";
    let mut text = header.to_owned();
    for module in &krate.events {
        for events in &module.events {
            let path = format!("{}::{}", module.module, events.type_name);
            for event in &events.events {
                let name = cell(&docs::code(&event.name));
                text.push_str(&format!("| `{path}::{}` | {name} |\n", event.variant));
            }
        }
    }
    text
}

/// The text as it can stand in a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}

fn row(builder: &Builder<'_>, has_servers: bool) -> String {
    let operation = builder.operation;
    let mut scopes: Vec<&str> = Vec::new();
    for scope in operation.security.iter().flatten().flat_map(|requirement| &requirement.scopes) {
        if !scopes.contains(&scope.as_str()) {
            scopes.push(scope);
        }
    }
    let scopes: Vec<String> = scopes.iter().map(|scope| docs::code(scope)).collect();
    let module: String = operation.group.iter().map(|part| format!("{part}::")).collect();
    let arguments: Vec<&str> = builder.arguments.iter().map(|argument| argument.name.as_str()).collect();
    let server = operation.servers.first().map(|server| docs::code(&server.default_url()));
    let server = server.map_or_else(String::new, |server| cell(&server));
    format!(
        "| {} | {}{} | {} | `{module}{}({})` | {} |\n",
        method(&operation.method),
        if has_servers { format!("{server} | ") } else { String::new() },
        cell(&docs::code(&operation.path)),
        cell(&scopes.join(", ")),
        operation.name,
        arguments.join(", "),
        also(builder, &module).join(", ")
    )
}

/// The method; as code if it has characters that mean something in Markdown.
fn method(method: &str) -> String {
    if method.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        method.to_owned()
    } else {
        docs::code(method).replace('|', "\\|")
    }
}

fn also(builder: &Builder<'_>, module: &str) -> Vec<String> {
    let mut also = Vec::new();
    also.extend(builder.stream.as_ref().map(|method| format!("`.{}(&client)`", method.name)));
    also.extend(builder.accepting.iter().map(|accepting| format!("`.{}()`", accepting.chooser)));
    for methods in &builder.paging {
        let streams = [&methods.items, &methods.pages];
        also.extend(streams.map(|method: &Ident| format!("`.{method}(&client)`")));
    }
    also.extend(builder.polling.as_ref().map(|polling| format!("`.{}(&client)`", polling.poll)));
    also.extend(builder.modification.as_ref().map(|names| format!("`{module}{}`", names.function)));
    if builder.operation.deprecated {
        also.push("deprecated".to_owned());
    }
    also
}
