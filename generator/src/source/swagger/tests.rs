//! Small Swagger 2.0 documents, row by row of what becomes of them.

use serde_json::{Value, json};

use super::upgrade;
use crate::diagnostics::Diagnostics;
use crate::source::files::Files;
use crate::text::Place;

struct Upgraded {
    value: Value,
    files: Files,
    told: Vec<String>,
}

impl Upgraded {
    fn new(members: &str) -> Self {
        let text = format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{members}");
        let mut diagnostics = Diagnostics::default();
        let mut files = Files::from_text(text.as_bytes(), &mut diagnostics).unwrap();
        upgrade(&mut files, &mut diagnostics).unwrap();
        let value = files.get(&Place::default()).unwrap().clone();
        let told = diagnostics.iter().map(|one| format!("{} {}", one.code, one.place.pointer)).collect();
        Self { value, files, told }
    }

    /// The value at `pointer`.
    fn at(&self, pointer: &str) -> &Value {
        self.value.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Where the text of the value at `pointer` is.
    fn origin(&self, pointer: &str) -> String {
        let place = Place { file: "".into(), pointer: pointer.into() };
        self.files.origins.of(&place).pointer.to_string()
    }

    /// The only operation.
    fn operation(parameters: &str, more: &str) -> Self {
        Self::new(&format!(
            "paths: {{/a: {{post: {{parameters: [{parameters}], responses: {{'200': {{description: D}}}}, {more}}}}}}}"
        ))
    }
}

const OPERATION: &str = "/paths/~1a/post";

#[test]
fn servers() {
    for (members, urls) in [
        (
            "host: a.example\nbasePath: /v1\nschemes: [http, https]",
            &["https://a.example/v1", "http://a.example/v1"][..],
        ),
        ("host: a.example:80\nbasePath: /\nschemes: [http]", &["http://a.example:80"]),
        ("host: a.example", &["https://a.example"]),
        ("host: https://a.example/\nschemes: [http, https]", &["https://a.example"]),
        ("basePath: v1/", &["/v1"]),
        ("basePath: /", &[]),
    ] {
        let upgraded = Upgraded::new(members);
        let list = upgraded.value["servers"].as_array().into_iter().flatten();
        let found: Vec<_> = list.map(|server| server["url"].as_str().unwrap()).collect();
        assert_eq!(found, urls, "{members}");
        assert_eq!(upgraded.value["openapi"], "3.0.3");
    }
    let upgraded =
        Upgraded::new("host: a.example\nschemes: [ws, https]\npaths: {/a: {get: {schemes: [http]}}}");
    assert_eq!(upgraded.told, ["W0180 /schemes/0"]);
    assert_eq!(upgraded.at("/paths/~1a/get/servers"), &json!([{"url": "http://a.example"}]));
    assert_eq!(upgraded.origin("/servers/0/url"), "/host");
}

#[test]
fn parameters_have_schemas() {
    let upgraded = Upgraded::operation(
        "{name: a, in: query, description: D, type: integer, minimum: 1, x-nullable: true, x-a: 1}",
        "",
    );
    let expected = json!([{"name": "a", "in": "query", "description": "D", "x-a": 1,
        "schema": {"type": "integer", "minimum": 1, "x-nullable": true, "nullable": true}}]);
    assert_eq!(upgraded.at(&format!("{OPERATION}/parameters")), &expected);
    assert_eq!(
        upgraded.origin(&format!("{OPERATION}/parameters/0/schema/minimum")),
        format!("{OPERATION}/parameters/0/minimum")
    );
}

#[test]
fn formats_of_lists() {
    for (place, format, style, explode, told) in [
        ("query", "", "form", false, 0),
        ("query", "csv", "form", false, 0),
        ("query", "multi", "form", true, 0),
        ("query", "ssv", "spaceDelimited", false, 0),
        ("query", "pipes", "pipeDelimited", false, 0),
        ("query", "tsv", "form", false, 1),
        ("header", "csv", "simple", false, 0),
        ("path", "pipes", "simple", false, 1),
        ("header", "multi", "simple", false, 1),
    ] {
        let format = if format.is_empty() { String::new() } else { format!(", collectionFormat: {format}") };
        let parameter = format!("{{name: a, in: {place}, type: array, items: {{type: string}}{format}}}");
        let upgraded = Upgraded::operation(&parameter, "");
        let parameter = upgraded.at(&format!("{OPERATION}/parameters/0"));
        assert_eq!(
            (&parameter["style"], &parameter["explode"]),
            (&json!(style), &json!(explode)),
            "{format}"
        );
        assert_eq!(upgraded.told.len(), told, "{:?}", upgraded.told);
    }
    let nested = "{name: a, in: query, type: array, items: {type: array, collectionFormat: pipes, items: {type: string}}}";
    assert_eq!(
        Upgraded::operation(nested, "").told,
        [format!("W0180 {OPERATION}/parameters/0/items/collectionFormat")]
    );
}

#[test]
fn bodies() {
    let body = "{name: b, in: body, required: true, description: D, schema: {$ref: '#/definitions/A'}}";
    let upgraded = Upgraded::operation(
        &format!("{{name: q, in: query, type: string}}, {body}, {{name: r, in: query, type: string}}"),
        "consumes: [text/csv, application/json]",
    );
    let schema = json!({"schema": {"$ref": "#/definitions/A"}});
    let expected = json!({"required": true, "description": "D", "content": {"text/csv": schema, "application/json": schema}});
    assert_eq!(upgraded.at(&format!("{OPERATION}/requestBody")), &expected);
    let parameters = format!("{OPERATION}/parameters");
    for (pointer, origin) in [
        (
            format!("{OPERATION}/requestBody/content/text~1csv/schema/$ref"),
            format!("{parameters}/1/schema/$ref"),
        ),
        (format!("{OPERATION}/requestBody/content/text~1csv"), format!("{OPERATION}/consumes/0")),
        (format!("{parameters}/1/schema"), format!("{parameters}/2")),
    ] {
        assert_eq!(upgraded.origin(&pointer), origin);
    }
    let two = Upgraded::operation(&format!("{body}, {body}, {{name: f, in: formData, type: string}}"), "");
    assert_eq!(two.told, ["W0181 /paths/~1a/post/parameters/1", "W0181 /paths/~1a/post/parameters/2"]);
    assert!(two.at(&format!("{OPERATION}/requestBody/content/application~1json")).is_object());
}

#[test]
fn forms() {
    let parts = "{name: n, in: formData, type: string, required: true, description: D},
        {name: l, in: formData, type: array, items: {type: string}, collectionFormat: pipes}";
    let upgraded = Upgraded::operation(parts, "");
    let schema = json!({"type": "object", "required": ["n"], "properties": {
        "n": {"type": "string", "description": "D"}, "l": {"type": "array", "items": {"type": "string"}}}});
    let encoding = json!({"l": {"style": "pipeDelimited", "explode": false}});
    let expected = json!({"required": true, "content":
        {"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}}});
    assert_eq!(upgraded.at(&format!("{OPERATION}/requestBody")), &expected);
    assert_eq!(upgraded.at(&format!("{OPERATION}/parameters")), &json!([]));
    let name = format!(
        "{OPERATION}/requestBody/content/application~1x-www-form-urlencoded/schema/properties/n/type"
    );
    assert_eq!(upgraded.origin(&name), format!("{OPERATION}/parameters/0/type"));

    let file = "{name: f, in: formData, type: file}";
    let upgraded = Upgraded::operation(file, "consumes: [multipart/form-data]");
    let content = json!({"multipart/form-data":
        {"schema": {"type": "object", "properties": {"f": {"type": "string", "format": "binary"}}}}});
    assert_eq!(upgraded.at(&format!("{OPERATION}/requestBody/content")), &content);
    let wrong = Upgraded::operation(file, "consumes: [application/json]");
    assert_eq!(wrong.at(&format!("{OPERATION}/requestBody/content")), &content);
    assert_eq!(wrong.told, [format!("W0181 {OPERATION}/consumes/0")]);
}

#[test]
fn shared_parameters_and_responses() {
    let upgraded = Upgraded::new(
        "consumes: [application/json]
produces: [application/json]
parameters:
  q: {name: q, in: query, type: string}
  b: {name: b, in: body, schema: {type: object}}
  f: {name: f, in: formData, type: string}
responses:
  r: {description: R, schema: {type: object}}
paths:
  /same: {post: {parameters: [{$ref: '#/parameters/q'}, {$ref: '#/parameters/b'}], responses: {'200': {$ref: '#/responses/r'}}}}
  /other:
    parameters: [{$ref: '#/parameters/f'}, {$ref: '#/parameters/q'}]
    post: {consumes: [a/b], produces: [a/b], parameters: [{$ref: '#/parameters/b'}], responses: {'200': {$ref: '#/responses/r'}}}
    put: {responses: {'200': {description: D}}}",
    );
    assert!(upgraded.told.len() == 1, "{:?}", upgraded.told);
    let json = json!({"application/json": {"schema": {"type": "object"}}});
    assert_eq!(
        upgraded.at("/components"),
        &json!({
            "responses": {"r": {"description": "R", "content": json}},
            "parameters": {"q": {"name": "q", "in": "query", "schema": {"type": "string"}}},
            "requestBodies": {"b": {"content": json}},
        })
    );
    let same = upgraded.at("/paths/~1same/post");
    assert_eq!(same["parameters"], json!([{"$ref": "#/parameters/q"}]));
    assert_eq!(same["requestBody"], json!({"$ref": "#/components/requestBodies/b"}));
    assert_eq!(same["responses"]["200"], json!({"$ref": "#/responses/r"}));
    let other = upgraded.at("/paths/~1other");
    assert_eq!(other["parameters"], json!([{"$ref": "#/parameters/q"}]));
    let schema = |what: &str| json!({"a/b": {"schema": {"$ref": format!("#/components/{what}/content/application~1json/schema")}}});
    assert_eq!(other["post"]["requestBody"]["content"], schema("requestBodies/b"));
    assert_eq!(other["post"]["responses"]["200"]["content"], schema("responses/r"));
    assert!(other["put"]["requestBody"]["content"]["application/x-www-form-urlencoded"].is_object());
}

#[test]
fn responses() {
    let upgraded = Upgraded::new(
        "produces: [application/json, text/plain]
paths:
  /a:
    get:
      responses:
        '200':
          description: D
          headers: {X-List: {type: array, items: {type: integer}, description: H}}
          schema: {type: string}
          examples: {application/json: a}
        '204': {description: None}
        default: {description: File, schema: {type: file}}
    put: {produces: [], responses: {'200': {description: D, schema: {type: file}}}}",
    );
    let schema = json!({"schema": {"type": "string"}});
    assert_eq!(
        upgraded.at("/paths/~1a/get/responses/200"),
        &json!({"description": "D",
            "headers": {"X-List": {"description": "H", "style": "simple", "explode": false,
                "schema": {"type": "array", "items": {"type": "integer"}}}},
            "content": {"application/json": schema, "text/plain": schema}})
    );
    assert_eq!(upgraded.at("/paths/~1a/get/responses/204"), &json!({"description": "None"}));
    let file = json!({"type": "string", "format": "binary"});
    assert_eq!(upgraded.at("/paths/~1a/get/responses/default/content/text~1plain/schema"), &file);
    assert_eq!(upgraded.at("/paths/~1a/put/responses/200/content/application~1octet-stream/schema"), &file);
    assert_eq!(upgraded.origin("/paths/~1a/get/responses/200/content/text~1plain"), "/produces/1");
}

#[test]
fn schemas() {
    let upgraded = Upgraded::new(
        "definitions:
  A: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}, n: {type: string, x-nullable: true}}}
  B: {allOf: [{$ref: '#/definitions/A'}, {properties: {list: {type: array, items: {x-nullable: true, type: object}}}}]}",
    );
    let a = upgraded.at("/components/schemas/A");
    assert_eq!(a["discriminator"], json!({"propertyName": "kind"}));
    assert_eq!(a["properties"]["n"]["nullable"], true);
    assert_eq!(upgraded.at("/components/schemas/B/allOf/1/properties/list/items/nullable"), &json!(true));
    assert_eq!(upgraded.origin("/components/schemas/B/allOf/1"), "/definitions/B/allOf/1");
    let place = upgraded.files.resolve(&Place::default(), "#/definitions/A");
    assert_eq!(&*place.pointer, "/components/schemas/A");
}

#[test]
fn security_schemes() {
    let upgraded = Upgraded::new(
        "securityDefinitions:
  basic: {type: basic, description: D}
  key: {type: apiKey, name: X-Key, in: header}
  app: {type: oauth2, flow: application, tokenUrl: https://a.example/t, scopes: {r: Read}}
  code: {type: oauth2, flow: accessCode, tokenUrl: https://a.example/t, authorizationUrl: https://a.example/a}
  implicit: {type: oauth2, flow: implicit, authorizationUrl: https://a.example/a, scopes: {}}
  password: {type: oauth2, flow: password, tokenUrl: https://a.example/t, scopes: {}}",
    );
    let (token, authorization) = ("https://a.example/t", "https://a.example/a");
    assert_eq!(
        upgraded.at("/components/securitySchemes"),
        &json!({
            "basic": {"type": "http", "scheme": "basic", "description": "D"},
            "key": {"type": "apiKey", "name": "X-Key", "in": "header"},
            "app": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": token, "scopes": {"r": "Read"}}}},
            "code": {"type": "oauth2",
                "flows": {"authorizationCode": {"tokenUrl": token, "authorizationUrl": authorization, "scopes": {}}}},
            "implicit": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": authorization, "scopes": {}}}},
            "password": {"type": "oauth2", "flows": {"password": {"tokenUrl": token, "scopes": {}}}},
        })
    );
}

#[test]
fn other_documents_stay_as_they_are() {
    for text in [
        "openapi: 3.0.3",
        "swagger: '1.2'\ndefinitions: {A: {discriminator: a}}",
        "[]",
        "swagger: '2.0'\nopenapi: 3.1.0",
    ] {
        let mut diagnostics = Diagnostics::default();
        let mut files = Files::from_text(text.as_bytes(), &mut diagnostics).unwrap();
        let before = files.get(&Place::default()).unwrap().clone();
        upgrade(&mut files, &mut diagnostics).unwrap();
        assert_eq!(files.get(&Place::default()).unwrap(), &before);
    }
}

#[test]
fn what_is_malformed_is_left_to_the_reader() {
    for members in [
        "paths: 1",
        "paths: {/a: 1}",
        "paths: {/a: {get: 1}}",
        "paths: {/a: {get: {parameters: 1, responses: 1, consumes: 1}}}",
        "paths: {/a: {parameters: [1, {in: body}, {in: formData}], get: {responses: {'200': 1}}}}",
        "definitions: 1\nparameters: 1\nresponses: 1\nsecurityDefinitions: 1\nhost: 1\nschemes: 1\nconsumes: {a: 1}",
        "parameters: {a: {$ref: '#/parameters/a'}}\npaths: {/a: {get: {parameters: [{$ref: '#/parameters/a'}, {$ref: 1}]}}}",
    ] {
        Upgraded::new(members);
    }
}
