//! Enums, all of which are open: they accept values that the document doesn't list.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::schemas::{Use, types};
use super::{Planner, docs};
use crate::api::{Enum, EnumBase, EnumValue, Ident, Rule, TypeKind, TypeRef, Wish};
use crate::diagnostics::codes;
use crate::source::document::{Schema, SchemaId, Type};

/// Extensions that name the values, and those that describe them.
const NAMES: &[&str] = &["x-enum-varnames", "x-enum-names", "x-enumNames"];
const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];
/// An extension of AutoRest's that does both: its `values` are objects with a `value`, a `name` and a `description`.
const BOTH: &str = "x-ms-enum";

/// A value that a schema lists, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed {
    value: Value,
    name: Option<Wish>,
    description: Option<String>,
}

impl Planner<'_> {
    /// What a schema with listed values becomes.
    pub(super) fn enum_use(&mut self, schema: &Schema, want: &str, named: bool) -> Use {
        self.tell_unused_type(schema, "its values are listed");
        let values = self.listed_values(schema);
        let used = self.enum_of(schema, values, want, named);
        let allows_null = schema.types.contains(&Type::Null) && !schema.values.contains(&Value::Null);
        if allows_null || matches!(used.ty, TypeRef::Named(_)) {
            let keyword = if schema.is_const { "const" } else { "enum" };
            self.open(schema, keyword);
            self.unchecked_beside(schema, &["type", keyword]);
        }
        used
    }

    /// An enum of `values`, each as often as it is listed; `schema` says what they are together.
    pub(super) fn enum_of(&mut self, schema: &Schema, values: Vec<Listed>, want: &str, named: bool) -> Use {
        let values = distinct(values);
        if values.is_empty() {
            let rules = vec![Rule::ListedValues(vec![Value::Null])];
            return Use { nullable: true, rules, ..Use::of(TypeRef::Json) };
        }
        let plain = |listed: &Listed| listed.name.is_none() && listed.description.is_none();
        if values.iter().all(|listed| listed.value.is_boolean() && plain(listed)) {
            let listed: Vec<Value> = values.into_iter().map(|listed| listed.value).collect();
            if listed.len() > 1 {
                return Use::of(TypeRef::Boolean);
            }
            return Use { rules: vec![Rule::ListedValues(listed)], ..Use::of(TypeRef::Boolean) };
        }
        self.define(schema, want, named, |_, _| TypeKind::Enum(make(values)))
    }

    /// The values that a schema lists, without null, and what its extensions say of them.
    fn listed_values(&mut self, schema: &Schema) -> Vec<Listed> {
        let bare = |value: &Value| Listed { value: value.clone(), name: None, description: None };
        let mut values: Vec<Listed> = schema.values.iter().map(bare).collect();
        self.add_extensions(schema, &mut values);
        values.retain(|listed| !listed.value.is_null());
        values
    }

    /// Adds what the extensions of `schema` say of the values.
    pub(super) fn add_extensions(&mut self, schema: &Schema, values: &mut [Listed]) {
        let mut names = self.extension_texts(schema, NAMES, values);
        let mut descriptions = self.extension_texts(schema, DESCRIPTIONS, values);
        if names.is_empty() {
            names = self.member_texts(schema, "name", values);
        }
        if descriptions.is_empty() {
            descriptions = self.member_texts(schema, "description", values);
        }
        for (listed, name) in values.iter_mut().zip(names) {
            listed.name = name.map(Wish::Required).or(listed.name.take());
        }
        for (listed, description) in values.iter_mut().zip(descriptions) {
            listed.description = description.or(listed.description.take());
        }
    }

    /// The text that the first of the extensions has for each value: a list in the order of the values, or a map by
    /// value.
    fn extension_texts(
        &mut self,
        schema: &Schema,
        extensions: &[&str],
        values: &[Listed],
    ) -> Vec<Option<String>> {
        for name in extensions {
            let Some(extension) = schema.extensions.get(*name).filter(|value| !value.is_null()) else {
                continue;
            };
            let found = match extension {
                Value::Array(texts) => in_order(texts, values),
                Value::Object(texts) => by_value(texts, values),
                _ => Err("it is neither a list nor a map".to_owned()),
            };
            match found {
                Ok(texts) => return texts,
                Err(problem) => self.tell_unfit(
                    schema,
                    name,
                    &problem,
                    "Write a list with a string for each value, in the order of `enum`, or a map from value to string.",
                ),
            }
        }
        Vec::new()
    }

    /// The member `name` that `x-ms-enum` has for each value.
    fn member_texts(&mut self, schema: &Schema, name: &str, values: &[Listed]) -> Vec<Option<String>> {
        let Some(extension) = schema.extensions.get(BOTH).filter(|value| !value.is_null()) else {
            return Vec::new();
        };
        let Some(entries) = extension.get("values") else { return Vec::new() };
        let mut texts = serde_json::Map::new();
        for entry in entries.as_array().into_iter().flatten() {
            if let (Some(value), Some(text)) = (entry.get("value"), entry.get(name)) {
                texts.insert(value.as_str().map_or_else(|| value.to_string(), str::to_owned), text.clone());
            }
        }
        match by_value(&texts, values) {
            Ok(texts) => texts,
            Err(problem) => {
                let help = "List each value of `enum` in `values`, with a `name`, a `description` or both.";
                self.tell_unfit(schema, BOTH, &problem, help);
                Vec::new()
            }
        }
    }

    fn tell_unfit(&mut self, schema: &Schema, name: &str, problem: &str, help: &str) {
        let message = format!("`{name}` doesn't fit the listed values: {problem}; it is ignored");
        self.diagnostics.report(&codes::UNFIT_ENUM_NAMES, &schema.place.child(name), message, help);
    }

    /// The values of the alternatives if all list values of scalar types, or accept a type that values of other
    /// alternatives have: open enums take any value of their type.
    pub(super) fn listed_by_all(&mut self, ids: &[SchemaId]) -> Option<Vec<Listed>> {
        let mut values = Vec::new();
        let mut accepted = Vec::new();
        for id in ids {
            self.add_listed(*id, &mut values, &mut accepted, 0)?;
        }
        let kinds: BTreeSet<Type> = values.iter().map(|listed| kind(&listed.value)).collect();
        let one_kind = accepted.iter().all(|kind| kinds.len() == 1 && kinds.contains(kind));
        (!values.is_empty() && one_kind).then_some(values)
    }

    /// Adds the values that an alternative lists, or the type that it accepts as a whole; `None` if it does neither.
    fn add_listed(
        &mut self,
        id: SchemaId,
        values: &mut Vec<Listed>,
        accepted: &mut Vec<Type>,
        depth: usize,
    ) -> Option<()> {
        let document = self.document;
        let own = &document.schemas[id];
        let schema = &document.schemas[self.behind(id)];
        if !schema.all_of.is_empty() || schema.limits.pattern.is_some() || depth > 16 {
            return None;
        }
        let nested = || schema.one_of.iter().chain(&schema.any_of);
        if schema.values.is_empty() && nested().next().is_some() {
            return nested().try_for_each(|id| self.add_listed(*id, values, accepted, depth + 1));
        }
        if schema.values.is_empty() {
            let types = types(schema);
            let whole = match types[..] {
                [] => schema.types == [Type::Null],
                [Type::String] => schema.format.is_none() && own.reference.is_none(),
                [Type::Integer] => schema.limits.is_empty() && own.reference.is_none(),
                _ => false,
            };
            accepted.extend(types);
            return whole.then_some(());
        }
        if schema.values.iter().any(|value| value.is_array() || value.is_object()) {
            return None;
        }
        let mut listed = self.listed_values(schema);
        if let [only] = &mut listed[..] {
            let title = own.title.as_ref().or(schema.title.as_ref()).filter(|title| !title.trim().is_empty());
            let component = schema.name.clone().filter(|_| !only.value.is_string());
            let name = title.cloned().or(component).map(Wish::Suggested);
            only.name = only.name.take().or(name);
            let description = own.description.as_ref().or(schema.description.as_ref());
            only.description = only.description.take().or(description.cloned());
        }
        values.extend(listed);
        Some(())
    }

    /// The alternatives without names that list values, in groups of one scalar type: those that stand first with
    /// those that are joined to them.
    pub(super) fn joined(&self, ids: &[SchemaId]) -> BTreeMap<SchemaId, Vec<SchemaId>> {
        let mut groups: BTreeMap<Type, Vec<SchemaId>> = BTreeMap::new();
        for id in ids {
            let schema = &self.document.schemas[*id];
            let mut kinds = schema.values.iter().map(kind);
            let Some(first) = kinds.next() else { continue };
            let scalar = matches!(first, Type::String | Type::Integer);
            if scalar
                && schema.reference.is_none()
                && schema.name.is_none()
                && kinds.all(|kind| kind == first)
            {
                groups.entry(first).or_default().push(*id);
            }
        }
        groups.into_values().filter(|group| group.len() > 1).map(|group| (group[0], group)).collect()
    }

    /// The enum of the values that several alternatives list.
    pub(super) fn joined_enum(&mut self, ids: &[SchemaId], want: &str) -> Use {
        let mut values = Vec::new();
        for id in ids {
            self.add_listed(*id, &mut values, &mut Vec::new(), 0);
        }
        let place = self.document.schemas[ids[0]].place.clone();
        self.enum_of(&Schema { place, ..Schema::default() }, values, want, false)
    }
}

