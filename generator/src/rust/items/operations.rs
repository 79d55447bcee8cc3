//! The items of a file of an operation.

use super::{Argument, Item, Items, Key, SETTER, What};
use crate::api::{Ident, Operation, Parameter, TypeRef};
use crate::rust::builders::CALLS;
use crate::rust::origin::{Group, Origin, Part};
use crate::rust::{
    BodyForm, Builder, Crate, Passed, PollingMethod, PropertySetter, Setting, Shortcuts, Subject,
    declared_headers, rust_type,
};

/// The items of the operation that `builder` starts.
pub(super) fn items(builder: &Builder<'_>, krate: &Crate<'_>) -> Vec<(Key, Item)> {
    let operation = builder.operation;
    let module = builder.module();
    let gate: Vec<String> = krate.api.feature_of(&operation.group).map(str::to_owned).into_iter().collect();
    let items = Items::new(&module, Group::operation(operation), &operation.place, &gate);
    let mut list = List { items, builder, krate };
    list.start();
    list.setters();
    list.call();
    list.accepting();
    list.streams();
    list.paging();
    list.modification();
    list.polling();
    list.body_enum();
    list.file_forms();
    list.shortcuts();
    list.output_enum(&builder.outcome);
    list.failures();
    list.headers();
    list.items.list
}

pub(super) struct List<'l, 'a> {
    pub(super) items: Items<'l>,
    pub(super) builder: &'l Builder<'a>,
    krate: &'l Crate<'a>,
}

impl List<'_, '_> {
    fn type_name(&self) -> &str {
        &self.builder.operation.type_name
    }

    /// The part that an argument or a setter is made from. A property is one of the body's type.
    fn origin(&self, subject: Subject<'_>) -> Origin {
        match subject {
            Subject::Parameter(parameter) => self.items.part(parameter_part(parameter)),
            Subject::Property(property) => self.property(&property.wire),
            Subject::Body(_) | Subject::BodyEnum(_) => self.items.part(Part::Body),
            Subject::File(file) => self.items.part(Part::File(file.wire.clone())),
        }
    }

    fn property(&self, wire: &str) -> Origin {
        let first = self.builder.form.declared().and_then(|body| body.content.first());
        let part = Part::Property(wire.to_owned());
        match first.map(|content| content.ty.behind_null()) {
            Some(TypeRef::Named(name)) => Origin::new(&Group::Type(name.to_string()), part),
            _ => self.items.part(part),
        }
    }

    fn argument(&self, setting: &Setting<'_>) -> Argument {
        let ty = match setting.subject {
            Subject::File(file) if file.many => format!("Vec<{}>", setting.ty),
            Subject::Parameter(parameter) => self.passed(&parameter.ty),
            Subject::Property(property) => self.passed(&property.ty),
            Subject::Body(_) => self.passed_body(setting),
            _ => format!("impl Into<{}>", setting.ty),
        };
        Argument { name: setting.name.to_string(), ty, origin: self.origin(setting.subject) }
    }

    fn passed(&self, ty: &TypeRef) -> String {
        Passed::new(ty, &self.krate.index).listed()
    }

    fn passed_body(&self, body: &Setting<'_>) -> String {
        let passed = self.builder.form.passed(&self.krate.index);
        passed.unwrap_or_else(|| Passed::Into(body.ty.clone())).listed()
    }

    /// The function that starts the operation, and the builder.
    fn start(&mut self) {
        let operation = self.builder.operation;
        let whole = self.items.whole();
        let arguments = self.builder.arguments.iter().map(|argument| self.argument(argument)).collect();
        let signature = format!("-> {}", operation.type_name);
        let function = self.items.add_function(&operation.name, &signature, whole.clone());
        function.arguments = arguments;
        function.deprecated = operation.deprecated;
        let type_name = operation.type_name.as_str();
        self.items.add(type_name, What::Type, "", "struct", whole.clone());
        self.items.add_traits(type_name, &["Clone", "Debug"], &whole);
        let fields = self.fields();
        self.items.add_unwind_safety(type_name, fields.iter().map(String::as_str), &whole);
    }

