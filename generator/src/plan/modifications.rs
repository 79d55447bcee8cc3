//! Safe partial updates: the pairs of operations that the settings name.

use crate::api::{BodyEncoding, Ident, Model, Modification, Object, Operation, Presence, TypeKind, TypeRef};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Modifying, Settings};

/// Fills [`Operation::modification`].
pub(super) fn find(
    models: &[Model],
    operations: &mut [Operation],
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    for (index, entry) in settings.modifications.iter().enumerate() {
        let at = |id: &str| operations.iter().position(|operation| operation.id == id);
        let (Some(read), Some(write)) = (at(&entry.read), at(&entry.write)) else {
            let missing = if at(&entry.read).is_none() { &entry.read } else { &entry.write };
            let message = format!(
                "`modifications[{index}]` in the settings has no effect: there is no operation `{missing}`"
            );
            let help = "Compare the names with those in the document, or remove the entry.";
            let place = settings.place(&["modifications", &index.to_string()]);
            diagnostics.report(&codes::UNUSED_SETTING, &place, message, help);
            continue;
        };
        match planned(models, operations, read, write, (index, entry)) {
            Ok(modification) => operations[write].modification = Some(modification),
            Err(problem) => {
                let message = format!("`modifications[{index}]` in the settings is invalid: {problem}");
                let help = "Correct the entry, or remove it.";
                diagnostics.report(&codes::INVALID_MODIFICATION, &operations[write].place, message, help);
            }
        }
    }
}

fn planned(
    models: &[Model],
    operations: &[Operation],
    read: usize,
    write: usize,
    (index, entry): (usize, &Modifying),
) -> Result<Modification, String> {
    let (read, write) = (&operations[read], &operations[write]);
    if read.group_words.first() != write.group_words.first() {
        return Err("the operations are in different modules, which can be compiled separately".to_owned());
    }
    if write.modification.is_some() {
        return Err(format!("`{}` is already the write of another entry", entry.write));
    }
    let (body, object) = written(models, write).ok_or("the body of the write isn't a JSON object")?;
    let shown = match &read.successes[..] {
        [only] => only.content.as_ref().map(|content| &content.ty),
        _ => None,
    };
    let Some(TypeRef::Named(shown)) = shown else {
        return Err("the read doesn't return an object".to_owned());
    };
    if !object.made_from.contains(shown) {
        return Err(format!("`{}` lacks properties that `{}` has", shown.wished(), body.wished()));
    }
    check_names(object, entry)?;
    let required = object.properties.iter().filter(|property| property.presence == Presence::Required);
    let mut kept = entry.reset.clone();
    kept.extend(required.map(|property| property.wire.clone()));
    kept.dedup();
    Ok(Modification {
        wish: entry.name.clone(),
        entry: index,
        read: read.id.clone(),
        read_arguments: arguments(read, write)?,
        body,
        replaced: entry
            .replaced
            .iter()
            .map(|wire| (wire.clone(), entry.withheld.get(wire).cloned()))
            .collect(),
        merged: entry.merged.clone(),
        kept,
    })
}

/// The struct that the operation writes as JSON, nullable or not, and its name.
fn written<'a>(models: &'a [Model], write: &Operation) -> Option<(Ident, &'a Object)> {
    let body = write.body.as_ref().filter(|body| body.files.is_empty())?;
    let first = body.content.first().filter(|content| content.encoding == BodyEncoding::Json)?;
    let TypeRef::Named(name) = first.ty.behind_null() else { return None };
    let same = body.content.iter().all(|content| content.ty == first.ty);
    let definitions = models.iter().flat_map(|model| &model.types);
    let definition = definitions.into_iter().find(|definition| definition.name == *name).filter(|_| same)?;
    match &definition.kind {
        TypeKind::Object(object) => Some((name.clone(), object)),
        _ => None,
    }
}

/// Whether the body has the properties that the entry names, and each is named once.
fn check_names(object: &Object, entry: &Modifying) -> Result<(), String> {
    let named = entry.replaced.iter().chain(&entry.merged).chain(&entry.reset).chain(entry.withheld.keys());
    for wire in named {
        if !object.properties.iter().any(|property| property.wire == *wire) {
            return Err(format!("the body has no property `{wire}`"));
        }
    }
    if let Some(wire) = entry.withheld.keys().find(|wire| !entry.replaced.contains(wire)) {
        return Err(format!("`{wire}` is listed in `withheld` but not in `replaced`"));
    }
    match entry.merged.iter().find(|wire| entry.replaced.contains(wire)) {
        Some(wire) => Err(format!("`{wire}` is listed in both `merged` and `replaced`")),
        None => Ok(()),
    }
}

/// The write's parameter for each that the read needs.
fn arguments(read: &Operation, write: &Operation) -> Result<Vec<usize>, String> {
    let required = read.parameters.iter().filter(|parameter| parameter.required);
    required
        .map(|parameter| {
            let same = write.parameters.iter().position(|other| {
                other.required
                    && (&other.wire, other.location, &other.ty)
                        == (&parameter.wire, parameter.location, &parameter.ty)
            });
            let missing =
                || format!("the write has no equivalent of the read's parameter `{}`", parameter.wire);
            same.ok_or_else(missing)
        })
        .collect()
}
