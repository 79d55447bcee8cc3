//! Safe partial updates: the pairs of operations that the settings name.

use super::conversions::{self, Obstacle};
use super::paths::{Types, check_modules, equivalent};
use crate::api::{Location, Model, Modification, Object, Operation, Parameter, Presence, Property};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Modifying, Settings};
use crate::text::Place;

/// Fills [`Operation::modification`].
pub(super) fn find(
    models: &[Model],
    operations: &mut [Operation],
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let types = Types::new(models);
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
        match planned(&types, operations, read, write, (index, entry), diagnostics) {
            Ok(modification) => operations[write].modification = Some(modification),
            Err(Problem::Entry(problem)) => {
                let message = format!("`modifications[{index}]` in the settings is invalid: {problem}");
                let help = "Correct the entry, or remove it.";
                diagnostics.report(&codes::INVALID_MODIFICATION, &operations[write].place, message, help);
            }
            Err(Problem::Document { place, problem }) => {
                let message = format!("`modifications[{index}]` in the settings has no effect: {problem}");
                let help =
                    "Remove the entry, or let the document say that the response always has the property.";
                diagnostics.report(&codes::UNREADABLE_MODIFICATION, &place, message, help);
            }
        }
    }
}

/// Why an entry can't be followed.
enum Problem {
    /// The entry names the wrong thing.
    Entry(String),
    /// The document's request and response don't go together, as they may have done before.
    Document { place: Place, problem: String },
}

impl From<String> for Problem {
    fn from(problem: String) -> Self {
        Self::Entry(problem)
    }
}

fn planned(
    types: &Types<'_>,
    operations: &[Operation],
    read: usize,
    write: usize,
    (index, entry): (usize, &Modifying),
    diagnostics: &mut Diagnostics,
) -> Result<Modification, Problem> {
    let (read, write) = (&operations[read], &operations[write]);
    check_modules(read, write)?;
    if write.modification.is_some() {
        return Err(Problem::Entry(format!("`{}` is already the write of another entry", entry.write)));
    }
    let (body, object) =
        types.written(write).ok_or_else(|| "the body of the write isn't a JSON object".to_owned())?;
    let shown = Types::returned(read).and_then(|ty| types.object(ty));
    let (shown, response) = shown.ok_or_else(|| "the read doesn't return an object".to_owned())?;
    check_names(object, entry)?;
    let unread = if shown == body { Vec::new() } else { unread(response, object, (read, write), entry)? };
    if shown != body && unread.len() == object.properties.len() {
        let problem = format!("`{}` has none of the properties of `{}`", shown.wished(), body.wished());
        return Err(Problem::Entry(problem));
    }
    if let Some(first) = unread.first() {
        tell(&unread, first, (read, write), (index, entry), diagnostics);
    }
    let required = object.properties.iter().filter(|property| property.presence == Presence::Required);
    let mut kept = entry.reset.clone();
    kept.extend(required.map(|property| property.wire.clone()));
    kept.dedup();
    Ok(Modification {
        wish: entry.name.clone(),
        entry: index,
        read: read.id.clone(),
        read_arguments: arguments(read, write)?,
        if_match: if_match(types, read, write),
        body,
        replaced: entry
            .replaced
            .iter()
            .map(|wire| (wire.clone(), entry.withheld.get(wire).cloned()))
            .collect(),
        merged: entry.merged.clone(),
        kept,
        unread: unread.iter().map(|property| property.wire.clone()).collect(),
    })
}

/// The body's properties that the response doesn't declare.
///
/// # Errors
/// The body needs a property that the response may lack, or the entry says that one is reset without it.
fn unread<'a>(
    response: &Object,
    body: &'a Object,
    (read, write): (&Operation, &Operation),
    entry: &Modifying,
) -> Result<Vec<&'a Property>, Problem> {
    let unread = conversions::unread(response, body).map_err(|obstacle| match obstacle {
        Obstacle::Required(property) => Problem::Document {
            place: property.place.clone(),
            problem: format!(
                "the body of `{}` requires `{}`, which the response of `{}` may lack or has with another type",
                entry.write, property.wire, entry.read
            ),
        },
        Obstacle::TypedAdditional => Problem::Document {
            place: write.place.clone(),
            problem: format!(
                "the body of `{}` has additional properties of one type, so there is no room for a value of `{}` that \
                 doesn't fit",
                entry.write, read.id
            ),
        },
    })?;
    match unread.iter().find(|property| entry.reset.contains(&property.wire)) {
        Some(property) => Err(Problem::Document {
            place: property.place.clone(),
            problem: format!(
                "a body without `{}` would reset it, and the response of `{}` doesn't have it",
                property.wire, entry.read
            ),
        }),
        None => Ok(unread),
    }
}

/// Tells which properties the function doesn't read.
fn tell(
    unread: &[&Property],
    first: &Property,
    (read, write): (&Operation, &Operation),
    (index, entry): (usize, &Modifying),
    diagnostics: &mut Diagnostics,
) {
    let names: Vec<String> = unread.iter().map(|property| format!("`{}`", property.wire)).collect();
    let message = format!(
        "`{}` doesn't read {}, which only the body of `{}` has, not the response of `{}` (`modifications[{index}]`)",
        entry.name,
        names.join(", "),
        write.id,
        read.id
    );
    let help = "It is left out unless the caller sets it. If the service does return it, declare it in the response.";
    diagnostics.report(&codes::UNREAD_PROPERTY, &first.place, message, help);
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

/// The write's parameter `If-Match`, if every response of the read that has content also has an `ETag` (RFC 9110, sections
/// 8.8.3 and 13.1.1), and the parameter is text.
fn if_match(types: &Types<'_>, read: &Operation, write: &Operation) -> Option<usize> {
    let mut shown = read.successes.iter().filter(|response| response.content.is_some());
    let is_tag = |header: &Parameter| header.wire.eq_ignore_ascii_case("etag");
    let is_tagged = shown.all(|response| response.headers.iter().any(is_tag));
    let is_condition = |parameter: &Parameter| {
        parameter.location == Location::Header
            && parameter.wire.eq_ignore_ascii_case("if-match")
            && !parameter.as_json
            && types.is_string(&parameter.ty)
    };
    write.parameters.iter().position(is_condition).filter(|_| is_tagged)
}

/// The write's parameter for each that the read needs.
fn arguments(read: &Operation, write: &Operation) -> Result<Vec<usize>, String> {
    let required = read.parameters.iter().filter(|parameter| parameter.required);
    let each = required.map(|parameter| {
        let missing = || format!("the write has no equivalent of the read's parameter `{}`", parameter.wire);
        equivalent(parameter, write).ok_or_else(missing)
    });
    each.collect()
}
