//! Requests for each operation: minimal ones, maximal ones, and some in between.

use openapi_generator::api::{BodyContent, BodyEncoding, FileField, TypeRef};
use openapi_generator::rust::{Builder, Setting, Subject};
use openapi_generator::source::document::{self, Document, MediaType};
use serde_json::{Map, Value, json};

use super::draw::{Draw, Extent};

/// A request to make.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of the case, e.g. `maximal`.
    pub name: String,
    /// The operation's index.
    pub call: usize,
    /// The values that the builder receives, by [`key`].
    pub values: Map<String, Value>,
    /// The expected body.
    pub body: Option<Sent>,
    /// Texts in the body whose `oneOf` alternative only a little-known format determines.
    pub told_by_format: Vec<String>,
}

impl Case {
    /// The discriminated properties of the body, each with the chosen alternative.
    pub fn alternatives(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().filter_map(|(key, tag)| {
            let wire = key.strip_prefix(CHOSEN)?.strip_prefix("property ")?;
            Some((wire, tag.as_str()?))
        })
    }
}

/// An expected body.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// As JSON.
    Json(Value),
    /// As a form or in parts, each property in its declared or default encoding.
    Fields {
        value: Value,
        /// The properties that have an encoding of their own.
        encoded: Vec<String>,
        /// Whether it is a multipart body.
        multipart: bool,
    },
}

impl Sent {
    /// The value that is sent as JSON.
    pub fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            Self::Fields { .. } => None,
        }
    }
}

/// The key under which the program looks up a value.
pub fn key(setting: &Setting<'_>, call: &Builder<'_>) -> String {
    match setting.subject {
        Subject::Parameter(parameter) => {
            let position = call.operation.parameters.iter().position(|other| std::ptr::eq(other, parameter));
            format!("parameter {}", position.unwrap_or_default())
        }
        Subject::Property(property) => format!("property {}", property.wire),
        Subject::File(file) => file_key(file),
        Subject::Body(_) | Subject::BodyEnum(_) => BODY.to_owned(),
    }
}

/// The key of a file.
pub fn file_key(file: &FileField) -> String {
    format!("file {}", file.wire)
}

/// The key of the discriminator of the value of `key`.
pub fn chosen_key(key: &str) -> String {
    format!("{CHOSEN}{key}")
}

/// The prefix of such keys.
pub const CHOSEN: &str = "chosen ";

/// The key of the whole body.
const BODY: &str = "body";
/// The key of the index of the body's media type.
pub const CONTENT: &str = "content";

/// An operation, or a part of one, for which no request could be made.
pub struct Undrawn(pub String);

/// All requests for the operation of index `index`. At most `alternatives` of a union are used, each in a
/// request of its own.
pub fn cases(
    document: &Document,
    call: &Builder<'_>,
    index: usize,
    alternatives: usize,
) -> Result<Vec<Case>, Undrawn> {
    let operation = call.operation;
    let declared = document.operations.iter().find(|other| {
        (other.method.as_str(), other.path.as_str()) == (operation.method.as_str(), operation.path.as_str())
    });
    let Some(declared) = declared else { return Err(Undrawn(format!("{} isn't declared", operation.id))) };
    let maker = Maker { document, call, declared, index };
    let mut cases = Vec::new();
    let media_types = operation.body.as_ref().map_or(1, |body| body.content.len());
    let can_be_sent = |case: &Case| match &case.body {
        Some(Sent::Fields { value, .. }) => value.is_object(),
        _ => true,
    };
    for content in 0..media_types {
        let named = |name: &str| match content {
            0 => name.to_owned(),
            _ => format!(
                "{name} as {}",
                operation.body.as_ref().map_or("", |body| &body.content[content].media_type)
            ),
        };
        cases.push(maker.case(named("minimal"), Extent::Minimal, 0, content, false)?.0);
        cases.push(maker.case(named("minimal body"), Extent::Minimal, 0, content, true)?.0);
        let (maximal, unions) = maker.case(named("maximal"), Extent::Maximal, 0, content, true)?;
        for choice in 1..unions.min(alternatives) {
            for (name, extent) in [("minimal", Extent::Minimal), ("maximal", Extent::Maximal)] {
                let name = named(&format!("{name}, alternative {}", choice + 1));
                cases.push(maker.case(name, extent, choice, content, true)?.0);
            }
        }
        if content == 0 {
            cases.extend(maker.nulls(&maximal));
            cases.extend(maker.whole(&maximal));
        }
        cases.push(maximal);
    }
    // A choice that doesn't affect the case gives the same request again.
    let mut known: Vec<(Map<String, Value>, Option<Sent>)> = Vec::new();
    cases.retain(|case| {
        // Only objects can be sent as a form.
        if !can_be_sent(case) {
            return false;
        }
        let same = (case.values.clone(), case.body.clone());
        let new = !known.contains(&same);
        known.push(same);
        new
    });
    Ok(cases)
}

