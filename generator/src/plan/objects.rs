//! Objects: structs, maps and free-form JSON objects.

use std::sync::atomic::Ordering;

use super::numbering::first_free;
use super::schedule::MAX_TYPES;
use super::schemas::Use;
use super::{Planner, docs, rules};
use crate::api::{
    Additional, Ident, Object, Presence, Property, Rule, TypeKind, TypeRef, Wish, counted_key, inner_key,
    split_key,
};
use crate::diagnostics::codes;
use crate::source::document::{Schema, SchemaId, Type};
use serde_json::Value;

impl Planner<'_> {
    /// What an object schema becomes.
    pub(super) fn object_use(&mut self, schema: &Schema, want: &str, named: bool, depth: usize) -> Use {
        if !schema.properties.is_empty() {
            return self.define(schema, want, named, |planner, name| planner.object(schema, name, depth));
        }
        let additional = self.additional(schema, want, depth);
        let mut used = match additional {
            Additional::Closed => {
                return self.define(schema, want, named, |planner, name| planner.object(schema, name, depth));
            }
            Additional::Open => Use::of(TypeRef::JsonObject),
            Additional::Typed(ty, values) => {
                let mut used = Use::of(TypeRef::Map(Box::new(ty)));
                if !values.is_empty() {
                    used.rules.push(Rule::Values(values));
                }
                used
            }
        };
        rules::properties(schema, &mut used.rules);
        if !schema.required.is_empty() {
            used.rules.push(Rule::RequiredNames(schema.required.clone()));
        }
        used.rules.extend(self.key_rules(schema));
        used
    }

    /// Defines a type for `schema`. Its key is `want` if it is `named`, and otherwise starts with it.
    pub(super) fn define(
        &mut self,
        schema: &Schema,
        want: &str,
        named: bool,
        make: impl FnOnce(&mut Self, &str) -> TypeKind,
    ) -> Use {
        let (key, wish) = if named {
            (want.to_owned(), Wish::Required(want.to_owned()))
        } else {
            let words = split_key(want).map_or(want, |(_, words)| words);
            (self.free_key(want), Wish::Suggested(words.to_owned()))
        };
        let name = Ident::unsettled(&key);
        let types = self.ground.types.fetch_add(1, Ordering::Relaxed) + 1;
        if types == MAX_TYPES {
            let message = format!(
                "the document defines more than {MAX_TYPES} types; each `allOf` repeats the inline types of its parts"
            );
            let help = "Give the inner schemas names in `components/schemas` and refer to them.";
            self.diagnostics.report(&codes::TOO_MANY_TYPES, &schema.place, message, help);
        }
        if types >= MAX_TYPES {
            return Use::of(TypeRef::Json);
        }
        // The first type that is defined while a schema is shaped is its own.
        if let Some((_, own @ None)) = self.shaping.last_mut() {
            *own = Some(name.clone());
        }
        let slot = self.current.len();
        // Holds the place, so that a type stands before the inline types in it.
        let place_holder = TypeKind::Enum(crate::api::Enum {
            base: crate::api::EnumBase::String,
            values: Vec::new(),
            unknown: Ident::default(),
        });
        let definition = self.definition(schema, name.clone(), wish, place_holder);
        self.current.push(definition);
        self.current[slot].kind = make(self, &key);
        Use::of(TypeRef::Named(name))
    }

    /// A key that no other type of the part has: `want`, or else `want` with a number.
    fn free_key(&mut self, want: &str) -> String {
        first_free(&mut self.keys, want, str::to_owned, |count| counted_key(want, count))
    }

    fn object(&mut self, schema: &Schema, name: &str, depth: usize) -> TypeKind {
        let mut properties = Vec::with_capacity(schema.properties.len());
        for (wire, id) in &schema.properties {
            properties.push(self.property(schema, name, wire, *id, depth));
        }
        let additional = self.additional(schema, name, depth);
        self.unchecked_of_object(schema, &additional);
        let mut own = self.key_rules(schema);
        rules::properties(schema, &mut own);
        TypeKind::Object(Object {
            properties,
            additional,
            additional_field: Ident::default(),
            rules: own,
            made_from: Vec::new(),
        })
    }

    /// Says what isn't checked of an object with declared properties.
    fn unchecked_of_object(&mut self, schema: &Schema, additional: &Additional) {
        if *additional == Additional::Closed {
            self.open(schema, "additionalProperties");
        }
        if schema.required.iter().any(|name| !schema.properties.contains_key(name)) {
            self.unchecked(schema, &["required"]);
        }
    }

    fn property(&mut self, owner: &Schema, name: &str, wire: &str, id: SchemaId, depth: usize) -> Property {
        let document = self.document;
        let schema = &document.schemas[id];
        let used = self.use_of(id, &inner_key(name, wire), depth + 1);
        let required = owner.required.iter().any(|name| name == wire);
        let (read_only, write_only) =
            (self.says(id, |schema| schema.read_only), self.says(id, |schema| schema.write_only));
        let both = self.sides.request && self.sides.response;
        let one_sided = (read_only && self.sides.request) || (write_only && self.sides.response);
        let nullable = used.nullable || used.ty == TypeRef::Json;
        let presence = match (required && !one_sided, nullable) {
            (true, _) => Presence::Required,
            (false, true) => Presence::Patch,
            (false, false) => Presence::Optional,
        };
        let secret = write_only || self.settings.secrets.iter().any(|name| name == wire);
        let use_rules = used.rules.clone();
        let ty = if presence == Presence::Required { used.with_null() } else { used.ty };
        Property {
            wire: wire.to_owned(),
            field: Ident::default(),
            docs: docs::docs(
                schema.title.as_deref().filter(|_| schema.description.is_none()),
                schema.description.as_deref(),
            ),
            deprecated: self.is_deprecated(schema),
            presence,
            ty: if secret { hidden(ty, self.may_be_text(id)) } else { ty },
            rules: use_rules,
            read_only,
            write_only,
            required_in_request: required && write_only && both,
            default: schema.default.as_deref().filter(|value| !value.is_null()).cloned(),
            discriminated_by: self.discriminating_property(owner, id),
            xml: self.xml_of_property(id, wire),
            tag: None,
            place: schema.place.clone(),
        }
    }

    /// Whether a string is one of several forms of the schema.
    fn may_be_text(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[self.behind(id)];
        let alternatives = schema.one_of.iter().chain(&schema.any_of);
        let texts =
            alternatives.filter(|id| self.document.schemas[self.behind(**id)].types == [Type::String]);
        texts.count() > 0
    }

    /// Whether `test` holds for the schema or what it refers to.
    fn says(&self, mut id: SchemaId, test: impl Fn(&Schema) -> bool) -> bool {
        for _ in 0..16 {
            let schema = &self.document.schemas[id];
            if test(schema) {
                return true;
            }
            match schema.reference {
                Some(target) => id = target,
                None => return false,
            }
        }
        false
    }

    /// The additional properties that an object may have.
    fn additional(&mut self, schema: &Schema, name: &str, depth: usize) -> Additional {
        let closed =
            schema.additional_properties.is_some_and(|id| self.document.schemas[id].boolean == Some(false));
        if schema.pattern_properties.is_empty() {
            return match schema.additional_properties {
                None => Additional::Open,
                Some(_) if closed => Additional::Closed,
                Some(id) => self.typed(id, name, depth),
            };
        }
        // Values that share one type have it; where types differ by pattern they are JSON.
        let mut ids = schema.pattern_properties.values();
        match (ids.next(), ids.next()) {
            (Some(only), None) if closed && schema.properties.is_empty() => self.typed(*only, name, depth),
            _ => {
                let lost = ["patternProperties", "additionalProperties"];
                let both = schema.additional_properties.is_some();
                self.unchecked(schema, if both { &lost } else { &lost[..1] });
                Additional::Open
            }
        }
    }

    fn typed(&mut self, id: SchemaId, name: &str, depth: usize) -> Additional {
        let used = self.use_of(id, &inner_key(name, "Value"), depth + 1);
        let rules = used.rules.clone();
        match used.with_null() {
            TypeRef::Json if rules.is_empty() => Additional::Open,
            ty => Additional::Typed(ty, rules),
        }
    }

    /// Rules on property names: `propertyNames`, and `patternProperties` if no other names are allowed.
    pub(super) fn key_rules(&mut self, schema: &Schema) -> Vec<Rule> {
        let mut own = Vec::new();
        if let Some(id) = schema.property_names {
            let document = self.document;
            let names = &document.schemas[self.behind(id)];
            self.tell_unused_type(names, "names of properties are text");
            let texts: Option<Vec<Value>> =
                names.values.iter().map(|value| value.is_string().then(|| value.clone())).collect();
            match (names.boolean, texts) {
                (Some(true), _) => {}
                (Some(false), _) => own.push(Rule::ListedValues(Vec::new())),
                (None, Some(texts)) => {
                    rules::text(names, &mut own, &mut self.diagnostics);
                    if !texts.is_empty() {
                        own.push(Rule::ListedValues(texts));
                    }
                }
                (None, None) => self.unchecked(schema, &["propertyNames"]),
            }
            let more = !(names.all_of.is_empty() && names.one_of.is_empty() && names.any_of.is_empty());
            if more || !schema.properties.is_empty() {
                self.unchecked(schema, &["propertyNames"]);
            }
        }
        let closed =
            schema.additional_properties.is_some_and(|id| self.document.schemas[id].boolean == Some(false));
        if closed && schema.properties.is_empty() && schema.pattern_properties.len() == 1 {
            let mut names = Schema { place: schema.place.clone(), ..Schema::default() };
            names.limits.pattern = schema.pattern_properties.keys().next().cloned();
            rules::text(&names, &mut own, &mut self.diagnostics);
        }
        if own.is_empty() { Vec::new() } else { vec![Rule::Keys(own)] }
    }

    /// A union for a list of several types.
    pub(super) fn type_list_union(
        &mut self,
        schema: &Schema,
        types: &[Type],
        want: &str,
        named: bool,
        depth: usize,
    ) -> Use {
        let alternatives: Vec<Schema> = types
            .iter()
            .map(|kind| Schema { types: vec![*kind], title: None, description: None, ..schema.clone() })
            .collect();
        self.open(schema, "type");
        if !schema.required.is_empty() && types.contains(&Type::Object) {
            self.open(schema, "required");
        }
        self.define(schema, want, named, |planner, name| {
            planner.plain_union(schema, &alternatives, name, depth)
        })
    }
}

/// The type with its strings as secrets; a named type only if one of its forms is a string.
fn hidden(ty: TypeRef, named: bool) -> TypeRef {
    let inner = |ty: TypeRef| Box::new(hidden(ty, named));
    match ty {
        text if *text.plain() == TypeRef::String => TypeRef::Secret(Box::new(text)),
        TypeRef::Named(name) if named => TypeRef::Secret(Box::new(TypeRef::Named(name))),
        TypeRef::Nullable(value) => TypeRef::Nullable(inner(*value)),
        TypeRef::Inferred(value) => TypeRef::Inferred(inner(*value)),
        TypeRef::List(item) => TypeRef::List(inner(*item)),
        TypeRef::Map(value) => TypeRef::Map(inner(*value)),
        other => other,
    }
}
