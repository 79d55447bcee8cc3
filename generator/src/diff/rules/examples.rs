//! The examples as whole documents.

use super::{Direction, Example, Frame, Rule};
use crate::source::value;

/// One side of an example: a document and the settings beside it, in YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The document.
    pub document: String,
    /// The settings; mostly empty.
    pub settings: String,
}

impl Rule {
    /// The rule's example as an old and a new document that differ in nothing else.
    pub fn samples(&self) -> [Sample; 2] {
        let example = &self.kind().example;
        [example.old, example.new].map(|fragment| match example.frame {
            Frame::Settings => {
                Sample { document: framed(example, "", self.direction()), settings: fragment.to_owned() }
            }
            _ => Sample { document: framed(example, fragment, self.direction()), settings: String::new() },
        })
    }
}

/// A document with what a fragment leaves out.
fn framed(example: &Example, fragment: &str, direction: Option<Direction>) -> String {
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}";
    let done = "'204': {description: Done.}";
    let others = "A: {type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, a: {type: string}}}, \
         B: {type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, b: {type: string}}}, \
         C: {type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, c: {type: string}}}, \
         D: {type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, a: {type: string}, d: {type: string}}}";
    let request = format!("requestBody: {{required: true, {content}}}, responses: {{{done}}}");
    let response = format!("responses: {{'200': {{description: Done., {content}}}}}");
    let both = format!(
        "requestBody: {{required: true, {content}}}, responses: {{'200': {{description: Done., {content}}}}}"
    );
    let head = "openapi: 3.1.0\n";
    let info = "info: {title: Things, version: '1'}\n";
    let body = match (example.frame, direction) {
        (Frame::Schema, Some(Direction::Response)) | (Frame::ResponseSchema, _) => response,
        (Frame::Schema, _) => request,
        (Frame::BothWays, _) => both,
        (Frame::Settings, _) => return DESCRIBED_BY_SETTINGS.to_owned(),
        (Frame::Operation, _) => String::new(),
        (Frame::Document, _) => {
            let fragment = members(fragment);
            let info = if fragment.contains("info:") { "" } else { info };
            return format!("{head}{info}{fragment}");
        }
        (Frame::Large, _) => return large(fragment),
    };
    let thing = match example.frame {
        Frame::Schema | Frame::BothWays | Frame::ResponseSchema => fragment,
        _ => "{type: object, properties: {name: {type: string}}}",
    };
    let operation = match example.frame {
        Frame::Operation => fragment.to_owned(),
        _ => format!("{{operationId: makeThing, {body}}}"),
    };
    format!(
        "{head}{info}paths: {{/things: {{post: {operation}}}}}\ncomponents: {{schemas: {{Thing: {thing}, {others}}}}}\n"
    )
}

/// A document with something for each of the settings.
const DESCRIBED_BY_SETTINGS: &str = "openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: A page., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: readThing
      responses: {'200': {description: The thing., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
    patch:
      operationId: changeThing
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/ThingUpdate'}}}}
      responses: {'204': {description: Done.}}
  /things/watch:
    post:
      operationId: watchThings
      requestBody: {content: {application/json: {schema: {type: object, properties: {live: {type: boolean}}}}}}
      responses: {'200': {description: The things., content: {application/jsonl: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}}}
    ThingUpdate: {type: object, properties: {name: {type: string}}}
";

/// The members of an object in flow style as members of the document.
fn members(fragment: &str) -> String {
    let value = value(fragment.as_bytes()).unwrap_or_default();
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, value)| format!("{name}: {value}\n")).collect()
}

/// A document with cargo features, or one operation short of them.
fn large(paths: &str) -> String {
    let operation = |group: &str, number: usize| {
        format!(
            "  /{group}/{number}: {{get: {{operationId: {group}{number}, tags: [{group}], responses: {{'204': {{description: Done.}}}}}}}}\n"
        )
    };
    let mut text = "openapi: 3.1.0\ninfo: {title: Things, version: '1'}\npaths:\n".to_owned();
    (0..32).for_each(|number| text.push_str(&operation("a", number)));
    (0..31).for_each(|number| text.push_str(&operation("b", number)));
    text.push_str(&members(paths).lines().map(|line| format!("  {line}\n")).collect::<String>());
    text
}
