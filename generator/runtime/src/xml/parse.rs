//! XML text to a tree of elements, with every name's namespace.
//!
//! Document type declarations are refused, so the only entities are the five that XML has.

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};
use quick_xml::reader::NsReader;

use crate::json::decode_error::DecodeError;
use crate::json::scan::{MAX_DEPTH, TOO_DEEP, line_and_column};
use crate::xml::text::{XSI, boolean_of, is_allowed, is_name, trimmed};

/// How long the name of a namespace can be, which each unknown name in it is kept with.
const MAX_NAMESPACE: usize = 256;

/// A name with its namespace, which is empty if it has none. Equal ones share their text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub namespace: Rc<str>,
    pub local: Rc<str>,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub name: Name,
    /// Those that don't declare namespaces, and aren't about schemas.
    pub attributes: Vec<(Name, String)>,
    /// Whether it is null (`xsi:nil`).
    pub is_nil: bool,
    pub children: Vec<Self>,
    /// All text that is directly in it.
    pub text: Cow<'a, str>,
}

/// The root element of the text.
///
/// # Errors
/// The text isn't XML, isn't UTF-8, has a document type declaration, or is nested too deeply.
pub(super) fn parse(bytes: &[u8]) -> Result<Element<'_>, DecodeError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(at("not UTF-8", bytes, error.valid_up_to())),
    };
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut tree = Tree { open: Vec::new(), root: None, known: HashSet::new() };
    loop {
        let start = reader.buffer_position();
        let end = match reader.read_event() {
            Ok(event) => tree.event(&reader, event),
            Err(error) => {
                let place = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Err(at(&format!("not XML: {}", what(&error)), bytes, place));
            }
        };
        match end {
            Ok(false) => {}
            Ok(true) => return tree.root.ok_or_else(|| at("there is no element", bytes, bytes.len())),
            Err(message) => return Err(at(&message, bytes, usize::try_from(start).unwrap_or(usize::MAX))),
        }
    }
}

/// What is wrong, without any of the text.
fn what(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::Syntax(_) => "unfinished markup",
        quick_xml::Error::IllFormed(_) => "tags that don't match",
        quick_xml::Error::InvalidAttr(_) => "a malformed attribute",
        quick_xml::Error::Escape(_) => "an unknown or malformed reference",
        quick_xml::Error::Namespace(_) => "a namespace that can't be declared, or too many of them",
        _ => "malformed text",
    }
}

fn at(what: &str, text: &[u8], at: usize) -> DecodeError {
    let (line, column) = line_and_column(text, at);
    DecodeError::new(format!("{what}: line {line}, column {column}"))
}

/// The elements read so far.
struct Tree<'a> {
    /// Those that aren't ended, the outermost first.
    open: Vec<Element<'a>>,
    root: Option<Element<'a>>,
    /// The namespaces and names so far.
    known: HashSet<Rc<str>>,
}

impl<'a> Tree<'a> {
    /// Takes the next event, and returns whether it is the end of the text.
    fn event(&mut self, reader: &NsReader<&'a [u8]>, event: Event<'a>) -> Result<bool, String> {
        match event {
            Event::Start(start) | Event::Empty(start) => self.start(reader, &start)?,
            Event::End(_) => {
                if let Some(done) = self.open.pop() {
                    match self.open.last_mut() {
                        Some(outer) => outer.children.push(done),
                        None => self.root = Some(done),
                    }
                }
            }
            Event::Text(text) => self.text(text.xml10_content())?,
            Event::CData(text) if self.open.is_empty() => {
                return Err(format!("not XML: {} bytes of text outside the root element", text.len()));
            }
            Event::CData(text) => self.text(text.xml10_content())?,
            Event::GeneralRef(reference) => self.text(referred(&reference)?)?,
            Event::DocType(_) => return Err("a document type declaration isn't read".to_owned()),
            Event::Decl(declaration) => declared(&declaration)?,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if self.open.is_empty() => return Ok(true),
            Event::Eof => return Err("not XML: an element isn't ended".to_owned()),
        }
        Ok(false)
    }

