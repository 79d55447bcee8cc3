//! Calls every operation of a document through its builder, and has Prism check each request against the
//! document itself.

mod alternatives;
mod bodies;
mod exchange;
mod install;
mod report;
mod server;

use std::path::Path;

use openapi_generator::Package;
use openapi_generator::api::{Api, Operation, Response, Status};
use openapi_generator::rust::{Builder, Crate};
use openapi_generator::source::document::Document;
use serde_json::Value;

use crate::exercise::{self, Case, Exercise, Made, Request};
use crate::json_schema::equal;
use exchange::{Exchange, Sender, Violation, authenticate, leave_server};
pub use install::install;
pub use report::{Finding, Report};
pub use server::Server;
use speccrate::drift::exceptions::Exceptions;
use speccrate::{Failure, terminal};

/// What to send, and the paths to use.
pub struct Plan<'a> {
    /// Prism's script; without it, requests are built but not sent.
    pub script: Option<&'a Path>,
    /// The document that Prism checks against.
    pub judge: &'a Path,
    /// The folder for the crate, the program and the log.
    pub folder: &'a Path,
    /// The maximum number of alternatives of a union to send, each in a request of its own.
    pub alternatives: usize,
    /// Additional requests to send, made elsewhere.
    pub more: Vec<Request>,
    /// The intended differences, if Prism checks against another document; `None` if it uses the builders'
    /// own.
    pub exceptions: Option<Exceptions>,
}

