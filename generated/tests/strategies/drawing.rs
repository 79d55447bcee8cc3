//! Draws options from the vendor's schemas.

use fastrand::Rng;
use serde_json::{Value, json};

use super::instances::{Extent, Instances};

/// Texts that match the patterns of the vendor's document; the validator checks them.
const TEXTS: &[(&str, &str)] = &[
    (r"^https:\/\/.*", "https://idp.example.org/login?a=b"),
    (r"^MG[0-9a-fA-F]{32}$", "MG0123456789abcdef0123456789ABCDEF"),
    (r"^AC[0-9a-fA-F]{32}$", "AC0123456789abcdef0123456789ABCDEF"),
    (r"^[a-zA-Z0-9-:./_~]+$", "api://app-1_2~3"),
    (r"^[0-9]+$", "200"),
    (r"^\d+$", "1234567890"),
    (r"^[0-9a-fA-F]+$", "00ffAA"),
];

/// Draws from the schemas of one document.
pub struct Drawing<'a> {
    schemas: &'a Value,
    instances: Instances<'a>,
}

impl<'a> Drawing<'a> {
    /// The first instance has only the required properties, the second has all of them.
    pub fn new(document: &'a Value, seed: u64) -> Self {
        let extent = match seed {
            0 => Extent::Least,
            1 => Extent::Most,
            _ => Extent::Random,
        };
        let instances = Instances { document, rng: Rng::with_seed(seed), extent, patterns: TEXTS };
        Self { schemas: &document["components"]["schemas"], instances }
    }

    /// Valid options, without the properties for which no valid value was found.
    pub fn options(&mut self, name: &str, judge: &jsonschema::Validator) -> Value {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        for _ in 0..50 {
            let mut options = self.instances.draw(&schema, 0);
            let wrong: Vec<String> = judge
                .iter_errors(&options)
                .map(|error| error.instance_path().to_string())
                .filter_map(|path| path.split('/').nth(1).map(str::to_owned))
                .collect();
            for property in wrong {
                options.as_object_mut().unwrap().remove(&property);
            }
            if judge.is_valid(&options) {
                return options;
            }
        }
        panic!("{name}: no valid options were drawn");
    }

    /// The properties that the schema declares.
    pub fn properties(&self, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        let visit = &mut |property: &str, _: &Value| found.push(property.to_owned());
        self.each_property(&self.schemas[name], visit);
        found
    }

    /// Whether a property is a union, or contains one.
    pub fn is_union(&self, name: &str, property: &str) -> bool {
        let mut union = false;
        self.each_property(&self.schemas[name], &mut |other, schema| {
            union |= other == property && self.has_several_forms(schema);
        });
        union
    }

    fn has_several_forms(&self, schema: &Value) -> bool {
        let several = |keyword: &str| schema[keyword].as_array().is_some_and(|list| list.len() > 1);
        let inner = || {
            let alternatives = ["anyOf", "oneOf"].into_iter().flat_map(|keyword| schema[keyword].as_array());
            alternatives.flatten().chain([&schema["additionalProperties"], &schema["items"]])
        };
        several("anyOf")
            || several("oneOf")
            || self.target(schema).is_some_and(|target| self.has_several_forms(target))
            || inner().any(|inner| inner.is_object() && self.has_several_forms(inner))
    }

    fn each_property(&self, schema: &Value, visit: &mut impl FnMut(&str, &Value)) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            visit(name, property);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.each_property(self.target(part).unwrap_or(part), visit);
        }
    }

    fn target(&self, schema: &Value) -> Option<&'a Value> {
        let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
        self.schemas.get(name)
    }
}
