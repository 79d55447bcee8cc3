//! The part of a document that each public item is made from.

use std::collections::BTreeMap;

use super::api::{call, operation_group};
use super::items::{SUFFIXES, type_path};
use super::operations::parameter_part;
use super::pairs::Pairs;
use super::surface::{Key, What};
use super::{Group, Part, Subject};
use crate::api::{Api, Operation, PagedBy, TypeDef, TypeKind, TypeRef};

/// The parts of one of two clients, by the paths of their items.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    /// By the path of a type or a function.
    groups: BTreeMap<String, Group>,
    /// By the path of a type or a function, and the name of a member or an argument.
    members: BTreeMap<(String, String), Subject>,
    /// What each server's function is for.
    servers: BTreeMap<String, Part>,
}

impl Subjects {
    /// Those of the old client, under the names that the new one has for them.
    pub(super) fn of_old(api: &Api, pairs: &Pairs<'_>) -> Self {
        let group = |operation: &Operation| {
            let same = pairs.operations.iter().find(|(old, _)| std::ptr::eq(*old, operation));
            (operation_group(same.map_or(operation, |(_, new)| new)), same.is_some())
        };
        let name = |name: &str| {
            let new = pairs.new_name(name);
            (new.unwrap_or(name).to_owned(), new.is_some_and(|new| pairs.are_of_one_kind(name, new)))
        };
        Self::build(api, &group, &name)
    }

    /// Those of the new client.
    pub(super) fn of_new(api: &Api, pairs: &Pairs<'_>) -> Self {
        let group = |operation: &Operation| {
            let is_new = pairs.added.iter().any(|added| std::ptr::eq(*added, operation));
            (operation_group(operation), !is_new)
        };
        let name = |name: &str| {
            let renamed = pairs.renamed.iter().find(|(_, new)| **new == name).map(|(old, _)| *old);
            (name.to_owned(), pairs.are_of_one_kind(renamed.unwrap_or(name), name))
        };
        Self::build(api, &group, &name)
    }

    /// What the item is made from.
    pub(super) fn of(&self, key: &Key) -> Subject {
        if key.what == What::Feature {
            return Subject::new(&Group::Service, Part::Feature(key.name.clone()));
        }
        if let Some(subject) = self.members.get(&(key.owner.clone(), key.name.clone())) {
            return subject.clone();
        }
        if key.owner == "servers" {
            let part = self.servers.get(&key.name).cloned().unwrap_or(Part::Whole);
            return Subject::new(&Group::Service, part);
        }
        let group = self.groups.get(&key.owner).or_else(|| self.groups.get(&key.path()));
        Subject::new(group.unwrap_or(&Group::Service), Part::Whole)
    }

    /// What the function's argument `name` is made from.
    pub(super) fn of_argument(&self, key: &Key, name: &str) -> Subject {
        let member = |owner: String| self.members.get(&(owner, name.to_owned()));
        // Arguments of `new` have the names of the fields.
        member(key.path()).or_else(|| member(key.owner.clone())).cloned().unwrap_or_else(|| self.of(key))
    }

    /// `group` gives an operation's group and whether both clients have it; `name` likewise a type's new name and
    /// whether it is of the same kind in both.
    fn build(
        api: &Api,
        group: &dyn Fn(&Operation) -> (Group, bool),
        name: &dyn Fn(&str) -> (String, bool),
    ) -> Self {
        let mut subjects = Self::default();
        for definition in api.models.iter().flat_map(|model| &model.types) {
            let (new_name, both) = name(&definition.name);
            let group = Group::Type(new_name);
            subjects.type_definition(&group, definition, both);
        }
        for operation in &api.operations {
            let (group, both) = group(operation);
            subjects.operation(api, &group, operation, both, name);
        }
        for (index, server) in api.servers.iter().enumerate() {
            let function = if index == 0 { "default".to_owned() } else { format!("server_{}", index + 1) };
            subjects.servers.insert(function, Part::Server(server.url.clone()));
        }
        subjects
    }

    fn member(&mut self, owner: &str, name: impl Into<String>, group: &Group, part: Part) {
        self.members.insert((owner.to_owned(), name.into()), Subject::new(group, part));
    }

    fn type_definition(&mut self, group: &Group, definition: &TypeDef, both: bool) {
        let owner = format!("models::{}", definition.name);
        self.groups.insert(owner.clone(), group.clone());
        if !both {
            return;
        }
        match &definition.kind {
            TypeKind::Object(object) => {
                for property in &object.properties {
                    let part = || Part::Property(property.wire.clone());
                    let bare = property.field.trim_start_matches("r#").trim_start_matches('_');
                    self.member(&owner, &property.field, group, part());
                    for setter in ["", "_null", "_null_value"] {
                        self.member(&owner, format!("with_{bare}{setter}"), group, part());
                    }
                }
                self.member(&owner, &object.additional_field, group, Part::AdditionalProperties);
            }
            TypeKind::Enum(listed) => {
                for value in &listed.values {
                    self.member(&owner, &value.variant, group, Part::Value(value.value.to_string()));
                }
            }
            TypeKind::Union(union) => {
                for variant in &union.variants {
                    let part = || Part::Alternative(variant.variant.clone());
                    self.member(&owner, &variant.variant, group, part());
                    let conversion = format!("From<{}>", crate::print::rust_type(&variant.ty));
                    self.member(&owner, conversion, group, part());
                }
            }
            TypeKind::Alias(_) => {}
        }
    }

