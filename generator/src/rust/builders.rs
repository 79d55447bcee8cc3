//! Builders: the function of an operation, its arguments, and the methods of the builder that it returns.

use super::bodies::{BodyForm, File, FileForm};
use super::collections::Collection;
use super::index::Index;
use super::models::{PropertySetter, collections, with_null};
use super::names::{Case, Scope, snake, unique};
use super::outcomes::{self, Accepting, Outcome, StreamMethod};
use super::paging::PagingMethods;
use super::polling::PollingMethod;
use super::shortcuts::Shortcuts;
use super::{modifications, types};
use crate::api::{BodyContent, FileField, Ident, Operation, Parameter, Presence, Property};

/// The methods of every builder that send its operation or set an option of one call, which the runtime's macro `calls!`
/// makes, with their signatures.
pub(super) const CALLS: [(&str, &str); 8] = [
    ("send", "self, client"),
    ("respond", "self, client"),
    ("send_blocking", "self, client"),
    ("timeout", "self, timeout"),
    ("retry", "self, policy"),
    ("header", "self, name, value"),
    ("query_pair", "self, name, value"),
    ("idempotency_key", "self, key"),
];

/// How an operation is called.
#[derive(Clone, Debug)]
pub struct Builder<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// How it stores the body.
    pub form: BodyForm<'a>,
    /// The arguments of its function, in order.
    pub arguments: Vec<Setting<'a>>,
    /// The setters of the builder, except that of the whole body.
    pub setters: Vec<Setting<'a>>,
    /// The setter of the whole body, if there is a body.
    pub body: Option<Setting<'a>>,
    /// The setters of the properties of the body.
    pub property_setters: Vec<PropertySetter<'a>>,
    /// The files that it stores beside the body.
    pub files: Vec<File<'a>>,
    /// The structs of multipart bodies with files, if there are other media types too.
    pub file_forms: Vec<FileForm<'a>>,
    /// The methods that select a media type other than the first, each with its index in the body's content.
    pub choosers: Vec<(Ident, usize)>,
    /// The methods for each form of its pagination.
    pub paging: Vec<PagingMethods<'a>>,
    /// The method that polls, if it starts a long-running operation.
    pub polling: Option<PollingMethod<'a>>,
    /// The safe partial update whose write it is.
    pub modification: Option<modifications::Names<'a>>,
    /// Its shortcuts.
    pub shortcuts: Option<Shortcuts<'a>>,
    /// What comes back.
    pub outcome: Outcome<'a>,
    /// The operation in each of its other media types.
    pub accepting: Vec<Accepting<'a>>,
    /// The method that streams items, of the first of its media types that has any.
    pub stream: Option<StreamMethod<'a>>,
    /// The property of the body that asks for a stream.
    pub stream_flag: Option<&'a Property>,
}

/// An argument, or a setter.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// The setter's name, or the argument's.
    pub name: Ident,
    /// The Rust type that its argument converts into. Models and the runtime's types are in scope.
    pub ty: String,
    /// The setter that sends null, if there is one.
    pub null: Option<Ident>,
    /// How it is set, if it is an optional list or map.
    pub collection: Option<Collection>,
    /// What it sets.
    pub subject: Subject<'a>,
}

