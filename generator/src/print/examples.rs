//! Examples for the documentation: a call of each operation, compiled as a doctest and never run. Values are made from
//! types and Rust names alone, without any text of the document.

use super::example_layout::{WIDTH, laid_out};
use super::printer::quoted;
use crate::api::{
    Enum, EnumBase, FormatType, Ident, Library, Object, Operation, Presence, Property, TypeKind, TypeRef,
    Union,
};
use crate::rust::{
    BodyForm, Builder, Crate, Gathered, Passed, Setting, Subject, first_converting, payload, rust_name,
    rust_type,
};

/// The nesting beyond which a type has no example.
const DEPTH: usize = 12;

/// A value for an argument of an operation's function; `None` if its type is nested too deeply.
pub(super) fn value(builder: &Builder<'_>, argument: &Setting<'_>, krate: &Crate<'_>) -> Option<String> {
    match argument.subject {
        Subject::Parameter(parameter) => krate.argument(&parameter.ty, &argument.name, 0),
        Subject::Property(property) => krate.argument(&property.ty, &argument.name, 0),
        Subject::Body(contents) => krate.argument(contents.first()?.ty.behind_null(), "body", 0),
        Subject::BodyEnum(contents) => {
            let first = contents.first()?;
            // With files the variant holds a struct of the operation's own.
            let value = krate.exact(&first.ty, "body", 0).filter(|_| first.files.is_empty())?;
            let path = format!("{}{}::{}", module(builder.operation, krate), argument.ty, first.variant);
            Some(format!("{path}({value})"))
        }
        Subject::File(file) => {
            Some(if file.many { "vec![\"content\".into()]" } else { "\"content\"" }.to_owned())
        }
    }
}

/// The path of the operation's module, as a user of the crate writes it.
fn module(operation: &Operation, krate: &Crate<'_>) -> String {
    if operation.group.is_empty() {
        return format!("{}::", krate.rust_name());
    }
    operation.group.iter().map(|part| format!("{part}::")).collect()
}

/// The lines of an example of the operation; none if a value is nested too deeply.
pub(super) fn operation(builder: &Builder<'_>, krate: &Crate<'_>) -> Vec<String> {
    let sent = sent(builder, krate, "client");
    sent.map_or_else(Vec::new, |code| example(builder.operation, krate, &code))
}

/// The operation, sent by what `client` is; none if a value is nested too deeply.
pub(super) fn sent(builder: &Builder<'_>, krate: &Crate<'_>, client: &str) -> Option<String> {
    let values = values(builder, krate)?;
    let operation = builder.operation;
    let start = if builder.outcome.output == "()" { "" } else { "let output = " };
    let start = format!("{start}{}{}", module(operation, krate), operation.name);
    let sending = [format!(".send({client})"), ".await?;".to_owned()];
    let methods: Vec<String> = setter(builder, krate).into_iter().chain(sending).collect();
    Some(chained(&start, &values, &methods))
}

/// A call of the function that `start` ends in, and of methods on the result; on several lines if one is too short.
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

/// The setter of the body, if the function takes no part of it.
fn setter(builder: &Builder<'_>, krate: &Crate<'_>) -> Option<String> {
    let BodyForm::Single { body, .. } = &builder.form else { return None };
    if !builder.form.has_property_setters() {
        let whole = !body.required;
        return whole.then(|| {
            krate.argument(body.content[0].ty.behind_null(), "body", 0).map(|body| format!(".body({body})"))
        })?;
    }
    if builder.form.required().next().is_some() {
        return None;
    }
    let mut setters = builder.property_setters.iter().filter(|setter| !setter.property.deprecated);
    setters.find_map(|setter| {
        let property = setter.property;
        Some(format!(".{}({})", setter.name, krate.argument(&property.ty, &property.field, 0)?))
    })
}

/// The lines of an example of the method that returns a stream of items.
pub(super) fn items(builder: &Builder<'_>, krate: &Crate<'_>, method: &str) -> Vec<String> {
    let Some(values) = values(builder, krate) else { return Vec::new() };
    let operation = builder.operation;
    let call = call(operation, krate, &operation.name, &values);
    let mut lines = format!("let mut items = {call}.{method}(client);");
    lines.push_str("\nwhile let Some(item) = items.try_next().await? {\n    println!(\"{item:?}\");\n}");
    example(operation, krate, &lines)
}

