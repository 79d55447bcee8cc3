//! Operations: parameters, paths and what authenticates.

use serde_json::json;

use super::snippet::{Planned, indented, paths, planned};
use crate::api::{Location, PathPiece, Requirement, Style};

/// `GET` of a path with these parameters.
fn get(path: &str, parameters: &str) -> Planned {
    let parameters = indented(parameters, 4);
    paths(&format!(
        "{path}:\n  get:\n    responses: {{'204': {{description: Done}}}}\n    parameters:\n{parameters}"
    ))
}

#[test]
fn path_parameters_come_first_then_required_then_optional_ones() {
    let plan = get(
        "/a/{x}/b/{y}",
        "
- {name: o, in: query, schema: {type: string}}
- {name: r, in: header, required: true, schema: {type: string}}
- {name: y, in: path, required: true, schema: {type: string}}
- {name: x, in: path, required: true, schema: {type: string}}
- {name: p, in: query, schema: {type: string}}
",
    );
    let parameters = &plan.operation("GET /a/{x}/b/{y}").parameters;
    let wires: Vec<&str> = parameters.iter().map(|parameter| parameter.wire.as_str()).collect();
    assert_eq!(wires, ["x", "y", "r", "o", "p"]);
}

#[test]
fn a_template_is_cut_into_pieces_and_encoded() {
    let plan = get("/a b/{id}.json", "- {name: id, in: path, required: true, schema: {type: integer}}");
    let expected = [
        PathPiece::Literal("/a%20b/".to_owned()),
        PathPiece::Parameter(0),
        PathPiece::Literal(".json".to_owned()),
    ];
    assert_eq!(plan.operation("GET /a b/{id}.json").path_pieces, expected);
}

#[test]
fn styles_have_their_defaults_by_location() {
    let plan = get(
        "/{p}",
        "
- {name: p, in: path, required: true, schema: {type: array, items: {type: string}}}
- {name: q, in: query, schema: {type: array, items: {type: string}}}
- {name: h, in: header, schema: {type: array, items: {type: string}}}
- {name: c, in: cookie, schema: {type: array, items: {type: string}}}
",
    );
    let style = |wire| {
        let parameter = plan.parameter("GET /{p}", wire);
        (parameter.location, parameter.style, parameter.explode)
    };
    assert_eq!(style("p"), (Location::Path, Style::Simple, false));
    assert_eq!(style("q"), (Location::Query, Style::Form, true));
    assert_eq!(style("h"), (Location::Header, Style::Simple, false));
    assert_eq!(style("c"), (Location::Cookie, Style::Form, true));
}

