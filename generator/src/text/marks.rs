//! Where in a text JSON Pointers lead. Only needed when there is something to print.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser};

use super::characters::Characters;
use super::format::is_json;
use super::json_marks;
use super::walk::{Mark, Walk};

/// The line and the column, both from 1, of each of `pointers` in `text`; for one that isn't there, those of the
/// nearest place above it.
pub fn lines<'p>(text: &str, pointers: impl IntoIterator<Item = &'p str>) -> BTreeMap<&'p str, Mark> {
    let mut found = nearest(text, pointers);
    found.values_mut().for_each(|(_, column)| *column += 1);
    found
}

/// The mark of each of `pointers` in `text`; for one that isn't there, that of the nearest place above it.
pub(crate) fn nearest<'p>(
    text: &str,
    pointers: impl IntoIterator<Item = &'p str>,
) -> BTreeMap<&'p str, Mark> {
    let above = |pointer: &'p str| {
        let ends = pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]);
        ends.rev().map(move |end| &pointer[..end])
    };
    let pointers: BTreeSet<&'p str> = pointers.into_iter().collect();
    let asked: BTreeSet<&'p str> = pointers.iter().flat_map(|pointer| above(pointer)).collect();
    let found = locate(text, &asked);
    let mark = |pointer: &'p str| above(pointer).find_map(|pointer| found.get(pointer).copied());
    pointers.iter().filter_map(|pointer| Some((*pointer, mark(pointer)?))).collect()
}

/// The mark of each of `pointers` that is in the text: of the member's name, or of the element.
fn locate<'a>(text: &str, pointers: &BTreeSet<&'a str>) -> BTreeMap<&'a str, Mark> {
    if is_json(text) {
        return json_marks::locate(text, pointers);
    }
    let mut walk = Walk::new(pointers);
    for event in Parser::new(Characters::of(text)) {
        let Ok((event, span)) = event else { break };
        follow(&mut walk, &event, (span.start.line(), span.start.col()));
        if walk.is_done() {
            break;
        }
    }
    walk.found
}

fn follow(walk: &mut Walk<'_, '_>, event: &Event<'_>, mark: Mark) {
    match event {
        Event::Scalar(text, ..) if walk.awaits_name() => walk.name(text, mark),
        Event::Scalar(..) | Event::Alias(_) => walk.scalar(mark),
        Event::MappingStart(..) => walk.object(mark),
        Event::SequenceStart(..) => walk.array(mark),
        Event::MappingEnd | Event::SequenceEnd => walk.close(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_json_alike() {
        let pointers = BTreeSet::from(["", "/a/b~1c/1/d", "/e"]);
        let yaml = "a:\n  b/c:\n    - 1\n    - d: x\ne: 2\n";
        let expected = BTreeMap::from([("", (1, 0)), ("/a/b~1c/1/d", (4, 6)), ("/e", (5, 0))]);
        assert_eq!(locate(yaml, &pointers), expected);
        let json = "{\"a\": {\"b/c\":\n[1, {\"d\": \"x\"}]},\n \"e\": 2}";
        let found = locate(json, &pointers);
        assert_eq!(found["/a/b~1c/1/d"], (2, 5));
        assert_eq!(found["/e"], (3, 1));
        assert!(locate("a: [", &pointers).len() < 3);
    }

    #[test]
    fn missing_places_have_the_line_of_the_nearest_above() {
        let found = lines("a:\n  b: 1\nc: 2\n", ["/a/b/x/y", "/a/z", "/c", "/none"]);
        let expected = [("/a/b/x/y", (2, 3)), ("/a/z", (1, 1)), ("/c", (3, 1)), ("/none", (1, 1))];
        assert_eq!(found, BTreeMap::from(expected));
    }
}
