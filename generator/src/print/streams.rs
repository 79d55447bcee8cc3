//! Responses as streams of items.

use super::code::Code;
use super::docs;
use super::examples;
use super::printer::{Page, quoted};
use crate::api::{EventData, Framing, Items, Presence, TypeRef};
use crate::rust::{Accepting, Builder, Crate, Holder, StreamMethod};

/// The longest line of a constant, in bytes, that isn't broken.
const WIDTH: usize = 95;

/// How the builder's own response is streamed, and the method that does it in whichever media type.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) {
    let Some(method) = &builder.stream else { return };
    let owner = builder.operation.type_name.as_str();
    let own = builder.outcome.items();
    if let Some(items) = own {
        page.block(&implementation(owner, items, &method.item));
    }
    let through = builder.accepting.iter().find(|accepting| accepting.outcome.items().is_some());
    let through = through.filter(|_| own.is_none()).map(|accepting| accepting.chooser.as_str());
    let example = examples::stream(builder, krate, &method.name);
    let note = flag_line(builder);
    let error = builder.outcome.error();
    page.block(&self::method(owner, method, error, note, example, |code| match through {
        Some(chooser) => code.line(&format!("client.stream_boxed(self.{chooser}())")),
        None => {
            let value = flagged(builder, true, code);
            code.line(&format!("client.stream_boxed({value})"));
        }
    }));
}

/// How the response in another media type is streamed.
pub(super) fn of_alternative(page: &mut Page, accepting: &Accepting<'_>) {
    let Some(method) = accepting.stream() else { return };
    let outcome = &accepting.outcome;
    page.block(&implementation(&outcome.owner, method.items, &method.item));
    page.block(&self::method(&outcome.owner, &method, outcome.error(), None, Vec::new(), |code| {
        code.line("client.stream_boxed(self)");
    }));
}

/// Sets the property of the body that asks for a stream, if the settings name one and it `is_wanted`. Gives the builder.
pub(super) fn flagged(builder: &Builder<'_>, is_wanted: bool, code: &mut Code) -> &'static str {
    let Some(flag) = builder.stream_flag.filter(|_| is_wanted) else { return "self" };
    code.line("let mut operation = self;");
    let value = match flag.presence {
        Presence::Required if !matches!(flag.ty, TypeRef::Nullable(_)) => "true",
        Presence::Required | Presence::Optional => "Some(true)",
        Presence::Patch => "crate::runtime::Patch::Value(true)",
    };
    let body = match builder.form.holder() {
        Holder::None => "operation.body",
        Holder::Option | Holder::Patch => "operation.body.get_or_insert_default()",
    };
    code.line(&format!("{body}.{} = {value};", flag.field));
    "operation"
}

/// What the body says about whether to stream.
fn flag_line(builder: &Builder<'_>) -> Option<String> {
    if let Some(flag) = builder.stream_flag {
        return Some(format!("Sets the property {} of the body.", docs::code(&flag.wire)));
    }
    let (property, setter) = builder.form.properties().iter().find(|(property, _)| {
        let ty = match &property.ty {
            TypeRef::Nullable(inner) => inner,
            ty => ty,
        };
        property.wire == "stream" && *ty == TypeRef::Boolean
    })?;
    let name = docs::code(&property.wire);
    let is_argument = property.presence == Presence::Required || !builder.form.has_property_setters();
    let how = if is_argument { String::new() } else { format!(" with `{setter}`") };
    Some(format!("If the server decides by the property {name} of the body whether to stream, set it{how}."))
}

fn implementation(owner: &str, items: &Items, item: &str) -> String {
    let mut code = Code::default();
    code.block(&format!("impl items::Streamed for {owner}"), |code| {
        code.line(&format!("type Item = {item};"));
        code.gap();
        let end = items.end.as_ref().map(|end| format!(".until({})", quoted(end))).unwrap_or_default();
        let (ty, format) = ("items::ItemFormat", format(&items.framing));
        let value = format!("{ty}::{format}{end};");
        let head = format!("const FORMAT: {ty} =");
        if head.len() + value.len() < WIDTH {
            return code.line(&format!("{head} {value}"));
        }
        code.line(&head);
        code.inside(|code| code.line(&value));
    });
    code.finish()
}

fn format(framing: &Framing) -> String {
    let data = match framing {
        Framing::Lines => return "LINES".to_owned(),
        Framing::Sequence => return "SEQUENCE".to_owned(),
        Framing::Events(EventData::Item) => "Item".to_owned(),
        Framing::Events(EventData::Text) => "Text".to_owned(),
        Framing::Events(EventData::Json) => "Json".to_owned(),
        Framing::Events(EventData::JsonExcept(names)) => {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            format!("JsonExcept(&[{}])", names.join(", "))
        }
    };
    format!("events(items::EventData::{data})")
}

/// The method that sends the request and streams the items.
fn method(
    owner: &str,
    method: &StreamMethod<'_>,
    error: &str,
    note: Option<String>,
    example: Vec<String>,
    body: impl FnOnce(&mut Code),
) -> String {
    let what = match (&method.items.framing, &method.items.ty) {
        (Framing::Events(_), None) => "events",
        _ => "items",
    };
    let first = format!("Sends the request and returns the {what} of the response, each as it arrives.");
    let mut lines = vec![first];
    lines.extend(note.into_iter().flat_map(|note| [String::new(), note]));
    lines = docs::with_example(lines, example);
    let errors = ["", "# Errors", "The request is invalid and wasn't sent, or the call failed."];
    lines.extend(errors.map(str::to_owned));
    let mut code = Code::default();
    code.line("#[cfg(feature = \"client\")]");
    code.block(&format!("impl {owner}"), |code| {
        docs::comment(&lines).lines().for_each(|line| code.line(line));
        let returned = format!("crate::runtime::StreamCall<'_, {}, {error}>", method.item);
        let head = format!("pub fn {}", method.name);
        let arguments = vec!["self".to_owned(), "client: &crate::Client".to_owned()];
        code.function(&head, arguments, &returned, body);
    });
    code.finish()
}
