//! Keywords that neither a type nor a rule expresses: each place says so once.

use super::Planner;
use super::schemas::{Use, types};
use super::unions::only_null;
use crate::api::{Rule, TypeRef};
use crate::diagnostics::codes;
use crate::source::document::{Schema, SchemaId, Type};

/// The formats that JSON Schema defines (2020-12 validation, 7.3), as far as types don't stand for them.
const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uuid",
    "uri-template",
    "json-pointer",
    "relative-json-pointer",
    "regex",
];

/// What values a type holds, and so which rules it checks.
enum Held {
    /// Any: each rule applies to the values of its kind.
    Any,
    /// Those of one type.
    One(Type),
    /// Those of an enum or a union, which check no rules from outside.
    Several,
}

impl Planner<'_> {
    /// Says that requests aren't checked against `keywords` of the schema.
    pub(super) fn unchecked(&mut self, schema: &Schema, keywords: &[&str]) {
        let names: Vec<String> = keywords.iter().map(|keyword| format!("`{keyword}`")).collect();
        let message = match &names[..] {
            [] => return,
            [only] => format!("{only} isn't checked before requests are sent"),
            [most @ .., last] => {
                format!("{} and {last} aren't checked before requests are sent", most.join(", "))
            }
        };
        let help = "The server still enforces it.";
        self.diagnostics.report(&codes::UNCHECKED_KEYWORD, &schema.place, message, help);
    }

    /// Says that values other than those that `keyword` allows are preserved.
    pub(super) fn open(&mut self, schema: &Schema, keyword: &str) {
        let message = format!("values that `{keyword}` doesn't allow are preserved, not refused");
        let help = "The server still enforces it.";
        self.diagnostics.report(&codes::OPEN_VALUES, &schema.place, message, help);
    }

    /// Says that the schema is taken to mean the type that its keywords are for.
    pub(super) fn inferred(&mut self, schema: &Schema, kind: &str) {
        let message = format!("there is no `type`; {kind} is expected, and other values are preserved");
        let help = "Add the `type`.";
        self.diagnostics.report(&codes::INFERRED_TYPE, &schema.place, message, help);
    }

    /// Says that the format of the text isn't checked.
    pub(super) fn unchecked_format(&mut self, schema: &Schema) {
        if schema.format.as_deref().is_some_and(|format| FORMATS.contains(&format)) {
            self.unchecked(schema, &["format"]);
        }
    }

    /// Says that what is in a string isn't checked.
    pub(super) fn unchecked_content(&mut self, schema: &Schema) {
        if schema.content_schema.is_some() {
            self.unchecked(schema, &["contentSchema"]);
        }
    }

    /// What `schema` says beside the schema `target`, whose use is `used`: rules, as far as the type checks them.
    pub(super) fn beside(&mut self, schema: &Schema, target: SchemaId, used: &mut Use) {
        let held = self.held(target, 0);
        let limits = super::rules::of(schema, &TypeRef::Json, &mut self.diagnostics);
        let mut lost = outside_limits(schema);
        lost.retain(|keyword| *keyword != "type" || !self.fits(target, &schema.types, 0));
        match held {
            Held::Any => used.rules.extend(limits),
            Held::One(kind) => used.rules.extend(limits.into_iter().filter(|rule| applies(rule, kind))),
            Held::Several => lost.extend(limits.iter().map(keyword)),
        }
        self.unchecked(schema, &lost);
    }

    /// The keywords of a schema with listed values or alternatives that come to nothing: all but those.
    pub(super) fn unchecked_beside(&mut self, schema: &Schema, handled: &[&str]) {
        let mut lost = outside_limits(schema);
        lost.extend(super::rules::of(schema, &TypeRef::Json, &mut self.diagnostics).iter().map(keyword));
        lost.retain(|keyword| !handled.contains(keyword));
        self.unchecked(schema, &lost);
    }

    fn held(&self, id: SchemaId, depth: usize) -> Held {
        let schema = &self.document.schemas[id];
        if depth > 16 {
            return Held::Several;
        }
        if let Some(target) = schema.reference {
            return self.held(target, depth + 1);
        }
        let all_of = &schema.all_of;
        let chosen = !schema.one_of.is_empty() || !schema.any_of.is_empty() || !schema.values.is_empty();
        match &types(schema)[..] {
            _ if chosen || schema.discriminated_by.is_some() => Held::Several,
            [] if only_null(schema) => Held::Several,
            [] => match &all_of[..] {
                [] => Held::Any,
                parts => {
                    let held = parts.iter().map(|part| self.held(*part, depth + 1));
                    held.fold(Held::Any, |all, part| if matches!(all, Held::Any) { part } else { all })
                }
            },
            [only] => Held::One(*only),
            _ => Held::Several,
        }
    }

    /// Whether every value of the schema `id` has one of `kinds`, as far as its own types tell.
    pub(super) fn fits(&self, id: SchemaId, kinds: &[Type], depth: usize) -> bool {
        let schema = &self.document.schemas[id];
        if depth > 16 {
            return false;
        }
        let allowed =
            |kind: &Type| kinds.contains(kind) || (*kind == Type::Integer && kinds.contains(&Type::Number));
        let own = types(schema);
        let alternatives = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        (!own.is_empty() && own.iter().all(allowed))
            || schema.reference.iter().chain(&schema.all_of).any(|part| self.fits(*part, kinds, depth + 1))
            || (!alternatives.is_empty() && alternatives.iter().all(|id| self.fits(*id, kinds, depth + 1)))
    }
}

