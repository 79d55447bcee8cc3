//! The service as a whole: servers, schemes and what the settings say.

use super::super::service::described;
use super::snippet::{planned, planned_with};
use crate::api::SecuritySchemeKind;

#[test]
fn servers_keep_their_order_and_variables() {
    let plan = planned(
        "
servers:
- url: https://{tenant}.example.com/{base}
  description: Main.
  variables: {tenant: {default: demo, enum: [demo, prod], description: Who.}, base: {default: v1}}
- {url: https://eu.example.com}
paths: {}
",
    );
    let urls: Vec<&str> = plan.api.servers.iter().map(|server| server.url.as_str()).collect();
    assert_eq!(urls, ["https://{tenant}.example.com/{base}", "https://eu.example.com"]);
    let [tenant, base] = &plan.api.servers[0].variables[..] else { panic!("two variables") };
    assert_eq!(
        (tenant.wire.as_str(), tenant.default.as_str(), tenant.docs.summary.as_str()),
        ("tenant", "demo", "Who.")
    );
    assert_eq!(tenant.values, ["demo", "prod"]);
    assert!(base.values.is_empty());
}

#[test]
fn servers_of_an_operation_override_those_of_its_path_and_of_the_document() {
    let plan = planned(
        "
servers: [{url: https://root}]
paths:
  /a:
    servers: [{url: https://path}]
    get: {responses: {'204': {description: Done}}}
    put: {servers: [{url: https://own}, {url: https://other}], responses: {'204': {description: Done}}}
    post: {servers: [], responses: {'204': {description: Done}}}
    delete: {servers: [{url: https://root, description: The same.}], responses: {'204': {description: Done}}}
  /b:
    servers: []
    get: {responses: {'204': {description: Done}}}
",
    );
    for (operation, expected) in [
        ("GET /a", &["https://path"][..]),
        ("PUT /a", &["https://own", "https://other"]),
        ("POST /a", &[]),
        ("DELETE /a", &[]),
        ("GET /b", &[]),
    ] {
        let servers = &plan.operation(operation).servers;
        let urls: Vec<&str> = servers.iter().map(|server| server.url.as_str()).collect();
        assert_eq!(urls, expected, "{operation}");
    }
}

#[test]
fn without_any_declared_scheme_callers_provide_the_header() {
    let plan =
        planned("security: [{Key: []}]\npaths: {/a: {get: {responses: {'204': {description: Done}}}}}\n");
    let kinds: Vec<_> =
        plan.api.security_schemes.iter().map(|scheme| (&*scheme.wire, &scheme.kind)).collect();
    assert_eq!(kinds, [("Key", &SecuritySchemeKind::Authorization(String::new()))]);
    assert_eq!(plan.api.operations[0].security[0][0].scheme, "Key");
    assert_eq!(plan.codes, ["W0057"]);
}

#[test]
fn schemes_that_an_operation_needs_are_there_in_their_kind() {
    let plan = planned(
        "
paths:
  /a:
    get:
      security: [{bearer: []}, {basic: []}, {header: []}, {query: []}, {cookie: []}, {client: []}, {code: []}, {oidc: []}]
      responses: {'204': {description: Done}}
components:
  securitySchemes:
    bearer: {type: http, scheme: Bearer, description: A token.}
    basic: {type: http, scheme: basic}
    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: session}
    client: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}, }
    code: {type: oauth2, flows: {authorizationCode: {authorizationUrl: /auth, tokenUrl: /token, scopes: {}}}}
    oidc: {type: openIdConnect, openIdConnectUrl: https://example.com/.well-known}
    unused: {type: http, scheme: basic}
",
    );
    let kind = |wire: &str| {
        let scheme = plan.api.security_schemes.iter().find(|scheme| scheme.wire == wire);
        scheme.map(|scheme| scheme.kind.clone())
    };
    for (wire, expected) in [
        ("bearer", SecuritySchemeKind::Bearer),
        ("basic", SecuritySchemeKind::Basic),
        ("header", SecuritySchemeKind::HeaderKey("X-Key".into())),
        ("query", SecuritySchemeKind::QueryKey("key".into())),
        ("cookie", SecuritySchemeKind::CookieKey("session".into())),
        ("client", SecuritySchemeKind::ClientCredentials { token_url: "/token".into(), parameters: vec![] }),
        ("code", SecuritySchemeKind::Bearer),
        ("oidc", SecuritySchemeKind::Bearer),
    ] {
        assert_eq!(kind(wire), Some(expected), "{wire}");
    }
    assert_eq!(kind("unused"), None);
}

#[test]
fn a_token_request_has_the_further_form_members() {
    let plan = planned(
        "
paths: {/a: {get: {security: [{client: []}], responses: {'204': {description: Done}}}}}
components:
  securitySchemes:
    client: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}, x-form-parameters: {audience: https://api}}}}
",
    );
    let expected = SecuritySchemeKind::ClientCredentials {
        token_url: "/token".into(),
        parameters: vec![("audience".into(), "https://api".into())],
    };
    assert_eq!(plan.api.security_schemes[0].kind, expected);
}

#[test]
fn the_settings_give_headers_and_the_body_of_failures() {
    let settings = "
headers: {rate_limit: X-Limit, request_id: X-Id}
error:
  title: Problem
  properties: {message: {type: string, description: In words.}, code: {type: integer}, final: {type: boolean}}
  message: /message
";
    let plan = planned_with("paths: {}", settings);
    let facts = &plan.api.facts;
    assert_eq!(facts.rate_limit_header.as_deref(), Some("X-Limit"));
    assert_eq!((&facts.rate_limit_reset_header, facts.request_id_header.as_deref()), (&None, Some("X-Id")));
    assert_eq!((facts.error_message.as_deref(), &facts.error_code), (Some("/message"), &None));
    let body = plan.error_body();
    let found: Vec<_> =
        body.properties.iter().map(|property| (property.wire.as_str(), plan.shape(&property.ty))).collect();
    assert_eq!(found, [("message", "String".into()), ("code", "Int64".into()), ("final", "Boolean".into())]);
}

#[test]
fn the_title_and_the_version_are_the_documents() {
    let plan = planned("paths: {}");
    assert_eq!((plan.api.title.as_str(), plan.api.version.as_str()), ("Snippet", "1"));
}

#[test]
fn a_scheme_that_the_client_does_not_know_never_becomes_another() {
    let plan = planned(
        "
security: [{digest: []}, {hoba: []}]
paths: {/a: {get: {responses: {'204': {description: Done}}}}}
components: {securitySchemes: {digest: {type: http, scheme: Digest}, hoba: {type: http, scheme: hoba}}}
",
    );
    let kinds: Vec<_> = plan.api.security_schemes.iter().map(|scheme| scheme.kind.clone()).collect();
    let kind = |scheme: &str| SecuritySchemeKind::Authorization(scheme.to_owned());
    assert_eq!(kinds, [kind("Digest"), kind("hoba")]);
    assert_eq!(plan.codes, ["W0120", "W0120"]);
}

#[test]
fn a_certificate_is_required_beside_other_schemes_only_by_the_transport() {
    let plan = planned(
        "
paths:
  /both: {get: {security: [{tls: [], key: []}], responses: {'204': {description: Done}}}}
  /either: {get: {security: [{tls: []}, {key: []}], responses: {'204': {description: Done}}}}
  /alone: {get: {security: [{tls: []}], responses: {'204': {description: Done}}}}
components: {securitySchemes: {tls: {type: mutualTLS}, key: {type: apiKey, in: header, name: X-Key}}}
",
    );
    let schemes = |operation: &str| -> Vec<Vec<String>> {
        let alternatives = plan.operation(operation).security.iter();
        alternatives.map(|one| one.iter().map(|required| required.scheme.clone()).collect()).collect()
    };
    assert_eq!(schemes("GET /both"), [["key"]]);
    assert_eq!(schemes("GET /either"), [vec!["key".to_owned()], vec![]]);
    assert!(schemes("GET /alone").is_empty());
}

#[test]
fn the_summary_comes_before_the_description() {
    for (summary, description, expected) in [
        (Some("Short."), Some("Long."), Some("Short.\n\nLong.")),
        (Some("Short."), Some("Short. And more."), Some("Short. And more.")),
        (Some("Short."), None, Some("Short.")),
        (Some(" "), Some("Long."), Some("Long.")),
        (None, None, None),
    ] {
        assert_eq!(described(summary, description).as_deref(), expected, "{summary:?} {description:?}");
    }
}
