//! Events: an enum of those that arrive at one place, what decodes them, and their headers.

use super::code::Code;
use super::declarations::Declaration;
use super::docs;
use super::printer::{Page, gate, quoted};
use super::xml::Roots;
use crate::api::{
    Api, ByPayload, Event, Events, Hmac, PayloadEncoding, Signature, SignatureEncoding, SignatureHash,
    SignatureTimestamp,
};
use crate::rust::{Crate, EventModule, SIGNATURES, rust_type, status_word};

/// `src/webhooks.rs` or `src/callbacks.rs`
pub(super) fn page(module: &EventModule<'_>, krate: &Crate<'_>) -> Page {
    let mut page = Page::new(format!("src/{}.rs", module.module.bare()));
    if module.is_webhooks {
        signature(&mut page, krate.api);
    }
    let roots = Roots::of_events(&module.events, &krate.index);
    roots.page(&mut page);
    for events in &module.events {
        enumeration(&mut page, events);
        page.block(&functions(events, &roots));
        headers(&mut page, events);
    }
    page
}

/// What verifies that an event comes from the service.
fn signature(page: &mut Page, api: &Api) {
    let gate = gate([SIGNATURES]);
    page.block(&format!(
        "{gate}pub use crate::runtime::webhooks::{{InvalidSecret, SignatureError, Verifier}};"
    ));
    let Some(signature) = &api.facts.signature else { return };
    let made = match signature {
        Signature::Standard => "Verifier::standard(secret)",
        Signature::Hmac(hmac) => {
            page.block(&format!(
                "/// How the service signs events.\n{gate}static SIGNATURE: crate::runtime::webhooks::HmacSignature =\n    \
                 crate::runtime::webhooks::{};",
                declared(hmac)
            ));
            "Verifier::hmac(&SIGNATURE, secret)"
        }
    };
    page.block(&format!(
        "/// Verifies that events come from someone who knows `secret`. Verify the bytes of the body before they are decoded.\n\
         ///\n/// # Errors\n/// The secret is empty, or isn't base64 where it must be.\n\
         {gate}pub fn verifier(secret: &str) -> Result<Verifier, InvalidSecret> {{\n    {made}\n}}"
    ));
}

/// The signature, as the runtime is told of it.
fn declared(hmac: &Hmac) -> String {
    let mut text = format!("HmacSignature::new({})", quoted(&hmac.header));
    let mut more = |call: String| text.push_str(&format!("\n        .{call}"));
    if !hmac.prefix.is_empty() {
        more(format!("prefix({})", quoted(&hmac.prefix)));
    }
    if hmac.encoding == SignatureEncoding::Base64 {
        more("base64()".to_owned());
    }
    match hmac.hash {
        SignatureHash::Sha1 => more("sha1()".to_owned()),
        SignatureHash::Sha256 => {}
        SignatureHash::Sha512 => more("sha512()".to_owned()),
    }
    if hmac.content != "{body}" {
        more(format!("content({})", quoted(&hmac.content)));
    }
    match &hmac.timestamp {
        SignatureTimestamp::None => {}
        SignatureTimestamp::Header(name) => more(format!("timestamp_header({})", quoted(name))),
        SignatureTimestamp::Fields(timestamp, signature) => {
            more(format!("fields({}, {})", quoted(timestamp), quoted(signature)));
        }
    }
    text
}

fn enumeration(page: &mut Page, events: &Events) {
    let mut lines = Vec::new();
    if events.are_webhooks() {
        lines.push("An event that the service sends to its webhooks.".to_owned());
    } else {
        let asked_by: Vec<String> = events.asked_by.iter().map(|id| docs::code(id)).collect();
        lines.push(format!(
            "The callback {} of {}.",
            docs::code(&events.name),
            docs::series(asked_by.into_iter(), "and")
        ));
    }
    let attributes = ["#[derive(Clone, Debug, PartialEq)]", "#[non_exhaustive]"];
    let mut variants = Declaration::new(&lines, &attributes, &format!("pub enum {}", events.type_name));
    for event in &events.events {
        let payload = event.payload.as_ref().map(|payload| format!("({})", rust_type(&payload.ty)));
        let variant = format!("{}{}", event.variant, payload.unwrap_or_default());
        variants.member(&self::lines(event, events), event.deprecated, &variant);
    }
    let unknown =
        "An event that isn't recognised, or whose payload doesn't fit its type; preserved unchanged.";
    variants.member(&[unknown.to_owned()], false, &format!("{}(Json)", events.unknown));
    page.block(&variants.finish());
}