/// What an argument or a setter sets.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A parameter.
    Parameter(&'a Parameter),
    /// A property of the body.
    Property(&'a Property),
    /// The body, with the same type for every media type.
    Body(&'a [BodyContent]),
    /// The body, an enum with a variant for each media type.
    BodyEnum(&'a [BodyContent]),
    /// A file of a multipart body.
    File(&'a FileField),
}

impl<'a> Builder<'a> {
    /// The builder of `operation`; `functions` are those of its module.
    pub(super) fn new(operation: &'a Operation, index: &Index<'a>, functions: &mut Scope) -> Self {
        let mut methods = Scope::of_methods(operation);
        operation.parameters.iter().for_each(|parameter| methods.reserve(&parameter.field));
        let form = BodyForm::new(operation, index, &mut methods);
        let files = operation.body.as_ref().map_or(&[][..], |body| &body.files);
        let files = File::of_builder(files, &mut methods);
        let settable =
            form.properties().iter().filter(|(property, _)| property.presence != Presence::Required);
        let settable = settable.filter(|_| form.has_property_setters()).cloned();
        let property_setters = with_null(settable, &mut methods);
        let choosers = choosers(form.choices(), &mut methods);
        let paging = PagingMethods::all(operation, &mut methods);
        let polling = PollingMethod::new(operation, &mut methods);
        let accepting = Accepting::all(operation, &mut methods);
        let stream_flag = form.properties().iter().map(|(property, _)| *property).find(|property| {
            form.has_property_setters() && Some(&property.wire) == operation.stream_flag.as_ref()
        });
        let mut builder = Self {
            operation,
            arguments: Vec::new(),
            setters: Vec::new(),
            body: whole_body(&form),
            property_setters,
            files,
            file_forms: FileForm::all(operation),
            choosers,
            paging,
            polling,
            modification: modifications::Names::new(operation),
            shortcuts: None,
            outcome: Outcome::preferred(operation),
            accepting,
            stream: outcomes::streamed(operation).map(StreamMethod::new),
            stream_flag,
            form,
        };
        builder.arguments = builder.all_arguments();
        collections(&mut builder.property_setters, index, &mut methods, |setter| setter.name.bare());
        builder.setters = builder.all_setters(index, &mut methods);
        builder.shortcuts = Shortcuts::new(&builder, index, functions);
        builder
    }

    /// The module of the function and the types, as callers write it; empty at the crate's root.
    pub fn module(&self) -> String {
        self.operation.group.join("::")
    }

    /// The module's path from the crate's root.
    pub fn module_path(&self) -> String {
        let group = self.operation.group.iter().map(Ident::as_str);
        ["operations"].into_iter().chain(group).collect::<Vec<_>>().join("::")
    }

    /// The path of an item in the operation's module, as callers write it.
    pub fn path(&self, name: &str) -> String {
        let group = self.operation.group.iter().map(Ident::as_str);
        group.chain([name]).collect::<Vec<_>>().join("::")
    }

    /// The required parameters.
    pub fn required_parameters(&self) -> impl Iterator<Item = &'a Parameter> {
        self.operation.parameters.iter().filter(|parameter| parameter.required)
    }

    /// The optional parameters, which have setters.
    pub fn optional_parameters(&self) -> impl Iterator<Item = &'a Parameter> {
        self.operation.parameters.iter().filter(|parameter| !parameter.required)
    }

    fn all_setters(&self, index: &Index<'a>, methods: &mut Scope) -> Vec<Setting<'a>> {
        let setter = |parameter: &'a Parameter| {
            let (word, wire) = (parameter.field.bare(), &parameter.wire);
            let collection = Collection::new(&parameter.ty, word, wire, index, methods);
            Setting { collection, ..of_parameter(parameter) }
        };
        let mut setters: Vec<Setting<'a>> = self.optional_parameters().map(setter).collect();
        setters.extend(self.property_setters.iter().map(|setter| Setting {
            name: setter.name.clone(),
            ty: setter.ty(),
            null: setter.null.clone(),
            collection: setter.collection.clone(),
            subject: Subject::Property(setter.property),
        }));
        setters.extend(self.files.iter().filter(|file| !file.declared.required).map(of_file));
        setters
    }

    /// The Rust type that the variant of `content` holds in the body enum.
    pub fn payload(&self, content: &BodyContent) -> String {
        let form = self.file_forms.iter().find(|form| std::ptr::eq(form.content, content));
        form.map_or_else(|| types::rust(&content.ty), |form| form.name.clone())
    }

    /// Likewise, without null: the body enum is made from it.
    pub fn unwrapped(&self, content: &BodyContent) -> String {
        if content.files.is_empty() { types::rust(content.ty.behind_null()) } else { self.payload(content) }
    }

    fn all_arguments(&self) -> Vec<Setting<'a>> {
        let mut arguments: Vec<Setting<'a>> = self.required_parameters().map(of_parameter).collect();
        if self.form.has_own_arguments() {
            arguments.extend(self.form.required().map(|(property, name)| Setting {
                name: name.clone(),
                ty: types::rust(&property.ty),
                null: None,
                collection: None,
                subject: Subject::Property(property),
            }));
        } else if self.form.ty().is_some_and(|(_, required)| required) {
            arguments.extend(self.body.clone());
        }
        arguments.extend(self.files.iter().filter(|file| file.declared.required).map(of_file));
        arguments
    }
}

fn whole_body<'a>(form: &BodyForm<'a>) -> Option<Setting<'a>> {
    let (ty, null, subject) = match form {
        BodyForm::None => return None,
        BodyForm::Single { ty, null, body, .. } => (ty, null.clone(), Subject::Body(&body.content)),
        BodyForm::Several { ty, body, .. } => (ty, None, Subject::BodyEnum(&body.content)),
    };
    Some(Setting { name: unique("body"), ty: ty.clone(), null, collection: None, subject })
}

fn of_parameter(parameter: &Parameter) -> Setting<'_> {
    Setting {
        name: parameter.field.clone(),
        ty: types::rust(&parameter.ty),
        null: None,
        collection: None,
        subject: Subject::Parameter(parameter),
    }
}

fn of_file<'a>(file: &File<'a>) -> Setting<'a> {
    Setting {
        name: file.field.clone(),
        ty: "FilePart".to_owned(),
        null: None,
        collection: None,
        subject: Subject::File(file.declared),
    }
}

/// The methods that select a media type other than the first.
fn choosers(contents: &[BodyContent], methods: &mut Scope) -> Vec<(Ident, usize)> {
    let others = contents.iter().enumerate().skip(1);
    let chooser = others.map(|(index, content)| {
        let word = snake(&content.variant);
        let wanted = ["as", "body_as", "send_as"].map(|start| format!("{start}_{word}"));
        (methods.take(&wanted, Case::Snake, &content.media_type), index)
    });
    chooser.collect()
}