    fn start(&mut self, reader: &NsReader<&'a [u8]>, start: &BytesStart<'a>) -> Result<(), String> {
        if self.root.is_some() {
            return Err("not XML: there is a second root element".to_owned());
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(TOO_DEEP.to_owned());
        }
        let name = self.name(reader, start.name(), true)?;
        let mut element = Element {
            name,
            attributes: Vec::new(),
            is_nil: false,
            children: Vec::new(),
            text: Cow::default(),
        };
        let mut seen = HashSet::new();
        for attribute in start.attributes().with_checks(false) {
            let malformed = || "not XML: a malformed attribute".to_owned();
            let attribute = attribute.map_err(|_| malformed())?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| malformed())?;
            let name = self.name(reader, attribute.key, false)?;
            if attribute.value.contains('<') || !value.chars().all(is_allowed) {
                return Err("not XML: a character that an attribute can't have".to_owned());
            }
            if !seen.insert(name.clone()) {
                return Err("not XML: an element has an attribute twice".to_owned());
            }
            if &*name.namespace == XSI {
                element.is_nil |= &*name.local == "nil" && boolean_of(&value) == Some(true);
            } else {
                element.attributes.push((name, value.into_owned()));
            }
        }
        self.open.push(element);
        Ok(())
    }

    fn name(
        &mut self,
        reader: &NsReader<&'a [u8]>,
        name: QName<'_>,
        is_element: bool,
    ) -> Result<Name, String> {
        let (namespace, local) = reader.resolver().resolve(name, is_element);
        let namespace = match &namespace {
            ResolveResult::Bound(namespace) => namespace.0,
            ResolveResult::Unbound => "",
            ResolveResult::Unknown(_) => return Err("not XML: a prefix isn't declared".to_owned()),
        };
        if namespace.len() > MAX_NAMESPACE {
            return Err("the name of a namespace is too long".to_owned());
        }
        if !is_name(local.as_ref()) {
            return Err("not XML: a malformed name".to_owned());
        }
        Ok(Name { namespace: self.shared(namespace), local: self.shared(local.as_ref()) })
    }

    /// The text, of which there is one copy however often it occurs.
    fn shared(&mut self, text: &str) -> Rc<str> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let new: Rc<str> = text.into();
        self.known.insert(new.clone());
        new
    }

    fn text(&mut self, text: Cow<'a, str>) -> Result<(), String> {
        if !text.chars().all(is_allowed) {
            return Err("not XML: a character that a text can't have".to_owned());
        }
        match self.open.last_mut() {
            Some(element) if element.text.is_empty() => element.text = text,
            Some(element) => element.text.to_mut().push_str(&text),
            None if trimmed(&text).is_empty() => {}
            None => return Err("not XML: there is text outside the root element".to_owned()),
        }
        Ok(())
    }
}

/// What a reference in a text stands for.
fn referred(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, String> {
    let unknown = || "not XML: an unknown or malformed reference".to_owned();
    match reference.resolve_char_ref().map_err(|_| unknown())? {
        Some(character) => Ok(character.to_string().into()),
        None => resolve_predefined_entity(reference).map(Cow::Borrowed).ok_or_else(unknown),
    }
}

/// Checks that the declaration is of an encoding that is read.
fn declared(declaration: &BytesDecl<'_>) -> Result<(), String> {
    let Some(encoding) = declaration.encoding() else { return Ok(()) };
    let is_read = |name: &str| ["utf-8", "utf8", "us-ascii"].iter().any(|one| one.eq_ignore_ascii_case(name));
    match encoding {
        Ok(name) if is_read(&name) => Ok(()),
        _ => Err("the declared encoding isn't UTF-8, the only one that is read".to_owned()),
    }
}