/// The documentation of an event.
fn lines(event: &Event, events: &Events) -> Vec<String> {
    let mut more = Vec::new();
    if events.are_webhooks() && !event.name.is_empty() {
        more.push(format!("The sender calls it {}.", docs::code(&event.name)));
    }
    for address in &event.addresses {
        let (method, expression) = address.split_once(' ').unwrap_or(("", address));
        more.push(format!("A {} to {}.", docs::code(method), docs::code(expression)));
    }
    let answers: Vec<String> = event.answers.iter().map(answer).collect();
    if !answers.is_empty() {
        more.push(format!("Answers:\n{}", answers.join("\n")));
    }
    docs::lines(&event.docs, &more)
}

/// What the receiver can answer, in a line.
fn answer(answer: &crate::api::Answer) -> String {
    let ty = answer.ty.as_ref().and_then(|ty| ty.named()).map(|name| format!("[`{name}`]"));
    let content = answer.media_type.as_deref().map(docs::code);
    let with = match (ty, content) {
        (Some(ty), Some(content)) => format!(" with {ty} in {content}"),
        (None, Some(content)) => format!(" with {content}"),
        _ => String::new(),
    };
    let headers: Vec<String> = answer.headers.iter().map(|name| docs::code(name)).collect();
    let headers = match &headers[..] {
        [] => String::new(),
        headers => format!(", headers {}", docs::series(headers.iter().cloned(), "and")),
    };
    let said = answer.docs.summary.split_whitespace().collect::<Vec<_>>().join(" ");
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- `{}`{with}{headers}{colon}{said}", status_word(answer.status))
}

/// The functions of the enum.
fn functions(events: &Events, roots: &Roots<'_>) -> String {
    const RESULT: &str = "Result<Self, crate::runtime::DecodeError>";
    let unknown = format!("incoming::unknown(body, Self::{})", events.unknown);
    let mut code = Code::default();
    code.block(&format!("impl {}", events.type_name), |code| {
        code.line("/// What the sender calls the events that the document declares.");
        // Each has a line, so that another one changes none.
        code.line("pub const NAMES: &'static [&'static str] = &[");
        code.inside(|code| {
            events.events.iter().for_each(|event| code.line(&format!("{},", quoted(&event.name))))
        });
        code.line("];");
        code.gap();
        code.line("/// What the sender calls the event; `None` if the document doesn't declare it.");
        code.block("pub fn name(&self) -> Option<&'static str>", |code| {
            code.block("match self", |code| {
                for event in &events.events {
                    let payload = if event.payload.is_some() { "(_)" } else { "" };
                    code.line(&format!("Self::{}{payload} => Some({}),", event.variant, quoted(&event.name)));
                }
                code.line(&format!("Self::{}(_) => None,", events.unknown));
            });
        });
        if events.are_named() {
            code.gap();
            code.line("/// Decodes the body of the event that the sender calls `name`.");
            if let ByPayload::Property(property) = &events.by_payload {
                code.line(&format!(
                    "/// The value of the payload's property {} will do, too.",
                    docs::code(property)
                ));
            }
            errors(code, events);
            let parameters = vec!["name: &str".to_owned(), "body: &[u8]".to_owned()];
            code.function("pub fn parse", parameters, RESULT, |code| {
                code.block("match name", |code| {
                    for event in &events.events {
                        let names: Vec<String> = names(event, events).map(quoted).collect();
                        code.line(&format!("{} => {},", names.join(" | "), decoded(event, events, roots)));
                    }
                    code.line(&format!("_ => {unknown},"));
                });
            });
        }
        by_payload(code, events, roots, RESULT);
        if let Some(header) = &events.header {
            code.gap();
            code.line(&format!(
                "/// Decodes the body of the event that the header {} names.",
                docs::code(header)
            ));
            code.line("///");
            code.line("/// # Errors");
            code.line("/// The header is missing, or the body isn't JSON where it must be.");
            let parameters = vec!["headers: &http::HeaderMap".to_owned(), "body: &[u8]".to_owned()];
            code.function("pub fn receive", parameters, RESULT, |code| {
                code.line(&format!("Self::parse(incoming::name(headers, {})?, body)", quoted(header)));
            });
        }
    });
    code.finish()
}