    /// The types of the builder's fields.
    pub(super) fn fields(&self) -> Vec<String> {
        let parameters = self.builder.operation.parameters.iter().map(|parameter| rust_type(&parameter.ty));
        let body = self.builder.form.ty().map(|(ty, _)| ty.to_owned());
        let files = self.builder.files.iter().map(|_| "FilePart".to_owned());
        parameters.chain(body).chain(files).collect()
    }

    fn setters(&mut self) {
        let type_name = self.type_name().to_owned();
        for setting in &self.builder.setters {
            let argument = if matches!(setting.subject, Subject::File(_)) { "file" } else { "value" };
            self.setter(&type_name, setting, argument);
        }
        if let Some(body) = &self.builder.body {
            self.setter(&type_name, body, "body");
        }
        for (name, _) in &self.builder.choosers {
            let origin = self.items.part(Part::Body);
            self.items.add(&type_name, What::Function, name, SETTER, origin);
        }
    }

    fn setter(&mut self, owner: &str, setting: &Setting<'_>, argument: &str) {
        let origin = self.origin(setting.subject);
        let (is_deprecated, place) = match setting.subject {
            Subject::Parameter(parameter) => (parameter.deprecated, Some(&parameter.place)),
            Subject::Property(property) => (property.deprecated, Some(&property.place)),
            Subject::Body(_) | Subject::BodyEnum(_) | Subject::File(_) => (false, None),
        };
        let item = match &setting.collection {
            Some(collection) => {
                let item = self.items.add_adder(owner, collection, origin.clone());
                place.into_iter().for_each(|place| item.place.clone_from(place));
                self.items.add_setter_of_all(owner, &setting.name, collection, origin.clone())
            }
            None => {
                let body = matches!(setting.subject, Subject::Body(_)).then(|| self.passed_body(setting));
                let item = self.items.add_setter(owner, &setting.name, argument, &setting.ty, origin.clone());
                item.arguments.iter_mut().zip(body).for_each(|(argument, ty)| argument.ty = ty);
                item
            }
        };
        item.deprecated = is_deprecated;
        place.into_iter().for_each(|place| item.place.clone_from(place));
        if let Some(null) = &setting.null {
            let item = self.items.add(owner, What::Function, null, SETTER, origin);
            place.into_iter().for_each(|place| item.place.clone_from(place));
        }
    }

    fn paging(&mut self) {
        let type_name = self.type_name().to_owned();
        for methods in &self.builder.paging {
            let position = methods.position;
            let origin = self.items.part(Part::Pagination);
            let paged = format!("paging::Paged<paging::{position}>");
            let item = rust_type(&methods.pagination.item);
            self.items.add(&type_name, What::Output, &format!("{paged}::Item"), &item, origin.clone());
            self.items.add(&type_name, What::Trait, &paged, "", origin.clone());
            for (stream, name) in [("Pages", &methods.pages), ("Items", &methods.items)] {
                let signature = format!("self -> crate::runtime::{stream}<Self, paging::{position}>");
                let argument = Argument {
                    name: "client".to_owned(),
                    ty: "&crate::runtime::Client".to_owned(),
                    origin: origin.clone(),
                };
                let item = self.items.add(&type_name, What::Function, name, &signature, origin.clone());
                item.arguments.push(argument);
            }
        }
    }

    fn polling(&mut self) {
        let Some(PollingMethod { long_running, poll }) = &self.builder.polling else { return };
        let Some(read) = self.krate.index.operation(&long_running.read) else { return };
        let type_name = self.type_name().to_owned();
        let origin = self.items.part(Part::LongRunning);
        let read = item_path(read, &read.type_name);
        self.items.add(&type_name, What::Output, "long_running::LongRunning::Read", &read, origin.clone());
        self.items.add(&type_name, What::Trait, "long_running::LongRunning", "", origin.clone());
        let signature = "self -> crate::runtime::Poller<Self>";
        let argument = Argument {
            name: "client".to_owned(),
            ty: "&crate::runtime::Client".to_owned(),
            origin: origin.clone(),
        };
        let item = self.items.add(&type_name, What::Function, poll, signature, origin);
        item.arguments.push(argument);
    }

