//! Enums, all of which are open: they accept values that the document doesn't list.

use serde_json::Value;

use super::schemas::Use;
use super::{Planner, docs};
use crate::api::{Enum, EnumBase, EnumValue, Ident, Rule, TypeKind, TypeRef, Wish};
use crate::source::document::{Schema, Type};

impl Planner<'_> {
    /// What a schema with listed values becomes.
    pub(super) fn enum_use(&mut self, schema: &Schema, want: &str, named: bool) -> Use {
        let values = distinct(schema.values.iter().filter(|value| !value.is_null()));
        if values.is_empty() {
            let rules = vec![Rule::ListedValues(vec![Value::Null])];
            return Use { nullable: true, rules, ..Use::of(TypeRef::Json) };
        }
        if values.iter().all(|value| value.is_boolean()) {
            let mut listed: Vec<Value> = values.into_iter().cloned().collect();
            if listed.len() > 1 {
                return Use::of(TypeRef::Boolean);
            }
            if schema.nullable || schema.types.contains(&Type::Null) || schema.values.contains(&Value::Null) {
                listed.push(Value::Null);
            }
            return Use { rules: vec![Rule::ListedValues(listed)], ..Use::of(TypeRef::Boolean) };
        }
        let keyword = if schema.is_const { "const" } else { "enum" };
        self.open(schema, keyword);
        self.unchecked_beside(schema, &["type", keyword]);
        self.define(schema, want, named, |_, _| TypeKind::Enum(make(schema, &values)))
    }

    /// An enum of the strings that any of several enums lists.
    pub(super) fn joined_enum(&mut self, schema: &Schema, values: &[Value], want: &str, named: bool) -> Use {
        let values = distinct(values.iter());
        self.define(schema, want, named, |_, _| TypeKind::Enum(make(schema, &values)))
    }
}

fn distinct<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<&'a Value> {
    let mut distinct: Vec<&Value> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for value in values {
        if seen.insert(value.to_string()) {
            distinct.push(value);
        }
    }
    distinct
}

fn make(schema: &Schema, values: &[&Value]) -> Enum {
    let base = if values.iter().all(|value| value.is_string()) {
        EnumBase::String
    } else if values.iter().all(|value| value.is_i64()) {
        EnumBase::Integer
    } else {
        EnumBase::Json
    };
    let given = texts(schema, &["x-enum-varnames", "x-enumNames"]);
    let wishes: Vec<Wish> = if given.len() == values.len() {
        given.into_iter().map(Wish::Required).collect()
    } else {
        values.iter().map(|value| Wish::Suggested(word(value, base))).collect()
    };
    let described = texts(schema, &["x-enum-descriptions", "x-enumDescriptions"]);
    let values = values.iter().zip(wishes).enumerate().map(|(index, (value, wish))| EnumValue {
        variant: Ident::default(),
        wish,
        value: (*value).clone(),
        docs: docs::docs(None, described.get(index).map(String::as_str)),
    });
    Enum { base, values: values.collect(), unknown: Ident::default() }
}

fn word(value: &Value, base: EnumBase) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if base == EnumBase::Integer => match number.as_i64() {
            Some(negative) if negative < 0 => format!("minus {}", negative.unsigned_abs()),
            _ => format!("value {number}"),
        },
        Value::Number(number) => {
            format!("value {}", number.to_string().replace('.', " point ").replace('-', "minus "))
        }
        other => other.to_string(),
    }
}

fn texts(schema: &Schema, extensions: &[&str]) -> Vec<String> {
    let list = extensions.iter().find_map(|name| schema.extensions.get(*name)?.as_array());
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