/// What the sender can call the event: its name, and what its payload says, unless that is another's name.
fn names<'e>(event: &'e Event, events: &'e Events) -> impl Iterator<Item = &'e str> {
    let is_free = |tag: &&str| !events.events.iter().any(|other| other.name == **tag);
    std::iter::once(event.name.as_str()).chain(event.tags.iter().map(String::as_str).filter(is_free))
}

fn errors(code: &mut Code, events: &Events) {
    let is_xml = |event: &Event| event.payload.as_ref().is_some_and(|payload| payload.xml.is_some());
    code.line("///");
    code.line("/// # Errors");
    code.line(match events.events.iter().any(is_xml) {
        true => "/// The body isn't JSON where it must be, or isn't XML of the type that it must be.",
        false => "/// The body isn't JSON where it must be.",
    });
}

/// The function that recognises an event by its payload.
fn by_payload(code: &mut Code, events: &Events, roots: &Roots<'_>, result: &str) {
    let said = match &events.by_payload {
        ByPayload::No => return,
        ByPayload::Only => "/// Decodes the body of an event.".to_owned(),
        ByPayload::Property(property) => {
            format!("/// Decodes the body of the event that its property {} names.", docs::code(property))
        }
    };
    code.gap();
    code.line(&said);
    errors(code, events);
    code.function("pub fn from_body", vec!["body: &[u8]".to_owned()], result, |code| {
        match &events.by_payload {
            ByPayload::Property(property) => {
                let head = format!("match incoming::property(body, {}).as_deref()", quoted(property));
                code.block(&head, |code| {
                    for event in events.events.iter().filter(|event| !event.tags.is_empty()) {
                        let tags: Vec<String> = event.tags.iter().map(|tag| quoted(tag)).collect();
                        code.line(&format!(
                            "Some({}) => {},",
                            tags.join(" | "),
                            decoded(event, events, roots)
                        ));
                    }
                    code.line(&format!("_ => incoming::unknown(body, Self::{}),", events.unknown));
                });
            }
            _ => events.events.iter().take(1).for_each(|event| code.line(&decoded(event, events, roots))),
        }
    });
}

/// The expression that decodes an event.
fn decoded(event: &Event, events: &Events, roots: &Roots<'_>) -> String {
    let variant = &event.variant;
    if let Some(payload) = &event.payload
        && let Some(root) = &payload.xml
    {
        return format!("incoming::xml(body, {}, Self::{variant})", roots.name(&payload.ty, root));
    }
    match event.payload.as_ref().map(|payload| payload.encoding) {
        None => format!("Ok(Self::{variant})"),
        Some(PayloadEncoding::Json | PayloadEncoding::Xml) => {
            format!("incoming::json(body, Self::{variant}, Self::{})", events.unknown)
        }
        Some(PayloadEncoding::Text) => format!("incoming::text(body, Self::{variant})"),
        Some(PayloadEncoding::Bytes) => format!("Ok(incoming::bytes(body, Self::{variant}))"),
    }
}

/// The headers, as a struct.
fn headers(page: &mut Page, events: &Events) {
    if events.headers.is_empty() {
        return;
    }
    let fields = events.headers.iter().map(|header| (header, header.ty.clone()));
    let name = format!("{}Headers", events.type_name);
    let docs = format!("The headers that the document declares for each [`{}`].", events.type_name);
    super::headers::structure(page, &name, docs, &fields.collect::<Vec<_>>());
}
