//! What the diff tells of the parts of a document that came with OpenAPI 3.2.

const HEAD: &str = "openapi: 3.2.0\ninfo: {title: t, version: '1'}\n";

/// The rules that the change from `old` to `new` breaks or touches.
fn told(old: &str, new: &str) -> Vec<&'static str> {
    let [old, new] = [old, new].map(|document| format!("{HEAD}{document}"));
    let changes = crate::diffs::changes(&old, &new);
    let mut ids: Vec<&'static str> = changes.list.iter().map(|change| change.rule.kind().name).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn additional_operations_are_operations() {
    let with = |methods: &str| {
        let done = "responses: {'204': {description: d}}";
        let each = methods.split(' ').map(|method| format!("{method}: {{operationId: {method}, {done}}}"));
        format!("paths: {{/a: {{additionalOperations: {{{}}}}}}}", each.collect::<Vec<_>>().join(", "))
    };
    assert_eq!(told(&with("COPY"), &with("COPY LOCK")), ["operation-added"]);
    assert_eq!(told(&with("COPY LOCK"), &with("COPY")), ["operation-removed"]);
}

#[test]
fn another_default_mapping_is_another_discriminator() {
    let with = |default: &str| {
        format!(
            "paths: {{/a: {{get: {{operationId: a, responses: {{'200': {{description: d, content: {{application/json: \
             {{schema: {{$ref: '#/components/schemas/Any'}}}}}}}}}}}}}}}}\n\
             components:\n  schemas:\n    Any: {{oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}], \
             discriminator: {{propertyName: kind, defaultMapping: {default}}}}}\n    A: {{type: object, properties: {{a: {{type: string}}}}}}\n    \
             B: {{type: object, properties: {{b: {{type: string}}}}}}\n"
        )
    };
    assert!(told(&with("A"), &with("B")).contains(&"discriminator-changed"));
    assert!(told(&with("A"), &with("A")).is_empty());
}

#[test]
fn a_named_server_is_a_named_function() {
    let with = |name: &str| {
        format!(
            "servers: [{{url: 'https://a.test', name: {name}}}]\npaths: {{/a: {{get: {{operationId: a, responses: {{'204': {{description: d}}}}}}}}}}"
        )
    };
    assert!(!told(&with("one"), &with("two")).is_empty());
}

#[test]
fn how_a_query_is_written_is_compared() {
    let with = |media_type: &str, encoding: &str| {
        format!(
            "paths: {{/a: {{get: {{operationId: a, parameters: [{{name: q, in: querystring, content: {{{media_type}: \
             {{schema: {{type: object, properties: {{x: {{type: array, items: {{type: string}}}}}}}}{encoding}}}}}}}], \
             responses: {{'204': {{description: d}}}}}}}}}}"
        )
    };
    let form = "application/x-www-form-urlencoded";
    let piped = ", encoding: {x: {style: pipeDelimited, explode: false}}";
    assert_eq!(told(&with(form, ""), &with(form, piped)), ["parameter-style-changed"]);
    assert_eq!(told(&with(form, ""), &with("application/json", "")), ["parameter-style-changed"]);
}

#[test]
fn each_hint_of_xml_is_seen() {
    let with = |xml: &str, array: &str| {
        format!(
            "paths: {{/a: {{put: {{operationId: a, requestBody: {{content: {{application/xml: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, \
             responses: {{'204': {{description: d}}}}}}}}}}\n\
             components:\n  schemas:\n    A: {{type: object, properties: {{a: {{type: string, xml: {{{xml}}}}}, \
             b: {{type: array, items: {{type: string}}, xml: {{{array}}}}}}}}}\n"
        )
    };
    let plain = with("namespace: 'urn:a', prefix: p", "");
    for (xml, array) in [
        ("namespace: 'urn:a', prefix: p, name: x", ""),
        ("namespace: 'urn:b', prefix: p", ""),
        ("namespace: 'urn:a', prefix: q", ""),
        ("namespace: 'urn:a', prefix: p, attribute: true", ""),
        ("namespace: 'urn:a', prefix: p, nodeType: attribute", ""),
        ("nodeType: text", ""),
        ("nodeType: cdata", ""),
        ("namespace: 'urn:a', prefix: p", "wrapped: true"),
        ("namespace: 'urn:a', prefix: p", "nodeType: element"),
    ] {
        assert_eq!(told(&plain, &with(xml, array)), ["xml-changed"], "{xml} {array}");
    }
    assert!(
        told(&with("attribute: true", "wrapped: true"), &with("nodeType: attribute", "nodeType: element"))
            .is_empty()
    );
    // In bodies that are JSON nothing changes.
    let json = |document: String| document.replace("application/xml", "application/json");
    assert!(told(&json(plain), &json(with("attribute: true", ""))).is_empty());
}
