//! Operations and their parameters.

use super::matching::matching;
use super::relation::Text;
use super::service::variable_words;
use super::styles::style_words;
use super::values::Slot;
use super::{At, Comparison};
use crate::api::{Location, Operation, Parameter, Requirement, Server};
use crate::diff::rules::{self, Direction};
use crate::diff::{Group, Part};
use crate::rust::{call, parameter_part};

impl Comparison<'_> {
    pub(super) fn operation(&mut self, old: &Operation, new: &Operation) {
        let Operation {
            // Names in Rust are compared with the crate's items.
            group: _,
            name: _,
            file: _,
            type_name: _,
            group_words: _,
            wish: _,
            types_key: _,
            id,
            method,
            path,
            path_pieces: _,
            docs,
            deprecated,
            parameters,
            body,
            successes,
            failures,
            // Found in the successes.
            alternatives: _,
            stream_flag,
            security,
            servers,
            pagination,
            modification,
            long_running,
            place,
        } = old;
        let group = Group::operation(new);
        let at = At::new(&group, Part::Whole, call(new)).places(place, &new.place);
        let address = |method: &str, path: &str| format!("{method} {path}");
        if super::pairs::without_names(path) != super::pairs::without_names(&new.path)
            || *method != new.method
        {
            let (before, after) = (address(method, path), address(&new.method, &new.path));
            self.report(&rules::OPERATION_MOVED, &at, Some(before), Some(after));
        }
        if call(old) != call(new) {
            self.report(&rules::OPERATION_RENAMED, &at, Some(call(old)), Some(call(new)));
        }
        if *id != new.id {
            self.report(&rules::OPERATION_ID_CHANGED, &at, Some(id.clone()), Some(new.id.clone()));
        }
        self.docs(&at, docs, &new.docs);
        self.deprecation(&at, *deprecated, new.deprecated);
        let authentication = At::new(&group, Part::Security, "authentication").places(place, &new.place);
        self.security(&authentication, security, &new.security);
        self.own_servers(&at, servers, &new.servers);
        self.parameters(&group, parameters, &new.parameters);
        self.of_settings(&group, old, new, (pagination, modification.as_ref(), long_running.as_ref()));
        self.generated(
            &rules::STREAM_FLAG_CHANGED,
            &at,
            stream_flag.as_ref().map(|name| format!("by setting `{name}`")),
            new.stream_flag.as_ref().map(|name| format!("by setting `{name}`")),
        );
        self.body(&at, body.as_ref(), new.body.as_ref());
        self.responses(&at, (successes, failures), (&new.successes, &new.failures));
    }

    fn security(&mut self, at: &At, old: &[Vec<Requirement>], new: &[Vec<Requirement>]) {
        let words = |alternatives: &[Vec<Requirement>]| {
            alternatives.iter().map(|one| alternative_words(one)).collect::<Vec<_>>().join(", or ")
        };
        // Without any alternative, or with one that asks for nothing, no credential is needed.
        let free = |alternatives: &[Vec<Requirement>]| {
            alternatives.is_empty() || alternatives.iter().any(Vec::is_empty)
        };
        match (free(old), free(new)) {
            (true, false) => {
                return self.report(&rules::AUTHENTICATION_ADDED, at, None, Some(words(new)));
            }
            (false, true) => {
                return self.report(&rules::AUTHENTICATION_REMOVED, at, Some(words(old)), None);
            }
            _ => {}
        }
        let schemes = |alternative: &'_ Vec<Requirement>| -> Vec<String> {
            let mut names: Vec<String> = alternative.iter().map(|one| one.scheme.clone()).collect();
            names.sort();
            names
        };
        let alternatives = matching(old, new, schemes);
        for (alternative, other) in alternatives.old {
            // Who proves two things can prove one of them.
            let less = || new.iter().find(|one| is_within(one, alternative));
            match other.or_else(less) {
                Some(other) => self.scopes(at, alternative, other),
                None => {
                    let before = Some(alternative_words(alternative));
                    self.report(&rules::AUTHENTICATION_ALTERNATIVE_REMOVED, at, before, None);
                }
            }
        }
        for alternative in alternatives.added {
            let after = Some(alternative_words(alternative));
            self.report(&rules::AUTHENTICATION_ALTERNATIVE_ADDED, at, None, after);
        }
    }

    fn scopes(&mut self, at: &At, old: &[Requirement], new: &[Requirement]) {
        for Requirement { scheme, scopes } in old {
            let Some(other) = new.iter().find(|other| other.scheme == *scheme) else { continue };
            let more = |name: &String| [("scheme", scheme.clone()), ("name", name.clone())];
            for name in scopes.iter().filter(|name| !other.scopes.contains(name)) {
                self.report_with(&rules::SCOPE_REMOVED, at, Some(name.clone()), None, &more(name));
            }
            for name in other.scopes.iter().filter(|name| !scopes.contains(name)) {
                self.report_with(&rules::SCOPE_ADDED, at, None, Some(name.clone()), &more(name));
            }
        }
    }

    /// Compares the servers of an operation.
    fn own_servers(&mut self, at: &At, old: &[Server], new: &[Server]) {
        let first = |servers: &[Server]| {
            servers.first().map_or_else(|| "the client's base URL".to_owned(), Server::default_url)
        };
        if first(old) != first(new) || old.is_empty() != new.is_empty() {
            self.report(&rules::OPERATION_SERVER_CHANGED, at, Some(first(old)), Some(first(new)));
        }
        let all = |servers: &[Server]| {
            let each: Vec<String> = servers.iter().map(server_words).collect();
            if each.is_empty() { "the service's".to_owned() } else { each.join("; ") }
        };
        let (before, after) = (all(old), all(new));
        let is_told = old.len() < 2 && new.len() < 2 && first(old) != first(new);
        if before != after && !is_told {
            self.report(&rules::OPERATION_SERVERS_CHANGED, at, Some(before), Some(after));
        }
        for (old, new) in old.iter().zip(new).filter(|(old, new)| old.is_like(new)) {
            self.docs(at, &old.docs, &new.docs);
            for (old, new) in old.variables.iter().zip(&new.variables) {
                self.docs(at, &old.docs, &new.docs);
            }
        }
    }

    fn parameters(&mut self, group: &Group, old: &[Parameter], new: &[Parameter]) {
        let at = |parameter: &Parameter| {
            At::new(group, parameter_part(parameter), format!("`{}`", parameter.wire))
                .directions(&[Direction::Request])
        };
        let mut matched: Vec<usize> = Vec::new();
        for (index, parameter) in old.iter().enumerate() {
            match find(old, index, new) {
                Some(other) => {
                    matched.push(other);
                    let other = &new[other];
                    self.parameter(&at(other).places(&parameter.place, &other.place), parameter, other);
                }
                None => {
                    let at = at(parameter).places(&parameter.place, None);
                    self.report(&rules::PARAMETER_REMOVED, &at, Some(parameter.wire.clone()), None);
                }
            }
        }
        for (_, parameter) in new.iter().enumerate().filter(|(index, _)| !matched.contains(index)) {
            let kind = if parameter.required {
                &rules::REQUIRED_PARAMETER_ADDED
            } else {
                &rules::OPTIONAL_PARAMETER_ADDED
            };
            let at = at(parameter).places(None, &parameter.place);
            self.report(kind, &at, None, Some(parameter.wire.clone()));
        }
    }

    fn parameter(&mut self, at: &At, old: &Parameter, new: &Parameter) {
        let Parameter {
            wire,
            // A name in Rust, compared with the crate's items.
            field: _,
            docs,
            deprecated,
            required,
            location: _,
            // How it is written is compared as a whole.
            style: _,
            explode: _,
            allow_reserved: _,
            as_json: _,
            as_form: _,
            ty,
            rules,
            default,
            place: _,
        } = old;
        // The names of headers have no case, and other names are the same.
        if *wire != new.wire && new.location == Location::Path {
            self.report(&rules::PARAMETER_RENAMED, at, Some(wire.clone()), Some(new.wire.clone()));
        }
        self.docs(at, docs, &new.docs);
        self.deprecation(at, *deprecated, new.deprecated);
        match (required, new.required) {
            (false, true) => self.report(&rules::PARAMETER_BECAME_REQUIRED, at, None, None),
            (true, false) => self.report(&rules::PARAMETER_BECAME_OPTIONAL, at, None, None),
            _ => {}
        }
        if self.is_written_otherwise(old, new) {
            self.report(&rules::PARAMETER_STYLE_CHANGED, at, Some(style_words(old)), Some(style_words(new)));
        }
        let slot = |parameter: &'_ Parameter| parameter.default.clone();
        let (before, after) = (default.clone(), slot(new));
        let old_slot = Slot { default: before.as_ref(), optional: !required, ..Slot::of(ty, rules) };
        let new_slot = Slot {
            default: after.as_ref(),
            optional: !new.required,
            text: text_of(new),
            ..Slot::of(&new.ty, &new.rules)
        };
        self.value(at, old_slot, new_slot);
    }
}

