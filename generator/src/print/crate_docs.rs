//! The guided tour on the crate's page: what users meet, in the order they meet it, with the document's own operations
//! as examples.

use super::{docs, examples, manifest};
use crate::api::Api;
use crate::rust::{Builder, Crate, EventModule, RuntimeSource, SIGNATURES};

/// The operations that the crate's page shows: a call, a paginated list and a partial update, where the document has
/// them. The choice depends as little as possible on an operation's parameters and body, so that a change to one
/// operation doesn't bring another onto the page.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// A read that isn't deprecated, whose path has one parameter.
    pub call: Option<&'a Builder<'a>>,
    /// The first that starts a long-running operation.
    pub work: Option<&'a Builder<'a>>,
    /// The first that is paginated.
    pub list: Option<&'a Builder<'a>>,
    /// The first that is the write of a modification.
    pub modification: Option<&'a Builder<'a>>,
}

/// The operations that the crate's page shows.
pub fn shown<'a>(krate: &'a Crate<'a>) -> Shown<'a> {
    let builders = || krate.builders.iter();
    let plain = |builder: &&Builder<'_>| {
        let operation = builder.operation;
        let parameters = operation.path.matches('{').count();
        (operation.method != "GET", operation.body.is_some(), parameters.abs_diff(1), operation.path.clone())
    };
    Shown {
        call: builders().filter(|builder| !builder.operation.deprecated).min_by_key(plain),
        list: builders().find(|builder| !builder.paging.is_empty()),
        modification: builders().find(|builder| builder.modification.is_some()),
        work: builders().find(|builder| builder.polling.is_some()),
    }
}

/// The lines, without comment markers.
pub(super) fn lines(krate: &Crate<'_>) -> Vec<String> {
    let mut tour = Tour { krate, lines: Vec::new() };
    let shown = shown(krate);
    tour.text(
        "
# A call

Each operation is a function that returns a builder. Required values are its arguments; optional ones have setters.
`build()` returns the request, `parse()` reads a response, and `send()` does both with a [`Client`](runtime::Client).
`REFERENCE.md` lists all operations.",
    );
    tour.example(shown.call, examples::operation);
    tour.text(
        "
What differs for one call is set before it is sent: `timeout`, `retry`, `header`, `query_pair` and `idempotency_key`.
`respond()` returns the status and the headers of a success too.

Whatever the server sends is preserved, including properties and values that the document doesn't declare. The
document's constraints are checked before anything is sent.

# Failures

An [`Error`](runtime::Error) says what went wrong: a failure that the document declares, with its status and body; an
undeclared status; a request that breaks a constraint and wasn't sent; a broken connection; a timeout; a body that
can't be read. It prints the method, the path and the service's message, but no secrets. What caused it is its source,
which `{:#}` prints too. The errors of all operations convert into one, [`Error`](crate::Error).",
    );
    if krate.builders.iter().any(|builder| !builder.operation.servers.is_empty()) {
        tour.text(
            "
# Servers

Some operations have servers of their own, which their pages name; the client's base URL is for the others.
[`server`](runtime::ClientBuilder::server) replaces one of these servers,
[`every_server`](runtime::ClientBuilder::every_server) sends all operations to one URL, such as that of a mock, and
[`at`](runtime::Client::at) is a client that does so for some calls.",
        );
    }
    if shown.list.is_some() {
        tour.text(
            "
# Lists

A paginated list is a stream of its items, or of its pages. A page is requested when the stream is polled for it. To
resume later, start from [`Page::next`](runtime::Page::next).",
        );
        tour.example(shown.list, |builder, krate| {
            let method = builder.paging.first().map(|methods| &methods.items);
            method.map_or_else(Vec::new, |method| examples::items(builder, krate, method))
        });
    }
    if shown.work.is_some() {
        tour.text(
            "
# Long-running operations

The service responds before the work is done. A [`Poller`](runtime::Poller) starts it, and reads how it is going, as often
as the service asks, until it has ended or your time limit is reached.",
        );
        tour.example(shown.work, |builder, krate| {
            let polling = builder.polling.as_ref();
            polling.map_or_else(Vec::new, |polling| examples::polling(builder, krate, &polling.poll))
        });
    }
    if shown.modification.is_some() {
        tour.text(
            "
# Partial updates

Services replace some properties as a whole, so any part that isn't sent back is lost. A modification reads, applies a
change and sends the differences, in full where it must. It sends nothing if nothing is different, if the change returns
an error, if it wasn't shown what it would replace, or if it finds that somebody else has made a change in the meantime.",
        );
        tour.example(shown.modification, |builder, krate| {
            let names = builder.modification.as_ref();
            names.map_or_else(Vec::new, |names| examples::modification(builder, krate, &names.function))
        });
    }
    tour.text(
        "
# Tests

With the feature `test-util`, `runtime::mock::Mock` stands in for the service: it returns typed responses and records
the requests it received. Nothing leaves the process.

# Features

- `reqwest`, on by default: sends with `reqwest`.
- `rustls`, on by default, `rustls-ring` or `native-tls`: what does TLS for `reqwest`. `http2` and `socks`: that protocol,
  and proxies of that kind.
- `client`: the client, over a [`Transport`](runtime::Transport) of your own. Without it the crate does no I/O.
- `gzip`, on by default, `brotli` and `zstd`: responses may have these content codings.
- `blocking`: a client for code that isn't async.
- `test-util`: the mock for tests.
- `tower`: a transport made of a `tower` service.
- `tracing`: a span for each call.",
    );
    if krate.package.runtime != RuntimeSource::Embedded {
        tour.lines.extend(conversions(krate.api));
    }
    tour.lines.extend(families(krate.api));
    tour.lines
}

