//! Types: those that correspond are compared where they are defined.

use super::constraints::Ruled;
use super::matching::matching;
use super::reach::travels;
use super::relation::{Text, describe};
use super::values::Slot;
use super::{At, Comparison};
use crate::api::{
    Additional, Alias, Enum, EnumValue, Ident, Object, Presence, Property, TypeDef, TypeKind, TypeRef,
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
        let properties = matching(properties, &new.properties, |property| property.wire.as_str());
        for (property, other) in properties.old {
            match other {
                Some(other) => {
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
        for property in properties.added {
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

    pub(super) fn enumeration(&mut self, at: &At, old: &Enum, new: &Enum) {
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
}

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
