//! Types that the settings give to formats.

use std::collections::BTreeMap;

use super::Planner;
use super::schemas::types;
use crate::api::{FormatType, Formatted, Library, TypeRef};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::Settings;
use crate::source::document::{Document, MediaType, Schema, Type};
use crate::text::most_like;

/// The type of a library for a format.
struct Known {
    format: &'static str,
    library: Library,
    path: &'static str,
    sample: &'static str,
}

const MOMENT: &str = "2026-01-31T12:00:00Z";
const DAY: &str = "2026-01-31";
const TIME: &str = "12:00:00";
const URL: &str = "https://example.com/";

const fn known(format: &'static str, library: Library, path: &'static str, sample: &'static str) -> Known {
    Known { format, library, path, sample }
}

/// The types of libraries, by format.
const KNOWN: [Known; 18] = [
    known("byte", Library::Std, "Vec<u8>", "aGVsbG8="),
    known("date", Library::Chrono, "::chrono::NaiveDate", DAY),
    known("date", Library::Jiff, "::jiff::civil::Date", DAY),
    known("date", Library::Time, "::time::Date", DAY),
    known("date-time", Library::Chrono, "::chrono::DateTime<::chrono::FixedOffset>", MOMENT),
    known("date-time", Library::Jiff, "::jiff::Timestamp", MOMENT),
    known("date-time", Library::Time, "::time::OffsetDateTime", MOMENT),
    known("decimal", Library::RustDecimal, "::rust_decimal::Decimal", "1.50"),
    known("duration", Library::Jiff, "::jiff::SpanFieldwise", "PT1H"),
    known("ip", Library::Std, "::std::net::IpAddr", "127.0.0.1"),
    known("ipv4", Library::Std, "::std::net::Ipv4Addr", "127.0.0.1"),
    known("ipv6", Library::Std, "::std::net::Ipv6Addr", "::1"),
    known("time", Library::Chrono, "::chrono::NaiveTime", TIME),
    known("time", Library::Jiff, "::jiff::civil::Time", TIME),
    known("time", Library::Time, "::time::Time", TIME),
    known("uri", Library::Url, "::url::Url", URL),
    known("url", Library::Url, "::url::Url", URL),
    known("uuid", Library::Uuid, "::uuid::Uuid", "67e55044-10b1-426f-9247-bb680e5fe0c8"),
];

/// What the settings call numbers that are text on the wire.
const NUMBER: &str = "number";

/// The numbers that texts of a format hold.
const NUMBERS: [(&str, &str); 8] = [
    ("decimal", "Number"),
    ("double", "Number"),
    ("float", "Number"),
    ("int32", "i32"),
    ("int64", "i64"),
    ("number", "Number"),
    ("uint32", "u32"),
    ("uint64", "u64"),
];

/// Formats that keep their type, and why.
const KEPT: [(&str, &str); 2] = [
    ("binary", "its values are files, or bytes as they are sent"),
    ("password", "its values are secrets, which mustn't be printed"),
];

/// The types of formats.
pub(super) type Formats<'s> = BTreeMap<&'s str, FormatType>;

/// The types that the settings give to formats of `document`. Entries that match nothing, and those whose type isn't one,
/// are reported.
pub(super) fn of<'s>(
    document: &Document,
    settings: &'s Settings,
    diagnostics: &mut Diagnostics,
) -> Formats<'s> {
    let mut formats = Formats::new();
    for (format, wanted) in &settings.formats {
        let place = settings.place(&["formats", format]);
        match given(format, wanted) {
            Ok(given) => {
                formats.insert(format, given);
            }
            Err((problem, help)) => {
                diagnostics.report(&codes::INVALID_FORMAT_TYPE, &place, problem, help);
                continue;
            }
        }
        if !document.schemas.0.iter().any(|schema| schema.format.as_deref() == Some(format)) {
            let message =
                format!("`formats` in the settings matches nothing: no schema has the format {format:?}");
            let known = document.schemas.0.iter().filter_map(|schema| schema.format.as_deref());
            let help = match most_like(format, known) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Compare it with the formats in the document, or remove the entry.".to_owned(),
            };
            diagnostics.report(&codes::UNMATCHED_SETTING, &place, message, help);
        }
    }
    formats
}

