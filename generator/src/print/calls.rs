//! How each operation is called: for programs that are generated beside the crate and call all of it.

use super::operations::{BodyForm, content_choices};
use super::replies::output;
use super::{Index, models, types};
use crate::api::{Api, BodyContent, FileField, Operation, Parameter, Presence, Property};

/// How an operation is called.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The module of its function and its types, from the crate's root, e.g. `operations::connections`.
    pub module: String,
    /// The arguments of its function, in order.
    pub arguments: Vec<Setting<'a>>,
    /// The setters of its builder, except that of the whole body.
    pub setters: Vec<Setting<'a>>,
    /// What the setter of the whole body takes, if there is a body.
    pub body: Option<Setting<'a>>,
    /// The methods that choose another media type than the first, with its index in the body's content.
    pub encodings: Vec<(String, usize)>,
    /// The type of its output; an enum with a variant for each success if `has_output_enum`.
    pub output: String,
    /// Whether the output is an enum of its own.
    pub has_output_enum: bool,
}

/// An argument or a setter.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// The setter's name, or the argument's.
    pub name: String,
    /// The Rust type it takes something into. Models and the runtime's types are in scope.
    pub ty: String,
    /// The setter that sends null instead.
    pub null: Option<String>,
    /// What it sets.
    pub subject: Subject<'a>,
}

/// What an argument or a setter is for.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A parameter.
    Parameter(&'a Parameter),
    /// A property of the body.
    Property(&'a Property),
    /// The body, of one type for every media type.
    Body(&'a [BodyContent]),
    /// The body, an enum with a variant for each media type.
    BodyEnum(&'a [BodyContent]),
    /// A file of a multipart body.
    File(&'a FileField),
}

/// How each operation is called, in the order of `api`.
pub fn calls(api: &Api) -> Vec<Call<'_>> {
    let index = Index::new(api, "");
    api.operations.iter().map(|operation| call(operation, &index)).collect()
}

fn call<'a>(operation: &'a Operation, index: &Index<'a>) -> Call<'a> {
    let form = BodyForm::of(operation, index);
    let module: Vec<&str> =
        std::iter::once("operations").chain(operation.group.iter().map(String::as_str)).collect();
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for parameter in &operation.parameters {
        let setting = Setting {
            name: parameter.field.clone(),
            ty: types::rust(&parameter.ty),
            null: None,
            subject: Subject::Parameter(parameter),
        };
        if parameter.required { arguments.push(setting) } else { setters.push(setting) }
    }
    let body = whole_body(&form);
    match &form {
        BodyForm::Single { required: true, own_arguments: true, properties, .. } => {
            let required = properties.iter().filter(|(property, _)| property.presence == Presence::Required);
            arguments.extend(required.map(|(property, name)| self::property(property, name, None)));
        }
        BodyForm::Single { required: true, .. } => arguments.extend(body.clone()),
        BodyForm::Several { body: declared, .. } if declared.required => arguments.extend(body.clone()),
        _ => {}
    }
    if let BodyForm::Single { properties, .. } = &form
        && form.has_property_setters()
    {
        let optional = properties.iter().filter(|(property, _)| property.presence != Presence::Required);
        setters.extend(optional.map(|(property, name)| {
            let taken = |name: &str| form.is_setter(operation, name);
            self::property(property, name, models::null_setter(property, name, taken))
        }));
    }
    for file in operation.body.iter().flat_map(|body| &body.files) {
        let setting = Setting {
            name: file.field.clone(),
            ty: "FilePart".to_owned(),
            null: None,
            subject: Subject::File(file),
        };
        if file.required { arguments.push(setting) } else { setters.push(setting) }
    }
    let encodings =
        content_choices(&form).iter().enumerate().skip(1).map(|(index, content)| (content.setter(), index));
    let output = output(operation);
    Call {
        operation,
        module: module.join("::"),
        arguments,
        setters,
        body,
        encodings: encodings.collect(),
        has_output_enum: super::replies::has_output_enum(operation),
        output,
    }
}

fn property<'a>(property: &'a Property, name: &str, null: Option<String>) -> Setting<'a> {
    Setting {
        name: name.to_owned(),
        ty: types::rust(&property.ty),
        null,
        subject: Subject::Property(property),
    }
}

fn whole_body<'a>(form: &BodyForm<'a>) -> Option<Setting<'a>> {
    let (ty, subject) = match form {
        BodyForm::None => return None,
        BodyForm::Single { ty, body, .. } => (ty, Subject::Body(&body.content)),
        BodyForm::Several { ty, body } => (ty, Subject::BodyEnum(&body.content)),
    };
    Some(Setting { name: "body".to_owned(), ty: ty.clone(), null: None, subject })
}
