//! Discriminator Objects and the extension `x-discriminated-by`: which schema each value of a property selects.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::at::At;
use super::document::{Alternatives, DiscriminatedBy, Discriminator, SchemaId};
use super::faults::NO_TARGET;
use super::files::Unusable;
use super::reader::Reader;
use crate::diagnostics::codes;
use crate::text::{DISCRIMINATED_BY, Place};

impl<'a> Reader<'a> {
    /// The `discriminator` of the schema at `at`.
    pub(super) fn discriminator(&mut self, at: &At<'a>) -> Option<Discriminator> {
        let discriminator = self.object(at, "discriminator")?;
        self.only(&discriminator, "a discriminator", &[&["propertyName", "mapping"]]);
        let Some(property) = self.string(&discriminator, "propertyName") else {
            let message = "a discriminator needs a `propertyName`";
            let help = "Name the property that selects the schema, or remove the discriminator.";
            self.diagnostics.report(&codes::MALFORMED_OBJECT, &discriminator.place, message, help);
            return None;
        };
        let mapping = self.mapping(&discriminator);
        let default = discriminator.get("defaultMapping").filter(|_| self.is_3_2());
        let default_mapping = default.and_then(|target| self.mapping_target(&target));
        Some(Discriminator { property, mapping, default_mapping })
    }

    /// The `x-discriminated-by` of the schema at `at`.
    pub(super) fn discriminated_by(&mut self, at: &At<'a>) -> Option<DiscriminatedBy> {
        let extension = self.object(at, DISCRIMINATED_BY)?;
        self.only(&extension, DISCRIMINATED_BY, &[&["propertyName", "mapping"]]);
        let property = self.string(&extension, "propertyName");
        let mapping = extension.get("mapping").filter(|mapping| mapping.value != &Value::Object(Map::new()));
        let Some(mapping) = mapping else {
            let message = format!("`{DISCRIMINATED_BY}` needs a `mapping`");
            let help =
                "Map each value of the property to a schema, or name a schema that has such a mapping.";
            self.diagnostics.report(&codes::MALFORMED_OBJECT, &extension.place, message, help);
            return None;
        };
        let alternatives = match mapping.value.as_str() {
            Some(text) => {
                let id = self.mapped(&mapping.place, text)?;
                self.borrowed_mappings.push((mapping.place, id));
                Alternatives::Like(id)
            }
            None => Alternatives::Mapping(self.mapping(&extension)),
        };
        Some(DiscriminatedBy { property, alternatives })
    }

    /// Rejects mappings that are borrowed from a schema without a mapping of its own.
    pub(super) fn no_empty_mappings(&mut self) {
        for (place, id) in std::mem::take(&mut self.borrowed_mappings) {
            let discriminated_by = self.schemas[id].discriminated_by.as_deref();
            let has_one = |by: &DiscriminatedBy| matches!(by.alternatives, Alternatives::Mapping(_));
            if !discriminated_by.is_some_and(has_one) {
                let message = format!("the schema named by `mapping` has no mapping in `{DISCRIMINATED_BY}`");
                let help = "Name a schema that maps each value of the property to a schema.";
                self.diagnostics.report(&codes::NO_MAPPING_TO_BORROW, &place, message, help);
            }
        }
    }

    fn mapping(&mut self, at: &At<'a>) -> IndexMap<String, SchemaId> {
        let mut mapping = IndexMap::new();
        for (value, target) in self.map(at, "mapping") {
            mapping.extend(self.mapping_target(&target).map(|id| (value.to_owned(), id)));
        }
        mapping
    }

    /// The schema that an entry of a mapping selects.
    fn mapping_target(&mut self, target: &At<'a>) -> Option<SchemaId> {
        let Some(text) = target.value.as_str() else {
            self.wrong_type(&target.place, "a string");
            return None;
        };
        if self.leads_nowhere(&target.place, text) {
            let message = format!("{text:?} doesn't exist; values with this tag are preserved as unknown");
            let help = "Define it, correct the reference, or remove the entry.";
            self.diagnostics.report(&codes::DANGLING_MAPPING, &target.place, message, help);
            return None;
        }
        let (id, found) = self.apart(|reader| reader.mapped(&target.place, text));
        let consequence = "values with this tag are preserved as unknown";
        let is_wrong = |code: &_| NO_TARGET.contains(&code);
        self.diagnostics.extend(found.with_errors_as(&codes::DANGLING_MAPPING, consequence, is_wrong));
        id
    }

    /// The schema to which `text` in a mapping refers.
    fn mapped(&mut self, place: &Place, text: &str) -> Option<SchemaId> {
        if let Some(place) = self.component(place, text) {
            let target = self.find(&place)?;
            return self.referred(&place, target);
        }
        let target = self.target_of(place, &reference(text), "schemas")?;
        self.referred(place, target)
    }

    /// The component named `text`, in the file of `place` or in the document itself.
    fn component(&self, place: &Place, text: &str) -> Option<Place> {
        let root = Place::default();
        let own = Place { pointer: root.pointer.clone(), ..place.clone() };
        let component = |file: &Place| file.child("components").child("schemas").child(text);
        [component(&own), component(&root)].into_iter().find(|place| self.find(place).is_some())
    }

    /// Whether the target of `text` doesn't exist, though its file may be read.
    fn leads_nowhere(&self, place: &Place, text: &str) -> bool {
        let target = self.files.resolve(place, &reference(text));
        match self.files.why_unusable(&target) {
            Some(unusable) => {
                matches!(unusable, Unusable::Missing(_)) && self.component(place, text).is_none()
            }
            None => self.find(&target).is_none() && self.component(place, text).is_none(),
        }
    }
}

/// `text` in a mapping as a reference. Without any sign of a reference it is the name of a component.
fn reference(text: &str) -> String {
    if text.contains(['#', '/', '.']) { text.to_owned() } else { format!("#/components/schemas/{text}") }
}
