//! `REFERENCE.md`: every operation in a table.

use super::operations::BodyForm;
use super::printer::MARKER;
use super::{Index, SourceFile, docs, examples};
use crate::api::{Api, Operation};

/// The file.
pub(super) fn file(api: &Api, index: &Index<'_>) -> SourceFile {
    let mut text = format!("<!-- {MARKER} -->\n# Operations\n\n");
    text.push_str("Each call gives a builder; `.send(&client)` sends it. Under \"also\": streams of all items and of pages, the ");
    text.push_str("safe partial update that uses the operation, and what is deprecated.\n\n");
    text.push_str("| method | path | scopes | call | also |\n| --- | --- | --- | --- | --- |\n");
    for operation in &api.operations {
        text.push_str(&row(operation, index));
    }
    SourceFile { path: "REFERENCE.md".to_owned(), text }
}

fn row(operation: &Operation, index: &Index<'_>) -> String {
    let cell = |text: &str| text.replace('|', "\\|").replace(['\r', '\n'], " ");
    let mut scopes: Vec<&str> = Vec::new();
    for scope in operation.security.iter().flatten().flat_map(|requirement| &requirement.scopes) {
        if !scopes.contains(&scope.as_str()) {
            scopes.push(scope);
        }
    }
    let scopes: Vec<String> = scopes.iter().map(|scope| docs::code(scope)).collect();
    let module: String = operation.group.iter().map(|part| format!("{part}::")).collect();
    let form = BodyForm::of(operation, index);
    let arguments = examples::arguments(operation, &form, index);
    let arguments: Vec<&str> = arguments.iter().map(|argument| argument.name).collect();
    format!(
        "| {} | {} | {} | `{module}{}({})` | {} |\n",
        operation.method,
        cell(&docs::code(&operation.path)),
        cell(&scopes.join(", ")),
        operation.name,
        arguments.join(", "),
        also(operation, &module).join(", ")
    )
}

fn also(operation: &Operation, module: &str) -> Vec<String> {
    let mut also = Vec::new();
    for pagination in &operation.pagination {
        also.extend([&pagination.items, &pagination.pages].map(|method| format!("`.{method}(&client)`")));
    }
    also.extend(operation.modification.as_ref().map(|found| format!("`{module}{}`", found.name)));
    if operation.deprecated {
        also.push("deprecated".to_owned());
    }
    also
}