    fn operation(
        &mut self,
        api: &Api,
        group: &Group,
        operation: &Operation,
        both: bool,
        name: &dyn Fn(&str) -> (String, bool),
    ) {
        let function = call(operation);
        let builder = type_path(operation, "");
        self.groups.insert(function.clone(), group.clone());
        for suffix in SUFFIXES {
            self.groups.insert(type_path(operation, suffix), group.clone());
        }
        for start in operation.starts.iter().flat_map(|starts| &starts.starts) {
            self.groups.insert(beside(operation, &start.name), group.clone());
        }
        if let Some(starts) = &operation.starts {
            self.groups.insert(beside(operation, &starts.type_name), group.clone());
        }
        if let Some(modification) = &operation.modification {
            let mut path = operation.group.clone();
            path.push(modification.type_name.clone());
            self.groups.insert(path.join("::"), group.clone());
        }
        if !both {
            return;
        }
        self.generated(operation, group);
        for parameter in &operation.parameters {
            for owner in owners(operation) {
                self.member(&owner, &parameter.field, group, parameter_part(parameter));
            }
        }
        if let Some(body) = &operation.body {
            self.member(&function, "body", group, Part::Body);
            self.member(&builder, "body", group, Part::Body);
            for file in &body.files {
                self.member(&function, &file.field, group, Part::File(file.wire.clone()));
                self.member(&builder, &file.field, group, Part::File(file.wire.clone()));
            }
            for content in &body.content {
                self.member(&type_path(operation, "Body"), &content.variant, group, Part::Body);
                // A struct of its own holds the files that stand beside other media types.
                let form = type_path(operation, &content.variant);
                if !content.files.is_empty() {
                    self.groups.insert(form.clone(), group.clone());
                }
                for file in &content.files {
                    let bare = file.field.trim_start_matches("r#");
                    for member in [file.field.clone(), format!("with_{bare}")] {
                        self.member(&form, member, group, Part::File(file.wire.clone()));
                    }
                }
            }
            self.body_setters(api, operation, name);
        }
        for reply in operation.successes.iter().chain(&operation.failures) {
            for suffix in ["Error", "Output"] {
                let owner = type_path(operation, suffix);
                self.member(&owner, &reply.variant, group, Part::Response(reply.status));
            }
            for header in &reply.headers {
                let part = Part::Header(header.wire.clone());
                self.member(&type_path(operation, "Headers"), &header.field, group, part);
            }
        }
        if let [only] = &operation.successes[..] {
            self.member(&builder, "Output", group, Part::Response(only.status));
        }
    }

    /// What is generated beside what the document says.
    fn generated(&mut self, operation: &Operation, group: &Group) {
        let builder = type_path(operation, "");
        for pagination in &operation.pagination {
            self.member(&builder, &pagination.pages, group, Part::Pagination);
            self.member(&builder, &pagination.items, group, Part::Pagination);
            let position = match pagination.by {
                PagedBy::Checkpoint => "Checkpoint",
                PagedBy::Page => "PageNumber",
                PagedBy::Offset => "Offset",
            };
            let paged = format!("paging::Paged<paging::{position}>");
            self.member(&builder, format!("{paged}::Item"), group, Part::Pagination);
            self.member(&builder, paged, group, Part::Pagination);
        }
        if let Some(modification) = &operation.modification {
            let module = operation.group.join("::");
            self.member(&module, &modification.name, group, Part::Modification);
            let mut pair = operation.group.clone();
            pair.push(modification.type_name.clone());
            for member in ["", "Clone", "Debug", "UnwindSafe", "modify::Modification"] {
                self.member(&pair.join("::"), member, group, Part::Modification);
            }
            for associated in ["Read", "Write", "Body"] {
                let name = format!("modify::Modification::{associated}");
                self.member(&pair.join("::"), name, group, Part::Modification);
            }
        }
    }

    /// Arguments and setters for the properties of the body.
    fn body_setters(&mut self, api: &Api, operation: &Operation, name: &dyn Fn(&str) -> (String, bool)) {
        let Some(body) = &operation.body else { return };
        let Some(TypeRef::Named(body_type)) = body.content.first().map(|content| &content.ty) else { return };
        let Some(TypeKind::Object(object)) = api.find_type(body_type).map(|definition| &definition.kind)
        else {
            return;
        };
        let (body_name, both) = name(body_type);
        let group = Group::Type(body_name);
        for setter in &body.setters {
            let Some(property) = object.properties.iter().find(|property| property.field == setter.field)
            else {
                continue;
            };
            let part = || if both { Part::Property(property.wire.clone()) } else { Part::Whole };
            let bare = setter.name.trim_start_matches("r#").trim_end_matches('_');
            for owner in owners(operation) {
                self.member(&owner, &setter.name, &group, part());
                for null in ["_null", "_null_value"] {
                    self.member(&owner, format!("{bare}{null}"), &group, part());
                }
            }
        }
    }
}

/// The path of something that stands beside the operation.
fn beside(operation: &Operation, name: &str) -> String {
    let mut path = operation.group.clone();
    path.push(name.to_owned());
    path.join("::")
}

/// The functions that start the operation and its builders: arguments and setters of each are those of the same
/// parts.
fn owners(operation: &Operation) -> Vec<String> {
    let mut owners = vec![call(operation), type_path(operation, "")];
    if let Some(starts) = &operation.starts {
        owners.push(beside(operation, &starts.type_name));
        owners.extend(starts.starts.iter().map(|start| beside(operation, &start.name)));
    }
    owners
}
