//! Two schemas of the same value, keyword by keyword.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::assertions::forbids;
use super::types::OF_TYPES;
use super::{Here, Walk};
use crate::api::Rule;
use crate::diagnostics::Place;
use crate::diff::rules::{self, Direction, Kind};
use crate::diff::wire::constraints;
use crate::diff::{Group, Origin, Part};
use crate::plan;
use crate::source::document::{Document, Schema, SchemaId, Type};

/// The kinds of changes that tell of a format.
const OF_FORMATS: [&Kind; 5] = [
    &rules::TYPE_CHANGED,
    &rules::TYPE_NARROWED,
    &rules::TYPE_WIDENED,
    &rules::FORMAT_NARROWED,
    &rules::FORMAT_WIDENED,
];

impl Walk<'_, '_> {
    pub(super) fn schemas(&mut self, here: &Here, old: SchemaId, new: SchemaId) {
        let is_request = here.at.directions.contains(&Direction::Request);
        if !self.seen.insert((old, new, is_request)) {
            return;
        }
        let (documents, ids) = ((self.old, self.new), (old, new));
        let (old, new) = (&documents.0.schemas[old], &documents.1.schemas[new]);
        let here = self.entered(here, old, new);
        self.keywords_of(&here, old, new);
        match (old.reference, new.reference) {
            (Some(old), Some(new)) => self.queue.push((here, old, new)),
            // A reference on one side only says the same as what it leads to.
            // It can be one part of the other's `allOf`.
            (Some(_), None) if self.same_part(&here, &[ids.0], &new.all_of) => {}
            (None, Some(_)) if self.same_part(&here, &old.all_of, &[ids.1]) => {}
            (Some(old), None) => self.queue.push((here, old, ids.1)),
            (None, Some(new)) => self.queue.push((here, ids.0, new)),
            (None, None) => self.parts(&here, old, new),
        }
    }

    /// The value, told of under its type if it has one.
    fn entered(&self, here: &Here, old: &Schema, new: &Schema) -> Here {
        let mut entered = here.clone();
        entered.trail.push(old.place.clone());
        if let Some(name) = self.types.get(&new.place) {
            entered.is_untyped = false;
            entered.outer = std::mem::take(&mut entered.trail);
            entered.at.subject = Origin::new(&Group::Type((*name).to_owned()), Part::Whole);
            entered.at.name = (*name).to_owned();
            entered.trail = vec![old.place.clone()];
        }
        entered.at = entered.at.places(&old.place, &new.place);
        entered
    }

    /// The schemas within both.
    fn parts(&mut self, here: &Here, old: &Schema, new: &Schema) {
        // A part of the same value, and then those of values in it.
        self.all_of(here, old, new);
        let here = &Here { outer: Vec::new(), ..here.clone() };
        let name = &here.at.name;
        for (wire, id) in &old.properties {
            let Some(same) = new.properties.get(wire) else { continue };
            let mut property = here.called(format!("`{wire}`"));
            match here.at.subject {
                Origin { group: Group::Type(_), part: Part::Whole } => {
                    property.at.subject.part = Part::Property(wire.clone());
                }
                _ => property.at.name = format!("`{wire}` of {name}"),
            }
            self.queue.push((property, *id, *same));
        }
        let each = [
            ("items of", old.items, new.items),
            ("values of", old.additional_properties, new.additional_properties),
            ("names in", old.property_names, new.property_names),
            ("what is in", old.content_schema, new.content_schema),
        ];
        for (what, one, other) in each {
            if let (Some(one), Some(other)) = (one, other) {
                self.queue.push((here.called(format!("{what} {name}")), one, other));
            }
        }
        for (index, (one, other)) in old.prefix_items.iter().zip(&new.prefix_items).enumerate() {
            self.queue.push((here.called(format!("item {index} of {name}")), *one, *other));
        }
        for (pattern, one) in &old.pattern_properties {
            if let Some(other) = new.pattern_properties.get(pattern) {
                // The client keeps them as they come.
                let here = Here { is_untyped: true, ..here.clone() };
                self.queue.push((here.called(format!("values of {name} under `{pattern}`")), *one, *other));
            }
        }
        self.alternatives(here, old, new);
        for (one, other) in [(&old.one_of, &new.one_of), (&old.any_of, &new.any_of)] {
            for (one, other) in self.paired(one, other).0 {
                self.queue.push((here.called(format!("an alternative of {name}")), one, other));
            }
        }
    }