#[test]
fn a_declared_style_holds() {
    let plan = get(
        "/a",
        "
- {name: d, in: query, style: deepObject, explode: true, allowReserved: true, schema: {type: object}}
- {name: s, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
",
    );
    let d = plan.parameter("GET /a", "d");
    assert_eq!((d.style, d.explode, d.allow_reserved), (Style::DeepObject, true, true));
    let s = plan.parameter("GET /a", "s");
    assert_eq!((s.style, s.explode), (Style::PipeDelimited, false));
}

#[test]
fn a_parameter_with_content_is_written_as_json() {
    let plan = get(
        "/a",
        "
- {name: f, in: query, content: {application/json: {schema: {type: object}}}}
- {name: g, in: query, schema: {type: string}}
",
    );
    assert!(plan.parameter("GET /a", "f").as_json);
    assert!(!plan.parameter("GET /a", "g").as_json);
}

#[test]
fn content_beside_a_style_is_written_without_it() {
    let plan = get(
        "/a/{p}",
        "
- {name: p, in: path, required: true, style: matrix, content: {application/problem+json: {schema: {type: array}}}}
- {name: H, in: header, content: {application/json: {schema: {type: object}}}}
- {name: c, in: cookie, content: {application/json: {}}}
- {name: t, in: query, style: pipeDelimited, content: {text/plain: {schema: {type: integer}}}}
- {name: x, in: query, content: {application/xml: {schema: {type: object}}}}
",
    );
    let parameter = |name: &str| plan.parameter("GET /a/{p}", name);
    let p = parameter("p");
    assert_eq!((p.as_json, p.style), (true, Style::Simple));
    assert!(parameter("H").as_json && parameter("c").as_json);
    assert_eq!(plan.shape(&parameter("c").ty), "Json");
    let (t, x) = (parameter("t"), parameter("x"));
    assert_eq!((t.as_json, t.style, plan.shape(&t.ty)), (false, Style::Form, "Int64".to_owned()));
    assert_eq!((x.as_json, plan.shape(&x.ty)), (false, "String".to_owned()));
    assert_eq!(plan.codes, ["W0043", "W0043", "W0121"]);
}

#[test]
fn braces_without_a_parameter_are_text() {
    for (path, expected) in
        [("/a/{b", "/a/%7Bb"), ("/a/b}", "/a/b%7D"), ("/a/{}", "/a/%7B%7D"), ("/a/{b{p}}", "/a/%7Bb{p}%7D")]
    {
        let parameters = if path.contains("{p}") {
            "- {name: p, in: path, required: true, schema: {type: string}}"
        } else {
            ""
        };
        let plan = get(path, parameters);
        let operation = plan.operation(&format!("GET {path}"));
        let sent: String = operation
            .path_pieces
            .iter()
            .map(|piece| match piece {
                PathPiece::Literal(text) => text.clone(),
                PathPiece::Parameter(index) => format!("{{{}}}", operation.parameters[*index].wire),
            })
            .collect();
        assert_eq!(sent, expected);
        assert_eq!(plan.codes, ["W0041"], "{path}");
    }
}

#[test]
fn the_names_of_header_parameters_have_no_case() {
    let plan = paths(
        "
/a:
  parameters: [{name: X-Trace, in: header, schema: {type: string}}]
  get:
    parameters: [{name: x-trace, in: header, required: true, schema: {type: integer}}]
    responses: {'204': {description: Done}}
",
    );
    let names: Vec<&str> = plan.operation("GET /a").parameters.iter().map(|p| p.wire.as_str()).collect();
    assert_eq!(names, ["x-trace"]);
    assert!(plan.codes.is_empty(), "an operation's parameter overrides its path's: {:?}", plan.codes);
}

#[test]
fn a_parameter_has_its_type_default_and_description() {
    let plan = get(
        "/a",
        "
- {name: n, in: query, schema: {type: integer, default: 20, description: How many.}}
- {name: m, in: query, description: Own., deprecated: true, schema: {type: string, description: Other.}}
",
    );
    let n = plan.parameter("GET /a", "n");
    assert_eq!(plan.shape(&n.ty), "Int64");
    assert_eq!((&n.default, n.docs.summary.as_str()), (&Some(json!(20)), "How many."));
    let m = plan.parameter("GET /a", "m");
    assert_eq!((m.docs.summary.as_str(), m.deprecated), ("Own.", true));
}

#[test]
fn an_operations_parameter_takes_the_place_of_its_paths() {
    let plan = paths(
        "
/a:
  parameters:
  - {name: q, in: query, schema: {type: string}}
  - {name: all, in: query, schema: {type: string}}
  get:
    parameters: [{name: q, in: query, schema: {type: integer}}]
    responses: {'204': {description: Done}}
",
    );
    assert_eq!(plan.operation("GET /a").parameters.len(), 2);
    assert_eq!(plan.shape(&plan.parameter("GET /a", "q").ty), "Int64");
}

#[test]
fn an_operation_without_an_id_is_called_by_method_and_path() {
    let plan = paths(
        "
/a:
  get: {operationId: listA, responses: {'204': {description: Done}}}
  put: {responses: {'204': {description: Done}}}
",
    );
    assert_eq!(plan.operation("GET /a").id, "listA");
    assert_eq!(plan.operation("PUT /a").id, "PUT /a");
}

#[test]
fn paths_that_differ_in_case_or_a_slash_are_operations_of_their_own() {
    let plan = paths(
        "
/a: {get: {tags: [t], responses: {'204': {description: Done}}}}
/A: {get: {tags: [t], responses: {'204': {description: Done}}}}
/a/: {get: {tags: [t], responses: {'204': {description: Done}}}}
",
    );
    assert_eq!(plan.api.operations.len(), 3);
}

#[test]
fn security_is_the_operations_or_the_documents() {
    let plan = planned(
        "
security: [{key: []}]
paths:
  /default: {get: {responses: {'204': {description: Done}}}}
  /own: {get: {security: [{oauth: [read, write]}, {key: [], oauth: []}], responses: {'204': {description: Done}}}}
  /none: {get: {security: [], responses: {'204': {description: Done}}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {read: R, write: W}}}}
",
    );
    let security = |path: &str| {
        let alternatives = &plan.operation(&format!("GET {path}")).security;
        let one = |requirements: &Vec<Requirement>| {
            let each = requirements.iter().map(|one| format!("{}{:?}", one.scheme, one.scopes));
            each.collect::<Vec<_>>().join(" and ")
        };
        alternatives.iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(security("/default"), ["key[]"]);
    assert_eq!(security("/own"), [r#"oauth["read", "write"]"#, "key[] and oauth[]"]);
    assert!(security("/none").is_empty());
}
