//! The table of rules: every kind of change, what it means and what a caller has to do.
//!
//! A kind that applies to both requests and responses is listed once; with a direction it is a [`Rule`]. So each rule
//! for requests has a counterpart for responses, unless its kind says why not.

mod constraints;
mod events;
mod examples;
mod members;
mod operations;
mod properties;
mod rust;
mod service;
mod types;
mod values;

use std::collections::BTreeMap;
use std::fmt;

pub use examples::Sample;

pub(super) use constraints::*;
pub(super) use events::*;
pub(super) use members::*;
pub(super) use operations::*;
pub(super) use properties::*;
pub(super) use rust::*;
pub(super) use service::*;
pub(super) use types::*;
pub(super) use values::*;

/// What a change means for a client of the old document that talks to a server of the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WireLevel {
    /// It works as before.
    Compatible,
    /// It works, unless it relies on what the old document promised.
    Risky,
    /// The server rejects requests, or the client can't read responses.
    Breaking,
}

/// What a change means for code that uses the generated crate: the version bump that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RustLevel {
    /// No public item changes.
    Patch,
    /// Items are added. Existing code still compiles.
    Minor,
    /// Existing code may no longer compile, or may mean something else.
    Major,
}

impl WireLevel {
    /// The level in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }
}

impl RustLevel {
    /// The level in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The direction in which values of a changed part travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
}

impl Direction {
    /// The direction in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// What part of a document a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    /// The service as a whole: servers, security schemes.
    Service,
    /// Operations, parameters, bodies and responses.
    Operation,
    /// Schemas that have a type of their own.
    Type,
    /// Properties of objects.
    Property,
    /// The type of a value, wherever it stands.
    Value,
    /// Constraints on a value besides its type.
    Constraint,
    /// Public items of the generated crate.
    Rust,
}

impl Area {
    /// The area in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Operation => "operation",
            Self::Type => "type",
            Self::Property => "property",
            Self::Value => "value",
            Self::Constraint => "constraint",
            Self::Rust => "rust",
        }
    }
}

/// A kind of change.
#[derive(Debug)]
pub struct Kind {
    /// Its name. The id of a rule puts the direction before it.
    pub name: &'static str,
    /// What it is about.
    pub area: Area,
    /// The directions it can have.
    pub sides: Sides,
    /// The most severe level for Rust callers.
    pub rust: RustLevel,
    /// The change in a sentence, with `{arguments}`.
    pub wording: &'static str,
    /// What it is and why it matters.
    pub explanation: &'static str,
    /// An old and a new document that differ in this.
    pub example: Example,
}

/// The directions that a kind of change can have.
#[derive(Debug)]
pub enum Sides {
    /// Both, with different meanings.
    Both {
        /// For what the client sends.
        request: Side,
        /// For what the client receives.
        response: Side,
    },
    /// One.
    Only {
        /// Which.
        direction: Direction,
        /// What it means.
        side: Side,
        /// Why the other direction has no such rule.
        why: &'static str,
    },
    /// None: what changes isn't sent.
    Neither(Side),
}

/// What a rule means in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// For the wire.
    pub wire: WireLevel,
    /// What a caller has to do.
    pub action: &'static str,
}

/// Two fragments of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Where the fragments belong.
    pub frame: Frame,
    /// The old one, in YAML.
    pub old: &'static str,
    /// The new one, in YAML.
    pub new: &'static str,
}

/// Where an example's fragments belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The schema of a component called `Thing`, the body of a request or of a response by the rule's direction;
    /// of a request if it has none.
    Schema,
    /// As `Schema`, but of a body of both.
    BothWays,
    /// The value of the `200` response's body, whatever the direction.
    ResponseSchema,
    /// An operation, `POST /things/{id}`.
    Operation,
    /// A whole document without `openapi` and `info`.
    Document,
    /// The settings beside a document.
    Settings,
    /// The paths of a document that has 63 other operations in two groups, `a` and `b`, and so cargo features
    /// with one more.
    Large,
}

/// A kind of change in a direction.
#[derive(Clone, Copy)]
pub struct Rule {
    kind: &'static Kind,
    direction: Option<Direction>,
}