    fn all_of(&mut self, here: &Here, old: &Schema, new: &Schema) {
        let (both, gone, fresh) = self.paired(&old.all_of, &new.all_of);
        for (one, other) in both {
            self.queue.push((here.clone(), one, other));
        }
        self.single_parts(here, gone, fresh);
    }

    /// Compares what two lists of parts refer to, one of which is a reference by itself. Whether a component is in both.
    fn same_part(&mut self, here: &Here, old: &[SchemaId], new: &[SchemaId]) -> bool {
        let component = |document: &Document, id: SchemaId| {
            document.schemas[id].reference.filter(|id| document.schemas[*id].name.is_some())
        };
        let (both, gone, fresh) = self.paired(old, new);
        let same = both
            .iter()
            .find_map(|(one, other)| Some((component(self.old, *one)?, component(self.new, *other)?)));
        let Some((one, other)) = same else { return false };
        self.queue.push((here.clone(), one, other));
        self.single_parts(here, gone, fresh);
        true
    }

    /// What a part that only one document has says is said of the whole.
    fn single_parts(&mut self, here: &Here, gone: Vec<SchemaId>, fresh: Vec<SchemaId>) {
        let (documents, nothing) = ((self.old, self.new), Schema::default());
        for id in gone {
            self.keywords_of(here, followed(documents.0, id), &nothing);
        }
        for id in fresh {
            self.keywords_of(here, &nothing, followed(documents.1, id));
        }
    }

    /// Those of two lists that correspond: the components with the same name, and the others in their order. Then the
    /// rest of each.
    pub(super) fn paired(
        &self,
        old: &[SchemaId],
        new: &[SchemaId],
    ) -> (Vec<(SchemaId, SchemaId)>, Vec<SchemaId>, Vec<SchemaId>) {
        let name = |document: &Document, id: SchemaId| {
            document.schemas[id].reference.and_then(|id| document.schemas[id].name.clone())
        };
        let mut left: Vec<(Option<String>, SchemaId)> =
            new.iter().map(|id| (name(self.new, *id), *id)).collect();
        let (mut both, mut gone) = (Vec::new(), Vec::new());
        for id in old {
            let own = name(self.old, *id);
            match left.iter().position(|(other, _)| *other == own) {
                Some(at) => both.push((*id, left.remove(at).1)),
                None => gone.push(*id),
            }
        }
        (both, gone, left.into_iter().map(|(_, id)| id).collect())
    }

    /// Compares what the keywords of both say, apart from the schemas in them.
    fn keywords_of(&mut self, here: &Here, old: &Schema, new: &Schema) {
        if here.is_untyped {
            self.untyped(here, old, new);
        }
        self.types_of(here, old, new);
        self.encoding(here, old, new);
        self.others(here, old, new);
        self.unread(here, old, new);
        self.format(here, old, new);
        self.limits(here, old, new);
        let media_types = [old, new].map(|schema| schema.content_media_type.clone());
        let is_only_change = (&old.format, &old.content_encoding) == (&new.format, &new.content_encoding);
        if media_types[0] != media_types[1] && !(is_only_change && self.is_told(here, &OF_FORMATS)) {
            let [old, new] = media_types;
            self.keyword(here, "contentMediaType", old, new);
        }
        for (keyword, old, new) in [
            ("propertyNames", old.property_names, new.property_names),
            ("contentSchema", old.content_schema, new.content_schema),
        ] {
            let word = |id: Option<SchemaId>| id.map(|_| Value::from("a schema"));
            if old.is_some() != new.is_some() {
                self.assertion(here, keyword, (word(old), word(new)), &Map::new());
            }
        }
        let patterns = |schema: &Schema| schema.pattern_properties.keys().cloned().collect::<BTreeSet<_>>();
        let (old, new) = (patterns(old), patterns(new));
        for pattern in old.symmetric_difference(&new) {
            let side = |patterns: &BTreeSet<String>| {
                patterns.contains(pattern).then(|| Value::from(format!("`{pattern}`")))
            };
            self.assertion(here, "patternProperties", (side(&old), side(&new)), &Map::new());
        }
    }