/// The keywords of the schema that constrain values, other than limits and references.
fn outside_limits(schema: &Schema) -> Vec<&'static str> {
    let listed = if schema.is_const { "const" } else { "enum" };
    let keywords = [
        ("type", !schema.types.is_empty()),
        (listed, !schema.values.is_empty()),
        ("properties", !schema.properties.is_empty()),
        ("required", !schema.required.is_empty()),
        ("additionalProperties", schema.additional_properties.is_some()),
        ("patternProperties", !schema.pattern_properties.is_empty()),
        ("propertyNames", schema.property_names.is_some()),
        ("items", schema.items.is_some()),
        ("prefixItems", !schema.prefix_items.is_empty()),
        ("allOf", schema.reference.is_some() && !schema.all_of.is_empty()),
        ("oneOf", !schema.one_of.is_empty()),
        ("anyOf", !schema.any_of.is_empty()),
    ];
    keywords.into_iter().filter_map(|(keyword, is_there)| is_there.then_some(keyword)).collect()
}

/// Whether the rule constrains values of the type.
fn applies(rule: &Rule, kind: Type) -> bool {
    match rule {
        Rule::MinLength(_) | Rule::MaxLength(_) | Rule::Pattern(_) => kind == Type::String,
        Rule::Minimum(_)
        | Rule::Maximum(_)
        | Rule::ExclusiveMinimum(_)
        | Rule::ExclusiveMaximum(_)
        | Rule::MultipleOf(_) => matches!(kind, Type::Number | Type::Integer),
        Rule::MinItems(_) | Rule::MaxItems(_) | Rule::UniqueItems | Rule::Items(_) | Rule::PrefixItems(_) => {
            kind == Type::Array
        }
        Rule::MinProperties(_)
        | Rule::MaxProperties(_)
        | Rule::Values(_)
        | Rule::Keys(_)
        | Rule::RequiredNames(_) => kind == Type::Object,
        Rule::ListedValues(_) => true,
    }
}

/// The keyword that a rule comes from.
fn keyword(rule: &Rule) -> &'static str {
    match rule {
        Rule::MinLength(_) => "minLength",
        Rule::MaxLength(_) => "maxLength",
        Rule::Pattern(_) => "pattern",
        Rule::Minimum(_) => "minimum",
        Rule::Maximum(_) => "maximum",
        Rule::ExclusiveMinimum(_) => "exclusiveMinimum",
        Rule::ExclusiveMaximum(_) => "exclusiveMaximum",
        Rule::MultipleOf(_) => "multipleOf",
        Rule::MinItems(_) => "minItems",
        Rule::MaxItems(_) => "maxItems",
        Rule::UniqueItems => "uniqueItems",
        Rule::MinProperties(_) => "minProperties",
        Rule::MaxProperties(_) => "maxProperties",
        Rule::Items(_) => "items",
        Rule::PrefixItems(_) => "prefixItems",
        Rule::Values(_) => "additionalProperties",
        Rule::Keys(_) => "propertyNames",
        Rule::RequiredNames(_) => "required",
        Rule::ListedValues(_) => "enum",
    }
}
