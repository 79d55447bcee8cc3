//! How a huge group of operations is divided.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::api;
use crate::api::{Api, Operation};
use crate::rust::pieces::divide;
use crate::rust::{Member, Package, Parts};

/// The most operations of a piece here.
const MOST: usize = 8;

/// Operations on these paths, with a schema for each of the first segments, and one that each of these refers to.
fn document(paths: &[String]) -> String {
    let mut text = "paths:\n".to_owned();
    let mut topics = BTreeSet::new();
    for path in paths {
        let topic = path.split('/').nth(2).unwrap();
        topics.insert(topic);
        let id = path.trim_start_matches("/g/").replace("{id}", "").replace('/', "_");
        let parameters = if path.contains('{') {
            "parameters: [{name: id, in: path, required: true, schema: {type: string}}], "
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "  '{path}':\n    get: {{operationId: call_{id}, tags: [g], {parameters}responses: {{'200': {{description: d, \
             content: {{application/json: {{schema: {{$ref: '#/components/schemas/{topic}'}}}}}}}}}}}}"
        );
    }
    text.push_str(
        "components:\n  schemas:\n    all: {type: object}\n    unused: {type: object, properties: {\
                   one: {$ref: '#/components/schemas/t0'}, other: {$ref: '#/components/schemas/t1'}}}\n    \
                   beside: {type: object, properties: {one: {$ref: '#/components/schemas/t2'}}}\n",
    );
    for topic in topics {
        let _ = writeln!(
            text,
            "    {topic}: {{type: object, properties: {{all: {{$ref: '#/components/schemas/all'}}}}}}"
        );
    }
    text
}

/// Paths of many topics, few of which have many operations.
fn paths() -> Vec<String> {
    let path = |number: usize| match number % 4 {
        0 | 1 => format!("/g/t{}/a{number}", number % 28),
        2 => format!("/g/t{}/{{id}}/sub/a{number}", number % 12),
        _ => format!("/g/many/{{id}}/x{}/a{number}", number % 3),
    };
    (0..120).map(path).collect()
}

fn pieces(api: &Api, count: usize) -> BTreeMap<&str, String> {
    // The operations are in the order of their names, so that any that follow come between them.
    let numbers = api.operations.iter().map(|operation| (number(operation), operation));
    let operations: Vec<&Operation> = numbers.filter(|(at, _)| *at < count).map(|(_, one)| one).collect();
    let mut found = BTreeMap::new();
    for piece in divide(&operations, MOST) {
        for at in piece.operations {
            let earlier = found.insert(operations[at].path.as_str(), piece.name.clone());
            assert_eq!(earlier, None);
        }
    }
    for operation in operations {
        found.entry(&operation.path).or_default();
    }
    found
}

fn number(operation: &Operation) -> usize {
    operation.path.rsplit('a').next().unwrap().parse().unwrap()
}

#[test]
fn an_operation_more_moves_those_of_one_piece_at_most() {
    let api = api(&document(&paths()), "");
    let mut earlier = pieces(&api, 1);
    let mut moves = 0;
    for count in 2..=api.operations.len() {
        let found = pieces(&api, count);
        assert_eq!(found.len(), count);
        let moved = earlier.iter().filter(|(path, piece)| found[*path] != **piece);
        let from: BTreeSet<&String> = moved.map(|(_, piece)| piece).collect();
        assert!(from.len() <= 1, "{count}: {from:?}");
        moves += from.len();
        earlier = found;
    }
    let mut sizes: BTreeMap<&String, usize> = BTreeMap::new();
    earlier.values().for_each(|piece| *sizes.entry(piece).or_default() += 1);
    assert!(sizes.values().all(|size| *size <= MOST) && sizes.len() > 15, "{sizes:?}");
    assert!((5..60).contains(&moves), "{moves}");
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    assert!(sizes.keys().all(|name| name.chars().all(is_part) && !name.is_empty()), "{sizes:?}");
    // What begins in the same way is together, or has pieces of its own.
    let many = |path: &str| path.starts_with("/g/many/");
    let of_many: BTreeSet<&String> =
        earlier.iter().filter(|(path, _)| many(path)).map(|(_, name)| name).collect();
    let others = earlier.iter().filter(|(path, _)| !many(path)).map(|(_, name)| name);
    assert!(others.into_iter().all(|name| !of_many.contains(name)) && of_many.len() >= 4, "{earlier:?}");
}

