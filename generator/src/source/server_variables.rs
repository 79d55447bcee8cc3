//! The variables of a server's URL, made whole where the document leaves something out.

use serde_json::{Value, json};

use super::at::At;
use super::members::texts;
use super::reader::Reader;
use super::template;
use crate::diagnostics::codes;

const VARIABLE: &[&str] = &["enum", "default", "description"];

impl<'a> Reader<'a> {
    /// Makes the variables of `server`, which is read from `at`, complete: each in the URL is declared and has a default.
    pub(super) fn server_variables(&mut self, at: &At<'a>, server: &mut Value) {
        let mut complete = serde_json::Map::new();
        for (name, at) in self.map(at, "variables") {
            complete.extend(self.server_variable(&at).map(|variable| (name.to_owned(), variable)));
        }
        for name in template::names(server["url"].as_str().unwrap_or_default()) {
            if !complete.contains_key(&name) {
                let message = format!("the URL contains `{{{name}}}`, but there is no variable of that name");
                let help = "Declare it in `variables` of the server, with a `default`.";
                self.tolerate(&at.place, &format!("{message}; it is an argument without a default"), help);
                complete.insert(name, json!({"default": ""}));
            }
        }
        if let Some(server) = server.as_object_mut() {
            server.insert("variables".to_owned(), Value::Object(complete));
        }
    }

    /// The variable `at`. Without a default the first value of `enum` is the default.
    fn server_variable(&mut self, at: &At<'a>) -> Option<Value> {
        if at.value.is_string() || at.value.is_number() {
            let help = "Write it as an object with a `default`.";
            self.tolerate(&at.place, "this is read as the variable's default", help);
            return Some(json!({"default": texts(at.value)}));
        }
        if !at.value.is_object() {
            let help = "Write it as an object with a `default`.";
            self.tolerate(&at.place, "this isn't a variable; it is ignored", help);
            return None;
        }
        self.only(at, "a server variable", &[VARIABLE]);
        let mut variable = texts(at.value);
        let values = variable["enum"].as_array().cloned();
        if values.is_none() && at.value_of("enum").is_some() {
            let help = "Write it as a list of strings.";
            self.tolerate(&at.place.child("enum"), "this isn't a list of values; it is ignored", help);
            variable.as_object_mut()?.remove("enum");
        }
        if let (Some(values), Value::String(default)) = (&values, &variable["default"])
            && !values.is_empty()
            && !values.contains(&variable["default"])
        {
            let listed: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            let message = format!("the default {default:?} isn't one of {}", listed.join(", "));
            let help = "Make the default one of the values in `enum`, or add it there.";
            self.diagnostics.report(&codes::UNLISTED_DEFAULT, &at.place.child("default"), message, help);
        }
        if !variable["default"].is_string() {
            let first = values.and_then(|values| values.into_iter().find(Value::is_string));
            let message = match first {
                Some(_) => "this variable has no `default`, so the first value of `enum` is used",
                None => "this variable has no `default`; it is an argument without one",
            };
            self.tolerate(&at.place, message, "Give the variable a `default`.");
            variable["default"] = first.unwrap_or_else(|| json!(""));
        }
        Some(variable)
    }
}