/// How a parameter or a header is written.
pub(super) fn text_of(parameter: &Parameter) -> Text {
    match parameter {
        _ if parameter.as_json || parameter.as_form.is_some() => Text::No,
        _ if parameter.explode || parameter.location == Location::Header => Text::Exploded,
        _ => Text::Yes,
    }
}

/// The new counterpart of the old parameter at `index`: the one with the same name and location, or in a path the one
/// in the same position.
fn find(old: &[Parameter], index: usize, new: &[Parameter]) -> Option<usize> {
    let parameter = &old[index];
    if parameter.location == Location::Path {
        return new.get(index).filter(|other| other.location == Location::Path).map(|_| index);
    }
    let same = |wire: &str| {
        if parameter.location == Location::Header {
            wire.eq_ignore_ascii_case(&parameter.wire)
        } else {
            wire == parameter.wire
        }
    };
    new.iter().position(|other| other.location == parameter.location && same(&other.wire))
}

/// Whether an alternative asks for some of the schemes of another one, and no others.
fn is_within(one: &[Requirement], other: &[Requirement]) -> bool {
    one.iter().all(|requirement| other.iter().any(|wider| wider.scheme == requirement.scheme))
}

fn alternative_words(alternative: &[Requirement]) -> String {
    if alternative.is_empty() {
        return "nothing".to_owned();
    }
    let each = alternative.iter().map(|Requirement { scheme, scopes }| match &scopes[..] {
        [] => scheme.clone(),
        scopes => format!("{scheme} ({})", scopes.join(", ")),
    });
    each.collect::<Vec<_>>().join(" with ")
}

fn server_words(server: &Server) -> String {
    // A name in Rust, compared with the crate's items.
    let Server { url, name: _, docs: _, variables } = server;
    if variables.is_empty() {
        return url.clone();
    }
    format!("{url} with {}", variable_words(variables))
}
