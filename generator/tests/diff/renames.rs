//! A component that is called otherwise is the same type, wherever the document refers to it.

use std::collections::BTreeSet;

/// The rules that are met when `document` calls its component `Part` `Piece`.
fn told(document: &str) -> BTreeSet<String> {
    let renamed = document.replace("Part", "Piece");
    crate::diffs::changes(document, &renamed).list.iter().map(|change| change.rule.id()).collect()
}

const PART: &str = "{$ref: '#/components/schemas/Part'}";

/// A document in which `schema` is the type of a property, and which has webhooks, paths and components of its own.
fn document(schema: &str, paths: &str, more: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  /a:
    post:
      operationId: act
      requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{p: {schema}}}}}}}}}}}
      responses: {{'204': {{description: d}}}}
{paths}
components:
  schemas:
    Part: {{type: object, properties: {{a: {{type: string}}, b: {{type: integer}}}}}}
    Other: {{type: object, properties: {{c: {{type: string}}}}}}
{more}
"
    )
}

#[test]
fn it_is_one_rename_wherever_it_is_referred_to() {
    let content = format!("{{application/json: {{schema: {PART}}}}}");
    let answer = format!("{{'200': {{description: d, content: {content}}}}}");
    let operation = |rest: &str| format!("  /b:\n    post: {{operationId: more, {rest}}}");
    let none = "responses: {'204': {description: d}}";
    let webhook = |rest: &str| format!("webhooks:\n  told:\n    post: {{{rest}}}");
    let of = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    for document in [
        document(PART, "", ""),
        document(&format!("{{type: array, items: {PART}}}"), "", ""),
        document(&format!("{{type: object, additionalProperties: {PART}}}"), "", ""),
        document(
            &format!("{{type: array, prefixItems: [{{type: string}}, {PART}], items: false, minItems: 2}}"),
            "",
            "",
        ),
        document(&of("List"), "", &format!("    List: {{type: array, items: {PART}}}")),
        document(&of("Whole"), "", &format!("    Whole: {{type: object, properties: {{x: {PART}}}}}")),
        document(
            &of("Whole"),
            "",
            &format!(
                "    Whole: {{type: object, properties: {{x: {{type: string}}}}, additionalProperties: {PART}}}"
            ),
        ),
        document("{}", &operation(&format!("requestBody: {{content: {content}}}, {none}")), ""),
        document("{}", &operation(&format!("responses: {answer}")), ""),
        document(
            "{}",
            &operation(&format!(
                "responses: {{'204': {{description: d}}, '404': {{description: d, content: {content}}}}}"
            )),
            "",
        ),
        document(
            "{}",
            &operation(&format!("parameters: [{{name: q, in: query, content: {content}}}], {none}")),
            "",
        ),
        document(
            "{}",
            &operation(
                &format!(
                    "responses: {{'204': {{description: d, headers: {{X-Part-Of: {{content: {content}}}}}}}}}"
                )
                .replace("X-Part-Of", "X-Of"),
            ),
            "",
        ),
        document("{}", &webhook(&format!("requestBody: {{content: {content}}}, {none}")), ""),
        document("{}", &webhook(&format!("responses: {answer}")), ""),
        document(
            "{}",
            &webhook(&format!("parameters: [{{name: X-Of, in: header, content: {content}}}], {none}")),
            "",
        ),
    ] {
        assert_eq!(told(&document), BTreeSet::from(["type-renamed".to_owned()]), "{document}");
    }
}

#[test]
fn a_variant_is_called_as_what_it_holds() {
    let union =
        format!("    Either: {{oneOf: [{PART}, {{type: string}}, {{$ref: '#/components/schemas/Other'}}]}}");
    let document = document("{$ref: '#/components/schemas/Either'}", "", &union);
    let rules = ["function-renamed", "type-renamed", "variant-renamed"].map(str::to_owned);
    assert_eq!(told(&document), BTreeSet::from(rules));
}