    fn modification(&mut self) {
        let Some(names) = &self.builder.modification else { return };
        let Some(read) = self.krate.index.operation(&names.modification.read) else { return };
        let origin = self.items.part(Part::Modification);
        let required = names.parameters(self.builder.operation);
        let arguments = required.map(|parameter| Argument {
            name: parameter.field.to_string(),
            ty: self.passed(&parameter.ty),
            origin: self.items.part(parameter_part(parameter)),
        });
        let change = Argument {
            name: names.change.to_string(),
            ty: names.closure.to_string(),
            origin: origin.clone(),
        };
        let arguments = arguments.chain([change]).collect();
        let pair = names.pair.as_str();
        let signature = format!("-> modify::Modify<{pair}, {}>", names.closure);
        let function = self.items.add_function(&names.function, &signature, origin.clone());
        function.arguments = arguments;
        function.deprecated = self.builder.operation.deprecated;
        self.items.add(pair, What::Type, "", "struct", origin.clone());
        self.items.add_traits(pair, &["Clone", "Debug", "modify::Modification"], &origin);
        let fields: Vec<String> =
            names.parameters(self.builder.operation).map(|parameter| rust_type(&parameter.ty)).collect();
        self.items.add_unwind_safety(pair, fields.iter().map(String::as_str), &origin);
        let read = item_path(read, &read.type_name);
        let [write, body] = [&self.builder.operation.type_name, &names.modification.body];
        for (name, ty) in [("Read", read.as_str()), ("Write", write), ("Body", body)] {
            let name = format!("modify::Modification::{name}");
            self.items.add(pair, What::Output, &name, ty, origin.clone());
        }
    }

    fn body_enum(&mut self) {
        let BodyForm::Several { body, ty, converted } = &self.builder.form else { return };
        let whole = self.items.whole();
        let origin = self.items.part(Part::Body);
        self.items.add(ty, What::Type, "", "enum", whole.clone());
        self.items.add_traits(ty, &["Clone", "Debug", "PartialEq"], &whole);
        for content in &body.content {
            let payload = self.builder.payload(content);
            self.items.add(ty, What::Variant, &content.variant, &payload, origin.clone());
        }
        for content in converted {
            let payload = self.builder.unwrapped(content);
            self.items.add(ty, What::Trait, &format!("From<{payload}>"), "", origin.clone());
        }
    }

    fn file_forms(&mut self) {
        let whole = self.items.whole();
        for form in &self.builder.file_forms {
            let values = rust_type(&form.content.ty);
            self.items.add(&form.name, What::Type, "", "struct", whole.clone());
            self.items.add_traits(&form.name, &["Clone", "Debug", "PartialEq"], &whole);
            self.items.add(&form.name, What::Field, "values", &values, whole.clone());
            let mut arguments = vec![Argument {
                name: "values".to_owned(),
                ty: format!("impl Into<{values}>"),
                origin: whole.clone(),
            }];
            for file in &form.files {
                let origin = self.items.part(Part::File(file.declared.wire.clone()));
                let (required, many) = (file.declared.required, file.declared.many);
                let field = match (required, many) {
                    (_, true) => "Vec<FilePart>",
                    (true, false) => "FilePart",
                    (false, false) => "Option<FilePart>",
                };
                self.items.add(&form.name, What::Field, &file.field, field, origin.clone());
                if required {
                    let ty = if many { "Vec<FilePart>" } else { "impl Into<FilePart>" };
                    let name = file.field.to_string();
                    arguments.push(Argument { name, ty: ty.to_owned(), origin: origin.clone() });
                }
                if let Some(setter) = &file.setter {
                    self.items.add_setter(&form.name, setter, "file", "FilePart", origin);
                }
            }
            self.items.add(&form.name, What::Function, "new", "-> Self", whole.clone()).arguments = arguments;
        }
    }

