use super::snippet::{Planned, paths, planned};
use crate::api::{BodyEncoding, ResponseEncoding, Status, TypeRef, XmlKind, XmlNode};

/// What the properties of the component `A` are in XML; a type that no body in XML has doesn't know.
fn nodes(yaml: &str) -> Vec<String> {
    let planned = sent("A", yaml);
    let properties = &planned.object("A").properties;
    properties.iter().map(|property| shown(property.xml.as_ref().unwrap())).collect()
}

/// A document whose only body is the component `root` in XML.
fn sent(root: &str, yaml: &str) -> Planned {
    planned(&format!(
        "paths:\n  /a: {{put: {{requestBody: {{required: true, content: {{application/xml: {{schema: {{$ref: '#/components/schemas/{root}'}}}}}}}}, responses: {{'204': {{description: d}}}}}}}}\ncomponents:\n  schemas:\n    {yaml}"
    ))
}

/// A node in a few signs: `<a>` is an element, `@a` an attribute, `<a>*` stands for each item, and what is in an element is
/// behind a slash.
fn shown(node: &XmlNode) -> String {
    let prefix = node.name.prefix.as_ref().map_or_else(String::new, |prefix| format!("{prefix}:"));
    let namespace =
        node.name.namespace.as_ref().map_or_else(String::new, |namespace| format!(" {namespace}"));
    let name = format!("{prefix}{}{namespace}", node.name.local);
    let own = match node.kind {
        XmlKind::Element => format!("<{name}>"),
        XmlKind::Attribute => format!("@{name}"),
        XmlKind::Text => "text".to_owned(),
        XmlKind::Cdata => "cdata".to_owned(),
        XmlKind::Bare => String::new(),
    };
    match &node.item {
        Some(item) if own.is_empty() => format!("{}*", shown(item)),
        Some(item) => format!("{own}/{}*", shown(item)),
        None => own,
    }
}

#[test]
fn names_are_those_of_properties_unless_the_schema_or_what_it_refers_to_says_others() {
    assert_eq!(
        nodes(
            "A: {type: object, properties: {
                a: {type: string}, b: {type: string, xml: {name: bee}}, c: {$ref: '#/components/schemas/C'},
                d: {$ref: '#/components/schemas/D'}, e: {allOf: [{$ref: '#/components/schemas/D'}], xml: {name: ee}},
                f: {type: integer, xml: {attribute: true, name: eff, namespace: 'urn:f', prefix: p}},
                g: {allOf: [{type: string}], xml: {name: gee}}, h: {oneOf: [{$ref: '#/components/schemas/C'}, {type: 'null'}]}}}
    C: {type: object, properties: {a: {type: string}}}
    D: {type: object, xml: {name: dee, namespace: 'urn:d', prefix: d}, properties: {a: {type: string}}}"
        ),
        ["<a>", "<bee>", "<c>", "<d:dee urn:d>", "<d:ee urn:d>", "@p:eff urn:f", "<gee>", "<h>"]
    );
}

#[test]
fn lists_have_the_forms_of_the_specification() {
    assert_eq!(
        nodes(
            "A: {type: object, properties: {
                a: {type: array, items: {type: string}}, b: {type: array, items: {type: string, xml: {name: bee}}},
                c: {type: array, items: {type: string, xml: {name: cee}}, xml: {name: sea}},
                d: {type: array, items: {type: string}, xml: {wrapped: true}},
                e: {type: array, items: {type: string, xml: {name: ee}}, xml: {wrapped: true}},
                f: {type: array, items: {type: string, xml: {name: eff}}, xml: {wrapped: true, name: effs}},
                g: {type: array, items: {type: string}, xml: {wrapped: true, name: gees}},
                h: {$ref: '#/components/schemas/L'}, i: {type: [array, 'null'], items: {type: string}, xml: {wrapped: true}}}}
    L: {type: array, xml: {wrapped: true}, items: {$ref: '#/components/schemas/I'}}
    I: {type: string, xml: {name: eye}}"
        ),
        [
            "<a>*",
            "<bee>*",
            "<cee>*",
            "<d>/<d>*",
            "<e>/<ee>*",
            "<effs>/<eff>*",
            "<gees>/<gees>*",
            "<h>/<eye>*",
            "<i>/<i>*"
        ]
    );
}

