//! What a schema is in Rust: its type, whether it is nullable, and its constraints.

use super::Planner;
use super::unions::only_null;
use crate::api::{Rule, TypeRef, inner_key};
use crate::diagnostics::codes;
use crate::source::document::{Schema, SchemaId, Type};

/// How deep schemas may be nested, references not counted.
const MAX_DEPTH: usize = 100;

/// How many types of its own an unnamed schema can have in a part.
const MAX_COPIES: usize = 8;

/// A schema's use at one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Use {
    pub ty: TypeRef,
    pub nullable: bool,
    pub rules: Vec<Rule>,
}

impl Use {
    pub(super) fn of(ty: TypeRef) -> Self {
        Self { ty, nullable: false, rules: Vec::new() }
    }

    /// The use where only a value of the type that is inferred can be.
    pub(super) fn into_expected(self) -> Self {
        let ty = if let TypeRef::Inferred(ty) = self.ty { *ty } else { self.ty };
        Self { ty, ..self }
    }

    /// The type, including null if it is nullable.
    pub(super) fn with_null(self) -> TypeRef {
        if self.nullable && self.ty != TypeRef::Json { TypeRef::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

impl Planner<'_> {
    /// The use of the schema `id`; `want` is the key of a type that has no name of its own.
    pub(super) fn use_of(&mut self, id: SchemaId, want: &str, depth: usize) -> Use {
        let used = self.expected_use(id, want, depth);
        let is_known = matches!(used.ty, TypeRef::Json | TypeRef::Inferred(_));
        if is_known || !self.is_inferred(id) {
            return used;
        }
        Use { ty: TypeRef::Inferred(Box::new(used.ty)), ..used }
    }

    /// The use of the schema `id`, with the type that it has or that is inferred.
    fn expected_use(&mut self, id: SchemaId, want: &str, depth: usize) -> Use {
        let document = self.document;
        let schema = &document.schemas[id];
        if let Some(name) = &self.ground.named[id.0 as usize] {
            let ty = TypeRef::Named(name.clone());
            return Use { ty, nullable: self.is_nullable(id, 0), rules: Vec::new() };
        }
        let mut shaped = self.shaping.iter().filter(|(shaping, _)| *shaping == id);
        if let Some(name) = shaped.clone().find_map(|(_, name)| name.clone()) {
            return Use { ty: TypeRef::Named(name), nullable: self.is_nullable(id, 0), rules: Vec::new() };
        }
        // A list or a map has no type of its own, but what it holds can have: it is met again first.
        if shaped.nth(1).is_some() {
            let message = "this unnamed schema contains itself; from here on any JSON value is accepted";
            let help = "Give it a name in `components/schemas` and refer to it.";
            self.diagnostics.report(&codes::TOO_DEEPLY_NESTED, &schema.place, message, help);
            return Use::of(TypeRef::Json);
        }
        // Each `allOf` names the inline types of its parts after itself, but where such schemas are in turn parts of each
        // other, copies would double with each level.
        if let Some((MAX_COPIES, last)) = self.inline.get(&id) {
            return last.clone();
        }
        let types = self.current.len();
        self.shaping.push((id, None));
        let used = self.shape(schema, want, false, depth);
        self.shaping.pop();
        if self.current.len() > types {
            let copies = self.inline.get(&id).map_or(1, |(copies, _)| copies + 1);
            self.inline.insert(id, (copies, used.clone()));
        }
        used
    }

    /// Likewise for a schema itself; if it is `named`, the key of its type is `want` as it stands.
    pub(super) fn shape(&mut self, schema: &Schema, want: &str, named: bool, depth: usize) -> Use {
        if depth > MAX_DEPTH {
            let message = format!(
                "schemas are nested more than {MAX_DEPTH} levels deep; from here on any JSON value is accepted"
            );
            let help = "Give an inner schema a name in `components/schemas` and refer to it.";
            self.diagnostics.report(&codes::TOO_DEEPLY_NESTED, &schema.place, message, help);
            return Use::of(TypeRef::Json);
        }
        let mut used = self.shape_without_null(schema, want, named, depth);
        used.nullable |= schema.nullable
            || schema.types.contains(&Type::Null)
            || schema.values.iter().any(serde_json::Value::is_null);
        used
    }

    fn shape_without_null(&mut self, schema: &Schema, want: &str, named: bool, depth: usize) -> Use {
        if let Some(path) = &schema.own_type {
            return Use::of(TypeRef::Own(path.clone()));
        }
        if let Some(used) = self.discriminated_use(schema, want, named, depth) {
            return used;
        }
        if let Some(target) = schema.reference {
            let mut used = self.use_of(target, want, depth + 1);
            if !schema.types.is_empty() {
                used = used.into_expected();
            }
            self.beside(schema, target, &mut used);
            used.nullable &= !forbids_null(schema);
            return used;
        }
        if let Some(boolean) = schema.boolean {
            let rules = if boolean { Vec::new() } else { vec![Rule::ListedValues(Vec::new())] };
            return Use { rules, ..Use::of(TypeRef::Json) };
        }
        if !schema.values.is_empty() {
            return self.enum_use(schema, want, named);
        }
        if let Some(used) = self.union_use(schema, want, named, depth) {
            return used;
        }
        self.by_type(schema, want, named, depth)
    }

    /// Whether the schema has no `type`, but keywords for one only.
    fn is_inferred(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[id];
        let has_type = !schema.types.is_empty() || !schema.values.is_empty() || schema.boolean.is_some();
        let alternatives = || schema.one_of.iter().chain(&schema.any_of);
        !has_type
            && schema.reference.is_none()
            && schema.discriminated_by.is_none()
            && matches!(types(schema)[..], [Type::Object] | [Type::Array])
            && alternatives().all(|id| self.only_constrains(*id))
    }

    fn by_type(&mut self, schema: &Schema, want: &str, named: bool, depth: usize) -> Use {
        let types: Vec<Type> = types(schema);
        if schema.types.is_empty() {
            match types[..] {
                [Type::Object] => self.inferred(schema, "an object"),
                [Type::Array] => self.inferred(schema, "an array"),
                _ => {}
            }
        }
        let ty = match types[..] {
            [] => {
                self.tell_unused_type(schema, "it has no `type`");
                return self.untyped(schema);
            }
            [Type::Boolean] => TypeRef::Boolean,
            [Type::Integer] => integer(schema),
            [Type::Number] | [Type::Integer, Type::Number] | [Type::Number, Type::Integer] => TypeRef::Double,
            [Type::String] => string(schema),
            [Type::Array] => {
                self.tell_unused_type(schema, "its values are arrays");
                return self.array(schema, want, depth);
            }
            [Type::Object] => {
                self.tell_unused_type(schema, "its values are objects");
                return self.object_use(schema, want, named, depth);
            }
            _ => return self.type_list_union(schema, &types, want, named, depth),
        };
        let ty = self.with_format(schema, ty);
        if !matches!(ty, TypeRef::Formatted(_)) {
            self.unchecked_format(schema);
        }
        self.unchecked_content(schema);
        let rules = super::rules::of(schema, &ty, &mut self.diagnostics);
        Use { ty, nullable: false, rules }
    }

    /// Any JSON value that obeys the rules, of which each applies to values of one type.
    fn untyped(&mut self, schema: &Schema) -> Use {
        if only_null(schema) {
            let rules = vec![Rule::ListedValues(vec![serde_json::Value::Null])];
            return Use { rules, ..Use::of(TypeRef::Json) };
        }
        let mut rules = super::rules::of(schema, &TypeRef::Json, &mut self.diagnostics);
        if !schema.required.is_empty() {
            rules.push(Rule::RequiredNames(schema.required.clone()));
        }
        rules.extend(self.key_rules(schema));
        self.unchecked_format(schema);
        self.unchecked_content(schema);
        Use { rules, ..Use::of(TypeRef::Json) }
    }

    fn array(&mut self, schema: &Schema, want: &str, depth: usize) -> Use {
        let count = schema.prefix_items.len();
        let closed = schema.items.is_some_and(|items| self.document.schemas[items].boolean == Some(false));
        let fixed = schema.limits.min_items == Some(count as u64)
            && (closed || schema.limits.max_items == Some(count as u64))
            && (1..=8).contains(&count);
        if fixed {
            if schema.limits.unique_items {
                self.unchecked(schema, &["uniqueItems"]);
            }
            let items = schema.prefix_items.iter().enumerate();
            let mut uses: Vec<Use> = items
                .map(|(index, id)| self.use_of(*id, &inner_key(want, &format!("Item{index}")), depth + 1))
                .collect();
            let rules: Vec<Vec<Rule>> = uses.iter_mut().map(|used| std::mem::take(&mut used.rules)).collect();
            let ty = TypeRef::Tuple(uses.into_iter().map(Use::with_null).collect());
            let some = rules.iter().any(|rules| !rules.is_empty());
            return Use {
                ty,
                nullable: false,
                rules: if some { vec![Rule::PrefixItems(rules)] } else { vec![] },
            };
        }
        let mut rules = Vec::new();
        if count > 0 && closed {
            self.unchecked(schema, &["prefixItems"]);
            rules.push(Rule::MaxItems(count as u64));
        } else if count > 0 {
            let lost = ["prefixItems", "items"];
            self.unchecked(schema, if schema.items.is_some() { &lost } else { &lost[..1] });
        }
        let item = match schema.items.filter(|_| count == 0) {
            Some(items) => {
                let mut used = self.use_of(items, &inner_key(want, "Item"), depth + 1);
                let item_rules = std::mem::take(&mut used.rules);
                if !item_rules.is_empty() {
                    rules.push(Rule::Items(item_rules));
                }
                if self.document.schemas[items].format.as_deref() == Some("password")
                    && used.ty == TypeRef::String
                {
                    used.ty = TypeRef::Secret(Box::new(TypeRef::String));
                }
                used.with_null()
            }
            None => TypeRef::Json,
        };
        let ty = TypeRef::List(Box::new(item));
        rules.extend(super::rules::of(schema, &ty, &mut self.diagnostics));
        Use { ty, nullable: false, rules }
    }

    /// Whether null is a value of the schema.
    pub(super) fn is_nullable(&self, id: SchemaId, depth: usize) -> bool {
        let schema = &self.document.schemas[id];
        if depth > 16 {
            return false;
        }
        let nullable = |id: &SchemaId| self.is_nullable(*id, depth + 1);
        schema.nullable
            || schema.types.contains(&Type::Null)
            || is_anything(schema)
            || schema.values.iter().any(serde_json::Value::is_null)
            || (schema.reference.as_ref().is_some_and(nullable) && !forbids_null(schema))
            || schema.one_of.iter().chain(&schema.any_of).any(nullable)
    }

    /// The schema that `id` finally refers to, or `id` itself.
    pub(super) fn behind(&self, mut id: SchemaId) -> SchemaId {
        for _ in 0..16 {
            match self.document.schemas[id].reference {
                Some(target) => id = target,
                None => return id,
            }
        }
        id
    }
}

/// The schema's types without null, guessed from its keywords if it has no `type`.
pub(super) fn types(schema: &Schema) -> Vec<Type> {
    let mut types: Vec<Type> = schema.types.iter().copied().filter(|kind| *kind != Type::Null).collect();
    if types.is_empty() && !schema.types.contains(&Type::Null) {
        let object = !schema.properties.is_empty()
            || schema.additional_properties.is_some()
            || !schema.pattern_properties.is_empty();
        if object {
            types.push(Type::Object);
        } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
            types.push(Type::Array);
        }
    }
    types
}

/// Whether a type beside a reference forbids null, which what it names allows.
fn forbids_null(schema: &Schema) -> bool {
    !schema.types.is_empty() && !schema.types.contains(&Type::Null)
}

/// Whether the schema allows every value.
pub(super) fn is_anything(schema: &Schema) -> bool {
    schema.boolean == Some(true)
        || (schema.boolean.is_none()
            && schema.reference.is_none()
            && schema.own_type.is_none()
            && schema.types.is_empty()
            && schema.values.is_empty()
            && schema.one_of.is_empty()
            && schema.any_of.is_empty()
            && types(schema).is_empty())
}

fn integer(schema: &Schema) -> TypeRef {
    let beyond = |limit: &Option<serde_json::Number>| {
        limit.as_ref().is_some_and(|n| n.as_i64().is_none() && n.is_u64())
    };
    match schema.format.as_deref() {
        Some("int32") => TypeRef::Int32,
        Some("uint64") => TypeRef::UInt64,
        _ if beyond(&schema.limits.maximum) => TypeRef::UInt64,
        _ => TypeRef::Int64,
    }
}

fn string(schema: &Schema) -> TypeRef {
    match schema.format.as_deref() {
        Some("date-time") => TypeRef::DateTime,
        Some("date") => TypeRef::Date,
        Some("uuid") => TypeRef::Uuid,
        Some("byte") => TypeRef::Base64,
        Some("password") => TypeRef::Secret(Box::new(TypeRef::String)),
        None if schema.content_encoding.as_deref() == Some("base64") => TypeRef::Base64,
        _ => TypeRef::String,
    }
}
