//! `readOnly` and `writeOnly`: what a request and what a response may omit.

use serde_json::Value;

/// The direction in which an instance is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Request,
    Response,
}

/// The sides of the case with this number: both, or one of them.
pub fn of_case(case: usize) -> &'static [Side] {
    match case % 4 {
        2 => &[Side::Request],
        3 => &[Side::Response],
        _ => &[Side::Request, Side::Response],
    }
}

/// The name of the component of a case.
pub fn case_name(case: usize) -> String {
    format!("Case{case}")
}

impl Side {
    /// The keyword that marks a required property which this side may omit.
    fn mark(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Response => "writeOnly",
        }
    }

    /// `document` as it applies to instances of this side.
    pub fn schemas(self, document: &Value) -> Value {
        let mut seen = document.clone();
        each_component(&mut seen, |_, schema| lift(schema, self.mark()));
        seen
    }

    /// Like [`Self::schemas`], without the constraints that a type doesn't check: a type that is both sent
    /// and read accepts a response that lacks read-only properties.
    pub fn noticed(self, document: &Value) -> Value {
        let mut seen = self.schemas(document);
        if self == Self::Response {
            each_component(&mut seen, |name, schema| {
                let case = name.strip_prefix("Case").and_then(|number| number.parse().ok());
                if case.is_none_or(|case| of_case(case) != [Self::Response]) {
                    lift(schema, Self::Request.mark());
                }
            });
        }
        seen
    }
}

fn each_component(document: &mut Value, change: impl Fn(&str, &mut Value)) {
    let schemas = document["components"]["schemas"].as_object_mut();
    schemas.into_iter().flatten().for_each(|(name, schema)| change(name, schema));
}

/// Makes every property with the keyword `mark` optional, anywhere in `schema`.
fn lift(schema: &mut Value, mark: &str) {
    let Some(members) = schema.as_object_mut() else { return };
    let marked: Vec<String> = members
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(_, property)| property.get(mark) == Some(&Value::Bool(true)))
        .map(|(name, _)| name.clone())
        .collect();
    if let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !marked.iter().any(|marked| name == marked));
    }
    for (keyword, value) in members {
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties", Value::Object(map)) => {
                map.values_mut().for_each(|schema| lift(schema, mark));
            }
            ("allOf" | "oneOf" | "anyOf" | "prefixItems", Value::Array(list)) => {
                list.iter_mut().for_each(|schema| lift(schema, mark));
            }
            ("items" | "additionalProperties", inner) => lift(inner, mark),
            _ => {}
        }
    }
}