/// The type of a value.
fn kind(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Boolean,
        Value::Number(number) if number.is_f64() => Type::Number,
        Value::Number(_) => Type::Integer,
        Value::String(_) => Type::String,
        Value::Array(_) => Type::Array,
        Value::Object(_) => Type::Object,
    }
}

/// A text for each value, of a list in the order of the values. Null, which is no value of its own, can lack one.
fn in_order(texts: &[Value], values: &[Listed]) -> Result<Vec<Option<String>>, String> {
    let mut rest = texts.iter();
    let without_null = values.iter().filter(|listed| !listed.value.is_null()).count();
    if texts.len() != values.len() && texts.len() != without_null {
        return Err(format!("its length is {}, but {} values are listed", texts.len(), values.len()));
    }
    let skips_null = texts.len() != values.len();
    let each = values.iter().map(|listed| match listed.value.is_null() && skips_null {
        true => Ok(None),
        false => rest.next().map(text).transpose(),
    });
    each.collect()
}

/// A text for each value that a map has one for.
fn by_value(
    texts: &serde_json::Map<String, Value>,
    values: &[Listed],
) -> Result<Vec<Option<String>>, String> {
    let key = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let keys: Vec<String> = values.iter().map(|listed| key(&listed.value)).collect();
    if let Some(other) = texts.keys().find(|name| !keys.contains(name)) {
        return Err(format!("{other:?} isn't among the values"));
    }
    keys.iter().map(|key| texts.get(key).map(text).transpose()).collect()
}

