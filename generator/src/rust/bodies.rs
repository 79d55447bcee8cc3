//! How a builder stores the body.

use super::collections::Passed;
use super::index::Index;
use super::names::{Case, Scope, escape};
use super::paths::Holder;
use super::types;
use crate::api::{Body, BodyContent, FileField, Ident, Operation, Presence, Property, TypeRef};

/// With more required values than this, the body is one argument.
const MAX_ARGUMENTS: usize = 7;

/// How a builder stores the body.
#[derive(Clone, Debug)]
pub enum BodyForm<'a> {
    /// Nothing.
    None,
    /// One type for every media type.
    Single {
        /// The body.
        body: &'a Body,
        /// Its Rust type, without null.
        ty: String,
        /// The method that sends null, if the body can be null.
        null: Option<Ident>,
        /// The properties that requests can have, with the names of their arguments and setters.
        properties: Vec<(&'a Property, Ident)>,
        /// Whether the required properties are arguments of their own.
        own_arguments: bool,
    },
    /// An enum with a variant for each media type.
    Several {
        /// The body.
        body: &'a Body,
        /// The enum.
        ty: String,
        /// The media types whose payload no other one has, behind whatever alias: the enum is made from each of these.
        converted: Vec<&'a BodyContent>,
    },
}

impl<'a> BodyForm<'a> {
    /// The form of the operation's body, whose names are taken from `scope`.
    pub(super) fn new(operation: &'a Operation, index: &Index<'a>, scope: &mut Scope) -> Self {
        let Some(body) = &operation.body else { return Self::None };
        let first = &body.content[0];
        if body.content.iter().any(|content| content.ty != first.ty || !content.files.is_empty()) {
            let ty = format!("{}Body", operation.type_name);
            return Self::Several { body, ty, converted: converted(&body.content, index) };
        }
        let object = index.object(first.ty.behind_null());
        let settable = object.into_iter().flat_map(|object| &object.properties);
        let properties = settable.filter(|property| !property.read_only).map(|property| {
            let wanted = [scope.free_of_reserved(&property.field), format!("body_{}", property.field.bare())];
            (property, scope.take(&wanted, Case::Snake, &property.wire))
        });
        let properties: Vec<_> = properties.collect();
        let is_required = |(property, _): &&(&Property, Ident)| property.presence == Presence::Required;
        let required = properties.iter().filter(is_required).count();
        let arguments = operation.parameters.iter().filter(|parameter| parameter.required).count() + required;
        let own_arguments = object.is_some() && body.required && arguments <= MAX_ARGUMENTS;
        let null = matches!(first.ty, TypeRef::Nullable(_)).then(|| {
            let wanted = ["body_null", "body_null_value", "null_body"].map(str::to_owned);
            scope.take(&wanted, Case::Snake, &operation.id)
        });
        Self::Single { body, ty: types::rust(first.ty.behind_null()), null, properties, own_arguments }
    }

    /// The body.
    pub fn declared(&self) -> Option<&'a Body> {
        match self {
            Self::None => None,
            Self::Single { body, .. } | Self::Several { body, .. } => Some(body),
        }
    }

    /// The body's Rust type, without null, and whether it is required.
    pub fn ty(&self) -> Option<(&str, bool)> {
        match self {
            Self::None => None,
            Self::Single { ty, body, .. } | Self::Several { body, ty, .. } => Some((ty, body.required)),
        }
    }

    /// What is passed for the whole body, if it has one type.
    pub(crate) fn passed(&self, index: &Index<'_>) -> Option<Passed> {
        let Self::Single { body, .. } = self else { return None };
        body.content.first().map(|first| Passed::new(first.ty.behind_null(), index))
    }

    /// What the builder keeps the body in.
    pub(crate) fn holder(&self) -> Holder {
        let is_required = self.ty().is_some_and(|(_, required)| required);
        let is_nullable = matches!(self, Self::Single { null: Some(_), .. });
        Holder::of_body(is_required, is_nullable)
    }

    /// The required properties, with the names of their arguments.
    pub fn required(&self) -> impl Iterator<Item = &(&'a Property, Ident)> {
        self.properties().iter().filter(|(property, _)| property.presence == Presence::Required)
    }

    /// The properties that requests can have, with the names of their arguments and setters.
    pub fn properties(&self) -> &[(&'a Property, Ident)] {
        if let Self::Single { properties, .. } = self { properties } else { &[] }
    }

    /// Whether the required properties are arguments of the operation's function.
    pub fn has_own_arguments(&self) -> bool {
        matches!(self, Self::Single { body, own_arguments: true, .. } if body.required)
    }

    /// Whether the builder has a setter for each optional property: it does if it can create the body by itself. A body
    /// that may be null may have been set to null before.
    pub fn has_property_setters(&self) -> bool {
        match self {
            Self::Single { body, properties, null, .. } => {
                let is_there = body.required && null.is_none();
                !properties.is_empty() && (is_there || self.required().next().is_none())
            }
            _ => false,
        }
    }

    /// The media types that callers can select from, if all have the same type.
    pub fn choices(&self) -> &'a [BodyContent] {
        if let Self::Single { body, .. } = self { &body.content } else { &[] }
    }
}

