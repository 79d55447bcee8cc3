//! YAML to a JSON value, built from the parser's events. Depth and size are known while the value is built, so a
//! short text can't become a large value.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::budget::{Budget, MAX_DEPTH};
use super::characters::Characters;
use super::parsed::{Outside, Parsed, Problem, contradicted};
use super::references::{outside, refers};
use super::scalars::resolve;
use super::walk::Mark;

/// The value of a YAML text with one document.
pub(super) fn parse(text: &str) -> Result<Parsed, Problem> {
    events(text).map_err(|(message, mark)| (format!("the file isn't valid YAML: {message}"), mark))
}

fn events(text: &str) -> Result<Parsed, Problem> {
    let mut builder = Builder::new(Budget::of(text.len()));
    let room = builder.budget.left();
    for event in Parser::new(Characters::of(text)) {
        let (event, span) = event.map_err(|error| problem(error.info().to_owned(), *error.marker()))?;
        builder.event(event, span.start)?;
    }
    let room = builder.budget.since(room);
    let Builder { document, outside, repeated, .. } = builder;
    Ok(Parsed { value: document.unwrap_or_default(), outside, repeated, room })
}

fn problem(message: impl Into<String>, mark: Marker) -> Problem {
    (message.into(), Some((mark.line().max(1), mark.col())))
}

struct Builder {
    /// The collections that have started, the innermost last.
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    budget: Budget,
    documents: usize,
    document: Option<Value>,
    /// The references to other files.
    outside: Outside,
    /// The keys that mappings have twice, with the same value.
    repeated: Vec<(String, Mark)>,
}

/// What an anchor names.
struct Anchored {
    value: Value,
    room: usize,
    depth: usize,
}

/// A collection that has started.
struct Open {
    value: Collection,
    anchor: usize,
    /// What was left of the budget before it.
    left: usize,
    /// How many levels it contains so far.
    depth: usize,
}

enum Collection {
    Sequence(Vec<Value>),
    Mapping { map: Map<String, Value>, merged: Vec<Value>, key: Option<Key> },
}

enum Key {
    Name(String, Marker),
    /// YAML's `<<`.
    Merge,
}

