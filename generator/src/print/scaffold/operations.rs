//! `tests/operations.rs`: each operation, called with the document's examples, against the mock.

use std::collections::HashSet;

use foldhash::{HashMap, HashMapExt};
use serde_json::Value;

use super::super::examples;
use super::super::printer::quoted;
use super::layout::{Test, answering};
use super::samples::Samples;
use super::{Scaffold, file};
use crate::api::{Ident, Location, ResponseEncoding, Status, TypeKind, TypeRef};
use crate::diagnostics::Place;
use crate::rust::{BodyForm, Builder, Crate, Setting, Subject, rust_type};
use crate::source::Examples;
use crate::source::document::{self, Document};

/// What the tests depend on.
const FOR_TESTS: &str = "serde_json = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";

/// The names that the file has beside its tests.
const RESERVED: [&str; 3] = ["client", "json", "raw"];

pub(super) fn add(krate: &Crate<'_>, document: &Document, examples: &Examples, scaffold: &mut Scaffold) {
    let mut by_place = HashMap::new();
    by_place.extend(document.operations.iter().map(|operation| (&operation.place, operation)));
    let tests = Tests { samples: Samples::new(krate, examples), by_place };
    let mut names: HashSet<String> = RESERVED.map(str::to_owned).into();
    let mut text = String::new();
    for builder in &krate.builders {
        let name = name_of(builder, &mut names);
        match tests.test(builder, &name) {
            Some(test) => {
                text.push_str(&test.text);
                let files = test.files.into_iter().map(|(name, text)| file(&format!("tests/{name}"), text));
                scaffold.files.extend(files);
            }
            None => scaffold.untested.push(builder.operation.id.clone()),
        }
    }
    if text.is_empty() {
        return;
    }
    scaffold.files.push(file("tests/operations.rs", start(krate, &text) + &text));
    scaffold.manifest = FOR_TESTS.to_owned();
}

/// What the file has before its tests, `tests`.
fn start(krate: &Crate<'_>, tests: &str) -> String {
    let name = krate.rust_name();
    let answers: String = ["json", "raw"]
        .iter()
        .filter(|answer| tests.contains(&format!("({answer}(")))
        .map(|answer| format!(", {answer}"))
        .collect();
    let mock = if answers.is_empty() { "Mock".to_owned() } else { format!("{{Mock{answers}}}") };
    // In the order that `rustfmt` gives them.
    let uses = if tests.contains("models::") {
        format!("use {name}::runtime::mock::{mock};\nuse {name}::{{Client, models}};")
    } else {
        format!("use {name}::Client;\nuse {name}::runtime::mock::{mock};")
    };
    format!(
        "//! Calls each operation with the document's examples, or with values made up from its types where it has none.\n\
         #![cfg(feature = \"test-util\")]\n\
         #![allow(deprecated)]\n\n\
         use std::error::Error;\n\n\
         {uses}\n\n\
         /// A mock of the service, and a client that calls it. Made-up values can break the document's constraints, so the client\n\
         /// doesn't check them.\n\
         fn client() -> Result<(Mock, Client), Box<dyn Error>> {{\n    \
             let mock = Mock::new();\n    \
             let client = mock.builder().validate(false).build()?;\n    \
             Ok((mock, client))\n\
         }}\n"
    )
}

/// The name of the operation's test: its path as one word.
fn name_of(builder: &Builder<'_>, names: &mut HashSet<String>) -> String {
    let operation = builder.operation;
    let name = match &operation.group[..] {
        [] => operation.name.to_string(),
        group => {
            let parts = group.iter().chain([&operation.name]).map(Ident::bare);
            parts.collect::<Vec<_>>().join("_")
        }
    };
    let numbered = (2..).map(|number| format!("{}_{number}", name.trim_start_matches("r#")));
    let mut wanted = std::iter::once(name.clone()).chain(numbered);
    wanted.find(|name| names.insert(name.clone())).unwrap_or(name)
}

struct Tests<'a> {
    samples: Samples<'a>,
    by_place: HashMap<&'a Place, &'a document::Operation>,
}

/// The response that the mock gives, and what it is read as.
enum Answer {
    /// No content.
    Nothing,
    /// JSON.
    Json(Value),
    /// Anything else.
    Raw(String),
}

