//! Request bodies.

use super::matching::{by_name, matching};
use super::values::Slot;
use super::{At, Comparison};
use super::{Origin, Part};
use crate::api::{Body, BodyContent, BodyEncoding, FileField, Framing, PartHeader, PropertyEncoding, Style};
use crate::diff::rules::{self, Direction};

impl Comparison<'_> {
    pub(super) fn body(&mut self, at: &At, old: Option<&Body>, new: Option<&Body>) {
        let at = At {
            subject: Origin::new(&at.subject.group, Part::Body),
            ..at.called("the body").directions(&[Direction::Request])
        };
        match (old, new) {
            (Some(old), Some(new)) => self.bodies(&at, old, new),
            (None, Some(new)) => {
                let kind =
                    if new.required { &rules::REQUIRED_BODY_ADDED } else { &rules::OPTIONAL_BODY_ADDED };
                self.report(kind, &at, None, Some(media_types(new)));
            }
            (Some(old), None) => self.report(&rules::BODY_REMOVED, &at, Some(media_types(old)), None),
            (None, None) => {}
        }
    }

    fn bodies(&mut self, at: &At, old: &Body, new: &Body) {
        // Names of setters are compared with the crate's items.
        let Body { docs, required, content, files } = old;
        self.docs(at, docs, &new.docs);
        match (required, new.required) {
            (false, true) => self.report(&rules::BODY_BECAME_REQUIRED, at, None, None),
            (true, false) => self.report(&rules::BODY_BECAME_OPTIONAL, at, None, None),
            _ => {}
        }
        let contents = matching(content, &new.content, |one| essence(&one.media_type));
        for (one, other) in contents.old {
            let Some(other) = other else {
                let at = at.called(one.media_type.clone());
                self.report(&rules::MEDIA_TYPE_REMOVED, &at, Some(one.media_type.clone()), None);
                continue;
            };
            let BodyContent { media_type, encoding, ty, rules, xml, variant: _, files } = one;
            self.media_type_parameters(at, media_type, &other.media_type);
            if encoding_words(encoding) != encoding_words(&other.encoding) {
                let (before, after) = (encoding_words(encoding), encoding_words(&other.encoding));
                self.report(&rules::ENCODING_CHANGED, at, Some(before), Some(after));
            }
            self.value(at, Slot::of(ty, rules), Slot::of(&other.ty, &other.rules));
            self.xml_root(at, xml.as_deref(), other.xml.as_deref());
            self.files(at, files, &other.files);
        }
        for one in contents.added {
            let at = at.called(one.media_type.clone());
            self.report(&rules::MEDIA_TYPE_ADDED, &at, None, Some(one.media_type.clone()));
        }
        self.files(at, files, &new.files);
    }

    /// Compares what comes after the name of the same media type.
    pub(super) fn media_type_parameters(&mut self, at: &At, old: &str, new: &str) {
        let plain = |name: &str| name.split_whitespace().collect::<String>().to_ascii_lowercase();
        if essence(old) == essence(new) && plain(old) != plain(new) {
            let (before, after) = (Some(old.to_owned()), Some(new.to_owned()));
            self.report(&rules::MEDIA_TYPE_PARAMETERS_CHANGED, at, before, after);
        }
    }

    fn files(&mut self, at: &At, old: &[FileField], new: &[FileField]) {
        let place = |file: &FileField| At {
            subject: Origin::new(&at.subject.group, Part::File(file.wire.clone())),
            ..at.called(format!("`{}`", file.wire))
        };
        let files = matching(old, new, |file| file.wire.as_str());
        for (file, other) in files.old {
            let FileField { wire, docs, required, many, headers } = file;
            let at = place(file);
            let Some(other) = other else {
                self.report(&rules::FILE_REMOVED, &at, Some(wire.clone()), None);
                continue;
            };
            self.docs(&at, docs, &other.docs);
            match (required, other.required) {
                (false, true) => self.report(&rules::FILE_BECAME_REQUIRED, &at, None, None),
                (true, false) => self.report(&rules::FILE_BECAME_OPTIONAL, &at, None, None),
                _ => {}
            }
            if *many != other.many {
                let word = |many: bool| Some(if many { "a list" } else { "one" }.to_owned());
                self.report(&rules::FILE_COUNT_CHANGED, &at, word(*many), word(other.many));
            }
            self.part_headers(&at, headers, &other.headers);
        }
        for file in files.added {
            let kind = if file.required { &rules::REQUIRED_FILE_ADDED } else { &rules::OPTIONAL_FILE_ADDED };
            self.report(kind, &place(file), None, Some(file.wire.clone()));
        }
    }

    fn part_headers(&mut self, at: &At, old: &[PartHeader], new: &[PartHeader]) {
        let lower = |header: &PartHeader| header.wire.to_ascii_lowercase();
        let (of_old, of_new) = (by_name(old, lower), by_name(new, lower));
        let name = |header: &PartHeader| Some(format!("`{}`", header.wire));
        for header in old.iter().filter(|header| !of_new.contains_key(&lower(header))) {
            let at = at.called(format!("`{}`", header.wire));
            self.report(&rules::PART_HEADER_REMOVED, &at, name(header), None);
        }
        for header in new {
            let before = of_old.get(&lower(header)).copied();
            if before.is_some_and(|before| before.required == header.required) {
                continue;
            }
            let kind =
                if header.required { &rules::PART_HEADER_REQUIRED } else { &rules::PART_HEADER_OPTIONAL };
            let at = at.called(format!("`{}`", header.wire));
            self.report(kind, &at, before.and_then(name), name(header));
        }
    }
}

/// A media type without its parameters (RFC 9110, section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn media_types(body: &Body) -> String {
    body.content.iter().map(|content| content.media_type.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) fn encoding_words(encoding: &BodyEncoding) -> String {
    let (word, properties) = match encoding {
        BodyEncoding::Json => ("JSON", &[][..]),
        BodyEncoding::Form(properties) => ("a form", &properties[..]),
        BodyEncoding::Multipart(properties) => ("a multipart form", &properties[..]),
        BodyEncoding::Parts(prefix, item) => return parts_words(prefix, item.as_ref()),
        BodyEncoding::Items(Framing::Sequence) => ("a JSON text sequence", &[][..]),
        BodyEncoding::Items(_) => ("lines of JSON", &[][..]),
        BodyEncoding::Xml => ("XML", &[][..]),
        BodyEncoding::Text => ("text", &[][..]),
        BodyEncoding::Bytes => ("bytes", &[][..]),
    };
    let mut words: Vec<String> = properties.iter().map(property_words).collect();
    words.sort();
    words.insert(0, word.to_owned());
    words.join("; ")
}

fn parts_words(prefix: &[Option<String>], item: Option<&String>) -> String {
    let word = |name: Option<&String>| name.map_or("by its value", String::as_str).to_owned();
    let mut words: Vec<String> = prefix.iter().map(|name| word(name.as_ref())).collect();
    words.push(format!("others {}", word(item)));
    format!("a list of parts: {}", words.join(", "))
}

fn property_words(property: &PropertyEncoding) -> String {
    let PropertyEncoding { wire, content_type, style, explode, allow_reserved } = property;
    let explode = if *explode { ", exploded" } else { "" };
    let reserved = if *allow_reserved { ", reserved characters as they are" } else { "" };
    let content_type = content_type.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
    format!("{wire}{content_type}: {}{explode}{reserved}", style_word(*style))
}

pub(super) fn style_word(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}