struct Maker<'a> {
    document: &'a Document,
    call: &'a Builder<'a>,
    declared: &'a document::Operation,
    index: usize,
}

impl Maker<'_> {
    /// A request and the most alternatives that a union in it has; `with_body` adds a body even if it is
    /// optional.
    fn case(
        &self,
        name: String,
        extent: Extent,
        choice: usize,
        content: usize,
        with_body: bool,
    ) -> Result<(Case, usize), Undrawn> {
        let mut values = Map::new();
        let mut alternatives = 1;
        for parameter in &self.call.operation.parameters {
            if !parameter.required && extent == Extent::Minimal {
                continue;
            }
            let mut declared = self.declared.parameters.iter();
            let schema = declared
                .find(|other| other.name == parameter.wire && other.location == parameter.location)
                .map(|other| other.schema);
            let mut draw = Draw::new(self.document, extent, choice);
            let value = match schema {
                Some(Some(schema)) => draw.value(schema),
                _ => Some(json!("any")),
            };
            alternatives = alternatives.max(draw.alternatives);
            match value {
                Some(value) => {
                    let settings = self.call.arguments.iter().chain(&self.call.setters);
                    let setting = settings.into_iter().find(|setting| {
                        matches!(setting.subject, Subject::Parameter(other) if std::ptr::eq(other, parameter))
                    });
                    values.extend(setting.map(|setting| (key(setting, self.call), value)));
                }
                None if parameter.required => {
                    return Err(self.undrawn(&format!("the parameter {:?}", parameter.wire)));
                }
                None => {}
            }
        }
        let mut case = Case { name, call: self.index, values, body: None, told_by_format: Vec::new() };
        let required = self.call.operation.body.as_ref().is_some_and(|body| body.required);
        let has_body = with_body || required;
        if let Some(setting) = self.call.body.as_ref().filter(|_| has_body) {
            let mut draw = Draw::new(self.document, extent, choice);
            let body = self.body(setting, &mut draw, content)?;
            alternatives = alternatives.max(draw.alternatives);
            case.told_by_format = draw.told_by_format;
            let chosen = draw.chosen.into_iter();
            case.values
                .extend(chosen.map(|(wire, tag)| (chosen_key(&format!("property {wire}")), json!(tag))));
            // An optional body without content is omitted.
            let is_empty = body.as_object().is_some_and(Map::is_empty);
            if required || extent == Extent::Maximal || !is_empty {
                self.give_body(setting, body, content, &mut case);
            }
        }
        Ok((case, alternatives))
    }

    fn undrawn(&self, what: &str) -> Undrawn {
        Undrawn(format!("{}: no value can be drawn for {what}", self.call.operation.id))
    }

    /// The body's value in the media type of index `content`.
    fn body(&self, setting: &Setting<'_>, draw: &mut Draw<'_>, content: usize) -> Result<Value, Undrawn> {
        let planned = &contents(setting)[content];
        if matches!(planned.encoding, BodyEncoding::Text | BodyEncoding::Bytes) {
            return Ok(json!("some text"));
        }
        if matches!(planned.encoding, BodyEncoding::Items(_)) {
            return Ok(json!([]));
        }
        let declared = self.declared.request_body.as_ref().map_or(&[][..], |body| &body.content[..]);
        let declared: Option<&MediaType> = declared.iter().find(|other| other.name == planned.media_type);
        let Some(schema) = declared.and_then(|declared| declared.schema) else {
            return Ok(json!("any"));
        };
        draw.value(schema).ok_or_else(|| self.undrawn("the body"))
    }

    /// Puts the body into `case`: by property if every property has a setter, otherwise as a whole.
    fn give_body(&self, setting: &Setting<'_>, mut body: Value, content: usize, case: &mut Case) {
        let call = self.call;
        let settings = || call.arguments.iter().chain(&call.setters);
        if let Value::Object(members) = &mut body {
            for file in settings().filter(|setting| matches!(setting.subject, Subject::File(_))) {
                let Subject::File(field) = file.subject else { continue };
                let drawn = members.shift_remove(&field.wire);
                if drawn.is_some() || field.required {
                    case.values.insert(key(file, call), json!("the content of a file"));
                }
            }
        }
        if let Value::Object(members) = &mut body {
            for field in &contents(setting)[content].files {
                if members.shift_remove(&field.wire).is_some() || field.required {
                    case.values.insert(file_key(field), json!("the content of a file"));
                }
            }
        }
        if content > 0 || matches!(setting.subject, Subject::BodyEnum(_)) {
            case.values.insert(CONTENT.to_owned(), json!(content));
        }
        case.body = match &contents(setting)[content].encoding {
            BodyEncoding::Json => Some(Sent::Json(body.clone())),
            encoding @ (BodyEncoding::Form(encodings) | BodyEncoding::Multipart(encodings)) => {
                Some(Sent::Fields {
                    value: body.clone(),
                    encoded: encodings.iter().map(|encoding| encoding.wire.clone()).collect(),
                    multipart: matches!(encoding, BodyEncoding::Multipart(_)),
                })
            }
            BodyEncoding::Items(_)
            | BodyEncoding::Parts(..)
            | BodyEncoding::Xml
            | BodyEncoding::Text
            | BodyEncoding::Bytes => None,
        };
        let by_property: Vec<(String, &str)> = settings()
            .filter_map(|setting| match setting.subject {
                Subject::Property(property) => Some((key(setting, call), property.wire.as_str())),
                _ => None,
            })
            .collect();
        let mut rest = body.clone();
        if let Value::Object(members) = &mut rest {
            for (key, wire) in &by_property {
                case.values.extend(members.shift_remove(*wire).map(|value| (key.clone(), value)));
            }
        }
        let is_argument = call.arguments.iter().any(|argument| key(argument, call) == BODY);
        let nothing_left = rest.as_object().is_some_and(Map::is_empty) && !by_property.is_empty();
        if is_argument || !nothing_left {
            case.values.insert(BODY.to_owned(), body);
        }
    }

    /// The maximal request with null for everything nullable.
    fn nulls(&self, maximal: &Case) -> Option<Case> {
        let mut body = maximal.body.as_ref().and_then(Sent::json)?.clone();
        let mut case = Case { name: "nulls".to_owned(), ..maximal.clone() };
        let mut found = false;
        for setting in self.call.setters.iter().filter(|setting| setting.null.is_some()) {
            let Subject::Property(property) = setting.subject else { continue };
            // Arbitrary JSON includes null, whether or not the document intends it.
            if property.ty != TypeRef::Json {
                found = true;
                case.values.insert(key(setting, self.call), Value::Null);
                if let Some(members) = body.as_object_mut() {
                    members.insert(property.wire.clone(), Value::Null);
                }
            }
        }
        case.body = Some(Sent::Json(body));
        found.then_some(case)
    }

    /// The maximal request with its body given as a whole.
    fn whole(&self, maximal: &Case) -> Option<Case> {
        let body = maximal.body.as_ref().and_then(Sent::json)?.clone();
        let is_argument = |setting: &&Setting<'_>| matches!(setting.subject, Subject::Property(_));
        let arguments: Vec<String> =
            self.call.arguments.iter().filter(is_argument).map(|setting| key(setting, self.call)).collect();
        let mut case = Case { name: "whole body".to_owned(), ..maximal.clone() };
        case.values.retain(|key, _| !key.starts_with("property ") || arguments.contains(key));
        case.values.insert(BODY.to_owned(), body);
        (case.values != maximal.values).then_some(case)
    }
}

/// The media types of a body.
fn contents<'a>(setting: &Setting<'a>) -> &'a [BodyContent] {
    match setting.subject {
        Subject::Body(contents) | Subject::BodyEnum(contents) => contents,
        _ => &[],
    }
}
