//! A call of each operation for its documentation, which is compiled as a doctest and never run. Values are made
//! from types and Rust names alone: no text of the document is in it.

use super::operations::BodyForm;
use super::printer::quoted;
use super::{Index, multipart, types};
use crate::api::{Enum, EnumBase, Object, Operation, Presence, Property, TypeKind, TypeRef, Union};

/// Lines up to this length, in bytes, are left as they are.
const WIDTH: usize = 85;

/// Types nested deeper than this have no example.
const DEPTH: usize = 12;

/// An argument of the function that starts an operation.
pub(super) struct Argument<'a> {
    /// Its name.
    pub name: &'a str,
    /// A value; none if its type is nested too deep.
    value: Option<String>,
}

/// The arguments of the function that starts the operation, in their order.
pub(super) fn arguments<'a>(
    operation: &'a Operation,
    form: &BodyForm<'a>,
    index: &Index<'_>,
) -> Vec<Argument<'a>> {
    let argument = |ty: &TypeRef, name: &'a str| Argument { name, value: index.argument(ty, name, 0) };
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let mut arguments: Vec<Argument> =
        required.map(|parameter| argument(&parameter.ty, &parameter.field)).collect();
    match form {
        BodyForm::Single { required: true, own_arguments: true, properties, .. } => {
            let own = properties.iter().filter(|(property, _)| property.presence == Presence::Required);
            arguments.extend(own.map(|(property, name)| argument(&property.ty, name)));
        }
        BodyForm::Single { required: true, body, .. } => {
            arguments.push(argument(&body.content[0].ty, "body"));
        }
        BodyForm::Several { body, ty } if body.required => {
            let first = &body.content[0];
            // With files the variant holds a struct of the operation's own.
            let value = index.exact(&first.ty, "body", 0).filter(|_| first.files.is_empty());
            let path = format!("{}{ty}::{}", module(operation, index), first.variant);
            arguments.push(Argument { name: "body", value: value.map(|value| format!("{path}({value})")) });
        }
        _ => {}
    }
    arguments.extend(multipart::of(operation).iter().filter(|file| file.required).map(|file| Argument {
        name: &file.field,
        value: Some(if file.many { "vec![\"content\".into()]" } else { "\"content\"" }.to_owned()),
    }));
    arguments
}

/// The path of the operation's module, as a user of the crate writes it.
fn module(operation: &Operation, index: &Index<'_>) -> String {
    if operation.group.is_empty() {
        return format!("{}::", index.krate);
    }
    operation.group.iter().map(|part| format!("{part}::")).collect()
}

/// The lines of an example of the operation; none if a value is nested too deep.
pub(super) fn operation(operation: &Operation, form: &BodyForm<'_>, index: &Index<'_>) -> Vec<String> {
    let Some(values) = values(operation, form, index) else { return Vec::new() };
    let is_unit = super::replies::output(operation) == "()";
    let start = if is_unit { "" } else { "let output = " };
    let start = format!("{start}{}{}", module(operation, index), operation.name);
    let methods: Vec<String> =
        setter(form, index).into_iter().chain([".send(client)", ".await?;"].map(str::to_owned)).collect();
    example(operation, index, &chained(&start, &values, &methods))
}

/// A call of the function that `start` ends in, and of methods of what it gives; over several lines if one is too
/// short.
fn chained(start: &str, values: &[String], methods: &[String]) -> String {
    let [call, chain] = [format!("{start}({})", values.join(", ")), methods.concat()];
    if call.len() + chain.len() <= WIDTH {
        return call + &chain;
    }
    let call = if call.len() <= WIDTH {
        call
    } else {
        let lines: String = values.iter().map(|value| format!("        {value},\n")).collect();
        format!("{start}(\n{lines}    )")
    };
    methods.iter().fold(call, |call, method| call + "\n    " + method)
}

/// What sets the body, where the function takes nothing of it.
fn setter(form: &BodyForm<'_>, index: &Index<'_>) -> Option<String> {
    let BodyForm::Single { body, properties, .. } = form else { return None };
    if !form.has_property_setters() {
        let whole = matches!(form, BodyForm::Single { required: false, .. });
        return whole
            .then(|| index.argument(&body.content[0].ty, "body", 0).map(|body| format!(".body({body})")))?;
    }
    if properties.iter().any(|(property, _)| property.presence == Presence::Required) {
        return None;
    }
    let mut settable = properties.iter().filter(|(property, _)| !property.read_only && !property.deprecated);
    settable.find_map(|(property, name)| {
        Some(format!(".{name}({})", index.argument(&property.ty, &property.field, 0)?))
    })
}