    /// What a type of the client would show.
    fn untyped(&mut self, here: &Here, old: &Schema, new: &Schema) {
        let [mut before, mut after] = [old, new].map(shown_by_types);
        for (keyword, old) in &mut before {
            let new = after.remove(keyword).flatten();
            if *old != new {
                self.keyword(here, keyword, old.take(), new);
            }
        }
    }

    /// What the client keeps as it comes, or doesn't do for every value.
    fn others(&mut self, here: &Here, old: &Schema, new: &Schema) {
        if old.default != new.default && !self.is_told(here, &[&rules::DEFAULT_CHANGED]) {
            let text = |schema: &Schema| schema.default.as_ref().map(|default| default.to_string());
            self.comparison.report(&rules::DEFAULT_CHANGED, &here.at, text(old), text(new));
        }
        let count = |schema: &Schema| {
            let count = schema.prefix_items.len();
            (count > 0).then(|| format!("{count} schemas"))
        };
        if count(old) != count(new) && !self.is_told(here, &OF_TYPES) {
            self.keyword(here, "prefixItems", count(old), count(new));
        }
    }

    fn unread(&mut self, here: &Here, old: &Schema, new: &Schema) {
        let keywords = |schema: &'_ Schema| schema.unread.clone().unwrap_or_default();
        let (old, new) = (keywords(old), keywords(new));
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let (before, after) = (old.get(name), new.get(name));
            if before != after {
                self.assertion(here, name, (before.cloned(), after.cloned()), &new);
            }
        }
    }

    /// Tells of a keyword that may forbid values, with those `beside` it.
    fn assertion(
        &mut self,
        here: &Here,
        keyword: &str,
        (before, after): (Option<Value>, Option<Value>),
        beside: &Map<String, Value>,
    ) {
        let forbids = forbids(keyword, before.as_ref(), after.as_ref(), beside);
        let text = |value: Option<Value>| {
            value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        let kind = if forbids { &rules::KEYWORD_TIGHTENED } else { &rules::KEYWORD_CHANGED };
        let more = [("keyword", keyword.to_owned())];
        self.comparison.report_with(kind, &here.at, text(before), text(after), &more);
    }

    pub(super) fn keyword(
        &mut self,
        here: &Here,
        keyword: &str,
        before: Option<String>,
        after: Option<String>,
    ) {
        let more = [("keyword", keyword.to_owned())];
        self.comparison.report_with(&rules::KEYWORD_CHANGED, &here.at, before, after, &more);
    }

    fn format(&mut self, here: &Here, old: &Schema, new: &Schema) {
        let (before, after) = (&old.format, &new.format);
        if before == after {
            return;
        }
        if !holds(old, Type::String) || !holds(new, Type::String) {
            let is_number = |schema| holds(schema, Type::Number) || holds(schema, Type::Integer);
            if is_number(old) && is_number(new) && !here.is_untyped && !self.is_told(here, &OF_TYPES) {
                self.keyword(here, "format", before.clone(), after.clone());
            }
            return;
        }
        let is_told = self.is_told(here, &OF_FORMATS);
        let kind = match (before, after) {
            (Some(_), Some(_)) => {
                // As any string it would be wider, but it has another format.
                self.replaced(here, before, after);
                &rules::FORMAT_REPLACED
            }
            _ if is_told => return,
            (None, _) => &rules::FORMAT_ADDED,
            (_, None) => &rules::FORMAT_GONE,
        };
        if !self.is_told(here, &[&rules::FORMAT_REPLACED, &rules::TYPE_CHANGED, &rules::FORMAT_NARROWED]) {
            self.comparison.report(kind, &here.at, before.clone(), after.clone());
        }
    }

    /// How bytes are written as a string.
    fn encoding(&mut self, here: &Here, old: &Schema, new: &Schema) {
        let (before, after) = (&old.content_encoding, &new.content_encoding);
        if before == after {
            return;
        }
        if before.is_some() && after.is_some() {
            self.replaced(here, before, after);
        }
        if !self.is_told(here, &OF_FORMATS) && !self.is_told(here, &[&rules::FORMAT_REPLACED]) {
            self.keyword(here, "contentEncoding", before.clone(), after.clone());
        }
    }

    /// Whether the comparison of the clients tells a change of one of these kinds here.
    pub(super) fn is_told(&self, here: &Here, kinds: &[&Kind]) -> bool {
        let told = |place: &Place| kinds.iter().any(|kind| self.told.contains(&(kind.name, place.clone())));
        here.trail.iter().any(told)
    }

    /// Makes what tells that a string can be any one tell that it has another format.
    fn replaced(&mut self, here: &Here, before: &Option<String>, after: &Option<String>) {
        for change in &mut self.comparison.list {
            let is_here = change.old.as_ref().is_some_and(|place| here.trail.contains(place));
            if is_here && std::ptr::eq(change.rule.kind(), &raw const rules::FORMAT_WIDENED) {
                let direction = change.rule.direction();
                if let Some(rule) = rules::Rule::of(&rules::FORMAT_REPLACED, direction) {
                    change.wire = rule.wire();
                    change.rule = rule;
                    change.before.clone_from(before);
                    change.after.clone_from(after);
                    change.arguments.extend([
                        ("before", before.clone().unwrap_or_default()),
                        ("after", after.clone().unwrap_or_default()),
                    ]);
                    self.told.insert((rules::FORMAT_REPLACED.name, here.at.old.clone().unwrap_or_default()));
                }
            }
        }
    }

    fn limits(&mut self, here: &Here, old: &Schema, new: &Schema) {
        if old.limits.is_empty() && new.limits.is_empty() {
            return;
        }
        for change in constraints::compare_rules(&limits_of(old, new), &limits_of(new, old)) {
            if !self.is_told(here, &[change.kind]) {
                self.comparison.report(change.kind, &here.at, change.before, change.after);
            }
        }
    }
}

