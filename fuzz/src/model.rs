//! Generated models, against `jsonschema`.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use auth0_connections::models::{
    ConnectionForList, CreateConnectionRequestContent, UpdateConnectionRequestContent,
};
use jsonschema::Validator;
use openapi_rust_runtime::decode::from_slice;
use openapi_rust_runtime::encode::{to_value, to_vec};
use openapi_rust_runtime::{FromJson, ToJson, Validate};
use serde_json::{Value, json};

use crate::instance::Instances;
use crate::{assert_printable, is_shown};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("../../spec/connections.yaml")).expect("the document is YAML")
});

const TEXTS: &[&str] = &[
    "a",
    "auth0",
    "oidc",
    "https://example.com",
    "name",
    "\u{1f600}",
    "\"\\\n",
    "2020-01-01",
    "google-oauth2",
];

macro_rules! judges {
    ($($constant:ident: $name:literal;)*) => { $(
        static $constant: LazyLock<Validator> = LazyLock::new(|| judge($name));
    )* };
}
judges! {
    CREATE: "CreateConnectionRequestContent";
    UPDATE: "UpdateConnectionRequestContent";
    LISTED: "ConnectionForList";
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}"), "components": DOCUMENT["components"] })
}

fn judge(name: &str) -> Validator {
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.build(&schema(name)).expect("the schema is valid")
}

/// What the judge finds valid is read, passes our checks and is written as it was. What else is read is written and read
/// again as the same.
pub fn model(bytes: &[u8]) {
    let Some((which, rest)) = bytes.split_first() else { return };
    match which % 6 {
        0 => drawn::<CreateConnectionRequestContent>("CreateConnectionRequestContent", rest, &CREATE),
        1 => drawn::<UpdateConnectionRequestContent>("UpdateConnectionRequestContent", rest, &UPDATE),
        2 => drawn::<ConnectionForList>("ConnectionForList", rest, &LISTED),
        3 => read::<CreateConnectionRequestContent>(rest, &CREATE),
        4 => read::<UpdateConnectionRequestContent>(rest, &UPDATE),
        _ => read::<ConnectionForList>(rest, &LISTED),
    }
}

fn drawn<T: FromJson + ToJson + Validate + PartialEq>(name: &str, bytes: &[u8], judge: &Validator) {
    let instances = Instances { document: &DOCUMENT, texts: TEXTS };
    let schema = &DOCUMENT["components"]["schemas"][name];
    if let Ok(value) = instances.draw(&mut Unstructured::new(bytes), schema, 0) {
        read::<T>(value.to_string().as_bytes(), judge);
    }
}

/// Whether the path is in what another property determines the type of. The judge doesn't know our extension that says so.
fn is_of_alternative(path: &str) -> bool {
    path.strip_prefix("options").is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn read<T: FromJson + ToJson + Validate + PartialEq>(text: &[u8], judge: &Validator) {
    if is_shown() {
        eprintln!("{}", String::from_utf8_lossy(text));
    }
    let value = serde_json::from_slice::<Value>(text);
    let is_valid = value.as_ref().is_ok_and(|value| judge.is_valid(value));
    let read = match from_slice::<T>(text) {
        Ok(read) => read,
        Err(error) => {
            assert!(!is_valid, "valid, but refused: {error}");
            return assert_printable(&error.to_string());
        }
    };
    let checked = read.validate();
    if is_valid {
        let violations = checked.err().into_iter().flat_map(|violations| violations.0);
        let told: Vec<_> = violations.filter(|violation| !is_of_alternative(&violation.path)).collect();
        assert!(told.is_empty(), "valid, but {told:?}");
        let written = to_value(&read).expect("what is read can be written");
        assert_eq!(written, value.expect("it is JSON"), "written otherwise");
    } else if let Err(violations) = checked {
        assert_printable(&violations.to_string());
    }
    let written = to_vec(&read).expect("what is read can be written");
    let again: T = from_slice(&written).expect("what is written can be read");
    assert!(again == read, "{}", String::from_utf8_lossy(&written));
}