/// The lines of an example of the method that gives a stream of items.
pub(super) fn items(
    operation: &Operation,
    form: &BodyForm<'_>,
    index: &Index<'_>,
    method: &str,
) -> Vec<String> {
    let Some(call) = call(operation, form, index, &operation.name, &[]) else { return Vec::new() };
    let mut lines = format!("let mut items = {call}.{method}(client);");
    lines.push_str("\nwhile let Some(item) = items.try_next().await? {\n    println!(\"{item:?}\");\n}");
    example(operation, index, &lines)
}

/// The lines of an example of a modification.
pub(super) fn modification(
    operation: &Operation,
    form: &BodyForm<'_>,
    index: &Index<'_>,
    name: &str,
) -> Vec<String> {
    let BodyForm::Single { properties, .. } = form else { return Vec::new() };
    let set = properties.iter().find_map(|(property, _)| {
        let value = index.exact(&property.ty, &property.field, 0)?;
        let value = match property.presence {
            Presence::Required => value,
            Presence::Optional => format!("Some({value})"),
            Presence::Patch => format!("{}::runtime::Patch::Value({value})", index.krate),
        };
        Some(format!("body.{} = {value}", property.field))
    });
    let change = match set {
        Some(set) => format!("|body| {set}"),
        None => "|_| {}".to_owned(),
    };
    let parameters = BodyForm::None;
    let Some(call) = call(operation, &parameters, index, name, &[change]) else { return Vec::new() };
    let lines = format!(
        "let change = {call};\nlet planned = change.plan(client).await?;\nprintln!(\"{{planned}}\");\nplanned.send(client).await?;"
    );
    example(operation, index, &lines)
}

fn call(
    operation: &Operation,
    form: &BodyForm<'_>,
    index: &Index<'_>,
    name: &str,
    more: &[String],
) -> Option<String> {
    let mut values = values(operation, form, index)?;
    values.extend(more.iter().cloned());
    Some(format!("{}{name}({})", module(operation, index), values.join(", ")))
}

/// What the function that starts the operation is called with.
fn values(operation: &Operation, form: &BodyForm<'_>, index: &Index<'_>) -> Option<Vec<String>> {
    arguments(operation, form, index).into_iter().map(|argument| argument.value).collect()
}

/// The code as it would be laid out in a function's body.
fn laid_out(code: &str) -> String {
    if code.lines().all(|line| line.len() <= WIDTH) {
        return code.to_owned();
    }
    let Ok(file) = syn::parse_str::<syn::File>(&format!("async fn example() {{\n{code}\n}}")) else {
        return code.to_owned();
    };
    let text = prettyplease::unparse(&file);
    let lines = text.lines().skip(1).map(|line| line.strip_prefix("    ").unwrap_or(line));
    let mut lines: Vec<&str> = lines.collect();
    lines.pop();
    lines.join("\n")
}