#[test]
fn the_order_of_operations_does_not_matter() {
    let api = api(&document(&paths()), "");
    let named = |operations: &[&Operation]| -> BTreeMap<String, String> {
        let pieces = divide(operations, MOST);
        let of = |at: usize, name: &str| (operations[at].path.clone(), name.to_owned());
        pieces.iter().flat_map(|piece| piece.operations.iter().map(|at| of(*at, &piece.name))).collect()
    };
    let mut operations: Vec<&Operation> = api.operations.iter().collect();
    let found = named(&operations);
    operations.reverse();
    assert_eq!(named(&operations), found);
    // Those of one path can't be told apart.
    let same = vec![operations[0]; MOST + 1];
    assert!(divide(&same, MOST).is_empty() && divide(&operations[..MOST], MOST).is_empty());
}

#[test]
fn operations_that_refer_to_each_other_stay_together() {
    let mut text = "paths:\n".to_owned();
    let job = "{'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}}";
    let id = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]";
    let _ = writeln!(text, "  '/jobs/{{id}}':\n    get: {{operationId: g/job, {id}, responses: {job}}}");
    let mut settings = "long_running:\n".to_owned();
    for number in 0..40 {
        let _ =
            writeln!(text, "  /g/t{number}:\n    post: {{operationId: g/start{number}, responses: {job}}}");
        if number % 3 == 0 {
            let _ = writeln!(
                settings,
                "  - {{start: g/start{number}, read: g/job, arguments: {{id: id}}, status: state, succeeded: [done], failed: [failed]}}"
            );
        }
    }
    text.push_str("components: {schemas: {Job: {type: object, required: [id, state], properties: {id: {type: string}, state: {type: string}}}}}\n");
    let api = api(&text, &settings);
    let operations: Vec<&Operation> = api.operations.iter().collect();
    let pieces = divide(&operations, MOST);
    let is_linked = |at: &usize| operations[*at].long_running.is_some() || operations[*at].id == "g/job";
    let mut linked = pieces.iter().filter(|piece| piece.operations.iter().any(is_linked));
    let first = linked.next().unwrap();
    assert_eq!(first.operations.iter().filter(|at| is_linked(at)).count(), 15);
    assert_eq!(linked.next(), None);
}

#[test]
fn a_model_is_where_all_that_need_it_see_it() {
    let paths: Vec<String> = (0..30).map(|number| format!("/g/t{}/a{number}", number % 6)).collect();
    let other = "  /o: {get: {operationId: o/one, responses: {'204': {description: d}}}}\n";
    let text = document(&paths).replacen("paths:\n", &format!("paths:\n{other}"), 1);
    let api = api(&text, "crate_per: group");
    let parts = Parts::new(&api, &Package::new("shop"), MOST);
    let [group, small] = &parts.groups[..] else { panic!("{parts:?}") };
    assert!(small.pieces.is_none());
    let pieces = group.pieces.as_ref().unwrap();
    assert_eq!((group.name.as_str(), pieces.shared.as_deref()), ("shop-g", Some("shop-g-types")));
    assert!(
        pieces.each.iter().all(|name| Package::is_name(name) && name.starts_with("shop-g-")),
        "{pieces:?}"
    );
    let name = |member| parts.name(member);
    let of_model =
        |file: &str| name(parts.of_model(api.models.iter().find(|model| model.file == file).unwrap()));
    for operation in api.operations.iter().filter(|operation| operation.id != "o/one") {
        let member = parts.of_operation(operation).unwrap();
        assert!(matches!(member, Member::Piece(..)), "{member:?}");
        let topic = operation.path.split('/').nth(2).unwrap();
        let home = if ["t0", "t1"].contains(&topic) { "shop-g-types" } else { name(member) };
        assert_eq!(of_model(topic), home, "{topic}");
    }
    // What no operation reaches sees all that it mentions.
    assert_eq!(
        [of_model("all"), of_model("unused"), of_model("beside")],
        ["shop-g-types", "shop-g-types", of_model("t2")]
    );
    let names: BTreeSet<&String> =
        pieces.each.iter().chain(&pieces.shared).chain([&group.name, &parts.types]).collect();
    assert_eq!(names.len(), pieces.each.len() + 3);
}
