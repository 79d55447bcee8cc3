//! The results of calling every operation.

use super::exchange::Violation;
use crate::exercise::Request;

/// A kind of problem.
pub enum Finding {
    /// No value could be drawn for a request.
    Undrawn(String),
    /// A builder refused what the document allows.
    Refused { at: String, reason: String },
    /// The sent body differs from the values that the builder received.
    Altered { at: String, wanted: String, sent: String },
    /// Prism says that the request violates the document.
    Violation { at: String, request: Request, violations: Vec<Violation> },
    /// Prism objects to something that it can't check.
    Unjudged { at: String, violations: Vec<Violation> },
    /// The other document requires more than the builders' document, for a known reason.
    Meant { at: String, violations: Vec<Violation> },
    /// A valid response isn't read, or not completely.
    Undecodable { at: String, problem: String, body: String },
    /// A response that itself violates the document isn't read.
    Contradiction { at: String, problem: String, violations: Vec<Violation> },
    /// Prism didn't give the requested response.
    NotGiven { at: String, what: String },
    /// Prism accepted an intentionally invalid request.
    Blind { at: String, what: &'static str },
}

impl Finding {
    /// Whether it is a failure of the generated code, rather than something that Prism couldn't check or
    /// provide.
    pub fn is_failure(&self) -> bool {
        !matches!(
            self,
            Self::Unjudged { .. }
                | Self::Meant { .. }
                | Self::Contradiction { .. }
                | Self::NotGiven { .. }
                | Self::Blind { .. }
        )
    }
}

/// The maximum length of a printed body.
const SHOWN: usize = 600;

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

fn lines(f: &mut std::fmt::Formatter<'_>, violations: &[Violation]) -> std::fmt::Result {
    violations.iter().try_for_each(|violation| write!(f, "\n  {}", short(&violation.to_string())))
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Undrawn(what) => write!(f, "not called: {what}"),
            Self::Refused { at, reason } => write!(f, "refused: {at}: {reason}"),
            Self::Altered { at, wanted, sent } => {
                write!(f, "altered: {at}\n  given {}\n  sent  {}", short(wanted), short(sent))
            }
            Self::Violation { at, request, violations } => {
                write!(f, "violation: {at}\n  {} {}", request.method, request.uri)?;
                lines(f, violations)?;
                if request.body.is_empty() { Ok(()) } else { write!(f, "\n  body {}", short(&request.body)) }
            }
            Self::Unjudged { at, violations } => {
                write!(f, "not judged by Prism: {at}")?;
                lines(f, violations)
            }
            Self::Meant { at, violations } => {
                write!(f, "otherwise for a known reason: {at}")?;
                lines(f, violations)
            }
            Self::Undecodable { at, problem, body } => {
                write!(f, "not read: {at}: {}\n  body {}", short(problem), short(body))
            }
            Self::Contradiction { at, problem, violations } => {
                write!(f, "at odds with the document itself: {at}: {}", short(problem))?;
                lines(f, violations)
            }
            Self::NotGiven { at, what } => write!(f, "not given by Prism: {at}: {}", short(what)),
            Self::Blind { at, what } => write!(f, "not checked by Prism: {at}: it takes {what}"),
        }
    }
}

/// What was done and what was found.
#[derive(Default)]
pub struct Report {
    pub operations: usize,
    /// Requests made by builders and sent.
    pub requests: usize,
    /// Intentionally invalid requests.
    pub controls: usize,
    /// Responses read.
    pub responses: usize,
    pub findings: Vec<Finding>,
    /// The results of checking alternatives, if another document is used.
    pub alternatives: Option<Alternatives>,
}

/// The number of discriminated values that were checked against the schema of their alternative.
pub struct Alternatives {
    /// Distinct alternatives.
    pub tags: usize,
    pub values: usize,
    /// Alternatives without a schema.
    pub without: Vec<String>,
}

impl Report {
    pub fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The number of findings that are failures of the generated code.
    pub fn failures(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_failure()).count()
    }
}