/// Calls every operation of `api` and reports the results.
///
/// # Errors
/// The crate doesn't compile, or Prism can't be started.
pub fn run(plan: Plan<'_>, document: &Document, api: &Api) -> Result<Report, Failure> {
    let krate = Crate::new(api, Package::new("client"));
    let calls = &krate.builders;
    let program = exercise::build(plan.folder, api)?;
    let log = plan.folder.join("prism.log");
    let server = plan.script.map(|script| Server::start(script, plan.judge, &log)).transpose()?;
    let alternatives = plan
        .exceptions
        .map(|exceptions| alternatives::Judge::new(document, plan.judge, exceptions))
        .transpose()?;
    let mut judge = Judge {
        api,
        alternatives,
        exercise: Exercise::start(&program)?,
        sender: server.as_ref().map(|server| Sender::new(&server.url)),
        report: Report::default(),
    };
    let bar = terminal::progress(calls.len() as u64, "calling");
    for (index, call) in calls.iter().enumerate() {
        match exercise::cases(document, call, index, plan.alternatives) {
            Ok(cases) => judge.operation(call, &cases)?,
            Err(undrawn) => judge.report.find(Finding::Undrawn(undrawn.0)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    for request in plan.more {
        judge.made_elsewhere(request)?;
    }
    judge.report.alternatives = judge.alternatives.map(|judge| {
        let without: Vec<String> = judge.without.into_iter().collect();
        report::Alternatives { tags: judge.tags.len(), values: judge.values, without }
    });
    Ok(judge.report)
}

struct Judge<'a> {
    alternatives: Option<alternatives::Judge<'a>>,
    api: &'a Api,
    exercise: Exercise,
    sender: Option<Sender>,
    report: Report,
}

impl Judge<'_> {
    fn operation(&mut self, call: &Builder<'_>, cases: &[Case]) -> Result<(), Failure> {
        self.report.operations += 1;
        for case in cases {
            let at = format!("{}, {}", call.operation.id, case.name);
            match self.exercise.make(case)? {
                Made::Refused(reason) => self.report.find(Finding::Refused { at, reason }),
                Made::Request(mut request) => {
                    leave_server(&mut request, call.operation);
                    self.request(call, case, request, at)?;
                }
            }
        }
        let Some(first) = cases.first().filter(|_| self.sender.is_some()) else { return Ok(()) };
        if let Made::Request(mut minimal) = self.exercise.make(first)? {
            leave_server(&mut minimal, call.operation);
            self.control(call, &minimal)?;
            self.replies(call, first.call, &minimal)?;
        }
        Ok(())
    }

    /// Sends a request, which must have no violations, and has the response read.
    fn request(
        &mut self,
        call: &Builder<'_>,
        case: &Case,
        mut request: Request,
        at: String,
    ) -> Result<(), Failure> {
        self.report.requests += 1;
        if let Some(wanted) = case.body.as_ref().and_then(|body| bodies::difference(body, &request)) {
            let sent = request.body.clone();
            self.report.find(Finding::Altered { at: at.clone(), wanted, sent });
        }
        if let Some(judge) = &mut self.alternatives {
            let (violations, meant) = judge.judge(call.operation, case, &request)?;
            if !meant.is_empty() {
                self.report.find(Finding::Meant { at: at.clone(), violations: meant });
            }
            if !violations.is_empty() {
                let (at, request) = (at.clone(), request.clone());
                self.report.find(Finding::Violation { at, request, violations });
            }
        }
        authenticate(&mut request, call.operation, self.api);
        let Some(exchange) = self.send(&request)? else { return Ok(()) };
        let told = exchange.request_violations.clone();
        let (mut unjudged, told) = bodies::beyond_prism(case.body.as_ref(), told);
        let (by_format, mut violations) = bodies::told_by_format(case, told);
        unjudged.extend(by_format);
        if violations.is_empty() && !exchange.is_given() {
            self.report.find(Finding::NotGiven { at, what: exchange.response.body().clone() });
            return Ok(());
        }
        if unjudged.is_empty() && violations.is_empty() {
            violations.extend(refusal(&exchange));
        }
        if !violations.is_empty() {
            self.report.find(Finding::Violation { at, request, violations });
            return Ok(());
        }
        if !unjudged.is_empty() {
            self.report.find(Finding::Unjudged { at, violations: unjudged });
            return Ok(());
        }
        self.read(case.call, &exchange, &at, |answer| match answer["output"] {
            Value::Null if answer["json"] == true => Some("nothing was read".to_owned()),
            _ => None,
        })
    }

    /// Sends a request that was made elsewhere, which must have no violations.
    fn made_elsewhere(&mut self, mut request: Request) -> Result<(), Failure> {
        self.report.requests += 1;
        let at = format!("{} {} of the file", request.method, request.uri);
        let called =
            |operation: &&Operation| operation.method == request.method && operation.path == request.uri;
        if let Some(operation) = self.api.operations.iter().find(called) {
            authenticate(&mut request, operation, self.api);
        }
        let Some(exchange) = self.send(&request)? else { return Ok(()) };
        let mut violations = exchange.request_violations.clone();
        if violations.is_empty() {
            violations.extend(refusal(&exchange));
        }
        if !violations.is_empty() {
            self.report.find(Finding::Violation { at, request, violations });
        }
        Ok(())
    }

    /// Prism's verdict on a request, if Prism is running.
    fn send(&self, request: &Request) -> Result<Option<Exchange>, Failure> {
        self.sender.as_ref().map(|sender| sender.send(request)).transpose()
    }

    /// Has a response read; `judge` says what is wrong with the result.
    fn read(
        &mut self,
        call: usize,
        exchange: &Exchange,
        at: &str,
        judge: impl FnOnce(&Value) -> Option<String>,
    ) -> Result<(), Failure> {
        self.report.responses += 1;
        let answer = self.exercise.read(call, &exchange.response)?;
        let lossy = || {
            let body: Value = serde_json::from_str(exchange.response.body()).ok()?;
            let kept = answer["json"] != true || equal(&answer["output"], &body);
            (!kept).then(|| format!("comes back as {}", answer["output"]))
        };
        let failed = answer["failed"].as_str().map(str::to_owned);
        let Some(problem) = failed.or_else(lossy).or_else(|| judge(&answer)) else { return Ok(()) };
        let at = format!("{at}: {}", exchange.response.status());
        let body = exchange.response.body().clone();
        self.report.find(if exchange.response_violations.is_empty() {
            Finding::Undecodable { at, problem, body }
        } else {
            Finding::Contradiction { at, problem, violations: exchange.response_violations.clone() }
        });
        Ok(())
    }

    /// Sends an intentionally invalid request, and records it if Prism accepts it: Prism's approval would
    /// then prove nothing.
    fn control(&mut self, call: &Builder<'_>, minimal: &Request) -> Result<(), Failure> {
        let mut request = minimal.clone();
        let what = if is_json(&request) {
            "false".clone_into(&mut request.body);
            "a body that is `false`"
        } else {
            "no credentials"
        };
        if is_json(&request) {
            authenticate(&mut request, call.operation, self.api);
        } else if call.operation.security.is_empty() {
            return Ok(());
        }
        self.report.controls += 1;
        if self.send(&request)?.is_some_and(|exchange| exchange.request_violations.is_empty()) {
            self.report.find(Finding::Blind { at: call.operation.id.clone(), what });
        }
        Ok(())
    }

    /// Requests each declared response in turn, and has it read.
    fn replies(&mut self, call: &Builder<'_>, index: usize, minimal: &Request) -> Result<(), Failure> {
        let successes = call.operation.successes.iter().map(|reply| (reply, true));
        let failures = call.operation.failures.iter().map(|reply| (reply, false));
        let replies: Vec<(&Response, bool)> = successes.chain(failures).collect();
        for (reply, success) in replies {
            let Status::Code(code) = reply.status else { continue };
            let mut request = minimal.clone();
            authenticate(&mut request, call.operation, self.api);
            request.headers.push(("prefer".to_owned(), format!("code={code}")));
            let Some(exchange) = self.send(&request)? else { continue };
            let at = format!("{}, response {code}", call.operation.id);
            if exchange.response.status().as_u16() != code {
                let status = exchange.response.status();
                let body = exchange.response.body().clone();
                self.report.find(Finding::NotGiven { at, what: format!("{status}: {body}") });
                continue;
            }
            let variant = reply.status.name();
            self.read(index, &exchange, &at, move |answer| {
                let declared = answer["declared"].as_str();
                match (success, declared) {
                    (true, None) => None,
                    (false, Some(declared)) if declared == variant => {
                        (answer["decoded"] != true).then(|| "its body isn't decoded".to_owned())
                    }
                    _ => Some(format!("read as {answer}")),
                }
            })?;
        }
        Ok(())
    }
}

/// Prism's answer, if it reports no violation but doesn't respond with a success.
fn refusal(exchange: &Exchange) -> Option<Violation> {
    let status = exchange.response.status();
    let is_success = status.is_success() || status.is_redirection();
    (!is_success).then(|| Violation::whole(format!("{status}: {}", exchange.response.body())))
}

fn is_json(request: &Request) -> bool {
    let media_type = request.headers.iter().find(|(name, _)| name == "content-type");
    media_type.is_some_and(|(_, value)| value.contains("json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
security: [{key: []}]
paths:
  /things/{id}:
    post:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, pattern: '^t_'}}
        - {name: limit, in: query, schema: {type: integer, maximum: 10}}
        - {name: X-Mode, in: header, schema: {enum: [fast]}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
      responses: {'204': {description: Done.}, '400': {description: Wrong.}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Thing:
      required: [name]
      additionalProperties: false
      properties:
        name: {type: string, maxLength: 3}
        sizes: {type: [array, 'null'], items: {type: integer}}
        either: {oneOf: [{type: string, format: date}, {type: integer, minimum: 5}]}
";

    /// A valid request with one of its parts replaced.
    fn request(part: &str, value: &str) -> Request {
        let or = |name: &str, right: &str| if part == name { value.to_owned() } else { right.to_owned() };
        let headers = [
            ("x-key".to_owned(), or("key", "k")),
            ("x-mode".to_owned(), or("mode", "fast")),
            ("content-type".to_owned(), or("content-type", "application/json")),
        ];
        Request {
            method: or("method", "POST"),
            uri: or("uri", "/things/t_1?limit=10"),
            headers: headers.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            body: or("body", r#"{"name":"abc","sizes":null,"either":5}"#),
        }
    }

    #[test]
    fn what_is_wrong_with_a_request_is_told() {
        let script = match install(&crate::commands::root().join("target/prism/npm")) {
            Ok(script) => script,
            Err(missing) => return eprintln!("skipped: {missing}"),
        };
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("openapi.yaml");
        std::fs::write(&document, DOCUMENT).unwrap();
        let Ok(server) = Server::start(&script, &document, &folder.path().join("log")) else {
            panic!("Prism doesn't start");
        };
        let sender = Sender::new(&server.url);
        let told = |request: &Request| {
            let Ok(exchange) = sender.send(request) else { panic!("Prism gives no response") };
            exchange.request_violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(told(&request("", "")), "");
        for (part, value, expected) in [
            ("key", "", "Invalid security scheme"),
            ("mode", "slow", "request.header.x-mode"),
            ("uri", "/things/t_1?limit=11", "request.query.limit"),
            ("uri", "/things/t_1?limit=a", "request.query.limit"),
            ("uri", "/things/x_1?limit=10", "request.path.id"),
            ("uri", "/thing/t_1?limit=10", "NO_PATH_MATCHED"),
            ("method", "PUT", "NO_METHOD_MATCHED"),
            ("content-type", "text/plain", "Supported content types"),
            ("body", "", "request"),
            ("body", "{", "invalid_json"),
            ("body", r#"{"name":"abcd"}"#, "request.body.name"),
            ("body", r#"{"name":null}"#, "request.body.name"),
            ("body", r#"{"name":"a","more":1}"#, "must NOT have additional properties"),
            ("body", r#"{"name":"a","sizes":["1"]}"#, "request.body.sizes.0"),
            ("body", r#"{"name":"a","either":4}"#, "request.body.either"),
            ("body", r#"{"name":"a","either":"2024-02-30"}"#, "request.body.either"),
        ] {
            let told = told(&request(part, value));
            assert!(told.contains(expected), "{part} {value:?}: {told:?}");
        }
    }
}