impl Builder {
    fn new(budget: Budget) -> Self {
        Self {
            open: Vec::new(),
            anchors: HashMap::new(),
            budget,
            documents: 0,
            document: None,
            outside: Outside::new(),
            repeated: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, mark: Marker) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(problem("the file contains more than one document", mark));
                }
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag, mark)?,
            Event::Alias(anchor) => self.alias(anchor, mark)?,
            Event::SequenceStart(anchor, tag) => {
                self.open(Collection::Sequence(Vec::new()), anchor, tag.as_deref(), "seq", mark)?;
            }
            Event::MappingStart(anchor, tag) => {
                let mapping = Collection::Mapping { map: Map::new(), merged: Vec::new(), key: None };
                self.open(mapping, anchor, tag.as_deref(), "map", mark)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(mark)?,
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        mark: Marker,
    ) -> Result<(), Problem> {
        let left = self.budget.left();
        self.budget.value(text.len()).map_err(|message| problem(message, mark))?;
        if let Some(Open { value: Collection::Mapping { key: key @ None, .. }, .. }) = self.open.last_mut() {
            if anchor != 0 {
                let value = Value::String(text.clone().into_owned());
                self.anchors.insert(anchor, Anchored { value, room: self.budget.since(left), depth: 0 });
            }
            let merges = style == ScalarStyle::Plain && text == "<<";
            *key = Some(if merges { Key::Merge } else { Key::Name(text.into_owned(), mark) });
            return Ok(());
        }
        let value = resolve(&text, style, tag.as_deref()).map_err(|message| problem(message, mark))?;
        if anchor != 0 {
            let value = value.clone();
            self.anchors.insert(anchor, Anchored { value, room: self.budget.since(left), depth: 0 });
        }
        self.add(value, 0, mark)
    }

    fn alias(&mut self, anchor: usize, mark: Marker) -> Result<(), Problem> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            return Err(problem("the alias refers to a value that contains it", mark));
        };
        self.budget.take(anchored.room).map_err(|message| problem(message, mark))?;
        let (value, depth) = (anchored.value.clone(), anchored.depth);
        if self.open.len() + depth > MAX_DEPTH {
            return Err(too_deep(mark));
        }
        if let Some(Open { value: Collection::Mapping { key: key @ None, .. }, .. }) = self.open.last_mut() {
            let Value::String(text) = value else { return Err(no_key(mark)) };
            *key = Some(Key::Name(text, mark));
            return Ok(());
        }
        self.add(value, depth, mark)
    }

    fn open(
        &mut self,
        value: Collection,
        anchor: usize,
        tag: Option<&Tag>,
        known: &str,
        mark: Marker,
    ) -> Result<(), Problem> {
        if let Some(tag) = tag.filter(|tag| !(tag.is_yaml_core_schema() && tag.suffix == known)) {
            return Err(problem(format!("the tag {:?} isn't supported", tag.to_string()), mark));
        }
        if let Some(Open { value: Collection::Mapping { key: None, .. }, .. }) = self.open.last() {
            return Err(no_key(mark));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(mark));
        }
        let left = self.budget.left();
        self.budget.value(0).map_err(|message| problem(message, mark))?;
        self.open.push(Open { value, anchor, left, depth: 0 });
        Ok(())
    }

    fn close(&mut self, mark: Marker) -> Result<(), Problem> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let value = match open.value {
            Collection::Sequence(items) => Value::Array(items),
            Collection::Mapping { mut map, merged, .. } => {
                merge(&mut map, merged);
                Value::Object(map)
            }
        };
        let depth = open.depth + 1;
        if open.anchor != 0 {
            let room = self.budget.since(open.left);
            self.budget.take(room).map_err(|message| problem(message, mark))?;
            self.anchors.insert(open.anchor, Anchored { value: value.clone(), room, depth });
        }
        self.add(value, depth, mark)
    }

    /// Adds a complete value to the collection that contains it.
    fn add(&mut self, value: Value, depth: usize, mark: Marker) -> Result<(), Problem> {
        let Some(open) = self.open.last_mut() else {
            self.document = Some(value);
            return Ok(());
        };
        open.depth = open.depth.max(depth);
        match &mut open.value {
            Collection::Sequence(items) => items.push(value),
            Collection::Mapping { map, merged, key } => match key.take() {
                Some(Key::Name(name, mark)) => {
                    if refers(&name) {
                        self.outside.extend(outside(&name, &value).map(str::to_owned));
                    }
                    match map.entry(name) {
                        Entry::Vacant(entry) => {
                            entry.insert(value);
                        }
                        Entry::Occupied(entry) if *entry.get() == value => {
                            self.repeated.push((entry.key().clone(), (mark.line().max(1), mark.col())));
                        }
                        Entry::Occupied(entry) => return Err(problem(contradicted(entry.key()), mark)),
                    }
                }
                Some(Key::Merge) => match value {
                    Value::Object(_) => merged.push(value),
                    Value::Array(maps) if maps.iter().all(Value::is_object) => merged.extend(maps),
                    _ => {
                        return Err(problem(
                            "the merge key `<<` requires a mapping or a list of mappings",
                            mark,
                        ));
                    }
                },
                None => return Err(no_key(mark)),
            },
        }
        Ok(())
    }
}

fn no_key(mark: Marker) -> Problem {
    problem("a key must be a string, a number, a boolean or null", mark)
}

fn too_deep(mark: Marker) -> Problem {
    problem(format!("the file is nested more than {MAX_DEPTH} levels deep"), mark)
}

/// Adds to `map` the members of the mappings `merged` that it doesn't have. Earlier mappings take precedence.
fn merge(map: &mut Map<String, Value>, merged: Vec<Value>) {
    for value in merged {
        let Value::Object(members) = value else { continue };
        for (name, value) in members {
            map.entry(name).or_insert(value);
        }
    }
}
