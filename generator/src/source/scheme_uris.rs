//! Security schemes that requirements name by a URI, perhaps one in another file (OpenAPI 3.2, 4.32).

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::document::{SecurityRequirement, SecurityScheme};
use super::other_files::stem;
use super::reader::Reader;
use crate::text::{Place, unescape};

/// Where the document declares its schemes.
pub(super) fn schemes() -> Place {
    Place::default().child("components").child("securitySchemes")
}

impl Reader<'_> {
    /// The name of the scheme for which `name` stands in the requirement at `place`. It is a URI unless the document declares
    /// a scheme with this name, or it looks like none and leads nowhere.
    pub(super) fn required_scheme(&mut self, name: &str, place: &Place) -> String {
        if self.is_3_2() && self.find(&schemes().child(name)).is_none() {
            let target = self.files.resolve(place, name);
            if target.file.is_empty() {
                if let Some(own) = self.own_scheme(&target) {
                    return own;
                }
            } else if name.contains(['#', '/']) || self.files.get(&target).is_some() {
                return self.foreign_scheme(name, place).unwrap_or_else(|| name.to_owned());
            }
        }
        self.declared_scheme(name, place);
        name.to_owned()
    }

    /// The name of the document's scheme at `target`.
    fn own_scheme(&self, target: &Place) -> Option<String> {
        let (section, name) = target.pointer.rsplit_once('/')?;
        let is_declared = *section == *schemes().pointer && self.find(target).is_some();
        is_declared.then(|| unescape(name))
    }

    /// The first name of the scheme in another file to which `uri`, in the requirement at `place`, leads.
    fn foreign_scheme(&mut self, uri: &str, place: &Place) -> Option<String> {
        let found = self.target_of(place, uri, "securitySchemes")?.place;
        let name = format!("{}#{}", found.file, found.pointer);
        self.foreign_schemes.insert(name.clone(), found);
        Some(name)
    }

    /// Gives the schemes of other files the names that they have there, unless the document or two files have the same.
    pub(super) fn name_foreign_schemes<'r>(
        &mut self,
        requirements: impl Iterator<Item = &'r mut SecurityRequirement>,
    ) {
        if self.foreign_schemes.is_empty() {
            return;
        }
        let short = |place: &Place| {
            let name = place.pointer.rsplit('/').next().unwrap_or_default();
            let name = unescape(name);
            if name.is_empty() { stem(&place.file).to_owned() } else { name }
        };
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for place in self.foreign_schemes.values() {
            *count.entry(short(place)).or_default() += 1;
        }
        let is_free = |name: &String| count[name] == 1 && self.find(&schemes().child(name)).is_none();
        let names: BTreeMap<String, String> = self
            .foreign_schemes
            .iter()
            .map(|(first, place)| {
                (first.clone(), Some(short(place)).filter(is_free).unwrap_or(first.clone()))
            })
            .collect();
        for requirement in requirements {
            let renamed = std::mem::take(requirement).into_iter();
            *requirement =
                renamed.map(|(name, scopes)| (names.get(&name).cloned().unwrap_or(name), scopes)).collect();
        }
        let places = std::mem::take(&mut self.foreign_schemes).into_iter();
        self.foreign_schemes =
            places.map(|(first, place)| (names.get(&first).cloned().unwrap_or(first), place)).collect();
    }

    /// Adds those of the schemes of other files that are `used`.
    pub(super) fn read_foreign_schemes(
        &mut self,
        used: &BTreeSet<String>,
        schemes: &mut BTreeMap<String, SecurityScheme>,
    ) {
        for (name, place) in std::mem::take(&mut self.foreign_schemes) {
            let at = self.files.get(&place).map(|value| At { value, place });
            if let Some(at) = at.filter(|_| used.contains(&name)) {
                schemes.extend(self.read_scheme(&name, at).map(|scheme| (name, scheme)));
            }
        }
    }
}
