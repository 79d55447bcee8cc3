//! Facts of another document as a patch to ours: names, types and constraints, never texts for people.
//!
//! Both documents are compared as they stand, from the places where the comparison of the clients found a difference.
//! The text of ours is then edited line by line, so that what isn't concerned stays as it was written.

use std::collections::BTreeSet;

use openapi_generator::diagnostics::{escape, lines, unescape};
use serde_json::{Map, Value};

/// Members that are text for people, or belong to whoever wrote the document.
const PROSE: &[&str] = &[
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "x-enum-descriptions",
    "x-enumDescriptions",
];

/// A change of our document.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// The member at this pointer is new or has another value.
    Set(String, Value),
    /// The member at this pointer goes.
    Remove(String),
}

/// The edits that give `ours` the facts of `theirs` at each of `places`, which are pointers that both documents
/// share, and at whatever component these come to name.
pub fn edits(ours: &Value, theirs: &Value, places: &BTreeSet<String>, keep: &[String]) -> Vec<Edit> {
    let mut facts = Facts { ours, theirs, keep, edits: Vec::new(), told: BTreeSet::new() };
    for place in places {
        facts.place(place);
    }
    facts.edits
}

struct Facts<'v> {
    ours: &'v Value,
    theirs: &'v Value,
    /// Extensions that are ours.
    keep: &'v [String],
    edits: Vec<Edit>,
    told: BTreeSet<String>,
}

impl Facts<'_> {
    fn place(&mut self, place: &str) {
        let (ours, theirs) = (self.ours, self.theirs);
        if place.is_empty() || !self.told.insert(place.to_owned()) {
            return;
        }
        match (ours.pointer(place), theirs.pointer(place)) {
            (Some(old), Some(new)) => self.values(place, old, new),
            (None, Some(new)) => self.added(place, new),
            (Some(_), None) => self.edits.push(Edit::Remove(place.to_owned())),
            (None, None) => {}
        }
    }

    /// A value that we lack, below the nearest member that we have.
    fn added(&mut self, place: &str, new: &Value) {
        let above = place.rsplit_once('/').map_or("", |(above, _)| above);
        if self.ours.pointer(above).is_none() {
            return self.place(above);
        }
        let facts = facts(new);
        self.references(&facts);
        self.edits.push(Edit::Set(place.to_owned(), facts));
    }

    /// Adds the components that a new value names and we lack.
    fn references(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(target) = members.get("$ref").and_then(Value::as_str)
                    && let Some(place) = target.strip_prefix('#')
                    && self.ours.pointer(place).is_none()
                {
                    self.place(place);
                }
                members.values().for_each(|value| self.references(value));
            }
            Value::Array(items) => items.iter().for_each(|value| self.references(value)),
            _ => {}
        }
    }

    fn values(&mut self, place: &str, old: &Value, new: &Value) {
        match (old, new) {
            (Value::Object(old), Value::Object(new)) => self.members(place, old, new),
            (Value::Array(old), Value::Array(new)) if old.len() == new.len() && !is_set(place) => {
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    self.values(&format!("{place}/{index}"), old, new);
                }
            }
            (Value::Array(old), Value::Array(new)) if is_set(place) && same_set(old, new) => {}
            (old, new) if facts(old) == facts(new) => {}
            (_, new) => {
                let facts = facts(new);
                self.references(&facts);
                self.edits.push(Edit::Set(place.to_owned(), facts));
            }
        }
    }

    fn members(&mut self, place: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        let below = |name: &str| format!("{place}/{}", escape(name));
        let names = is_map_of_names(place);
        let fact = |name: &String| names || is_fact(name);
        for (name, value) in old.iter().filter(|(name, _)| fact(name)) {
            match new.get(name) {
                Some(other) => self.values(&below(name), value, other),
                None if self.keep.contains(name) => {}
                None => self.edits.push(Edit::Remove(below(name))),
            }
        }
        for (name, value) in new.iter().filter(|(name, _)| fact(name) && !old.contains_key(*name)) {
            let facts = facts(value);
            self.references(&facts);
            self.edits.push(Edit::Set(below(name), facts));
        }
    }
}