fn converted<'a>(contents: &'a [BodyContent], index: &Index<'_>) -> Vec<&'a BodyContent> {
    // A body with files is a struct of its own.
    let payload = |content: &BodyContent| {
        content.files.is_empty().then(|| types::rust(&index.behind_aliases(content.ty.behind_null())))
    };
    let payloads: Vec<Option<String>> = contents.iter().map(payload).collect();
    let is_alone = |payload: &Option<String>| {
        payload.is_none() || payloads.iter().filter(|other| *other == payload).count() == 1
    };
    let alone = contents.iter().zip(&payloads).filter(|(_, payload)| is_alone(payload));
    alone.map(|(content, _)| content).collect()
}

/// A file, or a list of files, of a multipart body.
#[derive(Clone, Debug)]
pub struct File<'a> {
    /// What it is made from.
    pub declared: &'a FileField,
    /// The field that holds it, and the argument if it is required.
    pub field: Ident,
    /// The setter, unless it is required.
    pub setter: Option<Ident>,
}

impl<'a> File<'a> {
    /// Files that are fields of the builder, with setters of the same names.
    pub(super) fn of_builder(files: &'a [FileField], scope: &mut Scope) -> Vec<Self> {
        let file = |(declared, field): (&'a FileField, Ident)| Self {
            declared,
            setter: (!declared.required).then(|| field.clone()),
            field,
        };
        files.iter().zip(fields(files, scope)).map(file).collect()
    }

    /// Files that are fields of a struct of their own.
    fn of_struct(files: &'a [FileField]) -> Vec<Self> {
        let mut scope = Scope::with(["values", "new"]);
        let names = fields(files, &mut scope);
        let mut methods = Scope::of_setters();
        let file = |(declared, field): (&'a FileField, Ident)| Self {
            declared,
            setter: (!declared.required)
                .then(|| methods.take(&[methods.free_of_reserved(&field)], Case::Snake, &declared.wire)),
            field,
        };
        files.iter().zip(names).map(file).collect()
    }
}

/// The names of files: their wire names, unless something else has them.
fn fields(files: &[FileField], scope: &mut Scope) -> Vec<Ident> {
    let plain = Scope::default().take_all(files.iter().map(|file| file.wire.as_str()), Case::Snake);
    let names = files.iter().zip(plain).map(|(file, plain)| {
        let bare = plain.bare();
        let wanted = [scope.free_of_reserved(&plain), escape(format!("file_{bare}"))];
        scope.take(&wanted, Case::Snake, &file.wire)
    });
    names.collect()
}

/// A struct for a multipart body with files, if the body has other media types too.
#[derive(Clone, Debug)]
pub struct FileForm<'a> {
    /// What it is made from.
    pub content: &'a BodyContent,
    /// The struct.
    pub name: String,
    /// Its files. The other properties are in its field `values`.
    pub files: Vec<File<'a>>,
}

impl<'a> FileForm<'a> {
    pub(super) fn all(operation: &'a Operation) -> Vec<Self> {
        let contents = operation.body.iter().flat_map(|body| &body.content);
        let with_files = contents.filter(|content| !content.files.is_empty());
        let form = |content: &'a BodyContent| Self {
            content,
            name: format!("{}{}", operation.type_name, content.variant),
            files: File::of_struct(&content.files),
        };
        with_files.map(form).collect()
    }
}