/// Whether a value of the type can obey the schema.
fn holds(schema: &Schema, ty: Type) -> bool {
    schema.types.is_empty() || schema.types.contains(&ty)
}

/// The keywords that types of the client show, each as text.
fn shown_by_types(schema: &Schema) -> BTreeMap<&'static str, Option<String>> {
    let list = |names: &mut Vec<String>| {
        names.sort();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let there = |id: Option<SchemaId>| id.map(|_| "a schema".to_owned());
    let several = |ids: &[SchemaId]| (!ids.is_empty()).then(|| format!("{} schemas", ids.len()));
    let mut types: Vec<String> = schema.types.iter().map(|ty| ty.name().to_owned()).collect();
    types.extend(schema.nullable.then(|| Type::Null.name().to_owned()));
    BTreeMap::from([
        // Types that both have are compared as types.
        ("type", list(&mut types).map(|_| "there".to_owned())),
        // Those of strings are compared as such.
        ("format", schema.format.clone().filter(|_| !holds(schema, Type::String))),
        ("enum", list(&mut schema.values.iter().map(Value::to_string).collect())),
        ("properties", list(&mut schema.properties.keys().cloned().collect())),
        ("required", list(&mut schema.required.clone())),
        ("additionalProperties", there(schema.additional_properties)),
        ("items", there(schema.items)),
        ("allOf", several(&schema.all_of)),
        ("oneOf", several(&schema.one_of)),
        ("anyOf", several(&schema.any_of)),
    ])
}

/// The limits of `schema` on values of types that the other schema has, too.
fn limits_of(schema: &Schema, other: &Schema) -> Vec<Rule> {
    let limits = &schema.limits;
    let mut rules = Vec::new();
    let holds = |ty: Type| holds(schema, ty) && holds(other, ty);
    if holds(Type::String) {
        rules.extend(limits.min_length.filter(|limit| *limit > 0).map(Rule::MinLength));
        rules.extend(limits.max_length.map(Rule::MaxLength));
        rules.extend(limits.pattern.clone().map(Rule::Pattern));
    }
    if holds(Type::Number) || holds(Type::Integer) {
        plan::rules::numbers(schema, &mut rules);
    }
    if holds(Type::Array) {
        plan::rules::items(schema, &mut rules);
    }
    if holds(Type::Object) {
        plan::rules::properties(schema, &mut rules);
    }
    rules
}

/// The schema that `id` leads to by its references.
pub(super) fn followed(document: &Document, mut id: SchemaId) -> &Schema {
    // Circles of references are refused when the document is read.
    for _ in 0..document.schemas.0.len() {
        match document.schemas[id].reference {
            Some(next) => id = next,
            None => break,
        }
    }
    &document.schemas[id]
}
