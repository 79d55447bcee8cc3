//! Types: those that correspond are compared where they are defined.

use super::constraints::Ruled;
use super::reach::travels;
use super::relation::{Relation, Text, describe, relation};
use super::values::Slot;
use super::{At, Comparison};
use crate::api::{
    Additional, Alias, Enum, EnumValue, Ident, Object, Presence, Property, Tagging, TypeDef, TypeKind,
    TypeRef, Union, Variant,
};
use crate::diff::rules::{self, Direction};
use crate::diff::{Group, Part};

impl Comparison<'_> {
    pub(super) fn type_definition(&mut self, old: &TypeDef, new: &TypeDef) {
        // Derives, `Eq` and `Hash` are items of the crate, which are compared on their own. Bodies in XML are compared where
        // they are.
        let TypeDef {
            name,
            wish: _,
            docs,
            deprecated,
            in_request,
            in_response,
            kind,
            in_xml: _,
            has_hash: _,
            derives: _,
            attributes,
            place,
        } = old;
        let of_setters = |request: bool, response: bool| {
            let each = [(request, Direction::Request), (response, Direction::Response)];
            each.into_iter().filter_map(|(is, direction)| is.then_some(direction)).collect::<Vec<_>>()
        };
        // Some types only the settings lead to.
        let before = self.reach.0.of(name).unwrap_or_else(|| of_setters(*in_request, *in_response));
        let after = self.reach.1.of(&new.name);
        let after = after.unwrap_or_else(|| of_setters(new.in_request, new.in_response));
        let directions: Vec<Direction> =
            before.into_iter().filter(|direction| after.contains(direction)).collect();
        let group = Group::Type(new.name.to_string());
        let at =
            At::new(&group, Part::Whole, new.name.as_str()).directions(&directions).places(place, &new.place);
        if *name != new.name {
            self.report(&rules::TYPE_RENAMED, &at, Some(name.to_string()), Some(new.name.to_string()));
        }
        if *attributes != new.attributes {
            let shown = |attributes: &[String]| format!("[{}]", attributes.join(", "));
            let (before, after) = (shown(attributes), shown(&new.attributes));
            self.report(&rules::TYPE_ATTRIBUTES_CHANGED, &at, Some(before), Some(after));
        }
        self.deprecation(&at, *deprecated, new.deprecated);
        self.docs(&at, docs, &new.docs);
        match (kind, &new.kind) {
            (TypeKind::Object(old), TypeKind::Object(new)) => self.object(&at, old, new),
            (TypeKind::Enum(old), TypeKind::Enum(new)) => self.enumeration(&at, old, new),
            (TypeKind::Union(old), TypeKind::Union(new)) => self.union(&at, old, new),
            (TypeKind::Alias(old), TypeKind::Alias(new)) => self.alias(&at, old, new),
            (old_kind, new_kind) => {
                // By what each stands for: as types of their own they correspond.
                let is_alias = |kind: &TypeKind| matches!(kind, TypeKind::Alias(_));
                if is_alias(old_kind) || is_alias(new_kind) {
                    let (old, new) = (stands_for(old_kind, name), stands_for(new_kind, &new.name));
                    self.type_at(&at, &old, &new);
                } else {
                    let (before, after) = (word(old_kind), word(new_kind));
                    self.report(&rules::TYPE_CHANGED, &at, Some(before), Some(after));
                }
            }
        }
    }

    fn alias(&mut self, at: &At, old: &Alias, new: &Alias) {
        let Alias { ty, rules } = old;
        self.value(at, Slot::of(ty, rules), Slot::of(&new.ty, &new.rules));
    }

    pub(super) fn object(&mut self, at: &At, old: &Object, new: &Object) {
        // Names in Rust and conversions are compared with the crate's items.
        let Object { properties, additional, additional_field: _, rules, made_from: _ } = old;
        let group = &at.subject.group;
        let place = |property: &Property| {
            At::new(group, Part::Property(property.wire.clone()), format!("`{}`", property.wire))
                .directions(&at.directions)
        };
        let find = |object: &Object, wire: &str| object.properties.iter().position(|p| p.wire == wire);
        for property in properties {
            match find(new, &property.wire) {
                Some(other) => {
                    let other = &new.properties[other];
                    let mut at = place(property).places(&property.place, &other.place);
                    at.directions.retain(|way| travels(property, *way) || travels(other, *way));
                    self.property(&at, property, other);
                }
                None => {
                    let mut at = place(property).places(&property.place, None);
                    at.directions.retain(|way| travels(property, *way));
                    self.property_removed(&at, property, new.additional == Additional::Closed);
                }
            }
        }
        for property in new.properties.iter().filter(|property| find(old, &property.wire).is_none()) {
            let kind = if property.must_be_sent() {
                &rules::REQUIRED_PROPERTY_ADDED
            } else {
                &rules::OPTIONAL_PROPERTY_ADDED
            };
            let mut at = place(property).places(None, &property.place);
            at.directions.retain(|way| travels(property, *way));
            self.report(kind, &at, None, Some(describe(&property.ty)));
        }
        self.additional(at, additional, &new.additional);
        let pairs = self.pairs;
        let ty = TypeRef::JsonObject;
        let ruled = Ruled { index: &pairs.old, ty: &ty, rules };
        self.constraints(at, ruled, Ruled { index: &pairs.new, ty: &ty, rules: &new.rules });
    }

    fn property_removed(&mut self, at: &At, property: &Property, closed: bool) {
        let before = Some(describe(&property.ty));
        let kind = if property.presence == Presence::Required {
            &rules::REQUIRED_PROPERTY_REMOVED
        } else {
            &rules::OPTIONAL_PROPERTY_REMOVED
        };
        for direction in &at.directions {
            let at = at.clone().directions(&[*direction]);
            let kind = match direction {
                Direction::Request if closed => &rules::CLOSED_PROPERTY_REMOVED,
                _ => kind,
            };
            self.report(kind, &at, before.clone(), None);
        }
        if at.directions.is_empty() {
            self.report(kind, at, before, None);
        }
    }

    fn property(&mut self, at: &At, old: &Property, new: &Property) {
        let Property {
            wire: _,
            // A name in Rust, compared with the crate's items.
            field: _,
            docs,
            deprecated,
            presence,
            ty,
            rules,
            read_only,
            write_only,
            required_in_request,
            default,
            discriminated_by,
            xml,
            // It follows from the tags of the unions, which are compared.
            tag: _,
            place: _,
        } = old;
        self.docs(at, docs, &new.docs);
        if *discriminated_by != new.discriminated_by {
            let text = |wire: &Option<String>| {
                let text = wire.as_ref().map(|wire| format!("by the property {wire} beside it"));
                Some(text.unwrap_or_else(|| "by nothing beside it".to_owned()))
            };
            self.report(
                &rules::DISCRIMINATED_BY_CHANGED,
                at,
                text(discriminated_by),
                text(&new.discriminated_by),
            );
        }
        self.xml(at, xml.as_deref(), new.xml.as_deref());
        self.deprecation(at, *deprecated, new.deprecated);
        match (*presence == Presence::Required, new.presence == Presence::Required) {
            (false, true) => self.report(&rules::PROPERTY_BECAME_REQUIRED, at, None, None),
            (true, false) => {
                // A type that is sent can lack what only the server sets, which it sends as before.
                let mut at = at.clone();
                let is_set = new.read_only && !read_only;
                at.directions.retain(|direction| !is_set || *direction == Direction::Request);
                self.report(&rules::PROPERTY_BECAME_OPTIONAL, &at, None, None);
            }
            _ => {}
        }
        match (required_in_request, new.required_in_request) {
            (false, true) if *presence != Presence::Required => {
                self.report(&rules::WRITE_ONLY_BECAME_REQUIRED, at, None, None)
            }
            (true, false) if new.presence != Presence::Required => {
                self.report(&rules::WRITE_ONLY_BECAME_OPTIONAL, at, None, None)
            }
            _ => {}
        }
        match (read_only, new.read_only) {
            (false, true) => self.report(&rules::BECAME_READ_ONLY, at, None, None),
            (true, false) => self.report(&rules::BECAME_NOT_READ_ONLY, at, None, None),
            _ => {}
        }
        match (write_only, new.write_only) {
            (false, true) if *presence == Presence::Required => {
                self.report(&rules::BECAME_WRITE_ONLY, at, None, None);
            }
            (false, true) => self.report(&rules::OPTIONAL_BECAME_WRITE_ONLY, at, None, None),
            (true, false) => self.report(&rules::BECAME_NOT_WRITE_ONLY, at, None, None),
            _ => {}
        }
        let old = Slot {
            ty,
            rules,
            default: default.as_ref(),
            nullable: *presence == Presence::Patch,
            optional: *presence != Presence::Required,
            text: Text::No,
        };
        let new = Slot {
            ty: &new.ty,
            rules: &new.rules,
            default: new.default.as_ref(),
            nullable: new.presence == Presence::Patch,
            optional: new.presence != Presence::Required,
            text: Text::No,
        };
        self.value(at, old, new);
    }

    fn additional(&mut self, at: &At, old: &Additional, new: &Additional) {
        let at = At {
            subject: crate::diff::Origin::new(&at.subject.group, Part::AdditionalProperties),
            ..at.called("other properties")
        };
        let text = |additional: &Additional| match additional {
            Additional::Open => "any".to_owned(),
            Additional::Closed => "none".to_owned(),
            Additional::Typed(ty, _) => describe(ty),
        };
        let (before, after) = (Some(text(old)), Some(text(new)));
        match (old, new) {
            (Additional::Open, Additional::Open) | (Additional::Closed, Additional::Closed) => {}
            (Additional::Typed(old, old_rules), Additional::Typed(new, new_rules)) => {
                self.value(&at, Slot::of(old, old_rules), Slot::of(new, new_rules));
            }
            (_, Additional::Closed) => self.report(&rules::ADDITIONAL_PROPERTIES_CLOSED, &at, before, after),
            (Additional::Closed, _) => self.report(&rules::ADDITIONAL_PROPERTIES_OPENED, &at, before, after),
            (_, Additional::Typed(..)) => {
                self.report(&rules::ADDITIONAL_PROPERTIES_TYPED, &at, before, after)
            }
            (_, Additional::Open) => self.report(&rules::ADDITIONAL_PROPERTIES_UNTYPED, &at, before, after),
        }
    }

    fn enumeration(&mut self, at: &At, old: &Enum, new: &Enum) {
        // The base follows from the values, and the names in Rust are compared with the crate's items.
        let Enum { base: _, values, unknown: _ } = old;
        let place = |value: &EnumValue| {
            let text = value.value.to_string();
            At {
                subject: crate::diff::Origin::new(&at.subject.group, Part::Value(text.clone())),
                ..at.called(format!("`{text}`"))
            }
        };
        for value in values {
            let EnumValue { variant: _, wish: _, value: wire, docs } = value;
            match new.values.iter().find(|other| other.value == *wire) {
                Some(other) => self.docs(&place(value), docs, &other.docs),
                None => {
                    self.report(&rules::ENUM_VALUE_REMOVED, &place(value), Some(wire.to_string()), None);
                }
            }
        }
        for value in &new.values {
            if !values.iter().any(|other| other.value == value.value) {
                let after = Some(value.value.to_string());
                self.report(&rules::ENUM_VALUE_ADDED, &place(value), None, after);
            }
        }
    }

    fn union(&mut self, at: &At, old: &Union, new: &Union) {
        let Union { tagging, variants, unknown: _ } = old;
        let (before, after) = (distinction(old), distinction(new));
        if *tagging != new.tagging || before != after {
            self.report(&rules::DISCRIMINATOR_CHANGED, at, Some(before), Some(after));
        }
        let place = |variant: &Variant| At {
            subject: crate::diff::Origin::new(
                &at.subject.group,
                Part::Alternative(variant.variant.to_string()),
            ),
            ..at.called(format!("`{}`", variant.variant))
        };
        let matched = self.matched(variants, &new.variants);
        for (variant, other) in variants.iter().zip(&matched) {
            match other.map(|other| &new.variants[other]) {
                Some(other) => {
                    // What is written follows from the tags, and the default belongs to the union.
                    let Variant {
                        variant: _,
                        wish: _,
                        ty,
                        rules,
                        tags,
                        written: _,
                        is_default: _,
                        docs,
                        feature: _,
                        place: _,
                    } = variant;
                    let at = place(other);
                    self.docs(&at, docs, &other.docs);
                    self.value(&at, Slot::of(ty, rules), Slot::of(&other.ty, &other.rules));
                    if *tagging == new.tagging {
                        self.tags(&at, (old, tags), (new, &other.tags));
                    }
                }
                None => {
                    let before = Some(describe(&variant.ty));
                    self.report(&rules::ALTERNATIVE_REMOVED, &place(variant), before, None);
                }
            }
        }
        for (index, variant) in new.variants.iter().enumerate() {
            if !matched.contains(&Some(index)) {
                let after = Some(describe(&variant.ty));
                self.report(&rules::ALTERNATIVE_ADDED, &place(variant), None, after);
            }
        }
    }

    /// The new counterpart of each old alternative: the one with the same name and type, or else with one of its
    /// tags, or else with the same type, or else with the same name.
    fn matched(&self, old: &[Variant], new: &[Variant]) -> Vec<Option<usize>> {
        let type_ =
            |one: &Variant, other: &Variant| relation(self.pairs, &one.ty, &other.ty) == Relation::Equal;
        let name = |one: &Variant, other: &Variant| one.variant == other.variant;
        let tag = |one: &Variant, other: &Variant| one.tags.iter().any(|tag| other.tags.contains(tag));
        let both = |one: &Variant, other: &Variant| name(one, other) && type_(one, other);
        let mut matched: Vec<Option<usize>> = vec![None; old.len()];
        let passes: [Same<'_>; 4] = [&both, &tag, &type_, &name];
        for same in passes {
            for (index, one) in old.iter().enumerate() {
                if matched[index].is_none() {
                    let free = |at: &usize| !matched.contains(&Some(*at));
                    let found = new.iter().enumerate().find(|(at, other)| free(at) && same(one, other));
                    matched[index] = found.map(|(at, _)| at);
                }
            }
        }
        matched
    }

    /// Compares what selects an alternative.
    fn tags(&mut self, at: &At, old: (&Union, &[String]), new: (&Union, &[String])) {
        let alternative = ("alternative", at.name.clone());
        let selected = |union: &Union, tag: &String| {
            let variant = union.variants.iter().find(|variant| variant.tags.contains(tag))?;
            Some(format!("`{}`", variant.variant))
        };
        for tag in old.1.iter().filter(|tag| !new.1.contains(tag)) {
            let more = [("name", tag.clone()), alternative.clone()];
            match selected(new.0, tag) {
                Some(after) => {
                    let before = Some(at.name.clone());
                    self.report_with(&rules::TAG_MOVED, at, before, Some(after), &more);
                }
                None => self.report_with(&rules::TAG_REMOVED, at, Some(tag.clone()), None, &more),
            }
        }
        for tag in new.1.iter().filter(|tag| !old.1.contains(tag) && selected(old.0, tag).is_none()) {
            let more = [("name", tag.clone()), alternative.clone()];
            self.report_with(&rules::TAG_ADDED, at, None, Some(tag.clone()), &more);
        }
    }
}

/// How the alternatives of a union are told apart.
fn distinction(union: &Union) -> String {
    let default = union.variants.iter().find(|variant| variant.is_default);
    let default = default.map_or_else(String::new, |default| format!(", by default `{}`", default.variant));
    match &union.tagging {
        Tagging::Property(name) => format!("by the property {name}{default}"),
        Tagging::Discriminated => "by a property beside it".to_owned(),
        Tagging::Untagged => "by their form".to_owned(),
    }
}

/// Whether two alternatives are the same.
type Same<'s> = &'s dyn Fn(&Variant, &Variant) -> bool;

fn stands_for(kind: &TypeKind, name: &Ident) -> TypeRef {
    match kind {
        TypeKind::Alias(alias) => alias.ty.clone(),
        TypeKind::Object(_) | TypeKind::Enum(_) | TypeKind::Union(_) => TypeRef::Named(name.clone()),
    }
}

fn word(kind: &TypeKind) -> String {
    let word = match kind {
        TypeKind::Object(_) => "an object",
        TypeKind::Enum(_) => "one of listed values",
        TypeKind::Union(_) => "one of several types",
        TypeKind::Alias(_) => "an alias",
    };
    word.to_owned()
}