/// The code as a doctest, with what it uses.
fn example(operation: &Operation, index: &Index<'_>, code: &str) -> Vec<String> {
    let krate = &index.krate;
    let mut lines = vec![
        "# Example".to_owned(),
        String::new(),
        "```no_run".to_owned(),
        "# #![allow(deprecated)]".to_owned(),
        "# #[cfg(feature = \"client\")]".to_owned(),
        format!("# async fn example(client: &{krate}::Client) -> Result<(), Box<dyn std::error::Error>> {{"),
    ];
    let mut used = Vec::new();
    if code.contains("models::") {
        used.push("models");
    }
    used.extend(operation.group.first().map(String::as_str));
    used.sort_unstable();
    match &used[..] {
        [] => {}
        [only] => lines.push(format!("use {krate}::{only};")),
        several => lines.push(format!("use {krate}::{{{}}};", several.join(", "))),
    }
    if !used.is_empty() {
        lines.push(String::new());
    }
    lines.extend(laid_out(code).lines().map(str::to_owned));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

impl Index<'_> {
    /// A value for an argument that is `impl Into` the type.
    fn argument(&self, ty: &TypeRef, name: &str, depth: usize) -> Option<String> {
        match self.behind_aliases(ty, 0) {
            TypeRef::String | TypeRef::Body | TypeRef::Json => Some(text(name)),
            TypeRef::Secret(inner) if *inner == TypeRef::String => Some(text("secret")),
            TypeRef::Float | TypeRef::Double => Some("1".to_owned()),
            TypeRef::Int64 => Some("1".to_owned()),
            ty => match formatted(&ty) {
                Some((_, value)) => Some(quoted(value)),
                None => self.exact(&ty, name, depth),
            },
        }
    }

    /// A value of exactly this type.
    fn exact(&self, ty: &TypeRef, name: &str, depth: usize) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        let krate = &self.krate;
        let inner = |ty: &TypeRef| self.exact(ty, name, depth + 1);
        Some(match self.behind_aliases(ty, 0) {
            TypeRef::Named(named) => return self.named(&named, name, depth),
            TypeRef::Boolean => "true".to_owned(),
            TypeRef::Int32 => "1".to_owned(),
            TypeRef::Int64 => "1_i64".to_owned(),
            TypeRef::UInt64 => "1_u64".to_owned(),
            TypeRef::Float | TypeRef::Double => format!("{krate}::runtime::Number::from(1)"),
            TypeRef::String => format!("{}.to_owned()", text(name)),
            ref ty @ (TypeRef::DateTime | TypeRef::Date | TypeRef::Uuid | TypeRef::Base64) => {
                let (name, value) = formatted(ty)?;
                format!("{krate}::runtime::{name}::from({})", quoted(value))
            }
            TypeRef::Bytes | TypeRef::Body => format!("{krate}::runtime::Body::from({})", text(name)),
            TypeRef::Secret(value) => format!("{krate}::runtime::Secret::new({})", inner(&value)?),
            TypeRef::Json => format!("{krate}::runtime::Json::from({})", text(name)),
            TypeRef::JsonObject => format!("{krate}::runtime::JsonObject::default()"),
            TypeRef::List(item) => format!("vec![{}]", inner(&item)?),
            TypeRef::Map(value) => {
                format!("std::collections::BTreeMap::from([(\"name\".to_owned(), {})])", inner(&value)?)
            }
            TypeRef::Tuple(items) => {
                let comma = if items.len() == 1 { "," } else { "" };
                let items: Option<Vec<String>> = items.iter().map(inner).collect();
                format!("({}{comma})", items?.join(", "))
            }
            TypeRef::Nullable(value) => format!("Some({})", inner(&value)?),
            TypeRef::Boxed(value) => format!("Box::new({})", inner(&value)?),
        })
    }

    fn named(&self, named: &str, name: &str, depth: usize) -> Option<String> {
        let path = format!("models::{named}");
        match self.kinds.get(named)? {
            TypeKind::Object(object) => self.object(object, &path, depth),
            TypeKind::Enum(Enum { values, base, unknown }) => Some(match (values.first(), base) {
                (Some(value), _) => format!("{path}::{}", value.variant),
                (None, EnumBase::Integer) => format!("{path}::{unknown}(1)"),
                (None, EnumBase::String) => format!("{path}::{unknown}({}.to_owned())", text(name)),
                (None, EnumBase::Json) => {
                    format!("{path}::{unknown}({}::runtime::Json::default())", self.krate)
                }
            }),
            TypeKind::Union(Union { variants, unknown, .. }) => match variants.first() {
                Some(variant) => {
                    let payload = self.exact(&variant.ty, name, depth + 1)?;
                    Some(format!("{path}::{}({payload})", variant.variant))
                }
                None => Some(format!("{path}::{unknown}({}::runtime::Json::default())", self.krate)),
            },
            TypeKind::Alias(_) => None,
        }
    }

    fn object(&self, object: &Object, path: &str, depth: usize) -> Option<String> {
        let required: Vec<&Property> =
            object.properties.iter().filter(|property| property.presence == Presence::Required).collect();
        if required.is_empty() {
            return Some(format!("{path}::default()"));
        }
        let values: Option<Vec<String>> =
            required.iter().map(|property| self.argument(&property.ty, &property.field, depth + 1)).collect();
        Some(format!("{path}::new({})", values?.join(", ")))
    }
}

/// A Rust name as a text.
fn text(name: &str) -> String {
    quoted(name.trim_start_matches("r#"))
}

/// The runtime's type of formatted text, and a value.
fn formatted(ty: &TypeRef) -> Option<(String, &'static str)> {
    let value = match ty {
        TypeRef::DateTime => "2026-01-31T12:00:00Z",
        TypeRef::Date => "2026-01-31",
        TypeRef::Uuid => "67e55044-10b1-426f-9247-bb680e5fe0c8",
        TypeRef::Base64 => "aGVsbG8=",
        _ => return None,
    };
    Some((types::rust(ty), value))
}
