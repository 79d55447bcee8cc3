//! Long-running operations: the pairs that the settings name.

use super::paths::{Types, check_modules, equivalent};
use crate::api::{Ident, LongRunning, Model, Operation, Path, TypeKind, TypeRef, WorkArgument};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Polling, Settings};

/// Fills [`Operation::long_running`].
pub(super) fn find(
    models: &[Model],
    operations: &mut [Operation],
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let types = Types::new(models);
    for (index, entry) in settings.long_running.iter().enumerate() {
        let at = |id: &str| operations.iter().position(|operation| operation.id == id);
        let (Some(start), Some(read)) = (at(&entry.start), at(&entry.read)) else {
            let missing = if at(&entry.start).is_none() { &entry.start } else { &entry.read };
            let message = format!(
                "`long_running[{index}]` in the settings has no effect: there is no operation `{missing}`"
            );
            let help = "Compare the names with those in the document, or remove the entry.";
            let place = settings.place(&["long_running", &index.to_string()]);
            diagnostics.report(&codes::UNUSED_SETTING, &place, message, help);
            continue;
        };
        match planned(&types, &operations[start], &operations[read], entry) {
            Ok(planned) => operations[start].long_running = Some(planned),
            Err(problem) => {
                let message = format!("`long_running[{index}]` in the settings is invalid: {problem}");
                let help = "Correct the entry, or remove it.";
                diagnostics.report(&codes::INVALID_LONG_RUNNING, &operations[start].place, message, help);
            }
        }
    }
}

fn planned(
    types: &Types<'_>,
    start: &Operation,
    read: &Operation,
    entry: &Polling,
) -> Result<LongRunning, String> {
    check_modules(start, read)?;
    if start.long_running.is_some() {
        return Err(format!("`{}` is already the start of another entry", entry.start));
    }
    if read.method != "GET" {
        return Err(format!("`{}` isn't a GET, and is sent again and again", entry.read));
    }
    let status = match &entry.status {
        Some(status) => Some(status_of(types, read, status, entry)?),
        None => None,
    };
    match (&status, &entry.succeeded[..], &entry.failed[..]) {
        (Some(_), [], _) => return Err("with `status`, `succeeded` must list a status".to_owned()),
        (None, [_, ..], _) | (None, _, [_, ..]) => {
            return Err("`succeeded` and `failed` need `status`".to_owned());
        }
        _ => {}
    }
    let mut planned = LongRunning {
        read: read.id.clone(),
        location: entry.location.clone(),
        arguments: Vec::new(),
        response: None,
        status,
        succeeded: entry.succeeded.clone(),
        failed: entry.failed.clone(),
        is_result: Types::returned(start).is_some() && Types::returned(start) == Types::returned(read),
    };
    match (&entry.location, entry.arguments.is_empty()) {
        (Some(_), true) => {}
        (Some(_), false) => return Err("with `location`, `arguments` have no use".to_owned()),
        (None, _) => arguments(types, start, read, entry, &mut planned)?,
    }
    Ok(planned)
}

/// The struct that is read, and where in it the status is.
fn status_of(
    types: &Types<'_>,
    read: &Operation,
    status: &str,
    entry: &Polling,
) -> Result<(Ident, Path), String> {
    let returned = Types::returned(read).and_then(|ty| types.object(ty));
    let (name, object) = returned.ok_or("the operation that reads doesn't return an object")?;
    let found = types.property(object, status);
    let (path, property) = found.ok_or_else(|| format!("what is read has no property `{status}`"))?;
    let known: Vec<String> = match types.behind(&property.ty) {
        TypeRef::String => return Ok((name, path)),
        TypeRef::Boolean => vec!["true".to_owned(), "false".to_owned()],
        TypeRef::Named(listed) => match types.kind(&listed) {
            Some(TypeKind::Enum(listed)) => listed.values.iter().map(|value| text(&value.value)).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    if known.is_empty() {
        return Err(format!("`{status}` is neither text nor a boolean"));
    }
    match entry.succeeded.iter().chain(&entry.failed).find(|value| !known.contains(value)) {
        Some(unknown) => {
            let known: Vec<String> = known.iter().map(|value| format!("`{value}`")).collect();
            Err(format!("`{status}` is never `{unknown}`, but one of {}", known.join(", ")))
        }
        None => Ok((name, path)),
    }
}

/// A scalar as the runtime compares it.
fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Finds what each required parameter of the operation that reads is.
fn arguments(
    types: &Types<'_>,
    start: &Operation,
    read: &Operation,
    entry: &Polling,
    planned: &mut LongRunning,
) -> Result<(), String> {
    let returned = Types::returned(start).and_then(|ty| types.object(ty));
    let required = || read.parameters.iter().filter(|parameter| parameter.required);
    if let Some(unknown) = entry.arguments.keys().find(|name| !required().any(|one| one.wire == **name)) {
        return Err(format!("`{}` has no required parameter `{unknown}`", entry.read));
    }
    for parameter in required() {
        let Some(path) = entry.arguments.get(&parameter.wire) else {
            let like = equivalent(parameter, start).map(WorkArgument::Parameter);
            let missing = || format!("`arguments` doesn't say what the parameter `{}` is", parameter.wire);
            planned.arguments.push(like.ok_or_else(missing)?);
            continue;
        };
        let (name, object) = returned.as_ref().ok_or("the operation that starts doesn't return an object")?;
        let found = types.property(object, path);
        let (path, property) = found.ok_or_else(|| format!("the response has no property `{path}`"))?;
        if types.behind(&property.ty) != types.behind(&parameter.ty) {
            return Err(format!(
                "`{}` and the parameter `{}` differ in type",
                path.join("."),
                parameter.wire
            ));
        }
        planned.response = Some(name.clone());
        planned.arguments.push(WorkArgument::Response(path));
    }
    Ok(())
}