#[test]
fn the_root_is_called_as_its_schema_is() {
    let root = |root: &str, yaml: &str| {
        let planned = sent(root, yaml);
        assert_eq!(planned.codes, [""; 0]);
        shown(&planned.contents("PUT /a")[0].xml.as_ref().unwrap().node)
    };
    assert_eq!(root("A", "A: {type: object, properties: {a: {type: string}}}"), "<A>");
    assert_eq!(root("A", "A: {type: object, xml: {name: x}, properties: {a: {type: string}}}"), "<x>");
    let list = "{type: array, items: {$ref: '#/components/schemas/B'}";
    let item = "B: {type: object, properties: {a: {type: string}}}";
    assert_eq!(root("A", &format!("A: {list}, xml: {{wrapped: true}}}}\n    {item}")), "<A>/<B>*");
    assert_eq!(root("A", &format!("A: {list}, xml: {{name: x}}}}\n    {item}")), "<x>/<B>*");
}

#[test]
fn what_has_no_form_is_left_as_it_is_with_what_only_it_uses() {
    let planned = planned(
        "paths:
  /a:
    put:
      requestBody:
        required: true
        content:
          text/plain: {schema: {type: string}}
          application/xml: {schema: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}}}}
          text/xml: {schema: {type: object, xml: {name: x}, properties: {b: {type: array, items: {type: string}, xml: {attribute: true}}}}}
      responses:
        '200':
          description: d
          content: {application/xml: {schema: {type: array, items: {type: integer}}}, text/csv: {schema: {type: string}}}",
    );
    assert_eq!(planned.codes, ["W0240", "W0240", "W0240"]);
    assert_eq!(planned.api.models, []);
    let contents: Vec<_> =
        planned.contents("PUT /a").iter().map(|content| (&*content.media_type, &content.encoding)).collect();
    assert_eq!(
        contents,
        [
            ("text/plain", &BodyEncoding::Text),
            ("text/xml", &BodyEncoding::Text),
            ("application/xml", &BodyEncoding::Bytes)
        ]
    );
    let response = planned.response("PUT /a", Status::Code(200));
    let content = response.content.as_ref().unwrap();
    assert_eq!((&*content.media_type, &content.ty), ("text/csv", &TypeRef::String));
    assert_eq!(content.others, ["application/xml"]);
    assert_eq!(response.alternatives[0].encoding, ResponseEncoding::Bytes);
}

#[test]
fn only_types_in_bodies_that_are_xml_know_what_they_are_in_it() {
    let planned = planned(
        "paths:
  /a:
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
      responses: {'200': {description: d, content: {text/xml: {schema: {$ref: '#/components/schemas/B'}}}}}
components:
  schemas:
    A: {type: object, properties: {a: {type: string, xml: {attribute: true}}}}
    B: {type: object, properties: {b: {type: string, xml: {attribute: true}}}}",
    );
    assert_eq!(planned.property("A", "a").xml, None);
    assert_eq!(planned.property("B", "b").xml.as_ref().map(|node| node.kind), Some(XmlKind::Attribute));
    assert!(!planned.definition("A").in_xml && planned.definition("B").in_xml);
    let none = paths(
        "/a: {get: {responses: {'200': {description: d, content: {text/xml: {schema: {type: string}}}}}}}",
    );
    assert_eq!(none.response("GET /a", Status::Code(200)).content.as_ref().unwrap().ty, TypeRef::String);
}

#[test]
fn a_list_may_be_null() {
    let list = "{type: array, items: {type: string}}";
    let shape = |schema: &str| nodes(&format!("A: {{type: object, properties: {{v: {schema}}}}}"));
    let plain = shape(list);
    assert_eq!(shape(&format!("{{oneOf: [{list}, {{type: 'null'}}]}}")), plain);
    assert_eq!(shape(&format!("{{anyOf: [{{type: 'null'}}, {list}]}}")), plain);
    for name in ["L", "N", "O"] {
        let planned = sent(
            "A",
            &format!(
                "A: {{type: object, properties: {{v: {{$ref: '#/components/schemas/{name}'}}}}}}
    L: {{oneOf: [{list}, {{type: 'null'}}]}}
    N: {{allOf: [{{oneOf: [{list}, {{type: 'null'}}]}}]}}
    O: {{anyOf: [{{$ref: '#/components/schemas/L'}}, {{type: 'null'}}]}}"
            ),
        );
        assert_eq!(shown(planned.property("A", "v").xml.as_ref().unwrap()), plain[0], "{name}");
    }
}
