//! Security schemes, and which of them operations require.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::at::At;
use super::document::{SecurityRequirement, SecurityScheme};
use super::members::texts;
use super::reader::Reader;
use super::scheme_uris::schemes;
use crate::diagnostics::codes;
use crate::text::Place;

const SECURITY_SCHEME: &[&str] =
    &["type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"];

const FLOWS: &[&str] = &["implicit", "password", "clientCredentials", "authorizationCode"];

const FLOW: &[&str] = &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"];

impl<'a> Reader<'a> {
    /// The requirements in `security`, any one of which suffices.
    pub(super) fn security(&mut self, at: &At<'a>) -> Vec<SecurityRequirement> {
        let mut requirements = Vec::new();
        for item in self.list(at, "security") {
            if !item.value.is_object() {
                self.wrong_type(&item.place, "a security requirement, which is an object");
            }
            let mut schemes = SecurityRequirement::new();
            for (name, scopes) in item.members() {
                let scheme = self.required_scheme(name, &scopes.place);
                schemes.insert(scheme, self.strings(&item, name));
            }
            requirements.push(schemes);
        }
        requirements
    }

    /// Rejects a requirement at `place` that names no security scheme of the document.
    pub(super) fn declared_scheme(&mut self, name: &str, place: &Place) {
        let schemes = schemes();
        if self.declares_schemes() && self.find(&schemes.child(name)).is_none() {
            let help = match self.nearest(&schemes.child(name)) {
                Some(near) => format!("Did you mean {near:?}?"),
                None => "Declare it in `components/securitySchemes`.".to_owned(),
            };
            let message = format!("the security scheme {name:?} isn't declared");
            self.diagnostics.report(&codes::UNDECLARED_SECURITY_SCHEME, place, message, help);
        }
    }

    /// The declared security schemes. Those that aren't `used` may have faults.
    pub(super) fn security_schemes(
        &mut self,
        root: &At<'a>,
        used: &BTreeSet<String>,
    ) -> BTreeMap<String, SecurityScheme> {
        let mut schemes = BTreeMap::new();
        let components = self.objects(root, "components");
        let declared: Vec<_> = components.iter().flat_map(|at| self.map(at, "securitySchemes")).collect();
        for (name, at) in declared {
            let scheme = match used.contains(name) {
                true => self.read_scheme(name, at),
                false => {
                    let consequence = "no operation requires this security scheme, so it is ignored";
                    self.leniently(&codes::IGNORED_FAULT, consequence, |reader| reader.read_scheme(name, at))
                }
            };
            schemes.extend(scheme.map(|scheme| (name.to_owned(), scheme)));
        }
        let is_foreign = |name: &&String| self.foreign_schemes.contains_key(*name);
        let unknown: Vec<&String> = used.iter().filter(|name| !is_foreign(name)).collect();
        self.read_foreign_schemes(used, &mut schemes);
        if !unknown.is_empty() && !self.declares_schemes() {
            self.assume_schemes(&unknown, &mut schemes);
        }
        schemes
    }

    /// Whether the document declares any security schemes.
    fn declares_schemes(&self) -> bool {
        let schemes = self.find(&schemes());
        schemes.is_some_and(|schemes| schemes.members().next().is_some())
    }

    /// The schemes that a document requires without declaring any, as extracts of larger documents do: the caller
    /// provides the header, so that no call goes out without credentials.
    fn assume_schemes(&mut self, used: &[&String], schemes: &mut BTreeMap<String, SecurityScheme>) {
        let names: Vec<String> = used.iter().map(|name| format!("{name:?}")).collect();
        let message = format!(
            "the document requires {} but declares no security schemes; callers provide the `Authorization` header",
            names.join(", ")
        );
        let help = "Declare them in `components/securitySchemes`.";
        self.diagnostics.report(&codes::NO_SECURITY_SCHEMES, &Place::default(), message, help);
        for name in used {
            let declared = openapiv3::SecurityScheme::HTTP {
                scheme: String::new(),
                bearer_format: None,
                description: None,
                extensions: Default::default(),
            };
            let (details, scopes) = Default::default();
            let place = Place::default();
            let scheme = SecurityScheme { place, declared, deprecated: false, details, scopes };
            schemes.insert((*name).clone(), scheme);
        }
    }