fn is_fact(name: &str) -> bool {
    !PROSE.contains(&name) && !name.starts_with("x-")
}

/// Whether the members at the pointer are called what the document likes, so that none is a keyword.
fn is_map_of_names(place: &str) -> bool {
    let last = place.rsplit('/').next().unwrap_or_default();
    let above = place.rsplit('/').nth(1).unwrap_or_default();
    // A property can be called `properties`.
    above != "properties"
        && matches!(
            last,
            "properties"
                | "patternProperties"
                | "schemas"
                | "responses"
                | "headers"
                | "mapping"
                | "mediaTypes"
                | "additionalOperations"
        )
}

/// Whether the order of the elements at the pointer means nothing.
fn is_set(place: &str) -> bool {
    ["/required", "/enum", "/type", "/tags"].iter().any(|end| place.ends_with(end))
}

fn same_set(old: &[Value], new: &[Value]) -> bool {
    old.len() == new.len() && old.iter().all(|value| new.contains(value))
}

/// A value without texts for people.
fn facts(value: &Value) -> Value {
    without_prose(value, false)
}

fn without_prose(value: &Value, names: bool) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| names || is_fact(name));
            let kept = kept.map(|(name, value)| {
                let inside = !names && is_map_of_names(&format!("/{name}"));
                let mut value = without_prose(value, inside);
                if inside && name == "responses" {
                    describe_responses(&mut value);
                }
                (name.clone(), value)
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| without_prose(item, false)).collect()),
        other => other.clone(),
    }
}

/// Gives responses the description that OpenAPI asks for: an empty one, to be written by us.
fn describe_responses(responses: &mut Value) {
    for response in responses.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(members) = response.as_object_mut()
            && !members.contains_key("$ref")
        {
            members.insert("description".to_owned(), Value::from(""));
        }
    }
}

/// The text of a YAML document after `edits`; nothing if one of them can't be made line by line, because what it
/// concerns is written in one line with other things.
pub fn edited(text: &str, edits: &[Edit]) -> Option<String> {
    let mut text = text.to_owned();
    for edit in edits {
        text = match edit {
            Edit::Remove(pointer) => {
                let block = Block::find(&text, pointer)?;
                block.replaced(&text, &[])
            }
            Edit::Set(pointer, value) => set(&text, pointer, value)?,
        };
    }
    Some(text)
}

fn set(text: &str, pointer: &str, value: &Value) -> Option<String> {
    let (above, token) = pointer.rsplit_once('/')?;
    let name = unescape(token);
    let (place, element) = existing(text, pointer);
    if place {
        let block = Block::find(text, pointer)?;
        let lines = if element { item(value, block.indent) } else { member(&name, value, block.indent) };
        return Some(block.replaced(text, &lines?));
    }
    // A new member stands behind the last one beside it.
    let parent = Block::find(text, above)?;
    let all: Vec<&str> = text.lines().collect();
    let inside = all.get(parent.first + 1..parent.end)?;
    let indent = inside.iter().find(|line| !line.trim().is_empty()).map(|line| indent_of(line))?;
    if indent <= parent.indent {
        return None;
    }
    let mut lines: Vec<String> = all.iter().map(|line| (*line).to_owned()).collect();
    lines.splice(parent.end..parent.end, member(&name, value, indent)?);
    Some(lines.join("\n") + "\n")
}

/// Whether something is at the pointer, and whether it is an element of a list.
fn existing(text: &str, pointer: &str) -> (bool, bool) {
    let Ok(document) = openapi_generator::source::value(text.as_bytes()) else { return (false, false) };
    let above = pointer.rsplit_once('/').map_or("", |(above, _)| above);
    (document.pointer(pointer).is_some(), document.pointer(above).is_some_and(Value::is_array))
}

/// The lines of a member or an element that begins its line.
#[derive(Debug)]
struct Block {
    first: usize,
    /// The line behind the last one.
    end: usize,
    indent: usize,
}