/// The lines of an example of the method that streams the items of a response.
pub(super) fn stream(builder: &Builder<'_>, krate: &Crate<'_>, method: &str) -> Vec<String> {
    let Some(values) = values(builder, krate) else { return Vec::new() };
    let operation = builder.operation;
    let start = format!("let mut stream = {}{}", module(operation, krate), operation.name);
    let methods: Vec<String> = setter(builder, krate)
        .into_iter()
        .chain([format!(".{method}(client)"), ".await?;".to_owned()])
        .collect();
    let mut lines = chained(&start, &values, &methods);
    lines.push_str("\nwhile let Some(item) = stream.try_next().await? {\n    println!(\"{item:?}\");\n}");
    example(operation, krate, &lines)
}

/// The lines of an example of the method that polls.
pub(super) fn polling(builder: &Builder<'_>, krate: &Crate<'_>, method: &str) -> Vec<String> {
    let Some(values) = values(builder, krate) else { return Vec::new() };
    let operation = builder.operation;
    let call = call(operation, krate, &operation.name, &values);
    let lines = format!(
        "let mut work = {call}.{method}(client);\nlet result = work.wait(std::time::Duration::from_secs(600)).await?;\nprintln!(\"{{result:?}}\");"
    );
    example(operation, krate, &lines)
}

/// The lines of an example of a modification.
pub(super) fn modification(builder: &Builder<'_>, krate: &Crate<'_>, function: &str) -> Vec<String> {
    let set = builder.form.properties().iter().find_map(|(property, _)| {
        let value = krate.exact(&property.ty, &property.field, 0)?;
        let value = match property.presence {
            Presence::Required => value,
            Presence::Optional => format!("Some({value})"),
            Presence::Patch => format!("{}::runtime::Patch::Value({value})", krate.rust_name()),
        };
        Some(format!("body.{} = {value}", property.field))
    });
    let change = match set {
        Some(set) => format!("|body| {set}"),
        None => "|_| {}".to_owned(),
    };
    let parameters = builder.modification.iter().flat_map(|names| names.parameters(builder.operation));
    let values = parameters.map(|parameter| krate.argument(&parameter.ty, &parameter.field, 0));
    let values: Option<Vec<String>> = values.chain([Some(change)]).collect();
    let Some(values) = values else { return Vec::new() };
    let call = call(builder.operation, krate, function, &values);
    let lines = format!(
        "let change = {call};\nlet planned = change.plan(client).await?;\nprintln!(\"{{planned}}\");\nplanned.send(client).await?;"
    );
    example(builder.operation, krate, &lines)
}

fn call(operation: &Operation, krate: &Crate<'_>, name: &str, values: &[String]) -> String {
    format!("{}{name}({})", module(operation, krate), values.join(", "))
}

/// The arguments for the operation's function; `None` if a value is nested too deeply.
fn values(builder: &Builder<'_>, krate: &Crate<'_>) -> Option<Vec<String>> {
    builder.arguments.iter().map(|argument| value(builder, argument, krate)).collect()
}

/// The code as a doctest, with what it uses.
fn example(operation: &Operation, krate: &Crate<'_>, code: &str) -> Vec<String> {
    let part = krate.parts.as_ref().and_then(|parts| Some(parts.name(parts.of_operation(operation)?)));
    let krate = krate.rust_name();
    let mut lines = vec!["# Example".to_owned(), String::new(), "```no_run".to_owned()];
    // Callers see the crate that re-exports this one.
    lines.extend(part.map(|part| format!("# use {} as {krate};", rust_name(part))));
    lines.push(format!(
        "# #[cfg(feature = \"client\")] async fn example(client: &{krate}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    let used = used(operation, code);
    match &used[..] {
        [] => {}
        [only] => lines.push(format!("use {krate}::{only};")),
        several => lines.push(format!("use {krate}::{{{}}};", several.join(", "))),
    }
    if !used.is_empty() {
        lines.push(String::new());
    }
    lines.extend(laid_out(code).lines().map(str::to_owned));
    lines.extend(["# Ok(()) }", "```"].map(str::to_owned));
    lines
}

/// The modules of the crate that `code`, a call of the operation, uses.
pub(super) fn used<'a>(operation: &'a Operation, code: &str) -> Vec<&'a str> {
    let mut used: Vec<&str> = operation.group.first().map(Ident::as_str).into_iter().collect();
    if code.contains("models::") {
        used.push("models");
    }
    used.sort_unstable();
    used
}

