//! The styles of parameters and properties: which ones a place allows, and what they are by default.

use serde_json::Value;

use super::at::At;
use super::document::{Location, Style};
use super::reader::Reader;
use crate::diagnostics::codes;

/// The style of parameters without one.
pub(super) fn default(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Querystring | Location::Cookie => Style::Form,
    }
}

/// Whether values are written separately where `explode` doesn't say.
pub(super) fn explodes(style: Style) -> bool {
    matches!(style, Style::Form | Style::Cookie)
}

impl<'a> Reader<'a> {
    /// Whether reserved characters are sent as they are. Before OpenAPI 3.2 only queries allow that; since then everything
    /// that is percent-encoded does.
    pub(super) fn allow_reserved(&mut self, at: &At<'a>, location: Location, style: Style) -> bool {
        let (is_allowed, what) = match location {
            Location::Query => (true, "queries"),
            Location::Path => (self.is_3_2(), "paths before OpenAPI 3.2"),
            Location::Cookie if style == Style::Cookie => {
                (false, "cookies of this style, which are sent as they are")
            }
            Location::Cookie => (self.is_3_2(), "cookies before OpenAPI 3.2"),
            Location::Querystring => (false, "whole queries"),
            Location::Header => (false, "headers, which are sent as they are"),
        };
        let asked = self.boolean(at, "allowReserved");
        if asked && !is_allowed && at.get("content").is_none() {
            let message = format!("`allowReserved` has no effect on {what}");
            let place = at.place.child("allowReserved");
            self.diagnostics.report(&codes::MISPLACED_STYLE, &place, message, "Remove it.");
        }
        asked && is_allowed
    }

    /// Reports what `content` makes meaningless.
    pub(super) fn no_style(&mut self, at: &At<'_>) {
        for name in ["style", "explode", "allowReserved"] {
            if at.get(name).is_some() {
                let message = format!("`{name}` is ignored: the parameter has a `content`");
                let help = format!("Remove `{name}`, or describe the parameter by a `schema`.");
                self.diagnostics.report(&codes::MISUSED_CONTENT, &at.place.child(name), message, help);
            }
        }
    }

    /// The style of a parameter, if its location allows it.
    pub(super) fn style_in(&mut self, at: &At<'_>, location: Location) -> Option<Style> {
        let style = self.style(at)?;
        let allowed = match location {
            Location::Path => &[Style::Matrix, Style::Label, Style::Simple][..],
            Location::Query => &[Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject],
            Location::Querystring => &[],
            Location::Header => &[Style::Simple],
            Location::Cookie => &[Style::Form, Style::Cookie],
        };
        if allowed.contains(&style) {
            return Some(style);
        }
        let (place, default) = match location {
            Location::Path => ("a path", "simple"),
            Location::Query => ("a query", "form"),
            Location::Querystring => ("a whole query", "form"),
            Location::Header => ("a header", "simple"),
            Location::Cookie => ("a cookie", "form"),
        };
        let written = at.value_of("style").and_then(Value::as_str).unwrap_or_default();
        let message = format!("{place} doesn't allow the style {written:?}; {default:?} is used");
        let help = format!("Remove the style, or use one that {place} allows.");
        self.diagnostics.report(&codes::MISPLACED_STYLE, &at.place.child("style"), message, help);
        None
    }

    pub(super) fn style(&mut self, at: &At<'_>) -> Option<Style> {
        let style = at.get("style")?;
        Some(match style.value.as_str() {
            Some("matrix") => Style::Matrix,
            Some("label") => Style::Label,
            Some("simple") => Style::Simple,
            Some("form") => Style::Form,
            Some("spaceDelimited") => Style::SpaceDelimited,
            Some("pipeDelimited") => Style::PipeDelimited,
            Some("deepObject") => Style::DeepObject,
            Some("cookie") if self.is_3_2() => Style::Cookie,
            _ => {
                self.wrong_type(&style.place, "one of OpenAPI's styles");
                return None;
            }
        })
    }
}