    pub(super) fn read_scheme(&mut self, name: &str, at: At<'a>) -> Option<SecurityScheme> {
        let place = at.place.clone();
        let at = self.follow(at, "securitySchemes")?;
        if at.value.get("type").and_then(Value::as_str) != Some("mutualTLS") {
            return Some(SecurityScheme { place, ..self.security_scheme(&at)? });
        }
        let message = format!("no code is generated for mutual TLS, which the scheme {name:?} requires");
        let help = "Give the client a transport that is configured with a certificate.";
        self.diagnostics.report(&codes::MUTUAL_TLS, &at.place, message, help);
        None
    }

    /// The scheme `at`. A flow may lack scopes.
    fn security_scheme(&mut self, at: &At<'a>) -> Option<SecurityScheme> {
        self.only(at, "a security scheme", &[SECURITY_SCHEME]);
        if let Some(flows) = at.get("flows") {
            self.only(&flows, "the flows of a security scheme", &[FLOWS]);
            flows.members().for_each(|(_, flow)| self.only(&flow, "a flow", &[FLOW]));
        }
        if at.value.get("type").and_then(Value::as_str) == Some("apiKey") {
            self.complete_key(at)?;
        }
        let mut scheme = texts(at.value);
        if let Some(flows) = scheme.get_mut("flows").and_then(Value::as_object_mut) {
            for (_, flow) in flows.iter_mut().filter(|(_, flow)| flow.is_object()) {
                if !flow["scopes"].is_object() {
                    flow["scopes"] = Value::Object(serde_json::Map::new());
                }
            }
        }
        if self.is_3_2() {
            self.no_use(at, "security schemes", &["oauth2MetadataUrl"]);
        }
        let deprecated = self.is_3_2() && self.boolean(at, "deprecated");
        let (details, scopes) = details(&scheme);
        let (place, declared) = (at.place.clone(), self.decoded(&at.place, scheme)?);
        Some(SecurityScheme { place, declared, deprecated, details, scopes })
    }

    /// Rejects an API key that doesn't say where it goes.
    fn complete_key(&mut self, at: &At<'_>) -> Option<()> {
        let member = |name: &str| at.value.get(name).and_then(Value::as_str);
        let message = match (member("name"), member("in")) {
            (None | Some(""), _) => "an API key needs a `name`",
            (_, Some("header" | "query" | "cookie")) => return Some(()),
            _ => "an API key needs an `in` that is `header`, `query` or `cookie`",
        };
        let help = "Add or correct `name` and `in`.";
        self.diagnostics.report(&codes::INCOMPLETE_SECURITY_SCHEME, &at.place, message, help);
        None
    }
}

/// What a scheme says, one entry for each member of it and of its flows, and the scopes. Descriptions are words for people,
/// and so is what is said of a scope.
fn details(scheme: &Value) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let members = |value: &'_ Value| value.as_object().cloned().unwrap_or_default();
    let (mut details, mut scopes) = (BTreeMap::new(), BTreeSet::new());
    for (name, value) in members(scheme) {
        match name.as_str() {
            "description" | "deprecated" => {}
            "flows" => {
                for (flow, value) in members(&value) {
                    details.insert(format!("the flow `{flow}`"), "declared".to_owned());
                    for (name, value) in members(&value) {
                        if name == "scopes" {
                            let names = members(&value).into_iter().map(|(name, _)| name);
                            scopes.extend(names.map(|scope| format!("the scope `{scope}` of `{flow}`")));
                        } else if !name.starts_with("x-") {
                            details.insert(format!("`{name}` of `{flow}`"), text(&value));
                        }
                    }
                }
            }
            _ if name.starts_with("x-") => {}
            _ => {
                details.insert(format!("`{name}`"), text(&value));
            }
        }
    }
    (details, scopes)
}
