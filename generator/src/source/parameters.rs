//! Parameters and headers.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::at::At;
use super::content::MEDIA_TYPE;
use super::document::{Location, Parameter, Style};
use super::reader::Reader;
use super::{styles, template};
use crate::diagnostics::codes;
use crate::text::Place;

/// The members that parameters and headers share.
const PARAMETER: &[&str] = &[
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "allowReserved",
    "style",
    "explode",
    "schema",
    "content",
    "example",
    "examples",
];

impl<'a> Reader<'a> {
    /// The path as it is sent, and the operation's parameters: its own and those of its path item, which is `items`
    /// together, that it doesn't override.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        items: &[At<'a>],
        at: &At<'a>,
    ) -> (String, Vec<Parameter>) {
        self.well_formed(path, &items.first().unwrap_or(at).place);
        let (mut parameters, all_read) = self.declared_parameters(items, at);
        let has = |parameters: &[Parameter], location, name: &str| {
            parameters.iter().any(|parameter| parameter.location == location && parameter.name == name)
        };
        for (name, inner) in template::queries(path) {
            let declared = |location, name| has(&parameters, location, name);
            let is_declared = declared(Location::Query, name)
                || declared(Location::Query, inner)
                || declared(Location::Path, inner);
            if all_read && !is_declared {
                let message = format!("`{{{inner}}}` is read as the query parameter {name:?}, a string");
                let help = "Declare it in `parameters`, with `in: query`.";
                self.tolerate(&at.place, &message, help);
                parameters.push(undeclared(&at.place, name, Location::Query, Style::Form));
            }
        }
        let template = template::sent(path, |name| has(&parameters, Location::Query, name));
        let names = template::names(&template);
        self.respell(&names, &mut parameters);
        for name in &names {
            // A parameter that can't be read may be this one.
            if all_read && !has(&parameters, Location::Path, name) {
                let message = format!(
                    "the path contains `{{{name}}}`, but there is no path parameter of that name; it is read as a string"
                );
                let help = "Declare it in `parameters`, with `in: path` and `required: true`.";
                self.diagnostics.report(&codes::UNDECLARED_PATH_PARAMETER, &at.place, message, help);
                parameters.push(undeclared(&at.place, name, Location::Path, Style::Simple));
            }
        }
        parameters.retain(|parameter| {
            let stray = parameter.location == Location::Path && !names.contains(&parameter.name);
            if stray {
                let message = format!(
                    "the path {path:?} doesn't contain `{{{}}}`; the parameter is ignored",
                    parameter.name
                );
                let help = "Remove the parameter, or add it to the path.";
                self.diagnostics.report(&codes::UNUSED_PATH_PARAMETER, &parameter.place, message, help);
            }
            !stray
        });
        (template, parameters)
    }

    /// The operation's parameters and those of its path item that it doesn't override, and whether all could be read.
    pub(super) fn declared_parameters(&mut self, items: &[At<'a>], at: &At<'a>) -> (Vec<Parameter>, bool) {
        let mut parameters: IndexMap<(Location, String), Parameter> = IndexMap::new();
        let mut all_read = true;
        for owner in items.iter().rev().chain([at]) {
            let mut own = Vec::new();
            for entry in self.list(owner, "parameters") {
                let Some(parameter) = self.parameter(entry) else {
                    all_read = false;
                    continue;
                };
                if self.is_described_elsewhere(&parameter) {
                    continue;
                }
                let key = (parameter.location, key(parameter.location, &parameter.name));
                let earlier = parameters.get(&key).filter(|_| own.contains(&key));
                if let Some(other) = earlier.filter(|earlier| earlier.name != parameter.name) {
                    self.same_header(&parameter, &other.name);
                    continue;
                }
                if earlier.is_some() {
                    let message = format!("the parameter {:?} is declared twice", parameter.name);
                    self.diagnostics.report(
                        &codes::DUPLICATE_PARAMETER,
                        &parameter.place,
                        message,
                        "Remove one of them.",
                    );
                }
                own.push(key.clone());
                parameters.insert(key, parameter);
            }
        }
        let parameters: Vec<Parameter> = parameters.into_values().collect();
        self.one_query(&parameters);
        (parameters, all_read)
    }

    /// Reports braces in a path that don't enclose the name of a parameter.
    fn well_formed(&mut self, path: &str, place: &Place) {
        if let Some(fault) = template::fault(path) {
            let message = format!("{fault} in the path {path:?}; it is sent as text");
            let help = "Write each parameter as `{name}`.";
            self.diagnostics.report(&codes::MALFORMED_PATH, place, message, help);
        }
    }

    /// Reports a header that an earlier one equals but for its case.
    pub(super) fn same_header(&mut self, header: &Parameter, other: &str) {
        let message =
            format!("the header {:?} differs from {other:?} only in case; it is ignored", header.name);
        let help = "Remove one of them: the names of headers are the same whatever their case.";
        self.diagnostics.report(&codes::SAME_FOR_THE_SERVER, &header.place, message, help);
    }

    /// Renames path parameters whose names differ from the template's only in case or punctuation.
    fn respell(&mut self, names: &[String], parameters: &mut [Parameter]) {
        let letters = |name: &str| name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
        for parameter in parameters.iter_mut().filter(|parameter| parameter.location == Location::Path) {
            if names.contains(&parameter.name) {
                continue;
            }
            if let Some(name) = names.iter().find(|name| letters(name) == letters(&parameter.name)) {
                let message =
                    format!("the parameter {:?} is assumed to be `{{{name}}}` in the path", parameter.name);
                let help = "Use the same spelling for both.";
                self.diagnostics.report(&codes::PARAMETER_SPELLING, &parameter.place, message, help);
                parameter.name.clone_from(name);
            }
        }
    }

    fn parameter(&mut self, entry: At<'a>) -> Option<Parameter> {
        let at = &self.follow(entry.clone(), "parameters")?;
        self.object_only(at, "a parameter", &[PARAMETER, &["name", "in"]])?;
        let name = self.string(at, "name");
        let location = match at.value.get("in").and_then(Value::as_str) {
            Some("path") => Some(Location::Path),
            Some("query") => Some(Location::Query),
            Some("querystring") if self.is_3_2() => Some(Location::Querystring),
            Some("header") => Some(Location::Header),
            Some("cookie") => Some(Location::Cookie),
            _ => None,
        };
        let (Some(name), Some(location)) = (name, location) else {
            let others = if self.is_3_2() { "`query`, `querystring`" } else { "`query`" };
            let message = format!(
                "a parameter needs a `name`, and an `in` that is `path`, {others}, `header` or `cookie`"
            );
            self.diagnostics.report(
                &codes::INCOMPLETE_PARAMETER,
                &at.place,
                message,
                "Add or correct these members.",
            );
            return None;
        };
        Some(self.parameter_or_header(&entry, at, name, location))
    }

    /// Whether it is one of the three headers that media types and security schemes determine (OpenAPI 3.1,
    /// 4.8.12.2.1).
    fn is_described_elsewhere(&mut self, parameter: &Parameter) -> bool {
        let elsewhere = ["accept", "content-type", "authorization"];
        let is = parameter.location == Location::Header
            && elsewhere.contains(&parameter.name.to_ascii_lowercase().as_str());
        if is {
            let message = format!("the header parameter {:?} is ignored", parameter.name);
            let help = "Media types and security schemes determine this header.";
            self.diagnostics.report(&codes::IGNORED_HEADER_PARAMETER, &parameter.place, message, help);
        }
        is
    }

    /// The response header `name`.
    pub(super) fn header(&mut self, name: &str, entry: At<'a>) -> Option<Parameter> {
        let at = self.follow(entry.clone(), "headers")?;
        self.object_only(&at, "a header", &[PARAMETER])?;
        Some(self.parameter_or_header(&entry, &at, name.to_owned(), Location::Header))
    }

    fn parameter_or_header(
        &mut self,
        entry: &At<'a>,
        at: &At<'a>,
        name: String,
        location: Location,
    ) -> Parameter {
        let content = self.content_of_parameter(at, location);
        self.examples(content.as_ref().map_or(at, |(_, media_type)| media_type));
        let schema = match &content {
            Some((_, media_type)) => self.schema_member(media_type, "schema"),
            None => self.schema_member(at, "schema"),
        };
        let encoding = match &content {
            Some((_, media_type)) if location == Location::Querystring => self.encodings(media_type),
            _ => IndexMap::new(),
        };
        if content.is_some() {
            self.no_style(at);
        }
        let style = self.style_in(at, location).filter(|_| content.is_none());
        let style = style.unwrap_or_else(|| styles::default(location));
        Parameter {
            place: at.place.clone(),
            description: self.description(entry, at),
            required: location == Location::Path || self.boolean(at, "required"),
            deprecated: self.boolean(at, "deprecated"),
            allow_reserved: self.allow_reserved(at, location, style),
            // No call depends on it, so no fault in it stops one.
            allow_empty_value: at.value_of("allowEmptyValue") == Some(&Value::Bool(true)),
            style,
            explode: self.optional_boolean(at, "explode").unwrap_or_else(|| styles::explodes(style)),
            schema,
            encoding,
            media_type: content.map(|(name, _)| name.to_owned()),
            extensions: at.extensions(),
            name,
            location,
        }
    }

    /// The entry of `content` that describes the parameter, if no `schema` does.
    fn content_of_parameter(&mut self, at: &At<'a>, location: Location) -> Option<(&'a str, At<'a>)> {
        if location == Location::Querystring && at.get("content").is_none() {
            return self.query_as_form(at);
        }
        let content = self.map(at, "content");
        let place = at.place.child("content");
        let mut report = |message: &str| {
            let help = "Give the parameter either a `schema` or a `content` with one media type.";
            self.diagnostics.report(&codes::MISUSED_CONTENT, &place, message, help);
        };
        if at.get("schema").is_some() && !content.is_empty() {
            if location != Location::Querystring {
                report("this `content` is ignored: the parameter has a `schema`");
                return None;
            }
            report("the `schema` beside this `content` is ignored: the parameter is the whole query");
        }
        if content.len() > 1 {
            report(&format!("of these media types only {:?} is used", content[0].0));
        }
        let (name, media_type) = content.into_iter().next()?;
        let media_type = if self.is_3_2() { self.media_type(media_type)? } else { media_type };
        if !media_type.value.is_null() {
            self.object_only(&media_type, "a media type", &[MEDIA_TYPE])?;
        }
        Some((name, media_type))
    }
}

/// What tells parameters of a location apart: the names of headers have no case.
pub(super) fn key(location: Location, name: &str) -> String {
    if location == Location::Header { name.to_ascii_lowercase() } else { name.to_owned() }
}

/// A parameter that only the path mentions.
fn undeclared(place: &Place, name: &str, location: Location, style: Style) -> Parameter {
    Parameter {
        place: place.clone(),
        name: name.to_owned(),
        location,
        description: None,
        required: true,
        deprecated: false,
        allow_reserved: false,
        allow_empty_value: false,
        style,
        explode: styles::explodes(style),
        schema: None,
        encoding: IndexMap::new(),
        media_type: None,
        extensions: BTreeMap::new(),
    }
}