impl Tests<'_> {
    /// The operation's test; none if a value can't be made up.
    fn test(&self, builder: &Builder<'_>, name: &str) -> Option<Test> {
        let krate = self.samples.krate;
        let mut code = Test::default();
        let body = self.body(builder);
        let call = self.call(builder, body.is_some())?;
        let (status, answer) = self.answer(builder)?;
        let mut lines = Vec::new();
        if let Some((ty, value)) = &body {
            code.constant("BODY", value, &format!("{name}_body"));
            lines.push(format!("let body: {ty} = serde_json::from_str(BODY)?;"));
        }
        lines.push(format!("let request = {call};"));
        lines.extend(self.whole_body(builder, body.is_some()));
        lines.push("let (mock, client) = client()?;".to_owned());
        let answered = match &answer {
            Answer::Nothing => format!("raw({status}, \"\")"),
            Answer::Raw(text) => format!("raw({status}, {})", quoted(text)),
            Answer::Json(value) => {
                code.constant("RESPONSE", value, &format!("{name}_response"));
                lines.push("let expected: serde_json::Value = serde_json::from_str(RESPONSE)?;".to_owned());
                format!("json({status}, &expected)")
            }
        };
        lines.extend(answering(&answered));
        lines.extend(received(builder, &answer, krate));
        lines.push("mock.verify()?;".to_owned());
        lines.push("Ok(())".to_owned());
        Some(code.finish(builder, name, &lines, krate))
    }

    /// The operation in the document.
    fn declared(&self, builder: &Builder<'_>) -> Option<&document::Operation> {
        self.by_place.get(&builder.operation.place).copied()
    }

    /// The type and the value of the body, if it is one that JSON can say.
    fn body(&self, builder: &Builder<'_>) -> Option<(String, Value)> {
        let content = builder.operation.body.as_ref()?.content.first()?;
        let is_value = match &builder.form {
            BodyForm::None => false,
            BodyForm::Single { .. } => true,
            BodyForm::Several { body, .. } => body.required && content.files.is_empty(),
        };
        if !is_value {
            return None;
        }
        let declared = self.declared(builder).and_then(|operation| operation.request_body.as_ref());
        let contents = declared.map(|body| &body.content[..]).unwrap_or_default();
        let place = contents.iter().find(|declared| declared.name == content.media_type);
        // Null is sent by a method of its own.
        let ty = match &builder.form {
            BodyForm::Single { .. } => content.ty.behind_null(),
            _ => &content.ty,
        };
        let value = self.samples.value(ty, place.map(|media_type| &media_type.place), "body")?;
        Some((self.path(ty)?, value))
    }

    /// The call of the operation's function. If there is a `body`, arguments come from it.
    fn call(&self, builder: &Builder<'_>, has_body: bool) -> Option<String> {
        let krate = self.samples.krate;
        let value = |argument: &Setting<'_>| match argument.subject {
            // A segment of the path can't be empty.
            Subject::Parameter(parameter)
                if parameter.location == Location::Path && self.samples.may_be_empty(&parameter.ty) =>
            {
                None
            }
            Subject::Parameter(parameter) => self
                .samples
                .of_parameter(parameter)
                .and_then(|example| self.literal(example, &parameter.ty))
                .or_else(|| examples::value(builder, argument, krate)),
            Subject::Property(property) if has_body => Some(format!("body.{}.clone()", property.field)),
            Subject::Body(_) if has_body => Some("body".to_owned()),
            Subject::BodyEnum(contents) if has_body => {
                let path = builder.path(&argument.ty);
                Some(format!("{}::{path}::{}(body)", krate.rust_name(), contents.first()?.variant))
            }
            Subject::BodyEnum(_) => {
                let value = examples::value(builder, argument, krate)?;
                match builder.operation.group.is_empty() {
                    true => Some(value),
                    false => Some(format!("{}::{value}", krate.rust_name())),
                }
            }
            _ => examples::value(builder, argument, krate),
        };
        let values: Option<Vec<String>> = builder.arguments.iter().map(value).collect();
        let function = builder.path(&builder.operation.name);
        Some(format!("{}::{function}({})", krate.rust_name(), values?.join(", ")))
    }

    /// The statement that sets the whole body, if the function doesn't take it.
    fn whole_body(&self, builder: &Builder<'_>, has_body: bool) -> Option<String> {
        let is_taken = builder
            .arguments
            .iter()
            .any(|argument| matches!(argument.subject, Subject::Body(_) | Subject::BodyEnum(_)));
        (has_body && !is_taken).then(|| "let request = request.body(body);".to_owned())
    }

    /// The response of the first success, in the media type that is asked for.
    fn answer(&self, builder: &Builder<'_>) -> Option<(u16, Answer)> {
        let Some(success) = builder.outcome.successes.first() else { return Some((200, Answer::Nothing)) };
        let status = match success.response.status {
            Status::Code(code) => code,
            Status::Range(digit) => u16::from(digit) * 100,
            Status::Default => 200,
        };
        let Some(content) = success.content else { return Some((status, Answer::Nothing)) };
        let responses = self.declared(builder).map(|operation| &operation.responses[..]).unwrap_or_default();
        let declared = responses.iter().find(|response| response.place == success.response.place);
        let declared =
            declared.and_then(|response| response.content.iter().find(|one| one.name == content.media_type));
        let place = declared.map(|media_type| &media_type.place);
        let answer = match content.encoding {
            ResponseEncoding::Json | ResponseEncoding::JsonOrText => {
                Answer::Json(self.samples.value(&content.ty, place, "output")?)
            }
            ResponseEncoding::Text => {
                let example = place.and_then(|place| self.samples.examples.at(place)?.as_str());
                Answer::Raw(example.unwrap_or("text").to_owned())
            }
            // Examples are JSON.
            ResponseEncoding::Xml => return None,
            ResponseEncoding::Items => Answer::Raw(String::new()),
            ResponseEncoding::Bytes => Answer::Raw("content".to_owned()),
        };
        Some((status, answer))
    }

    /// An example of a parameter as an argument that is `impl Into` the type; none if it takes more than a literal.
    fn literal(&self, example: &Value, ty: &TypeRef) -> Option<String> {
        let krate = self.samples.krate;
        match krate.index.behind_aliases(ty) {
            TypeRef::Boolean | TypeRef::Int32 | TypeRef::Int64 => Some(example.to_string()),
            TypeRef::UInt64 => Some(format!("{example}_u64")),
            TypeRef::Float | TypeRef::Double => example
                .as_i64()
                .and_then(|number| i32::try_from(number).ok())
                .map(|number| number.to_string()),
            TypeRef::String | TypeRef::DateTime | TypeRef::Date | TypeRef::Uuid | TypeRef::Base64 => {
                example.as_str().map(quoted)
            }
            TypeRef::Secret(inner) if *inner == TypeRef::String => example.as_str().map(quoted),
            TypeRef::Named(name) => match krate.index.kind(&name)? {
                TypeKind::Enum(listed) => {
                    let value = listed.values.iter().find(|value| value.value == *example)?;
                    Some(format!("models::{name}::{}", value.variant))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The type as a test writes it; none if it can't.
    fn path(&self, ty: &TypeRef) -> Option<String> {
        let inner = |ty: &TypeRef| self.path(ty);
        let runtime = || format!("{}::runtime", self.samples.krate.rust_name());
        Some(match ty {
            TypeRef::Named(name) => format!("models::{name}"),
            TypeRef::Boolean | TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64 | TypeRef::String => {
                rust_type(ty)
            }
            TypeRef::List(item) => format!("Vec<{}>", inner(item)?),
            TypeRef::Map(value) => format!("std::collections::BTreeMap<String, {}>", inner(value)?),
            TypeRef::Nullable(value) => format!("Option<{}>", inner(value)?),
            TypeRef::Boxed(value) => format!("Box<{}>", inner(value)?),
            TypeRef::Secret(value) => format!("{}::Secret<{}>", runtime(), inner(value)?),
            TypeRef::Inferred(value) => format!("{}::Inferred<{}>", runtime(), inner(value)?),
            TypeRef::Tuple(items) => {
                let items: Option<Vec<String>> = items.iter().map(inner).collect();
                format!("({},)", items?.join(", "))
            }
            TypeRef::Body | TypeRef::Bytes | TypeRef::Own(_) => return None,
            other => format!("{}::{}", runtime(), rust_type(other)),
        })
    }
}

/// The statements that send the request and look at what comes back.
fn received(builder: &Builder<'_>, answer: &Answer, krate: &Crate<'_>) -> Vec<String> {
    let outcome = &builder.outcome;
    let variant = outcome.successes.first().filter(|_| outcome.has_output_enum).map(|success| {
        let path = builder.path(&outcome.output);
        format!("{}::{path}::{}", krate.rust_name(), success.response.status.name())
    });
    let sent = "let output = request.send(&client).await?;".to_owned();
    let mut lines = match (&variant, answer) {
        (None, Answer::Nothing) => vec!["request.send(&client).await?;".to_owned()],
        (Some(variant), Answer::Nothing) => vec![sent, format!("assert_eq!(output, {variant});")],
        (Some(variant), _) => vec![
            sent,
            format!("let {variant}(output) = output else {{"),
            "    panic!(\"another success: {output:?}\");".to_owned(),
            "};".to_owned(),
        ],
        (None, _) => vec![sent],
    };
    match answer {
        Answer::Json(_) => lines.push("assert_eq!(serde_json::to_value(&output)?, expected);".to_owned()),
        Answer::Raw(text) => lines.push(format!("assert_eq!(output, {});", quoted(text))),
        Answer::Nothing => {}
    }
    lines
}