/// The features with which values of formats convert to types of other libraries.
fn conversions(api: &Api) -> Option<String> {
    let features = manifest::conversion_features(api);
    let features: Vec<String> = features.iter().map(|(name, _)| format!("`{name}`")).collect();
    let said = "dates, times and ids convert to types of this crate, and are made from them.";
    match &features[..] {
        [] => None,
        [only] => Some(format!("- {only}: {said}")),
        several => Some(format!("- {}: {}", several.join(", "), said.replace("this crate", "these crates"))),
    }
}

/// The features that compile alternatives of unions, with these alternatives.
fn families(api: &Api) -> Vec<String> {
    let mut lines = Vec::new();
    for feature in api.features.iter().filter(|feature| !feature.alternatives.is_empty()) {
        let mut line = format!("- `{}`, on by default:", feature.name);
        for (index, (union, tags)) in feature.alternatives.iter().enumerate() {
            let and = if index == 0 { "" } else { "; " };
            let tags: Vec<String> = tags.iter().map(|tag| docs::code(tag)).collect();
            line.push_str(&format!("{and} [`{union}`](models::{union}) for {}", tags.join(", ")));
        }
        line.push('.');
        lines.extend(wrapped(&line));
    }
    if !lines.is_empty() {
        let said = "\nAn alternative whose feature is off isn't compiled: its values are preserved as raw JSON, in \
                    `Unknown`.";
        lines.extend(said.lines().map(str::to_owned));
    }
    lines
}

/// The list item, wrapped over several lines.
fn wrapped(line: &str) -> Vec<String> {
    const WIDTH: usize = 110;
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last().map_or(0, String::len);
        if last > 0 && last + word.len() >= WIDTH {
            lines.push(" ".to_owned());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// What the service sends without being asked.
pub(super) fn about_events(module: &EventModule<'_>) -> Vec<String> {
    let name = module.module.as_str();
    let text = match (module.is_webhooks, module.events.first()) {
        (true, Some(events)) => format!(
            "
# Webhooks

[`{name}::{ty}`] is what the service sends. Receive the request with a web framework, verify it, and decode its body with
[`parse`]({name}::{ty}::parse), by the name that the sender says. An event that isn't recognised is preserved.

With the feature `{SIGNATURES}`, `{name}::Verifier` verifies signatures.",
            ty = events.type_name
        ),
        (true, None) => String::new(),
        (false, _) => format!(
            "
# Callbacks

[`{name}`] has what the service sends after some operations, to URLs that are part of a call."
        ),
    };
    text.lines().map(str::to_owned).collect()
}

/// What users of a crate with deep types have to know.
pub(super) fn about_depth(limit: usize) -> Vec<String> {
    let text = format!(
        "
# Deep types

The document's types hold each other so deeply that a program that sends the outermost of them to another thread, or
holds one in a task, may have to begin with `#![recursion_limit = \"{limit}\"]`, as this crate does."
    );
    text.lines().map(str::to_owned).collect()
}

struct Tour<'a> {
    krate: &'a Crate<'a>,
    lines: Vec<String>,
}

impl Tour<'_> {
    fn text(&mut self, text: &str) {
        self.lines.extend(text.lines().map(str::to_owned));
    }

    /// The example of an operation, without the heading that it has on the operation's own page.
    fn example(
        &mut self,
        builder: Option<&Builder<'_>>,
        make: impl Fn(&Builder<'_>, &Crate<'_>) -> Vec<String>,
    ) {
        if let Some(builder) = builder {
            let lines = make(builder, self.krate).into_iter().skip(1);
            // The page is of the crate that callers see, which may not depend on the one with the operation.
            self.lines.extend(lines.filter(|line| !line.starts_with("# use ")));
        }
    }
}