    fn shortcuts(&mut self) {
        let Some(shortcuts) = &self.builder.shortcuts else { return };
        let first = self.items.list.len();
        self.shortcut_builder(shortcuts);
        let origin = |name: &Ident| {
            let argument = self.builder.arguments.iter().find(|argument| argument.name == *name);
            let own = self.builder.form.properties().iter().find(|(_, other)| other == name);
            match (argument, own) {
                (Some(argument), _) => self.origin(argument.subject),
                (None, Some((property, _))) => self.property(&property.wire),
                (None, None) => self.items.whole(),
            }
        };
        let arguments = shortcuts.arguments.iter().map(|(name, passed)| Argument {
            name: name.to_string(),
            ty: passed.listed(),
            origin: origin(name),
        });
        let arguments: Vec<Argument> = arguments.collect();
        for shortcut in &shortcuts.functions {
            let payload = crate::rust::payload(shortcut.variant);
            let signature = format!("-> {}<{}>", shortcuts.builder, rust_type(payload));
            let whole = self.items.whole();
            let function = self.items.add_function(&shortcut.name, &signature, whole);
            function.arguments.clone_from(&arguments);
            function.own_gate.extend(shortcut.variant.feature.clone());
        }
        let gate = shortcuts.gate();
        for (_, item) in self.items.list[first..].iter_mut().filter(|(_, item)| item.own_gate.is_empty()) {
            item.own_gate = gate.iter().map(|feature| (*feature).clone()).collect();
        }
    }

    fn shortcut_builder(&mut self, shortcuts: &Shortcuts<'_>) {
        let (owner, whole) = (shortcuts.builder.as_str(), self.items.whole());
        self.items.add(owner, What::Type, "", "struct", whole.clone());
        self.items.add_traits(owner, &["Clone", "Debug"], &whole);
        self.items.add_unwind_safety(
            owner,
            [self.type_name(), &shortcuts.union].map(str::to_owned).iter().map(String::as_str),
            &whole,
        );
        for setter in &shortcuts.setters {
            self.setter(owner, &of_property(setter), "value");
        }
        let origin = self.property(&shortcuts.property.wire);
        self.items.add_setter(owner, &shortcuts.setter, "value", "T", origin);
        for (name, signature) in [("into_operation", "self"), ("build", "&self")].into_iter().chain(CALLS) {
            self.items.add(owner, What::Function, name, signature, whole.clone());
        }
    }

    fn failures(&mut self) {
        let Some(owner) = self.builder.outcome.error.as_deref() else { return };
        let whole = self.items.whole();
        self.items.add(owner, What::Type, "", "enum", whole.clone());
        for response in &self.builder.operation.failures {
            let ty = self.krate.index.failure_body(response);
            let origin = self.items.part(Part::Response(response.status));
            let payload = format!("Failure<{ty}>");
            let item = self.items.add(owner, What::Variant, &response.status.name(), &payload, origin);
            item.place.clone_from(&response.place);
        }
        self.items.add(owner, What::Function, "response", "&self -> &FailureResponse", whole.clone());
        self.items.add_traits(owner, &["Display", "Error"], &whole);
    }

    fn headers(&mut self) {
        let headers = declared_headers(self.builder.operation);
        if headers.is_empty() {
            return;
        }
        let owner = format!("{}Headers", self.type_name());
        let whole = self.items.whole();
        self.items.add(&owner, What::Type, "", "struct", whole.clone());
        let traits = ["Clone", "Debug", "Default", "PartialEq", "From<&http::HeaderMap>"];
        self.items.add_traits(&owner, &traits, &whole);
        let mut fields = Vec::new();
        for (header, ty) in &headers {
            let ty = format!("Option<{}>", rust_type(ty));
            let origin = self.items.part(Part::Header(header.wire.clone()));
            let item = self.items.add(&owner, What::Field, &header.field, &ty, origin);
            item.place.clone_from(&header.place);
            fields.push(ty);
        }
        self.items.add_unwind_safety(&owner, fields.iter().map(String::as_str), &whole);
    }
}

/// The part that a parameter is.
pub(crate) fn parameter_part(parameter: &Parameter) -> Part {
    Part::Parameter(parameter.location, parameter.wire.clone())
}

fn of_property<'a>(setter: &PropertySetter<'a>) -> Setting<'a> {
    Setting {
        name: setter.name.clone(),
        ty: setter.ty(),
        null: setter.null.clone(),
        collection: setter.collection.clone(),
        subject: Subject::Property(setter.property),
    }
}

/// The path of an item in the module of `operation`.
pub(crate) fn item_path(operation: &Operation, name: &str) -> String {
    let group: String = operation.group.iter().map(|part| format!("{part}::")).collect();
    format!("crate::operations::{group}{name}")
}
