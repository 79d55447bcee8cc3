//! What comes back from an operation, in the media type that is asked for by default and in the others.

use super::names::{Case, Scope, snake, unique};
use super::types;
use crate::api::{Alternative, Ident, Items, Operation, Response, ResponseContent};

/// What a success returns.
#[derive(Clone, Copy, Debug)]
pub struct Success<'a> {
    /// What it is made from.
    pub response: &'a Response,
    /// Its content in the media type that is asked for.
    pub content: Option<&'a ResponseContent>,
}

/// What comes back from an operation that asks for certain media types.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The type that sends the request.
    pub owner: String,
    /// The successes.
    pub successes: Vec<Success<'a>>,
    /// The failures.
    pub failures: &'a [Response],
    /// The type of its output.
    pub output: String,
    /// Whether the output is an enum of its own, with a variant for each success.
    pub has_output_enum: bool,
    /// The type of its declared failures; `None` if there are none.
    pub error: Option<String>,
}

/// An operation that asks for a media type beside the preferred one: a type that holds the builder.
#[derive(Clone, Debug)]
pub struct Accepting<'a> {
    /// What it is made from.
    pub alternative: &'a Alternative,
    /// The builder's method that gives it.
    pub chooser: Ident,
    /// What comes back.
    pub outcome: Outcome<'a>,
}

/// The method that returns a response's items while they arrive.
#[derive(Clone, Debug)]
pub struct StreamMethod<'a> {
    /// What is streamed.
    pub items: &'a Items,
    /// The method.
    pub name: Ident,
    /// The type of an item.
    pub item: String,
}

impl Success<'_> {
    /// Its type.
    pub fn ty(&self) -> String {
        self.content.map_or_else(|| "()".to_owned(), |content| types::rust(&content.ty))
    }
}

impl<'a> Outcome<'a> {
    /// What comes back in the preferred media types.
    pub(super) fn preferred(operation: &'a Operation) -> Self {
        Self::new(operation, operation.type_name.to_string(), |response| response.content.as_ref())
    }

    fn new(
        operation: &'a Operation,
        owner: String,
        content: impl Fn(&'a Response) -> Option<&'a ResponseContent>,
    ) -> Self {
        let success = |response| Success { response, content: content(response) };
        let successes: Vec<Success<'a>> = operation.successes.iter().map(success).collect();
        let has_output_enum = successes.windows(2).any(|pair| pair[0].ty() != pair[1].ty());
        let output = match successes.first() {
            _ if has_output_enum => format!("{owner}Output"),
            Some(first) => first.ty(),
            None => "()".to_owned(),
        };
        let error = (!operation.failures.is_empty()).then(|| format!("{}Error", operation.type_name));
        Self { owner, successes, failures: &operation.failures, output, has_output_enum, error }
    }

    /// The items that come back, if a success is a sequence.
    pub fn items(&self) -> Option<&'a Items> {
        self.successes.iter().find_map(|success| success.content?.items.as_ref())
    }

    /// The type of declared failures.
    pub fn error(&self) -> &str {
        self.error.as_deref().unwrap_or("std::convert::Infallible")
    }
}

impl<'a> Accepting<'a> {
    /// The operation in each of the other media types; `methods` are those of its builder.
    pub(super) fn all(operation: &'a Operation, methods: &mut Scope) -> Vec<Self> {
        let accepting = |alternative: &'a Alternative| {
            let word = snake(&alternative.word);
            let wanted = ["accept", "as", "send_as"].map(|start| format!("{start}_{word}"));
            let owner = format!("{}{}", operation.type_name, alternative.word);
            Self {
                alternative,
                chooser: methods.take(&wanted, Case::Snake, &alternative.media_type),
                outcome: Outcome::new(operation, owner, |response| response.content_as(alternative)),
            }
        };
        operation.alternatives.iter().map(accepting).collect()
    }

    /// The method that streams its items, if it has any.
    pub fn stream(&self) -> Option<StreamMethod<'a>> {
        self.outcome.items().map(StreamMethod::new)
    }
}

impl<'a> StreamMethod<'a> {
    pub(super) fn new(items: &'a Items) -> Self {
        let item = items.ty.as_ref().map_or_else(|| "crate::runtime::Event".to_owned(), types::rust);
        Self { items, name: unique("stream"), item }
    }
}

/// The items that an operation streams in any of its media types, the preferred one first.
pub(super) fn streamed(operation: &Operation) -> Option<&Items> {
    let contents = operation.successes.iter().filter_map(|response| response.content.as_ref());
    let alternatives = operation.successes.iter().flat_map(|response| &response.alternatives);
    contents.chain(alternatives).find_map(|content| content.items.as_ref())
}
