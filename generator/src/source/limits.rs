//! The keywords of a schema that limit values: their size, and what they must match.

use serde_json::{Map, Number, Value};

use super::reader::{At, Reader};

/// The limits of a schema. Most schemas have none, which then take no space.
#[derive(Clone, Debug, Default)]
pub struct Limits(Option<Box<LimitKeywords>>);

impl Limits {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl std::ops::Deref for Limits {
    type Target = LimitKeywords;

    fn deref(&self) -> &LimitKeywords {
        self.0.as_deref().unwrap_or(&LimitKeywords::NONE)
    }
}

impl std::ops::DerefMut for Limits {
    fn deref_mut(&mut self) -> &mut LimitKeywords {
        self.0.get_or_insert_default()
    }
}

/// The keywords that limit numbers, strings, arrays and objects (2020-12 validation, 6.2 to 6.5).
#[derive(Clone, Debug, Default)]
pub struct LimitKeywords {
    /// `minLength`.
    pub min_length: Option<u64>,
    /// `maxLength`.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`, as a number.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`, as a number.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
}

impl LimitKeywords {
    const NONE: Self = Self {
        min_length: None,
        max_length: None,
        pattern: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
    };
}

/// The keywords that [`Limits`] are read from.
pub(super) const LIMITS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

impl Reader<'_> {
    /// The limits of the schema at `at`.
    pub(super) fn limits(&mut self, at: &At<'_>) -> Limits {
        let mut limits = Limits::default();
        if !at.value.as_object().into_iter().flat_map(Map::keys).any(|name| LIMITS.contains(&name.as_str())) {
            return limits;
        }
        let (minimum, exclusive_minimum) = self.bounds(at, "minimum", "exclusiveMinimum");
        let (maximum, exclusive_maximum) = self.bounds(at, "maximum", "exclusiveMaximum");
        *limits = LimitKeywords {
            min_length: self.unsigned(at, "minLength"),
            max_length: self.unsigned(at, "maxLength"),
            pattern: self.string(at, "pattern"),
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of: self.number(at, "multipleOf"),
            min_items: self.unsigned(at, "minItems"),
            max_items: self.unsigned(at, "maxItems"),
            unique_items: self.boolean(at, "uniqueItems"),
            min_properties: self.unsigned(at, "minProperties"),
            max_properties: self.unsigned(at, "maxProperties"),
        };
        limits
    }

    /// The inclusive and the exclusive bound; 3.0 says by a boolean which of them the one number is.
    fn bounds(&mut self, at: &At<'_>, inclusive: &str, exclusive: &str) -> (Option<Number>, Option<Number>) {
        let bound = self.number(at, inclusive);
        let is_number = |text: &str| text.parse::<Number>().is_ok();
        match at.value_or_null_of(exclusive) {
            None => (bound, None),
            Some(Value::Number(_)) => (bound, self.number(at, exclusive)),
            Some(Value::String(text)) if is_number(text) => (bound, self.number(at, exclusive)),
            Some(_) if self.boolean(at, exclusive) => (None, bound),
            Some(_) => (bound, None),
        }
    }
}