impl Block {
    fn find(text: &str, pointer: &str) -> Option<Self> {
        let (line, column) = lines(text, [pointer]).get(pointer).copied()?;
        let all: Vec<&str> = text.lines().collect();
        let (first, indent) = (line - 1, column - 1);
        let before: String = all.get(first)?.chars().take(indent).collect();
        // Something else begins the line: an object in one line, or the dash of a list.
        let dash = before.trim_end().ends_with('-') && before.trim() == "-";
        if !(before.trim().is_empty() || dash) {
            return None;
        }
        // A member that `lines` has only found the place above of isn't there.
        let name = unescape(pointer.rsplit('/').next()?);
        let rest: String = all[first].chars().skip(indent).collect();
        if !dash && !rest.trim_start_matches(['"', '\'']).starts_with(&name) {
            return None;
        }
        let indent = if dash { before.find('-')? } else { indent };
        let mut end = first + 1;
        let is_inside = |line: &str| {
            line.trim().is_empty()
                || indent_of(line) > indent
                // The elements of a list may stand below the name itself.
                || (!dash && indent_of(line) == indent && line.trim_start().starts_with("- "))
        };
        while all.get(end).is_some_and(|line| is_inside(line)) {
            end += 1;
        }
        while end > first + 1 && all[end - 1].trim().is_empty() {
            end -= 1;
        }
        Some(Self { first, end, indent })
    }

    fn replaced(&self, text: &str, new: &[String]) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.splice(self.first..self.end, new.iter().cloned());
        lines.join("\n") + "\n"
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn member(name: &str, value: &Value, indent: usize) -> Option<Vec<String>> {
    let mut members = Map::new();
    members.insert(name.to_owned(), value.clone());
    yaml(&Value::Object(members), indent)
}

fn item(value: &Value, indent: usize) -> Option<Vec<String>> {
    yaml(&Value::Array(vec![value.clone()]), indent)
}

fn yaml(value: &Value, indent: usize) -> Option<Vec<String>> {
    let text = serde_yaml::to_string(value).ok()?;
    Some(text.lines().map(|line| format!("{}{line}", " ".repeat(indent))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "components:
  schemas:
    # What it is.
    Thing:
      type: object
      description: Ours.
      required:
      - name
      properties:
        name:
          type: string
          maxLength: 9
          description: >-
            Of the thing,
            in words.
        gone: {type: string}

    Other: {type: string}
";
    const THEIRS: &str = "components:
  schemas:
    Thing:
      type: object
      description: Theirs.
      required: [name, size]
      properties:
        name: {type: string, maxLength: 5, description: Its name.}
        size: {$ref: '#/components/schemas/Size', description: How big.}
    Other: {type: string}
    Size: {type: integer, description: A size.}
";

    fn value(text: &str) -> Value {
        openapi_generator::source::value(text.as_bytes()).unwrap()
    }

    #[test]
    fn facts_come_and_texts_stay() {
        let places = BTreeSet::from(["/components/schemas/Thing".to_owned()]);
        let edits = edits(&value(OURS), &value(THEIRS), &places, &[]);
        let text = edited(OURS, &edits).unwrap();
        let expected = "components:
  schemas:
    # What it is.
    Thing:
      type: object
      description: Ours.
      required:
      - name
      - size
      properties:
        name:
          type: string
          maxLength: 5
          description: >-
            Of the thing,
            in words.
        size:
          $ref: '#/components/schemas/Size'

    Other: {type: string}
    Size:
      type: integer
";
        assert_eq!(text, expected);
        // Nothing is left to do.
        let again = super::edits(&value(&text), &value(THEIRS), &places, &[]);
        assert_eq!(again, Vec::new());
    }

    #[test]
    fn what_stands_in_one_line_is_left_to_its_owner() {
        let edit = Edit::Set("/components/schemas/Other/type".to_owned(), Value::from("integer"));
        assert_eq!(edited(OURS, &[edit]), None);
    }
}