impl Crate<'_> {
    /// A value for an argument that is `impl Into` the type, or takes its items.
    pub(super) fn argument(&self, ty: &TypeRef, name: &str, depth: usize) -> Option<String> {
        if let Passed::Items(gathered) = Passed::new(ty, &self.index) {
            return self.collection(ty, &gathered, name, depth);
        }
        match self.index.behind_aliases(ty) {
            TypeRef::String | TypeRef::Body | TypeRef::Json => Some(text(name)),
            TypeRef::Secret(inner) if *inner == TypeRef::String => Some(text("secret")),
            TypeRef::Float | TypeRef::Double => Some("1".to_owned()),
            TypeRef::Int64 => Some("1".to_owned()),
            TypeRef::Inferred(inner) => self.exact(&inner, name, depth),
            TypeRef::Named(named) => self.converted(&named, name, depth),
            ty => match formatted(&ty) {
                Some((_, value)) => Some(quoted(value)),
                None => self.exact(&ty, name, depth),
            },
        }
    }

    /// A value that converts into a type with a name: for a union, what its first alternative holds.
    fn converted(&self, named: &Ident, name: &str, depth: usize) -> Option<String> {
        if let Some(TypeKind::Union(union)) = self.index.kind(named)
            && let Some((first, is_text)) = first_converting(union, &self.index)
        {
            return if is_text { Some(text(name)) } else { self.exact(payload(first), name, depth + 1) };
        }
        self.named(named, name, depth)
    }

    /// An array of one item.
    fn collection(&self, ty: &TypeRef, gathered: &Gathered, name: &str, depth: usize) -> Option<String> {
        let (TypeRef::List(item) | TypeRef::Map(item)) = self.index.behind_aliases(ty) else { return None };
        let item = if gathered.converts {
            self.argument(&item, name, depth + 1)?
        } else {
            self.exact(&item, name, depth + 1)?
        };
        Some(if gathered.is_map { format!("[(\"name\", {item})]") } else { format!("[{item}]") })
    }

    /// A value of exactly this type.
    pub(super) fn exact(&self, ty: &TypeRef, name: &str, depth: usize) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        let krate = self.rust_name();
        let inner = |ty: &TypeRef| self.exact(ty, name, depth + 1);
        Some(match self.index.behind_aliases(ty) {
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
            TypeRef::Own(_) => return None,
            TypeRef::Formatted(formatted) => match formatted.given {
                FormatType::Own(_) => return None,
                FormatType::Quoted("Number") => {
                    format!("{krate}::runtime::Quoted::from({krate}::runtime::Number::from(1))")
                }
                FormatType::Quoted(number) => format!("{krate}::runtime::Quoted::from(1_{number})"),
                FormatType::Text { path: "Vec<u8>", .. } => "b\"hello\".to_vec()".to_owned(),
                // Its types have no `FromStr`.
                FormatType::Text { library: Library::Time, .. } => return None,
                FormatType::Text { path: "::jiff::SpanFieldwise", sample, .. } => {
                    format!("{}.parse::<::jiff::Span>()?.fieldwise()", quoted(sample))
                }
                FormatType::Text { path, sample, .. } => format!("{}.parse::<{path}>()?", quoted(sample)),
            },
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
            TypeRef::Inferred(value) => format!("{krate}::runtime::Inferred::from({})", inner(&value)?),
            TypeRef::Boxed(value) => format!("Box::new({})", inner(&value)?),
        })
    }

    fn named(&self, named: &Ident, name: &str, depth: usize) -> Option<String> {
        let path = format!("models::{named}");
        match self.index.kind(named)? {
            TypeKind::Object(object) => self.object(object, &path, depth),
            TypeKind::Enum(Enum { values, base, unknown }) => Some(match (values.first(), base) {
                (Some(value), _) => format!("{path}::{}", value.variant),
                (None, EnumBase::Integer) => format!("{path}::{unknown}(1)"),
                (None, EnumBase::String) => format!("{path}::{unknown}({}.to_owned())", text(name)),
                (None, EnumBase::Json) => {
                    format!("{path}::{unknown}({}::runtime::Json::default())", self.rust_name())
                }
            }),
            TypeKind::Union(Union { variants, unknown, .. }) => match variants.first() {
                Some(variant) => {
                    let payload = self.exact(&variant.ty, name, depth + 1)?;
                    Some(format!("{path}::{}({payload})", variant.variant))
                }
                None => Some(format!("{path}::{unknown}({}::runtime::Json::default())", self.rust_name())),
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
        let asked = required.iter().filter(|property| property.tag.is_none());
        let values: Option<Vec<String>> =
            asked.map(|property| self.argument(&property.ty, &property.field, depth + 1)).collect();
        Some(format!("{path}::new({})", values?.join(", ")))
    }
}

/// A Rust name as a string literal.
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
    Some((rust_type(ty), value))
}
