//! Discriminator Objects: which schema each value of a property stands for.

use indexmap::IndexMap;

use super::document::{Discriminator, SchemaId};
use super::files::Unusable;
use super::reader::{At, Reader};
use crate::diagnostics::Place;

impl<'a> Reader<'a, '_> {
    /// The `discriminator` of the schema at `at`.
    pub(super) fn discriminator(&mut self, at: &At<'a>) -> Option<Discriminator> {
        let discriminator = self.object(at, "discriminator")?;
        self.only(&discriminator, "a discriminator", &[&["propertyName", "mapping"]]);
        let Some(property) = self.string(&discriminator, "propertyName") else {
            let message = "a discriminator needs a \"propertyName\"";
            let help = "Name the property that tells which schema applies, or remove the discriminator.";
            self.diagnostics.error("E0006", &discriminator.place, message, help);
            return None;
        };
        let mut mapping = IndexMap::new();
        for (value, target) in self.map(&discriminator, "mapping") {
            let Some(text) = target.value.as_str() else {
                self.wrong_type(&target.place, "a string");
                continue;
            };
            if let Some(id) = self.mapped(&target.place, text) {
                mapping.insert(value.to_owned(), id);
            }
        }
        Some(Discriminator { property, mapping })
    }

    /// The schema that `text` in a mapping means: the name of a component, in the same file or the document
    /// itself, or else a reference.
    fn mapped(&mut self, place: &Place, text: &str) -> Option<SchemaId> {
        let root = Place::default();
        let own = Place { pointer: root.pointer.clone(), ..place.clone() };
        let component = |file: &Place| file.child("components").child("schemas").child(text);
        for place in [component(&own), component(&root)] {
            if let Some(value) = self.files.get(&place) {
                let target = At { value, place: place.clone() };
                return self.referred(&place, target);
            }
        }
        let is_name = !text.contains(['#', '/', '.']);
        let reference = if is_name { format!("#/components/schemas/{text}") } else { text.to_owned() };
        if self.leads_nowhere(&self.files.resolve(place, &reference)) {
            let message = format!("nothing is at {text:?}; values with this tag are kept as unknown ones");
            let help = "Define what it names, correct the name, or remove the entry.";
            self.diagnostics.warning("W0032", place, message, help);
            return None;
        }
        let target = self.target_of(place, &reference, "schemas")?;
        self.referred(place, target)
    }

    /// Whether nothing is at `target`, in a file that may be read.
    fn leads_nowhere(&self, target: &Place) -> bool {
        match self.files.why_unusable(target) {
            Some(unusable) => matches!(unusable, Unusable::Missing(_)),
            None => self.files.get(target).is_none(),
        }
    }
}