fn text(value: &Value) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("{value} isn't a string"))
}

fn distinct(values: Vec<Listed>) -> Vec<Listed> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|listed| seen.insert(listed.value.to_string())).collect()
}

fn make(values: Vec<Listed>) -> Enum {
    let base = if values.iter().all(|listed| listed.value.is_string()) {
        EnumBase::String
    } else if values.iter().all(|listed| listed.value.is_i64()) {
        EnumBase::Integer
    } else {
        EnumBase::Json
    };
    // A name that several values have names none of them.
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for name in values.iter().filter_map(|listed| listed.name.as_ref()) {
        *count.entry(name.words().to_lowercase()).or_default() += 1;
    }
    let is_own = |wish: &Wish| count.get(&wish.words().to_lowercase()) == Some(&1);
    let values = values.into_iter().map(|listed| EnumValue {
        variant: Ident::default(),
        wish: listed
            .name
            .filter(is_own)
            .unwrap_or_else(|| Wish::Suggested(word(&listed.value, base == EnumBase::Integer))),
        value: listed.value,
        docs: docs::docs(None, listed.description.as_deref()),
    });
    Enum { base, values: values.collect(), unknown: Ident::default() }
}

fn word(value: &Value, integer: bool) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_i64() {
            Some(negative) if integer && negative < 0 => format!("minus {}", negative.unsigned_abs()),
            _ => format!("value {}", scalar_words(value)),
        },
        other => other.to_string(),
    }
}

/// A number or another scalar value in words that can be part of a name.
pub(super) fn scalar_words(value: &Value) -> String {
    value.to_string().replace('.', " point ").replace('-', "minus ")
}