/// Every rule, in the table's order.
pub fn rules() -> impl Iterator<Item = Rule> {
    let tables: [&[&Kind]; 9] = [
        service::ALL,
        operations::ALL,
        events::ALL,
        members::ALL,
        types::ALL,
        properties::ALL,
        values::ALL,
        constraints::ALL,
        rust::ALL,
    ];
    tables.into_iter().flatten().flat_map(|kind| {
        let directions: &[Option<Direction>] = match &kind.sides {
            Sides::Both { .. } => &[Some(Direction::Request), Some(Direction::Response)],
            Sides::Only { direction: Direction::Request, .. } => &[Some(Direction::Request)],
            Sides::Only { direction: Direction::Response, .. } => &[Some(Direction::Response)],
            Sides::Neither(_) => &[None],
        };
        directions.iter().map(move |direction| Rule { kind, direction: *direction })
    })
}

impl Rule {
    /// The rule of `kind` in `direction`, if the kind has that direction.
    pub(super) fn of(kind: &'static Kind, direction: Option<Direction>) -> Option<Self> {
        let rule = |direction| Some(Self { kind, direction });
        match (&kind.sides, direction) {
            (Sides::Neither(_), _) => rule(None),
            (Sides::Both { .. }, Some(_)) => rule(direction),
            (Sides::Only { direction: only, .. }, Some(direction)) if *only == direction => {
                rule(Some(direction))
            }
            _ => None,
        }
    }

    /// The stable id, such as `request-property-removed`.
    pub fn id(&self) -> String {
        match self.direction {
            Some(direction) => format!("{}-{}", direction.word(), self.kind.name),
            None => self.kind.name.to_owned(),
        }
    }

    /// The kind of change.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// The direction, if it has one.
    pub fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// What it means on the wire.
    pub fn wire(&self) -> WireLevel {
        self.side().wire
    }

    /// What a caller has to do.
    pub fn action(&self) -> &'static str {
        self.side().action
    }

    /// Why the other direction has no such rule, if it has none.
    pub fn why_one_sided(&self) -> Option<&'static str> {
        match &self.kind.sides {
            Sides::Only { why, .. } => Some(why),
            _ => None,
        }
    }

    fn side(&self) -> Side {
        match (&self.kind.sides, self.direction) {
            (Sides::Both { response, .. }, Some(Direction::Response)) => *response,
            (Sides::Both { request, .. }, _) => *request,
            (Sides::Only { side, .. } | Sides::Neither(side), _) => *side,
        }
    }

    /// The rule's sentence, with `arguments` filled in.
    pub(super) fn wording(&self, arguments: &BTreeMap<&'static str, String>) -> String {
        self.kind.filled(|name| arguments.get(name).map_or("?", String::as_str))
    }
}

/// What stands in a sentence for whatever differs between several changes.
pub(super) const ANY: &str = "…";

impl Kind {
    /// The sentence for changes of this kind, whatever they change.
    pub fn sentence(&self) -> String {
        self.filled(|_| ANY)
    }

    fn filled<'t>(&self, argument: impl Fn(&str) -> &'t str) -> String {
        let mut text = String::new();
        let mut rest = self.wording;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(argument(name));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.kind, other.kind) && self.direction == other.direction
    }
}

impl Eq for Rule {}

/// A schema as the example's frame.
const fn schema(old: &'static str, new: &'static str) -> Example {
    Example { frame: Frame::Schema, old, new }
}

const fn operation(old: &'static str, new: &'static str) -> Example {
    Example { frame: Frame::Operation, old, new }
}

const fn document(old: &'static str, new: &'static str) -> Example {
    Example { frame: Frame::Document, old, new }
}

const fn compatible(action: &'static str) -> Side {
    Side { wire: WireLevel::Compatible, action }
}

const fn risky(action: &'static str) -> Side {
    Side { wire: WireLevel::Risky, action }
}

const fn breaking(action: &'static str) -> Side {
    Side { wire: WireLevel::Breaking, action }
}

/// Nothing has to be done.
const NOTHING: &str = "Nothing.";

/// Defines kinds and the list of them.
macro_rules! kinds {
    ($area:ident: $($constant:ident = $name:expr, $rust:ident, $wording:expr, $sides:expr, $explanation:expr, $example:expr;)*) => {
        $(pub(in crate::diff) static $constant: Kind = Kind {
            name: $name,
            area: Area::$area,
            sides: $sides,
            rust: RustLevel::$rust,
            wording: $wording,
            explanation: $explanation,
            example: $example,
        };)*
        pub(super) static ALL: &[&Kind] = &[$(&$constant),*];
    };
}
use kinds;