/// The type that `wanted` is for a format, or what is wrong with it and what to do.
fn given(format: &str, wanted: &str) -> Result<FormatType, (String, String)> {
    if let Some((_, why)) = KEPT.iter().find(|(kept, _)| *kept == format) {
        let help = "Remove the entry, or give the schema a type of your own by `types`.";
        return Err((format!("the format `{format}` can't be given a type: {why}"), help.to_owned()));
    }
    let text =
        |known: &Known| FormatType::Text { library: known.library, path: known.path, sample: known.sample };
    let path = wanted.trim_start_matches("::");
    let is_it = |known: &&Known| known.path.trim_start_matches("::") == path;
    if let Some(known) = KNOWN.iter().find(is_it) {
        return Ok(text(known));
    }
    if let Some((_, number)) = NUMBERS.iter().find(|(_, number)| *number == wanted && *number != "Number") {
        return Ok(FormatType::Quoted(number));
    }
    if wanted == NUMBER {
        let number = NUMBERS.iter().find(|(known, _)| *known == format);
        return number.map(|(_, number)| FormatType::Quoted(number)).ok_or_else(|| unknown(format, wanted));
    }
    if let Some(library) = Library::ALL.into_iter().find(|library| library.name() == wanted) {
        let known = KNOWN.iter().find(|known| known.format == format && known.library == library);
        return known.map(text).ok_or_else(|| unknown(format, wanted));
    }
    if wanted.contains("::") && matches!(syn::parse_str(wanted), Ok(syn::Type::Path(_))) {
        return Ok(FormatType::Own(wanted.to_owned()));
    }
    let names = || Library::ALL.into_iter().map(Library::name).chain([NUMBER]);
    let help = match most_like(wanted, names()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Write the name of a library, `number`, or a path such as `my_crate::Money`.".to_owned(),
    };
    Err((format!("{wanted:?} in the settings is neither a library nor the path of a type"), help))
}

/// What is wrong if `wanted` has no type for a format.
fn unknown(format: &str, wanted: &str) -> (String, String) {
    let message = format!("`{wanted}` has no type for the format `{format}`");
    let libraries = KNOWN.iter().filter(|known| known.format == format).map(|known| known.library.name());
    let number = NUMBERS.iter().filter(|(known, _)| *known == format).map(|_| NUMBER);
    let known: Vec<String> = libraries.chain(number).map(|name| format!("`{name}`")).collect();
    let help = match &known[..] {
        [] => "Write the path of a type, such as `my_crate::Money`.".to_owned(),
        [only] => format!("It can be {only}, or the path of a type."),
        known => format!("It can be one of {}, or the path of a type.", known.join(", ")),
    };
    (message, help)
}

impl Planner<'_> {
    /// The type that the settings give to the schema's format.
    fn given_type(&self, schema: &Schema) -> Option<&FormatType> {
        let formats = &self.ground.formats;
        if formats.is_empty() { None } else { formats.get(schema.format.as_deref()?) }
    }

    /// Whether strings of the schema have a type by the settings.
    pub(super) fn is_given_type(&self, schema: &Schema) -> bool {
        self.given_type(schema).is_some()
    }

    /// The type of scalar values that would be `plain`: the one that the settings give to the format, if they do.
    pub(super) fn with_format(&mut self, schema: &Schema, plain: TypeRef) -> TypeRef {
        let Some(given) = self.given_type(schema) else { return plain };
        let is_text = types(schema) == [Type::String];
        match given {
            FormatType::Own(_) => {}
            _ if is_text => {}
            // It is a number anyway.
            FormatType::Quoted(_) if matches!(types(schema)[..], [Type::Integer | Type::Number]) => {
                return plain;
            }
            FormatType::Quoted(_) | FormatType::Text { .. } => {
                self.tell_unused_type(schema, "its values aren't strings");
                return plain;
            }
        }
        let (format, given) = (schema.format.clone().unwrap_or_default(), given.clone());
        TypeRef::Formatted(Box::new(Formatted { format, plain, given }))
    }

    /// Says that the settings give the schema's format a type that isn't used, if they do.
    pub(super) fn tell_unused_type(&mut self, schema: &Schema, why: &str) {
        if !self.is_given_type(schema) {
            return;
        }
        let format = schema.format.as_deref().unwrap_or_default();
        let message =
            format!("the type that the settings give to the format `{format}` isn't used here: {why}");
        let help = "Nothing needs to be done, unless you want a type of your own here: name it in `types`.";
        self.diagnostics.report(&codes::UNUSED_FORMAT_TYPE, &schema.place, message, help);
    }

    /// Says that a body which is text as a whole doesn't have the type that the settings give to its format.
    pub(super) fn tell_format_of_text(&mut self, media_type: &MediaType) {
        if let Some(id) = media_type.schema.filter(|_| !self.ground.formats.is_empty()) {
            let document = self.document;
            self.tell_unused_type(&document.schemas[self.behind(id)], "a body that isn't JSON is text");
        }
    }

    /// A word for strings of the schema, if the settings give its format a type.
    pub(super) fn format_word(&self, schema: &Schema) -> Option<String> {
        let format = schema.format.as_deref().filter(|_| self.is_given_type(schema))?;
        if types(schema) != [Type::String] || !schema.values.is_empty() {
            return None;
        }
        Some(format.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect())
    }
}
